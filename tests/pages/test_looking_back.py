"""The history of a record, putting back what stood before, and taking a record away."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from outward.web import telling_once
from outward.web.views import looking_back
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
    newer, older = (
        text.index("2. Changed by The &lt;b&gt;team&lt;/b&gt;: Title<"),
        text.index("1. Written down by somebody, in"),
    )
    assert newer < older
    assert '<del class="outward-out"><span class="govuk-visually-hidden">Taken out: </span>what</del>' in text
    assert '<ins class="outward-in"><span class="govuk-visually-hidden">Put in: </span>who</ins>' in text
    assert f'href="{NEED}/history"' in shown(person, NEED)


def test_putting_back_makes_a_new_change(person: Client) -> None:
    now()
    changed("need", "clear-letters", title="Other")
    text = shown(person, f"{NEED}/history")
    response = sent(person, f"{NEED}/history", **form(text))
    assert response.headers["Location"] == NEED
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
    assert "Removed." not in shown(person, f"{RECORDS}/need")
    assert "clear-letters" not in now().records["need"]
    assert "needs" not in held("measure", "answered")
    assert {one.by for one in find_home(ID).history()[-2:]} == {"Me"}
    gone = shown(person, f"{NEED}/history")
    assert "2. Removed by Me<" in gone
    assert f'Until then it was named by: <a class="govuk-link" href="{RECORDS}/measure/answered">' in gone
    back = sent(person, f"{NEED}/history", **form(gone))
    assert held("need", "clear-letters")["title"] == "Letters that say what happens next"
    assert held("measure", "answered")["needs"] == ["clear-letters"]
    assert "Put back. 1 record names it again." in shown(person, back.headers["Location"])


def removed(person: Client, path: str) -> None:
    sent(person, f"{path}/remove", **{**form(shown(person, f"{path}/remove")), "by": "Me"})


def test_ties_that_somebody_has_changed_since_stay_as_they_are_and_are_named(person: Client) -> None:
    needs = f"{RECORDS}/need"
    added = Change("need", "other", None, {"id": "other", "title": "Other", "groups": ["pensioners"]})
    second = Change("measure", "second", None, {"id": "second", "title": "Second", "needs": ["clear-letters"]})
    third = Change("measure", "third", None, {"id": "third", "title": "Third", "needs": ["clear-letters"]})
    find_home(ID).change([added, second, third], "Ann")
    removed(person, NEED)
    changed("measure", "second", needs=["other"])
    find_home(ID).change([Change("measure", "third", held("measure", "third"), None)], "Ann")
    changed("measure", "answered", title="Changed elsewhere")
    back = sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    assert held("measure", "answered") == {"id": "answered", "title": "Changed elsewhere", "needs": ["clear-letters"]}
    assert held("measure", "second")["needs"] == ["other"]
    text = shown(person, back.headers["Location"])
    assert "1 record names it again." in text
    told = text[text.index("Not naming it now, as they were changed or removed since") :]
    assert f'href="{RECORDS}/measure/second">Second</a>' in told
    assert f'href="{RECORDS}/measure/third">third</a>' in told
    assert needs in text


def test_ties_of_which_the_past_is_erased_are_told_as_such(person: Client) -> None:
    second = Change("measure", "second", None, {"id": "second", "title": "Second", "needs": ["clear-letters"]})
    find_home(ID).change([second], "Ann")
    removed(person, NEED)
    find_home(ID).erase("measure", "answered", "Ann")
    gone = shown(person, f"{NEED}/history")
    assert f'named by: <a class="govuk-link" href="{RECORDS}/measure/second">Second</a>.' in gone
    perhaps = f'<a class="govuk-link" href="{RECORDS}/measure/answered">Letters answered</a>.'
    assert f"Whether it was named by these until then is erased: {perhaps}" in gone
    back = sent(person, f"{NEED}/history", **form(gone))
    assert "needs" not in held("measure", "answered")
    text = shown(person, back.headers["Location"])
    assert "1 record names it again." in text
    assert f"or as what they said until then is erased: {perhaps}" in text
    changed("measure", "answered", needs=["clear-letters"])
    changed("need", "clear-letters", title="Third")
    sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    assert find_home(ID).erase("measure", "answered", "Ann") == "answered"
    back = sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    assert "is erased" not in shown(person, back.headers["Location"])


def test_ties_are_put_back_with_an_older_state_of_the_record_too_and_only_once(person: Client) -> None:
    changed("need", "clear-letters", title="Other")
    removed(person, NEED)
    first = form(shown(person, f"{NEED}/history"))
    sent(person, f"{NEED}/history", **{**first, "side": "before"} if first["side"] == ["before"] else first)
    assert held("measure", "answered")["needs"] == ["clear-letters"]
    changed("measure", "answered", needs=None)
    changed("need", "clear-letters", title="Third")
    sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    back = sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    assert "needs" not in held("measure", "answered")  # the record was there, so nothing was cut by a removal
    text = shown(person, back.headers["Location"])
    assert f'until then is erased: <a class="govuk-link" href="{RECORDS}/measure/answered">Letters answered</a>' in text


def test_a_new_record_of_the_same_title_leaves_a_removed_one_its_id_and_its_history(person: Client) -> None:
    removed(person, NEED)
    path = f"{RECORDS}/need/new"
    made = {**form(shown(person, path)), "title": "Clear letters", "groups": "pensioners"}
    assert sent(person, path, **made).headers["Location"] == f"{RECORDS}/need/clear-letters-2"
    assert 'removed?kind=need">1 removed</a>' in shown(person, f"{RECORDS}/need")
    assert len(find_home(ID).history("need", "clear-letters")) == 2


def test_what_was_put_back_is_called_so_in_the_history(person: Client) -> None:
    removed(person, NEED)
    sent(person, f"{NEED}/history", **form(shown(person, f"{NEED}/history")))
    assert "3. Put back by " in shown(person, f"{NEED}/history")
    removed(person, NEED)
    anew = {"id": "clear-letters", "title": "Anew", "groups": ["pensioners"]}
    find_home(ID).change([Change("need", "clear-letters", None, anew)], "Ann")
    text = shown(person, f"{NEED}/history")
    assert "5. Written down again by Ann" in text
    assert "1. Written down by " in text


def test_removed_records_are_found_again_from_their_list_and_from_all_records(person: Client) -> None:
    assert "removed" not in shown(person, f"{RECORDS}/need")
    removed(person, NEED)
    assert f'href="{RECORDS}/removed?kind=need">1 removed</a>' in shown(person, f"{RECORDS}/need")
    assert f'href="{RECORDS}/removed">1 removed</a>' in shown(person, RECORDS)
    assert "removed" not in shown(person, f"{RECORDS}/measure")
    text = shown(person, f"{RECORDS}/removed?kind=need")
    assert "Letters that say what happens next" in text
    assert ">Me<" in text
    back = sent(person, f"{NEED}/history", **form(text))
    assert back.headers["Location"] == NEED
    assert "Nothing was removed, as far as is known." in shown(person, f"{RECORDS}/removed")


def test_the_page_of_a_removed_record_leads_to_its_history(person: Client) -> None:
    removed(person, NEED)
    for page in (NEED, f"{NEED}/edit", f"{NEED}/remove"):
        text = shown(person, page, 404)
        assert f'<a class="govuk-link" href="{NEED}/history">See its history and put it back</a>' in text
        assert "It was removed by Me on " in text
    assert "history" not in shown(person, f"{RECORDS}/need/never", 404)


def test_each_step_of_a_history_has_a_name_of_its_own(person: Client) -> None:
    for number in range(3):
        changed("need", "clear-letters", "Ann", title=f"Title {number}", about="x" * number or None)
    text = shown(person, f"{NEED}/history")
    names = re.findall(r'<h2 class="govuk-heading-m" id="revision-\d+">([^<]*)</h2>', text)
    assert names == [
        "4. Changed by Ann: Title and About",
        "3. Changed by Ann: Title and About",
        "2. Changed by Ann: Title",
        "1. Written down by somebody, in the files themselves",
    ]
    buttons = re.findall(r'govuk-button--secondary">([^<]*)</button>', text)
    assert buttons == [f"Put back as it was after step {step}" for step in (3, 2, 1)]


def test_what_is_told_of_ties_shows_nothing_that_is_not_there(person: Client) -> None:
    told = {"at": NEED, "saved": "back", "again": "<b>", "lost": "<b>/x,nokind/y,need/"}
    person.cookies[telling_once.COOKIE] = quote(json.dumps(told))
    text = shown(person, NEED)
    assert "Put back." in text
    assert "<b>" not in text
    assert "again" not in text


def test_what_was_changed_meanwhile_is_not_removed(person: Client) -> None:
    values = form(shown(person, f"{NEED}/remove"))
    changed("need", "clear-letters", title="Other")
    text = html.unescape(checked_page(sent(person, f"{NEED}/remove", 409, **values)))
    assert "has been changed meanwhile" in text
    assert "clear-letters" in now().records["need"]


def test_what_somebody_names_in_the_very_moment_is_kept_and_what_holds_it_is_said(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, really = f"{RECORDS}/group/newcomers/remove", looking_back._without
    group, need = {"id": "newcomers", "title": "Newcomers"}, {"id": "help", "title": "Help", "groups": ["newcomers"]}
    find_home(ID).change([Change("group", "newcomers", None, group)], "Me")

    def meanwhile(*given: Any) -> list[Change]:
        found = really(*given)
        find_home(ID).change([Change("need", "help", None, need)], "Somebody else")
        return found

    monkeypatch.setattr(looking_back, "_without", meanwhile)
    text = html.unescape(checked_page(sent(person, page, 409, **form(shown(person, page)))))
    assert "added or changed meanwhile, so nothing was removed" in text
    assert "‘Newcomers’ is needed" in text
    assert f'href="{RECORDS}/need/help"' in text
    assert "newcomers" in now().records["group"]


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
    assert "Put back as it was after step 1" in text
