"""The step list: renamed, merged and hidden steps, and those that look misspelt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_case_logs import case, cases, laid, roles_of, write

from outward.asking import ask
from outward.cli.main import exit_code
from outward.errors import UsageError
from outward.evidence.step_list import distance, slips
from outward.evidence.store import LaidLog, bring_in
from outward.evidence.tables import Settings

LOG = [
    *cases(60, "Apply 0, Call 1, Decide 2", area="North"),
    *cases(20, "Aply 0, Call 1, Decide 2", first=61, area="South"),
]


def steps_of(log: LaidLog) -> set[str]:
    return set(log.manifest.activities)


def given(**steps: str) -> Settings:
    return Settings(steps=steps)


def test_a_renamed_step_goes_by_its_new_name(tmp_path: Path) -> None:
    assert steps_of(laid(tmp_path, LOG, given(Call="Ring up"))) == {"Apply", "Aply", "Ring up", "Decide"}


def test_steps_of_one_name_are_one_step(tmp_path: Path) -> None:
    log = laid(tmp_path, LOG, given(Aply="Apply"))
    assert steps_of(log) == {"Apply", "Call", "Decide"}
    assert (log.manifest.events, log.manifest.variants) == (240, 1)


def test_hidden_steps_are_set_aside_counted_and_never_lost_in_silence(tmp_path: Path) -> None:
    log = laid(tmp_path, LOG, given(Call=""))
    assert steps_of(log) == {"Apply", "Aply", "Decide"}
    (aside,) = log.manifest.aside
    assert (aside.reason, aside.rows, aside.cases) == ("its step is hidden, as a person asked", 80, 80)
    assert log.manifest.rows == log.manifest.events + aside.rows


def test_each_step_is_looked_up_by_its_name_in_the_file(tmp_path: Path) -> None:
    log = laid(tmp_path, LOG, Settings(steps={"Apply": "Call", "Call": "Apply"}))
    assert steps_of(log) == {"Apply", "Aply", "Call", "Decide"}
    assert sorted(log.manifest.quality) == sorted(laid(tmp_path, LOG, name="as-it-is.csv").manifest.quality)


def test_a_quote_in_a_step_is_only_a_quote(tmp_path: Path) -> None:
    awkward = [*cases(12, "It's 0, B 1")]
    assert steps_of(laid(tmp_path, awkward, Settings(steps={"It's": "'); DROP TABLE x; --"}))) == {
        "'); DROP TABLE x; --",
        "B",
    }


def test_a_wide_table_has_its_step_list_too(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    rows = [f"{number},2024-01-0{1 + number % 7},2024-02-0{1 + number % 7}" for number in range(40)]
    path.write_text("\n".join(["request_id,date_asked,date_closed", *rows]))
    log = bring_in(path, Settings(steps={"Asked": "Came in"}))
    assert steps_of(log) == {"Came in", "Closed"}


def test_start_and_complete_rows_are_paired_before_their_step_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    rows = [
        f"{n},{step},{phase},2024-01-01 0{hour}:00:00"
        for n in range(20)
        for step, phase, hour in (("A", "start", 1), ("B", "start", 2), ("B", "complete", 3), ("A", "complete", 4))
    ]
    path.write_text("\n".join(["case,activity,lifecycle,time", *rows]))
    plain, merged = bring_in(path), bring_in(path, Settings(steps={"A": "B"}))
    assert plain.manifest.events == merged.manifest.events == 40
    assert merged.manifest.activities == ("B",)
    assert not merged.manifest.aside


def test_a_step_list_of_which_the_file_knows_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no step 'Nothing' to rename or hide"):
        laid(tmp_path, LOG, given(Nothing=""))


def test_a_step_that_is_missing_from_an_extract_is_counted_and_not_named(tmp_path: Path) -> None:
    log = laid(tmp_path, LOG, Settings(steps={"Rare slip": "Apply", "Call": ""}))
    assert "The step list also names 1 that the file does not have." in log.manifest.notes
    assert not [note for note in log.manifest.notes if "Rare slip" in note]


def test_a_changed_step_list_lays_again_and_an_emptied_merge_of_settings_keeps_it(tmp_path: Path) -> None:
    path = write(tmp_path / "made.csv", LOG)
    first = Settings(roles=roles_of(LOG), time_zone="UTC")
    assert "Aply" in steps_of(bring_in(path, first))
    assert "Aply" not in steps_of(bring_in(path, replace(first, steps={"Aply": "Apply"})))
    assert "Aply" not in steps_of(bring_in(path))


def test_the_command_line_takes_a_step_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "made.csv", LOG)
    command = ["ask", "E1.1", str(path), "--json", "--step", "Aply=Apply", "--step", "Call="]
    assert exit_code(command) == 0
    assert "renames or merges 1 and hides 1" in capsys.readouterr().out
    assert exit_code(["ask", "E1.1", str(path), "--step", "Aply"]) == 2
    assert "Write it as 'OLD=NEW'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rare", "common", "is_slip"),
    [
        ("Decsion", "Decision", True),
        ("Decision sendt", "Decision sent", True),
        ("decision  SENT", "Decision sent", True),
        ("Pay", "Say", False),
        ("Letter 1", "Letter 2", False),
        ("Refuse", "Reopen", False),
        ("Dicesoin sent", "Decision sent", False),
    ],
)
def test_a_rare_step_that_is_nearly_a_common_one_looks_misspelt(rare: str, common: str, is_slip: bool) -> None:
    assert (slips({rare: 5, common: 100}) == {rare: common}) is is_slip


def test_a_step_that_is_not_rare_is_no_slip() -> None:
    assert slips({"Decsion": 6, "Decision": 100}) == {}


def test_a_slip_never_stands_for_another_slip() -> None:
    assert slips({"Decision": 9000, "Decisiom": 400, "Decisiomm": 4}) == {
        "Decisiom": "Decision",
        "Decisiomm": "Decision",
    }


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("ab", "ba", 1), ("abcd", "acbd", 1)],
)
def test_the_distance_is_that_of_published_examples(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


def test_e11_counts_events_of_steps_that_look_misspelt_without_naming_them(tmp_path: Path) -> None:
    log = laid(tmp_path, [*cases(400, "Apply 0, Decide 2"), *cases(12, "Aply 0, Decide 2", first=500)])
    answer = ask("E1.1", log)
    checks = {row["check"]: row for row in answer.tables["checks"].rows()}
    assert checks["events whose step looks like another, misspelt"]["found"] == 10
    assert "Aply" not in repr(answer)
    plain = ask("E1.1", laid(tmp_path, cases(40, "Apply 0, Decide 2"), name="plain.csv"))
    assert "misspelt" not in repr(plain)


def test_one_case_with_a_slip_is_not_told(tmp_path: Path) -> None:
    log = laid(tmp_path, [*cases(400, "Apply 0, Decide 2"), case("900", "Aply 0, Decide 2")])
    checks = {row["check"]: row["found"] for row in ask("E1.1", log).tables["checks"].rows()}
    assert checks.get("events whose step looks like another, misspelt") is None
