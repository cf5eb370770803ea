"""Vega-Lite specs that questions hang on their tables: plain dicts, with every interval drawn.

A spec names columns of one released table and holds no data. Beside each column `x` the presenter
puts `x_words`, the same figure in words, for the labels on the marks. The look stands in the theme.
"""

from __future__ import annotations

from typing import Any, Literal

Spec = dict[str, Any]
Unit = Literal["share", "days", "count", "number"]

FORMATS: dict[str, str] = {"share": ".1~%", "days": ",.2~f", "count": ",.0f", "number": ",.2~f"}
WIDTH, HEIGHT = 520, 300
STEP, SMALL_STEP = 40, 22
BAR: Spec = {"type": "bar", "height": {"band": 0.62}}


def _figure(field: str, unit: Unit, title: str, **more: Any) -> Spec:
    scale: Spec = {"zero": True, "nice": True}
    return {
        "field": field,
        "type": "quantitative",
        "scale": scale,
        "axis": {"format": FORMATS[unit], "title": title or None, "tickCount": 5},
        **more,
    }


def _labels(field: str, sort: Any = None) -> Spec:
    """Put the labels in up to three lines, as the presenter breaks them."""
    lines = "split(datum.label, '\\n')"
    raised = [{"test": f"length({lines}) == {count}", "value": -7.5 * (count - 1)} for count in (2, 3)]
    axis = {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelExpr": lines,
        "labelBaseline": "middle",
        "labelOffset": {"condition": raised, "value": 0},
    }
    return {"field": f"{field}_lines", "type": "nominal", "sort": sort, "axis": axis}


def _colour(field: str) -> Spec:
    return {"field": field, "type": "nominal", "legend": None}


def _words(field: str, value: str, end: str) -> Spec:
    """Put the figure in words to the right of its mark, or of its interval."""
    return {
        "transform": [
            {"calculate": f"isValid(datum['{end}']) ? datum['{end}'] : (datum['{value}'] || 0)", "as": "_end"}
        ],
        "mark": {"type": "text", "style": "words", "align": "left", "dx": 8, "limit": 260},
        "encoding": {
            "x": {"field": "_end", "type": "quantitative"},
            "text": {"field": field},
        },
    }


def _interval(low: str, high: str, style: str) -> Spec:
    return {
        "transform": [{"filter": f"isValid(datum['{low}']) && isValid(datum['{high}'])"}],
        "mark": {"type": "rule", "style": style},
        "encoding": {"x": {"field": low, "type": "quantitative"}, "x2": {"field": high}},
    }


def _rows(mark: Spec, label: str, value: str, low: str, high: str, by: str, unit: Unit, title: str, sort: Any) -> Spec:
    shared: Spec = {"y": _labels(label, sort)}
    if by:
        shared["yOffset"] = {"field": by, "type": "nominal", "sort": None}
    colour = {"color": _colour(by)} if by else {}
    layers: list[Spec] = [{"mark": mark, "encoding": {"x": _figure(value, unit, title), **colour}}]
    if low and high:
        layers += [_interval(low, high, "halo"), _interval(low, high, "interval")]
    words = _words(f"{value}_words", value, high or value)
    if by:
        words["transform"].append({"calculate": f"datum['{by}'] + ' ' + datum['{value}_words']", "as": "_words"})
        words["encoding"]["text"] = {"field": "_words"}
    layers.append(words)
    for layer in layers:
        layer["encoding"] = {**shared, **layer["encoding"]}
    return {
        "width": WIDTH,
        "height": {"step": SMALL_STEP, "for": "offset"} if by else {"step": STEP},
        "usermeta": {"figure": value},
        "layer": layers,
    }


def bars_with_intervals(
    label: str,
    value: str,
    low: str = "",
    high: str = "",
    *,
    by: str = "",
    unit: Unit = "share",
    title: str = "",
) -> Spec:
    """Return lying bars, one a label in the table's order, with the interval of each and its figure.

    Args:
        label: the column of labels.
        value: the column of figures.
        low: lower ends of the intervals; '' for a complete count, which has none.
        high: upper ends.
        by: a column of groups: a bar for each, in the group's colour.
        unit: what the figures are.
        title: the words under the axis.

    >>> [layer["mark"]["type"] for layer in bars_with_intervals("channel", "share", "low", "high")["layer"]]
    ['bar', 'rule', 'rule', 'text']
    """
    # Bars of groups are thick rules: words and intervals stand at their middle, which a bar's offset is not.
    mark = {"type": "rule", "strokeWidth": 13, "style": "main"} if by else BAR
    spec = _rows(mark, label, value, low, high, by, unit, title, None)
    if by:
        spec["layer"][0]["encoding"]["x2"] = {"datum": 0}
    return spec


