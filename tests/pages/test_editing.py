"""Writing records down and changing them: the form, what is wrong with it, drafts, and two people at once."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from outward.web import hints, wording
from outward.workspace import ids
from outward.workspace.building import build
from outward.workspace.fields import fields_of
from outward.workspace.homes.home import Change, find_home
from outward.workspace.records import kind_of, kinds, plain

from . import made_records
from .conftest import checked_page
from .editing import FILES, ID, NEED, RECORDS, changed, form, held, make_workspace, now, sent, shown


@pytest.fixture
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer."""
    return make_workspace(own_home)


@pytest.fixture
def everything(own_home: Path) -> str:
    """A workspace in which every field of every kind holds markup; its address of records."""
    make_workspace(own_home)
    home = find_home(ID)
    made = build([*made_records.rows()])
    changes = [
        Change(kind, id, None, plain(record))
        for kind, records in made.records.items()
        for id, record in records.items()
        if kind != "workspace"
    ]
    home.change(changes, made_records.MARKUP)
    return RECORDS


def test_every_form_is_well_made_holds_what_the_record_holds_and_no_words_become_markup(
    everything: str, person: Client
) -> None:
    for name in kinds():
        id = ID if name == "workspace" else made_records.id_of(name)
        before = held(name, id)
        text = shown(person, f"{everything}/{name}/{id}/edit")
        assert "<b>" not in text
        assert "<support>" not in text
        sent(person, f"{everything}/{name}/{id}/edit", **form(text))
        assert held(name, id) == before, name
        for page in ("", "/history", *([] if name == "workspace" else ["/remove"])):
            text = shown(person, f"{everything}/{name}/{id}{page}")
            assert "<b>" not in text
            assert "<support>" not in text
        if name != "workspace":
            assert "<b>" not in shown(person, f"{everything}/{name}/new")


def test_every_kind_is_asked_for_in_questions_and_no_question_or_hint_is_of_no_field() -> None:
    for name, kind in kinds().items():
        known = {field.name for field in fields_of(kind)}
        assert set(wording.ASKED.get(name, {})) <= known
        for field in fields_of(kind):
            assert wording.question(name, field)
        assert wording.question(name, fields_of(kind)[1]).endswith("?")
        assert set(hints.HINTS.get(name, {})) <= known
    assert set(wording.ASKED) | set(hints.HINTS) <= set(kinds())


def test_a_link_leads_straight_to_each_field(everything: str, person: Client) -> None:
    for name, kind in kinds().items():
        id = ID if name == "workspace" else made_records.id_of(name)
        text = shown(person, f"{everything}/{name}/{id}/edit")
        for field in fields_of(kind)[1:]:
            assert f' id="{field.name}"' in text


def test_a_record_is_changed_in_peoples_own_file(folder: Path, person: Client) -> None:
    text = shown(person, f"{NEED}/edit")
    more = {"about": "Plain words\r\nand dates", "by": "Head of letters"}
    response = sent(person, f"{NEED}/edit", **{**form(text), **more})
    assert response.headers["Location"] == NEED
    saved = shown(person, NEED)
    assert "Saved." in saved
    assert "<title>Saved – " in saved
    assert "Saved" not in shown(person, NEED)
    assert held("need", "clear-letters")["about"] == "Plain words\nand dates"
    assert "Plain words" in (folder / "records" / "needs.yaml").read_text(encoding="utf-8")
    assert find_home(ID).history("need", "clear-letters")[-1].by == "Head of letters"
    assert 'value="Head of letters"' in shown(person, f"{NEED}/edit")


def test_nobody_is_made_up_as_the_one_who_changed_it(folder: Path, person: Client) -> None:
    sent(person, f"{NEED}/edit", **{**form(shown(person, f"{NEED}/edit")), "about": "New"})
    assert find_home(ID).history("need", "clear-letters")[-1].by == "somebody on this computer"


