"""What is done again."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story

ROUND = """
case | activity | time
1    | Apply    | 2024-01-01
1    | Assess   | 2024-01-02
1    | Return   | 2024-01-05
1    | Assess   | 2024-01-09
1    | Return   | 2024-01-10
1    | Assess   | 2024-01-12
2    | Apply    | 2024-01-01
2    | Assess   | 2024-01-02
"""

CHAPTER = Chapter(
    "What is done again (U3.5)",
    "A step is done again when it occurs more than once in a case; every time beyond the first is an extra event.",
    (
        Story(
            "A case that goes round twice",
            "Days going round run from the first to the last time of the step.",
            ROUND,
            "repeats",
            """
            step   | cases | extra | immediate | days
            Assess | 1     | 2     | 0         | 10
            Return | 1     | 1     | 0         | 5
            """,
        ),
        Story(
            "A case counts once, its extra events are added up",
            "Rework of a case is the number of its events less the number of its different steps.",
            ROUND,
            "rework",
            """
            cases | people | extra
            1     | 1      | 3
            """,
        ),
        Story(
            "A repeat at once is told from one after other steps",
            "At once means right after the same step.",
            """
            case | activity | time
            1    | Call     | 2024-01-01
            1    | Call     | 2024-01-02
            1    | Visit    | 2024-01-03
            1    | Call     | 2024-01-07
            """,
            "repeats",
            """
            step | cases | extra | immediate | days
            Call | 1     | 2     | 1         | 6
            """,
        ),
        Story(
            "The same step in another case is no repeat",
            "Even where it is the same customer.",
            """
            case | activity | time       | customer
            1    | Apply    | 2024-01-01 | Q
            2    | Apply    | 2024-01-02 | Q
            3    | Apply    | 2024-01-03 | R
            3    | Apply    | 2024-01-03 | R
            """,
            "rework",
            """
            cases | people | extra
            1     | 1      | 1
            """,
        ),
    ),
)
