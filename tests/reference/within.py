"""What cases did within so many days, of those seen from their beginning and followed for so long."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.reference.chosen import Chosen, people
from tests.reference.contacts import WITHIN_DAYS
from tests.reference.events import DAY, Case
from tests.reference.flows import Row
from tests.reference.following import midnight
from tests.reference.weeks import soon


def steps(chosen: Chosen) -> list[Row]:
    """Return, for each step, the cases that came to it."""
    return list(_told(chosen, lambda names: set(names)))


def repeats(chosen: Chosen) -> list[Row]:
    """Return, for each step, the cases that did it again; 'any' for those that did some step again."""
    return list(_told(chosen, lambda names: again | {"any"} if (again := _again(names)) else set()))


def routes(chosen: Chosen) -> list[Row]:
    """Return, for each exact route, the cases that took it and went no further."""
    return list(_told(chosen, lambda names: {" > ".join(names)}))


def _told(chosen: Chosen, did: Callable[[list[str]], set[str]]) -> Iterator[Row]:
    for group, cases in chosen.groups.items():
        followed = [case for case in cases if _followed(case, chosen)]
        deeds = [(case, did([event.activity for event in soon(case)])) for case in followed]
        for what in sorted({one for _, done in deeds for one in done}):
            mine = [case for case, done in deeds if what in done]
            row: Row = {"group": group, "what": what, "cases": len(mine), "people": people(mine)}
            yield row | {"of": len(followed), "of_people": people(followed)}


def _again(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _followed(case: Case, chosen: Chosen) -> bool:
    """Whether a case began when the window was open and was followed for the days."""
    settings = chosen.settings
    if settings.window_from and case.first < midnight(settings.window_from, settings.time_zone):
        return False
    return max(case.last, chosen.until) - case.first >= WITHIN_DAYS * DAY
