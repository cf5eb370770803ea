"""Which of the other columns become attributes of cases, and how numbers become bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from outward.evidence import times
from outward.evidence.columns import NUMERIC
from outward.evidence.names import literal, quoted
from outward.evidence.tables import LONGEST_LABEL, Settings, Source
from outward.evidence.vocabulary import IDS, spoken

if TYPE_CHECKING:
    import duckdb

MOST_ATTRIBUTES = 40
LOOKED_AT = 20_000
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
    cases: int
    distinct: int
    numbers: int
    quartiles: tuple[float, ...]
    longest: int


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
    facts = _facts(source, settings, rest, connection)
    copies = _copies(source, settings, rest, connection)
    for column in rest:
        if reason := copies.get(column) or _unfit(column, facts[column]):
            left_out[column] = reason
    fit = [column for column in rest if column not in left_out]
    fullest = sorted(fit, key=lambda column: -facts[column].filled)[:MOST_ATTRIBUTES]
    left_out.update({c: f"{MOST_ATTRIBUTES} fuller attributes are kept" for c in fit if c not in fullest})
    cells = {c: _cell(source, settings, c, facts[c]) for c in fit if c in fullest}
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
        return _finite(f"{cell}::DOUBLE")
    text = f"replace(replace({cell}, '.', ''), ',', '.')" if settings.decimal_comma else f"replace({cell}, ',', '')"
    return _finite(f"TRY_CAST({text} AS DOUBLE)") if source.columns[column] == "VARCHAR" else "NULL::DOUBLE"


def _finite(number: str) -> str:
    """The number, but none where it is infinite or no number: such have no place among bands."""
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def _facts(
    source: Source, settings: Settings, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> dict[str, _Facts]:
    case, numeric = quoted(settings.roles["case"]), _numeric(source, settings, columns, connection)
    cells = ["count(*)"]
    for column in columns:
        name, number = quoted(column), _number(source, settings, column) if column in numeric else "NULL::DOUBLE"
        cells.append(f"count({name}), approx_count_distinct({case}) FILTER ({name} IS NOT NULL)")
        cells.append(f"approx_count_distinct({name}), count({number})")
        cells.append(f"approx_quantile({number}, [0.25, 0.5, 0.75])")
        cells.append(f"max(strlen({name}))" if source.columns[column] == "VARCHAR" else "0")
    row = connection.execute(f"SELECT {', '.join(cells)} FROM ({source.relation})").fetchone() or ()
    found = {}
    for place, column in enumerate(columns):
        filled, cases, distinct, numbers, quartiles, longest = row[1 + 6 * place : 7 + 6 * place]
        found[column] = _Facts(filled, cases, distinct, numbers, tuple(quartiles or ()), longest or 0)
    return found


def _numeric(
    source: Source, settings: Settings, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> set[str]:
    """The columns of which some value in the first rows reads as a number: only they are read so in full."""
    if not columns:
        return set()
    cells = ", ".join(f"count({_number(source, settings, column)})" for column in columns)
    first = f"(SELECT * FROM ({source.relation}) LIMIT {LOOKED_AT})"
    row = connection.execute(f"SELECT {cells} FROM {first}").fetchone() or ()
    return {column for column, numbers in zip(columns, row, strict=True) if numbers}


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


def _is_code(column: str) -> bool:
    """Whether a column names things by number ('budget no'); 'number of children' counts them."""
    return bool(CODES & set(spoken(column))) and "of" not in spoken(column)


def _is_banded(column: str, facts: _Facts) -> bool:
    is_number = facts.filled > 0 and facts.numbers >= 0.99 * facts.filled
    return is_number and facts.distinct > BANDED_FROM and not _is_code(column)


def _unfit(column: str, facts: _Facts) -> str:
    if not facts.filled:
        return "it is empty"
    if facts.longest > LONGEST_LABEL:
        return f"it holds text of over {LONGEST_LABEL:,} characters"
    if facts.distinct <= 1:
        return "it has one value only"
    if _is_banded(column, facts):
        return ""
    if facts.distinct > MOST_VALUES:
        return f"it has over {MOST_VALUES:,} different values"
    if facts.distinct > facts.cases / 2 and (facts.distinct > BANDED_FROM or _is_code(column)):
        return "it tells most cases apart"
    return ""


def _cell(source: Source, settings: Settings, column: str, facts: _Facts) -> str:
    if _is_banded(column, facts):
        return bands_sql(_number(source, settings, column), facts.quartiles)
    return f"{quoted(column)}::VARCHAR"


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
    names = [f"up to {cuts[0]}", *(f"{low} to {high}" for low, high in pairwise(cuts))]
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
