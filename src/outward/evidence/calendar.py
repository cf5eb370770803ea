"""A calendar of working time: whose bank holidays, and at what hours it is open; one value with one spelling.

`england-and-wales, Mon-Fri 09:00-17:00, closed 2024-12-24` is the spelling everywhere: on the command
line, in addresses and in settings. A nation alone stands for its bank holidays and Mon-Fri 09:00-17:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from outward.dates import day_of
from outward.errors import UsageError

NATIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    "no-holidays": "",
}
"""Whose bank holidays, as written in a calendar, and in words."""
SUBDIVISIONS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
ALIKE = {"no-bank-holidays": "no-holidays"}
TOGETHER = ("england", "wales")
"""Nations without bank holidays of their own: whoever names one is told whose they are."""
HOLIDAYS_KNOWN = (1978, 2027)
"""Years in which every bank holiday is known, extra ones too; outside them they are worked out by rule."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MINUTES = 24 * 60
USUAL = (9 * 60, 17 * 60)
CLOSED_AT_MOST = 400
EXAMPLE = "england-and-wales, Mon-Fri 09:00-17:00"

Hours = tuple[int, int]
"""Opening and closing in minutes after midnight; past midnight the closing is above 24 hours."""


@dataclass(frozen=True)
class Calendar:
    """When a service works.

    Attributes:
        nation: whose bank holidays it keeps, one of NATIONS.
        hours: opening hours of each weekday, Monday first; None where it is closed. Hours past
            midnight belong to the day on which they begin.
        closed: further days on which it does not open.

    >>> str(Calendar.parse("Scotland"))
    'scotland, Mon-Fri 09:00-17:00'
    """

    nation: str
    hours: tuple[Hours | None, ...]
    closed: tuple[date, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Calendar:
        """Return the calendar that a text spells.

        Raises:
            UsageError: a part of it cannot be understood, says a thing twice, or is missing.

        >>> Calendar.parse("no-holidays, Mon-Sun 00:00-24:00").day_hours
        24.0
        """
        nation, hours, closed = "", dict[int, Hours](), set[date]()
        for part in filter(None, (one.strip() for one in text.split(","))):
            named = re.sub(r"[\s_-]+", "-", part.lower())
            named = ALIKE.get(named, named)
            if named in TOGETHER:
                raise UsageError(
                    f"The calendar names '{part}'; England and Wales have their bank holidays together. "
                    "Did you mean 'england-and-wales'?"
                )
            if named in NATIONS:
                if nation:
                    raise UsageError(f"The calendar names two nations, '{nation}' and '{named}'. Keep one.")
                nation = named
            elif part.lower().startswith("closed"):
                closed |= set(_days(part))
            else:
                for day, open_ in _opening(part):
                    if day in hours:
                        raise UsageError(f"The calendar gives hours for {WEEKDAYS[day]} twice. Give them once.")
                    hours[day] = open_
        if not nation:
            raise UsageError(
                f"The calendar '{text}' does not say whose bank holidays. Begin it with one of: {', '.join(NATIONS)}."
            )
        if len(closed) > CLOSED_AT_MOST:
            raise UsageError(f"The calendar lists {len(closed)} closed days; the most is {CLOSED_AT_MOST}.")
        week = hours or dict.fromkeys(range(5), USUAL)
        found = cls(nation, tuple(week.get(day) for day in range(7)), tuple(sorted(closed)))
        found._check()
        return found

    def _check(self) -> None:
        for day, open_ in enumerate(self.hours):
            after = self.hours[(day + 1) % 7]
            if open_ and after and open_[1] - DAY_MINUTES > after[0]:
                raise UsageError(
                    f"The calendar's hours of {WEEKDAYS[day]} run on into those of {WEEKDAYS[(day + 1) % 7]}. "
                    "Let them end before."
                )

    def __str__(self) -> str:
        """Return its one spelling, which `parse` reads back."""
        closed = ["closed " + " ".join(map(str, self.closed))] if self.closed else []
        return ", ".join([self.nation, *self._week(), *closed])

    def _week(self) -> Iterator[str]:
        for open_, some in groupby(range(7), key=lambda day: self.hours[day]):
            days = list(some)
            if open_:
                span = WEEKDAYS[days[0]] + (f"-{WEEKDAYS[days[-1]]}" if len(days) > 1 else "")
                yield f"{span} {_clock(open_[0])}-{_clock(open_[1])}"

    @property
    def day_hours(self) -> float:
        """The hours of one working day: the open hours of a week over the days on which it opens."""
        minutes = [open_[1] - open_[0] for open_ in self.hours if open_]
        return sum(minutes) / len(minutes) / 60

    def words(self) -> str:
        """Return it as a person reads it.

        >>> Calendar.parse("scotland").words()
        'Mon-Fri 09:00-17:00, closed on bank holidays in Scotland'
        """
        said = [
            f"closed on bank holidays in {NATIONS[self.nation]}" if NATIONS[self.nation] else "open on bank holidays"
        ]
        if self.closed:
            said.append(f"closed on {len(self.closed)} further {'day' if len(self.closed) == 1 else 'days'}")
        return ", ".join([*self._week(), *said])

    def working_days(self, first: date, last: date) -> list[date]:
        """Return the days on which it opens, from the first to the last, both included.

        >>> [str(day) for day in Calendar.parse("scotland").working_days(date(2024, 1, 1), date(2024, 1, 4))]
        ['2024-01-03', '2024-01-04']
        """
        shut = {*self.closed, *bank_holidays(self.nation, first.year, last.year)}
        span = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in span if self.hours[day.weekday()] and day not in shut]


