"""What people do to a workbook, and what is built to do harm: read as it is meant, or refused at its place."""

from __future__ import annotations

import contextlib
import datetime
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.made_workbooks import Rows, raw_open_document, repacked, write_workbook
from tests.read_workbooks import GROUPS, HEADER, NEEDS, groups, read, refused

from outward.errors import BadInput, NotFound, UsageError
from outward.untrusted import archive
from outward.workspace.building import Row, build
from outward.workspace.fields import fields_of
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.delivery import Policy
from outward.workspace.kinds.knowledge import DataSet
from outward.workspace.kinds.stakeholders import Stakeholder
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import kinds
from outward.workspace.workbook.layout import Book, Page, lines_of
from outward.workspace.workbook.reading import read_workbook
from outward.workspace.workbook.writing import workbook_of, write_whole


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_cells_become_what_their_fields_hold(tmp_path: Path, ending: str) -> None:
    found = build(
        read(
            tmp_path,
            {
                "Workspace": [("Id", "Title", "Made up"), ("claims", "Claims", True)],
                "Groups": [
                    ("Id", "Title", "Size", "Size on", "About", "Status"),
                    ("everyone", "Everyone", 1200.0, datetime.datetime(2026, 3, 31), 2026.0, "Existing"),
                    (7.0, "Seven", "1200", "2026-03-31", True, "future "),
                ],
                "Stakeholders": [
                    ("Id", "Title", "Type", "Power", "Legitimacy", "Urgency"),
                    ("a", "A", "Arm\u2019s-length body", "Yes", False, "no"),
                ],
            },
            ending,
        ).rows
    )
    everyone, seven = found.every(Group)
    assert (everyone.size, everyone.size_on, everyone.about) == (1200, date(2026, 3, 31), "2026")
    assert (seven.id, seven.size, seven.size_on, seven.about) == ("7", 1200, date(2026, 3, 31), "TRUE")
    assert (everyone.status, seven.status, found.header.made_up) == ("existing", "future", True)
    (party,) = found.every(Stakeholder)
    assert (party.type, party.power, party.legitimacy, party.urgency) == ("arm's-length body", True, False, False)


@pytest.mark.parametrize("written", ["a\nb", "a, b", "a;b", "a b", " a,\n b; ", "A\nB"])
def test_ids_in_one_cell_are_parted_in_any_way(tmp_path: Path, written: str) -> None:
    sheets = groups(("a", "A"), ("b", "B")) | {"Needs": [*NEEDS, ("n", "N", written)]}
    (need,) = build(read(tmp_path, sheets).rows).every(Need)
    assert need.groups == ("a", "b")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Working carers", ("carers",)),
        (" working  CARERS , b", ("carers", "b")),
        ("Pupils, leavers; and others\na b", ("others", "a", "b")),
        ("a; Pupils, leavers; and others", ("a", "Pupils", "leavers", "and others")),
        ("a working carers", ("a working carers",)),
        ("a carers", ("a", "carers")),
        ("working carrers", ("working carrers",)),
        ("A title too", ("b",)),
    ],
)
def test_a_title_stands_for_its_record(tmp_path: Path, written: str, meant: tuple[str, ...]) -> None:
    known = [
        ("a", "A"),
        ("b", "A title too"),
        ("carers", "Working carers"),
        ("others", "Pupils, leavers; and others"),
        ("c", "Twice"),
        ("d", "Twice"),
    ]
    found = read(tmp_path, groups(*known) | {"Needs": [*NEEDS, ("n", "N", written)]})
    assert [row.values["groups"] for row in found.rows if row.kind == "need"] == [list(meant)]


