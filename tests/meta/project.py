"""The project's own files, as the tests about it read them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def project_files() -> list[Path]:
    """Return the files that belong to the project: those in git, and new ones that git does not ignore."""
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the project is no git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    names = sorted(name for name in listed.split("\0") if name and not name.startswith(".venv"))
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """Return a file's text; '' where it holds none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def pages() -> list[Path]:
    """Return the pages that are written for people."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def named(path: Path) -> str:
    """Return a file's name within the project."""
    return path.relative_to(ROOT).as_posix()
