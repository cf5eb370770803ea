"""From a source and its settings to one relation of events: long logs, start and complete rows, wide tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outward.evidence import pairing, personal, step_list, times
from outward.evidence.attributes import attributes
from outward.evidence.names import literal, quoted, unique
from outward.evidence.tables import LONGEST_LABEL, EventRows, SetAside, Settings, Source

if TYPE_CHECKING:
    import duckdb

CARRIED = ("customer", "channel", "resource", "organisation")
FIXED = ("row_no", "case_id", "activity", "time", "start", *CARRIED, "problem", "phase", "began", "lone")
NO_CASE, NO_ACTIVITY, NO_TIME = "it names no case", "it names no activity", "it has no date"
TOO_LONG = f"a label of it is longer than {LONGEST_LABEL:,} characters"


Told = tuple[str, bool, tuple[str, ...], tuple[SetAside, ...]]
"""A relation, whether it knows starts, notes, and rows set aside."""


def event_rows(source: Source, settings: Settings, connection: duckdb.DuckDBPyConnection) -> EventRows:
    """Return the events of a source as one relation, each good or with the reason it is set aside.

    Args:
        source: the opened file.
        settings: complete ones, as `roles.settle` gives them.
        connection: the engine.
    """
    flagged = personal.flag(source, connection)
    texts = _texts(source, settings, connection)
    roles = tuple(role for role in CARRIED if role in settings.roles)
    used = {*settings.roles.values(), *settings.dates}
    others = [column for column in source.columns if column not in used]
    hidden = {c: why for c, why in flagged.items() if c in others and c not in settings.keep}
    asked = {c: "a person asked to leave it out" for c in others if c in settings.leave_out}
    rest = [column for column in others if column not in hidden and column not in asked]
    kept = attributes(source, settings, rest, connection)
    names = dict(zip(kept.cells, unique([*FIXED, *kept.cells])[len(FIXED) :], strict=True))
    carried = [f"{texts[role]} AS {role}" for role in roles]
    carried += [f"{cell} AS {quoted(names[column])}" for column, cell in kept.cells.items()]
    carried_sql = "".join(f", {cell}" for cell in carried)
    columns = (*roles, *names.values())
    if settings.dates:
        told: Told = (_wide(source, settings, texts, carried_sql, columns), False, (), ())
    else:
        told = _long(source, settings, texts, carried_sql, columns, connection)
    relation, has_start, notes, aside = told
    relation, said = step_list.applied(relation, settings.steps, connection)
    renamed = [f"The column '{old}' is called '{new}' here." for old, new in names.items() if old != new]
    return EventRows(
        relation,
        has_start,
        roles,
        tuple(names.values()),
        personal=hidden,
        left_out={**asked, **kept.left_out},
        notes=(*notes, *said, *renamed),
        aside=aside,
    )


def _texts(source: Source, settings: Settings, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """SQL of each role's text, trimmed, empty as NULL; as it stands where a Parquet file is tidy already.

    A text file is read once into a copy; a Parquet file is scanned several times, and trimming every
    value anew would take longer than all else.
    """
    columns = {role: quoted(column) for role, column in settings.roles.items()}
    trimmed = {role: f"nullif(trim({column}::VARCHAR), '')" for role, column in columns.items()}
    plain = {role: column for role, column in columns.items() if source.columns[settings.roles[role]] == "VARCHAR"}
    if source.format != "parquet" or not plain:
        return trimmed
    untidy = ", ".join(f"bool_or({c} LIKE ' %' OR {c} LIKE '% ' OR {c} = '')" for c in plain.values())
    found = connection.execute(f"SELECT {untidy} FROM ({source.relation})").fetchone() or ()
    return trimmed | {role: plain[role] for role, dirty in zip(plain, found, strict=True) if not dirty}


def _overlong(settings: Settings, *more: str) -> str:
    """SQL saying whether a label is longer than any label may be; bytes are asked first, for they are known."""
    names = ("case_id", *(role for role in CARRIED if role in settings.roles), *more)
    return " OR ".join(f"(strlen({name}) > {LONGEST_LABEL} AND length({name}) > {LONGEST_LABEL})" for name in names)


def _listed(columns: tuple[str, ...]) -> str:
    return "".join(f", {quoted(column)}" for column in columns)


def _time(source: Source, settings: Settings, column: str) -> str:
    return times.utc_sql(quoted(column), source.columns[column], settings.time_style, settings.time_zone)


def _long(
    source: Source,
    settings: Settings,
    texts: dict[str, str],
    carried: str,
    columns: tuple[str, ...],
    connection: duckdb.DuckDBPyConnection,
) -> Told:
    """One row an event, or a start row and a complete row for each."""
    lifecycle = settings.roles.get("lifecycle")
    counts = pairing.lifecycle_counts(source, lifecycle, connection) if lifecycle else {}
    if lifecycle and pairing.has_pairs(counts):
        return _paired(source, settings, texts, carried, columns, connection, counts)
    has_start = "start" in settings.roles
    start = f", {_time(source, settings, settings.roles['start'])} AS start" if has_start else ""
    inner = _rows(source, settings, texts, carried + start)
    sound = f"start <= time AND ({times.problem_sql('start')}) IS NULL"
    began = f", CASE WHEN {sound} THEN start END AS start" if has_start else ""
    notes = _late_starts(inner, connection) if has_start else ()
    relation = f"SELECT row_no, case_id, activity, time{began}{_listed(columns)}, problem FROM ({inner})"
    return relation, has_start, notes, ()


def _late_starts(rows: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    found = connection.execute(f"SELECT count(*) FROM ({rows}) WHERE start > time AND problem IS NULL").fetchone()
    late = found[0] if found else 0
    return (f"{late:,} events start after they end; their start is taken as unknown.",) if late else ()


def _rows(source: Source, settings: Settings, texts: dict[str, str], more: str, where: str = "") -> str:
    """SQL of the rows of a long log with the case, activity and UTC time of each, and what is wrong with it."""
    roles = settings.roles
    time = quoted(roles["time"])
    read = (
        f"SELECT row_no, {texts['case']} AS case_id, {texts['activity']} AS activity, "
        f"{time} IS NULL AS undated, {_time(source, settings, roles['time'])} AS time{more} "
        f"FROM ({source.relation}){where}"
    )
    problem = (
        f"CASE WHEN case_id IS NULL THEN {literal(NO_CASE)} WHEN activity IS NULL THEN {literal(NO_ACTIVITY)} "
        f"WHEN {_overlong(settings, 'activity')} THEN {literal(TOO_LONG)} "
        f"WHEN undated THEN {literal(NO_TIME)} ELSE {times.problem_sql('time')} END"
    )
    return f"SELECT * EXCLUDE (undated), {problem} AS problem FROM ({read})"


def _paired(
    source: Source,
    settings: Settings,
    texts: dict[str, str],
    carried: str,
    columns: tuple[str, ...],
    connection: duckdb.DuckDBPyConnection,
    counts: dict[str, int],
) -> Told:
    phase = f"lower(trim({quoted(settings.roles['lifecycle'])}::VARCHAR))"
    where = f" WHERE {phase} IN ('{pairing.START}', '{pairing.COMPLETE}')"
    rows = pairing.paired_sql(_rows(source, settings, texts, f"{carried}, {phase} AS phase", where))
    told = connection.execute(
        f"SELECT count(*) FILTER (lone), count(*) FILTER (phase = '{pairing.COMPLETE}' AND began IS NULL "
        f"AND problem IS NULL) FROM ({rows})"
    ).fetchone() or (0, 0)
    relation = (
        f"SELECT row_no, case_id, activity, time, began AS start{_listed(columns)}, problem FROM ({rows}) "
        f"WHERE phase = '{pairing.COMPLETE}' OR problem IS NOT NULL"
    )
    notes = [
        f"{count:,} rows of the kind '{value or 'empty'}' are neither start nor complete and were passed over."
        for value, count in counts.items()
        if value not in (pairing.START, pairing.COMPLETE)
    ]
    if told[1]:
        notes.append(f"{told[1]:,} completions have no start row; when that work began is not known.")
    aside = (SetAside("it is a start without its completion", told[0]),) if told[0] else ()
    return relation, True, tuple(notes), aside


def _wide(source: Source, settings: Settings, texts: dict[str, str], carried: str, columns: tuple[str, ...]) -> str:
    """SQL of a wide table's dates as events; a date left empty is no event."""
    many = len(settings.dates)
    cells = ", ".join(
        f"{{'place': {place}, 'activity': {literal(activity)}, 'written': {quoted(column)}::VARCHAR, "
        f"'time': {_time(source, settings, column)}}}"
        for place, (column, activity) in enumerate(settings.dates.items(), 1)
    )
    # A row without any date stays as one row, so that it is counted and not lost.
    present = f"list_filter([{cells}], lambda event: event.written IS NOT NULL)"
    none = "[{'place': 1, 'activity': NULL::VARCHAR, 'written': NULL::VARCHAR, 'time': NULL::TIMESTAMP}]"
    read = (
        f"SELECT row_no AS original, {texts['case']} AS case_id, {present} AS found{carried} FROM ({source.relation})"
    )
    spread = (
        f"SELECT * EXCLUDE (found), unnest(CASE WHEN len(found) > 0 THEN found ELSE {none} END) AS event FROM ({read})"
    )
    problem = (
        f"CASE WHEN case_id IS NULL THEN {literal(NO_CASE)} WHEN {_overlong(settings)} THEN {literal(TOO_LONG)} "
        f"WHEN event.written IS NULL THEN {literal(NO_TIME)} "
        f"ELSE {times.problem_sql('event.time')} END"
    )
    return (
        f"SELECT (original - 1) * {many} + event.place AS row_no, case_id, event.activity AS activity, "
        f"event.time AS time{_listed(columns)}, {problem} AS problem FROM ({spread})"
    )
