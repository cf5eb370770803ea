from __future__ import annotations

import pytest

from outward.examples import read_example
from outward.examples.tours import tour_of
from outward.web import answers

from .conftest import Visit


@pytest.fixture(autouse=True)
def examples(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "workspaces", lambda: [read_example("pensions"), read_example("across")])
    monkeypatch.setattr(answers, "workspace", read_example)
    monkeypatch.setattr(answers, "data_sets_of", lambda _: [])


def test_the_first_page_leads_to_the_tour_and_the_tour_to_pages_that_are_there(visit: Visit) -> None:
    assert 'href="/workspaces/pensions/tour"' in visit("/")
    text = visit("/workspaces/pensions/tour")
    assert "Made-up data" in text
    found = tour_of("pensions")
    assert found is not None
    addresses = [f"/workspaces/pensions{stop.path}" for stop in found.stops]
    there = [one for one in addresses if f'href="{one}"' in text]
    assert len(there) >= 6
    for address in there:
        visit(address)


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
