"""The one door: what an answer looks like once small numbers are dealt with.

    rows with too few people -> paths and groups' rows that give others away -> counts rounded, parts
    guarded -> every other figure from those -> the order of rows -> words and pictures

What it protects against, and what not: `docs/decisions/0002-what-release-protects-against.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from outward.answers import HIDDEN, Answer, Column, Mark, Table, Value
from outward.disclosure.across import without_rows_across
from outward.disclosure.cells import released_column, rules
from outward.disclosure.flows import without_small_paths
from outward.disclosure.ordering import said_by_release
from outward.disclosure.pooling import without_small_rows
from outward.disclosure.released import Policy, ReleasedAnswer, ReleasedTable
from outward.disclosure.rounding import plain, significant
from outward.disclosure.wording import caveats_spoken, drawn, spoken, whole_months, withheld


def release(answer: Answer, policy: Policy) -> ReleasedAnswer:
    """Return the answer as it may leave under this policy.

    Deterministic: the same answer under the same policy gives the same figures, so asking again
    tells nothing new. Each answer is checked by itself; what two answers tell together is guarded
    where they are asked, see `outward.evidence.releases`.

    Args:
        answer: what a question gave back; every number in it stands in a table.
        policy: the rules for small numbers, see `outward.disclosure.policies.policy`.
    """
    tables = {name: release_table(table, policy) for name, table in answer.tables.items()}
    leaving = _reworded(answer, tables) if policy.checked else answer
    return ReleasedAnswer(
        question=answer.question,
        version=answer.version,
        title=answer.title,
        sentence=leaving.sentence,
        tables=tables,
        method=answer.method,
        evidence=leaving.evidence,
        basis=answer.basis,
        standing=answer.standing,
        pictures=leaving.pictures,
        caveats=leaving.caveats,
        parameters={name: _parameter(value) for name, value in answer.parameters.items()},
        policy=policy,
        narrowed=answer.narrowed,
    )


def _reworded(answer: Answer, tables: Mapping[str, ReleasedTable]) -> Answer:
    """Return the answer with words, pictures and dates that name nothing that was left out."""
    left_out = withheld(answer.tables, tables)
    return replace(
        answer,
        sentence=spoken(answer.sentence, tables),
        evidence=tuple(whole_months(one) for one in answer.evidence),
        pictures=tuple(drawn(one, tables, left_out, answer.title) for one in answer.pictures),
        caveats=caveats_spoken(answer.caveats, tables),
    )


def release_table(table: Table, policy: Policy) -> ReleasedTable:
    """Return one table as it may leave under this policy."""
    columns = tuple(_shown_column(column, table) for column in table.columns if column.kind not in HIDDEN)
    if not policy.checked:
        return _unchecked(table, columns)
    table = _plain_table(table)
    rows = without_small_paths(table, policy) if table.flow else without_small_rows(table, policy)
    rows = without_rows_across(table, rows, policy)
    under = rules(rows, policy)
    cells = {column.name: released_column(under, table.column(column.name)) for column in columns}
    values = {name: [value for value, _ in column] for name, column in cells.items()}
    order = said_by_release(rows, values)
    return ReleasedTable(
        columns=columns,
        values={name: tuple(column[row] for row in order) for name, column in values.items()},
        marks={name: tuple(column[row][1] for row in order) for name, column in cells.items()},
        title=table.title,
        rows_left_out=len(rows) < len(table),
    )


def _unchecked(table: Table, columns: tuple[Column, ...]) -> ReleasedTable:
    values = {column.name: tuple(plain(value) for value in table.values[column.name]) for column in columns}
    marks: Mapping[str, tuple[Mark | None, ...]] = {
        name: tuple("x" if value is None else None for value in cells) for name, cells in values.items()
    }
    return ReleasedTable(columns, values, marks, table.title)


def _plain_table(table: Table) -> Table:
    return replace(table, values={name: tuple(map(plain, cells)) for name, cells in table.values.items()})


def _shown_column(column: Column, table: Table) -> Column:
    """Return the column without its pointers to columns that do not leave."""
    hidden = {one.name for one in table.columns if one.kind in HIDDEN}
    of = None if column.of and hidden.intersection(column.of) else column.of
    return replace(column, base="", sides=None, of=of, effect="")


def _parameter(value: Value) -> Value:
    value = plain(value)
    return significant(value, 6) if isinstance(value, float) else value
