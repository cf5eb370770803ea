"""Rules about the workspace itself: its champion, its days, and personal data that does not belong in records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from outward import dates
from outward.checks.personal import looks_personal
from outward.checks.rules import Here, named, rule
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.header import Header
from outward.workspace.records import Record, kind_of

PAST = {
    "group": ("size_on",),
    "interview": ("held_on",),
    "measure": ("baseline_on",),
    "benchmark": ("published_on",),
    "assessment": ("assessed_on",),
    "stakeholder": ("last_engaged_on",),
    "relationship": ("declared_on",),
    "commitment": ("made_on", "kept_on"),
    "risk": ("verified_on",),
    "finding": ("known_on",),
    "action": ("done_on", "effect_on", "told_on"),
}
"""Days of what has happened, by kind of record: they cannot lie ahead."""

ORDER = {
    "measure": (("baseline_on", "target_date"),),
    "commitment": (("made_on", "due"), ("made_on", "kept_on")),
    "policy": (
        ("outset_on", "options_on"),
        ("options_on", "decision_on"),
        ("outset_on", "decision_on"),
        ("decision_on", "delivery_on"),
    ),
    "adaptation": (("decided_on", "review_on"),),
    "action": (
        ("decided_on", "due"),
        ("decided_on", "done_on"),
        ("decided_on", "decide_on"),
        ("decided_on", "effect_on"),
        ("decided_on", "told_on"),
        ("done_on", "effect_on"),
    ),
}
"""Pairs of days of which the first cannot come after the second, by kind of record."""


@rule(
    "W101",
    "warning",
    why="The approach is meant to be piloted under a customers' champion at the level of the board.",
    mend="Name the post that is the customers' champion.",
)
def no_champion(workspace: Workspace) -> Iterator[Here]:
    """The workspace has no champion."""
    if not workspace.header.champion and _begun(workspace):
        yield Here(workspace.header, "champion", "Nobody is the customers' champion.")


@rule(
    "W102",
    "warning",
    why="To turn a whole organisation outward takes somebody where strategy and rewards are decided.",
    mend="Make a member of the board the champion, or give the champion a seat.",
)
def champion_below_board(workspace: Workspace) -> Iterator[Here]:
    """The champion does not sit on the board."""
    header = workspace.header
    if header.champion and header.champion_on_board is False:
        yield Here(header, "champion_on_board", f"The champion, {header.champion}, does not sit on the board.")


@rule(
    "W103",
    "note",
    why="A champion without a seat where strategy is decided can ask and cannot decide.",
    mend="Say whether that post sits on the board: yes or no.",
)
def champion_where(workspace: Workspace) -> Iterator[Here]:
    """It is not said whether the champion sits on the board."""
    header = workspace.header
    if header.champion and header.champion_on_board is None:
        said = f"Whether the champion, {header.champion}, sits on the board is not said."
        yield Here(header, "champion_on_board", said)


@rule(
    "W104",
    "note",
    why="Whoever reads it must know which body speaks.",
    mend="Name the public body.",
)
def whose(workspace: Workspace) -> Iterator[Here]:
    """It is not said whose workspace it is."""
    if not workspace.header.body:
        yield Here(workspace.header, "body", "Whose workspace it is, is not said.")


@rule(
    "W301",
    "warning",
    why="Records are read by many and kept for long. What gives a person away does not belong in them.",
    mend="Take it out; write the post instead of the person. Then erase its past (in its history, or outward erase), "
    "and that of the files.",
)
def personal(workspace: Workspace) -> Iterator[Here]:
    """A record holds what looks like personal data."""
    for record in _all(workspace):
        if not looks_personal("\n".join(words for _, words in _written(record))):
            continue
        for field, words in _written(record):
            if found := looks_personal(words):
                said = f"'{field.title}' of {_by_id(record)} holds what looks like {in_a_row(found)}."
                yield Here(record, field.name, said)


@rule(
    "W302",
    "error",
    why="What is asked of the records on a day would be told wrongly.",
    mend="Put the day right. What is still to come is not yet known, held, done or checked.",
)
def days_ahead(workspace: Workspace, on: date) -> Iterator[Here]:
    """Something that is said to have happened lies in the future."""
    now = max(on, dates.today())  # asked of a past day, what has happened since is no fault of the records
    for kind, fields in PAST.items():
        for record in workspace.every(kind_of(kind)):
            for name in fields:
                day = getattr(record, name)
                if day and day > now:
                    yield Here(record, name, f"'{_title(record, name)}' of {_by_id(record)} is {day}, still to come.")


@rule(
    "W303",
    "error",
    why="How long things take, and what was known when, would be told wrongly.",
    mend="Put one of the two days right.",
)
def days_in_disorder(workspace: Workspace) -> Iterator[Here]:
    """Two days of a record are in the wrong order."""
    for kind, pairs in ORDER.items():
        for record in workspace.every(kind_of(kind)):
            for first, second in pairs:
                one, other = getattr(record, first), getattr(record, second)
                if one and other and one > other:
                    days = f"'{_title(record, second)}' of {_by_id(record)} is {other}, before"
                    yield Here(record, second, f"{days} '{_title(record, first)}', {one}.")


@rule(
    "W304",
    "note",
    why="Whoever chooses one from a list cannot tell them apart, and what is known of one is missed at the other.",
    mend="Make one record of the two, or give them titles that differ.",
)
def same_title(workspace: Workspace) -> Iterator[Here]:
    """Two records of a kind have the same title."""
    seen: dict[tuple[str, str], Record] = {}
    for record in _all(workspace):
        first = seen.setdefault((record.KIND, " ".join(record.title.casefold().split())), record)
        if first is not record:
            yield Here(record, "title", f"{named(record)} has the same title as '{first.id}'.")


def _all(workspace: Workspace) -> Iterator[Record]:
    for of_kind in workspace.records.values():
        yield from of_kind.values()


def _written(record: Record) -> Iterator[tuple[Field, str]]:
    """Yield the fields of running words, with their words."""
    for field in _of_words(type(record)):
        value = getattr(record, field.name)
        yield field, "\n".join(value) if field.several else value


@cache
def _of_words(kind: type[Record]) -> tuple[Field, ...]:
    return tuple(
        field for field in fields_of(kind) if field.shape in ("line", "prose") and not field.to and field.name != "id"
    )


def _begun(workspace: Workspace) -> bool:
    """Return whether there is any record beside the workspace itself."""
    return any(of_kind for kind, of_kind in workspace.records.items() if kind != Header.KIND)


def _by_id(record: Record) -> str:
    return f"{record.TITLE} '{record.id}'"


def _title(record: Record, name: str) -> str:
    return next(field.title for field in fields_of(type(record)) if field.name == name)
