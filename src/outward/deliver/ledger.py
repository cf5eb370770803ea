"""D5.1: what we have known, for how long, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

from outward.answers import Answer, Chart, Column, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.pictures import timeline
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Action, Finding
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, iso, listed, names, standing_of
from outward.workspace.meaning.ledger import STATES, Entry, effect_of, ledger

METHOD = Method(
    "The ledger",
    "Each finding that was known on the day asked about, with what was decided about it by then. Its clock runs from "
    "the day on which the body knew it to the first decision, or to the day asked about. It waits while nothing is "
    "decided; then it is decided until everything is done; a decision to do nothing leaves it as it is. The effect and "
    "the day on which customers were told are those that are written down with its actions.",
    "Customer Focused Government (2001), on using customer understanding to deliver target outcomes",
    ("A finding was known from the day that is written down, and not before.",),
)


DRAWN = 20
"""The most findings of one state that are drawn, the longest known of them."""


@question("D5.1", "What have we known, for how long, and what came of it?")
def what_we_knew_and_did(workspace: Workspace, *, on: str = "") -> Answer:
    """Return each finding: how long it has been known, what was decided, who does it by when, its effect, who was told.

    What waits comes first, the longest known first.

    on: the day as of which it is told, as 2026-03-31; left empty, today
    """
    entries = ledger(workspace, date.fromisoformat(on))
    return Answer(
        question="D5.1",
        version=1,
        title="What have we known, for how long, and what came of it?",
        sentence=_sentence(entries),
        tables={
            "summary": _summary(workspace, entries),
            "findings": _findings(workspace, entries),
            "actions": _actions(workspace, entries),
        },
        pictures=_pictures(entries),
        caveats=(WRITTEN_DOWN, *_caveats(workspace, entries)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, entries, "no finding is written down that was known by then"),
    )


def _sentence(entries: Sequence[Entry]) -> Sentence:
    if not entries:
        return Sentence("No finding is written down that was known by then, so there is nothing to tell.")
    come = (
        "{summary.decided|is|are} decided, {summary.done|is|are} done, {summary.effect_seen|has|have} an effect that "
        "was seen, and customers were told of {summary.told}."
    )
    if not any(entry.state == "waiting" for entry in entries):
        return Sentence("Of {summary.findings|finding|findings} none waits for a decision; " + come)
    waits = "Of {summary.findings|finding|findings} {summary.waiting|waits|wait} for a decision"
    return Sentence(f"{waits}, the longest for {{summary.longest_days}}; {come}", f"{waits}; {come}")


def _summary(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    limit = workspace.header.decide_within_days
    clocks = [one.clock_days for one in entries if one.decided_on and one.clock_days is not None]
    waited = [one.known_days for one in entries if one.state == "waiting" and one.known_days is not None]
    counted = {state: sum(one.state == state for one in entries) for state in STATES}
    row: dict[str, Value] = {
        "findings": len(entries),
        "waiting": counted["waiting"],
        "too_long": sum(one.waits_longer_than(limit) for one in entries),
        "longest_days": max(waited, default=None),
        "decided": counted["decided"],
        "overdue": sum(one.overdue for one in entries),
        "done": counted["done"],
        "left": counted["left as it is"],
        "median_days": median(clocks) if clocks else None,
        "effect_seen": sum(bool(one.effects) for one in entries),
        "told": sum(one.told is not None for one in entries),
    }
    columns = (
        Column("findings", "number", "findings", "Findings known by then"),
        Column("waiting", "number", "findings", "Waiting for a decision"),
        Column("too_long", "number", "findings", f"Waiting for more than {limit or 0} days"),
        Column("longest_days", "number", "days", "The longest wait so far"),
        Column("decided", "number", "findings", "Decided, not all done"),
        Column("overdue", "number", "findings", "With something past its date"),
        Column("done", "number", "findings", "Done"),
        Column("left", "number", "findings", "Left as it is, by decision"),
        Column("median_days", "number", "days", "Usual time to a decision: half were quicker"),
        Column("effect_seen", "number", "findings", "With an effect that was seen"),
        Column("told", "number", "findings", "Of which customers were told"),
    )
    return Table.of_rows(columns, [row], title="What we knew and did")


FINDINGS = (
    Column("finding", "label", title="Finding"),
    Column("state", "label", title="State"),
    Column("known_on", "date", title="Known since"),
    Column("known_days", "number", "days", "Known for"),
    Column("until", "date", title="Decided, or waiting on"),
    Column("clock_days", "number", "days", "Waited"),
    Column("owner", "label", title="Owner"),
    Column("due", "date", title="Due"),
    Column("overdue", "label", title="Past its date"),
    Column("done_on", "date", title="Done"),
    Column("effect", "label", title="Effect"),
    Column("told_on", "date", title="Customers told"),
    Column("told_where", "label", title="Where"),
)


def _findings(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    called = names(workspace.every(Finding))
    rows = [{"finding": called[one.finding.id], **_row(one)} for one in entries]
    return Table.of_rows(FINDINGS, rows, title="Finding by finding, those that wait first")


def _row(entry: Entry) -> dict[str, Value]:
    to_do = entry.open or entry.actions
    known_on, until = entry.finding.known_on, entry.decided_on or (None if entry.actions else entry.on)
    done = [one.done_on for one in entry.actions if one.done_on]
    return {
        "state": entry.state,
        "known_on": iso(known_on),
        "known_days": entry.known_days,
        "until": iso(until),
        "clock_days": entry.clock_days,
        "owner": listed(list(dict.fromkeys(one.owner for one in to_do if one.owner)), NOT_SAID if to_do else "nobody"),
        "due": iso(min((one.due for one in to_do if one.due), default=None)),
        "overdue": "yes" if entry.overdue else "no",
        "done_on": iso(max(done)) if done and not entry.open else None,
        "effect": listed(entry.effects, "none seen yet"),
        "told_on": iso(entry.told.told_on) if entry.told else None,
        "told_where": (entry.told.told_where or NOT_SAID) if entry.told else "not told",
    }


ACTIONS = (
    Column("finding", "label", title="Finding"),
    Column("action", "label", title="What was decided"),
    Column("type", "label", title="Kind"),
    Column("decided_on", "date", title="Decided"),
    Column("owner", "label", title="Owner"),
    Column("due", "date", title="Due"),
    Column("done_on", "date", title="Done"),
    Column("effect", "label", title="Effect"),
    Column("effect_about", "label", title="In figures"),
)


def _actions(workspace: Workspace, entries: Sequence[Entry]) -> Table:
    findings, actions = names(workspace.every(Finding)), names(workspace.every(Action))
    rows: list[dict[str, Value]] = [
        {
            "finding": findings[entry.finding.id],
            "action": actions[one.id],
            "type": one.type,
            "decided_on": iso(one.decided_on),
            "owner": one.owner or NOT_SAID,
            "due": iso(one.due),
            "done_on": iso(one.done_on) if one.done_on and one.done_on <= entry.on else None,
            "effect": effect_of(one, entry.on) or "none seen yet",
            "effect_about": one.effect_about or NOT_SAID,
        }
        for entry in entries
        for one in entry.actions
    ]
    return Table.of_rows(ACTIONS, rows, title="What was decided about each")


def _pictures(entries: Sequence[Entry]) -> tuple[Chart, ...]:
    if not any(one.finding.known_on and one.clock_days is not None for one in entries):
        return ()
    waits = any(one.state == "waiting" for one in entries)
    title = "{summary.waiting} of {summary.findings|finding waits|findings wait} for a decision"
    return (
        Chart(
            "findings",
            timeline("finding", "known_on", "until", "state", "clock_days"),
            Sentence(title if waits else "How long each finding was known before it was decided"),
            name="clock",
            rows=DRAWN,
        ),
    )


def _caveats(workspace: Workspace, entries: Sequence[Entry]) -> list[Sentence]:
    found = []
    later = len(workspace.every(Finding)) - len(entries)
    if any(one.finding.known_on is None for one in entries):
        found.append(Sentence("Of some findings nobody says since when they are known, so their clock does not run."))
    if any(one.actions and one.decided_on is None for one in entries):
        found.append(Sentence("Some actions have no day of decision: how long that took cannot be told."))
    if later:
        found.append(Sentence("Findings that became known after that day are left out."))
    return found
