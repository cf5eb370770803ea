from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from outward.checks.checking import check
from outward.examples import EXAMPLES, read_example
from outward.examples.tours import tour_of
from outward.workspace.kinds.customers import Body, Group, Need
from outward.workspace.kinds.knowledge import DataSet
from outward.workspace.kinds.stakeholders import Interest, Level, Perspective
from outward.workspace.records import kinds


def folder(name: str) -> Path:
    return Path(import_module(f"outward.examples.{name}").__path__[0])


def planted(name: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((folder(name) / "faults.yaml").read_text(encoding="utf-8"))
    return held


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_that_it_is_made_up(name: str) -> None:
    workspace = read_example(name)
    assert workspace.id == name
    assert workspace.header.made_up
    assert "made up" in workspace.header.about
    assert "exist" in workspace.header.body_about
    assert "Fictional and made up" in (folder(name) / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_check_finds_what_is_planted_and_nothing_else(name: str) -> None:
    faults = planted(name)
    found = check(read_example(name), faults["day"]).found
    assert {(one.rule.code, f"{one.kind}/{one.id}") for one in found if one.rule.severity != "note"} == {
        (fault["rule"], fault["record"]) for fault in faults["faults"]
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_planted_fault_says_why_it_is_there(name: str) -> None:
    faults = planted(name)
    assert faults["day"] == date(2026, 11, 23)
    assert len({(fault["rule"], fault["record"]) for fault in faults["faults"]}) == len(faults["faults"])
    for fault in faults["faults"]:
        assert fault["why"].endswith(".")


def test_the_pension_service_has_a_dozen_faults_or_more() -> None:
    assert 12 <= len(planted("pensions")["faults"]) <= 20


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_data_set_has_a_file_or_says_that_it_is_not_yet_made(name: str) -> None:
    for place in read_example(name).every(DataSet):
        assert place.file or "Not yet made" in place.about or "of this workspace" in place.about


def test_the_stops_of_the_tour_name_records_that_are_there() -> None:
    tour = tour_of("pensions")
    assert tour is not None
    assert len(tour.stops) == 10
    for stop in tour.stops:
        parts = stop.path.strip("/").split("/")
        if parts[0] == "records":
            assert parts[1] in kinds()
            assert len(parts) == 2 or read_example("pensions").find(parts[1], parts[2])


def test_only_an_example_has_a_tour() -> None:
    assert tour_of("../pensions") is None
    assert tour_of("across") is None


def test_connexions_knows_who_stands_at_each_perspective() -> None:
    for perspective in read_example("connexions").every(Perspective):
        assert perspective.group or perspective.stakeholder


def test_literacy_has_its_levels_and_whose_interest_is_felt_there() -> None:
    workspace = read_example("literacy")
    assert [level.order for level in workspace.every(Level)] == [1, 2, 3, 4, 5, 6]
    assert len({interest.level for interest in workspace.every(Interest)}) >= 4


def test_across_says_of_every_need_whose_it_is() -> None:
    workspace = read_example("across")
    assert len(workspace.every(Body)) >= 5
    assert len([group for group in workspace.every(Group) if not group.parent]) >= 2
    assert {need.ownership for need in workspace.every(Need)} == {"owned", "shared", "nobody's"}