def test_a_form_that_changes_nothing_writes_nothing(folder: Path, person: Client) -> None:
    before = len(find_home(ID).history())
    sent(person, f"{NEED}/edit", **form(shown(person, f"{NEED}/edit")))
    assert len(find_home(ID).history()) == before


def test_a_new_record_gets_an_id_from_its_title_that_no_other_has(folder: Path, person: Client) -> None:
    fresh = form(shown(person, f"{RECORDS}/need/new"))
    filled = {**fresh, "title": "Clear letters", "groups": ["pensioners", "self-employed"]}
    response = sent(person, f"{RECORDS}/need/new", **filled)
    assert response.headers["Location"] == f"{RECORDS}/need/clear-letters-2"
    assert held("need", "clear-letters-2")["groups"] == ["pensioners", "self-employed"]
    assert f'href="{RECORDS}/need/new">Add a need or concern<' in shown(person, f"{RECORDS}/need")
    again = sent(person, f"{RECORDS}/need/new", 400, **{**filled, "id": "clear-letters"})
    assert "There is a need or concern of this id already." in checked_page(again)


@pytest.mark.parametrize("title", ["New", "ἀγορά", "a" * 300, "...", "Gwasanaeth â chymorth"])
def test_any_title_makes_an_id_that_will_do(title: str) -> None:
    id = ids.proposed(title, kind_of("need"), [])
    assert kind_of("body")(id=id, title="B", type="other").id == id  # type: ignore[call-arg]  # fields of the kind


def test_the_id_of_a_record_cannot_be_changed(folder: Path, person: Client) -> None:
    text = shown(person, f"{NEED}/edit")
    assert ' name="id"' not in text
    sent(person, f"{NEED}/edit", **{**form(text), "id": "other", "notes": "x"})
    assert held("need", "clear-letters")["notes"] == "x"
    assert "other" not in now().records["need"]


def test_what_is_wrong_stands_at_its_field_and_in_a_summary_and_nothing_typed_is_lost(
    folder: Path, person: Client
) -> None:
    fresh = form(shown(person, f"{RECORDS}/measure/new"))
    wrong = {**fresh, "title": "", "target": "<b>much</b>", "target_date-day": "31", "target_date-month": "2"}
    wrong |= {"target_date-year": "2026", "counts": "Every <letter>", "question": "U3.44", "by": "Me"}
    text = html.unescape(checked_page(sent(person, f"{RECORDS}/measure/new", 400, **wrong)))
    assert re.search(r'<a href="#title">Title: It must be answered\.</a>', text)
    assert re.search(r'<a href="#target">Target: \'<b>much</b>\' is not a number\.</a>', text)
    assert re.search(r'<a href="#target_date">Target date: February 2026 has only 28 days\.</a>', text)
    assert re.search(r'id="target_date"[^>]*value="31"', text)
    assert "Every <letter></textarea>" in text
    assert not now().records["measure"].get("measure")
    assert "Error: Add a measure" in text
    fixed = {**wrong, "title": "Letters", "target": "7.5", "target_date-day": "28"}
    text = html.unescape(checked_page(sent(person, f"{RECORDS}/measure/new", 400, **fixed)))
    assert '<a href="#question">' in text
    sent(person, f"{RECORDS}/measure/new", **{**fixed, "question": "U3.4"})
    assert held("measure", "letters")["target_date"] == "2026-02-28"
    assert held("measure", "letters")["target"] == 7.5


def test_a_draft_is_offered_again_until_it_is_saved_or_thrown_away(folder: Path, person: Client) -> None:
    path = f"{NEED}/edit"
    sent(person, path, 400, **{**form(shown(person, path)), "title": "", "about": "Half a <thought>"})
    text = shown(person, path)
    assert "You began to change this on" in text
    assert "thought" not in text
    going_on = shown(person, f"{path}?draft=yes")
    assert "Half a &lt;thought&gt;</textarea>" in going_on
    sent(person, path, **{**form(going_on), "title": "Letters"})
    assert held("need", "clear-letters")["about"] == "Half a <thought>"
    assert "You began" not in shown(person, path)
    sent(person, path, 400, **{**form(shown(person, path)), "title": ""})
    sent(person, path, then="drop")
    assert "You began" not in shown(person, path)
    assert "You began" not in shown(person, f"{RECORDS}/need/new")


