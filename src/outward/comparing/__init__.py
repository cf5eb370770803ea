"""Two sides beside each other: what every question about journeys says of both, what differs, and how surely.

Every figure is a released one, or the difference of two released ones; a comparison only sets them
beside each other. The tests are those of the answers, corrected over everything that was compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path

from outward.asking import ask, ask_each
from outward.catalogue import ROOMS, Progress, Silent, find
from outward.comparing.figures import RANGES, Figure, Tested, figures, most_apart, number, tests, tests_of_ranges
from outward.comparing.walk import Stage, walk
from outward.disclosure.released import ReleasedAnswer
from outward.errors import OutwardError, UsageError
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog, resolve
from outward.evidence.where import Where
from outward.methods.corrections import before_holm, holm
from outward.understand.groups import NOT_COMPARED


@dataclass(frozen=True)
class Put:
    """One question as it was put to both sides.

    Attributes:
        id: of the question.
        title: the question.
        answer: the released answer of both, in two groups; None where it could not be answered.
        figures: its figures of both sides, those that differ most first where there are many.
        tests: which differences were tested.
        refused: why it could not be answered.
    """

    id: str
    title: str
    answer: ReleasedAnswer | None
    figures: tuple[Figure, ...] = ()
    tests: tuple[Tested, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two sides beside each other.

    Attributes:
        log: the data set.
        where: which cases at all.
        sides: the two filters.
        puts: the questions, each put to both.
        sizes: released number of cases on each side; None where it was not released.
        in_both: released number of cases that meet both filters and stand on neither side; None where
            there are none or few.
    """

    log: LaidLog
    where: Where
    sides: Sides
    puts: tuple[Put, ...]
    sizes: tuple[int | None, int | None]
    in_both: int | None = None

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""
        return self.sides.names

    @property
    def by(self) -> str:
        """The sides as any question takes them."""
        return str(self.sides)

    @property
    def answers(self) -> tuple[ReleasedAnswer, ...]:
        """The answers that there are."""
        return tuple(put.answer for put in self.puts if put.answer)

    @property
    def walks(self) -> tuple[tuple[Stage, ...], ...]:
        """The usual way of each side, step by step; empty where none was released."""
        paths = next((answer for answer in self.answers if answer.question == "U3.1"), None)
        return tuple(walk(paths, name) if paths else () for name in self.names)

    @property
    def made(self) -> int:
        """How many comparisons were tested."""
        return sum(test.p_value is not None for put in self.puts for test in put.tests)

    @property
    def standing_out(self) -> int:
        """How many of them stand out."""
        return sum(test.stands_out for put in self.puts for test in put.tests)


def compare(
    source: str | Path | LaidLog,
    first: str | Where,
    second: str | Where = "",
    *,
    where: str | Where = "",
    policy: str = "outward",
    reason: str = "",
    guarded: bool = False,
    progress: Progress | None = None,
) -> Comparison:
    """Return two sides of a data set beside each other, by every question about journeys.

    Args:
        source: a file, or the id of a data set on this machine.
        first: filter of the first side.
        second: filter of the second; '' for everyone else.
        where: which cases at all.
        policy: rules for small numbers; 'none' needs a `reason`.
        reason: why unchecked figures are needed.
        guarded: whether to refuse what would, with what was shown before, tell of a few people.
        progress: told how far the work has come; may stop it.

    Raises:
        UsageError: the sides are the same, or too few customers stand on one of them.
        ReleaseRefused: guarded, and the comparison would tell of a few people.
        BadInput: the file cannot be used.
        Cancelled: a person stopped the work.

    Method: tests as each answer makes them, corrected by Holm's method over all of them together;
    differences of released figures with intervals by square-and-add.
    Source: Holm (1979); Zou and Donner (2008).
    """
    watched = progress or Silent()
    log, meant = resolve(source, None, watched), _parsed(where)
    sides = Sides(_parsed(first), _parsed(second))
    if not sides.first or sides.first == sides.second:
        raise UsageError("The two sides are the same. Say which cases each is about, as area=North and area=South.")
    asked = [id for id in ROOMS if id.startswith("U3.")]
    rules = Rules(policy, reason, guarded)
    with suppress(UsageError):  # one question may refuse; the others are then asked one by one
        ask_each(asked, log, by=str(sides), where=meant, progress=watched, **vars(rules))
    puts = [_put(id, log, meant, sides, rules) for id in asked]
    answered = next((put.answer for put in puts if put.answer), None)
    if answered is None:
        raise UsageError(puts[0].refused)
    sides = _as_asked(answered)
    both = None
    if not sides.apart:
        both = _in_both(log, meant.also(sides.first).also(sides.second), rules)
    tested = _corrected(_with_tests_of_ranges(puts))
    shown = tuple(replace(put, figures=most_apart(put.figures)) for put in tested)
    return Comparison(log, meant, sides, shown, _sizes(shown, sides.names), both)


def _parsed(where: str | Where) -> Where:
    return where if isinstance(where, Where) else Where.parse(where)


@dataclass(frozen=True)
class Rules:
    """Under which rules a question is asked."""

    policy: str
    reason: str
    guarded: bool


def _put(id: str, log: LaidLog, where: Where, sides: Sides, rules: Rules) -> Put:
    try:
        answer = ask(id, log, by=str(sides), where=where, **vars(rules))
    except UsageError as refused:
        return Put(id, find(id).title, None, refused=str(refused))
    found = figures(answer, _as_asked(answer).names)
    return Put(id, answer.title, answer, found, tests(answer))


def _with_tests_of_ranges(puts: Sequence[Put]) -> list[Put]:
    """Return the questions with tests from the likely ranges, where a question makes none and none would be wrong."""
    said = [words for put in puts if put.answer for one in put.answer.caveats for words in one.templates]
    if any(words.startswith(NOT_COMPARED) for words in said):
        return list(puts)
    return [put if put.tests else replace(put, tests=tests_of_ranges(put.figures)) for put in puts]


def _as_asked(answer: ReleasedAnswer) -> Sides:
    """Return the sides as the answer was asked in the end: a guarded one has periods of whole months."""
    return Sides.parse(str(answer.parameters["by"]))


def _in_both(log: LaidLog, where: Where, rules: Rules) -> int | None:
    try:
        summary = ask("U3.1", log, where=where, **vars(rules)).tables["summary"]
    except OutwardError:
        return None
    value = summary.values["cases"][0]
    return int(value) if isinstance(value, int | float) else None


def _sizes(puts: Sequence[Put], names: tuple[str, str]) -> tuple[int | None, int | None]:
    """Return the released number of cases on each side, from the first table that holds it."""
    for table in (table for put in puts if put.answer for table in put.answer.tables.values()):
        if {"group", "group_cases"} <= set(table.values):
            found = dict(zip(table.values["group"], table.values["group_cases"], strict=True))
            first, second = (number(found.get(name)) for name in names)
            return (None if first is None else int(first)), (None if second is None else int(second))
    return None, None


def _corrected(puts: Sequence[Put]) -> tuple[Put, ...]:
    """Return the questions with their tests corrected over all of them together."""
    raw: list[float] = []
    for put in puts:
        given = [nan if one.p_value is None else one.p_value for one in put.tests]
        raw += given if put.tests[:1] and put.tests[0].test == RANGES else before_holm(given).tolist()
    corrected = iter(holm(raw).tolist())
    return tuple(replace(put, tests=tuple(_again(one, next(corrected)) for one in put.tests)) for put in puts)


def _again(test: Tested, p_value: float) -> Tested:
    known = p_value == p_value
    return replace(test, p_value=p_value if known else None, stands_out=known and p_value < 0.05)
