"""Parts of one whole: hiding a further part where the whole would give a hidden one away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from outward.answers import Table
from outward.disclosure.released import Policy
from outward.disclosure.rounding import nearest, number

MOST_SPLIT = 6
"""A count is looked for as the sum of fewer than so many others."""

Counts = dict[str, list[int | None]]
Place = tuple[str, int]


def room(policy: Policy) -> int:
    """Return how many neighbouring values a hidden figure must at least be able to take, less one."""
    return (policy.rounding + 1) // 2


def bounds(released: int, policy: Policy) -> tuple[int, int]:
    """Return the fewest and most that a released count can stand for.

    >>> from outward.disclosure.policies import policy
    >>> bounds(10, policy()), bounds(25, policy())
    ((10, 12), (23, 27))
    """
    half = policy.rounding // 2
    return max(released - half, policy.threshold), released + half


@dataclass(frozen=True)
class Parts:
    """What a reader is taken to know of the hidden parts of one whole: more than a real reader does.

    Attributes:
        small: how many parts are hidden because they are small, which the reader can tell.
        more: how many are hidden beyond those.
        fewest: what a part at least is: 1 where rows stand for people who are there, else 0.
        capped: whether small parts are under the threshold (counts of people and cases, not events).
    """

    small: int
    more: int
    fewest: int
    capped: bool


def given_away(shown: Sequence[int], whole: int, hidden: Parts, policy: Policy) -> bool:
    """Return whether a small part is proven to exist and known to fewer values than a figure shown.

    >>> from outward.disclosure.policies import policy
    >>> given_away([40, 45], 100, Parts(1, 0, 1, True), policy())  # 98 - 42 - 47: exactly nine
    True
    >>> given_away([40, 45], 90, Parts(1, 0, 1, True), policy())
    False
    """
    most_known = policy.threshold - 1
    ends = [bounds(part, policy) for part in shown]
    least, most = bounds(whole, policy)
    least, most = least - sum(high for _, high in ends), most - sum(low for low, _ in ends)
    others_known = not hidden.more and (hidden.capped or hidden.small == 1)
    low = max(hidden.fewest, least - most_known * (hidden.small - 1)) if others_known else hidden.fewest
    high = most - hidden.fewest * (hidden.small - 1) - policy.threshold * hidden.more
    high = min(high, most_known) if hidden.capped else high
    return low >= 1 and high - low < room(policy)


def guard_parts(table: Table, counts: Counts, policy: Policy) -> Counts:
    """Return the released counts with further cells hidden where parts and whole give one away.

    Columns: the rows within each `partition` are taken to add up to a whole that the reader knows,
    rounded. Rows: counts that add up to another count in every row are taken for its parts.
    """
    if not policy.guarded:
        return counts
    guarded = {name: list(cells) for name, cells in counts.items()}
    if table.disjoint:
        for place, name in enumerate(guarded):
            for rows in wholes(table):
                _guard(table, guarded, [(name, row) for row in rows], None, int(place == 0), policy)
    for whole, parts in _splits(table):
        for row in range(len(table)):
            _guard(table, guarded, [(part, row) for part in parts], (whole, row), 0, policy)
    return guarded


def wholes(table: Table) -> list[list[int]]:
    """Return the rows of each whole, in order of first appearance."""
    found: dict[tuple[object, ...], list[int]] = {}
    for row in range(len(table)):
        found.setdefault(tuple(table.values[name][row] for name in table.partition), []).append(row)
    return list(found.values())


def _splits(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    """Return each count with the other counts that it is split into: they add up to it in every row."""
    names = [column.name for column in table.columns if column.kind == "count"]
    return [
        (whole, parts)
        for whole in names
        for size in range(2, min(len(names), MOST_SPLIT))
        for parts in combinations([name for name in names if name != whole], size)
        if _adds_up(table, whole, parts)
    ]


def _adds_up(table: Table, whole: str, parts: tuple[str, ...]) -> bool:
    sums = zip(*(table.values[name] for name in parts), strict=True)
    return len(table) > 0 and all(
        sum(number(value) or 0 for value in cells) == (number(total) or 0)
        for cells, total in zip(sums, table.values[whole], strict=True)
    )


def _guard(table: Table, counts: Counts, cells: list[Place], whole: Place | None, fewest: int, policy: Policy) -> None:
    """Hide the smallest shown parts, one after the other, until no small part is given away."""
    cells = [(name, row) for name, row in cells if table.values[name][row] is not None]
    total = int(sum(number(table.values[name][row]) or 0 for name, row in cells))
    released = counts[whole[0]][whole[1]] if whole else nearest(total, policy.rounding)
    shown = sorted((counts[name][row] or 0, at) for at, (name, row) in enumerate(cells) if counts[name][row])
    small = sum(counts[name][row] is None for name, row in cells)
    if not small or released is None or total < policy.threshold:
        return
    hidden = Parts(small, 0, fewest, capped=table.column(cells[0][0]).unit != "events")
    while shown and given_away([value for value, _ in shown], released, hidden, policy):
        name, row = cells[shown.pop(0)[1]]
        counts[name][row] = None
        hidden = replace(hidden, more=hidden.more + 1)
