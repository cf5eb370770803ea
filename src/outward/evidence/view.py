"""A view of a laid log: the cases meant by `where`, in groups by `by`, ready for statements in SQL.

While it is open its connection holds:

    events      every event of the log (see `laying`)
    cases       the chosen cases: case_no, customer, first, last, first_activity, last_activity, events,
                variant, grp (place in `groups`), ended (0 open, else place in `endings`, from 1),
                days (first event to the ending, or to the end of following; DOUBLE), entry_days (how long
                after its first event a case came under observation; 0 unless the extract cut older cases),
                by_activity (ended by a step, not by silence), followed (days to the end of following),
                span_days (first event to the last)
    variants    every exact route

On a work clock the same columns of lengths hold working time: days are working days, and microseconds
are such that 24 hours of them make one working day. Moments stay what they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from numpy.typing import NDArray

from outward.answers import Evidence
from outward.errors import UsageError
from outward.evidence import grouping
from outward.evidence.engines.embedded import connect
from outward.evidence.grouping import beside_events, column_of, groups_of, laid_beside
from outward.evidence.names import literal
from outward.evidence.once import once
from outward.evidence.readers.naming import files_in, one_file
from outward.evidence.sides import Sides, sides_in, sides_sql
from outward.evidence.tables import ENDING_KINDS
from outward.evidence.where import Where, sql
from outward.evidence.worked import cases_elapsed, cases_worked, clock_of, events_worked

if TYPE_CHECKING:
    import duckdb

    from outward.evidence.calendar import Calendar
    from outward.evidence.store import LaidLog
    from outward.evidence.work_clock import WorkClock

NOBODY = -2  # a code that no case bears
_opened = count()


@dataclass(frozen=True)
class View:
    """The chosen cases of a laid log.

    Attributes:
        log: the laid log.
        where: which cases.
        by: the attribute, or the two sides, that make the groups; '' for one group of all.
        groups: labels by place, the largest first; the pooled small ones and 'not known' last.
        connection: the engine, with the relations above.
        smallest_group: people from whom on a group, a step or a path may be shown; 1 where all may.
        beside: the SQL that tells an event's place in `groups` from the event alone; '' where it must be
            joined to `cases`.
        chosen: where `beside` is known, the SQL that tells of an event alone whether its case is chosen.
        found: what was asked of it so far; see `evidence/once.py`.
        clock: the work clock on which lengths of time are measured; None for elapsed time.
        opened: what is closed with it.
        admit: called with each further view of the same cases before it is looked at; it may refuse.
    """

    OTHERS: ClassVar[str] = grouping.OTHERS
    NOT_KNOWN: ClassVar[str] = grouping.NOT_KNOWN
    ALL: ClassVar[str] = grouping.ALL

    log: LaidLog
    where: Where
    by: str
    groups: tuple[str, ...]
    connection: duckdb.DuckDBPyConnection
    smallest_group: int = 1
    beside: str = ""
    chosen: str = "true"
    found: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False, compare=False)
    clock: WorkClock | None = None
    opened: ExitStack = field(default_factory=ExitStack, repr=False, compare=False)
    admit: Callable[[View], None] | None = field(default=None, repr=False, compare=False)

    @classmethod
    @contextmanager
    def open(
        cls,
        log: LaidLog,
        where: Where,
        by: str = "",
        smallest_group: int = 1,
        clock: WorkClock | None = None,
        admit: Callable[[View], None] | None = None,
    ) -> Iterator[View]:
        """Open a view and close its connection afterwards.

        Args:
            log: the laid log.
            where: which cases.
            by: an attribute, two sides in the spelling of `Sides`, or '' for no groups.
            smallest_group: groups with fewer distinct customers are pooled into 'other', which takes
                in further groups until it reaches this size too.
            clock: the work clock on which lengths of time are measured; None for elapsed time.
            admit: called with each further view of the same cases; it may refuse.

        Raises:
            UsageError: the log has no such attribute, value or step.
        """
        from outward.evidence.store import evidence_folder

        with ExitStack() as opened:
            connection = connect(evidence_folder() / f".spill-{os.getpid()}-{next(_opened)}")
            opened.callback(connection.close)
            _relations(log, connection, clock)
            meant = _meant(log, where, told=smallest_group == 1)
            groups: tuple[str, ...]
            beside = ""
            if two := sides_in(by, log.attributes):
                first, second = (_meant(log, side, told=smallest_group == 1) if side else "" for side in two.both)
                apart, code = sides_sql(first, second)
                meant, groups = f"({meant}) AND ({apart})", two.names
            else:
                groups, code = groups_of(log, meant, by, smallest_group, connection)
                beside = beside_events(log, by, code)
            _choose(log, meant, code, bool(where or by), connection, clock)
            chosen = _told_by_events(log, where)
            beside = beside if chosen else ""
            yield cls(log, where, by, groups, connection, smallest_group, beside, chosen, {}, clock, opened, admit)

    @once
    def worked(self, calendar: Calendar, whole_days: bool = False) -> View:
        """Return the same cases in the same groups on the work clock of a calendar, open as long as this view is.

        Args:
            calendar: when the service works.
            whole_days: count whole working days and no hours.
        """
        clock = clock_of(self.log, calendar, whole_days)
        return self.opened.enter_context(View.open(self.log, self.where, self.by, self.smallest_group, clock))

    @contextmanager
    def grouped_by(self, by: str) -> Iterator[View]:
        """Open the same cases in the groups of another attribute, and close that view afterwards.

        Raises:
            ReleaseRefused: with what was shown before they would tell of a few people.
        """
        with View.open(self.log, self.where, by, self.smallest_group, self.clock, self.admit) as view:
            if self.admit:
                self.admit(view)
            yield view

    @property
    def bare_dates(self) -> bool:
        """Whether most events bear a date without a time of day."""
        return self.log.manifest.quality["date_only"] * 2 > self.log.manifest.events

    @property
    def activities(self) -> tuple[str, ...]:
        """Labels of the steps by code."""
        return self.log.manifest.activities

    @property
    def narrowed(self) -> bool:
        """Whether some cases are left out, so that events must be joined to `cases`."""
        return bool(self.where)

    @cached_property
    def sides(self) -> Sides | None:
        """The two sides that make the groups; None where an attribute does."""
        return sides_in(self.by, self.log.attributes)

    @property
    def grouped(self) -> bool:
        """Whether there is more than one group to tell apart."""
        return bool(self.by)

    @property
    def endings(self) -> tuple[str, ...]:
        """Kinds of ending that this log can have, in the order of their numbers from 1."""
        return endings_of(self.log)

    @property
    def people(self) -> str:
        """The SQL of the number of people behind rows of cases, each case a row."""
        return "count(DISTINCT customer)" if self.log.manifest.has_customer else "count(*)"

    def flow(self) -> str:
        """Return the relation of the chosen cases' events, each with its group `grp`.

        Where the events tell both by what is laid beside them, these are the events as they lie: a plain scan.
        """
        if self.beside:
            return f"(SELECT *, ({self.beside})::SMALLINT AS grp FROM events WHERE {self.chosen})"
        return "(SELECT events.*, grp FROM events JOIN (SELECT case_no, grp FROM cases) USING (case_no))"

    def local(self, column: str) -> str:
        """Return the SQL of a time on the clock of the data set's zone."""
        zone = self.log.settings.time_zone
        return column if zone == "UTC" else f"timezone({literal(zone)}, timezone('UTC', {column}))"

    def columns(self, query: str) -> dict[str, NDArray[Any]]:
        """Run a statement and return its columns as arrays (masked where there are NULLs)."""
        found: dict[str, NDArray[Any]] = self.connection.execute(query).fetchnumpy()
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found

    @cached_property
    def size(self) -> Mapping[str, int]:
        """Cases, customers and events chosen."""
        cases, customers, events = self.rows(f"SELECT count(*), {self.people}, sum(events) FROM cases")[0]
        return {"cases": cases, "customers": customers, "events": int(events or 0)}

    @cached_property
    def group_sizes(self) -> tuple[tuple[int, int], ...]:
        """Cases and distinct customers of each group, by place."""
        found = {
            grp: (cases, people)
            for grp, cases, people in self.rows(f"SELECT grp, count(*), {self.people} FROM cases GROUP BY grp")
        }
        return tuple(found.get(place, (0, 0)) for place in range(len(self.groups)))

    @cached_property
    def repeat_customers(self) -> bool:
        """Whether some customer has more than one of the chosen cases."""
        return self.log.manifest.has_customer and self.size["customers"] < self.size["cases"]

    def extract_day(self) -> str:
        """Return the day up to which cases were followed, ISO."""
        return self.log.settings.extract_date or self.log.period[1]

    def evidence(self) -> Evidence:
        """Return what an answer says of the evidence it used."""
        first, last = self.log.period
        return Evidence(self.log.name, self.log.version, first, last, self.log.basis)

    def doubts(self, *matters: str) -> tuple[str, ...]:
        """Return what stands in the way of a firm standing: what nobody confirmed, and how cases were chosen."""
        said = {
            "roles": "nobody confirmed what the columns mean",
            "endings": "nobody confirmed which steps end a case",
            "extract_date": "nobody confirmed when the extract was taken",
        }
        found = [said[matter] for matter in matters if matter not in self.log.settings.confirmed]
        if self.where or self.sides:
            found.append("the cases were picked by a filter made for this look")
        return tuple(found)


