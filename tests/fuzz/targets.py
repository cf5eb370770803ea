"""What is fuzzed, as functions of any bytes: readers, guessing of roles, `Where.parse`, records of a workspace.

A target comes back where the input was read or refused in a sentence (an OutwardError), and raises otherwise.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from outward.catalogue import Silent
from outward.errors import OutwardError
from outward.evidence import event_rows, roles
from outward.evidence.engines.embedded import connect, told_plainly
from outward.evidence.readers import open_source
from outward.evidence.tables import Settings
from outward.evidence.where import Where
from outward.workspace.folder.reading import read_workspace
from outward.workspace.problems import BadWorkspace, Problem
from tests.made_workbooks import CONTENT, Rows, write_workbook

LOG = (
    "case id,activity,time,area,cost\n"
    "1,Apply,2024-01-02 10:00:00,North,2.5\n1,Decide,2024-01-05 11:00:00,North,\n2,Apply,03/01/2024,South,1\n"
)
XES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="made-up">\n<trace><string key="concept:name" value="1"/>'
    '<event><string key="concept:name" value="Apply"/><date key="time:timestamp" value="2024-01-02T10:00:00+01:00"/>'
    '<int key="n" value="3"/></event><event><string key="concept:name" value="A &amp; B"/>'
    '<date key="time:timestamp" value="2024-01-03T10:00:00Z"/></event></trace>\n</log>\n'
)
LINES = (
    '{"case id": 1, "activity": "Apply", "time": "2024-01-02T10:00:00", "more": {"a": [1], "b": true}}\n'
    '{"case id": 1.0, "activity": "D\\u00e9cide", "time": "2024-01-03", "x": null}\n'
)
ROWS: Rows = [
    ("case id", "activity", "time"),
    (1, "Apply", "2024-01-02"),
    (1, "Decide", "2024-01-05"),
    (2, "Apply", 45_000.5),
]
CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="1">'
    "<text:p>{}</text:p></table:table-cell>"
)
GROUPS = (
    "# made up\n- id: everyone\n  title: Everyone\n- {id: own, title: 'Self-employed', parent: everyone, size: 12}\n"
    "- id: young\n  title: Under 16\n  status: future\n  about: |\n    Two\n    lines\n  comes_from: [own]\n"
)
WHERES = (
    'area=North|South & passes("A & B") & from=2024-01-01',
    'within(A, 14d) & route(A > "B ""x""" > C) & never(D)',
)


@contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    room = Path(tempfile.mkdtemp(prefix="outward-fuzz-"))
    try:
        path = room / name
        path.write_bytes(content)
        yield path
    finally:
        shutil.rmtree(room)


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One engine with one thread for all runs: to start one takes longer than to read a small file."""
    engine = connect(None, "512MB")
    engine.execute("SET threads = 1")
    return engine


def read(name: str, content: bytes, to_events: bool = False) -> None:
    """Read a file of this name and content, as far as its events if wished, or see it refused."""
    engine = _engine()
    with _file(name, content) as path:
        scratch = path.with_name("scratch")
        scratch.mkdir()
        try:
            with told_plainly():
                source = open_source(path, engine, scratch, Silent())
                engine.execute(f"SELECT count(*), max(row_no) FROM ({source.relation})").fetchall()
                if to_events:
                    settings = roles.settle(source, engine, Settings())
                    rows = event_rows.event_rows(source, settings, engine)
                    engine.execute(f"SELECT count(*), count(problem) FROM ({rows.relation})").fetchall()
        except OutwardError:
            pass


def where(content: bytes) -> None:
    """Parse a filter, and find that its own spelling means the same."""
    text = content.decode("utf-8", errors="replace")
    try:
        parsed = Where.parse(text)
    except OutwardError:
        return
    assert Where.parse(str(parsed)) == parsed, text


def workspace(content: bytes) -> None:
    """Read a workspace whose groups are written so, or see each problem said at its file and line."""
    with _file("workspace.yaml", b"id: made\ntitle: Made up\n") as path:
        records = path.parent / "records"
        records.mkdir()
        (records / "groups.yaml").write_bytes(content)
        problems: tuple[Problem, ...] = ()
        try:
            read_workspace(path.parent)
        except BadWorkspace as error:
            problems = error.problems
        assert all(problem.place.file == "records/groups.yaml" for problem in problems), problems


def _template(name: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as room:
        path = write_workbook(Path(room) / name, {"Log": ROWS})
        with zipfile.ZipFile(path) as archive:
            return {one: archive.read(one) for one in archive.namelist()}


def _inside(template: str, member: str) -> Callable[[bytes], None]:
    """Fuzz one file inside a workbook, not the packing around it."""
    parts = _template(template)

    def run(content: bytes) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, content if name == member else part)
        read(template, packed.getvalue())

    return run


def _whole(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as room:
        return write_workbook(Path(room) / name, {"Log": ROWS}).read_bytes()


def _parquet() -> bytes:
    with tempfile.TemporaryDirectory() as room, connect() as engine:
        path = Path(room) / "made.parquet"
        engine.execute(
            "COPY (SELECT i // 2 AS \"case id\", 'S' || i % 2 AS activity, "
            "TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS "
            f"time FROM range(20) t(i)) TO '{path}'"
        )
        return path.read_bytes()


def _spss() -> bytes:
    import pandas as pd
    import pyreadstat

    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "made.sav"
        frame = pd.DataFrame(ROWS[1:3], columns=["case_id", "activity", "time"])
        pyreadstat.write_sav(frame, str(path), variable_value_labels={"case_id": {1: "one"}})
        return path.read_bytes()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/log.csv", LOG)
        archive.writestr("readme.txt", "words")
    return packed.getvalue()


def _named(name: str) -> Callable[[bytes], None]:
    return lambda content: read(name, content)


def targets() -> dict[str, tuple[Callable[[bytes], None], list[bytes]]]:
    """Return each target with the inputs that it starts from."""
    sheet = _template("made.xlsx")
    strings = "xl/sharedStrings.xml"
    table = "".join(f"<table:table-row>{''.join(CELL.format(cell) for cell in row)}</table:table-row>" for row in ROWS)
    content = CONTENT.format(before="", tables=f'<table:table table:name="S">{table}</table:table>').encode()
    return {
        "where": (where, [text.encode() for text in WHERES]),
        "workspace": (workspace, [GROUPS.encode()]),
        "roles": (lambda content: read("made.csv", content, to_events=True), [LOG.encode()]),
        "csv": (_named("made.csv"), [LOG.encode(), LOG.replace(",", ";").encode("utf-16"), LOG.encode("cp1252")]),
        "xes": (_named("made.xes"), [XES.encode()]),
        "jsonl": (_named("made.jsonl"), [LINES.encode()]),
        "xlsx": (_named("made.xlsx"), [_whole("made.xlsx")]),
        "xlsx-sheet": (_inside("made.xlsx", "xl/worksheets/sheet1.xml"), [sheet["xl/worksheets/sheet1.xml"]]),
        "xlsx-strings": (_inside("made.xlsx", strings), [sheet[strings]]),
        "xlsx-styles": (_inside("made.xlsx", "xl/styles.xml"), [sheet["xl/styles.xml"]]),
        "xlsx-book": (_inside("made.xlsx", "xl/workbook.xml"), [sheet["xl/workbook.xml"]]),
        "ods": (_named("made.ods"), [_whole("made.ods")]),
        "ods-content": (_inside("made.ods", "content.xml"), [_template("made.ods")["content.xml"], content]),
        "zip": (_named("made.zip"), [_zip()]),
        "parquet": (_named("made.parquet"), [_parquet()]),
        "spss": (_named("made.sav"), [_spss()]),
    }
