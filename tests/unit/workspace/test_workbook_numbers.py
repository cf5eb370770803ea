"""Percentages and thousands in a workbook: read as they were typed, or refused with how to write them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.made_workbooks import Cell, Percent, Rows, repacked, write_workbook
from tests.office import saved_as
from tests.read_workbooks import HEADER, groups, read, refused

from outward.errors import BadInput
from outward.workspace.building import build
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.operations import Benchmark, Measure
from outward.workspace.workbook.reading import read_workbook

MEASURES: Rows = [("Id", "Title", "Unit", "Baseline", "Target")]


def measures(*rows: Sequence[Cell]) -> dict[str, Rows]:
    return {"Workspace": HEADER, "Measures": [*MEASURES, *rows]}


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_45_percent_is_45_where_the_unit_is_percent(tmp_path: Path, ending: str) -> None:
    sheets = measures(
        ("a", "A", "%", Percent(0.45), Percent(0.6)),
        ("b", "B", "% of claims", Percent(0.0725, "0.00%"), "60 %"),
        ("c", "C", "per cent", Percent(12.0, "#,##0.0 %;[Red]-0%"), 81.0),
        ("d", Percent(0.5), "share", 0.45, 1.0),
    )
    sheets["Benchmarks"] = [("Id", "Title", "Value", "Unit"), ("e", "E", Percent(0.9), "%")]
    found = build(read(tmp_path, sheets, ending).rows)
    assert [(one.baseline, one.target) for one in found.every(Measure)] == [(45, 60), (7.25, 60), (1200, 81), (0.45, 1)]
    assert found.get(Measure, "d").title == "50%"  # type: ignore[union-attr]
    assert found.every(Benchmark)[0].value == 90


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_45_percent_is_refused_where_nobody_says_that_the_unit_is_percent(tmp_path: Path, ending: str) -> None:
    sheets = measures(("a", "A", "days", Percent(0.45), "60%")) | groups(("g", "G", "", Percent(0.45)))
    told = refused(tmp_path, sheets, ending)
    assert [line.partition(" W004 ")[2] for line in told] == [
        "'45%' is not a number. Write 45; the % belongs in Unit.",
        "'60%' is not a number. Write 60; the % belongs in Unit.",
        "'45%' is not a whole number. Write how many, not a share.",
    ]


def test_a_number_that_only_looks_like_a_percentage_is_what_it_shows(tmp_path: Path) -> None:
    for format in ('0.0"%"', '0" % "', "0.0\\%"):
        (told,) = refused(tmp_path, measures(("a", "A", "days", Percent(45.0, format), "")))
        assert told.endswith("'45%' is not a number. Write 45; the % belongs in Unit.")
    for format in ('0.0"%"', "0.0\\%", "0.00"):
        sheets = measures(("a", "A", "%", Percent(0.5, format), ""))
        assert build(read(tmp_path, sheets).rows).every(Measure)[0].baseline == 0.5


def test_percentages_are_known_after_libreoffice_has_saved_them(tmp_path: Path) -> None:
    made = write_workbook(tmp_path / "made.xlsx", measures(("a", "A", "%", Percent(0.45), Percent(0.6, "0.00%"))))
    for ending in ("ods", "xlsx"):
        (saved,) = saved_as(ending, tmp_path / ending, made)
        (found,) = build(read_workbook(saved).rows).every(Measure)
        assert (found.baseline, found.target) == (45, 60)


def test_repeated_percentages_are_noted_where_they_stand_and_no_further_than_a_bound(tmp_path: Path) -> None:
    made = write_workbook(tmp_path / "made.ods", measures(("a", "A", "%", Percent(0.4))))
    with zipfile.ZipFile(made) as archive:
        content = archive.read("content.xml").decode()
    twice = content.replace('value-type="percentage"', 'value-type="percentage" table:number-columns-repeated="2"')
    (found,) = (one for one in read_workbook(repacked(made, {"content.xml": twice})).rows if one.kind == "measure")
    assert (found.values["baseline"], found.values["target"]) == ("40%", "40%")
    many = content.replace('value-type="percentage"', 'value-type="percentage" table:number-columns-repeated="200000"')
    with pytest.raises(BadInput, match="larger than any workspace"):
        read_workbook(repacked(made, {"content.xml": many}))


@pytest.mark.parametrize(("written", "size"), [("1,204", 1204), ("1 204", 1204), ("12,345,678", 12345678)])
def test_thousands_may_be_marked(tmp_path: Path, written: str, size: int) -> None:
    found = build(read(tmp_path, groups(("a", "A", "", written))).rows)
    assert found.every(Group)[0].size == size


def test_a_comma_that_marks_no_thousands_is_refused(tmp_path: Path) -> None:
    sheets = groups(("a", "A", "", "1,2")) | measures(("m", "M", "days", "1,5"))
    told = refused(tmp_path, sheets)
    assert "Groups, D2 (Size): W004 '1,2' is not a whole number. Write thousands as 1,204." in told[0]
    assert "'1,5' is not a number. Write thousands as 1,204 and parts as 1.5." in told[1]
