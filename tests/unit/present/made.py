"""Released answers for the tests of presenters: every one is built here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from outward.answers import (
    Basis,
    Chart,
    Column,
    Evidence,
    Kind,
    Level,
    Map,
    Mark,
    Method,
    Picture,
    Sentence,
    Standing,
    Value,
)
from outward.disclosure.released import Policy, ReleasedAnswer, ReleasedTable

CHECKED = Policy(
    name="outward",
    threshold=10,
    rounding=5,
    zeros_shown=False,
    ends_masked=True,
    words="Checked for small numbers: fewer than 10 people are not shown, counts are to the nearest 5.",
)
UNCHECKED = Policy(
    name="none",
    threshold=1,
    rounding=1,
    zeros_shown=True,
    ends_masked=False,
    words="Not checked.",
    reason="test",
)
METHOD = Method("Counting", "Each case is counted once.", "A textbook", ("Cases are complete",))
MAP = Map("steps", "paths", Sentence("Most of {summary.cases|case|cases} go straight through."))


def table(
    columns: Iterable[Column],
    rows: Iterable[Mapping[str, Value]],
    marks: Mapping[tuple[int, str], Mark] | None = None,
) -> ReleasedTable:
    """Return a released table of these rows; marks by (row, column)."""
    columns, rows, marks = tuple(columns), list(rows), marks or {}
    return ReleasedTable(
        columns=columns,
        values={column.name: tuple(row[column.name] for row in rows) for column in columns},
        marks={column.name: tuple(marks.get((place, column.name)) for place in range(len(rows))) for column in columns},
    )


def answer(
    tables: Mapping[str, ReleasedTable],
    *,
    sentence: Sentence | None = None,
    pictures: tuple[Picture, ...] = (),
    basis: Basis = Basis.RECORDED,
    policy: Policy = CHECKED,
    **changes: Any,
) -> ReleasedAnswer:
    """Return a released answer over these tables."""
    made = ReleasedAnswer(
        question="U3.1",
        version=1,
        title="What paths do customers take?",
        sentence=sentence or Sentence("Something can be said."),
        tables=tables,
        method=METHOD,
        evidence=(Evidence("Permits", "3f2a", "2010-10-02", "2012-01-23", basis),),
        basis=basis,
        standing=Standing(Level.CARE, ("the endings are not confirmed",)),
        pictures=pictures,
        caveats=(Sentence("Open cases are counted."),),
        parameters={"by": "channel"},
        policy=policy,
    )
    return replace(made, **changes)


def _columns(*made: tuple[str, Kind, str]) -> list[Column]:
    return [Column(name, kind, unit) for name, kind, unit in made]


def journey(
    paths: Iterable[tuple[str, str, int, float | None]], *, by: tuple[str, ...] = (), **changes: Any
) -> ReleasedAnswer:
    """Return a paths answer from (from, to, cases, median days); steps are counted from what comes in.

    With `by`, each of these groups takes the same paths.
    """
    rows = list(paths)
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for source, target, cases, _ in rows:
        into[target] = into.get(target, 0) + cases
        out[source] = out.get(source, 0) + cases
    split: list[dict[str, Value]] = [{"group": group} for group in by] or [{}]
    steps = [{**group, "step": step, "cases": into[step]} for group in split for step in into if step != "■"]
    drawn = [
        {
            **group,
            "from_step": source,
            "to_step": target,
            "cases": cases,
            "share": cases / out[source],
            "median_days": days,
            "p90_days": days and 3 * days,
        }
        for group in split
        for source, target, cases, days in rows
    ]
    first = [Column("group", "label")] if by else []
    figures = _columns(
        ("from_step", "label", ""),
        ("to_step", "label", ""),
        ("cases", "count", "cases"),
        ("share", "share", "share"),
        ("median_days", "quantile", "days"),
        ("p90_days", "quantile", "days"),
    )
    counted = _columns(("step", "label", ""), ("cases", "count", "cases"))
    return answer(
        {
            "summary": table(_columns(("cases", "count", "cases")), [{"cases": out.get("▶", 0)}]),
            "steps": table([*first, *counted], steps),
            "paths": table([*first, *figures], drawn),
        },
        sentence=Sentence("{summary.cases|case|cases} were followed."),
        pictures=(MAP,),
        **changes,
    )


SIMPLE = [
    ("▶", "Apply", 1000, None),
    ("Apply", "Check", 900, 0.5),
    ("Apply", "■", 100, None),
    ("Check", "Decide", 880, 5.4),
    ("Check", "Ask again", 120, 21.0),
    ("Ask again", "Check", 100, 40.0),
    ("Ask again", "■", 20, None),
    ("Decide", "■", 880, None),
    ("Check", "Check", 60, 2.0),
]


def simple(**changes: Any) -> ReleasedAnswer:
    """Return a small journey with a detour, a loop and a loop of a step onto itself."""
    return journey(SIMPLE, **changes)


COLUMNS_BY_CHANNEL = [
    Column("channel", "label", title="Channel"),
    Column("cases", "count", "cases", title="Cases"),
    Column("share", "share", "share", title="Finished in 10 days"),
    Column("share_low", "low", bounds="share"),
    Column("share_high", "high", bounds="share"),
    Column("median_days", "quantile", "days", title="Half take at most"),
]
BY_CHANNEL: list[dict[str, Value]] = [
    {
        "channel": "Internet",
        "cases": 1250,
        "share": 0.58,
        "share_low": 0.54,
        "share_high": 0.62,
        "median_days": 0.02,
    },
    {
        "channel": "Phone",
        "cases": 110,
        "share": 0.41,
        "share_low": 0.32,
        "share_high": 0.5,
        "median_days": 5.4,
    },
    {
        "channel": "Post",
        "cases": None,
        "share": None,
        "share_low": None,
        "share_high": None,
        "median_days": None,
    },
]


def by_channel(spec: Mapping[str, Any] | None = None, **changes: Any) -> ReleasedAnswer:
    """Return shares by channel with their intervals; Post is confidential."""
    marks: dict[tuple[int, str], Mark] = {(2, column.name): "c" for column in COLUMNS_BY_CHANNEL[1:]}
    chart = Chart("channels", spec, Sentence("Internet is fastest: {channels.share} in 10 days.")) if spec else None
    return answer(
        {"channels": table(COLUMNS_BY_CHANNEL, BY_CHANNEL, marks)},
        sentence=Sentence(
            "{channels[channel=Post].share} by post.",
            "{channels[channel=Phone].share} of {channels[1].cases|case|cases} by phone.",
        ),
        pictures=(chart,) if chart else (),
        **changes,
    )
