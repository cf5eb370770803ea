"""SPSS files: labels for codes, dates as dates, missing as nothing; a clear word where the extra is not installed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from outward.errors import BadInput, Missing
from outward.evidence.readers import spss

from .conftest import Opened, Rows

RowsOf = Callable[..., Rows]


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., bytes]:
    def write(frame: Any, **more: Any) -> bytes:
        import pyreadstat

        path = tmp_path / "written.sav"
        pyreadstat.write_sav(frame, str(path), **more)
        return path.read_bytes()

    return write


FRAME = {
    "case_no": [1001.0, 1001.0, 1002.0],
    "step": [1.0, 2.0, 9.0],
    "when": [datetime(2024, 1, 2, 10, 30, 15), datetime(2024, 1, 5), None],
    "note": ["a", "", "é"],
    "score": [2.5, None, -1.0],
}


def test_it_reads_labels_dates_and_missing_values(made: Callable[..., bytes], opened: Opened, rows_of: RowsOf) -> None:
    content = made(pd.DataFrame(FRAME), variable_value_labels={"step": {1: "Apply", 2: "Decide"}})
    source = opened(content, "made.sav")
    assert (source.format, source.notes) == ("spss", ("Codes are read as their labels in: step.",))
    assert rows_of(source) == [
        ("1001", "Apply", "2024-01-02 10:30:15", "a", "2.5"),
        ("1001", "Decide", "2024-01-05 00:00:00", None, None),
        ("1002", "9", None, "é", "-1"),
    ]


def test_it_reads_some_rows_at_a_time(
    made: Callable[..., bytes], opened: Opened, rows_of: RowsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spss, "CELLS_A_STEP", 7)
    content = made(pd.DataFrame({"n": range(20), "m": range(20)}))
    assert rows_of(opened(content, "made.sav")) == [(str(n), str(n)) for n in range(20)]


def test_without_the_extra_it_says_how_to_get_it(
    made: Callable[..., bytes], opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = made(pd.DataFrame(FRAME))
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(Missing, match=r"outward\[spss\]"):
        opened(content, "made.sav")


@pytest.mark.parametrize("part", [1.01, 2, 5])
def test_a_file_cut_off_is_damaged(made: Callable[..., bytes], opened: Opened, part: float) -> None:
    content = made(pd.DataFrame(FRAME))
    with pytest.raises(BadInput, match=r"damaged|no rows"):
        opened(content[: int(len(content) / part)], "made.sav")


def test_a_library_led_astray_says_that_the_file_is_damaged(
    made: Callable[..., bytes], opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyreadstat

    def astray(*_: object, **__: object) -> None:
        raise AttributeError("'NoneType' object has no attribute 'split'")

    content = made(pd.DataFrame(FRAME))
    monkeypatch.setattr(pyreadstat, "read_sav", astray)
    with pytest.raises(BadInput, match="damaged"):
        opened(content, "made.sav")
