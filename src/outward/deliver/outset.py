"""D1.2: what we knew of customers when we decided a policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Policy
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.answering import WRITTEN_DOWN, evidence_of, iso, names, standing_of
from outward.workspace.meaning.knowledge import (
    STAGES,
    AtStage,
    Groups,
    Known,
    at_stages,
    groups_of_findings,
    known_of,
    told_of_groups,
)

METHOD = Method(
    "What was known at each stage",
    "Each stage to which a policy has come, with the findings that were on the table then or at an earlier stage. "
    "Beside them stand the findings told of the groups that it affects, or of groups inside these, which the body knew "
    "by that day and did not have on the table, and those that it came to know only later. A finding is told of the "
    "groups that it names; where it names none, of those of the needs that it shows. What is known of a wider group "
    "was not left out. Group by group, a finding on the table counts where it names the group or a group inside it, "
    "or shows a need of theirs.",
    "Customer Focused Government (2001), on customer focus at the outset of a policy",
    ("A finding was known from the day that is written down, and not before.",),
)
MOST_ROWS = 2_000
TITLE = "What did we know of customers when we decided this policy?"


@question("D1.2", TITLE)
def at_the_outset(workspace: Workspace, *, on: str = "") -> Answer:
    """Return for each policy and stage what was known of customers: on the table, left out, or known only later.

    For each group that a policy affects it says whether anything about it was on the table.

    on: the day as of which it is told, as 2026-03-31; left empty, today
    """
    day = date.fromisoformat(on)
    policies = workspace.every(Policy)
    told = told_of_groups(workspace, day)
    stages = [at for policy in policies for at in at_stages(workspace, policy, told, day)]
    return Answer(
        question="D1.2",
        version=1,
        title=TITLE,
        sentence=_sentence(policies, stages),
        tables={
            "summary": _summary(policies, stages),
            "stages": _stages(workspace, stages),
            "groups": _groups(workspace, stages, groups_of_findings(workspace)),
            "findings": _findings(workspace, stages),
        },
        pictures=(Matrix("stages", "policy", "stage", "words", Sentence(_PICTURE), hole="hole"),) if stages else (),
        caveats=(WRITTEN_DOWN, *_caveats(policies, stages)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, policies, "no policy is written down"),
    )


_PICTURE = "What was on the table at each stage, and what was known and left out"


def _sentence(policies: Sequence[Policy], stages: Sequence[AtStage]) -> Sentence:
    if not policies:
        return Sentence("No policy is written down yet.")
    if not _of(stages, "decision"):
        return Sentence("None of {summary.policies|policy|policies} has come to a decision yet.")
    blind = any(not at.having("on the table") for at in _of(stages, "decision"))
    had = "{summary.blind} had no finding" if blind else "none was without a finding"
    return Sentence(
        f"Of {{summary.decided|policy that was|policies that were}} decided, {had} about "
        "customers on the table; {summary.left_out|finding was|findings were} known by then and left out."
    )


def _of(stages: Sequence[AtStage], stage: str) -> list[AtStage]:
    return [at for at in stages if at.stage == stage]


def _summary(policies: Sequence[Policy], stages: Sequence[AtStage]) -> Table:
    decided = _of(stages, "decision")
    row: dict[str, Value] = {
        "policies": len(policies),
        "decided": len(decided),
        "blind": sum(not at.having("on the table") for at in decided),
        "blind_outset": sum(not at.having("on the table") for at in _of(stages, "outset")),
        "left_out": sum(len(at.having("known, not on the table")) for at in decided),
        "later": sum(len(at.having("known only later")) for at in decided),
        "no_groups": sum(not policy.groups for policy in policies),
    }
    columns = (
        Column("policies", "number", "policies", "Policies"),
        Column("decided", "number", "policies", "Decided"),
        Column("blind", "number", "policies", "Decided with no finding on the table"),
        Column("blind_outset", "number", "policies", "Begun with no finding on the table"),
        Column("left_out", "number", "findings", "Findings known at the decision and left out"),
        Column("later", "number", "findings", "Findings known only after the decision"),
        Column("no_groups", "number", "policies", "Policies that name nobody whom they affect"),
    )
    return Table.of_rows(columns, [row], title="The policies")


def _stages(workspace: Workspace, stages: Sequence[AtStage]) -> Table:
    columns = (
        Column("policy", "label", title="Policy"),
        Column("stage", "label", title="Stage"),
        Column("day", "date", title="When"),
        Column("table", "number", "findings", "On the table"),
        Column("left_out", "number", "findings", "Known, not on the table"),
        Column("later", "number", "findings", "Known only later"),
        Column("unknown", "number", "findings", "A day is missing"),
        Column("words", "label", title="In words"),
        Column("hole", "label", title="Nothing on the table"),
    )
    called = names(workspace.every(Policy))
    rows: list[dict[str, Value]] = []
    for at in stages:
        table, left_out, later = (
            len(at.having(state)) for state in ("on the table", "known, not on the table", "known only later")
        )
        said = [f"{table} on the table" if table else "nothing on the table"]
        said += [f"{left_out} known and left out"] if left_out else []
        said += [f"{later} known later"] if later else []
        rows.append(
            {
                "policy": called[at.policy.id],
                "stage": at.stage,
                "day": iso(at.day),
                "table": table,
                "left_out": left_out,
                "later": later,
                "unknown": len(at.having("cannot be told: a day is missing")),
                "words": ", ".join(said),
                "hole": "no" if table else "yes",
            }
        )
    return Table.of_rows(columns, rows, title="Stage by stage")


def _groups(workspace: Workspace, stages: Sequence[AtStage], about_whom: Groups) -> Table:
    """Return each group that a policy affects, with what was on the table about it at each stage."""
    columns = (
        Column("policy", "label", title="Policy"),
        Column("group", "label", title="Whom it affects"),
        *(Column(stage, "number", "findings", f"On the table, {stage}") for stage in STAGES),
        Column("ever", "label", title="Anything known of it at any stage"),
    )
    policies, called = names(workspace.every(Policy)), names(workspace.every(Group))
    rows: list[dict[str, Value]] = []
    of_policy: dict[str, dict[str, AtStage]] = {}
    for at in stages:
        of_policy.setdefault(at.policy.id, {})[at.stage] = at
    for policy in workspace.every(Policy):
        own = of_policy.get(policy.id, {})
        for group in workspace.some(Group, policy.groups):
            found = {stage: len(known_of(workspace, group, at, about_whom)) for stage, at in own.items()}
            row: dict[str, Value] = {"policy": policies[policy.id], "group": called[group.id]}
            row |= {stage: found.get(stage) for stage in STAGES}
            rows.append(row | {"ever": "yes" if any(found.values()) else "no"})
    return Table.of_rows(columns, rows, title="Was anything known of each group?")


def _findings(workspace: Workspace, stages: Sequence[AtStage]) -> Table:
    columns = (
        Column("policy", "label", title="Policy"),
        Column("stage", "label", title="Stage"),
        Column("finding", "label", title="Finding"),
        Column("known_on", "date", title="Known since"),
        Column("stood", "label", title="How it stood then"),
    )
    policies, called = names(workspace.every(Policy)), names(workspace.every(Finding))
    known = {one.id: one.known_on for one in workspace.every(Finding)}
    rows: list[dict[str, Value]] = [
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


def _caveats(policies: Sequence[Policy], stages: Sequence[AtStage]) -> list[Sentence]:
    found = []
    if any(not policy.groups for policy in policies):
        found.append(Sentence("A policy that names nobody whom it affects cannot be held against what was known."))
    if any(at.having("cannot be told: a day is missing") for at in stages):
        found.append(Sentence("Where a day is missing it cannot be told whether a finding was known by then."))
    if next(islice(_each(stages), MOST_ROWS, None), None):
        stops = f"The table finding by finding stops after {MOST_ROWS:,} rows; the others hold everything."
        found.append(Sentence(stops))
    return found
