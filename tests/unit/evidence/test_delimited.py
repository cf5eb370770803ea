from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outward.catalogue import Silent
from outward.errors import BadInput, Cancelled, NotFound
from outward.evidence.readers import detect, open_source
from outward.evidence.readers.dialect import MOST_COLUMNS

from .conftest import Opened, Rows

RowsOf = Callable[..., Rows]
LOG = "case,step,when\n1,Apply,2024-01-02\n1,Decide,2024-01-05\nNA,Apply,\n"
READ = [("1", "Apply", "2024-01-02"), ("1", "Decide", "2024-01-05"), ("NA", "Apply", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_it_reads_every_usual_way_of_writing(
    opened: Opened, rows_of: RowsOf, encoding: str, delimiter: str, line_end: str
) -> None:
    text = LOG.replace(",", delimiter).replace("\n", line_end)
    source = opened(text.encode(encoding))
    assert list(source.columns) == ["case", "step", "when"]
    assert rows_of(source) == READ


def test_it_keeps_na_as_text_and_empty_as_nothing(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened('a,b\nNA,""\nNULL,\n')) == [("NA", None), ("NULL", None)]


def test_it_numbers_rows_in_file_order(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    many = "n,x\n" + "".join(f"{number},some words to fill the line\n" for number in range(1, 300_001))
    source = opened(many)
    wrong = connection.execute(f"SELECT count(*) FROM ({source.relation}) WHERE row_no <> n::BIGINT").fetchone()
    assert wrong == (0,)


def test_it_reads_packed_files_by_content_not_name(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened(gzip.compress(LOG.encode()), "made-up.txt")) == READ
    in_two = gzip.compress(LOG[:30].encode()) + gzip.compress(LOG[30:].encode())
    assert rows_of(opened(in_two, "two-members.csv.gz")) == READ


def test_it_fingerprints_the_bytes_of_the_file(opened: Opened) -> None:
    packed = gzip.compress(LOG.encode())
    assert opened(packed, "a.csv.gz").fingerprint == hashlib.sha256(packed).hexdigest()


def test_it_falls_back_to_windows_letters_and_says_so(opened: Opened, rows_of: RowsOf) -> None:
    source = opened(b"step,cost\nPr\xfcfung,\x80 5\ncaf\xe9,\x81\n")
    assert rows_of(source) == [("Prüfung", "€ 5"), ("café", "\x81")]
    assert source.notes == ("The encoding is windows-1252.",)


def test_it_keeps_utf_8_when_a_few_bytes_are_broken(opened: Opened, rows_of: RowsOf) -> None:
    source = opened(b"a,b\n" + "é,ü\n".encode() * 50 + b"\xff,x\n")
    assert rows_of(source)[-1] == ("\ufffd", "x")
    assert rows_of(source)[0] == ("é", "ü")


def test_it_reads_line_breaks_delimiters_and_marks_inside_quotes(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened('a,b\n"one\ntwo","x, ""y"""\n3,4\n')) == [("one\ntwo", 'x, "y"'), ("3", "4")]


def test_it_takes_the_semicolon_where_numbers_have_decimal_commas(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened("case;cost\n1;2,5\n2;13,75\n")) == [("1", "2,5"), ("2", "13,75")]


def test_it_names_repeated_and_empty_headers_apart(opened: Opened) -> None:
    source = opened("x,X,,row_no,x\n1,2,3,4,5\n")
    assert list(source.columns) == ["x", "X (2)", "column 3", "row_no (2)", "x (3)"]
    assert "named" in source.notes[0]


def test_it_passes_over_title_lines(opened: Opened, rows_of: RowsOf) -> None:
    source = opened("Cases of the made-up office\n\n" + LOG)
    assert rows_of(source) == READ
    assert "title" in source.notes[0]


def test_it_counts_ragged_rows_and_keeps_the_rest(opened: Opened, rows_of: RowsOf) -> None:
    source = opened("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2\n7,7,7\n")
    assert rows_of(source) == [("1", "2", "3"), ("7", "7", "7")]
    assert {one.reason: one.rows for one in source.aside} == {
        "the row has too few fields": 2,
        "the row has too many fields": 1,
    }


def test_it_reads_mixed_line_ends(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened("a,b\r\n1,2\n3,4\r\n")) == [("1", "2"), ("3", "4")]


def test_it_counts_a_row_with_a_stray_quotation_mark(opened: Opened, rows_of: RowsOf) -> None:
    source = opened('a,b\n1,"5" wide\n2,3\n')
    assert rows_of(source) == [("2", "3")]
    assert sum(one.rows for one in source.aside) == 1


@pytest.mark.parametrize("rows_after", [3, 200_000])
def test_it_refuses_an_unclosed_quotation_mark_that_swallows_rows(opened: Opened, rows_after: int) -> None:
    text = "a,b\n" + "1,2\n" * 50 + '3,"secret\n' + "5,some more words\n" * rows_after
    with pytest.raises(BadInput, match="not closed") as caught:
        opened(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.csv", "is empty"),
        (b"a,b,c\n", "header.csv", "no rows below"),
        (b"\n\n\n", "blank.csv", "holds no rows"),
        (b"PK\x03\x04 and so on", "cases.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0 and so on", "cases.xls", "old Excel"),
        (b"%PDF-1.7", "cases.csv", "PDF"),
        (bytes(range(256)) * 20, "noise.csv", "zero bytes"),
        (b"<html><body>Please log in</body></html>", "export.csv", "web page"),
        (b'[{"case": 1}]', "cases.json", "JSON"),
        (gzip.compress(LOG.encode(), mtime=0)[:-12], "cut.csv.gz", "cut off"),
        (b"\x1f\x8b\x08\x00 this is not packed at all", "broken.csv.gz", "damaged"),
        (b"PAR1 but not really", "broken.parquet", "damaged"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(opened: Opened, content: bytes, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        opened(content, name)


def test_it_refuses_one_endless_line_quickly(opened: Opened) -> None:
    with pytest.raises(BadInput, match="longer than 4 million"):
        opened(gzip.compress(b"a,b\n" + b"x" * (64 << 20), compresslevel=1), "long.csv.gz")


def test_it_refuses_too_many_columns(opened: Opened) -> None:
    wide = ",".join(f"c{number}" for number in range(MOST_COLUMNS + 1))
    with pytest.raises(BadInput, match="columns"):
        opened(f"{wide}\n{wide}\n")


def test_it_says_when_no_row_can_be_read(opened: Opened) -> None:
    with pytest.raises(BadInput, match="No row"):
        opened("a,b,c\n1,2\n3,4\n")


def test_it_tells_missing_files_from_folders(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        detect(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="folder"):
        detect(tmp_path)


def test_it_stops_when_a_person_says_so(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    class Stopped:
        def advance(self, share: float, doing: str) -> None:
            raise Cancelled("Stopped.")

    path = tmp_path / "made-up.csv"
    path.write_text(LOG)
    with pytest.raises(Cancelled):
        open_source(path, connection, tmp_path, Stopped())


def test_it_leaves_no_table_behind(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    opened("a,b,c\n1,2,3\n4,5\n")
    assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)


def test_it_leaves_the_file_as_it_was(opened: Opened) -> None:
    source = opened(LOG)
    assert source.path.read_text() == LOG


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=12)


@given(
    table=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=3, max_size=12)
    ),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    packed=st.booleans(),
)
def test_a_table_written_in_any_dialect_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    delimiter: str,
    quoting: int,
    line_end: str,
    encoding: str,
    packed: bool,
) -> None:
    header = [f"column {letter}" for letter in "abcde"[: len(table[0])]]
    # Without quotes a field that holds another delimiter makes the sniffing a matter of taste.
    assume(quoting == csv.QUOTE_ALL or not any(set(cell) & set(",;\t|") for row in table for cell in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
    writer.writerows([header, *table])
    content = out.getvalue().encode(encoding)
    folder = tmp_path_factory.mktemp("dialect")
    path = folder / "made-up.csv"
    path.write_bytes(gzip.compress(content) if packed else content)
    with duckdb.connect() as engine:
        source = open_source(path, engine, folder, Silent())
        found = engine.execute(f"SELECT * EXCLUDE (row_no) FROM ({source.relation}) ORDER BY row_no").fetchall()
    assert found == [tuple(cell or None for cell in row) for row in table]