@pytest.mark.parametrize("written", ["Not yet known", "a; not  yet known"])
def test_a_title_that_two_records_have_is_refused_in_one_sentence_that_names_their_ids(
    tmp_path: Path, written: str
) -> None:
    sheets = groups(("a", "A"), ("b", "Not yet known"), ("c", "Not yet known"))
    (told,) = refused(tmp_path, sheets | {"Needs": [*NEEDS, ("n", "N", written)]})
    called = written.removeprefix("a; ")
    assert told.endswith(f"Two groups are called '{called}': 'b' and 'c'. Use the id of the one that is meant.")


def test_a_row_without_an_id_gets_the_one_that_a_form_would_give_it(tmp_path: Path) -> None:
    sheets = groups(("", "Working carers"), ("", "Working carers"), ("others", "Others", "", "", "", "Pupils"))
    sheets["Groups"] = [*sheets["Groups"], ("", "Pupils"), (" ", "New")]
    found = build(read(tmp_path, sheets).rows)
    assert [one.id for one in found.every(Group)] == ["working-carers", "working-carers-2", "others", "pupils", "new-2"]
    assert found.every(Group)[2].comes_from == ("pupils",)


def test_a_column_is_known_by_what_people_call_it_and_by_its_name_in_the_files(tmp_path: Path) -> None:
    for title in ("Part of", "Parent", "parent"):
        sheets: dict[str, Rows] = {"Workspace": HEADER, "Groups": [("Id", "Title", title), ("a", "A"), ("b", "B", "a")]}
        assert build(read(tmp_path, sheets).rows).every(Group)[1].parent == "a"
    sheets = {"Groups": [("Id", "Title", "Part of", "Parent"), ("a", "A")]}
    (line,) = refused(tmp_path, sheets)
    assert line == "Groups, row 1: W005 The column 'Part of' stands twice. Delete one of the two."
    for kind in kinds().values():
        names = [name for one in fields_of(kind) for name in {one.name, one.title.lower().replace(" ", "_")}]
        assert len(names) == len(set(names)), kind


def test_everything_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    sheets = groups(("", "", "futur", "", "", "nobody"), ("a", "A", "", "many", "", "nobody"))
    lines = refused(tmp_path, sheets)
    for cell in ("B2 (Title)", "C2 (Status)", "F2 (Where members come from)", "D3 (Size)"):
        assert any(line.startswith(f"Groups, {cell}: ") for line in lines), (cell, lines)


def test_what_was_typed_is_shown_as_it_was_typed_with_the_nearest_title_in_the_order_of_the_workbook(
    tmp_path: Path,
) -> None:
    sheets: dict[str, Rows] = {"Needs": [*NEEDS, ("n", "N", "Working age Claimants")]}
    sheets |= groups(("w", "Working-age claimants"), ("p", "P", "Futur"))
    lines = refused(tmp_path, sheets)
    assert lines[0] == (
        "Needs, C2 (Groups): W006 'Working age Claimants' is no customer group. Did you mean 'Working-age claimants'?"
    )
    assert lines[1].startswith("Groups, C3 (Status): W004 'Futur' is none of")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a, b", ["a, b"]), ("a; b", ["a", "b"]), ("a; b\nc", ["a; b", "c"]), ("a; b\n", ["a; b"]), (" \n ", [])],
)
def test_words_in_one_cell_are_parted_by_lines_or_semicolons(tmp_path: Path, written: str, meant: list[str]) -> None:
    sheets = {"Workspace": HEADER, "Policies": [("Id", "Title", "Options"), ("p", "P", written)]}
    (policy,) = build(read(tmp_path, sheets).rows).every(Policy)
    assert list(policy.options) == meant


