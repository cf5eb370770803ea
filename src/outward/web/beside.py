"""Two sides, or two data sets, as they stand in an address, the fields that choose them, and some to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.http import QueryDict

from outward.errors import UsageError
from outward.evidence.sides import Sides
from outward.evidence.where import Condition, Where
from outward.web import answers
from outward.web.fields import Field, Option, choice
from outward.web.filters import Chip
from outward.web.words import spoken

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog

COMPARE = "compare"
PARTS = ("group", "way", "from", "to")
"""Fields of the form that add a condition to a side; they end up inside its filter."""

OTHERS_AT_MOST = 5
WAYS = (("passes", "goes through"), ("never", "never goes through"), ("ends", "ends with"))


@dataclass(frozen=True)
class Beside:
    """Two sides of a data set, or of two, as an address holds them.

    Attributes:
        data_set: its id.
        a: filter of the first side; '' where none is chosen yet.
        b: filter of the second; '' for everyone else.
        where: which cases at all.
        other: id of the data set of the second side, spelled `with`; '' for the same one.
    """

    data_set: str
    a: str = ""
    b: str = ""
    where: str = ""
    other: str = ""

    @property
    def chosen(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.a or self.b or self.other)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parts of the address's query, in their order."""
        said = (("with", self.other), ("a", self.a), ("b", self.b), ("where", self.where))
        return [(name, value) for name, value in said if value]

    @property
    def query(self) -> str:
        """The address's query, '' where nothing is chosen."""
        return f"?{urlencode(self.pairs, quote_via=quote)}" if self.pairs else ""

    @property
    def page(self) -> str:
        """The address of the page.

        >>> Beside("claims", "area=North", "area=South").page
        '/data/claims/compare?a=area%3DNorth&b=area%3DSouth'
        """
        return f"/data/{quote(self.data_set)}/compare{self.query}"

    def file(self, ending: str) -> str:
        """Return the address of the comparison as a file of this kind."""
        return f"/data/{quote(self.data_set)}/compare/comparison.{ending}{self.query}"


def read(data_set: str, query: QueryDict) -> Beside:
    """Return the two sides that an address or the form holds.

    Raises:
        UsageError: a part of it is unknown or cannot be read.
    """
    said = {name: str(value) for name, value in query.items()}
    allowed = ["with", "a", "b", "where", *(f"{side}-{part}" for side in "ab" for part in PARTS)]
    strange = [name for name in said if name not in allowed]
    if strange:
        raise UsageError.unknown("setting", strange[0], allowed, " of a comparison")
    a, b = (
        answers.narrowed(
            said.get(side, ""),
            [said.get(f"{side}-{part}", "") for part in ("group", "way")],
            said.get(f"{side}-from", ""),
            said.get(f"{side}-to", ""),
        )
        for side in "ab"
    )
    return Beside(data_set, a, b, answers.narrowed(said.get("where", ""), [], "", ""), said.get("with", ""))


def other_field(log: LaidLog, other: str) -> Field | None:
    """Return the field that chooses the data set of the second side; None where there is only one.

    Args:
        log: the data set of the first side.
        other: id of that of the second; '' for the same one.
    """
    known = [(one.id, one.name) for one in answers.data_sets() if one.id != log.id]
    hint = "Another body's, to set the two beside each other"
    return choice("with", "Second side: in the data set", known, other, log.name, hint) if known else None


def side_fields(log: LaidLog, side: str, where: str, *, alone: bool = False) -> list[Field]:
    """Return the fields that choose one side, holding its filter as it is now.

    Args:
        log: the data set.
        side: 'a' or 'b', the beginning of the fields' names.
        where: the side's filter.
        alone: whether the side has this data set for itself.
    """
    groups, ways = list(_groups(log)), list(_ways(log))
    left = {str(one): one for one in Where.parse(where).conditions}
    group, way = (next((one.value for one in some if one.value in left), "") for some in (groups, ways))
    days = {kind: next((one.parts[0] for one in left.values() if one.kind == kind), "") for kind in ("from", "to")}
    placed = {group, way, *(f"{kind}={day}" for kind, day in days.items())}
    rest = " & ".join(text for text in left if text not in placed)
    which = "First side" if side == "a" else "Second side"
    nobody = "Everyone" if side == "a" or alone else "Everyone else"
    return [
        Field("select", f"{side}-group", f"{which}: this group", group, options=_picked(nobody, groups, group)),
        Field("select", f"{side}-way", f"{which}: journeys that", way, options=_picked("Any journey", ways, way)),
        Field("date", f"{side}-from", f"{which}: started on or after", days["from"]),
        Field("date", f"{side}-to", f"{which}: started on or before", days["to"]),
        Field("text", side, f"{which}: any other filter", rest, hint="As after --where on the command line"),
    ]


def _picked(nothing: str, options: list[Option], now: str) -> tuple[Option, ...]:
    return (Option("", nothing, not now), *(replace(one, chosen=one.value == now) for one in options))


def _groups(log: LaidLog) -> Iterator[Option]:
    for name in log.attributes:
        for label in answers.values(log, name):
            yield Option(str(Condition("value", (name, label))), label, group=spoken(name))


def _ways(log: LaidLog) -> Iterator[Option]:
    for kind, words in WAYS:
        for step in answers.steps(log):
            yield Option(str(Condition(kind, (step,))), f"{words} {step}", group=spoken(words))


def chips(beside: Beside) -> list[Chip]:
    """Return a chip for each condition that both sides share, with the address without it."""
    conditions = Where.parse(beside.where).conditions
    return [
        Chip(one.words(), replace(beside, where=str(Where(tuple(c for c in conditions if c != one)))).page)
        for one in conditions
    ]


def suggestions(log: LaidLog, beside: Beside) -> list[dict[str, str]]:
    """Return comparisons to begin with: the two largest groups of each attribute, two years, other data sets."""
    pairs = []
    for name in log.attributes:
        a, b = (str(Condition("value", (name, label))) for label in (*answers.values(log, name), "", "")[:2])
        if len(answers.values(log, name)) > 1:
            pairs.append((spoken(name), a, b))
    years = range(int(log.period[0][:4]), int(log.period[1][:4]) + 1)
    whole = [year for year in years if log.period[0] <= f"{year}-01-31" and f"{year}-12-01" <= log.period[1]]
    if len(whole) > 1:
        a, b = (f"from={year}-01-01 & to={year}-12-31" for year in whole[-2:])
        pairs.append(("Two years", a, b))
    return [
        {
            "words": f"{name}: {' beside '.join(Sides(Where.parse(a), Where.parse(b)).names)}",
            "href": replace(beside, a=str(Where.parse(a)), b=str(Where.parse(b))).page,
        }
        for name, a, b in pairs
    ] + [
        {"words": f"Another data set: {one.name}", "href": Beside(log.id, where=beside.where, other=one.id).page}
        for one in answers.data_sets()
        if one.id != log.id
    ][:OTHERS_AT_MOST]
