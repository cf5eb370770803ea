"""What a rule is, what it finds, and how rules are registered; each principle's rules stand in a file of their own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Literal, TypeVar

from outward.catalogue import PRINCIPLES
from outward.errors import UsageError
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Need
from outward.workspace.records import Record

Severity = Literal["error", "warning", "note"]
SEVERITIES: Mapping[Severity, str] = {
    "error": "a promise to people is broken, or answers would be wrong",
    "warning": "the organisation faces inward here",
    "note": "something is not said yet",
}
"""How much a finding weighs, the heaviest first."""

SECTIONS: Mapping[str, str] = {**PRINCIPLES, "W": "The workspace itself"}
"""The first letter of a code, and the principle that it stands for."""

ROOMS = ("customers", "operations", "stakeholders", "levels", "delivery", "policies", "ledger", "workspace", "silences")


@dataclass(frozen=True)
class Here:
    """A place at which a rule finds something.

    Attributes:
        record: in which record.
        field: the field whose form mends it; '' for the whole record.
        said: what was found, in a sentence.
        begin: the kind of which a first record would mend it; '' where this record does.
        mended_in: the field that is filled in first to mend it, where that is another.
    """

    record: Record
    field: str
    said: str
    begin: str = ""
    mended_in: str = ""


Look = Callable[[Workspace, date], Iterator[Here]]
F = TypeVar("F", bound=Callable[..., Iterator[Here]])
"""A function of the workspace, and of the day where a rule asks for it."""


@dataclass(frozen=True)
class Rule:
    """One rule of customer focus.

    Attributes:
        code: its name for ever, as O203: the letter of its principle, then where it belongs within it.
        says: what it finds, in a sentence.
        severity: error, warning or note.
        why: why that matters.
        mend: how to mend it.
        once: kinds of record of which there must be one before it is asked at all.
        look: finds the places.
    """

    code: str
    says: str
    severity: Severity
    why: str
    mend: str
    once: tuple[type[Record], ...]
    look: Look

    @property
    def section(self) -> str:
        """The principle that it belongs to."""
        return SECTIONS[self.code[0]]

    def places(self, workspace: Workspace, on: date) -> Iterator[Here]:
        """Yield each place at which the rule finds something on a day; none where it cannot be asked yet."""
        if all(workspace.every(kind) for kind in self.once):
            yield from self.look(workspace, on)


_registered: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, *, why: str, mend: str, once: tuple[type[Record], ...] = ()
) -> Callable[[F], F]:
    """Register the function below as a rule, and return it as it is; its docstring says what it finds.

    Args:
        code: its name for ever.
        severity: how much it weighs.
        why: why that matters.
        mend: how to mend it.
        once: kinds of record of which there must be one before it is asked, so that a new workspace is not scolded.
    """

    def registered(look: F) -> F:
        if code in _registered:
            raise ValueError(f"rule {code} stands twice")
        says = " ".join((inspect.getdoc(look) or "").split())
        dated: Look = look if len(inspect.signature(look).parameters) == 2 else lambda workspace, _: look(workspace)
        _registered[code] = Rule(code, says, severity, why, mend, once, dated)
        return look

    return registered


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its code, by principle and number.

    >>> rules()["O201"].says
    'No measure serves a need.'
    """
    for room in ROOMS:
        import_module(f"outward.checks.{room}")
    letters = list(SECTIONS)
    return {code: _registered[code] for code in sorted(_registered, key=lambda one: (letters.index(one[0]), one))}


def rule_of(code: str) -> Rule:
    """Return the rule of a code, in capitals or not.

    Raises:
        UsageError: there is none.
    """
    if code.upper() not in rules():
        raise UsageError.unknown("rule", code[:40], rules())
    return rules()[code.upper()]


def called(record: Record) -> str:
    """Return a record as sentences name it.

    >>> from outward.workspace.kinds.customers import Body
    >>> called(Body(id="moj", title="Ministry", type="department"))
    "body 'Ministry'"
    """
    word = record.type if isinstance(record, Need) else record.TITLE
    return f"{word} '{record.title}'"


def named(record: Record) -> str:
    """Return the same to begin a sentence with."""
    words = called(record)
    return words[0].upper() + words[1:]


def titles(records: Sequence[Record]) -> str:
    """Return the titles of records in a row: two in full, then how many more."""
    shown = [f"'{one.title}'" for one in records[:2]]
    more = len(records) - len(shown)
    return " and ".join(shown) if not more else f"{', '.join(shown)} and {more} more"


def nothing_yet(workspace: Workspace, kind: type[Record], said: str) -> Iterator[Here]:
    """Yield one note on the workspace where it has no record of a kind yet."""
    if not workspace.every(kind):
        yield Here(workspace.header, "", said, begin=kind.KIND)
