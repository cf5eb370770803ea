"""All stories, in the order of the manual."""

from __future__ import annotations

from tests.spec.drawn import Chapter
from tests.spec.stories import (
    changes,
    channels,
    filters,
    following,
    groups,
    order,
    paths,
    repeats,
    waits,
    within,
    working,
)

CHAPTERS: tuple[Chapter, ...] = (
    order.CHAPTER,
    paths.CHAPTER,
    repeats.CHAPTER,
    waits.CHAPTER,
    following.CHAPTER,
    channels.CHAPTER,
    changes.CHAPTER,
    within.CHAPTER,
    working.CHAPTER,
    filters.STEPS,
    filters.VALUES,
    groups.CHAPTER,
)
