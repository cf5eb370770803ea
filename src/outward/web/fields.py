"""Form fields as plain values: what the templates under `components` draw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from outward.answers import Value
from outward.catalogue import Parameter
from outward.errors import UsageError
from outward.web.words import spoken


class WrongFields(UsageError):
    """What is wrong with a form, field by field; `errors` holds what to say at each, by name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Option:
    """One thing that can be picked; options of one group stand under its name."""

    value: str
    words: str
    chosen: bool = False
    group: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a form, its label and what it holds now.

    Attributes:
        kind: which component draws it.
        name: its name in the address.
        label: the words above it.
        value: what it holds.
        hint: a line under the label.
        options: what can be picked, for selects and radios.
        low: least value, for a range.
        high: greatest value, for a range.
        error: what is wrong with what it holds.
    """

    kind: Literal["select", "radios", "range", "date", "text", "number"]
    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 0
    error: str = ""

    @property
    def id(self) -> str:
        """The field's id on the page."""
        return "field-" + re.sub(r"[^a-z0-9]+", "-", self.label.lower()).strip("-")

    @property
    def described(self) -> str:
        """The ids of what is said about it on the page: its hint, and what is wrong."""
        said = [f"{self.id}-hint" if self.hint else "", f"{self.id}-error" if self.error else ""]
        return " ".join(filter(None, said))

    @property
    def grouped(self) -> list[tuple[str, list[Option]]]:
        """The options under their groups, in order."""
        return [(name, list(some)) for name, some in groupby(self.options, key=lambda one: one.group)]


def choice(
    name: str, label: str, pairs: Iterable[tuple[str, str]], now: str, nothing: str = "", hint: str = ""
) -> Field:
    """Return a select of (value, words) pairs, with a first option for nothing where there is one.

    >>> [option.words for option in choice("by", "Group by", [("area", "Area")], "area", "No groups").options]
    ['No groups', 'Area']
    """
    first = (Option("", nothing, not now),) if nothing else ()
    rest = tuple(Option(value, words, value == now) for value, words in pairs)
    return Field("select", name, label, now, hint, first + rest)


def parameter_field(parameter: Parameter, now: Value) -> Field:
    """Return the field for one parameter of a question, from its type."""
    label, hint = spoken(parameter.name), parameter.help
    if parameter.options:
        return choice(parameter.name, label, [(one, spoken(one)) for one in parameter.options], str(now), hint=hint)
    kind: Literal["text", "number"] = "text" if parameter.type is str else "number"
    return Field(kind, parameter.name, label, "" if now is None else str(now), hint)
