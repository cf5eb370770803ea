from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from outward.answers import Basis
from outward.evidence.tables import ENDING_KINDS, ROLES, Settings
from outward.examples import connexions, read_example
from outward.examples.connexions.make import SEED
from outward.workspace.kinds.knowledge import DataSet
from outward.workspace.kinds.stakeholders import Perspective

FOLDER = Path(connexions.__path__[0])


def settings() -> dict[str, Any]:
    (place,) = read_example("connexions").every(DataSet)
    return place.settings


def test_it_says_that_it_is_fictional_and_made_up() -> None:
    header = read_example("connexions").header
    assert header.made_up is True
    assert "does not exist" in header.body_about
    assert "fictional" in header.about
    assert "Fictional and made up" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert (FOLDER / "truths.yaml").read_text(encoding="utf-8").startswith("# Made up")


def test_it_walks_from_six_perspectives() -> None:
    assert len(read_example("connexions").every(Perspective)) == 6


def test_its_settings_are_settings() -> None:
    assert set(settings()) <= {field.name for field in fields(Settings)}
    assert set(settings()["roles"]) <= set(ROLES)
    assert set(settings()["endings"].values()) <= set(ENDING_KINDS)
    assert Basis(settings()["basis"]) is Basis.MADE_UP
    assert Settings(**settings()).extract_date == "2026-10-31"


def test_its_settings_fit_the_file(log: Path, rows: list[dict[str, str]]) -> None:
    (place,) = read_example("connexions").every(DataSet)
    assert place.file == log.name
    assert f"the seed {SEED}" in (FOLDER / "records/data_sets.yaml").read_text(encoding="utf-8")
    assert set(settings()["roles"].values()) <= set(rows[0])
    assert set(settings()["endings"]) <= {row["activity"] for row in rows}


def test_the_generator_uses_nothing_else_of_outward() -> None:
    for path in FOLDER.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(("import outward", "from outward")):
                assert "outward.examples.connexions" in line
