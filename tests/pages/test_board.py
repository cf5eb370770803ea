from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from outward import catalogue, dates
from outward.examples import read_example
from outward.present.board import due
from outward.web import answers, boards
from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.homes.beginning import FIRST, make_folder
from outward.workspace.records import kind_of

from . import made_records
from .conftest import LOG, Visit


def test_the_front_page_of_a_workspace_is_its_board_sheet(visit: Visit) -> None:
    text = visit("/workspaces/support")
    for principle in ("Understanding the customer", "Managing stakeholder relationships"):
        assert principle in text
    assert f'href="/data/{LOG}"' in text
    assert "Outward itself does not read surveys and comments, " in text
    assert 'href="/workspaces/support/board.html"' in text
    assert "<proof>" not in text


def test_the_sheet_is_sent_as_a_file(visitor: Client, world: None) -> None:
    sent = visitor.get("/workspaces/support/board.html")
    assert "attachment" in sent.headers["Content-Disposition"]
    assert b"Made-up data" in sent.content
    word = visitor.get("/workspaces/support/board.docx")
    assert word.content.startswith(b"PK")
    assert "made-up-data.docx" in word.headers["Content-Disposition"]
    assert visitor.get("/workspaces/support/board.exe").status_code == 404


def test_the_sheet_of_the_example_is_made_from_real_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    sheet = boards.board(read_example("pensions"))
    (deliver,) = [part for part in sheet.parts if part.letter == "D"]
    assert "D1.1" in [said.answer.question for said in deliver.said]
    assert sheet.made_up
    assert sheet.outstanding[0].late
    assert len(sheet.outstanding) == boards.ACTIONS
    assert sheet.found["warning"] >= 20
    assert any(
        "None of the 9 data sets that are named is known to be on this computer." in one
        for one in sheet.parts[0].cannot
    )
    assert (
        "'Calls are cut short where the bonus depends on their number' was known on 20 May 2021"
        in deliver.worst[0].words
    )


def test_what_outward_does_not_read_is_said_once_and_not_among_what_the_body_cannot_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    sheet = boards.board(read_example("across"))
    assert "does not read surveys and comments, " in sheet.unread[0]
    assert not any("survey" in words for part in sheet.parts for words in part.cannot)
    monkeypatch.setattr(boards, "UNREAD", {"D1.1": "what can be asked already"})
    assert boards.board(read_example("across")).unread == ()


def made(*rows: Row) -> Workspace:
    return build([Row("workspace", {"id": "claims", "title": "Claims"}), *rows])