@lru_cache(maxsize=64)
def bank_holidays(nation: str, first: int, last: int) -> frozenset[date]:
    """Return the bank holidays of a nation in these years, both included, with days in lieu.

    Args:
        nation: one of NATIONS.
        first: year.
        last: year.

    >>> date(2022, 9, 19) in bank_holidays("england-and-wales", 2022, 2022)
    True
    """
    if nation not in SUBDIVISIONS:
        return frozenset()
    from holidays.countries.united_kingdom import UnitedKingdom

    # the library's constructor has no types
    found = UnitedKingdom(subdiv=SUBDIVISIONS[nation], years=range(first, last + 1))  # type: ignore[no-untyped-call]  # the library types no call
    return frozenset(found)


def calendar_of(text: str) -> Calendar | None:
    """Return the calendar that a text spells; None for '' and 'none'.

    >>> calendar_of("none") is None
    True
    """
    return None if text.strip().lower() in ("", "none") else Calendar.parse(text)


def _days(part: str) -> Iterator[date]:
    listed = part.split()[1:]
    if not listed:
        raise UsageError("The calendar says 'closed' without a day. Write it as closed 2024-12-24.")
    for day in listed:
        try:
            yield day_of(day)
        except ValueError:
            raise UsageError(f"The calendar's closed day '{day}' is no date. Write it as 2024-12-24.") from None


def _opening(part: str) -> Iterator[tuple[int, Hours]]:
    """Yield the weekdays that a part is about, each with its hours."""
    found = re.fullmatch(r"([a-z]+)(?:\s*-\s*([a-z]+))?\s+(\d\d?)(?::(\d\d))?\s*-\s*(\d\d?)(?::(\d\d))?", part.lower())
    first, last = (_weekday(name) for name in ((found[1], found[2] or found[1]) if found else ("", "")))
    if not found or first is None or last is None:
        raise UsageError(f"The calendar's part '{part}' cannot be understood. Write a calendar as '{EXAMPLE}'.")
    opens, closes = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (3, 5))
    if (
        opens >= DAY_MINUTES
        or closes > DAY_MINUTES
        or any(int(found[at] or 0) > 59 for at in (4, 6))
        or opens == closes
    ):
        raise UsageError(f"The hours of '{part}' are not possible. Write them from 00:00 to 24:00, as 09:00-17:00.")
    span = (opens, closes if closes > opens else closes + DAY_MINUTES)
    for number in range((last - first) % 7 + 1):
        yield (first + number) % 7, span


def _weekday(name: str) -> int | None:
    short = name[:3].capitalize()
    whole = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    if short not in WEEKDAYS or not whole[WEEKDAYS.index(short)].startswith(name):
        return None
    return WEEKDAYS.index(short)


def _clock(minutes: int) -> str:
    within = minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES
    return f"{within // 60:02d}:{within % 60:02d}"
