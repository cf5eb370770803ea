"""The same row in every group: leaving out a further group's where the whole would give one away.

A question asked by group can be asked without groups too. A path that all groups but one show, and
that the whole shows, leaves the last group's to be worked out.
"""

from __future__ import annotations

from outward.answers import Column, Table
from outward.disclosure.parts import Parts, given_away, wholes
from outward.disclosure.people import behind
from outward.disclosure.pooling import at_rows
from outward.disclosure.released import Policy
from outward.disclosure.rounding import nearest

Key = tuple[object, ...]


def without_rows_across(table: Table, left: Table, policy: Policy) -> Table:
    """Return the rows left without those that would, with the whole, give another group's row away.

    Args:
        table: all rows, in groups by `partition`.
        left: the rows that may be shown so far.
        policy: the rules.
    """
    count = next((column for column in table.columns if _counts_people(column)), None)
    if not (policy.guarded and table.partition and count) or table.small != "drop":
        return left
    groups = len(wholes(table))
    exact, shown = behind(table, count.name), behind(left, count.name)
    sums: dict[Key, float] = {}
    for row, key in enumerate(_keys(table)):
        sums[key] = sums.get(key, 0) + max(0, exact[row])
    same: dict[Key, list[int]] = {}
    for row, key in enumerate(_keys(left)):
        same.setdefault(key, []).append(row)
    gone: set[int] = set()
    for key, rows in same.items():
        parts = sorted((nearest(shown[row], policy.rounding), row) for row in rows)
        gone.update(_given_away(parts, groups - len(rows), nearest(sums[key], policy.rounding), policy))
    return at_rows(left, [row for row in range(len(left)) if row not in gone]) if gone else left


def _counts_people(column: Column) -> bool:
    return column.kind == "count" and column.unit != "events"


def _keys(table: Table) -> list[Key]:
    names = [column.name for column in table.columns if column.kind in ("label", "date")]
    own = [name for name in names if name not in table.partition]
    return [tuple(table.values[name][row] for name in own) for row in range(len(table))]


def _given_away(parts: list[tuple[int, int]], unseen: int, whole: int, policy: Policy) -> list[int]:
    """Return the rows of the smallest parts that have to go too."""
    gone: list[int] = []
    while unseen and parts:
        hidden = Parts(unseen, len(gone), 0, capped=True)
        if not given_away([part for part, _ in parts], whole, hidden, policy):
            break
        gone.append(parts.pop(0)[1])
    return gone
