"""What every answer from records has in common: its evidence, its standing, what to bear in mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import inf

from outward.answers import Basis, Evidence, Grounds, Sentence, Standing, standing
from outward.workspace.contents import Workspace
from outward.workspace.records import Record

WRITTEN_DOWN = Sentence("It rests on what people wrote down, and cannot tell what they left out.")
"""The caveat of every answer from records."""

NOT_SAID = "not said"
"""What stands where nobody has written anything."""

MOST_CELLS = 2_000
"""Cells of one grid: beyond these nobody finds anything in it."""


def basis_of(workspace: Workspace) -> Basis:
    """Return the basis of a workspace's records: reported, or made-up where the workspace says so."""
    return Basis.MADE_UP if workspace.header.made_up else Basis.REPORTED


def evidence_of(workspace: Workspace) -> Evidence:
    """Return a workspace as the evidence of an answer, with the revision that was asked."""
    return Evidence(workspace.title, workspace.revision, "", "", basis_of(workspace))


def standing_of(workspace: Workspace, records: Sequence[object], lacking: str, doubts: Sequence[str] = ()) -> Standing:
    """Return how far an answer from records can be leaned on.

    Args:
        workspace: the records.
        records: those that the answer is about.
        lacking: why nothing can be told where there are none, a clause.
        doubts: what else stands in the way of leaning on it, each a clause.
    """
    return standing(
        Grounds(
            basis=basis_of(workspace),
            effective_number=inf if records else 0,
            minimum=1,
            doubts=tuple(doubts),
            lacking=lacking,
        )
    )


def names(records: Iterable[Record]) -> dict[str, str]:
    """Return id to title of records of one kind, no two alike; where two would be, the id stands beside the title.

    >>> from outward.workspace.kinds.customers import Group
    >>> names([Group(id="a", title="Young people"), Group(id="b", title="Young people")])
    {'a': 'Young people (a)', 'b': 'Young people (b)'}
    """
    records = list(records)
    shown = {one.id: one.title for one in records}
    while True:
        often = Counter(shown.values())
        with_id = {one.id: f"{one.title} ({one.id})" if often[shown[one.id]] > 1 else shown[one.id] for one in records}
        if with_id == shown:
            return shown
        shown = with_id


def iso(day: date | None) -> str | None:
    """Return a day as a cell of a table; None where it is not said."""
    return day.isoformat() if day else None


def listed(titles: Sequence[str], nothing: str = NOT_SAID) -> str:
    """Return titles as one cell of a table.

    >>> listed(["Letters", "Calls"]), listed([])
    ('Letters; Calls', 'not said')
    """
    return "; ".join(titles) or nothing
