"""Contacts: in which channel cases begin and end, who stays digital, who is in contact again."""

from __future__ import annotations

from datetime import date, datetime

from tests.reference.chosen import Chosen, people
from tests.reference.events import DAY, Case, Event
from tests.reference.flows import Row
from tests.reference.following import local, midnight

DIGITAL = ("Online", "North", "north")
WITHIN_DAYS = 5
CHASING = ("Chase", "Assess")


def contacts(case: Case) -> list[Event]:
    """Return the events of a case whose channel is known."""
    return [event for event in case.events if event.attributes.get("channel") is not None]


def channel(event: Event) -> str:
    """Return in which channel a contact was."""
    return str(event.attributes["channel"])


def channels(chosen: Chosen) -> list[Row]:
    """Return each channel: the cases that begin in it, those that use it at all, and its contacts."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for name in sorted({channel(event) for case in cases for event in contacts(case)}):
            using = [case for case in cases if any(channel(event) == name for event in contacts(case))]
            begun = [case for case in using if channel(contacts(case)[0]) == name]
            number = sum(channel(event) == name for case in using for event in contacts(case))
            row: Row = {"group": group, "channel": name, "began": len(begun), "cases": len(using)}
            rows.append(row | {"contacts": number, "people": people(using)})
    return rows


def moves(chosen: Chosen) -> list[Row]:
    """Return from which first channel to which last one cases go."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        found: dict[tuple[str, str], list[Case]] = {}
        for case in cases:
            if met := contacts(case):
                found.setdefault((channel(met[0]), channel(met[-1])), []).append(case)
        for (first, last), alike in sorted(found.items()):
            rows.append({"group": group, "first": first, "last": last, "cases": len(alike), "people": people(alike)})
    return rows


def contained(chosen: Chosen) -> list[Row]:
    """Return the cases that began digitally, those without assisted contact soon after, those over by then too."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        begun = [case for case in cases if _counts(case, chosen)]
        stayed = [case for case in begun if all(channel(one) in DIGITAL for one in _soon(case))]
        settled = [case for case in stayed if _settled(case, chosen)]
        if begun:
            row: Row = {"group": group, "cases": len(begun), "stayed": len(stayed), "settled": len(settled)}
            rows.append(row | {"people": people(begun)})
    return rows


def _counts(case: Case, chosen: Chosen) -> bool:
    """Return whether a case began digitally, was seen from its beginning, and was followed long enough."""
    met = contacts(case)
    window = chosen.settings.window_from
    if window and case.first < midnight(window, chosen.settings.time_zone):
        return False
    if not met or channel(met[0]) not in DIGITAL:
        return False
    return max(chosen.until, case.last) - met[0].time >= WITHIN_DAYS * DAY


def _soon(case: Case) -> list[Event]:
    met = contacts(case)
    return [event for event in met if event.time - met[0].time <= WITHIN_DAYS * DAY]


def _settled(case: Case, chosen: Chosen) -> bool:
    ended = case.steps[-1] in chosen.settings.endings
    return ended and case.last - contacts(case)[0].time <= WITHIN_DAYS * DAY


def repeat_contact(chosen: Chosen) -> list[Row]:
    """Return the days on which a customer was in contact, and those followed by another such day soon after."""
    days: dict[tuple[str, str], dict[date, tuple[datetime, Case, Event]]] = {}
    group_of = {case.id: group for group, cases in chosen.groups.items() for case in cases}
    numbers = {case.id: place for place, case in enumerate(_by_first_row(chosen))}
    for case in chosen.cases:
        for event in contacts(case):
            day = local(event.time, chosen.settings.time_zone).date()
            of_day = days.setdefault(case.customer, {})
            held = of_day.get(day)
            if held is None or _place(case, event, numbers) < _place(held[1], held[2], numbers):
                of_day[day] = (event.time, case, event)
    found: dict[tuple[str, str], list[bool]] = {}
    for of_day in days.values():
        ordered = sorted(of_day)
        for place, day in enumerate(ordered):
            _, case, event = of_day[day]
            if not _watched(of_day[day], chosen):
                continue
            following = ordered[place + 1] if place + 1 < len(ordered) else None
            again = following is not None and (following - day).days <= WITHIN_DAYS
            found.setdefault((group_of[case.id], channel(event)), []).append(again)
    return [
        {"group": group, "channel": name, "contacts": len(again), "again": sum(again)}
        for (group, name), again in sorted(found.items())
    ]


def _watched(held: tuple[datetime, Case, Event], chosen: Chosen) -> bool:
    moment, case, _ = held
    return max(chosen.until, case.last) - moment >= WITHIN_DAYS * DAY


def _by_first_row(chosen: Chosen) -> list[Case]:
    return sorted(chosen.cases, key=lambda case: min(event.row for event in case.events))


def _place(case: Case, event: Event, numbers: dict[str, int]) -> tuple[datetime, int, int]:
    return event.time, numbers[case.id], case.events.index(event)


def failure_demand(chosen: Chosen) -> list[Row]:
    """Return the contacts, and those whose step somebody took for failure demand."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        met = [event for case in cases for event in contacts(case)]
        if met:
            failed = sum(event.activity in CHASING for event in met)
            rows.append({"group": group, "contacts": len(met), "failure": failed})
    return rows
