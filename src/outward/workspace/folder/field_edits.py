"""Changing the fields of one record in the lines of a YAML file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from outward.workspace.fields import Field, fields_of
from outward.workspace.folder.words import field_lines, scalar
from outward.workspace.records import Record


class Unlike(Exception):
    """The file is written in a way that does not allow this way of changing it."""


@dataclass(frozen=True)
class Edit:
    """Lines from `start` up to, not including, `end` become these."""

    start: int
    end: int
    lines: list[str]


@dataclass(frozen=True)
class _Standing:
    """A field as it stands in the file."""

    name: str
    column: int
    first: int
    last: int
    value: yaml.Node


def field_edits(
    lines: Sequence[str],
    kind: type[Record],
    node: yaml.MappingNode,
    top: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> list[Edit]:
    """Return what must change so that a record holds other values.

    Args:
        lines: of the file.
        kind: the kind of the record.
        node: the record in the tree of the file.
        top: the line on which the record begins.
        before: its plain values.
        after: those that it is to have.

    Raises:
        Unlike: its fields do not stand one below the other.
    """
    standing = _standing(lines, node, top)
    names = [field.name for field in fields_of(kind)]
    edits: list[Edit] = []
    for place, field in enumerate(fields_of(kind)):
        old, new = before.get(field.name), after.get(field.name)
        if old == new:
            continue
        stands = standing.get(field.name)
        if stands and new is None:
            edits.append(_removed(lines, stands, list(standing.values())))
        elif stands:
            edits.append(_replaced(lines, stands, field, new))
        elif new is not None:
            earlier = [standing[name] for name in names[:place] if name in standing]
            column = next(iter(standing.values())).column
            line = earlier[-1].last + 1 if earlier else top
            if not earlier and column != len(lines[top]) - len(lines[top].lstrip(" ")):
                raise Unlike
            edits.append(Edit(line, line, field_lines(field, new, column)))
    return _together(edits)


def _together(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits with those that add lines at one place made one."""
    merged: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        key = (edit.start, edit.end)
        merged[key] = Edit(*key, merged[key].lines + edit.lines) if key in merged else edit
    return list(merged.values())


def _standing(lines: Sequence[str], node: yaml.MappingNode, top: int) -> dict[str, _Standing]:
    found: dict[str, _Standing] = {}
    taken = -1
    for key, value in node.value:
        line, column = key.start_mark.line, key.start_mark.column
        last = max(line, last_line(lines, value))
        before = lines[line][:column]
        if line <= taken or (before.strip() and not (line == top and before.strip() == "-")):
            raise Unlike
        if key.end_mark.line != line or not re.match(r"\s*:", lines[line][key.end_mark.column :]):
            raise Unlike
        found[key.value] = _Standing(key.value, column, line, last, value)
        taken = last
    return found


def last_line(lines: Sequence[str], node: yaml.Node) -> int:
    """Return the last line of a value, without the empty lines and comments that follow it."""
    first, end = int(node.start_mark.line), int(node.end_mark.line)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        last = end - (node.end_mark.column == 0)
        while last > first and not lines[last].strip():
            last -= 1
        return last
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        if not isinstance(inner, tuple):
            return max(first, last_line(lines, inner))
        return max(int(inner[0].start_mark.line), last_line(lines, inner[1]))
    return first if isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style else end


def is_comment(line: str) -> bool:
    """Return whether a line holds a comment alone."""
    return line.lstrip().startswith("#")


def comments_in(lines: Sequence[str], node: yaml.Node, start: int, end: int) -> list[str]:
    """Return the comments from one line up to another, wherever they stand on it; what a value says is none.

    Args:
        lines: of the file.
        node: holds every value that stands there.
        start: the first line.
        end: the line after the last.
    """
    seen = list(lines[start:end])
    for value in _scalars(node):
        first, last = value.start_mark, value.end_mark
        for number in range(max(first.line, start), min(last.line + 1, end)):
            text = seen[number - start]
            left = first.column if number == first.line else 0
            right = last.column if number == last.line else len(text)
            if number == first.line and value.style in ("|", ">"):
                right = len(text) - len(text[left:].lstrip("|>+-0123456789"))
            seen[number - start] = text[:left] + "x" * (right - left) + text[right:]
    return [found[1].rstrip() for found in (re.search(r"(?:^|\s)(#.*)$", text) for text in seen) if found]


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for part in node.value if isinstance(node, yaml.CollectionNode) else ():
        for one in part if isinstance(part, tuple) else (part,):
            yield from _scalars(one)


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _removed(lines: Sequence[str], stands: _Standing, every: Sequence[_Standing]) -> Edit:
    """Return the edit that takes a field out; where it shares the line of the '-', the next field moves there."""
    if not lines[stands.first][: stands.column].strip():
        return Edit(stands.first, stands.last + 1, [])
    later = [one for one in every if one.first > stands.first]
    if not later:
        raise Unlike
    moved = lines[stands.first][: stands.column] + lines[later[0].first][later[0].column :]
    if later[0].last != later[0].first:
        raise Unlike
    return Edit(stands.first, later[0].first + 1, [moved])


def _replaced(lines: Sequence[str], stands: _Standing, field: Field, new: Any) -> Edit:
    """Return the edit that gives a field another value; what stands beside it on its line stays."""
    fresh = field_lines(field, new, stands.column)
    line, value = lines[stands.first], stands.value
    head = line[: stands.column]
    if isinstance(value, yaml.SequenceNode) and not value.flow_style and field.several:
        return Edit(stands.first, stands.last + 1, _items(lines, stands, field, new))
    inside = value.start_mark.line == value.end_mark.line == stands.first
    if len(fresh) == 1 and inside and not (isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")):
        words = fresh[0][stands.column + len(field.name) + 2 :]
        left, right = line[: value.start_mark.column], line[value.end_mark.column :]
        if left.endswith(":"):
            left += " "
        return Edit(stands.first, stands.first + 1, [left + words + right])
    kept = [" " * indent_of(line) + one for one in comments_in(lines, value, stands.first, stands.last + 1)]
    return Edit(stands.first, stands.last + 1, [*kept, head + fresh[0].lstrip(" "), *fresh[1:]])


def _items(lines: Sequence[str], stands: _Standing, field: Field, new: Sequence[Any]) -> list[str]:
    """Return the lines of a list with an item to a line; those that stay keep their lines and comments."""
    kept: dict[str, list[str]] = {}
    start = stands.first + 1
    margin = ""
    for item in stands.value.value:
        before = lines[item.start_mark.line][: item.start_mark.column]
        if not isinstance(item, yaml.ScalarNode) or not re.fullmatch(r" *-\s+", before):
            raise Unlike
        margin = before
        last = last_line(lines, item)
        kept.setdefault(item.value, list(lines[start : last + 1]))
        start = last + 1
    fresh = [lines[stands.first]]
    for value in new:
        fresh += kept.pop(str(value), []) or [margin + scalar(field, value)]
    return fresh
