"""The example asked as a person would ask: do the answers cover what was planted?

A few made logs by default; two hundred with OUTWARD_EXHAUSTIVE=1.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from statistics import mean, stdev

import pytest
from scipy.special import stdtrit

from outward.answers import Level
from outward.asking import ask
from outward.catalogue import ROOMS, asked_of

from .asking_again import ASKED, NOT_YET_ASKED, Found, Run, laid, planted, run

EXHAUSTIVE = os.environ.get("OUTWARD_EXHAUSTIVE") == "1"
SEEDS = range(1, 201) if EXHAUSTIVE else range(1, 15)
SIZE = 0.2


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """What the made log of each seed showed, in a store of its own."""
    folder = tmp_path_factory.mktemp("acceptance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTWARD_HOME", str(folder / "home"))
        patch.setenv("OUTWARD_KEY", str(folder / "key"))
        return [run(seed, SIZE, folder / "made") for seed in SEEDS]


def by_truth(runs: list[Run]) -> dict[tuple[str, str], list[Found]]:
    found = defaultdict(list)
    for one in runs:
        for figure in one.found:
            found[figure.truth, figure.group].append(figure)
    return found


def test_every_planted_truth_is_asked_for_or_it_is_said_why_not() -> None:
    asked = {one.truth for one in ASKED}
    assert asked.isdisjoint(NOT_YET_ASKED)
    assert asked | set(NOT_YET_ASKED) == set(planted())


def test_a_truth_is_left_out_only_as_long_as_its_question_is_missing() -> None:
    for truth, why in NOT_YET_ASKED.items():
        if why.endswith("is not in the catalogue"):
            assert planted()[truth]["question"] not in ROOMS, f"{truth} can be asked for now"


def test_every_group_of_every_truth_is_answered(runs: list[Run]) -> None:
    found = by_truth(runs)
    for one in ASKED:
        for group in planted()[one.truth]["values"]:
            assert len(found[one.truth, group]) == len(runs), f"{one.truth}, {group}"


def test_intervals_at_95_percent_cover_the_planted_truths(runs: list[Run]) -> None:
    covered = [figure.covers for one in runs for figure in one.found if figure.low is not None]
    assert len(covered) > 35 * len(runs)
    low, high = (0.93, 0.97) if EXHAUSTIVE else (0.88, 0.995)
    assert low <= mean(covered) <= high, f"{mean(covered):.4f} of {len(covered)}"


def test_no_truth_is_covered_much_less_than_others(runs: list[Run]) -> None:
    for name, figures in by_truth(runs).items():
        covered = [figure.covers for figure in figures if figure.low is not None]
        if covered:
            spread = (0.95 * 0.05 / len(covered)) ** 0.5
            assert mean(covered) > 0.95 - 4 * spread, f"{name}: {mean(covered):.3f} of {len(covered)}"


def test_answers_lie_around_the_planted_truths(runs: list[Run]) -> None:
    reach = float(stdtrit(len(runs) - 1, 1 - 0.0005 / len(by_truth(runs))))
    for (truth, group), figures in by_truth(runs).items():
        values = [figure.value for figure in figures]
        # Waits come in lumps of working days, so that the median of a few hundred jumps; shares do not.
        allowed = 1.5 if "half" in truth or "wait" in truth else 0.006
        off = mean(values) - figures[0].planted
        assert abs(off) < reach * stdev(values) / len(values) ** 0.5 + allowed, f"{truth}, {group}: {off:+.4f}"


def test_where_nothing_is_planted_little_is_found(runs: list[Run]) -> None:
    said = [false for one in runs for false in one.false]
    spread = (0.05 * 0.95 / len(said)) ** 0.5
    assert mean(said) <= 0.05 + 2.5 * spread, f"{mean(said):.4f} of {len(said)} families"


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    log = laid(1, 0.5, tmp_path)
    rows = ask("U3.6", log, by="risk_of_exclusion", within_days=182).tables["compared"].rows()
    assert "yes" in [row["stands_out"] for row in rows if row["ending"] == "gave up"]
    rows = ask("U3.5", log, by="risk_of_exclusion", where="starts(Referral received)").tables["compared"].rows()
    assert "yes" in [row["stands_out"] for row in rows]


def test_the_example_never_earns_a_standing(tmp_path: Path) -> None:
    log = laid(1, 0.2, tmp_path)
    for question in asked_of("data set"):
        answer = ask(question, log)
        assert answer.standing.level is Level.NONE
        assert answer.standing.reasons == ("the data is made up",)
