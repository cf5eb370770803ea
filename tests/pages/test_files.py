"""Files to take away."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from .conftest import LOG


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("paths.csv", "text/csv; charset=utf-8", ""),
        ("map.svg", "image/svg+xml", "<svg"),
        ("answer.json", "application/json", "{"),
        ("answer.html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
    ],
)
def test_a_file_is_sent_as_a_download_that_names_its_basis(name: str, kind: str, begins: str, visitor: Client) -> None:
    response = visitor.get(f"/data/{LOG}/ask/U3.1/{name}?where=passes%28Pay%29")
    stem, ending = name.split(".")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    wanted = f'attachment; filename="made-up-{LOG}-U3.1-{stem}.{ending}"'
    assert response.headers["Content-Disposition"] == wanted
    assert response.content.decode().lstrip("\ufeff").startswith(begins)


def test_a_csv_says_first_that_the_data_is_made_up(visitor: Client) -> None:
    first = visitor.get(f"/data/{LOG}/ask/U3.1/paths.csv").content.decode().splitlines()[0]
    assert "made-up" in first.lower()


def test_the_json_is_the_whole_answer(visitor: Client) -> None:
    whole = json.loads(visitor.get(f"/data/{LOG}/ask/U3.4/answer.json").content)
    assert whole["question"] == "U3.4"


@pytest.mark.parametrize("name", ["nothing.csv", "summary.svg", "map.csv", "paths.json", "chart.html"])
def test_a_file_that_is_not_there_is_not_found(name: str, visitor: Client) -> None:
    assert visitor.get(f"/data/{LOG}/ask/U3.1/{name}").status_code == 404


@pytest.mark.parametrize(("ending", "begins"), [("html", "<!DOCTYPE html>"), ("json", "{")])
def test_a_comparison_can_be_taken_away(ending: str, begins: str, visitor: Client) -> None:
    response = visitor.get(f"/data/{LOG}/compare/comparison.{ending}?a=channel%3DPhone&b=channel%3DPost")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="made-up-{LOG}-comparison.{ending}"'
    assert response.content.decode().startswith(begins)
    assert "Phone" in response.content.decode()
