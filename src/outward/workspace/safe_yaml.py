"""YAML that people read and write: every value as it is written, with its line; nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

import yaml

from outward.workspace.fields import cannot_be_shown
from outward.workspace.problems import TWICE, UNREADABLE, WRONG, BadWorkspace, Place, Problem

LARGEST = 20_000_000
"""Bytes of one file; 5,000 records need about three million."""
MOST_PARTS = 500_000
"""Lines and commas of one file; 5,000 records need about fifty thousand."""
MOST_FIELDS = 500
"""Names of one mapping; the largest kind has about thirty."""
MOST_DEEP = 100
"""Lists and mappings within each other. The parser goes down once for each, and has no bound of its own."""
BEGINS = re.compile(r"[ \t]*(?:[-?:][ \t]+)*")
"""The beginning of a line, as far as it can open lists and mappings."""
UNSEEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\u200b-\u200f]"
)
"""Letters that cannot be seen, or that break lines; they are written as escapes."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAG = "tag:yaml.org,2002:"
PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?(e[-+]?[0-9]+)?", re.ASCII)
"""A number that every reader takes for the same."""


def read_yaml(content: bytes, file: str) -> yaml.Node | None:
    """Return the tree of a YAML file, or None where it is empty.

    Args:
        content: its bytes.
        file: what it is called in messages.

    Raises:
        BadWorkspace: it is no YAML, too large, or uses what is not allowed here.
    """
    if len(content) > LARGEST:
        raise _unreadable(file, 0, f"It is larger than {LARGEST // 1_000_000} MB. Is it the right file?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(file, line, "It is not in UTF-8. Save it with the encoding UTF-8.") from error
    if sum(map(text.count, "\n\r,")) > MOST_PARTS:
        raise _unreadable(file, 0, f"It has more than {MOST_PARTS:,} lines and commas. Is it the right file?")
    if _too_deep(text):
        raise _unreadable(file, 0, f"It nests more than {MOST_DEEP} lists or mappings, as no record does.")
    try:
        root = yaml.compose(_Text(text, file), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(file, mark.line + 1 if mark else 0, _plainly(error, text)) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _unreadable(file, 0, "It holds characters or nesting that YAML does not allow.") from error
    if root is not None:
        _only_what_is_allowed(root, file)
    return root


class _Text(StringIO):
    """Text with the name of its file, which every mark in it then carries."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text, newline="")
        self.name = name


def _unreadable(file: str, line: int, said: str) -> BadWorkspace:
    return BadWorkspace([Problem(UNREADABLE, f"This is not YAML that can be read. {said}", Place(file, line))])


def _plainly(error: yaml.MarkedYAMLError, text: str) -> str:
    """Say what the parser found, without its jargon where we know better words."""
    problem = str(error.problem or "")
    mark = error.problem_mark
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "The line begins with a tab. Indent with spaces."
    if "mapping values are not allowed" in problem:
        return "There is a colon too many, or the line is indented too far. Put words that hold a colon in quotes."
    if "undefined alias" in problem:
        return "A word begins with *, which means something else in YAML. Put it in quotes."
    if "single document" in problem or "expected a single document" in str(error.context or ""):
        return "A line '---' begins a second document. Leave that line out."
    if "quoted scalar" in str(error.context or ""):
        return "A quotation mark is opened and not closed."
    return f"The parser says: {problem or 'it cannot go on here'}."


def _too_deep(text: str) -> bool:
    """Return whether more lists and mappings stand within each other than can be read without harm."""
    deepest = max((len(BEGINS.match(line)[0]) for line in text.splitlines()), default=0)  # type: ignore[index]  # it matches nothing too
    if 2 * (deepest + 1) + text.count("[") + text.count("{") <= MOST_DEEP and not re.search(r"[&!]\S", text):
        return False
    deep = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if deep > MOST_DEEP:
                return True
    except yaml.YAMLError:  # is said when the whole is read, which goes no deeper
        return False
    return False


def _only_what_is_allowed(root: yaml.Node, file: str) -> None:
    """Refuse names that stand twice, tags, and aliases, which let a small file grow as it is read."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise _unreadable(file, node.start_mark.line + 1, "It uses an anchor (&) and an alias (*). Write it out.")
        seen.add(id(node))
        if not node.tag.startswith(TAG) or node.tag.startswith(f"{TAG}python"):
            raise _unreadable(file, node.start_mark.line + 1, f"The tag '{node.tag[:40]}' is not allowed here.")
        if isinstance(node, yaml.MappingNode):
            _named_once(node, file)
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _named_once(node: yaml.MappingNode, file: str) -> None:
    if len(node.value) > MOST_FIELDS:
        said = f"{len(node.value):,} names stand in one place here, and no record has more than {MOST_FIELDS}."
        raise _unreadable(file, node.start_mark.line + 1, said)
    seen: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise BadWorkspace([Problem(WRONG, "A name before a colon is not a word.", Place(file, line))])
        if key.value in seen:
            said = f"'{key.value[:40]}' stands twice here, first on line {seen[key.value]}. Leave one out."
            raise BadWorkspace([Problem(TWICE, said, Place(file, line))])
        seen[key.value] = line


def mapping(node: yaml.Node, file: str, what: str) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the names and values of a mapping.

    Raises:
        BadWorkspace: it is none.
    """
    if not isinstance(node, yaml.MappingNode):
        said = f"{what[0].upper()}{what[1:]} must be written as names and values, as 'title: ...'."
        raise BadWorkspace([Problem(WRONG, said, Place(file, node.start_mark.line + 1))])
    for key, value in node.value:
        yield key.value, value


def value_of(node: yaml.Node, typed: bool = False) -> Any:
    """Return what a node holds: words as they are written, lists, mappings; None for nothing.

    Args:
        node: of a tree that `read_yaml` returned.
        typed: whether numbers and truth values are turned into what they are.

    Raises:
        BadWorkspace: one of these numbers is not written plainly: YAML takes 10:30 for 630 and 0123 for 83.
    """
    if isinstance(node, yaml.MappingNode):
        return {key.value: value_of(value, typed) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(part, typed) for part in node.value]
    if node.tag == f"{TAG}null":
        return None
    sort = node.tag.removeprefix(TAG)
    if typed and sort in ("int", "float") and not PLAIN_NUMBER.fullmatch(node.value):
        odd = f"'{node.value[:40]}' is no plain number, though YAML takes it for one."
        said = f"{odd} Write it as 1250 or 0.5, or in quotes if it is none."
        raise BadWorkspace([Problem(WRONG, said, Place(node.start_mark.name, node.start_mark.line + 1), bare=said)])
    if typed and sort in ("int", "float", "bool"):
        return yaml.constructor.SafeConstructor().construct_object(node)
    return node.value


def lines_of(node: yaml.Node) -> Mapping[str, int]:
    """Return the line of each name in a mapping, from 1."""
    return {key.value: key.start_mark.line + 1 for key, _ in node.value}


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice, as aliases are refused in reading."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Return that nothing is ever written as an alias."""
        return True


def as_yaml(value: Any, width: int) -> str:
    r"""Return plain values as YAML, with escapes where letters of theirs could not be seen.

    Args:
        value: names and values, with lists and mappings within.
        width: letters after which a line may be broken.

    >>> as_yaml({"gave_up_after_days": 30, "calm": ["a", "b"]}, 80)
    'gave_up_after_days: 30\ncalm:\n- a\n- b'
    """
    text = _dumped(value, width, seen=True)
    odd = UNSEEN.search(text) or cannot_be_shown(text.replace("\n", ""))
    return _dumped(value, width, seen=False) if odd else text


def _dumped(value: Any, width: int, *, seen: bool) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=seen, sort_keys=False, width=width).strip("\n")
