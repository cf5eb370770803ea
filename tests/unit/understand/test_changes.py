"""When it changed: a planted change is found in its week with its size, and nothing is found where nothing changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, case, laid

from outward.answers import Level
from outward.asking import ask
from outward.evidence.tables import Settings

from .asked import exactly, rows, said

SETTINGS = Settings(
    endings={"Pay": "done"},
    extract_date="2024-12-08",
    confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"),
)


def weekly(quick: int, first: int = 0, weeks: int = 44, turn: int = 22, **columns: str) -> list[Case]:
    """Cases of 44 weeks from 1 January 2024, 20 a week; from the turn on so many more of them end within 28 days."""
    made = []
    for week in range(weeks):
        soon = 5 + week * 7 % 3 + (quick if week >= turn else 0)
        for place in range(20 + week * 5 % 4):
            day = 7 * week + place % 7
            number = str(first + 100 * week + place)
            made.append(case(number, f"Apply {day}, Pay {day + (10 if place < soon else 35)}", **columns))
    return made


def test_a_planted_change_is_found_in_its_week_with_its_size(tmp_path: Path) -> None:
    answer = exactly("U3.9", laid(tmp_path, weekly(8), SETTINGS))
    ((week, earliest, latest, gap, low, high),) = rows(
        answer, "changes_ended", "week", "earliest", "latest", "difference", "difference_low", "difference_high"
    )
    assert (week, earliest, latest) == ("2024-06-03", "2024-06-03", "2024-06-03")
    assert low < 8 / 21.5 < high  # type: ignore[operator]
    assert gap == pytest.approx(8 / 21.5, abs=0.02)
    assert said(answer).startswith("In the week of 3 June 2024 ")
    assert " went from " in said(answer)
    assert "changes_cases" not in answer.tables
    begins = [row for row in rows(answer, "weeks", "week", "begins") if row[1] != "nothing"]
    assert begins == [("2024-06-03", "ended, days")]


def test_as_released_it_says_the_same(tmp_path: Path) -> None:
    answer = ask("U3.9", laid(tmp_path, weekly(12), SETTINGS))
    assert said(answer).startswith("In the week of 3 June 2024 ")
    assert "2 of 3 measures looked at week by week changed" in said(answer)
    assert answer.standing.level is Level.FIRM


def test_where_nothing_changed_it_says_so(tmp_path: Path) -> None:
    answer = exactly("U3.9", laid(tmp_path, weekly(0), SETTINGS))
    assert said(answer).startswith("Nothing changed beyond chance in the")
    assert not [name for name in answer.tables if name.startswith("changes_")]


def test_groups_have_changes_of_their_own(tmp_path: Path) -> None:
    log = [*weekly(8, area="North"), *weekly(0, first=10_000, area="South")]
    answer = exactly("U3.9", laid(tmp_path, log, SETTINGS), by="area")
    assert rows(answer, "changes_ended", "group", "week") == [("North", "2024-06-03")]


@pytest.mark.parametrize(("weeks", "level"), [(13, Level.CANNOT_TELL), (52, Level.FIRM)])
def test_under_fourteen_weeks_nothing_can_be_told(weeks: int, level: Level, tmp_path: Path) -> None:
    answer = ask("U3.9", laid(tmp_path, weekly(0, weeks=weeks), SETTINGS))
    assert answer.standing.level is level


def test_weeks_with_few_people_are_left_out(tmp_path: Path) -> None:
    log = [*weekly(0), *(case(f"x{n}", "Apply 310, Pay 312") for n in range(9))]
    shown = [row[0] for row in rows(ask("U3.9", laid(tmp_path, log, SETTINGS)), "weeks", "week")]
    assert len(shown) == 44
    assert "2024-11-04" not in shown


def test_the_surest_change_is_said_first_and_none_that_may_be_nothing(tmp_path: Path) -> None:
    """From week 22 on cases do a step again far more often; how many end within 28 days wavers by chance alone."""
    luck = np.random.default_rng(4)
    log = []
    for n in range(44 * 22):
        week = n // 22
        day = 7 * week + n % 7
        again = luck.random() < (0.05 if week < 22 else 0.35)
        ends = 10 if luck.random() < 0.9 else 35
        log.append(
            case(str(n), f"Apply {day}, Check {day + 2}, {f'Check {day + 4}, ' if again else ''}Pay {day + ends}")
        )
    answer = exactly("U3.9", laid(tmp_path, log, SETTINGS))
    assert "the share that did a step again within 28 days went from" in said(answer)
    for table in (name for name in answer.tables if name.startswith("changes_")):
        for low, high in rows(answer, table, "difference_low", "difference_high"):
            assert low > 0 or high < 0, table  # type: ignore[operator]
