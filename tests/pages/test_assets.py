"""The built assets are what their sources say, without Node."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES, BUILT = ROOT / "assets", ROOT / "src" / "outward" / "web" / "static"


def test_the_built_assets_come_from_these_sources() -> None:
    paths = sorted(
        file.relative_to(SOURCES).as_posix()
        for file in SOURCES.rglob("*")
        if file.is_file() and "node_modules" not in file.parts
    )
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{path}\n{(SOURCES / path).read_text(encoding='utf-8')}\n".encode())
    recorded = (BUILT / "sources.sha256").read_text().strip()
    assert whole.hexdigest() == recorded, "run 'npm ci && node build.mjs' in assets"


def test_the_styles_load_nothing_and_name_no_font_that_we_may_not_ship() -> None:
    styles = (BUILT / "outward.css").read_text(encoding="utf-8")
    assert "url(" not in styles
    assert "@import" not in styles
    assert "GDS Transport" not in styles
    assert "Arial" in styles


def test_the_licence_of_what_was_built_in_stands_beside_it() -> None:
    licence = (BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    assert "GOV.UK Frontend" in licence
    assert "Permission is hereby granted" in licence


def test_the_lock_file_names_no_registry() -> None:
    lock = (SOURCES / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert not re.search(r"registry\.", lock)


def test_the_script_starts_no_code_from_text() -> None:
    script = (BUILT / "outward.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|eval\(|new Function|document\.write|fetch\((?!location\.href\))", script)


def test_a_name_without_a_space_breaks_rather_than_widening_a_narrow_page() -> None:
    styles = (BUILT / "outward.css").read_text(encoding="utf-8")
    assert ".govuk-template__body{overflow-wrap:anywhere}" in styles
    assert ".govuk-table{overflow-wrap:normal}" in styles


def test_only_the_link_to_this_page_has_a_border_that_forced_colours_would_show() -> None:
    text = (BUILT / "outward.css").read_text(encoding="utf-8")
    rules = re.findall(r"\.outward-questions__link(\[aria-current\])?\{([^}]*)\}", text)
    assert any("border-bottom:4px" in said for current, said in rules if current)
    assert not [said for current, said in rules if not current and "border" in said]
