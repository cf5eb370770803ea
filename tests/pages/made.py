"""A made-up world for the pages: a data set, its answers and a workspace, released by the real rules.

Labels are awkward on purpose: pages must show whatever a file holds, as words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from outward import catalogue
from outward.answers import (
    Answer,
    Basis,
    Chart,
    Column,
    Evidence,
    Grounds,
    Map,
    Method,
    Picture,
    Sentence,
    Table,
    Value,
    standing,
)
from outward.catalogue import Parameter, Question
from outward.comparing import Comparison, Put
from outward.comparing.comparison import names
from outward.comparing.figures import figures, tests
from outward.comparing.joining import joined
from outward.disclosure.policies import policy
from outward.disclosure.release import release
from outward.disclosure.released import ReleasedAnswer
from outward.errors import NotFound, UsageError
from outward.evidence.sides import Sides, sides_in
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.evidence.where import Where
from outward.looking import Finding, Look
from outward.web.address import Asked
from outward.web.beside import Beside

AWKWARD = 'Ask for <b>proof</b> & "papers"'
AWKWARD_SPELLED = AWKWARD.replace('"', '""')
STEPS = ("Apply", "Check", AWKWARD, "Proof received", "Decide", "Pay", "Appeal")
ROADS = (
    ("▶", "Apply", 900, None),
    ("Apply", "Check", 880, 1.5),
    ("Check", AWKWARD, 420, 3.0),
    (AWKWARD, "Proof received", 400, 16.0),
    ("Proof received", "Check", 300, 9.0),
    ("Check", "Decide", 700, 6.0),
    ("Decide", "Pay", 520, 2.0),
    ("Decide", "Appeal", 90, 40.0),
    ("Appeal", "Decide", 80, 55.0),
    ("Pay", "■", 520, None),
    ("Decide", "■", 160, None),
    (AWKWARD, "■", 30, None),
)
TITLES = {
    "E1.1": "Is this evidence fit to be used?",
    "U3.1": "What paths do customers take?",
    "U3.2": "Which exact routes?",
    "U3.3": "How long does it take?",
    "U3.4": "Where do they wait?",
    "U3.5": "What do they have to do again?",
    "U3.6": "How does it end, and who gives up?",
}
GROUPS = {"channel": ("Online", "Phone", "Post"), "area": ("North & <East>", "South")}


@dataclass(frozen=True)
class Log:
    """What the pages read of a laid log."""

    id: str = "claims-0a1b2c3d"
    folder: Path = Path()
    name: str = "Claims for <support>"
    basis: Basis = Basis.MADE_UP
    period: tuple[str, str] = ("2024-01-01", "2025-12-31")
    version: str = "abc123"
    attributes: tuple[str, ...] = ("channel", "area")
    settings: Settings = field(default_factory=Settings)

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return the values that enough customers share."""
        return GROUPS[attribute]


def questions() -> list[Question]:
    """Return the catalogue, with a parameter of each sort on one question."""
    typed = (
        Parameter("within_days", int, 28, "days within which a case should end"),
        Parameter("counted", str, "all", "which cases count", ("all", "ended")),
        Parameter("step", str, "", ""),
    )
    return [Question(id, title, 1, _never, typed if id == "U3.3" else (), "") for id, title in TITLES.items()]


def _never(*_: object, **__: object) -> Answer:
    raise AssertionError("pages ask, they do not run")


VALE = Log(id="vale-4e5f6a7b", name="Vale's <claims>")
"""A second body's data set; it is there when it is asked for."""


def data_set(id: str) -> Log:
    """Return the data set of that id."""
    if id == VALE.id:
        return VALE
    if id != Log.id:
        raise NotFound(f"There is no data set '{id}' on this machine.")
    return Log()


OF_WORKSPACES = {id: catalogue.find(id) for id in catalogue.asked_of("workspace")}
"""The questions of a workspace, which are the real ones."""