def test_a_new_workspace_says_what_to_write_down_first_and_each_gap_once(
    visit: Visit, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_records.home_of(made(), own_home / "workspaces")
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    text = visit("/workspaces/claims")
    steps = text[text.index("What to write down first") :]
    assert steps.index("/records/group/new") < steps.index("/records/need/new") < steps.index("/records/action/new")
    assert 'href="/workspaces/claims/records/workspace/claims/edit"' in text
    assert "What this workspace is about" not in text
    assert "No data set is named here yet." in text
    assert '<p class="govuk-body">No action is written down yet.</p>' in text


def test_what_cannot_be_told_of_a_new_workspace_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    sheet = boards.board(made())
    assert [said for part in sheet.parts for said in part.said] == []
    cannot = [words for part in sheet.parts for words in part.cannot]
    assert (
        "Which needs have no measure, and which measures serve no need? No need or concern is written down." in cannot
    )
    assert len(cannot) == len(set(cannot)) == 1 + len(catalogue.asked_of("workspace"))


def test_the_first_steps_fall_away_one_by_one() -> None:
    begun = made(Row("group", {"id": "own", "title": "The self-employed"}))
    assert next(step["words"] for step in boards.first_steps(begun)) == "what they need"
    assert boards.first_steps(read_example("pensions")) == []


def test_the_first_steps_are_those_of_a_new_folder_in_their_order(tmp_path: Path) -> None:
    steps = [step["href"].split("/")[4] for step in boards.first_steps(made())][: len(FIRST)]
    assert steps == list(FIRST)
    make_folder(tmp_path / "w")
    assert {one.stem for one in (tmp_path / "w" / "records").iterdir()} == {kind_of(kind).PLURAL for kind in steps}


def test_whose_workspace_it_is_stays_among_the_first_steps_when_all_else_is_written_down() -> None:
    five = (
        Row("group", {"id": "own", "title": "The self-employed"}),
        Row("need", {"id": "sum", "title": "One sum", "groups": ["own"]}),
        Row("finding", {"id": "long", "title": "It takes long", "needs": ["sum"]}),
        Row("measure", {"id": "days", "title": "Days", "needs": ["sum"]}),
        Row("action", {"id": "less", "title": "Ask for less"}),
    )
    assert [step["words"] for step in boards.first_steps(made(*five))] == [
        "whose workspace it is and who is the customers' champion"
    ]
    owned = build([Row("workspace", {"id": "claims", "title": "Claims", "body": "A made-up body"}), *five])
    assert [step["words"] for step in boards.first_steps(owned)] == ["who is the customers' champion"]


def test_missed_days_are_outstanding_whether_of_actions_pilots_or_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    pilot = {"type": "pilot", "due": "2999-01-01", "owner": "Head of letters"}
    sheet = boards.board(
        made(
            Row("action", {"id": "late", "title": "Late", "due": "2020-01-01"}),
            Row("action", {"id": "pilot", "title": "A pilot", "decide_on": "2020-06-30", **pilot}),
            Row("action", {"id": "told", "title": "Decided", "decide_on": "2020-06-30", **pilot, "effect": "better"}),
            Row("action", {"id": "ended", "title": "Ended", "type": "pilot", "done_on": "2020-05-01"}),
            Row("stakeholder", {"id": "forum", "title": "The forum", "type": "business"}),
            Row("commitment", {"id": "c", "title": "To meet", "stakeholder": "forum", "due": "2020-03-01"}),
            Row("commitment", {"id": "d", "title": "To call", "stakeholder": "forum", "due": "2999-03-01"}),
        )
    )
    assert [(one.title, one.owner, due(one)) for one in sheet.outstanding] == [
        ("Late", "", "1 January 2020 – overdue"),
        ("Promise to The forum: To meet", "we", "1 March 2020 – overdue"),
        ("A pilot", "Head of letters", "to be decided on by 30 June 2020 – overdue"),
        ("Decided", "Head of letters", "1 January 2999"),
    ]


def test_findings_of_the_workspace_itself_and_silences_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    future = {"id": "g", "title": "G", "status": "future"}
    silence = {"id": "s", "title": "S", "rule": "U104", "reason": "A trial.", "until": "2999-01-01"}
    sheet = boards.board(made(Row("group", future), Row("silence", silence)))
    assert sheet.silenced == 1
    assert sheet.itself["warning"] >= 1
    assert sheet.found["warning"] == sum(part.found["warning"] for part in sheet.parts) + sheet.itself["warning"]


@pytest.mark.parametrize(
    ("named", "here", "said"),
    [
        (0, 0, "No data set is named here yet."),
        (1, 0, "The data set that is named is not known to be on this computer."),
        (3, 0, "None of the 3 data sets that are named is known to be on this computer."),
        (3, 2, "1 more is named, and not known to be on this computer."),
        (1, 1, ""),
    ],
)
def test_data_sets_that_are_not_here_are_told_in_one_way(named: int, here: int, said: str) -> None:
    rows = [Row("data_set", {"id": f"d{n}", "title": f"D {n}", "brought_in_as": f"log-{n}"}) for n in range(named)]
    assert boards.absent(made(*rows), [f"log-{n}" for n in range(here)]) == said


def test_a_data_set_of_which_nothing_is_said_is_not_known_to_be_here() -> None:
    rows = [Row("data_set", {"id": id, "title": "D", "file": "claims.csv"}) for id in ("a", "b")]
    said = "None of the 2 data sets that are named is known to be on this computer."
    assert boards.absent(made(*rows), ["claims-0a1b2c3d"]) == said


@pytest.mark.parametrize("end", ["", "/board.html", "/board.docx"])
def test_the_sheet_of_another_day_is_refused_and_not_told_as_of_today(visitor: Client, world: None, end: str) -> None:
    refused = visitor.get(f"/workspaces/support{end}", {"on": "2020-01-01"})
    assert refused.status_code == 400
    assert "told as of today" in refused.content.decode()


def test_the_sheet_is_of_the_day_by_the_one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: date(2031, 1, 2))
    assert boards.board(made()).on == "2031-01-02"
