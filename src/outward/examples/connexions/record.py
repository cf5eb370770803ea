"""How each step is written down: by whom, through which channel, in which of six systems."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outward.examples.connexions import chain
from outward.examples.connexions.days import EXTRACT_DAY, FIRST_DAY, OFFICE, SCHOOL, TERMS, Days, term_of
from outward.examples.connexions.walk import OFFICE_MINUTES, OFFICE_OPENS, STATES, Cases, Steps

Texts = NDArray[np.str_]
Columns = dict[str, Texts]

SAME_CUSTOMER_SHARE = 0.08
"""The share of cases that are somebody's second."""
NO_CUSTOMER_SHARE = 0.01


class Recorded(NamedTuple):
    """Who records an activity and how.

    Attributes:
        organisation: whose step it is.
        source: the system it is recorded in.
        staff: the first letters of the coded worker.
        channels: channel to its share; none where there is no contact with the young person.
        longest: minutes that it lasts at most, where the system records the start; else 0.
    """

    organisation: str
    source: str
    staff: str
    channels: dict[str, float]
    longest: int = 0


PARTNERSHIP = "Connexions partnership"
REGISTER, CASES, SOCIAL_CARE = "School register", "Case system", "Social care system"
CALLS, SIGN_IN, SELF_SERVICE = "Call and text log", "Youth Service sign-in", "Online self-service"
IN_PERSON = {"Face to face": 0.85, "Video": 0.15}
TALK = {"Phone": 0.6, "Face to face": 0.4}

STEPS = {
    chain.STOPS: Recorded("Schools", REGISTER, "SC", {}),
    chain.FLAGS: Recorded("Schools", REGISTER, "SC", {}),
    chain.REFERRAL: Recorded(PARTNERSHIP, CASES, "CA", {"Email": 0.6, "Phone": 0.4}),
    chain.TURNED: Recorded(PARTNERSHIP, CASES, "CA", {"Letter": 1.0}),
    chain.ATTEMPT: Recorded(PARTNERSHIP, CALLS, "PA", {"Phone": 0.6, "Letter": 0.25, "Home visit": 0.15}),
    chain.CONTACT: Recorded(PARTNERSHIP, CALLS, "PA", {"Phone": 0.8, "Home visit": 0.2}),
    chain.ASK: Recorded(PARTNERSHIP, CALLS, "PA", {"Online": 1.0}),
    chain.MISSES: Recorded(PARTNERSHIP, CASES, "PA", {"Face to face": 1.0}),
    chain.MEETING: Recorded(PARTNERSHIP, CASES, "PA", IN_PERSON, 60),
    chain.ADVISER: Recorded(PARTNERSHIP, CASES, "PA", IN_PERSON, 90),
    chain.SOCIAL: Recorded("Social services", SOCIAL_CARE, "SW", {"Face to face": 1.0}, 120),
    chain.PLAN: Recorded(PARTNERSHIP, CASES, "PA", IN_PERSON),
    chain.YOUTH: Recorded("Youth Service", SIGN_IN, "YW", {"Face to face": 1.0}, 120),
    chain.PLACEMENT: Recorded("Training providers", CASES, "TP", {"Face to face": 1.0}),
    chain.BREAKS: Recorded("Training providers", CASES, "TP", TALK),
    chain.REVIEW: Recorded(PARTNERSHIP, CASES, "PA", TALK, 45),
    chain.WORK: Recorded(PARTNERSHIP, CASES, "PA", {"Phone": 0.7, "Text": 0.3}),
    chain.AWAY: Recorded(PARTNERSHIP, CASES, "PA", {"Phone": 1.0}),
}
ACTIVITIES = tuple(STEPS)
STAFF_BY_AREA = {"SC": 9, "CA": 2, "PA": 8, "SW": 4, "YW": 3, "TP": 5}
"""How many coded workers of each kind an area has."""
TEXTS_AFTER_REMINDERS = 0.5
"""The share of contact attempts made by text message once there are reminders."""
START_KNOWN = 0.92


class Events(NamedTuple):
    """Events in order of case and time: place of the case, place in ACTIVITIES, minute from FIRST_DAY."""

    case: Days
    activity: Days
    minute: Days


