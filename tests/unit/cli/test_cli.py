"""The command line: what each command does, its exit code, and never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.made_case_logs import HUSHED, private_log, write
from tests.made_workspaces import written

from outward.catalogue import ROOMS, Progress, asked_of
from outward.cli.main import exit_code
from outward.errors import Cancelled
from outward.evidence import store
from outward.evidence.store import data_sets
from outward.looking import ASKED_APART

Said = pytest.CaptureFixture[str]
ROLES = ("case", "activity", "time", "customer", "resource", "channel")
KNOWN = [part for role in ROLES for part in ("--role", f"{role}={role}")]
FULL = [*KNOWN, "--ending", "Pay=done", "--gave-up-after", "20", "--extract-date", "2024-03-31"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        *(
            [name, "--help"]
            for name in ("look", "ask", "compare", "questions", "forget", "data", "serve", "new", "demo")
        ),
    ],
)
def test_help_is_no_error(arguments: list[str], capsys: Said) -> None:
    assert exit_code(arguments) == 0
    assert "Usage" in capsys.readouterr().out


def test_look_writes_one_page_and_says_what_is_in_it(folder: Path, capsys: Said) -> None:
    assert exit_code(["look", "log.csv", *FULL]) == 0
    said = capsys.readouterr().out
    for words in ("Look at these first", "How it has gone", "What cannot be answered yet", "Written to log.html"):
        assert words in said
    (page,) = folder.glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")


def test_two_sides_are_compared_in_words_as_json_and_in_a_file(folder: Path, capsys: Said) -> None:
    assert exit_code(["look", "log.csv", *FULL, "--file", "-"]) == 0
    sides = ["--a", "area=North", "--b", "area=South"]
    capsys.readouterr()
    assert exit_code(["compare", "log.csv", *sides, "--file", "folder"]) == 0
    said = capsys.readouterr().out
    assert "North beside South" in said
    assert "comparisons made" in said
    (page,) = (folder / "folder").glob("*.html")
    assert page.name == "log-north-beside-south.html"
    assert exit_code(["compare", "log.csv", *sides, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [side["name"] for side in told["sides"]] == ["North", "South"]
    assert exit_code(["compare", "log.csv", "--a", "channel=Phone"]) == 0
    assert "everyone else" in capsys.readouterr().out


@pytest.mark.parametrize(
    "sides", [["--a", "area=North", "--b", "area=North"], ["--a", "area=Nowhere"], ["--a", "area"]]
)
def test_what_cannot_be_compared_is_a_wrong_command(sides: list[str], capsys: Said) -> None:
    assert exit_code(["compare", "log.csv", *sides]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_look_writes_where_it_is_told_or_nowhere(folder: Path) -> None:
    assert exit_code(["look", "log.csv", "--file", "mine.html"]) == 0
    assert exit_code(["look", "log.csv", "--file", "folder"]) == 0
    assert exit_code(["look", "log.csv", "--file", "-"]) == 0
    assert sorted(str(page.relative_to(folder)) for page in folder.rglob("*.html")) == ["folder/log.html", "mine.html"]


def test_a_page_that_cannot_be_written_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    (folder / "log.html").write_text("what was there")
    assert exit_code(["ask", "U3.1", "log.csv"]) == 0

    def full(self: Path, target: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert exit_code(["ask", "U3.1", "log.csv", "--file", "log.html"]) == 2
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert (folder / "log.html").read_text() == "what was there"
    assert "Traceback" not in capsys.readouterr().err
    assert [page.name for page in folder.iterdir() if page.name.startswith(".log.html")] == []


def test_a_full_disk_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def full(path: Path, given: object, progress: Progress, **_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "bring_in", full)
    assert exit_code(["look", "log.csv"]) == 3
    assert "No space left on device" in capsys.readouterr().err


def test_the_name_of_a_page_says_made_up_and_not_for_release(folder: Path, capsys: Said) -> None:
    from outward.answers import Basis
    from outward.evidence.store import bring_in
    from outward.evidence.tables import Settings

    id = bring_in(folder / "log.csv", Settings(basis=Basis.MADE_UP)).id
    assert exit_code(["look", id]) == 0
    assert exit_code(["look", id, "--policy", "none", "--reason", "a test"]) == 0
    names = sorted(page.name for page in folder.glob("*.html"))
    assert len(names) == 2
    assert all("made-up" in name for name in names)
    assert ["not-for-release" in name for name in names].count(True) == 1
    said = capsys.readouterr().out
    assert "NOT FOR RELEASE" in said
    assert said.count("MADE-UP DATA") >= 2


def test_look_takes_several_files(folder: Path, capsys: Said) -> None:
    write(folder / "other.csv", private_log(80))
    assert exit_code(["look", "log.csv", "other.csv"]) == 0
    assert {page.name for page in folder.glob("*.html")} == {"log.html", "other.html"}
    assert capsys.readouterr().out.count("Look at these first") == 2


def test_look_on_several_files_prints_one_list_of_json(folder: Path, capsys: Said) -> None:
    write(folder / "other.csv", private_log(80))
    assert exit_code(["look", "log.csv", "other.csv", "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["log", "other"]
    assert not list(folder.glob("*.html"))


def test_look_stops_at_the_first_file_that_cannot_be_read(folder: Path) -> None:
    assert exit_code(["look", "log.csv", "empty.csv"]) == 3
    assert [page.name for page in folder.glob("*.html")] == ["log.html"]


LOOK_SHAPE = {
    "version": int,
    "data_set": str,
    "name": str,
    "basis": str,
    "policy": dict,
    "counts": dict,
    "roles": dict,
    "confirmed": list,
    "quality": dict,
    "findings": list,
    "trend": str,
    "cannot": list,
    "answers": dict,
}
ANSWER_SHAPE = {
    "version": int,
    "question": str,
    "title": str,
    "sentence": str,
    "standing": dict,
    "basis": str,
    "policy": dict,
    "parameters": dict,
    "tables": dict,
    "caveats": list,
    "method": dict,
    "evidence": list,
}


def has_shape(found: dict[str, object], shape: dict[str, type]) -> bool:
    return list(found) == list(shape) and all(isinstance(found[name], kind) for name, kind in shape.items())


def test_the_json_of_a_look_has_its_shape(capsys: Said) -> None:
    assert exit_code(["look", "log.csv", *FULL, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert has_shape(found, LOOK_SHAPE)
    assert list(found["answers"]) == [id for id in asked_of("data set") if id not in ASKED_APART]
    assert all(has_shape(answer, ANSWER_SHAPE) for answer in found["answers"].values())
    assert set(found["quality"]) == {"aside", "checks", "columns"}
    assert found["roles"] == {role: role for role in ROLES}
    assert found["findings"]
    for one in found["findings"]:
        assert list(one) == ["sentence", "question", "where", "customer_days", "standing", "reasons"]
        assert one["standing"] != "firm"


@pytest.mark.parametrize("question", asked_of("data set"))
@pytest.mark.parametrize("more", [[], ["--by", "area"], ["--policy", "none", "--reason", "a test"]])
def test_the_json_of_an_answer_has_its_shape(question: str, more: list[str], capsys: Said) -> None:
    assert exit_code(["ask", question, "log.csv", *FULL, *more, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert has_shape(found, ANSWER_SHAPE)
    assert found["question"] == question
    assert list(found["standing"]) == ["level", "reasons"]
    for table in found["tables"].values():
        assert list(table) == ["columns", "rows", "marks"]
        names = [column["name"] for column in table["columns"]]
        assert all(list(row) == names for row in table["rows"])
        assert all(list(column) == ["name", "unit", "kind"] for column in table["columns"])
        assert "base" not in {column["kind"] for column in table["columns"]}
        blank = {(row, name) for row, cells in enumerate(table["rows"]) for name in names if cells[name] is None}
        assert blank >= {(mark["row"], mark["column"]) for mark in table["marks"]}


@pytest.mark.parametrize("suffix", [".html", ".json", ".csv", ".svg"])
def test_an_answer_is_written_as_the_file_asked_for(suffix: str, folder: Path, capsys: Said) -> None:
    assert exit_code(["ask", "U3.1", "log.csv", *FULL, "--file", f"answer{suffix}"]) == 0
    text = (folder / f"answer{suffix}").read_text(encoding="utf-8")
    begins = {".html": "<!doctype html>", ".json": "{", ".csv": "# U3.1", ".svg": "<svg"}
    assert text.lower().startswith(begins[suffix].lower())
    if suffix == ".json":
        assert has_shape(json.loads(text), ANSWER_SHAPE)
    if suffix == ".csv":
        assert ["from_step", "to_step"] in [row[:2] for row in csv.reader(io.StringIO(text))]
    assert f"Written to answer{suffix}" in capsys.readouterr().out


def test_json_on_the_terminal_stays_json_where_a_file_is_written_too(folder: Path, capsys: Said) -> None:
    assert exit_code(["ask", "U3.1", "log.csv", "--json", "--file", "answer.html"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["question"] == "U3.1"
    assert "Written to answer.html" in said.err
    assert exit_code(["look", "log.csv", "--json", "--file", "look.html"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "log"
    assert (folder / "look.html").exists()


def test_questions_lists_the_catalogue(capsys: Said) -> None:
    assert exit_code(["questions"]) == 0
    said = capsys.readouterr().out
    assert [id for id in ROOMS if f"{id}  " in said] == list(ROOMS)
    assert "within_days=28" in said
    assert "and the holes? (of a workspace)" in said
    assert said.index("The evidence") < said.index("Understanding the customer") < said.index("Using customer")


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_a_question_of_a_workspace_is_answered_from_its_folder(question: str, folder: Path, capsys: Said) -> None:
    written(folder / "claims", group=[{"id": "all"}], need=[{"id": "clear", "groups": ["all"]}])
    assert exit_code(["ask", question, "claims", "--json"]) == 0
    assert has_shape(json.loads(capsys.readouterr().out), ANSWER_SHAPE)
    for suffix in (".html", ".csv"):
        assert exit_code(["ask", question, "claims", "--file", f"answer{suffix}"]) == 0
        assert question in (folder / f"answer{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "D1.1", "claims", "--by", "area"], "takes no groups (--by)"),
        (["ask", "D1.1", "claims", "--name", "Claims"], "takes no settings of a file"),
        (["ask", "D5.1", "claims", "on=soon"], "'soon' is no day"),
        (["ask", "D1.1", "log.csv"], "is asked of a workspace, and 'log.csv' is a data set"),
        (["ask", "U3.1", "claims"], "'claims' is a workspace, and this is asked of data"),
        (["look", "claims"], "'claims' is a workspace, and this is asked of data"),
        (["ask", "D1.1", "nowhere"], "There is no workspace 'nowhere'"),
    ],
)
def test_what_cannot_be_asked_of_a_workspace_is_said_in_a_sentence(
    arguments: list[str], said: str, folder: Path, capsys: Said
) -> None:
    written(folder / "claims", group=[{"id": "all"}])
    assert exit_code(arguments) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_questions_as_json_name_every_parameter(capsys: Said) -> None:
    assert exit_code(["questions", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found] == list(ROOMS)
    for one in found:
        assert list(one) == ["id", "title", "version", "about", "summary", "parameters"]
        assert all(one[name] for name in ("title", "version", "summary"))
        for parameter in one["parameters"]:
            assert list(parameter) == ["name", "type", "default", "help"]
            assert parameter["help"]


def test_data_lists_what_was_brought_in_and_forget_erases_it(capsys: Said) -> None:
    assert exit_code(["data"]) == 0
    assert "no data sets yet" in capsys.readouterr().out
    exit_code(["ask", "U3.1", "log.csv", "--name", "Claims"])
    (log,) = data_sets()
    capsys.readouterr()
    assert exit_code(["data"]) == 0
    assert f"{log.id}  Claims  2024-01-01 to 2024-02-2" in capsys.readouterr().out
    assert exit_code(["forget", log.id]) == 0
    assert "'Claims' is erased" in capsys.readouterr().out
    assert not data_sets()
    assert exit_code(["ask", "U3.1", log.id]) == 2


def test_a_data_set_is_asked_by_its_id(capsys: Said) -> None:
    exit_code(["ask", "U3.1", "log.csv"])
    (log,) = data_sets()
    assert exit_code(["ask", "U3.1", log.id]) == 0
    assert exit_code(["look", log.id, "--file", "-"]) == 0


def test_nothing_that_leaves_holds_a_number_of_a_case_or_customer_or_a_name_of_staff(
    folder: Path, capsys: Said
) -> None:
    told = []
    none = ["--policy", "none", "--reason", "a test"]
    for policy in ([], none):
        assert exit_code(["look", "log.csv", *FULL, *policy]) == 0
        assert exit_code(["look", "log.csv", "--json", *policy]) == 0
        for question in asked_of("data set"):
            for suffix in ("html", "json", "csv"):
                name = f"{question}-{len(policy)}.{suffix}"
                assert exit_code(["ask", question, "log.csv", "--by", "area", "--file", name, *policy]) == 0
        told.append(capsys.readouterr())
    texts = [*(one.out + one.err for one in told), *(page.read_text() for page in folder.glob("[EUl]*.[hj]*"))]
    texts += [page.read_text() for page in folder.glob("[EU]*.csv")]
    assert len(texts) > 40
    for text in texts:
        assert not [word for word in HUSHED if word.lower() in text.lower()]


def test_ctrl_c_ends_with_130_and_keeps_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def interrupted(path: Path, given: object, progress: Progress, **_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "bring_in", interrupted)
    assert exit_code(["look", "log.csv"]) == 130
    assert "Stopped. Nothing half-made was kept." in capsys.readouterr().err
    assert not data_sets()


def test_too_little_memory_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def full(path: Path, given: object, progress: Progress, **_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(store, "bring_in", full)
    assert exit_code(["look", "log.csv"]) == 3
    assert "too little memory" in capsys.readouterr().err


def test_work_that_is_stopped_ends_with_an_error(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def stopped(path: Path, given: object, progress: Progress, **_: object) -> object:
        raise Cancelled("The work was stopped.")

    monkeypatch.setattr(store, "bring_in", stopped)
    assert exit_code(["look", "log.csv"]) == 3
    assert "The work was stopped." in capsys.readouterr().err


def outward(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program itself."""
    program = Path(sys.executable).with_name("outward")
    return subprocess.run(
        [str(program), *arguments], capture_output=True, text=True, check=False, env={**os.environ, **more}, timeout=120
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["questions"], 0),
        ([], 2),
        (["nothing"], 2),
        (["ask", "U9.9", "log.csv"], 2),
        (["look", "empty.csv"], 3),
        (["forget", "nothing"], 3),
        (["ask", "U3.1", "log.csv", "--json"], 0),
    ],
)
def test_the_program_ends_with_the_exit_code(arguments: list[str], code: int) -> None:
    ended = outward(*arguments)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert bool(ended.stderr) == bool(code)


def test_the_program_is_quiet_where_nobody_reads_on() -> None:
    program = Path(sys.executable).with_name("outward")
    ended = subprocess.run(
        ["sh", "-c", f"'{program}' questions --json | head -c 1"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ended.stderr == ""
