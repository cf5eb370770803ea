"""Changing records in a YAML file that people keep: their own lines change and every other line stays as it is.

First only the lines of the fields that differ are touched. Where a file is written in a way that does not allow
it (between braces, say), the whole record is written anew, or else the whole list. What comes out is read again
before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from outward.errors import BadInput
from outward.workspace.building import Row, record_of
from outward.workspace.fields import fields_of
from outward.workspace.folder.field_edits import (
    Edit,
    Unlike,
    comments_in,
    field_edits,
    indent_of,
    is_comment,
    last_line,
)
from outward.workspace.folder.reading import file_of, rows_in, rows_of
from outward.workspace.folder.words import record_lines
from outward.workspace.header import Header
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import Record, plain
from outward.workspace.safe_yaml import read_yaml

BREAK = re.compile("(\r\n|[\r\n\x85\u2028\u2029])")
"""What YAML takes for the end of a line."""

After = Mapping[str, Mapping[str, Any] | None]
"""Id to the plain values that a record is to have; None takes it away."""


def edited(content: bytes, kind: type[Record], after: After, id: str = "") -> tuple[bytes | None, list[Row]]:
    """Return a file of records with some of them changed, added or taken out, and its rows.

    The file is None where nothing is left in it.

    Args:
        content: the file as it is; empty where there is none yet.
        kind: what is written in it.
        after: what the records are to be, in the order in which new ones are added.
        id: that of the workspace, where its own file does not say it.

    Raises:
        BadWorkspace: the file cannot be read as it is.
        BadInput: it is written in a way in which it cannot be changed here.
    """
    root = read_yaml(content, file_of(kind))
    before = {record.id: plain(record) for record in _records(rows_in(root, kind, id))}
    file = _File.of(content, root, kind)
    wanted = {name: after.get(name, values) for name, values in before.items()}
    wanted |= {name: values for name, values in after.items() if name not in before}
    wanted = {name: values for name, values in wanted.items() if values is not None}
    for way in (_by_fields, _by_records, _anew):
        try:
            new = _in_its_bytes(content, way(file, before, after))
            rows = rows_of(new, kind, id)
            made = _records(rows)
            if {record.id: plain(record) for record in made} == wanted:
                held = [replace(row, record=record) for row, record in zip(rows, made, strict=True)]
                return new if new.strip(b"\xef\xbb\xbf \r\n") else None, held
        except (Unlike, BadWorkspace):
            continue
    raise BadInput(f"'{file_of(kind)}' is written in a way that cannot be changed from here. Change it by hand.")


class _Line(str):
    """A line of the file as it was, which knows its line break."""

    __slots__ = ("end",)
    end: str

    @classmethod
    def of(cls, text: str, end: str) -> _Line:
        """Return the line with this text and line break."""
        line = cls(text)
        line.end = end
        return line


@dataclass(frozen=True)
class _File:
    """A file as lines, and where its records are.

    Attributes:
        kind: what is written in it.
        lines: its lines, without their line breaks.
        root: its tree; None where it holds nothing.
        nodes: id to the node of a record; '' for that of the workspace itself.
    """

    kind: type[Record]
    lines: list[str]
    root: yaml.Node | None
    nodes: Mapping[str, yaml.MappingNode]

    @classmethod
    def of(cls, content: bytes, root: yaml.Node | None, kind: type[Record]) -> _File:
        """Return the file with these bytes and this tree."""
        parted = BREAK.split(content.decode("utf-8-sig"))
        lines: list[str] = [_Line.of(*both) for both in zip(parted[::2], [*parted[1::2], ""], strict=True)]
        if lines and not lines[-1]:
            lines.pop()
        if kind is Header:
            return cls(kind, lines, root, {"": root} if isinstance(root, yaml.MappingNode) else {})
        parts = root.value if isinstance(root, yaml.SequenceNode) else []
        nodes = {
            key_and_value[1].value: node
            for node in parts
            if isinstance(node, yaml.MappingNode)
            for key_and_value in node.value
            if key_and_value[0].value == "id"
        }
        return cls(kind, lines, root, nodes)

    def node(self, id: str) -> yaml.MappingNode:
        """Return the node of a record."""
        return self.nodes["" if self.kind is Header else id]

    def dash(self, node: yaml.Node) -> tuple[int, int]:
        """Return line and column of the '-' before a record."""
        line, column = node.start_mark.line, node.start_mark.column
        found = re.match(r"( *)-\s+$", self.lines[line][:column])
        while not found and line > 0 and (not self.lines[line][:column].strip() or is_comment(self.lines[line])):
            line -= 1
            column = len(self.lines[line])
            found = re.match(r"( *)-\s*(#.*)?$", self.lines[line])
        if not found:
            raise Unlike
        return line, len(found[1])

    def span(self, id: str) -> tuple[int, int]:
        """Return first line of a record and the line after its last, with comments that stand inside it."""
        node = self.node(id)
        if self.kind is Header:
            return node.start_mark.line, last_line(self.lines, node) + 1
        line, dash = self.dash(node)
        end = last_line(self.lines, node) + 1
        while end < len(self.lines) and is_comment(self.lines[end]) and indent_of(self.lines[end]) > dash:
            end += 1
        return line, end


def _by_fields(file: _File, before: After, after: After) -> list[str]:
    def one(id: str, values: Mapping[str, Any]) -> list[Edit]:
        node = file.node(id)
        if node.flow_style:
            raise Unlike
        first = node.start_mark.line if file.kind is Header else file.dash(node)[0]
        return field_edits(file.lines, file.kind, node, first, before[id] or {}, values)

    return _applied(file, before, after, one)


def _by_records(file: _File, before: After, after: After) -> list[str]:
    def one(id: str, values: Mapping[str, Any]) -> list[Edit]:
        start, end = file.span(id)
        dash = None if file.kind is Header else file.dash(file.node(id))[1]
        shown = _without_id(file, values)
        kept = [" " * (dash or 0) + one for one in comments_in(file.lines, file.node(id), start, end)]
        return [Edit(start, end, [*kept, *record_lines(fields_of(file.kind), shown, dash)])]

    return _applied(file, before, after, one)


def _anew(file: _File, before: After, after: After) -> list[str]:
    """Return the whole file written anew, under the comments at its top and then those within it."""
    lines: list[str] = []
    for line in file.lines:
        if line.strip() and not is_comment(line):
            break
        lines.append(line)
    if file.root is not None:
        lines += comments_in(file.lines, file.root, len(lines), len(file.lines))
    held = {**before, **after}
    for values in held.values():
        if values is not None:
            lines += record_lines(fields_of(file.kind), values, None if file.kind is Header else 0)
    return lines


def _applied(
    file: _File, before: After, after: After, change: Callable[[str, Mapping[str, Any]], list[Edit]]
) -> list[str]:
    edits: list[Edit] = []
    added: list[list[str]] = []
    for id, values in after.items():
        if id not in before:
            if values is not None:
                dash = None if file.kind is Header else _usual_dash(file)
                added.append(record_lines(fields_of(file.kind), values, dash))
        elif values is None:
            edits.append(_taken_out(file, id))
        elif values != before[id]:
            edits += change(id, values)
    if added and file.root is not None and not file.nodes:
        raise Unlike
    if added:
        edits.append(_appended(file, added))
    lines = list(file.lines)
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        lines[edit.start : edit.end] = edit.lines
    while lines and not lines[-1].strip() and file.lines[-1].strip():
        lines.pop()
    return lines


def _usual_dash(file: _File) -> int:
    for node in file.nodes.values():
        return file.dash(node)[1]
    return 0


def _appended(file: _File, added: list[list[str]]) -> Edit:
    """Return new records as an edit: after the last one, with an empty line between where the others have one."""
    spaced = True
    end = len(file.lines)
    if file.nodes:
        *_, last = file.nodes
        start, end = file.span(last)
        start = _lead(file, start)
        spaced = len(file.nodes) > 1 and not file.lines[start - 1].strip()
    lines: list[str] = []
    for record in added:
        if spaced and (lines or (end and file.lines[end - 1].strip())):
            lines.append("")
        lines += record
    return Edit(end, end, lines)


def _taken_out(file: _File, id: str) -> Edit:
    """Return a record taken out with its own comments, and with the empty lines that set it apart."""
    start, end = file.span(id)
    start = _lead(file, start)
    after = end
    while after < len(file.lines) and not file.lines[after].strip():
        after += 1
    if after < len(file.lines):
        return Edit(start, after, [])
    while start > 0 and not file.lines[start - 1].strip():
        start -= 1
    return Edit(start, after, [])


def _lead(file: _File, start: int) -> int:
    """Return the line where the comments right above a record begin; those at the top are the file's own."""
    dash = indent_of(file.lines[start])
    line = start
    while line > 0 and is_comment(file.lines[line - 1]) and indent_of(file.lines[line - 1]) <= dash:
        line -= 1
    return line if line > 0 else start


def _without_id(file: _File, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values of the workspace itself without its id, where its file does not say it."""
    if file.kind is not Header or any(key.value == "id" for key, _ in file.nodes[""].value):
        return values
    return {name: value for name, value in values.items() if name != "id"}


def _records(rows: Iterable[Row]) -> list[Record]:
    """Return the records of the rows of a file."""
    made = []
    for row in rows:
        record = record_of(row)
        if not isinstance(record, Record):
            raise BadWorkspace(record)
        made.append(record)
    return made


def _in_its_bytes(content: bytes, lines: list[str]) -> bytes:
    """Return lines as the bytes of a file like the one before: its mark at the beginning, its lines with their breaks.

    New lines end as most do in it; a last line without a break gets one.
    """
    usual = "\r\n" if 2 * content.count(b"\r\n") > content.count(b"\n") else "\n"
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join(line + (getattr(line, "end", "") or usual) for line in lines).encode()
