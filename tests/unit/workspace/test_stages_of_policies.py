"""Whether a policy had come to a stage by a day, held against every way in which missing days may have been."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from outward.workspace.kinds.delivery import Policy
from outward.workspace.meaning.knowledge import STAGES, Come, come_to

FIRST, TODAY = date(2026, 1, 1), 2
Said = tuple[int | None, ...]


def worlds(said: Said) -> list[tuple[int, ...]]:
    """Return every way in which the days may have been: those that are said as they are, all in their order."""
    ways = product(*[range(TODAY + 1) if one is None else (one,) for one in said])
    return [one for one in ways if list(one) == sorted(one)]


@pytest.mark.parametrize("come", range(1, len(STAGES) + 1))
@pytest.mark.parametrize("on", range(TODAY + 1))
def test_it_is_told_where_it_is_so_in_every_way_in_which_the_days_may_have_been(come: int, on: int) -> None:
    for said in product([None, *range(TODAY + 1)], repeat=come):
        days = {
            f"{stage}_on": FIRST + timedelta(one) for stage, one in zip(STAGES, said, strict=False) if one is not None
        }
        policy = Policy.model_validate({"id": "p", "title": "P", "stage": STAGES[come - 1], **days})
        ways = worlds(said)
        for place, stage in enumerate(STAGES if ways else ()):
            had = {place < come and world[place] <= on for world in ways}
            expected: Come = "cannot be told: a day is missing" if len(had) == 2 else "yes" if had == {True} else "no"
            assert come_to(policy, stage, FIRST + timedelta(on), past=on < TODAY) == expected, (said, stage)
