"""O2.1: the line of sight from needs to outcomes, and what hangs loose on either side."""

from __future__ import annotations

from outward.answers import Answer, Column, Diagram, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Need
from outward.workspace.kinds.delivery import Objective, Outcome
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.answering import WRITTEN_DOWN, evidence_of, listed, names, standing_of
from outward.workspace.meaning.inheritance import chosen_group
from outward.workspace.meaning.sight import Sight, line_of_sight, loose
from outward.workspace.records import Record, kind_of

METHOD = Method(
    "Line of sight",
    "A measure serves the needs that it names. An objective meets the needs that it names and those that its measures "
    "serve, and works towards the outcome that it names. A reward is for the measures that it names. Loose hangs a "
    "need that no measure serves, a measure that no need asks for, an objective without a measure or an outcome, an "
    "outcome towards which no objective works, and a reward for a measure that no need asks for.",
    "Customer Focused Government (2001), on performance measures and rewards that face the customer",
    ("What is tied together in the records is tied together in the work.",),
)
TITLE = "Which needs have no measure, and which measures serve no need?"
COLUMNS = {
    Need.KIND: "Needs and concerns",
    Measure.KIND: "Measures",
    Objective.KIND: "Objectives and rewards",
    Reward.KIND: "Objectives and rewards",
    Outcome.KIND: "Outcomes",
}
"""The column of the picture in which each kind stands, from left to right."""

MOST_DRAWN = 250
"""Things in one picture: beyond these nobody finds anything in it."""


@question("O2.1", TITLE)
def sight(workspace: Workspace, *, group: str = "") -> Answer:
    """Return the thread from each need by its measures and objectives to an outcome, and what hangs loose.

    group: id of a customer group, to tell of its needs alone; left empty, all needs
    """
    found = line_of_sight(workspace, chosen_group(workspace, group))
    things = things_table(workspace, found.records, COLUMNS)
    return Answer(
        question="O2.1",
        version=1,
        title=TITLE,
        sentence=_sentence(found),
        tables={
            "summary": _summary(workspace, found),
            "needs": _threads(workspace, found),
            "things": things,
            "links": links_table(workspace, found),
        },
        pictures=drawn_as("From what customers need to what is reached", found),
        caveats=(
            WRITTEN_DOWN,
            Sentence("That a measure names a need does not say that it measures it well."),
            *too_many(found),
        ),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, found.threads, "no need or concern is written down"),
    )


def _sentence(found: Sight) -> Sentence:
    if not found.threads:
        return Sentence(
            "No need or concern is written down, so nothing says whom {summary.measures|measure serves|measures serve}."
        )
    return Sentence(
        "{summary.unmeasured} of {summary.needs|need or concern has|needs and concerns have} no measure, and "
        "{summary.unasked} of {summary.measures|measure serves|measures serve} no need; {summary.through} of "
        "{summary.needs|need|needs} can be followed to an outcome."
    )


def _summary(workspace: Workspace, found: Sight) -> Table:
    row: dict[str, Value] = {
        "needs": len(found.threads),
        "unmeasured": sum(not thread.measures for thread in found.threads),
        "through": sum(bool(thread.measures and thread.outcomes) for thread in found.threads),
        "measures": len(found.measures),
        "unasked": _loose(workspace, found.measures),
        "objectives": len(found.objectives),
        "loose_objectives": _loose(workspace, found.objectives),
        "outcomes": len(found.outcomes),
        "unreached": _loose(workspace, found.outcomes),
        "rewards": len(found.rewards),
        "loose_rewards": _loose(workspace, found.rewards),
    }
    columns = (
        Column("needs", "number", "needs", "Needs and concerns"),
        Column("unmeasured", "number", "needs", "Of which no measure serves"),
        Column("through", "number", "needs", "Of which can be followed to an outcome"),
        Column("measures", "number", "measures", "Measures"),
        Column("unasked", "number", "measures", "Of which no need asks for"),
        Column("objectives", "number", "objectives", "Objectives"),
        Column("loose_objectives", "number", "objectives", "Of which lack a measure or an outcome"),
        Column("outcomes", "number", "outcomes", "Outcomes"),
        Column("unreached", "number", "outcomes", "Of which no objective works towards"),
        Column("rewards", "number", "rewards", "Rewards"),
        Column("loose_rewards", "number", "rewards", "Of which are for what no need asks for"),
    )
    return Table.of_rows(columns, [row], title="The line of sight in numbers")


