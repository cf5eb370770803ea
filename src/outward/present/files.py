"""An answer as a file of its own: HTML, JSON, CSV or SVG."""

from __future__ import annotations

from collections.abc import Callable

from outward.answers import Chart, Diagram, Map
from outward.disclosure.released import ReleasedAnswer
from outward.errors import UsageError
from outward.present.charts import chart_svg
from outward.present.diagram import diagram_svg
from outward.present.json import json_text
from outward.present.map_svg import map_svg
from outward.present.report import Section, html_file
from outward.present.tables import table_csv
from outward.present.words import titled


def answer_file(released: ReleasedAnswer, suffix: str) -> str:
    """Return the text of a file of this kind.

    Args:
        released: the answer.
        suffix: '.html', '.json', '.csv' (every table, one below the other) or '.svg' (the first picture).

    Raises:
        UsageError: the kind is not known, or there is no picture to draw.
    """
    if suffix.lower() not in KINDS:
        raise UsageError.unknown("kind of file", suffix, KINDS)
    return KINDS[suffix.lower()](released)


def _html(released: ReleasedAnswer) -> str:
    return html_file(titled(released), [Section(f"Question {released.question}", [], [released])])


def _csv(released: ReleasedAnswer) -> str:
    return "\n".join(table_csv(released, name) for name in released.tables)


def _svg(released: ReleasedAnswer) -> str:
    for picture in released.pictures:
        if isinstance(picture, Map):
            return map_svg(released, picture)
        if isinstance(picture, Chart):
            return chart_svg(released, picture)
        if isinstance(picture, Diagram):
            return diagram_svg(released, picture)
    raise UsageError(f"The answer to {released.question} has no picture to draw.")


KINDS: dict[str, Callable[[ReleasedAnswer], str]] = {
    ".html": _html,
    ".json": json_text,
    ".csv": _csv,
    ".svg": _svg,
}
