"""Annotating a batch of whole cases: each event with the step to the next, in a few array operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

QUARTER_US = 900_000_000  # no zone's midnight lies between the quarters of an hour
MIDNIGHT = time(0)
BINS_A_FACTOR_E = 200
"""Bins of waits while these grow by the factor e."""


@dataclass(frozen=True)
class Batch:
    """The events of some cases, in order of case, time, start and original row.

    Attributes:
        case_no: case of each event (int32), ascending.
        time_us: completion, microseconds since 1970 in UTC (int64).
        activity: code (int16 or int32).
        start_us: start of work where the log has starts; masked where unknown.
        customer: customer of the event where known; masked where not.
        places: codes of channel, resource, organisation; -1 where unknown.
        attributes: codes of attributes (a0, a1 ...); -1 where unknown.
    """

    case_no: NDArray[Any]
    time_us: NDArray[Any]
    activity: NDArray[Any]
    start_us: Any = None
    customer: Any = None
    places: dict[str, NDArray[Any]] = field(default_factory=dict)
    attributes: dict[str, NDArray[Any]] = field(default_factory=dict)

    @property
    def opens(self) -> NDArray[np.bool_]:
        """Whether each event is the first of its case."""
        opens = np.ones(len(self.case_no), bool)
        np.not_equal(self.case_no[1:], self.case_no[:-1], out=opens[1:])
        return opens


@dataclass(frozen=True)
class Annotated:
    """Columns of the events file, the SELECT list that gives them their types, and facts on quality."""

    columns: dict[str, Any]
    select: str
    quality: dict[str, int]


def annotate(batch: Batch, zone: str = "UTC") -> Annotated:
    """Return the events of a batch, each with the step to the next.

    Args:
        batch: whole cases.
        zone: time zone whose midnight tells a bare date.

    >>> batch = Batch(np.array([0, 0, 0]), np.array([0, 60, 90]), np.array([2, 1, 1], np.int16))
    >>> made = annotate(batch).columns
    >>> made["next"].tolist(), made["gap_us"].tolist(), made["first_visit"].tolist()
    ([1, 1, -1], [60, 30, -1], [True, True, False])
    """
    opens = batch.opens
    closes = np.append(opens[1:], True)
    starts = np.flatnonzero(opens)
    lengths = np.diff(np.append(starts, len(opens)))
    position = np.arange(len(opens), dtype=np.int64) - np.repeat(starts, lengths)
    following = np.append(batch.activity[1:], batch.activity[:1])
    following[closes] = -1
    gap = np.append(batch.time_us[1:], batch.time_us[:1]) - batch.time_us
    gap[closes] = -1
    first_visit, first_arc, since_first, extra = _first_times(batch, starts, lengths, following)
    columns: dict[str, Any] = {
        "case_no": batch.case_no,
        "position": position.astype(np.int32),
        "activity": batch.activity,
        "next": following,
        "time_us": batch.time_us,
        "gap_us": gap,
        "first_visit": first_visit,
        "first_arc": first_arc,
        "since_first_us": since_first,
        "extra": extra,
        **batch.places,
    }
    select = (
        "case_no, position, activity, next, make_timestamp(time_us) AS time, "
        "gap_us, wait_bin, first_visit, first_arc, since_first_us, extra"
    )
    wait = gap
    if batch.start_us is not None:
        columns |= _work(batch, closes)
        select += ", nullif(service_us, -1) AS service_us, nullif(wait_us, -1) AS wait_us"
        wait = np.where(columns["wait_us"] >= 0, columns["wait_us"], gap)
    columns["wait_bin"] = _bins(wait)
    select = ", ".join((select, *batch.places))
    return Annotated(columns, select, _quality(batch, opens, gap, zone))


def _bins(wait_us: NDArray[Any]) -> NDArray[np.int16]:
    """Return the bin of each wait, each half a percent wide; -1 where there is no wait.

    >>> _bins(np.array([-1, 0, 86_400_000_000, 86_500_000_000, 90_000_000_000])).tolist()
    [-1, 0, 5036, 5036, 5044]
    """
    bins = np.log(np.maximum(wait_us, 0).astype(np.float32) + np.float32(1)) * BINS_A_FACTOR_E
    return np.where(wait_us < 0, -1, bins).astype(np.int16)


def _work(batch: Batch, closes: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    """Return time at work on each event, and waiting from it to the next start (-1 unknown).

    A start after its completion is a slip of the pen and stands for the completion: service counts as 0.
    """
    known = ~np.ma.getmaskarray(batch.start_us)
    start = np.where(known, np.minimum(np.ma.getdata(batch.start_us), batch.time_us), batch.time_us)
    service = np.where(known, batch.time_us - start, -1)
    next_start, next_known = np.append(start[1:], 0), np.append(known[1:], False)
    wait = np.where(next_known & ~closes, np.maximum(next_start - batch.time_us, 0), -1)
    return {"service_us": service, "wait_us": wait}


def _first_times(
    batch: Batch, starts: NDArray[Any], lengths: NDArray[Any], following: NDArray[Any]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int32]]:
    """Return whether an activity, and a step to the next, occurs for the first time in its case.

    And, where the activity does not, the time since it first did (-1 elsewhere); and at its last time how
    often it was done again (0 elsewhere). Only cases in which two events share a bit of 64 can repeat an
    activity; the others are not sorted.
    """
    first_visit = np.ones(len(batch.case_no), bool)
    first_arc = np.ones(len(batch.case_no), bool)
    since_first = np.full(len(batch.case_no), -1, np.int64)
    extra = np.zeros(len(batch.case_no), np.int32)
    bits = np.left_shift(np.uint64(1), (batch.activity.astype(np.uint64) & np.uint64(63)))
    seen = np.bitwise_or.reduceat(bits, starts)
    suspect = np.repeat(np.bitwise_count(seen) < lengths, lengths)
    where = np.flatnonzero(suspect)
    if len(where):
        case, here, after = batch.case_no[where].astype(np.int64), batch.activity[where], following[where]
        width = int(max(here.max(), after.max())) + 2
        first = _earliest((case - case[0]) * width + here)
        again = np.flatnonzero(first != np.arange(len(first)))
        first_visit[where[again]] = False
        since_first[where[again]] = batch.time_us[where[again]] - batch.time_us[where[first[again]]]
        if len(again):  # a step can only repeat where its activity does
            times = np.bincount(first, minlength=len(first))
            visits = times[first] > 1
            last = np.zeros(len(first), np.int64)
            last[first[again]] = again  # of the visits of one activity in a case the last to be written stands
            extra[where[last[times > 1]]] = times[times > 1] - 1
            number = np.cumsum(visits) - 1  # of each such visit; all of one activity in a case bear the first's
            steps = number[first[visits]] * width + after[visits] + 1
            first_arc[where[visits]] = _earliest(steps) == np.arange(len(steps))
    return first_visit, first_arc, since_first, extra


def _earliest(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each key from 0, the place at which the same key first stands.

    A table of all keys where they are dense enough, else a sort.

    >>> _earliest(np.array([5, 3, 5])).tolist(), _earliest(np.array([5000, 3, 5000])).tolist()
    ([0, 1, 0], [0, 1, 0])
    """
    size = int(keys.max()) + 1
    if size <= 16 * len(keys):
        table = np.empty(size, np.int64)
        table[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)  # of equal keys the last to be written stands
        return np.asarray(table[keys])
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def _quality(batch: Batch, opens: NDArray[np.bool_], gap: NDArray[Any], zone: str) -> dict[str, int]:
    """Return how many events, and in how many cases, tie with the one before, repeat it, or bear a bare date."""
    tied = ~opens
    tied[1:] &= gap[:-1] == 0
    same = tied.copy()
    same[1:] &= batch.activity[1:] == batch.activity[:-1]
    found = {"ties": tied, "duplicates": same, "date_only": _at_midnight(batch.time_us, zone)}
    counts = {fact: int(events.sum()) for fact, events in found.items()}
    starts = np.flatnonzero(opens)
    return counts | {f"{fact}_cases": int(np.logical_or.reduceat(one, starts).sum()) for fact, one in found.items()}


