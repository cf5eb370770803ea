from __future__ import annotations

from collections import defaultdict, deque

import duckdb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from outward.evidence.pairing import has_pairs, paired_sql

Row = tuple[int, str, str, int, str]


def paired(rows: list[Row]) -> tuple[dict[int, int], set[int]]:
    """Completion row to the minute its start began, and the rows of starts left alone: by the engine."""
    with duckdb.connect() as engine:
        engine.execute(
            "CREATE TABLE made (row_no BIGINT, case_id VARCHAR, activity VARCHAR, minute INT, phase VARCHAR)"
        )
        if rows:
            engine.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?)", rows)
        query = (
            "SELECT row_no, case_id, activity, TIMESTAMP '2024-01-01' + to_minutes(minute) AS time, phase, "
            "NULL::VARCHAR AS problem FROM made"
        )
        found = engine.execute(
            "SELECT row_no, (epoch(began - TIMESTAMP '2024-01-01') / 60)::INT, lone "
            f"FROM ({paired_sql(query)}) ORDER BY row_no"
        ).fetchall()
    assert len(found) == len(rows)
    return {row: began for row, began, _ in found if began is not None}, {row for row, _, lone in found if lone}


def paired_plainly(rows: list[Row]) -> tuple[dict[int, int], set[int]]:
    """The same by walking through the rows with a queue for each case and activity."""
    waiting: dict[tuple[str, str], deque[tuple[int, int]]] = defaultdict(deque)
    began: dict[int, int] = {}
    for row, case, activity, minute, phase in sorted(rows, key=lambda r: (r[3], r[4] != "start", r[0])):
        queue = waiting[case, activity]
        if phase == "start":
            queue.append((row, minute))
        elif queue:
            began[row] = queue.popleft()[1]
    return began, {row for queue in waiting.values() for row, _ in queue}


def test_the_earliest_start_is_completed_first() -> None:
    rows = [
        (1, "c", "A", 0, "start"),
        (2, "c", "A", 5, "start"),
        (3, "c", "A", 7, "complete"),
        (4, "c", "A", 9, "complete"),
    ]
    assert paired(rows) == ({3: 0, 4: 5}, set())


def test_a_completion_before_any_start_has_none() -> None:
    rows = [
        (1, "c", "A", 0, "complete"),
        (2, "c", "A", 5, "start"),
        (3, "c", "A", 7, "complete"),
        (4, "c", "A", 9, "start"),
    ]
    assert paired(rows) == ({3: 5}, {4})


def test_a_start_and_its_completion_may_share_a_time() -> None:
    assert paired([(1, "c", "A", 3, "complete"), (2, "c", "A", 3, "start")]) == ({1: 3}, set())


@given(
    st.lists(
        st.tuples(
            st.sampled_from("cd"), st.sampled_from("AB"), st.integers(0, 8), st.sampled_from(["start", "complete"])
        ),
        max_size=24,
    )
)
def test_pairing_agrees_with_a_queue(made: list[tuple[str, str, int, str]]) -> None:
    rows: list[Row] = [(number, *one) for number, one in enumerate(made, 1)]
    assert paired(rows) == paired_plainly(rows)


def test_pairing_agrees_with_a_queue_on_a_larger_log() -> None:
    rng = np.random.default_rng(7)
    rows: list[Row] = [
        (
            n,
            f"c{rng.integers(40)}",
            f"A{rng.integers(3)}",
            int(rng.integers(5000)),
            str(rng.choice(["start", "complete"])),
        )
        for n in range(1, 4001)
    ]
    assert paired(rows) == paired_plainly(rows)


def test_pairs_need_both_kinds() -> None:
    assert not has_pairs({"complete": 3, "schedule": 2})
    assert has_pairs({"complete": 3, "start": 1})
