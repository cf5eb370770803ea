"""The embedded engine's figures of contacts."""

from __future__ import annotations

from collections.abc import Callable

from outward.evidence.view import View, each
from outward.methods import channels
from tests.reference.contacts import CHASING, DIGITAL, WITHIN_DAYS
from tests.reference.flows import Row


def _name(view: View, code: int) -> str:
    return view.log.manifest.places["channel"][code]


def _digital(view: View) -> list[int]:
    names = view.log.manifest.places.get("channel", ())
    return [code for code, name in enumerate(names) if name in DIGITAL]


def _channels(view: View) -> list[Row]:
    channels.gather(view)
    begun = {(grp, code): cases for grp, code, cases in each(channels.begun(view), "grp", "channel", "cases")}
    names = ("grp", "channel", "cases", "contacts", "people")
    rows: list[Row] = []
    for grp, code, cases, contacts, people in each(channels.used(view), *names):
        row: Row = {"group": view.groups[grp], "channel": _name(view, code), "began": begun.get((grp, code), 0)}
        rows.append(row | {"cases": cases, "contacts": contacts, "people": people})
    return rows


def _moves(view: View) -> list[Row]:
    channels.gather(view)
    found = each(channels.moves(view), "grp", "here", "after", "cases", "people")
    return [
        {"group": view.groups[grp], "first": _name(view, here), "last": _name(view, after), "cases": cases}
        | {"people": people}
        for grp, here, after, cases, people in found
    ]


def _contained(view: View) -> list[Row]:
    channels.gather(view)
    found = channels.contained(view, _digital(view), WITHIN_DAYS)
    return [
        {"group": view.groups[grp], "cases": cases, "stayed": stayed, "settled": settled, "people": people}
        for grp, cases, stayed, settled, people in each(found, "grp", "cases", "stayed", "settled", "people")
    ]


def _repeat_contact(view: View) -> list[Row]:
    channels.gather(view)
    sums: dict[tuple[int, int], list[int]] = {}
    for grp, code, contacts, again in each(
        channels.came_again(view, WITHIN_DAYS), "grp", "channel", "contacts", "again"
    ):
        held = sums.setdefault((grp, code), [0, 0])
        held[0] += contacts
        held[1] += again
    return [
        {"group": view.groups[grp], "channel": _name(view, code), "contacts": contacts, "again": again}
        for (grp, code), (contacts, again) in sums.items()
    ]


def _failure_demand(view: View) -> list[Row]:
    channels.gather(view)
    found = each(channels.coded(view, "step", CHASING), "grp", "contacts", "failure")
    return [{"group": view.groups[grp], "contacts": contacts, "failure": failure} for grp, contacts, failure in found]


FIGURES: dict[str, Callable[[View], list[Row]]] = {
    "channels": _channels,
    "moves": _moves,
    "contained": _contained,
    "repeat contact": _repeat_contact,
    "failure demand": _failure_demand,
}
