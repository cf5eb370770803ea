"""D5.1: what we have known, for how long, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from outward import dates
from outward.answers import Answer, Chart, Column, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.deliver.ledger_tables import Row, actions_of, came_of, clocks_of, findings_of
from outward.phrases import in_a_row
from outward.pictures import timeline
from outward.workspace.contents import Workspace
from outward.workspace.header import usual
from outward.workspace.kinds.knowledge import Action, Finding
from outward.workspace.meaning.answering import WRITTEN_DOWN, evidence_of, iso, standing_of
from outward.workspace.meaning.days import later
from outward.workspace.meaning.ledger import (
    Entry,
    State,
    effect_of,
    ledger,
)

FEWEST = 5
"""The fewest clocks of which it is told within how many days half were decided."""
DRAWN = 20
"""The most findings of one state that are drawn, the longest known of them."""

METHOD = Method(
    "The ledger",
    "Each finding that was known on the day asked about, with what was decided about it by then. Its clock runs from "
    "the day on which the body knew it to the first decision, or to the day asked about. It waits while nothing is "
    "decided; then it is decided until everything is done; a decision to do nothing leaves it as it is. Within how "
    "many days half were decided is the median of Kaplan and Meier: findings that wait count as undecided for as long "
    f"as they have waited, and no figure is given of fewer than {FEWEST} clocks, which are read one by one. No clock "
    "is told of a finding without a day, of a decision without one, or of one that is dated before the finding was "
    "known. The effect and the day on which customers were told are what the owners of the actions wrote down; no "
    "effect was worked out here. What has no day is written down today, so it counts as of today. Of a past day it "
    "cannot be told, and it is counted apart: an action without a day of decision counts on a past day only if it was "
    "due, done, seen or told by then, and an effect without a day not at all.",
    "Customer Focused Government (2001), on using customer understanding to deliver target outcomes; Kaplan and Meier "
    "(1958) on what is not over yet",
    (
        "A finding was known from the day that is written down, and not before.",
        "Findings that wait would be decided about as quickly as the others that had waited as long.",
    ),
)


@question("D5.1", "What have we known, for how long, and what came of it?", version=2)
def what_we_knew_and_did(workspace: Workspace, *, on: str = "") -> Answer:
    """Return each finding: how long it has been known, what was decided, who does it by when, its effect, who was told.

    What waits comes first, the longest known first.

    on: the day as of which it is told, as 2026-03-31, today or before; left empty, today
    """
    day = date.fromisoformat(on)
    past = day < dates.today()
    entries = ledger(workspace, day, past=past)
    actions = _distinct(entries)
    columns = _summary_columns(usual(workspace.header, "decide_within_days"), past)
    summary, effects = _summary(workspace, day, entries), _effects(day, past, actions)
    return Answer(
        sentence=_sentence(workspace, past, summary, effects),
        tables={
            "summary": Table.of_rows(columns, [summary], title="What we knew and did"),
            "effects": Table.of_rows(EFFECTS, [effects], title="What owners wrote down of the effects"),
            "findings": findings_of(workspace, entries),
            "actions": actions_of(workspace, entries),
            "came": came_of(workspace, day, past, actions),
            "clocks": clocks_of(workspace, entries),
        },
        pictures=_pictures(entries),
        caveats=(WRITTEN_DOWN, *_caveats(past, entries, summary, effects)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, entries, _none(workspace)),
    )


def _none(workspace: Workspace) -> str:
    known = " that was known by that day" if workspace.every(Finding) else " yet"
    return f"no finding is written down{known}"


def _sentence(workspace: Workspace, past: bool, summary: Row, effects: Row) -> Sentence:
    if not summary["findings"]:
        known = " that was known by {summary.on}" if workspace.every(Finding) else " yet"
        return Sentence(f"No finding is written down{known}, so there is nothing to tell.")
    first = "On {summary.on}, of" if past else "Of"
    first += " {summary.findings|finding|findings} "
    waits = "{summary.waiting|waits|wait} for a decision" if summary["waiting"] else "none waits for a decision"
    longest = ", the longest for {summary.longest_days}" if summary["longest_days"] is not None else ""
    came = in_a_row([words for name, words in CAME.items() if summary[name]])
    rest = (f"; {came}" if came else "") + "."
    said = in_a_row([words for name, words in FOUND.items() if effects[name]])
    heard = "Customers were told of {summary.told|finding|findings}."
    after = [_half(summary), f"As their owners wrote down, {said}." if said else "", heard]
    return Sentence(f"{first}{waits}{longest}{rest} {' '.join(filter(None, after))}")


CAME = {
    "decided": "{summary.decided|is|are} decided and not all done",
    "done": "{summary.done|is|are} done",
    "left": "{summary.left|is left as it is|are left as they are} by decision",
    "no_day": "of {summary.no_day} it cannot be told, as a day is missing",
}
FOUND = {
    "better": "{effects.better|action|actions} made it better",
    "worse": "{effects.worse|action|actions} made it worse",
    "no_effect": "{effects.no_effect|action|actions} had no effect",
    "cannot_tell": "{effects.cannot_tell|action|actions} had an effect that cannot be told",
}
EFFECT_OF = {"better": "better", "worse": "worse", "no_effect": "no effect", "cannot_tell": "cannot tell"}


def _half(summary: Row) -> str:
    """Return the sentence on how long it took until half were decided; '' where too few have a clock."""
    if not _enough(summary["clocks"]):
        return ""
    all_have = summary["clocks"] == summary["findings"]
    of = ": of {summary.clocks} with a clock {summary.clocks_waiting|still waits|still wait}"
    if summary["half_days"] is None:
        return f"More than half are still undecided{'' if all_have else of}."
    half = "Half were decided within {summary.half_days} of being known"
    if not summary["clocks_waiting"]:
        return f"{half}."
    return f"{half}, those that still wait counted in{'' if all_have else of}."


def _enough(clocks: Value) -> bool:
    return isinstance(clocks, int) and clocks >= FEWEST


def _summary(workspace: Workspace, on: date, entries: Sequence[Entry]) -> Row:
    waited = [one.known_days for one in entries if one.state == "waiting" and one.known_days is not None]
    clocks = [one for one in entries if one.clock_days is not None]
    findings = workspace.every(Finding)
    return {
        "on": iso(on),
        "findings": len(entries),
        **{name: sum(one.state == state for one in entries) for name, state in COUNTED.items()},
        "too_long": sum(one.waits_longer_than(usual(workspace.header, "decide_within_days")) for one in entries),
        "longest_days": max(waited, default=None),
        "overdue": sum(one.overdue for one in entries),
        "told": sum(one.told is not None for one in entries),
        "clocks": len(clocks),
        "clocks_waiting": sum(one.state == "waiting" for one in clocks),
        "half_days": half_within(clocks) if _enough(len(clocks)) else None,
        "early": sum(one.decided_before_known for one in entries),
        "undated": sum(one.known_on is None for one in findings),
        "later": sum(later(one.known_on, on) for one in findings),
    }


COUNTED: Mapping[str, State] = {
    "waiting": "waiting",
    "decided": "decided",
    "done": "done",
    "left": "left as it is",
    "no_day": "cannot be told: a day is missing",
}


def _summary_columns(limit: int, past: bool) -> tuple[Column, ...]:
    undated = "left out" if past else "without a clock"
    return (
        Column("on", "date", title="As it stood on"),
        Column("findings", "number", "findings", "Findings known by that day"),
        Column("waiting", "number", "findings", "Waiting for a decision"),
        Column("too_long", "number", "findings", f"Waiting for more than {limit:,} days"),
        Column("longest_days", "number", "days", "Longest among those still waiting"),
        Column("decided", "number", "findings", "Decided, not all done"),
        Column("overdue", "number", "findings", "With something past its date"),
        Column("done", "number", "findings", "Done"),
        Column("left", "number", "findings", "Left as it is, by decision"),
        Column("no_day", "number", "findings", "Cannot be told, as a decision has no day"),
        Column("clocks", "number", "findings", "With a clock: both days, in their order"),
        Column("clocks_waiting", "number", "findings", "Of these, still waiting"),
        Column("half_days", "number", "days", "Half were decided within"),
        Column("early", "number", "findings", "Decided before known: without a clock"),
        Column("told", "number", "findings", "Findings of which customers were told"),
        Column("undated", "number", "findings", f"Nobody says since when known: {undated}"),
        Column("later", "number", "findings", "Findings known only later, left out"),
    )


def half_within(clocks: Sequence[Entry]) -> float | None:
    """Return the days within which half were decided, those that wait taken for not decided yet; None if not reached.

    Args:
        clocks: entries with a clock.

    Method: the first time at which the curve of Kaplan and Meier (1958) is at one half or below.
    """
    from outward.methods.durations import Durations
    from outward.methods.survival import kaplan_meier

    curve = kaplan_meier(Durations([one.clock_days for one in clocks], [one.state != "waiting" for one in clocks]))
    reached = curve.times[curve.survival <= 0.5 + 1e-9]
    return float(reached[0]) if len(reached) else None


def _distinct(entries: Sequence[Entry]) -> tuple[Action, ...]:
    return tuple({one.id: one for entry in entries for one in entry.actions}.values())


EFFECTS = (
    Column("actions", "number", "actions", "Actions decided by then"),
    Column("better", "number", "actions", "Said to have made it better"),
    Column("worse", "number", "actions", "Said to have made it worse"),
    Column("no_effect", "number", "actions", "Said to have had no effect"),
    Column("cannot_tell", "number", "actions", "With an effect that cannot be told"),
    Column("effect_no_day", "number", "actions", "With an effect that has no day"),
    Column("not_yet", "number", "actions", "Nothing said by then"),
)


def _effects(on: date, past: bool, actions: Sequence[Action]) -> Row:
    said = [effect_of(one, on, past) for one in actions]
    no_day = sum(past and not one.effect_on and effect_of(one, on) != "" for one in actions)
    return {
        "actions": len(actions),
        **{name: said.count(effect) for name, effect in EFFECT_OF.items()},
        "effect_no_day": no_day,
        "not_yet": said.count("") - no_day,
    }


def _pictures(entries: Sequence[Entry]) -> tuple[Chart, ...]:
    if not any(one.clock_days is not None for one in entries):
        return ()
    waits = any(one.state == "waiting" for one in entries)
    title = "{summary.waiting} of {summary.findings|finding waits|findings wait} for a decision"
    return (
        Chart(
            "clocks",
            timeline("finding", "known_on", "until", "state", "clock_days"),
            Sentence(title if waits else "How long each finding was known before it was decided"),
            name="clock",
            rows=DRAWN,
        ),
    )


UNDATED = {
    False: "{summary.undated|finding has|findings have} no clock, because nobody says since when it is known",
    True: "{summary.undated|finding is|findings are} left out, because without a day it cannot be told what was known",
}
"""What is said of findings without a day: as of today, and of a past day."""


def _caveats(past: bool, entries: Sequence[Entry], summary: Row, effects: Row) -> list[Sentence]:
    """Return what must be known of the days: each where there is something to be said of it."""
    since = " {summary.later|finding that became known later is|findings that became known later are} left out."
    no_decision = any(one.clock_days is None and one.actions and not one.decided_on for one in entries)
    said = {
        f"It is told from today's records, by the days in them.{since if summary['later'] else ''}": past,
        f"{UNDATED[past]}.": summary["undated"],
        "{summary.early|finding was|findings were} decided before the day from which the body knew, as it is written: "
        "no clock is told there.": summary["early"],
        "Some actions have no day of decision: how long that took cannot be told.": no_decision,
        "{effects.effect_no_day|effect has|effects have} no day: whether it was seen by then cannot be told.": effects[
            "effect_no_day"
        ],
        f"Where fewer than {FEWEST} findings have a clock, no usual time is told: read their clocks one by one.": (
            entries and not _enough(summary["clocks"])
        ),
    }
    return [Sentence(words) for words, holds in said.items() if holds]
