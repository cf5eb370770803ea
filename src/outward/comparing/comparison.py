"""What a comparison is: two sides, every question put to both, their figures, and what was tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan

from outward.catalogue import ROOMS
from outward.comparing.figures import RANGES, Figure, Tested, number
from outward.comparing.walk import Route, Stage, common_route, walk
from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog
from outward.evidence.where import Where
from outward.methods.corrections import before_holm, holm

ASKED = tuple(id for id in ROOMS if id.startswith("U3.") and id != "U3.8")
"""The questions that are put to both sides. U3.8 is left out: it tests again what the others test."""


@dataclass(frozen=True)
class Put:
    """One question as it was put to both sides.

    Attributes:
        id: of the question.
        title: the question.
        answers: the released answer of both sides in two groups, or one answer a side where each has a data set
            of its own; none where it could not be answered.
        tables: their tables in two groups, each side a group.
        figures: its figures of both sides, those that differ most first where there are many.
        tests: which differences were tested.
        refused: why it could not be answered.
        untested: why its differences are not tested, where it has figures that could be.
    """

    id: str
    title: str
    answers: tuple[ReleasedAnswer, ...] = ()
    tables: Mapping[str, ReleasedTable] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    tests: tuple[Tested, ...] = ()
    refused: str = ""
    untested: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two sides beside each other.

    Attributes:
        logs: the data set of both sides, or one for each.
        where: which cases at all.
        sides: the two filters; of two data sets either may be empty, which means all of it.
        puts: the questions, each put to both.
        sizes: released number of cases on each side; None where it was not released.
        in_both: released number of cases that meet both filters and stand on neither side; None where
            there are none or few.
        unlike: what may make two data sets differ beside what the services do, in sentences.
    """

    logs: tuple[LaidLog, ...]
    where: Where
    sides: Sides
    puts: tuple[Put, ...]
    sizes: tuple[int | None, int | None]
    in_both: int | None = None
    unlike: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""
        return names(self.logs, self.sides)

    @property
    def called(self) -> str:
        """What the data sets are called."""
        return " and ".join(log.name for log in self.logs)

    @property
    def apart(self) -> bool:
        """Whether no case can stand on both sides."""
        return len(self.logs) > 1 or self.sides.apart

    @property
    def asked(self) -> tuple[tuple[LaidLog, str, Where], ...]:
        """How each answer of a question was asked: the data set, by what, and of which cases."""
        if len(self.logs) == 1:
            return ((self.logs[0], str(self.sides), self.where),)
        return tuple((log, "", self.where.also(side)) for log, side in zip(self.logs, self.sides.both, strict=True))

    @property
    def answers(self) -> tuple[ReleasedAnswer, ...]:
        """The answers that there are."""
        return tuple(answer for put in self.puts for answer in put.answers)

    @property
    def walks(self) -> tuple[tuple[Stage, ...], ...]:
        """The usual way of each side, step by step; empty where none was released."""
        found = self._tables("U3.1")
        return tuple(walk(found, name) if found else () for name in self.names)

    @property
    def routes(self) -> tuple[Route | None, ...]:
        """The most common exact route of each side; None where none was released."""
        found = self._tables("U3.2")
        return tuple(common_route(found, name) if found else None for name in self.names)

    def _tables(self, question: str) -> Mapping[str, ReleasedTable]:
        return next((put.tables for put in self.puts if put.id == question), {})

    @property
    def made(self) -> int:
        """How many comparisons were tested."""
        return sum(test.p_value is not None for put in self.puts for test in put.tests)

    @property
    def standing_out(self) -> int:
        """How many of them stand out."""
        return sum(test.stands_out for put in self.puts for test in put.tests)


def names(logs: Sequence[LaidLog], sides: Sides) -> tuple[str, str]:
    """Return what two sides are called: by their filters, or by their data sets and filters."""
    if len(logs) == 1:
        return sides.names
    called = [log.id if logs[0].name == logs[1].name else log.name for log in logs]
    filters = [f": {Sides(side, Where()).names[0]}" if side else "" for side in sides.both]
    first, second = (name + more for name, more in zip(called, filters, strict=True))
    return first, second


@dataclass(frozen=True)
class Rules:
    """Under which rules a question is asked."""

    policy: str
    reason: str
    guarded: bool


def sizes(puts: Sequence[Put], names: tuple[str, str]) -> tuple[int | None, int | None]:
    """Return the released number of cases on each side, from the first table that holds it."""
    for table in (table for put in puts for table in put.tables.values()):
        if {"group", "group_cases"} <= set(table.values):
            found = dict(zip(table.values["group"], table.values["group_cases"], strict=True))
            first, second = (number(found.get(name)) for name in names)
            return (None if first is None else int(first)), (None if second is None else int(second))
    return None, None


def corrected(puts: Sequence[Put]) -> tuple[Put, ...]:
    """Return the questions with their tests corrected by Holm's method over all of them together.

    What a question tested itself, it corrected within one table; those p-values are first turned into ones that
    are surely no smaller than before.
    """
    raw: list[float] = []
    for put in puts:
        given = [nan if one.p_value is None else one.p_value for one in put.tests]
        raw += given if put.tests[:1] and put.tests[0].test == RANGES else before_holm(given).tolist()
    again = iter(holm(raw).tolist())
    return tuple(replace(put, tests=tuple(_again(one, next(again)) for one in put.tests)) for put in puts)


def _again(test: Tested, p_value: float) -> Tested:
    known = p_value == p_value
    return replace(test, p_value=p_value if known else None, stands_out=known and p_value < 0.05)
