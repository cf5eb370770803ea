"""Calendars: one spelling, plain refusals, and the bank holidays of each nation as they were proclaimed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.errors import UsageError
from outward.evidence.calendar import CLOSED_AT_MOST, NATIONS, Calendar, bank_holidays, calendar_of

PROCLAIMED = {
    ("england-and-wales", 2022): "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    ("england-and-wales", 2023): "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    ("england-and-wales", 2024): "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    ("england-and-wales", 2021): "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    ("england-and-wales", 2020): "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    ("scotland", 2022): "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
    ("scotland", 2023): "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
    ("scotland", 2024): "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    ("northern-ireland", 2022): "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
    ("northern-ireland", 2023): "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
    ("northern-ireland", 2024): "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    ("northern-ireland", 2025): "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
}
"""Bank holidays on weekdays, as the government listed them."""


@pytest.mark.parametrize(("nation", "year"), PROCLAIMED)
def test_bank_holidays_are_those_that_were_proclaimed(nation: str, year: int) -> None:
    found = sorted(day for day in bank_holidays(nation, year, year) if day.weekday() < 5)
    assert " ".join(f"{day:%m-%d}" for day in found) == PROCLAIMED[nation, year]


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("scotland", "scotland, Mon-Fri 09:00-17:00"),
        (
            "England and Wales, monday-thursday 9-17:30, FRI 09:00-16:00",
            "england-and-wales, Mon-Thu 09:00-17:30, Fri 09:00-16:00",
        ),
        ("Mon-Sun 00:00-24:00, no-holidays", "no-holidays, Mon-Sun 00:00-24:00"),
        ("northern ireland, Fri-Mon 22:00-06:00", "northern-ireland, Mon 22:00-06:00, Fri-Sun 22:00-06:00"),
        (
            "scotland, closed 2024-12-27 2024-12-24, Tue 08:00-12:00, closed 2024-12-24",
            "scotland, Tue 08:00-12:00, closed 2024-12-24 2024-12-27",
        ),
    ],
)
def test_a_calendar_has_one_spelling(said: str, spelt: str) -> None:
    assert str(Calendar.parse(said)) == spelt
    assert Calendar.parse(spelt) == Calendar.parse(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mon-Fri 09:00-17:00", "does not say whose bank holidays"),
        ("scotland, northern ireland", "two nations"),
        ("England, Mon-Fri 09:00-17:00", "names 'England'; England and Wales .* Did you mean 'england-and-wales'"),
        ("wales", "Did you mean 'england-and-wales'"),
        ("scotland, Mon-Fri 9 to 5", "cannot be understood"),
        ("scotland, Mon-Fri 09:00-25:00", "not possible"),
        ("scotland, Mon-Fri 09:60-17:00", "not possible"),
        ("scotland, Mon-Fri 09:00-09:00", "not possible"),
        ("scotland, Mon-Fri 09:00-12:00, Mon 13:00-17:00", "Mon twice"),
        ("scotland, Mon 22:00-10:00, Tue 09:00-17:00", "run on into those of Tue"),
        ("scotland, Moonday 09:00-17:00", "cannot be understood"),
        ("scotland, closed", "without a day"),
        ("scotland, closed 24/12/2024", "is no date"),
        (
            "scotland, closed " + " ".join(str(date.fromordinal(730_000 + n)) for n in range(CLOSED_AT_MOST + 1)),
            "the most is",
        ),
        ("atlantis", "cannot be understood"),
    ],
)
def test_a_calendar_that_cannot_be_understood_is_refused_in_a_sentence(said: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        Calendar.parse(said)
    assert str(error.value).endswith(".") or "Did you mean" in str(error.value)


def test_no_calendar() -> None:
    assert calendar_of("") is None
    assert calendar_of("None") is None
    assert calendar_of("scotland") == Calendar.parse("scotland")


@given(
    st.sampled_from(sorted(NATIONS)),
    st.lists(st.none() | st.tuples(st.integers(0, 1439), st.integers(1, 1440)), min_size=7, max_size=7),
    st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), max_size=4, unique=True),
)
def test_what_is_spelt_is_read_back(nation: str, week: list[tuple[int, int] | None], closed: list[date]) -> None:
    hours = tuple((span[0], span[1]) if span and span[0] < span[1] else None for span in week)
    if not any(hours):
        return
    calendar = Calendar(nation, hours, tuple(sorted(closed)))
    assert Calendar.parse(str(calendar)) == calendar


def test_the_length_of_a_working_day_is_that_of_the_open_days() -> None:
    assert Calendar.parse("scotland").day_hours == 8
    assert Calendar.parse("scotland, Mon-Thu 08:30-17:00, Fri 08:30-14:30").day_hours == 8
    assert Calendar.parse("scotland, Mon-Sun 22:00-06:00").day_hours == 8


def test_further_closed_days_are_no_working_days() -> None:
    calendar = Calendar.parse("no-holidays, closed 2024-05-07")
    days = calendar.working_days(date(2024, 5, 3), date(2024, 5, 8))
    assert days == [date(2024, 5, 3), date(2024, 5, 6), date(2024, 5, 8)]
