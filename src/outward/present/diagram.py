"""A diagram as SVG: things in columns from left to right, the ties between them, and what hangs loose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from outward.answers import NOWHERE, Diagram
from outward.disclosure.released import ReleasedAnswer
from outward.present.layout import Edge, Layout, Node, Place, Route, in_columns
from outward.present.lettering import balanced, safe, shortened, wrapped
from outward.present.map_marks import number, text
from outward.present.theme import FONT, INK, LINE, PALE, PAPER, PLUM, ROAD, SOFT
from outward.present.words import cell_at, picture_title, stamps

WIDE, NAME, SMALL = 168.0, 14.0, 13.0  # of a box; of its letters, in pixels
ROW, PAD, MARGIN = 17.0, 12.0, 16.0
LINES = 4
DASHES = "6 4"

Key = tuple[str, str]


@dataclass(frozen=True)
class Thing:
    """One box: its kind and name, the column it stands in, its words, and where it hangs loose."""

    key: Key
    column: int
    lines: tuple[str, ...]
    above: str
    loose: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its name in the layout."""
        return "\n".join(self.key)

    @property
    def height(self) -> float:
        """In pixels."""
        return 2 * PAD + ROW * (len(self.lines) + len(self.loose) + bool(self.above)) - 3


def diagram_svg(released: ReleasedAnswer, picture: Diagram, *, name: str = "diagram", titled: bool = True) -> str:
    """Return the diagram as one SVG element.

    What hangs loose has a broken edge and says in words what it lacks.

    Args:
        released: the answer; only its released cells are drawn.
        picture: names the tables of things and of ties.
        name: of the picture within its page, for the ids of title and description.
        titled: whether the title stands above it; not where the page itself says it.
    """
    heads, things = _things(released, picture)
    links = _links(released, picture, {thing.key for thing in things})
    placed = in_columns(
        [Node(thing.id, WIDE, thing.height) for thing in things],
        [Edge("\n".join(one), "\n".join(other), 1.0) for one, other in links],
        {thing.id: thing.column for thing in things},
    )
    width = max(placed.width, WIDE) + 2 * MARGIN
    said = picture_title(released, picture)
    head = [(line, INK) for line in wrapped(said, 16, width - 2 * MARGIN, 4)] if titled else []
    head += [(stamp, PLUM) for stamp in stamps(released)]
    top = MARGIN + ROW * 1.3 * len(head) + 44
    height = top + placed.height + MARGIN + (ROW + 8 if any(thing.loose for thing in things) else 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="outward-diagram" role="img" '
        f'aria-labelledby="{safe(name)}-title" aria-describedby="{safe(name)}-about" '
        f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" '
        f'font-family="{FONT}"><title id="{safe(name)}-title">{safe(shortened(said))}</title>'
        f'<desc id="{safe(name)}-about">{safe(_about(heads, things, len(links)))}</desc>'
        f'<rect width="{number(width)}" height="{number(height)}" fill="{PAPER}"/>'
        + "".join(
            text(line, MARGIN, MARGIN + ROW * 1.3 * row + 6, 16, colour, "start", bold=True)
            for row, (line, colour) in enumerate(head)
        )
        + f'<g transform="translate({number(MARGIN)} {number(top)})">{_drawn(heads, things, placed)}</g>'
        + (_key(top + placed.height + 22) if any(thing.loose for thing in things) else "")
        + "</svg>"
    )


def _things(released: ReleasedAnswer, picture: Diagram) -> tuple[list[str], list[Thing]]:
    """Return the headings of the columns, and the things; in a column those that hang loose stand last."""
    table = released.tables[picture.things]
    cells = [{name: cell_at(table, name, row) for name in table.values} for row in range(len(table))]
    heads = list(dict.fromkeys(one["column"] for one in cells))
    kinds = {head: {one["kind"] for one in cells if one["column"] == head} for head in heads}
    things = []
    for one in cells:
        lines = balanced(one["thing"], NAME, (WIDE - 2 * PAD) / 1.06, LINES)
        loose = wrapped(one["loose"], SMALL, (WIDE - 2 * PAD - 16) / 1.06, 3) if one["loose"] != NOWHERE else []
        above = one["kind"] if len(kinds[one["column"]]) > 1 else ""
        things.append(Thing((one["kind"], one["thing"]), heads.index(one["column"]), tuple(lines), above, tuple(loose)))
    return heads, sorted(things, key=lambda thing: (thing.column, bool(thing.loose)))


