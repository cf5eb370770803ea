"""A workspace as a folder: what is read from it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from outward.errors import BadInput, NotFound
from outward.workspace.folder import LARGEST, read_workspace

GOOD = """
title: Claims
body: {name: Downland Council, fictional: true}
made_up: true
about: |
  The first
  paragraph.

  The second.
evidence:
  - id: claims
    title: Claims of a year
    file: claims.csv
    settings: {name: Claims, gave_up_after_days: 30}
"""


def folder(tmp_path: Path, text: str | bytes) -> Path:
    here = tmp_path / "claims"
    here.mkdir(exist_ok=True)
    (here / "workspace.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return here


def test_it_reads_what_the_folder_says(tmp_path: Path) -> None:
    found = read_workspace(folder(tmp_path, GOOD), ("claims-1",))
    assert (found.id, found.title, found.body, found.made_up) == ("claims", "Claims", "Downland Council", True)
    assert found.about == ("The first paragraph.", "The second.")
    assert found.data_sets == ("claims-1",)
    (place,) = found.evidence
    assert (place.id, place.file, place.settings["gave_up_after_days"]) == ("claims", "claims.csv", 30)


def test_a_body_may_be_a_name_alone_and_the_rest_may_be_missing(tmp_path: Path) -> None:
    found = read_workspace(folder(tmp_path, "title: Claims\nbody: A council\n"))
    assert (found.body, found.about, found.evidence, found.made_up) == ("A council", (), (), False)


def test_a_folder_without_its_file_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no workspace\.yaml"):
        read_workspace(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "just words",
        "title: [open",
        "title: a: b",
        b"title: \xff\xfe",
        "body: A council",
        "title: Claims\nevidence: 3",
        "title: Claims\nevidence: [words]",
        "title: Claims\nevidence: [{id: x}]",
        "title: Claims\nbody: {what: no name}",
        "title: Claims\nevidence: [{id: x, title: y, file: z, settings: 3}]",
        "title: !!python/object/apply:os.system ['true']",
        "title: &a [*a]\nbody: *b",
        "title: " + "[" * 5000,
        "title: x\n" + "#" * LARGEST,
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_workspace(folder(tmp_path, text))
    assert "'claims/workspace.yaml'" in str(refused.value)
    assert len(str(refused.value)) < 250
