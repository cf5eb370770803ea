"""Waits and work."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

STARTS = """
case | activity | start            | time
1    | Apply    |                  | 2024-01-01 00:00
1    | Assess   | 2024-01-04 00:00 | 2024-01-05 00:00
1    | Pay      |                  | 2024-01-06 00:00
"""

CHAPTER = Chapter(
    "Waits and work (U3.4)",
    "After a step a customer waits until the next one. Days are calendar days.",
    (
        Story(
            "Without starts a wait runs from completion to completion",
            "It includes the work on the next step.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Assess   | 2024-01-05
            2    | Apply    | 2024-01-01
            2    | Assess   | 2024-01-03
            """,
            "waits",
            """
            from  | to     | cases | times | days | median_days
            Apply | Assess | 2     | 2     | 6    | 3
            """,
        ),
        Story(
            "With starts a wait ends when work begins",
            "Where the start of the next step is not known the wait runs to its completion.",
            STARTS,
            "waits",
            """
            from   | to     | times | days
            Apply  | Assess | 1     | 3
            Assess | Pay    | 1     | 1
            """,
        ),
        Story(
            "Work runs from start to completion",
            "Only times with a recorded start count.",
            STARTS,
            "work",
            """
            step   | times | people | days | median_days
            Assess | 1     | 1      | 1    | 1
            """,
        ),
        Story(
            "Work that has no start the first time counts the second time",
            "The customer behind it counts all the same.",
            """
            case | activity | start            | time
            1    | Assess   |                  | 2024-01-02 00:00
            1    | Assess   | 2024-01-03 00:00 | 2024-01-05 00:00
            """,
            "work",
            """
            step   | times | people | days
            Assess | 1     | 1      | 2
            """,
        ),
        Story(
            "Nobody waits for work that has begun already",
            "Where the next step begins before this one is completed the wait is 0, not less.",
            """
            case | activity | start            | time
            1    | Assess   | 2024-01-01 00:00 | 2024-01-05 00:00
            1    | Inspect  | 2024-01-03 00:00 | 2024-01-09 00:00
            """,
            "waits",
            """
            from   | to      | times | days
            Assess | Inspect | 1     | 0
            """,
        ),
        Story(
            "A start after its completion stands for the completion",
            "It is a slip of the pen: the wait ends with the completion.",
            """
            case | activity | start            | time
            1    | Apply    |                  | 2024-01-01 00:00
            1    | Assess   | 2024-01-20 00:00 | 2024-01-05 00:00
            """,
            "waits",
            """
            from  | to     | days
            Apply | Assess | 4
            """,
        ),
        Story(
            "A case that is open still waits after its last step",
            "Up to the end of the extract's day.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Assess   | 2024-01-04
            2    | Apply    | 2024-01-01
            """,
            "waits after",
            """
            step   | days | still
            Apply  | 3    | no
            Apply  | 10   | yes
            Assess | 7    | yes
            """,
            settings=confirmed(extract="2024-01-10"),
        ),
        Story(
            "A case that has ended waits for nothing after its last step",
            "Paid cases wait after 'Apply' alone.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Pay      | 2024-01-04
            """,
            "waits after",
            """
            step  | days | still
            Apply | 3    | no
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-10"),
        ),
    ),
)