def test_changes_that_do_not_overlap_are_put_together_and_that_is_said(folder: Path, person: Client) -> None:
    mine = form(shown(person, f"{NEED}/edit"))
    changed("need", "clear-letters", importance="high", groups=["pensioners", "self-employed"])
    response = sent(person, f"{NEED}/edit", **{**mine, "about": "Mine"})
    assert response.headers["Location"] == NEED
    text = shown(person, response.headers["Location"])
    assert "together with what somebody else has changed meanwhile: Groups, Importance." in text
    now_held = held("need", "clear-letters")
    assert (now_held["about"], now_held["importance"]) == ("Mine", "high")
    assert now_held["groups"] == ["pensioners", "self-employed"]


def test_both_lists_of_records_are_put_together(folder: Path, person: Client) -> None:
    mine = form(shown(person, f"{NEED}/edit"))
    changed("need", "clear-letters", groups=["self-employed", "pensioners"])
    changed("need", "clear-letters", groups=["self-employed"])
    sent(person, f"{NEED}/edit", **{**mine, "groups": ["pensioners", "self-employed"]})
    assert held("need", "clear-letters")["groups"] == ["self-employed"]


def test_two_who_change_the_same_field_see_both_and_one_chooses(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine <b>", "about": "My about", "by": "Me"}
    changed("need", "clear-letters", "Them", title="Theirs <b>", notes="Their notes")
    text = checked_page(sent(person, f"{NEED}/edit", 409, **mine))
    assert "Them saved a change on" in text
    for words in ("Mine &lt;b&gt;", "Theirs &lt;b&gt;", "Letters that say what happens next", "Their notes"):
        assert words in text
    assert held("need", "clear-letters")["title"] == "Theirs <b>"
    undecided = checked_page(sent(person, f"{NEED}/edit", 400, **form(text)))
    assert '<a href="#choose-title">' in undecided
    sent(person, f"{NEED}/edit", **{**form(undecided), "choose-title": "yours"})
    found = held("need", "clear-letters")
    assert (found["title"], found["about"], found["notes"]) == ("Mine <b>", "My about", "Their notes")
    assert find_home(ID).history("need", "clear-letters")[-1].by == "Me"


def test_theirs_can_be_taken_and_one_can_write_on(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine", "about": "My about"}
    changed("need", "clear-letters", title="Theirs")
    clash = form(checked_page(sent(person, f"{NEED}/edit", 409, **mine)))
    going_on = checked_page(sent(person, f"{NEED}/edit", 200, **{**clash, "choose-title": "yours", "then": "edit"}))
    assert form(going_on)["title"] == ["Mine"]
    sent(person, f"{NEED}/edit", **{**clash, "choose-title": "theirs"})
    assert held("need", "clear-letters")["title"] == "Theirs"
    assert held("need", "clear-letters")["about"] == "My about"


def test_a_third_change_is_seen_as_well(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine"}
    changed("need", "clear-letters", title="Theirs")
    clash = form(checked_page(sent(person, f"{NEED}/edit", 409, **mine)))
    changed("need", "clear-letters", title="The third")
    text = checked_page(sent(person, f"{NEED}/edit", 409, **{**clash, "choose-title": "yours"}))
    assert "The third" in text
    assert held("need", "clear-letters")["title"] == "The third"


def test_a_record_that_was_removed_meanwhile_can_be_written_down_again(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{RECORDS}/measure/answered/edit")), "counts": "My <words>"}
    find_home(ID).change([Change("measure", "answered", held("measure", "answered"), None)], "Them")
    text = checked_page(sent(person, f"{RECORDS}/measure/answered/edit", 409, **mine))
    assert "My &lt;words&gt;" in text
    assert "Them removed it on" in text
    sent(person, f"{RECORDS}/measure/answered/edit", **form(text))
    assert held("measure", "answered")["counts"] == "My <words>"


def test_a_change_in_the_file_itself_shows_at_the_next_page_and_is_somebody_elses(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine"}
    file = folder / "records" / "needs.yaml"
    file.write_text(FILES["records/needs.yaml"].replace("Letters that say what happens next", "Edited"), "utf-8")
    assert "Edited" in shown(person, NEED)
    assert "outside" not in checked_page(sent(person, f"{NEED}/edit", 409, **mine))


def test_a_broken_workspace_says_where_on_every_page_keeps_what_was_typed_and_works_once_mended(
    folder: Path, person: Client
) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "about": "Half a thought"}
    file = folder / "records" / "groups.yaml"
    file.write_text("- id: pensioners\n  titel: <b>Pensioners</b>\n", encoding="utf-8")
    for path in ("", "/records", "/records/need", "/records/need/clear-letters", "/records/need/new"):
        text = html.unescape(shown(person, f"/workspaces/{ID}{path}", 400))
        assert "records/groups.yaml, line 2" in text
        assert "There is no field 'titel'" in text
        assert "<b>" not in text
    assert "what you typed is kept as a draft" in checked_page(sent(person, f"{NEED}/edit", 400, **mine))
    assert "cannot be read" in shown(person, "/")
    file.write_text(FILES["records/groups.yaml"], encoding="utf-8")
    assert "Half a thought" in shown(person, f"{NEED}/edit?draft=yes")


def test_a_change_that_would_break_the_workspace_is_said_at_its_field(folder: Path, person: Client) -> None:
    changed("group", "pensioners", parent="self-employed")
    path = f"{RECORDS}/group/self-employed/edit"
    text = checked_page(sent(person, path, 400, **{**form(shown(person, path)), "parent": "pensioners"}))
    assert '<a href="#parent">' in text
    assert "is a part of itself" in html.unescape(text)
    assert "parent" not in held("group", "self-employed")


def test_many_records_to_refer_to_are_typed_by_id_or_title(folder: Path, person: Client) -> None:
    groups = "".join(f"- id: g{number:03}\n  title: Group {number}\n" for number in range(250))
    (folder / "records" / "groups.yaml").write_text(FILES["records/groups.yaml"] + groups, encoding="utf-8")
    text = shown(person, f"{NEED}/edit")
    assert form(text)["groups"] == ["pensioners"]
    assert f'href="{RECORDS}/group"' in text
    sent(person, f"{NEED}/edit", **{**form(text), "groups": "pensioners\r\ngroup 17\n\ng003\n"})
    assert held("need", "clear-letters")["groups"] == ["pensioners", "g017", "g003"]
    wrong = checked_page(sent(person, f"{NEED}/edit", 400, **{**form(text), "groups": "pensioner\n<b>"}))
    assert "There is no such record as ‘pensioner’. Did you mean ‘pensioners’?" in wrong


def test_a_choice_of_records_keeps_its_order(folder: Path, person: Client) -> None:
    (folder / "records" / "needs.yaml").write_text(
        FILES["records/needs.yaml"].replace("[pensioners]", "[self-employed, pensioners]"), encoding="utf-8"
    )
    text = shown(person, f"{NEED}/edit")
    assert form(text)["groups"] == ["self-employed", "pensioners"]


@pytest.mark.parametrize("based", ["{", "[]", '{"id": "clear-letters"}', "[" * 100_000, json.dumps({"a": "b"})])
def test_what_these_pages_did_not_write_is_refused(based: str, folder: Path, person: Client) -> None:
    values = {**form(shown(person, f"{NEED}/edit")), "based": based}
    assert "not as it was made here" in checked_page(sent(person, f"{NEED}/edit", 400, **values))


def test_words_without_end_are_refused_plainly(folder: Path, person: Client) -> None:
    values = {**form(shown(person, f"{NEED}/edit")), "about": "a" * 30_000, "title": "b\nb"}
    text = checked_page(sent(person, f"{NEED}/edit", 400, **values))
    assert "20,000 are the most" in text
    assert "without line breaks" in text
    values["about"] = "a" * 5_000_000
    assert "has 5,000,000 letters, and 20,000 are the most" in checked_page(sent(person, f"{NEED}/edit", 400, **values))
    assert len(form(shown(person, f"{NEED}/edit?draft"))["about"][0]) == 5_000_000


def test_a_form_from_elsewhere_changes_nothing(folder: Path, person: Client) -> None:
    strict = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    strict.cookies = person.cookies
    for page in ("edit", "history", "remove"):
        assert strict.post(f"{NEED}/{page}", {"title": "x"}).status_code == 403
    for page in (NEED, RECORDS, f"{RECORDS}/need"):
        assert person.post(page, {"title": "x"}).status_code == 405


def test_a_name_is_kept_in_one_short_line(folder: Path, person: Client) -> None:
    values = {**form(shown(person, f"{NEED}/edit")), "about": "x", "by": "Jo\r\nSet-Cookie: a=b; é <b>" + "x" * 500}
    sent(person, f"{NEED}/edit", **values)
    by = find_home(ID).history("need", "clear-letters")[-1].by
    assert by.startswith("Jo Set-Cookie: a=b; é <b>x")
    assert len(by) == 100
    assert "é &lt;b&gt;x" in shown(person, f"{NEED}/edit")


@pytest.mark.parametrize("path", ["/nothing/new", "/workspace/new", "/need/nobody/edit", "/need/nobody/history"])
def test_what_is_not_there_cannot_be_changed(path: str, folder: Path, person: Client) -> None:
    person.raise_request_exception = False
    assert person.get(RECORDS + path).status_code in (400, 404)


def test_a_folder_that_is_served_is_changed_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Client
) -> None:
    folder = make_workspace(tmp_path).rename(tmp_path / "ours")
    monkeypatch.setenv("OUTWARD_FOLDER", str(folder))
    assert f'href="/workspaces/{ID}"' in shown(person, "/")
    sent(person, f"{NEED}/edit", **{**form(shown(person, f"{NEED}/edit")), "notes": "From the browser"})
    written = (folder / "records" / "needs.yaml").read_text(encoding="utf-8")
    assert "From the browser" in written
    (folder / "records" / "needs.yaml").write_text(written.replace("browser", "editor"), encoding="utf-8")
    assert "From the editor" in shown(person, NEED)
    assert "in records/needs.yaml, line" in shown(person, NEED)


def test_a_record_of_a_file_that_is_called_as_the_page_for_new_ones_can_be_seen_and_others_added(
    folder: Path, person: Client
) -> None:
    fresh = form(shown(person, f"{RECORDS}/group/new"))
    refused = checked_page(sent(person, f"{RECORDS}/group/new", 400, **{**fresh, "title": "Some", "id": "new"}))
    assert "the address of this page" in refused
    (folder / "records" / "groups.yaml").write_text(
        FILES["records/groups.yaml"] + "- id: new\n  title: Newcomers\n", encoding="utf-8"
    )
    assert ">Newcomers</h1>" in shown(person, f"{RECORDS}/group/new")
    assert f'href="{RECORDS}/group/new?add=yes"' in shown(person, f"{RECORDS}/group")
    sent(person, f"{RECORDS}/group/new", **{**form(shown(person, f"{RECORDS}/group/new?add=yes")), "title": "Others"})
    assert held("group", "others")["title"] == "Others"
