"""The checks of a workspace in the browser: what was found, why it matters, and the way to what mends it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from outward import dates
from outward.web import workspaces
from outward.workspace.building import Row, build
from outward.workspace.problems import BadWorkspace, Place, Problem

from . import made_records
from .checking import page_faults
from .conftest import Visit, checked_page
from .editing import ID, form, make_workspace, now, sent, shown

CHECKS = "/workspaces/support/checks"
FUTURE = [Row("group", {"id": f"g{n}", "title": f"Group {n}", "status": "future"}) for n in range(1, 15)]
SILENCE = Row(
    "silence",
    {"id": "s", "title": "S", "rule": "U104", "record": "group/g1", "reason": "A trial runs.", "until": "2999-03-31"},
)


def inhabited(own_home: Path, rows: Iterable[Row]) -> None:
    """Put a workspace of these rows where the pages ask, before the one that is made up for all tests."""
    made_records.home_of(build([Row("workspace", made_records.HEADER), *rows]), own_home / "workspaces")


def plain(text: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.mark.parametrize("path", [CHECKS, f"{CHECKS}?severity=error", f"{CHECKS}?severity=&principle=O"])
def test_every_page_of_checks_is_well_made_and_no_words_become_markup(path: str, visit: Visit) -> None:
    text = visit(path)
    assert "<b>" not in text
    assert "<support>" not in text
    assert "Made-up data" in text


def test_it_is_a_part_of_the_workspace(visit: Visit) -> None:
    assert f'href="{CHECKS}"' in visit("/workspaces/support")
    assert f'href="{CHECKS}" aria-current="page">Checks<' in visit(CHECKS)


def test_what_is_found_says_why_and_how_to_mend_it(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, FUTURE[:2])
    text = plain(visit(CHECKS))
    assert "Understanding the customer Found: 2 warnings and 1 note." in text
    assert "It is not said how people become members of a group that is still to come. warning U104, 2 places" in text
    assert "Imminent and future customers can be planned for" in text
    assert "To mend it: Say how and when people become members" in text
    assert "Customer group 'Group 2' is future, and how people become members is not said." in text


def test_errors_come_before_what_is_found_under_any_principle(visit: Visit, own_home: Path) -> None:
    ahead = Row("finding", {"id": "f", "title": "F", "known_on": "2999-01-01"})
    inhabited(own_home, [*FUTURE[:1], ahead])
    text = plain(visit(CHECKS))
    assert text.index("Errors Found: 1 error.") < text.index("W302") < text.index("Understanding the customer Found:")
    assert text.count("W302") == 1
    assert "Errors Found" not in plain(visit(f"{CHECKS}?principle=U"))


def test_each_finding_leads_to_the_form_that_mends_it(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, FUTURE[:1])
    text = visit(CHECKS)
    assert (
        'href="/workspaces/support/records/group/g1/edit?from=checks#becomes">Change &#x27;How people join&#x27;<'
        in text
    )
    assert plain(text).count("Change 'How people join' of Group 1") == 1
    assert 'href="/workspaces/support/records/need/new?from=checks">Write down a need or concern<' in text


def test_it_is_narrowed_by_weight_and_principle(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, FUTURE[:1])
    assert "U100" not in visit(CHECKS)
    warnings = visit(f"{CHECKS}?severity=warning&principle=U")
    assert "U104" in warnings
    assert "U200" not in warnings
    assert "W101" not in warnings
    assert '<option value="warning" selected>' in warnings
    assert "Nothing was found." in visit(f"{CHECKS}?severity=error")


def test_the_title_of_a_narrowed_page_begins_with_how_much_is_found(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, FUTURE[:1])
    assert "<title>Checks: Support in work" in visit(CHECKS)
    assert "<title>1 thing found – Checks: Support in work" in visit(f"{CHECKS}?severity=warning&principle=U")
    assert "<title>0 things found – Checks: Support in work" in visit(f"{CHECKS}?severity=error")


def test_days_stand_in_words(visit: Visit, own_home: Path) -> None:
    late = {"id": "late", "title": "Plan of 2020-01-01", "due": "2020-06-30"}
    inhabited(own_home, [Row("action", late)])
    text = plain(visit(f"{CHECKS}?severity=warning&principle=D"))
    assert "was due on 30 June 2020, and is not done." in text
    assert "2020-06-30" not in text


def test_many_places_of_one_rule_are_folded(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, FUTURE)
    assert "Show 2 more of U104" in visit(CHECKS)


def test_a_page_stays_short_enough_to_read(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, (Row("group", {"id": f"g{n}", "title": f"G {n}", "status": "future"}) for n in range(300)))
    text = visit(CHECKS)
    assert "And 200 more, which the command line lists: outward check support --only U104" in text
    assert text.count("is future, and") == 100


def test_what_is_silenced_stands_below_with_its_reason_and_day(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, [*FUTURE[:1], SILENCE])
    text = plain(visit(CHECKS))
    assert "1 more silenced" in text
    assert "Until 31 March 2999, because: A trial runs." in text


def test_a_workspace_that_cannot_be_read_says_where(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [
        Problem("W002", "There is no field 'titel' <b>.", Place("records/groups.yaml", 7)),
        Problem("W003", "The workspace itself is missing."),
    ]

    def broken(_: str) -> None:
        raise BadWorkspace(problems)

    monkeypatch.setattr(workspaces, "home", broken)
    response = visitor.get(CHECKS)
    text = response.content.decode()
    assert response.status_code == 400
    assert page_faults(text) == []
    assert "records/groups.yaml, line 7" in text
    assert "<b>" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("severity=heavy", "There is no severity"),
        ("principle=X", "There is no principle"),
        ("colour=red", "There is no way to narrow checks"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(query: str, said: str, visitor: Client) -> None:
    response = visitor.get(f"{CHECKS}?{query}")
    assert response.status_code == 400
    assert said in response.content.decode()


def test_the_form_that_a_finding_leads_to_has_its_field(own_home: Path, person: Client) -> None:
    make_workspace(own_home)
    text = shown(person, f"/workspaces/{ID}/checks")
    links = re.findall(rf'href="(/workspaces/{ID}/records/[^"#]*/(?:edit|new)[^"#]*)(?:#([a-z_]+))?"', text)
    assert len({anchor for _, anchor in links}) > 2
    for page, anchor in links:
        assert not anchor or f'id="{anchor}"' in shown(person, html.unescape(page))


def silence_sent(person: Client, status: int, **values: str) -> HttpResponseBase:
    page = f"/workspaces/{ID}/records/silence/new"
    until = {"until-day": "1", "until-month": "2", "until-year": str(dates.today().year + 1)}
    usual = {"title": "A trial", "rule": "U104", "reason": "A trial runs.", **until}
    return sent(person, page, status, **{**usual, **values})


def test_a_silence_is_chosen_from_the_rules_and_saved(own_home: Path, person: Client) -> None:
    make_workspace(own_home)
    text = shown(person, f"/workspaces/{ID}/records/silence/new")
    assert '<option value="O203">O203: ' in text
    assert '<option value="W201">' not in text
    silence_sent(person, 302, record="need/clear-letters")
    text = shown(person, f"/workspaces/{ID}/records/silence/a-trial/edit")
    assert '<option value="U104" selected>' in text


def test_a_finding_leads_to_the_form_that_silences_it_filled_in(own_home: Path, person: Client) -> None:
    make_workspace(own_home)
    text = shown(person, f"/workspaces/{ID}/checks")
    ways = re.findall(r'<a class="govuk-link" href="([^"]*/silence/new[^"]*)">silence this', text)
    way = next(html.unescape(one) for one in ways if "rule=U" in one and "record=need%2Fclear-letters" in one)
    code = re.search(r"rule=(U\d+)", way)
    assert code
    filled = form(shown(person, way))
    assert (filled["rule"], filled["record"]) == ([code[1]], ["need/clear-letters"])
    assert filled["title"] == [f"{code[1]} for 'Letters that say what happens next'"]
    until = {"until-day": "1", "until-month": "2", "until-year": str(dates.today().year + 1)}
    sent(person, way, 302, **{**filled, "reason": "A trial runs.", **until})
    after = shown(person, f"/workspaces/{ID}/checks")
    assert html.escape(way) not in after
    assert "1 more silenced" in after


@pytest.mark.parametrize(
    "query", [f"rule={one}" for one in ("O999&record=need/clear-letters", "W201&record=need/clear-letters", "U202")]
)
def test_an_address_that_names_nothing_to_silence_fills_nothing_in(query: str, own_home: Path, person: Client) -> None:
    make_workspace(own_home)
    filled = form(shown(person, f"/workspaces/{ID}/records/silence/new?{query}"))
    assert (filled["rule"], filled["record"]) == ([""], [""])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"rule": "O999"}, "There is no rule ‘O999’. Choose one from the list."),
        ({"rule": "W201"}, "Rules about silences always speak."),
        ({"rule": ""}, "It must be answered."),
        ({"record": "need/never"}, "There is no such record as ‘need/never’."),
        ({"record": "clear-letters"}, "There is no such record as ‘clear-letters’."),
        ({"until-year": "2099"}, "It is at most a year ahead, "),
    ],
)
def test_a_silence_of_nothing_or_without_end_is_refused(
    values: dict[str, str], said: str, own_home: Path, person: Client
) -> None:
    make_workspace(own_home)
    assert said in checked_page(silence_sent(person, 400, **values))
    assert not now().records["silence"]
