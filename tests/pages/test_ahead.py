"""What pages will ask of a workspace is worked out before they ask, and nothing that goes wrong there is in the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from outward import asking, catalogue
from outward.checks import checking
from outward.present import charts
from outward.web import ahead

from .editing import ID, changed, make_workspace, now

PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ahead, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(ahead, "_begun", [])
    asking._released.clear()
    checking._checked.cache_clear()
    yield
    asking._released.clear()
    checking._checked.cache_clear()


def known() -> set[object]:
    return {key[0] for key in list(asking._released)}


def wait_until_known() -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while known() != set(catalogue.asked_of("workspace")):
        assert time.monotonic() < until, known()
        time.sleep(0.01)


def test_what_a_page_has_met_is_worked_out_after_it(
    person: Client, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(charts, "_drawn", drawn.append)
    make_workspace(own_home)
    ahead.begin()
    assert person.get(f"/workspaces/{ID}/records").status_code == 200
    wait_until_known()
    assert len(drawn) == 1
    assert checking._checked.cache_info().currsize == 1


def test_the_pages_then_work_out_nothing_again_until_something_is_changed(person: Client, own_home: Path) -> None:
    make_workspace(own_home)
    for times in (1, 2):
        ahead.work_out(now())
        before = dict(asking._released)
        assert len(before) == times * len(catalogue.asked_of("workspace"))
        for page in ("", "/checks", "/ask/O2.1", "/ask/D5.1"):
            assert person.get(f"/workspaces/{ID}{page}").status_code == 200
        assert checking._checked.cache_info().misses == times
        assert dict(asking._released) == before
        changed("need", "clear-letters", title=f"Changed {times} times")


def test_something_broken_does_not_end_it(own_home: Path) -> None:
    make_workspace(own_home)
    ahead.begin()
    broken: Any = object()
    ahead.of(broken)
    ahead.of(now())
    wait_until_known()


def test_nothing_is_worked_out_where_it_was_not_begun(person: Client, own_home: Path) -> None:
    make_workspace(own_home)
    person.get(f"/workspaces/{ID}/records")
    assert known() == set()
