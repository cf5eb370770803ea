"""The events of the chosen cases: told by the events alone they are those of a join to the cases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.evidence.view import View
from outward.evidence.where import Where

ALONE = ["area=North", "area=North|South", "area=not known", "area=North & kind=new", "area=Nowhere"]
JOINED = ["passes(Check)", "area=North & passes(Check)", "to=2024-01-02"]


def made() -> list[Case]:
    """Cases of two attributes, of which one changes on the way and is at times not known."""
    rng = np.random.default_rng(3)
    log = []
    for number in range(60):
        steps = [(str(step), float(day)) for day, step in enumerate(rng.choice(["Apply", "Check", "Pay"], 4))]
        area = str(rng.choice(["North", "South", "East", ""]))
        log.append(Case(str(number), tuple(steps), {"area": area, "kind": str(rng.choice(["new", "old"]))}))
    return log


@pytest.mark.parametrize("by", ["", "kind", "area"])
@pytest.mark.parametrize("where", [*ALONE, *JOINED])
def test_the_flow_is_that_of_the_chosen_cases(where: str, by: str, tmp_path: Path) -> None:
    with View.open(laid(tmp_path, made()), Where.parse(where), by, smallest_group=2) as view:
        listed = "case_no, position, grp"
        found = view.rows(f"SELECT {listed} FROM {view.flow()} ORDER BY ALL")
        truth = view.rows(
            f"SELECT {listed} FROM events JOIN (SELECT case_no, grp FROM cases) USING (case_no) ORDER BY ALL"
        )
        assert found == truth
        assert ("JOIN" not in view.flow()) == (where in ALONE)
        assert found or where == "area=Nowhere"
