"""Files made to do harm, or broken: one sentence, or counted rows; never a traceback, a guess or another's data."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from outward.cli.main import exit_code
from outward.errors import BadInput
from outward.evidence.store import bring_in
from outward.evidence.tables import Settings
from outward.untrusted import stream

HEAD = "case_id,activity,timestamp\n"


def log(cases: int, step: str = "Check", more: str = "") -> str:
    rows = (
        f"C{n},{name},2024-01-{1 + n % 27:02d} {8 + place:02d}:00:00\n"
        for n in range(cases)
        for place, name in enumerate(("Apply", step, "Decide"))
    )
    return HEAD + "".join(rows) + more


def refused(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The sentence with which a look ends, having checked that it ends well."""
    assert exit_code(["look", "--file", "-", *options, str(path)]) in (2, 3)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert not said.out
    assert len(said.err.split(". ")) <= 3
    return said.err


@pytest.mark.parametrize("name", ["a?b.csv", "[a].csv", "*.csv", "a[b.csv", "{x,y}.csv", "~a.csv", "100%s.csv"])
def test_it_reads_the_named_file_and_no_other(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ("a;b.csv", "a.csv", "x.csv", "y.csv"):
        (tmp_path / other).write_text(log(7, "Another"))
    (tmp_path / name).write_text(log(30, "Right"))
    monkeypatch.chdir(tmp_path)
    laid = bring_in(Path(name)).manifest
    assert (laid.cases, laid.activities) == (30, ("Apply", "Decide", "Right"))


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_folder_of_a_file_adds_no_column_and_no_file(ending: str, tmp_path: Path) -> None:
    import duckdb

    folder = tmp_path / "area=North" / "[x]"
    folder.mkdir(parents=True)
    path = folder / f"log.{ending}"
    path.write_text(log(30))
    if ending == "parquet":
        duckdb.connect().execute(
            "COPY (SELECT 'C' || i // 2 AS case_id, 'S' || i % 2 AS activity, "
            f"TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS timestamp FROM range(60) t(i)) TO '{path}'"
        )
    laid = bring_in(path)
    assert laid.manifest.cases == 30
    assert not laid.attributes
    assert "area" not in laid.manifest.left_out


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_name_of_broken_bytes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.csv")
    try:
        path.write_text(log(20))
    except OSError:
        pytest.skip("this disk keeps no such names")
    assert "Rename it" in refused(path, capsys)


@pytest.mark.parametrize("number", ["1e30", "-1e300", "99999999999999999999", "nan", "inf", "-inf"])
def test_a_number_that_is_no_moment_is_a_counted_row(number: str, tmp_path: Path) -> None:
    path = tmp_path / "seconds.csv"
    rows = "".join(f"C{n},Apply,{1_700_000_000 + n}\nC{n},Decide,{1_700_000_900 + n}\n" for n in range(40))
    path.write_text(f"{HEAD}{rows}C1,Apply,{number}\n")
    laid = bring_in(path).manifest
    assert (laid.events, sum(one.rows for one in laid.aside)) == (80, 1)


@pytest.mark.parametrize("odd", ["inf", "-inf", "nan", "1e308"])
def test_an_amount_without_end_makes_no_band(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "amounts.csv"
    rows = "".join(
        f"C{n},{step},2024-01-01 0{place}:00,{odd if n % 2 else n}\n"
        for n in range(200)
        for place, step in enumerate(("A", "B"))
    )
    path.write_text(f"case_id,activity,timestamp,amount\n{rows}")
    assert bring_in(path).manifest.cases == 200


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_parquet_file_is_said_to_be_damaged(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import duckdb
    from numpy.random import default_rng

    path = tmp_path / "damaged.parquet"
    duckdb.connect().execute(
        "COPY (SELECT 'C' || i // 2 AS case_id, 'S' || i % 2 AS activity, "
        f"TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS timestamp FROM range(600) t(i)) TO '{path}'"
    )
    whole = bytearray(path.read_bytes())
    chosen = default_rng(seed)
    for place in chosen.integers(4, len(whole) - 8, 40):
        whole[place] = chosen.integers(0, 256)
    path.write_bytes(whole)
    said = refused(path, capsys)
    assert "damaged" in said or "no rows" in said


def test_a_file_without_a_header_does_not_put_people_in_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "headless.csv"
    path.write_text("".join(f"made.up{n}@example.org,Apply,2024-01-0{1 + n % 9} 08:00\n" for n in range(40)))
    for options in ((), ("--role", "case=nothing"), ("--keep", "nothing")):
        said = refused(path, capsys, *options)
        assert "made.up" not in said
        assert "names of columns" in said


def test_an_open_quotation_mark_at_the_top_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "open.csv"
    path.write_text(HEAD.replace("activity", '"activity') + log(50).removeprefix(HEAD))
    assert "not closed" in refused(path, capsys)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_refused(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(f"\ufeff{log(50)}".encode(encoding) if encoding != "utf-32" else log(50).encode(encoding))
    assert "UTF-32" in refused(path, capsys)


def test_a_packed_file_may_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stream, "MOST_UNCHECKED", 1 << 20)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b"C1,A,2024-01-01\n" * 3_000_000, 9))
    assert path.stat().st_size < 200_000
    assert "grows" in refused(path, capsys)


@pytest.mark.parametrize("days", ["36501", "999999999", "999999999999999999999", "-1"])
def test_absurd_silence_is_refused_and_not_remembered(
    days: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(log(30))
    bring_in(path, Settings())
    assert "from 1 to 36,500" in refused(path, capsys, "--gave-up-after", days)
    assert exit_code(["ask", "U3.3", str(path), "--gave-up-after", "36500"]) == 0


def test_nothing_is_left_of_a_file_that_was_refused(tmp_path: Path, own_home: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "C1,Apply,nonsense\nC1,Decide,nonsense\n")
    with pytest.raises(BadInput):
        bring_in(path)
    assert [one.name for one in (own_home / "evidence").iterdir()] == [".lock"]
