"""What a person is told to do with a sheet, a column or a file that is not known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_workbooks import Rows
from tests.read_workbooks import HEADER, refused

from outward.errors import BadInput
from outward.workspace.fields import fields_of
from outward.workspace.kinds.customers import Group
from outward.workspace.records import kinds
from outward.workspace.workbook.layout import sheet_of
from outward.workspace.workbook.reading import read_workbook


def test_a_hint_names_only_what_the_file_lacks(tmp_path: Path) -> None:
    titles = [field.title for field in fields_of(Group)]
    sheets: dict[str, Rows] = {"Groups": [["Ref", *titles[1:], "Comments"], ["a", "A"]]}
    told = refused(tmp_path, {"Workspace": HEADER, **sheets})
    assert [line.partition(" W00")[2] for line in told] == [
        "2 There is no column 'Ref' for groups. Not there yet: Id. Rename it, or move it to a sheet whose name begins "
        "with 'Notes' if it is your own.",
        "2 There is no column 'Comments' for groups. Not there yet: Id. Rename it, or move it to a sheet whose name "
        "begins with 'Notes' if it is your own.",
        "3 No column is called 'Id'. Name the column of ids so; its cells may stay empty.",
    ]
    every: dict[str, Rows] = {sheet_of(kind): [("Id", "Title")] for kind in kinds().values() if kind is not Group}
    (line,) = refused(tmp_path, {**every, "Workspace": HEADER, "Customers": [("Id", "Title"), ("a", "A")]})
    assert "Not there yet: Groups. Rename it, or begin its name with 'Notes' if it is your own." in line


def test_an_old_workbook_is_to_be_saved_as_one_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(BadInput, match=r"Save it as \.xlsx or \.ods and try again"):
        read_workbook(tmp_path / "old.xls")


def test_sheets_that_can_be_read_are_looked_at_though_another_is_refused(tmp_path: Path) -> None:
    rows = [("Id", "Title", "Status", "Size"), ("a", "A", "futur"), ("a", "B", "", "many"), ("b", "")]
    told = refused(tmp_path, {"Workspace": HEADER, "Wishes": [("Id",)], "Groups": rows})
    assert [line.partition(": ")[0] for line in told] == [
        "Wishes",
        "Groups, C2 (Status)",
        "Groups, A3 (Id)",
        "Groups, D3 (Size)",
        "Groups, B4 (Title)",
    ]


def test_a_double_id_is_said_though_the_first_of_its_rows_will_not_do(tmp_path: Path) -> None:
    rows = [("Id", "Title", "Status"), ("a", "A", "futur"), ("a", "B", "future")]
    told = refused(tmp_path, {"Workspace": HEADER, "Groups": rows})
    assert [line.split(" ")[3] for line in told] == ["W004", "W005"]
    assert "'a' stands here again, and first at Groups, row 2. Give one of the two another id" in told[1]
