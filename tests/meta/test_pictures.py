"""The pictures of the README can be taken again, and those it shows are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.absent import absent

from .project import ROOT

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 400_000  # bytes: a picture that everyone downloads


def test_the_readme_shows_every_picture_and_says_what_is_on_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(docs/pictures/([\w-]+\.png)\)", readme)
    assert {name for _, name in shown} == {file.name for file in (ROOT / "docs" / "pictures").glob("*.png")}
    assert all(len(words) > 40 for words, _ in shown)


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small_enough(picture: Path) -> None:
    content = picture.read_bytes()
    assert content.startswith(PNG)
    assert len(content) < LARGEST


@pytest.mark.browser
def test_the_pictures_can_be_taken_again(tmp_path: Path) -> None:
    from .pictures import chromium, take_pictures

    if chromium() is None:
        absent("Chromium is not installed")
    taken = take_pictures(tmp_path / "pictures")
    kept = {file.name for file in (ROOT / "docs" / "pictures").glob("*.png")}
    assert {file.name for file in taken} == kept
    assert all(file.read_bytes().startswith(PNG) and file.stat().st_size > 20_000 for file in taken)
