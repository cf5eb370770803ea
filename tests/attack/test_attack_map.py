"""Map, repeats and groups asked together; the attacker solves for every path that was left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outward.disclosure.policies import policy
from outward.disclosure.release import release, release_table
from tests.attack.attacker import START, of_map, proven_small
from tests.attack.made_answers import (
    Case,
    chain_with_detours,
    many_paths,
    random_walks,
    tiny_chain,
    whole_answer,
)

OUTWARD = policy()
LOGS = [
    *((chain_with_detours, seed) for seed in range(8)),
    *((random_walks, seed) for seed in range(8)),
    *((tiny_chain, seed) for seed in range(30)),
]


@pytest.mark.parametrize(("maker", "seed"), LOGS)
def test_no_small_path_can_be_proven(maker: Callable[[int], list[Case]], seed: int) -> None:
    cases = maker(seed)
    asked = whole_answer(cases)
    tables = release(asked, OUTWARD).tables
    steps = sorted({step for case in cases for step in case.steps})
    known = of_map(tables["steps"], tables["paths"], steps, _all(tables["groups"].values["all_cases"]), OUTWARD)
    for row in asked.tables["paths"].rows():
        if int(row["people"] or 0) < OUTWARD.threshold:
            pair = (row["from_step"], row["to_step"])
            for figure in ("times", "cases"):
                assert not proven_small(known.interval({(figure, pair): 1.0}), OUTWARD, width=3)


def _all(cells: tuple[object, ...]) -> object:
    return next((cell for cell in cells if cell is not None), None)


@pytest.mark.parametrize(("maker", "seed"), LOGS[::3])
def test_how_many_left_a_step_on_rare_paths_cannot_be_proven(maker: Callable[[int], list[Case]], seed: int) -> None:
    cases = maker(seed)
    tables = release(whole_answer(cases), OUTWARD).tables
    steps = sorted({step for case in cases for step in case.steps})
    known = of_map(tables["steps"], tables["paths"], steps, _all(tables["groups"].values["all_cases"]), OUTWARD)
    shown = {(row["from_step"], row["to_step"]) for row in tables["paths"].rows()}
    unlisted = [
        name[1] for name in known.limits if isinstance(name, tuple) and name[0] == "times" and name[1] not in shown
    ]
    for step in (START, *steps):
        left: dict[object, float] = {
            ("times", pair): 1.0 for pair in unlisted if isinstance(pair, tuple) and pair[0] == step
        }
        assert not left or not proven_small(known.interval(left), OUTWARD)


def test_little_is_hidden_beyond_the_threshold() -> None:
    enough = shown = 0
    for maker, seed in LOGS:
        asked = whole_answer(maker(seed))
        enough += sum(int(base or 0) >= OUTWARD.threshold for base in asked.tables["paths"].values["people"])
        shown += len(release(asked, OUTWARD).tables["paths"])
    assert shown >= 0.99 * enough


@pytest.mark.parametrize("steps", [47, 100, 1500])
def test_of_two_thousand_paths_all_main_roads_stay(steps: int) -> None:
    paths = many_paths(1, steps, 2000)
    found = release_table(paths, OUTWARD)
    assert len(found) == sum(int(base or 0) >= OUTWARD.threshold for base in paths.values["people"])
