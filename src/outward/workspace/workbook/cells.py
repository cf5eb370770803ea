"""One value of a record as a cell of a workbook, and back.

Words are written as words, never as what a spreadsheet could take for a formula. What people type is read
with forbearance where only one thing can be meant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import yaml

from outward.errors import BadInput
from outward.workspace.fields import Field, cannot_be_shown
from outward.workspace.problems import WRONG, BadWorkspace, Place, Problem
from outward.workspace.safe_yaml import mapping, read_yaml, value_of

Cell = str | float | int | bool | date | None
"""What a cell holds; None where it is empty."""

FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheet programs count alike; earlier ones are written as words."""


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice, as aliases are refused in reading."""

    def ignore_aliases(self, _: Any) -> bool:
        """Return True: nothing is an alias."""
        return True


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
        text = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000).strip("\n")
        odd = "\x85" in text or cannot_be_shown(text.replace("\n", ""))
        return yaml.dump(value, Dumper=_Plain, sort_keys=False, width=1000).strip("\n") if odd else text
    if field.shape == "yes or no":
        return "yes" if value else "no"
    if field.shape == "day":
        day = date.fromisoformat(value)
        return day if day >= FIRST_DAY else str(value)
    if field.shape in ("number", "whole"):
        return value if float(f"{value:.16g}") == value else repr(value)
    return str(value)


def value_from(field: Field, cell: Cell | datetime, place: Place) -> Any:
    r"""Return the plain value that a cell stands for, not yet checked; None for an empty one.

    Args:
        field: the field whose column it stands in.
        cell: what it holds.
        place: where it stands.

    Raises:
        BadWorkspace: settings are no names and values.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Group
    >>> fields = {field.name: field for field in fields_of(Group)}
    >>> value_from(fields["comes_from"], "pupils; leavers,\nadults", Place())
    ['pupils', 'leavers', 'adults']
    >>> value_from(fields["id"], 12.0, Place())
    '12'
    """
    text = _words(cell)
    if not text.strip():
        return None
    if field.several:
        return _list(field, text) or None
    if field.shape == "settings":
        return _settings(text, place)
    if field.shape in ("number", "whole"):
        return cell if isinstance(cell, float | int) and not isinstance(cell, bool) else text.strip()
    if field.shape == "yes or no":
        return cell if isinstance(cell, bool) else text.strip().lower()
    if field.to or field.name == "id":
        return text.strip().lower()
    if field.shape == "choice":
        return _choice(field, text.strip())
    return text


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


def _list(field: Field, text: str) -> list[str]:
    """Return the parts of a list: of ids by lines, commas or semicolons; of words by lines, or else semicolons."""
    parts = re.split(r"[\s,;]+", text.lower()) if field.to else text.split("\n") if "\n" in text else text.split(";")
    return [part.strip() for part in parts if part.strip()]


def _choice(field: Field, text: str) -> str:
    """Return the choice that is meant, where a program has changed its capitals or its apostrophe."""
    meant = {choice.lower(): choice for choice in field.choices}
    return meant.get(text.lower().replace("\u2019", "'"), text)


def _settings(text: str, place: Place) -> dict[str, Any]:
    try:
        root = read_yaml(text.encode(), place.file)
        return {name: value_of(node, typed=True) for name, node in mapping(root, "", "the settings")} if root else {}
    except BadInput:
        said = "'settings' must be written as names and values, one a line, as 'gave_up_after_days: 30'."
        raise BadWorkspace([Problem(WRONG, said, place, "settings")]) from None
