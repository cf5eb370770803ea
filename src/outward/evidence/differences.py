"""The next extract: what is used again of what was confirmed, and how the file differs from the last one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outward.evidence import store
from outward.evidence.laying import token_sql
from outward.evidence.names import literal
from outward.evidence.readers.naming import one_file
from outward.evidence.tables import Settings, Source

if TYPE_CHECKING:
    import duckdb

    from outward.evidence.store import LaidLog


@dataclass(frozen=True)
class Differences:
    """How a file differs from the last extract of the same data set; exact, for whoever brought it in.

    Attributes:
        name: what the last extract is called.
        before: first and last day of the last extract, ISO; `now` those of this file.
        new_columns: columns that the last extract did not have.
        missing_columns: columns that the last extract used, and this file does not have.
        new_steps: steps that the last extract did not have.
        missing_steps: steps that this file does not have.
        cases_before: cases of the last extract; `vanished` of them are not in this file.
        new_cases: cases that are new in this file.
    """

    name: str
    before: tuple[str, str]
    now: tuple[str, str]
    new_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    new_steps: tuple[str, ...]
    missing_steps: tuple[str, ...]
    cases_before: int
    vanished: int
    new_cases: int


def read(data: dict[str, Any]) -> Differences:
    """Return differences from plain values, as JSON holds them."""
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Differences(**plain)


def carried(last: LaidLog, source: Source, given: Settings) -> Settings:
    """Return what was confirmed of the last extract as far as it fits this file, with what is given over it.

    The day of the extract and whether everyone is in it are matters of each extract, so they are asked
    again. Roles stay confirmed only where every column that played one is there.
    """
    known = last.settings
    roles = {role: column for role, column in known.roles.items() if column in source.columns}
    dates = {column: step for column, step in known.dates.items() if column in source.columns}
    lost = set()
    if len(roles) < len(known.roles):
        lost.add("roles")
    if len(dates) < len(known.dates):
        lost.add("dates")
    first = replace(
        known,
        roles=roles,
        dates=dates,
        keep=tuple(column for column in known.keep if column in source.columns),
        leave_out=tuple(column for column in known.leave_out if column in source.columns),
        extract_date="",
        table=given.table,  # the one that was read
        confirmed=tuple(matter for matter in known.confirmed if matter not in {"extract_date", "coverage", *lost}),
        name=known.name or last.name,
    )
    if given.confirmed:  # put right by hand since: that stands as it is
        return given
    return first


def between(
    last: LaidLog,
    source: Source,
    settings: Settings,
    steps: AbstractSet[str],
    now: tuple[str, str],
    connection: duckdb.DuckDBPyConnection,
) -> Differences:
    """Return how a file differs from the last extract.

    Args:
        last: the last extract.
        source: the opened file.
        settings: what is known about it.
        steps: its steps by their names in the file.
        now: its first and last day, ISO.
        connection: the engine, with the table `seen` of its usable events.
    """
    manifest, used = last.manifest, last.settings
    before = {*used.roles.values(), *used.dates, *manifest.personal, *manifest.left_out}
    before |= {one.name for one in manifest.attributes}
    called = {settings.steps.get(step, step) for step in steps}
    hidden = {step for step, new in used.steps.items() if not new}
    tokens = f"read_parquet({one_file(last.folder / 'tokens.parquet')}, hive_partitioning = false)"
    here = f"SELECT {token_sql(literal(store.key().hex()), 'case')} AS token FROM (SELECT DISTINCT case_id FROM seen)"
    cases_before, vanished, now_cases = connection.execute(
        f"WITH before AS (SELECT token FROM {tokens} WHERE kind = 'case'), here AS ({here}) "
        "SELECT (SELECT count(*) FROM before), (SELECT count(*) FROM before ANTI JOIN here USING (token)), "
        "(SELECT count(*) FROM here)"
    ).fetchall()[0]
    return Differences(
        name=last.name,
        before=last.period,
        now=now,
        new_columns=tuple(column for column in source.columns if column not in before),
        missing_columns=tuple(sorted(before - set(source.columns))),
        new_steps=tuple(sorted(called - set(manifest.activities) - hidden - {""})),
        missing_steps=tuple(sorted(set(manifest.activities) - called)),
        cases_before=cases_before,
        vanished=vanished,
        new_cases=now_cases - (cases_before - vanished),
    )
