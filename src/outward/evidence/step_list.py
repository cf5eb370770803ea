"""The step list: steps renamed, merged or hidden as a person asked, and steps that are likely misspelt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from outward.errors import UsageError
from outward.evidence.names import literal

if TYPE_CHECKING:
    import duckdb

HIDDEN = "its step is hidden, as a person asked"
SHORTEST = 4
"""Letters that a step needs for a slip in it to be told from another word."""
LONG = 8
"""From so many letters on a slip may be of two letters."""
RARE = 0.05
"""A step is rare beside another when it occurs at most so often in comparison."""


def applied(
    relation: str, steps: Mapping[str, str], connection: duckdb.DuckDBPyConnection
) -> tuple[str, tuple[str, ...]]:
    """Return the relation with each step under its new name and hidden ones set aside, and what to say of it.

    Every step is looked up once, by the name that it has in the file: A=B and B=C do not make C of A.

    Args:
        relation: a query with the columns `activity` and `problem`.
        steps: step of the file to its new name; '' hides it.
        connection: the engine.

    Raises:
        UsageError: the log knows none of these steps, under the old or the new name.
    """
    if not steps:
        return relation, ()
    named = sorted({*steps, *filter(None, steps.values())})
    there = {
        step
        for (step,) in connection.execute(
            f"SELECT DISTINCT activity FROM ({relation}) WHERE activity IN ({_listed(named)})"
        ).fetchall()
    }
    if not there:
        raise UsageError(
            f"There is no step '{next(iter(steps))}' to rename or hide. Write it as it stands in the file."
        )
    hidden = [old for old, new in steps.items() if not new]
    renamed = {old: new for old, new in steps.items() if new}
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in renamed.items())
    columns = [f"CASE activity {cases} ELSE activity END AS activity"] if renamed else []
    if hidden:
        columns.append(
            f"CASE WHEN problem IS NULL AND activity IN ({_listed(hidden)}) THEN {literal(HIDDEN)} "
            "ELSE problem END AS problem"
        )
    return f"SELECT * REPLACE ({', '.join(columns)}) FROM ({relation})", _notes(steps, there)


def _listed(steps: list[str]) -> str:
    return ", ".join(map(literal, steps))


def _notes(steps: Mapping[str, str], there: set[str]) -> tuple[str, ...]:
    """Return what became of the step list in figures; a rare step is never named."""
    renamed = sum(1 for old, new in steps.items() if new and old in there)
    hidden = sum(1 for old, new in steps.items() if not new and old in there)
    missing = sum(1 for old in steps if old not in there)
    said = [f"The step list renames or merges {renamed:,} and hides {hidden:,} of the file's steps."]
    if missing:
        said.append(f"The step list also names {missing:,} that the file does not have.")
    return tuple(said)


def slips(events: Mapping[str, int]) -> dict[str, str]:
    """Return each rare step that looks like a misspelling, with the common step that it may stand for.

    A step is one when it is at most a twentieth as frequent as another whose name is as good as the
    same: equal but for capitals, blanks and marks, or one letter apart (two from eight letters on), a
    swapped pair counting as one. Steps that differ in a digit are never taken for one another.

    Args:
        events: step to the number of its events.

    >>> slips({"Decision sent": 400, "Decsion sent": 3, "Decision 2 sent": 2, "Apply": 500})
    {'Decsion sent': 'Decision sent'}
    """
    known = sorted(events, key=lambda step: (-events[step], step))
    plain = {step: _plain(step) for step in known}
    letters = {step: sum(1 << (ord(letter) % 61) for letter in set(plain[step])) for step in known}
    found: dict[str, str] = {}
    for place, rare in enumerate(known):
        for common in known[:place]:
            if events[rare] > RARE * events[common]:
                break
            if (letters[rare] ^ letters[common]).bit_count() > 4 or common in found:
                continue
            if _is_slip(plain[rare], plain[common]):
                found[rare] = common
                break
    return found


def _plain(step: str) -> str:
    return "".join(re.findall(r"[^\W_]+", step.casefold()))


def _is_slip(rare: str, common: str) -> bool:
    if rare == common:
        return bool(rare)
    shorter = min(len(rare), len(common))
    if shorter < SHORTEST or re.findall(r"\d", rare) != re.findall(r"\d", common):
        return False
    return distance(rare, common) <= (2 if shorter >= LONG else 1)


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, dropped, changed or swapped with the next to get from one to the other.

    The optimal string alignment distance: Boytsov, Indexing methods for approximate dictionary
    searching (2011).

    >>> distance("decide", "decdie"), distance("ab", "abcd")
    (1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]
