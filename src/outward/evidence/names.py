"""Column names: made unique and non-empty, quoted for SQL, and the columns looked up in a source."""

from __future__ import annotations

import re
from collections.abc import Iterable

RESERVED = "row_no"


def unique(names: Iterable[str]) -> list[str]:
    """Return the names with blanks trimmed, empty ones numbered and repeated ones marked.

    Case does not tell names apart, as in the engine; 'row_no' is taken.

    >>> unique(["Step", "", "step", "Step"])
    ['Step', 'column 2', 'step (2)', 'Step (3)']
    """
    taken = {RESERVED}
    found = []
    for number, name in enumerate(names, 1):
        plain = " ".join(name.split()) or f"column {number}"
        candidate, repeat = plain, 1
        while candidate.casefold() in taken:
            repeat += 1
            candidate = f"{plain} ({repeat})"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def quoted(name: str) -> str:
    """Return the name as a quoted SQL identifier.

    >>> print(quoted('the "when"?'))
    "the ""when""?"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Return the text as a quoted SQL string.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def words(name: str) -> list[str]:
    """Return the words of a column name in lower case.

    >>> words("case:ComplaintDossierID"), words("end_time")
    (['case', 'complaint', 'dossier', 'id'], ['end', 'time'])
    """
    split = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3 \2", name)
    return re.findall(r"[^\W_]+", split.lower())
