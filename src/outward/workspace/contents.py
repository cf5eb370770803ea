"""What a workspace holds, as a value: its records by kind and id, where each is written, who refers to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from outward.errors import NotFound
from outward.workspace.fields import fields_of
from outward.workspace.header import Header
from outward.workspace.kinds.customers import Group
from outward.workspace.problems import Place
from outward.workspace.records import Record, kind_of, plain

R = TypeVar("R", bound=Record)
Name = tuple[str, str]
"""What names a record: its kind and its id."""


@dataclass(frozen=True)
class Reference:
    """One record naming another in one of its fields."""

    source: Name
    field: str
    target: Name


@dataclass(frozen=True, eq=False)
class Workspace:
    """What one body knows and has decided, as it was read once: what is worked out from it can be kept beside it.

    Attributes:
        records: kind to id to record, in the order in which they are written.
        places: where each record is written.
        revision: changes with every change of a record.
    """

    records: Mapping[str, Mapping[str, Record]]
    places: Mapping[Name, Place] = field(default_factory=dict)
    revision: str = ""

    @property
    def header(self) -> Header:
        """The workspace itself."""
        (header,) = self.every(Header)
        return header

    @property
    def id(self) -> str:
        """The name in addresses."""
        return self.header.id

    @property
    def title(self) -> str:
        """The heading."""
        return self.header.title

    def every(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of a kind, in the order in which they are written."""
        return self._in_tuples.get(kind.KIND, ())  # type: ignore[return-value]  # records of a kind are of its class

    @cached_property
    def _in_tuples(self) -> Mapping[str, tuple[Record, ...]]:
        return {kind: tuple(held.values()) for kind, held in self.records.items()}

    def find(self, kind: str, id: str) -> Record:
        """Return one record.

        Raises:
            UsageError: there is no such kind.
            NotFound: there is no such record (any more).
        """
        title = kind_of(kind).TITLE
        try:
            return self.records[kind][id]
        except KeyError:
            raise NotFound(f"There is no {title} '{id}' in this workspace.") from None

    def get(self, kind: type[R], id: str) -> R | None:
        """Return one record of a kind, or None where there is none, as for an empty reference."""
        return self.records.get(kind.KIND, {}).get(id)  # type: ignore[return-value]  # records of a kind are of its class

    def values(self, kind: str, id: str) -> dict[str, Any] | None:
        """Return what a record holds as plain values, or None where there is none."""
        record = self.records[kind_of(kind).KIND].get(id)
        return None if record is None else plain(record)

    def place(self, record: Record, field: str = "") -> Place:
        """Return where a record, or a field of it, is written."""
        return self.places.get(record.name, Place()).of(field)

    @cached_property
    def relied_on_by(self) -> Mapping[Name, tuple[Reference, ...]]:
        """Which references point at each record that is referred to."""
        found: dict[Name, list[Reference]] = {}
        for held in self.records.values():
            for record in held.values():
                for reference in references_of(record):
                    found.setdefault(reference.target, []).append(reference)
        return {name: tuple(references) for name, references in found.items()}

    def some(self, kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
        """Return the records of a kind that have these ids, in the order in which they are written."""
        order, every = self._order.get(kind.KIND, {}), self.every(kind)
        return tuple(every[place] for place in sorted({order[id] for id in ids if id in order}))

    def naming(self, kind: type[R], field: str, *ids: str) -> tuple[R, ...]:
        """Return the records of a kind that name one of these ids in a field, in the order in which they are written.

        Args:
            kind: whose records are looked for.
            field: a field of theirs that refers to records.
            ids: of the records that they may name there.
        """
        return self.some(kind, (one for id in ids for one in self._naming.get((kind.KIND, field, id), ())))

    @cached_property
    def _order(self) -> Mapping[str, Mapping[str, int]]:
        return {kind: {id: place for place, id in enumerate(held)} for kind, held in self.records.items()}

    @cached_property
    def _naming(self) -> Mapping[tuple[str, str, str], list[str]]:
        """The ids of the records of a kind that name an id in a field."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for (_, id), references in self.relied_on_by.items():
            for one in references:
                kind, source = one.source
                found.setdefault((kind, one.field, id), []).append(source)
        return found

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """The ids of each group itself and of every group inside it, at any depth."""
        found: dict[str, set[str]] = {group.id: set() for group in self.every(Group)}
        for group in self.every(Group):
            for larger in self.around(group):
                found[larger.id].add(group.id)
        return {id: frozenset(inside) for id, inside in found.items()}

    def around(self, group: Group) -> tuple[Group, ...]:
        """Return the group and the groups that it is a part of, the nearest first."""
        chain = {group.id: group}
        while (parent := self.get(Group, group.parent)) and parent.id not in chain:
            group = chain[parent.id] = parent
        return tuple(chain.values())


def references_of(record: Record) -> Iterator[Reference]:
    """Yield every reference that a record makes."""
    for each in fields_of(type(record)):
        if each.to:
            value = getattr(record, each.name)
            for id in value if each.several else (value,) if value else ():
                yield Reference(record.name, each.name, (each.to, id))


def same_as_written(one: Workspace, other: Workspace) -> bool:
    """Return whether two hold the same records at the same places."""
    return one.revision == other.revision and one.places == other.places
