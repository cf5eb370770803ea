"""Stories: a small drawn log, a question, and the figures expected, written by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from outward.evidence.tables import Settings
from tests.reference.events import Event
from tests.reference.flows import Row

NAMED = ("case", "activity", "time", "start", "customer", "problem")


@dataclass(frozen=True)
class Story:
    """One rule of the specification.

    Attributes:
        title: the rule in a few words.
        says: the rule in a sentence or two.
        log: the events, drawn; an empty cell is unknown.
        asked: name of the figure.
        expected: its rows, drawn, in any order; columns that the story is not about are left out.
        where: which cases.
        by: the groups.
        smallest_group: groups with fewer customers are pooled.
        settings: what is confirmed about the log; times are UTC unless said.
    """

    title: str
    says: str
    log: str
    asked: str
    expected: str
    where: str = ""
    by: str = ""
    smallest_group: int = 1
    settings: Settings = field(default_factory=lambda: Settings(time_zone="UTC"))


@dataclass(frozen=True)
class Chapter:
    """Stories about one thing."""

    title: str
    says: str
    stories: tuple[Story, ...]


def confirmed(
    endings: Mapping[str, str] | None = None,
    extract: str = "",
    silent: int = 0,
    window: str = "",
    zone: str = "UTC",
    working: str = "",
) -> Settings:
    """Return settings with what a story needs."""
    return Settings(
        endings=endings or {},
        extract_date=extract,
        gave_up_after_days=silent,
        window_from=window,
        time_zone=zone,
        working=working,
    )


def cells(table: str) -> list[dict[str, str]]:
    """Return the rows of a drawn table, by column.

    >>> cells('''
    ... case | time
    ... 1    | 2024-01-01
    ... ''')
    [{'case': '1', 'time': '2024-01-01'}]
    """
    lines = [line for line in textwrap.dedent(table).splitlines() if line.strip()]
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def events(table: str) -> list[Event]:
    """Return the events of a drawn log."""
    found = []
    for number, row in enumerate(cells(table), start=1):
        known = {name: value or None for name, value in row.items()}
        found.append(
            Event(
                row=number,
                case=row["case"],
                activity=row["activity"],
                time=datetime.fromisoformat(row["time"]),
                start=datetime.fromisoformat(row["start"]) if row.get("start") else None,
                customer=known.get("customer"),
                attributes={name: value for name, value in known.items() if name not in NAMED},
                problem=known.get("problem"),
            )
        )
    return found


def expected_rows(story: Story) -> list[Row]:
    """Return the expected rows as values."""
    return [{name: _value(cell) for name, cell in row.items()} for row in cells(story.expected)]


def _value(cell: str) -> str | int | float:
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell
