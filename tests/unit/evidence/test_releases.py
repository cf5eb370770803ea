"""The record of releases: what is refused, what stays on the disk, what a killed process leaves."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.made_case_logs import Case, case, laid, private_log

from outward import asking
from outward.asking import ask
from outward.errors import ReleaseRefused
from outward.evidence.shown_sets import FILE
from outward.evidence.store import LaidLog, bring_in, forget
from outward.evidence.tables import Settings

FEW = "fewer than 10 people"


@pytest.fixture(autouse=True)
def afresh() -> None:
    asking._released.clear()


def people(customers: bool = False) -> list[Case]:
    """Sixty cases: three of the North are seen to twice, fifteen are in the West."""
    log = []
    for place in range(60):
        steps = f"Apply {place}, Decide {place + 3}" + (f", Review {place + 5}" if place < 3 else "")
        columns = {"area": "West" if place % 4 == 3 else "North", "sex": "fm"[place % 2]}
        log.append(case(f"c{place}", steps, **columns, **({"customer": f"p{place // 2}"} if customers else {})))
    return log


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, people())


def show(log: LaidLog, where: str, by: str = "") -> None:
    asking._released.clear()
    ask("E1.1", log, where=where, by=by, guarded=True)


def test_everyone_but_a_few_is_refused_in_plain_words_without_their_number(log: LaidLog) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        show(log, "never(Review)")
    assert FEW in str(refused.value)
    assert "3" not in str(refused.value)
    assert refused.value.status == 403


def test_a_set_is_held_against_every_set_shown_before(log: LaidLog) -> None:
    show(log, "area=North")
    with pytest.raises(ReleaseRefused):
        show(log, "area=North & never(Review)")
    show(log, "area=West")
    show(log, "sex=f")


def test_groups_are_sets_too(log: LaidLog) -> None:
    show(log, "", by="area")
    with pytest.raises(ReleaseRefused):
        show(log, "area=North & never(Review)")


def test_what_was_shown_first_decides(log: LaidLog) -> None:
    show(log, "area=North & never(Review) & sex=f")
    with pytest.raises(ReleaseRefused):
        show(log, "area=North & sex=f")


def test_it_holds_after_a_new_start_and_asking_again_is_no_new_release(log: LaidLog) -> None:
    show(log, "area=North")
    held = (log.folder / FILE).read_bytes()
    show(log, "area=North")
    assert (log.folder / FILE).read_bytes() == held
    with pytest.raises(ReleaseRefused):
        show(LaidLog(log.id, log.folder), "area=North & never(Review)")


def test_nothing_is_recorded_of_what_is_refused(log: LaidLog) -> None:
    show(log, "area=North")
    held = (log.folder / FILE).read_bytes()
    with pytest.raises(ReleaseRefused):
        show(log, "never(Review)", by="sex")
    assert (log.folder / FILE).read_bytes() == held


def test_it_is_off_unless_asked_for_and_everyone_together_needs_no_record(log: LaidLog) -> None:
    ask("E1.1", log, where="never(Review)")
    ask("E1.1", log, guarded=True)
    ask("E1.1", log, where="never(Review)", policy="none", reason="a test", guarded=True)
    assert not (log.folder / FILE).exists()


def test_an_answer_remembered_without_guard_is_not_given_with_it(log: LaidLog) -> None:
    ask("E1.1", log, where="never(Review)")
    with pytest.raises(ReleaseRefused):
        ask("E1.1", log, where="never(Review)", guarded=True)


def test_customers_are_counted_not_their_cases(tmp_path: Path) -> None:
    """All cases but twelve, of six customers."""
    log = [
        case(f"c{place}", f"Apply {place}" + (f", Review {place + 1}" if place < 12 else ""), customer=f"p{place // 2}")
        for place in range(100)
    ]
    found = laid(tmp_path, log)
    with pytest.raises(ReleaseRefused):
        show(found, "never(Review)")


def test_customers_who_are_in_both_sets_are_told_by_the_count_of_customers(tmp_path: Path) -> None:
    """Forty cases of forty customers less thirty: ten cases, but four customers who have no other."""
    log = [case(f"c{place}", f"Apply {place}", customer=f"p{place}", part="first") for place in range(30)]
    log += [case(f"d{place}", f"Apply {place}", customer=f"p{place + 24}", part="second") for place in range(10)]
    found = laid(tmp_path, log)
    with pytest.raises(ReleaseRefused):
        show(found, "part=first")


def test_forgetting_and_laying_again_leave_nothing_of_it(log: LaidLog, tmp_path: Path) -> None:
    show(log, "area=North")
    again = bring_in(tmp_path / "made.csv", Settings(leave_out=("sex",)))
    assert not (again.folder / FILE).exists()
    show(again, "area=North")
    forget(again.id)
    assert not list(again.folder.parent.rglob(FILE))


def test_settings_that_change_no_rows_keep_it(log: LaidLog, tmp_path: Path) -> None:
    show(log, "area=North")
    again = bring_in(tmp_path / "made.csv", Settings(name="Another name"))
    with pytest.raises(ReleaseRefused):
        show(again, "area=North & never(Review)")


@pytest.mark.parametrize("torn", [1, 8, 15])
def test_a_torn_end_is_not_read_and_not_kept(log: LaidLog, torn: int) -> None:
    show(log, "area=North")
    path = log.folder / FILE
    whole = path.read_bytes()
    show(log, "sex=f")
    path.write_bytes(path.read_bytes()[:-torn])
    show(log, "area=West")
    assert path.read_bytes().startswith(whole)
    assert len(path.read_bytes()) == 2 * len(whole)
    with pytest.raises(ReleaseRefused):
        show(log, "area=North & never(Review)")


def test_a_row_of_noughts_at_the_end_is_not_read(log: LaidLog) -> None:
    show(log, "area=North")
    path = log.folder / FILE
    whole = path.read_bytes()
    path.write_bytes(whole + bytes(len(whole)))
    show(log, "area=West")
    assert len(path.read_bytes()) == 2 * len(whole)


def test_it_is_its_owners_alone_and_holds_no_words(tmp_path: Path) -> None:
    log = laid(tmp_path, private_log())
    show(log, "area=North")
    path = log.folder / FILE
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"North" not in path.read_bytes()
    assert b"Hush" not in path.read_bytes()


def test_periods_are_whole_months_and_the_answer_says_so(log: LaidLog) -> None:
    answer = ask("E1.1", log, where="from=2024-01-20 & to=2024-02-11", guarded=True)
    assert answer.parameters["where"] == "from=2024-01-01 & to=2024-02-29"
    assert any("from=2024-01-20 was read as from=2024-01-01" in one.templates[0] for one in answer.caveats)


def test_the_two_sides_of_a_comparison_are_sets_with_whole_months_too(log: LaidLog) -> None:
    asking._released.clear()
    answer = ask("E1.1", log, by="to=2024-01-20 vs from=2024-02-11", guarded=True)
    assert answer.parameters["by"] == "to=2024-01-31 vs from=2024-02-01"
    assert any("to=2024-01-20 was read as to=2024-01-31" in one.templates[0] for one in answer.caveats)
    show(log, "", by="area=North & sex=f vs sex=m")
    with pytest.raises(ReleaseRefused):
        show(log, "area=North & sex=f & never(Review)")


def test_days_come_from_the_list(log: LaidLog) -> None:
    answer = ask("E1.1", log, where="within(Decide, 30d)", guarded=True)
    assert answer.parameters["where"] == "within(Decide, 28d)"
    assert ask("U3.3", log, within_days=30, guarded=True).parameters["within_days"] == 28
    assert ask("U3.3", log, within_days=30).parameters["within_days"] == 30
