"""What may make two data sets differ beside what the services do, and what of them is therefore not tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from outward.answers import Basis
from outward.comparing.comparison import Put
from outward.comparing.joining import only_in_one, same_names
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.calendar import calendar_of
from outward.evidence.manifest import Manifest
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog
from outward.evidence.where import Where
from outward.understand.groups import picked_later

NAMED = 8
"""How many steps are named that only one data set has."""

Pair = tuple[str, str]
Logs = tuple[LaidLog, LaidLog]

NOT_KNOWN_TO_BE_ALIKE = (
    "They are two bodies' own records: a difference may lie in how each works, in whom it serves, or only in what "
    "it records and when. A customer who is known to both counts in each."
)
CONFIRMED = {
    "endings": ("which steps end a case", "was guessed and nobody confirmed it"),
    "coverage": ("that everyone is in the data", "is not known"),
}


def unlike(logs: Logs, names: Pair, puts: Sequence[Put], sides: Sides) -> tuple[str, ...]:
    """Return what may make two data sets unlike, in sentences.

    Args:
        logs: the two data sets.
        names: what they are called here.
        puts: the questions as they were put to both.
        sides: which cases of each.
    """
    paths = next((put.answers for put in puts if put.id == "U3.1" and put.answers), ())
    either = next((put.answers for put in puts if put.answers), ())
    said = [NOT_KNOWN_TO_BE_ALIKE]
    said += [f"'{name}' are the cases of which each {'; '.join(side.words())}." for name, side in _picked(names, sides)]
    said += _periods(either, names)
    said += _extracts(logs, names)
    said += _steps(paths, names)
    said += [*_confirmed(logs, names), *_silence(logs, names), *_times(logs, names)]
    said += [*_known(logs, names), *_bases(logs, names)]
    return tuple(said)


def not_tested(logs: Logs, sides: Sides, where: Where) -> Mapping[str, str]:
    """Return why the differences of a question are not tested, by its id; '' stands for every question."""
    if any(picked_later(log, where.also(side)) for log, side in zip(logs, sides.both, strict=True)):
        return {"": "Not tested: cases were picked by something that came later."}
    found = {
        "U3.7": "Not tested: two bodies may record contacts in different ways.",
        "U3.9": "Not tested: each body's changes are told by themselves.",
    }
    starts, bare = (len({_fact(log.manifest) for log in logs}) > 1 for _fact in (_has_start, _bare_dates))
    if starts:
        found["U3.4"] = "Not tested: in one of them waits end when work begins, in the other when it is done."
    if bare:
        found["U3.4"] = found.get("U3.4", "Not tested: one of them records dates, the other times of day.")
    return found


def followed_alike(logs: Logs, sides: Sides) -> bool:
    """Return whether the cases of both had the same time so far: begun in the same months, extracted in the same."""
    months = {(log.period[0][:7], _extract(log)[:7]) for log in logs}
    return len(months) == 1 and not sides.periods


def _picked(names: Pair, sides: Sides) -> list[tuple[str, Where]]:
    return [(name, side) for name, side in zip(names, sides.both, strict=True) if side]


def _periods(answers: Sequence[ReleasedAnswer], names: Pair) -> Iterator[str]:
    covers = [f"{_month(one.evidence[0].period_from)} to {_month(one.evidence[0].period_to)}" for one in answers]
    if len(set(covers)) > 1:
        yield f"They cover different months: '{names[0]}' {covers[0]}, '{names[1]}' {covers[1]}."


def _month(day: str) -> str:
    return f"{date.fromisoformat(day[:10]):%B %Y}"


def _extract(log: LaidLog) -> str:
    return log.settings.extract_date or log.period[1]


def _extracts(logs: Logs, names: Pair) -> Iterator[str]:
    told = [
        f"'{name}' {'on ' + log.settings.extract_date if log.settings.extract_date else 'on a day that nobody said'}"
        for log, name in zip(logs, names, strict=True)
    ]
    if logs[0].settings.extract_date != logs[1].settings.extract_date:
        yield f"Cases were followed up to different days: the data was taken of {' and of '.join(told)}."
    elif not logs[0].settings.extract_date:
        yield "Nobody said when the data of either was taken: cases count as followed up to the last event of each."
    if any(log.settings.window_from for log in logs) and len({log.settings.window_from for log in logs}) > 1:
        cut = " and ".join(
            f"'{name}' from {log.settings.window_from}" if log.settings.window_from else f"'{name}' from the beginning"
            for log, name in zip(logs, names, strict=True)
        )
        yield f"Events are in the data of {cut}."


def _steps(answers: Sequence[ReleasedAnswer], names: Pair) -> Iterator[str]:
    if len(answers) < 2:
        return
    ours, theirs = (
        [str(step) for step in one.tables["steps"].values["step"] if isinstance(step, str)] for one in answers
    )
    alone = only_in_one(ours, theirs)
    if not same_names(ours, theirs):
        yield (
            "No step that enough customers took has the same name in both, so nothing that happens on the way can be "
            "compared. Rename the steps of one of them with --step, or in the browser where it is brought in."
        )
        return
    for name, steps in zip(names, alone, strict=True):
        if steps:
            more = ", and others" if len(steps) > NAMED else ""
            some = ", ".join(f"'{step}'" for step in steps[:NAMED])
            yield f"Of the steps that enough customers took, only '{name}' has {some}{more}."


def _confirmed(logs: Logs, names: Pair) -> Iterator[str]:
    for matter, (what, otherwise) in CONFIRMED.items():
        sure = [matter in log.settings.confirmed for log in logs]
        if any(sure) and not all(sure):
            one, other = names[sure.index(True)], names[sure.index(False)]
            yield f"In '{one}' it is confirmed {what}; in '{other}' it {otherwise}."
    ended = [bool(log.settings.endings) for log in logs]
    if any(ended) and not all(ended):
        yield f"In '{names[ended.index(False)]}' no step is known to end a case, so how long it takes is not compared."


def _silence(logs: Logs, names: Pair) -> Iterator[str]:
    days = [log.settings.gave_up_after_days for log in logs]
    if days[0] != days[1]:
        told = [
            f"'{name}' {f'after {silent} silent days' if silent else 'never'}"
            for name, silent in zip(names, days, strict=True)
        ]
        yield f"A case counts as given up in {', in '.join(told)}."


def _times(logs: Logs, names: Pair) -> Iterator[str]:
    keeps = [str(calendar_of(log.settings.working) or "none") for log in logs]
    if keeps[0] != keeps[1]:
        told = " and ".join(
            f"'{name}' {'has no calendar' if kept == 'none' else f'keeps {kept}'}"
            for name, kept in zip(names, keeps, strict=True)
        )
        yield f"Their calendars differ: {told}. Times here are of elapsed days."
    if logs[0].settings.time_zone != logs[1].settings.time_zone:
        yield f"'{names[0]}' is in the zone {logs[0].settings.time_zone}, '{names[1]}' in {logs[1].settings.time_zone}."
    for has, words in (
        (_has_start, "records when work on a step begins, so its waits end there; in '{}' they end when it is done"),
        (_bare_dates, "bears mostly dates without a time of day, '{}' does not: times under a day mean nothing there"),
    ):
        held = [has(log.manifest) for log in logs]
        if held[0] != held[1]:
            yield f"'{names[held.index(True)]}' {words.format(names[held.index(False)])}."


def _known(logs: Logs, names: Pair) -> Iterator[str]:
    known = [log.manifest.has_customer for log in logs]
    if known[0] != known[1]:
        yield (
            f"In '{names[known.index(True)]}' it is known whose case each is; in '{names[known.index(False)]}' each "
            "case counts as another customer's."
        )


def _bases(logs: Logs, names: Pair) -> Iterator[str]:
    first, second = (log.basis for log in logs)
    if first is not second:
        weaker = Basis.weakest([first, second])
        yield f"'{names[0]}' is {first.value}, '{names[1]}' {second.value}: the comparison counts as {weaker.value}."


def _has_start(manifest: Manifest) -> bool:
    return manifest.has_start


def _bare_dates(manifest: Manifest) -> bool:
    return manifest.quality.get("date_only", 0) * 2 > manifest.events
