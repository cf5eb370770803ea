"""The ledger: what is known, since when, and what came of it, as it stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Action, Finding
from outward.workspace.meaning.days import by, later

State = Literal["waiting", "decided", "done", "left as it is", "cannot be told: a day is missing"]
STATES: tuple[State, ...] = ("waiting", "decided", "done", "left as it is", "cannot be told: a day is missing")
UNKNOWN_EFFECT = "not yet known"


@dataclass(frozen=True)
class Entry:
    """One finding and what came of it, as it stood on a day.

    Attributes:
        finding: what is known.
        actions: what was decided about it by then, first decided first, then what nobody has given a day of decision.
        undated: actions of which it cannot be told whether they were decided by then: no day is said.
        on: the day.
        past: whether that is a past day, on which what has no day cannot be placed.
    """

    finding: Finding
    actions: tuple[Action, ...]
    undated: tuple[Action, ...]
    on: date
    past: bool

    @property
    def decided_on(self) -> date | None:
        """The day of the first decision; None where there is none, or no day is said."""
        return min((one.decided_on for one in self.actions if one.decided_on), default=None)

    @property
    def decided_before_known(self) -> bool:
        """Whether the first decision is dated before the day from which the finding was known."""
        return self.decided_on is not None and later(self.finding.known_on, self.decided_on)

    @property
    def known_days(self) -> int | None:
        """For how many days it has been known; None where nobody says since when."""
        return (self.on - self.finding.known_on).days if self.finding.known_on else None

    @property
    def clock_days(self) -> int | None:
        """Days from knowing to the first decision, or to the day asked about while nothing is decided.

        None where a day is missing, or the decision is dated before the body knew.
        """
        known_on, until = self.finding.known_on, self.on if self.state == "waiting" else self.decided_on
        return (until - known_on).days if known_on and until and not self.decided_before_known else None

    @property
    def open(self) -> tuple[Action, ...]:
        """The actions that are to be done and not done by then."""
        return tuple(one for one in self.actions if to_do(one, self.on))

    @property
    def state(self) -> State:
        """How far it has come."""
        if not self.actions:
            return "cannot be told: a day is missing" if self.undated else "waiting"
        if self.open:
            return "decided"
        return "done" if any(one.type != "none" for one in self.actions) else "left as it is"

    @property
    def overdue(self) -> bool:
        """Whether something was to be done before that day, and is not."""
        return any(overdue(one, self.on) for one in self.actions)

    def waits_longer_than(self, days: int) -> bool:
        """Return whether it has waited for a decision for more than so many days."""
        return self.state == "waiting" and self.known_days is not None and self.known_days > days

    @property
    def effects(self) -> tuple[str, ...]:
        """The effects that are said to have been found by then, each once."""
        return tuple(dict.fromkeys(filter(None, (effect_of(one, self.on, self.past) for one in self.actions))))

    @property
    def told(self) -> Action | None:
        """The action of which customers were told first; None where they were not told by then."""
        told = [one for one in self.actions if by(one.told_on, self.on)]
        return min(told, key=lambda one: (one.told_on or self.on, one.id), default=None)


def to_do(action: Action, on: date) -> bool:
    """Return whether an action was decided by a day, as far as is said, and is not done by then."""
    return action.type != "none" and not later(action.decided_on, on) and not by(action.done_on, on)


def overdue(action: Action, on: date) -> bool:
    """Return whether an action was to be done before a day, and is not done by then."""
    return to_do(action, on) and action.due is not None and action.due < on


def effect_of(action: Action, on: date, past: bool = False) -> str:
    """Return the effect of an action that is said to have been found by a day; '' where none is, or none can be told.

    Args:
        action: what was decided.
        on: the day.
        past: whether it is a past day, of which an effect without a day tells nothing.
    """
    if action.effect == UNKNOWN_EFFECT or effect_later(action, on):
        return ""
    return "" if past and not action.effect_on else action.effect


def effect_later(action: Action, on: date) -> bool:
    """Return whether an effect was found after a day: it is said so, or the action was decided or done after it."""
    not_before = (action.effect_on,) if action.effect_on else (action.decided_on, action.done_on)
    return any(later(day, on) for day in not_before)


def ledger(workspace: Workspace, on: date, *, past: bool = False) -> tuple[Entry, ...]:
    """Return an entry for each finding that was known on a day, those that wait first, the longest known first.

    Args:
        workspace: the records.
        on: the day. What was decided, done, seen or told after it does not count, and what became known after it
            is left out.
        past: whether it is a day before the one on which the records are read. What has no day is written down, so
            it counts on that one; of a past day it cannot be told: a finding without a day is left out, and an
            action without one counts only if it was due, done, seen or told by then.
    """
    entries = [
        _entry(workspace, finding, on, past)
        for finding in workspace.every(Finding)
        if by(finding.known_on, on) or (finding.known_on is None and not past)
    ]
    return tuple(sorted(entries, key=_place))


def _place(entry: Entry) -> tuple[int, bool, date, str]:
    known_on = entry.finding.known_on
    return STATES.index(entry.state), known_on is None, known_on or entry.on, entry.finding.id


def _entry(workspace: Workspace, finding: Finding, on: date, past: bool) -> Entry:
    of_it = [one for one in workspace.naming(Action, "findings", finding.id) if not later(one.decided_on, on)]
    decided = [one for one in of_it if one.decided_on or not past or _followed(one, on)]
    undated = tuple(one for one in of_it if one not in decided)
    in_order = sorted(decided, key=lambda one: (one.decided_on is None, one.decided_on or on, one.id))
    return Entry(finding, tuple(in_order), undated, on, past)


def _followed(action: Action, on: date) -> bool:
    """Return whether something had happened by a day that comes after the decision."""
    after = (action.due, action.done_on, action.decide_on, action.effect_on, action.told_on)
    return any(by(day, on) for day in after)
