"""The walks of both sides as two timelines on one scale of days, from top to bottom, as SVG.

Without scripts, inline styles or event handlers, so that it stands under any content security policy; every label
is escaped and bounded. Each wait is drawn by itself, to scale: a thick bar as long as half of them took at most, a
thin tail up to where nine in ten were over. Tails that would be far too long are broken off, with a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outward.comparing.walk import Stage, in_common
from outward.present.lettering import safe, shortened, wrapped
from outward.present.map_choice import END, START
from outward.present.map_marks import number, text
from outward.present.theme import BLUE, DARK, FONT, INK, PAPER, PLUM, RULE, SOFT
from outward.present.words import duration, part

WIDTH, SPINE, LEFT = 340.0, 14.0, 34.0
"""Of one timeline, of its line of steps, and of the words beside it, in pixels: narrow enough for a telephone."""
NAME, SMALL, LINE = 15.0, 13.0, 17.0
DOT, BAR, TAIL = 7.0, 8.0, 2.0
LONGEST_BAR, LONGEST_TAIL, LONGEST_MARK = 150.0, 210.0, 64.0
SPACE, EMPTY = 16.0, 40.0
ROUND = (
    *(minutes / 1440 for minutes in (1, 5, 15, 30)),
    *(hours / 24 for hours in (1, 2, 6, 12)),
    *(days * ten for ten in (1.0, 10.0, 100.0, 1000.0) for days in (1, 2, 5)),
)
"""Lengths of time, in days, that the scale may show."""


@dataclass(frozen=True)
class Stop:
    """One step of a walk as it is drawn.

    Attributes:
        name: the step.
        says: the words under its name.
        median_days: half of those who go on wait under this; None where it was not released or none go on.
        p90_days: nine in ten of them wait under this.
        shared: whether the other walk comes to it too.
    """

    name: str
    says: tuple[str, ...]
    median_days: float | None
    p90_days: float | None
    shared: bool


@dataclass(frozen=True)
class Scale:
    """How long a day is drawn.

    Attributes:
        per_day: pixels of one day; 0 where no wait is known.
        longest: the longest median wait of both walks, in days.
    """

    per_day: float
    longest: float

    def long(self, days: float | None) -> float:
        """Return how long a wait is drawn, in pixels."""
        return (days or 0.0) * self.per_day

    @property
    def mark(self) -> float:
        """The round length of time that the scale shows, in days; 0 for none."""
        return max((days for days in ROUND if self.long(days) <= LONGEST_MARK), default=0.0) if self.per_day else 0.0


def walk_svgs(
    walks: Sequence[Sequence[Stage]], names: Sequence[str], stamps: Sequence[str] = (), name: str = "walk"
) -> list[str]:
    """Return the walk of each side as SVG, steps that both come to in the same height.

    Each is a few elements below each other: the side's name with the scale, an empty stretch where the other walk
    begins with steps of its own (to be left out where the walks stand below each other), and the walk.

    Args:
        walks: of each side, step by step.
        names: of the sides.
        stamps: what must stand on every picture.
        name: of the pictures within their page, for ids.
    """
    both, shared = in_common(*walks), _shared(walks)
    stops = [_stops(stages, shared) for stages in walks]
    scale = _scale(stops)
    heads = [wrapped(side, 17, WIDTH - 90, 3) for side in names]
    head = max(20.0 * max(map(len, heads)) + LINE * len(stamps), scale.long(scale.mark) + 46) + 8
    places = _places(stops, scale, both)
    end = max(ends for _, ends in places)
    return [
        _head(lines, stamps, scale, head) + _walk(side, some, where, end, scale, f"{name}-{place}")
        for place, (side, lines, some, (where, _)) in enumerate(zip(names, heads, stops, places, strict=True), 1)
    ]


def _shared(walks: Sequence[Sequence[Stage]]) -> set[str]:
    """Return the steps that every walk that there is comes to, in whatever order."""
    return set.intersection(*({stage.to for stage in stages} for stages in walks if stages))


def _stops(stages: Sequence[Stage], shared: set[str]) -> list[Stop]:
    found = []
    for place, stage in enumerate(stages):
        if stage.to == END:
            continue
        after = stages[place + 1] if place + 1 < len(stages) else None
        said = [f"{part(stage.share)} begin here."] if stage.step == START else []
        waits = (after.median_days, after.p90_days) if after and after.to != END else (None, None)
        said += _says(after) if after else []
        found.append(Stop(stage.to, tuple(said), *waits, stage.to in shared))
    return found


def _says(stage: Stage) -> list[str]:
    if stage.to == END:
        return [f"The last recorded for {part(stage.share).lower()}."]
    said = [f"{part(stage.share)} go on so."]
    if stage.median_days is not None:
        said.append(f"Half wait under {duration(stage.median_days)},")
    if stage.p90_days is not None:
        said.append(f"one in ten {duration(stage.p90_days)} or more.")
    return said


def _scale(stops: Sequence[Sequence[Stop]]) -> Scale:
    longest = max((one.median_days or 0.0 for some in stops for one in some), default=0.0)
    return Scale(LONGEST_BAR / longest if longest > 0 else 0.0, longest)


def _lines(stop: Stop) -> tuple[list[str], list[str]]:
    name = wrapped(stop.name, NAME, (WIDTH - LEFT) / 1.1, 3)
    said = [*stop.says, *([] if stop.shared else ["Only on this walk."])]
    return name, [line for one in said for line in wrapped(one, SMALL, (WIDTH - LEFT) / 1.06, 2)]


def _tall(stop: Stop, scale: Scale) -> float:
    """Return how far below a step the next one stands: room for its words, and for its wait to scale."""
    name, said = _lines(stop)
    words = 19.0 * len(name) + LINE * len(said)
    drawn = DOT + 4 + max(scale.long(stop.median_days), min(scale.long(stop.p90_days), LONGEST_TAIL))
    return max(words, drawn) + SPACE


def _places(stops: Sequence[Sequence[Stop]], scale: Scale, both: Sequence[str]) -> list[tuple[list[float], float]]:
    """Return the height of each step of each walk, and where it ends; what both come to stands in the same height."""
    heights: list[list[float]] = [[] for _ in stops]
    ends = [0.0 for _ in stops]
    for meeting in (*both, None):
        for side, some in enumerate(stops):
            while len(heights[side]) < len(some) and some[len(heights[side])].name != meeting:
                _put(some, heights[side], ends, side, scale)
        if meeting is not None:
            ends = [max(ends) for _ in stops]
            for side, some in enumerate(stops):
                _put(some, heights[side], ends, side, scale)
    return list(zip(heights, ends, strict=True))


def _put(some: Sequence[Stop], heights: list[float], ends: list[float], side: int, scale: Scale) -> None:
    stop = some[len(heights)]
    heights.append(ends[side])
    ends[side] += _tall(stop, scale)


def _head(lines: Sequence[str], stamps: Sequence[str], scale: Scale, height: float) -> str:
    """Return the name of a side, its stamps and the scale."""
    drawn = [text(line, 0, 20 + 20 * row, 17, INK, "start", bold=True) for row, line in enumerate(lines)]
    under = 20 + 20 * len(lines)
    drawn += [text(one, 0, under + LINE * row, SMALL, PLUM, "start", bold=True) for row, one in enumerate(stamps)]
    return _svg("".join(drawn) + _measure(scale), height)


def _walk(side: str, stops: Sequence[Stop], places: Sequence[float], end: float, scale: Scale, name: str) -> str:
    """Return a walk, below an empty stretch where the other walk begins with steps of its own."""
    if not stops:
        return _svg(text("Too few people to show a way.", 0, 20, SMALL, SOFT, "start"), 30)
    before = places[0] if places[0] > EMPTY else 0.0
    at = [place - before + DOT + 4 for place in places]
    line = _line(SPINE, at[0], at[-1], RULE, 1.5)
    waits = "".join(_wait(one, place, scale) for one, place in zip(stops, at, strict=True))
    marks = "".join(_stop(one, place) for one, place in zip(stops, at, strict=True))
    ids = f'aria-labelledby="{safe(name)}-title" aria-describedby="{safe(name)}-about"'
    steps = "; then ".join(" ".join([f"{shortened(one.name)}:", *one.says]) for one in stops)
    told = (
        f'<title id="{safe(name)}-title">The usual way: {safe(side)}</title>'
        f'<desc id="{safe(name)}-about">{safe(steps)}</desc>'
    )
    drawn = _svg(told + line + waits + marks, end - before + DOT + 4, f'role="img" {ids}')
    return _empty(before) + drawn if before else drawn


def _empty(height: float) -> str:
    words = text("Steps of the other walk come first.", LEFT, 16, SMALL, SOFT, "start")
    dotted = _line(SPINE, 4, height, RULE, 1.5).replace("/>", ' stroke-dasharray="2 5"/>')
    return _svg(words + dotted, height, kind="outward-walk outward-walk-empty")


def _svg(drawn: str, height: float, role: str = 'aria-hidden="true"', kind: str = "outward-walk") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" {role} width="{number(WIDTH)}" '
        f'height="{number(height)}" viewBox="0 0 {number(WIDTH)} {number(height)}" font-family="{FONT}">{drawn}</svg>'
    )


def _measure(scale: Scale) -> str:
    """Return the scale: a bar as long as a round length of time."""
    if not scale.mark:
        return ""
    x, end = WIDTH - BAR, 10 + scale.long(scale.mark)
    return (
        f'<rect x="{number(x)}" y="10" width="{number(BAR)}" height="{number(scale.long(scale.mark))}" fill="{DARK}"/>'
        + text("So long is", WIDTH, end + 16, SMALL, SOFT, "end")
        + text(duration(scale.mark), WIDTH, end + 32, SMALL, INK, "end", bold=True)
    )


def _line(x: float, top: float, end: float, colour: str, stroke: float) -> str:
    return (
        f'<path d="M{number(x)} {number(top)}V{number(end)}" stroke="{colour}" stroke-width="{number(stroke)}" '
        'fill="none"/>'
    )


def _wait(stop: Stop, at: float, scale: Scale) -> str:
    """Return the bar of a wait and its tail, from right under the step."""
    if stop.median_days is None:
        return ""
    top = at + DOT
    colour = PLUM if stop.median_days == scale.longest else BLUE
    half, most = scale.long(stop.median_days), scale.long(stop.p90_days)
    drawn = (
        f'<rect x="{number(SPINE - BAR / 2)}" y="{number(top)}" width="{number(BAR)}" '
        f'height="{number(max(half, 1.0))}" fill="{colour}"/>'
    )
    end = top + max(half, min(most, LONGEST_TAIL))
    drawn += _line(SPINE, top, end, colour, TAIL)
    if most > LONGEST_TAIL:
        return drawn + _break(end - 12, colour)
    cap = f'<path d="M{number(SPINE - 5)} {number(end)}h10" stroke="{colour}" stroke-width="2"/>'
    return drawn + cap if most else drawn


def _break(at: float, colour: str) -> str:
    """Return the mark of a tail that is longer than it is drawn: two slanted strokes."""
    left, right = number(SPINE - 6), number(SPINE + 6)
    return "".join(
        f'<path d="M{left} {number(y + 3)}L{right} {number(y - 3)}" stroke="{colour}" stroke-width="2" fill="none"/>'
        for y in (at, at + 6)
    )


def _stop(stop: Stop, at: float) -> str:
    """Return a step: filled where both walks come to it, hollow where only this one does."""
    name, said = _lines(stop)
    fill = DARK if stop.shared else PAPER
    parts = [
        f'<circle cx="{number(SPINE)}" cy="{number(at)}" r="{number(DOT)}" fill="{fill}" stroke="{DARK}" '
        'stroke-width="2.5"/>'
    ]
    parts += [text(line, LEFT, at + 5 + 19 * row, NAME, INK, "start", bold=True) for row, line in enumerate(name)]
    under = at + 5 + 19 * len(name)
    parts += [text(line, LEFT, under + LINE * row, SMALL, SOFT, "start") for row, line in enumerate(said)]
    return "".join(parts)
