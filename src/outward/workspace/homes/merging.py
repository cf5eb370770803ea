"""Two people have changed one record at once: what can be put together by itself, and what cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outward.workspace.fields import Field, fields_of
from outward.workspace.homes.home import Values
from outward.workspace.records import EMPTY, kind_of


@dataclass(frozen=True)
class Clash:
    """One field that both have changed, each to something else."""

    field: Field
    was: Any
    theirs: Any
    yours: Any


@dataclass(frozen=True)
class Merged:
    """What came of putting two changes of one record together.

    Attributes:
        values: the record with both changes in it; where they clash it holds yours.
        theirs: the fields that only the other person has changed.
        both: the lists of records that both have changed, with both changes in them.
        clashes: the fields on which somebody must decide.
    """

    values: dict[str, Any]
    theirs: tuple[Field, ...]
    both: tuple[Field, ...]
    clashes: tuple[Clash, ...]


def merge(kind: str, was: Values, theirs: Values, yours: Values) -> Merged:
    """Return two changes of one record put together, field by field.

    Args:
        kind: name of the record's kind.
        was: the plain values that both began with.
        theirs: the plain values that stand there now.
        yours: the plain values that are to stand there.

    >>> merged = merge("need", {"title": "Speed"}, {"title": "Speed", "notes": "a"}, {"title": "Quick"})
    >>> merged.values, merged.clashes
    ({'title': 'Quick', 'notes': 'a'}, ())
    """
    values: dict[str, Any] = {}
    only, both, clashes = [], [], []
    for field in fields_of(kind_of(kind)):
        before, their, your = (one.get(field.name) for one in (was, theirs, yours))
        chosen = your
        if your == before and their != before:
            chosen = their
            only.append(field)
        elif before not in (your, their) and your != their:
            if field.to and field.several:
                chosen = _together(before or [], their or [], your or [])
                both.append(field)
            else:
                clashes.append(Clash(field, before, their, your))
        if chosen not in EMPTY:
            values[field.name] = chosen
    return Merged(values, tuple(only), tuple(both), tuple(clashes))


def _together(was: list[str], theirs: list[str], yours: list[str]) -> list[str]:
    """Return a list of ids with what either has added, and without what either has taken out."""
    kept = [id for id in theirs if id in yours or id not in was]
    return kept + [id for id in yours if id not in was and id not in theirs]
