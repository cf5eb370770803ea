"""What is typed into a form means what the same words mean in a workbook or a file."""

from __future__ import annotations

import pytest

from outward.web import record_values
from outward.workspace.fields import fields_of
from outward.workspace.kinds.customers import Need
from outward.workspace.problems import Place
from outward.workspace.workbook.cells import value_from
from outward.workspace.workbook.naming import called_in
from tests.made_workspaces import made_workspace


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
