from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import etree

from outward.answers import Basis
from outward.present.map_svg import map_layout, map_svg

from .made import MAP, SIMPLE, UNCHECKED, journey, simple

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)' x='",
    "]]> &amp; &#x3c;",
    "شكوى من المتعامل",
    "👩‍👩‍👧 family 🏠" * 9,
    "turned \u202eround\u202c \x00\x1b[31m",
    "x" * 5000,
    " ".join(["word"] * 1000),
]


def _read(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def _texts(svg: str) -> list[str]:
    return [text.text or "" for text in _read(svg).iter(f"{SVG}text")]


def _hostile() -> str:
    rows: list[tuple[str, str, int, float | None]] = [("▶", HOSTILE[0], 100, None)]
    rows += [(one, other, 90, 2.0) for one, other in pairwise(HOSTILE)]
    rows += [(HOSTILE[-1], "■", 80, None), (HOSTILE[3], HOSTILE[3], 30, 1.0)]
    return map_svg(journey(rows), MAP, href=lambda step, to: f"?step={step}&to={to}")


def test_hostile_labels_cannot_leave_their_place() -> None:
    svg = _hostile()
    tree = _read(svg)
    assert {str(part.tag).removeprefix(SVG) for part in tree.iter()} <= {
        *("svg", "title", "desc", "g", "a", "rect", "path", "text"),
    }
    assert not [name for part in tree.iter() for name in part.attrib if str(name).startswith("on")]
    assert not re.search("[\x00-\x08\u202a-\u202e]", svg)


def test_long_names_are_cut_and_stay_bounded() -> None:
    svg = _hostile()
    assert max(len(text) for text in _texts(svg)) < 200
    assert any("…" in text for text in _texts(svg))
    assert len(svg) < 60_000


def test_it_can_stand_under_any_content_security_policy() -> None:
    for part in _read(map_svg(simple(), MAP)).iter():
        assert "style" not in part.attrib
        assert part.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")


def test_it_has_a_title_and_a_description() -> None:
    tree = _read(map_svg(simple(), MAP, name="one"))
    assert tree.get("role") == "img"
    assert (tree.get("aria-labelledby"), tree.get("aria-describedby")) == ("one-title", "one-about")
    assert tree.findtext(f"{SVG}title") == "Most of 1,000 cases go straight through."
    assert "Apply then Check then Decide" in (tree.findtext(f"{SVG}desc") or "")


def test_steps_and_paths_are_links_with_names_of_their_own() -> None:
    tree = _read(map_svg(simple(), MAP, href=lambda step, to: f"?step={step}&to={to or ''}"))
    links = {link.get("aria-label"): link.get("href") for link in tree.iter(f"{SVG}a")}
    assert tree.get("role") == "group"
    assert links["Check: 1,060 cases"] == "?step=Check&to="
    assert links["From Apply to Check: 900 cases, share 90%, median days 12 hours, p90 days 1.5 days"] == (
        "?step=Apply&to=Check"
    )
    assert len(links) == 4 + len(SIMPLE)


def test_waits_stand_in_words_on_the_road() -> None:
    assert {"900", "12 hours", "21 days", "Start", "End"} <= set(_texts(map_svg(simple(), MAP)))
    assert "1.5 days" in _texts(map_svg(simple(), MAP, paint="p90_days"))
    assert "90%" in _texts(map_svg(simple(), MAP, paint="share"))


def test_the_main_road_is_thicker_than_every_detour() -> None:
    strokes = {}
    for part in _read(map_svg(simple(), MAP)).iter(f"{SVG}g"):
        tip = part.findtext(f"{SVG}title") or ""
        for line in part.findall(f"{SVG}path"):
            if tip.startswith("From") and line.get("stroke-width"):
                strokes[tip.split(":")[0]] = float(line.get("stroke-width") or 0)
    main = [strokes[f"From {one} to {other}"] for one, other in (("Start", "Apply"), ("Apply", "Check"))]
    assert min(main) > 2 * max(strokes["From Check to Ask again"], strokes["From Apply to End"])


def test_what_is_not_drawn_is_said() -> None:
    said = " ".join(_texts(map_svg(simple(), MAP, steps=0.5, paths=0.1)))
    assert "Drawn: 3 of 4 steps" in said


@pytest.mark.parametrize("titled", [True, False])
def test_made_up_and_unchecked_maps_say_so_in_the_picture(titled: bool) -> None:
    texts = _texts(map_svg(simple(basis=Basis.MADE_UP, policy=UNCHECKED), MAP, titled=titled))
    assert {"Made-up data", "Not for release"} <= set(texts)


def test_maps_beside_each_other_share_their_places() -> None:
    released = journey(SIMPLE, by=("Phone", "Post"))
    layout = map_layout(released, MAP)
    boxes = []
    for group in ("Phone", "Post"):
        tree = _read(map_svg(released, MAP, group=group, layout=layout))
        boxes.append([(box.get("x"), box.get("y")) for box in tree.iter(f"{SVG}rect") if box.get("rx") == "5"])
    assert boxes[0] == boxes[1]


def test_a_journey_of_which_nothing_was_released_is_an_empty_map() -> None:
    assert _texts(map_svg(journey([("▶", "■", 50, None)]), MAP))[:1] != []
    assert _read(map_svg(journey([]), MAP, titled=False)).tag == f"{SVG}svg"
