"""The work clock: against a counter of minutes, closed forms around holidays, and the engine against arrays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.evidence.calendar import Calendar
from outward.evidence.work_clock import DAY_US, WorkClock, work_clock

FIRST, LAST = date(2021, 12, 1), date(2024, 6, 30)
ZONES = ("Europe/London", "UTC", "Pacific/Auckland", "Asia/Kolkata", "America/St_Johns")
CALENDARS = (
    "england-and-wales",
    "scotland, Mon-Fri 08:30-17:15",
    "northern-ireland, Mon-Sat 10:00-18:00, Sun 12:00-16:00",
    "no-holidays, Mon-Sun 00:00-24:00",
    "england-and-wales, Sat-Thu 22:00-06:00",
    "no-holidays, Wed 00:00-24:00, Thu 07:00-12:00",
)
MINUTE = 60_000_000

moments = st.datetimes(datetime(2021, 12, 2), datetime(2024, 6, 29))


def us(moment: datetime) -> int:
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def local(text: str, zone: str = "Europe/London") -> int:
    return us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None))


def between(clock: WorkClock, start: int, end: int) -> int:
    shown = clock.at(np.array([start, end]))
    return int(shown[1] - shown[0])


def counted(calendar: Calendar, zone: str, start: datetime, end: datetime) -> int:
    """Count the minutes in which it is open, one by one: the reference."""
    found, moment = 0, start
    working = set(calendar.working_days(FIRST, LAST))
    while moment < end:
        here = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        for back in (0, 1):
            day = here.date() - timedelta(days=back)
            hours, minute = calendar.hours[day.weekday()], here.hour * 60 + here.minute + back * 1440
            if hours and day in working and hours[0] <= minute < hours[1]:
                found += 1
                break
        moment += timedelta(minutes=1)
    return found


@given(st.sampled_from(CALENDARS), st.sampled_from(ZONES), moments, st.integers(0, 4 * 1440))
def test_the_clock_agrees_with_a_counter_of_minutes(spelt: str, zone: str, start: datetime, minutes: int) -> None:
    calendar, start = Calendar.parse(spelt), start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    clock = work_clock(calendar, zone, FIRST, LAST)
    assert between(clock, us(start), us(end)) == counted(calendar, zone, start, end) * MINUTE


@pytest.mark.parametrize("spelt", CALENDARS)
@pytest.mark.parametrize("change", [datetime(2023, 3, 26), datetime(2023, 10, 29)])
def test_where_the_clocks_change_the_time_that_passes_counts(spelt: str, change: datetime) -> None:
    calendar = Calendar.parse(spelt)
    clock = work_clock(calendar, "Europe/London", FIRST, LAST)
    start, end = change - timedelta(hours=8), change + timedelta(hours=30)
    assert between(clock, us(start), us(end)) == counted(calendar, "Europe/London", start, end) * MINUTE


@given(st.sampled_from(ZONES), moments, moments)
def test_open_round_the_clock_is_elapsed_time(zone: str, one: datetime, other: datetime) -> None:
    clock = work_clock(Calendar.parse("no-holidays, Mon-Sun 00:00-24:00"), zone, FIRST, LAST)
    assert between(clock, us(one), us(other)) == us(other) - us(one)
    assert clock.day_us == DAY_US


@given(
    st.sampled_from(CALENDARS),
    st.sampled_from(ZONES),
    st.lists(moments, min_size=3, max_size=3).map(sorted),
    st.booleans(),
)
def test_the_clock_never_runs_back_and_adds_up(spelt: str, zone: str, three: list[datetime], whole_days: bool) -> None:
    clock = work_clock(Calendar.parse(spelt), zone, FIRST, LAST, whole_days)
    a, b, c = (us(moment) for moment in three)
    assert 0 <= between(clock, a, b) <= b - a
    assert between(clock, a, c) == between(clock, a, b) + between(clock, b, c)


@pytest.mark.parametrize(
    ("spelt", "start", "end", "hours"),
    [
        ("england-and-wales", "2024-03-28T16:00", "2024-04-02T10:00", 2),  # over Easter
        ("scotland", "2024-03-28T16:00", "2024-04-02T10:00", 10),  # Easter Monday is none there
        ("scotland", "2023-12-29T16:00", "2024-01-03T10:00", 2),  # 1 and 2 January
        ("england-and-wales", "2023-12-29T16:00", "2024-01-03T10:00", 10),
        ("northern-ireland", "2024-07-11T16:00", "2024-07-15T10:00", 2),  # 12 July, a Friday
        ("england-and-wales", "2024-07-11T16:00", "2024-07-15T10:00", 10),
        ("england-and-wales", "2022-06-01T16:00", "2022-06-06T10:00", 2),  # the jubilee's two days
        ("england-and-wales", "2022-09-16T16:00", "2022-09-20T10:00", 2),  # the state funeral
        ("england-and-wales", "2023-05-05T16:00", "2023-05-09T10:00", 2),  # the coronation
        ("england-and-wales", "2022-12-23T16:00", "2022-12-28T10:00", 2),  # Christmas on a Sunday, days in lieu
        ("england-and-wales, Mon-Fri 22:00-06:00", "2024-05-10T23:00", "2024-05-14T01:00", 10),  # a night shift
        ("england-and-wales, Sat 22:00-06:00", "2023-03-25T21:00", "2023-03-26T12:00", 7),  # a short night
        ("england-and-wales, Sat 22:00-06:00", "2023-10-28T21:00", "2023-10-29T12:00", 9),  # and a long one
        ("england-and-wales", "2024-05-11T10:00", "2024-05-12T10:00", 0),  # a weekend
    ],
)
def test_working_hours_around_holidays_and_at_night(spelt: str, start: str, end: str, hours: int) -> None:
    clock = work_clock(Calendar.parse(spelt), "Europe/London", FIRST, date(2024, 12, 31))
    assert between(clock, local(start), local(end)) == hours * 60 * MINUTE


@pytest.mark.parametrize(
    ("spelt", "received", "answered", "days"),
    [
        ("england-and-wales", "2024-05-02", "2024-05-02", 0),  # the day on which it comes in is day 0
        ("england-and-wales", "2024-05-02", "2024-05-03", 1),
        ("england-and-wales", "2024-05-03T17:30", "2024-05-07T09:00", 1),  # over a bank holiday, whatever the hours
        ("england-and-wales", "2024-05-04", "2024-05-07", 1),  # in on a Saturday: Tuesday is day 1
        ("england-and-wales", "2024-05-02", "2024-05-31", 19),
        ("england-and-wales", "2024-05-02", "2024-06-03", 20),  # two bank holidays lie between
    ],
)
def test_whole_working_days_are_those_after_the_day_received(
    spelt: str, received: str, answered: str, days: int
) -> None:
    clock = work_clock(Calendar.parse(spelt), "Europe/London", FIRST, LAST, whole_days=True)
    assert between(clock, local(received), local(answered)) == days


@pytest.mark.parametrize("spelt", CALENDARS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("whole_days", [False, True])
def test_the_engine_reads_the_same_clock(spelt: str, zone: str, whole_days: bool) -> None:
    clock = work_clock(Calendar.parse(spelt), zone, FIRST, LAST, whole_days)
    edges = np.concatenate([clock.opens, clock.closes])
    edges = edges[(edges >= us(datetime(2021, 12, 1))) & (edges < us(datetime(2024, 7, 1)))]
    some = np.random.default_rng(7).integers(us(datetime(2021, 12, 1)), us(datetime(2024, 7, 1)), 5_000)
    moments = np.concatenate([edges, edges - 1, edges + 1, some])
    with duckdb.connect() as connection:
        clock.install(connection)
        connection.register("picked", {"place": np.arange(len(moments)), "t": moments.astype("datetime64[us]")})
        query = clock.stamped("picked", {"shown": "t", "never": "nullif(t, t)"})
        found = connection.execute(f"SELECT shown, never FROM ({query}) ORDER BY place").fetchnumpy()
    assert found["shown"].tolist() == clock.at(moments).tolist()
    assert np.ma.getmaskarray(found["never"]).all()


def test_a_service_that_never_opens_never_works() -> None:
    shut = Calendar("no-holidays", (None,) * 6 + ((600, 660),), (date(2024, 5, 12),))
    clock = work_clock(shut, "UTC", date(2024, 5, 7), date(2024, 5, 17))
    with duckdb.connect() as connection:
        clock.install(connection)
        query = clock.stamped("(SELECT 1)", {"shown": "TIMESTAMP '2024-05-12 10:30'"})
        assert connection.execute(f"SELECT shown FROM ({query})").fetchall() == [(0,)]
    assert between(clock, us(datetime(2024, 5, 7)), us(datetime(2024, 5, 17))) == 0
