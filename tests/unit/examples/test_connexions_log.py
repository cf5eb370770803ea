from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from .measuring import EXTRACT, SILENCE_DAYS, cases_of, days, usable

Rows = list[dict[str, str]]
ONLINE = "Online self-service"
BANK_HOLIDAYS = {
    date(2023, 12, 25),
    date(2024, 3, 29),
    date(2024, 8, 26),
    date(2025, 1, 1),
    date(2025, 4, 21),
    date(2025, 12, 26),
    date(2026, 5, 4),
    date(2026, 8, 31),
}
OF_CASE = (
    "customer",
    "area",
    "age_band",
    "referral_route",
    "risk_of_exclusion",
    "text_reminders",
    "term_referred",
)


def times(rows: Rows) -> list[datetime]:
    return [datetime.fromisoformat(row["time"]) for row in rows if usable(row)]


def test_nothing_but_self_service_happens_when_offices_are_closed(rows: Rows) -> None:
    office = times([row for row in rows if row["source"] != ONLINE])
    assert not [time for time in office if time.weekday() > 4 or time.date() in BANK_HOLIDAYS]
    assert all(8 <= time.hour < 18 for time in office)


def test_self_service_never_closes(rows: Rows) -> None:
    assert {time.weekday() for time in times([row for row in rows if row["source"] == ONLINE])} == set(range(7))


def test_schools_flag_nothing_in_august(rows: Rows) -> None:
    school = times([row for row in rows if row["organisation"] == "Schools"])
    assert school
    assert not [time for time in school if time.month == 8]


def test_every_time_exists_exactly_once_on_the_clocks_of_london(rows: Rows) -> None:
    london = ZoneInfo("Europe/London")
    for time in times(rows):
        local = time.replace(tzinfo=london)
        assert local.utcoffset() == local.replace(fold=1).utcoffset()


def test_the_log_ends_the_day_before_the_extract(rows: Rows) -> None:
    assert EXTRACT - timedelta(days=1) < max(times(rows)) < EXTRACT


def test_work_begins_before_it_is_complete(rows: Rows) -> None:
    started = [row for row in rows if usable(row) and row["start"] and not row["start"].startswith("1900")]
    assert len(started) > 10_000
    assert all(row["start"] < row["time"] for row in started)


def test_the_main_road_and_the_loops_are_there(rows: Rows) -> None:
    arcs: Counter[tuple[str, str]] = Counter()
    for case in cases_of(rows):
        arcs.update(pairwise(name for _, name in case.events))
    road = [
        "Referral received",
        "Contact attempt",
        "Contact made",
        "First meeting with adviser",
        "Assessment by adviser",
        "Action plan agreed",
        "Placement or training starts",
        "Review meeting",
        "Starts work or learning",
    ]
    assert all(arcs[step] > 2000 for step in pairwise(road))
    assert arcs["Contact attempt", "Contact attempt"] > 5000
    assert arcs["Assessment by adviser", "Assessment by social services"] > 1000
    assert arcs["Assessment by social services", "Assessment by adviser"] > 300
    assert arcs["Placement breaks down", "Action plan agreed"] > 500


def test_it_has_six_sources_five_organisations_and_every_kind_of_end(rows: Rows) -> None:
    assert len({row["source"] for row in rows}) == 6
    assert len({row["organisation"] for row in rows}) == 5
    ends = Counter(case.ending[0] for case in cases_of(rows))
    assert min(ends[kind] for kind in ("done", "refused", "withdrawn", "gave up", "open")) > 100


def test_no_wait_but_a_lost_one_reaches_the_days_of_giving_up(rows: Rows) -> None:
    gappy = {row["case"] for row in rows if not usable(row)}
    for case in cases_of(row for row in rows if row["case"] not in gappy):
        gaps = [days(before, after) for (before, _), (after, _) in pairwise(case.events)]
        assert max(gaps, default=0) < SILENCE_DAYS


def test_august_is_slack_and_september_busy(rows: Rows) -> None:
    months = Counter(case.referral.month for case in cases_of(rows))
    assert months[8] < 0.5 * months[7]
    assert months[9] > 1.5 * months[7]


def test_what_is_known_at_the_referral_stays_the_same_in_a_case(rows: Rows) -> None:
    found = defaultdict(set)
    for row in rows:
        found[row["case"]].add(tuple(row[name] for name in OF_CASE))
    assert all(len(values) == 1 for values in found.values())


def test_some_young_people_have_two_cases_one_after_the_other(rows: Rows) -> None:
    people = defaultdict(list)
    for case in cases_of(rows):
        if case.attributes["customer"]:
            people[case.attributes["customer"]].append(case)
    again = [sorted(cases, key=lambda case: case.events[0][0]) for cases in people.values() if len(cases) > 1]
    assert 300 < len(again) < 600
    for first, second in again:
        assert first.events[-1][0] < second.events[0][0]
        assert first.attributes["area"] == second.attributes["area"]
        assert first.attributes["age_band"] <= second.attributes["age_band"]


def test_nobody_in_it_has_a_name(rows: Rows) -> None:
    assert all(re.fullmatch(r"((PA|SW|YW|SC|TP|CA)-\d\d)?", row["resource"]) for row in rows)
    assert all(re.fullmatch(r"(YP\d{6})?", row["customer"]) for row in rows)


def test_the_dirt_is_as_documented(rows: Rows) -> None:
    copies = len(rows) - len({tuple(row.values()) for row in rows})
    assert 100 < copies < 250
    assert 60 < sum(row["time"] == "" for row in rows) < 150
    assert 10 < sum(row["time"] == "1900-01-01 00:00" for row in rows) < 60
    assert 100 < sum(row["start"] == "1900-01-01 00:00" for row in rows) < 300
    misspelt = Counter(row["activity"] for row in rows)
    assert 20 < misspelt["Reveiw meeting"] < 100
    assert 20 < misspelt["Youth service project"] < 100
    ids = {row["case"] for row in rows}
    assert "NA" in ids
    assert all(re.fullmatch(r"0\d{6}", each) for each in ids - {"NA"})


def test_undated_rows_are_neither_first_nor_last_in_their_case(rows: Rows) -> None:
    order = defaultdict(list)
    for row in rows:
        order[row["case"]].append(usable(row))
    assert all(marks[0] and marks[-1] for marks in order.values())
