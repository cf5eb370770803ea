"""What cases did within so many days, of those seen from their beginning and followed for so long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from outward.evidence.view import View
from outward.methods.lengths import days_to_window

DAY_US = 86_400_000_000
AGAIN = -1
"""The code of doing any step again."""

Kind = Literal["steps", "repeats", "routes"]
Members = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
"""Hits, cases and customer of each customer of a group."""


@dataclass(frozen=True, eq=False)
class Share:
    """How many of a group's cases did something.

    Attributes:
        hits: cases that did it.
        cases: all of the group's that were followed.
        hit_people: customers behind the hits.
        people: customers behind all.
        members: the same customer by customer, where some have several cases; else None.
    """

    hits: int
    cases: int
    hit_people: int
    people: int
    members: Members | None = None


@dataclass(frozen=True, eq=False)
class Deed:
    """Something that some of the cases did within the days.

    Attributes:
        kind: coming to a step, doing one again, or taking an exact route.
        steps: codes of the step, or of the route's steps; empty for any step done again.
        shares: of each group, in the groups' order.
    """

    kind: Kind
    steps: tuple[int, ...]
    shares: tuple[Share, ...]


def deeds(view: View, days: int, at_most: dict[Kind, int], fewest: int) -> list[Deed]:
    """Return what cases did within so many days of their first event, those things that tell most cases apart first.

    Args:
        view: the chosen cases.
        days: of each case that count; cases that were not followed for so long, or not seen from
            their beginning, are left out.
        at_most: how many things of each kind.
        fewest: things that fewer people did, or that fewer did not do, are left out.

    What is looked at is chosen from all groups together, so that the choice favours no difference.
    """
    view.connection.execute(
        "CREATE OR REPLACE TEMP TABLE followed AS SELECT case_no, customer, grp, variant, first FROM cases "
        f"WHERE {days_to_window(view, 'first')} = 0 AND followed >= {days}"
    )
    groups = _groups(view)
    routes = _routes(view, days, at_most["routes"], fewest)
    hits: dict[Kind, str] = {
        "steps": f"SELECT case_no, customer, grp, activity AS code FROM {_soon(days)} WHERE first_visit",
        "repeats": _again(days),
        "routes": "SELECT case_no, customer, grp, code FROM taken",
    }
    return [
        deed for kind, one in hits.items() for deed in _deeds(view, kind, one, routes, groups, at_most[kind], fewest)
    ]


@dataclass(frozen=True, eq=False)
class _Group:
    cases: int
    people: int
    customers: NDArray[Any]
    held: NDArray[Any]


def _groups(view: View) -> list[_Group]:
    if not view.repeat_customers:
        sizes = dict(view.rows("SELECT grp, count(*) FROM followed GROUP BY grp"))
        none: NDArray[Any] = np.empty(0, np.int64)
        return [_Group(sizes.get(place, 0), sizes.get(place, 0), none, none) for place in range(len(view.groups))]
    held = view.columns("SELECT grp, customer, count(*) AS held FROM followed GROUP BY ALL ORDER BY ALL")
    found = []
    for place in range(len(view.groups)):
        mine = held["grp"] == place
        found.append(_Group(int(held["held"][mine].sum()), int(mine.sum()), held["customer"][mine], held["held"][mine]))
    return found


def _soon(days: int) -> str:
    """Return the SQL of the events within the days."""
    return (
        "(SELECT events.*, customer, grp FROM events JOIN followed USING (case_no) "
        f"WHERE epoch_us(time - first) <= {days * DAY_US})"
    )


def _again(days: int) -> str:
    again = f"SELECT DISTINCT case_no, customer, grp, activity AS code FROM {_soon(days)} WHERE NOT first_visit"
    return f"WITH again AS ({again}) FROM again UNION ALL SELECT DISTINCT case_no, customer, grp, {AGAIN} FROM again"


def _routes(view: View, days: int, at_most: int, fewest: int) -> list[tuple[int, ...]]:
    """Make the table of the cases that took one of the most common routes, and return the routes' steps.

    A case's route is what it did within the days: the beginning of its exact route.
    """
    view.connection.execute(
        "CREATE OR REPLACE TEMP TABLE begun AS SELECT followed.*, steps[1:seen] AS steps FROM followed "
        f"JOIN (SELECT case_no, count(*) AS seen FROM {_soon(days)} GROUP BY case_no) USING (case_no) "
        "JOIN variants USING (variant)"
    )
    people = "count(DISTINCT customer)"
    common = view.rows(
        f"SELECT steps FROM begun GROUP BY steps HAVING {people} >= {fewest} "
        f"ORDER BY count(*) DESC, steps LIMIT {at_most}"
    )
    routes = [tuple(steps) for (steps,) in common]
    view.connection.execute("CREATE OR REPLACE TEMP TABLE common (code INTEGER, steps INTEGER[])")
    if routes:
        rows = [[code, list(steps)] for code, steps in enumerate(routes)]
        view.connection.executemany("INSERT INTO common VALUES (?, ?)", rows)
    view.connection.execute(
        "CREATE OR REPLACE TEMP TABLE taken AS SELECT case_no, customer, grp, code FROM begun JOIN common USING (steps)"
    )
    return routes


def _deeds(
    view: View,
    kind: Kind,
    hits: str,
    routes: list[tuple[int, ...]],
    groups: list[_Group],
    at_most: int,
    fewest: int,
) -> list[Deed]:
    people = sum(group.people for group in groups)
    counted: dict[int, dict[int, tuple[int, int]]] = {}
    for code, grp, cases, hit_people in view.rows(
        f"SELECT code, grp, count(*), count(DISTINCT customer) FROM ({hits}) GROUP BY ALL ORDER BY ALL"
    ):
        counted.setdefault(code, {})[grp] = (cases, hit_people)
    apart = {}
    for code, by_group in counted.items():
        did = sum(hit_people for _, hit_people in by_group.values())
        apart[code] = min(did, people - did)
    chosen = sorted((code for code in apart if apart[code] >= fewest), key=lambda code: (-apart[code], code))[:at_most]
    members = _members(view, hits, chosen, groups) if view.repeat_customers and chosen else {}

    def share(code: int, place: int) -> Share:
        cases, hit_people = counted[code].get(place, (0, 0))
        return Share(cases, groups[place].cases, hit_people, groups[place].people, members.get((code, place)))

    def steps(code: int) -> tuple[int, ...]:
        if kind == "routes":
            return routes[code]
        return () if code == AGAIN else (code,)

    return [Deed(kind, steps(code), tuple(share(code, place) for place in range(len(groups)))) for code in chosen]


def _members(view: View, hits: str, codes: list[int], groups: list[_Group]) -> dict[tuple[int, int], Members]:
    """Return, for each thing and group, how many cases of each customer did it."""
    found = view.columns(
        f"SELECT code, grp, customer, count(*) AS hits FROM ({hits}) WHERE code IN ({', '.join(map(str, codes))}) "
        "GROUP BY ALL ORDER BY code, grp, customer"
    )
    members = {}
    for code in codes:
        for place, group in enumerate(groups):
            mine = (found["code"] == code) & (found["grp"] == place)
            having = np.zeros(len(group.customers), np.int64)
            having[np.searchsorted(group.customers, found["customer"][mine])] = found["hits"][mine]
            members[code, place] = (having, group.held, group.customers)
    return members
