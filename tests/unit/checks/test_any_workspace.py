"""Whatever a workspace holds, and however little of it, a check ends and speaks in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from outward.checks.checking import check
from outward.checks.rules import SECTIONS
from outward.checks.telling import as_json, lines
from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.records import kinds

DAYS = ("0001-01-01", "1999-12-31", "2024-02-29", "2026-06-30", "2026-07-01", "9999-12-31")
LINES = ("none", "U3.4", "0", "Head of claims", "passes(", "work=Own", "U104", "group/g0", "x@example.org", "é" * 300)
WORDS: dict[str, tuple[Any, ...]] = {
    "line": LINES,
    "prose": ("Words\n\nand more", "07700 900123", "0" * 2000),
    "day": DAYS,
    "number": ("0", "-1.5", "1e300"),
    "whole": ("0", "3", "1000000000000"),
    "yes or no": ("yes", "no"),
    "settings": ({"roles": {"case": "id"}},),
}
BOUND = {"question": "U3.4", "score": "5"}
"""Fields whose values are held to more than their shape."""
EACH = 3
"""Records of every kind; they name each other at random."""


def drawn(rng: np.random.Generator) -> Workspace:
    """Return a workspace of random records, in which every field is left out as often as some number says."""
    fullness = rng.random()
    rows = [Row("workspace", {"id": "w", "title": "W", **_values(rng, "workspace", fullness)})]
    for kind in list(kinds())[1:]:
        for number in range(EACH):
            rows.append(Row(kind, {"id": f"{kind[0]}{number}", "title": "T", **_values(rng, kind, fullness)}))
    return build(rows)


def _values(rng: np.random.Generator, kind: str, fullness: float) -> dict[str, Any]:
    fields = [field for field in fields_of(kinds()[kind]) if field.name not in ("id", "title", "parent")]
    return {field.name: _value(rng, field) for field in fields if field.required or rng.random() < fullness}


def _value(rng: np.random.Generator, field: Field) -> Any:
    if field.name in BOUND:
        return BOUND[field.name]
    choices = field.choices or (tuple(f"{field.to[0]}{n}" for n in range(EACH)) if field.to else WORDS[field.shape])
    one = choices[int(rng.integers(len(choices)))]
    return [one] if field.several else one


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("on", [date(2026, 6, 30), date.min, date.max])
def test_a_check_of_any_workspace_ends_in_sentences(seed: int, on: date) -> None:
    checked = check(drawn(np.random.default_rng(seed)), on)
    told = as_json(checked)
    assert len(lines(checked)) == len(checked.found) + 1
    assert sum(told["counts"].values()) == len(told["found"])
    for one in (*checked.found, *(found for found, _ in checked.silenced)):
        assert one.said.endswith((".", "?"))
        assert "\n" not in one.said
        assert one.rule.code != "W301" or "example.org" not in one.said


def test_random_workspaces_make_rules_of_every_principle_speak() -> None:
    spoken = {
        one.rule.code[0]
        for seed in range(40)
        for one in check(drawn(np.random.default_rng(seed)), date(2026, 6, 30)).found
    }
    assert spoken == set(SECTIONS)
