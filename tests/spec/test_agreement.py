"""Both engines agree on made logs: ties, repeated rows, loops, missing starts, odd labels, several batches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given

from outward.evidence.where import Where
from tests.reference.flows import Row
from tests.reference.questions import FIGURES, Reference
from tests.spec import embedded
from tests.spec.made_logs import Made, logs_with_looks

TINY_BATCH = 7


def in_any_order(rows: list[Row]) -> list[list[tuple[str, str]]]:
    """Return rows so that equal ones compare equal, whatever their order."""
    return sorted(sorted((name, repr(value)) for name, value in row.items()) for row in rows)


@contextmanager
def laid(made: Made, events_a_batch: int = TINY_BATCH) -> Iterator[embedded.Embedded]:
    with tempfile.TemporaryDirectory() as folder:
        log = embedded.lay_events(made.events, made.settings, Path(folder) / "made", events_a_batch)
        yield embedded.Embedded(log)


def test_both_engines_know_the_same_figures() -> None:
    assert set(FIGURES) == set(embedded.FIGURES)


@given(logs_with_looks())
def test_both_engines_give_the_same_figures(made: Made) -> None:
    reference = Reference(made.events, made.settings)
    with laid(made) as engine:
        for look in made.looks:
            asked = (Where.parse(str(look.where)), look.by, look.smallest_group)
            for figure in FIGURES:
                if made.leaves_none(look) and figure in ("spans", "endings"):
                    continue
                expected = in_any_order(reference.figures(figure, *asked))
                assert in_any_order(engine.figures(figure, *asked)) == expected, (figure, *asked)
