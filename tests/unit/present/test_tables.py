from __future__ import annotations

import csv
import sys
from html.parser import HTMLParser

import pytest

from outward.answers import Basis, Column, Value
from outward.errors import Missing
from outward.present.tables import table_csv, table_html, to_arrow, to_pandas, to_polars

from .made import BY_CHANNEL, COLUMNS_BY_CHANNEL, UNCHECKED, answer, by_channel, table

HOSTILE = "<script>alert('x')</script>"


def _labels(*labels: str) -> list[dict[str, Value]]:
    return [{"step": label, "cases": 20} for label in labels]


COLUMNS = [Column("step", "label", title="Step"), Column("cases", "count", "cases")]


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(html: str) -> _Cells:
    cells = _Cells()
    cells.feed(html)
    return cells


def test_a_table_escapes_its_labels() -> None:
    html = table_html(answer({"steps": table(COLUMNS, _labels(HOSTILE, '" onclick="x'))}), "steps")
    assert "<script" not in html
    assert HOSTILE in _read(html).texts
    assert all("onclick" not in attributes for _, attributes in _read(html).tags)


def test_a_table_has_caption_scopes_and_a_region_to_scroll_in() -> None:
    tags = _read(table_html(by_channel(), "channels")).tags
    assert ("caption", {"class": "govuk-table__caption govuk-table__caption--s"}) in tags
    assert {attributes["scope"] for tag, attributes in tags if tag == "th"} == {"col", "row"}
    assert any(attributes.get("tabindex") == "0" and attributes.get("aria-label") for _, attributes in tags)


def test_an_interval_is_one_column_beside_its_figure() -> None:
    texts = _read(table_html(by_channel(), "channels")).texts
    assert "54% to 62%" in texts
    assert texts.index("Likely range") == texts.index("Finished in 10 days") + 1


def test_a_table_of_one_row_is_read_down_with_its_intervals_in_brackets() -> None:
    html = table_html(answer({"channels": table(COLUMNS_BY_CHANNEL, BY_CHANNEL[:1])}), "channels")
    texts = _read(html).texts
    assert texts[texts.index("Finished in 10 days") + 1] == "58% (54% to 62%)"
    assert "Likely range" not in texts
    assert {attributes["scope"] for tag, attributes in _read(html).tags if tag == "th"} == {"row"}


def test_symbols_and_stamps_are_explained_under_the_table_but_not_the_policy() -> None:
    html = table_html(by_channel(policy=UNCHECKED, basis=Basis.MADE_UP), "channels")
    assert "[c] not shown" in html
    assert '<span aria-hidden="true">[c]</span><span class="govuk-visually-hidden">not shown</span></td>' in html
    assert "[z]" not in html
    assert "Not checked." not in html  # said once for all tables of an answer
    assert "Made-up data." in html
    assert "Not for release." in html


@pytest.mark.parametrize("rows", [1, 2])
def test_each_symbol_is_said_in_words_within_its_cell_and_a_label_that_looks_like_one_is_left(rows: int) -> None:
    columns = [*COLUMNS, Column("gap", "mean", "days"), Column("late", "count", "cases")]
    cells: list[dict[str, Value]] = [{"step": "[u]", "cases": 20, "gap": None, "late": None}] * rows
    html = table_html(answer({"steps": table(columns, cells, {(row, "gap"): "z" for row in range(rows)})}), "steps")
    for symbol, said in (("z", "does not apply"), ("x", "not available")):
        spoken = f'<span aria-hidden="true">[{symbol}]</span><span class="govuk-visually-hidden">{said}</span></td>'
        assert html.count(spoken) == rows
    assert html.count("[u]<") == rows


def test_rows_beyond_the_first_wait_behind_show_the_other_rows() -> None:
    released = answer({"steps": table(COLUMNS, _labels(*(f"Step {n}" for n in range(25))))})
    html = table_html(released, "steps", shown=20)
    shown, _, rest = html.partition("<details")
    assert "Step 19<" in shown
    assert "Step 20<" not in shown
    assert 'Show the other 5 rows <span class="govuk-visually-hidden">of: Steps</span></span></summary>' in rest
    assert "Show the other row <" in table_html(released, "steps", shown=24)
    assert "Step 24<" in rest


def test_a_page_never_holds_more_rows_than_its_bound_and_says_so() -> None:
    released = answer({"steps": table(COLUMNS, _labels(*(f"Step {n}" for n in range(25))))})
    html = table_html(released, "steps", shown=5, most=10)
    assert "Step 9<" in html
    assert "Step 10<" not in html
    assert "The first 10 of 25 rows" in html


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_csv_text_never_starts_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    lines = table_csv(answer({"steps": table(COLUMNS, _labels(text, f" {text}"))}), "steps")
    rows = list(csv.reader(lines.split("\r\n", 1)[1].splitlines(keepends=True)))
    assert rows[1][0].startswith("'")
    assert rows[2][0].startswith("'")


def test_csv_numbers_stay_numbers_and_missing_cells_are_symbols() -> None:
    columns = [*COLUMNS, Column("gap", "mean", "days")]
    released = answer({"steps": table(columns, [{"step": "A", "cases": None, "gap": -2.5}], {(0, "cases"): "c"})})
    assert table_csv(released, "steps").splitlines()[1:] == ["step,cases,gap", "A,[c],-2.5"]


def test_csv_begins_with_one_comment_that_spreadsheets_keep_in_one_cell() -> None:
    first = table_csv(by_channel(policy=UNCHECKED, basis=Basis.MADE_UP), "channels").splitlines()[0]
    assert first.startswith("# U3.1 What paths do customers take? | basis: made-up | not for release")
    assert "," not in first


def test_arrow_has_types_and_says_where_it_comes_from() -> None:
    arrow = to_arrow(by_channel(), "channels")
    assert arrow.schema.field("cases").type == "int64"
    assert arrow.column("cases").to_pylist() == [1250, 110, None]
    assert arrow.schema.metadata[b"basis"] == b"recorded"


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for library, convert in (("pandas", to_pandas), ("polars", to_polars), ("pyarrow", to_arrow)):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(Missing, match=f"'{library}' is not installed"):
            convert(by_channel(), "channels")


def test_a_long_unit_stands_above_the_figures_and_a_path_as_its_two_steps() -> None:
    columns = [
        Column("path", "label", title="Path"),
        Column("from_step", "label", title="From"),
        Column("to_step", "label", title="To"),
        Column("days", "mean", "customer days", "Days waited"),
    ]
    rows: list[dict[str, Value]] = [
        {"path": f"A → {to}", "from_step": "A", "to_step": to, "days": 1200.0} for to in ("B", "C")
    ]
    released = answer({"paths": table(columns, rows)})
    texts = _read(table_html(released, "paths")).texts
    assert "Days waited (customer days)" in texts
    assert "1,200" in texts
    assert "A → B" not in texts
    assert "A → B" in table_csv(released, "paths")
    assert {"A", "B"} <= set(texts)


def test_a_first_column_of_plain_numbers_names_its_rows() -> None:
    columns = [Column("day", "number", "days", "Day"), Column("cases", "count", "cases")]
    rows: list[dict[str, Value]] = [{"day": 1, "cases": 20}, {"day": 2, "cases": 30}]
    html = table_html(answer({"steps": table(columns, rows)}), "steps")
    assert '<th scope="col" class="govuk-table__header">Day</th>' in html
    assert '<th scope="row" class="govuk-table__header">1 day</th>' in html
