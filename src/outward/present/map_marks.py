"""The marks of a journey map: boxes, roads, arrows, loops and words, as SVG with plain attributes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from outward.present.lettering import safe, text_width
from outward.present.routing import head_size
from outward.present.theme import BLUE, INK, LINE, PALE, PAPER, SOFT

NAME, LABEL = 14.0, 13.0  # sizes of letters, in pixels
STRAIGHT = 3.0  # of a road before its arrow head, in pixels


class Placed(Protocol):
    """A box as far as its place goes."""

    @property
    def x(self) -> float:
        """Of its centre, in pixels."""

    @property
    def y(self) -> float:
        """Of its centre, in pixels."""

    @property
    def width(self) -> float:
        """In pixels."""

    @property
    def height(self) -> float:
        """In pixels."""


def number(value: float) -> str:
    """Return a coordinate with one decimal at most.

    >>> number(12.04), number(-0.01)
    ('12', '0')
    """
    return f"{round(value, 1) + 0:g}" if abs(value) < 1e5 else f"{value:.0f}"


def text(line: str, x: float, y: float, size: float, colour: str, anchor: str = "middle", bold: bool = False) -> str:
    """Return one line of text, its baseline at y."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}>{safe(line)}</text>'
    )


def box(place: Placed, lines: Sequence[str], people: str, on_main: bool) -> str:
    """Return a step: its name in bold above how many came through it."""
    left, top = place.x - place.width / 2, place.y - place.height / 2
    fill, edge, ink = (PALE, BLUE, INK) if on_main else (PAPER, LINE, INK)
    parts = [
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(place.width)}" '
        f'height="{number(place.height)}" rx="5" fill="{fill}" stroke="{edge}" '
        f'stroke-width="{2 if on_main else 1.5}"/>'
    ]
    for row, line in enumerate(lines):
        parts.append(text(line, place.x, top + 21 + 17 * row, NAME, ink, bold=on_main))
    parts.append(text(people, place.x, top + 21 + 17 * len(lines), LABEL, SOFT))
    return "".join(parts)


def pill(place: Placed, word: str, colour: str) -> str:
    """Return the start or the end."""
    return (
        f'<g class="outward-end"><rect x="{number(place.x - place.width / 2)}" '
        f'y="{number(place.y - place.height / 2)}" width="{number(place.width)}" '
        f'height="{number(place.height)}" rx="{number(place.height / 2)}" fill="{colour}"/>'
        + text(word, place.x, place.y + 5, NAME, PAPER, bold=True)
        + "</g>"
    )


def road(points: Sequence[tuple[float, float]], stroke: float, colour: str) -> str:
    """Return a road: straight in its rows, one soft bend between two rows, straight into its arrow head."""
    upwards = points[-1][1] < points[0][1]
    length = head_size(stroke)[0] - 1
    x, y = points[-1]
    last = (x, y + length if upwards else y - length)
    before = (x, y + length + STRAIGHT if upwards else y - length - STRAIGHT)
    stops = [*points[:-1], before, last]
    parts = [f"M{number(stops[0][0])} {number(stops[0][1])}"]
    for (x, y), (to_x, to_y) in pairwise(stops):
        if abs(x - to_x) < 0.5:
            parts.append(f"L{number(to_x)} {number(to_y)}")
        else:
            middle = number((y + to_y) / 2)
            parts.append(f"C{number(x)} {middle} {number(to_x)} {middle} {number(to_x)} {number(to_y)}")
    return (
        f'<path d="{"".join(parts)}" fill="none" stroke="{colour}" stroke-width="{number(stroke)}" '
        'stroke-linejoin="round"/>'
    )


def arrow(points: Sequence[tuple[float, float]], stroke: float, colour: str) -> str:
    """Return the arrow head at the end of a road, pointing down, or up where the road runs back."""
    x, y = points[-1]
    length, wide = head_size(stroke)
    foot = y + length if points[-1][1] < points[0][1] else y - length
    return (
        f'<path d="M{number(x)} {number(y)}L{number(x - wide / 2)} {number(foot)}'
        f'L{number(x + wide / 2)} {number(foot)}Z" fill="{colour}"/>'
    )


def loop(place: Placed, stroke: float, colour: str) -> str:
    """Return a loop of a step onto itself, at its right side."""
    x, y = place.x + place.width / 2, place.y
    length, wide = head_size(stroke)
    reach = number(x + 34)
    return (
        f'<path d="M{number(x)} {number(y - 10)}C{reach} {number(y - 18)} {reach} {number(y + 14)} '
        f'{number(x + length)} {number(y + 10)}" fill="none" stroke="{colour}" '
        f'stroke-width="{number(stroke)}"/><path d="M{number(x)} {number(y + 10)}'
        f"L{number(x + length)} {number(y + 10 - wide / 2)}"
        f'L{number(x + length)} {number(y + 10 + wide / 2)}Z" fill="{colour}"/>'
    )


def sign(lines: Sequence[str], x: float, y: float, main: bool = False) -> str:
    """Return the words of a road on a white plate, so that they can be read on any colour."""
    width = max((text_width(line, LABEL) * 1.06 for line in lines), default=0.0) + 8
    height = 15.0 * len(lines) + 4
    parts = [
        f'<rect x="{number(x - width / 2)}" y="{number(y - height / 2)}" width="{number(width)}" '
        f'height="{number(height)}" rx="4" fill="{PAPER}" fill-opacity="0.94"/>'
    ]
    for row, line in enumerate(lines):
        baseline = y - height / 2 + 14 + 15 * row
        parts.append(text(line, x, baseline, LABEL, INK if not row else SOFT, bold=main and not row))
    return f'<g class="outward-sign" pointer-events="none">{"".join(parts)}</g>'
