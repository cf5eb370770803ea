"""One log in every format that is read: each question is answered with the same figures, to the last digit."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import duckdb
import pytest
from numpy.random import default_rng
from tests.made_workbooks import write_workbook

from outward.asking import ask
from outward.catalogue import asked_of
from outward.evidence.tables import Settings
from outward.looking import ASKED_APART
from outward.present.json import as_json

CASE, STEP, TIME = "case:concept:name", "concept:name", "time:timestamp"
TYPES = {
    CASE: "VARCHAR",
    STEP: "VARCHAR",
    TIME: "TIMESTAMP",
    "org:resource": "VARCHAR",
    "customer": "BIGINT",
    "channel": "VARCHAR",
    "area": "VARCHAR",
    "children": "BIGINT",
    "amount": "DOUBLE",
    "urgent": "BOOLEAN",
}
Row = dict[str, Any]
Write = Callable[[Path, list[Row]], None]


def made_log() -> list[Row]:
    """Cases with holes, odd letters, ties, going round, and every type that formats keep apart."""
    rng, rows = default_rng(23), list[Row]()
    for number in range(160):
        steps = ["Apply", *["Ask, for “more”", "Check"] * int(rng.integers(0, 3)), "Décide <&> go"]
        known = {
            "customer": 5000 + number % 120,
            "channel": ("Phone", "Post", "Online")[number % 3],
            "area": ("North", "South", "Ynys Môn", None)[number % 4],
            "children": int(rng.integers(0, 4)),
            "amount": round(float(rng.exponential(90)), 2) + 0.001,
            "urgent": bool(number % 5 == 0),
        }
        time = datetime(2024, 1, 1, 8) + timedelta(hours=number * 7)
        for step in [*steps, "Paid"] if number % 3 else steps:
            worker = f"W{int(rng.integers(0, 6))}"
            rows.append({CASE: str(1000 + number), STEP: step, TIME: time, "org:resource": worker, **known})
            time += timedelta(seconds=int(rng.integers(0, 2_000_000)))
    return rows


def text(cell: Any) -> str:
    """A cell as text files write it."""
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def as_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(TYPES)
        write.writerows([text(cell) for cell in row.values()] for row in rows)


def as_packed_csv(path: Path, rows: list[Row]) -> None:
    as_csv(path, rows)
    path.write_bytes(gzip.compress(path.read_bytes()))


def as_windows_csv(path: Path, rows: list[Row]) -> None:
    as_csv(path, rows)
    path.write_bytes(path.read_text(encoding="utf-8").replace(",", ";").replace("Ask; f", "Ask, f").encode("cp1252"))


def as_workbook(path: Path, rows: list[Row]) -> None:
    write_workbook(path, {"Log": [list(TYPES), *(list(row.values()) for row in rows)]})


def as_titled_workbook(path: Path, rows: list[Row]) -> None:
    table = [list(TYPES), *(list(row.values()) for row in rows)]
    write_workbook(path, {"About": [("made up",)], "Log": [("A title",), (None,), *table]})


def as_json_lines(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")


def as_parquet(path: Path, rows: list[Row]) -> None:
    shape = ", ".join(f'"{name}" {kind}' for name, kind in TYPES.items())
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE log ({shape})")
        engine.executemany(f"INSERT INTO log VALUES ({', '.join('?' * len(TYPES))})", [[*row.values()] for row in rows])
        engine.execute(f"COPY log TO '{path}' (FORMAT parquet)")


TAGS = {"VARCHAR": "string", "TIMESTAMP": "date", "BIGINT": "int", "DOUBLE": "float", "BOOLEAN": "boolean"}


def as_xes(path: Path, rows: list[Row]) -> None:
    traces: dict[str, str] = {}
    for row in rows:
        cells = "".join(
            f"<{TAGS[TYPES[name]]} key={quoteattr(name)} value={quoteattr(_xes(cell))}/>"
            for name, cell in row.items()
            if name != CASE and cell is not None
        )
        traces[row[CASE]] = traces.get(row[CASE], "") + f"<event>{cells}</event>"
    whole = "".join(
        f'<trace><string key="concept:name" value="{case}"/>{events}</trace>' for case, events in traces.items()
    )
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><log>{whole}</log>', encoding="utf-8")


def _xes(cell: Any) -> str:
    return cell.isoformat() + ".000+00:00" if isinstance(cell, datetime) else text(cell)


def as_spss(path: Path, rows: list[Row]) -> None:
    """The names that SPSS allows are shorter; the settings below say which is which."""
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    frame = pandas.DataFrame(rows).rename(columns=SPSS).astype({"urgent": int})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"urgent": {0: "false", 1: "true"}})


SPSS = {CASE: "case", STEP: "step", TIME: "done_at", "org:resource": "worker"}


def as_zip(path: Path, rows: list[Row]) -> None:
    inner = path.with_name("inner.xlsx")
    as_workbook(inner, rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "extract/log.xlsx")


FORMATS: dict[str, tuple[str, Write]] = {
    "packed CSV": ("log.csv.gz", as_packed_csv),
    "CSV of a Windows spreadsheet": ("log.csv", as_windows_csv),
    "Excel": ("log.xlsx", as_workbook),
    "Excel with titles": ("log.xlsx", as_titled_workbook),
    "OpenDocument": ("log.ods", as_workbook),
    "JSON lines": ("log.jsonl", as_json_lines),
    "Parquet": ("log.parquet", as_parquet),
    "XES": ("log.xes", as_xes),
    "SPSS": ("log.sav", as_spss),
    "ZIP": ("log.zip", as_zip),
}


def settings(names: Mapping[str, str]) -> Settings:
    columns = {"case": CASE, "activity": STEP, "time": TIME, "resource": "org:resource"}
    roles = {role: names.get(column, column) for role, column in columns.items()}
    return Settings(
        roles=roles | {"customer": "customer", "channel": "channel"},
        time_zone="UTC",
        endings={"Paid": "done"},
        gave_up_after_days=30,
        confirmed=("endings", "roles"),
    )


def answers(path: Path, names: Mapping[str, str]) -> dict[str, Any]:
    """Every question's answer, whole; by area and of some cases too."""
    given = settings(names)
    found = {}
    for id in asked_of("data set"):
        looks = (("", ""), ("area", ""), ("", "channel=Post & passes(Check)"))
        for by, where in looks if id not in ASKED_APART else looks[1:2]:
            answer = as_json(ask(id, path, by=by, where=where, settings=given, policy="none", reason="comparing"))
            del answer["evidence"]
            if id == "E1.1":
                _without_notes(answer)
            found[f"{id} {by} {where}"] = answer
    return found


def _without_notes(answer: dict[str, Any]) -> None:
    """Leave out what is said of the reading, and what the columns are called, which is each format's own."""
    for table in ("columns", "confirmed"):
        del answer["tables"][table]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return made_log()


def test_every_format_gives_the_same_answers(rows: list[Row], tmp_path: Path) -> None:
    plain = tmp_path / "plain" / "log.csv"
    plain.parent.mkdir()
    as_csv(plain, rows)
    expected = answers(plain, {})
    for kind, (name, write) in FORMATS.items():
        path = tmp_path / kind / name
        path.parent.mkdir()
        write(path, rows)
        found = answers(path, SPSS if kind == "SPSS" else {})
        for question, answer in expected.items():
            assert found[question] == answer, f"{kind}: {question}"


def test_another_log_gives_other_answers(rows: list[Row], tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    as_csv(one, rows)
    as_csv(other, [*rows[:-1], rows[-1] | {TIME: rows[-1][TIME] + timedelta(seconds=1)}])
    assert answers(one, {}) != answers(other, {})
