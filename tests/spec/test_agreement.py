"""Both engines agree on made logs: ties, repeated rows, loops, missing starts, odd labels, several batches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from outward.catalogue import asked_of, find
from outward.evidence.laying import EVENTS_A_BATCH
from outward.evidence.view import View
from outward.evidence.where import Where
from tests.reference.events import Event
from tests.reference.flows import Row
from tests.reference.questions import FIGURES, Reference
from tests.spec import embedded
from tests.spec.made_logs import Made, logs_with_looks

TINY_BATCH = 7
NEED_CASES = ("spans", "working spans", "endings")


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
@settings(max_examples=settings().max_examples // 2)
def test_both_engines_give_the_same_figures(made: Made) -> None:
    reference = Reference(made.events, made.settings)
    with laid(made) as engine:
        for look in made.looks:
            names = [name for name in FIGURES if name not in NEED_CASES or not made.leaves_none(look)]
            asked = (names, Where.parse(str(look.where)), look.by, look.smallest_group)
            expected, found = reference.figures(*asked), engine.figures(*asked)
            for name in names:
                assert in_any_order(found[name]) == in_any_order(expected[name]), (name, look)


def contents(events: list[Event], made: Made, events_a_batch: int) -> dict[str, bytes]:
    """Return the bytes of every file of a laid log, by name."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made"
        embedded.lay_events(events, made.settings, target, events_a_batch)
        return {path.name: path.read_bytes() for path in sorted(target.iterdir())}


def rows_of(events: list[Event], made: Made, events_a_batch: int) -> dict[str, list[object]]:
    """Return the rows of every file of a laid log, the batches of events joined."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made"
        log = embedded.lay_events(events, made.settings, target, events_a_batch)
        found: dict[str, list[object]] = {"manifest": [repr(log.manifest)]}
        with View.open(log, Where()) as view:
            for name in ("events", "all_cases", "variants"):
                found[name] = list(view.rows(f"SELECT * FROM {name} ORDER BY ALL"))
            tokens = f"read_parquet('{target / 'tokens.parquet'}')"
            found["tokens"] = list(view.rows(f"SELECT * FROM {tokens} ORDER BY ALL"))
        return found


@given(logs_with_looks())
@settings(max_examples=settings().max_examples // 4)
def test_laying_twice_gives_the_same_bytes(made: Made) -> None:
    assert contents(made.events, made, TINY_BATCH) == contents(made.events, made, TINY_BATCH)


@given(logs_with_looks())
@settings(max_examples=settings().max_examples // 4)
def test_the_size_of_batches_changes_nothing(made: Made) -> None:
    assert rows_of(made.events, made, 1) == rows_of(made.events, made, EVENTS_A_BATCH)


@given(logs_with_looks(), st.integers(0, 2**32 - 1))
@settings(max_examples=settings().max_examples // 4)
def test_the_order_of_rows_changes_nothing_where_times_differ(made: Made, seed: int) -> None:
    apart = [replace(event, time=event.time + timedelta(seconds=event.row)) for event in made.events]
    order = np.random.default_rng(seed).permutation(len(apart)).tolist()
    mixed = [replace(apart[place], row=number) for number, place in enumerate(order, start=1)]
    names = [name for name in FIGURES if name not in NEED_CASES]
    told = []
    for events in (apart, mixed):
        with laid(replace(made, events=events)) as engine:
            told.append(engine.figures(names, Where()))
    for name in names:
        assert in_any_order(told[0][name]) == in_any_order(told[1][name]), name


@given(logs_with_looks())
@settings(max_examples=settings().max_examples // 8)
def test_every_question_has_an_answer_for_every_look_at_any_cases(made: Made) -> None:
    with laid(made) as engine:
        for look in made.looks:
            if made.leaves_none(look):
                continue
            with View.open(engine.log, look.where, look.by, look.smallest_group) as view:
                for id in asked_of("data set"):
                    assert find(id).answer(view).question == id, look
