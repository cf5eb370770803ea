"""Which cases a filter means: every condition of `Where`, one after another."""

from __future__ import annotations

from datetime import datetime

from outward.evidence.tables import Settings
from outward.evidence.where import Condition, Where
from tests.reference.events import DAY, Case
from tests.reference.following import midnight


def meets(case: Case, where: Where, until: datetime, settings: Settings) -> bool:
    """Return whether a case meets every condition.

    Args:
        case: the case.
        where: the conditions.
        until: when following ended.
        settings: the time zone in which days are counted.
    """
    return all(_meets(case, condition, until, settings) for condition in where.conditions)


def _meets(case: Case, condition: Condition, until: datetime, settings: Settings) -> bool:
    parts, steps = condition.parts, case.steps
    match condition.kind:
        case "value":
            return case.value(parts[0]) in parts[1:]
        case "from":
            return case.first >= midnight(parts[0], settings.time_zone)
        case "to":
            return case.first < midnight(parts[0], settings.time_zone, later=1)
        case "passes":
            return parts[0] in steps
        case "never":
            return parts[0] not in steps
        case "starts":
            return steps[0] == parts[0]
        case "ends":
            return steps[-1] == parts[0]
        case "route":
            return steps == parts
        case "path":
            return parts in [(steps[i], steps[i + 1]) for i in range(len(steps) - 1)]
        case "before":
            return any(steps[i] == parts[0] and parts[1] in steps[i + 1 :] for i in range(len(steps)))
        case "within":
            return _within(case, parts[0], int(parts[1]), until)
    raise AssertionError(f"the reference does not know the condition {condition.kind}")


def _within(case: Case, step: str, within_days: int, until: datetime) -> bool:
    """Return whether a case reached the step in time; one not followed that long is left out."""
    limit = case.first + within_days * DAY
    return limit <= until and any(event.activity == step and event.time <= limit for event in case.events)
