"""Workbooks made to do harm, or broken: one sentence, little memory, nothing left behind."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.made_workbooks import Rows, raw_open_document, repacked, write_workbook

from outward.untrusted import archive

from .test_hostile_files import refused

HEADER = ("case id", "activity", "time")
LOG: Rows = [HEADER, *((n, step, f"2024-01-0{day}") for n in range(20) for day, step in enumerate("ABC", 1))]
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nothing_is_left(own_home: Path) -> Iterator[None]:
    yield
    assert [one.name for one in (own_home / "evidence").iterdir()] == [".lock"]


def cells(*values: str, across: int = 1) -> str:
    return "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{across}">'
        f"<text:p>{value}</text:p></table:table-cell>"
        for value in values
    )


def row(inside: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{inside}</table:table-row>'


def sheet(*rows: str, name: str = "S") -> str:
    return f'<table:table table:name="{name}">{row(cells(*HEADER))}{"".join(rows)}</table:table>'


LARGE = {
    "a row repeated over the whole sheet": sheet(row(cells("x", across=16_384), 1_048_576)),
    "one cell far to the right": sheet(
        row('<table:table-cell table:number-columns-repeated="2000000000"/>' + cells("x"))
    ),
    "one row far below": sheet(row("<table:table-cell/>", 2_000_000_000), row(cells("x", "y", "z"))),
    "long text repeated": sheet(row(cells("y" * 1_000_000, across=3), 1_000)),
    "many sheets": "".join(sheet(row(cells("x", across=10), 1_000_000), name=f"S{n}") for n in range(20)),
}


@pytest.mark.parametrize("tables", LARGE.values(), ids=LARGE.keys())
def test_a_sheet_that_would_fill_the_memory_is_refused(tables: str, tmp_path: Path, capsys: Said) -> None:
    assert "too large to be read safely" in refused(raw_open_document(tmp_path / "large.ods", tables), capsys)


def excel(path: Path, sheet_data: str = "", strings: str = "") -> Path:
    """A workbook of one sheet with this XML for its rows, and for its shared texts."""
    write_workbook(path, {"Log": LOG})
    changes = {}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    if sheet_data:
        changes["xl/worksheets/sheet1.xml"] = f"<worksheet {space}><sheetData>{sheet_data}</sheetData></worksheet>"
    if strings:
        changes["xl/sharedStrings.xml"] = f"<sst {space}>{strings}</sst>"
    return repacked(path, changes)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r = '&#88;FD1048576'><v>1</v></c></row>",
        '<row r="99999999999999999999"><c><v>1</v></c></row>',
        '<x:row xmlns:x="made-up" r="9000000"><x:c r="B9000000"><x:v>1</x:v></x:c></x:row>',
    ],
    ids=["corners", "other quotes and entities", "an endless number", "a prefix"],
)
def test_two_cells_do_not_make_a_giant(data: str, tmp_path: Path, capsys: Said) -> None:
    assert "too large" in refused(excel(tmp_path / "corners.xlsx", data), capsys)


def test_one_long_text_shared_by_many_cells_is_refused(tmp_path: Path, capsys: Said) -> None:
    data = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    path = excel(tmp_path / "shared.xlsx", data, f"<si><t>{'x' * 32_767}</t></si>")
    assert "too large" in refused(path, capsys)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_document_type_is_refused(ending: str, tmp_path: Path, capsys: Said) -> None:
    before = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = tmp_path / f"typed.{ending}"
    if ending == "ods":
        raw_open_document(path, sheet(row(cells("&b;", "A", "2024-01-01"))), before)
    else:
        repacked(write_workbook(path, {"Log": LOG}), {"xl/sharedStrings.xml": f"{before}<sst/>"})
    assert "document type" in refused(path, capsys)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(archive, "FREE_TO_GROW", 1 << 20)
    path = excel(tmp_path / "bomb.xlsx", " " * 20_000_000)
    assert "grows to more than 200 times" in refused(path, capsys)


def test_merged_cells_on_top_of_one_another_are_refused(tmp_path: Path, capsys: Said) -> None:
    path = write_workbook(tmp_path / "merged.xlsx", {"Log": [*LOG] * 30})
    with zipfile.ZipFile(path) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    merges = '<mergeCell ref="A2:C1800"/>' * 5_000
    repacked(
        path,
        {"xl/worksheets/sheet1.xml": text.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")},
    )
    assert "on top of one another" in refused(path, capsys)


def test_a_locked_workbook_says_so(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(path, capsys)
    path = write_workbook(tmp_path / "locked.ods", {"Log": LOG})
    manifest = '<m:manifest xmlns:m="x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
    repacked(path, {"content.xml": b"\x8f\x1e", "META-INF/manifest.xml": f"{manifest}</m:manifest>"})
    assert "password" in refused(path, capsys)


def test_old_workbooks_say_what_to_do(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    assert "Save it as .xlsx or CSV" in refused(path, capsys)
    path = repacked(write_workbook(tmp_path / "binary.xlsb.xlsx", {"Log": LOG}), {})
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.bin", b"made")
    assert ".xlsb" in refused(path, capsys)


def test_a_word_document_is_no_workbook(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as archived:
        archived.writestr("word/document.xml", "<w/>")
    assert "not a workbook" in refused(path, capsys)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("part", [3, 2, 1.1])
def test_a_workbook_cut_off_is_damaged(ending: str, part: float, tmp_path: Path, capsys: Said) -> None:
    path = write_workbook(tmp_path / f"cut.{ending}", {"Log": LOG})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) / part)])
    assert "damaged" in refused(path, capsys)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("seed", range(15))
def test_a_workbook_with_damage_inside_is_refused_or_read(
    seed: int, ending: str, tmp_path: Path, own_home: Path
) -> None:
    from numpy.random import default_rng

    from outward.cli.main import exit_code
    from outward.evidence.store import data_sets, forget

    path = write_workbook(tmp_path / f"damaged.{ending}", {"Log": LOG})
    chosen = default_rng(seed)
    with zipfile.ZipFile(path) as book:
        name = "content.xml" if ending == "ods" else "xl/worksheets/sheet1.xml"
        inside = bytearray(book.read(name))
    for place in chosen.integers(0, len(inside), 3):
        inside[place] = chosen.integers(32, 127)
    repacked(path, {name: bytes(inside)})
    assert exit_code(["look", "--file", "-", str(path)]) in (0, 2, 3)
    for one in data_sets():
        forget(one.id)
