"""How rows become cases, and what is in doubt."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story

CHAPTER = Chapter(
    "From rows to cases",
    "Rows with the same case make up one case. Its events are put in order of time, then of start "
    "(unknown first), then of their row in the file.",
    (
        Story(
            "Rows are put in order of time",
            "The order of the file does not matter where times differ.",
            """
            case | activity | time
            1    | Pay      | 2024-01-05
            1    | Apply    | 2024-01-01
            1    | Decide   | 2024-01-03
            """,
            "routes",
            """
            route                | cases
            Apply > Decide > Pay | 1
            """,
        ),
        Story(
            "Ties are broken by the original row",
            "Events of one case at the same time stay in the order of the file.",
            """
            case | activity | time
            1    | Pay      | 2024-01-01
            1    | Apply    | 2024-01-01
            2    | Apply    | 2024-01-01
            2    | Pay      | 2024-01-01
            """,
            "paths",
            """
            from  | to    | cases | mean_days
            Pay   | Apply | 1     | 0
            Apply | Pay   | 1     | 0
            """,
        ),
        Story(
            "Of events completed together, the one begun first comes first",
            "Where completion is the same the start decides, before the row of the file.",
            """
            case | activity | time             | start
            1    | Decide   | 2024-01-03 12:00 | 2024-01-02 09:00
            1    | Assess   | 2024-01-03 12:00 | 2024-01-01 09:00
            """,
            "routes",
            """
            route           | cases
            Assess > Decide | 1
            """,
        ),
        Story(
            "Of events completed together, one without a start comes first",
            "An unknown start sorts before every known one.",
            """
            case | activity | time             | start
            1    | Decide   | 2024-01-03 12:00 | 2024-01-02 09:00
            1    | Note     | 2024-01-03 12:00 |
            """,
            "routes",
            """
            route         | cases
            Note > Decide | 1
            """,
        ),
        Story(
            "Cases may be scattered over the file",
            "A case is all rows that bear its number, wherever they stand.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01
            2    | Apply    | 2024-01-01
            1    | Pay      | 2024-01-02
            2    | Refuse   | 2024-01-02
            """,
            "routes",
            """
            route          | cases
            Apply > Pay    | 1
            Apply > Refuse | 1
            """,
        ),
        Story(
            "Labels are taken as they are written",
            "Capitals, accents and signs tell labels apart.",
            """
            case | activity | time
            1    | Prüfen   | 2024-01-01
            2    | prüfen   | 2024-01-01
            3    | it's "x" | 2024-01-01
            """,
            "steps",
            """
            step     | cases | times
            Prüfen   | 1     | 1
            prüfen   | 1     | 1
            it's "x" | 1     | 1
            """,
        ),
        Story(
            "Rows that cannot be used are set aside and counted",
            "They count in nothing else; a case of which no row is left does not exist.",
            """
            case | activity | time       | problem
            1    | Apply    | 2024-01-01 |
            1    | Pay      | 2024-01-02 | the date cannot be read
            2    | Apply    | 2024-01-01 | the date cannot be read
            """,
            "aside",
            """
            reason                  | rows | cases
            the date cannot be read | 2    | 2
            """,
        ),
        Story(
            "A row set aside leaves its case without it",
            "What is set aside is no step of any route.",
            """
            case | activity | time       | problem
            1    | Apply    | 2024-01-01 |
            1    | Assess   | 2024-01-02 | the date cannot be read
            1    | Pay      | 2024-01-03 |
            """,
            "paths",
            """
            from  | to  | cases | median_days
            Apply | Pay | 1     | 2
            """,
        ),
        Story(
            "Ties, rows written twice and bare dates are counted",
            "A tie has the time of the event before it in its case; a duplicate is a tie of the same step; "
            "a bare date is midnight. They are counted, and stay.",
            """
            case | activity | time
            1    | Apply    | 2024-01-01 00:00
            1    | Apply    | 2024-01-01 00:00
            1    | Assess   | 2024-01-01 00:00
            1    | Pay      | 2024-01-02 10:30
            """,
            "quality",
            """
            rows | events | cases | ties | duplicates | date_only
            4    | 4      | 1     | 2    | 1          | 3
            """,
        ),
        Story(
            "A customer may have several cases",
            "Customers are counted once, however many cases they have. A case that names nobody is a customer "
            "of its own.",
            """
            case | activity | time       | customer
            1    | Apply    | 2024-01-01 | Q
            2    | Apply    | 2024-01-02 | Q
            3    | Apply    | 2024-01-03 |
            4    | Apply    | 2024-01-04 |
            """,
            "steps",
            """
            step  | cases | people
            Apply | 4     | 3
            """,
        ),
        Story(
            "A case belongs to the first customer that it names",
            "Later rows may leave the customer out or name another.",
            """
            case | activity | time       | customer
            1    | Apply    | 2024-01-01 |
            1    | Assess   | 2024-01-02 | Q
            1    | Pay      | 2024-01-03 | R
            2    | Apply    | 2024-01-01 | Q
            """,
            "quality",
            """
            cases | customers
            2     | 1
            """,
        ),
    ),
)
