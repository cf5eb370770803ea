"""What a record says, ready for a page: each field in words, with references as links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from outward import catalogue
from outward.dates import LONDON
from outward.present.words import date as in_words
from outward.web import wording
from outward.web.words import spoken
from outward.web.workspaces import Link, address
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.homes.folder import OUTSIDE
from outward.workspace.records import Record, kind_of, kinds
from outward.workspace.workbook.cells import cell_of

MOST_SHOWN = 50
"""Records of one kind that a page names as relying on another."""


@dataclass(frozen=True)
class Fact:
    """One field of a record in words.

    Attributes:
        name: of the field.
        title: the words for it.
        words: what it holds, where that is words.
        links: what it refers to, where it is a reference.
        lines: what it holds, where it is a list of lines.
    """

    name: str
    title: str
    words: str = ""
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody has said anything."""
        return not (self.words or self.links or self.lines)

    @property
    def text(self) -> str:
        """What it holds, as words alone."""
        return self.words or "\n".join(self.lines or tuple(link.words for link in self.links))


@dataclass(frozen=True)
class Relying:
    """The records of one kind that rely on a record: the first of them, and how many more there are."""

    title: str
    links: tuple[Link, ...]
    more: int = 0


def facts(workspace: Workspace, record: Record, fields: Iterable[Field] | None = None) -> list[Fact]:
    """Return what a record says, field by field.

    Args:
        workspace: the one that it stands in.
        record: whose facts.
        fields: only these; all but the title and the id where None.
    """
    chosen = (
        [field for field in fields_of(type(record)) if field.name not in ("id", "title")] if fields is None else fields
    )
    return [fact(workspace, field, getattr(record, field.name)) for field in chosen]


def fact(workspace: Workspace, field: Field, value: Any) -> Fact:
    """Return one field's value in words, whether it is as a record holds it or as plain values do."""
    several = tuple(value or ()) if field.several else ()
    if field.to:
        ids = several if field.several else (value,) if value else ()
        return Fact(field.name, field.title, links=tuple(link(workspace, field.to, id) for id in ids))
    if field.several:
        return Fact(field.name, field.title, lines=tuple(map(str, several)))
    if field.shape == "settings":
        return Fact(field.name, field.title, str(cell_of(field, value)) if value else "")
    return Fact(field.name, field.title, _words(field, value))


def typed_fact(workspace: Workspace, field: Field, held: Iterable[str]) -> Fact:
    """Return what was typed into a field, whether it will do or not."""
    lines = [line.strip() for one in held for line in one.splitlines() if line.strip()]
    if field.shape == "day":
        return Fact(field.name, field.title, " ".join(lines))
    if field.to:
        return Fact(field.name, field.title, lines=tuple(link(workspace, field.to, id).words for id in lines))
    if field.shape == "choice":
        lines = [wording.chosen(field, line) for line in lines]
    return Fact(field.name, field.title, "\n".join(lines))


def link(workspace: Workspace, kind: str, id: str) -> Link:
    """Return the link to a record, by its title; by its id where it is not there."""
    record = workspace.records.get(kind, {}).get(id)
    return Link(record.title if record else id, address(workspace.id, "records", kind, id))


def day(value: date | str) -> str:
    """Return a day in words.

    >>> day("2026-03-31")
    '31 March 2026'
    """
    return in_words(str(value))


def moment(at: str, *, seconds: bool = False) -> str:
    """Return a moment, ISO in UTC, as people in London say it.

    >>> moment("2026-07-01T17:05:00+00:00"), moment("2026-07-01T17:05:09+00:00", seconds=True)
    ('1 July 2026 at 18:05', '1 July 2026 at 18:05:09')
    """
    found = datetime.fromisoformat(at).astimezone(LONDON)
    return f"{day(found.date())} at {found:{'%H:%M:%S' if seconds else '%H:%M'}}"


def maker(by: str) -> str:
    """Return who made a change, in words."""
    return "somebody, in the files themselves" if by == OUTSIDE else by


def _words(field: Field, value: Any) -> str:
    if value in ("", None):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.shape == "day":
        return day(value)
    if field.shape in ("number", "whole"):
        return f"{value:,.15g}" if field.shape == "number" else f"{value:,}"
    if field.name == "question":
        id = str(value).split()[0].upper()
        return f"{value} ({catalogue.find(id).title})" if id in catalogue.ROOMS else str(value)
    return wording.chosen(field, value) if field.shape == "choice" else str(value)


def relying(workspace: Workspace, record: Record) -> list[Relying]:
    """Return which records rely on a record, kind by kind in the order in which people meet them."""
    order = list(kinds())
    references = workspace.relied_on_by.get(record.name, ())
    names = {reference.source for reference in references}
    sources = sorted(names, key=lambda one: (order.index(one[0]), workspace.find(*one).title.casefold(), one))
    found = []
    for kind, of_kind in groupby(sources, key=lambda one: one[0]):
        ids = [id for _, id in of_kind]
        links = tuple(link(workspace, kind, id) for id in ids[:MOST_SHOWN])
        found.append(Relying(spoken(kind_of(kind).PLURAL), links, max(0, len(ids) - MOST_SHOWN)))
    return found
