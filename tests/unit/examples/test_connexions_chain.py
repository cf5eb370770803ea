from __future__ import annotations

import numpy as np
import pytest

from outward.examples.connexions.chain import (
    CONTACT,
    ENDINGS,
    FAILED_ATTEMPTS,
    FAILED_ATTEMPTS_WITH_REMINDERS,
    GAVE_UP_AFTER_DAYS,
    LOST,
    PROFILES,
    REFERRAL,
    WEEKS,
    WORK,
    Profile,
    activity,
    chain,
)
from outward.examples.connexions.days import OFFICE, SCHOOL, referral_days
from outward.examples.connexions.population import reached, weights
from outward.examples.connexions.walk import STATES


@pytest.mark.parametrize("profile", PROFILES)
def test_the_ways_on_from_every_state_add_up_to_one(profile: Profile) -> None:
    for ways in chain(profile).values():
        assert sum(chance for _, chance, _ in ways) == pytest.approx(1)
        assert all(0 <= chance <= 1 for _, chance, _ in ways)


def test_every_way_leads_to_a_state_and_every_journey_can_end() -> None:
    for profile in PROFILES:
        ways = chain(profile)
        assert {state for each in ways.values() for state, _, _ in each} <= {*ways, *ENDINGS, LOST}
        found = {REFERRAL}
        for _ in ways:
            found |= {state for each in found & set(ways) for state, _, _ in ways[each]}
        assert found == {*ways, *ENDINGS, LOST}


def test_weeks_add_up_and_stay_below_the_silence_of_giving_up() -> None:
    for shares in WEEKS.values():
        assert sum(shares) == pytest.approx(1)
        assert 7 * (len(shares) - 1) + 6 < GAVE_UP_AFTER_DAYS


def test_there_are_eighteen_activities_with_the_schools_and_the_question() -> None:
    assert len({activity(state) for state in STATES if state != LOST}) + 3 == 18


def test_contact_within_two_weeks_is_what_a_hand_reckons() -> None:
    contact = STATES.index(CONTACT)
    for number, profile in enumerate(PROFILES):
        lost = {"Low": 0.06, "Medium": 0.10, "High": 0.18}[profile.risk] + 0.14 * profile.summer
        failed = FAILED_ATTEMPTS_WITH_REMINDERS if profile.reminders else FAILED_ATTEMPTS
        by_hand = 0.97 * (1 - lost) * (0.65 * (failed[0] + failed[1]) + 0.35 * failed[0])
        assert reached()[number, contact, 1] == pytest.approx(by_hand)


def test_more_is_reached_as_weeks_go_by_and_endings_exclude_each_other() -> None:
    assert (np.diff(reached(), axis=2) >= 0).all()
    ends = [STATES.index(state) for state in (*ENDINGS, LOST)]
    assert (reached()[:, ends, -1].sum(axis=1) <= 1 + 1e-9).all()
    assert (reached()[:, STATES.index(WORK), -1] > 0.3).all()


def test_the_kinds_of_case_add_up_to_all_cases() -> None:
    assert weights().sum() == pytest.approx(1)
    assert weights().sum(axis=(0, 1, 3, 4, 5)) == pytest.approx([0.34, 0.26, 0.22, 0.18])


def test_a_day_picked_is_open_and_in_its_week() -> None:
    rng = np.random.default_rng(3)
    origin, week = rng.integers(0, 1000, 5000), rng.integers(0, 12, 5000)
    day, through = OFFICE.pick(origin, week, rng.random(5000))
    assert OFFICE.open[day].all()
    assert ((day - origin - 7 * week >= 1) & (day - origin - 7 * week <= 6)).all()
    assert ((through >= 0) & (through < 1)).all()


def test_every_week_has_an_open_day_wherever_it_begins() -> None:
    start = np.arange(len(OFFICE.open) - 7)
    assert (OFFICE.before[start + 7] > OFFICE.before[start + 1]).all()


def test_a_school_starts_a_case_on_a_school_day_whole_weeks_before_the_referral() -> None:
    day = np.flatnonzero(referral_days(route_is_school=True, is_online=False, weeks_before=3))
    assert SCHOOL.open[day - 21].all()
    assert OFFICE.open[day].all()
