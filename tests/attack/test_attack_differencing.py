"""Several answers: an attacker asks for one filter after the other and adds and subtracts what is shown.

A hundred filters by default; a thousand, over more logs, with OUTWARD_EXHAUSTIVE=1. He knows of everybody which
of the shown sets they could be in together, and solves for how many there are, group by group.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from outward.disclosure.audit import SURE, reader_of, small_groups
from outward.disclosure.differencing import atoms, bits_of
from outward.disclosure.policies import policy
from outward.errors import ReleaseRefused
from outward.evidence.releases import admit_sets
from outward.evidence.shown_sets import ShownSets, shown_sets

OUTWARD = policy()
EXHAUSTIVE = os.environ.get("OUTWARD_EXHAUSTIVE") == "1"
FILTERS = 1_000 if EXHAUSTIVE else 120
LOGS = 8 if EXHAUSTIVE else 1

Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class Everyone:
    """So many people with one case each."""

    number: int

    @property
    def numbers(self) -> Mapping[str, int]:
        return {"cases": self.number}

    @property
    def widest(self) -> Mapping[str, int]:
        return {"cases": OUTWARD.threshold - 1}

    def behind(self, figure: str, numbers: NDArray[np.integer]) -> int:
        assert figure == "cases"
        return len(numbers)


class Asker:
    """Somebody who is shown sets until they are refused, each recorded before the next is asked for.

    Attributes:
        sets: what was shown so far, everyone first.
        refused: how many sets were refused.
    """

    def __init__(self, number: int, folder: Path, guarded: bool = True) -> None:
        self.people, self.folder, self.refused, self.guarded = Everyone(number), folder, 0, guarded
        folder.mkdir(exist_ok=True)
        with self._shown() as shown:
            self.sets = [shown.everyone["cases"]]

    def _shown(self) -> AbstractContextManager[ShownSets]:
        return shown_sets(self.folder, self.people.numbers)

    def ask(self, chosen: Chosen) -> None:
        """Ask for these people; too few are never shown."""
        if chosen.sum() < OUTWARD.threshold:
            return
        sets = [{"cases": bits_of(np.flatnonzero(chosen), self.people.number)}]
        try:
            with self._shown() as shown:
                if self.guarded:
                    admit_sets(sets, shown, self.people, OUTWARD)
                else:
                    shown.add(sets[0])
                self.sets += [one["cases"] for one in shown.added]
        except ReleaseRefused:
            self.refused += 1

    def proven(self) -> list[int]:
        """Return the sizes of the small groups that what was shown proves to be there and small."""
        flags, sizes = atoms(self.sets, self.people.number, self.people.number)
        reader, groups = reader_of(flags, sizes, OUTWARD), small_groups(flags, sizes, OUTWARD.threshold)
        found = []
        while len(groups):
            group = groups[0].astype(float)
            fewest, most = reader.world(group), reader.world(-group)
            if fewest @ group > SURE and most @ group < OUTWARD.threshold - SURE:
                found.append(int(group @ sizes))
            groups = groups[1:]
            # Whatever is empty or large in a world that fits all that was shown is not proven either.
            for world in (fewest, most):
                groups = groups[(groups @ world > SURE) & (groups @ world < OUTWARD.threshold - SURE)]
        return found


def filters(seed: int, number: int) -> Iterator[Chosen]:
    """Yield filters over made people: values, one of several values, steps gone through or not, months."""
    dice = np.random.default_rng(seed)
    values = [dice.choice(len(shares), number, p=shares) for shares in ([0.6, 0.25, 0.1, 0.05], [0.7, 0.28, 0.02])]
    steps = [dice.random(number) < share for share in (0.95, 0.8, 0.5, 0.3, 0.1, 0.04)]
    month = dice.integers(0, 12, number)

    def condition() -> Chosen:
        kind, edge = dice.integers(0, 4), dice.integers(0, 12)
        if kind == 0:
            column = values[dice.integers(0, 2)]
            return np.isin(column, dice.choice(column.max() + 1, dice.integers(1, 3), replace=False))
        if kind == 1:
            return month >= edge if dice.random() < 0.5 else month <= edge
        step = steps[dice.integers(0, len(steps))]
        return step if kind == 2 else ~step

    for _ in range(FILTERS):
        yield np.logical_and.reduce([condition() for _ in range(dice.integers(1, 4))])


@pytest.mark.parametrize("seed", range(LOGS))
def test_filter_after_filter_proves_no_small_group(seed: int, tmp_path: Path) -> None:
    number = (120, 300)[seed % 2]
    asker = Asker(number, tmp_path)
    for chosen in filters(seed, number):
        asker.ask(chosen)
    assert len(asker.sets) > 30
    assert asker.refused > 0
    assert asker.proven() == []


def unions(seed: int, number: int = 6) -> Iterator[Chosen]:
    """Yield every 'one of these values' that takes in a small value: one sum for each, all over one unknown."""
    dice = np.random.default_rng(seed)
    sizes = [*dice.integers(15, 90, number - 1).tolist(), 5]
    column = np.repeat(np.arange(number), sizes)
    for held in range(1, number):
        for others in combinations(range(number - 1), held):
            yield np.isin(column, [number - 1, *others])


@pytest.mark.parametrize("seed", range(3 if EXHAUSTIVE else 1))
def test_many_sums_over_one_small_group_are_stopped_before_it_is_proven(seed: int, tmp_path: Path) -> None:
    """No two of these sets differ by few, so that comparing pairs alone would show them all."""
    asked = list(unions(seed))
    guarded, free = (Asker(len(asked[0]), tmp_path / str(guarded), guarded) for guarded in (True, False))
    for chosen in asked:
        guarded.ask(chosen)
        free.ask(chosen)
    assert 5 in free.proven()
    assert guarded.proven() == []
    assert guarded.refused > 0


def test_months_that_begin_and_end_around_a_thin_one_are_stopped_too(tmp_path: Path) -> None:
    month = np.repeat(np.arange(9), [40, 31, 27, 55, 4, 38, 29, 61, 33])
    guarded, free = (Asker(len(month), tmp_path / str(guarded), guarded) for guarded in (True, False))
    for first, last in combinations(range(10), 2):
        chosen = (month >= first) & (month < last)
        if (month[chosen] == 4).any() and first != 4 and last != 5:
            guarded.ask(chosen)
            free.ask(chosen)
    assert guarded.proven() == []
    assert len(guarded.sets) > 5
