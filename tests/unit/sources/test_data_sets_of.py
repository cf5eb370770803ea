"""Whose a data set is: only a record that gives its id makes it a workspace's, whatever files are called."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from tests.made_case_logs import private_log, write

from outward.evidence.store import LaidLog, bring_in, data_sets, forget
from outward.evidence.tables import Settings
from outward.examples import EXAMPLES, bring_in_examples
from outward.sources import data_sets_of
from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.homes.home import Change, find_home
from outward.workspace.kinds.knowledge import DataSet


def laid(folder: Path, cut: int = 0, file: str = "claims.csv", name: str = "") -> LaidLog:
    folder.mkdir(exist_ok=True)
    return bring_in(write(folder / file, list(private_log())[cut:]), Settings(name=name))


def workspace(**place: str) -> Workspace:
    return build([Row("workspace", {"id": "w", "title": "W"}), Row("data_set", {"id": "d", "title": "D", **place})])


@pytest.mark.parametrize("file", ["claims.csv", "evidence/claims.csv"])
def test_a_file_of_the_same_name_is_not_a_workspaces_own(tmp_path: Path, file: str) -> None:
    log = laid(tmp_path / "northshire", name="Housing benefit claims of Northshire")
    assert log.manifest.source == "claims.csv"
    assert data_sets_of(workspace(file=file)) == []


def test_of_two_bodies_with_one_file_name_each_has_its_own(tmp_path: Path) -> None:
    north, down = laid(tmp_path / "northshire"), laid(tmp_path / "downland", cut=1)
    assert north.manifest.source == down.manifest.source
    assert north.id != down.id
    for own in (north, down):
        assert [log.id for log in data_sets_of(workspace(file="claims.csv", brought_in_as=own.id))] == [own.id]


def test_a_next_extract_is_shown_once_it_is_chosen_under_whatever_name(tmp_path: Path) -> None:
    first, later = laid(tmp_path), laid(tmp_path, cut=1, file="claims-2025.csv")
    assert [log.id for log in data_sets_of(workspace(brought_in_as=first.id))] == [first.id]
    assert [log.id for log in data_sets_of(workspace(brought_in_as=later.id))] == [later.id]


def test_what_was_forgotten_is_not_here_and_no_id_means_none(tmp_path: Path) -> None:
    log = laid(tmp_path)
    forget(log.id)
    laid(tmp_path, cut=1)
    assert data_sets_of(workspace(brought_in_as=log.id)) == []
    assert data_sets_of(workspace()) == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make the evidence of the example small, and note how often it is made."""
    from outward.examples.connexions import make as generator

    made: list[int] = []
    whole = partial(generator.make, size=0.02)

    def counted(folder: Path) -> list[Path]:
        made.append(1)
        return whole(folder)

    monkeypatch.setattr(generator, "make", counted)
    return made


def test_the_copy_of_an_example_says_which_data_set_was_made_for_it(tmp_path: Path, small: list[int]) -> None:
    own = write(tmp_path / "journeys.csv", private_log())
    other = bring_in(own)
    (log,) = bring_in_examples()
    assert log.id != other.id
    assert [one.id for one in data_sets_of(find_home("connexions").load())] == [log.id]
    assert all(data_sets_of(find_home(name).load()) == [] for name in EXAMPLES if name != "connexions")
    assert [one.id for one in bring_in_examples()] == [log.id]
    assert len(small) == 1
    assert len(find_home("connexions").history("data_set", "journeys")) == 2
    forget(log.id)
    assert [one.id for one in bring_in_examples()] == [log.id]
    assert len(data_sets()) == 2
    assert len(find_home("connexions").history("data_set", "journeys")) == 2


def test_an_example_whose_copy_was_changed_keeps_what_its_owner_chose(tmp_path: Path, small: list[int]) -> None:
    bring_in_examples()
    chosen = laid(tmp_path)
    home = find_home("connexions")
    now = home.load().values(DataSet.KIND, "journeys")
    assert now
    home.change([Change(DataSet.KIND, "journeys", now, {**now, "brought_in_as": chosen.id})], by="Ana")
    assert [log.id for log in bring_in_examples()] == [chosen.id]
    assert [log.id for log in data_sets_of(home.load())] == [chosen.id]
    assert len(small) == 1


def test_an_example_whose_copy_cannot_be_read_is_brought_in_all_the_same(small: list[int]) -> None:
    (log,) = bring_in_examples()
    folder = Path(find_home("connexions").folder)  # type: ignore[attr-defined]  # the copy is a folder
    (folder / "records" / "data_sets.yaml").write_text("- id: [")
    assert [one.id for one in bring_in_examples()] == [log.id]
    assert (folder / "records" / "data_sets.yaml").read_text() == "- id: ["
