"""Working time."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

OVER_A_WEEKEND = """
case | activity | time
1    | Apply    | 2024-05-10 15:00
1    | Decide   | 2024-05-13 09:00
"""
DATES = """
case | activity | time
1    | Ask      | 2024-05-02
1    | Answer   | 2024-05-08
2    | Ask      | 2024-05-04
2    | Answer   | 2024-05-07
3    | Ask      | 2024-05-03
"""
OVER_TWO_PATHS = """
case | activity | time
1    | Apply    | 2024-05-10 15:00
1    | Decide   | 2024-05-13 09:00
2    | Apply    | 2024-05-11 12:00
2    | Assess   | 2024-05-12 12:00
2    | Decide   | 2024-05-13 20:00
"""
LONDON = "Europe/London"
USUAL = "england-and-wales, Mon-Fri 09:00-17:00"

CHAPTER = Chapter(
    "Working time (U3.1, U3.2, U3.3, U3.4, U3.9)",
    "Beside elapsed time stands working time, where the data set has a calendar: bank holidays, opening hours and "
    "further closed days. A working day is as long as the open days are on average. "
    "Times are drawn in UTC: in summer the clocks of London are an hour ahead.",
    (
        Story(
            "The weekend is no working time",
            "An hour on Friday and an hour on Monday: a quarter of a working day of eight hours.",
            OVER_A_WEEKEND,
            "working durations",
            """
            ending | days
            done   | 0.25
            """,
            settings=confirmed({"Decide": "done"}, zone=LONDON, working=USUAL),
        ),
        Story(
            "A bank holiday is no working time",
            "The first Monday in May; Scotland keeps it too, but opens on Easter Monday.",
            """
            case | activity | time
            1    | Apply    | 2024-03-28 17:00
            1    | Decide   | 2024-04-02 08:00
            2    | Apply    | 2024-05-03 16:00
            2    | Decide   | 2024-05-07 08:00
            """,
            "working durations",
            """
            ending | days
            done   | 1
            done   | 0
            """,
            settings=confirmed({"Decide": "done"}, zone=LONDON, working="scotland, Mon-Fri 09:00-17:00"),
        ),
        Story(
            "A night shift belongs to the day on which it begins",
            "Here it is short by the hour that the clocks leave out in spring.",
            """
            case | activity | time
            1    | Apply    | 2024-03-30 22:00
            1    | Decide   | 2024-03-31 12:00
            """,
            "working durations",
            """
            ending | days
            done   | 0.875
            """,
            settings=confirmed({"Decide": "done"}, zone=LONDON, working="no-holidays, Mon-Sun 22:00-06:00"),
        ),
        Story(
            "Open round the clock, working time is elapsed time",
            "A working day then is a day.",
            OVER_A_WEEKEND,
            "working waits",
            """
            from  | to     | cases | times | days | median_days
            Apply | Decide | 1     | 1     | 2.75 | 2.75
            """,
            settings=confirmed(zone=LONDON, working="no-holidays, Mon-Sun 00:00-24:00"),
        ),
        Story(
            "Whole working days are those after the day received",
            "What comes in on a Thursday is answered on day 3 the next Wednesday, with a bank holiday between; what "
            "comes in on a Saturday is answered on day 1 the next Tuesday; the day of the extract still counts.",
            DATES,
            "whole working days",
            """
            ending | days
            done   | 3
            done   | 1
            open   | 3
            """,
            settings=confirmed({"Answer": "done"}, extract="2024-05-09", zone=LONDON, working=USUAL),
        ),
        Story(
            "Where events bear dates alone, a wait is whole working days",
            "From Thursday to Wednesday with a bank holiday between are three; from Saturday to Tuesday is one.",
            DATES,
            "whole-day waits",
            """
            from | to     | cases | times | days | median_days
            Ask  | Answer | 2     | 2     | 4    | 2
            """,
            settings=confirmed(zone=LONDON, working=USUAL),
        ),
        Story(
            "A path takes the working time between its two steps",
            "Half and nine in ten of the times are read from working time as they are from elapsed time.",
            OVER_TWO_PATHS,
            "working paths",
            """
            from   | to     | cases | times | median_days | p90_days
            Apply  | Decide | 1     | 1     | 0.25        | 0.25
            Apply  | Assess | 1     | 1     | 0           | 0
            Assess | Decide | 1     | 1     | 1           | 1
            """,
            settings=confirmed(zone=LONDON, working=USUAL),
        ),
        Story(
            "A route takes the working time from its first event to its last",
            "What comes in on a Saturday and is decided on the Monday evening takes one working day.",
            OVER_TWO_PATHS,
            "working routes",
            """
            route                    | cases | median_days
            Apply > Decide           | 1     | 0.25
            Apply > Assess > Decide  | 1     | 1
            """,
            settings=confirmed(zone=LONDON, working=USUAL),
        ),
        Story(
            "So does the span of a case",
            "Half of a quarter of a day and a whole one.",
            OVER_TWO_PATHS,
            "working spans",
            """
            cases | median_days | mean_days
            2     | 0.625       | 0.625
            """,
            settings=confirmed(zone=LONDON, working=USUAL),
        ),
        Story(
            "What became of the cases of a week is told in working time as well",
            "What counts is still what came within 5 calendar days of the first event: from Thursday to Monday are two "
            "working days.",
            """
            case | activity | time
            1    | Apply    | 2024-05-16 12:00
            1    | Decide   | 2024-05-20 12:00
            2    | Apply    | 2024-05-16 12:00
            2    | Decide   | 2024-06-03 12:00
            """,
            "working weeks followed",
            """
            week       | again | ended | mean_days
            2024-05-13 | 0     | 1     | 1
            """,
            settings=confirmed(
                {"Decide": "done"}, extract="2024-06-30", window="2024-05-01", zone=LONDON, working=USUAL
            ),
        ),
        Story(
            "Work that lies over a night is not done in the night",
            "From four in the afternoon to ten in the morning: two hours of eight.",
            """
            case | activity | start            | time
            1    | Apply    |                  | 2024-05-08 12:00
            1    | Assess   | 2024-05-08 15:00 | 2024-05-09 09:00
            """,
            "working work",
            """
            step   | times | median_days | days
            Assess | 1     | 0.25        | 0.25
            """,
            settings=confirmed(zone=LONDON, working=USUAL),
        ),
        Story(
            "A case that is open still waits in working time",
            "Up to the end of the extract's day.",
            """
            case | activity | time
            1    | Apply    | 2024-05-09 12:00
            2    | Apply    | 2024-05-09 12:00
            2    | Assess   | 2024-05-10 12:00
            """,
            "working waits after",
            """
            step   | days | still
            Apply  | 1.5  | yes
            Apply  | 1    | no
            Assess | 0.5  | yes
            """,
            settings=confirmed(extract="2024-05-12", zone=LONDON, working=USUAL),
        ),
        Story(
            "A case that began before the window is watched from its first day on",
            "In working time as in elapsed time.",
            """
            case | activity | time
            1    | Apply    | 2024-05-07 08:00
            1    | Decide   | 2024-05-14 16:00
            """,
            "working durations",
            """
            ending | days | entry_days
            done   | 6    | 3
            """,
            settings=confirmed({"Decide": "done"}, window="2024-05-10", zone=LONDON, working=USUAL),
        ),
    ),
)
