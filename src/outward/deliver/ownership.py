"""D1.4: which body owns which need, and which does nobody own?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Body, Group, Need
from outward.workspace.meaning.answering import (
    MOST_CELLS,
    NOT_SAID,
    WRITTEN_DOWN,
    evidence_of,
    listed,
    names,
    standing_of,
)
from outward.workspace.meaning.inheritance import chosen_group, needs_of, touching
from outward.workspace.meaning.owning import OWNED, Owned, contradiction, owned, owners

METHOD = Method(
    "Needs by the body that owns them",
    "Each need or concern with the bodies that own it, as it is written down: one body's, shared by several, nobody's, "
    "or not said. Where only bodies are named, one owns it and several share it; a body that is named twice counts "
    "once. Where the word does not fit the bodies, as one body's with none named, what is written down contradicts "
    "itself: it counts as none of these, and for no body. A group has its own needs and those of the groups around it "
    "and inside it.",
    "Customer Focused Government (2001), on strategies for groups that do not fall within any one department",
    ("A body owns a need where it is said to, and not because it happens to meet it.",),
)


@question("D1.4", "Which body owns which need, and which does nobody own?", version=3)
def ownership(workspace: Workspace, *, group: str = "") -> Answer:
    """Return who owns each need or concern, what each body owns, what is shared, nobody's or not said.

    group: id of a customer group, to tell of its needs alone; left empty, all needs
    """
    chosen = chosen_group(workspace, group)
    needs = needs_of(workspace, chosen)
    bodies = list(_bodies(workspace, needs))
    whole = len(needs) * (len(bodies) + 1) <= MOST_CELLS
    return Answer(
        sentence=_sentence(needs, bodies),
        tables={
            "summary": _summary(needs, bodies),
            "bodies": Table.of_rows(BODIES, bodies, title="Body by body"),
            "needs": _needs(workspace, needs),
            "groups": _groups(workspace, chosen),
            "cells": Table.of_rows(CELLS, list(_cells(workspace, needs, whole)), title="Need by need and body by body"),
        },
        pictures=(Matrix("cells", "need", "body", "part", Sentence("Who owns which need"), hole="hole"),)
        if needs and whole
        else (),
        caveats=(WRITTEN_DOWN, *_caveats(needs, whole)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, needs, "no need or concern is written down"),
    )


def _sentence(needs: tuple[Need, ...], bodies: list[dict[str, Value]]) -> Sentence:
    if not needs:
        return Sentence("No need or concern is written down yet.")
    found = Counter(map(owned, needs))
    said = ["{summary.owned|is|are} one body's", "{summary.shared|is|are} shared", "{summary.nobodys|is|are} nobody's"]
    if found["contradicts itself"]:
        said.append("{summary.contradicting|contradicts itself|contradict themselves}")
    if found["not said"]:
        said.append("of {summary.not_said} nobody says")
    words = f"{in_a_row(said)}."
    if any(body["nothing"] == "yes" for body in bodies):
        words += " {summary.idle|body owns|bodies own} none of them."
    return Sentence(f"Of {{summary.needs|need or concern|needs and concerns}} {words}")


SUMMARY: dict[Owned, tuple[str, str]] = {
    "owned": ("owned", "One body's"),
    "shared": ("shared", "Shared"),
    "nobody's": ("nobodys", "Nobody's"),
    "contradicts itself": ("contradicting", "What is said contradicts itself"),
    "not said": ("not_said", "Not said"),
}


def _counted(needs: tuple[Need, ...]) -> dict[str, Value]:
    found = Counter(map(owned, needs))
    return {"needs": len(needs), **{name: found[state] for state, (name, _) in SUMMARY.items()}}


def _counts() -> tuple[Column, ...]:
    return (
        Column("needs", "number", "needs", "Needs and concerns"),
        *(Column(name, "number", "needs", words) for name, words in SUMMARY.values()),
    )


def _summary(needs: tuple[Need, ...], bodies: list[dict[str, Value]]) -> Table:
    columns = (
        *_counts(),
        Column("bodies", "number", "bodies", "Bodies"),
        Column("idle", "number", "bodies", "Bodies that own none"),
    )
    idle = sum(body["nothing"] == "yes" for body in bodies)
    return Table.of_rows(
        columns, [{**_counted(needs), "bodies": len(bodies), "idle": idle}], title="Who owns the needs"
    )


BODIES = (
    Column("body", "label", title="Body"),
    Column("needs", "number", "needs", "Owns, alone or with others"),
    Column("alone", "number", "needs", "Of which alone"),
    Column("shared", "number", "needs", "Of which shared"),
    Column("important", "number", "needs", "Of which of high importance to customers"),
    Column("nothing", "label", title="Owns nothing"),
    Column("contradicting", "number", "needs", "Named where what is said contradicts itself"),
)


def _bodies(workspace: Workspace, needs: tuple[Need, ...]) -> Iterator[dict[str, Value]]:
    """Yield each body with what it owns, the one that owns most first."""
    called = names(workspace.every(Body))
    of_body: dict[str, list[Need]] = {id: [] for id in called}
    for need in needs:
        for id in owners(need):
            of_body[id].append(need)
    rows: list[tuple[int, str, dict[str, Value]]] = []
    for id, named in of_body.items():
        own = [need for need in named if owned(need) in ("owned", "shared")]
        alone = sum(owned(need) == "owned" for need in own)
        row: dict[str, Value] = {
            "body": called[id],
            "needs": len(own),
            "alone": alone,
            "shared": len(own) - alone,
            "important": sum(need.importance == "high" for need in own),
            "nothing": "no" if own else "yes",
            "contradicting": len(named) - len(own),
        }
        rows.append((-len(own), id, row))
    yield from (row for _, _, row in sorted(rows, key=lambda one: one[:2]))


def _needs(workspace: Workspace, needs: tuple[Need, ...]) -> Table:
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("owned", "label", title="Whose it is"),
        Column("bodies", "label", title="Owned by"),
        Column("ground", "label", title="On what ground"),
        Column("importance", "label", title="Importance to customers"),
        Column("groups", "label", title="Whose need"),
        Column("contradiction", "label", title="What does not fit"),
    )
    called, bodies = names(workspace.every(Need)), names(workspace.every(Body))
    groups = names(workspace.every(Group))
    rows: list[dict[str, Value]] = [
        {
            "need": called[need.id],
            "owned": IN_WORDS[owned(need)],
            "bodies": listed([bodies[id] for id in owners(need)], "nobody" if owned(need) == "nobody's" else NOT_SAID),
            "ground": need.owned_ground or NOT_SAID,
            "importance": need.importance or NOT_SAID,
            "groups": listed([groups[id] for id in need.groups]),
            "contradiction": contradiction(need) or "all fits",
        }
        for need in sorted(needs, key=lambda one: (-OWNED.index(owned(one)), one.id))
    ]
    return Table.of_rows(columns, rows, title="Need by need, those that are clearly no body's first")


def _groups(workspace: Workspace, chosen: Group | None) -> Table:
    called = names(workspace.every(Group))
    shown = touching(workspace, chosen) if chosen else called.keys()
    rows: list[dict[str, Value]] = []
    for group in workspace.every(Group):
        if group.id not in shown:
            continue
        rows.append({"group": called[group.id], **_counted(needs_of(workspace, group))})
    return Table.of_rows((Column("group", "label", title="Customer group"), *_counts()), rows, title="Group by group")


IN_WORDS: dict[Owned, str] = {state: state for state in OWNED} | {"owned": "one body's"}
CELLS = (
    Column("need", "label", title="Need or concern"),
    Column("body", "label", title="Body, or whose it is"),
    Column("part", "label", title="Its part"),
    Column("hole", "label", title="No owner that is clear"),
)
WHOSE = "Whose it is"


def _cells(workspace: Workspace, needs: tuple[Need, ...], whole: bool) -> Iterator[dict[str, Value]]:
    """Yield whose each need is, and each body's part in it; in a grid that is not whole, of those with a part alone."""
    called, bodies = names(workspace.every(Need)), names(workspace.every(Body))
    for need in needs:
        state, named = owned(need), set(owners(need))
        clear = state in ("owned", "shared")
        part = {"owned": "owns it", "shared": "shares it"}.get(state, "is named")
        yield {"need": called[need.id], "body": WHOSE, "part": IN_WORDS[state], "hole": "no" if clear else "yes"}
        for id in bodies if whole else owners(need):
            yield {
                "need": called[need.id],
                "body": bodies[id],
                "part": part if id in named else "no part",
                "hole": "no",
            }


def _caveats(needs: tuple[Need, ...], whole: bool) -> Iterator[Sentence]:
    if any(contradiction(need) for need in needs):
        yield Sentence("For some needs what is written down contradicts itself: the table of needs says how.")
    if not whole:
        yield Sentence("There are too many needs and bodies for a grid. The last table holds those with a part alone.")
