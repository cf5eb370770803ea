"""Charts: a question's spec over the released rows, as plain data for a browser or drawn as SVG."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from textwrap import wrap
from typing import Any

from outward.answers import Chart, Value
from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.present.lettering import balanced, clean, cut, cut_middle, safe, shortened
from outward.present.sides import in_order
from outward.present.tables import caption_of
from outward.present.theme import PALETTE, ROAD, vega_config
from outward.present.words import cell_at, picture_title, stamps

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
APART = 17.0  # between the names at the ends of two lines, in pixels
NAME_ROOM = 220.0
KEPT = 64  # charts that were drawn, of released figures alone
LETTERS = 74  # in a line of a chart's title
LETTER, LINE, LABEL_ROOM = 13.0, 15.0, 270.0

Spec = dict[str, Any]


def chart_spec(released: ReleasedAnswer, chart: Chart) -> Spec:
    """Return the chart as a Vega-Lite spec with the released rows as its data.

    Beside each figure `x` stands `x_words`, the same in words; a figure that was not released is null,
    and its words are its symbol. The same group has the same colour in all charts of an answer.

    Args:
        released: the answer.
        chart: one of its pictures.
    """
    table = released.tables[chart.table]
    spec = deepcopy(dict(chart.spec))
    values = _rows(table, _first_rows(table, chart.rows, _by(spec, table)))
    _make_room(spec, values)
    for colour in _colours(spec):
        colour["scale"] = _scale(released, str(colour["field"]))
    for offset in _offsets(spec):
        offset["sort"] = _scale(released, str(offset["field"]))["domain"]
    ends = spec.get("usermeta", {}).get("ends")
    if ends:
        spec["datasets"] = {"ends": _ends(values, ends, float(spec["height"]))}
        spec["layer"] = [*spec["layer"], _names(ends)]
    titles = wrap(clean(picture_title(released, chart)), LETTERS)
    title: Spec = {"text": titles, **({"subtitle": ". ".join(stamps(released))} if stamps(released) else {})}
    return {
        "$schema": SCHEMA,
        "title": title,
        "description": shortened(picture_title(released, chart)),
        "data": {"values": values},
        "config": vega_config(),
        **spec,
    }


def _rows(table: ReleasedTable, places: Sequence[int]) -> list[dict[str, Value]]:
    rows = []
    for place in places:
        drawn: dict[str, Value] = {}
        for column in table.columns:
            value = table.values[column.name][place]
            if column.kind == "label":
                drawn[column.name] = clean(cell_at(table, column.name, place))
            else:
                drawn[column.name] = None if isinstance(value, float) and value != value else value
                drawn[f"{column.name}_words"] = cell_at(table, column.name, place)
        rows.append(drawn)
    for column in table.columns:
        if column.kind == "label":
            broken = _broken([str(row[column.name]) for row in rows])
            for row, lines in zip(rows, broken, strict=True):
                row[f"{column.name}_lines"] = lines
    return rows


def _make_room(spec: Spec, values: list[dict[str, Value]]) -> None:
    """Make the rows of bars tall enough for labels of several lines."""
    lines = [str(value).count("\n") + 1 for row in values for name, value in row.items() if name.endswith("_lines")]
    height = spec.get("height")
    if lines and isinstance(height, dict) and "for" not in height:
        spec["height"] = {"step": max(height["step"], LINE * max(lines) + 6)}


def _broken(labels: Sequence[str]) -> list[str]:
    """Return each label in at most three lines; different labels never become the same."""
    made: dict[str, str] = {}
    for label in labels:
        if label not in made:
            whole = cut_middle(label, LETTER, 2.5 * LABEL_ROOM)
            lines = "\n".join(balanced(whole, LETTER, LABEL_ROOM, 3))
            alike = sum(one == lines or one.startswith(f"{lines} (") for one in made.values())
            made[label] = f"{lines} ({alike + 1})" if alike else lines
    return [made[label] for label in labels]


def _by(spec: Spec, table: ReleasedTable) -> str:
    """Return the column of groups: the one that gives the colours, or the one named so."""
    coloured = next((str(colour["field"]) for colour in _colours(spec)), "")
    return coloured or ("group" if "group" in table.values else "")


def _first_rows(table: ReleasedTable, most: int, by: str) -> list[int]:
    """Return where the first so many rows of each group stand; all of them for 0."""
    taken: dict[Value, int] = {}
    kept = []
    for place in range(len(table)):
        group = table.values[by][place] if by else None
        taken[group] = taken.get(group, 0) + 1
        if not most or taken[group] <= most:
            kept.append(place)
    return kept


def _names(ends: Mapping[str, Any]) -> Spec:
    """Return the layer with the name of each line at its end."""
    return {
        "data": {"name": "ends"},
        "mark": {"type": "text", "style": "words", "align": "left", "dx": 8},
        "encoding": {
            "x": {"field": ends["x"], "type": ends["type"]},
            "y": {"field": "_y", "type": "quantitative"},
            "text": {"field": "_words"},
        },
    }


def _colours(spec: Any) -> Iterator[Spec]:
    """Yield each colour encoding by group that has no scale of its own."""
    if isinstance(spec, dict):
        colour = spec.get("color")
        if isinstance(colour, dict) and "field" in colour and "scale" not in colour:
            yield colour
        for part in spec.values():
            yield from _colours(part)
    if isinstance(spec, list):
        for part in spec:
            yield from _colours(part)


def _offsets(spec: Spec) -> Iterator[Spec]:
    """Yield each encoding that puts groups beside each other within a row."""
    for layer in spec.get("layer", [spec]):
        if "yOffset" in layer.get("encoding", {}):
            yield layer["encoding"]["yOffset"]


def _scale(released: ReleasedAnswer, column: str) -> Spec:
    """Return one colour for each group, in the order in which the answer's tables first name them."""
    labels = [table.values[column] for table in released.tables.values() if column in table.values]
    named = in_order(released, [str(label) for some in labels for label in some])
    names = dict.fromkeys(clean(name) for name in named)
    colours = [PALETTE[place] if place < len(PALETTE) else ROAD for place in range(len(names))]
    return {"domain": list(names), "range": colours}


