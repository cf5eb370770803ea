from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import vl_convert
from lxml import etree

from outward.answers import Basis, Chart, Column, Sentence, Value
from outward.disclosure.released import ReleasedAnswer
from outward.pictures import (
    bars_with_intervals,
    curve_with_band,
    dots_with_intervals,
    lines_by_month,
    ranked_bars,
    timeline,
)
from outward.present.charts import can_be_drawn, chart_spec, chart_svg
from outward.present.theme import LINE, PALETTE, RAMP, ROAD

from .made import COLUMNS_BY_CHANNEL, UNCHECKED, answer, by_channel, table

BARS = bars_with_intervals("channel", "share", "share_low", "share_high", title="Finished in 10 days")
CURVE_COLUMNS = [
    Column("channel", "label"),
    Column("day", "number", "days"),
    Column("open", "estimate"),
    Column("open_low", "low", bounds="open"),
    Column("open_high", "high", bounds="open"),
]


def _chart(released: ReleasedAnswer) -> Chart:
    picture = released.pictures[0]
    assert isinstance(picture, Chart)
    return picture


def _bars(**changes: Any) -> tuple[ReleasedAnswer, Chart]:
    released = by_channel(BARS, **changes)
    return released, _chart(released)


def _curves(*ends: float) -> tuple[ReleasedAnswer, Chart]:
    rows: list[dict[str, Value]] = [
        {"channel": f"Group {place}", "day": day, "open": level, "open_low": level - 0.05, "open_high": level}
        for place, end in enumerate(ends)
        for day, level in ((0, 1.0), (30, end))
    ]
    spec = curve_with_band("day", "open", "open_low", "open_high", "channel", y_title="Still open")
    chart = Chart("curve", spec, Sentence("Still open, day by day"))
    return answer({"curve": table(CURVE_COLUMNS, rows)}, pictures=(chart,)), chart


def _ink(png: bytes) -> int:
    """Return how many bytes of the picture's rows are not plain white."""
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return sum(byte not in (0, 255) for byte in zlib.decompress(data))


def test_a_chart_holds_released_rows_and_their_words_and_nothing_else() -> None:
    rows = chart_spec(*_bars())["data"]["values"]
    assert rows[0]["share_words"] == "58%"
    assert rows[2] == {
        **{
            "channel": "Post",
            "channel_lines": "Post",
            "cases": None,
            "cases_words": "[c]",
            "share": None,
            "share_words": "[c]",
        },
        **{"share_low": None, "share_low_words": "[c]", "share_high": None, "share_high_words": "[c]"},
        **{"median_days": None, "median_days_words": "[c]"},
    }


def test_the_finding_is_the_title_and_the_stamps_stand_under_it() -> None:
    assert chart_spec(*_bars())["title"] == {"text": ["Internet is fastest: 58% in 10 days."]}
    stamped = chart_spec(*_bars(basis=Basis.MADE_UP, policy=UNCHECKED))
    assert stamped["title"]["subtitle"] == "Made-up data. Not for release"


def test_the_drawn_text_can_be_seen() -> None:
    svg = chart_svg(*_bars())
    bare = etree.fromstring(svg.encode())
    for text in list(bare.iter("{http://www.w3.org/2000/svg}text")):
        text.getparent().remove(text)
    without = etree.tostring(bare).decode()
    assert 'font-family="Arial, sans-serif"' in svg
    assert _ink(vl_convert.svg_to_png(svg)) > 1.3 * _ink(vl_convert.svg_to_png(without))


