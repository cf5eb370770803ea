"""What a file seems to hold, before it is laid: for the one person who brought it in, to confirm or put right.

Nothing of this is released: it holds masked examples of columns that do not look personal, every step with
exact counts, and how the file differs from the last extract. It lies beside the file and goes with it.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outward.answers import Basis
from outward.catalogue import Progress
from outward.errors import BadInput, UsageError
from outward.evidence import differences, endings, event_rows, personal, roles, step_list, times
from outward.evidence.columns import profiles
from outward.evidence.differences import Differences
from outward.evidence.engines.embedded import connect, told_plainly
from outward.evidence.manifest import settings_from, write_json
from outward.evidence.names import quoted
from outward.evidence.readers.joining import open_together
from outward.evidence.tables import Settings, Source

if TYPE_CHECKING:
    import duckdb

    from outward.evidence.store import LaidLog

EXAMPLES = 3
LONGEST_EXAMPLE = 24


@dataclass(frozen=True)
class SeenColumn:
    """A column as a person is shown it.

    Attributes:
        name: as in the file.
        examples: a few values, masked; none of a column that looks personal.
        different: how many different values the first rows hold, roughly.
        filled: share of the first rows that are not empty, 0 to 1.
        personal: why it looks personal; '' where it does not.
        dates: how its dates are written, in words; '' where it holds none.
        unused: why it could make no groups; '' where it could.
    """

    name: str
    examples: tuple[str, ...]
    different: int
    filled: float
    personal: str
    dates: str
    unused: str = ""


@dataclass(frozen=True)
class SeenStep:
    """A step by its name in the file: its events, and the cases whose last event it is."""

    name: str
    events: int
    last: int


@dataclass(frozen=True)
class Inspection:
    """What a file seems to hold.

    Attributes:
        fingerprint: SHA-256 of the file.
        columns: its columns in order.
        settings: what was given, completed by guesses.
        why: role to the reason for its guess; dates stand under 'dates'.
        wrong: what stands in the way of laying; '' where nothing does.
        steps: the steps, the most frequent first.
        slips: step that looks misspelt to the step it may stand for.
        cases: cases with a usable event.
        events: usable events.
        aside: reason to the rows set aside for it.
        first: day of the first event, ISO; `last` of the last.
        differences: from the last extract; None where it is the first.
        notes: what the reader said.
    """

    fingerprint: str
    columns: tuple[SeenColumn, ...]
    settings: Settings
    why: Mapping[str, str]
    wrong: str = ""
    steps: tuple[SeenStep, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)
    cases: int = 0
    events: int = 0
    aside: Mapping[str, int] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    differences: Differences | None = None
    notes: tuple[str, ...] = ()


def inspect(
    paths: Sequence[Path], given: Settings, progress: Progress, room: Path, last: LaidLog | None = None
) -> Inspection:
    """Return what a file, or several that make one log, seems to hold under what is given.

    Args:
        paths: the files; they are only read.
        given: what is known about them.
        progress: told how far the work has come; may stop it.
        room: a private folder in which to work; nothing is left there.
        last: the extract before, if this is the next: what was confirmed of it is used again.

    Raises:
        SeveralTables: the first holds several tables, and which is meant is not given.
        BadInput: a file cannot be read at all.
        Cancelled: a person stopped the work.
    """
    with told_plainly(), tempfile.TemporaryDirectory(prefix=".scratch-", dir=room) as name:
        scratch = Path(name)
        connection = connect(scratch)
        try:
            progress.advance(0.05, "reading the file")
            source = open_together(paths, connection, scratch, progress, given.table)
            return _inspected(source, given, progress, connection, last)
        finally:
            connection.close()


def _inspected(
    source: Source, given: Settings, progress: Progress, connection: duckdb.DuckDBPyConnection, last: LaidLog | None
) -> Inspection:
    if last:
        given = differences.carried(last, source, given)
    progress.advance(0.3, "looking at the columns")
    columns = _columns(source, connection)
    progress.advance(0.5, "working out what they mean")
    why = {one.role: one.why for one in roles.guess(source, connection)}
    why |= dict.fromkeys(given.roles, "as it was confirmed before")
    seen = Inspection(source.fingerprint, columns, given, why, notes=source.notes)
    try:
        settings = roles.settle(source, connection, given)
    except (BadInput, UsageError) as error:
        return replace(seen, settings=_halfway(source, given, connection), wrong=_plainly(error))
    progress.advance(0.7, "counting the steps")
    try:
        return _with_steps(replace(seen, settings=settings), source, connection, last)
    except (BadInput, UsageError) as error:
        return replace(seen, settings=settings, wrong=_plainly(error))


def _plainly(error: BadInput | UsageError) -> str:
    """Return what is wrong, without what only the command line can do about it."""
    return re.split(r" Say it with --| Give another column, ", str(error))[0]


def _halfway(source: Source, given: Settings, connection: duckdb.DuckDBPyConnection) -> Settings:
    """Return the settings with those roles that can be guessed, where not all can."""
    guessed = {one.role: one.column for one in roles.guess(source, connection)}
    there = {role: column for role, column in given.roles.items() if column in source.columns}
    return replace(given, roles={**guessed, **there} if "roles" not in given.confirmed else there)


def _columns(source: Source, connection: duckdb.DuckDBPyConnection) -> tuple[SeenColumn, ...]:
    flagged = personal.flag(source, connection)
    found = profiles(source, connection)
    return tuple(
        SeenColumn(
            name,
            () if name in flagged else _examples(source, name, connection),
            found[name].distinct,
            found[name].filled / max(found[name].rows, 1),
            flagged.get(name, ""),
            "" if name in flagged else _dates(source, name, kind, connection),
        )
        for name, kind in source.columns.items()
    )


def _dates(source: Source, column: str, kind: str, connection: duckdb.DuckDBPyConnection) -> str:
    if kind != "VARCHAR" and not times.is_real_time(kind):
        return ""
    style = times.detect(source.relation, column, kind, connection)
    return style.why if style else ""


def _examples(source: Source, column: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    cell = quoted(column)
    rows = connection.execute(
        f"SELECT value FROM (SELECT trim({cell}::VARCHAR) AS value FROM ({source.relation}) "
        f"WHERE {cell} IS NOT NULL LIMIT 2000) WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, value "
        f"LIMIT {4 * EXAMPLES}"
    ).fetchall()
    return tuple(dict.fromkeys(masked(value) for (value,) in rows))[:EXAMPLES]


def masked(value: str) -> str:
    """Return a value's shape: the first sign of every word and number, the others as dots.

    >>> masked("A-2041/North road"), masked("2024-03-31")
    ('A-2•••/N•••• r•••', '2•••-0•-3•')
    """
    hidden = re.sub(r"[^\W\d_]+|\d+", lambda run: run[0][0] + "•" * (len(run[0]) - 1), value)
    return hidden if len(hidden) <= LONGEST_EXAMPLE else hidden[:LONGEST_EXAMPLE] + "…"


def _with_steps(
    seen: Inspection, source: Source, connection: duckdb.DuckDBPyConnection, last: LaidLog | None
) -> Inspection:
    settings = seen.settings
    rows = event_rows.event_rows(source, replace(settings, steps={}), connection)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE seen AS SELECT case_id, activity, time, row_no FROM ({rows.relation}) "
        "WHERE problem IS NULL"
    )
    counted = connection.execute(
        "WITH last AS (SELECT arg_max(activity, (epoch_us(time), row_no)) AS activity FROM seen GROUP BY case_id), "
        "lasts AS (SELECT activity, count(*) AS last FROM last GROUP BY 1) "
        "SELECT activity, count(*) AS events, any_value(coalesce(last, 0)) FROM seen LEFT JOIN lasts "
        "USING (activity) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    steps = tuple(SeenStep(*one) for one in counted)
    if not steps:
        raise BadInput(f"'{source.path.name}' holds no row with a case, an activity and a time that can be read.")
    zone = settings.time_zone.replace("'", "''")
    cases, first, latest = connection.execute(
        f"SELECT count(DISTINCT case_id), min(local)::DATE::VARCHAR, max(local)::DATE::VARCHAR FROM "
        f"(SELECT case_id, time AT TIME ZONE 'UTC' AT TIME ZONE '{zone}' AS local FROM seen)"
    ).fetchall()[0]
    aside = connection.execute(
        f"SELECT problem, count(*) FROM ({rows.relation}) WHERE problem IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    known = {step.name for step in steps}
    kept = {old: new for old, new in settings.steps.items() if old in known}
    settings = replace(settings, steps=kept)
    if not settings.endings and "endings" not in settings.confirmed:
        settings = replace(settings, endings=_endings(steps, kept, cases))
    return replace(
        seen,
        settings=settings,
        steps=steps,
        slips=step_list.slips({step.name: step.events for step in steps}),
        cases=cases,
        events=sum(step.events for step in steps),
        aside=dict(aside) | {one.reason: one.rows for one in (*source.aside, *rows.aside) if one.rows},
        first=first,
        last=latest,
        differences=differences.between(last, source, settings, known, (first, latest), connection) if last else None,
        notes=(*seen.notes, *rows.notes),
        columns=tuple(
            one if one.name in settings.leave_out else replace(one, unused=rows.left_out.get(one.name, ""))
            for one in seen.columns
        ),
    )


def _endings(steps: tuple[SeenStep, ...], renamed: Mapping[str, str], cases: int) -> dict[str, str]:
    names = [renamed.get(step.name, step.name) for step in steps]
    events = {name: sum(s.events for n, s in zip(names, steps, strict=True) if n == name) for name in names if name}
    lasts = {name: sum(s.last for n, s in zip(names, steps, strict=True) if n == name) for name in names if name}
    return endings.guess(events, {name: last for name, last in lasts.items() if last}, cases)


def write_inspection(path: Path, seen: Inspection) -> None:
    """Write an inspection, whole or not at all, for its owner alone."""
    write_json(path, seen)


def read_inspection(path: Path) -> Inspection:
    """Return an inspection that was written.

    Raises:
        BadInput: it is not there (any more).
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput("What was found out about this file is gone. Choose the file again.") from error
    told = data.pop("differences")
    return Inspection(
        **data
        | {
            "settings": settings_from(data["settings"]),
            "columns": tuple(SeenColumn(**one | {"examples": tuple(one["examples"])}) for one in data["columns"]),
            "steps": tuple(SeenStep(**one) for one in data["steps"]),
            "notes": tuple(data["notes"]),
            "differences": differences.read(told) if told else None,
        }
    )


def plain(settings: Settings) -> dict[str, Any]:
    """Return settings as plain values that `settings_from` reads again."""
    return {name: value.value if isinstance(value, Basis) else value for name, value in asdict(settings).items()}
