"""Labels without end: set aside with a reason in every format, and refused before they fill anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.made_workbooks import write_workbook

from outward.errors import BadInput
from outward.evidence.event_rows import TOO_LONG
from outward.evidence.readers import xes
from outward.evidence.store import bring_in
from outward.evidence.tables import LONGEST_LABEL

LONG, JUST = "x" * (LONGEST_LABEL + 1), "y" * LONGEST_LABEL
NAMES = ("case id", "activity", "time", "area")
ROWS = [
    (f"C{n}", step, f"2024-01-0{day} 09:00:00", "NSE"[n % 3]) for n in range(20) for day, step in ((1, "A"), (2, JUST))
]
ODD = [("C0", LONG, "2024-01-03 09:00:00", "N"), (LONG, "A", "2024-01-03 09:00:00", "N")]


def as_csv(path: Path) -> Path:
    path.write_text("\n".join(",".join(row) for row in (NAMES, *ROWS, *ODD)) + "\n")
    return path


def as_json(path: Path) -> Path:
    path.write_text("".join(json.dumps(dict(zip(NAMES, row, strict=True))) + "\n" for row in (*ROWS, *ODD)))
    return path


def as_workbook(path: Path) -> Path:
    return write_workbook(path, {"Log": [NAMES, *ROWS, *ODD]})


def as_parquet(path: Path) -> Path:
    with duckdb.connect() as engine:
        engine.execute('CREATE TABLE log ("case id" TEXT, activity TEXT, time TIMESTAMP, area TEXT)')
        engine.executemany("INSERT INTO log VALUES (?, ?, ?, ?)", [*ROWS, *ODD])
        engine.execute(f"COPY log TO '{path}' (FORMAT parquet)")
    return path


def as_xes(path: Path) -> Path:
    def trace(case: str, step: str, time: str, area: str) -> str:
        event = f'<string key="concept:name" value="{step}"/><date key="time:timestamp" value="{time}+00:00"/>'
        return f'<trace><string key="concept:name" value="{case}"/><event>{event}</event></trace>'

    path.write_text(f"<log>{''.join(trace(*row) for row in (*ROWS, *ODD))}</log>")
    return path


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (as_csv, "log.csv"),
        (as_json, "log.jsonl"),
        (as_workbook, "log.xlsx"),
        (as_workbook, "log.ods"),
        (as_parquet, "log.parquet"),
        (as_xes, "log.xes"),
    ],
)
def test_a_row_with_an_overlong_label_is_set_aside(write: Callable[[Path], Path], name: str, tmp_path: Path) -> None:
    laid = bring_in(write(tmp_path / name)).manifest
    assert [(one.reason, one.rows) for one in laid.aside] == [(TOO_LONG, 2)]
    assert laid.activities == ("A", JUST)


def test_long_text_is_no_attribute(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [(*row[:3], f"{'word ' * 300}{number % 3}") for number, row in enumerate(ROWS)]
    path.write_text("\n".join(",".join(row) for row in ((*NAMES[:3], "outcome"), *rows)) + "\n")
    laid = bring_in(path).manifest
    assert {**laid.left_out, **laid.personal} == {"outcome": f"it holds text of over {LONGEST_LABEL:,} characters"}
    assert laid.aside == ()


def test_a_log_of_giant_values_is_refused_at_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "giant.xes"
    giant = f'<trace><event><string key="concept:name" value="{"x" * 20_000_000}"/></event></trace>'
    path.write_text(f"<log>{giant}{giant}</log>")
    seen = 0
    pieces = xes._checked

    def counted(found: object) -> object:
        nonlocal seen
        for piece in pieces(found):  # type: ignore[arg-type]
            seen += len(piece)
            yield piece

    monkeypatch.setattr(xes, "_checked", counted)
    with pytest.raises(BadInput, match="longer than a million characters"):
        bring_in(path)
    assert seen <= 4 << 20
