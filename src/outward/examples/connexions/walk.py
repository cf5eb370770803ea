"""Walks journeys along the chain, all at once, and puts their events on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from outward.examples.connexions.chain import (
    AREAS,
    ENDINGS,
    LOST,
    ONLINE,
    PROFILES,
    REFERRAL,
    RISKS,
    ROUTES,
    SCHOOL_WEEKS_BEFORE,
    SLOW_AREA,
    WEEKS,
    chain,
)
from outward.examples.connexions.days import (
    EXTRACT_DAY,
    OFFICE,
    REMINDERS_FROM,
    SUMMER,
    TERMS,
    Days,
    Shares,
    day_of,
    referral_days,
    term_of,
)

STATES = (*chain(PROFILES[0]), *ENDINGS, LOST)
LONGEST_WEEKS = max(map(len, WEEKS.values()))
OFFICE_OPENS, OFFICE_MINUTES = 8 * 60 + 30, 9 * 60


@dataclass(frozen=True)
class Cases:
    """The cases, one entry each: places in the lists of `chain.py`, and days.

    Attributes:
        risk: place in RISKS.
        area: place in AREAS.
        route: place in ROUTES.
        weeks_before: whole weeks from the first event to the referral.
        referral: the day of the referral.
        profile: place in PROFILES.
    """

    risk: Days
    area: Days
    route: Days
    weeks_before: Days
    referral: Days
    profile: Days


@dataclass(frozen=True)
class Steps:
    """The events from the referral on, in order of case and then of time.

    Attributes:
        case: place of the case.
        state: place in STATES.
        minute: minutes from the start of `FIRST_DAY`, local clock time.
    """

    case: Days
    state: Days
    minute: Days


@lru_cache(maxsize=1)
def tensor() -> NDArray[np.float64]:
    """Return the chance of each way: profile x state x next state x weeks."""
    chances = np.zeros((len(PROFILES), len(STATES), len(STATES), LONGEST_WEEKS))
    for number, profile in enumerate(PROFILES):
        for state, ways in chain(profile).items():
            for following, chance, weeks in ways:
                shares = np.asarray(WEEKS[weeks]) * chance
                chances[number, STATES.index(state), STATES.index(following), : len(shares)] += shares
    return chances


def draw_cases(rng: np.random.Generator, n: int) -> Cases:
    """Return n cases: risk, area and route by their shares, then a day that fits the route.

    Args:
        rng: the source of luck.
        n: how many.
    """
    risk, area, route = (rng.choice(len(shares), n, p=list(shares.values())) for shares in (RISKS, AREAS, ROUTES))
    weeks = rng.choice(list(SCHOOL_WEEKS_BEFORE), n, p=list(SCHOOL_WEEKS_BEFORE.values()))
    weeks_before = np.where(route == list(ROUTES).index("School"), weeks, 0)
    referral = np.zeros(n, dtype=np.int64)
    luck = rng.random(n)
    for number, name in enumerate(ROUTES):
        for before in np.unique(weeks_before[route == number]):
            these = (route == number) & (weeks_before == before)
            totals = referral_days(name == "School", name == ONLINE, int(before)).cumsum()
            referral[these] = np.searchsorted(totals, luck[these] * totals[-1], side="right")
    slow, summer = area == list(AREAS).index(SLOW_AREA), term_of(referral) == TERMS.index(SUMMER)
    reminders = referral >= day_of(REMINDERS_FROM)
    profile = profile_of(risk, slow.astype(np.int64), summer.astype(np.int64), reminders.astype(np.int64))
    return Cases(risk, area, route, weeks_before, referral, profile)


def profile_of(risk: Days, slow: Days, summer: Days, reminders: Days) -> Days:
    """Return the place in PROFILES of the place in RISKS and three marks, 0 or 1."""
    return 8 * risk + 4 * slow + 2 * summer + reminders


def walk(rng: np.random.Generator, cases: Cases, until: int = EXTRACT_DAY) -> Steps:
    """Return the events of these cases from the referral on.

    Args:
        rng: the source of luck.
        cases: the cases.
        until: the day, no later than `LATEST_DAY`, at whose start the journeys are cut.
    """
    case, state, week = _weeks(rng, cases)
    kept = cases.referral[case] + 7 * week < until
    case, state, week = case[kept], state[kept], week[kept]
    luck = rng.random(len(case))
    luck = luck[np.lexsort((luck, week, case))]
    day, through = OFFICE.pick(cases.referral[case], week, luck)
    minute = day * 1440 + OFFICE_OPENS + (through * OFFICE_MINUTES).astype(np.int64)
    minute[state == STATES.index(REFERRAL)] = _referral_minutes(rng, cases)
    kept = minute < until * 1440
    return Steps(case[kept], state[kept], minute[kept])


def _referral_minutes(rng: np.random.Generator, cases: Cases) -> Days:
    """Return the minute of each referral: in office hours, or from 7 to 23 o'clock online."""
    online = cases.route == list(ROUTES).index(ONLINE)
    opens, minutes = np.where(online, 7 * 60, OFFICE_OPENS), np.where(online, 16 * 60, OFFICE_MINUTES)
    return np.asarray(cases.referral * 1440 + opens + rng.integers(0, minutes), dtype=np.int64)


def _weeks(rng: np.random.Generator, cases: Cases) -> tuple[Days, Days, Days]:
    """Return case, state and week of each event, in order of case and then of time."""
    ways = tensor().reshape(len(PROFILES), len(STATES), -1).cumsum(axis=2)
    case = np.arange(len(cases.profile))
    state = np.full(len(case), STATES.index(REFERRAL))
    week = np.zeros(len(case), dtype=np.int64)
    found = []
    ended = np.isin(STATES, [LOST, *ENDINGS])
    while len(case):
        found.append((case, state, week))
        going = ~ended[state]
        case, state, week = case[going], state[going], week[going]
        luck = rng.random(len(case))
        way = _choose(ways, cases.profile[case], state, luck)
        state, week = way // LONGEST_WEEKS, week + way % LONGEST_WEEKS
        kept = state != STATES.index(LOST)
        case, state, week = case[kept], state[kept], week[kept]
    together = [np.concatenate(column) for column in zip(*found, strict=True)]
    order = np.argsort(together[0], kind="stable")
    return together[0][order], together[1][order], together[2][order]


def _choose(ways: Shares, profile: Days, state: Days, luck: Shares) -> Days:
    """Return the way that each luck falls on, in the running totals of its profile and state."""
    chosen = np.zeros(len(luck), dtype=np.int64)
    key = profile * len(STATES) + state
    for each in np.unique(key):
        these = key == each
        totals = ways[each // len(STATES), each % len(STATES)]
        chosen[these] = np.searchsorted(totals, luck[these] * totals[-1], side="right")
    return chosen