def test_settings_are_names_and_values(tmp_path: Path) -> None:
    sheets = {
        "Workspace": HEADER,
        "Data sets": [("Id", "Title", "Settings"), ("d", "D", "days: 30\nroles:\n  case: no")],
    }
    (found,) = build(read(tmp_path, sheets).rows).every(DataSet)
    assert found.settings == {"days": 30, "roles": {"case": False}}
    sheets["Data sets"] = [("Id", "Title", "Settings"), ("d", "D", "[open"), ("e", "E", "just words")]
    lines = refused(tmp_path, sheets)
    assert [line.split(":")[0] for line in lines] == ["Data sets, C2 (Settings)", "Data sets, C3 (Settings)"]
    assert lines[0].startswith("Data sets, C2 (Settings): W004 'settings' must be written as names and values")
    sheets["Data sets"] = [("Id", "Title", "Settings"), ("d", "D", "opens: 10:30")]
    (line,) = refused(tmp_path, sheets)
    assert line.startswith("Data sets, C2 (Settings): W004 '10:30' is no plain number")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_what_people_move_does_not_matter(tmp_path: Path, ending: str) -> None:
    sheets: dict[str, Rows] = {
        "Notes of Ann": [("anything", "=1")],
        "needs ": [(), (), ("importance", "GROUPS", "ID", "", "title"), (), ("high", "a", "n", "", "N")],
        "Customer group": [("id", "Title"), ("a", "A")],
        "Empty": [],
        "Workspace": HEADER,
    }
    incoming = read(tmp_path, sheets, ending, hidden=["needs "])
    (need,) = (found := build(incoming.rows)).every(Need)
    assert (need.id, need.groups, need.importance) == ("n", ("a",), "high")
    assert str(found.place(need)) == "needs , row 5"
    assert incoming.columns["need"] == {"importance", "groups", "id", "title"}
    assert incoming.stamp is None


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            {"Gruops": [("Id",), ("a",)]},
            "Gruops: W002 No kind of record is kept in a sheet of this name. Did you mean 'Gr",
        ),
        (
            {"Groups": [("Id", "Titel"), ("a", "A")]},
            "Groups, B1: W002 There is no column 'Titel' for groups. Did you mean 'Title'? Rename it, or move",
        ),
        ({"Groups": [("Id", "Title", "id"), ("a", "A", "b")]}, "Groups, row 1: W005 The column 'Id' stands twice."),
        (
            {"Groups": [("Title",), ("A",)]},
            "Groups, row 1: W003 No column is called 'Id'. Name the column of ids so;",
        ),
        (
            {"Groups": [("Our groups", 2026.0), ("Id", "Title")]},
            "Groups, row 1: W003 The first row holds 'Our groups', and no title of a column. Delete the rows above the",
        ),
        (
            {"Groups": [("Id", "Title"), ("a", "A", "stray")]},
            "Groups, row 2: W002 The cell C2 stands in a column without",
        ),
        ({"Groups": [("Id",)], "group": [("Id",)]}, "group: W005 There are two sheets for groups."),
        (
            groups(("a", "A", "futur")),
            "Groups, C2 (Status): W004 'futur' is none of 'existing', 'imminent', 'future'. Did you mean 'future'?",
        ),
        (
            groups(("a", "A", "", "many")),
            "Groups, D2 (Size): W004 'many' is not a whole number.",
        ),
        (groups(("a", "A", "", 1.5)), "Groups, D2 (Size): W004 '1.5' is not a whole number."),
        (groups(("a", "A", "", "", "31/03/2026")), "Groups, E2 (Size on): W004 '31/03/2026' is no day."),
        (groups(("a", "A", "", "", 46112.0)), "'46112' is no day. Write it as 2026-03-31"),
        (groups(("a", "A", "", "", datetime.datetime(2026, 3, 31, 12, 30))), "'2026-03-31T12:30:00' is no day"),
        (groups(("Not an id", "A")), "Groups, A2 (Id): W004 'Not an id' is no id."),
        (
            groups(("a", "A"), (), ("a", "B")),
            "Groups, A4 (Id): W005 Customer group 'a' stands here again, and first at Groups, row 2",
        ),
        (groups(("a", "")), "Groups, B2 (Title): W003 'Title' is empty: What people call it."),
        (groups(("", "", "future")), "Groups, B2 (Title): W003 'Title' is empty"),
        (groups(("a", "A", "", "", "", "b")), "Groups, F2 (Where members come from): W006 'b' is no customer group."),
        (groups(("a", "A\nB")), "Groups, B2 (Title): W004 It must be one line"),
        ({"Groups": GROUPS}, "W003 The workspace itself is missing"),
    ],
)
def test_what_will_not_do_is_said_at_its_sheet_and_row(
    tmp_path: Path, sheets: dict[str, Rows], said: str, ending: str
) -> None:
    lines = refused(tmp_path, sheets, ending)
    assert any(said in line for line in lines), lines


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Groups": [("Id", "Titel"), ("a", "A")],
        "Wishes": [("Id",)],
        "Needs": [("Id", "Id"), ("a", "a")],
    }
    assert [re.split("[,:]", line)[0] for line in refused(tmp_path, sheets)] == ["Groups", "Wishes", "Needs"]


