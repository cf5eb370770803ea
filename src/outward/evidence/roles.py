"""Which column plays which part in an event log: guessed from names and content, completed, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from outward.errors import BadInput, UsageError
from outward.evidence import personal, times, wide
from outward.evidence.columns import Profile, exact_distinct, profiles
from outward.evidence.names import quoted
from outward.evidence.tables import ROLES, Guess, Settings, Source
from outward.evidence.vocabulary import by_name

if TYPE_CHECKING:
    import duckdb

LIFECYCLE = frozenset(
    [
        "start",
        "complete",
        "schedule",
        "assign",
        "reassign",
        "suspend",
        "resume",
        "withdraw",
        "autoskip",
        "manualskip",
        "abort",
        "ate_abort",
        "pi_abort",
        "unknown",
    ]
)
LONG_ONLY = ("activity", "time", "start", "lifecycle")
SURE_ENOUGH = 0.3
MOST_ACTIVITIES = 1000
MOST_TEXTS = 100
CASES_COUNTED = 4
"""How many likely case columns are counted over the whole file."""


def guess(source: Source, connection: duckdb.DuckDBPyConnection) -> tuple[Guess, ...]:
    """Return the best column for each role that any column may play, with how surely and why.

    Names count first (English, Dutch, German, French, Spanish and the XES keys), then content: a
    case repeats, an activity has few different values, a time can be read as one. In a wide table
    (one row a case) there is no activity, time or start.

    Args:
        source: the opened file.
        connection: the engine.
    """
    found = profiles(source, connection)
    is_wide = bool(wide.guess(source, connection))
    return _guess(source, connection, found, is_wide)


def _guess(
    source: Source, connection: duckdb.DuckDBPyConnection, found: dict[str, Profile], is_wide: bool
) -> tuple[Guess, ...]:
    roles = [role for role in ROLES if not (is_wide and role in LONG_ONLY)]
    scored = [
        Guess(role, column, by_name(role, column), _name_reason(role, column))
        for role in roles
        for column in source.columns
        if by_name(role, column) > 0
    ]
    if not is_wide:
        scored += _lone_times(source, connection, scored)
    judged = [better for one in scored if (better := _judged(one, source, found, connection))]
    judged = _cases_that_repeat(judged, source, found, connection, is_wide)
    return _one_each(judged)


def _name_reason(role: str, column: str) -> str:
    sure = by_name(role, column) >= 0.8
    return f"the name '{column}' {'is usual' if sure else 'hints'} at {_article(role)}"


def _article(role: str) -> str:
    return f"{'an' if role[0] in 'ao' else 'a'} {role}"


def _lone_times(source: Source, connection: duckdb.DuckDBPyConnection, scored: list[Guess]) -> list[Guess]:
    """The one column that holds times, where no name spoke for any."""
    if any(one.role == "time" for one in scored):
        return []
    kinds = {column: kind for column, kind in source.columns.items() if not column.startswith("case:")}
    timed = [c for c, kind in kinds.items() if times.detect(source.relation, c, kind, connection)]
    if len(timed) != 1:
        return []
    return [Guess("time", timed[0], 0.5, f"'{timed[0]}' is the only column that holds times")]


def _judged(
    one: Guess, source: Source, found: dict[str, Profile], connection: duckdb.DuckDBPyConnection
) -> Guess | None:
    """The guess weighed with what the column holds; None where that speaks against it."""
    profile = found[one.column]
    if not profile.filled:
        return None
    if one.role in ("time", "start"):
        style = times.detect(source.relation, one.column, source.columns[one.column], connection)
        return replace(one, why=f"{one.why}, and {style.why}") if style else None
    if one.role == "activity":
        few = profile.distinct <= min(MOST_ACTIVITIES, max(30, profile.filled // 2))
        words_not_numbers = profile.numbers < 0.5 or one.confidence >= 0.9
        return replace(one, why=f"{one.why}, with few different values") if few and words_not_numbers else None
    if one.role == "lifecycle":
        return one if _values(source, one.column, connection) <= LIFECYCLE else None
    if one.role == "channel":
        return one if profile.distinct <= 60 else None
    if profile.distinct <= 1 and one.role in ("customer", "case") and profile.rows > 1:
        return replace(one, confidence=one.confidence * 0.4)
    return one


def _values(source: Source, column: str, connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        f"SELECT DISTINCT lower({quoted(column)}::VARCHAR) FROM ({source.relation}) "
        f"WHERE {quoted(column)} IS NOT NULL LIMIT 30"
    ).fetchall()
    return {value for (value,) in rows}


def _cases_that_repeat(
    judged: list[Guess],
    source: Source,
    found: dict[str, Profile],
    connection: duckdb.DuckDBPyConnection,
    is_wide: bool,
) -> list[Guess]:
    """The guesses with cases weighed: each row its own case is odd in a log and right in a wide table."""
    cases = sorted((one for one in judged if one.role == "case"), key=lambda one: -one.confidence)[:CASES_COUNTED]
    if len(cases) < 2 and not is_wide:
        return judged
    counts = exact_distinct(source, [one.column for one in cases], connection)
    weighed = []
    for one in cases:
        filled, distinct = counts[one.column]
        repeats = distinct < wide.NEARLY_ALL * filled
        weight = 1.0 if repeats != is_wide else 0.5
        why = "its values repeat from row to row" if repeats else "every row has a value of its own"
        holes = min(1.0, 0.2 + filled / max(found[one.column].rows, 1))
        weighed.append(replace(one, confidence=one.confidence * weight * holes, why=f"{one.why}, and {why}"))
    return [one for one in judged if one.role != "case"] + weighed


def _one_each(judged: list[Guess]) -> tuple[Guess, ...]:
    """The surest guess for each role, no column used twice, in the order of the roles."""
    taken: dict[str, Guess] = {}
    for one in sorted(judged, key=lambda guess: -guess.confidence):
        used = {other.column for other in taken.values()}
        if one.role not in taken and one.column not in used and one.confidence >= SURE_ENOUGH:
            taken[one.role] = replace(one, confidence=round(one.confidence, 2))
    return tuple(taken[role] for role in ROLES if role in taken)


def settle(source: Source, connection: duckdb.DuckDBPyConnection, given: Settings) -> Settings:
    """Return the settings with whatever was not given completed by guesses.

    A role given as '' is played by no column. What was confirmed stays as it was.

    Args:
        source: the opened file.
        connection: the engine.
        given: what a person said, or what was kept from the last extract.

    Raises:
        UsageError: a column, role or time zone that does not exist; the nearest one is offered.
        BadInput: no case, activity or time can be found; the columns and the flags are named.
    """
    _check(source, connection, given)
    is_given_long = any(given.roles.get(role) for role in ("activity", "time"))
    dates = dict(given.dates) or ({} if is_given_long else wide.guess(source, connection))
    found = profiles(source, connection)
    roles = _completed(source, connection, given, found, bool(dates))
    _check_complete(source, roles, bool(dates), connection)
    time_columns = [*dates] or [roles[role] for role in ("time", "start") if role in roles]
    style = given.time_style or _style(source, time_columns, connection)
    comma = given.decimal_comma or _decimal_comma(source, connection)
    return replace(given, roles=roles, dates=dates, time_style=style, decimal_comma=comma)


def _completed(
    source: Source,
    connection: duckdb.DuckDBPyConnection,
    given: Settings,
    found: dict[str, Profile],
    is_wide: bool,
) -> dict[str, str]:
    used = {*given.roles.values(), *given.dates, *given.leave_out}
    guessed = {
        one.role: one.column
        for one in _guess(source, connection, found, is_wide)
        if one.role not in given.roles and one.column not in used
    }
    if is_wide and "case" not in given.roles and (column := wide.case_column(source, found, connection)):
        guessed["case"] = column
    if "roles" in given.confirmed:
        guessed = {}
    roles = {role: column for role, column in {**guessed, **given.roles}.items() if column}
    return {role: roles[role] for role in ROLES if role in roles and not (is_wide and role in LONG_ONLY)}


def _check(source: Source, connection: duckdb.DuckDBPyConnection, given: Settings) -> None:
    for role in given.roles:
        if role not in ROLES:
            raise UsageError.unknown("role", role, ROLES)
    for column in (*given.roles.values(), *given.dates, *given.keep, *given.leave_out):
        if column and column not in source.columns:
            _check_header(source)
            raise UsageError.unknown("column", column, source.columns)
    times.check_zone(given.time_zone, connection)


def _check_complete(
    source: Source, roles: Mapping[str, str], is_wide: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    needed = ("case",) if is_wide else ("case", "activity", "time")
    missing = [role for role in needed if role not in roles]
    if not missing:
        return
    _check_header(source)
    if "time" in missing:
        texts = [column for column, kind in source.columns.items() if kind == "VARCHAR"][:MOST_TEXTS]
        for column in texts:
            if said := times.foreign_months(source.relation, column, connection):
                raise BadInput(said)
    shown = ", ".join(f"'{column}'" for column in list(source.columns)[:40])
    more = f" and {len(source.columns) - 40} more" if len(source.columns) > 40 else ""
    flags = " ".join(f"--role {role}=COLUMN" for role in missing)
    raise BadInput(
        f"It cannot be told which column holds the {' and the '.join(missing)}. The columns are: {shown}{more}. "
        f"Say it with {flags}; for one row a case with several dates, with --date COLUMN=ACTIVITY."
    )


def _check_header(source: Source) -> None:
    """Check, before columns are listed to a person, that they are no values of the first row."""
    if personal.are_values([*source.columns]):
        raise BadInput(
            f"The first row of '{source.path.name}' looks like data, not like the names of columns. "
            "Put a row with the name of each column above it."
        )


def _style(source: Source, columns: list[str], connection: duckdb.DuckDBPyConnection) -> str:
    """The style of the time columns together; '' where they hold real times."""
    styles: dict[str, None] = {}
    for column in columns:
        found = times.detect(source.relation, column, source.columns[column], connection)
        if not found:
            raise BadInput(
                times.foreign_months(source.relation, column, connection)
                or f"The column '{column}' does not hold times that can be read. Give another column, "
                "or say how they are written with --time-style, for example --time-style '%d/%m/%Y %H:%M'."
            )
        styles.update(dict.fromkeys(part for part in found.pattern.split("|") if part))
    return "|".join(styles)


def _decimal_comma(source: Source, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether numbers are written 1.234,5: more columns hold such than the other way."""
    texts = [column for column, kind in source.columns.items() if kind == "VARCHAR"]
    if source.format != "csv" or not texts:
        return False
    cells = ", ".join(
        f"coalesce(bool_and(regexp_matches({quoted(c)}, '^-?[\\d.]*\\d(,\\d+)?$')) "
        f"AND bool_or(regexp_matches({quoted(c)}, ',\\d+$')), false)"
        for c in texts
    )
    row = connection.execute(f"SELECT {cells} FROM (SELECT * FROM ({source.relation}) LIMIT 5000)").fetchone()
    return any(row or ())
