"""Events of a batch come in order of case, time, start and row, whatever the order of the file."""

from __future__ import annotations

import numpy as np
import pytest

from outward.evidence.in_order import UNKNOWN_START, in_order


@pytest.mark.parametrize("starts", [False, True])
@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("sorted_times", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_it_is_the_order_of_a_full_sort(seed: int, sorted_times: bool, shuffled: bool, starts: bool) -> None:
    rng = np.random.default_rng(seed)
    events = int(rng.integers(1, 400))
    case = rng.integers(5, 5 + rng.integers(1, 60), events).astype(np.int32)
    time = rng.integers(0, 30, events)  # many ties
    time = np.sort(time) if sorted_times else time
    row = rng.permutation(events * 3)[:events] if shuffled else np.sort(rng.permutation(events * 3)[:events])
    start = np.ma.masked_array(rng.integers(0, 30, events), rng.random(events) < 0.3) if starts else None
    began = np.zeros(events, np.int64) if start is None else np.ma.filled(start, UNKNOWN_START)
    assert in_order(case, row, time, start).tolist() == np.lexsort((row, began, time, case)).tolist()


def test_no_events_are_no_places() -> None:
    empty = np.empty(0, np.int64)
    assert in_order(empty, empty, empty).tolist() == []
