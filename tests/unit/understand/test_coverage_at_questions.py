"""Do the 95% intervals of answers hold the truth, open cases censored, and do their tests keep their size?

On made-up logs that go all the way: written, brought in, asked. Few by default; many with OUTWARD_EXHAUSTIVE=1.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.asking import forget_answers
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.store import LaidLog, forget
from outward.evidence.tables import Settings

from .asked import exactly

RUNS = 400 if os.environ.get("OUTWARD_EXHAUSTIVE") == "1" else 24
CUSTOMERS, STARTS, FOLLOWED, DONE, WITHIN = 150, 150.0, 180.0, 0.7, 28
AGAIN = (0.6, 0.05)
"""The share of cases that apply twice, of one half of the customers and of the other."""
MEANS = (10.0, 60.0)
SETTINGS = Settings(endings={"Pay": "done", "Refuse": "refused"}, extract_date="2024-06-28")
"""Following ends with day 180."""


def ended_by(days: float) -> float:
    """The share of cases that end within so many days: half of them are quick, half are slow."""
    return 1 - float(np.mean([np.exp(-days / one) for one in MEANS]))


def ended_after(share: float) -> float:
    """The days by which a share of the cases has ended, by halving."""
    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if ended_by(middle) < share else (low, middle)
    return low


def made_log(rng: np.random.Generator, each: int) -> list[Case]:
    """Cases that began at any time, some too late to be seen to end; a customer's are alike."""
    number = CUSTOMERS * each
    customer = np.repeat(np.arange(CUSTOMERS), each)
    area = rng.integers(0, 2, CUSTOMERS)[customer]
    days = rng.exponential(np.array(MEANS)[rng.integers(0, 2, CUSTOMERS)][customer])
    start = rng.uniform(0, STARTS, number)
    step = np.where(rng.random(number) < DONE, "Pay", "Refuse")
    again = rng.random(number) < np.where(rng.random(CUSTOMERS) < 0.5, *AGAIN)[customer]
    log = []
    for n in range(number):
        steps = [("Apply", float(start[n]))] * (2 if again[n] else 1)
        if start[n] + days[n] < FOLLOWED:
            steps.append((str(step[n]), float(start[n] + days[n])))
        log.append(Case(str(n), tuple(steps), {"customer": f"c{customer[n]}", "area": "NS"[area[n]]}))
    return log


@dataclass
class Measured:
    """Figure to whether its interval held the truth, and question to whether it found a difference, run by run."""

    held: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))


def intervals(answer: ReleasedAnswer, table: str, figure: str, **label: str) -> Iterator[tuple[float, float]]:
    for row in answer.tables[table].rows():
        if all(row[name] == value for name, value in label.items()):
            low, high = (row[f"{figure}_{end}"] for end in ("low", "high"))
            yield (
                -np.inf if low is None else float(low),
                np.inf if high is None else float(high),
            )


def measure(log: LaidLog, into: Measured) -> None:
    """Ask the questions of one made log, and note what held and what was found."""
    share, again = ended_by(WITHIN), mean(AGAIN)
    times = exactly("U3.3", log, within_days=WITHIN)
    endings = exactly("U3.6", log, within_days=WITHIN)
    repeats = exactly("U3.5", log)
    for name, truth, found in (
        ("median", ended_after(0.5), intervals(times, "summary", "median_days")),
        ("nine in ten", ended_after(0.9), intervals(times, "summary", "p90_days")),
        ("ended within", share, intervals(times, "summary", "within_share")),
        ("done within", DONE * share, intervals(endings, "summary", "share", ending="done")),
        ("refused within", (1 - DONE) * share, intervals(endings, "summary", "share", ending="refused")),
        ("some step again", again, intervals(repeats, "summary", "share")),
        ("a step again", again, intervals(repeats, "steps", "share", step="Apply")),
        ("still open", 1 - share, intervals(endings, "summary", "share", ending="still open")),
    ):
        into.held[name] += [low <= truth <= high for low, high in found]
    by_area = {question: exactly(question, log, by="area", within_days=WITHIN) for question in ("U3.3", "U3.6")}
    into.held["difference of means"] += [
        low <= 0 <= high for low, high in intervals(by_area["U3.3"], "compared", "difference_days")
    ]
    into.held["difference of endings"] += [
        low <= 0 <= high for low, high in intervals(by_area["U3.6"], "compared", "difference")
    ]
    by_area["U3.5"] = exactly("U3.5", log, by="area")
    for question, answer in by_area.items():
        into.found[question].append("yes" in answer.tables["compared"].values["stands_out"])


def measured(each: int, seed: int, folder: Path) -> Measured:
    into, rng = Measured(), np.random.default_rng(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTWARD_HOME", str(folder / "home"))
        patch.setenv("OUTWARD_KEY", str(folder / "key"))
        for _ in range(RUNS):
            log = laid(folder, made_log(rng, each), SETTINGS)
            measure(log, into)
            forget(log.id)
            forget_answers(log.id)
    return into


@pytest.fixture(scope="module", params=[1, 3], ids=["a case each", "three cases each"])
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measured(request.param, 300 + request.param, tmp_path_factory.mktemp("coverage"))


def test_intervals_at_95_percent_hold_the_truth(runs: Measured) -> None:
    spread = (0.95 * 0.05 / RUNS) ** 0.5
    for name, held in runs.held.items():
        # Differences of endings are two figures a run, which hang together.
        assert 0.95 - 3.5 * spread <= mean(held), f"{name}: {mean(held):.3f} of {len(held)}"
    everything = [one for held in runs.held.values() for one in held]
    assert mean(everything) > 0.95 - 2.5 * spread


def test_comparisons_find_little_where_there_is_nothing(runs: Measured) -> None:
    spread = (0.95 * 0.05 / RUNS) ** 0.5
    for question, found in runs.found.items():
        assert mean(found) <= 0.05 + 3 * spread, f"{question}: {mean(found):.3f} of {len(found)}"


def _later(one: Case) -> tuple[tuple[str, float], ...]:
    """The steps of a case, in the south all but the first of them 20 days later."""
    late = 20.0 * (one.columns["area"] == "S")
    return tuple((step, day + late * (place > 0)) for place, (step, day) in enumerate(one.steps))


def test_a_real_difference_is_found(tmp_path: Path) -> None:
    rng = np.random.default_rng(310)
    log = made_log(rng, 1)
    slower = [Case(one.id, _later(one), one.columns) for one in log]
    answer = exactly("U3.3", laid(tmp_path, slower, SETTINGS), by="area")
    assert "yes" in answer.tables["compared"].values["stands_out"]


def test_the_wait_after_a_step_holds_the_truth(tmp_path: Path) -> None:
    rng, held, truth = np.random.default_rng(311), list[bool](), ended_after(0.5)
    for turn in range(RUNS // 3):
        log = [
            Case(one.id, (one.steps[0], *(step for step in one.steps[1:] if step[0] != "Apply")), one.columns)
            for one in made_log(rng, 2)
        ]
        answer = exactly("U3.4", laid(tmp_path, log, SETTINGS, f"turn{turn}.csv"))
        held += [low <= truth <= high for low, high in intervals(answer, "steps", "median_days", step="Apply")]
    assert len(held) == RUNS // 3
    assert mean(held) >= 0.95 - 3.5 * (0.95 * 0.05 / len(held)) ** 0.5