def asked_of(about: str) -> tuple[str, ...]:
    """Return the ids of the questions of this world that are asked of a data set, or of a workspace."""
    return tuple(OF_WORKSPACES if about == "workspace" else (one.id for one in questions()))


def find(id: str) -> Question:
    """Return the question of that id."""
    known = {one.id: one for one in questions()} | OF_WORKSPACES
    if id.upper() not in known:
        raise UsageError.unknown("question", id, known)
    return known[id.upper()]


def answer(asked: Asked) -> ReleasedAnswer:
    """Return the released answer to a question of this world."""
    sides = sides_in(asked.by, tuple(GROUPS))
    if asked.by and asked.by not in GROUPS and not sides:
        raise UsageError.unknown("attribute", asked.by, GROUPS)
    groups = sides.names if sides else GROUPS[asked.by] if asked.by else ()
    made = _paths(groups) if asked.question == "U3.1" else _shares(asked.question, groups)
    return release(replace(made, parameters={"by": asked.by, **asked.parameters}), policy("outward"))


def answered(_: object) -> dict[str, list[ReleasedAnswer]]:
    """Return the answers of a workspace by the letter of their principle: one, under the last."""
    return {"U": [], "O": [], "R": [], "D": [answer(Asked(Log.id, "U3.4"))]}


def comparison(beside: Beside) -> Comparison:
    """Return two sides of this world, or its two data sets, beside each other."""
    if beside.other:
        return _two_bodies()
    sides = Sides(Where.parse(beside.a), Where.parse(beside.b))
    puts = []
    for id in TITLES:
        if id.startswith("U"):
            made = answer(Asked(Log.id, id, by=str(sides)))
            found = figures(made.tables, sides.names)
            puts.append(Put(id, made.title, (made,), made.tables, found, tests(made.tables)))
    puts.append(Put("U3.9", "When did it change?", refused="It cannot be split <by> sides."))
    return Comparison((cast(LaidLog, Log()),), Where(), sides, tuple(puts), (900, 450))


def _two_bodies() -> Comparison:
    logs = (cast(LaidLog, Log()), cast(LaidLog, VALE))
    sides, puts = Sides(Where(), Where()), []
    called = names(logs, sides)
    for id in TITLES:
        if id.startswith("U"):
            both = [answer(Asked(log.id, id)) for log in logs]
            tables = joined(both[0].tables, both[1].tables, called)
            puts.append(Put(id, both[0].title, tuple(both), tables, figures(tables, called, of_both=True)))
    return Comparison(logs, Where(), sides, tuple(puts), (900, 900), unlike=("Only 'Vale' has '<b>Visit</b>'.",))


def unchecked(asked: Asked) -> ReleasedAnswer:
    """Return an answer whose small numbers were left in, which no page may show."""
    return release(_shares(asked.question, ()), policy("none", "a test"))


def look(log: Log) -> Look:
    """Return the first look."""
    ways = {name: answer(Asked(log.id, name)) for name in TITLES}
    first = (
        Finding(
            ways["U3.4"],
            Sentence("{main.cases|case|cases} waited for <proof>."),
            900,
            f'path(Check > "{AWKWARD_SPELLED}")',
        ),
        Finding(ways["U3.5"], Sentence("{main[1].cases|case|cases} went back to checking."), 400, "passes(Check)"),
        Finding(ways["U3.6"], Sentence("{main[2].cases|case|cases} left."), 90, "ends(Decide)"),
    )
    cannot = ("Whether <customers> were satisfied: there is no survey.",)
    return Look(cast(LaidLog, log), ways, first, cannot)


