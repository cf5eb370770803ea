"""The journey map as SVG: top to bottom, the main road thick, detours thin, waits in words on the road.

Without scripts, inline styles or event handlers, so that it stands under any content security policy;
every label is escaped and bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from outward.answers import Map
from outward.disclosure.released import ReleasedAnswer
from outward.present.layout import Edge, Layout, Node, lay_out
from outward.present.lettering import balanced, safe, shortened, text_width, wrapped
from outward.present.map_choice import END, START, Choice, Path, Step, chosen, everything, groups, union
from outward.present.map_marks import (
    LABEL,
    NAME,
    arrow,
    box,
    loop,
    number,
    pill,
    road,
    sign,
    text,
)
from outward.present.theme import BLUE, DARK, FONT, INK, PLUM, RAMP, ROAD, SOFT
from outward.present.words import cell_at, picture_title, stamps

Paint = Literal["cases", "share", "median_days", "p90_days"]
Href = Callable[[str, str | None], str | None]
"""Takes a step, and the step a path leads to or None, and returns an address or None."""

MARGIN, LINE_HEIGHT = 24.0, 17.0
NARROWEST, WIDE, NAME_ROOM = 330.0, 820.0, 168.0
KEYS: dict[str, str] = {
    "cases": "On each road: {unit}, and the wait that half of them had at most. Wider roads carry more.",
    "share": "On each road: {share}, and the wait that half of them had at most. Wider roads carry more.",
    "median_days": "On each road: the wait that half had at most, and how many {unit}. "
    "The darker the road, the longer the wait.",
    "p90_days": "On each road: the wait that nine in ten had at most, and how many {unit}. "
    "The darker the road, the longer the wait.",
}


@dataclass(frozen=True)
class Look:
    """What every part of one drawing needs to know."""

    released: ReleasedAnswer
    picture: Map
    paint: Paint
    most: float
    href: Href | None

    def wait(self) -> str:
        """Return the column of waits whose words stand on the roads."""
        return self.paint if self.paint in ("median_days", "p90_days") else "median_days"


def map_layout(
    released: ReleasedAnswer, picture: Map, *, paint: Paint = "cases", steps: float = 1.0, paths: float = 1.0
) -> Layout:
    """Return one layout for the maps of all groups, so that maps beside each other can be compared.

    Args:
        released: the answer.
        picture: names its tables.
        paint: what the roads say.
        steps: share of the steps to draw, 0 to 1.
        paths: share of the paths to draw, 0 to 1.
    """
    all_of_it = union(everything(released, picture, group) for group in groups(released, picture) or [""])
    return _laid(_look(released, picture, paint, None, all_of_it), chosen(all_of_it, steps, paths))


def map_svg(
    released: ReleasedAnswer,
    picture: Map,
    *,
    paint: Paint = "cases",
    steps: float = 1.0,
    paths: float = 1.0,
    href: Href | None = None,
    group: str = "",
    layout: Layout | None = None,
    name: str = "map",
    titled: bool = True,
) -> str:
    """Return the journey map as one SVG element.

    Args:
        released: the answer; only its released figures are drawn.
        picture: names the tables: steps (step, cases) and paths (from_step, to_step, cases and, where
            they are, share, median_days, p90_days).
        paint: what the roads say and how they are coloured.
        steps: share of the steps to draw, 0 to 1, by cases; all stay connected from start to end.
        paths: share of the paths between them to draw, 0 to 1, by cases.
        href: gives the address of a step, or of a path, to make it a link.
        group: whose map, where the tables are split by group.
        layout: positions to use instead of its own (see `map_layout`); draws only what stands in it.
        name: of the picture within its page, for the ids of title and description.
        titled: whether the finding stands above the map; not where the page itself says it.
    """
    whole = everything(released, picture, group)
    choice = _within(whole, layout) if layout else chosen(whole, steps, paths)
    look = _look(released, picture, paint, href, whole)
    placed = layout or _laid(look, choice)
    width = max(placed.width + 2 * MARGIN, NARROWEST)
    head = _head(look, group, width, titled)
    foot = _foot(look, choice, width)
    top = MARGIN + LINE_HEIGHT * 1.3 * len(head) + (8 if head else 0)
    height = top + placed.height + 26 + LINE_HEIGHT * len(foot) + MARGIN / 2
    body = _body(look, choice, placed)
    shift = f'transform="translate({number((width - placed.width) / 2)} {number(top)})"'
    title = picture_title(released, picture) + (f" {group}" if group else "")
    role = "group" if href else "img"
    kind = "outward-map outward-map-wide" if width > WIDE else "outward-map"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="{role}" '
        f'aria-labelledby="{safe(name)}-title" aria-describedby="{safe(name)}-about" '
        f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" '
        f'font-family="{FONT}">'
        f'<title id="{safe(name)}-title">{safe(title)}</title>'
        f'<desc id="{safe(name)}-about">{safe(_about(choice, placed))}</desc>'
        f'<rect class="outward-map-ground" width="{number(width)}" height="{number(height)}" fill="#FFFFFF"/>'
        + "".join(
            text(line, MARGIN, MARGIN + LINE_HEIGHT * 1.3 * row + 4, 16, colour, "start", bold=True)
            for row, (line, colour) in enumerate(head)
        )
        + f'<g class="outward-map-roads" {shift}>{body}</g>'
        + "".join(
            text(line, MARGIN, top + placed.height + 34 + LINE_HEIGHT * row, 13, SOFT, "start")
            for row, line in enumerate(foot)
        )
        + "</svg>"
    )


def _look(released: ReleasedAnswer, picture: Map, paint: Paint, href: Href | None, whole: Choice) -> Look:
    known = released.tables[picture.paths].values
    shown: Paint = paint if paint in known else "cases"
    return Look(released, picture, shown, max((path.cases for path in whole.paths), default=1.0), href)


def _within(whole: Choice, layout: Layout) -> Choice:
    steps = tuple(step for step in whole.steps if step.label in layout.nodes)
    known = {step.label for step in steps}
    paths = tuple(
        path
        for path in whole.paths
        if (path.source, path.target) in layout.routes or (path.source == path.target and path.source in known)
    )
    dropped = len(whole.steps) - len(steps), len(whole.paths) - len(paths)
    return Choice(steps, paths, *dropped, whole.paths_unknown)


def _stroke(look: Look, path: Path) -> float:
    return 1.5 + 16.5 * (path.cases / look.most) ** 0.75 if look.most else 2.0


def _laid(look: Look, choice: Choice) -> Layout:
    loops = {path.source: path for path in choice.paths if path.source == path.target}
    nodes = []
    for step in choice.steps:
        width, height = _size(look, step)
        beside = 34 + _sign_size(look, loops[step.label])[0] if step.label in loops else 0.0
        nodes.append(Node(step.label, width, height, beside))
    edges = []
    for path in choice.paths:
        edges.append(Edge(path.source, path.target, path.cases, *_sign_size(look, path), stroke=_stroke(look, path)))
    return lay_out(nodes, edges, START, END)


def _name(step: Step) -> list[str]:
    return balanced(step.label, NAME, NAME_ROOM, 3) if step.row >= 0 else []


def _size(look: Look, step: Step) -> tuple[float, float]:
    if step.row < 0:
        return 96.0, 28.0
    lines = _name(step)
    widest = max([*(text_width(line, NAME) * 1.06 for line in lines), text_width(_people(look, step), LABEL), 72.0])
    return widest + 24, LINE_HEIGHT * (len(lines) + 1) + 16


def _people(look: Look, step: Step) -> str:
    table = look.released.tables[look.picture.steps]
    return f"{cell_at(table, 'cases', step.row)} {table.column('cases').unit or 'cases'}"


def _signs(look: Look, path: Path) -> list[str]:
    """Return the words on a road, the painted figure first; no wait where none was released."""
    table = look.released.tables[look.picture.paths]
    order = [look.paint, look.wait() if look.paint in ("cases", "share") else "cases"]
    return [
        cell_at(table, column, path.row)
        for column in order
        if column in table.values and table.values[column][path.row] is not None
    ]


def _sign_size(look: Look, path: Path) -> tuple[float, float]:
    lines = _signs(look, path)
    return max((text_width(line, LABEL) * 1.06 for line in lines), default=0.0) + 10, 15.0 * len(lines) + 4


def _colour(look: Look, path: Path, main: bool, back: bool) -> str:
    if look.paint in ("cases", "share"):
        return BLUE if main else PLUM if back else ROAD
    waits = look.released.tables[look.picture.paths].values[look.paint]
    known = sorted(float(wait) for wait in waits if isinstance(wait, int | float))
    own = waits[path.row]
    if not isinstance(own, int | float) or not known:
        return RAMP[0]
    longer = sum(wait < own for wait in known) / len(known)
    return RAMP[min(int(longer * len(RAMP)), len(RAMP) - 1)]


def _body(look: Look, choice: Choice, placed: Layout) -> str:
    """Draw thin roads first, then thick ones, then the words, then the steps on top."""
    roads, signs = [], []
    main = set(pairwise(placed.main))
    for path in sorted(choice.paths, key=lambda path: ((path.source, path.target) in main, path.cases)):
        drawn, words = _road(look, path, placed)
        spoken = _spoken(look, path)
        roads.append(_linked(look, path.source, path.target, spoken, drawn, "outward-path"))
        signs.append(words)
    order = sorted(choice.steps, key=lambda step: (placed.nodes[step.label].y, placed.nodes[step.label].x))
    return "".join([*roads, *signs, *(_step(look, step, placed) for step in order)])


def _road(look: Look, path: Path, placed: Layout) -> tuple[str, str]:
    stroke = _stroke(look, path)
    lines = _signs(look, path)
    if path.source == path.target:
        place = placed.nodes[path.source]
        colour = _colour(look, path, False, True)
        middle = place.x + place.width / 2 + 32 + _sign_size(look, path)[0] / 2
        return loop(place, stroke, colour), sign(lines, middle, place.y)
    route = placed.routes[path.source, path.target]
    colour = _colour(look, path, route.main, route.back)
    drawn = road(route.points, stroke, colour) + arrow(route.points, stroke, colour)
    return drawn, sign(lines, *route.label, main=route.main) if route.label and lines else ""


def _step(look: Look, step: Step, placed: Layout) -> str:
    place = placed.nodes[step.label]
    if step.row < 0:
        return pill(place, "Start" if step.label == START else "End", DARK)
    people = _people(look, step)
    on_main = step.label in placed.main
    drawn = box(place, _name(step), people, on_main)
    return _linked(look, step.label, None, f"{shortened(step.label)}: {people}", drawn, "outward-step")


def _linked(look: Look, step: str, to: str | None, spoken: str, drawn: str, kind: str) -> str:
    """Return the drawing with its tool tip, as a link where there is an address for it."""
    tip = f"<title>{safe(spoken)}</title>"
    address = look.href(step, to) if look.href else None
    if address is None:
        return f'<g class="{kind}">{tip}{drawn}</g>'
    return f'<a class="{kind}" href="{safe(address)}" aria-label="{safe(spoken)}">{tip}{drawn}</a>'


def _spoken(look: Look, path: Path) -> str:
    table = look.released.tables[look.picture.paths]
    ends = [{START: "Start", END: "End"}.get(end, shortened(end)) for end in (path.source, path.target)]
    said = [f"{cell_at(table, 'cases', path.row)} {table.column('cases').unit or 'cases'}"]
    for name in ("share", "median_days", "p90_days"):
        if name in table.values and table.values[name][path.row] is not None:
            said.append(f"{_lower(table.column(name).heading)} {cell_at(table, name, path.row)}")
    return f"From {ends[0]} to {ends[1]}: {', '.join(said)}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _head(look: Look, group: str, width: float, titled: bool) -> list[tuple[str, str]]:
    title = picture_title(look.released, look.picture) if titled else ""
    lines = [(line, INK) for line in wrapped(title, 16, (width - 2 * MARGIN) / 1.08, 4)] if title else []
    lines += [(group, INK)] if group else []
    return lines + [(stamp, PLUM) for stamp in stamps(look.released)]


def _foot(look: Look, choice: Choice, width: float) -> list[str]:
    table = look.released.tables[look.picture.paths]
    share = _lower(table.column("share").heading) if "share" in table.values else ""
    notes = [KEYS[look.paint].format(unit=table.column("cases").unit or "cases", share=share)]
    if look.paint in ("cases", "share"):
        notes[0] += " Plum roads go back."
    notes += [_dropped(choice)] if _dropped(choice) else []
    notes.append(look.released.small_numbers)
    room = min(width - 2 * MARGIN, 760.0)
    return [line for note in notes if note for line in wrapped(note, 13, room, 8)]


def _dropped(choice: Choice) -> str:
    """Say what is not drawn."""
    parts = []
    if choice.steps_dropped or choice.paths_dropped:
        steps, paths = len([step for step in choice.steps if step.row >= 0]), len(choice.paths)
        parts.append(
            f"Drawn: {steps} of {steps + choice.steps_dropped} steps and {paths} of "
            f"{paths + choice.paths_dropped} paths, those that most take."
        )
    if choice.paths_unknown:
        what = "1 path is" if choice.paths_unknown == 1 else f"{choice.paths_unknown} paths are"
        parts.append(f"{what} left out, because too few people took that way.")
    return " ".join(parts)


def _about(choice: Choice, placed: Layout) -> str:
    """Return the picture in a few sentences, for those who cannot see it."""
    main = " then ".join(shortened(label) for label in placed.main if label not in (START, END))
    about = f"A map from top to bottom. The main road: {main}."
    return " ".join(part for part in (about, _dropped(choice), "The tables hold every figure.") if part)
