"""Two groups, two periods or two kinds of journey of one data set: every question asked of both at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from outward.asking import ask, ask_each
from outward.catalogue import Progress, find
from outward.comparing.comparison import ASKED, Comparison, Put, Rules, corrected, sizes
from outward.comparing.figures import figures, most_apart, range_tests, tests
from outward.disclosure.released import ReleasedAnswer
from outward.errors import OutwardError, UsageError
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog
from outward.evidence.where import Where
from outward.understand.groups import NOT_COMPARED


def two_groups(log: LaidLog, sides: Sides, where: Where, rules: Rules, progress: Progress) -> Comparison:
    """Return two sides of one data set beside each other.

    Args:
        log: the data set.
        sides: the two filters.
        where: which cases at all.
        rules: under which rules the questions are asked.
        progress: told how far the work has come; may stop it.

    Raises:
        UsageError: the sides are the same, or too few customers stand on one of them.
    """
    if not sides.first or sides.first == sides.second:
        raise UsageError("The two sides are the same. Say which cases each is about, as area=North and area=South.")
    with suppress(UsageError):  # one question may refuse; the others are then asked one by one
        ask_each(ASKED, log, by=str(sides), where=where, progress=progress, **vars(rules))
    puts = [_put(id, log, where, sides, rules) for id in ASKED]
    answered = next((answer for put in puts for answer in put.answers), None)
    if answered is None:
        raise UsageError(puts[0].refused)
    sides = _as_asked(answered)
    both = None if sides.apart else _in_both(log, where.also(sides.first).also(sides.second), rules)
    shown = tuple(replace(put, figures=most_apart(put.figures)) for put in corrected(_with_range_tests(puts)))
    return Comparison((log,), where, sides, shown, sizes(shown, sides.names), both)


def _put(id: str, log: LaidLog, where: Where, sides: Sides, rules: Rules) -> Put:
    try:
        answer = ask(id, log, by=str(sides), where=where, **vars(rules))
    except UsageError as refused:
        return Put(id, find(id).title, refused=str(refused))
    found = figures(answer.tables, _as_asked(answer).names)
    return Put(id, answer.title, (answer,), answer.tables, found, tests(answer.tables))


def _with_range_tests(puts: Sequence[Put]) -> list[Put]:
    """Return the questions with tests from the likely ranges, where a question makes none and none would be wrong."""
    said = [words for put in puts for answer in put.answers for one in answer.caveats for words in one.templates]
    if any(words.startswith(NOT_COMPARED) for words in said):
        return list(puts)
    return [put if put.tests else replace(put, tests=range_tests(put.figures)) for put in puts]


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
