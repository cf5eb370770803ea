"""Putting the events of a batch in order of case, time, start and original row."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

UNKNOWN_START = np.iinfo(np.int64).min  # comes before every start that is known


def in_order(
    case_no: NDArray[Any], row_no: NDArray[np.int64], time_us: NDArray[np.int64], start_us: Any = None
) -> NDArray[np.int64]:
    """Return the places of events in order of case, time, start (unknown ones first) and row.

    Rows mostly lie in order of time already. So they are put in order of case and row, in one sort of
    plain numbers, and only the cases that are then out of order in time are sorted in full.

    Args:
        case_no: case of each event, from 0.
        row_no: row of each in the file, no two alike.
        time_us: its completion, microseconds.
        start_us: its start where the log has starts; masked where unknown.

    >>> in_order(np.array([1, 0, 1]), np.array([1, 2, 3]), np.array([60, 5, 30])).tolist()
    [1, 2, 0]
    """
    by_row = None if np.all(row_no[1:] > row_no[:-1]) else np.argsort(row_no, kind="stable")
    case = (case_no if by_row is None else case_no[by_row]).astype(np.int64)
    if not len(case):
        return case
    bits = len(case).bit_length()
    packed = ((case - case.min()) << bits) | np.arange(len(case))
    packed.sort()
    order: NDArray[np.int64] = packed & ((1 << bits) - 1)
    order = order if by_row is None else by_row[order]
    start = None if start_us is None else np.ma.filled(start_us, UNKNOWN_START)
    jumbled = _cases_out_of_order(case_no[order], time_us[order], None if start is None else start[order])
    places = np.flatnonzero(jumbled)
    if len(places):
        some = order[places]
        keys = (row_no[some], *([] if start is None else [start[some]]), time_us[some], case_no[some])
        order[places] = some[np.lexsort(keys)]
    return order


def _cases_out_of_order(
    case_no: NDArray[Any], time_us: NDArray[np.int64], start_us: NDArray[np.int64] | None
) -> NDArray[np.bool_]:
    """Return, for each event, whether some event of its case comes before one that it should follow."""
    back = time_us[1:] < time_us[:-1]
    if start_us is not None:
        back |= (time_us[1:] == time_us[:-1]) & (start_us[1:] < start_us[:-1])
    same = case_no[1:] == case_no[:-1]
    if not np.any(back & same):
        return np.zeros(len(case_no), bool)
    opens = np.append(0, np.flatnonzero(~same) + 1)
    wrong = np.logical_or.reduceat(np.append(False, back & same), opens)
    return np.repeat(wrong, np.diff(np.append(opens, len(case_no))))
