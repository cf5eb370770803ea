"""Recognise how times are written from a handful of values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ISO, SECONDS, MILLISECONDS = "iso", "epoch_s", "epoch_ms"

DAYS = (
    *("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%m.%d.%Y"),
    *("%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d.%m.%y", "%m.%d.%y"),
    *("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    *("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%b %d %Y", "%b %d, %Y", "%B %d, %Y"),
)
CLOCKS = (
    *(" %H:%M:%S", " %H:%M", " %H:%M:%S.%f", " %I:%M:%S %p", " %I:%M %p", " %I:%M%p", ""),
    *("T%H:%M:%S", "T%H:%M", "T%H:%M:%S.%f", ", %H:%M:%S", ", %H:%M", " at %H:%M", " %H.%M", " %H%M", "%H%M%S"),
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
ELSEWHERE = frozenset(
    re.findall(
        r"\w+",
        """
        januari februari maart mei juni juli augustus oktober
        januar februar märz maerz mai dezember okt dez
        janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
        janv févr fevr avr juil déc
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        janeiro fevereiro março marco maio junho julho setembro outubro novembro dezembro
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        ionawr chwefror mawrth ebrill mehefin gorffennaf awst medi hydref tachwedd rhagfyr
        """,
    )
)
"""Months in other languages of the United Kingdom's people and neighbours: known, so that they can be named."""

PIECES = {
    "%d": r"(?:3[01]|[12]\d|0?[1-9])",
    "%m": r"(?:1[0-2]|0?[1-9])",
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%b": f"(?:{'|'.join(month[:3] for month in MONTHS)})",
    "%B": f"(?:{'|'.join(MONTHS)})",
    "%H": r"(?:2[0-3]|[01]?\d)",
    "%I": r"(?:1[0-2]|0?[1-9])",
    "%M": r"[0-5]\d",
    "%S": r"[0-5]\d",
    "%f": r"\d{1,9}",
    "%p": r"[ap]m",
}
PLAUSIBLE = {"%Y%m%d": r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"}

READABLE = 0.8
"""The share of a sample's values that must be readable for a column to count as times."""


@dataclass(frozen=True)
class Style:
    """How the times of a column are written.

    Attributes:
        pattern: 'iso', 'epoch_s', 'epoch_ms' or strptime patterns parted by '|'; '' where the column
            holds real times.
        share: of the values looked at, those that can be read so (0 to 1).
        is_sure: whether day and month cannot be mistaken for one another.
        why: what this rests on, in a clause.
    """

    pattern: str
    share: float
    is_sure: bool
    why: str


def month_elsewhere(values: Sequence[str]) -> str:
    """Return the first month among these values that is written in another language than English; '' for none.

    >>> month_elsewhere(["3 maart 2024", "4 mei 2024"]), month_elsewhere(["3 March 2024"])
    ('maart', '')
    """
    for value in values:
        dated = re.fullmatch(r"(?:[^\W\d]+\.?,? )?\d{1,4}\.?[ /-](?:de )?([^\W\d]+)\.?[ /-](?:de )?\d{2,4}\b.*", value)
        if dated and dated[1].lower() in ELSEWHERE:
            return dated[1]
    return ""


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(%[a-zA-Z])", pattern)
    written = "".join(PIECES[part] if part in PIECES else re.escape(part) for part in parts)
    return re.compile(PLAUSIBLE.get(pattern, written), re.IGNORECASE)


DAY_FORMS = {day: _compiled(day) for day in DAYS}
CLOCK_FORMS = {clock: _compiled(clock) for clock in CLOCKS}
FIXED = (
    (ISO, re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d\d.*)?"), "dates are written year first"),
    (SECONDS, re.compile(r"1?\d{9}(\.\d+)?"), "the numbers count seconds since 1970"),
    (MILLISECONDS, re.compile(r"1?\d{12}"), "the numbers count thousandths of a second since 1970"),
)


def recognise(values: Sequence[str], rows: Sequence[int] = ()) -> Style | None:
    """Return how these values are written as times; None where fewer than four in five rows are times.

    Args:
        values: distinct values of one column, trimmed, none empty.
        rows: how many rows hold each; one each where not given.

    >>> recognise(["13/02/2024 09:30", "01/03/2024 10:00"]).pattern
    '%d/%m/%Y %H:%M'
    >>> recognise(["01/02/2024", "03/04/2024"]).is_sure
    False
    """
    if not values:
        return None
    counted = dict(zip(values, rows or [1] * len(values), strict=True))
    total = sum(counted.values())
    for style, form, why in FIXED:
        share = sum(count for value, count in counted.items() if form.fullmatch(value)) / total
        if share >= READABLE:
            return Style(style, share, True, why)
    return _patterned(counted, total)


def _patterned(counted: Mapping[str, int], total: int) -> Style | None:
    """The day pattern that reads most rows, with the clock patterns it takes, most common first."""
    clocks = {day: _clocks(counted, form) for day, form in DAY_FORMS.items()}
    best = max(DAYS, key=lambda day: clocks[day].total())
    count = clocks[best].total()
    if count < READABLE * total:
        return None
    other = swapped_days(best)
    is_sure = other == best or clocks[other].total() < count
    pattern = "|".join(best + clock for clock, _ in clocks[best].most_common())
    return Style(pattern, count / total, is_sure, reason(best, is_sure))


def _clocks(counted: Mapping[str, int], form: re.Pattern[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, count in counted.items():
        if (clock := _clock(value, form)) is not None:
            found[clock] += count
    return found


def _clock(value: str, form: re.Pattern[str]) -> str | None:
    day = form.match(value)
    if not day:
        return None
    rest = value[day.end() :]
    return next((clock for clock, clock_form in CLOCK_FORMS.items() if clock_form.fullmatch(rest)), None)


def swapped_days(pattern: str) -> str:
    """Return the pattern with day and month changed about, where both are numbers and come first.

    >>> swapped_days("%d/%m/%Y %H:%M")
    '%m/%d/%Y %H:%M'
    """
    if re.match(r"%[dm].%[dm]", pattern):
        return pattern[:6].translate(str.maketrans("dm", "md")) + pattern[6:]
    return pattern


def reason(pattern: str, is_sure: bool) -> str:
    """Return in a clause what the reading of a pattern rests on."""
    if pattern.startswith("%Y"):
        return "dates are written year first"
    if "%b" in pattern or "%B" in pattern:
        return "months are written as words"
    first = "day" if pattern.startswith("%d") else "month"
    if is_sure:
        return f"dates read {first} first; the other way round some could not be read"
    return "every date could be read day first or month first; the day was taken first"