def formula(path: Path, cell: str) -> Path:
    """Put a formula with a value saved beside it into a cell of the sheet of groups."""
    with zipfile.ZipFile(path) as book:
        name = "content.xml" if path.suffix == ".ods" else "xl/worksheets/sheet2.xml"
        text = book.read(name).decode()
    if path.suffix == ".ods":
        old = '<table:table-cell office:value-type="float" office:value="5.0"'
        return repacked(path, {name: text.replace(old, f'{old} table:formula="of:={cell}"')})
    return repacked(path, {name: text.replace("<v>5</v>", f"<f>{cell}</f><v>5</v>")})


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_formula_is_refused_at_its_cell(tmp_path: Path, ending: str) -> None:
    path = write_workbook(tmp_path / f"made.{ending}", groups(("a", "A"), ("b", "B", "", 5.0)))
    assert build(read_workbook(path).rows).every(Group)[1].size == 5
    with pytest.raises(BadWorkspace, match=r"^Groups, row 3: W001 The cell D3 holds a formula, which Outward does not"):
        read_workbook(formula(path, "2+3"))


def test_a_formula_among_ones_own_notes_is_ones_own(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "made.xlsx", {"Groups": [("Id", "Title")], "Notes": [("sum", 5.0)]})
    assert read_workbook(formula(path, "2+3")).columns == {"group": {"id", "title"}}


