"""Adjusted p-values against the published example, SciPy and the definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from outward.methods.corrections import benjamini_hochberg, holm

PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_example_of_benjamini_and_hochberg_finds_four_and_holm_three() -> None:
    assert int(np.sum(benjamini_hochberg(PAPER) <= 0.05)) == 4
    assert int(np.sum(holm(PAPER) <= 0.05)) == 3


@given(P_VALUES)
def test_benjamini_hochberg_agrees_with_scipy(p_values: list[float]) -> None:
    assert benjamini_hochberg(p_values) == pytest.approx(stats.false_discovery_control(p_values), abs=1e-12)


@given(P_VALUES, st.floats(0.001, 0.5))
def test_holm_rejects_what_his_procedure_does(p_values: list[float], level: float) -> None:
    rejected: set[int] = set()
    for step, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        if p_values[place] * (len(p_values) - step) > level:
            break
        rejected.add(place)
    assert {int(place) for place in np.flatnonzero(holm(p_values) <= level)} == rejected


@given(P_VALUES)
def test_adjusting_never_makes_a_p_value_smaller(p_values: list[float]) -> None:
    found, strict = benjamini_hochberg(p_values), holm(p_values)
    assert np.all(found >= np.array(p_values) * (1 - 1e-12))
    assert np.all(strict >= found * (1 - 1e-12))
    assert np.all(strict <= 1)


def test_comparisons_that_could_not_be_made_do_not_count() -> None:
    found = holm([0.01, np.nan, 0.03])
    assert np.isnan(found[1])
    assert found[[0, 2]].tolist() == holm([0.01, 0.03]).tolist()
    assert np.isnan(benjamini_hochberg([np.nan])).all()
