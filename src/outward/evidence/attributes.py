"""Which of the other columns become attributes of cases, and how numbers become bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outward.evidence import times
from outward.evidence.columns import NUMERIC
from outward.evidence.names import literal, quoted
from outward.evidence.tables import Settings, Source
from outward.evidence.vocabulary import IDS, spoken

if TYPE_CHECKING:
    import duckdb

MOST_ATTRIBUTES = 40
MOST_VALUES = 1000
BANDED_FROM = 30
CODES = IDS | {"code", "index"}


@dataclass(frozen=True)
class Attributes:
    """SQL cells of the kept attributes by column, and the columns left out with the reason."""

    cells: Mapping[str, str]
    left_out: Mapping[str, str]


@dataclass(frozen=True)
class _Facts:
    filled: int
    distinct: int
    numbers: int
    quartiles: tuple[float, ...]


def attributes(
    source: Source, settings: Settings, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> Attributes:
    """Return the attributes to keep from these columns, at most 40, numbers as bands.

    Left out are dates, empty columns, those with one value, those with over 1,000 different
    values, those that tell most cases apart, and copies of a column that plays a role. A number with
    more than 30 different values becomes up to four bands, cut at its quartiles.

    Args:
        source: the opened file.
        settings: the roles, and whether numbers have a decimal comma.
        columns: the columns that play no role and are not personal.
        connection: the engine.
    """
    left_out = {c: reason for c in columns if (reason := _dated(source, c, connection))}
    rest = [column for column in columns if column not in left_out]
    facts, cases = _facts(source, settings, rest, connection)
    copies = _copies(source, settings, rest, connection)
    cells: dict[str, str] = {}
    for column in rest:
        banded = _is_number(column, facts[column])
        reason = copies.get(column) or _unfit(facts[column], cases, banded)
        if not reason and len(cells) >= MOST_ATTRIBUTES:
            reason = f"{MOST_ATTRIBUTES} attributes are kept already"
        if reason:
            left_out[column] = reason
        else:
            cells[column] = _cell(source, settings, column, facts[column], banded)
    return Attributes(cells, left_out)


def _dated(source: Source, column: str, connection: duckdb.DuckDBPyConnection) -> str:
    kind = source.columns[column]
    if times.is_real_time(kind):
        return "it holds dates"
    found = times.detect(source.relation, column, kind, connection) if kind == "VARCHAR" else None
    return "it holds dates" if found else ""


def _number(source: Source, settings: Settings, column: str) -> str:
    cell = quoted(column)
    if NUMERIC.match(source.columns[column]):
        return f"{cell}::DOUBLE"
    text = f"replace(replace({cell}, '.', ''), ',', '.')" if settings.decimal_comma else f"replace({cell}, ',', '')"
    return f"TRY_CAST({text} AS DOUBLE)" if source.columns[column] == "VARCHAR" else "NULL::DOUBLE"


def _facts(
    source: Source, settings: Settings, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> tuple[dict[str, _Facts], int]:
    cells = [f"approx_count_distinct({quoted(settings.roles['case'])})"]
    for column in columns:
        name, number = quoted(column), _number(source, settings, column)
        cells.append(f"count({name}), approx_count_distinct({name}), count({number})")
        cells.append(f"approx_quantile({number}, [0.25, 0.5, 0.75])")
    row = connection.execute(f"SELECT {', '.join(cells)} FROM ({source.relation})").fetchone() or (0,)
    found = {}
    for place, column in enumerate(columns):
        filled, distinct, numbers, quartiles = row[1 + 4 * place : 5 + 4 * place]
        found[column] = _Facts(filled, distinct, numbers, tuple(quartiles or ()))
    return found, row[0]


def _copies(
    source: Source, settings: Settings, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> dict[str, str]:
    """The columns that repeat a column with a role, row by row."""
    pairs = [(c, role) for c in columns for role in settings.roles.values() if source.columns[role] == "VARCHAR"]
    if not pairs:
        return {}
    cells = ", ".join(f"bool_and({quoted(c)}::VARCHAR IS NOT DISTINCT FROM {quoted(role)})" for c, role in pairs)
    # Nearly all pairs differ in the first rows; only those that agree there are compared in full.
    agree = _agreeing(f"SELECT {cells} FROM (SELECT * FROM ({source.relation}) LIMIT 2000)", pairs, connection)
    if not agree:
        return {}
    cells = ", ".join(f"bool_and({quoted(c)}::VARCHAR IS NOT DISTINCT FROM {quoted(role)})" for c, role in agree)
    agree = _agreeing(f"SELECT {cells} FROM ({source.relation})", agree, connection)
    return {column: f"it is the same as '{role}'" for column, role in agree}


def _agreeing(
    query: str, pairs: Sequence[tuple[str, str]], connection: duckdb.DuckDBPyConnection
) -> list[tuple[str, str]]:
    row = connection.execute(query).fetchone() or ()
    return [pair for pair, same in zip(pairs, row, strict=True) if same]


def _is_number(column: str, facts: _Facts) -> bool:
    """Whether a column counts or measures; one that numbers things ('budget no') does not."""
    if CODES & set(spoken(column)) and "of" not in spoken(column):
        return False
    return facts.filled > 0 and facts.numbers >= 0.99 * facts.filled and facts.distinct > BANDED_FROM


def _unfit(facts: _Facts, cases: int, banded: bool) -> str:
    if not facts.filled:
        return "it is empty"
    if facts.distinct <= 1:
        return "it has one value only"
    if banded:
        return ""
    if facts.distinct > MOST_VALUES:
        return f"it has over {MOST_VALUES:,} different values"
    if facts.distinct > max(BANDED_FROM, cases / 2):
        return "it tells most cases apart"
    return ""


def _cell(source: Source, settings: Settings, column: str, facts: _Facts, banded: bool) -> str:
    if not banded:
        return f"{quoted(column)}::VARCHAR"
    return bands_sql(_number(source, settings, column), facts.quartiles)


def bands_sql(number: str, quartiles: Sequence[float]) -> str:
    """Return SQL that gives the band of a number: 'up to 35', '35 to 120', 'over 120'.

    A number that is a cut itself belongs to the band below it. Cuts are rounded to two figures
    where they stay apart, so that bands read well.

    Args:
        number: a SQL expression.
        quartiles: the cuts, in order; equal ones count once.

    >>> bands_sql("x", [35, 35, 120])
    "CASE WHEN x <= 35 THEN 'up to 35' WHEN x <= 120 THEN '35 to 120' WHEN x > 120 THEN 'over 120' END"
    """
    cuts = _rounded(quartiles)
    names = [f"up to {cuts[0]}", *(f"{low} to {high}" for low, high in zip(cuts, cuts[1:], strict=False))]
    whens = [f"WHEN {number} <= {cut.replace(',', '')} THEN {literal(n)}" for cut, n in zip(cuts, names, strict=True)]
    last = cuts[-1].replace(",", "")
    return f"CASE {' '.join(whens)} WHEN {number} > {last} THEN {literal(f'over {cuts[-1]}')} END"


def _rounded(quartiles: Sequence[float]) -> list[str]:
    exact = sorted(set(quartiles))
    for figures in (2, 3, 4):
        shown = [_plain(float(f"{cut:.{figures}g}")) for cut in exact]
        if len(set(shown)) == len(exact):
            return shown
    return [_plain(cut) for cut in exact]


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,f}".rstrip("0")