def _loose(workspace: Workspace, records: tuple[Record, ...]) -> int:
    return sum(bool(loose(workspace, record)) for record in records)


def _threads(workspace: Workspace, found: Sight) -> Table:
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("measures", "label", title="Measures"),
        Column("objectives", "label", title="Objectives"),
        Column("outcomes", "label", title="Outcomes"),
        Column("rewards", "label", title="Rewards on its measures"),
    )
    called = _called(workspace)
    rows: list[dict[str, Value]] = [
        {
            "need": called[Need.KIND, thread.need.id],
            "measures": _titles(called, thread.measures),
            "objectives": _titles(called, thread.objectives),
            "outcomes": _titles(called, thread.outcomes),
            "rewards": _titles(called, thread.rewards),
        }
        for thread in sorted(found.threads, key=lambda one: (bool(one.measures), one.need.id))
    ]
    return Table.of_rows(columns, rows, title="Need by need, those without a measure first")


def _titles(called: dict[tuple[str, str], str], records: tuple[Record, ...]) -> str:
    return listed([called[one.KIND, one.id] for one in records], "none")


def _called(workspace: Workspace) -> dict[tuple[str, str], str]:
    """Return what each record is called, by its kind and id."""
    return {(kind, id): title for kind, held in workspace.records.items() for id, title in names(held.values()).items()}


def drawn_as(title: str, found: Sight) -> tuple[Diagram, ...]:
    """Return the picture of what is in sight; none where there is nothing, or more than can be taken in."""
    return (Diagram("things", "links", Sentence(title)),) if 0 < len(found.records) <= MOST_DRAWN else ()


def too_many(found: Sight) -> list[Sentence]:
    """Return what to say where there is more than can be drawn."""
    many = f"There are more than {MOST_DRAWN} things, too many for a picture. The tables hold them all."
    return [Sentence(many)] if len(found.records) > MOST_DRAWN else []


def things_table(workspace: Workspace, records: tuple[Record, ...], columns: dict[str, str]) -> Table:
    """Return the things of a diagram: each record under its column, with where it hangs loose."""
    called = _called(workspace)
    heads = list(dict.fromkeys(columns.values()))
    rows: list[dict[str, Value]] = [
        {
            "column": columns[one.KIND],
            "kind": kind_of(one.KIND).TITLE,
            "thing": called[one.KIND, one.id],
            "loose": loose(workspace, one),
        }
        for one in sorted(records, key=lambda one: (heads.index(columns[one.KIND]), one.KIND, one.id))
    ]
    return Table.of_rows(
        (
            Column("column", "label", title="Where it stands"),
            Column("kind", "label", title="Kind"),
            Column("thing", "label", title="What it is"),
            Column("loose", "label", title="Where it hangs loose"),
        ),
        rows,
        title="What stands in the line of sight",
    )


def links_table(workspace: Workspace, found: Sight) -> Table:
    """Return the ties of a diagram."""
    called = _called(workspace)
    rows: list[dict[str, Value]] = [
        {
            "from_kind": kind_of(source[0]).TITLE,
            "from_thing": called[source],
            "to_kind": kind_of(target[0]).TITLE,
            "to_thing": called[target],
        }
        for source, target in sorted(found.links)
    ]
    return Table.of_rows(
        (
            Column("from_kind", "label", title="From"),
            Column("from_thing", "label", title="Which"),
            Column("to_kind", "label", title="To"),
            Column("to_thing", "label", title="Which one"),
        ),
        rows,
        title="What is tied to what",
    )
