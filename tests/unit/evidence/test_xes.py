from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.errors import BadInput
from outward.evidence.readers.xes_plain import cut
from outward.evidence.readers.xes_tables import Tables

from .conftest import Opened, Rows

RowsOf = Callable[..., Rows]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'


def event(name: str, time: str, more: str = "") -> str:
    return (
        f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{time}"/>{more}</event>'
    )


def trace(name: str, *events: str, more: str = "") -> str:
    called = f'<string key="concept:name" value="{name}"/>' if name else ""
    return f"<trace>{called}{more}{''.join(events)}</trace>\n"


def log(*traces: str) -> str:
    return f"{HEAD}<string key='concept:name' value='a made-up log'/>\n{''.join(traces)}</log>\n"


PLAIN = log(
    trace("c1", event("Apply", "2024-07-01T10:00:00.000+01:00"), event("Decide", "2024-07-02T10:00:00Z")),
    trace("c2", event("Apply", "2024-07-01T10:00:00+00:00")),
)


def test_it_reads_cases_events_and_their_types(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    source = opened(PLAIN, "made-up.xes")
    assert source.format == "xes"
    assert dict(source.columns) == {
        "case:concept:name": "VARCHAR",
        "concept:name": "VARCHAR",
        "time:timestamp": "TIMESTAMP WITH TIME ZONE",
    }
    found = connection.execute(
        'SELECT row_no, "case:concept:name", "concept:name", "time:timestamp"::VARCHAR '
        f"FROM ({source.relation}) ORDER BY row_no"
    ).fetchall()
    assert found == [
        (1, "c1", "Apply", "2024-07-01 09:00:00+00"),
        (2, "c1", "Decide", "2024-07-02 10:00:00+00"),
        (3, "c2", "Apply", "2024-07-01 10:00:00+00"),
    ]


def test_packed_and_plain_logs_read_the_same(opened: Opened, rows_of: RowsOf) -> None:
    unzoned = PLAIN.replace("T10:00:00Z", "T10:00:00")  # a time without offset keeps the column as text
    plain, packed = opened(unzoned, "a.xes"), opened(gzip.compress(unzoned.encode()), "a.xes.gz")
    assert plain.columns["time:timestamp"] == "VARCHAR"
    assert rows_of(plain) == rows_of(packed)


def test_it_types_numbers_and_falls_back_to_text(opened: Opened, rows_of: RowsOf) -> None:
    more = (
        '<int key="n" value="3"/><float key="x" value="1.5"/><boolean key="b" value="true"/><int key="bad" value="y"/>'
    )
    mixed = '<int key="x" value="2"/><string key="n" value="many"/>'
    source = opened(
        log(trace("1", event("A", "2024-01-01T00:00:00", more)), trace("2", event("B", "2024-01-01T00:00:00", mixed))),
        "types.xes",
    )
    assert [source.columns[name] for name in ("n", "x", "b", "bad")] == ["VARCHAR", "DOUBLE", "BOOLEAN", "VARCHAR"]
    assert [row[3:] for row in rows_of(source)] == [("3", 1.5, True, "y"), ("many", 2.0, None, None)]


def test_it_keeps_keys_apart_that_differ_in_case(opened: Opened, rows_of: RowsOf) -> None:
    more = '<string key="Permit ID" value="p"/><string key="Permit id" value="q"/>'
    source = opened(log(trace("1", event("A", "2024-01-01T00:00:00", more))), "case.xes")
    assert list(source.columns)[-2:] == ["Permit ID", "Permit id (2)"]
    assert rows_of(source)[0][-2:] == ("p", "q")


def test_it_numbers_cases_without_a_name(opened: Opened, rows_of: RowsOf) -> None:
    source = opened(
        log(trace("", event("A", "2024-01-01T00:00:00")), trace("x", event("A", "2024-01-01T00:00:00"))), "n.xes"
    )
    assert [row[0] for row in rows_of(source)] == ["trace 1", "x"]
    assert source.notes == ("1 cases have no name (concept:name) and were numbered 'trace 1', 'trace 2' ...",)


def test_it_notes_nested_attributes_and_empty_cases(opened: Opened, rows_of: RowsOf) -> None:
    nested = '<string key="office" value="north"><string key="inside" value="x"/></string>'
    source = opened(log(trace("1", event("A", "2024-01-01T00:00:00", nested)), trace("2")), "nested.xes")
    assert list(source.columns) == ["case:concept:name", "concept:name", "time:timestamp", "office"]
    assert rows_of(source)[0][-1] == "north"
    assert source.notes == (
        "1 cases hold no event and do not appear.",
        "1 attributes inside other attributes are left out.",
    )


def test_it_reads_entities_comments_other_quotes_and_prefixes(opened: Opened, rows_of: RowsOf) -> None:
    odd = (
        '<x:log xmlns:x="http://www.xes-standard.org/"><!-- made up --><x:trace>'
        "<x:string value='c &amp; d' key='concept:name'/><!-- <x:event> --><x:event>"
        "<x:string key='concept:name' value='&quot;Apply&quot; &lt;1&gt; &#233;'/></x:event></x:trace></x:log>"
    )
    assert rows_of(opened(odd, "odd.xes")) == [("c & d", '"Apply" <1> é')]


def test_it_reads_other_encodings(opened: Opened, rows_of: RowsOf) -> None:
    latin = PLAIN.replace("UTF-8", "ISO-8859-1").replace("Apply", "Prüfung").encode("latin-1")
    assert rows_of(opened(latin, "latin.xes"))[0][1] == "Prüfung"
    wide = PLAIN.replace("UTF-8", "UTF-16").encode("utf-16")
    assert rows_of(opened(wide, "wide.xes"))[0][1] == "Apply"


def test_new_attributes_may_appear_late(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    early = [trace(f"c{n}", event("A", "2024-01-01T00:00:00Z")) for n in range(20_000)]
    late = trace(
        "late", event("A", "2024-01-01T00:00:00Z", '<string key="new" value="v"/>'), more='<int key="n" value="1"/>'
    )
    source = opened(log(*early, late), "late.xes")
    found = connection.execute(f'SELECT count(*), count("new"), count("case:n") FROM ({source.relation})').fetchone()
    assert found == (20_001, 1, 1)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<log><trace><string key="concept:name" value="&b;"/></trace></log>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log><trace>&x;</trace></log>'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (HEAD + " " * 5_000_000 + BOMB[21:], "document type|well-formed"),
        (PLAIN[: len(PLAIN) - 30], "cut off"),
        (PLAIN.replace("</event>", "", 1), "well-formed"),
        (PLAIN.replace('value="Apply"', 'value="&unknown;"', 1), "well-formed"),
        (HEAD + "</log>", "no event log with traces"),
        (log(trace("1"), trace("2")), "no events"),
        ("<?xml version='1.0'?><feed><entry/></feed>", "no event log with traces"),
        (PLAIN.replace("UTF-8", "no-such-code"), "encoding"),
    ],
)
def test_it_says_what_is_wrong_with_a_log(opened: Opened, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        opened(text, "bad.xes")


def test_it_refuses_a_packed_log_that_was_cut(opened: Opened) -> None:
    with pytest.raises(BadInput, match="cut off"):
        opened(gzip.compress(PLAIN.encode())[:-9], "cut.xes.gz")


NAME = st.text(st.sampled_from("abc <&\"'é"), min_size=1, max_size=8)


@given(st.lists(st.tuples(NAME, st.lists(NAME, max_size=4)), min_size=1, max_size=5))
def test_the_quick_way_and_the_careful_way_agree(made: list[tuple[str, list[str]]]) -> None:
    from xml.sax.saxutils import quoteattr

    def written(name: str, quick: bool) -> str:
        value = quoteattr(name, {'"': "&quot;"})
        return f'<string key="concept:name" value={value}/>' + ("" if quick else "<!-- slow -->")

    found = []
    for quick in (True, False):
        text = "".join(
            f"<trace>{written(case, quick)}{''.join(f'<event>{written(e, quick)}</event>' for e in events)}</trace>"
            for case, events in made
        )
        with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as engine:
            plain = quick and not any(set(name) & set('<&"') for case, events in made for name in (case, *events))
            assert (cut(text, engine) is not None) == plain
            tables = Tables(Path(scratch), engine)
            tables.add("<log>", text)
            cases = f"SELECT trace_no, cases_0 FROM ({tables.case_parts.scan()}) ORDER BY ALL"
            happened = f"SELECT row_no, trace_no, events_0 FROM ({tables.event_parts.scan()}) ORDER BY ALL"
            found.append((engine.sql(cases).fetchall(), engine.sql(happened).fetchall() if tables.events else []))
            assert (tables.cases, tables.empty) == (len(made), sum(not events for _, events in made))
    events = [(number, event) for number, (_, names) in enumerate(made, 1) for event in names]
    assert found[0] == found[1]
    assert found[0][0] == [(number, case) for number, (case, _) in enumerate(made, 1)]
    assert found[0][1] == [(row, *event) for row, event in enumerate(events, 1)]


@pytest.mark.parametrize(
    "more",
    [
        "<event></event>",
        "<event>\n\t<int key='n' value='1'/></event>",
        '<event><int key="n" value="1" /><int key="n" value="2"/></event>',
        '<event><string key="n" value=""/></event>',
        '<event><string key="n" value="<event>"/></event>',
        '<event><list key="n"><values><int key="m" value="1"/></values></list></event>',
        '<event><string key="n" value="a"><int key="m" value="1"/></string></event>',
        '<event/><string key="late" value="v"/>',
        'words<event><string key="n" value="a"/>words</event>',
        '<event><string value="a" key="n"/></event>',
    ],
)
def test_odd_forms_are_read_as_the_careful_way_reads_them(
    more: str, opened: Opened, rows_of: RowsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = log(trace("", event("Apply", "2024-07-01T10:00:00Z"), more), trace("c2", event("B", "2024-07-02T10:00:00Z")))

    def read(name: str) -> object:
        try:
            source = opened(text, name)
        except BadInput as error:
            return str(error)
        return source.columns, source.notes, rows_of(source)

    either = read("a.xes")
    monkeypatch.setattr("outward.evidence.readers.xes_tables.cut", lambda text, connection: None)
    assert read("b.xes") == either


def test_the_usual_form_is_taken_apart_by_the_engine(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def careful(root: str, text: str) -> tuple[list[object], int]:
        assert not text.strip(), "the careful way is slow"
        return [], 0

    monkeypatch.setattr("outward.evidence.readers.xes_tables.rows_of", careful)
    assert set(opened(PLAIN, "plain.xes").columns) == {"case:concept:name", "concept:name", "time:timestamp"}