def _at_midnight(time_us: NDArray[Any], zone: str) -> NDArray[np.bool_]:
    """Return whether each time is midnight sharp on the clock of a zone.

    >>> summer = np.array([np.datetime64("2024-06-30T23:00", "us").astype(int), 0])
    >>> _at_midnight(summer, "Europe/London").tolist()
    [True, False]
    """
    sharp = time_us % QUARTER_US == 0
    moments, place = np.unique(time_us[sharp], return_inverse=True)
    clock = ZoneInfo(zone)
    midnight = np.array(
        [datetime.fromtimestamp(moment / 1e6, clock).time() == MIDNIGHT for moment in moments.tolist()], bool
    )
    found = np.zeros(len(time_us), bool)
    found[sharp] = midnight[place]
    return found


def case_columns(batch: Batch, variant: NDArray[Any]) -> dict[str, Any]:
    """Return one row a case: first and last event, number of events, customer, first value of each attribute."""
    opens = batch.opens
    starts = np.flatnonzero(opens)
    lengths = np.diff(np.append(starts, len(opens)))
    ends = starts + lengths - 1
    columns: dict[str, Any] = {
        "case_no": batch.case_no[starts],
        "first": batch.time_us[starts],
        "last": batch.time_us[ends],
        "first_activity": batch.activity[starts],
        "last_activity": batch.activity[ends],
        "events": lengths.astype(np.int32),
        "variant": variant,
    }
    if batch.customer is not None:
        codes = np.where(np.ma.getmaskarray(batch.customer), -1, np.ma.getdata(batch.customer))
        value, _, _ = _first_known(codes, starts, lengths)
        columns["customer"] = value
    for name, codes in (batch.places | batch.attributes).items():
        columns[name], columns[f"varies_{name}"], columns[f"late_{name}"] = _first_known(codes, starts, lengths)
    return columns


def _first_known(
    codes: NDArray[Any], starts: NDArray[Any], lengths: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the first code of each case that is not -1, whether the case holds another one, and whether it came late.

    >>> value, varies, late = _first_known(np.array([-1, 4, 4, 2, 3]), np.array([0, 3]), np.array([3, 2]))
    >>> value.tolist(), varies.tolist(), late.tolist()
    ([4, 2], [False, True], [True, False])
    """
    places = np.arange(len(codes))
    where = np.minimum.reduceat(np.where(codes >= 0, places, len(codes)), starts)
    value = np.where(where < len(codes), codes[np.minimum(where, len(codes) - 1)], -1).astype(codes.dtype)
    other = (codes >= 0) & (codes != np.repeat(value, lengths))
    return value, np.logical_or.reduceat(other, starts), (where > starts) & (where < len(codes))
