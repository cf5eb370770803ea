"""Where the pages meet the presenters: an answer's words, tables and pictures, ready for a template.

What comes back as safe markup was made by `present`, which escapes every label; nothing here joins
text into markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from outward.answers import Basis, Chart, Diagram, Level, Map, Matrix, Picture, Sentence, Standing
from outward.disclosure.released import ReleasedAnswer
from outward.present import words
from outward.present.charts import chart_svg
from outward.present.diagram import diagram_svg
from outward.present.json import as_json
from outward.present.lettering import clean
from outward.present.map_svg import Href
from outward.present.matrix import matrix_html
from outward.present.scrolling import scrolling
from outward.present.tables import LeadsTo, nowhere, table_html
from outward.web.maps import Drawn, map_svgs, usual

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog

TAGS = {Level.FIRM: "green", Level.CARE: "yellow", Level.CANNOT_TELL: "grey", Level.NONE: "grey"}
"""The colour of a standing's tag; its words say the same."""

BESIDE_FORM_PIXELS = 750
"""The room for a picture beside a form on a wide screen."""

FEWEST_MONTHS = 6
"""Months that a trend needs."""

Drawing = Map | Chart | Diagram
"""What can be taken away as SVG."""

ROWS = 10
"""Rows of a table that a page shows at once; the others open below them."""

MARK_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')
"""What the drawing engine says of single marks: a chart is one picture with one name, so they say nothing."""


@dataclass(frozen=True)
class Shown:
    """One picture: the name of its file, its title, and what to put on the page."""

    name: str
    title: str
    markup: SafeString

    @property
    def framed(self) -> SafeString:
        """Its markup, in a frame that scrolls where its room is too narrow; a grid has one of its own."""
        return safe(scrolling(self.markup, "Picture")) if self.markup.startswith("<svg") else self.markup

    @property
    def wide(self) -> bool:
        """Whether a picture needs the page's whole width."""
        found = re.search(r'<svg[^>]* width="(\d+)', self.markup)
        return found is not None and int(found[1]) > BESIDE_FORM_PIXELS


@dataclass(frozen=True)
class Standard:
    """A standing in words, with the colour of its tag."""

    words: str
    colour: str
    reasons: tuple[str, ...]


def said(answer: ReleasedAnswer, sentence: Sentence) -> str:
    """Return a sentence of the answer with its figures filled in."""
    return clean(words.sentence(answer, sentence))


def titled(answer: ReleasedAnswer, picture: Picture) -> str:
    """Return what a picture of the answer shows, and of what part where the question was narrowed."""
    return clean(words.picture_title(answer, picture))


def standard(standing: Standing) -> Standard:
    """Return a standing as the pages show it."""
    return Standard(standing.level.value.capitalize(), TAGS[standing.level], standing.reasons)


def pictures(answer: ReleasedAnswer, href: Href | None = None, within: str = "") -> list[Shown]:
    """Return the answer's pictures; `href` says where a step or a path of a map leads.

    A map split by group is drawn once for each of its two largest groups. `within` stands before the names
    of pictures on a page that shows several answers.
    """
    found = []
    for one in (replace(one, name=f"{within}{one.name}") for one in answer.pictures):
        if isinstance(one, Map):
            found += map_pictures(answer, one, usual(answer, one), href)
        elif isinstance(one, Matrix):
            found.append(Shown(one.name, titled(answer, one), safe(matrix_html(answer, one))))
        else:
            found.append(Shown(one.name, titled(answer, one), safe(picture_file(answer, one))))
    return found


def trend(answer: ReleasedAnswer) -> Shown | None:
    """Return the picture of how long it takes by month; None where too few months are known to draw it."""
    for one in answer.pictures:
        if isinstance(one, Chart) and one.table == "months" and _known(answer, "months") >= FEWEST_MONTHS:
            return Shown(one.name, titled(answer, one), safe(picture_file(answer, one)))
    return None


def _known(answer: ReleasedAnswer, table: str) -> int:
    return sum(value is not None for value in answer.tables[table].values.get("median_days", ()))


def map_pictures(answer: ReleasedAnswer, picture: Map, how: Drawn, href: Href | None) -> list[Shown]:
    """Return the maps to draw, each named with its group."""
    title = titled(answer, picture)
    return [
        Shown(picture.name, f"{title}: {group}" if group else title, safe(svg))
        for group, svg in map_svgs(answer, picture, how, href)
    ]


def drawings(answer: ReleasedAnswer) -> dict[str, Drawing]:
    """Return the pictures that can be taken away as SVG, by name; a matrix is a table already."""
    return {one.name: one for one in answer.pictures if not isinstance(one, Matrix)}


def picture_file(answer: ReleasedAnswer, picture: Drawing) -> str:
    """Return a picture as SVG, without links; of a map split by group, the largest group's."""
    if isinstance(picture, Map):
        return map_svgs(answer, picture, usual(answer, picture))[0][1]
    if isinstance(picture, Diagram):
        return diagram_svg(answer, picture, name=picture.name)
    return MARK_ROLES.sub("", chart_svg(answer, picture, name=picture.name))


def tables(answer: ReleasedAnswer, leads_to: LeadsTo = nowhere) -> list[SafeString]:
    """Return the answer's tables in order, with a link in each cell that leads somewhere."""
    return [safe(table_html(answer, name, shown=ROWS, leads_to=leads_to)) for name in answer.tables]


def json_file(answer: ReleasedAnswer) -> str:
    """Return the whole answer as JSON."""
    return json.dumps(as_json(answer), ensure_ascii=False, indent=1)


def months(period: tuple[str, str]) -> tuple[str, str]:
    """Return the first and last month of a period in words: the day of one event may point to a person.

    >>> months(("2024-01-17", "2025-12-03"))
    ('January 2024', 'December 2025')
    """
    return words.date(period[0][:7]), words.date(period[1][:7])


def card(log: LaidLog) -> dict[str, object]:
    """Return a data set as lists of data sets show it."""
    first, last = months(log.period)
    return {"name": log.name, "href": f"/data/{log.id}", "period": f"{first} to {last}", "made_up": made_up(log.basis)}


def made_up(basis: Basis) -> bool:
    """Return whether the evidence is made up, which every page must say."""
    return basis is Basis.MADE_UP


def safe(markup: str) -> SafeString:
    """Return markup made by `present` as what a template leaves as it is."""
    return mark_safe(markup)  # noqa: S308 - made by `present`, which escapes every label
