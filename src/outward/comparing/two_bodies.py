"""Two data sets beside each other: each asked on its own log with its own settings, then set beside as released."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from outward.asking import ask, ask_each
from outward.catalogue import Half, Progress, find
from outward.comparing.comparison import ASKED, Comparison, Put, Rules, corrected, names, sizes
from outward.comparing.figures import ALLOW_FOR_OPEN, figures, most_apart, range_tests
from outward.comparing.joining import joined
from outward.comparing.unlike import Logs, followed_alike, not_tested, unlike
from outward.disclosure.released import ReleasedAnswer
from outward.errors import UsageError
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog
from outward.evidence.where import Where

SO_FAR = "Not tested: these are shares of cases so far, and the cases of both had not the same time."
NOTHING_ALIKE = "Not tested: no row of its table has the same name in both."
OWN = ("U3.9",)
"""Questions whose rows are a body's own and cannot be set beside each other: the weeks in which something changed."""


def two_bodies(logs: Logs, sides: Sides, where: Where, rules: Rules, progress: Progress) -> Comparison:
    """Return two data sets beside each other.

    Args:
        logs: the two data sets.
        sides: which cases of each; an empty filter means all.
        where: which cases of both.
        rules: under which rules the questions are asked of each.
        progress: told how far the work has come; may stop it.

    Raises:
        UsageError: they are the same, or too few customers meet a filter in one of them.
    """
    if logs[0].id == logs[1].id:
        raise UsageError(
            f"Both are the data set '{logs[0].name}'. Give another one, or compare two groups of this one by filters."
        )
    asked = [(log, where.also(side)) for log, side in zip(logs, sides.both, strict=True)]
    for place, (log, meant) in enumerate(asked):
        with suppress(UsageError):  # one question may refuse; the others are then asked one by one
            ask_each(ASKED, log, where=meant, progress=Half(progress, place), **vars(rules))
    called = names(logs, sides)
    puts = [_put(id, asked, called, rules) for id in ASKED]
    if not any(put.answers for put in puts):
        raise UsageError(puts[0].refused)
    tested = [_tested(put, not_tested(logs, sides, where), followed_alike(logs, sides)) for put in puts]
    shown = tuple(replace(put, figures=most_apart(put.figures)) for put in corrected(tested))
    found = Comparison(logs, where, sides, shown, sizes(shown, called))
    return replace(found, unlike=unlike(logs, called, shown, sides))


Asked = list[tuple[LaidLog, Where]]


def _put(id: str, asked: Asked, called: tuple[str, str], rules: Rules) -> Put:
    answers: list[ReleasedAnswer] = []
    for name, (log, where) in zip(called, asked, strict=True):
        try:
            answers.append(ask(id, log, where=where, **vars(rules)))
        except UsageError as refused:
            return Put(id, find(id).title, refused=f"In '{name}': {refused}")
    days = {_days(answer) for answer in answers} - {None}
    if len(days) > 1:
        shortest = min(day for day in days if day)
        answers = [ask(id, log, where=where, **vars(rules), within_days=shortest) for log, where in asked]
    tables = joined(answers[0].tables, answers[1].tables, called)
    found = () if id in OWN else figures(tables, called, of_both=True)
    return Put(id, answers[0].title, tuple(answers), tables, found)


def _days(answer: ReleasedAnswer) -> int | None:
    """Return within how many days a question states its shares: fewer than asked where cases were not followed."""
    summary = answer.tables.get("summary")
    if summary is None or "within_days" not in answer.parameters:
        return None
    found = (re.search(r"within (\d+) days", one.heading) for one in summary.columns)
    return next((int(days[1]) for days in found if days), None)


def _tested(put: Put, reasons: Mapping[str, str], alike: bool) -> Put:
    reason = reasons.get("") or reasons.get(put.id, "")
    if reason or not put.figures:
        return replace(put, untested=reason or NOTHING_ALIKE)
    found = range_tests(put.figures, (*ALLOW_FOR_OPEN, "share") if alike else ALLOW_FOR_OPEN)
    known = any(one.gap.known and one.column.kind == "share" for one in put.figures)
    return replace(put, tests=found, untested=SO_FAR if known and not found else "")
