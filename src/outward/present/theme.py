"""Colours, letters and the calm look that every picture shares."""

from __future__ import annotations

from typing import Any

FONT = "Arial, sans-serif"  # a bare "Arial" silently drops all text where it is not installed

BLUE, TEAL, PLUM, ORANGE, DARK, LILAC = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
PALETTE = (BLUE, TEAL, PLUM, ORANGE, DARK, LILAC)
"""The Government Analysis Function's categorical palette, in its order."""

INK, SOFT, ROAD, LINE, PALE, PAPER = "#0B0C0C", "#505A5F", "#76838C", "#858F96", "#E8EEF4", "#FFFFFF"
"""Text, quiet text, a detour, the edge of a box, a pale fill, the page."""

RULE, GRID = "#B1B4B6", "#E6E8E9"
"""An axis, and the lines behind the marks."""

RAMP = ("#84909A", "#B57A9B", "#9C4877", "#801650")
"""From a short wait to a long one; each can be told from white."""


def vega_config() -> dict[str, Any]:
    """Return the look of every chart, as a Vega-Lite config.

    >>> vega_config()["font"]
    'Arial, sans-serif'
    """
    words = {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": SOFT}
    return {
        "font": FONT,
        "background": PAPER,
        "padding": 12,
        "aria": False,
        "view": {"stroke": None},
        "range": {"category": list(PALETTE)},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 17,
            "fontWeight": "bold",
            "color": INK,
            "subtitleColor": SOFT,
            "subtitleFontSize": 13,
            "subtitlePadding": 6,
            "lineHeight": 22,
            "offset": 16,
        },
        "axis": {
            **words,
            "grid": False,
            "domainColor": RULE,
            "tickColor": RULE,
            "titleFontWeight": "normal",
            "titlePadding": 10,
            "labelPadding": 6,
            "labelLimit": 300,
        },
        "axisQuantitative": {"grid": True, "gridColor": GRID, "domain": False, "ticks": False},
        "header": {
            **words,
            "labelFontSize": 14,
            "labelFontWeight": "bold",
            "labelAnchor": "start",
            "title": None,
        },
        "legend": {**words, "orient": "top", "title": None},
        "bar": {"color": BLUE},
        "line": {"color": BLUE, "strokeWidth": 2.5},
        "point": {"color": BLUE, "filled": True, "opacity": 1, "size": 80},
        "area": {"color": BLUE},
        "style": {
            "interval": {"color": INK, "strokeWidth": 1.75},
            "halo": {"color": PAPER, "strokeWidth": 5},
            "band": {"opacity": 0.16},
            "words": {"fontSize": 13, "color": INK},
            "rest": {"color": RAMP[0]},
            "target": {"color": SOFT, "strokeDash": [4, 3]},
        },
    }
