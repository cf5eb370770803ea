"""JSON lines: values as they are written, odd lines counted, nothing read that could be meant otherwise."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pytest

from outward.errors import BadInput
from outward.evidence.readers.dialect import MOST_COLUMNS
from outward.evidence.readers.json_lines import NO_NUMBER, NO_OBJECT, TWICE
from outward.evidence.tables import LONGEST_LABEL, SetAside

from .conftest import Opened, Rows

RowsOf = Callable[..., Rows]
LINE = '{"case": 1, "step": "A"}\n'


def test_values_are_read_as_they_are_written(opened: Opened, rows_of: RowsOf) -> None:
    text = (
        '{"case": 1001, "step": "Apply", "cost": 2.50, "urgent": true, "when": "2024-01-02"}\n'
        '\n  {"case": 1001.0, "step": "", "cost": 12345678901234567890, "urgent": null}  \r\n'
        '{"step": "caf\\u00e9 \\ud83d\\ude00", "new": false}'
    )
    source = opened(text, "made.jsonl")
    assert (source.format, source.aside, source.notes) == ("jsonl", (), ())
    assert list(source.columns) == ["case", "step", "cost", "urgent", "when", "new"]
    assert rows_of(source) == [
        ("1001", "Apply", "2.50", "true", "2024-01-02", None),
        ("1001", None, "12345678901234567890", None, None, None),
        (None, "café 😀", None, None, None, "false"),
    ]


def test_columns_may_come_late_and_rows_keep_their_order(opened: Opened, rows_of: RowsOf) -> None:
    many = [
        {"n": number, **({f"k{number // 50_000}": "x"} if number % 50_000 == 0 else {})} for number in range(200_000)
    ]
    source = opened("".join(json.dumps(one) + "\n" for one in many), "made.ndjson")
    assert [row[0] for row in rows_of(source)] == [str(number) for number in range(200_000)]
    assert list(source.columns) == ["n", "k0", "k1", "k2", "k3"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"case": NaN}', NO_NUMBER),
        ('{"case": -Infinity}', NO_NUMBER),
        ('{"case": 1, "case": 2}', TWICE),
        ('{"a": {"b": 1}, "a.b": 2}', TWICE),
        ('{"case": ', NO_OBJECT),
        ("[1, 2]", NO_OBJECT),
        ('"words"', NO_OBJECT),
        ("{'case': 1}", NO_OBJECT),
        ('{"case": 1} {"case": 2}', NO_OBJECT),
        ('{"a":' * 100_000, NO_OBJECT),
    ],
)
def test_a_line_that_cannot_be_used_is_counted(opened: Opened, rows_of: RowsOf, line: str, reason: str) -> None:
    source = opened(LINE + line + "\n" + LINE, "made.jsonl")
    assert rows_of(source)[0][:2] == ("1", "A")
    assert (len(rows_of(source)), source.aside) == (2, (SetAside(reason, 1),))


def test_broken_letters_are_counted(opened: Opened, rows_of: RowsOf) -> None:
    source = opened(LINE.encode() + b'{"case": "\xff"}\n' + b'{"case": "\\ud800"}\n', "made.jsonl")
    assert rows_of(source) == [("1", "A"), ("?", None)]
    assert source.aside == (SetAside(NO_OBJECT, 1),)


def test_objects_inside_become_columns_and_lists_are_left_out(opened: Opened, rows_of: RowsOf) -> None:
    source = opened('{"case": {"id": 1, "area": {"name": "N"}}, "tags": ["a", {"b": 1}]}\n', "made.jsonl")
    assert dict(zip(source.columns, rows_of(source)[0], strict=True)) == {"case.id": "1", "case.area.name": "N"}
    assert [note.split()[0] for note in source.notes] == ["Objects", "Lists"]


def test_names_that_differ_in_case_alone_stay_apart(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened('{"a": 1, "A": 2, "row_no": 3, "": 4}\n', "made.jsonl")) == [("1", "2", "3", "4")]


def test_it_is_known_by_its_content_and_may_be_packed(opened: Opened, rows_of: RowsOf) -> None:
    assert rows_of(opened(gzip.compress(b"\xef\xbb\xbf" + LINE.encode()), "made.txt")) == [("1", "A")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'[{"case": 1}]', "one piece"),
        (b'{\n "case": 1,\n "step": "A"\n}\n', "JSON lines"),
        (b"{}\n" + b'"x"\n' * 2, "no columns"),
        (LINE.encode("utf-16"), "UTF-8"),
        (b'{"case": "' + b"x" * 9_000_000, "longer than 4 million"),
        (("".join(f'{{"k{n}": 1}}\n' for n in range(MOST_COLUMNS + 1))).encode(), "columns"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(opened: Opened, content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        opened(content, "made.json")


def test_no_more_of_a_value_is_kept_than_shows_that_it_is_no_label(opened: Opened, rows_of: RowsOf) -> None:
    ((kept,),) = rows_of(opened(json.dumps({"step": "x" * 1_000_000}), "made.jsonl"))
    assert kept == "x" * (LONGEST_LABEL + 1)
