"""D1.4: which body owns which need, and which does nobody own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from outward.answers import Answer, Column, Matrix, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Body, Group, Need
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, listed, names, standing_of
from outward.workspace.meaning.inheritance import chosen_group, touching
from outward.workspace.meaning.owning import OWNED, at_odds, owned

METHOD = Method(
    "Needs by the body that owns them",
    "Each need or concern with the bodies that own it, as it is written down: one body's, shared by several, nobody's, "
    "or not said. Where only bodies are named, one owns it and several share it. A group has its own needs and those "
    "of the groups around it.",
    "Customer Focused Government (2001), on strategies for groups that do not fall within any one department",
    ("A body owns a need where it is said to, and not because it happens to meet it.",),
)
TITLE = "Which body owns which need, and which does nobody own?"


@question("D1.4", TITLE)
def ownership(workspace: Workspace, *, group: str = "") -> Answer:
    """Return who owns each need or concern, which are shared, which are nobody's and of which nobody says.

    group: id of a customer group, to tell of its needs alone; left empty, all needs
    """
    chosen = chosen_group(workspace, group)
    needs = tuple(one for one in workspace.every(Need) if not chosen or set(one.groups) & touching(workspace, chosen))
    return Answer(
        question="D1.4",
        version=1,
        title=TITLE,
        sentence=_sentence(needs),
        tables={
            "summary": _summary(needs),
            "needs": _needs(workspace, needs),
            "groups": _groups(workspace, needs, chosen),
            "cells": Table.of_rows(CELLS, list(_cells(workspace, needs)), title="Need by need and body by body"),
        },
        pictures=(Matrix("cells", "need", "body", "part", Sentence("Who owns which need"), hole="hole"),)
        if needs
        else (),
        caveats=(WRITTEN_DOWN, *_caveats(needs)),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, needs, "no need or concern is written down"),
    )


def _sentence(needs: tuple[Need, ...]) -> Sentence:
    if not needs:
        return Sentence("No need or concern is written down yet.")
    unsaid = any(owned(need) == "not said" for need in needs)
    last = "{summary.nobodys|is|are} nobody's"
    return Sentence(
        "Of {summary.needs|need or concern|needs and concerns} {summary.owned|is|are} one body's, "
        "{summary.shared|is|are} shared"
        + (f", {last}, and of {{summary.not_said}} nobody says." if unsaid else f" and {last}.")
    )


SUMMARY = {"owned": "owned", "shared": "shared", "nobody's": "nobodys", "not said": "not_said"}
HEADINGS = {"owned": "One body's", "shared": "Shared", "nobodys": "Nobody's", "not_said": "Not said"}


def _counted(needs: tuple[Need, ...]) -> dict[str, Value]:
    found = Counter(owned(need) for need in needs)
    return {"needs": len(needs), **{SUMMARY[state]: found[state] for state in OWNED}}


def _counts() -> tuple[Column, ...]:
    return (
        Column("needs", "number", "needs", "Needs and concerns"),
        *(Column(name, "number", "needs", words) for name, words in HEADINGS.items()),
    )


def _summary(needs: tuple[Need, ...]) -> Table:
    columns = (*_counts(), Column("at_odds", "number", "needs", "Where what is written does not fit"))
    row = {**_counted(needs), "at_odds": sum(bool(at_odds(need)) for need in needs)}
    return Table.of_rows(columns, [row], title="Who owns the needs")


def _needs(workspace: Workspace, needs: tuple[Need, ...]) -> Table:
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("owned", "label", title="Whose it is"),
        Column("bodies", "label", title="Owned by"),
        Column("ground", "label", title="On what ground"),
        Column("importance", "label", title="Importance to customers"),
        Column("groups", "label", title="Whose need"),
        Column("at_odds", "label", title="What does not fit"),
    )
    called, bodies = names(workspace.every(Need)), names(workspace.every(Body))
    groups = names(workspace.every(Group))
    rows: list[dict[str, Value]] = [
        {
            "need": called[need.id],
            "owned": owned(need),
            "bodies": listed([bodies[id] for id in need.owned_by], "nobody" if owned(need) == "nobody's" else NOT_SAID),
            "ground": need.owned_ground or NOT_SAID,
            "importance": need.importance or NOT_SAID,
            "groups": listed([groups[id] for id in need.groups]),
            "at_odds": at_odds(need) or "all fits",
        }
        for need in sorted(needs, key=lambda one: (-OWNED.index(owned(one)), one.id))
    ]
    return Table.of_rows(columns, rows, title="Need by need, those that nobody is said to own first")


def _groups(workspace: Workspace, needs: tuple[Need, ...], chosen: Group | None) -> Table:
    called = names(workspace.every(Group))
    rows: list[dict[str, Value]] = []
    for group in workspace.every(Group):
        if chosen and group.id not in touching(workspace, chosen):
            continue
        around = {one.id for one in workspace.around(group)}
        own = tuple(need for need in needs if around.intersection(need.groups))
        rows.append({"group": called[group.id], **_counted(own)})
    return Table.of_rows((Column("group", "label", title="Customer group"), *_counts()), rows, title="Group by group")


CELLS = (
    Column("need", "label", title="Need or concern"),
    Column("body", "label", title="Body"),
    Column("part", "label", title="Its part"),
    Column("hole", "label", title="Owned by nobody"),
)
NOBODY, NOBODY_SAYS = "Nobody", "Not said"


def _cells(workspace: Workspace, needs: tuple[Need, ...]) -> Iterator[dict[str, Value]]:
    """Yield each need beside each body that owns it, and what is nobody's beside 'Nobody'."""
    called, bodies = names(workspace.every(Need)), names(workspace.every(Body))
    columns = [*bodies, "", "?"]
    heads = {**bodies, "": NOBODY, "?": NOBODY_SAYS}
    first = True
    for need in needs:
        state = owned(need)
        parts = dict.fromkeys(need.owned_by, {"owned": "owns it", "shared": "shares it"}.get(state, "is named"))
        parts |= {"": "nobody's"} if state == "nobody's" else {}
        parts |= {"?": "not said"} if state == "not said" or not parts else {}
        for column in columns:
            if first or column in parts:
                hole = "yes" if column in parts and column in ("", "?") else "no"
                yield {"need": called[need.id], "body": heads[column], "part": parts.get(column, ""), "hole": hole}
        first = False


def _caveats(needs: tuple[Need, ...]) -> list[Sentence]:
    if any(at_odds(need) for need in needs):
        return [Sentence("For some needs what is written down does not fit together: the table says where.")]
    return []
