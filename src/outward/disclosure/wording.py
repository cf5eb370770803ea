"""Sentences, pictures and dates of an answer: nothing in them may name what was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from outward.answers import PLACE, Chart, Evidence, Picture, Sentence, Table
from outward.disclosure.released import ReleasedTable

TOO_FEW = "Too few customers to say."
DATA_KEYS = ("data", "datasets")
LIMIT_KEYS = ("domain", "domainMin", "domainMax")
LIMITS = (0, 1, 100)
"""Ends of an axis that a chart may name; any other could be an exact figure."""

Tables = Mapping[str, ReleasedTable]


def spoken(sentence: Sentence, tables: Tables, otherwise: str = TOO_FEW) -> Sentence:
    """Return the sentence without templates that name a row which was left out.

    Args:
        sentence: templates over table cells, the fullest first.
        tables: the released tables.
        otherwise: what to say where no template is left.
    """
    left = [words for words in sentence.templates if _sayable(words, tables)]
    return Sentence(*left) if left else Sentence(otherwise)


def caveats_spoken(caveats: Collection[Sentence], tables: Tables) -> tuple[Sentence, ...]:
    """Return the caveats, without those of which nothing can be said."""
    kept = ([words for words in one.templates if _sayable(words, tables)] for one in caveats)
    return tuple(Sentence(*templates) for templates in kept if templates)


def _sayable(words: str, tables: Tables) -> bool:
    return all(_stands(place["table"], place["row"], place["column"], tables) for place in PLACE.finditer(words))


def _stands(name: str, row: str | None, column: str, tables: Tables) -> bool:
    """Return whether a place is in a released table; the row that it names too, where it names one."""
    assert name in tables, f"a template names the table {name}, which the answer does not have"
    table = tables[name]
    assert column in table.values, f"a template names {name}.{column}, which is not a column to show"
    if row is None or "=" not in row:
        return True
    by, value = row.split("=", 1)
    return value in [str(cell) for cell in table.values.get(by, ())]


def withheld(raw: Mapping[str, Table], tables: Tables) -> set[str]:
    """Return the words that stand in the exact tables, and in none of the released ones."""
    shown = {cell for table in tables.values() for cells in table.values.values() for cell in cells}
    return {
        cell
        for table in raw.values()
        for column in table.columns
        if column.kind == "label"
        for cell in table.values[column.name]
        if isinstance(cell, str) and cell not in shown
    }


def drawn(picture: Picture, tables: Tables, left_out: Collection[str], title: str) -> Picture:
    """Return the picture with a title that can be said, its spec without words that were left out."""
    picture = replace(picture, title=spoken(picture.title, tables, title))
    if isinstance(picture, Chart):
        _no_figures(picture.spec)
        return replace(picture, spec=_without(picture.spec, left_out))
    return picture


def _no_figures(spec: Any) -> None:
    """Check that a chart's spec brings neither data nor the ends of exact figures.

    Raises:
        AssertionError: it does, which is a fault of the question.
    """
    if isinstance(spec, Mapping):
        for key, value in spec.items():
            assert key not in DATA_KEYS, f"a chart's spec brings its own '{key}'"
            ends = value if isinstance(value, list | tuple) else [value]
            exact = [end for end in ends if isinstance(end, int | float) and end not in LIMITS]
            assert key not in LIMIT_KEYS or not exact, f"a chart's spec has figures in its '{key}'"
            _no_figures(value)
    elif isinstance(spec, list | tuple):
        for value in spec:
            _no_figures(value)


def _without(spec: Any, words: Collection[str]) -> Any:
    if isinstance(spec, Mapping):
        return {key: _without(value, words) for key, value in spec.items()}
    if isinstance(spec, list | tuple):
        return [_without(value, words) for value in spec if not (isinstance(value, str) and value in words)]
    return spec


def whole_months(evidence: Evidence) -> Evidence:
    """Return the evidence with its period widened to whole months.

    The first and the last day of a log are each the day of one person's event.

    >>> from outward.answers import Basis
    >>> widened = whole_months(Evidence("permits", "1", "2024-01-17", "2024-02-03", Basis.RECORDED))
    >>> widened.period_from, widened.period_to
    ('2024-01-01', '2024-02-29')
    """
    first, last = (_day(text) for text in (evidence.period_from, evidence.period_to))
    return replace(
        evidence,
        period_from=first.replace(day=1).isoformat() if first else "",
        period_to=_month_end(last).isoformat() if last else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