def _links(released: ReleasedAnswer, picture: Diagram, known: set[Key]) -> list[tuple[Key, Key]]:
    table = released.tables[picture.links]
    found = [
        tuple((cell_at(table, f"{end}_kind", row), cell_at(table, f"{end}_thing", row)) for end in ("from", "to"))
        for row in range(len(table))
    ]
    return [(one, other) for one, other in dict.fromkeys(found) if {one, other} <= known]


def _drawn(heads: Sequence[str], things: Sequence[Thing], placed: Layout) -> str:
    """Draw the ties first, then the boxes on top, column by column."""
    ties = "".join(_tie(route) for route in placed.routes.values())
    order = sorted(things, key=lambda thing: (thing.column, placed.nodes[thing.id].y))
    left = {thing.column: placed.nodes[thing.id].x - WIDE / 2 for thing in things}
    titles = "".join(text(head, left[at], -16, NAME, SOFT, "start", bold=True) for at, head in enumerate(heads))
    return titles + ties + "".join(_box(thing, placed.nodes[thing.id]) for thing in order)


def _tie(route: Route) -> str:
    """Return a tie: straight through the columns that it passes, softly bent between them."""
    (x, y), *_ = route.points
    parts = [f"M{number(x)} {number(y)}"]
    for (x, y), (to_x, to_y) in pairwise(route.points):
        middle = number((x + to_x) / 2)
        bend = f"C{middle} {number(y)} {middle} {number(to_y)} "
        parts.append(f"{'L' if abs(y - to_y) < 0.5 else bend}{number(to_x)} {number(to_y)}")
    return f'<path d="{"".join(parts)}" fill="none" stroke="{ROAD}" stroke-width="1.75"/>'


def _box(thing: Thing, place: Place) -> str:
    left, top = place.x - place.width / 2, place.y - place.height / 2
    edge = f'stroke="{PLUM}" stroke-width="2" stroke-dasharray="{DASHES}"' if thing.loose else f'stroke="{LINE}"'
    parts = [
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(place.width)}" height="{number(place.height)}" '
        f'rx="5" fill="{PAPER if thing.loose else PALE}" {edge}/>'
    ]
    y = top + PAD + 11
    if thing.above:
        parts.append(text(thing.above.capitalize(), left + PAD, y, SMALL, SOFT, "start"))
        y += ROW
    for line in thing.lines:
        parts.append(text(line, left + PAD, y, NAME, INK, "start"))
        y += ROW
    if thing.loose:
        parts.append(_flag(left + PAD, y))
    for line in thing.loose:
        parts.append(text(line, left + PAD + 16, y, SMALL, PLUM, "start", bold=True))
        y += ROW
    spoken = shortened(": ".join(thing.key))
    return f"<g><title>{safe(spoken)}</title>{''.join(parts)}</g>"


def _flag(x: float, y: float) -> str:
    """Return the mark of what hangs loose: a small triangle, standing on the line."""
    return f'<path d="M{number(x)} {number(y)}l5.5 -10l5.5 10Z" fill="none" stroke="{PLUM}" stroke-width="2"/>'


def _key(y: float) -> str:
    words = "hangs loose: what it lacks stands beside the mark"
    return _flag(MARGIN, y) + text(words, MARGIN + 18, y, SMALL, SOFT, "start")


def _about(heads: Sequence[str], things: Sequence[Thing], links: int) -> str:
    """Return the picture in a few sentences, for those who cannot see it."""
    counts = [(sum(thing.column == at for thing in things), head) for at, head in enumerate(heads)]
    said = ", ".join(f"{count} under '{head}'" for count, head in counts)
    loose = sum(bool(thing.loose) for thing in things)
    return (
        f"Columns from left to right: {said}. Ties between them: {links}. "
        f"Hanging loose: {loose or 'none'}. The tables hold every one."
    )
