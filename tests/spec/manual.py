"""Print the specification as a page of the reference manual: `python -m tests.spec.manual`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.spec.drawn import Story, cells
from tests.spec.stories import CHAPTERS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "specification.md"

FIGURES = {
    "groups": "The groups",
    "quality": "Counts of the log",
    "aside": "Rows set aside",
    "varying": "Attributes that change on the way",
    "steps": "The steps",
    "paths": "The paths",
    "ends": "First and last steps",
    "routes": "The exact routes",
    "coverage": "What the most common routes cover",
    "rare routes": "Routes other than the most common",
    "rework": "Cases that do a step again",
    "repeats": "Steps done again",
    "waits": "Waits on paths",
    "waits after": "Waits after a step",
    "work": "Work on steps",
    "durations": "How long each case lasted",
    "gave up": "How long, by how long a silence counts",
    "endings": "How cases have ended so far",
    "months": "Cases that began, by month",
    "spans": "From first to last event",
    "channels": "The channels",
    "moves": "From first to last channel",
    "contained": "Digital and contained",
    "repeat contact": "Repeat contact",
    "failure demand": "Failure demand",
    "weeks": "Whole weeks",
    "weeks followed": "What became of the cases of each week",
    "steps within": "Steps that cases came to within the days",
    "repeats within": "What cases did again within the days",
    "routes within": "Exact routes within the days",
    "working durations": "How long each case lasted, in working days",
    "whole working days": "How long each case lasted, in whole working days",
    "working waits": "Waits on paths, in working days",
    "whole-day waits": "Waits on paths, in whole working days",
    "working paths": "The paths, in working days",
    "working routes": "The exact routes, in working days",
    "working spans": "From first to last event, in working days",
    "working weeks followed": "What became of the cases of each week, in working days",
    "working work": "Work on steps, in working days",
    "working waits after": "Waits after a step, in working days",
}
"""How the page heads each figure."""


def manual() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Specification"
    yield ""
    yield (
        "What every figure on journeys means, in small made-up logs with the figures expected of them. Each example "
        "is a test that every engine passes, and so does a plain reference in Python. Figures here are exact: what "
        "is published is checked for small numbers first."
    )
    for chapter in CHAPTERS:
        yield from ("", f"## {chapter.title}", "", chapter.says)
        for story in chapter.stories:
            yield from _story(story)


def _story(story: Story) -> Iterator[str]:
    yield from ("", f"### {story.title}", "", story.says, "")
    yield from _table(story.log)
    yield from ("", f"{FIGURES[story.asked]}{_asked(story)}:", "")
    yield from _table(story.expected)


def _asked(story: Story) -> str:
    """Return what was asked and confirmed, in words."""
    settings, said = story.settings, []
    if story.where:
        said.append(f"where `{story.where}`")
    if story.by:
        said.append(f"by {story.by}")
    if story.smallest_group > 1:
        said.append(f"groups of at least {story.smallest_group} customers")
    said += [f"'{step}' is an ending ({kind})" for step, kind in settings.endings.items()]
    if settings.extract_date:
        said.append(f"extract of {settings.extract_date}")
    if settings.window_from:
        said.append(f"window from {settings.window_from}")
    if settings.gave_up_after_days:
        said.append(f"given up after {settings.gave_up_after_days} days of silence")
    if settings.working:
        said.append(f"working time {settings.working}")
    if settings.time_zone != "UTC":
        said.append(f"time zone {settings.time_zone}")
    return f" ({'; '.join(said)})" if said else ""


def _table(drawn: str) -> Iterator[str]:
    rows = cells(drawn)
    yield f"| {' | '.join(name.replace('_', ' ') for name in rows[0])} |"
    yield f"|{' --- |' * len(rows[0])}"
    for row in rows:
        yield f"| {' | '.join(row.values())} |"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(manual(), encoding="utf-8")