def all_events(rng: np.random.Generator, cases: Cases, steps: Steps) -> Events:
    """Return the steps with what comes before the referral and what the young person asks while waiting.

    Args:
        rng: the source of luck.
        cases: the cases.
        steps: their steps from the referral on.
    """
    places = np.array([ACTIVITIES.index(chain.activity(s)) if s != chain.LOST else -1 for s in STATES])
    walked = Events(steps.case, places[steps.state], steps.minute)
    parts = [*_school(rng, cases), walked, _asks(rng, cases, walked)]
    together = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((together[2], together[0]))
    return Events(*(column[order] for column in together))


def _school(rng: np.random.Generator, cases: Cases) -> tuple[Events, Events]:
    """Return the school's events: the first missed day and, within six days, the flag."""
    case = np.flatnonzero(cases.weeks_before)
    start = cases.referral[case] - 7 * cases.weeks_before[case]
    flag, through = SCHOOL.pick(start, np.zeros_like(start), rng.random(len(case)))
    missed = start * 1440 + 9 * 60 + rng.integers(0, 30, len(case))
    flagged = flag * 1440 + 10 * 60 + (through * 5 * 60).astype(np.int64)
    stops, flags = (np.full(len(case), ACTIVITIES.index(name)) for name in (chain.STOPS, chain.FLAGS))
    return Events(case, stops, missed), Events(case, flags, flagged)


def _asks(rng: np.random.Generator, cases: Cases, events: Events) -> Events:
    """Return the questions asked between first contact and first meeting, on any day, at any waking hour."""
    meeting = [ACTIVITIES.index(chain.MEETING), ACTIVITIES.index(chain.MISSES)]
    after = np.isin(events.activity[1:], meeting) & (events.case[1:] == events.case[:-1])
    waits = np.flatnonzero(after & (events.activity[:-1] == ACTIVITIES.index(chain.CONTACT)))
    case = events.case[waits]
    waits = waits[rng.random(len(case)) < np.array(list(chain.ASKS.values()))[cases.area[case]]]
    first, last = events.minute[waits] // 1440 + 1, events.minute[waits + 1] // 1440
    day = first + (rng.random(len(waits)) * (last - first)).astype(np.int64)
    minute = day * 1440 + rng.integers(7 * 60, 23 * 60 + 30, len(waits))
    return Events(events.case[waits], np.full(len(waits), ACTIVITIES.index(chain.ASK)), minute)


def columns(rng: np.random.Generator, cases: Cases, events: Events) -> Columns:
    """Return the columns of the case log as texts, one entry an event, in order of time.

    Args:
        rng: the source of luck.
        cases: the cases.
        events: all their events.
    """
    events = Events(*(column[np.argsort(events.minute, kind="stable")] for column in events))
    case, done = events.case, np.array(ACTIVITIES)[events.activity]
    steps = [STEPS[name] for name in ACTIVITIES]
    ids, customers = _ids(rng, cases), _customers(rng, cases, events)
    of_case = {
        "area": np.array(list(chain.AREAS))[cases.area],
        "age_band": np.array(chain.AGE_BANDS)[customers[1]],
        "referral_route": np.array(list(chain.ROUTES))[cases.route],
        "risk_of_exclusion": np.array(list(chain.RISKS))[cases.risk],
        "text_reminders": np.where(cases.profile % 2 == 1, "Yes", "No"),
        "term_referred": np.array(TERMS)[term_of(cases.referral)],
    }
    channel = _channel(rng, cases, events)
    source = np.where(channel == "Online", SELF_SERVICE, np.array([s.source for s in steps])[events.activity])
    return {
        "case": ids[case],
        "activity": done,
        "time": written(events.minute),
        "start": _start(rng, events),
        "channel": channel,
        "organisation": np.array([s.organisation for s in steps])[events.activity],
        "resource": np.where(channel == "Online", "", _resource(rng, cases, events)),
        "customer": customers[0][case],
        **{name: values[case] for name, values in of_case.items()},
        "source": source,
    }


def written(minute: Days) -> Texts:
    """Return minutes from `FIRST_DAY` as they stand in the file, in local clock time.

    >>> print(written(np.array([1440 + 9 * 60]))[0])
    2023-09-02 09:00
    """
    times = np.datetime_as_string(FIRST_DAY + minute.astype("timedelta64[m]"), unit="m")
    return np.asarray(np.char.replace(times, "T", " "))


