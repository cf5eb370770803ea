"""What an event log must hold, and what a person confirms about it: values passed between the stages.

a file -> readers -> Source -> roles (guessed, then confirmed) -> Settings
-> event rows -> EventRows -> laying -> a laid log
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outward.answers import Basis

ROLES = (
    "case",
    "activity",
    "time",
    "start",
    "lifecycle",
    "customer",
    "channel",
    "resource",
    "organisation",
)
"""The roles a column of an event log can play; every other column kept is an attribute."""

LONGEST_LABEL = 1_000
"""Characters that a case number, a step or any other label may have; longer text is none."""

ENDING_KINDS = ("done", "refused", "withdrawn", "gave up")
"""How a case can end. A case without an ending is open."""


@dataclass(frozen=True)
class SetAside:
    """Rows that could not be used, and why in words ('the date cannot be read')."""

    reason: str
    rows: int


@dataclass(frozen=True)
class Source:
    """A file opened for reading, as a relation of the engine.

    Attributes:
        path: the file.
        format: 'csv', 'jsonl', 'parquet', 'xes', 'xlsx', 'ods' or 'spss'.
        relation: a SQL query over the file: every column of it and `row_no BIGINT`, the original row
            counted from 1. Text formats give VARCHAR columns; an empty field is NULL.
        columns: column name to DuckDB type name, in file order, without `row_no`.
        fingerprint: SHA-256 of the file's bytes, hexadecimal.
        aside: rows that the reader had to leave out.
        notes: what a person should know about the reading ('the encoding is latin-1').
    """

    path: Path
    format: str
    relation: str
    columns: Mapping[str, str]
    fingerprint: str
    aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """A column guessed to play a role, how surely (0 to 1) and why, in a clause a person can check."""

    role: str
    column: str
    confidence: float
    why: str


@dataclass(frozen=True)
class Settings:
    """What is known about a data set beyond its file; kept with it, used again for the next extract.

    Attributes:
        roles: role to column.
        dates: for a wide table (one row a case): date column to the activity it stands for.
        time_style: how times are written, a strptime pattern; '' where the file has real times.
        time_zone: the zone of naive times.
        decimal_comma: whether numbers are written 1.234,5.
        extract_date: ISO date on which the extract was taken; '' where not known (the last event's
            day is then taken, and said).
        window_from: ISO date from which events are in the extract, where older cases were cut.
        endings: activity to its kind (see ENDING_KINDS); a case ends when its last event is one.
        working: when the service works, a calendar in its one spelling; '' or 'none' where not known.
        gave_up_after_days: an open case silent for so many days counts as given up; 0 is never.
        table: the sheet of a workbook or the file of a ZIP to read; '' to choose the one that can be meant.
        keep: personal-looking columns that a person asked to keep.
        leave_out: columns that a person asked to leave out.
        steps: step of the file to the name it goes by; one name for several merges them, '' hides a step.
        confirmed: which of 'roles', 'dates', 'endings', 'extract_date', 'time_zone', 'working', 'coverage' a person
            confirmed.
        basis: what the evidence is made of.
        name: what people call the data set.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    time_style: str = ""
    time_zone: str = "Europe/London"
    decimal_comma: bool = False
    extract_date: str = ""
    window_from: str = ""
    endings: Mapping[str, str] = field(default_factory=dict)
    working: str = ""
    gave_up_after_days: int = 0
    table: str = ""
    keep: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    steps: Mapping[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    basis: Basis = Basis.RECORDED
    name: str = ""


@dataclass(frozen=True)
class EventRows:
    """The events of a source as one relation that laying reads.

    Attributes:
        relation: a SQL query giving, for each event: `row_no BIGINT`, `case_id VARCHAR`, `activity
            VARCHAR`, `time TIMESTAMP` (UTC, microseconds), `start TIMESTAMP` (NULL where unknown; the
            column only where `has_start`), the VARCHAR columns named in `roles` (`customer`, `channel`,
            `resource`, `organisation`: those present) and `attributes`, and `problem VARCHAR`: NULL,
            or why the row is set aside.
        has_start: whether the log knows when work began.
        roles: which of customer, channel, resource, organisation are there.
        attributes: the kept attribute columns, as named in the file.
        personal: columns that look personal and are left out, with the reason for each.
        left_out: columns left out for another reason, with it.
        notes: what E1.1 should say of how rows became events (pairs without a partner ...).
        aside: rows set aside that `problem` cannot carry (an unmatched start row ...).
    """

    relation: str
    has_start: bool
    roles: tuple[str, ...]
    attributes: tuple[str, ...]
    personal: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
