"""One value of a record as a cell of a workbook, and back.

Words are written as words, never as what a spreadsheet could take for a formula. What people type is read
with forbearance where only one thing can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from outward.phrases import in_a_row
from outward.workspace.called import as_called, meant
from outward.workspace.fields import Field
from outward.workspace.problems import NOTHING, WRONG, BadWorkspace, Place, Problem
from outward.workspace.records import ID, kind_of
from outward.workspace.safe_yaml import as_yaml, mapping, read_yaml, value_of

Cell = str | float | int | bool | date | None
"""What a cell holds; None where it is empty."""

Called = Mapping[str, tuple[str, ...]]
"""What each name of the records of a kind means, to look up by `meant`."""
MOST_NAMED = 5
"""Records of one title that an error names."""
WIDE = 1_000
"""Letters of a line of settings, so that each setting has a line of its own."""
FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheet programs count alike; earlier ones are written as words."""


def cell_of(field: Field, value: Any) -> Cell:
    r"""Return the cell for a plain value of a field.

    Args:
        field: the field.
        value: as `plain(record)` holds it; None for nothing.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Group
    >>> fields = {field.name: field for field in fields_of(Group)}
    >>> cell_of(fields["comes_from"], ["pupils", "leavers"])
    'pupils\nleavers'
    >>> cell_of(fields["size_on"], "2026-03-31")
    datetime.date(2026, 3, 31)
    """
    if value is None:
        return None
    if field.several:
        lone = len(value) == 1 and not field.to and ";" in value[0]
        return "\n".join([*value, *([""] if lone else [])])
    if field.shape == "settings":
        return as_yaml(value, WIDE)
    if field.shape == "yes or no":
        return "yes" if value else "no"
    if field.shape == "day":
        day = date.fromisoformat(value)
        return day if day >= FIRST_DAY else str(value)
    if field.shape in ("number", "whole"):
        return value if float(f"{value:.16g}") == value else repr(value)
    return str(value)


def value_from(field: Field, cell: Cell | datetime, place: Place, called: Called = MappingProxyType({})) -> Any:
    r"""Return the plain value that a cell stands for, not yet checked; None for an empty one.

    Args:
        field: the field whose column it stands in.
        cell: what it holds.
        place: where it stands.
        called: what the records that a reference can mean are called, as `meant_by` returns it.

    Raises:
        BadWorkspace: settings are no names and values, or several records have the name that is given.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Group
    >>> fields = {field.name: field for field in fields_of(Group)}
    >>> value_from(fields["comes_from"], "pupils; leavers,\nadults", Place())
    ['pupils', 'leavers', 'adults']
    >>> value_from(fields["comes_from"], "Working carers, pupils", Place(), {"working carers": ("carers",)})
    ['carers', 'pupils']
    >>> value_from(fields["id"], 12.0, Place())
    '12'
    """
    text = _words(cell)
    if not text.strip():
        return None
    if field.several:
        parts = _ids(text, called, field, place) if field.to else text.split("\n") if "\n" in text else text.split(";")
        return [part.strip() for part in parts if part.strip()] or None
    if field.shape == "settings":
        return _settings(text, place)
    if field.shape in ("number", "whole"):
        return cell if isinstance(cell, float | int) and not isinstance(cell, bool) else text.strip()
    if field.shape == "yes or no":
        return cell if isinstance(cell, bool) else text.strip().lower()
    if field.to:
        return _id(text, called, field, place)
    if field.name == "id":
        return lower if re.fullmatch(ID, lower := text.strip().lower()) else text.strip()
    if field.shape == "choice":
        return _choice(field, text.strip())
    return text


def percentage(number: float, times: int = 100) -> str:
    """Return a number as a cell shows it that shows a percentage, with all its figures.

    Args:
        number: what the cell holds.
        times: what it shows is as many times that.

    >>> percentage(0.45), percentage(0.0725), percentage(1.0), percentage(45.0, 1)
    ('45%', '7.25%', '100%', '45%')
    """
    return f"{number * times:.12g}%"


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell whose row and column are counted from 0.

    >>> cell_name(13, 27)
    'AB14'
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _words(cell: Cell | datetime | time) -> str:
    """Return what a cell holds as words, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _ids(text: str, called: Called, field: Field, place: Place, marks: tuple[str, ...] = ("\n", "[,;]")) -> list[str]:
    """Return the ids that words stand for: as a whole, or else parted by lines, then by commas or semicolons.

    Spaces part them only where every part is the name of a record, as titles have spaces of their own.
    """
    if as_called(text) not in called and marks:
        parts = [part for part in re.split(marks[0], text) if part.strip()]
        return [one for part in parts for one in _ids(part, called, field, place, marks[1:])]
    if as_called(text) not in called and all(as_called(part) in called for part in text.split()):
        return [_id(part, called, field, place) for part in text.split()]
    return [_id(text, called, field, place)]


def _id(text: str, called: Called, field: Field, place: Place) -> str:
    """Return the id that words stand for; the words themselves where they name nothing."""
    ones = meant(text, called) or (text.strip(),)
    if len(ones) > 1:
        ids = [f"'{id}'" for id in ones[:MOST_NAMED]] + ["others"] * (len(ones) > MOST_NAMED)
        many = f"{len(ones):,}" if len(ones) > 2 else "Two"
        so = "have the title or id" if as_called(text) in ones else "are called"
        who = f"{many} {kind_of(field.to).PLURAL} {so} '{text.strip()[:80]}'"
        said = f"{who}: {in_a_row(ids)}. Use the id of the one that is meant."
        raise BadWorkspace([Problem(NOTHING, said, place, field.name)])
    return ones[0]


def _choice(field: Field, text: str) -> str:
    """Return the choice that is meant, where a program has changed its capitals or its apostrophe."""
    meant = {choice.lower(): choice for choice in field.choices}
    return meant.get(text.lower().replace("\u2019", "'"), text)


def _settings(text: str, place: Place) -> dict[str, Any]:
    try:
        root = read_yaml(text.encode(), place.file)
        return {name: value_of(node, typed=True) for name, node in mapping(root, "", "the settings")} if root else {}
    except BadWorkspace as error:
        bare = next((one.bare for one in error.problems if one.bare), "")
        said = bare or "'settings' must be written as names and values, one a line, as 'gave_up_after_days: 30'."
        raise BadWorkspace([Problem(WRONG, said, place, "settings", bare)]) from None
