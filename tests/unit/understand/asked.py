"""Questions put to small drawn logs: rows of tables and sentences to compare with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.made_case_logs import Case, case

from outward.answers import Value
from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.present.words import sentence

SIX = [
    case("1", "Apply 0, Check 2, Pay 4", area="North"),
    case("2", "Apply 0, Check 4, Check 6, Pay 8", area="North"),
    case("3", "Apply 1, Check 2, Apply 4, Check 5, Refuse 7", area="North"),
    case("4", "Apply 0, Check 1", area="South"),
    case("5", "Apply 25, Check 27", area="South"),
    case("6", "Apply 10, Pay 20", area="South"),
]
"""Days: 1 done after 4, 2 done after 8, 3 refused after 6, 4 given up after 11, 5 open for 5, 6 done after 10."""

FOLLOWED = Settings(
    endings={"Pay": "done", "Refuse": "refused"},
    gave_up_after_days=10,
    extract_date="2024-01-30",
    confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"),
)
"""Settings of the six cases; following ends with day 30."""


def many(log: list[Case], times: int) -> list[Case]:
    """Return the cases so many times over, under other numbers."""
    return [Case(f"{turn}-{one.id}", one.steps, one.columns) for turn in range(times) for one in log]


def exactly(question: str, log: LaidLog, **asked: Any) -> ReleasedAnswer:
    """Return an answer with its figures as they are."""
    return ask(question, log, policy="none", reason="worked out by hand", **asked)


def rows(answer: ReleasedAnswer, table: str, *names: str) -> list[tuple[Value, ...]]:
    """Return these columns of a table, row by row, figures to nine places."""
    return [
        tuple(round(row[name], 9) if isinstance(row[name], float) else row[name] for name in names)  # type: ignore[arg-type]
        for row in answer.tables[table].rows()
    ]


def close(found: Sequence[tuple[Value, ...]], expected: Sequence[tuple[Value, ...]]) -> bool:
    """Whether rows agree, figures to eight places."""
    return len(found) == len(expected) and all(
        mine == (pytest.approx(theirs, abs=1e-8) if isinstance(theirs, float) else theirs)
        for one, other in zip(found, expected, strict=True)
        for mine, theirs in zip(one, other, strict=True)
    )


def said(answer: ReleasedAnswer) -> str:
    """Return what an answer says."""
    return sentence(answer, answer.sentence)


def caveats(answer: ReleasedAnswer) -> list[str]:
    """Return an answer's caveats."""
    return [sentence(answer, one) for one in answer.caveats]
