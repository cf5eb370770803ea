"""The tables of D5.1: the findings, what was decided about each, what came of it, and their clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from outward.answers import Column, Table, Value
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Action, Finding
from outward.workspace.meaning.answering import NOT_SAID, iso, listed, names
from outward.workspace.meaning.days import by
from outward.workspace.meaning.ledger import UNKNOWN_EFFECT, Entry, effect_of

Row = dict[str, Value]

FINDINGS = (
    Column("finding", "label", title="Finding"),
    Column("state", "label", title="State"),
    Column("known_on", "date", title="Known since", unsaid="not said"),
    Column("decided_on", "date", title="First decided", unsaid="none said"),
    Column("clock_days", "number", "days", "Waited", unsaid="no clock"),
    Column("owner", "label", title="Owner"),
    Column("due", "date", title="Due", unsaid="no day"),
    Column("overdue", "label", title="Past its date"),
    Column("done_on", "date", title="Done", unsaid="no"),
    Column("effect", "label", title="Effect, as written down"),
    Column("told_on", "date", title="Customers told", unsaid="no"),
)


def findings_of(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    """Return each finding with how far it has come."""
    called = names(workspace.every(Finding))
    rows = [{"finding": called[one.finding.id], **_row(one)} for one in entries]
    return Table.of_rows(FINDINGS, rows, title="Finding by finding, those that wait first")


def _row(entry: Entry) -> Row:
    to_do = entry.open or entry.actions
    done = [one.done_on for one in entry.actions if one.done_on and by(one.done_on, entry.on)]
    return {
        "state": entry.state,
        "known_on": iso(entry.finding.known_on),
        "decided_on": iso(entry.decided_on),
        "clock_days": entry.clock_days,
        "owner": listed(list(dict.fromkeys(one.owner for one in to_do if one.owner)), NOT_SAID if to_do else "nobody"),
        "due": iso(min((one.due for one in to_do if one.due), default=None)),
        "overdue": "yes" if entry.overdue else "no",
        "done_on": iso(max(done)) if done and not entry.open else None,
        "effect": listed(entry.effects, UNKNOWN_EFFECT),
        "told_on": iso(entry.told.told_on) if entry.told else None,
    }


ACTIONS = (
    Column("finding", "label", title="Finding"),
    Column("action", "label", title="What was decided"),
    Column("type", "label", title="Kind"),
    Column("decided_on", "date", title="Decided", unsaid="no day"),
    Column("owner", "label", title="Owner"),
    Column("due", "date", title="Due", unsaid="no day"),
    Column("done_on", "date", title="Done", unsaid="no"),
)


def actions_of(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    """Return what was decided about each finding, who does it and by when."""
    findings, actions = names(workspace.every(Finding)), names(workspace.every(Action))
    rows: list[Row] = [
        {
            "finding": findings[entry.finding.id],
            "action": actions[one.id],
            "type": one.type,
            "decided_on": iso(one.decided_on),
            "owner": one.owner or NOT_SAID,
            "due": iso(one.due),
            "done_on": iso(one.done_on) if by(one.done_on, entry.on) else None,
        }
        for entry in entries
        for one in entry.actions
    ]
    return Table.of_rows(ACTIONS, rows, title="What was decided about each")


CAME = (
    Column("action", "label", title="What was decided"),
    Column("effect", "label", title="Effect"),
    Column("effect_about", "label", title="In figures"),
    Column("effect_on", "date", title="Found", unsaid="no day"),
    Column("told_on", "date", title="Customers told", unsaid="no"),
    Column("told_where", "label", title="Where"),
)


def came_of(workspace: Workspace, on: date, past: bool, actions: Sequence[Action]) -> Table:
    """Return the effect of each action, as its owner wrote it down, and where customers were told of it."""
    called = names(workspace.every(Action))
    rows: list[Row] = []
    for one in actions:
        effect, told = effect_of(one, on, past), by(one.told_on, on)
        rows.append(
            {
                "action": called[one.id],
                "effect": effect or UNKNOWN_EFFECT,
                "effect_about": (one.effect_about or NOT_SAID) if effect else UNKNOWN_EFFECT,
                "effect_on": iso(one.effect_on) if effect else None,
                "told_on": iso(one.told_on) if told else None,
                "told_where": (one.told_where or NOT_SAID) if told else "not told",
            }
        )
    return Table.of_rows(CAME, rows, title="What came of it, as the owner of each action wrote it down")


CLOCKS = (
    Column("finding", "label", title="Finding"),
    Column("known_on", "date", title="Known since", unsaid="not said"),
    Column("until", "date", title="Clock stopped, or read", unsaid="no clock"),
    Column("state", "label", title="State"),
    Column("clock_days", "number", "days", "Waited", unsaid="no clock"),
    Column("known_days", "number", "days", "Known for", unsaid="not said"),
    Column("clock", "label", title="The clock"),
)


def clocks_of(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    """Return the clock of each finding, or why it has none."""
    called = names(workspace.every(Finding))
    rows: list[Row] = [
        {
            "finding": called[one.finding.id],
            "known_on": iso(one.finding.known_on),
            "until": None if one.clock_days is None else iso(one.on if one.state == "waiting" else one.decided_on),
            "state": one.state,
            "clock_days": one.clock_days,
            "known_days": one.known_days,
            "clock": _clock(one),
        }
        for one in entries
    ]
    return Table.of_rows(CLOCKS, rows, title="The clock of each: from knowing to the first decision")


def _clock(entry: Entry) -> str:
    if entry.decided_before_known:
        return "none: decided before it was known"
    if entry.clock_days is None:
        return "none: a day is missing"
    return "runs" if entry.state == "waiting" else "stopped"
