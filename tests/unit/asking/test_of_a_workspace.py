"""Asking of a workspace: found, released, remembered; refused in plain words where it makes no sense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.made_workspaces import made_workspace, written
from tests.meta import made

from outward import asking, dates
from outward.answers import Basis, Level
from outward.asking import ask
from outward.catalogue import asked_of, every, find
from outward.comparing import compare
from outward.disclosure.released import ReleasedAnswer
from outward.errors import BadInput, UsageError
from outward.evidence.store import bring_in
from outward.evidence.tables import Settings
from outward.looking import look
from outward.own_folder import own_folder
from outward.present.json import as_json
from outward.present.report import answer_html
from outward.present.tables import table_csv, used_marks
from outward.present.terminal import answer_text
from outward.present.words import cell_at
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.home import Change, open_home
from outward.workspace.problems import BadWorkspace

GROUPS = [{"id": "everyone"}, {"id": "self-employed", "parent": "everyone"}]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    asking._released.clear()


def test_the_catalogue_says_what_each_question_is_asked_of() -> None:
    assert {question.about for question in every()} == {"data set", "workspace"}
    assert set(asked_of("data set")).isdisjoint(asked_of("workspace"))
    assert find("D1.1").about == "workspace"
    assert find("U3.1").about == "data set"


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_it_is_asked_of_a_value_a_folder_and_a_list_of_one(question: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "made", group=GROUPS)
    of_value = ask(question, made_workspace(group=GROUPS))
    for source in (folder, str(folder), [str(folder)]):
        found = ask(question, source)
        assert isinstance(found, ReleasedAnswer)
        assert found.tables == of_value.tables


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_an_answer_has_the_id_title_and_version_under_which_it_is_registered(question: str) -> None:
    answer, entry = ask(question, made_workspace(group=GROUPS)), find(question)
    assert (answer.question, answer.title, answer.version) == (entry.id, entry.title, entry.version)


SIZES = "sizes of groups under 10 are left out and the others are to the nearest 5."


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_only_what_is_true_of_its_columns_is_said_of_small_numbers_in_every_form(question: str) -> None:
    answer = ask(question, made_workspace(group=GROUPS))
    said = "Numbers of records are exact" + (f"; {SIZES}" if question == "D1.1" else ".")
    assert answer.small_numbers == said
    assert as_json(answer)["policy"]["words"] == said
    assert table_csv(answer, next(iter(answer.tables))).splitlines()[0].endswith(said.replace(",", ";"))
    assert " ".join(answer_text(answer).split()).endswith(said)
    assert f'<p class="outward-notes">{said}</p>' in answer_html(answer, 1)


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_sizes_under_another_rule_and_unchecked_answers_say_so(question: str) -> None:
    workspace = made_workspace(group=GROUPS)
    assert ("groups of 1 to 7" in ask(question, workspace, policy="nhs_hes").small_numbers) is (question == "D1.1")
    unchecked = ask(question, workspace, policy="none", reason="to see")
    assert unchecked.small_numbers == unchecked.policy.words


def test_a_size_that_nobody_wrote_down_is_not_said_and_needs_no_symbol() -> None:
    answer = ask("D1.1", made_workspace(group=[{"id": "a"}, {"id": "b", "size": 7}, {"id": "c", "size": 4000}]))
    table = answer.tables["groups"]
    assert [cell_at(table, "size", row) for row in range(3)] == ["not said", "[c]", "4,000"]
    assert used_marks(table) == ["c"]
    assert table_csv(answer, "groups").splitlines()[2].split(",")[4] == "not said"


def test_it_is_asked_of_a_workspace_on_this_machine_by_its_id() -> None:
    written(own_folder("workspaces") / "pensions", group=GROUPS)
    assert ask("D1.1", "pensions").tables["groups"].values["group"] == ("Everyone", "Self employed")
    with pytest.raises(UsageError, match="'pensions' is a workspace"):
        ask("U3.1", "pensions")


def test_it_is_asked_of_a_database_and_a_database_is_no_case_log(tmp_path: Path) -> None:
    file = tmp_path / "made.sqlite"
    header = Change("workspace", "made", None, {"title": "Made"})
    groups = [Change("group", one["id"], None, {"title": one["id"], **one}) for one in GROUPS]
    DatabaseHome(file).change([header, *groups], by="a test")
    assert ask("D1.1", file).tables["groups"].values["group"] == ("everyone", "self-employed")
    with pytest.raises(UsageError, match="is a workspace, and this is asked of data"):
        ask("U3.1", file)


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"x" * 5_000, b""])
def test_a_database_that_is_damaged_is_said_as_check_says_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "damaged.sqlite"
    file.write_bytes(content)
    with pytest.raises(BadInput) as opened:
        open_home(file).load()
    for source in (file, str(file), [str(file)]):
        with pytest.raises(BadInput, match=r"'damaged\.sqlite' is no workspace of Outward") as asked:
            ask("D1.1", source)
        assert str(asked.value) == str(opened.value)


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_records_are_reported_and_made_up_ones_say_so(question: str) -> None:
    told = ask(question, made_workspace(group=GROUPS))
    assert told.basis is Basis.REPORTED
    made_up = ask(question, made_workspace({"made_up": True}, group=GROUPS))
    assert (made_up.basis, made_up.standing.level) == (Basis.MADE_UP, Level.NONE)


@pytest.mark.parametrize("question", asked_of("workspace"))
def test_of_an_empty_workspace_nothing_can_be_told_yet(question: str) -> None:
    answer = ask(question, made_workspace())
    assert answer.standing.level is Level.CANNOT_TELL
    assert "customers stand behind" not in " ".join(answer.standing.reasons)


def test_an_answer_is_remembered_until_a_record_changes(tmp_path: Path) -> None:
    folder = written(tmp_path / "made", group=GROUPS)
    first = ask("D1.1", folder)
    assert ask("D1.1", folder) is first
    assert ask("D1.1", folder, policy="nhs_hes") is not first
    (folder / "records" / "groups.yaml").write_text("- {id: everyone, title: Everyone else}\n")
    assert ask("D1.1", folder).tables["groups"].values["group"] == ("Everyone else",)


def test_what_depends_on_the_day_is_told_as_of_today_unless_said() -> None:
    workspace = made_workspace(finding=[{"id": "letters", "known_on": "2026-01-01"}])
    today = ask("D5.1", workspace)
    assert today.parameters["on"] == dates.today().isoformat()
    assert ask("D5.1", workspace) is today
    then = ask("D5.1", workspace, on="2026-01-11")
    assert (then.parameters["on"], then.tables["clocks"].values["known_days"]) == ("2026-01-11", (10,))
    with pytest.raises(UsageError, match="'soon' is no day"):
        ask("D5.1", workspace, on="soon")


@pytest.mark.parametrize("question", ["O2.1", "D1.4"])
def test_a_group_that_is_not_there_is_said(question: str) -> None:
    with pytest.raises(UsageError, match="There is no customer group 'every'"):
        ask(question, made_workspace(group=GROUPS), group="every")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "area"}, "takes no groups (--by)"),
        ({"where": "area=North"}, "takes no filter (--where)"),
        ({"settings": Settings(name="Claims")}, "takes no settings of a file"),
        ({"within_days": 3}, "There is no parameter 'within_days'"),
    ],
)
def test_what_is_about_cases_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        ask("D1.1", made_workspace(group=GROUPS), **given)
    assert said in str(error.value)


def test_a_question_about_records_is_not_asked_of_data(tmp_path: Path) -> None:
    made.permits(tmp_path / "permits.csv")
    log = bring_in(tmp_path / "permits.csv")
    for source in (tmp_path / "permits.csv", log, log.id, ["a.csv", "b.csv"]):
        with pytest.raises(UsageError, match=r"D1\.1 is asked of a workspace, and '.*' is a data set"):
            ask("D1.1", source)


def test_a_question_about_data_is_not_asked_of_a_workspace(tmp_path: Path) -> None:
    folder = written(tmp_path / "made", group=GROUPS)
    for source in (folder, str(folder), [str(folder)], made_workspace()):
        with pytest.raises(UsageError, match="is a workspace, and this is asked of data"):
            ask("U3.1", source)
    with pytest.raises(UsageError, match="is a workspace"):
        look(str(folder))
    with pytest.raises(UsageError, match="is a workspace"):
        compare(str(folder), "a=1", "a=2")


def test_a_workspace_that_is_not_there_or_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no workspace 'nowhere'"):
        ask("D1.1", "nowhere")
    with pytest.raises(UsageError, match="holds no workspace"):
        ask("D1.1", tmp_path)
    folder = written(tmp_path / "made", group=[{"id": "a", "parent": "b"}])
    with pytest.raises(BadWorkspace, match="that is not there"):
        ask("D1.1", folder)
