"""Every condition of a filter."""

from __future__ import annotations

from tests.spec.drawn import Chapter, Story, confirmed

LOG = """
case | activity | time
1    | Apply    | 2024-01-01
1    | Assess   | 2024-01-03
1    | Pay      | 2024-01-09
2    | Apply    | 2024-01-02
2    | Pay      | 2024-01-04
3    | Call     | 2024-01-05
3    | Apply    | 2024-01-06
3    | Assess   | 2024-01-07
4    | Assess   | 2024-01-08
4    | Apply    | 2024-01-09
"""

PLACED = """
case | activity | time       | area  | channel
1    | Apply    | 2024-01-01 | North | Phone
1    | Pay      | 2024-01-02 | South | Web
2    | Apply    | 2024-01-01 | South | Web
3    | Apply    | 2024-01-01 |       | Web
3    | Call     | 2024-01-02 | East  |
4    | Apply    | 2024-01-01 |       |
"""


def steps(title: str, says: str, where: str, expected: str) -> Story:
    """Return a story that filters the log by its steps and looks at the routes left."""
    return Story(title, says, LOG, "routes", expected, where, settings=confirmed(extract="2024-01-10"))


def values(title: str, says: str, where: str, expected: str) -> Story:
    """Return a story that filters by what cases have and looks at the routes left."""
    return Story(title, says, PLACED, "routes", expected, where)


STEPS = Chapter(
    "Filters on steps",
    "A filter keeps or leaves whole cases. Conditions joined by & must all hold.",
    (
        steps(
            "passes(Assess) keeps cases that go through a step",
            "Once is enough.",
            "passes(Assess)",
            """
            route                  | cases
            Apply > Assess > Pay   | 1
            Call > Apply > Assess  | 1
            Assess > Apply         | 1
            """,
        ),
        steps(
            "never(Assess) keeps cases that do not",
            "The rest of the same cases.",
            "never(Assess)",
            """
            route       | cases
            Apply > Pay | 1
            """,
        ),
        steps(
            "path(Apply > Pay) keeps cases that go straight from one step to the other",
            "Not those with another step between.",
            "path(Apply > Pay)",
            """
            route       | cases
            Apply > Pay | 1
            """,
        ),
        steps(
            "before(Apply > Pay) keeps cases in which one step comes some time before the other",
            "Other steps may lie between.",
            "before(Apply > Pay)",
            """
            route                | cases
            Apply > Assess > Pay | 1
            Apply > Pay          | 1
            """,
        ),
        Story(
            "before(Call > Call) keeps cases that do the step twice",
            "A step comes before itself when it is done again.",
            """
            case | activity | time
            1    | Call     | 2024-01-01
            2    | Call     | 2024-01-01
            2    | Visit    | 2024-01-02
            2    | Call     | 2024-01-03
            """,
            "routes",
            """
            route               | cases
            Call > Visit > Call | 1
            """,
            "before(Call > Call)",
        ),
        steps(
            "starts(Apply) keeps cases by their first event",
            "Coming to the step later does not count.",
            "starts(Apply)",
            """
            route                | cases
            Apply > Assess > Pay | 1
            Apply > Pay          | 1
            """,
        ),
        steps(
            "ends(Assess) keeps cases by their last event",
            "Whether the case has ended or not.",
            "ends(Assess)",
            """
            route                 | cases
            Call > Apply > Assess | 1
            """,
        ),
        steps(
            "route(Apply > Pay) keeps cases with exactly these steps",
            "No more and no fewer.",
            "route(Apply > Pay)",
            """
            route       | cases
            Apply > Pay | 1
            """,
        ),
        steps(
            "within(Pay, 2d) keeps cases that reach a step in time",
            "Two days after the first event is still in time; the first case took eight.",
            "within(Pay, 2d)",
            """
            route       | cases
            Apply > Pay | 1
            """,
        ),
        steps(
            "within(Assess, 5d) leaves out cases not followed that long",
            "The case that began on the 8th was assessed at once, but was followed for three days only.",
            "within(Assess, 5d)",
            """
            route                 | cases
            Apply > Assess > Pay  | 1
            Call > Apply > Assess | 1
            """,
        ),
        steps(
            "Conditions joined by & all hold",
            "Their order does not matter.",
            "starts(Apply) & passes(Assess)",
            """
            route                | cases
            Apply > Assess > Pay | 1
            """,
        ),
    ),
)

VALUES = Chapter(
    "Filters on what cases are",
    "The value of a case is the first one known in the order of its events.",
    (
        values(
            "area=South keeps cases by their first value",
            "The first case begins in the North; where it ends does not count.",
            "area=South",
            """
            route | cases
            Apply | 1
            """,
        ),
        values(
            "area=North|South keeps cases with one of several values",
            "Either will do.",
            "area=North|South",
            """
            route       | cases
            Apply > Pay | 1
            Apply       | 1
            """,
        ),
        values(
            "area=not known keeps cases without any value",
            "A value that comes later is known too.",
            "area=not known",
            """
            route | cases
            Apply | 1
            """,
        ),
        values(
            "Channels are filtered like attributes",
            "By the first one of the case.",
            "channel=Web & area=South|East",
            """
            route        | cases
            Apply        | 1
            Apply > Call | 1
            """,
        ),
        Story(
            "from and to keep cases by the day of their first event",
            "Both days are included.",
            LOG,
            "routes",
            """
            route                 | cases
            Apply > Pay           | 1
            Call > Apply > Assess | 1
            """,
            "from=2024-01-02 & to=2024-01-05",
        ),
        Story(
            "Days are days of the log's time zone",
            "In London in July a day begins at 23:00 UTC of the day before.",
            """
            case | activity | time
            1    | Early    | 2024-07-09 22:59
            2    | Just in  | 2024-07-09 23:00
            3    | Still in | 2024-07-10 22:59
            4    | Too late | 2024-07-10 23:00
            """,
            "routes",
            """
            route    | cases
            Just in  | 1
            Still in | 1
            """,
            "from=2024-07-10 & to=2024-07-10",
            settings=confirmed(zone="Europe/London"),
        ),
        Story(
            "Names with signs in them are written in double quotes",
            "A quotation mark inside is doubled.",
            """
            case | activity       | time
            1    | Ask > "answer" | 2024-01-01
            2    | Ask            | 2024-01-01
            """,
            "steps",
            """
            step           | cases
            Ask > "answer" | 1
            """,
            'passes("Ask > ""answer""")',
        ),
    ),
)
