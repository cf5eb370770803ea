"""Whole weeks, in which changes are looked for."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

LOG = """
case | activity | time
1    | Apply    | 2024-01-03
2    | Apply    | 2024-01-08
2    | Check    | 2024-01-09
2    | Check    | 2024-01-10
2    | Pay      | 2024-01-13
3    | Apply    | 2024-01-14 23:00
3    | Check    | 2024-01-15 23:00
3    | Check    | 2024-01-20
4    | Apply    | 2024-01-15
5    | Apply    | 2024-01-22
"""

CHAPTER = Chapter(
    "Changes (U3.9)",
    "Cases stand in the week of their first event, Monday to Sunday. In these examples days are counted within 5.",
    (
        Story(
            "Weeks that the data does not cover whole are left out",
            "The log begins on a Wednesday, and the extract was taken on a Wednesday.",
            LOG,
            "weeks",
            """
            week       | cases
            2024-01-08 | 2
            2024-01-15 | 1
            """,
            settings=confirmed(extract="2024-01-24"),
        ),
        Story(
            "Without a day of extract the last event's day is not over",
            "The last event is on a Sunday, so that its week is not whole.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            2    | Apply    | 2024-01-14
            """,
            "weeks",
            """
            week       | cases
            2024-01-01 | 1
            """,
        ),
        Story(
            "What becomes of cases counts within the days, in weeks that were followed for so long",
            "Case 2 does a step again and ends on its fifth day; what case 3 does after its fifth day does not "
            "count. Of the week from the 15th one case could not be followed for five days.",
            LOG,
            "weeks followed",
            """
            week       | again | ended | mean_days
            2024-01-08 | 1     | 1     | 3.0
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-24"),
        ),
    ),
)
