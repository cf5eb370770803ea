"""Every figure and every sentence in words: the one formatter that all presenters share."""

from __future__ import annotations

import re
from dataclasses import replace

from outward.answers import PLACE, Basis, Column, Level, Mark, Picture, Sentence, Standing, Value
from outward.disclosure.released import ReleasedAnswer, ReleasedTable

MARKS: dict[str, str] = {
    "c": "not shown, because it stands for too few people",
    "u": "unreliable: few people stand behind it",
    "x": "not available",
    "z": "does not apply",
    "low": "nearly none or none: the exact share is not shown",
    "high": "nearly all or all: the exact share is not shown",
}
"""What each symbol says, as explained under a table."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

BASES: dict[Basis, str] = {
    Basis.RECORDED: "From what the service recorded.",
    Basis.REPORTED: "Reported: what people said or wrote down, in records, surveys, comments or complaints.",
    Basis.INTERVIEWED: "Interviewed: what a few people said, which need not hold for all.",
    Basis.PROJECTED: "Projected: what would come if present patterns held, not what has happened.",
    Basis.SIMULATED: "Simulated: journeys that a model made, not journeys that people took.",
    Basis.ASSUMED: "Assumed: it rests on an assumption that nobody has yet checked.",
    Basis.MADE_UP: "MADE-UP DATA: these figures describe nobody. They only show what an answer looks like.",
}

ENDS = {"▶": "▶ Start", "■": "■ End"}
"""The pseudo-steps before the first event of a case and after its last."""

NOTHING_TO_SAY = "Too few people stand behind these figures to say anything."


def count(value: float) -> str:
    """Return a whole number with thousands marked.

    >>> count(1434)
    '1,434'
    """
    return f"{round(value):,}".replace("-", "−")


def share(value: float) -> str:
    """Return a share as a percentage: whole, with one decimal under 10% and over 99%.

    Args:
        value: from 0 to 1.

    >>> [share(value) for value in (0.58, 0.054, 0.0002, 0.9996, 1.0)]
    ['58%', '5.4%', 'under 0.1%', 'over 99.9%', '100%']
    """
    percent = abs(value) * 100
    sign = "−" if value < 0 else ""
    if 0 < percent < 0.05:
        return f"{sign}under 0.1%" if not sign else "about 0%"
    if 99.95 < percent < 100:
        return f"{sign}over 99.9%"
    fine = percent < 9.95 or 99 < percent < 100
    return f"{sign}{_short(percent, 1 if fine else 0)}%"


def part(value: float | None) -> str:
    """Return how many of those who come to a step go one way: a share from rounded counts may reach 1.

    Args:
        value: from 0 to 1; None where it was not released.

    >>> part(0.776), part(1.0), part(None)
    ('78%', 'Nearly all or all', 'Most')
    """
    return "Most" if value is None else "Nearly all or all" if value >= 1 else share(value)


def _short(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


UNITS = (
    *(("second", 1 / 86400, 59.5), ("minute", 1 / 1440, 59.5), ("hour", 1 / 24, 23.95)),
    *(("day", 1.0, 364.5), ("year", 365.25, 1e99)),
)
"""Name of a unit, its length in days, and how many of it the next unit takes over from."""


WORKING = ("working days", "working hours")
"""Units of working time, which is not said in shorter or longer ones: a week of it is not seven days."""


def duration(days: float) -> str:
    """Return a length of time in the unit that fits it: seconds, minutes, hours, days or years.

    Args:
        days: in days.

    >>> [duration(days) for days in (0.0001, 0.0333, 0.5, 5.44, 21, 511)]
    ['9 seconds', '48 minutes', '12 hours', '5.4 days', '21 days', '1.4 years']
    """
    size = abs(days)
    sign = "−" if days < 0 else ""
    if not size:
        return "0 days"
    name, unit, _ = next(one for one in UNITS if size / one[1] < one[2])
    amount = size / unit
    whole = amount >= (1 if name in ("second", "minute") else 9.95)
    text = _short(amount, 0 if whole else 1)
    return f"{sign}{text} {name}" + ("" if text == "1" else "s")


def date(iso: str) -> str:
    """Return an ISO date or month in words; anything else as it is.

    >>> date("2015-07-03"), date("2015-07"), date("2015")
    ('3 July 2015', 'July 2015', '2015')
    """
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", iso)
    if not found:
        return iso
    year, month, day = found.groups()
    return " ".join([*([str(int(day))] if day else []), MONTHS[int(month) - 1], year])


def p_value(value: float) -> str:
    """Return a p-value without pretending to more than it says.

    >>> p_value(0.00001), p_value(0.0312), p_value(0.4)
    ('0.001 or less', '0.031', '0.40')
    """
    if value <= 0.001:  # the least that is released
        return "0.001 or less"
    return "over 0.99" if value > 0.99 else f"{value:.{3 if value < 0.1 else 2}f}"


def number(value: float) -> str:
    """Return a plain number with about three digits that matter.

    >>> number(1234.5), number(12.34), number(0.1234)
    ('1,234', '12.3', '0.123')
    """
    size = abs(value)
    places = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 1 else 3
    return _short(value, places).replace("-", "−")


def mark(symbol: str) -> str:
    """Return the symbol of a cell without a figure, as tables print it.

    >>> mark("c")
    '[c]'
    """
    return f"[{symbol}]"


def cell(column: Column, value: Value, mark_: Mark | None = None) -> str:
    """Return one cell in words; a cell without a figure is its symbol.

    Args:
        column: where it stands; the kind and the unit decide the words.
        value: the released value.
        mark_: its symbol, which follows a value that is shown all the same.

    >>> cell(Column("median_days", "quantile", "days"), 5.4), cell(Column("n", "count"), None, "c")
    ('5.4 days', '[c]')
    """
    if value is None or (isinstance(value, float) and value != value):
        if column.unsaid and mark_ != "c":
            return column.unsaid
        if mark_:
            return mark(mark_)
        return "not recorded" if column.kind == "label" else mark("x")
    text = _figure(column, value)
    return f"{text} {mark(mark_)}" if mark_ else text


def _figure(column: Column, value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        if column.kind == "date":
            return date(value[:7] if column.unit == "month" else value)
        return ENDS.get(value, value)
    if column.kind == "p_value":
        return p_value(value)
    if column.kind == "share" or column.unit == "share":
        return share(value)
    if column.unit == "days":
        return duration(value)
    if column.unit in WORKING:
        text = number(value)
        return f"{text} {column.unit.removesuffix('s') if text == '1' else column.unit}"
    if column.unit.endswith(" days"):
        return f"{count(value)} {column.unit}"
    if column.kind == "count":
        return count(value)
    return number(value)


def plain(table: ReleasedTable, column: Column) -> Column:
    """Return the column as its figures are to be written: an interval's ends like what they bound."""
    if column.bounds and column.bounds in table.values:
        bounded = table.column(column.bounds)
        unit = "share" if bounded.kind in ("share", "estimate") and not column.unit else ""
        return replace(column, unit=column.unit or bounded.unit or unit)
    if column.kind == "estimate" and not column.unit:
        return replace(column, unit="share")
    return column


