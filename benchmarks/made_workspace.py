"""A made workspace of many records, which refer to each other and hold some faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

GROUPS = 10
"""One record in ten is a group, one a measure and so on, as `made` says."""


def made(records: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield each file of a made workspace and its records, which refer to each other and hold some faults.

    Args:
        records: how many there are in all.
    """
    of = [f"n{number}" for number in range(records // GROUPS)]
    about = "What people said of it, in their words, over a line or two of text. " * 3
    yield (
        "groups",
        [_of(id, about=about, parent=f"n{number // 4}" if number > 3 else "") for number, id in enumerate(of)],
    )
    yield "needs", [_of(id, about=about, groups=[id], findings=[id], expectation="voice") for id in of]
    yield "measures", [_of(id, needs=[id], owner="Head of claims", direction="down", target=3) for id in of[1:]]
    yield "findings", [_of(id, about=about, groups=[id], known_on="2024-01-31", source="Survey") for id in of]
    yield "actions", [_of(id, about=about, findings=[id], measure="n1", decided_on="2024-03-01") for id in of[2:]]
    yield "objectives", [_of(id, group=id, needs=[id], findings=[id], target_date="2027-01-01") for id in of]
    yield "policies", [_policy(id, everyone=at % 10 == 0) for at, id in enumerate(of)]
    yield "stakeholders", [_of(id, type="business", power=True, speaks_for=[id]) for id in of]
    yield "relationships", [_of(id, stakeholder=id, closeness="close") for id in of]
    yield "interviews", [_of(id, speaker="customer", said=about, groups=[id], consent=True) for id in of]


def _of(id: str, **values: object) -> dict[str, object]:
    return {"id": id, "title": f"What is called {id}", **{name: value for name, value in values.items() if value != ""}}


def _policy(id: str, everyone: bool) -> dict[str, object]:
    groups = [id, "n0"] if everyone and id != "n0" else [id]
    return _of(id, stage="decision", groups=groups, decision_on="2024-06-30")


def write(folder: Path, records: int) -> None:
    """Write a made workspace into a folder."""
    (folder / "records").mkdir(parents=True)
    (folder / "workspace.yaml").write_text("title: Made\nbody: A made-up body\nmade_up: true\n", encoding="utf-8")
    for name, rows in made(records):
        text = yaml.safe_dump(rows, sort_keys=False)
        (folder / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
