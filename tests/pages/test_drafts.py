"""Drafts on disk, and what changed between two texts, word by word."""

from __future__ import annotations

import os
from pathlib import Path
from time import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.own_folder import own_folder
from outward.web import drafts, jobs, worker
from outward.web.word_changes import LONGEST, word_changes

WORDS = st.lists(st.sampled_from(["a", "b", "c", " ", "\n", "<b>"])).map("".join)


def test_a_draft_is_its_owners_alone_and_one_of_its_kind(own_home: Path) -> None:
    drafts.keep("w", "need/a", {"title": ["One", "<two>"]})
    drafts.keep("w", "need/b", {"title": ["Other"]})
    found = drafts.find("w", "need/a")
    assert found
    assert found.raw == {"title": ["One", "<two>"]}
    files = list((own_home / "drafts").iterdir())
    assert len(files) == 2
    if os.name == "posix":
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        assert (own_home / "drafts").stat().st_mode & 0o777 == 0o700
    drafts.drop("w", "need/a")
    drafts.drop("w", "need/a")
    assert drafts.find("w", "need/a") is None
    assert drafts.find("v", "need/b") is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"raw": [], "at": ""}', '{"raw": {"a": 1}, "at": ""}', '{"raw": {}, "at": "x"}']
)
def test_a_damaged_draft_is_none(text: str, own_home: Path) -> None:
    drafts.keep("w", "need/a", {})
    (file,) = (own_home / "drafts").iterdir()
    file.write_text(text, encoding="utf-8")
    assert drafts.find("w", "need/a") is None


@given(WORDS, WORDS)
def test_the_parts_make_up_both_texts(before: str, after: str) -> None:
    parts = word_changes(before, after)
    assert "".join(words for way, words in parts if way != "in") == before
    assert "".join(words for way, words in parts if way != "out") == after
    assert all(words for _, words in parts)
    assert before != after or all(way == "same" for way, _ in parts)


def test_very_long_texts_stand_one_after_the_other() -> None:
    long = "word " * LONGEST
    assert word_changes(long, "short") == [("out", long), ("in", "short")]


def test_a_draft_of_ninety_days_is_gone_once_the_worker_has_started(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep("pensions", "need/old", {"title": ["A"]})
    (file,) = (own_home / "drafts").iterdir()
    drafts.keep("pensions", "need/new", {"title": ["B"]})
    part = file.with_name(".left.part")
    part.touch()
    for path in (file, part):
        os.utime(path, (0, time() - drafts.KEPT_SECONDS - 60))
    assert drafts.find("pensions", "need/old") is None

    rounds = iter([None])
    monkeypatch.setattr(worker, "end_with", lambda _: None)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0)
    monkeypatch.setattr(jobs, "claim", lambda: next(rounds))
    with pytest.raises(StopIteration):
        worker.main(os.getpid())
    assert not file.exists()
    assert not part.exists()
    assert drafts.find("pensions", "need/new") is not None


def test_what_a_killed_process_left_of_a_draft_goes_after_a_minute() -> None:
    drafts.keep("w", "k", {"title": ["kept"]})
    folder = own_folder("drafts")
    left, coming = folder / ".0a1b.part", folder / ".2c3d.part"
    for part in (left, coming):
        part.write_text("half a name")
    os.utime(left, (time() - 61, time() - 61))
    drafts.sweep()
    assert (left.exists(), coming.exists()) == (False, True)
    assert drafts.find("w", "k")