def endings_of(log: LaidLog) -> tuple[str, ...]:
    """Return the kinds of ending that a log can have, in the order of ENDING_KINDS."""
    kinds = set(log.settings.endings.values())
    if log.settings.gave_up_after_days:
        kinds.add("gave up")
    return tuple(kind for kind in ENDING_KINDS if kind in kinds)


def _relations(log: LaidLog, connection: duckdb.DuckDBPyConnection, clock: WorkClock | None) -> None:
    events = f"SELECT * FROM read_parquet({files_in(log.folder, 'events-*.parquet')}, hive_partitioning = false)"
    if clock:
        clock.install(connection)
    connection.execute(f"CREATE TEMP VIEW events AS {events_worked(log, events, clock) if clock else events}")
    connection.execute(f"CREATE TEMP VIEW all_events AS {events}")
    for name in ("cases", "variants"):
        path = one_file(log.folder / f"{name}.parquet") + ", hive_partitioning = false"
        called = "all_cases" if name == "cases" else name
        connection.execute(f"CREATE TEMP VIEW {called} AS SELECT * FROM read_parquet({path})")


def _meant(log: LaidLog, where: Where, told: bool) -> str:
    """Return the filter in SQL.

    Args:
        log: the laid log.
        where: which cases.
        told: whether a step or value that is not there is said to be missing. Where small numbers
            are dealt with it meets nobody instead, so that a rare one is not told from none.
    """
    return sql(
        where,
        activity=lambda label: _activity_code(log, label) if told else _code(log.manifest.activities, label),
        value=lambda attribute, value: _value_code(log, attribute, value, told),
        extract=_extract(log),
        zone=log.settings.time_zone,
    )


