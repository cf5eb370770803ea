"""Exact routes: numbering the sequences of activities that cases took, in the order of how common they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from outward.catalogue import Progress
from outward.evidence.annotate import Batch
from outward.evidence.names import literal

if TYPE_CHECKING:
    import duckdb

ROUTES_AT_ONCE = 100_000
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Routes:
    """The routes met so far: their hashes, sequences and counts.

    A 64-bit hash finds the candidate; its sequence is then compared event by event, so that two
    routes are never taken for one: a clash gets the next free hash.
    """

    def __init__(self) -> None:
        self.hashes = np.empty(0, np.uint64)  # ascending
        self.ids = np.empty(0, np.int64)  # route of each hash
        self.lengths = np.empty(0, np.int64)
        self.starts = np.empty(0, np.int64)  # of each route in `flat`
        self.counts = np.zeros(0, np.int64)
        self.flat: NDArray[Any] = np.empty(0, np.int16)
        self.order: NDArray[Any] = np.empty(0, np.int64)

    def number(self, batch: Batch) -> NDArray[np.int64]:
        """Return the provisional route number of each case of the batch.

        >>> batch = Batch(np.array([0, 0, 1, 1]), np.arange(4), np.array([7, 8, 7, 8]))
        >>> Routes().number(batch).tolist()
        [0, 0]
        """
        starts = np.flatnonzero(batch.opens)
        lengths = np.diff(np.append(starts, len(batch.case_no)))
        keys = _hashes(batch.activity, starts, lengths)
        found = np.full(len(starts), -1, np.int64)
        while True:
            todo = np.flatnonzero(found < 0)
            if not len(todo):
                break
            self._meet(keys, todo, starts, lengths, batch.activity)
            candidate = self.ids[np.searchsorted(self.hashes, keys[todo])]
            same = self._same(candidate, starts[todo], lengths[todo], batch.activity)
            found[todo[same]] = candidate[same]
            keys[todo[~same]] += np.uint64(1)
        self.counts += np.bincount(found, minlength=len(self.counts))
        return found

    def _meet(
        self,
        keys: NDArray[np.uint64],
        todo: NDArray[Any],
        starts: NDArray[Any],
        lengths: NDArray[Any],
        flow: NDArray[Any],
    ) -> None:
        """Take in the hashes not met before, each with the sequence of the first case that has it."""
        new, first = np.unique(keys[todo], return_index=True)
        at = np.searchsorted(self.hashes, new)
        known = np.append(self.hashes, new[-1:])[at] == new
        known &= at < len(self.hashes)
        new, first = new[~known], todo[first[~known]]
        if not len(new):
            return
        ids = len(self.lengths) + np.arange(len(new))
        where = np.searchsorted(self.hashes, new)
        self.hashes, self.ids = np.insert(self.hashes, where, new), np.insert(self.ids, where, ids)
        size = lengths[first]
        offsets = len(self.flat) + np.cumsum(size) - size
        self.flat = np.concatenate([self.flat, flow[_spread(starts[first], size)]])
        self.lengths = np.concatenate([self.lengths, size])
        self.starts = np.concatenate([self.starts, offsets])
        self.counts = np.append(self.counts, np.zeros(len(new), np.int64))

    def _same(
        self, candidate: NDArray[np.int64], starts: NDArray[Any], lengths: NDArray[Any], flow: NDArray[Any]
    ) -> NDArray[np.bool_]:
        """Return whether each case's sequence equals its candidate route's, compared event by event."""
        same: NDArray[np.bool_] = self.lengths[candidate] == lengths
        check = np.flatnonzero(same)
        size = lengths[check]
        here = flow if size.sum() == len(flow) else flow[_spread(starts[check], size)]
        there = self.flat[_spread(self.starts[candidate[check]], size)]
        if len(check):
            same[check] = np.logical_and.reduceat(here == there, np.cumsum(size) - size)
        return same

    def finish(self) -> NDArray[np.int32]:
        """Return the final number of each provisional route: by cases, most first, then shorter ones, then by hash."""
        hashes = np.empty(len(self.counts), np.uint64)
        hashes[self.ids] = self.hashes
        self.order = np.lexsort((hashes, self.lengths, -self.counts))
        final = np.empty(len(self.counts), np.int32)
        final[self.order] = np.arange(len(self.counts), dtype=np.int32)
        return final

    def write(self, connection: duckdb.DuckDBPyConnection, path: Path, progress: Progress) -> None:
        """Write one row a route, the most common first; call `finish` before.

        Steps go over as words: the engine splits them into lists faster than it gathers lists from rows.
        """
        sizes, starts = self.lengths[self.order], self.starts[self.order]
        codes = np.arange(self.flat.max(initial=-1) + 1)
        words = codes.astype(str).astype(object)
        told: list[str] = []
        for place in range(0, len(sizes), ROUTES_AT_ONCE):
            progress.advance(0.95, "writing the exact routes")
            some = slice(place, place + ROUTES_AT_ONCE)
            told += [
                " ".join(words[self.flat[start : start + size]])
                for start, size in zip(starts[some].tolist(), sizes[some].tolist(), strict=True)
            ]
        rows = {
            "variant": np.arange(len(sizes), dtype=np.int32),
            "cases": self.counts[self.order].astype(np.int32),
            "length": sizes.astype(np.int32),
            "told": np.array(told, dtype=object),
        }
        connection.register("route_rows", rows)
        connection.execute(
            "COPY (SELECT * EXCLUDE (told), string_split(told, ' ')::INTEGER[] AS steps FROM route_rows) "
            f"TO {literal(path)} (FORMAT parquet, COMPRESSION lz4)"
        )
        connection.unregister("route_rows")


def _hashes(flow: NDArray[Any], starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.uint64]:
    """Return a 64-bit hash of each case's sequence of activities."""
    place = (np.arange(len(flow)) - np.repeat(starts, lengths)).astype(np.uint64)
    mixed = (flow.astype(np.uint64) + np.uint64(1)) * GOLDEN + place * np.uint64(0xD1B54A32D192ED03)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    hashes: NDArray[np.uint64] = np.add.reduceat(mixed, starts)
    return hashes


def _spread(starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Return the places start, start + 1 ... of each run, one after another.

    >>> _spread(np.array([0, 10]), np.array([2, 3])).tolist()
    [0, 1, 10, 11, 12]
    """
    opens = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(lengths.sum()) + np.repeat(starts - opens, lengths), dtype=np.int64)
