"""The groups that a question looks at: those it was asked by, or those of every attribute in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from outward.errors import ReleaseRefused
from outward.evidence.grouping import GROUPS_AT_MOST, column_of
from outward.evidence.view import View
from outward.methods.durations import grid
from outward.understand.groups import compares, formed_later

ATTRIBUTES_AT_MOST = 12
T = TypeVar("T")


@dataclass(frozen=True)
class Grouping(Generic[T]):
    """What was found of the groups of one attribute, or why they were not looked at."""

    found: Sequence[T]
    left_out: str = ""


def each_grouping(view: View, looked: Callable[[View], Sequence[T]]) -> Iterator[Grouping[T]]:
    """Yield what is found in the groups of a view; where it has none, in those of each attribute.

    Args:
        view: the chosen cases.
        looked: gives what there is to find; asked only where groups can be tested.

    Attributes of more than a dozen values, and those beyond the first dozen, are left out, as are groups
    formed by something that came later.
    """
    if view.grouped:
        yield Grouping(looked(view) if compares(view) else ())
        return
    names = [name for name in view.log.attributes if 2 <= len(column_of(view.log, name)[1]) <= GROUPS_AT_MOST]
    many = len(view.log.attributes) - len(names)
    if many:
        yield Grouping((), f"Not looked at: {_attributes(many)} with one value alone, or more than {GROUPS_AT_MOST}.")
    if names[ATTRIBUTES_AT_MOST:]:
        yield Grouping(
            (), f"Not looked at: {_attributes(len(names) - ATTRIBUTES_AT_MOST)} beyond the first {ATTRIBUTES_AT_MOST}."
        )
    for name in names[:ATTRIBUTES_AT_MOST]:
        yield _grouped(view, name, looked)


def _attributes(number: int) -> str:
    return f"{number} attribute" + ("s" if number > 1 else "")


def _grouped(view: View, name: str, looked: Callable[[View], Sequence[T]]) -> Grouping[T]:
    try:
        with view.grouped_by(name) as one:
            if formed_later(one):
                return Grouping((), f"Not looked at: '{name}', as it is often recorded only later in a case.")
            return Grouping(looked(one) if compares(one) else ())
    except ReleaseRefused:
        said = "as with what was shown before it would tell of a few people"
        return Grouping((), f"Not looked at: '{name}', {said}.")


def followed_for(view: View, days: float = inf) -> int:
    """Return these days, or a round number of fewer for which at least half of the cases were followed.

    Args:
        view: the chosen cases.
        days: days wanted.
    """
    ((middle,),) = view.rows("SELECT quantile_disc(followed, 0.5) FROM cases")
    return int(days) if middle >= days else max(1, int(grid(middle)[-1]))
