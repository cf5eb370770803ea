"""What looks like personal data is found, and the quick look that comes first leaves none out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.checks.personal import HEALTH, INSURANCE, NUMBER, TELEPHONE, looks_personal


@given(st.one_of([st.from_regex(one) for one in (INSURANCE, HEALTH, TELEPHONE)]))
def test_the_quick_look_leaves_out_no_number_of_a_person(text: str) -> None:
    assert NUMBER.search(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AB 12 34 56 C", "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("(0113) 496 0000", "a telephone number"),
        ("+44 113 496 0000", "a telephone number"),
        ("office@example.org", "an e-mail address"),
    ],
)
def test_each_way_of_writing_is_found(text: str, kind: str) -> None:
    assert looks_personal(f"Of the desk: {text}.") == [kind]
    assert looks_personal("Nobody's words 12 of 34, 2024-05-06.") == []
