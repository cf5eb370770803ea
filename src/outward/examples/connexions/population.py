"""The exact values of what is planted in the made-up case log, for tests that hold answers against them.

Chances and shares come from the parameters alone: the chain is followed week by week for every kind of case
(`reached`) and weighed by how many there are (`weights`). What falls in weeks 0 to k after the referral is
always less than 7(k+1) days after it, so that they are exact at whole multiples of seven days. Medians of
waits in days depend on weekends and holidays: they are taken from a large sample, with the stated error.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from outward.examples.connexions import chain
from outward.examples.connexions.days import (
    LATEST_DAY,
    REMINDERS_FROM,
    SUMMER,
    TERMS,
    Days,
    Shares,
    day_of,
    referral_days,
    term_of,
)
from outward.examples.connexions.walk import LONGEST_WEEKS, STATES, draw_cases, profile_of, tensor, walk

WEEKS_FOLLOWED = 56
LARGE = 200_000
FIRST_HOUR = 9.25 / 24
"""When a school day's absence is noted, within a quarter of an hour."""

BY = {
    "all": (5, ("all",)),
    "risk_of_exclusion": (1, tuple(chain.RISKS)),
    "area": (2, tuple(chain.AREAS)),
    "term_referred": (3, TERMS),
    "text_reminders": (4, ("No", "Yes")),
}
"""Attribute to its axis in `weights` and its values there; axis 0 is the weeks before the referral."""


@lru_cache(maxsize=1)
def reached() -> Shares:
    """Return how often each state has been reached by the end of each week: profile x state x week.

    Method: forward recursion over the steps of a semi-Markov chain with whole weeks between steps.
    """
    ways = tensor()
    now = np.zeros((*ways.shape[:2], WEEKS_FOLLOWED))
    now[:, STATES.index(chain.REFERRAL), 0] = 1.0
    total = now.copy()
    while now.any():
        following = np.zeros_like(now)
        for week in range(LONGEST_WEEKS):
            step = np.einsum("pst,psw->ptw", ways[:, :, :, week], now[:, :, : WEEKS_FOLLOWED - week])
            following[:, :, week:] += step
        now = np.where(following > 1e-15, following, 0.0)
        total += now
    return np.asarray(total.cumsum(axis=2))


@lru_cache(maxsize=1)
def weights() -> Shares:
    """Return the share of cases by weeks before the referral, risk, area, term and reminders."""
    shares = np.zeros((max(chain.SCHOOL_WEEKS_BEFORE) + 1, len(TERMS), 2))
    for route, of_route in chain.ROUTES.items():
        before = chain.SCHOOL_WEEKS_BEFORE if route == "School" else {0: 1.0}
        for weeks, of_weeks in before.items():
            chance = referral_days(route == "School", route == chain.ONLINE, weeks)
            day = np.arange(len(chance))
            with_reminders = (day >= day_of(REMINDERS_FROM)).astype(np.int64)
            np.add.at(shares[weeks], (term_of(day), with_reminders), of_route * of_weeks * chance)
    risk, area = (np.array(list(each.values())) for each in (chain.RISKS, chain.AREAS))
    return np.asarray(np.einsum("wtm,r,a->wratm", shares, risk, area)[..., None])


def share(by: str, states: list[str], days: int, *, since_first: bool = False) -> dict[str, float]:
    """Return the share of each group's cases that reach any of these states within so many days.

    Args:
        by: an attribute in `BY`, or 'all'.
        states: states that exclude each other and come once in a journey.
        days: days from the origin, a multiple of 7.
        since_first: count from the first event of the case instead of from the referral.

    >>> share("all", [chain.TURNED], 28)
    {'all': 0.03}
    """
    count = reached()[:, [STATES.index(state) for state in states], :].sum(axis=1)
    size = weights()
    before, risk, area, term, reminders, _ = (np.asarray(place) for place in np.indices(size.shape))
    slow, summer = area == list(chain.AREAS).index(chain.SLOW_AREA), term == TERMS.index(SUMMER)
    profile = profile_of(risk, slow.astype(np.int64), summer.astype(np.int64), reminders)
    week = days // 7 - 1 - before * since_first
    value = np.where(week >= 0, count[profile, np.maximum(week, 0)], 0.0)
    axis, names = BY[by]
    others = tuple(each for each in range(size.ndim) if each != axis)
    found = (size * value).sum(axis=others) / size.sum(axis=others)
    return {name: round(float(each), 5) for name, each in zip(names, found, strict=True)}


def gave_up(by: str, days: int, *, since_first: bool = False) -> dict[str, float]:
    """Return the share of each group's cases whose 91 days of silence are complete within so many days.

    Args:
        by: as for `share`.
        days: days from the origin, a multiple of 7.
        since_first: as for `share`.
    """
    return share(by, [chain.LOST], days - chain.GAVE_UP_AFTER_DAYS, since_first=since_first)


@lru_cache(maxsize=2)
def wait_medians(seed: int = 7, cases: int = LARGE) -> dict[str, dict[str, float]]:
    """Return the median waits in days from a large sample of journeys followed past the extract.

    Args:
        seed: of the sample.
        cases: how many.
    """
    rng = np.random.default_rng(seed)
    drawn = draw_cases(rng, cases)
    steps = walk(rng, drawn, until=LATEST_DAY)
    names = np.array([chain.activity(state) for state in STATES])[steps.state]
    day = steps.minute / 1440
    same = steps.case[1:] == steps.case[:-1]
    met = names == chain.MEETING
    from_contact = same & (names[:-1] == chain.CONTACT) & met[1:]
    social = same & (names[:-1] == chain.ADVISER) & (names[1:] == chain.SOCIAL)
    waits = np.diff(day)
    since_referral = day[met] - day[names == chain.REFERRAL][steps.case[met]]
    half = np.full(cases, np.inf)
    half[steps.case[met]] = since_referral
    last = np.flatnonzero(np.append(~same, True))
    ended = np.isin(names[last], list(chain.ENDINGS))
    begun = drawn.referral - 7 * drawn.weeks_before
    over = day[last] + np.where(ended, 0, chain.GAVE_UP_AFTER_DAYS)
    over[over > LATEST_DAY] = np.inf
    from_first = np.where(drawn.weeks_before > 0, begun + FIRST_HOUR, day[names == chain.REFERRAL])
    return {
        "half_met": _by_area(drawn.area, half),
        "half_over": _by_area(drawn.area, over - from_first),
        "to_meeting": _by_area(drawn.area[steps.case[met]], since_referral),
        "from_contact": _by_area(drawn.area[steps.case[1:][from_contact]], waits[from_contact]),
        "to_social": {"all": round(float(np.median(waits[social])), 2)},
    }


def _by_area(area: Days, wait: Shares) -> dict[str, float]:
    """Return the median wait of each area, the areas that are alike taken together."""
    slow = area == list(chain.AREAS).index(chain.SLOW_AREA)
    slowly, others = (round(float(np.median(wait[these])), 2) for these in (slow, ~slow))
    return {name: slowly if name == chain.SLOW_AREA else others for name in chain.AREAS}