def ranked_bars(
    label: str,
    value: str,
    low: str = "",
    high: str = "",
    *,
    unit: Unit = "count",
    title: str = "",
    first: int = 0,
) -> Spec:
    """Return lying bars from the largest down; the first few in colour, the rest in grey.

    Args:
        label: the column of labels.
        value: the column of figures.
        low: lower ends of the intervals; '' where there are none.
        high: upper ends.
        unit: what the figures are.
        title: the words under the axis.
        first: how many the finding is about; 0 for all.

    >>> ranked_bars("step", "days")["layer"][0]["encoding"]["y"]["sort"]
    {'field': 'days', 'op': 'max', 'order': 'descending'}
    """
    sort = {"field": value, "op": "max", "order": "descending"}
    spec = _rows(BAR, label, value, low, high, "", unit, title, sort)
    if first:
        spec["transform"] = [
            {"window": [{"op": "rank", "as": "_rank"}], "sort": [{"field": value, "order": "descending"}]}
        ]
        spec["layer"].insert(1, {**spec["layer"][0], "transform": [{"filter": f"datum._rank > {first}"}]})
        spec["layer"][1]["mark"] = {**BAR, "style": "rest"}
    return spec


def dots_with_intervals(
    label: str,
    value: str,
    low: str,
    high: str,
    *,
    by: str = "",
    unit: Unit = "share",
    title: str = "",
    target: float | None = None,
    marked: str = "",
) -> Spec:
    """Return a dot and its interval for each label, in the table's order: for figures to compare.

    Args:
        label: the column of labels.
        value: the column of figures.
        low: lower ends of the intervals.
        high: upper ends.
        by: a column of groups: a dot for each, in the group's colour.
        unit: what the figures are.
        title: the words under the axis.
        target: a line to compare with, in the figures' unit.
        marked: a column that says 'yes' of some: these are diamonds, and their words say that they stand out.

    >>> dots_with_intervals("group", "share", "low", "high", target=0.5)["layer"][0]["mark"]["type"]
    'rule'
    """
    spec = _rows({"type": "point"}, label, value, low, high, by, unit, title, None)
    dots, *intervals, words = spec["layer"]
    spec["layer"] = [*intervals, dots, words]
    if marked:
        said = f"datum['{marked}'] === 'yes'"
        dots["encoding"]["shape"] = {"condition": {"test": said, "value": "diamond"}, "value": "circle"}
        dots["encoding"]["size"] = {"condition": {"test": said, "value": 170}, "value": 70}
        told = words["encoding"]["text"]["field"]
        words["transform"].append({"calculate": f"datum['{told}'] + ({said} ? ', stands out' : '')", "as": "_told"})
        words["encoding"]["text"] = {"field": "_told"}
    if target is not None:
        spec["layer"].insert(0, {"mark": {"type": "rule", "style": "target"}, "encoding": {"x": {"datum": target}}})
    return spec


def curve_with_band(
    x: str,
    y: str,
    low: str,
    high: str,
    by: str = "",
    *,
    unit: Unit = "share",
    x_title: str = "Days",
    y_title: str = "",
) -> Spec:
    """Return survival-like curves in steps, each with its band, named at the end of its line.

    Args:
        x: the column of times, in days.
        y: the column of the curve's values.
        low: lower ends of the band.
        high: upper ends.
        by: a column of groups: a curve for each.
        unit: what the values are.
        x_title: the words under the axis.
        y_title: the words at the other axis.

    >>> curve_with_band("days", "share", "low", "high")["layer"][1]["mark"]["interpolate"]
    'step-after'
    """
    across = {
        "field": x,
        "type": "quantitative",
        "axis": {"title": x_title, "tickCount": 8},
        "scale": {"nice": False},
    }
    return _curves(across, "step-after", x, y, low, high, by, unit, y_title)


MONTHS = {"year": "%b %Y", "quarter": "%b %Y", "month": "%b %Y", "week": "%-d %b %Y", "date": "%-d %b %Y"}
"""How a day is said at an axis: by its month, or whole where several marks stand within one month."""


