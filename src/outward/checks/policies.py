"""Rules of the fourth principle: policies from their outset, strategies, and delivery that is adapted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outward.checks.rules import Here, called, named, rule, titles
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Adaptation, Policy, Strategy
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.days import later
from outward.workspace.meaning.knowledge import (
    STAGES,
    AtStage,
    Told,
    at_stages,
    come_to,
    known_about,
    known_too_late,
    stage_day,
    stage_findings,
    told_of_groups,
)

DECIDED = ("decision", "delivery", "review")


def decided(policy: Policy, on: date) -> bool:
    """Return whether a policy has been decided by a day, as question D1.2 counts it."""
    return come_to(policy, "decision", on) == "yes"


def said_of(policy: Policy) -> str:
    """Return what is written down of a policy that says it is decided, a clause: its stage, its day or its table."""
    if policy.stage in DECIDED:
        return f"is at the stage '{policy.stage}'"
    return f"was decided on {policy.decision_on}" if policy.decision_on else "has findings on the table at its decision"


def begun(policy: Policy, on: date) -> bool:
    """Return whether a policy has begun by a day, as far as is said."""
    return come_to(policy, "outset", on) == "yes"


def at_decision(workspace: Workspace, policy: Policy, told: Told, on: date) -> AtStage | None:
    """Return what was known when a policy was decided, as question D1.2 tells it; None where that was not by a day."""
    return next(at_stages(workspace, policy, told, on, stages=("decision",)), None)


@rule(
    "D131",
    "warning",
    why="Improvement must be sought from the earliest stage of developing policies, not at the counter alone.",
    mend="Say in its review what was not known of customers. Name as on the table only what was looked at then.",
    once=(Policy,),
)
def decided_without_evidence(workspace: Workspace, on: date) -> Iterator[Here]:
    """A policy is past its options and rests on no evidence of customers."""
    told = told_of_groups(workspace, on)
    for policy in workspace.every(Policy):
        at = at_decision(workspace, policy, told, on)
        if at and not at.having("on the table") and not policy.review_about:
            yield Here(policy, "review_about", f"{named(policy)} {said_of(policy)}, and no finding was on the table.")


@rule(
    "D132",
    "warning",
    why="People are conscious of what policy does to their lives, and it was made without knowing them.",
    mend="Find out how the policy would affect the group, and write the finding down.",
    once=(Policy, Group),
)
def unknown_affected(workspace: Workspace, on: date) -> Iterator[Here]:
    """A policy affects a group of which nothing is known."""
    known = known_about(workspace, on)
    for policy in (one for one in workspace.every(Policy) if begun(one, on)):
        for id in policy.groups:
            group = workspace.get(Group, id)
            if group and id not in known:
                said = f"{named(policy)} affects {called(group)}, about whom there is no finding and no interview."
                yield Here(policy, "groups", said)


@rule(
    "D133",
    "warning",
    why="Knowing and not using what is known is worse than not knowing; it is what an ombudsman asks about.",
    mend="Say in its review what each would have changed. To put them on the table afterwards mends nothing.",
    once=(Policy, Finding),
)
def known_and_not_used(workspace: Workspace, on: date) -> Iterator[Here]:
    """A finding was known before a policy was decided, was not on the table, and no review has looked at it."""
    told = told_of_groups(workspace, on)
    for policy in workspace.every(Policy):
        at = at_decision(workspace, policy, told, on)
        reviewed = policy.review_findings if policy.review_about else ()
        left = workspace.some(Finding, set(at.having("known, not on the table")).difference(reviewed) if at else ())
        unused = sorted(left, key=lambda one: (str(one.known_on), one.id))
        if at and unused:
            were = "finding was" if len(unused) == 1 else "findings were"
            said = f"{len(unused)} {were} known when {called(policy)} was decided on {at.day}, and not on the table"
            field = "review_findings" if policy.review_about else "review_about"
            yield Here(policy, field, f"{said}: {titles(unused)}.")


@rule(
    "D134",
    "note",
    why="What was known at the time of a decision can be told only if its day is known.",
    mend="Give the day of the decision.",
    once=(Policy,),
)
def decided_some_day(workspace: Workspace, on: date) -> Iterator[Here]:
    """A policy has been decided, and the day is not said."""
    for policy in workspace.every(Policy):
        if decided(policy, on) and not policy.decision_on:
            said = f"{named(policy)} {said_of(policy)}, and the day of its decision is not said."
            yield Here(policy, "decision_on", said)


@rule(
    "D135",
    "note",
    why="Where one option is looked at, customers' needs have nothing to decide between.",
    mend="Write down the options that were looked at, doing nothing among them.",
    once=(Policy,),
)
def no_choice(workspace: Workspace, on: date) -> Iterator[Here]:
    """A policy was decided with fewer than two options."""
    for policy in workspace.every(Policy):
        if decided(policy, on) and len(policy.options) < 2:
            options = "one option" if policy.options else "no option"
            yield Here(policy, "options", f"{named(policy)} was decided with {options} written down.")


@rule(
    "D136",
    "warning",
    why="A policy that affects nobody in particular cannot be made with regard to anybody.",
    mend="Name the groups that it affects, future customers among them.",
    once=(Policy, Group),
)
def affects_nobody(workspace: Workspace, on: date) -> Iterator[Here]:
    """It is not said whom a policy affects."""
    for policy in workspace.every(Policy):
        if not policy.groups and begun(policy, on):
            yield Here(policy, "groups", f"Whom {called(policy)} affects is not said.")


@rule(
    "D137",
    "note",
    why="A policy is for a change in people's lives, health, opportunities or business.",
    mend="Name the outcomes that it should bring.",
    once=(Policy,),
)
def policy_for_nothing(workspace: Workspace, on: date) -> Iterator[Here]:
    """A policy has been decided, and brings no outcome."""
    for policy in workspace.every(Policy):
        if decided(policy, on) and not policy.outcomes:
            yield Here(policy, "outcomes", f"{named(policy)} names no outcome that it should bring.")


@rule(
    "D138",
    "error",
    why="What was known of customers at the time would be told better than it was.",
    mend="Take it off that table; or put right the day of the stage, or the day from which it was known.",
    once=(Policy, Finding),
)
def on_the_table_too_early(workspace: Workspace) -> Iterator[Here]:
    """A finding is said to have been on the table before it was known."""
    for policy in workspace.every(Policy):
        for stage in STAGES:
            for finding in workspace.some(Finding, stage_findings(policy, stage)):
                if known_too_late(finding, policy, stage):
                    table = f"on the table of {called(policy)} on {stage_day(policy, stage)}"
                    said = f"{named(finding)} is said to have been {table}, and was known on {finding.known_on}."
                    yield Here(policy, f"{stage}_findings", said)


@rule(
    "D141",
    "warning",
    why="A strategy is to make best use of customer knowledge in order to improve performance.",
    mend="Name the findings that it uses.",
    once=(Strategy,),
)
def strategy_without_findings(workspace: Workspace) -> Iterator[Here]:
    """A strategy uses no finding."""
    for strategy in workspace.every(Strategy):
        if not strategy.findings:
            yield Here(strategy, "findings", f"{named(strategy)} uses no finding.")


@rule(
    "D142",
    "warning",
    why="A strategy is to make best use of relationships: nobody delivers it alone.",
    mend="Name the stakeholders who deliver it with you.",
    once=(Strategy,),
)
def strategy_alone(workspace: Workspace) -> Iterator[Here]:
    """A strategy names no stakeholder."""
    for strategy in workspace.every(Strategy):
        if not strategy.stakeholders:
            yield Here(strategy, "stakeholders", f"{named(strategy)} names no stakeholder who delivers it.")


@rule(
    "D143",
    "warning",
    why="A strategy without objectives is a direction without a place to arrive at.",
    mend="Name the objectives that it pursues, for each group.",
    once=(Strategy,),
)
def strategy_without_objectives(workspace: Workspace) -> Iterator[Here]:
    """A strategy pursues no objective."""
    for strategy in workspace.every(Strategy):
        if not strategy.objectives:
            yield Here(strategy, "objectives", f"{named(strategy)} pursues no objective.")


@rule(
    "D151",
    "warning",
    why="Flexible delivery answers a need of the customers there. Otherwise it is a lottery of places.",
    mend="Say for what need of customers there.",
    once=(Adaptation,),
)
def adapted_without_why(workspace: Workspace, on: date) -> Iterator[Here]:
    """It is not said why delivery is adapted somewhere."""
    for adaptation in workspace.every(Adaptation):
        if not adaptation.why and not later(adaptation.decided_on, on):
            yield Here(adaptation, "why", f"Why there is {called(adaptation)} is not said.")


@rule(
    "D152",
    "warning",
    why="What helped in one place should reach others, and what did not should end there.",
    mend="Look whether it helped, and write that down; or give a new day and say why.",
    once=(Adaptation,),
)
def review_overdue(workspace: Workspace, on: date) -> Iterator[Here]:
    """The review of an adaptation is overdue."""
    for adaptation in workspace.every(Adaptation):
        if adaptation.helped == "not yet known" and adaptation.review_on and adaptation.review_on < on:
            said = f"{named(adaptation)} was to be looked at again on {adaptation.review_on}."
            yield Here(adaptation, "helped", said)


@rule(
    "D153",
    "note",
    why="What was done for a need once may outlive the need.",
    mend="Give the day on which it is to be looked at again.",
    once=(Adaptation,),
)
def never_reviewed(workspace: Workspace, on: date) -> Iterator[Here]:
    """An adaptation is never looked at again."""
    for adaptation in workspace.every(Adaptation):
        if adaptation.helped == "not yet known" and not adaptation.review_on and not later(adaptation.decided_on, on):
            yield Here(adaptation, "review_on", f"{named(adaptation)} has no day on which it is looked at again.")
