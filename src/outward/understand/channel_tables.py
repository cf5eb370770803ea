"""The tables of U3.7, from the statements on contacts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outward.answers import Column, Table, Value
from outward.evidence.view import View, each
from outward.methods import channels as contacts
from outward.methods.proportions import clustered_share, wilson
from outward.understand.groups import group_cell, group_columns, partition
from outward.understand.quantiles import finite

CHANNELS_BY_MONTH = 5
MONTHS_AT_MOST = 60
LINE_FROM = 30
"""People who begin in a channel, over all months, from which it has a line of its own."""

NOT_KNOWN = "not known"


def _share_columns(name: str, title: str, of: tuple[str, str], base: str) -> tuple[Column, ...]:
    return (
        Column(name, "share", "share", title, of=of, base=base),
        Column(f"{name}_low", "low", "share", bounds=name, base=base),
        Column(f"{name}_high", "high", "share", bounds=name, base=base),
    )


def _share_cells(name: str, hits: int, cases: int) -> dict[str, Value]:
    low, high = wilson(hits, cases)
    return {name: hits / cases if cases else None, f"{name}_low": finite(low), f"{name}_high": finite(high)}


def _channel(view: View, code: int) -> str:
    return view.log.manifest.places["channel"][code] if code >= 0 else NOT_KNOWN


def summary(view: View, digital: Sequence[int]) -> Table:
    """Return, by group, the cases with a contact, those that begin digitally, and those that end elsewhere."""
    columns = (
        *group_columns(view),
        Column("cases", "count", "cases", "Cases with a contact"),
        Column("digital", "count", "cases", "Began digitally", base="digital_people"),
        *_share_columns("digital_share", "Share that began digitally", ("digital", "cases"), "digital_people"),
        Column("moved", "count", "cases", "Ended in another channel", base="moved_people"),
        *_share_columns("moved_share", "Share that ended in another channel", ("moved", "cases"), "moved_people"),
        *(Column(name, "base") for name in ("people", "digital_people", "moved_people")),
    )
    names = ("digital", "digital_people", "moved", "moved_people", "cases", "people")
    rows = []
    for grp, *counts in each(contacts.moved(view, digital), "grp", *names):
        row: dict[str, Value] = {**group_cell(view, grp), **dict(zip(names, counts, strict=True))}
        for name, hits in (("digital_share", counts[0]), ("moved_share", counts[2])):
            row |= _share_cells(name, hits, counts[4])
        rows.append(row)
    title = "Cases with a contact whose channel is known"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title=title)


def begun(view: View, digital: Sequence[int]) -> Table:
    """Return, by group and channel, the cases that begin in it."""
    columns = (
        *group_columns(view),
        Column("channel", "label", title="Channel"),
        Column("digital", "label", title="Counts as digital"),
        Column("cases", "count", "cases", "Cases that begin in it"),
        *_share_columns("share", "Share of cases", ("cases", "in_all"), ""),
        Column("in_all", "count", "cases", "Cases in all", base="all_people"),
        *(Column(name, "base") for name in ("people", "all_people")),
    )
    whole = {grp: counts for grp, *counts in each(contacts.moved(view, digital), "grp", "cases", "people")}
    rows = []
    for grp, code, cases, people in each(contacts.begun(view), "grp", "channel", "cases", "people"):
        in_all, all_people = whole[grp]
        row: dict[str, Value] = {**group_cell(view, grp), "channel": _channel(view, code)}
        row |= {"digital": "yes" if code in digital else "no", "cases": cases, **_share_cells("share", cases, in_all)}
        rows.append(row | {"in_all": in_all, "people": people, "all_people": all_people})
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="pool",
        partition=partition(view),
        disjoint=not view.repeat_customers,
        title="The channel in which cases begin",
    )


def used(view: View) -> Table:
    """Return, by group and channel, the cases that use it at any time, and the contacts in it."""
    columns = (
        *group_columns(view),
        Column("channel", "label", title="Channel"),
        Column("cases", "count", "cases", "Cases that use it at any time"),
        Column("contacts", "count", "events", "Contacts"),
        Column("people", "base"),
    )
    rows = [
        {**group_cell(view, grp), "channel": _channel(view, code), "cases": cases, "contacts": number, "people": people}
        for grp, code, cases, number, people in each(
            contacts.used(view), "grp", "channel", "cases", "contacts", "people"
        )
    ]
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title="The channels used at any time",
    )


def moves(view: View) -> Table:
    """Return, by group and first channel, in which channel the last contact was."""
    columns = (
        *group_columns(view),
        Column("first", "label", title="First contact"),
        Column("last", "label", title="Last contact"),
        Column("cases", "count", "cases", "Cases"),
        *_share_columns("share", "Share of those that began so", ("cases", "begun"), ""),
        Column("begun", "count", "cases", "Began so in all", base="begun_people"),
        *(Column(name, "base") for name in ("people", "begun_people")),
    )
    whole = {
        (grp, code): (cases, people)
        for grp, code, cases, people in each(contacts.begun(view), "grp", "channel", "cases", "people")
    }
    taken = sorted(
        each(contacts.moves(view), "grp", "here", "after", "cases", "people"),
        key=lambda one: (one[0], -whole[one[:2]][0], one[1]),
    )
    rows = []
    for grp, here, after, cases, people in taken:
        in_all, all_people = whole[grp, here]
        row: dict[str, Value] = {**group_cell(view, grp), "first": _channel(view, here), "last": _channel(view, after)}
        row |= {"cases": cases, **_share_cells("share", cases, in_all), "begun": in_all}
        rows.append(row | {"people": people, "begun_people": all_people})
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="pool",
        partition=partition(view, "first"),
        disjoint=not view.repeat_customers,
        title="From the channel of the first contact to that of the last",
    )


def contained(view: View, digital: Sequence[int], within: int) -> Table:
    """Return, by group, the cases that began digitally and stayed so, and those that were over by then too."""
    ends = bool(view.log.settings.endings)
    columns = (
        *group_columns(view),
        Column("cases", "count", "cases", f"Began digitally, followed {within} days"),
        Column("stayed", "count", "cases", "Had no assisted contact", base="stayed_people"),
        *_share_columns("stayed_share", "Share without", ("stayed", "cases"), "stayed_people"),
        Column("settled", "count", "cases", "Had also ended by then", base="settled_people"),
        *_share_columns("settled_share", "Share that had also ended", ("settled", "cases"), "settled_people"),
        *(Column(name, "base") for name in ("people", "stayed_people", "settled_people")),
    )
    names = ("cases", "people", "stayed", "stayed_people", "settled", "settled_people")
    rows = []
    found = {grp: counts for grp, *counts in each(contacts.contained(view, digital, within), "grp", *names)}
    for grp in range(len(view.groups)):
        counts = found.get(grp, [0] * len(names))
        row: dict[str, Value] = {**group_cell(view, grp), **dict(zip(names, counts, strict=True))}
        row |= _share_cells("stayed_share", counts[2], counts[0]) | _share_cells("settled_share", counts[4], counts[0])
        rows.append(row)
    if not ends:
        columns = tuple(one for one in columns if not one.name.startswith("settled"))
        rows = [{one.name: row[one.name] for one in columns} for row in rows]
    title = f"Began digitally and had no assisted contact within {within} days"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title=title)


def again(view: View, within: int) -> Table:
    """Return, by group and channel, the contacts after which the customer was in contact again."""
    columns = (
        *group_columns(view),
        Column("channel", "label", title="After a contact in the channel"),
        Column("contacts", "count", "events", f"Contacts followed {within} days"),
        Column("again", "count", "events", "Followed by a repeat contact", base="again_people"),
        Column("again_share", "estimate", "share", "Share", of=("", "contacts"), base="people"),
        Column("again_share_low", "low", "share", bounds="again_share", base="people"),
        Column("again_share_high", "high", "share", bounds="again_share", base="people"),
        *(Column(name, "base") for name in ("people", "again_people")),
    )
    found = contacts.came_again(view, within)
    rows: list[dict[str, Value]] = []
    for grp in range(len(view.groups)):
        mine = found["grp"] == grp
        codes = sorted(set(found["channel"][mine].tolist()))
        for code in sorted(codes, key=lambda code: -int(found["contacts"][mine & (found["channel"] == code)].sum())):
            meant = mine & (found["channel"] == code)
            hits, number, whose = (np.asarray(found[name][meant]) for name in ("again", "contacts", "customer"))
            share = clustered_share(hits, number, whose)
            row: dict[str, Value] = {**group_cell(view, grp), "channel": _channel(view, code)}
            row |= {"contacts": int(number.sum()), "again": int(hits.sum()), "again_share": finite(share.value)}
            row |= {"again_share_low": finite(share.low), "again_share_high": finite(share.high)}
            rows.append(row | {"people": len(whose), "again_people": int((hits > 0).sum())})
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title=f"Repeat contact within {within} days",
    )


def months(view: View) -> Table:
    """Return, by month, the share of cases that began in each of the most used channels; the rest as 'other'."""
    columns = (
        Column("month", "date", "month", "Month in which they began"),
        Column("channel", "label", title="Channel"),
        Column("cases", "count", "cases", "Cases"),
        *_share_columns("share", "Share of the month's cases", ("cases", "in_all"), ""),
        Column("in_all", "count", "cases", "Cases in all", base="all_people"),
        *(Column(name, "base") for name in ("people", "all_people")),
    )
    found = list(each(contacts.began_by_month(view), "month", "began", "cases", "people"))
    totals = dict(each(contacts.begun(view), "channel", "people"))
    common = [code for code in totals if totals[code] >= LINE_FROM]
    kept = sorted(common, key=lambda code: (-totals[code], code))[:CHANNELS_BY_MONTH]
    latest = sorted({month for month, *_ in found})[-MONTHS_AT_MOST:]
    rows: list[dict[str, Value]] = []
    for month in latest:
        parts = {code: (cases, people) for at, code, cases, people in found if at == month}
        in_all = sum(cases for cases, _ in parts.values())
        everyone = max(people for _, people in parts.values())
        rest = [counts for code, counts in parts.items() if code not in kept]
        shown = [(_channel(view, code), *parts.get(code, (0, 0))) for code in kept]
        if len(totals) > len(kept):
            behind = [people for _, people in rest] or [0]
            people = max(behind) if view.repeat_customers else sum(behind)
            shown.append((view.OTHERS, sum(cases for cases, _ in rest), people))
        for channel, cases, people in shown:
            row: dict[str, Value] = {"month": f"{month // 12:04d}-{month % 12 + 1:02d}-01", "channel": channel}
            row |= {"cases": cases, **_share_cells("share", cases, in_all), "in_all": in_all}
            rows.append(row | {"people": people, "all_people": everyone})
    title = "The channel in which cases began, by month"
    return Table.of_rows(
        columns,
        rows,
        base="people",
        partition=("month",),
        disjoint=not view.repeat_customers,
        title=title,
    )


def failure(view: View, column: str, values: Sequence[str]) -> Table:
    """Return, by group, the contacts that somebody coded, and the share coded as failure demand."""
    columns = (
        *group_columns(view),
        Column("contacts", "count", "events", "Contacts coded"),
        Column("failure", "count", "events", "Coded as failure demand", base="failure_people"),
        *_share_columns("failure_share", "Failure demand", ("failure", "contacts"), "failure_people"),
        *(Column(name, "base") for name in ("people", "failure_people")),
    )
    names = ("contacts", "people", "failure", "failure_people")
    rows = []
    for grp, *counts in each(contacts.coded(view, column, values), "grp", *names):
        row: dict[str, Value] = {**group_cell(view, grp), **dict(zip(names, counts, strict=True))}
        rows.append(row | _share_cells("failure_share", counts[2], counts[0]))
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title="Failure demand, as coded")
