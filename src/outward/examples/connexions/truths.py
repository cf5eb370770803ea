"""The truths planted in the case log of `connexions`: what a right answer to each question must cover.

`truths.yaml` holds what `truths()` gives; write it anew with

    python -m outward.examples.connexions.truths > truths.yaml
"""

from __future__ import annotations

import sys
from typing import Any

from outward.examples.connexions import chain
from outward.examples.connexions.days import REMINDERS_FROM
from outward.examples.connexions.population import gave_up, share, wait_medians

Truth = dict[str, Any]
MEDIAN_ERROR_DAYS = 0.1
FOLLOWED_FROM = "2026-03-01"
"""Cases that began before this day had time for every repeat that is a truth."""
RISK, AREA, TERM, REMINDERS = "risk_of_exclusion", "area", "term_referred", "text_reminders"


def truths() -> dict[str, Any]:
    """Return every planted truth with its exact value, under the key 'truths', and how to read them.

    Shares are of cases, from 0 to 1, and exact for the whole population that the log is a sample of: nobody
    is cut off by the extract there. Medians are in calendar days, right to within their `tolerance`.
    """
    return {
        "log": "journeys.csv",
        "made_up": True,
        "gave_up_after_days": chain.GAVE_UP_AFTER_DAYS,
        "gave_up_at": "the moment the silence has lasted so long: the last event and 91 days",
        "truths": [*_times(), *_waits(), *_repeats(), *_endings(), *_changes(), *_nothing()],
    }


def _truth(name: str, question: str, says: str, statistic: str, values: dict[str, float], **more: Any) -> Truth:
    """Return one truth; with two groups or more it may name the two whose difference is asked for."""
    truth: Truth = {"id": name, "question": question, "says": says, "statistic": statistic, **more}
    if "compare" in more:
        truth["compare"] = list(more["compare"])
    truth["values"] = values
    if "compare" in more:
        first, second = more["compare"]
        truth["difference"] = round(values[first] - values[second], 5)
    return truth


def _times() -> list[Truth]:
    """Return how long it takes from referral to first meeting, by area."""
    ends: Truth = {"from": chain.REFERRAL, "to": chain.MEETING, "by": AREA, "compare": ["Marsh", "Harbour"]}
    return [
        _truth(
            "met_within_42_days",
            "U3.3",
            "In Marsh far fewer young people meet an adviser within six weeks of the referral.",
            "share reaching the step within the days, open cases included",
            share(AREA, [chain.MEETING], 42),
            **ends,
            days=42,
        ),
        _truth(
            "days_to_meeting",
            "U3.3",
            "Those who meet an adviser have waited two weeks (ten working days) longer in Marsh.",
            "median calendar days of those who reach the step",
            wait_medians()["to_meeting"],
            **ends,
            tolerance=MEDIAN_ERROR_DAYS,
        ),
        _truth(
            "half_met_after_days",
            "U3.3",
            "Half of all have met an adviser in under five weeks; in Marsh it takes two weeks longer.",
            "days after which half of all cases have reached the step, other endings competing",
            wait_medians()["half_met"],
            **ends,
            tolerance=0.3,
        ),
        *_lengths(),
    ]


def _lengths() -> list[Truth]:
    """Return how long whole cases take, however they end."""
    found = []
    for by, days, compare in ((AREA, 182, ["Marsh", "Harbour"]), (RISK, 364, ["High", "Low"])):
        ended = share(by, list(chain.ENDINGS), days, since_first=True)
        silent = gave_up(by, days, since_first=True)
        found.append(
            _truth(
                f"over_within_{days}_days",
                "U3.3",
                "Cases take longer in Marsh; whatever the risk, most are over within a year.",
                "share of cases with any ending, giving up among them, open cases included",
                {group: round(ended[group] + silent[group], 5) for group in ended},
                **{"from": "first event"},
                by=by,
                days=days,
                compare=compare,
            )
        )
    length = _truth(
        "half_over_after_days",
        "U3.3",
        "Cases take longer in Marsh.",
        "days after which half of all cases are over, by whatever ending, giving up among them",
        wait_medians()["half_over"],
        **{"from": "first event"},
        by=AREA,
        compare=["Marsh", "Harbour"],
        tolerance=0.8,
    )
    return [*found, length]


def _waits() -> list[Truth]:
    """Return the waits between two steps that follow each other directly."""
    statistic = "median calendar days between the two events, one directly after the other"
    return [
        _truth(
            "wait_for_meeting",
            "U3.4",
            "The wait in Marsh is between first contact and first meeting.",
            statistic,
            wait_medians()["from_contact"],
            **{"from": chain.CONTACT, "to": chain.MEETING},
            by=AREA,
            compare=["Marsh", "Harbour"],
            tolerance=MEDIAN_ERROR_DAYS,
        ),
        _truth(
            "wait_for_social_services",
            "U3.4",
            "The second assessment costs more than three weeks.",
            statistic,
            wait_medians()["to_social"],
            **{"from": chain.ADVISER, "to": chain.SOCIAL},
            tolerance=MEDIAN_ERROR_DAYS,
        ),
    ]


