"""Two sets, one inside the other, that differ by a few."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.disclosure.differencing import Bits, bits_of, members, size, tells_of_few

EVERYONE = 60


def tells(new: set[int], *shown: set[int]) -> bool:
    sets = [packed(one) for one in shown]
    return tells_of_few(packed(new), sets.__getitem__, np.array([len(one) for one in shown]), 10, 9)


def packed(one: set[int]) -> Bits:
    return bits_of(np.array(sorted(one), int), EVERYONE)


@pytest.mark.parametrize("fewer", range(1, 10))
def test_a_set_and_all_of_it_but_a_few_are_refused_whichever_came_first(fewer: int) -> None:
    whole, part = set(range(40)), set(range(40 - fewer))
    assert tells(part, whole)
    assert tells(whole, part)


def test_a_set_that_differs_by_nobody_or_by_enough_is_let_through() -> None:
    whole = set(range(40))
    assert not tells(whole, whole)
    assert not tells(set(range(30)), whole)


def test_sets_of_nearly_one_size_that_do_not_hold_each_other_are_let_through() -> None:
    assert not tells(set(range(5, 40)), set(range(37)))


def test_people_with_several_cases_are_counted_once() -> None:
    """Twelve cases of three people are few, twelve of twelve are not."""
    whole, part = packed(set(range(40))), packed(set(range(28)))
    for each, few in ((4, True), (1, False)):

        def people(numbers: np.ndarray, each: int = each) -> int:
            return len(set((numbers // each).tolist()))

        assert tells_of_few(part, [whole].__getitem__, np.array([40]), 10, 9 * each, people) is (few and each > 1)


@given(st.lists(st.sets(st.integers(0, EVERYONE - 1)), min_size=1, max_size=5), st.sets(st.integers(0, EVERYONE - 1)))
def test_it_says_what_the_rule_says_of_sets_of_any_kind(shown: list[set[int]], new: set[int]) -> None:
    apart = [(a, b) for a, b in product([new], shown) if a <= b or b <= a]
    assert tells(new, *shown) is any(0 < len(a ^ b) < 10 for a, b in apart)


@given(st.sets(st.integers(0, EVERYONE - 1)))
def test_bits_hold_what_was_put_in(one: set[int]) -> None:
    assert set(members(packed(one)).tolist()) == one
    assert size(packed(one)) == len(one)
