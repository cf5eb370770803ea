"""The error tree: what a person is told, and with which exit code the command line ends.

Every `OutwardError` is a sentence for the person at the keyboard: what is wrong, what was found,
what to do next. Anything else that escapes is a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return the hint for a name that is not known: the nearest one, or some of those that are; '' where none is.

    >>> did_you_mean("nort", ["north", "south"]), did_you_mean("west", ["north", "south"])
    ("Did you mean 'north'?", "Known are: 'north', 'south'.")
    """
    known = list(known)
    near = get_close_matches(found, known, n=1, cutoff=0.5)
    some = ", ".join(f"'{name}'" for name in known[:12]) + (" ..." if len(known) > 12 else "")
    return f"Did you mean '{near[0]}'?" if near else f"Known are: {some}." if known else ""


LONGEST_NAMED = 60
"""Letters of an unknown name that an error repeats."""


class OutwardError(Exception):
    """Base of every error whose text is meant to be read by a user."""

    exit_code = 3
    status = 400


class UsageError(OutwardError):
    """The request itself cannot be understood: an unknown question, parameter or value."""

    exit_code = 2

    @classmethod
    def unknown(cls, what: str, found: str, known: Iterable[str], where: str = "") -> UsageError:
        """Return the error for a name that is not among the known ones, with the nearest one offered.

        >>> print(UsageError.unknown("question", "U3.11", ["U3.1", "U3.2"]))
        There is no question 'U3.11'. Did you mean 'U3.1'?
        """
        named = found if len(found) <= LONGEST_NAMED else f"{found[:LONGEST_NAMED]}…"
        return cls(f"There is no {what} '{named}'{where}. {did_you_mean(found, known)}".rstrip())


class BadInput(OutwardError):
    """A file or data set cannot be used as it is."""


class SeveralTables(BadInput):
    """A file holds several tables that could be meant; `names` are theirs."""

    def __init__(self, said: str, names: Iterable[str]) -> None:
        super().__init__(said)
        self.names = tuple(names)


class NotFound(OutwardError):
    """A data set, workspace or page that does not exist (any more)."""

    status = 404


class Missing(OutwardError):
    """Something optional is not installed: an extra, a browser."""


class Cancelled(OutwardError):
    """A person stopped the work; nothing was kept of it."""


class ReleaseRefused(OutwardError):
    """The request would give small numbers away, or asks for unchecked figures without a reason."""

    exit_code = 2
    status = 403
