"""Records: what a body writes down of its customers, its measures, its stakeholders and its decisions.

Each kind is one class in `kinds/`, the only definition of its fields: files, workbooks, forms, history and
checks all derive from it. A record is named by its kind and its id, and neither ever changes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from outward.errors import UsageError
from outward.workspace.fields import Line, Prose, counts_in_percent, fields_of

ID = r"[a-z0-9][a-z0-9-]{0,79}"


def _id(value: str) -> str:
    if not re.fullmatch(ID, value):
        raise ValueError(f"'{value[:40]}' is no id. Use small letters, digits and hyphens, as 'self-employed'")
    return value


class Record(BaseModel):
    """What every record has; a kind adds its own fields.

    Attributes:
        KIND: the kind's name, as references and addresses spell it.
        TITLE: what people call one of them.
        PLURAL: what people call several; with underscores it names the file of the kind.
        PRINCIPLE: the letter of the principle under which it is listed: U, O, R or D; W for the workspace itself.
        VERSION: of the kind's fields: stored revisions carry it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    KIND: ClassVar[str]
    TITLE: ClassVar[str]
    PLURAL: ClassVar[str]
    PRINCIPLE: ClassVar[str]
    VERSION: ClassVar[int] = 1

    id: Annotated[str, AfterValidator(_id)] = Field(description="The name by which other records refer to it.")
    title: Line = Field(min_length=1, description="What people call it.")
    notes: Prose = Field(default="", description="Anything else worth knowing.")

    @property
    def name(self) -> tuple[str, str]:
        """Its kind and its id, by which it is told from every other record."""
        return self.KIND, self.id

    @model_validator(mode="before")
    @classmethod
    def _as_its_unit_counts(cls, held: Any) -> Any:
        """Take '45%' for 45 where the unit of the record is a percentage."""
        if not (isinstance(held, dict) and "unit" in cls.model_fields and counts_in_percent(str(held.get("unit", "")))):
            return held
        numbers = [one.name for one in fields_of(cls) if one.shape == "number"]
        typed = {name: held[name].strip() for name in numbers if isinstance(held.get(name), str)}
        return held | {name: text.removesuffix("%") for name, text in typed.items()}


ROOMS = ("header", "kinds.customers", "kinds.operations", "kinds.stakeholders", "kinds.delivery", "kinds.knowledge")


@cache
def kinds() -> dict[str, type[Record]]:
    """Return every kind of record by its name, in the order in which people meet them.

    >>> list(kinds())[:3]
    ['workspace', 'group', 'need']
    """
    found: dict[str, type[Record]] = {}
    for room in ROOMS:
        module = import_module(f"outward.workspace.{room}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Record) and value.__module__ == module.__name__:
                found[value.KIND] = value
    return found


def kind_of(name: str) -> type[Record]:
    """Return the kind of record of that name.

    Raises:
        UsageError: there is no such kind.

    >>> kind_of("need").TITLE
    'need or concern'
    """
    if name not in kinds():
        raise UsageError.unknown("kind of record", name, kinds())
    return kinds()[name]


EMPTY: tuple[Any, ...] = ("", None, [], {}, ())
"""What a field holds of which nothing is known."""


def plain(record: Record) -> dict[str, Any]:
    """Return what a record holds as plain values, without the fields that are empty.

    Days are written as 2026-03-31, lists as lists; `kind_of(...).model_validate` reads it back.

    >>> from outward.workspace.kinds.customers import Body
    >>> plain(Body(id="moj", title="Ministry", type="department"))
    {'id': 'moj', 'title': 'Ministry', 'type': 'department'}
    """
    held = record.model_dump(mode="json")
    names = sorted(held, key=lambda name: name == "notes")
    return {name: held[name] for name in names if held[name] not in EMPTY}
