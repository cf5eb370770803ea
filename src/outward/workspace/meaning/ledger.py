"""The ledger: what is known, since when, and what came of it, as it stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Action, Finding

State = Literal["waiting", "decided", "done", "left as it is"]
STATES: tuple[State, ...] = ("waiting", "decided", "done", "left as it is")
UNKNOWN_EFFECT = "not yet known"


@dataclass(frozen=True)
class Entry:
    """One finding and what came of it, as it stood on a day.

    Attributes:
        finding: what is known.
        actions: what was decided about it by then, and what nobody has given a day of decision; first decided first.
        on: the day.
    """

    finding: Finding
    actions: tuple[Action, ...]
    on: date

    @property
    def decided_on(self) -> date | None:
        """The day of the first decision; None where there is none, or no day is said."""
        return min((one.decided_on for one in self.actions if one.decided_on), default=None)

    @property
    def known_days(self) -> int | None:
        """For how many days it has been known; None where nobody says since when."""
        return (self.on - self.finding.known_on).days if self.finding.known_on else None

    @property
    def clock_days(self) -> int | None:
        """Days from knowing to the first decision, or to the day asked about while nothing is decided."""
        if not self.finding.known_on or (self.actions and not self.decided_on):
            return None
        return ((self.decided_on or self.on) - self.finding.known_on).days

    @property
    def open(self) -> tuple[Action, ...]:
        """The actions that are to be done and not done by then."""
        return tuple(one for one in self.actions if to_do(one, self.on))

    @property
    def state(self) -> State:
        """How far it has come."""
        if not self.actions:
            return "waiting"
        if self.open:
            return "decided"
        return "done" if any(one.type != "none" for one in self.actions) else "left as it is"

    @property
    def overdue(self) -> bool:
        """Whether something was to be done before that day, and is not."""
        return any(overdue(one, self.on) for one in self.actions)

    def waits_longer_than(self, days: int | None) -> bool:
        """Return whether it has waited for a decision for more than so many days; no days allow no wait."""
        return self.state == "waiting" and self.known_days is not None and self.known_days > (days or 0)

    @property
    def effects(self) -> tuple[str, ...]:
        """The effects that were found by then, each once."""
        return tuple(dict.fromkeys(filter(None, (effect_of(one, self.on) for one in self.actions))))

    @property
    def told(self) -> Action | None:
        """The action of which customers were told first; None where they were not told by then."""
        told = [one for one in self.actions if by(one.told_on, self.on)]
        return min(told, key=lambda one: (one.told_on or self.on, one.id), default=None)


def by(day: date | None, on: date) -> bool:
    """Return whether something that happened on one day had happened by another; no where its day is not said."""
    return day is not None and day <= on


def to_do(action: Action, on: date) -> bool:
    """Return whether an action was decided by a day, as far as is said, and is not done by then."""
    return action.type != "none" and not (action.decided_on and action.decided_on > on) and not by(action.done_on, on)


def overdue(action: Action, on: date) -> bool:
    """Return whether an action was to be done before a day, and is not done by then."""
    return to_do(action, on) and action.due is not None and action.due < on


def effect_of(action: Action, on: date) -> str:
    """Return the effect of an action that was found by then; '' where none was."""
    known = action.effect != UNKNOWN_EFFECT and (action.effect_on is None or action.effect_on <= on)
    return action.effect if known else ""


def ledger(workspace: Workspace, on: date) -> tuple[Entry, ...]:
    """Return an entry for each finding that was known on a day, those that wait first, the longest known first.

    Args:
        workspace: the records.
        on: the day. What was decided, done, seen or told after it does not count, and what became known after it
            is left out; what has no day counts.
    """
    entries = [
        Entry(finding, _actions(workspace, finding, on), on)
        for finding in workspace.every(Finding)
        if not finding.known_on or finding.known_on <= on
    ]
    return tuple(sorted(entries, key=_place))


def _place(entry: Entry) -> tuple[int, bool, date, str]:
    known_on = entry.finding.known_on
    return STATES.index(entry.state), known_on is None, known_on or entry.on, entry.finding.id


def _actions(workspace: Workspace, finding: Finding, on: date) -> tuple[Action, ...]:
    of_it = workspace.naming(Action, "findings", finding.id)
    by_then = [one for one in of_it if not one.decided_on or one.decided_on <= on]
    return tuple(sorted(by_then, key=lambda one: (one.decided_on is None, one.decided_on or on, one.id)))
