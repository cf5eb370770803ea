"""Laying is all or nothing, whoever stops it; routes are told apart even where their hashes clash."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import numpy as np
import pytest
from tests.reference.events import Event
from tests.spec.embedded import lay_events

from outward.errors import BadInput, Cancelled, NotFound
from outward.evidence import routes, store
from outward.evidence.annotate import Batch, annotate
from outward.evidence.manifest import read_manifest
from outward.evidence.routes import Routes
from outward.evidence.tables import Settings
from outward.evidence.view import View
from outward.evidence.where import Where

ROOT = Path(__file__).parents[3]
BEGAN = datetime(2024, 1, 1)


def made(*cases: str) -> list[Event]:
    """Return cases given by their steps, a letter each, a day apart."""
    rows = [(case, place, step) for case, steps in enumerate(cases) for place, step in enumerate(steps)]
    return [
        Event(number, f"case {case}", step, BEGAN + timedelta(days=place))
        for number, (case, place, step) in enumerate(rows, start=1)
    ]


class Stops:
    """Progress that a person stops at the n-th word of it."""

    def __init__(self, at: int) -> None:
        self.left, self.shares = at, [0.0]
        self.told: list[str] = []

    def advance(self, share: float, doing: str) -> None:
        self.shares.append(share)
        self.told.append(doing)
        assert doing
        if self.left == 0:
            raise Cancelled("Stopped.")
        self.left -= 1


def inside(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_it_leaves_nothing_of_a_new_log_that_is_cancelled_at_any_step(own_home: Path) -> None:
    target = store.evidence_folder() / "made"
    stopped = 0
    while True:
        try:
            lay_events(made("AB", "AC", "AB"), Settings(), target, 2, Stops(stopped))
        except Cancelled:
            stopped += 1
            assert not [path for path in store.evidence_folder().iterdir() if "made" in path.name]
        else:
            break
    assert stopped > 5
    assert store.find("made").manifest.cases == 3


def test_it_keeps_the_old_log_when_the_new_one_is_cancelled_at_any_step(own_home: Path) -> None:
    target = store.evidence_folder() / "made"
    lay_events(made("AB"), Settings(), target)
    old = inside(target)
    stopped = 0
    while True:
        try:
            lay_events(made("AB", "AC", "AB"), Settings(), target, 2, Stops(stopped))
        except Cancelled:
            stopped += 1
            assert inside(target) == old
        else:
            break
    assert stopped > 5
    assert store.find("made").manifest.cases == 3


def test_progress_only_grows(own_home: Path) -> None:
    watched = Stops(10_000)
    lay_events(made("AB", "AC", "AB"), Settings(), store.evidence_folder() / "made", 2, watched)
    assert watched.shares == sorted(watched.shares)
    assert watched.shares[-1] <= 1


def test_it_refuses_a_log_without_one_usable_row(own_home: Path) -> None:
    events = [Event(1, "1", "A", BEGAN, problem="the date cannot be read")]
    with pytest.raises(BadInput, match="holds no row"):
        lay_events(events, Settings(), store.evidence_folder() / "made")
    assert not (store.evidence_folder() / "made").exists()


def test_the_disk_it_takes_is_said_before_and_refused_where_there_is_less(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, watched = store.evidence_folder() / "made", Stops(10_000)
    lay_events(made("AB"), Settings(), target, 2, watched)
    assert any("1 MB of disk at most" in doing for doing in watched.told)
    taken = sum(path.stat().st_size for path in target.iterdir())
    assert taken < 1_000_000
    old = inside(target)
    monkeypatch.setattr("outward.evidence.disk.shutil.disk_usage", lambda _: SimpleNamespace(free=100))
    with pytest.raises(BadInput, match="too little free disk: 5 events take up to"):
        lay_events(made("AB", "ABC"), Settings(), target)
    assert inside(target) == old
    assert not [path for path in store.evidence_folder().iterdir() if path.name.startswith(".laying")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing a process at a moment needs fork")
def test_a_killed_process_leaves_the_old_or_the_new_log_whole(own_home: Path) -> None:
    renames = [f"{when} rename {number}" for number in (1, 2) for when in ("before", "after")]
    program = [sys.executable, str(Path(__file__).with_name("laying_killed.py")), "2024", "25", *renames]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run(
        program, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr
    found = [line.split(" | ")[0] for line in run.stdout.splitlines()]
    assert found[:4] == [
        "before rename 1: old.csv",
        "after rename 1: old.csv",
        "before rename 2: old.csv",
        "after rename 2: new.csv",
    ]
    assert len(found) == 29
    assert set(found[4:]) <= {"random: old.csv", "random: new.csv"}


def test_leftovers_are_cleared_and_a_log_about_to_be_replaced_comes_back(own_home: Path) -> None:
    target = store.evidence_folder() / "made"
    lay_events(made("AB"), Settings(), target)
    whole = inside(target)
    target.rename(target.with_name(".old-77-made"))
    for name in (".laying-77-made", ".forgotten-77", ".scratch-77"):
        (store.evidence_folder() / name).mkdir(exist_ok=True)
    with pytest.raises(NotFound):
        store.find("made")
    store._clear_leftovers()
    assert inside(store.find("made").folder) == whole
    assert [path.name for path in store.evidence_folder().iterdir()] == ["made"]


def test_an_old_log_left_beside_the_new_one_is_cleared(own_home: Path) -> None:
    target = store.evidence_folder() / "made"
    lay_events(made("AB"), Settings(), target)
    target.rename(target.with_name(".old-77-made"))
    lay_events(made("AB", "AC"), Settings(), target)
    store._clear_leftovers()
    assert store.find("made").manifest.cases == 2
    assert not target.with_name(".old-77-made").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders private in another way")
def test_only_its_owner_can_read_a_laid_log(own_home: Path) -> None:
    target = store.evidence_folder() / "made"
    lay_events(made("AB"), Settings(), target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.evidence_folder().stat().st_mode) == 0o700


def test_case_and_customer_numbers_are_nowhere_in_a_laid_log(own_home: Path) -> None:
    events = [
        Event(number, "case-4711", step, BEGAN, None, "QQ123456C", {"resource": "J. Clerk"})
        for number, step in enumerate("ABC", start=1)
    ]
    target = store.evidence_folder() / "made"
    lay_events(events, Settings(), target)
    for name, content in inside(target).items():
        for secret in (b"4711", b"QQ123456C", b"J. Clerk"):
            assert secret not in content, name
    assert read_manifest(target).places["resource"] == ("Worker 1",)


def test_events_lie_in_order_of_case_and_position_however_many_they_are(own_home: Path, tmp_path: Path) -> None:
    """More rows than one thread writes at once: the files must not depend on who comes first."""
    path, cases = tmp_path / "many.parquet", 100_000
    moment = "TIMESTAMP '2024-01-01' + INTERVAL (step * 7 + number % 13) HOUR"
    duckdb.sql(
        f"COPY (SELECT number::VARCHAR AS \"case\", 'Step ' || step AS activity, {moment} AS time "
        f"FROM range({cases}) AS c(number), range(4) AS s(step) ORDER BY time, hash(number)) TO '{path}'"
    )
    log = store.bring_in(path)
    with View.open(log, Where()) as view:
        files = f"read_parquet('{log.folder}/events-*.parquet', file_row_number = true, filename = true)"
        ((events, jumbled),) = view.rows(
            "SELECT count(*), count(*) FILTER (case_no < before OR (case_no = before AND position <> place + 1)) FROM ("
            "SELECT case_no, position, lag(case_no, 1, -1) OVER whole AS before, lag(position) OVER whole AS place "
            f"FROM {files} WINDOW whole AS (ORDER BY filename, file_row_number))"
        )
    assert (events, jumbled) == (4 * cases, 0)


def test_routes_whose_hashes_clash_are_told_apart(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = ("AB", "BA", "AB", "A", "ABC", "BA", "AB", "CBA", "A")
    monkeypatch.setattr(routes, "_hashes", lambda flow, starts, lengths: np.zeros(len(starts), np.uint64))
    log = lay_events(made(*cases), Settings(), store.evidence_folder() / "made", events_a_batch=4)
    with View.open(log, Where()) as view:
        found = view.rows("SELECT cases, steps FROM variants ORDER BY variant")
        taken = view.rows("SELECT steps FROM cases JOIN variants USING (variant) ORDER BY case_no")
    named = [("".join(view.activities[code] for code in steps), cases) for cases, steps in found]
    assert named[0] == ("AB", 3)
    assert dict(named) == {"AB": 3, "BA": 2, "A": 2, "ABC": 1, "CBA": 1}
    assert ["".join(view.activities[code] for code in steps) for (steps,) in taken] == list(cases)


def test_a_clash_with_the_last_hash_wraps_round() -> None:
    last = np.uint64(2**64 - 1)
    found = Routes()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(routes, "_hashes", lambda flow, starts, lengths: np.full(len(starts), last))
        batch = Batch(np.array([0, 1, 2]), np.arange(3), np.array([5, 6, 5]))
        assert found.number(batch).tolist() == [0, 1, 0]


def test_it_finds_repeats_among_more_than_sixty_four_steps() -> None:
    activity = np.array([3, 67, 3, 67, 131, 3], np.int16)
    made_of = annotate(Batch(np.zeros(6, np.int32), np.arange(6), activity)).columns
    assert made_of["first_visit"].tolist() == [True, True, False, False, True, False]
    assert made_of["first_arc"].tolist() == [True, True, False, True, True, True]
    assert made_of["extra"].tolist() == [0, 0, 0, 1, 0, 2]
