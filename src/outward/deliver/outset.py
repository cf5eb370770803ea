"""D1.2: what we knew of customers when we decided a policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Literal

from outward import dates
from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Policy
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, iso, names, standing_of
from outward.workspace.meaning.knowledge import (
    STAGES,
    AtStage,
    Known,
    at_stages,
    come_to,
    groups_of_findings,
    known_of,
    told_of_groups,
)

METHOD = Method(
    "What was known at each stage",
    "Each stage to which a policy had come by the day asked about, with the findings that were on the table then or at "
    "an earlier stage. Beside them stand the findings told of the groups that it affects, or of groups inside these, "
    "which the body knew by that day and did not have on the table, and those that it came to know only later. A "
    "finding is told of the groups that it names; where it names none, of those of the needs that it shows. What is "
    "known of a wider group was not left out. Group by group, a finding on the table counts where it names the group "
    "or a group inside it, or shows a need of theirs. A finding that was known only after the day of a stage is not "
    "counted as on its table, whatever is said; where one of the two days is missing, it is. Delivery goes on after "
    "the day on which it began, so a finding that is used in it counts once it is known. A stage without a day is "
    "written down today, so it counts as of today. Of a past day it cannot be told, unless the days of other stages "
    "tell, and is counted apart.",
    "Customer Focused Government (2001), on customer focus at the outset of a policy",
    ("A finding was known from the day that is written down, and not before.",),
)
MOST_ROWS = 2_000
TOO_LATE: Known = "said to be on the table, known only later"
LEFT_OUT: Known = "known, not on the table"
NO_DAY: Literal["cannot be told: a day is missing"] = "cannot be told: a day is missing"
STATES: tuple[Known, ...] = ("on the table", TOO_LATE, LEFT_OUT, "known only later", NO_DAY)
Row = dict[str, Value]


@question("D1.2", "What did we know of customers when we decided this policy?", version=2)
def at_the_outset(workspace: Workspace, *, on: str = "") -> Answer:
    """Return for each policy and stage what was known of customers: on the table, left out, or known only later.

    For each group that a policy affects it says whether anything about it was on the table.

    on: the day as of which it is told, as 2026-03-31, today or before; left empty, today
    """
    day = date.fromisoformat(on)
    past = day < dates.today()
    policies = workspace.every(Policy)
    told = told_of_groups(workspace, day)
    stages = [at for policy in policies for at in at_stages(workspace, policy, told, day, past=past)]
    summary = _summary(policies, stages, day, past)
    return Answer(
        sentence=_sentence(summary, past),
        tables={
            "summary": Table.of_rows(SUMMARY, [summary], title="The policies"),
            "stages": _stages(workspace, stages),
            "groups": _groups(workspace, stages, day, past),
            "findings": _findings(workspace, stages),
        },
        pictures=(Matrix("stages", "policy", "stage", "words", Sentence(_PICTURE), hole="hole"),) if stages else (),
        caveats=(WRITTEN_DOWN, *_caveats(stages, summary, past)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, policies, "no policy is written down"),
    )


_PICTURE = "What was on the table at each stage, and what was known and left out"


def _sentence(summary: Row, past: bool) -> Sentence:
    if not summary["policies"]:
        return Sentence("No policy is written down yet.")
    if not summary["decided"]:
        none = "none of {summary.policies|policy|policies} that are written down has come to a decision"
        one = "the one policy that is written down has not come to a decision"
        words = one if summary["policies"] == 1 else none
        return Sentence(f"On {{summary.on}}, {words}." if past else f"{words[0].upper()}{words[1:]} yet.")
    if summary["decided"] == 1:
        had = "no finding" if summary["blind"] else "a finding"
        first = f"{'the' if past else 'The'} one policy that is decided had {had} about customers on the table"
    else:
        had = "{summary.blind} had no finding" if summary["blind"] else "none was without a finding"
        of = "of" if past else "Of"
        first = f"{of} {{summary.decided|policy|policies}} that are decided, {had} about customers on the table"
    on = "On {summary.on}, " if past else ""
    if not summary["left_out"]:
        return Sentence(f"{on}{first}; none that was known then was left out.")
    times = ", {summary.left_out_times|time|times} in all" if summary["left_out"] != summary["left_out_times"] else ""
    left = "{summary.left_out|finding was|findings were} known when a policy was decided, and left out"
    return Sentence(f"{on}{first}; {left}{times}.")


def _of(stages: Sequence[AtStage], stage: str) -> list[AtStage]:
    return [at for at in stages if at.stage == stage]


SUMMARY = (
    Column("on", "date", title="As it stood on"),
    Column("policies", "number", "policies", "Policies that are written down"),
    Column("decided", "number", "policies", "Decided by that day"),
    Column("no_day", "number", "policies", "Decided by then or not: a day is missing"),
    Column("blind", "number", "policies", "Decided with no finding on the table"),
    Column("blind_outset", "number", "policies", "Begun with no finding on the table"),
    Column("outset_not_said", "number", "policies", "Begun, and neither a day nor a table is said"),
    Column("left_out", "number", "findings", "Findings known at a decision and left out"),
    Column("left_out_times", "number", "times", "How often that was, over all decisions"),
    Column("later", "number", "findings", "Findings known only after a decision"),
    Column("too_late", "number", "findings", "Said to be on a table, known only later"),
    Column("no_groups", "number", "policies", "Policies that name nobody whom they affect"),
)


def _summary(policies: Sequence[Policy], stages: Sequence[AtStage], on: date, past: bool) -> Row:
    decided, begun = _of(stages, "decision"), _of(stages, "outset")
    left_out = [id for at in decided for id in at.having("known, not on the table")]
    return {
        "on": iso(on),
        "policies": len(policies),
        "decided": len(decided),
        "no_day": sum(come_to(policy, "decision", on, past=past) == NO_DAY for policy in policies),
        "blind": sum(not at.having("on the table") for at in decided),
        "blind_outset": sum(not at.having("on the table") and not at.not_said for at in begun),
        "outset_not_said": sum(at.not_said for at in begun),
        "left_out": len(set(left_out)),
        "left_out_times": len(left_out),
        "later": len({id for at in decided for id in at.having("known only later")}),
        "too_late": len({id for at in stages for id in at.having(TOO_LATE)}),
        "no_groups": sum(not policy.groups for policy in policies),
    }


def _stages(workspace: Workspace, stages: Sequence[AtStage]) -> Table:
    columns = (
        Column("policy", "label", title="Policy"),
        Column("stage", "label", title="Stage"),
        Column("day", "date", title="When", unsaid=NOT_SAID),
        Column("table", "number", "findings", "On the table"),
        Column("too_late", "number", "findings", "Said to be, known only later"),
        Column("left_out", "number", "findings", "Known, not on the table"),
        Column("later", "number", "findings", "Known only later"),
        Column("unknown", "number", "findings", "A day is missing"),
        Column("words", "label", title="In words"),
        Column("hole", "label", title="Nothing on the table"),
    )
    called = names(workspace.every(Policy))
    rows: list[Row] = []
    for at in stages:
        table, too_late, left_out, later, unknown = (len(at.having(state)) for state in STATES)
        nothing = "not said" if at.not_said else "nothing on the table"
        said = [f"{table} on the table" if table else nothing]
        said += [f"{too_late} said to be, known later"] if too_late else []
        said += [f"{left_out} known and left out"] if left_out else []
        said += [f"{later} known later"] if later else []
        rows.append(
            {
                "policy": called[at.policy.id],
                "stage": at.stage,
                "day": iso(at.day),
                "table": table,
                "too_late": too_late,
                "left_out": left_out,
                "later": later,
                "unknown": unknown,
                "words": ", ".join(said),
                "hole": "no" if table or at.not_said else "yes",
            }
        )
    return Table.of_rows(columns, rows, title="Stage by stage")


def _groups(workspace: Workspace, stages: Sequence[AtStage], on: date, past: bool) -> Table:
    """Return each group that a policy affects, with what was on the table about it at each stage."""
    columns = (
        Column("policy", "label", title="Policy"),
        Column("group", "label", title="Whom it affects"),
        *(Column(stage, "number", "findings", f"On the table, {stage}") for stage in STAGES),
        Column("left_out", "number", "findings", "Known by then, on no table"),
        Column("ever", "label", title="On the table at any stage"),
    )
    policies, called = names(workspace.every(Policy)), names(workspace.every(Group))
    about_whom = groups_of_findings(workspace)
    rows: list[Row] = []
    of_policy: dict[str, dict[str, AtStage]] = {}
    for at in stages:
        of_policy.setdefault(at.policy.id, {})[at.stage] = at
    for policy in workspace.every(Policy):
        own = of_policy.get(policy.id, {})
        never = NO_DAY if come_to(policy, "outset", on, past=past) == NO_DAY else "not begun by then"
        for group in workspace.some(Group, policy.groups):
            used = {stage: known_of(workspace, group, at, about_whom) for stage, at in own.items()}
            unused = {id for at in own.values() for id in known_of(workspace, group, at, about_whom, LEFT_OUT)}
            row: Row = {"policy": policies[policy.id], "group": called[group.id]}
            row |= {stage: len(used[stage]) if stage in own else None for stage in STAGES}
            row["left_out"] = len(unused.difference(*used.values())) if own else None
            rows.append(row | {"ever": ("yes" if any(used.values()) else "no") if own else never})
    return Table.of_rows(columns, rows, title="Was anything about each group on the table?")


def _findings(workspace: Workspace, stages: Sequence[AtStage]) -> Table:
    columns = (
        Column("policy", "label", title="Policy"),
        Column("stage", "label", title="Stage"),
        Column("finding", "label", title="Finding"),
        Column("known_on", "date", title="Known since", unsaid=NOT_SAID),
        Column("stood", "label", title="How it stood then"),
    )
    policies, called = names(workspace.every(Policy)), names(workspace.every(Finding))
    known = {one.id: one.known_on for one in workspace.every(Finding)}
    rows: list[Row] = [
        {
            "policy": policies[at.policy.id],
            "stage": at.stage,
            "finding": called[id],
            "known_on": iso(known[id]),
            "stood": stood,
        }
        for at, id, stood in islice(_each(stages), MOST_ROWS)
    ]
    return Table.of_rows(columns, rows, title="Finding by finding")


def _each(stages: Sequence[AtStage]) -> Iterator[tuple[AtStage, str, Known]]:
    return ((at, id, stood) for at in stages for id, stood in at.known.items())


def _caveats(stages: Sequence[AtStage], summary: Row, past: bool) -> list[Sentence]:
    """Return what must be borne in mind: each where there is something to be said of it."""
    no_day = any(at.having(NO_DAY) for at in stages)
    said = {
        "It is told from today's records, by the days in them.": past,
        "{summary.no_day|policy has|policies have} no day of decision: of a past day it cannot be told whether it was "
        "decided by then.": summary["no_day"],
        "A policy that names nobody whom it affects cannot be held against what was known.": summary["no_groups"],
        "{summary.too_late|finding is|findings are} said to have been on a table before the body knew, as the days are "
        "written, and not counted there.": summary["too_late"],
        "Where a day is missing it cannot be told whether a finding was known at that stage.": no_day,
        f"The table finding by finding stops after {MOST_ROWS:,} rows; the others hold everything.": (
            next(islice(_each(stages), MOST_ROWS, None), None)
        ),
    }
    return [Sentence(words) for words, holds in said.items() if holds]