def _told_by_events(log: LaidLog, where: Where) -> str:
    """Return the filter in SQL over events alone; '' where they do not tell all that it asks."""

    def laid(attribute: str, value: str) -> tuple[str, int]:
        column, code = _value_code(log, attribute, value, told=False)
        return f"case_{column}", code

    if any(condition.kind != "value" or not laid_beside(log, condition.parts[0]) for condition in where.conditions):
        return ""
    return sql(where, activity=lambda _: NOBODY, value=laid, extract="", zone="")


def _activity_code(log: LaidLog, label: str) -> int:
    try:
        return log.manifest.activities.index(label)
    except ValueError:
        # The steps are not listed here: a rare one would say that somebody took it.
        raise UsageError(f"There is no step '{label}'. U3.1 lists the steps; write it as it stands there.") from None


def _code(labels: tuple[str, ...], label: str) -> int:
    return labels.index(label) if label in labels else NOBODY


def _value_code(log: LaidLog, attribute: str, value: str, told: bool) -> tuple[str, int]:
    column, values = column_of(log, attribute)
    if value == View.NOT_KNOWN and value not in values:
        return column, -1
    if not told:
        return column, _code(values, value)
    try:
        return column, values.index(value)
    except ValueError:
        raise UsageError(f"No case has {attribute} '{value}'. Check the spelling.") from None


