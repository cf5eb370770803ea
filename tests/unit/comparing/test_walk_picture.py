"""The walks as timelines: true to scale, what both come to in one height, and what is on it also in a table."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.made_case_logs import cases, laid

from outward.answers import Basis
from outward.comparing import Comparison, compare
from outward.comparing.walk import Stage, in_common
from outward.evidence.tables import Settings
from outward.present import comparison as words
from outward.present.lettering import safe
from outward.present.walk import DRAWN, ROUTES, route_words, walk_html, walk_words
from outward.present.walk_svg import walk_svgs

START, END = "▶", "■"


def way(*steps: str, waits: tuple[float, ...] = (), tails: tuple[float, ...] = ()) -> list[Stage]:
    """A walk through these steps, with the median and the long waits after each."""
    pairs = list(zip([START, *steps], [*steps, END], strict=True))
    given = dict(zip(steps, zip(waits, tails or waits, strict=True), strict=False))
    return [Stage(one, to, 0.9, *(given.get(one, (None, None)) if to != END else (None, None))) for one, to in pairs]


def bars(svg: str) -> list[tuple[float, str]]:
    """How long each wait is drawn in the walk itself, and in which colour."""
    walk = svg[svg.index('role="img"') :]
    return [(float(tall), colour) for tall, colour in re.findall(r'<rect [^>]*height="([\d.]+)" fill="(#\w+)"', walk)]


def dots(svg: str) -> list[tuple[float, str]]:
    """Where each step stands, counted from the top of the whole column, and whether it is filled."""
    empty = re.search(r'outward-walk-empty" [^>]*height="([\d.]+)"', svg)
    above = float(empty[1]) if empty else 0.0
    return [(above + float(y), fill) for y, fill in re.findall(r'<circle [^>]*cy="([\d.]+)"[^>]*fill="(#\w+)"', svg)]


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    log = [
        *cases(100, "Apply 0, Pay 4", area="North"),
        *cases(40, "Apply 0, Check 2, Pay 9", first=101, area="North"),
        *cases(60, "Apply 0, Check 3, Check 5, Check 9, Pay 30", first=201, area="South"),
        *cases(20, "Apply 0, Check 3, Stop 5", first=301, area="South"),
    ]
    return compare(laid(tmp_path, log, Settings(endings={"Pay": "done"})), "area=North", "area=South")


def test_waits_are_drawn_to_one_scale_on_both_sides() -> None:
    first, second = walk_svgs(
        [way("Apply", "Pay", "Close", waits=(10, 2)), way("Apply", "Pay", "Close", waits=(20, 1))], ("North", "South")
    )
    (ten, _), (two, _) = bars(first)
    (twenty, plum), (one, blue) = bars(second)
    assert ten * 2 == pytest.approx(twenty, abs=0.2)
    assert two * 10 == pytest.approx(twenty, abs=1)
    assert one * 20 == pytest.approx(twenty, abs=1)
    assert plum != blue


def test_the_scale_is_as_long_as_it_says() -> None:
    first, _ = walk_svgs([way("Apply", "Pay", waits=(30,)), way("Apply", "Pay", waits=(15,))], ("North", "South"))
    scale = float(re.findall(r'<rect [^>]*height="([\d.]+)"', first)[0])
    ((thirty, _),) = bars(first)
    assert ">10 days<" in first
    assert scale * 3 == pytest.approx(thirty, abs=0.3)


def test_what_both_come_to_stands_in_one_height_and_is_filled() -> None:
    first, second = walk_svgs(
        [way("Ask", "Apply", "Pay", waits=(1, 5)), way("Apply", "Visit", "Check", "Pay", waits=(2, 2, 40))],
        ("North", "South"),
    )
    (ask, apply, pay), (apply_too, visit, check, pay_too) = dots(first), dots(second)
    assert apply == apply_too
    assert pay == pay_too
    assert ask[1] == visit[1] == check[1] != apply[1]
    assert "outward-walk-empty" not in first
    assert "Steps of the other walk come first." in second
    assert "Only on this walk." in first


def test_a_tail_far_too_long_is_broken_off() -> None:
    long, short = walk_svgs(
        [way("Apply", "Pay", waits=(1,), tails=(400,)), way("Apply", "Pay", waits=(1,), tails=(1.2,))], ("A", "B")
    )
    height = float(re.findall(r'role="img"[^>]* height="([\d.]+)"', long)[0])
    assert height < 400
    assert long.count('stroke-width="2" fill="none"') == short.count('stroke-width="2" fill="none"') + 2


def test_nothing_known_is_drawn_without_waits_and_nobody_without_steps() -> None:
    first, second = walk_svgs([way("Apply", "Pay"), ()], ("North", "South"))
    assert bars(first) == []
    assert "So long is" not in first
    assert "Too few people to show a way." in second
    assert "Only on this walk." not in first


@pytest.mark.parametrize("number", range(20))
def test_any_walk_is_drawn_from_top_to_bottom(number: int) -> None:
    import numpy as np

    dice = np.random.default_rng(number)
    walks = [
        way(*dice.permutation(list("ABCDEFGH"))[: dice.integers(1, 8)].tolist(), waits=tuple(dice.exponential(9, 7)))
        for _ in range(2)
    ]
    first, second = walk_svgs(walks, ("North", "South"))
    for svg, stages in zip((first, second), walks, strict=True):
        heights = [height for height, _ in dots(svg)]
        assert heights == sorted(set(heights))
        assert len(heights) == len(stages) - 1
    for name in in_common(*walks):
        at = [[stage.to for stage in stages].index(name) for stages in walks]
        assert dots(first)[at[0]] == dots(second)[at[1]]


def test_labels_never_become_markup_and_ids_stand_once() -> None:
    bad = '<script>"x"'
    drawn = "".join(walk_svgs([way(bad, "Pay", waits=(1,)), way("Pay")], (bad, "South"), ["Made-up data"]))
    ET.fromstring(f"<div>{drawn}</div>")
    assert "<script" not in drawn
    assert drawn.count(">Made-up data<") == 2
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) == 4


def test_the_page_has_picture_sentence_and_table(compared: Comparison) -> None:
    page = walk_html(compared)
    ET.fromstring(f"<div>{page}</div>")
    assert page.count('role="img"') == 2
    for words_ in (walk_words(compared), DRAWN, ROUTES):
        assert safe(words_) in page
    assert "'South' waits longest from 'Check' to 'Pay', half of them under 21 days" in walk_words(compared)


def test_the_most_common_exact_route_is_that_of_the_answer(compared: Comparison) -> None:
    north, south = compared.routes
    assert north
    assert south
    assert (north.words, north.cases) == ("Apply > Pay", 100)
    assert north.share == pytest.approx(100 / 140, abs=0.01)
    assert (south.words, south.cases) == ("Apply > Check (×3) > Pay", 60)
    assert "by 75% of cases; half took under 30 days" in route_words("South", south)
    for out in (words.comparison_text(compared), words.comparison_json(compared), words.comparison_html(compared)):
        assert "Check (×3)" in out.replace("\\u00d7", "×")


def test_a_route_of_few_is_not_shown(tmp_path: Path) -> None:
    each = [
        one for number in range(30) for one in cases(2, f"Apply 0, Secret {number} 1, Pay 4", first=100 + 2 * number)
    ]
    log = [
        *cases(40, "Apply 0, Pay 4", area="North"),
        *(type(one)(one.id, one.steps, {"area": "South"}) for one in each),
    ]
    compared = compare(laid(tmp_path, log, Settings(endings={"Pay": "done"})), "area=North", "area=South")
    assert compared.routes[1] is None
    assert "no exact route that enough customers took" in words.comparison_text(compared)
    assert "Secret" not in walk_html(compared)


def test_made_up_walks_are_stamped(tmp_path: Path) -> None:
    log = [*cases(40, "Apply 0, Pay 4", area="North"), *cases(40, "Apply 0, Pay 5", first=41, area="South")]
    settings = Settings(endings={"Pay": "done"}, basis=Basis.MADE_UP)
    assert walk_html(compare(laid(tmp_path, log, settings), "area=North", "area=South")).count(">Made-up data<") == 2
