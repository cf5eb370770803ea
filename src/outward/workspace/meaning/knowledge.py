"""What is known of whom, and when: which groups a finding is about, and what was on the table at each stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Interview, Need
from outward.workspace.kinds.delivery import Policy
from outward.workspace.kinds.knowledge import Finding

Stage = Literal["outset", "options", "decision", "delivery"]
STAGES: tuple[Stage, ...] = ("outset", "options", "decision", "delivery")

Known = Literal["on the table", "known, not on the table", "known only later", "cannot be told: a day is missing"]


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
        if not (finding.known_on and finding.known_on > on):
            for id in frozenset(finding.groups) or about[finding.id]:
                found.setdefault(id, []).append(finding)
    return found


def known_about(workspace: Workspace, on: date) -> frozenset[str]:
    """Return the groups about which a finding or an interview was there by a day, or about a group inside them."""
    about = groups_of_findings(workspace)
    known = (one for one in workspace.every(Finding) if not (one.known_on and one.known_on > on))
    heard = {id for one in known for id in about[one.id]}
    held = (one for one in workspace.every(Interview) if not (one.held_on and one.held_on > on))
    heard |= {id for one in held for id in one.groups}
    return frozenset(id for id, inside in workspace.parts.items() if inside & heard)


@dataclass(frozen=True)
class AtStage:
    """What was known of customers when a policy came to a stage.

    Attributes:
        policy: what was decided.
        stage: how far it had come.
        day: when; None where nobody says.
        known: id to how it stood, of each finding that was on the table at this stage or an earlier one, or is told
            of a group that the policy affects or of a group inside it.
    """

    policy: Policy
    stage: Stage
    day: date | None
    known: dict[str, Known]

    def having(self, *states: Known) -> tuple[str, ...]:
        """Return the ids of the findings that stood so."""
        return tuple(id for id, state in self.known.items() if state in states)


def at_stages(workspace: Workspace, policy: Policy, told: Told, on: date) -> Iterator[AtStage]:
    """Yield what was known at each stage to which a policy has come by a day, and at each with a day or with findings.

    Args:
        workspace: the records.
        policy: one of its policies.
        told: the findings that are told of each group by that day, see `told_of_groups`.
        on: the day; what has happened and become known since is left out.
    """
    affected = {one for id in policy.groups for one in workspace.parts[id]}
    about = {one.id: one for id in affected for one in told.get(id, ())}
    in_order = [about[id] for id in sorted(about)]
    so_far: set[str] = set()
    for stage in STAGES:
        day: date | None = getattr(policy, f"{stage}_on")
        table: tuple[str, ...] = getattr(policy, f"{stage}_findings")
        if day and day > on:
            continue
        if day or table or STAGES.index(stage) <= _come(policy):
            so_far.update(table)
            known: dict[str, Known] = dict.fromkeys(sorted(so_far), "on the table")
            rest = {one.id: _stood(one, day) for one in in_order if one.id not in known}
            yield AtStage(policy, stage, day, known | rest)


def _come(policy: Policy) -> int:
    return STAGES.index(policy.stage) if policy.stage in STAGES else len(STAGES)


def _stood(finding: Finding, day: date | None) -> Known:
    if not finding.known_on or not day:
        return "cannot be told: a day is missing"
    return "known, not on the table" if finding.known_on <= day else "known only later"


def known_of(workspace: Workspace, group: Group, at: AtStage, about_whom: Groups) -> tuple[str, ...]:
    """Return the ids of the findings about a group, or a group inside it, that were on the table at a stage."""
    inside = workspace.parts[group.id]
    return tuple(id for id in at.having("on the table") if inside & about_whom[id])