def cell_at(table: ReleasedTable, column: str, row: int) -> str:
    """Return the cell of that column and row (from 0) in words."""
    symbols = table.marks.get(column) or (None,) * len(table)
    return cell(plain(table, table.column(column)), table.values[column][row], symbols[row])


def sentence(released: ReleasedAnswer, words: Sentence) -> str:
    """Return the first template whose cells were all released, filled in.

    Label cells go in as they are: whoever puts the sentence on a page escapes it.

    Args:
        released: the answer whose tables hold the figures. A place without a row takes the first
            row; `[2]` counts from 0; `[group=Phone]` takes the row with that label.
        words: the templates; where none can be filled, a line says that too few people stand behind it.
    """
    for template in words.templates:
        filled = [_place(released, found) for found in PLACE.finditer(template)]
        if None not in filled:
            between = PLACE.sub("\0", template).split("\0")
            return "".join(part for pair in zip(between, [*filled, ""], strict=True) for part in pair if part)
    return NOTHING_TO_SAY


def titled(released: ReleasedAnswer) -> str:
    """Return the title of an answer, with what it was narrowed to."""
    return _narrowed(released.title, released)


def picture_title(released: ReleasedAnswer, picture: Picture) -> str:
    """Return what a picture shows, and of what part where the question was narrowed."""
    return _narrowed(sentence(released, picture.title), released)


def _narrowed(words: str, released: ReleasedAnswer) -> str:
    if not released.narrowed:
        return words
    return f"{words.removesuffix('.')} ({released.narrowed}){'.' if words.endswith('.') else ''}"


def _place(released: ReleasedAnswer, found: re.Match[str]) -> str | None:
    table = released.tables[found["table"]]
    row = _row(table, found["row"])
    if row is None or table.values[found["column"]][row] is None:
        return None
    value = table.values[found["column"]][row]
    text = cell(plain(table, table.column(found["column"])), value)
    if not found["words"]:
        return text
    one, _, many = found["words"].partition("|")
    return f"{text} {one if value == 1 else many or one}"


def _row(table: ReleasedTable, wanted: str | None) -> int | None:
    """Return the number of the row that a place names; None where it was not released."""
    if wanted is None or wanted.lstrip("-").isdigit():
        row = int(wanted or 0)
        return row if 0 <= row < len(table) else None
    name, _, label = wanted.partition("=")
    cells = [str(value) for value in table.values[name]]
    return cells.index(label) if label in cells else None


def standing_words(standing: Standing) -> str:
    """Return how far the answer can be leaned on, and why not further.

    >>> standing_words(Standing(Level.CARE, ("the endings are not confirmed",)))
    'Treat with care: the endings are not confirmed.'
    """
    named = {Level.NONE: "No standing"}.get(standing.level, standing.level.value.capitalize())
    return f"{named}: {'; '.join(standing.reasons)}." if standing.reasons else f"{named}."


def basis_words(basis: Basis) -> str:
    """Return what the evidence is made of, in a sentence; made-up data says so loudly.

    >>> basis_words(Basis.MADE_UP).split(":")[0]
    'MADE-UP DATA'
    """
    return BASES[basis]


def stamps(released: ReleasedAnswer) -> tuple[str, ...]:
    """Return what must stand on every output of this answer: 'made-up data', 'not for release', a basis.

    Nothing for recorded evidence that was checked for small numbers.
    """
    basis = {Basis.RECORDED: (), Basis.MADE_UP: ("Made-up data",)}.get(
        released.basis, (released.basis.value.capitalize(),)
    )
    return (*basis, *(() if released.policy.checked else ("Not for release",)))
