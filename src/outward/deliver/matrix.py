"""D1.1: which groups have which principles, objectives, targets and owners - and the holes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Objective, Principle
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, names, standing_of
from outward.workspace.meaning.inheritance import held_by, inside

METHOD = Method(
    "Principles and objectives by group",
    "A principle holds for the groups that it names and for every group inside these, at any depth. An objective is "
    "its own group's alone. It has a target where a figure is to be reached, or, to learn something, where it says by "
    "when; an owner where a post answers for it; evidence where it names findings. To learn something needs no "
    "evidence: it is to find some. A group that only holds other groups needs no objective of its own where a group "
    "inside it has one.",
    "Customer Focused Government (2001), on overarching principles in parallel with targeted objectives for each group",
    ("What is written down is all that there is.",),
)
TYPES = {"learn": "To learn", "achieve": "To achieve"}
PARTS = {"target": "With a target", "owner": "With an owner", "evidence": "With evidence"}


@question("D1.1", "Which groups have which principles, objectives, targets and owners - and the holes?")
def matrix(workspace: Workspace) -> Answer:
    """Return which principles hold for each group, what is to be learned and achieved for it, and what is missing.

    A hole is a group without a principle or an objective, an objective without a target, an owner, evidence or a
    group, and a principle that holds for nobody. It counts records, not people.
    """
    groups = workspace.every(Group)
    cells, holes = list(_cells(workspace)), list(_holes(workspace))
    return Answer(
        question="D1.1",
        version=1,
        title="Which groups have which principles, objectives, targets and owners - and the holes?",
        sentence=_sentence(workspace, holes),
        tables={
            "summary": _summary(workspace, holes),
            "holes": Table.of_rows(HOLES, holes, title="The holes"),
            "groups": _groups(workspace),
            "cells": Table.of_rows(_cell_columns(), cells, title="Group by group"),
        },
        pictures=(
            Matrix(
                "cells",
                "group",
                "matter",
                "found",
                Sentence("What holds and what is aimed at for each group"),
                hole="hole",
            ),
        )
        if cells
        else (),
        caveats=(WRITTEN_DOWN, Sentence("A principle that holds for a group holds for every group inside it.")),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, groups, "no customer group is written down"),
    )


def _sentence(workspace: Workspace, holes: list[dict[str, Value]]) -> Sentence:
    if not workspace.every(Group):
        return Sentence("No customer group is written down yet, so there is nothing to lay principles beside.")
    if not holes:
        return Sentence("Every one of {summary.groups|group|groups} has a principle and an objective, without a hole.")
    return Sentence(
        "{summary.holes|hole|holes} in what is promised to {summary.groups|group|groups}: {summary.no_principle} "
        "without a principle, {summary.no_objective} without an objective; "
        "{summary.incomplete|objective lacks|objectives lack} a target, an owner, evidence or a group."
    )


def _summary(workspace: Workspace, holes: list[dict[str, Value]]) -> Table:
    counted = [hole["hole"] for hole in holes]
    row: dict[str, Value] = {
        "groups": len(workspace.every(Group)),
        "principles": len(workspace.every(Principle)),
        "objectives": len(workspace.every(Objective)),
        "holes": len(holes),
        "no_principle": counted.count(NO_PRINCIPLE),
        "no_objective": counted.count(NO_OBJECTIVE),
        "incomplete": sum(any(True for _ in _lacking(one)) for one in workspace.every(Objective)),
    }
    columns = (
        Column("groups", "number", "groups", "Customer groups"),
        Column("principles", "number", "principles", "Principles"),
        Column("objectives", "number", "objectives", "Objectives"),
        Column("holes", "number", "holes", "Holes"),
        Column("no_principle", "number", "groups", "Groups without a principle"),
        Column("no_objective", "number", "groups", "Groups without an objective"),
        Column("incomplete", "number", "objectives", "Objectives that lack something"),
    )
    return Table.of_rows(columns, [row], title="How full the matrix is")


HOLES = (
    Column("title", "label", title="What it is about"),
    Column("kind", "label", title="Kind"),
    Column("hole", "label", title="What is missing"),
)
NO_PRINCIPLE, NO_OBJECTIVE = "no principle holds for it", "no objective is set for it"


def _holes(workspace: Workspace) -> Iterator[dict[str, Value]]:
    """Yield each hole: those of groups first, then of objectives, then of principles."""
    aimed = {objective.group for objective in workspace.every(Objective)}
    groups, objectives = names(workspace.every(Group)), names(workspace.every(Objective))
    principles = names(workspace.every(Principle))
    for group in workspace.every(Group):
        if not any(held_by(workspace, one, group) for one in workspace.every(Principle)):
            yield _hole(group, groups, NO_PRINCIPLE)
        if not aimed.intersection({group.id, *(one.id for one in inside(workspace, group))}):
            yield _hole(group, groups, NO_OBJECTIVE)
    for objective in workspace.every(Objective):
        for lacking in _lacking(objective):
            yield _hole(objective, objectives, lacking)
    for principle in workspace.every(Principle):
        if not principle.groups:
            yield _hole(principle, principles, "it names no group for which it holds")


def _hole(record: Group | Objective | Principle, called: Mapping[str, str], hole: str) -> dict[str, Value]:
    return {"title": called[record.id], "kind": record.TITLE, "hole": hole}


def _lacking(objective: Objective) -> Iterator[str]:
    if not objective.group:
        yield "it is for no group"
    if not has(objective, "target"):
        yield "it has no target" if objective.type == "achieve" else "it does not say by when"
    if not has(objective, "owner"):
        yield "nobody answers for it"
    if not has(objective, "evidence"):
        yield "it rests on no finding"


def has(objective: Objective, part: str) -> bool:
    """Return whether an objective has this part of what makes it whole: 'target', 'owner' or 'evidence'."""
    learn = objective.type == "learn"
    if part == "target":
        return objective.target_date is not None if learn else objective.target is not None
    return bool(objective.owner) if part == "owner" else learn or bool(objective.findings)


def _groups(workspace: Workspace) -> Table:
    columns = (
        Column("group", "label", title="Customer group"),
        Column("part_of", "label", title="Part of"),
        Column("status", "label", title="Status"),
        Column("size", "count", "people", "People", base="people", unsaid=NOT_SAID),
        Column("principles", "number", "principles", "Principles that hold"),
        Column("inherited", "number", "principles", "Of which from a group around it"),
        *(Column(name, "number", "objectives", words) for name, words in (TYPES | PARTS).items()),
        Column("people", "base"),
    )
    called = names(workspace.every(Group))
    rows: list[dict[str, Value]] = []
    for group in workspace.every(Group):
        by = [held_by(workspace, one, group) for one in workspace.every(Principle)]
        own = workspace.naming(Objective, "group", group.id)
        around = workspace.around(group)[1:]
        row: dict[str, Value] = {
            "group": called[group.id],
            "part_of": called[around[0].id] if around else "none",
            "status": group.status,
            "size": group.size,
            "people": group.size,
            "principles": sum(one is not None for one in by),
            "inherited": sum(one is not None and one is not group for one in by),
        }
        row |= {name: sum(one.type == name for one in own) for name in TYPES}
        row |= {part: sum(has(one, part) for one in own) for part in PARTS}
        rows.append(row)
    return Table.of_rows(columns, rows, disjoint=False, title="The groups")


def _cell_columns() -> tuple[Column, ...]:
    return (
        Column("group", "label", title="Customer group"),
        Column("matter", "label", title="Principle, or kind of objective"),
        Column("found", "label", title="What is written down"),
        Column("hole", "label", title="A hole"),
    )


def _cells(workspace: Workspace) -> Iterator[dict[str, Value]]:
    """Yield what stands in each cell of the matrix: each group's principles, then its objectives."""
    called, principles = names(workspace.every(Group)), names(workspace.every(Principle))
    for group in workspace.every(Group):
        held = {one.id: held_by(workspace, one, group) for one in workspace.every(Principle)}
        for principle, by in held.items():
            found = "holds" if by is group else f"from '{called[by.id]}'" if by else "does not hold"
            yield _cell(called[group.id], principles[principle], found, not any(held.values()))
        own = workspace.naming(Objective, "group", group.id)
        below = workspace.naming(Objective, "group", *(one.id for one in inside(workspace, group)))
        for name, words in TYPES.items():
            number = sum(one.type == name for one in own)
            nested = sum(one.type == name for one in below)
            found = str(number) if number or not nested else f"none; {nested} for groups inside it"
            yield _cell(called[group.id], words, found if number or nested else "none", not own and not below)
        for part, words in PARTS.items():
            number = sum(has(one, part) for one in own)
            short = f", {len(own) - number} without" if number < len(own) else ""
            yield _cell(called[group.id], words, f"{number} of {len(own)}{short}" if own else "", bool(short))


def _cell(group: str, matter: str, found: str, hole: bool) -> dict[str, Value]:
    return {"group": group, "matter": matter, "found": found, "hole": "yes" if hole else "no"}
