"""ZIP files: the one table read as if it stood alone, several named, harmful ones refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.made_workbooks import Rows as Cells
from tests.made_workbooks import write_workbook

from outward.catalogue import Silent
from outward.errors import BadInput, UsageError
from outward.evidence.readers import open_source
from outward.evidence.tables import Source
from outward.untrusted import archive

from .conftest import Rows

LOG = "case id,activity,time\n1,Apply,2024-01-02\n2,Apply,2024-01-05\n"
READ = [("1", "Apply", "2024-01-02"), ("2", "Apply", "2024-01-05")]
RowsOf = Callable[[Source], Rows]
Read = Callable[..., Source]


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


@pytest.fixture
def read(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Read:
    def pack_and_read(files: dict[str, str | bytes], table: str = "") -> Source:
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        return open_source(packed(tmp_path / "made.zip", files), connection, scratch, Silent(), table)

    return pack_and_read


def test_the_one_table_is_read_as_if_it_stood_alone(read: Read, rows_of: RowsOf) -> None:
    source = read({"extract/log.csv": LOG})
    assert (source.path.name, source.format, source.notes, source.aside) == ("made.zip", "csv", (), ())
    assert rows_of(source) == READ


def test_what_is_no_table_does_not_stand_in_the_way(read: Read, rows_of: RowsOf) -> None:
    source = read({"log.csv": LOG, "__MACOSX/._log.csv": b"\0", "README.txt": "words", "about.pdf": b"%PDF", ".x": ""})
    assert rows_of(source) == READ
    assert source.notes == ("The ZIP file holds 5 files; 'in-zip log.csv' was read.",)


def test_of_several_one_is_named(read: Read, rows_of: RowsOf) -> None:
    files: dict[str, str | bytes] = {"a/log.csv": LOG, "b.jsonl": '{"case": 1}\n'}
    with pytest.raises(BadInput, match=r"2 tables: 'a/log.csv', 'b.jsonl'. Say which with --table"):
        read(files)
    with pytest.raises(UsageError, match=r"Did you mean 'a/log.csv'"):
        read(files, "log.csv")
    assert rows_of(read(files, "a/log.csv")) == READ


def test_what_is_empty_is_passed_over_and_named(read: Read, rows_of: RowsOf) -> None:
    files: dict[str, str | bytes] = {"a/log.csv": LOG, "later.csv": ""}
    source = read(files)
    assert rows_of(source) == READ
    assert source.notes == ("The ZIP file holds 2 files; 'in-zip log.csv' was read. Left out as empty: 'later.csv'.",)


def test_what_is_empty_and_wanted_is_named_as_it_stands_in_the_file(read: Read) -> None:
    files: dict[str, str | bytes] = {"a/log.csv": LOG, "b.csv": LOG, "later.csv": ""}
    with pytest.raises(BadInput, match=r"^The file 'later.csv' inside 'made.zip' is empty. Save it again, or choose"):
        read(files, "later.csv")
    with pytest.raises(BadInput, match=r"2 tables: 'a/log.csv', 'b.csv'. Say which .* Empty: 'later.csv'."):
        read(files)
    with pytest.raises(BadInput, match=r"^The file 'only.csv' inside 'made.zip' is empty."):
        read({"only.csv": ""})


def test_a_sheet_of_a_workbook_inside(read: Read, rows_of: RowsOf, tmp_path: Path) -> None:
    table: Cells = [("case id", "activity", "time"), (1, "Apply", "2024-01-02"), (2, "Apply", "2024-01-05")]
    book = write_workbook(tmp_path / "book.xlsx", {"One": table, "Two": table}).read_bytes()
    assert rows_of(read({"book.xlsx": book}, "Two")) == READ
    (tmp_path / "scratch" / "inside" / "in-zip book.xlsx").unlink()
    (tmp_path / "scratch" / "inside").rmdir()
    assert rows_of(read({"book.xlsx": book, "x.csv": LOG}, "book.xlsx/Two")) == READ


@pytest.mark.parametrize(
    "name", ["../../out.csv", "/etc/out.csv", "C:\\out.csv", "con.csv", "a\nb.csv", "*?[x].csv", "…é.csv"]
)
def test_a_name_inside_is_never_a_path(read: Read, rows_of: RowsOf, tmp_path: Path, name: str) -> None:
    before = {one for one in tmp_path.parent.rglob("*") if "scratch" not in one.parts}
    assert rows_of(read({name: LOG})) == READ
    after = {one for one in tmp_path.parent.rglob("*") if "scratch" not in one.parts}
    assert {one.name for one in after - before} == {"made.zip"}


def inside(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("name", ["inner.zip", "log.csv"])
def test_an_archive_inside_is_not_unpacked(read: Read, name: str) -> None:
    with pytest.raises(BadInput, match="archive inside an archive"):
        read({name: inside({"log.csv": LOG})})


@pytest.mark.parametrize(("files", "says"), [({"a.pdf": "x"}, "no table"), ({}, "no table"), ({"a.csv": ""}, "empty")])
def test_without_a_table_it_says_so(read: Read, files: dict[str, str | bytes], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(files)


def test_bounds_hold(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_TO_GROW", 1 << 20)
    with pytest.raises(BadInput, match="200 times"):
        read({"bomb.csv": LOG + "1,A,2024-01-01\n" * 2_000_000})
    (tmp_path / "scratch" / "inside" / "in-zip bomb.csv").unlink()
    with pytest.raises(BadInput, match="more than 5,000"):
        read({f"{n}.csv": "" for n in range(5_001)})
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    with pytest.raises(BadInput, match="8 GB"):
        read({"log.csv": LOG * 10})


def test_a_locked_or_twisted_archive_is_refused(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    path = packed(tmp_path / "made.zip", {"log.csv": LOG})
    whole = bytearray(path.read_bytes())
    at = whole.index(b"PK\x01\x02")
    for change, says in (((8, 1), "password"), ((10, 14), "unusual way"), ((16, 99), "damaged")):
        twisted = whole.copy()
        twisted[at + change[0]] = change[1]
        path.write_bytes(twisted)
        with pytest.raises(BadInput, match=says):
            open_source(path, connection, tmp_path, Silent())
        for left in (tmp_path / "inside").glob("*"):
            left.unlink()
        if (tmp_path / "inside").exists():
            (tmp_path / "inside").rmdir()
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("log.csv", LOG)
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("log.csv", LOG)
    with pytest.raises(BadInput, match="same name"):
        open_source(path, connection, tmp_path, Silent())


def test_a_file_without_a_name_is_damage(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x", LOG)
    path.write_bytes(path.read_bytes().replace(b"xPK\x05", b"\0PK\x05"))
    with pytest.raises(BadInput, match="damaged"):
        open_source(path, connection, tmp_path, Silent())