def _ends(values: list[dict[str, Value]], ends: Mapping[str, Any], height: float) -> list[dict[str, Value]]:
    """Return the name of each line where it ends, moved apart so that names do not lie on each other."""
    last: dict[str, dict[str, Value]] = {}
    for row in values:
        if isinstance(row[ends["y"]], int | float):
            last[str(row[ends["by"]]) if ends["by"] else ""] = row
    tops = [row[ends["high"] or ends["y"]] for row in values]
    top = 1.0 if ends["share"] else max((float(one) for one in tops if isinstance(one, int | float)), default=1.0)
    apart = APART * top / height
    named = sorted(last.items(), key=lambda item: (_number(item[1][ends["y"]]), item[0]))
    places: list[float] = []
    for _, row in named:
        wish = _number(row[ends["y"]])
        places.append(max(wish, places[-1] + apart) if places else wish)
    excess = max(0.0, places[-1] - top) if places else 0.0
    for place in range(len(places) - 1, -1, -1):
        ceiling = places[place + 1] - apart if place + 1 < len(places) else places[place] - excess
        places[place] = min(places[place], ceiling)
    return [
        {
            ends["x"]: row[ends["x"]],
            "_y": at,
            "_words": f"{cut(name, LETTER, NAME_ROOM)} {row[ends['y'] + '_words']}".strip(),
        }
        for (name, row), at in zip(named, places, strict=True)
    ]


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def can_be_drawn(released: ReleasedAnswer, chart: Chart) -> bool:
    """Return whether any figure that the chart draws was released.

    Args:
        released: the answer.
        chart: one of its pictures.
    """
    table = released.tables[chart.table]
    figure = chart.spec.get("usermeta", {}).get("figure", "")
    return len(table) > 0 and (not figure or any(value is not None for value in table.values[figure]))


def get_ready() -> None:
    """Start what draws charts, which takes a second, before somebody waits for one."""
    _drawn(json.dumps({"data": {"values": []}, "mark": "point"}))


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def chart_svg(released: ReleasedAnswer, chart: Chart, *, name: str = "chart") -> str:
    """Return the chart as one SVG element, drawn without a browser and without network.

    Args:
        released: the answer.
        chart: one of its pictures.
        name: of the picture within its page, for ids.
    """
    drawn = _drawn(json.dumps(chart_spec(released, chart)))
    drawn = re.sub(r'\bid="', f'id="{safe(name)}-', drawn)
    drawn = drawn.replace("url(#", f"url(#{safe(name)}-")
    root, _, inside = drawn.strip().partition(">")
    sizes = " ".join(re.findall(r'\b(?:width|height|viewBox)="[^"]*"', root))
    # The roles of single marks say nothing to those who cannot see them: the title and the table do.
    inside = re.sub(r"<[^>]+>", lambda tag: re.sub(r' (?:role|aria-\w+)="[^"]*"', "", tag[0]), inside)
    said = safe(shortened(picture_title(released, chart)))
    about = safe(shortened(f"A chart. Its figures are in the table: {caption_of(released, chart.table)}."))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="outward-chart" role="img" '
        f'aria-labelledby="{safe(name)}-title" aria-describedby="{safe(name)}-about" {sizes}>'
        f'<title id="{safe(name)}-title">{said}</title><desc id="{safe(name)}-about">{about}</desc>{inside}'
    )
