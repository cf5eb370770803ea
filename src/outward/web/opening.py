"""The calendar of a data set as fields of a form: whose bank holidays, hours by weekday, further closed days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from outward.errors import UsageError
from outward.evidence.calendar import DAY_MINUTES, NATIONS, USUAL, Calendar, Hours, calendar_of
from outward.web.fields import Field, WrongFields, choice

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
USUAL_WEEK: tuple[Hours | None, ...] = (*(USUAL,) * 5, None, None)
DAY_STYLES = ("%Y-%m-%d", "%d/%m/%Y")
WHOSE = (
    *((nation, f"Closed on bank holidays in {words}") for nation, words in NATIONS.items() if words),
    ("no-holidays", "Open on bank holidays"),
)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a field, and the field's id on the page."""

    words: str
    at: str


@dataclass(frozen=True)
class DayRow:
    """One weekday on the page, and the fields with its hours."""

    name: str
    opens: Field
    closes: Field

    @property
    def wrong(self) -> tuple[Field, ...]:
        """Those of its fields that cannot be read."""
        return tuple(field for field in (self.opens, self.closes) if field.error)


@dataclass(frozen=True)
class Opening:
    """The fields of a calendar.

    Attributes:
        nation: whose bank holidays.
        week: the weekdays, Monday first.
        closed: further closed days.
        unusual: whether they hold anything but what they begin with, so that they must be seen.
    """

    nation: Field
    week: tuple[DayRow, ...]
    closed: Field
    unusual: bool

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """What is wrong with them, and at which."""
        closed = (self.closed,) if self.closed.error else ()
        fields = (*(field for row in self.week for field in row.wrong), *closed)
        return tuple(Wrong(field.error, field.id) for field in fields)


def opening(spelt: str, now: Callable[[str, str], str], errors: Mapping[str, str]) -> Opening:
    """Return the fields of a calendar, holding what a person sent last, else what is known.

    Args:
        spelt: the calendar as settings hold it.
        now: what a field holds, from its name and what it holds otherwise.
        errors: what is wrong, by field.
    """
    known = calendar_of(spelt)
    week = known.hours if known else USUAL_WEEK

    def time(name: str, label: str, minutes: int | None) -> Field:
        held = now(name, "" if minutes is None else _clock(minutes))
        return Field("text", name, label, held, error=errors.get(name, ""))

    rows = tuple(
        DayRow(
            day,
            time(f"opens-{place}", f"{day}: opens at", hours[0] if hours else None),
            time(f"closes-{place}", f"{day}: closes at", hours[1] if hours else None),
        )
        for place, (day, hours) in enumerate(zip(DAYS, week, strict=True))
    )
    closed = now("closed", " ".join(map(str, known.closed)) if known else "")
    usual = [(_clock(hours[0]), _clock(hours[1])) if hours else ("", "") for hours in USUAL_WEEK]
    held = [(row.opens.value, row.closes.value) for row in rows]
    return Opening(
        choice(
            "nation",
            "Bank holidays",
            WHOSE,
            now("nation", known.nation if known else ""),
            nothing="Not said: show elapsed time alone",
            hint="Choose one to see working time beside elapsed time.",
        ),
        rows,
        Field(
            "text",
            "closed",
            "Further days on which it is closed",
            closed,
            hint="For example 2024-12-24 2024-12-27. Bank holidays are known already.",
            error=errors.get("closed", ""),
        ),
        unusual=bool(errors) or bool(closed) or held != usual,
    )


def read_opening(posted: Mapping[str, Any]) -> str:
    """Return the calendar that a form holds, in its one spelling; '' where none is given.

    Raises:
        WrongFields: its hours or days cannot be read.

    >>> read_opening({"nation": "scotland", "opens-0": "9", "closes-0": "5.30pm"})
    'scotland, Mon 09:00-17:30'
    """
    nation = str(posted.get("nation", "")).strip()
    if not nation:
        return ""
    errors: dict[str, str] = {}
    week = tuple(_hours(posted, place, errors) for place in range(len(DAYS)))
    closed = _closed(str(posted.get("closed", "")), errors)
    if not errors and not any(week):
        errors["opens-0"] = "Say at what time the service opens and closes, on at least one day."
    if errors:
        raise WrongFields(errors)
    try:
        return str(Calendar.parse(str(Calendar(nation, week, closed))))
    except UsageError as error:
        at = "closed" if "closed days" in str(error) else "opens-0"
        raise WrongFields({at: str(error)}) from None


def _hours(posted: Mapping[str, Any], place: int, errors: dict[str, str]) -> Hours | None:
    """Return the hours of one weekday, None where it is closed; what is wrong goes to the errors."""
    names = (f"opens-{place}", f"closes-{place}")
    texts = [str(posted.get(name, "")).strip() for name in names]
    if not any(texts):
        return None
    minutes = [_minutes(text) for text in texts]
    for name, text, found, does in zip(names, texts, minutes, ("opens", "closes"), strict=True):
        if not text:
            errors[name] = f"{DAYS[place]}: say when it {does}, or leave both empty where it is closed."
        elif found is None:
            errors[name] = f"{DAYS[place]}: '{text}' is no time of day. Write it as 09:00."
    opens, closes = minutes
    if opens is None or closes is None:
        return None
    if opens in (closes, DAY_MINUTES):
        errors[names[1]] = f"{DAYS[place]}: it cannot be open from {_clock(opens)} to {_clock(closes)}."
        return None
    return opens, closes if closes > opens else closes + DAY_MINUTES


def _minutes(text: str) -> int | None:
    """Return the minutes after midnight that a text says; None where it is no time of day.

    >>> [_minutes(text) for text in ("9", "09:00", "5.30pm", "12am", "24:00", "25:00", "noon")]
    [540, 540, 1050, 0, 1440, None, None]
    """
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?", text.lower())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= DAY_MINUTES else None


def _closed(text: str, errors: dict[str, str]) -> tuple[date, ...]:
    found = set[date]()
    for one in filter(None, re.split(r"[\s,;]+", text)):
        day = _day(one)
        if day is None:
            errors["closed"] = f"'{one}' is no date. Write it as 2024-12-24 or 24/12/2024."
            return ()
        found.add(day)
    return tuple(sorted(found))


def _day(text: str) -> date | None:
    for style in DAY_STYLES:
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    return None


def _clock(minutes: int) -> str:
    within = minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES
    return f"{within // 60:02d}:{within % 60:02d}"
