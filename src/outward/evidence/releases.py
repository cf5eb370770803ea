"""Releases of a data set held against each other: a request that would, with one shown before, tell of few is refused.

Shown are sets of cases: those that a filter chooses, and those of each group. Everyone together always counts as
shown. Two rules, see `docs/decisions/0026-answers-are-held-against-each-other.md`: no two sets of which one holds
the other differ by a few, and where several sets nearly add up to one another a linear programme finds nothing.
Both hold for cases and, where customers are known, for customers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from outward.disclosure.differencing import Bits, atoms, bits_of, tells_of_few
from outward.disclosure.released import Policy
from outward.errors import ReleaseRefused
from outward.evidence.shown_sets import Sets, ShownSets, shown_sets
from outward.evidence.view import View

SETS_AT_MOST = 400
KINDS_AT_MOST = 400
"""Sets, and kinds of members of them, that a linear programme settles within a fraction of a second."""


class Behind(Protocol):
    """Who stands behind the sets of a data set."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """How many cases there are and, where they are known, customers."""

    @property
    def widest(self) -> Mapping[str, int]:
        """Most of each that fewer people than the threshold can have."""

    def behind(self, figure: str, numbers: NDArray[np.integer]) -> int:
        """Return how many people stand behind these cases (or customers)."""


@dataclass(frozen=True)
class People:
    """Who is in a data set: how many cases and customers, and whose case is whose.

    Attributes:
        view: the open view.
        threshold: fewest people of whom anything may be told.
    """

    view: View
    threshold: int

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many there are of each figure."""
        ((cases, customers),) = self.view.rows("SELECT max(case_no) + 1, max(customer) + 1 FROM all_cases")
        return {"cases": cases, "customers": customers} if self._known else {"cases": cases}

    @property
    def _known(self) -> bool:
        return self.view.log.manifest.has_customer

    @cached_property
    def widest(self) -> dict[str, int]:
        """Most of each figure that fewer people than the threshold can have."""
        few = self.threshold - 1
        if not self._known:
            return {"cases": few}
        held = f"SELECT count(*) AS held FROM all_cases GROUP BY customer ORDER BY held DESC LIMIT {few}"
        ((cases,),) = self.view.rows(f"SELECT sum(held)::BIGINT FROM ({held})")
        return {"cases": int(cases), "customers": few}

    def behind(self, figure: str, numbers: NDArray[np.integer]) -> int:
        """Return how many people stand behind these cases (or customers)."""
        if figure == "customers" or not self._known:
            return len(numbers)
        chosen = ", ".join(map(str, numbers.tolist()))
        ((people,),) = self.view.rows(f"SELECT count(DISTINCT customer) FROM all_cases WHERE case_no IN ({chosen})")
        return int(people)


def admit(view: View, policy: Policy) -> None:
    """Record the sets that an answer over this view shows: the chosen cases and each of their groups.

    Args:
        view: the chosen cases; everyone together is always taken as shown.
        policy: under how many people nothing may be told, and how counts are rounded.

    Raises:
        ReleaseRefused: one of them, with one shown before, would tell of fewer people. Nothing is recorded.
    """
    if not (view.narrowed or view.grouped):
        return
    people = People(view, policy.threshold)
    with shown_sets(view.log.folder, people.numbers) as shown:
        admit_sets(_sets(view, people), shown, people, policy)


def admit_sets(new: Sequence[Sets], shown: ShownSets, people: Behind, policy: Policy) -> None:
    """Add sets to those that were shown.

    Raises:
        ReleaseRefused: with those shown before they would tell of fewer people than the threshold.
    """
    for one in new:
        if any(_tells(one, figure, shown, people, policy.threshold) for figure in people.numbers):
            raise _refused(policy.threshold)
        shown.add(one)
    if any(_adds_up(figure, number, shown, policy) for figure, number in people.numbers.items()):
        raise _refused(policy.threshold)


def _refused(threshold: int) -> ReleaseRefused:
    return ReleaseRefused(
        f"Together with what was shown before, this would say something about fewer than {threshold} people. "
        "Choose a wider filter, a longer period or other groups."
    )


def _sets(view: View, people: People) -> list[dict[str, Bits]]:
    """Return the sets of a view: all chosen cases, then each group."""
    columns = view.columns("SELECT case_no, customer, grp FROM cases")
    chosen = [np.ones(len(columns["grp"]), bool)]
    chosen += [columns["grp"] == grp for grp in range(len(view.groups))] if view.grouped else []
    whose = {"cases": columns["case_no"], "customers": columns["customer"]}
    return [
        {figure: bits_of(whose[figure][which], number) for figure, number in people.numbers.items()}
        for which in chosen
        if which.any()
    ]


def _tells(new: Sets, figure: str, shown: ShownSets, people: Behind, threshold: int) -> bool:
    return tells_of_few(
        new[figure],
        lambda place: shown.bits(figure, place),
        shown.sizes(figure),
        threshold,
        people.widest[figure],
        lambda numbers: people.behind(figure, numbers),
    )


def _adds_up(figure: str, number: int, shown: ShownSets, policy: Policy) -> bool:
    """Return whether counts of sets that nearly add up to one another give a small group away, the new ones among them.

    Where the sets have too many kinds of members for a quick answer, the nearest of them are looked at.
    """
    span = shown.span(figure, policy.threshold)
    tied = [place for place in shown.new if span.leaning[place]]
    if not tied:
        return False
    from outward.disclosure.audit import gives_away  # as it loads a solver

    places = span.entangled(tied, SETS_AT_MOST)
    flags, sizes = atoms([shown.bits(figure, place) for place in places], number, KINDS_AT_MOST)
    return gives_away(flags, sizes, policy)
