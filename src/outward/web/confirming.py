"""The page on which a person confirms what a file is: from an inspection to fields, and from the form to settings.

Fields are numbered, as names of columns and steps can hold anything: `column-3` says what the third column is,
`name-5` and `is-5` what the fifth step is called and does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from outward.answers import Basis
from outward.dates import day_of
from outward.errors import UsageError
from outward.evidence.inspection import Inspection, SeenColumn, SeenStep
from outward.evidence.plausible import check_extract
from outward.evidence.tables import ENDING_KINDS, Settings
from outward.evidence.time_styles import PIECES
from outward.examples.sample import sample_fingerprint
from outward.present import words
from outward.web.fields import Field, Option, choice
from outward.web.opening import opening, read_opening

KEEP, LEAVE, DATE = "keep", "leave", "date"
USES = (
    ("case", "The case: its number"),
    ("activity", "What happened: the step"),
    ("time", "When it was done"),
    ("start", "When work on it began"),
    ("lifecycle", "Whether it is a start or a completion"),
    ("customer", "Who the customer is"),
    ("channel", "The channel"),
    ("resource", "Who did it (kept as a code)"),
    ("organisation", "Which body or team did it"),
    (DATE, "The date of a step (one row a case)"),
    (KEEP, "Something to group and filter by"),
    (LEAVE, "Nothing: leave it out"),
)
WAYS = (
    ("", "A step on the way"),
    ("done", "Ends a case: done"),
    ("refused", "Ends a case: refused"),
    ("withdrawn", "Ends a case: withdrawn"),
    ("hide", "Hidden"),
)
DATE_PIECES = {*PIECES, "%-d", "%-m", "%-H", "%-I", "%a", "%A", "%j", "%z", "%Z", "%n", "%g", "%%"}
STEPS_SHOWN = 300
MAKES_STEPS = ("case", "activity", "time", "start", "lifecycle")
MATTERS = ("roles", "dates", "endings", "extract_date", "time_zone")
MOST_SILENT_DAYS = 36_500


@dataclass(frozen=True)
class ColumnRow:
    """One column on the page: what is known of it, and the fields that say what it is."""

    seen: SeenColumn
    use: Field
    called: Field | None
    why: tuple[str, ...]

    @property
    def empty(self) -> int:
        """The share of its cells that are empty, in percent."""
        return round(100 * (1 - self.seen.filled))


@dataclass(frozen=True)
class StepRow:
    """One step on the page: how common it is, and the fields that say what it is."""

    seen: SeenStep
    called: Field
    way: Field

    @property
    def events(self) -> str:
        """How many events there are of it."""
        return f"{self.seen.events:,}"

    @property
    def last(self) -> str:
        """In how many cases it comes last."""
        return f"{self.seen.last:,}"


@dataclass(frozen=True)
class Slip:
    """A step that looks misspelt, the one it may stand for, and the field that makes them one."""

    id: str
    name: str
    events: int
    common: str
    chosen: bool


def page(seen: Inspection, posted: Mapping[str, Any] | None, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the page shows: what a person sent last, else what is known or guessed.

    Args:
        seen: what was found out about the file.
        posted: what a person sent last; None where it was nothing yet.
        errors: what is wrong with it, by field.
    """
    settings = seen.settings

    def now(name: str, otherwise: str) -> str:
        return str(posted.get(name, "")) if posted is not None else otherwise

    first, last = (words.date(day) if day else "" for day in (seen.first, seen.last))
    return {
        "counts": f"{seen.events:,} events of {seen.cases:,} cases, from {first} to {last}.",
        "columns": [_column_row(place, one, seen, now) for place, one in enumerate(seen.columns)],
        "steps": [_step_row(place, one, settings, now) for place, one in enumerate(seen.steps[:STEPS_SHOWN])],
        "steps_more": max(0, len(seen.steps) - STEPS_SHOWN),
        "slips": [
            Slip(f"slip-{place}", one.name, one.events, seen.slips[one.name], bool(now(f"slip-{place}", "")))
            for place, one in enumerate(seen.steps)
            if one.name in seen.slips and one.name not in settings.steps
        ],
        "endings": bool(settings.endings),
        "called": Field(
            "text",
            "name",
            "What to call the data set",
            now("name", settings.name),
            hint="Left empty, it is called after its file.",
        ),
        "extract": Field(
            "date",
            "extract",
            "Day on which the extract was taken",
            now("extract", settings.extract_date or seen.last),
            hint="Guessed from the last event in the file. Up to this day, open cases are known to be open.",
        ),
        "window": Field(
            "date",
            "window",
            "First day of the extract, if older events were cut off",
            now("window", settings.window_from),
            hint="Leave it empty where every case is whole.",
        ),
        "zone": Field(
            "text", "zone", "Time zone", now("zone", settings.time_zone), hint="Of times that name none of their own."
        ),
        "style": Field(
            "text",
            "style",
            "How dates are written",
            now("style", settings.time_style),
            hint="%d is the day, %m the month, %Y the year, %H the hour, %M the minute. Found out from the values.",
        ),
        "silent": Field(
            "number",
            "silent",
            "Days of silence after which an open case counts as given up",
            now("silent", str(settings.gave_up_after_days or "")),
            hint="Leave it empty if nobody gives up.",
        ),
        "opening": opening(settings.working, now, errors or {}),
        "complete": bool(now("complete", "yes" if "coverage" in settings.confirmed else "")),
        "period": _periods(seen),
        "cases": _cases(seen),
    }


