"""The record of releases: which sets of cases were shown of a data set.

It lies with the laid log as `released.bin`, for its owner alone, and goes with it when the log is laid again or
forgotten. It holds numbers of cases and customers as bits, no figures and no filters. A set is on the disk before
its answer is shown, and what a killed process left half-written is not read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from outward.disclosure.differencing import Bits, bits_of, shared, size
from outward.disclosure.entangled import Span
from outward.errors import BadInput
from outward.locking import locked

FILE = "released.bin"
SPANS_AT_MOST = 8
_spans: dict[tuple[str, str, int], tuple[NDArray[Any], Span]] = {}
"""How the sets of a record add up, with the checksums of the rows that were read: worked out once a process."""

Sets = Mapping[str, Bits]
"""One set as bits: of cases and, where customers are known, of customers."""


class ShownSets:
    """The sets shown so far: everyone at place 0, those on the disk, those that are new."""

    def __init__(self, folder: Path, rows: NDArray[Any], numbers: Mapping[str, int]) -> None:
        self.folder, self.rows = folder, rows
        self.everyone: Sets = {figure: bits_of(np.arange(number), number) for figure, number in numbers.items()}
        self.added: list[Sets] = []

    @property
    def new(self) -> range:
        """The places of the sets that are not on the disk yet."""
        return range(1 + len(self.rows), 1 + len(self.rows) + len(self.added))

    def add(self, one: Sets) -> None:
        """Add a set, unless it was shown before."""
        same = np.flatnonzero(self.sizes("cases") == size(one["cases"]))
        if not any(np.array_equal(self.bits("cases", int(place)), one["cases"]) for place in same):
            self.added.append(one)

    def sizes(self, figure: str) -> NDArray[np.integer]:
        """Return how many are in each set."""
        added = [size(one[figure]) for one in self.added]
        return np.array([size(self.everyone[figure]), *self.rows[f"{figure}_size"].tolist(), *added], np.int64)

    def bits(self, figure: str, place: int) -> Bits:
        """Return the set at a place."""
        if place == 0:
            return self.everyone[figure]
        stored = place - 1
        if stored < len(self.rows):
            return np.asarray(self.rows[stored][figure])
        return self.added[stored - len(self.rows)][figure]

    def span(self, figure: str, threshold: int) -> Span:
        """Return how the sets nearly add up to one another.

        Args:
            figure: 'cases' or 'customers'.
            threshold: fewest people of whom anything may be told.
        """
        key, checks = (str(self.folder), figure, threshold), np.array(self.rows["check"])
        read, span = _spans.pop(key, (checks[:0], Span(threshold**2)))
        if not np.array_equal(read, checks[: len(read)]):
            span = Span(threshold**2)
        self._extend(span, figure, 1 + len(self.rows))
        _spans[key] = (checks, span.copy())
        for old in list(_spans)[:-SPANS_AT_MOST]:
            del _spans[old]
        self._extend(span, figure, self.new.stop)
        return span

    def _extend(self, span: Span, figure: str, until: int) -> None:
        sizes = self.sizes(figure)
        for place in range(len(span.leaning), until):
            one = self.bits(figure, place)
            before = [shared(one, self.everyone[figure][None]), shared(one, self.rows[figure][: max(0, place - 1)])]
            before += [shared(one, other[figure][None]) for other in self.added]
            span.add(np.concatenate(before)[:place], int(sizes[place]))


@contextmanager
def shown_sets(folder: Path, numbers: Mapping[str, int]) -> Iterator[ShownSets]:
    """Open the record of a laid log; sets added are on the disk when it closes without an error.

    Args:
        folder: of the laid log.
        numbers: how many cases there are and, where customers are known, how many customers.

    Raises:
        BadInput: it cannot be read or written, or the log went away.
    """
    kind, path = _row(numbers), folder / FILE
    try:
        with locked(folder / ".released.lock"):
            shown = ShownSets(folder, _read(path, kind), numbers)
            yield shown
            _append(path, kind, len(shown.rows), shown.added)
    except OSError as error:
        raise BadInput(
            "What is shown cannot be recorded: the disk is full, or the data set was forgotten meanwhile. Make room, "
            "or bring the file in again."
        ) from error


def _row(numbers: Mapping[str, int]) -> np.dtype[Any]:
    """Return how one set lies on the disk: its checksum, its sizes, its bits."""
    sizes = [(f"{figure}_size", "<u4") for figure in numbers]
    bits = [(figure, "u1", (-(-number // 8),)) for figure, number in numbers.items()]
    return np.dtype([("check", "<u4"), *sizes, *bits])


def _read(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the sets on the disk, without a torn end."""
    held = path.stat().st_size // kind.itemsize if path.exists() else 0
    if not held:
        return np.empty(0, kind)
    rows = np.memmap(path, kind, mode="r", shape=(held,))
    while held and _check(rows[held - 1]) != rows[held - 1]["check"]:
        held -= 1
    return rows[:held]


def _append(path: Path, kind: np.dtype[Any], held: int, added: Sequence[Sets]) -> None:
    if not added:
        return
    rows = np.zeros(len(added), kind)
    for row, one in zip(rows, added, strict=True):
        for figure, bits in one.items():
            row[figure], row[f"{figure}_size"] = bits, size(bits)
        row["check"] = _check(row)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(held * kind.itemsize)
        file.seek(0, os.SEEK_END)
        file.write(rows.tobytes())
        file.flush()
        os.fsync(file.fileno())


def _check(row: Any) -> int:
    return crc32(row.tobytes()[4:])