def _repeats() -> list[Truth]:
    """Return what young people have to do again, and where they have to ask."""
    assessed = {"among": f"cases with '{chain.ADVISER}' at least 91 days before the extract", "by": RISK}
    social = chain.SOCIAL_SERVICES
    return [
        _truth(
            "tried_again",
            "U3.5",
            "Most have to be tried more than once; since there are reminders, fewer.",
            f"share of all cases with '{chain.ATTEMPT}' more than once",
            _tried_again(),
            first_event_before=FOLLOWED_FROM,
            by=REMINDERS,
            compare=["Yes", "No"],
        ),
        _truth(
            "assessed_again",
            "U3.5",
            "Some are assessed by the adviser all over again, most of all those at high risk.",
            f"share of all cases with '{chain.ADVISER}' more than once",
            share(RISK, [f"{chain.ADVISER}/again"], 364),
            first_event_before=FOLLOWED_FROM,
            by=RISK,
            compare=["High", "Low"],
        ),
        _truth(
            "assessed_by_both",
            "U3.1",
            "Many are assessed a second time by social services, most of all those at high risk.",
            f"share of cases that pass through '{chain.SOCIAL}'",
            dict(social),
            **assessed,
            compare=["High", "Low"],
        ),
        _truth(
            "assessed_again_of_assessed",
            "U3.5",
            "After social services, three in ten are assessed by the adviser all over again.",
            f"share of cases with '{chain.ADVISER}' twice",
            {risk: round(chance * chain.ASSESSED_AGAIN, 5) for risk, chance in social.items()},
            **assessed,
            compare=["High", "Low"],
        ),
        _truth(
            "asks_what_is_happening",
            "U3.5",
            "Those who wait longest ask most often what is happening: failure demand.",
            f"share of cases that pass through '{chain.ASK}'",
            dict(chain.ASKS),
            among=f"cases with '{chain.MEETING}'",
            by=AREA,
            compare=["Marsh", "Harbour"],
        ),
    ]


def _tried_again() -> dict[str, float]:
    """Return the share with a second contact attempt: to make contact, or after a missed first meeting."""
    first_works = {"No": chain.FAILED_ATTEMPTS[0], "Yes": chain.FAILED_ATTEMPTS_WITH_REMINDERS[0]}
    tried = share(REMINDERS, [f"{chain.ATTEMPT}/2", f"{chain.ATTEMPT}/lost 2"], 364)
    missed = share(REMINDERS, [f"{chain.ATTEMPT}/after missing"], 364)
    return {group: round(tried[group] + first_works[group] * missed[group], 5) for group in tried}


def _endings() -> list[Truth]:
    """Return how it ends by risk, from the first event and from the referral, and who is lost in summer."""
    found = [
        _truth(
            f"gave_up_within_{days}_days{'' if since_first else '_of_referral'}",
            "U3.6",
            "The higher the risk of exclusion, the more lose touch.",
            "cumulative incidence of giving up, other endings competing",
            gave_up(RISK, days, since_first=since_first),
            **{"from": "first event" if since_first else chain.REFERRAL, "ending": "gave up"},
            by=RISK,
            days=days,
            compare=["High", "Low"],
            values_if_counted_at_the_last_event=share(RISK, [chain.LOST], days, since_first=since_first),
        )
        for days in (182, 364)
        for since_first in (True, False)
    ]
    ends: Truth = {"from": chain.REFERRAL, "statistic": "cumulative incidence, other endings competing"}
    work, refused = share(RISK, [chain.WORK], 364), share("all", [chain.TURNED], 28)
    lost = gave_up(TERM, 182)
    return [
        *found,
        _truth(
            "done_within_364_days_of_referral",
            "U3.6",
            "Most at low risk are in work or learning within a year.",
            values=work,
            **ends,
            ending="done",
            by=RISK,
            days=364,
            compare=["High", "Low"],
        ),
        _truth(
            "refused_within_28_days_of_referral",
            "U3.6",
            "Few referrals are turned down.",
            values=refused,
            **ends,
            ending="refused",
            days=28,
        ),
        _truth(
            "lost_in_summer",
            "U3.6",
            "Of those referred in the summer holiday, many more lose touch, before anybody has reached them.",
            values=lost,
            **ends,
            ending="gave up",
            by=TERM,
            days=182,
            compare=["Summer holiday", "Spring term"],
        ),
    ]


def _changes() -> list[Truth]:
    """Return what the text-message reminders changed."""
    return [
        _truth(
            "contacted_within_14_days",
            "U3.9",
            f"Since text-message reminders began on {REMINDERS_FROM}, more are reached within two weeks.",
            "share reaching the step within the days, open cases included",
            share(REMINDERS, [chain.CONTACT], 14),
            **{"from": chain.REFERRAL, "to": chain.CONTACT},
            by=REMINDERS,
            days=14,
            compare=["Yes", "No"],
            change_on=REMINDERS_FROM,
        )
    ]


def _nothing() -> list[Truth]:
    """Return the group with nothing planted: every difference between age bands is luck."""
    everybody = {
        "met_within_42_days": share("all", [chain.MEETING], 42),
        "contacted_within_14_days": share("all", [chain.CONTACT], 14),
        "gave_up_within_182_days_of_referral": gave_up("all", 182),
        "done_within_364_days_of_referral": share("all", [chain.WORK], 364),
    }
    return [
        _truth(
            f"{name}_whatever_the_age",
            "U3.8",
            "The age band makes no difference to anything.",
            f"as in {name}",
            dict.fromkeys(chain.AGE_BANDS, value["all"]),
            by="age_band",
            compare=[chain.AGE_BANDS[2], chain.AGE_BANDS[0]],
            nothing_planted=True,
        )
        for name, value in everybody.items()
    ]


def main() -> None:
    """Write the truths as YAML to the standard output."""
    import yaml

    sys.stdout.write("# Made up: what is planted in the made-up evidence. Written by truths.py.\n")
    yaml.safe_dump(truths(), sys.stdout, sort_keys=False, allow_unicode=True, width=110)


if __name__ == "__main__":
    main()
