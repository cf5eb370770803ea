from __future__ import annotations

import pytest

from outward.evidence.endings import guess, kind


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Application rejected", "refused"),
        ("REFUSED", "refused"),
        ("Claim denied by officer", "refused"),
        ("Cancelled by applicant", "withdrawn"),
        ("Withdrawn", "withdrawn"),
        ("Payment Handled", "done"),
        ("Send Student Card", "done"),
        ("Identity confirmed", "done"),
    ],
)
def test_words_say_how_a_case_ends(name: str, how: str) -> None:
    assert kind(name) == how


def test_only_activities_that_are_usually_last_end_a_case() -> None:
    events = {"Apply": 1000, "Check": 900, "Grant": 500, "Refuse": 200, "Letter": 300, "Rare": 3}
    lasts = {"Apply": 50, "Check": 80, "Grant": 480, "Refuse": 120, "Letter": 180, "Rare": 3}
    assert guess(events, lasts, 1000) == {"Grant": "done", "Refuse": "refused"}


def test_it_is_careful_with_next_to_nothing() -> None:
    assert guess({}, {}, 0) == {}
    assert guess({"Grant": 1}, {"Grant": 1}, 1) == {}