def _periods(seen: Inspection) -> str:
    found = seen.differences
    if not found:
        return ""
    now, before = (" to ".join(map(words.date, days)) for days in (found.now, found.before))
    return f"{now}; it was {before}"


def _cases(seen: Inspection) -> str:
    found = seen.differences
    if not found:
        return ""
    if not found.vanished:
        return f"{found.new_cases:,} are new. All {found.cases_before:,} of last time are there."
    return (
        f"{found.new_cases:,} are new. {found.vanished:,} of the {found.cases_before:,} of last time are not in this "
        "file: find out why before you compare."
    )


def _column_row(place: int, column: SeenColumn, seen: Inspection, now: Any) -> ColumnRow:
    name = f"column-{place}"
    role = next((role for role, played in seen.settings.roles.items() if played == column.name), "")
    use = role or (DATE if column.name in seen.settings.dates else _kept(column, seen.settings))
    label = f"What '{column.name}' is"
    called = None
    if column.dates and (seen.settings.dates or seen.wrong):
        step = now(f"date-{place}", seen.settings.dates.get(column.name, ""))
        called = Field("text", f"date-{place}", f"Step of '{column.name}', if it is one", step)
    return ColumnRow(column, choice(name, label, USES, now(name, use)), called, _why(column, seen, role))


def _why(column: SeenColumn, seen: Inspection, role: str) -> tuple[str, ...]:
    """Return, in sentences without their stop, why a column is taken to be what it is."""
    said = [seen.why[role]] if role in seen.why else []
    if column.personal:
        care = "kept as a code" if role in ("customer", "resource", "case") else "left out unless you may keep it"
        said.append(f"it looks personal, as {column.personal}: {care}")
    elif column.unused and not role:
        said.append(f"it makes no groups, as {column.unused}")
    if column.dates and column.name in seen.settings.dates:
        said.append(f"it holds dates: {column.dates}")
    return tuple(one[:1].upper() + one[1:] for one in said)


def _kept(column: SeenColumn, settings: Settings) -> str:
    if column.personal:
        return KEEP if column.name in settings.keep else LEAVE
    return LEAVE if column.unused or column.name in settings.leave_out else KEEP


def _step_row(place: int, step: SeenStep, settings: Settings, now: Any) -> StepRow:
    called = settings.steps.get(step.name, step.name)
    way = "hide" if not called else settings.endings.get(called, "")
    return StepRow(
        step,
        Field("text", f"name-{place}", f"Name of '{step.name}'", now(f"name-{place}", called or step.name)),
        Field(
            "select",
            f"is-{place}",
            f"What '{step.name}' is",
            options=tuple(Option(value, said, value == now(f"is-{place}", way)) for value, said in WAYS),
        ),
    )


def read(seen: Inspection, posted: Mapping[str, Any]) -> Settings:
    """Return the settings that a person confirmed on the page.

    Args:
        seen: the inspection that the page showed.
        posted: the form's fields.

    Raises:
        UsageError: two columns play one part, a needed one is played by none, or a field cannot be read.
    """
    roles, dates, keep, leave = _columns(seen, posted)
    steps, endings = _steps(seen, posted)
    silent = str(posted.get("silent", "")).strip()
    if not re.fullmatch(r"\d{0,5}", silent) or int(silent or 0) > MOST_SILENT_DAYS:
        raise UsageError(f"Days of silence: write a number from 1 to {MOST_SILENT_DAYS:,}, or nothing.")
    confirmed = {*MATTERS} if dates else {*MATTERS} - {"dates"}
    confirmed |= {"coverage"} if posted.get("complete") else set()
    working = read_opening(posted)
    confirmed |= {"working"} if working else set()
    extract = _day(posted, "extract", "Day on which the extract was taken")
    if seen.first:
        check_extract(extract, seen.first, seen.last)
    return replace(
        seen.settings,
        roles=roles,
        dates=dates,
        time_style=_style(seen, posted, roles, dates),
        time_zone=_zone(str(posted.get("zone", "")).strip()),
        extract_date=extract,
        window_from=_day(posted, "window", "First day of the extract"),
        endings=endings,
        gave_up_after_days=int(silent or 0),
        working=working,
        keep=keep,
        leave_out=leave,
        steps=steps,
        confirmed=tuple(sorted(confirmed - (set() if extract else {"extract_date"}))),
        basis=Basis.MADE_UP if seen.fingerprint == sample_fingerprint() else seen.settings.basis,
        name=" ".join(str(posted.get("name", "")).split())[:100],
    )


