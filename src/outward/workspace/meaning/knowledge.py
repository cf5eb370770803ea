"""What is known of whom, and when: which groups a finding is about, and what was on the table at each stage."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Interview, Need
from outward.workspace.kinds.delivery import Policy
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.days import by, later

Stage = Literal["outset", "options", "decision", "delivery"]
STAGES: tuple[Stage, ...] = ("outset", "options", "decision", "delivery")

Known = Literal[
    "on the table",
    "said to be on the table, known only later",
    "known, not on the table",
    "known only later",
    "cannot be told: a day is missing",
]
Come = Literal["yes", "no", "cannot be told: a day is missing"]


Groups = Mapping[str, frozenset[str]]
Told = Mapping[str, Sequence[Finding]]


def groups_of_findings(workspace: Workspace) -> Groups:
    """Return the ids of the groups that each finding is about: those it names, and those of the needs it shows."""
    needs = {one.id: one for one in workspace.every(Need)}
    found = {one.id: {*one.groups} for one in workspace.every(Finding)}
    for finding in workspace.every(Finding):
        found[finding.id].update(group for id in finding.needs for group in needs[id].groups)
    for need in needs.values():
        for id in need.findings:
            found[id].update(need.groups)
    return {id: frozenset(groups) for id, groups in found.items()}


def told_of_groups(workspace: Workspace, on: date) -> Told:
    """Return the findings by a day that are told of each group: they name it, or name none and show a need of it."""
    about = groups_of_findings(workspace)
    found: dict[str, list[Finding]] = {}
    for finding in workspace.every(Finding):
        if not later(finding.known_on, on):
            for id in frozenset(finding.groups) or about[finding.id]:
                found.setdefault(id, []).append(finding)
    return found


def known_about(workspace: Workspace, on: date) -> frozenset[str]:
    """Return the groups about which a finding or an interview was there by a day, or about a group inside them."""
    about = groups_of_findings(workspace)
    known = (one for one in workspace.every(Finding) if not later(one.known_on, on))
    heard = {id for one in known for id in about[one.id]}
    held = (one for one in workspace.every(Interview) if not later(one.held_on, on))
    heard |= {id for one in held for id in one.groups}
    return frozenset(id for id, inside in workspace.parts.items() if inside & heard)


@dataclass(frozen=True)
class AtStage:
    """What was known of customers when a policy came to a stage.

    Attributes:
        policy: what was decided.
        stage: how far it had come.
        day: when; None where nobody says.
        known: id to how it stood, of each finding that is said to have been on the table at this stage or an
            earlier one, or is told of a group that the policy affects or of a group inside it.
    """

    policy: Policy
    stage: Stage
    day: date | None
    known: dict[str, Known]

    @property
    def not_said(self) -> bool:
        """Whether nothing is said of it: a policy may have begun, or looked at options, on no day and no table."""
        return self.stage in ("outset", "options") and not self.day and not self.having("on the table")

    def having(self, *states: Known) -> tuple[str, ...]:
        """Return the ids of the findings that stood so."""
        return tuple(id for id, state in self.known.items() if state in states)


def at_stages(
    workspace: Workspace,
    policy: Policy,
    told: Told,
    on: date,
    *,
    past: bool = False,
    stages: Collection[str] = STAGES,
) -> Iterator[AtStage]:
    """Yield what was known at each stage to which a policy had come by a day.

    Args:
        workspace: the records.
        policy: one of its policies.
        told: the findings that are told of each group by that day, see `told_of_groups`.
        on: the day; what has happened and become known since is left out.
        past: see `come_to`.
        stages: those that are asked for.
    """
    affected = {one for id in policy.groups for one in workspace.parts[id]}
    about = {one.id: one for id in affected for one in told.get(id, ())}
    in_order = [about[id] for id in sorted(about)]
    so_far: set[str] = set()
    for stage in STAGES:
        if come_to(policy, stage, on, past=past) != "yes":
            continue
        so_far |= set(stage_findings(policy, stage))
        if stage not in stages:
            continue
        day = stage_day(policy, stage)
        said = sorted(workspace.some(Finding, so_far), key=lambda one: one.id)
        used = frozenset(policy.delivery_findings if stage == "delivery" else ())
        known = {one.id: _on_table(one, on if one.id in used else day) for one in said}
        known = {id: state for id, state in known.items() if id not in used or state == "on the table"}
        rest = {one.id: _stood(one, day) for one in in_order if one.id not in known}
        yield AtStage(policy, stage, day, known | rest)


def come_to(policy: Policy, stage: Stage, on: date, *, past: bool = False) -> Come:
    """Return whether a policy had come to a stage by a day.

    Args:
        policy: the policy.
        stage: the stage.
        on: the day.
        past: whether it is a day before the one on which the records are read. A stage without a day is written
            down, so it counts on that one; of a past day it cannot be told, unless the days of other stages tell.
    """
    place = STAGES.index(stage)
    if any(later(stage_day(policy, one), on) for one in STAGES[: place + 1]):
        return "no"
    written = place <= _come(policy) or bool(stage_findings(policy, stage))
    if stage_day(policy, stage) or (written and not past):
        return "yes"
    if written and any(by(stage_day(policy, one), on) for one in STAGES[place:]):
        return "yes"
    return "cannot be told: a day is missing" if written else "no"


def stage_day(policy: Policy, stage: Stage) -> date | None:
    """Return the day on which a policy came to a stage; None where nobody says."""
    day: date | None = getattr(policy, f"{stage}_on")
    return day


def stage_findings(policy: Policy, stage: Stage) -> tuple[str, ...]:
    """Return the ids of the findings that are said to have been on the table at a stage, or used in delivery."""
    ids: tuple[str, ...] = getattr(policy, f"{stage}_findings")
    return ids


def _come(policy: Policy) -> int:
    return STAGES.index(policy.stage) if policy.stage in STAGES else len(STAGES)


def known_too_late(finding: Finding, policy: Policy, stage: Stage) -> bool:
    """Return whether a finding is said to have been on the table at a stage, and was known only after its day.

    Delivery goes on after the day on which it began, so nothing that is used in it comes too late.
    """
    day = stage_day(policy, stage)
    return stage != "delivery" and day is not None and later(finding.known_on, day)


def _on_table(finding: Finding, until: date | None) -> Known:
    late = until is not None and later(finding.known_on, until)
    return "said to be on the table, known only later" if late else "on the table"


def _stood(finding: Finding, day: date | None) -> Known:
    if not finding.known_on or not day:
        return "cannot be told: a day is missing"
    return "known, not on the table" if finding.known_on <= day else "known only later"


def known_of(
    workspace: Workspace, group: Group, at: AtStage, about_whom: Groups, state: Known = "on the table"
) -> tuple[str, ...]:
    """Return the ids of the findings about a group, or a group inside it, that stood so at a stage."""
    inside = workspace.parts[group.id]
    return tuple(id for id in at.having(state) if inside & about_whom[id])
