"""Which of several tables in one file is read: the one named, or the one that can be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outward.errors import BadInput, SeveralTables, UsageError
from outward.evidence.vocabulary import by_name

NEEDED = ("case", "activity", "time")
FEWEST_COLUMNS = 3
LISTED = 12


@dataclass(frozen=True)
class Choice:
    """A table that could be read: its name, its columns, and its size in words ('1,200 rows')."""

    name: str
    header: tuple[str, ...]
    size: str


def choose(file: str, wanted: str, tables: Sequence[Choice]) -> tuple[str, str]:
    """Return the name of the table to read, and why in a clause.

    The table that a person named; or the only one of three columns or more; or the only one whose columns name
    a case, a step and a time.

    Args:
        file: the file's name, for messages.
        wanted: the name that a person gave, or ''.
        tables: what there is.

    Raises:
        UsageError: there is no such table.
        BadInput: there is none, or several could be meant.

    >>> log = Choice("Events", ("case id", "activity", "time"), "90 rows")
    >>> choose("made.xlsx", "", [log, Choice("Areas", ("code", "area", "region"), "9 rows")])
    ('Events', 'it alone has columns named as a case, a step and a time')
    """
    if wanted:
        if wanted not in [one.name for one in tables]:
            raise UsageError.unknown("table", wanted, [one.name for one in tables], f" in '{file}'")
        return wanted, "it was asked for"
    wide = [one for one in tables if len(one.header) >= FEWEST_COLUMNS]
    if len(wide) == 1:
        return wide[0].name, "it is the only table" + (" of three columns or more" if len(tables) > 1 else "")
    logs = [one for one in wide if all(any(by_name(role, name) > 0 for name in one.header) for role in NEEDED)]
    if len(logs) == 1:
        return logs[0].name, "it alone has columns named as a case, a step and a time"
    if not wide:
        raise BadInput(
            f"The file '{file}' holds no table of three columns or more, and a case log needs a case, a step and a "
            "time. Give the file that has them."
        )
    shown = ", ".join(f"'{one.name}' ({len(one.header)} columns, {one.size})" for one in wide[:LISTED])
    more = f" and {len(wide) - LISTED} more" if len(wide) > LISTED else ""
    said = f"The file '{file}' holds {len(wide)} tables: {shown}{more}. Say which with --table NAME."
    raise SeveralTables(said, [one.name for one in wide])
