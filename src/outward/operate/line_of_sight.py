"""O2.1: the line of sight from needs to outcomes, and what hangs loose on either side."""

from __future__ import annotations

from collections.abc import Collection

from outward.answers import NOWHERE, Answer, Column, Diagram, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Need
from outward.workspace.kinds.delivery import Objective, Outcome
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.answering import WRITTEN_DOWN, evidence_of, listed, names, standing_of
from outward.workspace.meaning.inheritance import chosen_group
from outward.workspace.meaning.sight import LACKS, Sight, asked_for, line_of_sight, loose, unasked
from outward.workspace.records import Record, kind_of

METHOD = Method(
    "Line of sight",
    "A need can be followed to an outcome where there is one unbroken line: need - measure - objective - outcome. The "
    "measure names the need, the objective names this measure, and the objective names the outcome; what goes by "
    "another way is shown and does not count. An objective counts after its day too. Customers ask for a measure that "
    "serves a need, shows a principle to be kept or shows an outcome to be reached. Loose hangs a need without a "
    "measure or without an objective that names one of its measures, a measure that no customer asks for, an objective "
    "to achieve something without a measure or an outcome, an outcome towards which no objective works, and a reward "
    "for a measure that no customer asks for.",
    "Customer Focused Government (2001), on performance measures and rewards that face the customer",
    ("What is tied together in the records is tied together in the work.",),
)
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


@question("O2.1", "Which needs have no measure, and which measures serve no need?", version=2)
def sight(workspace: Workspace, *, group: str = "") -> Answer:
    """Return the thread from each need by its measures and objectives to an outcome, and what hangs loose.

    group: id of a customer group, to tell of its needs alone; left empty, all needs
    """
    found = line_of_sight(workspace, chosen_group(workspace, group))
    things = things_table(workspace, found.records, COLUMNS)
    return Answer(
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
        "Of {summary.needs|need or concern|needs and concerns} {summary.unmeasured|has|have} no measure, and "
        "{summary.through} can be followed by a measure and an objective to an outcome. Of "
        "{summary.measures|measure|measures} {summary.unasked|serves|serve} no need, principle or outcome."
    )


def _summary(workspace: Workspace, found: Sight) -> Table:
    row: dict[str, Value] = {
        "needs": len(found.threads),
        "unmeasured": sum(not thread.measures for thread in found.threads),
        "aimless": sum(thread.lacks == "no objective" for thread in found.threads),
        "endless": sum(thread.lacks == "no outcome" for thread in found.threads),
        "through": sum(not thread.lacks for thread in found.threads),
        "measures": len(found.measures),
        "shown": sum(asked_for(workspace, one) == "for a principle or an outcome" for one in found.measures),
        "unasked": len(unasked(workspace, found.measures)),
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
        Column("aimless", "number", "needs", "Of which are measured, with no objective by these measures"),
        Column("endless", "number", "needs", "Of which come to an objective, and to no outcome"),
        Column("through", "number", "needs", "Of which can be followed to an outcome"),
        Column("measures", "number", "measures", "Measures"),
        Column("shown", "number", "measures", "Of which serve no need, and show a principle or an outcome"),
        Column("unasked", "number", "measures", "Of which serve no need, principle or outcome"),
        Column("objectives", "number", "objectives", "Objectives"),
        Column(
            "loose_objectives",
            "number",
            "objectives",
            "Of which are to achieve something without a measure or an outcome",
        ),
        Column("outcomes", "number", "outcomes", "Outcomes"),
        Column("unreached", "number", "outcomes", "Of which no objective works towards"),
        Column("rewards", "number", "rewards", "Rewards"),
        Column(
            "loose_rewards", "number", "rewards", "Of which are for what no customer asked for, in whole or in part"
        ),
    )
    return Table.of_rows(columns, [row], title="The line of sight in numbers")


def _loose(workspace: Workspace, records: tuple[Record, ...]) -> int:
    return sum(bool(loose(workspace, record)) for record in records)


def _threads(workspace: Workspace, found: Sight) -> Table:
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("followed", "label", title="Followed to an outcome"),
        Column("breaks", "label", title="Where the line breaks"),
        Column("measures", "label", title="Measures"),
        Column("objectives", "label", title="Objectives"),
        Column("outcomes", "label", title="Outcomes"),
        Column("rewards", "label", title="Rewards on its measures"),
    )
    called = _called(workspace)
    rows: list[dict[str, Value]] = [
        {
            "need": called[Need.KIND, thread.need.id],
            "followed": "no" if thread.lacks else "yes",
            "breaks": thread.breaks or NOWHERE,
            "measures": _titles(called, thread.measures),
            "objectives": _titles(called, thread.objectives),
            "outcomes": _titles(called, thread.outcomes),
            "rewards": _titles(called, thread.rewards),
        }
        for thread in sorted(found.threads, key=lambda one: (LACKS.index(one.lacks), one.need.id))
    ]
    return Table.of_rows(columns, rows, title="Need by need, those whose line breaks soonest first")


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
            "thing": called[one.KIND, one.id],
            "kind": kind_of(one.KIND).TITLE,
            "column": columns[one.KIND],
            "loose": _hanging(workspace, one, columns) or NOWHERE,
        }
        for one in sorted(records, key=lambda one: (heads.index(columns[one.KIND]), one.KIND, one.id))
    ]
    return Table.of_rows(
        (
            Column("thing", "label", title="Record"),
            Column("kind", "label", title="Kind"),
            Column("column", "label", title="Where it stands"),
            Column("loose", "label", title="Where it hangs loose"),
        ),
        rows,
        title="What stands in the line of sight",
    )


def _hanging(workspace: Workspace, record: Record, columns: Collection[str]) -> str:
    """Return where a record hangs loose among the kinds that are drawn."""
    found = loose(workspace, record)
    drawn = Objective.KIND in columns or not isinstance(record, Need) or found == "no measure"
    return found if drawn else ""


def links_table(workspace: Workspace, found: Sight) -> Table:
    """Return the ties of a diagram."""
    called = _called(workspace)
    rows: list[dict[str, Value]] = [
        {
            "from_thing": called[source],
            "from_kind": kind_of(source[0]).TITLE,
            "to_thing": called[target],
            "to_kind": kind_of(target[0]).TITLE,
        }
        for source, target in sorted(found.links)
    ]
    return Table.of_rows(
        (
            Column("from_thing", "label", title="From"),
            Column("from_kind", "label", title="Its kind"),
            Column("to_thing", "label", title="To"),
            Column("to_kind", "label", title="The kind of that"),
        ),
        rows,
        title="What is tied to what",
    )
