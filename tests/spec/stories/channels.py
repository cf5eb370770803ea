"""Channels, containment and repeat contact."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

MOVING = """
case | activity | time       | channel
1    | Apply    | 2024-01-01 | Online
1    | Decide   | 2024-01-02 |
1    | Call     | 2024-01-04 | Phone
2    | Apply    | 2024-01-01 | Online
2    | Ask      | 2024-01-03 | Online
3    | Decide   | 2024-01-02 |
"""

CHAPTER = Chapter(
    "Channels (U3.7)",
    "A contact is an event whose channel is known. In these examples 'Online' is the digital channel, and days are "
    "counted within 5.",
    (
        Story(
            "A case begins and ends in the channels of its first and its last contact",
            "Events without a channel are no contacts; a case without any is left out.",
            MOVING,
            "moves",
            """
            first  | last   | cases
            Online | Phone  | 1
            Online | Online | 1
            """,
        ),
        Story(
            "A case uses a channel once, however often",
            "Contacts are counted beside.",
            MOVING,
            "channels",
            """
            channel | began | cases | contacts
            Online  | 2     | 2     | 3
            Phone   | 0     | 1     | 1
            """,
        ),
        Story(
            "Contained is digital without an assisted contact within the days",
            "Case 1 is helped on the fifth day, case 2 on the sixth, case 3 never; only case 3 has ended by then.",
            """
            case | activity | time             | channel
            1    | Apply    | 2024-01-01       | Online
            1    | Call     | 2024-01-06       | Phone
            2    | Apply    | 2024-01-01       | Online
            2    | Call     | 2024-01-06 00:01 | Phone
            3    | Apply    | 2024-01-01       | Online
            3    | Pay      | 2024-01-04       |
            4    | Apply    | 2024-01-01       | Phone
            """,
            "contained",
            """
            cases | stayed | settled
            3     | 2      | 1
            """,
            settings=confirmed({"Pay": "done"}, extract="2024-01-31"),
        ),
        Story(
            "A young case does not pass for contained",
            "Case 2 was followed for less than five days, whatever happened in them.",
            """
            case | activity | time       | channel
            1    | Apply    | 2024-01-01 | Online
            2    | Apply    | 2024-01-08 | Online
            """,
            "contained",
            """
            cases | stayed
            1     | 1
            """,
            settings=confirmed(extract="2024-01-10"),
        ),
        Story(
            "Repeat contact is that of a customer, in whichever case",
            "Both of Q's cases count together. What happens on one day is one contact, in the channel of the first.",
            """
            case | activity | time             | channel | customer
            1    | Call     | 2024-01-01 09:00 | Phone   | Q
            1    | Call     | 2024-01-01 15:00 | Phone   | Q
            2    | Write    | 2024-01-06 09:00 | Post    | Q
            2    | Write    | 2024-01-12 09:00 | Post    | Q
            3    | Call     | 2024-01-01 09:00 | Phone   | R
            """,
            "repeat contact",
            """
            channel | contacts | again
            Phone   | 2        | 1
            Post    | 2        | 0
            """,
            settings=confirmed(extract="2024-01-31"),
        ),
        Story(
            "Repeat contact counts only contacts that were followed for the days",
            "Of the contact on the fourth nobody can know yet.",
            """
            case | activity | time       | channel
            1    | Call     | 2024-01-01 | Phone
            1    | Call     | 2024-01-04 | Phone
            """,
            "repeat contact",
            """
            channel | contacts | again
            Phone   | 1        | 1
            """,
            settings=confirmed(extract="2024-01-06"),
        ),
        Story(
            "Failure demand is what somebody coded so",
            "Here the step says it: 'Chase' was coded as failure demand.",
            """
            case | activity | time       | channel
            1    | Apply    | 2024-01-01 | Post
            1    | Chase    | 2024-01-09 | Phone
            1    | Decide   | 2024-01-20 |
            2    | Apply    | 2024-01-01 | Phone
            """,
            "failure demand",
            """
            contacts | failure
            3        | 1
            """,
        ),
    ),
)