def test_a_tab_that_would_be_lost_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "made.ods", groups(("a", "one word")))
    with zipfile.ZipFile(path) as book:
        text = book.read("content.xml").decode()
    repacked(path, {"content.xml": text.replace("one word", "one<text:tab/>word")})
    with pytest.raises(BadWorkspace, match=r"^Groups, row 2: W001 The cell B2 holds a tab"):
        read_workbook(path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_merged_cells_are_refused_where_records_stand(tmp_path: Path, ending: str) -> None:
    sheets = {"Groups": [("Id", "Title"), ("a", "A"), ("b", "")], "Workspace": HEADER}
    (line,) = refused(tmp_path, sheets, ending, merged=[(1, 1, 2, 1)])
    assert line.startswith("Groups, row 2: W001 The cells B2 to B3 are merged")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_macros_are_refused(tmp_path: Path, ending: str) -> None:
    path = write_workbook(tmp_path / f"made.{ending}", groups())
    repacked(path, {"xl/vbaProject.bin" if ending == "xlsx" else "Basic/Standard/Module1.xml": "<x/>"})
    with pytest.raises(BadInput, match="holds macros"):
        read_workbook(path)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with pytest.raises(NotFound, match=r"no file 'made\.xlsx'"):
        read_workbook(path)
    for content, said in (
        (b"", "is empty"),
        (b"id,title\na,A\n", "is no workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(2_000), "old Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04broken", "damaged"),
    ):
        path.write_bytes(content)
        with pytest.raises(BadInput, match=said):
            read_workbook(path)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("groups.csv", "id,title")
    with pytest.raises(BadInput, match="is no workbook"):
        read_workbook(path)
    with pytest.raises(BadInput, match="holds no sheet of a workspace"):
        read(tmp_path, {"Notes": [("a",)]})


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="9000"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="{{}}">{cell}</table:table-cell></table:table-row>'
    for times, said in (("1048576", "too large to be read safely"), ("300", "larger than any workspace")):
        table = f'<table:table table:name="Groups">{row.format(times)}</table:table>'
        with pytest.raises(BadInput, match=said):
            read_workbook(raw_open_document(tmp_path / "large.ods", table))
    monkeypatch.setattr(archive, "FREE_TO_GROW", 1 << 20)
    path = repacked(write_workbook(tmp_path / "bomb.xlsx", groups()), {"xl/worksheets/sheet1.xml": " " * 20_000_000})
    with pytest.raises(BadInput, match="grows to more than 200 times"):
        read_workbook(path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("seed", range(10))
def test_damage_inside_is_refused_or_read(tmp_path: Path, ending: str, seed: int) -> None:
    from numpy.random import default_rng

    path = write_workbook(tmp_path / f"made.{ending}", groups(("a", "A"), ("b", "B", "future", 3.0)))
    chosen = default_rng(seed)
    with zipfile.ZipFile(path) as book:
        name = "content.xml" if ending == "ods" else "xl/worksheets/sheet2.xml"
        inside = bytearray(book.read(name))
    for place in chosen.integers(0, len(inside), 3):
        inside[place] = chosen.integers(32, 127)
    repacked(path, {name: bytes(inside)})
    with contextlib.suppress(BadInput):
        assert build(read_workbook(path).rows).id == "claims"


def small() -> list[Row]:
    return [Row("workspace", {"id": "claims", "title": "Claims"})]


def test_what_a_cell_of_excel_cannot_hold_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    made = build([*small(), Row("group", {"id": "a", "title": "A", "about": "\U0001f600" * 17_000})])
    path = tmp_path / "made.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(BadInput, match=r"'About' of 'a' is longer than a cell of Excel holds\. Export to \.ods"):
        write_whole(path, workbook_of(made, path.suffix, date(2026, 11, 26)))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    write_whole(tmp_path / "made.ods", workbook_of(made, ".ods", date(2026, 11, 26)))
    assert build(read_workbook(tmp_path / "made.ods").rows).revision == made.revision


def test_a_name_or_folder_that_will_not_do_is_said(tmp_path: Path) -> None:
    for name, said in (("made.xls", "End its name with .xlsx or .ods"), ("no/made.xlsx", "cannot be writ")):
        with pytest.raises(UsageError, match=said):
            write_whole(tmp_path / name, workbook_of(build(small()), Path(name).suffix, date(2026, 11, 26)))


def test_the_first_sheet_speaks_of_the_page_before_the_terminal() -> None:
    from outward.workspace.workbook.layout import book_of

    (how_to,) = book_of(build(small()), date(2026, 11, 26)).before
    told = {cells[0]: cells[1] for _, cells in how_to.rows if len(cells) == 2}
    for rule, page, terminal in (
        ("Bring it back", "'Take it away or bring it in' on the page Records", "outward import FILE WORKSPACE"),
        ("Taking a record out", "'Show it with these taken out'", "--remove"),
    ):
        assert 0 < told[rule].index(page) < told[rule].index(terminal)


def test_every_help_fits_the_programs(tmp_path: Path) -> None:
    """Excel takes 255 letters of choices and no comma in one; no warning is raised for any column."""
    from outward.workspace.workbook.layout import book_of

    book: Book = book_of(build(small()), date(2026, 11, 26))
    for sheet in book.sheets:
        assert len(sheet.name) <= 31
        assert len({column.title for column in sheet.columns}) == len(sheet.columns)
        for column in sheet.columns:
            assert len(",".join(column.offered)) <= 255
            assert not any("," in one for one in column.offered)
    assert all(isinstance(page, Page) for page in book.before)
    assert lines_of(1.5, 10) == 1