def _start(rng: np.random.Generator, events: Events) -> Texts:
    """Return when work began, where the system records it and somebody filled it in."""
    longest = np.array([step.longest for step in STEPS.values()])[events.activity]
    lasted = (longest * (0.5 + 0.5 * rng.random(len(longest)))).astype(np.int64)
    known = (longest > 0) & (rng.random(len(longest)) < START_KNOWN)
    return np.where(known, written(events.minute - lasted), "")


def _channel(rng: np.random.Generator, cases: Cases, events: Events) -> Texts:
    """Return the channel of each event."""
    channel = np.full(len(events.case), "", dtype="<U20")
    luck = rng.random(len(channel))
    for number, step in enumerate(STEPS.values()):
        if step.channels:
            these = events.activity == number
            place = np.searchsorted(np.cumsum(list(step.channels.values())), luck[these], side="right")
            channel[these] = np.array(list(step.channels))[np.minimum(place, len(step.channels) - 1)]
    texts = (events.activity == ACTIVITIES.index(chain.ATTEMPT)) & (cases.profile[events.case] % 2 == 1)
    channel[texts & (rng.random(len(channel)) < TEXTS_AFTER_REMINDERS)] = "Text"
    referred = events.activity == ACTIVITIES.index(chain.REFERRAL)
    channel[referred & (cases.route[events.case] == list(chain.ROUTES).index(chain.ONLINE))] = "Online"
    asked = (events.activity == ACTIVITIES.index(chain.ASK)) & OFFICE.open[events.minute // 1440]
    hour = events.minute % 1440 - OFFICE_OPENS
    channel[asked & (hour >= 0) & (hour < OFFICE_MINUTES) & (luck < 0.6)] = "Phone"
    return channel


def _resource(rng: np.random.Generator, cases: Cases, events: Events) -> Texts:
    """Return the coded worker of each event: one of each kind for a whole case, from its area."""
    worker = np.full(len(events.case), "", dtype="<U8")
    staff = np.array([step.staff for step in STEPS.values()])[events.activity]
    for letters, many in STAFF_BY_AREA.items():
        number = cases.area * many + rng.integers(0, many, len(cases.area)) + 1
        names = np.array([f"{letters}-{each:02d}" for each in number])
        these = staff == letters
        worker[these] = names[events.case[these]]
    return worker


def _ids(rng: np.random.Generator, cases: Cases) -> Texts:
    """Return a case number for each case, seven digits with a leading zero, rising with the referral."""
    numbers = 290_000 + np.cumsum(rng.integers(1, 9, len(cases.referral)))
    ids = np.empty(len(numbers), dtype="<U8")
    ids[np.argsort(cases.referral, kind="stable")] = [f"{number:07d}" for number in numbers]
    return ids


def _customers(rng: np.random.Generator, cases: Cases, events: Events) -> tuple[Texts, Days]:
    """Return the made-up young person number and the place of the age band of each case."""
    n = len(cases.referral)
    age = rng.choice(len(chain.AGE_BANDS), n, p=(0.36, 0.44, 0.20))
    last = np.zeros(n, dtype=np.int64)
    np.maximum.at(last, events.case, events.minute // 1440)
    begun = cases.referral - 7 * cases.weeks_before
    numbers = 100_000 + rng.permutation(9 * n)[:n]
    free = np.ones(n, dtype=np.bool_)
    for second in rng.choice(n, int(SAME_CUSTOMER_SHARE * n), replace=False):
        years = (begun[second] - begun) / 365.25
        older = (age[second] - age == 0) & (years < 2) | (age[second] - age == 1) & (years > 0.5)
        alike = free & (cases.area == cases.area[second]) & (cases.risk == cases.risk[second])
        first = np.flatnonzero(alike & older & (last + 28 < begun[second]) & (last < EXTRACT_DAY))
        if free[second] and len(first):
            chosen = first[rng.integers(len(first))]
            numbers[second] = numbers[chosen]
            free[[chosen, second]] = False
    names = np.array([f"YP{number}" for number in numbers])
    return np.where(rng.random(n) < NO_CUSTOMER_SHARE, "", names), age