def lines_by_month(
    x: str, y: str, low: str = "", high: str = "", by: str = "", *, unit: Unit = "count", y_title: str = ""
) -> Spec:
    """Return a line through the months, with its band where it has one, named at the end of the line.

    Args:
        x: the column of ISO dates.
        y: the column of values.
        low: lower ends of the intervals; '' for complete counts.
        high: upper ends.
        by: a column of groups: a line for each.
        unit: what the values are.
        y_title: the words at the axis.

    >>> lines_by_month("month", "cases")["layer"][0]["mark"]["type"]
    'line'
    """
    axis = {"title": None, "format": MONTHS, "tickCount": 6, "labelOverlap": True}
    across = {
        "field": x,
        "type": "temporal",
        "timeUnit": "utcyearmonth",
        "axis": axis,
        "scale": {"type": "utc"},
    }
    return _curves(across, "linear", x, y, low, high, by, unit, y_title)


def lines_by_week(
    x: str,
    y: str,
    low: str = "",
    high: str = "",
    by: str = "",
    *,
    changed: tuple[str, str],
    unit: Unit = "count",
    y_title: str = "",
) -> Spec:
    """Return a line through the weeks as `lines_by_month` does, with a dashed upright where a new level begins.

    Args:
        x: the column of ISO dates.
        y: the column of values.
        low: lower ends of the intervals; '' for complete counts.
        high: upper ends.
        by: a column of groups: a line for each.
        changed: a column of names, separated by commas, and the name that stands in the weeks of a change.
        unit: what the values are.
        y_title: the words at the axis.

    >>> lines_by_week("week", "cases", changed=("begins", "cases"))["layer"][0]["mark"]["style"]
    'target'
    """
    spec = lines_by_month(x, y, low, high, by, unit=unit, y_title=y_title)
    axis = {**spec["encoding"]["x"]["axis"], "format": "%-d %b %Y"}
    spec["encoding"]["x"] = {**spec["encoding"]["x"], "timeUnit": "utcyearmonthdate", "axis": axis}
    column, name = changed
    upright = {
        "transform": [{"filter": f"indexof(split(datum['{column}'], ', '), '{name}') >= 0"}],
        "mark": {"type": "rule", "style": "target"},
        "encoding": {},
    }
    spec["layer"].insert(0, upright)
    return spec


def _curves(
    across: Spec, interpolate: str, x: str, y: str, low: str, high: str, by: str, unit: Unit, y_title: str
) -> Spec:
    colour = {"color": _colour(by)} if by else {}
    upright = _figure(y, unit, y_title)
    if unit == "share":
        upright["scale"] = {"domain": [0, 1]}
    layers: list[Spec] = []
    if low and high:
        band = {"y": {"field": low, "type": "quantitative"}, "y2": {"field": high}, **colour}
        layers.append({"mark": {"type": "area", "style": "band", "interpolate": interpolate}, "encoding": band})
    line: Spec = {"type": "line", "interpolate": interpolate}
    if interpolate == "linear":
        line["point"] = {"size": 36}  # a month between two hidden ones has no line to either
    layers.append({"mark": line, "encoding": {"y": upright, **colour}})
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "padding": {"left": 12, "top": 12, "bottom": 12, "right": 12},
        "usermeta": {
            "ends": {"x": x, "y": y, "type": across["type"], "by": by, "high": high, "share": unit == "share"}
        },
        "encoding": {"x": across},
        "layer": layers,
    }


def timeline(label: str, begin: str, end: str, state: str, days: str) -> Spec:
    """Return a bar from one day to another for each label, in the table's order, named by its state and its days.

    Args:
        label: the column of labels.
        begin: the column of ISO days on which the bars begin; a row without one has no bar.
        end: the column of ISO days on which they end.
        state: the column of states, which give the colours and stand beside the bars.
        days: the column of their lengths, in days.

    >>> [layer["mark"]["type"] for layer in timeline("finding", "known_on", "until", "state", "days")["layer"]]
    ['bar', 'text']
    """
    axis = {"title": None, "format": MONTHS, "tickCount": 6, "labelOverlap": True, "grid": True}
    scale = {"type": "utc", "nice": True}
    across = {"field": begin, "type": "temporal", "scale": scale, "axis": axis}
    shared: Spec = {"y": _labels(label)}
    words = f"datum['{state}'] + ', ' + datum['{days}_words']"
    return {
        "width": WIDTH,
        "height": {"step": STEP},
        "usermeta": {"figure": days},
        "transform": [{"filter": f"isValid(datum['{begin}']) && isValid(datum['{end}'])"}],
        "layer": [
            {"mark": BAR, "encoding": {**shared, "x": across, "x2": {"field": end}, "color": _colour(state)}},
            {
                "transform": [{"calculate": words, "as": "_words"}],
                "mark": {"type": "text", "style": "words", "align": "left", "dx": 8, "limit": 260},
                "encoding": {**shared, "x": {"field": end, "type": "temporal"}, "text": {"field": "_words"}},
            },
        ],
    }
