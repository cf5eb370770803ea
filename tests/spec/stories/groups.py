"""Groups."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story

CUSTOMERS = """
case | activity | time       | customer | area
1    | Apply    | 2024-01-01 | A        | North
2    | Apply    | 2024-01-01 | B        | North
3    | Apply    | 2024-01-01 | C        | North
4    | Apply    | 2024-01-01 | D        | South
5    | Apply    | 2024-01-01 | E        | South
6    | Apply    | 2024-01-01 | F        | East
7    | Apply    | 2024-01-01 | G        | West
8    | Apply    | 2024-01-01 | H        |
9    | Apply    | 2024-01-01 | I        |
"""

CHAPTER = Chapter(
    "Groups",
    "Cases are grouped by an attribute. Sizes are distinct customers, not cases.",
    (
        Story(
            "Each value is a group, cases without one are 'not known'",
            "'Not known' is shown and never left out.",
            CUSTOMERS,
            "groups",
            """
            group     | cases | people
            North     | 3     | 3
            South     | 2     | 2
            East      | 1     | 1
            West      | 1     | 1
            not known | 2     | 2
            """,
            by="area",
        ),
        Story(
            "Groups with too few customers are pooled into 'other'",
            "East and West have one customer each, two together.",
            CUSTOMERS,
            "groups",
            """
            group     | cases | people
            North     | 3     | 3
            South     | 2     | 2
            other     | 2     | 2
            not known | 2     | 2
            """,
            by="area",
            smallest_group=2,
        ),
        Story(
            "'Other' takes in further groups until it is large enough itself",
            "With three as the smallest, East and West need the South too; those without a value are too few "
            "as well, and join them.",
            CUSTOMERS,
            "groups",
            """
            group | cases | people
            North | 3     | 3
            other | 6     | 6
            """,
            by="area",
            smallest_group=3,
        ),
        Story(
            "A single small group takes the next one with it",
            "Alone in 'other' it would be told from the whole.",
            """
            case | activity | time       | area
            1    | Apply    | 2024-01-01 | North
            2    | Apply    | 2024-01-01 | North
            3    | Apply    | 2024-01-01 | North
            4    | Apply    | 2024-01-01 | South
            5    | Apply    | 2024-01-01 | South
            6    | Apply    | 2024-01-01 | East
            """,
            "groups",
            """
            group | cases | people
            North | 3     | 3
            other | 3     | 3
            """,
            by="area",
            smallest_group=2,
        ),
        Story(
            "Several cases of one customer do not make a group larger",
            "Three cases of one customer are one customer.",
            """
            case | activity | time       | customer | area
            1    | Apply    | 2024-01-01 | A        | North
            2    | Apply    | 2024-01-01 | B        | North
            3    | Apply    | 2024-01-01 | C        | South
            4    | Apply    | 2024-01-01 | C        | South
            5    | Apply    | 2024-01-01 | C        | South
            6    | Apply    | 2024-01-01 | D        | East
            """,
            "groups",
            """
            group | cases | people
            North | 2     | 2
            other | 4     | 2
            """,
            by="area",
            smallest_group=2,
        ),
        Story(
            "A case that changes its value counts under the first one",
            "In how many cases that happens is counted.",
            """
            case | activity | time       | area
            1    | Apply    | 2024-01-01 | North
            1    | Pay      | 2024-01-02 | South
            2    | Apply    | 2024-01-01 |
            2    | Pay      | 2024-01-02 | South
            """,
            "steps",
            """
            group | step  | cases
            North | Apply | 1
            North | Pay   | 1
            South | Apply | 1
            South | Pay   | 1
            """,
            by="area",
        ),
        Story(
            "Cases that change their value are counted",
            "A value that is missing on some rows is no change.",
            """
            case | activity | time       | area
            1    | Apply    | 2024-01-01 | North
            1    | Pay      | 2024-01-02 | South
            2    | Apply    | 2024-01-01 |
            2    | Pay      | 2024-01-02 | South
            """,
            "varying",
            """
            attribute | cases
            area      | 1
            """,
        ),
        Story(
            "Groups are made among the chosen cases",
            "Sizes are counted after the filter.",
            CUSTOMERS,
            "groups",
            """
            group | cases | people
            South | 2     | 2
            East  | 1     | 1
            """,
            where="area=South|East",
            by="area",
        ),
        Story(
            "Two filters make two sides",
            "In the order in which they are written; cases on neither side are left out.",
            CUSTOMERS,
            "groups",
            """
            group | cases | people
            East  | 1     | 1
            North | 3     | 3
            """,
            by="area=East vs area=North",
        ),
        Story(
            "One side can be everyone else",
            "Cases without a value are among them.",
            CUSTOMERS,
            "groups",
            """
            group         | cases | people
            area North    | 3     | 3
            everyone else | 6     | 6
            """,
            by="area=North vs everyone else",
        ),
        Story(
            "A case that meets both filters stands on neither side",
            "Nobody is compared with themselves: case 2 is in the North and pays.",
            """
            case | activity | time       | area
            1    | Apply    | 2024-01-01 | North
            2    | Apply    | 2024-01-01 | North
            2    | Pay      | 2024-01-02 | North
            3    | Pay      | 2024-01-01 | South
            4    | Apply    | 2024-01-01 | South
            """,
            "steps",
            """
            group              | step  | cases
            area North         | Apply | 1
            goes through 'Pay' | Pay   | 1
            """,
            by="area=North vs passes(Pay)",
        ),
    ),
)
