"""What cases did within so many days, in which groups are compared."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

LOG = """
case | activity | time
1    | Apply    | 2024-01-01
1    | Check    | 2024-01-03
1    | Check    | 2024-01-04
1    | Pay      | 2024-01-09
2    | Apply    | 2024-01-02
2    | Check    | 2024-01-07
3    | Apply    | 2024-01-12
3    | Check    | 2024-01-13
"""

CHAPTER = Chapter(
    "What cases do within so many days (U3.8)",
    "Groups are compared in what their cases did within the days, of those followed for so long. In these examples "
    "that is within 5 days.",
    (
        Story(
            "Coming to a step counts within the days alone",
            "Case 1 is paid on its eighth day, too late; case 2 is checked on its fifth. Case 3 was not followed for "
            "five days.",
            LOG,
            "steps within",
            """
            what  | cases | of
            Apply | 2     | 2
            Check | 2     | 2
            """,
            settings=confirmed(extract="2024-01-14"),
        ),
        Story(
            "Doing again counts within the days alone",
            "Each step that is done again, and 'any' for cases that do some step again.",
            LOG,
            "repeats within",
            """
            what  | cases | of
            Check | 1     | 2
            any   | 1     | 2
            """,
            settings=confirmed(extract="2024-01-14"),
        ),
        Story(
            "The exact route is the one taken by then",
            "What case 1 does later is not part of it.",
            LOG,
            "routes within",
            """
            what                  | cases | of
            Apply > Check         | 1     | 2
            Apply > Check > Check | 1     | 2
            """,
            settings=confirmed(extract="2024-01-14"),
        ),
        Story(
            "Cases that began before the window are left out",
            "Those of them that were over by then are not in the data, so that the others are no fair sample.",
            LOG,
            "steps within",
            """
            what  | cases | of
            Apply | 1     | 1
            Check | 1     | 1
            """,
            settings=confirmed(extract="2024-01-14", window="2024-01-02"),
        ),
    ),
)
