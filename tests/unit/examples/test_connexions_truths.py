"""The planted truths, found again by simple counting over forty made logs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest
import yaml

from outward.examples import connexions
from outward.examples.connexions.make import journeys, truths

from .measuring import (
    Case,
    Outcome,
    cases_of,
    counts,
    ends,
    more_than_once,
    passes,
    reaches,
    twice,
    waits,
)

SEEDS = range(1, 41)
SIZE = 0.15
MEETING, CONTACT, ADVISER = "First meeting with adviser", "Contact made", "Assessment by adviser"
FOLDER = Path(connexions.__path__[0])

FINDERS: dict[str, Outcome] = {
    "met_within_42_days": reaches(MEETING, 42),
    "contacted_within_14_days": reaches(CONTACT, 14),
    "tried_again": more_than_once("Contact attempt", datetime(2026, 3, 1)),
    "assessed_again": more_than_once(ADVISER, datetime(2026, 3, 1)),
    "assessed_again_of_assessed": twice(ADVISER),
    "assessed_by_both": passes("Assessment by social services", ADVISER, 91),
    "asks_what_is_happening": passes("Asks what is happening", MEETING, 0),
    "gave_up_within_182_days": ends("gave up", 182, "first event"),
    "gave_up_within_182_days_of_referral": ends("gave up", 182, "referral"),
    "gave_up_within_364_days": ends("gave up", 364, "first event"),
    "gave_up_within_364_days_of_referral": ends("gave up", 364, "referral"),
    "done_within_364_days_of_referral": ends("done", 364, "referral"),
    "refused_within_28_days_of_referral": ends("refused", 28, "referral"),
    "lost_in_summer": ends("gave up", 182, "referral"),
}


def planted() -> dict[str, dict[str, Any]]:
    return {truth["id"]: truth for truth in truths()["truths"]}


SHARES = [name for name in planted() if name in FINDERS or name.endswith("_whatever_the_age")]


@cache
def logs() -> list[list[Case]]:
    """The cases of each seed's log, read as a file would be."""
    found = []
    for seed in SEEDS:
        columns = journeys(seed, SIZE)
        values = [column.tolist() for column in columns.values()]
        found.append(cases_of(dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)))
    return found


@cache
def counted(name: str) -> dict[str, list[tuple[int, int]]]:
    """Return for each group of a truth, by seed, how many cases count and for how many it is true."""
    truth = planted()[name]
    outcome = FINDERS[name.removesuffix("_whatever_the_age")]
    found = defaultdict(list)
    for cases in logs():
        for group, values in counts(cases, truth.get("by", "all"), outcome).items():
            found[group].append(values)
    return found


@pytest.mark.parametrize("name", SHARES)
def test_planted_shares_are_found_by_counting(name: str) -> None:
    values = planted()[name]["values"]
    found = counted(name)
    assert set(found) == set(values)
    for group, value in values.items():
        cases, true = (sum(column) for column in zip(*found[group], strict=True))
        off = (true / cases - value) / sqrt(value * (1 - value) / cases)
        assert abs(off) < 4, f"{group}: {true / cases:.4f} of {cases}, planted {value}"


def test_intervals_at_95_percent_cover_the_planted_shares() -> None:
    covered = []
    for name in SHARES:
        for group, value in planted()[name]["values"].items():
            for cases, true in counted(name)[group]:
                middle = (true + 1.92) / (cases + 3.84)
                half = 1.96 / (cases + 3.84) * sqrt(true * (1 - true / cases) + 0.96)
                covered.append(abs(middle - value) <= half)
    assert len(covered) > 1500
    assert 0.93 < mean(covered) < 0.97


@pytest.mark.parametrize(("by", "within"), [("risk_of_exclusion", 364), ("area", 182)])
def test_every_way_of_ending_together_is_found_by_counting(by: str, within: int) -> None:
    kinds = ("done", "refused", "withdrawn", "gave up")
    for group, value in planted()[f"over_within_{within}_days"]["values"].items():
        cases = true = 0
        for log in logs():
            each = [counts(log, by, ends(kind, within, "first event"))[group] for kind in kinds]
            cases, true = cases + each[0][0], true + sum(found for _, found in each)
        assert abs(true / cases - value) < 4 * sqrt(value * (1 - value) / cases)


def test_half_of_all_cases_are_over_when_planted() -> None:
    kinds = ("done", "refused", "withdrawn", "gave up")
    for area, value in planted()["half_over_after_days"]["values"].items():
        cases = true = 0
        for log in logs():
            each = [counts(log, "area", ends(kind, round(value), "first event"))[area] for kind in kinds]
            cases, true = cases + each[0][0], true + sum(found for _, found in each)
        assert abs(true / cases - 0.5) < 2 / sqrt(cases) + 0.01


@pytest.mark.parametrize(
    ("name", "before", "after", "directly"),
    [
        ("days_to_meeting", "Referral received", MEETING, False),
        ("wait_for_meeting", CONTACT, MEETING, True),
        ("wait_for_social_services", ADVISER, "Assessment by social services", True),
    ],
)
def test_planted_medians_are_found(name: str, before: str, after: str, directly: bool) -> None:
    found = defaultdict(list)
    for log in logs():
        for group, values in waits(log, before, after, directly=directly).items():
            found[group].extend(values)
    for group, value in planted()[name]["values"].items():
        waited = np.array(found[group])
        # Waits come in lumps of working days: how many are shorter is steadier than the median itself.
        assert abs((waited <= value).mean() - 0.5) < 2 / sqrt(len(waited)) + 0.01


def test_half_of_all_have_met_when_planted() -> None:
    for area, value in planted()["half_met_after_days"]["values"].items():
        by_then = [
            counts(log, "area", reaches(MEETING, round(value + late)))[area] for log in logs() for late in (-2, 2)
        ]
        early, late = (sum(t for _, t in part) / sum(n for n, _ in part) for part in (by_then[::2], by_then[1::2]))
        assert early < 0.5 < late


def test_marsh_waits_two_weeks_longer_and_reminders_help() -> None:
    truth = planted()
    assert truth["days_to_meeting"]["difference"] == pytest.approx(14, abs=0.2)
    assert truth["contacted_within_14_days"]["difference"] == pytest.approx(0.137, abs=0.001)


def test_nothing_is_planted_by_age() -> None:
    nothing = [truth for truth in planted().values() if truth.get("nothing_planted")]
    assert len(nothing) == 4
    assert all(truth["difference"] == 0 and truth["by"] == "age_band" for truth in nothing)


def test_the_written_truths_are_those_of_the_generator() -> None:
    written = yaml.safe_load((FOLDER / "truths.yaml").read_text(encoding="utf-8"))
    made = truths()
    assert [truth["id"] for truth in written["truths"]] == [truth["id"] for truth in made["truths"]]
    for one, other in zip(written["truths"], made["truths"], strict=True):
        allowed = one.get("tolerance", 0.0)
        assert one["values"] == pytest.approx(other["values"], abs=allowed)
        assert {key: one[key] for key in one if key not in ("values", "difference")} == {
            key: other[key] for key in other if key not in ("values", "difference")
        }


def test_each_truth_names_its_question_group_statistic_and_value() -> None:
    found = planted()
    assert len(found) >= 8
    assert {"U3.3", "U3.4", "U3.5", "U3.6"} <= {truth["question"] for truth in found.values()}
    for truth in found.values():
        assert truth["says"]
        assert truth["statistic"]
        assert np.isfinite(list(truth["values"].values())).all()
        assert set(truth.get("compare", ())) <= set(truth["values"])
        assert truth.get("days", 0) % 7 == 0
