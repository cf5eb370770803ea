"""How long: cases from beginning to end, waits from step to step, work on a step."""

from __future__ import annotations

from tests.reference.chosen import Chosen, people
from tests.reference.events import Case, Event
from tests.reference.flows import Row
from tests.reference.following import OPEN, Fate, Measure, elapsed, fate, local
from tests.reference.sums import quantile, rounded


def durations(chosen: Chosen) -> list[Row]:
    """Return each case: how it ended or that it is open, after how many days, and when it was first watched."""
    return [_lasted(group, case, chosen) for group, cases in chosen.groups.items() for case in cases]


def _lasted(group: str, case: Case, chosen: Chosen, silent: int | None = None) -> Row:
    return lasted(group, fate(case, chosen.until, chosen.settings, silent))


def lasted(group: str, found: Fate) -> Row:
    """Return a case's ending, its days and when it was first watched."""
    row: Row = {"group": group, "ending": found.ending, "days": rounded(found.days)}
    return row | {"entry_days": rounded(found.entry)}


def gave_up(chosen: Chosen) -> list[Row]:
    """Return each case by the rule for giving up, and by half and twice the silence."""
    silence = chosen.settings.gave_up_after_days
    if not silence:
        return []
    return [
        {"silent_days": silent} | _lasted(group, case, chosen, silent)
        for silent in (silence // 2, silence, 2 * silence)
        for group, cases in chosen.groups.items()
        for case in cases
    ]


def endings(chosen: Chosen) -> list[Row]:
    """Return how many cases have ended in each way so far, and how many are open."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        found = [fate(case, chosen.until, chosen.settings).ending for case in cases]
        rows += [{"group": group, "ending": kind, "cases": found.count(kind)} for kind in sorted(set(found))]
    return rows


def months(chosen: Chosen) -> list[Row]:
    """Return the cases that began in each month of the log's time zone, and the customers behind them."""
    began: dict[str, list[Case]] = {}
    for case in chosen.cases:
        month = local(case.first, chosen.settings.time_zone).strftime("%Y-%m-01")
        began.setdefault(month, []).append(case)
    return [{"month": month, "cases": len(cases), "people": people(cases)} for month, cases in sorted(began.items())]


def spans(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return the days from first to last event, ended or not."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        found = [measure(case.first, case.last) for case in cases]
        row: Row = {"group": group, "cases": len(cases), "median_days": rounded(quantile(found, 0.5))}
        rows.append(row | {"mean_days": rounded(sum(found) / len(found))})
    return rows


def wait(first: Event, second: Event, measure: Measure = elapsed) -> float:
    """Return the days waited after an event: to the start of the next where known, else to its completion.

    Work that began before the event was completed was not waited for; a start after its own
    completion is a slip of the pen and stands for the completion.
    """
    until = second.time if second.start is None else min(second.start, second.time)
    return measure(first.time, max(until, first.time))


def waits(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return each path: cases, times, people, and the days waited on it."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        found: dict[tuple[str, str], list[tuple[Case, float]]] = {}
        for case in cases:
            for first, second in case.pairs():
                arc = (first.activity, second.activity)
                found.setdefault(arc, []).append((case, wait(first, second, measure)))
        for (here, after), waited in sorted(found.items()):
            along = list({case.id: case for case, _ in waited}.values())
            spans = [span for _, span in waited]
            row: Row = {"group": group, "from": here, "to": after, "cases": len(along), "times": len(spans)}
            row |= {"people": people(along), "days": rounded(sum(spans))}
            row |= {"median_days": rounded(quantile(spans, 0.5)), "p90_days": rounded(quantile(spans, 0.9))}
            rows.append(row)
    return rows


def waits_after(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return each wait after a step: to the next step, or up to now in a case that no step has ended.

    A case that a step ended waits for nothing after it; one given up has waited in vain all the while.
    """
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for case in cases:
            for first, second in case.pairs():
                waited = rounded(wait(first, second, measure))
                rows.append({"group": group, "step": first.activity, "days": waited, "still": "no"})
            found = fate(case, chosen.until, chosen.settings, silent_days=0, measure=measure)
            if found.ending == OPEN:
                waited = rounded(found.waited_since_last_event)
                rows.append({"group": group, "step": case.steps[-1], "days": waited, "still": "yes"})
    return rows


def work(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return each step with recorded starts: times, people, and days from start to completion."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        found: dict[str, list[tuple[Case, float]]] = {}
        for case in cases:
            for event in case.events:
                if event.start is not None:
                    span = measure(min(event.start, event.time), event.time)
                    found.setdefault(event.activity, []).append((case, span))
        for step, worked in sorted(found.items()):
            spans = [span for _, span in worked]
            row: Row = {"group": group, "step": step, "times": len(spans), "days": rounded(sum(spans))}
            row["people"] = people([case for case, _ in worked])
            row |= {
                "mean_days": rounded(sum(spans) / len(spans)),
                "median_days": rounded(quantile(spans, 0.5)),
            }
            rows.append(row)
    return rows
