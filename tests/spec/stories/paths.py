"""Steps, paths and exact routes."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story

THREE = """
case | activity | time
1    | Apply    | 2024-01-01
1    | Assess   | 2024-01-03
1    | Pay      | 2024-01-04
2    | Apply    | 2024-01-01
2    | Assess   | 2024-01-05
2    | Apply    | 2024-01-06
2    | Assess   | 2024-01-16
3    | Apply    | 2024-01-02
"""

CHAPTER = Chapter(
    "Steps, paths and exact routes (U3.1, U3.2)",
    "A path is a step and the step right after it. Cases are counted once, times every time.",
    (
        Story(
            "A step counts cases once and times every time",
            "The second case goes through both steps twice.",
            THREE,
            "steps",
            """
            step   | cases | times | people
            Apply  | 3     | 4     | 3
            Assess | 2     | 3     | 2
            Pay    | 1     | 1     | 1
            """,
        ),
        Story(
            "A path counts cases once and times every time",
            "Days run from completion to completion; median and ninetieth percentile lie between two values "
            "in proportion.",
            THREE,
            "paths",
            """
            from   | to     | cases | times | mean_days   | median_days | p90_days
            Apply  | Assess | 2     | 3     | 5.333333333 | 4           | 8.8
            Assess | Pay    | 1     | 1     | 1           | 1           | 1
            Assess | Apply  | 1     | 1     | 1           | 1           | 1
            """,
        ),
        Story(
            "Cases begin with their first step and end with their last",
            "A case of one event begins and ends with it.",
            THREE,
            "ends",
            """
            side  | step   | cases
            first | Apply  | 3
            last  | Pay    | 1
            last  | Assess | 1
            last  | Apply  | 1
            """,
        ),
        Story(
            "A case of one event takes no path",
            "It has a step, a first and a last, and no pair.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            2    | Apply    | 2024-01-01
            2    | Apply    | 2024-01-02
            """,
            "paths",
            """
            from  | to    | cases | times
            Apply | Apply | 1     | 1
            """,
        ),
        Story(
            "The people on a path are its distinct customers",
            "Two cases of one customer are one of the people.",
            """
            case | activity | time       | customer
            1    | Apply    | 2024-01-01 | Q
            1    | Pay      | 2024-01-02 | Q
            2    | Apply    | 2024-02-01 | Q
            2    | Pay      | 2024-02-04 | Q
            """,
            "paths",
            """
            from  | to  | cases | times | people | median_days
            Apply | Pay | 2     | 2     | 1      | 2
            """,
        ),
        Story(
            "Cases with the same steps in the same order share a route",
            "Days run from the first event to the last; the times between do not matter.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Pay      | 2024-01-02
            2    | Apply    | 2024-01-01
            2    | Pay      | 2024-01-05
            3    | Pay      | 2024-01-01
            3    | Apply    | 2024-01-02
            """,
            "routes",
            """
            route       | steps | cases | median_days
            Apply > Pay | 2     | 2     | 2.5
            Pay > Apply | 2     | 1     | 1
            """,
        ),
        Story(
            "A route counts each time that a step is done",
            "Doing a step twice is another route than doing it once.",
            """
            case | activity | time
            1    | Call     | 2024-01-01
            2    | Call     | 2024-01-01
            2    | Call     | 2024-01-02
            3    | Call     | 2024-01-01
            """,
            "routes",
            """
            route       | steps | cases
            Call        | 1     | 2
            Call > Call | 2     | 1
            """,
        ),
        Story(
            "A few routes cover many cases",
            "The one, two, three, five ... most common routes and the cases that take one of them.",
            """
            case | activity | time
            1    | A        | 2024-01-01
            2    | A        | 2024-01-01
            3    | A        | 2024-01-01
            4    | B        | 2024-01-01
            5    | B        | 2024-01-01
            6    | C        | 2024-01-01
            """,
            "coverage",
            """
            routes | cases
            1      | 3
            2      | 5
            3      | 6
            """,
        ),
        Story(
            "Routes beyond the most common are counted together",
            "How many routes there are, and the cases that do not take the first one.",
            """
            case | activity | time
            1    | A        | 2024-01-01
            2    | A        | 2024-01-01
            3    | B        | 2024-01-01
            4    | C        | 2024-01-01
            """,
            "rare routes",
            """
            routes | cases
            3      | 2
            """,
        ),
    ),
)
