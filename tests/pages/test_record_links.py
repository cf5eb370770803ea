"""An answer about records leads to them: what it names is a link to the record's own page, and nothing else is one."""

from __future__ import annotations

import re

import pytest

from outward.asking import ask
from outward.examples import read_example
from outward.present.tables import table_html
from outward.web.record_links import to_records
from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace

NAMED = {
    "O2.1": {"needs": "need", "things": "thing", "links": "from_thing"},
    "O2.2": {"rewards": "reward", "needs": "need"},
    "D1.1": {"holes": "title", "groups": "group", "cells": "group"},
    "D1.2": {"stages": "policy", "groups": "group", "findings": "finding"},
    "D1.4": {"bodies": "body", "needs": "need", "groups": "group", "cells": "need"},
    "D5.1": {"findings": "finding", "actions": "action", "came": "action", "clocks": "finding"},
}
"""Of each question, tables and a column of theirs whose every cell names a record."""


@pytest.fixture(scope="module")
def pensions() -> Workspace:
    return read_example("pensions")


@pytest.mark.parametrize(("question", "tables"), NAMED.items())
def test_every_record_that_is_named_has_a_link_to_its_page(
    question: str, tables: dict[str, str], pensions: Workspace
) -> None:
    answer, leads_to = ask(question, pensions), to_records(pensions)
    for name, column in tables.items():
        table = answer.tables[name]
        assert len(table), (question, name)
        for row in range(len(table)):
            where = leads_to(table, column, row)
            found = re.fullmatch(r"/workspaces/pensions/records/(\w+)/([\w-]+)", where)
            assert found, (question, name, column, row)
            assert pensions.find(found[1], found[2]).title == table.values[column][row]


def test_the_page_of_an_answer_holds_the_links_and_its_file_none(pensions: Workspace) -> None:
    answer = ask("O2.1", pensions)
    need = answer.tables["needs"].values["need"][0]
    markup = table_html(answer, "needs", leads_to=to_records(pensions))
    assert re.search(rf'<a class="govuk-link" href="/workspaces/pensions/records/need/[\w-]+">{need}</a>', markup)
    assert "<a " not in table_html(answer, "needs")


def test_two_of_one_title_lead_to_their_own_pages_and_words_that_name_none_lead_nowhere() -> None:
    rows = [
        Row("workspace", {"id": "made", "title": "Made up", "body": "A council"}),
        Row("group", {"id": "a", "title": "<Young> & old"}),
        *(Row("need", {"id": id, "title": "Letters", "type": "need", "groups": ["a"]}) for id in ("one", "two")),
    ]
    workspace = build(rows)
    answer, leads_to = ask("D1.4", workspace), to_records(workspace)
    table = answer.tables["needs"]
    led = {str(table.values["need"][row]): leads_to(table, "need", row) for row in range(len(table))}
    assert led == {f"Letters ({id})": f"/workspaces/made/records/need/{id}" for id in ("one", "two")}
    assert [leads_to(table, "owned", row) for row in range(len(table))] == ["", ""]
    grid = table_html(answer, "groups", leads_to=leads_to)
    assert '<a class="govuk-link" href="/workspaces/made/records/group/a">&lt;Young&gt; &amp; old</a>' in grid
