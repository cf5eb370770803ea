"""The records of one kind as a list that people can search: words, filters, order, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from outward.errors import UsageError
from outward.web import wording
from outward.web.fields import Field, choice
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field as Held
from outward.workspace.fields import fields_of
from outward.workspace.records import Record

A_PAGE = 100
"""Records on one page of a list."""

NEWEST_FIRST = {"finding": "known_on", "interview": "held_on", "assessment": "assessed_on", "benchmark": "published_on"}
SOONEST_FIRST = {"action": "due", "commitment": "due", "silence": "until"}
IN_THEIR_PLACE = {"step": ("service", "order"), "level": ("order",)}
"""How kinds are put in order that are not in the order of their titles."""

GROUP = "group"
WORDS = "q"
PAGE = "page"


@dataclass(frozen=True)
class Search:
    """What a person looks for among the records of a kind.

    Attributes:
        words: all of them must stand in a record.
        group: the id of a group that a record must name; '' for any.
        choices: field to the choice that a record must have made.
        page: which hundred of what is found, from 1.
    """

    words: str = ""
    group: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    def query(self, page: int) -> str:
        """Return the address's query for another page of the same search."""
        said = {WORDS: self.words, GROUP: self.group, **self.choices, PAGE: str(page) if page > 1 else ""}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Found:
    """One page of what a search found.

    Attributes:
        records: those of this page, in order.
        many: how many were found in all.
        pages: how many pages they fill.
    """

    records: tuple[Record, ...]
    many: int
    pages: int


def search_of(kind: type[Record], query: Mapping[str, str]) -> Search:
    """Return the search that an address holds.

    Raises:
        UsageError: it names something that cannot be searched by.
    """
    said = {name: str(value).strip() for name, value in query.items()}
    known = {WORDS, PAGE, *(field.name for field in _choosing(kind)), *([GROUP] if _of_groups(kind) else [])}
    for name in said:
        if name not in known:
            raise UsageError.unknown("way to search", name, sorted(known), f" among {kind.PLURAL}")
    page = said.get(PAGE) or "1"
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 7):
        raise UsageError(f"'{PAGE}' is a whole number from 1, not '{page[:20]}'.")
    choices = {field.name: said[field.name] for field in _choosing(kind) if said.get(field.name)}
    return Search(said.get(WORDS, ""), said.get(GROUP, ""), choices, max(1, int(page)))


def found(workspace: Workspace, kind: type[Record], search: Search) -> Found:
    """Return one page of the records of a kind that a search finds, in the order that people expect."""
    words = search.words.casefold().split()
    groups = _of_groups(kind) if search.group else ()
    some = [
        record
        for record in workspace.every(kind)
        if all(_said(getattr(record, name)) == wanted for name, wanted in search.choices.items())
        and (not groups or any(search.group in _all(getattr(record, field.name)) for field in groups))
        and (not words or _holds(record, words))
    ]
    some.sort(key=_order(kind))
    pages = max(1, -(-len(some) // A_PAGE))
    first = (min(search.page, pages) - 1) * A_PAGE
    return Found(tuple(some[first : first + A_PAGE]), len(some), pages)


def search_fields(workspace: Workspace, kind: type[Record], search: Search) -> list[Field]:
    """Return the fields of the form that searches a kind of record."""
    fields = [Field("text", WORDS, "Search words", search.words)]
    if _of_groups(kind) and workspace.records[GROUP]:
        groups = sorted((record.title, id) for id, record in workspace.records[GROUP].items())
        fields.append(choice(GROUP, "About the group", [(id, title) for title, id in groups], search.group, "Any"))
    for held in _choosing(kind):
        pairs = [(one, wording.chosen(held, one)) for one in _choices(held)]
        fields.append(choice(held.name, held.title, pairs, search.choices.get(held.name, ""), "Any"))
    return fields


def columns(kind: type[Record]) -> list[Held]:
    """Return the fields that a list shows beside the title: at most three that tell records apart."""
    fields = [field for field in fields_of(kind) if field.name not in ("id", "title", "notes")]
    ordered = NEWEST_FIRST.get(kind.KIND, SOONEST_FIRST.get(kind.KIND, ""))
    best = [
        *(field for field in fields if field.name == ordered),
        *(field for field in fields if field.required and field.to),
        *(field for field in fields if field.shape == "choice"),
        *(field for field in fields if field.to == GROUP and field.name != "comes_from"),
        *(field for field in fields if field.to or field.name == "owner"),
    ]
    chosen = list(dict.fromkeys(best))[:3]
    return [field for field in fields if field in chosen]


def _choices(field: Held) -> tuple[str, ...]:
    return ("yes", "no") if field.shape == "yes or no" else field.choices


def _choosing(kind: type[Record]) -> list[Held]:
    """Return the fields of a kind that are a choice."""
    return [field for field in fields_of(kind) if _choices(field)]


def _of_groups(kind: type[Record]) -> list[Held]:
    """Return the fields of a kind that name groups of customers."""
    return [field for field in fields_of(kind) if field.to == GROUP]


def _all(value: Any) -> Iterable[str]:
    return value if isinstance(value, tuple) else (value,)


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value or "")


def _holds(record: Record, words: list[str]) -> bool:
    text = "\n".join(
        part for value in vars(record).values() for part in _all(value) if isinstance(part, str)
    ).casefold()
    return all(word in text for word in words)


def _order(kind: type[Record]) -> Any:
    """Return what the records of a kind are put in order by; those whose day is not known come last."""

    def key(record: Record) -> tuple[Any, ...]:
        name = record.title.casefold()
        if kind.KIND in NEWEST_FIRST:
            day = getattr(record, NEWEST_FIRST[kind.KIND])
            return (-(day or date.min).toordinal(), name, record.id)
        if kind.KIND in SOONEST_FIRST:
            return ((getattr(record, SOONEST_FIRST[kind.KIND]) or date.max), name, record.id)
        places = [getattr(record, field) for field in IN_THEIR_PLACE.get(kind.KIND, ())]
        return (*((place is None, place or 0) if not isinstance(place, str) else (place,) for place in places), name)

    return key
