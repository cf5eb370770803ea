from __future__ import annotations

import pytest
from django.test import Client

from outward.examples import read_example
from outward.web import answers, boards

from .conftest import LOG, Visit


def test_the_front_page_of_a_workspace_is_its_board_sheet(visit: Visit) -> None:
    text = visit("/workspaces/support")
    for principle in ("Understanding the customer", "Managing stakeholder relationships"):
        assert principle in text
    assert f'href="/data/{LOG}"' in text
    assert "What cannot be answered yet" in text
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
    understand = sheet.parts[0]
    assert any("State pension claims" in words for words in understand.cannot)


def test_a_question_that_can_be_asked_is_no_longer_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])
    cannot = [words for part in boards.board(read_example("across")).parts for words in part.cannot]
    assert boards.NOT_READ_YET["R3.1"] in cannot
    monkeypatch.setattr(boards, "NOT_READ_YET", {"D1.1": "Never said."})
    cannot = [words for part in boards.board(read_example("across")).parts for words in part.cannot]
    assert "Never said." not in cannot


@pytest.mark.parametrize("end", ["", "/board.html", "/board.docx"])
def test_the_sheet_of_another_day_is_refused_and_not_told_as_of_today(visitor: Client, world: None, end: str) -> None:
    refused = visitor.get(f"/workspaces/support{end}", {"on": "2020-01-01"})
    assert refused.status_code == 400
    assert "told as of today" in refused.content.decode()
