"""D1.1: which groups have which principles, objectives, targets and owners - and the holes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from outward import dates
from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Objective, Principle
from outward.workspace.meaning.answering import MOST_CELLS, NOT_SAID, WRITTEN_DOWN, evidence_of, names, standing_of
from outward.workspace.meaning.holes import LACKS, Hole, holes, past
from outward.workspace.meaning.inheritance import held, inside

METHOD = Method(
    "Principles and objectives by group",
    "A principle holds for the groups that it names and for every group inside these, at any depth. An objective is "
    "its own group's alone, and counts until its day is past. It has a target where a figure and a day are said or, to "
    "learn something, a day; an owner where a post answers for it; evidence where it names a finding about its group, "
    "about a group inside it or about everybody. To learn something needs no evidence: it is to find some. A hole is "
    "one thing that is missing: a principle or an objective of a group; a group, a target, an owner or evidence of an "
    "objective; a group for which a principle holds. A group that only holds other groups needs no objective of its "
    "own where a group inside it has one.",
    "Customer Focused Government (2001), on overarching principles in parallel with targeted objectives for each group",
    ("What is written down is all that there is.",),
)
TYPES = {"learn": "To learn", "achieve": "To achieve"}
PARTS = {"target": "With a target and a day", "owner": "With an owner", "evidence": "With evidence"}
Held = Mapping[str, Mapping[str, Group]]
"""What holds for each group, and by which group it does."""


@question("D1.1", "Which groups have which principles, objectives, targets and owners - and the holes?", version=3)
def matrix(workspace: Workspace, *, on: str = "") -> Answer:
    """Return which principles hold for each group, what is to be learned and achieved for it, and what is missing.

    The checks of the fourth principle find the same holes. It counts records, not people.

    on: the day as of which it is told, as 2026-03-31; left empty, today
    """
    day = date.fromisoformat(on)
    groups, found = workspace.every(Group), tuple(holes(workspace, day))
    by = {group.id: held(workspace, group) for group in groups}
    cells = list(_cells(workspace, day, found, by))
    return Answer(
        sentence=_sentence(workspace, day, found),
        tables={
            "summary": _summary(workspace, day, found),
            "holes": _holes(workspace, found),
            "groups": _groups(workspace, day, found, by),
            "cells": Table.of_rows(CELLS, cells, title="Group by group"),
        },
        pictures=(Matrix("cells", "group", "matter", "found", Sentence(_PICTURE), hole="hole"),)
        if 0 < len(cells) <= MOST_CELLS
        else (),
        caveats=(
            WRITTEN_DOWN,
            Sentence("A principle that holds for a group holds for every group inside it."),
            *([Sentence(TODAYS)] if day < dates.today() else []),
            *([Sentence(TOO_MANY)] if len(cells) > MOST_CELLS else []),
        ),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, groups, "no customer group is written down"),
    )


TODAYS = (
    "Groups, principles and objectives have no day from which they hold: those of today are shown, and the day asked "
    "about says only which objectives were past."
)
TOO_MANY = "There are too many groups and principles for a grid. The last table holds all of it, cell by cell."
_PICTURE = "What holds and what is aimed at for each group"


def _sentence(workspace: Workspace, on: date, found: Sequence[Hole]) -> Sentence:
    if not workspace.every(Group):
        return Sentence("No customer group is written down yet, so there is nothing to lay principles beside.")
    over = any(past(one, on) for one in workspace.every(Objective))
    last = " {summary.past|objective counts|objectives count} no more, as the day is past." if over else ""
    if not found:
        whole = "No hole: every group has a principle and an objective, {summary.groups|group|groups} in all."
        return Sentence(whole + last)
    counted = _counted(found)
    parts = [words for name, words in SAID.items() if counted[name]]
    return Sentence(f"{{summary.holes|hole|holes}} in what is promised and aimed at: {in_a_row(parts)}.{last}")


SAID = {
    "no_principle": "{summary.no_principle|group|groups} without a principle",
    "no_objective": "{summary.no_objective|group|groups} without an objective",
    "lacking": "{summary.lacking|thing|things} that objectives lack",
    "for_nobody": "{summary.for_nobody|principle that holds|principles that hold} for nobody",
}
"""The parts of all holes, each in words; they add up to the whole."""


def _counted(found: Sequence[Hole]) -> dict[str, int]:
    of = Counter(hole.part for hole in found)
    return {
        "no_principle": of["principle"],
        "no_objective": of["objective"],
        "lacking": sum(of[one] for one in LACKS),
        "for_nobody": of["nobody"],
    }


def _summary(workspace: Workspace, on: date, found: Sequence[Hole]) -> Table:
    objectives = workspace.every(Objective)
    row: dict[str, Value] = {
        "groups": len(workspace.every(Group)),
        "principles": len(workspace.every(Principle)),
        "objectives": len(objectives),
        "past": sum(past(one, on) for one in objectives),
        "holes": len(found),
        **_counted(found),
        "incomplete": len({hole.record.id for hole in found if hole.part in LACKS}),
    }
    columns = (
        Column("groups", "number", "groups", "Customer groups"),
        Column("principles", "number", "principles", "Principles"),
        Column("objectives", "number", "objectives", "Objectives"),
        Column("past", "number", "objectives", "Of which past, and no longer counted"),
        Column("holes", "number", "holes", "Holes"),
        Column("no_principle", "number", "holes", "Of which groups without a principle"),
        Column("no_objective", "number", "holes", "Of which groups without an objective"),
        Column("lacking", "number", "holes", "Of which things that objectives lack"),
        Column("for_nobody", "number", "holes", "Of which principles that hold for nobody"),
        Column("incomplete", "number", "objectives", "Objectives that lack something"),
    )
    return Table.of_rows(columns, [row], title="How full the matrix is")


def _holes(workspace: Workspace, found: Sequence[Hole]) -> Table:
    columns = (
        Column("title", "label", title="What it is about"),
        Column("kind", "label", title="Kind"),
        Column("hole", "label", title="What is missing"),
    )
    called = {kind.KIND: names(workspace.every(kind)) for kind in (Group, Objective, Principle)}
    rows: list[dict[str, Value]] = [
        {"title": called[one.record.KIND][one.record.id], "kind": one.record.TITLE, "hole": one.said} for one in found
    ]
    return Table.of_rows(columns, rows, title="The holes")


def _groups(workspace: Workspace, on: date, found: Sequence[Hole], held_by: Held) -> Table:
    """Return each group with its holes and those of its objectives, the fullest of holes first."""
    columns = (
        Column("group", "label", title="Customer group"),
        Column("holes", "number", "holes", "Holes"),
        Column("part_of", "label", title="Part of"),
        Column("status", "label", title="Status"),
        Column("size", "count", "people", "People", base="people", unsaid=NOT_SAID),
        Column("principles", "number", "principles", "Principles that hold"),
        Column("inherited", "number", "principles", "Of which from a group around it"),
        *(Column(name, "number", "objectives", words) for name, words in (TYPES | PARTS).items()),
        Column("past", "number", "objectives", "Past, and no longer counted"),
        Column("people", "base"),
    )
    called = names(workspace.every(Group))
    of_group = Counter(_group_of(hole) for hole in found)
    short = _short(found)
    rows: list[dict[str, Value]] = []
    for group in workspace.every(Group):
        by = held_by[group.id]
        all_own = workspace.naming(Objective, "group", group.id)
        own = [one for one in all_own if not past(one, on)]
        around = workspace.around(group)[1:]
        row: dict[str, Value] = {
            "group": called[group.id],
            "holes": of_group[group.id],
            "part_of": called[around[0].id] if around else "none",
            "status": group.status,
            "size": group.size,
            "people": group.size,
            "principles": len(by),
            "inherited": sum(one is not group for one in by.values()),
            "past": len(all_own) - len(own),
        }
        row |= {name: sum(one.type == name for one in own) for name in TYPES}
        row |= {part: sum(_needs(one, part) and (one.id, part) not in short for one in own) for part in PARTS}
        rows.append(row)
    in_order = sorted(rows, key=lambda row: -int(row["holes"] or 0))
    return Table.of_rows(columns, in_order, disjoint=False, title="The groups, those with most holes first")


CELLS = (
    Column("group", "label", title="Customer group"),
    Column("matter", "label", title="Principle, or kind of objective"),
    Column("found", "label", title="What is written down"),
    Column("hole", "label", title="A hole"),
)


def _cells(workspace: Workspace, on: date, found: Sequence[Hole], held_by: Held) -> Iterator[dict[str, Value]]:
    """Yield what stands in each cell of the matrix: each group's principles, then its objectives."""
    called, principles = names(workspace.every(Group)), names(workspace.every(Principle))
    missing = {(hole.record.id, hole.part) for hole in found if isinstance(hole.record, Group)}
    short = _short(found)
    for group in workspace.every(Group):
        by = held_by[group.id]
        hold = f"{len(by)} {'holds' if len(by) == 1 else 'hold'}" if by else "none holds"
        yield _cell(called[group.id], EVERY_PRINCIPLE, hold, (group.id, "principle") in missing)
        for id, words in principles.items():
            said = (
                "not promised to them"
                if id not in by
                else "holds"
                if by[id] is group
                else f"from '{called[by[id].id]}'"
            )
            yield _cell(called[group.id], words, said, False)
        all_own = workspace.naming(Objective, "group", group.id)
        own = [one for one in all_own if not past(one, on)]
        inner = workspace.naming(Objective, "group", *(one.id for one in inside(workspace, group)))
        below = [one for one in inner if not past(one, on)]
        words = _objectives(own, below, len(all_own))
        yield _cell(called[group.id], EVERY_OBJECTIVE, words, (group.id, "objective") in missing)
        for name, words in TYPES.items():
            of_type = [[one for one in some if one.type == name] for some in (own, below, all_own)]
            said = _objectives(of_type[0], of_type[1], len(of_type[2]))
            yield _cell(called[group.id], words, said, False)
        for part, words in PARTS.items():
            needing = [one for one in own if _needs(one, part)]
            lacking = sum((one.id, part) in short for one in needing)
            yield _cell(called[group.id], words, _whole(len(own), len(needing), lacking), bool(lacking))


