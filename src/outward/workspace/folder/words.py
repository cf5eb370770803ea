"""Values as YAML that people read and edit, written so that every reader takes them for what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from outward.workspace.fields import Field
from outward.workspace.safe_yaml import UNSEEN, as_yaml

WIDTH = 110
BARE = re.compile(r"[^\W_](?:[^\n:#]|:(?=\S)|(?<=\S)#)*", re.UNICODE)
"""Words that stand as they are: from a letter or digit, without ': ' or ' #'."""
UNLIKE_WORDS = re.compile(
    r"[-+.]?[\d_.,:+-]+([eE][-+]?\d+)?"  # numbers, days, times of day
    r"|0[xob][\da-fA-F_]+"
    r"|\d{4}-\d\d?-\d\d?([tT\s].*)?"
    r"|[-+.]*(nan|inf)|y|n|yes|no|on|off|true|false|null",
    re.IGNORECASE,
)
"""Words that some reader of YAML takes for a number, a day, a truth value or nothing."""


def field_lines(field: Field, value: Any, indent: int) -> list[str]:
    """Return the lines of one field, without their line breaks.

    Args:
        field: the field.
        value: its plain value, which is not empty.
        indent: spaces before its name.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Need
    >>> groups = next(field for field in fields_of(Need) if field.name == "groups")
    >>> field_lines(groups, ["everyone", "007"], 2)
    ["  groups: [everyone, '007']"]
    """
    margin = " " * indent
    head = f"{margin}{field.name}:"
    if field.shape == "settings":
        return [head, *(f"{margin}  {line}" if line else "" for line in as_yaml(value, WIDTH).split("\n"))]
    if field.several:
        words = [scalar(field, one, in_list=True) for one in value]
        line = f"{head} [{', '.join(words)}]"
        if len(line) <= WIDTH and field.to:
            return [line]
        return [head, *(f"{margin}  - {scalar(field, one)}" for one in value)]
    if field.shape == "prose" and ("\n" in value or len(head) + 1 + len(value) > WIDTH) and not UNSEEN.search(value):
        return [*_block(head, value, indent + 2)]
    return [f"{head} {scalar(field, value)}"]


def scalar(field: Field, value: Any, in_list: bool = False) -> str:
    """Return one value in one line.

    Args:
        field: the field that holds it.
        value: a plain value.
        in_list: whether it stands between brackets and commas.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    return value if field.shape == "day" else words(str(value), in_list)


def words(text: str, in_list: bool = False) -> str:
    r"""Return words in one line, in quotes where they could be taken for something else.

    >>> print(words("Letters that I understand"), words("no"), words("it's: so"), words("a\nb"), words("- x"))
    Letters that I understand 'no' 'it''s: so' "a\nb" '- x'
    """
    if "\n" in text or "\t" in text or UNSEEN.search(text):
        return UNSEEN.sub(_escaped, json.dumps(text, ensure_ascii=False))
    bare = BARE.fullmatch(text) and not UNLIKE_WORDS.fullmatch(text) and text == text.strip() and text[-1] != ":"
    if bare and not (in_list and re.search(r"[\[\]{},:]", text)):
        return text
    return "'" + text.replace("'", "''") + "'"


def _escaped(match: re.Match[str]) -> str:
    letter = ord(match[0])
    return f"\\u{letter:04X}" if letter <= 0xFFFF else f"\\U{letter:08X}"


def _block(head: str, value: str, indent: int) -> Sequence[str]:
    """Return prose as a block: its own lines where it has several, else one paragraph, folded."""
    margin = " " * indent
    if "\n" in value:
        return [f"{head} |-", *(margin + line if line else "" for line in value.split("\n"))]
    lines, line = [], ""
    for part in re.split(r"(?<=\S) (?=\S)", value):
        if line and indent + len(line) + 1 + len(part) > WIDTH:
            lines.append(line)
            line = part
        else:
            line = f"{line} {part}" if line else part
    return [f"{head} >-", *(margin + one for one in (*lines, line))]


def record_lines(fields: Sequence[Field], values: Mapping[str, Any], dash: int | None) -> list[str]:
    """Return the lines of a whole record, its fields in their order.

    Args:
        fields: of its kind.
        values: its plain values.
        dash: the column of its '-'; None where it is a file of its own.
    """
    indent = 0 if dash is None else dash + 2
    lines = [
        line for field in fields if field.name in values for line in field_lines(field, values[field.name], indent)
    ]
    if dash is not None:
        lines[0] = f"{' ' * dash}- {lines[0].lstrip()}"
    return lines
