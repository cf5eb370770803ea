"""A matrix picture as a grid: bounded like a table, and symbols said in words."""

from __future__ import annotations

import pytest

from outward.answers import Column, Matrix, Sentence, Value
from outward.present.matrix import MOST_ACROSS, matrix_html
from outward.present.tables import MOST

from .made import answer, table

COLUMNS = [Column("need", "label", title="Need"), Column("body", "label"), Column("cases", "count", "cases")]
PICTURE = Matrix("cells", "need", "body", "cases", Sentence("Who meets <which>"))


def drawn(down: int, across: int, *, hidden: bool = False) -> str:
    cells: list[dict[str, Value]] = [
        {"need": f"Need {row}", "body": f"Body {place}", "cases": None if hidden else 20}
        for row in range(down)
        for place in range(across)
    ]
    marks = {(0, "cases"): "c"} if hidden else {}
    return matrix_html(answer({"cells": table(COLUMNS, cells, marks)}, pictures=(PICTURE,)), PICTURE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("down", "across", "said"),
    [
        (MOST, 2, ""),
        (MOST + 1, 1, "the first 500 of 501 rows (Need). The"),
        (2, MOST_ACROSS + 3, "the first 60 of 63 columns. The"),
        (MOST + 9, MOST_ACROSS + 1, "the first 500 of 509 rows (Need) and the first 60 of 61 columns. The"),
    ],
)
def test_a_large_grid_is_bounded_and_says_so(down: int, across: int, said: str) -> None:
    html = drawn(down, across)
    assert html.count('scope="row"') == min(down, MOST)
    assert html.count('scope="col"') == min(across, MOST_ACROSS) + 1
    assert (said in html) if said else ("This grid holds" not in html)


def test_a_symbol_in_a_grid_is_said_in_words() -> None:
    assert '[c]</span><span class="govuk-visually-hidden">not shown</span></td>' in drawn(1, 1, hidden=True)
    assert "<which>" not in drawn(1, 1)
