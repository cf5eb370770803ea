from __future__ import annotations

import html
import re
from typing import Any

import pytest

from outward.asking import ask
from outward.examples import copy_example, read_example
from outward.examples.tours import tour_of
from outward.web import answers
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.operations import Benchmark
from outward.workspace.records import plain

from .conftest import Visit


@pytest.fixture(autouse=True)
def examples(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_example("pensions")
    copy_example("across")
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])


def test_the_first_page_leads_to_the_tour_and_the_tour_to_pages_that_are_there(visit: Visit) -> None:
    assert 'href="/workspaces/pensions/tour"' in visit("/")
    text = visit("/workspaces/pensions/tour")
    assert "Made-up data" in text
    found = tour_of("pensions")
    assert found is not None
    for number, stop in enumerate(found.stops, 1):
        address = f"/workspaces/pensions{stop.path}?tour={number}"
        assert f'<a class="govuk-link" href="{address}">' in text
        bar = tour_bar(visit(address))
        assert f"Tour, stop {number} of 10: {stop.title}." in bar
        assert stop.notice in bar
        assert 'href="/workspaces/pensions/tour">Back to the tour</a>' in bar
        following = [f"{one.path}?tour={number + 1}" for one in found.stops[number : number + 1]]
        assert re.findall(r'href="/workspaces/pensions([^"]*)">Next stop', bar) == following


def tour_bar(text: str) -> str:
    return html.unescape(text[text.index('<nav class="outward-tour') :].partition("</nav>")[0])


@pytest.mark.parametrize("stop", ["0", "11", "x", "1e1", "%3Cb%3E", "", "²"])
def test_a_stop_that_is_none_changes_nothing(stop: str, visit: Visit) -> None:
    for page in ("checks", "ask/O2.1", "records/need", ""):
        assert "outward-tour" not in visit(f"/workspaces/pensions/{page}?tour={stop}".replace("/?", "?"))


def test_a_workspace_without_a_tour_shows_no_stop(visit: Visit) -> None:
    assert "outward-tour" not in visit("/workspaces/across?tour=1")


def written(workspace: Workspace, kind: str, id: str) -> dict[str, Any]:
    return plain(workspace.find(kind, id))


def test_what_the_stops_say_is_what_the_records_hold() -> None:
    workspace = read_example("pensions")
    groups = written(workspace, "principle", "dignity")["groups"]
    held = [group for group in workspace.every(Group) if {one.id for one in workspace.around(group)} & {*groups}]
    assert "newly-bereaved" in {group.id for group in held}
    assert "future" not in {group.status for group in held}
    pilot = written(workspace, "action", "earlier-letter-pilot")
    (benchmark,) = workspace.every(Benchmark)
    assert benchmark.measure == pilot["measure"]
    assert written(workspace, "finding", pilot["findings"][0])["known_on"].startswith("2019")
    first = ask("D5.1", workspace).tables["findings"].values["finding"][0]
    assert first == workspace.find("finding", "calls-cut-short").title


def test_a_workspace_without_a_tour_says_so(visit: Visit) -> None:
    assert "There is no tour of the workspace" in visit("/workspaces/across/tour", 404)
    assert "/tour" not in visit("/workspaces/across")


def test_the_stop_at_the_pilot_leads_to_its_finding_and_to_what_the_ombudsman_found(visit: Visit) -> None:
    pilot = visit("/workspaces/pensions/records/action/earlier-letter-pilot")
    finding, measure = (
        f"/workspaces/pensions/records/{one}" for one in ("finding/letters-come-too-late", "measure/told-in-time")
    )
    assert f'href="{finding}"' in pilot
    assert f'href="{measure}"' in pilot
    assert "14 February 2019" in visit(finding)
    assert 'href="/workspaces/pensions/records/benchmark/ombudsman-state-pension-age"' in visit(measure)
