"""The history of a record, putting back what stood before, and taking a record away."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.test import Client

from outward.workspace.homes.home import Change, find_home

from .conftest import checked_page
from .editing import ID, NEED, RECORDS, changed, form, held, make_workspace, now, sent, shown


@pytest.fixture(autouse=True)
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer."""
    return make_workspace(own_home)


def test_the_history_says_who_changed_what_the_newest_first(person: Client) -> None:
    now()
    changed("need", "clear-letters", "The <b>team</b>", title="Letters that say who answers")
    text = shown(person, f"{NEED}/history")
    assert text.index("By The &lt;b&gt;team&lt;/b&gt;.") < text.index("By somebody, in the files themselves.")
    assert '<del class="outward-out"><span class="govuk-visually-hidden">Taken out: </span>what</del>' in text
    assert '<ins class="outward-in"><span class="govuk-visually-hidden">Put in: </span>who</ins>' in text
    assert f'href="{NEED}/history"' in shown(person, NEED)


def test_putting_back_makes_a_new_change(person: Client) -> None:
    now()
    changed("need", "clear-letters", title="Other")
    text = shown(person, f"{NEED}/history")
    response = sent(person, f"{NEED}/history", **form(text))
    assert response.headers["Location"] == f"{NEED}?saved=back"
    assert held("need", "clear-letters")["title"] == "Letters that say what happens next"
    assert len(find_home(ID).history("need", "clear-letters")) == 3


def test_what_has_moved_on_is_not_put_back_over_it(person: Client) -> None:
    now()
    changed("need", "clear-letters", title="Other")
    values = form(shown(person, f"{NEED}/history"))
    changed("need", "clear-letters", title="Third")
    assert "has been changed meanwhile" in checked_page(sent(person, f"{NEED}/history", 409, **values))
    assert held("need", "clear-letters")["title"] == "Third"


@pytest.mark.parametrize("values", [{}, {"number": "99", "side": "after"}, {"number": "1", "side": "x"}])
def test_what_is_not_in_the_history_cannot_be_put_back(values: dict[str, str], person: Client) -> None:
    now()
    person.raise_request_exception = False
    assert person.post(f"{NEED}/history", values).status_code == 400


def test_a_record_that_others_need_is_not_removed(person: Client) -> None:
    text = shown(person, f"{RECORDS}/group/pensioners/remove")
    assert "It cannot be removed while these records need it" in text
    assert f'href="{NEED}/edit#groups">change ‘Groups’<' in text
    assert "Remove it" not in text
    assert "needed" in checked_page(sent(person, f"{RECORDS}/group/pensioners/remove", 409))
    assert "pensioners" in now().records["group"]


def test_a_record_that_others_name_is_removed_with_its_name_and_can_be_put_back(person: Client) -> None:
    text = shown(person, f"{NEED}/remove")
    assert "They stay, and name it no longer" in text
    assert "Letters answered" in text
    response = sent(person, f"{NEED}/remove", **{**form(text), "by": "Me"})
    assert f'href="{NEED}/history">its history<' in shown(person, response.headers["Location"])
    assert "Removed" not in shown(person, f"{RECORDS}/need?removed=%3Cb%3E")
    assert "clear-letters" not in now().records["need"]
    assert "needs" not in held("measure", "answered")
    assert {one.by for one in find_home(ID).history()[-2:]} == {"Me"}
    gone = shown(person, f"{NEED}/history")
    assert "Removed on" in gone
    sent(person, f"{NEED}/history", **form(gone))
    assert held("need", "clear-letters")["title"] == "Letters that say what happens next"


def test_what_was_changed_meanwhile_is_not_removed(person: Client) -> None:
    values = form(shown(person, f"{NEED}/remove"))
    changed("need", "clear-letters", title="Other")
    text = html.unescape(checked_page(sent(person, f"{NEED}/remove", 409, **values)))
    assert "has been changed meanwhile" in text
    assert "clear-letters" in now().records["need"]


def test_a_need_of_several_groups_can_do_without_one(person: Client) -> None:
    changed("need", "clear-letters", groups=["pensioners", "self-employed"])
    sent(person, f"{RECORDS}/group/pensioners/remove", **form(shown(person, f"{RECORDS}/group/pensioners/remove")))
    assert held("need", "clear-letters")["groups"] == ["self-employed"]


def test_the_workspace_itself_stays(person: Client) -> None:
    person.raise_request_exception = False
    assert person.get(f"{RECORDS}/workspace/{ID}/remove").status_code == 400
    assert "/remove" not in shown(person, f"{RECORDS}/workspace/{ID}")


def test_removing_is_a_change_like_any_other(person: Client) -> None:
    before = held("measure", "answered")
    find_home(ID).change([Change("measure", "answered", before, None)], "Me")
    text = shown(person, f"{RECORDS}/measure/answered/history")
    assert "Put back as it was then" in text
