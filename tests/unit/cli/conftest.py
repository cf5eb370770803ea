"""A working folder for commands, with files of every wrong kind and one good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_case_logs import private_log, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with files of every wrong kind, and one good one."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    write(here / "log.csv", private_log())
    (here / "folder").mkdir()
    (here / "empty.csv").write_text("")
    (here / "header.csv").write_text("case,activity,time\n")
    (here / "binary.csv").write_bytes(bytes(range(256)) * 20)
    (here / "junk.parquet").write_bytes(b"PAR1 junk")
    (here / "half.xes").write_text("<log><trace>")
    (here / "book.xlsx").write_bytes(b"PK\x03\x04 made")
    (here / "quote.csv").write_text('case,activity,time\n1,"open,2024-01-01\n')
    (here / "words.csv").write_text("case,activity,time\n1,A,hello\n2,B,world\n")
    return here
