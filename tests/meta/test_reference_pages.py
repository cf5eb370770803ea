"""The generated pages of the reference say what the code says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from outward.asking import ask
from outward.catalogue import ROOMS
from outward.present.json import as_json

from . import made
from .project import ROOT, named, text_of
from .reference_pages import FOLDER, PAGES, RENEW

REGISTERED = re.compile(r'^@question\("([A-Z]\d+(?:\.\d+)?)"', re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), f"renew it with: {RENEW}"


def test_every_question_in_the_code_is_in_the_catalogue() -> None:
    found = {id for file in (ROOT / "src").rglob("*.py") for id in REGISTERED.findall(text_of(file))}
    assert found == set(ROOMS)


@pytest.mark.parametrize("id", ROOMS)
def test_every_question_has_tests_of_its_own(id: str) -> None:
    room = ROOMS[id].removeprefix("outward.")
    folders = [folder for folder in (ROOT / "tests").iterdir() if folder.is_dir() and folder.name not in ("meta",)]
    told = [file for folder in folders for file in folder.rglob("*.py")]
    asking = [named(file) for file in told if f'"{id}"' in text_of(file) or room in text_of(file)]
    assert asking, f"no test asks {id}"


def test_the_page_on_json_names_every_field(tmp_path: Path) -> None:
    made.permits(tmp_path / "permits.csv")
    page = (FOLDER / "json.md").read_text(encoding="utf-8")
    told = as_json(ask("U3.3", tmp_path / "permits.csv"))
    assert [name for name in _fields(told) if f"`{name}`" not in page] == []


def _fields(told: dict[str, Any]) -> set[str]:
    """Return the names that every answer has; tables and parameters have names of their own."""
    table = next(iter(told["tables"].values()))
    inner = {*told["standing"], *told["policy"], *told["method"], *told["evidence"][0]}
    return {*told, *inner, *table, *table["columns"][0], "row", "column", "symbol"}