def _answer(id: str, sentence: str, tables: dict[str, Table], picture: Picture) -> Answer:
    return Answer(
        question=id,
        version=1,
        title=TITLES[id],
        sentence=Sentence(sentence),
        tables=tables,
        method=Method("A made-up method", "Counting <things>.", "Nobody (2001)", ("Nothing is real.",)),
        evidence=(Evidence("Claims for <support>", "abc123", "2024-01-01", "2025-12-31", Basis.MADE_UP),),
        standing=standing(Grounds(Basis.MADE_UP, 900)),
        pictures=(picture,),
        caveats=(Sentence("This is a complete count: it has no sampling error."),),
    )


def _grouped(groups: Sequence[str]) -> list[tuple[dict[str, Value], int]]:
    return [({"group": name}, place + 1) for place, name in enumerate(groups)] or [({}, 1)]


def _paths(groups: Sequence[str]) -> Answer:
    own = (Column("group", "label"),) if groups else ()
    steps = [
        {**cell, "step": step, "cases": (900 - 100 * place) // part, "people": (900 - 100 * place) // part}
        for cell, part in _grouped(groups)
        for place, step in enumerate(STEPS)
    ]
    paths = [
        {
            **cell,
            "from_step": here,
            "to_step": there,
            "cases": cases // part,
            "share": 0.5,
            "group_cases": 900 // part,
            "median_days": days,
            "p90_days": days and days * 3,
            "people": cases // part,
            "half": cases // part // 2,
        }
        for cell, part in _grouped(groups)
        for here, there, cases, days in ROADS
    ]
    step_columns = (
        *own,
        Column("step", "label"),
        Column("cases", "count", "cases"),
        Column("people", "base"),
    )
    sides = ("half", "half")
    path_columns = (
        *own,
        Column("from_step", "label", title="From"),
        Column("to_step", "label", title="To"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share", of=("cases", "group_cases")),
        Column("group_cases", "count", "cases", "Cases in all"),
        Column("median_days", "quantile", "days", "Half took under", sides=sides),
        Column("p90_days", "quantile", "days", "Nine in ten took under", sides=sides),
        Column("people", "base"),
        Column("half", "base"),
    )
    kept = {"base": "people", "small": "drop", "partition": ("group",) if groups else ()}
    tables = {
        "summary": Table.of_rows(
            (Column("cases", "count", "cases"), Column("people", "base")),
            [{"cases": 900, "people": 900}],
            base="people",
        ),
        "steps": Table.of_rows(step_columns, steps, title="Steps", **kept),
        "paths": Table.of_rows(
            path_columns, paths, title="Paths", disjoint=False, flow=("from_step", "to_step"), **kept
        ),
    }
    picture = Map("steps", "paths", Sentence("The paths that {summary.cases|case|cases} took"))
    return _answer("U3.1", "{summary.cases|case|cases} went through seven steps.", tables, picture)


def _shares(id: str, groups: Sequence[str]) -> Answer:
    own = (Column("group", "label"),) if groups else ()
    columns = (
        *own,
        Column("step", "label", title="Step"),
        Column("cases", "count", "cases", "Cases"),
        Column("in_all", "count", "cases", "Cases in all"),
        Column("share", "share", "share", "Share of cases", of=("cases", "in_all")),
        Column("people", "base"),
    )
    rows = [
        {**cell, "step": step, "cases": 400 // part - 30 * place, "in_all": 900 // part, "share": 0.4}
        | {"people": 400 // part - 30 * place}
        for cell, part in _grouped(groups)
        for place, step in enumerate(STEPS[:5])
    ]
    spec = {
        "mark": "bar",
        "encoding": {
            "y": {"field": "step", "type": "nominal", "title": None},
            "x": {"field": "share", "type": "quantitative", "title": "Share of cases"},
        },
    }
    partition = ("group",) if groups else ()
    table = Table.of_rows(columns, rows, base="people", partition=partition, title="By step", disjoint=False)
    picture = Chart("main", spec, Sentence("{main.share} at the first step"), "chart")
    return _answer(id, "{main.cases|case|cases} of {main.in_all} came to '{main.step}'.", {"main": table}, picture)
