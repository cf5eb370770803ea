"""Every story holds on every engine, and the manual tells the same stories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from outward.evidence.where import STEPS, Where
from tests.reference.flows import Row
from tests.reference.questions import FIGURES, Reference
from tests.spec.drawn import Story, events, expected_rows
from tests.spec.embedded import Embedded, lay_events
from tests.spec.manual import PAGE, manual
from tests.spec.stories import CHAPTERS

STORIES = [story for chapter in CHAPTERS for story in chapter.stories]


class Engine(Protocol):
    """What gives the figures of a log."""

    def figures(self, names: list[str], where: Where, by: str = "", smallest_group: int = 1) -> dict[str, list[Row]]:
        """Return the rows of each of these figures."""


@pytest.fixture(params=["embedded", "reference"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Story], Engine]:
    """How to get an engine for the log of a story."""

    def of(story: Story) -> Engine:
        if request.param == "reference":
            return Reference(events(story.log), story.settings)
        return Embedded(lay_events(events(story.log), story.settings, tmp_path / "story"))

    return of


def in_any_order(rows: list[Row]) -> list[list[tuple[str, str]]]:
    plain = [{name: cell if isinstance(cell, str) else float(cell) for name, cell in row.items()} for row in rows]
    return sorted(sorted((name, repr(cell)) for name, cell in row.items()) for row in plain)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_the_story_holds(story: Story, engine: Callable[[Story], Engine]) -> None:
    expected = expected_rows(story)
    asked = (Where.parse(story.where), story.by, story.smallest_group)
    found = engine(story).figures([story.asked], *asked)[story.asked]
    told = [{name: row[name] for name in expected[0]} for row in found]
    assert in_any_order(told) == in_any_order(expected)


def test_every_figure_has_a_story() -> None:
    assert {story.asked for story in STORIES} == set(FIGURES)


def test_every_condition_of_a_filter_has_a_story() -> None:
    kinds = {condition.kind for story in STORIES for condition in Where.parse(story.where).conditions}
    assert kinds == {*STEPS, "value", "from", "to"}


def test_no_title_stands_twice() -> None:
    titles = [story.title for story in STORIES]
    assert len(titles) == len(set(titles))


def test_the_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(), "write it again: python -m tests.spec.manual"
