"""Small tables and answers to release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from outward.answers import Answer, Basis, Column, Evidence, Level, Method, Sentence, Standing, Table, Value
from outward.disclosure.policies import policy
from outward.disclosure.release import release_table
from outward.disclosure.released import Policy, ReleasedTable

OUTWARD = policy()
NHS = policy("nhs_hes")
NONE = policy("none", "a test")


def counts(cases: list[int], people: list[int] | None = None, **settings: Any) -> Table:
    """A table of groups a, b, c ... with these counts of cases and people."""
    rows: list[Mapping[str, Value]] = [
        {"group": chr(97 + at), "cases": count, "people": (people or cases)[at]} for at, count in enumerate(cases)
    ]
    columns = (Column("group", "label"), Column("cases", "count", "cases"), Column("people", "base"))
    return Table.of_rows(columns, rows, base="people", **{"disjoint": False, **settings})


def one(column: Column, value: Value, *, base: int, policy: Policy = OUTWARD) -> tuple[Value, str | None]:
    """The released value and mark of a single figure about so many people."""
    columns = (Column("group", "label"), column, Column("people", "base"))
    table = Table.of_rows(columns, [{"group": "a", column.name: value, "people": base}], base="people")
    released = release_table(table, policy)
    return released.values[column.name][0], released.marks[column.name][0]


def released(table: Table, policy: Policy = OUTWARD) -> ReleasedTable:
    return release_table(table, policy)


def answer(tables: Mapping[str, Table], **settings: Any) -> Answer:
    made = Answer(
        question="U0.0",
        version=1,
        title="Made up",
        sentence=Sentence("Something."),
        tables=tables,
        method=Method("Counting", "Counted.", "None"),
        evidence=(Evidence("made-up log", "1", "2024-01-17", "2024-12-05", Basis.MADE_UP),),
        standing=Standing(Level.NONE, ("the data is made up",)),
    )
    return replace(made, **settings)
