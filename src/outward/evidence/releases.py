"""The record of releases: which sets of cases were shown of a data set, so that two answers give nobody away.

It lies with the laid log as `released.bin`, for its owner alone, and goes with it when the log is laid again or
forgotten. It holds numbers of cases as bits, no figures and no filters. A set is on the disk before its answer
is shown, and what a killed process left half-written is not read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from outward.disclosure.differencing import Bits, bits_of, size, tells_of_few
from outward.errors import BadInput, ReleaseRefused
from outward.evidence.locking import locked
from outward.evidence.view import View

FILE = "released.bin"
FIGURES = ("cases", "customers")


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


def admit(view: View, threshold: int) -> None:
    """Record the sets that an answer over this view shows: the chosen cases and each of their groups.

    Args:
        view: the chosen cases; everyone together is always taken as shown.
        threshold: fewest people of whom anything may be told.

    Raises:
        ReleaseRefused: one of them, with one shown before, would tell of fewer people. Nothing is recorded.
    """
    if not (view.narrowed or view.grouped):
        return
    people = People(view, threshold)
    new = _sets(view, people)
    with _record(view.log.folder, people) as record:
        for one in new:
            if any(_tells(one, figure, record, people) for figure in people.numbers):
                raise ReleaseRefused(
                    "Together with what was shown before, this would say something about fewer than "
                    f"{threshold} people. Choose a wider filter, a longer period or other groups."
                )
            record.add(one)


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


def _tells(new: dict[str, Bits], figure: str, record: Record, people: People) -> bool:
    return tells_of_few(
        new[figure],
        lambda place: record.bits(figure, place),
        record.sizes(figure),
        people.threshold,
        people.widest[figure],
        lambda numbers: people.behind(figure, numbers),
    )


class Record:
    """The sets shown so far, everyone first, and those to be added."""

    def __init__(self, rows: NDArray[Any], numbers: dict[str, int]) -> None:
        self.rows = rows
        self.stored = {figure: rows[f"{figure}_size"].astype(np.int64) for figure in numbers}
        self.added: list[dict[str, Bits]] = [
            {figure: bits_of(np.arange(number), number) for figure, number in numbers.items()}
        ]

    def add(self, one: dict[str, Bits]) -> None:
        """Add a set, unless it was shown before."""
        sizes = self.sizes("cases")
        same = np.flatnonzero(sizes == size(one["cases"]))
        if not any(np.array_equal(self.bits("cases", int(place)), one["cases"]) for place in same):
            self.added.append(one)

    def sizes(self, figure: str) -> NDArray[np.integer]:
        """Return how many are in each set."""
        return np.append(self.stored[figure], [size(one[figure]) for one in self.added])

    def bits(self, figure: str, place: int) -> Bits:
        """Return the set at this place."""
        stored = len(self.rows)
        return np.asarray(self.rows[place][figure]) if place < stored else self.added[place - stored][figure]


@contextmanager
def _record(folder: Path, people: People) -> Iterator[Record]:
    """Open the record of a laid log; what is added is on the disk when it closes without an error.

    Raises:
        BadInput: it cannot be read or written, or the log went away.
    """
    kind = _row(people.numbers)
    try:
        with locked(folder / ".released.lock"):
            path = folder / FILE
            rows = _read(path, kind)
            record = Record(rows, people.numbers)
            yield record
            _append(path, kind, len(rows), record.added[1:])
    except OSError as error:
        raise BadInput(
            "What is shown cannot be recorded: the disk is full, or the data set was forgotten meanwhile. Make room, "
            "or bring the file in again."
        ) from error


def _row(numbers: dict[str, int]) -> np.dtype[Any]:
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


def _append(path: Path, kind: np.dtype[Any], held: int, added: Sequence[dict[str, Bits]]) -> None:
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
