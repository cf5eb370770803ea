"""The groups that an attribute makes of the chosen cases: the largest apart, small ones pooled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outward.errors import UsageError
from outward.evidence.manifest import BESIDE_EVENTS

if TYPE_CHECKING:
    import duckdb

    from outward.evidence.store import LaidLog

GROUPS_AT_MOST = 12
OTHERS, NOT_KNOWN, ALL = "other", "not known", "all"


def column_of(log: LaidLog, attribute: str) -> tuple[str, tuple[str, ...]]:
    """Return the column of an attribute and its values by code."""
    if attribute in log.manifest.places and attribute != "resource":
        return attribute, log.manifest.places[attribute]
    for one in log.manifest.attributes:
        if one.name == attribute:
            return one.column, one.values
    raise UsageError.unknown("attribute", attribute, log.attributes, f" in '{log.name}'")


def groups_of(
    log: LaidLog, meant: str, by: str, smallest: int, connection: duckdb.DuckDBPyConnection
) -> tuple[tuple[str, ...], str]:
    """Return the groups' labels by place, and the SQL that gives a case its place."""
    if not by:
        return (ALL,), "0"
    column, values = column_of(log, by)
    counted = "count(DISTINCT customer)" if log.manifest.has_customer else "count(*)"
    found = connection.execute(
        f"SELECT {column}, {counted} FROM all_cases WHERE {meant} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    known = [code for code, _ in found if code >= 0]
    enough = {code for code, people in found if people >= smallest}
    kept = [code for code in known if code in enough][:GROUPS_AT_MOST]
    unknown = any(code < 0 for code, _ in found)
    apart = unknown and -1 in enough
    pooled = [code for code in known if code not in kept] + ([-1] if unknown and not apart else [])

    def people(codes: list[int]) -> int:
        chosen = f"{column} IN ({', '.join(map(str, codes))})"
        query = f"SELECT {counted} FROM all_cases WHERE ({meant}) AND {chosen}"
        return int(connection.execute(query).fetchall()[0][0])

    while kept and pooled and people(pooled) < smallest:
        pooled.append(kept.pop())
    labels = [values[code] for code in kept]
    places = [f"WHEN {code} THEN {place}" for place, code in enumerate(kept)]
    if pooled:
        labels.append(OTHERS if OTHERS not in labels else f"{OTHERS} groups")
    if apart:
        places.append(f"WHEN -1 THEN {len(labels)}")
        labels.append(NOT_KNOWN if NOT_KNOWN not in labels else "not recorded")
    return tuple(labels), f"CASE {column} {' '.join(places)} ELSE {len(kept)} END" if places else "0"


def beside_events(log: LaidLog, by: str, code: str) -> str:
    """Return the SQL of a case's group from what is laid beside its events; '' where its attribute is not."""
    if not by:
        return code
    column, _ = column_of(log, by)
    return code.replace(f"CASE {column} ", f"CASE case_{column} ", 1) if laid_beside(log, by) else ""


def laid_beside(log: LaidLog, attribute: str) -> bool:
    """Return whether the case's value of an attribute is laid beside each of its events."""
    return len(column_of(log, attribute)[1]) <= BESIDE_EVENTS
