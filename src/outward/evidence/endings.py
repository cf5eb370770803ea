"""Guess which activities end a case, and how, from how often each is the last of its case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from outward.evidence.vocabulary import spoken

WORDS = {
    "withdrawn": r"withdr|cancel|abandon|retract|recall|intrek|ingetrokken|annul|zuruckgezogen|retir|desist",
    "refused": (
        r"reject|refus|den(y|ie[ds])|declin|dismiss|disallow|afgewezen|afwijz|geweigerd|"
        r"abgelehnt|ablehn|rechaz|deneg"
    ),
}
OUTCOMES = (
    r"clos|complet|finish|finali|paid|pay(ment|out)?\b|resolv|grant|award|issu|deliver|end(ed)?\b|done|archiv|"
    r"approv|decision|decid|outcome|settled|handled|collection|afgerond|afgehandeld|gesloten|beschikking|"
    r"erledigt|abgeschlossen|cloture|termine|cerrad|finaliz|resuelt"
)
USUALLY_LAST = 0.8
OFTEN_LAST = 0.5
CASES_AT_LEAST = 0.01
COVERED_AT_LEAST = 0.2
ENDINGS_AT_MOST = 10


def guess(events: Mapping[str, int], lasts: Mapping[str, int], cases: int) -> dict[str, str]:
    """Return the activities that look like endings of a case: done, refused or withdrawn.

    An activity is one when it ends at least 1% of the cases and is last four times in five, or half
    the time with a name that says so. When in doubt an activity is no ending, so that its cases
    count as open: a person confirms. Guesses that end under a fifth of the cases between them, or
    name over ten activities, are no guess at all. 'Gave up' is never guessed, as it leaves no event.

    Args:
        events: activity to the number of its events.
        lasts: activity to the number of cases whose last event it is.
        cases: number of cases.

    >>> guess({"Apply": 100, "Grant": 60, "Refuse": 30}, {"Grant": 60, "Refuse": 29, "Apply": 11}, 100)
    {'Grant': 'done', 'Refuse': 'refused'}
    """
    found = {}
    for activity, last in sorted(lasts.items(), key=lambda item: (-item[1], item[0])):
        name = " ".join(spoken(activity))
        share = last / max(events.get(activity, 0), last, 1)
        often = OFTEN_LAST if _is_outcome(name) else USUALLY_LAST
        if last >= CASES_AT_LEAST * cases and last > 1 and share >= often:
            found[activity] = kind(name)
    enough = sum(lasts[activity] for activity in found) >= COVERED_AT_LEAST * cases
    return found if enough and len(found) <= ENDINGS_AT_MOST else {}


def kind(name: str) -> str:
    """Return how a case ends with an activity of this name: withdrawn, refused, else done.

    >>> kind("Application rejected by officer")
    'refused'
    """
    return next((kind for kind, form in WORDS.items() if re.search(rf"\b({form})", name.lower())), "done")


def _is_outcome(name: str) -> bool:
    return kind(name) != "done" or re.search(rf"\b({OUTCOMES})", name) is not None
