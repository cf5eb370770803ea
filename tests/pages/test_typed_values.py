"""What is typed into a form means what the same words mean in a workbook or a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from outward import catalogue
from outward.web import facts, record_form, record_values
from outward.workspace.fields import fields_of
from outward.workspace.kinds.customers import Need
from outward.workspace.kinds.knowledge import DataSet, Finding
from outward.workspace.problems import Place
from outward.workspace.records import kinds
from outward.workspace.workbook.cells import value_from
from outward.workspace.workbook.naming import called_in
from tests.made_workspaces import made_workspace

from .editing import ID, RECORDS, make_workspace, shown


@pytest.mark.parametrize("line", ["carers", "Carers", "Working  carers", "working carers", " WORKING CARERS "])
def test_a_form_reads_a_reference_as_a_workbook_does(line: str) -> None:
    workspace = made_workspace(group=[{"id": "carers", "title": "Working  carers"}, {"id": "pupils"}])
    (groups,) = (field for field in fields_of(Need) if field.name == "groups")
    values, wrong = record_values.read(workspace, Need, {"title": ["Clear letters"], "groups": [line]})
    assert wrong == {}
    assert values["groups"] == value_from(groups, line, Place(), called_in([], workspace)["group"]) == ["carers"]


def test_a_title_of_two_records_is_not_guessed() -> None:
    workspace = made_workspace(group=[{"id": "a", "title": "Working carers"}, {"id": "b", "title": "working  Carers"}])
    _, wrong = record_values.read(workspace, Need, {"title": ["Clear letters"], "groups": ["working carers"]})
    assert wrong["groups"].said == "Several are called ‘working carers’. Type the id: a, b."


def test_an_id_in_other_letters_that_is_a_title_as_well_is_not_guessed() -> None:
    workspace = made_workspace(group=[{"id": "speed", "title": "Cheapness"}, {"id": "x1", "title": "Speed"}])
    values, wrong = record_values.read(workspace, Need, {"title": ["Clear letters"], "groups": ["Speed"]})
    assert wrong["groups"].said == "Several are called ‘Speed’. Type the id: speed, x1."
    values, wrong = record_values.read(workspace, Need, {"title": ["Clear letters"], "groups": ["speed"]})
    assert (values["groups"], wrong) == (["speed"], {})


def test_a_number_in_settings_that_is_not_written_plainly_is_refused_beside_its_field() -> None:
    _, wrong = record_values.read(made_workspace(), DataSet, {"title": ["Log"], "settings": ["case: 0123"]})
    assert wrong["settings"].said.startswith("'0123' is no plain number")


def test_what_is_not_called_optional_is_required_or_answered_already() -> None:
    for kind in kinds().values():
        for field in fields_of(kind):
            asked = record_form._optional(kind, field) or field.required
            assert asked or field.shape in ("choice", "yes or no"), (kind.KIND, field.name)


def test_the_usual_number_is_said_where_an_empty_field_stands_for_it(own_home: Path, person: Client) -> None:
    make_workspace(own_home)
    text = shown(person, f"{RECORDS}/workspace/{ID}/edit")
    assert "Left empty, it is 180." in text
    assert "Left empty, it is 12." in text


@pytest.mark.parametrize("question", ["D5.1", "u3.4 by channel"])
def test_a_question_that_is_named_stands_with_its_title(question: str) -> None:
    (field,) = (one for one in fields_of(Finding) if one.name == "question")
    title = catalogue.find(question.split()[0]).title
    assert facts.fact(made_workspace(), field, question).words == f"{question} ({title})"
