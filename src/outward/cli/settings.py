"""Settings of a data set as options of the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from outward.dates import day_of
from outward.errors import UsageError
from outward.evidence.calendar import calendar_of
from outward.evidence.tables import ENDING_KINDS, ROLES, Settings

MOST_SILENT_DAYS = 36_500
"""A hundred years; the engine cannot reckon with far more."""

RoleOption = Annotated[list[str], typer.Option("--role", help="What a column is, as case=COLUMN. Again for others.")]
DateOption = Annotated[
    list[str],
    typer.Option("--date", help="In a table with one row a case: COLUMN=STEP for each date column."),
]
EndingOption = Annotated[
    list[str],
    typer.Option("--ending", help="A step that ends a case, and how: 'STEP=done', refused or withdrawn."),
]
KeepOption = Annotated[
    list[str], typer.Option("--keep", help="A column that looks personal and is wanted all the same.")
]
LeaveOption = Annotated[list[str], typer.Option("--leave-out", help="A column to leave out.")]
StepOption = Annotated[
    list[str], typer.Option("--step", help="Rename or merge a step: 'OLD=NEW'. 'OLD=' hides it. Again for others.")
]
ZoneOption = Annotated[str, typer.Option("--time-zone", help="Zone of times without one, as Europe/London.")]
StyleOption = Annotated[str, typer.Option("--time-style", help="How times are written, as %d/%m/%Y %H:%M.")]
ExtractOption = Annotated[
    str, typer.Option("--extract-date", help="Day on which the extract was taken, as 2024-03-31.")
]
WindowOption = Annotated[str, typer.Option("--window-from", help="Day from which events are in the extract.")]
SilentOption = Annotated[int, typer.Option("--gave-up-after", help="Silent days after which an open case is given up.")]
WorkingOption = Annotated[
    str, typer.Option("--working", help="When the service works, as 'england-and-wales, Mon-Fri 09:00-17:00'; or none.")
]
NameOption = Annotated[str, typer.Option("--name", help="What to call the data set.")]
WholeOption = Annotated[bool, typer.Option("--complete", help="Confirm that everyone is in the data.")]
TableOption = Annotated[str, typer.Option("--table", help="Which sheet of a workbook, or file of a ZIP, to read.")]


def pairs(given: Sequence[str], what: str, example: str) -> dict[str, str]:
    """Return name and value of each NAME=VALUE.

    Raises:
        UsageError: one has no equals sign, or nothing before or behind it.

    >>> pairs(["case=id"], "role", "case=COLUMN")
    {'case': 'id'}
    """
    found = {}
    for one in given:
        name, equals, value = one.rpartition("=") if what in ("ending", "step") else one.partition("=")
        if not (equals and name.strip() and (value.strip() or what == "step")):
            raise UsageError(f"The {what} '{one}' cannot be understood. Write it as {example}.")
        found[name.strip()] = value.strip()
    return found


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes the options of a data set's settings, and gets them as one value named `given`."""
    own = signature(command, eval_str=True).parameters
    options = signature(settings_of, eval_str=True).parameters

    @wraps(command)
    def wrapped(**said: object) -> None:
        chosen = {name: said.pop(name) for name in options}
        command(**said, given=settings_of(**chosen))  # type: ignore[arg-type]  # typer has made them what they should be

    taken = [one for one in (*own.values(), *options.values()) if one.name != "given"]
    wrapped.__signature__ = Signature([one.replace(kind=Parameter.KEYWORD_ONLY) for one in taken])  # type: ignore[attr-defined]  # inspect reads it
    wrapped.__annotations__ = {one.name: one.annotation for one in taken}
    return wrapped


def settings_of(
    role: RoleOption = [],  # noqa: B006 because typer takes the default as it stands
    dates: DateOption = [],  # noqa: B006
    ending: EndingOption = [],  # noqa: B006
    keep: KeepOption = [],  # noqa: B006
    leave_out: LeaveOption = [],  # noqa: B006
    step: StepOption = [],  # noqa: B006
    time_zone: ZoneOption = "",
    time_style: StyleOption = "",
    extract_date: ExtractOption = "",
    window_from: WindowOption = "",
    gave_up_after: SilentOption = 0,
    working: WorkingOption = "",
    name: NameOption = "",
    complete: WholeOption = False,
    table: TableOption = "",
) -> Settings:
    """Return the settings that a person gave; what was given is confirmed.

    Raises:
        UsageError: a role, kind of ending, date, zone or calendar is not known, or a number is below 0.
    """
    roles, endings = pairs(role, "role", "case=COLUMN"), pairs(ending, "ending", "'STEP=done'")
    for one in roles:
        if one not in ROLES:
            raise UsageError.unknown("role", one, ROLES)
    for kind in endings.values():
        if kind not in ENDING_KINDS:
            raise UsageError.unknown("kind of ending", kind, ENDING_KINDS)
    if not 0 <= gave_up_after <= MOST_SILENT_DAYS:
        raise UsageError(f"--gave-up-after takes a number of days from 1 to {MOST_SILENT_DAYS:,}.")
    given = {
        "roles": {"case", "activity", "time"} <= set(roles),  # fewer leave the others guessed
        "dates": bool(dates),
        "endings": bool(endings),
        "extract_date": bool(extract_date),
        "time_zone": bool(time_zone),
        "working": bool(working),
        "coverage": complete,
    }
    return Settings(
        roles=roles,
        dates=pairs(dates, "date column", "COLUMN=STEP"),
        time_style=time_style,
        time_zone=_zone(time_zone),
        extract_date=_day(extract_date),
        window_from=_day(window_from),
        endings=endings,
        gave_up_after_days=gave_up_after,
        working=_calendar(working),
        keep=tuple(keep),
        leave_out=tuple(leave_out),
        steps=pairs(step, "step", "'OLD=NEW', or as 'OLD=' to hide it"),
        confirmed=tuple(sorted(matter for matter, said in given.items() if said)),
        name=name,
        table=table,
    )


def _calendar(text: str) -> str:
    return str(calendar_of(text) or "none") if text.strip() else ""


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else Settings.time_zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"There is no time zone '{name}'. Write it as Europe/London or UTC.") from None


def _day(text: str) -> str:
    try:
        return day_of(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"{error}.") from None
