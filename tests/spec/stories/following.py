"""How long cases take and how they end."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

TWO = """
case | activity | time
1    | Apply    | 2024-01-01
1    | Pay      | 2024-01-04
2    | Apply    | 2024-01-05
"""

CHAPTER = Chapter(
    "How long, and how it ends (U3.3, U3.6)",
    "A case lasts from its first event to its ending, or is open up to the day of the extract.",
    (
        Story(
            "A case ends with its last event if that step is an ending",
            "Any other case is open.",
            TWO,
            "durations",
            """
            ending | days
            done   | 3
            open   | 6
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-10"),
        ),
        Story(
            "An ending that is followed by another step ends nothing",
            "The case went on: it is open.",
            """
            case | activity | time
            1    | Pay      | 2024-01-01
            1    | Appeal   | 2024-01-04
            """,
            "durations",
            """
            ending | days
            open   | 10
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-10"),
        ),
        Story(
            "An open case counts as open up to the end of the extract's day",
            "The extract of 10 January holds that day: it ends as the 11th begins.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01 12:00
            """,
            "durations",
            """
            ending | days
            open   | 9.5
            """,
            settings=confirmed(extract="2024-01-10"),
        ),
        Story(
            "The extract's day ends in the time zone of the log",
            "In London in July it ends at 23:00 UTC.",
            """
            case | activity | time
            1    | Apply    | 2024-07-09 23:00
            """,
            "durations",
            """
            ending | days
            open   | 1
            """,
            settings=confirmed(extract="2024-07-10", zone="Europe/London"),
        ),
        Story(
            "Without a day of extract the last event of the log ends following",
            "Whosever case it is of.",
            TWO,
            "durations",
            """
            ending | days
            open   | 4
            open   | 0
            """,
        ),
        Story(
            "A case with events after the extract's day is open up to its last event",
            "A time never runs backwards.",
            TWO,
            "durations",
            """
            ending | days
            done   | 3
            open   | 0
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-02"),
        ),
        Story(
            "An open case that has been silent for long enough was given up",
            "It lasted up to the end of the silence that counts.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Call     | 2024-01-02
            2    | Apply    | 2024-01-05
            """,
            "durations",
            """
            ending  | days
            gave up | 8
            open    | 6
            """,
            settings=confirmed(extract="2024-01-10", silent=7),
        ),
        Story(
            "Giving up needs the whole silence",
            "The last event was on the 4th at midnight, following ended as the 11th began: seven days are whole.",
            """
            case | activity | time
            1    | Apply    | 2024-01-04 00:00
            2    | Apply    | 2024-01-04 00:01
            """,
            "durations",
            """
            ending  | days
            gave up | 7
            open    | 6.999305556
            """,
            settings=confirmed(extract="2024-01-10", silent=7),
        ),
        Story(
            "A case that a step has ended is not given up",
            "However long it has been silent.",
            TWO,
            "durations",
            """
            ending  | days
            refused | 3
            gave up | 2
            """,
            settings=confirmed({"Pay": "refused"}, extract="2024-03-01", silent=2),
        ),
        Story(
            "The rule for giving up is tried with half and twice the silence",
            "How much hangs on the number is seen beside it.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            """,
            "gave up",
            """
            silent_days | ending  | days
            3           | gave up | 3
            6           | gave up | 6
            12          | open    | 10
            """,
            settings=confirmed(extract="2024-01-10", silent=6),
        ),
        Story(
            "An older case counts from the day on which the window opens",
            "Nobody watched it before: it enters late.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Pay      | 2024-01-20
            2    | Apply    | 2024-01-12
            2    | Pay      | 2024-01-15
            """,
            "durations",
            """
            ending | days | entry_days
            done   | 19   | 9
            done   | 3    | 0
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-31", window="2024-01-10"),
        ),
        Story(
            "The window opens in the time zone of the log",
            "In London in July the day begins at 23:00 UTC of the day before.",
            """
            case | activity | time
            1    | Apply    | 2024-07-08 23:00
            1    | Pay      | 2024-07-20 23:00
            """,
            "durations",
            """
            ending | days | entry_days
            done   | 12   | 1
            """,
            settings=confirmed({"Pay": "done"}, window="2024-07-10", zone="Europe/London"),
        ),
        Story(
            "A case cannot enter after it has ended",
            "One that was over before the window opened enters as it ends, and so counts nowhere.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            1    | Pay      | 2024-01-04
            """,
            "durations",
            """
            ending | days | entry_days
            done   | 3    | 3
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-31", window="2024-01-10"),
        ),
        Story(
            "Cases that have ended so far are counted by kind",
            "Two steps may be endings of one kind.",
            """
            case | activity | time
            1    | Pay      | 2024-01-04
            2    | Credit   | 2024-01-04
            3    | Refuse   | 2024-01-04
            4    | Apply    | 2024-01-04
            """,
            "endings",
            """
            ending  | cases
            done    | 2
            refused | 1
            open    | 1
            """,
            settings=confirmed({"Pay": "done", "Credit": "done", "Refuse": "refused"}, extract="2024-01-31"),
        ),
        Story(
            "Cases belong to the month of their first event",
            "Customers with several cases in a month are counted once.",
            """
            case | activity | time       | customer
            1    | Apply    | 2024-01-31 | Q
            1    | Pay      | 2024-02-04 | Q
            2    | Apply    | 2024-02-01 | Q
            3    | Apply    | 2024-02-29 | Q
            """,
            "months",
            """
            month      | cases | people
            2024-01-01 | 1     | 1
            2024-02-01 | 2     | 1
            """,
        ),
        Story(
            "Months are months of the log's time zone",
            "In London the last hour of June in UTC is July already.",
            """
            case | activity | time
            1    | Apply    | 2024-06-30 22:59
            2    | Apply    | 2024-06-30 23:00
            """,
            "months",
            """
            month      | cases
            2024-06-01 | 1
            2024-07-01 | 1
            """,
            settings=confirmed(zone="Europe/London"),
        ),
        Story(
            "A span runs from the first to the last event, ended or not",
            "What the file says without any assumption.",
            TWO,
            "spans",
            """
            cases | median_days | mean_days
            2     | 1.5         | 1.5
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-10"),
        ),
    ),
)
