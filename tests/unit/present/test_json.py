from __future__ import annotations

import json

from outward.answers import Basis, Column
from outward.present.json import as_json

from .made import answer, by_channel, table


def test_json_has_exactly_the_agreed_keys() -> None:
    assert list(as_json(by_channel())) == [
        "version",
        "question",
        "title",
        "sentence",
        "standing",
        "basis",
        "policy",
        "parameters",
        "tables",
        "caveats",
        "method",
        "evidence",
    ]
    assert as_json(by_channel())["version"] == 1


def test_a_cell_that_was_not_released_is_null_with_its_symbol() -> None:
    channels = as_json(by_channel())["tables"]["channels"]
    assert channels["rows"][2] == {
        "channel": "Post",
        "cases": None,
        "share": None,
        "share_low": None,
        "share_high": None,
        "median_days": None,
    }
    assert {"row": 2, "column": "cases", "symbol": "c"} in channels["marks"]


def test_the_ends_of_an_interval_are_named_after_what_they_bound() -> None:
    columns = [
        Column("rate", "share"),
        Column("from_", "low", bounds="rate"),
        Column("to_", "high", bounds="rate"),
    ]
    released = answer({"rates": table(columns, [{"rate": 0.5, "from_": 0.4, "to_": 0.6}])})
    rates = as_json(released)["tables"]["rates"]
    assert rates["rows"] == [{"rate": 0.5, "rate_low": 0.4, "rate_high": 0.6}]
    assert [column["name"] for column in rates["columns"]] == ["rate", "rate_low", "rate_high"]


def test_json_can_always_be_written() -> None:
    released = answer(
        {"t": table([Column("a", "number"), Column("b", "mean")], [{"a": float("nan"), "b": float("inf")}])},
        basis=Basis.MADE_UP,
    )
    made = as_json(released)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert made["basis"] == "made-up"
    assert [mark["symbol"] for mark in made["tables"]["t"]["marks"]] == ["x", "x"]
