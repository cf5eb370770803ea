"""U3.6: how cases end, and who gives up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View
from outward.methods.competing import incidence_at, incidence_difference
from outward.methods.differences import Known, difference_p
from outward.methods.durations import Durations, grid, independent_at_risk, people_in
from outward.methods.gray import gray
from outward.methods.lengths import case_durations, followed_within, given_up_after
from outward.pictures import curve_with_band, dots_with_intervals
from outward.understand.groups import (
    choice_caveats,
    compares,
    comparison_caveats,
    comparison_cells,
    comparison_columns,
    group_cell,
    group_columns,
    group_title,
    partition,
    small_groups,
)
from outward.understand.quantiles import finite
from outward.understand.unended import last_so_far, unended, unended_caveat
from outward.understand.working import Working, limit_table, working_caveats, working_limit
from outward.understand.working import working as calendar_time

METHOD = Method(
    "Cumulative incidence (Aalen-Johansen)",
    "The share of cases that have ended in each way within a stated time, where an ending of one kind rules out the "
    "others and open cases count as open up to the day of the extract. 95% intervals; where some customers have "
    "several cases they allow for it. Groups are compared with the largest one by Gray's test for each ending, "
    "corrected by Holm's method over all comparisons made; where cases came under observation late, by the test of "
    "the difference within the stated days. 'Gave up' is a rule: open and silent for a stated time.",
    "Aalen and Johansen (1978); Gray (1988); Lin and Wei (1989); Holm (1979)",
    ("Cases still open would end like the others that lasted so long.",),
)


BY_THE_SERVICE = ("done", "refused")
"""Endings that the service brings about, and so in its working time; customers leave on any day."""
TOLD = {"done": "end well", "refused": "are refused", "withdrawn": "are withdrawn", "gave up": "are given up"}


@question("U3.6", "How does it end, and who gives up?")
def endings(view: View, *, within_days: int = 180, within_working_days: int = 125, working: str = "") -> Answer:
    """Return the share of cases that end in each way, open ones included; from which step they give up.

    within_days: days within which the shares are stated
    within_working_days: the same in working days, for what is done or refused, where there is a calendar
    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none

    Assumes that open cases would end like others that lasted so long. Where no step is known to end a
    case nothing can be told.
    """
    if view.endings:
        groups = case_durations(view)
        within_days = followed_within(groups, within_days)
        tables = _told(view, groups, within_days)
        decided = {kind: view.endings.index(kind) + 1 for kind in BY_THE_SERVICE if kind in view.endings}
        found = calendar_time(view, working) if decided else None
        if found:
            limit = working_limit(found, within_working_days)
            tables["limits"] = limit_table(view, groups, found, within_days, limit, decided)
        ended = [people_in(group, group.ended > 0) for group in groups]
        earned = standing(_grounds(view, tables["summary"], ended))
    else:
        tables, earned, found = {"last_so_far": last_so_far(view)}, unended(view), None
    return Answer(
        sentence=_sentence(view, within_days),
        tables=tables,
        pictures=_pictures(view, within_days) if view.endings else (),
        caveats=(*_caveats(view), *_working_caveats(view, found), *comparison_caveats(view), *choice_caveats(view)),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=earned,
    )


def _told(view: View, groups: Sequence[Durations], within_days: int) -> dict[str, Table]:
    summary = _summary(view, groups, within_days)
    tables = {"summary": summary, "over_time": _over_time(view, groups), "last_steps": _last_steps(view)}
    if view.log.settings.gave_up_after_days:
        tables["gave_up"] = _gave_up(view, within_days)
    if compares(view):
        tables["compared"] = _compared(view, groups, within_days)
    return tables


def _grounds(view: View, summary: Table, ended: Sequence[int]) -> Grounds:
    return Grounds(
        basis=view.log.basis,
        effective_number=ended[0],
        known_coverage="coverage" in view.log.settings.confirmed,
        follow_up_complete=None not in summary.values["share"],
        interval_width=_widest(summary),
        width_wanted=0.2,
        doubts=(*view.doubts("roles", "endings", "extract_date"), *small_groups(ended)),
        settle="wait until more cases have ended",
    )


def _widest(summary: Table) -> float | None:
    ends = zip(summary.values["share_low"], summary.values["share_high"], strict=True)
    return max((float(high) - float(low) for low, high in ends if low is not None and high is not None), default=None)


def _sentence(view: View, within: int) -> Sentence:
    if not view.endings:
        return Sentence("How cases end cannot be told: it is not known which steps end a case.")
    whose = "of the cases of '{summary.group}'" if view.grouped else "of cases"
    compared = "; {compared.comparisons|comparison|comparisons} made, {compared.standing_out|stands|stand} out."
    said = [
        f"Within {within} days, {{summary[ending={kind}].share}} {whose} {TOLD[kind]} (95% interval "
        f"{{summary[ending={kind}].share_low}} to {{summary[ending={kind}].share_high}})"
        for kind in reversed(view.endings)
    ]
    return Sentence(
        *([one + compared for one in said] if compares(view) else []),
        *(f"{one}." for one in said),
        "How cases end cannot be said: there are too few, none was followed for long enough, or nearly all end alike.",
    )


def _caveats(view: View) -> list[Sentence]:
    if not view.endings:
        return [unended_caveat()]
    said = []
    if "endings" not in view.log.settings.confirmed:
        said.append(Sentence("Which steps end a case was guessed from the data; nobody confirmed it."))
    if view.log.settings.gave_up_after_days:
        days = view.log.settings.gave_up_after_days
        said.append(
            Sentence(f"'Gave up' means open and silent for {days} days; the table shows half and twice that too.")
        )
    return said


def _working_caveats(view: View, found: Working | None) -> tuple[Sentence, ...]:
    leave = [kind for kind in view.endings if kind not in BY_THE_SERVICE]
    if not found or not leave:
        return working_caveats(found, limits=True)
    told = " and ".join(f"'{kind}'" for kind in leave)
    words = f"How soon cases end as {told} is told in calendar days alone: customers leave on any day."
    return (*working_caveats(found, limits=True), Sentence(words))


def _share_columns(base: str) -> tuple[Column, ...]:
    return (
        Column("share", "estimate", "share", "Share", of=("", "cases"), base=base),
        Column("share_low", "low", "share", bounds="share", base=base),
        Column("share_high", "high", "share", bounds="share", base=base),
    )


def _summary(view: View, groups: Sequence[Durations], within: int) -> Table:
    columns = (
        *group_columns(view),
        Column("ending", "label", title="How it ends"),
        Column("ended", "count", "cases", "Cases so far", base="ended_people"),
        *_share_columns("ended_people"),
        Column("cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("ended_people", "base"),
    )
    counted = {
        (grp, ended): (cases, people)
        for grp, ended, cases, people in view.rows(
            f"SELECT grp, ended, count(*), {view.people} FROM cases GROUP BY grp, ended"
        )
    }
    rows = []
    for place, group in enumerate(groups):
        cases, people = view.group_sizes[place]
        for number, ending in enumerate((*view.endings, "still open"), start=1):
            still = ending == "still open"
            found = incidence_at(group, None if still else number, [float(within)])
            value, low, high = float(found.value[0]), float(found.low[0]), float(found.high[0])
            if still:
                value, low, high = 1 - value, 1 - high, 1 - low
            ended, ended_people = counted.get((place, 0 if still else number), (0, 0))
            row: dict[str, Value] = {
                **group_cell(view, place),
                "ending": ending,
                "ended": ended,
                "cases": cases,
            }
            row |= {"share": finite(value), "share_low": finite(low), "share_high": finite(high)}
            rows.append(row | {"people": people, "ended_people": ended_people})
    title = f"How cases end: so far, and the share within {within} days with open cases allowed for"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title=title)


def _over_time(view: View, groups: Sequence[Durations]) -> Table:
    columns = (
        *group_columns(view),
        Column("ending", "label", title="How it ends"),
        Column("day", "number", "days", "Days since the first event"),
        *_share_columns("at_risk_people"),
        Column("cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("at_risk_people", "base"),
    )
    longest = max((float(group.days.max()) for group in groups if len(group.days)), default=1.0)
    days = np.concatenate([[0.0], grid(max(longest, 1e-3))])
    rows: list[dict[str, Value]] = []
    for place, group in enumerate(groups):
        cases, people = view.group_sizes[place]
        risk = independent_at_risk(group, days)
        for number, ending in enumerate(view.endings, start=1):
            found = incidence_at(group, number, days)
            for day, value, low, high, left in zip(days, found.value, found.low, found.high, risk, strict=True):
                if not np.isfinite(value):
                    break
                row: dict[str, Value] = {**group_cell(view, place), "ending": ending, "day": float(day)}
                row |= {"share": float(value), "share_low": finite(low), "share_high": finite(high)}
                rows.append(row | {"cases": cases, "people": people, "at_risk_people": int(left)})
    title = "Share of cases ended in each way, by the days since the first event"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), disjoint=False, title=title)


def _last_steps(view: View) -> Table:
    """Return the last step of cases that did not end well: where people leave."""
    columns = (
        *group_columns(view),
        Column("ending", "label", title="How it ends"),
        Column("step", "label", title="Last step"),
        Column("ended", "count", "cases", "Cases"),
        Column("mean_days", "mean", "days", "Mean days since their first event"),
        Column("days", "total", "customer days", "Days since their first event, in all", of=("mean_days", "ended")),
        Column("people", "base"),
    )
    left = [number for number, ending in enumerate(view.endings, start=1) if ending in ("gave up", "withdrawn")]
    found = view.rows(
        f"SELECT grp, ended, last_activity, count(*), {view.people}, sum(days) FROM cases "
        f"WHERE ended IN ({', '.join(map(str, left)) or '-1'}) GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3"
    )
    rows = [
        {
            **group_cell(view, grp),
            "ending": view.endings[ended - 1],
            "step": view.activities[activity],
            "ended": cases,
            "mean_days": days / cases,
            "days": days,
            "people": people,
        }
        for grp, ended, activity, cases, people, days in found
    ]
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view, "ending"),
        title="After which step they leave",
    )


def _gave_up(view: View, within: int) -> Table:
    columns = (
        *group_columns(view),
        Column("silent_days", "number", "days", "Given up when silent for"),
        Column("ended", "count", "cases", "Cases so far", base="ended_people"),
        *_share_columns("ended_people"),
        Column("cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("ended_people", "base"),
    )
    days = view.log.settings.gave_up_after_days
    number = view.endings.index("gave up") + 1
    rows = []
    for silent in sorted({max(days // 2, 1), days, 2 * days}):
        for place, group in enumerate(given_up_after(view, silent, number)):
            cases, people = view.group_sizes[place]
            found = incidence_at(group, number, [float(within)])
            ended = group.ended == number
            row: dict[str, Value] = {
                **group_cell(view, place),
                "silent_days": silent,
                "ended": int(group.counts[ended].sum()),
                "cases": cases,
            }
            row |= {"share": finite(found.value[0]), "share_low": finite(found.low[0])}
            row |= {"share_high": finite(found.high[0]), "people": people}
            rows.append(row | {"ended_people": people_in(group, ended)})
    title = f"How many give up within {within} days, by how long a silence counts as giving up"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), disjoint=False, title=title)


def _compared(view: View, groups: Sequence[Durations], within: int) -> Table:
    late = any(group.truncated for group in groups)
    columns = (
        Column("ending", "label", title="How it ends"),
        Column("group", "label", title=group_title(view)),
        Column("against", "label", title="Against"),
        Column("difference", "difference", "share", f"Difference within {within} days", of=("", "cases")),
        Column("difference_low", "low", "share", bounds="difference"),
        Column("difference_high", "high", "share", bounds="difference"),
        *comparison_columns("Test of the difference" if late else "Gray's test"),
        Column("cases", "count", "cases", "Cases of the smaller group"),
        Column("people", "base"),
    )
    pairs = [(number, place) for number in range(1, len(view.endings) + 1) for place in range(1, len(groups))]
    gaps = [_gap(groups[place], groups[0], number, within) for number, place in pairs]
    raw = [
        difference_p(gap) if late else gray([groups[0], groups[place]], number).p_value
        for (number, place), gap in zip(pairs, gaps, strict=True)
    ]
    rows = []
    for (number, place), gap, cells in zip(pairs, gaps, comparison_cells(raw), strict=True):
        row: dict[str, Value] = {"ending": view.endings[number - 1], "group": view.groups[place]}
        row |= {"against": view.groups[0], "difference": finite(gap.value)}
        row |= {"difference_low": finite(gap.low), "difference_high": finite(gap.high)}
        smaller = min(view.group_sizes[place], view.group_sizes[0], key=lambda size: size[1])
        rows.append(row | cells | {"cases": smaller[0], "people": smaller[1]})
    title = "Do the groups differ beyond chance?"
    return Table.of_rows(columns, rows, base="people", disjoint=False, title=title)


def _gap(one: Durations, other: Durations, ending: int, within: int) -> Known:
    found = incidence_difference(one, other, ending, [float(within)])
    return Known(float(found.value[0]), float(found.low[0]), float(found.high[0]))


def _picture_title(view: View, within: int) -> Sentence:
    """Return how many end well, and how many of those who leave, as the title over the shares."""
    plain = f"How cases end within {within} days"
    if view.grouped:
        return Sentence(plain)
    leave = [kind for kind in reversed(view.endings) if kind != "done"]
    said = f"Within {within} days, {{summary[ending=done].share}} of cases {TOLD['done']}"
    more = [f"{said} and {{summary[ending={kind}].share}} {TOLD[kind]}" for kind in leave]
    return Sentence(*(more if "done" in view.endings else []), *([said] if "done" in view.endings else []), plain)


def _pictures(view: View, within: int) -> tuple[Chart, ...]:
    shares = Chart(
        "summary",
        dots_with_intervals("ending", "share", "share_low", "share_high", by="group" if view.grouped else ""),
        _picture_title(view, within),
        name="endings",
    )
    if view.grouped:
        return (shares,)
    curve = curve_with_band(
        "day",
        "share",
        "share_low",
        "share_high",
        "ending",
        x_title="Days since the first event",
        y_title="Ended so",
    )
    return (shares, Chart("over_time", curve, Sentence("How cases end, day by day"), name="over_time"))
