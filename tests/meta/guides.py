"""What the pages for people hold: their blocks of commands and code, and the paths they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FOLDERS = ("src", "tests", "docs", "assets", "benchmarks", "requirements", ".ci")
IN_THE_PACKAGE = re.compile(r"[\w/]+\.py|[a-z]\w*(/\w+)*/")


def blocks(text: str, *kinds: str) -> Iterator[str]:
    """Yield the text of each block of one of these kinds."""
    for kind, inside in BLOCK.findall(text):
        if kind in kinds:
            yield inside


def commands(text: str) -> Iterator[str]:
    """Yield each `outward ...` command that a guide tells people to type."""
    for inside in blocks(text, "sh"):
        for line in inside.splitlines():
            if line.startswith("outward "):
                yield line


def links(text: str) -> Iterator[str]:
    """Yield the pages and pictures that links lead to, without what is elsewhere."""
    for link in LINK.findall(BLOCK.sub("", text)):
        if "://" not in link and not link.startswith(("#", "mailto:")):
            yield link.split("#")[0]


def paths(text: str) -> Iterator[str]:
    """Yield each path of the project, or of its package, named in the running text."""
    for span in SPAN.findall(BLOCK.sub("", text)):
        is_path = span.split("/")[0] in FOLDERS and "/" in span and not set(span) & set(" *<>")
        if is_path or IN_THE_PACKAGE.fullmatch(span):
            yield span


def exists(path: str, root: Path) -> bool:
    """Return whether a path stands in the project or in its package."""
    return (root / path).exists() or (root / "src" / "outward" / path).exists()
