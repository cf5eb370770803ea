from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from outward.answers import Basis, Chart, Column, Level, Matrix, Sentence, Standing, Value
from outward.pictures import bars_with_intervals
from outward.present.report import Section, file_name, html_file

from .made import (
    BY_CHANNEL,
    COLUMNS_BY_CHANNEL,
    SIMPLE,
    UNCHECKED,
    answer,
    by_channel,
    journey,
    simple,
    table,
)

VOID = {"meta", "br"}
BARS = bars_with_intervals("channel", "share", "share_low", "share_high")
NEEDS: list[dict[str, Value]] = [
    {"group": group, "need": need, "share": 0.3} for group in ("Young", "Old") for need in ("Told early", "One contact")
]


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def _sections() -> list[Section]:
    matrix = Matrix("needs", "group", "need", "share", Sentence("What each group asks for"))
    columns = [Column("group", "label", title="Group"), Column("need", "label"), Column("share", "share")]
    needs = answer({"needs": table(columns, NEEDS[:3])}, pictures=(matrix,))
    both = journey(SIMPLE, by=("Phone", "Post"))
    return [
        Section("How they act", ["Counted from the <case> log."], [simple(), by_channel(BARS), both]),
        Section("What they want", [], [needs, by_channel(BARS)]),
    ]


@pytest.fixture(scope="module")
def html() -> str:
    return html_file("Permits & people", _sections(), made_on="2026-03-01")


def test_it_is_one_well_formed_page(html: str) -> None:
    page = _Page(html)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert page.open == []
    ids = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert max(ids.values()) == 1
    pointed = [name for _, attributes in page.tags for name in attributes.get("aria-labelledby", "").split()]
    assert set(pointed) <= set(ids)


def test_nothing_is_fetched_and_nothing_runs(html: str) -> None:
    page = _Page(html)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert re.match(r"#|data:text/csv", attributes.get("href", "#"))
    assert "url(" not in html.replace("url(#", "")


def test_each_answer_says_once_how_small_numbers_were_dealt_with() -> None:
    columns = [Column("group", "label", title="Group"), Column("need", "label"), Column("share", "share")]
    several = answer({"one": table(columns, NEEDS[:3]), "two": table(columns, NEEDS[:3])})
    html = html_file("Permits", [Section("All", [], [several, by_channel(BARS)])])
    assert [article.count("Checked for small numbers") for article in html.split("<article")] == [0, 1, 1]


def test_its_policy_allows_its_own_style_and_no_other(html: str) -> None:
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(
        attributes["content"]
        for _, attributes in _Page(html).tags
        if "content-security-policy" in attributes.get("http-equiv", "").lower()
    )
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy


def test_headings_step_down_one_at_a_time(html: str) -> None:
    levels = [int(tag[1]) for tag, _ in _Page(html).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_can_be_used_without_a_mouse(html: str) -> None:
    page = _Page(html)
    assert ("a", {"class": "skip", "href": "#main"}) in page.tags
    for _, attributes in page.tags:
        if attributes.get("class", "").startswith("outward-scroll"):
            assert attributes["role"] == "group"
            assert attributes["tabindex"] == "0"
            assert attributes["aria-label"]


def test_every_answer_has_its_sentence_standing_table_caveats_method_and_evidence(html: str) -> None:
    assert html.count("<article") == 5
    for words in ("How this was worked out", "The evidence", "Open cases are counted.", "Treat with care"):
        assert html.count(words) >= 5
    assert "41% of 110 cases by phone." in html
    assert "Counted from the &lt;case&gt; log." in html
    assert "Made with Outward on 1 March 2026." in html


def test_groups_are_drawn_beside_each_other_and_a_hole_in_a_matrix_is_seen(html: str) -> None:
    assert html.count('<div class="beside">') == 1
    assert html.count(">none</td>") == 1


def test_a_table_can_be_saved_from_the_page(html: str) -> None:
    held = re.search(r'download="u3-1-channels.csv" href="data:text/csv;charset=utf-8;base64,([^"]+)"', html)
    assert held
    assert base64.b64decode(held[1]).decode().startswith("\ufeff# U3.1 What paths")


def test_made_up_and_unchecked_answers_stamp_the_whole_report() -> None:
    sections = [Section("All", [], [simple(basis=Basis.MADE_UP, policy=UNCHECKED)])]
    html = html_file("Permits", sections, stamp="Draft")
    assert '<div class="stamp"><p>Made-up data. Not for release. Draft.</p></div>' in html
    assert "<title>Permits (made-up data, not for release, draft)</title>" in html
    assert file_name("Permits", sections) == "permits-made-up-data-not-for-release.html"


def test_an_unlevelled_answer_says_that_nothing_can_be_told_yet() -> None:
    standing = Standing(Level.CANNOT_TELL, ("fewer than 30 customers stand behind it",))
    html = html_file("Permits", [Section("All", [], [simple(standing=standing)])])
    assert '<strong class="tag tag-cannot-tell">Cannot tell yet</strong>' in html
    assert "Fewer than 30 customers stand behind it." in html


def test_a_picture_of_which_nothing_was_released_is_told_instead_of_drawn() -> None:
    hidden = [{**BY_CHANNEL[2], "channel": name} for name in ("Phone", "Post")]
    chart = Chart("channels", BARS, Sentence("Shares by channel"))
    released = answer({"channels": table(COLUMNS_BY_CHANNEL, hidden)}, pictures=(chart,))
    html = html_file("Permits", [Section("All", [], [released])])
    assert "Shares by channel: too few people stand behind it to draw it." in html
    assert "<svg" not in html


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script><!-- ' \" "
    rows = [("▶", hostile, 100, None), (hostile, "■", 100, None)]
    released = journey(rows, title=hostile, parameters={hostile: hostile})
    html = html_file(hostile, [Section(hostile, [hostile], [released])], stamp=hostile)
    assert "<script" not in html
    assert "<!--" not in html
    assert _Page(html).open == []


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def test_every_pair_of_text_and_ground_in_its_style_has_enough_contrast() -> None:
    style = files("outward.present").joinpath("report.css").read_text(encoding="utf-8")
    pairs = []
    for rule in re.findall(r"\{([^{}]*)\}", style):
        ground = re.search(r"background(?:-color)?: (#\w+)", rule)
        text = re.search(r"(?<![-\w])color: (#\w+)", rule)
        if text or ground:
            pairs.append((_full(text[1] if text else "#0b0c0c"), _full(ground[1] if ground else "#ffffff")))
    assert len(pairs) > 12
    for text_colour, ground_colour in pairs:
        light, dark = sorted((_luminance(text_colour), _luminance(ground_colour)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text_colour, ground_colour)
