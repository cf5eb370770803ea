"""What can happen next, how likely, and after how many weeks: every parameter of the made-up journeys.

A journey is a walk over states, counted in whole weeks from the referral. A state is written 'activity' or
'activity/which time', so that a second assessment is a state of its own. The same chain makes the journeys
(`walk.py`) and gives their exact truths (`population.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

ONLINE = "Self-referral online"
RISKS = {"Low": 0.45, "Medium": 0.35, "High": 0.20}
AREAS = {"Harbour": 0.34, "Downs": 0.26, "Vale": 0.22, "Marsh": 0.18}
ROUTES = {"School": 0.46, "Parent or carer": 0.18, "Social services": 0.20, ONLINE: 0.16}
AGE_BANDS = ("13 to 15", "16 to 17", "18 and over")
"""Nothing depends on the age band, nor (after the referral) on the route."""
SCHOOL_WEEKS_BEFORE = {2: 0.3, 3: 0.3, 4: 0.25, 5: 0.15}
"""Whole weeks from 'Stops attending' to the referral; the other routes start with the referral."""

SLOW_AREA = "Marsh"
SLOW_BY_WEEKS = 2
SUMMER_LOSS = 0.14
GAVE_UP_AFTER_DAYS = 91

TURNED_DOWN = 0.03
LOST_BEFORE_CONTACT = {"Low": 0.06, "Medium": 0.10, "High": 0.18}
FAILED_ATTEMPTS = (0.40, 0.25, 0.15, 0.12, 0.08)
FAILED_ATTEMPTS_WITH_REMINDERS = (0.58, 0.22, 0.10, 0.06, 0.04)
"""How many contact attempts fail before one succeeds: 0, 1, 2, 3 or 4, a week between them."""
ATTEMPTS_OF_THE_LOST = (0.0, 0.2, 0.5, 0.3)
MISSED = {"Low": 0.12, "Medium": 0.18, "High": 0.28}
LOST_AFTER_MISSED = {"Low": 0.10, "Medium": 0.18, "High": 0.30}
SOCIAL_SERVICES = {"Low": 0.25, "Medium": 0.40, "High": 0.60}
ASSESSED_AGAIN = 0.30
LOST_LATER = {"Low": 0.015, "Medium": 0.03, "High": 0.055}
ASKS = {"Harbour": 0.12, "Downs": 0.12, "Vale": 0.12, "Marsh": 0.35}
"""The share who ask what is happening while they wait for the first meeting."""

LOST = "lost touch"
TURNED = "Referral turned down"
WORK = "Starts work or learning"
AWAY = "Moves away"
ENDINGS = {WORK: "done", TURNED: "refused", AWAY: "withdrawn"}
REFERRAL, ATTEMPT, CONTACT = "Referral received", "Contact attempt", "Contact made"
STOPS, FLAGS, ASK = "Stops attending", "School flags concern", "Asks what is happening"
MISSES, MEETING = "Misses first meeting", "First meeting with adviser"
ADVISER, SOCIAL, PLAN = "Assessment by adviser", "Assessment by social services", "Action plan agreed"
YOUTH, PLACEMENT = "Youth Service project", "Placement or training starts"
BREAKS, REVIEW = "Placement breaks down", "Review meeting"

WEEKS: Mapping[str, tuple[float, ...]] = {
    "at once": (1.0,),
    "a week": (0.0, 1.0),
    "first attempt": (0.65, 0.35),
    "decision": (0.0, 0.5, 0.3, 0.2),
    "first meeting": (0.0, 0.4, 0.4, 0.15, 0.05),
    "first meeting, slow area": (0.0,) * SLOW_BY_WEEKS + (0.0, 0.4, 0.4, 0.15, 0.05),
    "assessment": (0.35, 0.40, 0.25),
    "social services": (0.0, 0.0, 0.2, 0.3, 0.25, 0.15, 0.1),
    "told again": (0.0, 0.4, 0.4, 0.2),
    "plan": (0.2, 0.5, 0.3),
    "project": (0.0, 0.2, 0.3, 0.3, 0.2),
    "placement": (0.0, 0.0, 0.15, 0.2, 0.2, 0.2, 0.15, 0.1),
    "project runs": (0.0, 0.0, 0.0, 0.0, 0.2, 0.2, 0.3, 0.2, 0.1),
    "review": (0.0, 0.0, 0.0, 0.0, 0.25, 0.35, 0.25, 0.15),
    "next review": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.3, 0.4, 0.2, 0.1),
    "outcome": (0.0, 0.15, 0.2, 0.2, 0.2, 0.15, 0.1),
}
"""Share of each number of whole weeks, 0 first. None reaches 12: a longer silence is losing touch."""

Way = tuple[str, float, str]


class Profile(NamedTuple):
    """What the course of a journey depends on; nothing else does."""

    risk: str
    slow: bool
    summer: bool
    reminders: bool


PROFILES = tuple(
    Profile(risk, slow, summer, reminders)
    for risk in RISKS
    for slow in (False, True)
    for summer in (False, True)
    for reminders in (False, True)
)


def activity(state: str) -> str:
    """Return the activity that a state is recorded as.

    >>> activity("Contact attempt/2")
    'Contact attempt'
    """
    return state.partition("/")[0]


def chain(profile: Profile) -> dict[str, list[Way]]:
    """Return for each state the ways on from it: next state, chance, and the name of its weeks in `WEEKS`."""
    return {**_contact(profile), **_meeting(profile), **_assessment(profile), **_help(profile)}


def _rest(ways: list[Way], state: str, weeks: str) -> list[Way]:
    """Return the ways, with whatever chance is left for one more."""
    return [*ways, (state, 1.0 - sum(chance for _, chance, _ in ways), weeks)]


def _contact(profile: Profile) -> dict[str, list[Way]]:
    """Return the ways from the referral to the first contact; reminders only make contact quicker."""
    lost = (1 - TURNED_DOWN) * (LOST_BEFORE_CONTACT[profile.risk] + SUMMER_LOSS * profile.summer)
    ways: dict[str, list[Way]] = {
        REFERRAL: _rest(
            [(TURNED, TURNED_DOWN, "decision"), (f"{ATTEMPT}/lost 1", lost, "first attempt")],
            f"{ATTEMPT}/1",
            "first attempt",
        )
    }
    failed = FAILED_ATTEMPTS_WITH_REMINDERS if profile.reminders else FAILED_ATTEMPTS
    for path, ending, shares in (("", CONTACT, failed), ("lost ", LOST, ATTEMPTS_OF_THE_LOST)):
        for number, share in enumerate(shares[:-1], start=1):
            now = share / sum(shares[number - 1 :])
            ways[f"{ATTEMPT}/{path}{number}"] = _rest(
                [(ending, now, "at once")], f"{ATTEMPT}/{path}{number + 1}", "a week"
            )
        ways[f"{ATTEMPT}/{path}{len(shares)}"] = [(ending, 1.0, "at once")]
    return ways


def _meeting(profile: Profile) -> dict[str, list[Way]]:
    """Return the ways from the first contact to the first meeting."""
    weeks = "first meeting, slow area" if profile.slow else "first meeting"
    missed, lost, later = MISSED[profile.risk], LOST_AFTER_MISSED[profile.risk], LOST_LATER[profile.risk]
    return {
        CONTACT: _rest([(AWAY, 0.01, weeks), (LOST, later, "at once"), (MISSES, missed, weeks)], MEETING, weeks),
        MISSES: _rest([(LOST, lost, "at once")], f"{ATTEMPT}/after missing", "a week"),
        f"{ATTEMPT}/after missing": _rest([(LOST, lost / 2, "at once")], MEETING, "decision"),
        MEETING: _rest([(AWAY, 0.01, "decision"), (LOST, later, "at once")], ADVISER, "assessment"),
    }


def _assessment(profile: Profile) -> dict[str, list[Way]]:
    """Return the ways from assessment to plan, past the one that is asked for twice."""
    lost = 2 * LOST_LATER[profile.risk]
    again = (f"{ADVISER}/again", ASSESSED_AGAIN, "told again")
    return {
        ADVISER: _rest([(SOCIAL, SOCIAL_SERVICES[profile.risk], "social services")], PLAN, "plan"),
        SOCIAL: _rest([(LOST, lost, "at once"), again], PLAN, "told again"),
        f"{ADVISER}/again": [(PLAN, 1.0, "plan")],
    }


def _help(profile: Profile) -> dict[str, list[Way]]:
    """Return the ways from the plan to the end."""
    lost = LOST_LATER[profile.risk]
    gone: list[Way] = [(LOST, lost, "at once"), (AWAY, 0.02, "outcome")]
    return {
        PLAN: _rest([*gone, (YOUTH, 0.28, "project"), (WORK, 0.08, "outcome")], PLACEMENT, "placement"),
        YOUTH: _rest(gone, PLACEMENT, "project runs"),
        PLACEMENT: _rest([*gone, (BREAKS, 0.14, "outcome")], REVIEW, "review"),
        BREAKS: _rest([(LOST, 3 * lost, "at once")], PLAN, "decision"),
        REVIEW: _rest([*gone, (BREAKS, 0.06, "outcome"), (REVIEW, 0.45, "next review")], WORK, "outcome"),
    }