def _columns(
    seen: Inspection, posted: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str], tuple[str, ...], tuple[str, ...]]:
    roles: dict[str, str] = {}
    dates: dict[str, str] = {}
    keep, leave = [], []
    known = dict(USES)
    for place, column in enumerate(seen.columns):
        use = str(posted.get(f"column-{place}", ""))
        if use not in known:
            raise UsageError(f"Say what the column '{column.name}' is.")
        if use == DATE:
            dates[column.name] = " ".join(str(posted.get(f"date-{place}", "")).split()) or column.name
        elif use == KEEP:
            keep += [column.name] if column.personal else []
        elif use == LEAVE:
            leave += [] if column.personal or column.unused else [column.name]
        elif use in roles:
            raise UsageError(f"Both '{roles[use]}' and '{column.name}' are said to be: {known[use]}. Choose one.")
        else:
            roles[use] = column.name
    needed = ("case",) if dates else ("case", "activity", "time")
    missing = [known[role] for role in needed if role not in roles]
    if missing:
        raise UsageError(f"No column is said to be: {'; '.join(missing)}. Choose one among the columns.")
    if dates and {"activity", "time"} & set(roles):
        raise UsageError(
            "Some columns are said to be dates of steps, one row a case, and others the step or its time, one row "
            "an event. A file is one or the other."
        )
    return roles, dates, tuple(keep), tuple(leave)


def _steps(seen: Inspection, posted: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the step list and the endings; where steps become one, the most common says how it ends."""
    shown = seen.steps[:STEPS_SHOWN]
    steps = {old: new for old, new in seen.settings.steps.items() if old not in {one.name for one in shown}}
    ways: dict[str, str] = {}
    for place, step in enumerate(shown):
        way = str(posted.get(f"is-{place}", ""))
        called = " ".join(str(posted.get(f"name-{place}", "")).split()) or step.name
        if way == "hide":
            steps[step.name] = ""
            continue
        if called != step.name:
            steps[step.name] = called
        ways.setdefault(called, way)
    for place, step in enumerate(seen.steps):
        if step.name in seen.slips and posted.get(f"slip-{place}"):
            common = seen.slips[step.name]
            steps[step.name] = steps.get(common) or common
            ways.pop(step.name, None)
    return steps, {called: way for called, way in ways.items() if way in ENDING_KINDS}


def _style(seen: Inspection, posted: Mapping[str, Any], roles: dict[str, str], dates: dict[str, str]) -> str:
    """Return how dates are written; found out anew where other columns hold them."""
    style = str(posted.get("style", "")).strip()
    unknown = [part for part in re.findall("%-?.?", style) if part not in DATE_PIECES]
    if unknown:
        raise UsageError(f"How dates are written: '{unknown[0]}' is not known. Write it as %d/%m/%Y %H:%M.")
    columns = [*dates] or [roles.get("time", ""), roles.get("start", "")]
    known = seen.settings
    before = [*known.dates] or [known.roles.get("time", ""), known.roles.get("start", "")]
    return style if style != known.time_style or columns == before else ""


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name or Settings.time_zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"There is no time zone '{name}'. Write it as Europe/London or UTC.") from None


def _day(posted: Mapping[str, Any], name: str, label: str) -> str:
    text = str(posted.get(name, "")).strip()
    try:
        return day_of(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"{label}: {error}.") from None


def steps_change(seen: Inspection, settings: Settings) -> bool:
    """Return whether steps or endings must be worked out anew, as what they are read from has changed."""
    before = seen.settings
    return bool(
        seen.wrong
        or dict(settings.dates) != dict(before.dates)
        or settings.time_style != before.time_style
        or any(settings.roles.get(role) != before.roles.get(role) for role in MAKES_STEPS)
    )


def without_steps(settings: Settings) -> Settings:
    """Return the settings with steps and endings left to be found out anew."""
    confirmed = tuple(matter for matter in settings.confirmed if matter != "endings")
    return replace(settings, steps={}, endings={}, confirmed=confirmed)