def test_the_drawing_stands_under_any_content_security_policy() -> None:
    tree = etree.fromstring(chart_svg(*_curves(0.2, 0.4)).encode())
    names = {str(name) for part in tree.iter() for name in part.attrib}
    assert [part.tag for part in tree.iter() if "role" in part.attrib] == [tree.tag]
    assert not [name for name in names if name == "style" or name.startswith("on") or "href" in name]
    assert {str(part.tag).split("}")[1] for part in tree.iter()} <= {
        *("svg", "title", "desc", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath"),
    }


def test_a_drawing_is_named_by_its_title_and_its_description_says_where_the_figures_are() -> None:
    tree = etree.fromstring(chart_svg(*_curves(0.2, 0.4), name="one").encode())
    assert (tree.get("aria-labelledby"), tree.get("aria-describedby")) == ("one-title", "one-about")
    (about,) = tree.iter("{http://www.w3.org/2000/svg}desc")
    assert (about.get("id"), about.text) == ("one-about", "A chart. Its figures are in the table: Curve.")


def test_two_drawings_in_one_page_share_no_id() -> None:
    found = []
    for name in ("one", "two"):
        tree = etree.fromstring(chart_svg(*_curves(0.2, 0.4), name=name).encode())
        found += [part.get("id") for part in tree.iter() if part.get("id")]
    assert len(found) == len(set(found))


def test_hostile_labels_stay_text() -> None:
    label = "</text><script>alert('x')</script>"
    rows: list[dict[str, Value]] = [
        {"channel": label, "cases": 20, "share": 0.5, "share_low": 0.4, "share_high": 0.6, "median_days": 1}
    ]
    chart = Chart("channels", BARS, Sentence("By {channels.channel}"))
    svg = chart_svg(answer({"channels": table(COLUMNS_BY_CHANNEL, rows)}, pictures=(chart,)), chart)
    assert "script" not in {str(part.tag).split("}")[1] for part in etree.fromstring(svg.encode()).iter()}


def test_the_same_group_has_the_same_colour_in_every_chart() -> None:
    released, chart = _curves(0.2, 0.4, 0.6)
    scale = {"domain": ["Group 0", "Group 1", "Group 2"], "range": list(PALETTE[:3])}
    colours = [layer["encoding"]["color"]["scale"] for layer in chart_spec(released, chart)["layer"][:2]]
    assert colours == [scale, scale]
    assert "scale" not in chart.spec["layer"][0]["encoding"]["color"]


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other() -> None:
    spec = chart_spec(*_curves(0.02, 0.021, 0.022, 0.99, 1.0))
    places = sorted(row["_y"] for row in spec["datasets"]["ends"])
    assert min(b - a for a, b in pairwise(places)) * spec["height"] > 13
    assert places[-1] <= 1.0


def test_long_labels_break_into_lines_and_different_ones_never_become_the_same() -> None:
    route = "Apply > " + "Check the evidence of income > " * 20
    labels = [f"{route}{middle} > {route}Decide" for middle in ("Pay", "Refuse", "Wait")] + ["Short"]
    rows: list[dict[str, Value]] = [{"route": label, "cases": 20} for label in labels]
    chart = Chart("routes", bars_with_intervals("route", "cases", unit="count"), Sentence("Routes"))
    released = answer({"routes": table([Column("route", "label"), Column("cases", "count")], rows)}, pictures=(chart,))
    spec = chart_spec(released, chart)
    lines = [row["route_lines"] for row in spec["data"]["values"]]
    assert len(set(lines)) == 4
    assert all(label.count("\n") <= 2 for label in lines)
    assert lines[0].startswith("Apply > Check")
    assert "Decide" in lines[0]
    assert spec["height"]["step"] > chart.spec["height"]["step"]


def test_a_chart_without_a_single_released_figure_is_not_drawn() -> None:
    released, chart = _bars()
    assert can_be_drawn(released, chart)
    shares = released.tables["channels"]
    none = replace(shares, values={**shares.values, "share": (None, None, None)})
    assert not can_be_drawn(replace(released, tables={"channels": none}), chart)


def test_bars_of_groups_have_their_words_and_intervals_at_the_same_height() -> None:
    spec = bars_with_intervals("step", "share", "low", "high", by="channel")
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rule", "text"}


def test_a_chart_of_the_first_rows_takes_them_from_each_group() -> None:
    released, chart = _curves(0.2, 0.4)
    first = Chart(chart.table, chart.spec, chart.title, rows=1)
    assert [row["channel"] for row in chart_spec(released, first)["data"]["values"]] == ["Group 0", "Group 1"]


@pytest.mark.parametrize("begun", ["2026-11-20", "2026-10-25", "2026-09-01", "2026-02-01", "2021-05-20"])
def test_no_two_marks_at_an_axis_of_days_are_called_the_same(begun: str) -> None:
    columns = [Column("finding", "label"), Column("from", "date"), Column("to", "date"), Column("state", "label")]
    columns += [Column("days", "number", "days")]
    rows: list[dict[str, Value]] = [
        {"finding": "One", "from": begun, "to": "2026-11-27", "state": "waiting", "days": 87}
    ]
    chart = Chart("clocks", timeline("finding", "from", "to", "state", "days"), Sentence("How long it was known"))
    drawn = chart_svg(answer({"clocks": table(columns, rows)}, pictures=(chart,)), chart)
    marks = re.findall(r">((?:\d+ )?[A-Z][a-z]{2} \d{4})<", drawn)
    assert len(marks) > 2
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    "spec",
    [
        BARS,
        bars_with_intervals("channel", "cases", unit="count"),
        ranked_bars("channel", "share", "share_low", "share_high", unit="share", first=1),
        dots_with_intervals("channel", "share", "share_low", "share_high", target=0.5),
        dots_with_intervals("channel", "share", "share_low", "share_high", by="channel"),
        lines_by_month("channel", "cases"),
    ],
)
def test_every_builder_draws_and_holds_no_data(spec: dict[str, Any]) -> None:
    assert "'data'" not in str(spec)
    released = by_channel(spec)
    assert chart_svg(released, _chart(released)).startswith("<svg")


@pytest.mark.parametrize(
    "spec",
    [
        BARS,
        ranked_bars("a", "b", "low", "high"),
        dots_with_intervals("a", "b", "low", "high"),
        curve_with_band("a", "b", "low", "high"),
        lines_by_month("a", "b", "low", "high"),
    ],
)
def test_every_picture_of_an_estimate_draws_its_interval(spec: dict[str, Any]) -> None:
    kinds = {layer["mark"].get("style", "") for layer in spec["layer"]}
    assert kinds & {"interval", "band"}


def test_the_font_has_a_fallback_without_which_all_text_would_be_dropped() -> None:
    assert chart_spec(*_bars())["config"]["font"] == "Arial, sans-serif"


def test_every_colour_that_carries_meaning_stands_out_from_the_page() -> None:
    for colour in (*PALETTE, *RAMP, ROAD, LINE):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3.0, colour