EVERY_PRINCIPLE, EVERY_OBJECTIVE = "Principles that hold", "Objectives"


def _objectives(own: Sequence[Objective], below: Sequence[Objective], ever: int) -> str:
    """Return how many objectives a group has that are not past, in words."""
    said = str(len(own)) if own else f"none; {len(below)} for groups inside it" if below else "none"
    return said + (f"; {ever - len(own)} past" if ever > len(own) else "")


def _whole(own: int, needing: int, lacking: int) -> str:
    """Return how many of a group's objectives have a part, in words.

    >>> _whole(3, 2, 1), _whole(1, 0, 0), _whole(0, 0, 0)
    ('1 of 2, 1 without; 1 needs none', '1 needs none', 'no objective')
    """
    said = [f"{needing - lacking} of {needing}" + (f", {lacking} without" if lacking else "")] if needing else []
    free = own - needing
    said += [f"{free} {'needs' if free == 1 else 'need'} none"] if free else []
    return "; ".join(said) or "no objective"


def _needs(objective: Objective, part: str) -> bool:
    return part != "evidence" or objective.type != "learn"


def _short(found: Sequence[Hole]) -> set[tuple[str, str]]:
    """Return the ids of the objectives that lack something, each with what."""
    return {(hole.record.id, hole.part) for hole in found if hole.part in LACKS}


def _group_of(hole: Hole) -> str:
    return hole.record.group if isinstance(hole.record, Objective) else hole.record.id if hole.part != "nobody" else ""


def _cell(group: str, matter: str, found: str, hole: bool) -> dict[str, Value]:
    return {"group": group, "matter": matter, "found": found, "hole": "yes" if hole else "no"}
