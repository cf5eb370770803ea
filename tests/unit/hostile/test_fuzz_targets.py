"""What `make fuzz` runs still runs: each target takes what it starts from, and a little damage to it."""

from __future__ import annotations

import pytest
from numpy.random import default_rng
from tests.fuzz.targets import targets

TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_reads_or_refuses(name: str) -> None:
    run, seeds = TARGETS[name]
    chosen = default_rng(23)
    for seed in seeds:
        run(seed)
        for _ in range(3):
            damaged = bytearray(seed)
            for place in chosen.integers(0, len(seed), 4):
                damaged[place] = chosen.integers(0, 256)
            run(bytes(damaged))
    assert seeds
