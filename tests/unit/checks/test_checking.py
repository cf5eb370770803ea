"""What a whole check returns: by place, with what is silenced and until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outward.checks.checking import check
from outward.checks.rules import rule, rule_of, rules
from outward.errors import UsageError
from outward.workspace.folder.reading import read_workspace

from .made import ON, Records, workspace_of

FUTURE: Records = {"group": [{"id": "a", "status": "future"}, {"id": "b", "status": "future"}]}


def codes(records: Records, on: date = ON) -> list[str]:
    return [one.rule.code for one in check(workspace_of(records), on).found]


def test_an_empty_workspace_gets_one_note_for_each_thing_to_begin_with() -> None:
    checked = check(workspace_of({}), ON)
    assert [(one.rule.code, one.begin) for one in checked.found] == [
        ("U100", "group"),
        ("U200", "need"),
        ("O100", "measure"),
        ("R100", "stakeholder"),
        ("D100", "objective"),
        ("D500", "finding"),
        ("W104", ""),
    ]
    assert checked.clean


def test_what_a_few_groups_and_nothing_else_get_is_no_list_of_everything_that_is_missing() -> None:
    assert {"U201", "D101", "R302", "O201"}.isdisjoint(codes({"group": [{"id": "a"}, {"id": "b"}]}))


def test_a_silence_holds_for_its_record_until_its_day_and_is_counted() -> None:
    silence = {"id": "s", "rule": "u104", "record": "group/a", "reason": "A trial.", "until": "2026-07-01"}
    silenced = {**FUTURE, "silence": [silence]}
    checked = check(workspace_of(silenced), ON)
    assert [one.id for one in checked.found if one.rule.code == "U104"] == ["b"]
    assert [(one.id, held.reason) for one, held in checked.silenced] == [("a", "A trial.")]
    after = check(workspace_of(silenced), date(2026, 7, 1))
    assert [one.id for one in after.found if one.rule.code == "U104"] == ["a", "b"]
    assert "W201" in [one.rule.code for one in after.found]


def test_a_silence_of_no_record_holds_for_all() -> None:
    checked = check(workspace_of({**FUTURE, "silence": [{"id": "s", "rule": "U104"}]}), ON)
    assert [one.id for one, _ in checked.silenced] == ["a", "b"]
    assert not checked.only(["U1"]).found


@pytest.mark.parametrize("code", ["W201", "W202", "W203", "W204"])
def test_rules_about_silences_cannot_be_silenced(code: str) -> None:
    ended = {"id": "t", "rule": "U104", "until": "2020-01-01"}
    needless = {"id": "u", "rule": "D101"}
    unknown = {"id": "v", "rule": "X1", "until": "2999-01-01"}
    found = codes({"silence": [{"id": "s", "rule": code}, ended, needless, unknown]})
    assert code in found
    assert "W202" in found


def test_what_is_found_stands_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "workspace.yaml").write_text("title: Claims\nchampion: Head of claims\nchampion_on_board: no\n")
    (tmp_path / "records" / "groups.yaml").write_text("- id: a\n  title: A\n- id: b\n  title: B\n  status: future\n")
    (tmp_path / "records" / "needs.yaml").write_text("- id: n\n  title: N\n  groups: [a, b]\n  findings:\n")
    checked = check(read_workspace(tmp_path), ON)
    assert [str(one) for one in checked.only(["U10", "U20", "W102"], "warning").found] == [
        "records/groups.yaml:3: U104 Customer group 'B' is future, and how people become members is not said. "
        "(warning)",
        "records/needs.yaml:4: U202 Need 'N' rests on no finding and no interview. (warning)",
        "workspace.yaml:3: W102 The champion, Head of claims, does not sit on the board. (warning)",
    ]


def test_without_files_the_place_is_the_record() -> None:
    assert [one.where for one in check(workspace_of(FUTURE), ON).only(["U104"]).found] == ["group/a", "group/b"]


def test_a_part_can_be_chosen_by_code_and_by_weight() -> None:
    whole = check(workspace_of({**FUTURE, "interview": [{"id": "i"}]}), ON)
    assert {one.rule.code for one in whole.only(["u3"]).found} == {"U301", "U302"}
    assert {one.rule.code for one in whole.only(severity="error").found} == {"U301"}
    assert whole.only(severity="warning").counts["note"] == 0
    assert whole.counts["note"] > 0
    assert not whole.clean


def test_a_code_is_found_in_small_letters_and_its_nearest_is_offered() -> None:
    assert rule_of("o201") is rules()["O201"]
    with pytest.raises(UsageError, match=r"There is no rule 'O299'\. Did you mean 'O"):
        rule_of("O299")


def test_a_code_is_never_given_twice() -> None:
    with pytest.raises(ValueError, match="O201 stands twice"):
        rule("O201", "note", why="", mend="")(lambda workspace: iter(()))
