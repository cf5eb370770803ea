"""Small maps in which nearly every path is shown: where balance tells most of what is left out."""

from __future__ import annotations

import numpy as np
import pytest

from outward.disclosure.exposure import interval, programme
from outward.disclosure.flows import Path, could_be_fewer, leeway, without_small_paths
from outward.disclosure.policies import policy
from tests.unit.disclosure.test_release_flows import Flow, paths, table

OUTWARD = policy()


def dense_flow(seed: int) -> Flow:
    """All paths between one to three steps, a fifth of them rare, in balance at every step."""
    dice = np.random.default_rng(seed)
    while True:
        steps = "ABC"[: int(dice.integers(1, 4))]
        rare = {(a, b): dice.random() < 0.2 for a in ("▶", *steps) for b in steps}
        flow = {pair: int(dice.integers(1, 10) if few else dice.integers(10, 40)) for pair, few in rare.items()}
        ends = {
            (step, "■"): sum(times if pair[1] == step else 0 for pair, times in flow.items())
            - sum(times if pair[0] == step else 0 for pair, times in flow.items())
            for step in steps
        }
        if min(ends.values()) >= 0:
            return flow | {pair: times for pair, times in ends.items() if times}


@pytest.mark.parametrize("seed", range(60))
def test_no_rare_path_of_a_dense_map_is_known_to_fewer_than_four_values(seed: int) -> None:
    flow = dense_flow(seed)
    left = without_small_paths(table(flow), OUTWARD)
    pairs = set(zip(left.values["from_step"], left.values["to_step"], strict=True))
    known = programme(paths(flow), [path for path in paths(flow) if path.pair in pairs], OUTWARD)
    for path in _few(flow):
        least, most = interval([path.pair], known)
        assert least < 1 or most - least >= 3


@pytest.mark.parametrize("seed", range(60))
def test_what_changing_places_shows_the_solver_confirms(seed: int) -> None:
    flow = dense_flow(seed)
    seen = [path for path in paths(flow) if not path.few]
    known = programme(paths(flow), seen, OUTWARD)
    left = leeway(seen, paths(flow), OUTWARD)
    for path in _few(flow):
        assert not could_be_fewer(path, left, OUTWARD) or interval([path.pair], known)[0] == 0


def _few(flow: Flow) -> list[Path]:
    return [path for path in paths(flow) if path.few]
