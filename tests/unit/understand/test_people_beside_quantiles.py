"""The people on each side of a path's quantiles, counted one by one over made logs in which some go round a lot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.evidence.view import View, each
from outward.evidence.where import Where
from outward.methods import flows
from outward.understand.times import times

ENOUGH = 3
Passages = dict[tuple[str, str], list[tuple[str, float]]]


def made(seed: int, customers: bool) -> list[Case]:
    """A few steps over and over: many passages of one path by one person."""
    rng = np.random.default_rng(seed)
    log = []
    for number in range(40):
        rounds = int(rng.choice([2, 3, 12], p=[0.6, 0.3, 0.1]))
        days = np.round(np.cumsum(rng.exponential(1.0, rounds)), 3)
        steps = tuple((str(rng.choice(["Apply", "Check", "Pay"])), float(day)) for day in days)
        columns = {"customer": f"c{rng.integers(12)}"} if customers else {}
        log.append(Case(f"{number}", steps, columns))
    return log


def passages(log: list[Case]) -> Passages:
    """Return who waited how long on each path."""
    found: Passages = {}
    for case in log:
        for (here, since), (after, until) in zip(case.steps, case.steps[1:], strict=False):
            found.setdefault((here, after), []).append((case.columns.get("customer", case.id), until - since))
    return found


@pytest.mark.parametrize("customers", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_people_are_counted_wherever_too_few_could_stand_on_a_side(seed: int, customers: bool, tmp_path: Path) -> None:
    log = made(seed, customers)
    counted = 0
    with View.open(laid(tmp_path, log), Where(), smallest_group=ENOUGH) as view:
        sides = flows.sides(view)
        names = {
            (name, after): (0, code, to)
            for code, name in enumerate(view.activities)
            for to, after in enumerate(view.activities)
        }
    for path, waited in passages(log).items():
        people = len({who for who, _ in waited})
        if people < ENOUGH:
            continue  # such a path is not shown
        quantiles = np.quantile([days for _, days in waited], [0.5, 0.9])
        truth = [
            len({who for who, days in waited if (days - limit) * sign >= -1e-9})
            for limit in quantiles
            for sign in (-1, 1)
        ]
        cells = list(flows.side_cells(sides, names[path], people).values())
        if names[path] in sides:
            counted += 1
            assert cells == truth, path
        else:
            assert all(shown < ENOUGH or true >= ENOUGH for shown, true in zip(cells, truth, strict=True)), path
    assert counted > 1


@pytest.mark.parametrize("seed", range(4))
def test_people_beside_the_median_of_a_route_are_counted_one_by_one(seed: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    log = []
    for number in range(60):
        days, one = float(np.round(rng.exponential(5.0), 3)), f"c{int(rng.integers(12) ** 2 / 12)}"
        last = str(rng.choice(["Pay", "Refuse"]))
        log.append(Case(f"{number}", (("Apply", 0.0), (last, days)), {"customer": one}))
    counted = 0
    with View.open(laid(tmp_path, log), Where()) as view:
        flows.count_routes(view)
        found = flows.routes(view, 10)
        for steps, median, below, above in each(found, "steps", "median_days", "below", "above"):
            taken = [case for case in log if case.steps[-1][0] == view.activities[steps[-1]]]
            assert median == pytest.approx(np.median([case.steps[-1][1] for case in taken]))
            for side, people in ((-1, below), (1, above)):
                those = {one.columns["customer"] for one in taken if (one.steps[-1][1] - median) * side >= -1e-9}
                counted += 1
                assert people == len(those)
    assert counted == 4


@pytest.mark.parametrize("customers", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_people_beside_the_median_span_are_counted_one_by_one(seed: int, customers: bool, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    log = []
    for number in range(61):
        whose = int(rng.integers(40))
        quick = whose < 3 or rng.random() < 0.2  # a few customers have most of the quick cases
        days = float(np.round(rng.uniform(1, 2) if quick else rng.uniform(5, 9), 3))
        log += [Case(f"{number}", (("Apply", 0.0), ("Pay", days)), {"customer": f"c{whose}"} if customers else {})]
        if customers and whose < 3:
            log += [Case(f"{number}-{n}", (("Apply", 0.0), ("Pay", 1.0)), {"customer": f"c{whose}"}) for n in range(20)]
    with View.open(laid(tmp_path, log), Where()) as view:
        (row,) = times(view).tables["spans"].rows()
    spans = [(case.columns.get("customer", case.id), case.steps[-1][1]) for case in log]
    middle = float(np.median([days for _, days in spans]))
    assert row["median_days"] == pytest.approx(middle)
    assert row["mean_days"] == pytest.approx(np.mean([days for _, days in spans]))
    assert row["people"] == len({who for who, _ in spans})
    assert row["below"] == len({who for who, days in spans if days <= middle + 1e-9})
    assert row["above"] == len({who for who, days in spans if days >= middle - 1e-9})
