"""How a form helps somebody to fill it in: names, parts, mistakes, drafts, choices, and what is told after saving."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from outward.web import check_changes, form_sections, record_values, telling_once
from outward.web.record_values import Wrong
from outward.workspace.fields import fields_of
from outward.workspace.kinds.customers import Need
from outward.workspace.records import kind_of, kinds

from .conftest import checked_page
from .editing import FILES, ID, NEED, RECORDS, changed, form, held, make_workspace, now, sent, shown

ADD = f"{RECORDS}/need/new"
FOCUSED = 'tabindex="-1" autofocus'


@pytest.fixture
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer."""
    return make_workspace(own_home)


def words(text: str) -> str:
    """Return the words of a page in one line, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def refused(person: Client, path: str, /, **values: Any) -> str:
    """Return the page that comes back for a form with a mistake."""
    return html.unescape(checked_page(sent(person, path, 400, **{**form(shown(person, path)), **values})))


def test_a_failed_save_leads_to_the_summary_before_the_heading(folder: Path, person: Client) -> None:
    text = refused(person, ADD, about="Half a thought")
    summary = text[text.index("govuk-error-summary") : text.index("<h1")]
    assert FOCUSED in summary
    assert text.count("autofocus") == 1
    assert "Nothing was saved yet. What you typed is kept as a draft." in summary
    assert 'href="#title">Title: It must be answered.</a>' in summary
    assert "<title>Error: " in text
    assert re.search(r'id="title"[^>]*aria-invalid="true"', text)


def test_no_draft_is_kept_of_an_empty_form(folder: Path, person: Client) -> None:
    text = refused(person, ADD)
    assert "Nothing was saved yet." in text
    assert "kept as a draft" not in text
    assert "not saved" not in shown(person, ADD)


def test_a_draft_waits_in_the_list_and_is_thrown_away_only_after_asking(folder: Path, person: Client) -> None:
    refused(person, f"{RECORDS}/action/new", about="Half a <thought>", by="Head of letters")
    path = f"{RECORDS}/action/new"
    text = shown(person, path)
    assert "You began to add an action before" in text
    assert re.findall(r'<button type="submit"[^>]*>([^<]*)<', text)[0] == "Save"
    ways = re.findall(f'href="({path}[?]draft=[^"]+)"', shown(person, f"{RECORDS}/action"))
    assert len(ways) == 1
    assert re.search(
        r"1 draft waits, and is not saved:.*‘Not called anything yet’</a>, action, of ", shown(person, RECORDS), re.S
    )
    assert ways[0] in shown(person, RECORDS)
    assert ways[0].replace("draft=", "throw=") in shown(person, ways[0])
    asked = shown(person, ways[0].replace("draft=", "throw="))
    assert "Half a &lt;thought&gt;" in asked
    assert "from Head of letters" in asked
    assert "You began to add" in shown(person, path)
    response = sent(person, path, **{**form(asked), "then": "drop"})
    assert response.headers["Location"] == path
    text = shown(person, path)
    assert re.search(f"{FOCUSED}>The draft was thrown away.<", text)
    assert "You began" not in text
    text = shown(person, path)
    assert "thrown away" not in text
    assert "You began" not in shown(person, f"{RECORDS}/action")


def test_a_new_record_leaves_the_drafts_of_others_alone(folder: Path, person: Client) -> None:
    path = f"{RECORDS}/group/new"
    refused(person, path, title="Working carers", size="many")
    sent(person, path, **{**form(shown(person, path)), "title": "Young carers"})
    assert "young-carers" in now().records["group"]
    refused(person, path, title="Retired carers", size="many")
    text = shown(person, f"{RECORDS}/group")
    assert "2 drafts wait, and are not saved:" in text
    ways = re.findall(rf'href="({path}[?]draft=[^"]+)">Go on with ‘([^’]*)’', text)
    assert [title for _, title in ways] == ["Retired carers", "Working carers"]
    mine = form(shown(person, ways[1][0]))
    assert (mine["title"], mine["size"]) == (["Working carers"], ["many"])
    again = html.unescape(checked_page(sent(person, path, 400, **mine)))
    assert form(again)["draft"] == mine["draft"]
    sent(person, path, **{**form(again), "size": "40"})
    text = shown(person, RECORDS)
    assert "1 draft waits, and is not saved:" in text
    assert "Retired carers" in text


def test_an_action_past_its_day_is_told_in_words_and_leads_to_when_it_was_done(folder: Path, person: Client) -> None:
    path = f"{RECORDS}/action/new"
    late = {"title": "Write again", "due-day": "20", "due-month": "11", "due-year": "2020"}
    saved = sent(person, path, **{**form(shown(person, path)), **late})
    text = shown(person, saved.headers["Location"])
    told = text[text.index("The checks find something in it:") : text.index("govuk-summary-list")]
    assert "was due on 20 November 2020, and is not done." in told
    assert "2020-11-20" not in told
    lead = f'href="{saved.headers["Location"]}/edit?from=checks#done_on">Change &#x27;Done on&#x27;'
    assert lead in told
    assert lead in shown(person, f"/workspaces/{ID}/checks")


@pytest.mark.parametrize("size", ["1,250", "1 250", "1\u00a0250", " 1250 "])
def test_a_number_is_taken_as_the_pages_show_it(size: str, folder: Path, person: Client) -> None:
    path = f"{RECORDS}/group/new"
    sent(person, path, **{**form(shown(person, path)), "title": "Carers", "size": size})
    assert held("group", "carers")["size"] == 1250
    assert "1,250" in shown(person, f"{RECORDS}/group/carers")


@pytest.mark.parametrize("size", ["1,2", "1,25", "12,50", "1,250,00", "1,250 000", ",250", "1250,000", "1.250,5"])
def test_a_comma_that_marks_no_thousands_is_refused(size: str, folder: Path, person: Client) -> None:
    text = refused(person, f"{RECORDS}/group/new", title="Carers", size=size)
    assert f"Size: '{size}' is not a whole number." in text


def test_a_percentage_is_taken_where_the_unit_is_percent_and_else_told_how_to_write_it(
    folder: Path, person: Client
) -> None:
    path = f"{RECORDS}/measure/new"
    text = refused(person, path, title="Told in time", baseline="81%")
    assert "'81%' is not a number. Write 81; the % belongs in Unit." in text
    sent(person, path, **{**form(shown(person, path)), "title": "Told in time", "baseline": "81%", "unit": "%"})
    assert held("measure", "told-in-time")["baseline"] == 81


def test_a_draft_of_a_change_waits_at_its_record(folder: Path, person: Client) -> None:
    refused(person, f"{NEED}/edit", title="", about="Mine")
    assert f'href="{NEED}/edit?draft=yes"' in shown(person, NEED)
    assert "This form holds your draft" in shown(person, f"{NEED}/edit?draft=yes")


def test_a_name_comes_back_with_a_mistake_and_with_a_draft(folder: Path, person: Client) -> None:
    text = refused(person, f"{NEED}/edit", title="", by="Head of letters")
    assert form(text)["by"] == ["Head of letters"]
    assert 'autocomplete="name"' in text
    assert form(shown(person, f"{NEED}/edit?draft=yes"))["by"] == ["Head of letters"]


def test_a_field_has_one_name_in_the_form_on_the_record_and_in_the_checks(folder: Path, person: Client) -> None:
    for name, kind in kinds().items():
        titles = [field.title for field in fields_of(kind)]
        assert len(set(titles)) == len(titles), name
    text = shown(person, f"{NEED}/edit")
    record = shown(person, NEED)
    for title in ("About", "Groups", "By what right they own it"):
        assert re.search(rf"<(?:label|legend)[^>]*>{title} <span|<legend[^>]*>{title}</legend>", text), title
        assert f">{title}</dt>" in record
    assert "How do they put it themselves?" in text
    assert ">Id</dt>" not in record
    assert "Other records call it clear-letters." in record


def test_what_was_found_by_data_is_said_in_words(folder: Path, person: Client) -> None:
    changed("group", "pensioners", defined="found")
    assert "How it was found Shown by data" in words(shown(person, f"{RECORDS}/group/pensioners"))


def test_the_parts_of_a_form_hold_each_field_once() -> None:
    assert set(form_sections.PARTS) <= set(kinds())
    for name, kind in kinds().items():
        known = [field.name for field in fields_of(kind)]
        said = " ".join(form_sections.PARTS.get(name, {}).values()).split()
        assert len(set(said)) == len(said), name
        assert set(said) <= set(known), name
        found = [field.name for _, some in form_sections.parts(name, fields_of(kind)) for field in some]
        assert sorted(found) == sorted(known)
        assert all(len(some) for _, some in form_sections.parts(name, fields_of(kind)))
        assert len(known) < 12 or name in form_sections.PARTS, name


def test_a_long_form_has_headings_and_links_to_them(folder: Path, person: Client) -> None:
    text = shown(person, f"{RECORDS}/action/new")
    headings = re.findall(r'<h2[^>]*id="(part-\d)">([^<]*)<', text)
    assert headings[0][1] == "What was decided"
    assert len(headings) == 7
    for id, heading in headings:
        assert f'href="#{id}">{heading}<' in text


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        (("5", "", ""), "Month and year are missing.", ("month", "year")),
        (("", "3", "2026"), "Day is missing.", ("day",)),
        (
            ("32", "2", "twenty"),
            "The day must be a number from 1 to 31. The year must have four digits",
            ("day", "year"),
        ),
        (("1", "13", "2026"), "The month must be a number from 1 to 12, or its name.", ("month",)),
        (("31", "4", "2026"), "April 2026 has only 30 days.", ("day",)),
        (("29", "2", "2100"), "February 2100 has only 28 days.", ("day",)),
        (("1", "Juno", "2026"), "The month must be a number from 1 to 12, or its name.", ("month",)),
        (("1", "1", "26"), "The year must have four digits, as 2026.", ("year",)),
        (("40", "", "2026"), "Month is missing. The day must be a number from 1 to 31.", ("day", "month")),
        (("١", "1", "2026"), "The day must be a number from 1 to 31.", ("day",)),
        (("1", "1", "0000"), "The year must have four digits, as 2026.", ("year",)),
    ],
)
def test_of_a_day_it_says_what_is_wrong_and_marks_that_alone(
    typed: tuple[str, str, str], said: str, parts: tuple[str, ...], folder: Path, person: Client
) -> None:
    values = dict(zip(("due__day", "due__month", "due__year"), typed, strict=True))
    form_now = {**form(shown(person, f"{RECORDS}/action/new")), "title": "Answer"}
    text = html.unescape(checked_page(sent(person, f"{RECORDS}/action/new", 400, **{**form_now, **values})))
    at = "due" if parts[0] == "day" else f"due-{parts[0]}"
    assert f'<a href="#{at}">Due: {said}' in text
    invalid = re.findall(r'<input[^>]* name="due-(\w+)"[^>]*aria-invalid="true"', text)
    assert tuple(invalid) == parts
    assert len(re.findall(r'govuk-input--error"[^>]*name="due-', text)) == len(parts)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("3", "3", "2026"), "2026-03-03"),
        (("03", "March", "2026"), "2026-03-03"),
        (("29", "feb", "2028"), "2028-02-29"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: tuple[str, str, str], day: str, folder: Path) -> None:
    raw = dict(zip(("held_on-day", "held_on-month", "held_on-year"), ([one] for one in typed), strict=True))
    interview = kind_of("interview")
    values, errors = record_values.read(now(), interview, {"title": ["A"], "speaker": ["customer"], **raw})
    assert not errors
    assert values["held_on"] == day


def test_every_day_has_an_example_before_any_mistake(folder: Path, person: Client) -> None:
    text = shown(person, f"{RECORDS}/action/new")
    assert text.count("For example, 31 3 2026.") == text.count('class="govuk-date-input"') == 6


def test_what_is_wrong_is_a_value_and_no_message_is_taken_apart(folder: Path) -> None:
    _, errors = record_values.read(now(), Need, {"title": ["a\nb"], "groups": ["pensioners"], "importance": ["great"]})
    assert errors["title"] == Wrong("It must be one line, without line breaks or tabs.")
    assert errors["importance"].said.startswith("'great' is none of 'low', 'medium', 'high'")


def test_pressing_save_without_choosing_shows_the_same_page_with_the_mistake(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine", "groups": ["pensioners", "self-employed"]}
    (folder / "records" / "groups.yaml").write_text(
        FILES["records/groups.yaml"] + "- id: carers\n  title: People who care\n", encoding="utf-8"
    )
    changed("need", "clear-letters", title="Theirs", notes="Their notes", groups=["pensioners", "carers"])
    first = checked_page(sent(person, f"{NEED}/edit", 409, **mine))
    part = words(first[first.index("Put together already") : first.index("Changed by both")])
    assert "Only they have changed ‘Notes’: Their notes" in part
    assert "Pensioners People who care The self-employed" in part
    again = checked_page(sent(person, f"{NEED}/edit", 400, **form(first)))
    assert words(again[again.index("Put together already") : again.index("Changed by both")]) == part
    assert form(again) == form(first)
    assert 'href="#choose-title">Title: Choose one of the two.' in again
    assert "Nothing of yours is saved yet. What you typed is kept as a draft." in again[: again.index("<h1")]
    sent(person, f"{NEED}/edit", **{**form(again), "choose-title": "yours"})
    found = held("need", "clear-letters")
    assert (found["title"], found["notes"]) == ("Mine", "Their notes")
    assert found["groups"] == ["pensioners", "carers", "self-employed"]


def test_a_draft_of_two_at_once_can_be_gone_on_with_later(folder: Path, person: Client) -> None:
    mine = {**form(shown(person, f"{NEED}/edit")), "title": "Mine", "about": "My about"}
    changed("need", "clear-letters", title="Theirs")
    first = checked_page(sent(person, f"{NEED}/edit", 409, **mine))
    sent(person, f"{NEED}/edit", 400, **form(first))
    later = form(shown(person, f"{NEED}/edit?draft=yes"))
    assert (later["title"], later["about"]) == (["Mine"], ["My about"])
    assert "Theirs" in checked_page(sent(person, f"{NEED}/edit", 409, **later))


def test_choices_are_looked_up_again_without_losing_what_is_typed(own_home: Path, person: Client) -> None:
    folder = make_workspace(
        own_home, **{"records/groups.yaml": "[]\n", "records/needs.yaml": "[]\n"} | {"records/measures.yaml": "[]\n"}
    )
    text = shown(person, ADD)
    assert "There are no groups yet that could be named." in text
    assert ">Keep as a draft and look again</button>" in text
    checks = form(shown(person, f"{ADD}?from=checks"))
    response = sent(person, ADD, **{**checks, "title": "Speed", "by": "Me", "then": "refresh"})
    (folder / "records" / "groups.yaml").write_text("- id: carers\n  title: Carers\n", encoding="utf-8")
    assert response.headers["Location"] == f"{ADD}?draft={checks['draft'][0]}"
    text = shown(person, response.headers["Location"])
    assert re.search(f"{FOCUSED}>Kept as a draft.", text)
    assert (form(text)["title"], form(text)["by"], form(text)["opened"]) == (["Speed"], ["Me"], ["checks"])
    assert 'value="carers"' in text
    fresh = form(shown(person, ADD))
    assert sent(person, ADD, **{**fresh, "then": "refresh"}).headers["Location"] == ADD
    assert "Nothing is typed yet that could be kept." in shown(person, ADD)


def test_a_long_list_says_how_much_it_holds_and_shows_what_is_chosen(folder: Path, person: Client) -> None:
    groups = "".join(f"- id: g{number:03}\n  title: Group {number}\n" for number in range(20))
    (folder / "records" / "groups.yaml").write_text(FILES["records/groups.yaml"] + groups, encoding="utf-8")
    changed("need", "clear-letters", groups=["pensioners", "g019"])
    text = shown(person, f"{NEED}/edit")
    assert "There are 22 groups to choose from." in text
    assert "Show 7 more of 22 groups" in text
    assert form(text)["groups"] == ["pensioners", "g019"]
    assert text.index('value="g019"') < text.index("Show 7 more")
    assert "Show" not in shown(person, f"{RECORDS}/measure/answered/edit").partition("<form")[2]


def test_a_finding_of_the_checks_fills_in_what_it_is_about(folder: Path, person: Client) -> None:
    (folder / "records" / "measures.yaml").write_text("- id: speed\n  title: Speed\n", encoding="utf-8")
    checks = html.unescape(shown(person, f"/workspaces/{ID}/checks"))
    (link,) = re.findall(r'href="([^"]*/measure/new[^"]*)">([^<]*)<', checks)
    assert link[1] == "Write down a measure for 'Letters that say what happens next'"
    text = shown(person, link[0])
    assert form(text)["needs"] == ["clear-letters"]
    response = sent(person, f"{RECORDS}/measure/new", **{**form(text), "title": "Letters answered"})
    told = words(shown(person, response.headers["Location"]))
    assert re.search(r"In the checks, .*is gone, .* new\. Back to the checks", told)
    assert "Back to the checks" not in shown(person, response.headers["Location"])


@pytest.mark.parametrize("query", ["needs=nobody", "needs=../x&title=Mine", "owner=Me", "nothing=at-all", "needs"])
def test_an_address_fills_in_nothing_but_records_that_are_there(query: str, folder: Path, person: Client) -> None:
    filled, fresh = (form(shown(person, f"{RECORDS}/measure/new{end}")) for end in (f"?{query}", ""))
    assert filled.pop("draft") != fresh.pop("draft")
    assert filled == fresh


def test_a_record_that_contradicts_itself_says_so_as_it_is_saved(folder: Path, person: Client) -> None:
    text = shown(person, f"{NEED}/edit")
    (folder / "records" / "bodies.yaml").write_text("- id: moj\n  title: Ministry\n  type: department\n", "utf-8")
    values = {**form(text), "ownership": "nobody's", "owned_by": ["moj"]}
    response = sent(person, f"{NEED}/edit", **values)
    text = shown(person, response.headers["Location"])
    told = text[text.index("outward-told") : text.index("<dl")]
    assert "The checks find something in it:" in told
    found = check_changes.of_record(now(), "need", "clear-letters")
    assert found[0].rule.code == "U207"
    for one in found:
        assert f"{one.rule.severity.capitalize()}: {one.said}" in words(told)
    assert f'href="{NEED}/edit?from=checks#' in told
    assert "The checks find" not in shown(person, NEED)


def test_what_is_confirmed_of_a_data_set_is_changed_in_its_form(folder: Path, person: Client) -> None:
    path = f"{RECORDS}/data_set/new"
    settings = "name: Claims\nroles:\n  case: claim\ngave_up_after_days: 30"
    assert "Names and values, one on each line" in shown(person, path)
    fresh = {**form(shown(person, path)), "title": "Claims"}
    assert "Write each on a line of its own" in refused(person, path, title="Claims", settings="- [")
    sent(person, path, **{**fresh, "settings": settings.replace("\n", "\r\n")})
    wanted = {"name": "Claims", "roles": {"case": "claim"}, "gave_up_after_days": 30}
    assert held("data_set", "claims")["settings"] == wanted
    edit = f"{RECORDS}/data_set/claims/edit"
    assert form(shown(person, edit))["settings"] == [settings]
    sent(person, edit, **{**form(shown(person, edit)), "about": "More"})
    assert held("data_set", "claims")["settings"] == wanted


def test_a_search_is_told_first_and_in_the_title(folder: Path, person: Client) -> None:
    text = shown(person, f"{RECORDS}/group?q=self")
    assert "<title>1 customer group found: Groups" in text
    assert re.search(f"{FOCUSED}>1 customer group found</p>", text)
    assert text.index("1 customer group found</p>") < text.index("<form")
    assert "autofocus" not in shown(person, f"{RECORDS}/group")


def test_a_link_is_no_button(folder: Path, person: Client) -> None:
    assert 'role="button"' not in shown(person, f"{RECORDS}/need")


@pytest.mark.parametrize(
    "cookie", ["", "{", "[]", "%7B%22at%22%3A1%7D", '{"at": "' + NEED + '", "saved": 1}', "[" * 9999]
)
def test_what_is_told_once_comes_from_these_pages_alone(cookie: str, folder: Path, person: Client) -> None:
    person.cookies[telling_once.COOKIE] = cookie
    assert "Saved" not in shown(person, NEED)


def test_a_name_comes_back_where_a_workspace_cannot_be_begun(own_home: Path, person: Client) -> None:
    text = checked_page(sent(person, "/begin", 400, title="", by="Head of letters"))
    assert form(text)["by"] == ["Head of letters"]
