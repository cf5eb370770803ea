"""The fields that records are made of, and what a store, a form or a check must know about each."""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Described

from outward.dates import day_of

if TYPE_CHECKING:
    from outward.workspace.records import Record

LONGEST_LINE = 300
LONGEST_PROSE = 20_000
Shape = Literal["line", "prose", "choice", "day", "number", "whole", "yes or no", "settings"]


@dataclass(frozen=True)
class To:
    """Mark of a reference: the value is the id of a record of this kind."""

    kind: str


@dataclass(frozen=True)
class Long:
    """Mark of words that may run over several lines."""


ODD = re.compile(
    "[\x00-\x1f\x7f-\x84\x86-\x9f"
    + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
    + "]"
)
"""Letters that no file of words may hold, line breaks and tabs among them."""


def cannot_be_shown(words: str) -> bool:
    r"""Return whether words hold a letter that no file of words may hold, such as a line break or a tab.

    >>> [cannot_be_shown(words) for words in ("a b", "a\nb", "\x9b", "\uffff")]
    [False, True, True, True]
    """
    return ODD.search(words) is not None


def _one_line(value: str) -> str:
    if len(value) > LONGEST_LINE:
        raise ValueError(f"it has {len(value):,} letters, and a line holds {LONGEST_LINE} at most")
    if cannot_be_shown(value):
        raise ValueError("it must be one line, without line breaks or tabs")
    return value


def _printable(value: str) -> str:
    if len(value) > LONGEST_PROSE:
        raise ValueError(f"it has {len(value):,} letters, and {LONGEST_PROSE:,} are the most")
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if cannot_be_shown(value.replace("\n", "")):
        raise ValueError("it holds a control character that cannot be shown")
    return "\n".join(line.rstrip() for line in value.split("\n"))


def _day(value: Any) -> Any:
    if value in ("", None):
        return None
    return day_of(value) if isinstance(value, str) else value


def _nothing(value: Any) -> Any:
    return None if value == "" else value


def unmarked(text: str) -> str:
    """Return a number without what marks its thousands, as pages show it; any other text as it is.

    >>> [unmarked(text) for text in ("1,250", "-1 250 000.5", "1,2", "1,250 000", "many")]
    ['1250', '-1250000.5', '1,2', '1,250 000', 'many']
    """
    marked = re.fullmatch(r"[-+]?[0-9]{1,3}([, \u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?", text)
    return text.replace(marked[1], "") if marked else text


def _number(value: Any) -> Any:
    return unmarked(value.strip()) or None if isinstance(value, str) else value


def counts_in_percent(unit: str) -> bool:
    """Return whether a unit is a percentage, however it is written.

    >>> [counts_in_percent(unit) for unit in ("%", "% of claims", "Per cent", "days", "")]
    [True, True, True, False, False]
    """
    return re.search(r"%|\bper ?cent", unit, re.IGNORECASE) is not None


Line = Annotated[str, AfterValidator(_one_line)]
"""Words in one line."""
Item = Annotated[Line, Described(min_length=1)]
"""Words in one line that stand in a list."""
Prose = Annotated[str, Long(), AfterValidator(_printable)]
"""Words in several lines; a tab becomes a space, as spreadsheets cannot keep it."""
Day = Annotated[date | None, BeforeValidator(_day)]
"""A day, or None where it is not known."""
Number = Annotated[float | None, BeforeValidator(_number), Described(allow_inf_nan=False)]
"""A number, or None where it is not known."""
Whole = Annotated[Annotated[int, Described(ge=0, le=10**12)] | None, BeforeValidator(_number)]
"""A whole number from 0, or None where it is not known."""
YesNo = Annotated[bool | None, BeforeValidator(_nothing)]
"""Yes or no, or None where nobody has said."""


TITLES = {
    "becomes": "How people join",
    "comes_from": "Where members come from",
    "counts": "What it counts",
    "decide_on": "Pilot decided on",
    "defined": "How it was found",
    "differs": "What differs",
    "helped": "Did it help",
    "owned_ground": "By what right they own it",
    "parent": "Part of",
    "review_about": "What the review found",
    "review_findings": "Findings left out, as reviewed",
    "said": "What was said",
}
"""What people call fields that would not be understood by their names in the files."""


@dataclass(frozen=True)
class Field:
    """What a store, a form or a check must know about one field of a kind of record.

    Attributes:
        name: as it is written in a file.
        shape: what one value is made of.
        help: what it means, in one sentence.
        several: whether it holds a list of such values.
        required: whether a record without it is refused.
        choices: the words that it may be, where it is a choice.
        to: the kind of record that it names by id; '' where it is no reference.
    """

    name: str
    shape: Shape
    help: str
    several: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    to: str = ""

    @property
    def title(self) -> str:
        """What people call it, the same wherever they meet it.

        >>> Field("parent", "line", "The larger group.").title, Field("size_on", "day", "When.").title
        ('Part of', 'Size on')
        """
        return TITLES.get(self.name) or self.name.replace("_", " ").capitalize()


@cache
def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a kind of record, in the order in which people fill them in.

    >>> from outward.workspace.kinds.customers import Need
    >>> [field.name for field in fields_of(Need)][:3]
    ['id', 'title', 'type']
    """
    return tuple(
        _field(name, info.annotation, tuple(info.metadata), info.description or "", info.is_required())
        for name, info in sorted(kind.model_fields.items(), key=lambda one: one[0] == "notes")
    )


def _field(name: str, annotation: Any, marks: tuple[Any, ...], help: str, required: bool) -> Field:
    several = get_origin(annotation) is tuple
    if several:
        annotation, marks = _unwrapped(get_args(annotation)[0], ())
    annotation, marks = _unwrapped(annotation, marks)
    to = next((mark.kind for mark in marks if isinstance(mark, To)), "")
    choices = tuple(get_args(annotation)) if get_origin(annotation) is Literal else ()
    return Field(name, _shape(annotation, marks), help, several, required, choices, to)


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Return the type inside `Annotated` and '... or None', with the marks on the way."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return annotation, marks


def _shape(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is dict:
        return "settings"
    if annotation is str:
        return "prose" if any(isinstance(mark, Long) for mark in marks) else "line"
    shapes: dict[Any, Shape] = {date: "day", float: "number", int: "whole", bool: "yes or no"}
    return shapes[annotation]
