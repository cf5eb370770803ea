"""A matrix picture as an HTML grid: one label down, one across, the figure in words in each cell."""

from __future__ import annotations

from outward.answers import Matrix
from outward.disclosure.released import ReleasedAnswer
from outward.present.lettering import safe
from outward.present.scrolling import scrolling
from outward.present.tables import MOST, cell_html
from outward.present.words import cell_at, picture_title

DEPTHS = 5
MOST_ACROSS = 60
"""Columns of one grid."""
SIGN = '<span aria-hidden="true">△ </span>'
"""The mark of a hole, as that of what hangs loose in a diagram; its words say the same."""


def matrix_html(released: ReleasedAnswer, picture: Matrix) -> str:
    """Return the grid; the larger the figure, the deeper the cell's shade (classes outward-depth-0 to -4).

    Args:
        released: the answer.
        picture: names its table and which columns stand down, across and in the cells.
    """
    table = released.tables[picture.table]
    down = [cell_at(table, picture.down, row) for row in range(len(table))]
    across = [cell_at(table, picture.across, row) for row in range(len(table))]
    place = {(one, other): row for row, (one, other) in enumerate(zip(down, across, strict=True))}
    figures = table.values[picture.figure]
    most = max((float(value) for value in figures if isinstance(value, int | float)), default=0.0)
    rows, heads = list(dict.fromkeys(down)), list(dict.fromkeys(across))
    caption = safe(picture_title(released, picture))

    def drawn(one: str, other: str) -> str:
        row = place.get((one, other))
        if row is None:
            return '<td class="govuk-table__cell"></td>' if picture.hole else _hole("none")
        if picture.hole and table.values[picture.hole][row] == "yes":
            return _hole(f"{SIGN}<strong>{cell_html(table, picture.figure, row)}</strong>")
        value = figures[row]
        share = float(value) / most if isinstance(value, int | float) and most > 0 else 0.0
        depth = min(int(max(share, 0.0) * DEPTHS), DEPTHS - 1)
        words = cell_html(table, picture.figure, row)
        numeric = "" if table.column(picture.figure).kind == "label" else " govuk-table__cell--numeric"
        return f'<td class="govuk-table__cell{numeric} outward-depth-{depth}">{words}</td>'

    cut = _cut(rows, heads, table.column(picture.down).heading)
    rows, heads = rows[:MOST], heads[:MOST_ACROSS]
    head = "".join(f'<th scope="col" class="govuk-table__header">{safe(other)}</th>' for other in heads)
    corner = f'<th scope="col" class="govuk-table__header">{safe(table.column(picture.down).heading)}</th>'
    body = "".join(
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{safe(one)}</th>'
        + "".join(drawn(one, other) for other in heads)
        + "</tr>"
        for one in rows
    )
    grid = scrolling(
        '<table class="govuk-table outward-matrix">'
        f'<caption class="govuk-table__caption govuk-table__caption--s">{caption}</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{corner}{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table>'
    )
    return grid + cut


def _cut(rows: list[str], heads: list[str], down: str) -> str:
    """Return the line that says what of a large grid is not drawn; '' where all is."""
    some = [f"{MOST:,} of {len(rows):,} rows ({down})"] if len(rows) > MOST else []
    some += [f"{MOST_ACROSS} of {len(heads):,} columns"] if len(heads) > MOST_ACROSS else []
    if not some:
        return ""
    said = f"This grid holds the first {' and the first '.join(some)}. The CSV files hold them all."
    return f'<p class="govuk-body-s outward-notes">{safe(said)}</p>'


def _hole(words: str) -> str:
    return f'<td class="govuk-table__cell outward-hole">{words}</td>'
