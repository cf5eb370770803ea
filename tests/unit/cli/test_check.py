"""`outward check`: lines by place, a summary, exit codes, JSON, and what is said of rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outward.checks.rules import rules
from outward.cli.main import exit_code
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.home import Change

HEADER = "title: Claims\nbody: Downland Council\nchampion: Director of service\nchampion_on_board: yes\n"
GROUPS = "- id: a\n  title: All\n- id: own\n  title: Self-employed\n  parent: a\n  status: future\n"
ON = ("--on", "2026-06-30")


@pytest.fixture
def claims(folder: Path) -> Path:
    """A folder with a workspace in which one thing is wrong."""
    here = folder / "claims"
    (here / "records").mkdir(parents=True)
    (here / "workspace.yaml").write_text(HEADER)
    (here / "records" / "groups.yaml").write_text(GROUPS)
    return here


def run(*arguments: str) -> int:
    return exit_code(["check", *arguments])


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_what_is_found_is_said_by_file_and_line_then_summed_up(claims: Path, capsys: Any) -> None:
    assert run("claims", *ON, "--severity", "warning") == 1
    assert told(capsys) == [
        "records/groups.yaml:3: U104 Customer group 'Self-employed' is future, and how people become members "
        "is not said. (warning)",
        "1 thing found on 2026-06-30: 1 warning.",
    ]


def test_without_a_name_the_folder_in_which_one_is_is_checked(
    claims: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(claims)
    assert run(*ON, "--only", "U104") == 1
    assert told(capsys)[-1] == "1 thing found on 2026-06-30: 1 warning."


def test_notes_alone_do_not_fail(claims: Path, capsys: Any) -> None:
    (claims / "records" / "groups.yaml").unlink()
    assert run("claims", *ON) == 0
    assert told(capsys)[-1] == "6 things found on 2026-06-30: 6 notes."
    assert run("claims", *ON, "--severity", "error") == 0
    assert told(capsys) == ["Nothing was found on 2026-06-30."]


def test_a_part_of_the_rules_can_be_asked_for(claims: Path, capsys: Any) -> None:
    assert run("claims", *ON, "--only", "o", "--only", "R1") == 0
    assert [(line.split()[1], line.split()[-1]) for line in told(capsys)[:-1]] == [
        ("O100", "(note)"),
        ("R100", "(note)"),
    ]


def test_what_is_silenced_is_counted(claims: Path, capsys: Any) -> None:
    text = "- id: s\n  title: S\n  rule: U104\n  reason: A trial.\n  until: 2026-12-31\n"
    (claims / "records" / "silenced_rules.yaml").write_text(text)
    assert run("claims", *ON, "--only", "U104") == 0
    assert told(capsys) == ["Nothing was found on 2026-06-30. 1 more silenced."]
    assert run("claims", "--on", "2026-12-31", "--only", "U104") == 1


def test_a_workspace_that_cannot_be_read_says_every_problem_in_the_same_form(claims: Path, capsys: Any) -> None:
    (claims / "records" / "groups.yaml").write_text("".join(f"- id: g{n}\n  titel: G\n" for n in range(30)))
    assert run("claims") == 3
    lines = told(capsys)
    assert lines[0].startswith("records/groups.yaml:1: W00")
    assert lines[-1] == "The workspace cannot be read: 60 problems. Mend these first, then check."
    assert len(lines) == 61
    assert run("claims", "--json", *ON) == 3
    found = json.loads("\n".join(told(capsys)))
    assert (found["version"], found["found"], len(found["problems"])) == (1, [], 60)
    assert found["problems"][0]["file"] == "records/groups.yaml"


def test_json_says_the_same(claims: Path, capsys: Any) -> None:
    assert run("claims", *ON, "--json", "--only", "U104", "--only", "D100") == 1
    found = json.loads("\n".join(told(capsys)))
    assert found["version"] == 1
    assert found["on"] == "2026-06-30"
    assert found["counts"] == {"error": 0, "warning": 1, "note": 1}
    assert found["found"][0] | {"message": ""} == {
        "code": "U104",
        "severity": "warning",
        "kind": "group",
        "id": "own",
        "title": "Self-employed",
        "field": "becomes",
        "begin": "",
        "file": "records/groups.yaml",
        "line": 3,
        "message": "",
    }
    assert (found["found"][1]["begin"], found["silenced"], found["problems"]) == ("objective", [], [])


def test_every_rule_is_listed_with_why_and_how_to_mend_it(folder: Path, capsys: Any) -> None:
    assert run("--list") == 0
    text = "\n".join(told(capsys))
    for rule in rules().values():
        assert f"{rule.code} {rule.severity}: {rule.says}\n  Why: {rule.why}\n  Mend: {rule.mend}" in text
    assert run("--list", "--json") == 0
    assert [one["code"] for one in json.loads("\n".join(told(capsys)))["rules"]] == list(rules())


def test_one_rule_is_explained(folder: Path, capsys: Any) -> None:
    assert run("--explain", "o203") == 0
    assert told(capsys)[0] == "O203 warning: People are rewarded by a measure that no customer asked for."


def test_what_would_turn_a_terminal_round_is_left_out(claims: Path, capsys: Any) -> None:
    (claims / "records" / "groups.yaml").write_text('- id: a\n  title: "A\\u202e31m"\n  status: future\n')
    assert run("claims", *ON, "--only", "U104") == 1
    assert told(capsys)[0].startswith("records/groups.yaml:1: U104 Customer group 'A31m' is future")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Which workspace is to be checked?"),
        (("claims", "--only", "Z9"), "There is no rule 'Z9'."),
        (("claims", "--severity", "warnings"), "Did you mean 'warning'?"),
        (("claims", "--on", "soon"), "'soon' is no day. Write it as 2026-03-31."),
        (("--explain", "U999"), "There is no rule 'U999'."),
        (("nowhere",), "nowhere"),
        (("folder",), "The folder 'folder' holds no workspace."),
    ],
)
def test_what_cannot_be_meant_is_refused(claims: Path, arguments: tuple[str, ...], said: str, capsys: Any) -> None:
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_in_a_database_the_place_is_the_record(folder: Path, capsys: Any) -> None:
    header = {"id": "claims", "title": "Claims", "body": "A council"}
    group = {"id": "own", "title": "Self-employed", "status": "future"}
    changes = [Change("workspace", "claims", None, header), Change("group", "own", None, group)]
    DatabaseHome(folder / "claims.sqlite").change(changes, "Head of claims")
    assert run("claims.sqlite", *ON, "--only", "U104", "--only", "W101") == 1
    assert [line.split(": ")[0] for line in told(capsys)[:-1]] == ["workspace/claims", "group/own"]
    assert run("claims.sqlite", *ON, "--only", "U104", "--json") == 1
    (found,) = json.loads("\n".join(told(capsys)))["found"]
    assert (found["file"], found["line"], found["kind"], found["id"]) == ("", None, "group", "own")


def test_a_workspace_is_checked_as_it_stood_on_a_day(claims: Path, capsys: Any) -> None:
    assert run("claims", "--as-of", "9999-12-31", "--only", "U104") == 1
    assert any("'Self-employed' is future" in line for line in told(capsys))
    assert run("claims", "--as-of", "1999-12-31") == 3
    assert "Nothing is known of this workspace on 1999-12-31" in capsys.readouterr().err
    assert run("claims", "--as-of", "20260331") == 2
    assert "Write it as 2026-03-31" in capsys.readouterr().err
