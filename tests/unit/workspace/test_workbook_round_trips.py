"""A workspace written as a workbook and read again is the same workspace, whatever program saved it between."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.every_kind import AWKWARD, everything, values_of, workspaces
from tests.office import saved_as

from outward.workspace.building import build
from outward.workspace.contents import Workspace
from outward.workspace.fields import fields_of
from outward.workspace.folder.words import field_lines
from outward.workspace.kinds.knowledge import DataSet
from outward.workspace.problems import Place
from outward.workspace.records import kinds, plain
from outward.workspace.workbook.cells import cell_of, value_from
from outward.workspace.workbook.layout import fingerprints_of
from outward.workspace.workbook.reading import read_workbook
from outward.workspace.workbook.writing import workbook_of, write_whole

DAY = date(2026, 11, 26)
LONG = bool(os.environ.get("OUTWARD_EXHAUSTIVE"))
SLOW: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def all_of(workspace: Workspace) -> dict[str, Any]:
    held = workspace.records.values()
    return {f"{one.KIND}/{one.id}": plain(one) for of_kind in held for one in of_kind.values()}


@given(st.data())
@settings(max_examples=2_000 if LONG else 200, **SLOW)
def test_each_value_comes_back_from_its_cell(data: st.DataObject) -> None:
    ids = {kind: ["a", "b-2", "007"] for kind in kinds()}
    kind = data.draw(st.sampled_from(list(kinds().values())))
    needed = {field.name: data.draw(values_of(field, ids)) for field in fields_of(kind) if field.name != "id"}
    record = kind.model_validate({"id": "x", **{name: one for name, one in needed.items() if one is not None}})
    cells = {field.name: (field, cell_of(field, plain(record).get(field.name))) for field in fields_of(kind)}
    back = {name: value_from(field, cell, Place()) for name, (field, cell) in cells.items()}
    assert kind.model_validate({name: value for name, value in back.items() if value is not None}) == record


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_any_workspace_comes_back(ending: str) -> None:
    @given(workspaces())
    @settings(max_examples=(300 if LONG else 24) // (1 if ending == "xlsx" else 4), **SLOW)
    def comes_back(made: Workspace) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"made.{ending}"
            write_whole(path, workbook_of(made, path.suffix, DAY))
            incoming = read_workbook(path)
            assert all_of(build(incoming.rows)) == all_of(made)
            assert incoming.stamp is not None
            assert (incoming.stamp.workspace, incoming.stamp.revision) == ("made", made.revision)
            assert incoming.stamp.records == fingerprints_of(made)
            assert [one.name for one in Path(folder).iterdir()] == [path.name]

    comes_back()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook of every kind, as it was written and as LibreOffice saved it, one kind after the other."""
    folder = tmp_path_factory.mktemp("saved")
    made = {ending: folder / f"from-{ending}.{ending}" for ending in ("xlsx", "ods")}
    for path in made.values():
        write_whole(path, workbook_of(everything(), path.suffix, DAY))
    (made["xlsx to ods"],) = saved_as("ods", folder / "once", made["xlsx"])
    names = "ods to xlsx", "xlsx to ods to xlsx"
    made |= zip(names, saved_as("xlsx", folder / "twice", made["ods"], made["xlsx to ods"]), strict=True)
    (made["ods to fods"],) = saved_as("fods", folder / "once", made["ods"])
    return made


def content(book: Path) -> str:
    """Return the cells of a workbook that LibreOffice saved, as it writes them."""
    if book.suffix == ".fods":
        return book.read_text()
    with zipfile.ZipFile(book) as parts:
        return parts.read("content.xml").decode()


@pytest.mark.parametrize("which", ["xlsx", "ods", "xlsx to ods", "ods to xlsx", "xlsx to ods to xlsx"])
def test_libreoffice_opens_and_saves_it_unchanged(saved: dict[str, Path], which: str) -> None:
    made = everything()
    incoming = read_workbook(saved[which])
    assert all_of(build(incoming.rows)) == all_of(made)
    assert incoming.stamp is not None
    assert incoming.stamp.records == fingerprints_of(made)


@pytest.mark.parametrize("which", ["ods to fods", "xlsx to ods"])
def test_nothing_exported_becomes_a_formula(saved: dict[str, Path], which: str) -> None:
    text = content(saved[which])
    assert "table:formula" not in text
    assert "xlink:href" not in text
    for words in AWKWARD:
        if words.startswith(("=", "+", "-", "@")) and "'" not in words and '"' not in words:
            assert f"<text:p>{words}</text:p>" in text


def test_a_change_made_in_a_spreadsheet_arrives_and_nothing_else_does(saved: dict[str, Path], tmp_path: Path) -> None:
    text = saved["ods to fods"].read_text()
    edited = tmp_path / "edited.fods"
    sheet = re.search(r'<table:table table:name="Groups".*?</table:table>', text, re.DOTALL)
    assert sheet is not None
    changed = (
        sheet[0]
        .replace("<text:p>existing</text:p>", "<text:p>future</text:p>")
        .replace("<text:p>imminent</text:p>", "<text:p>future</text:p>")
    )
    assert changed != sheet[0]
    edited.write_text(text.replace(sheet[0], changed))
    made = all_of(everything())
    for group in ("group/group-1", "group/007"):
        made[group]["status"] = "future"
    for ending in ("xlsx", "ods"):
        (saved_again,) = saved_as(ending, tmp_path / "out", edited)
        assert all_of(build(read_workbook(saved_again).rows)) == made


def test_what_can_be_chosen_is_still_offered_after_libreoffice_saved_it(saved: dict[str, Path]) -> None:
    with zipfile.ZipFile(saved["ods to xlsx"]) as book:
        sheets = [book.read(one).decode() for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
    offered = [found for sheet in sheets for found in re.findall(r"<dataValidation .*?</dataValidation>", sheet)]
    chosen_from = content(saved["xlsx to ods"])
    for kind in kinds().values():
        for field in fields_of(kind):
            if field.choices:
                quoted = "&quot;" + ",".join(field.choices).replace("'", "&apos;") + "&quot;"
                assert any(quoted in one.replace("'", "&apos;") for one in offered), quoted
                assert ";".join(f"&quot;{one}&quot;" for one in field.choices).replace("'", "&apos;") in chosen_from
    assert any("Groups!$A$2:$A$1003" in one for one in offered)
    assert "[$Groups.$A$2:.$A$1003]" in chosen_from


@pytest.mark.parametrize("letter", ["\u200b", "\u2028", "\x85", "\U0001fffe"])
def test_settings_are_written_alike_in_files_and_workbooks(letter: str) -> None:
    (field,) = (one for one in fields_of(DataSet) if one.name == "settings")
    value = {"called": f"x{letter}y"}
    cell = str(cell_of(field, value))
    assert field_lines(field, value, 0) == ["settings:", f"  {cell}"]
    assert letter not in cell
    assert value_from(field, cell, Place()) == value