def _extract(log: LaidLog) -> str:
    """Return, in SQL, the moment up to which cases were followed: the end of the extract's day, else the last event."""
    if not log.settings.extract_date:
        return f"TIMESTAMP '{log.manifest.last}'"
    day = date.fromisoformat(log.settings.extract_date)
    zone = log.settings.time_zone
    return f"(timezone('UTC', timezone('{zone}', TIMESTAMP '{day}' + INTERVAL 1 DAY)))"


def _choose(
    log: LaidLog, meant: str, code: str, table: bool, connection: duckdb.DuckDBPyConnection, clock: WorkClock | None
) -> None:
    """Make the relation `cases`; as a table where it will be joined to events."""
    kinds = endings_of(log)
    ended = " ".join(
        f"WHEN {_activity_code(log, activity)} THEN {kinds.index(kind) + 1}"
        for activity, kind in sorted(log.settings.endings.items())
        if activity in log.manifest.activities
    )
    by_activity = f"CASE last_activity {ended} ELSE 0 END" if ended else "0"
    extract, silent = _extract(log), log.settings.gave_up_after_days
    gave_up = f"{by_activity} = 0 AND {extract} - last >= INTERVAL {silent} DAY" if silent else "false"
    number = kinds.index("gave up") + 1 if silent else 0
    chosen = f"(SELECT * FROM all_cases WHERE {meant})"
    shown = cases_worked(log, chosen, clock) if clock else cases_elapsed(log, chosen, extract)
    end = (
        f"CASE WHEN {by_activity} > 0 THEN {shown.last} WHEN {gave_up} THEN {shown.silent} "
        f"ELSE greatest({shown.last}, {shown.extract}) END"
    )
    entry = f"greatest(0, least({shown.opening}, {end}) - {shown.first}) / {shown.day}" if shown.opening else "0"
    connection.execute(
        f"CREATE TEMP {'TABLE' if table else 'VIEW'} cases AS SELECT case_no, customer, first, last, "
        f"first_activity, last_activity, events, variant, ({code})::SMALLINT AS grp, "
        f"(CASE WHEN {gave_up} THEN {number} ELSE {by_activity} END)::SMALLINT AS ended, "
        f"({end} - {shown.first}) / {shown.day} AS days, ({entry})::DOUBLE AS entry_days, "
        f"{by_activity} > 0 AS by_activity, "
        f"(greatest({shown.last}, {shown.extract}) - {shown.first}) / {shown.day} AS followed, "
        f"({shown.last} - {shown.first}) / {shown.day} AS span_days"
        f"{f', {shown.first} AS first_shown, {shown.last} AS last_shown' if clock else ''} FROM {shown.relation}"
    )


def ending_counts(log: LaidLog) -> tuple[dict[str, int], dict[str, int], int]:
    """Return events by activity, last events by activity, and cases: what endings are guessed from."""
    with View.open(log, Where()) as view:
        events = dict(view.rows("SELECT activity, count(*) FROM events GROUP BY 1"))
        lasts = dict(view.rows("SELECT last_activity, count(*) FROM cases GROUP BY 1"))
        labels = view.activities
        return (
            {labels[code]: count for code, count in sorted(events.items())},
            {labels[code]: count for code, count in sorted(lasts.items())},
            view.size["cases"],
        )


def each(columns: Mapping[str, NDArray[Any]], *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the named columns row by row as plain values, None where masked.

    >>> import numpy as np
    >>> list(each({"a": np.array([1, 2]), "b": np.ma.masked_array([3, 4], [False, True])}, "a", "b"))
    [(1, 3), (2, None)]
    """
    return zip(*(columns[name].tolist() for name in names), strict=True)
