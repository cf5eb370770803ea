"""Rules of the fourth principle: principles, objectives and outcomes, for every group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outward.checks.rules import Here, called, named, nothing_yet, rule
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Objective, Outcome, Principle
from outward.workspace.meaning.holes import Part, holes


@rule(
    "D100",
    "note",
    why="Customer understanding is there to deliver target outcomes: something to achieve, for somebody, by a day.",
    mend="Write down what is to be learned or achieved for each group.",
)
def no_objectives(workspace: Workspace) -> Iterator[Here]:
    """No objective is written down yet."""
    yield from nothing_yet(workspace, Objective, "No objective is written down yet.")


@rule(
    "D101",
    "warning",
    why="Principles hold for all; beside them each group needs targeted objectives, if only to learn what it needs.",
    mend="Set an objective for the group: to learn of its needs and concerns, or to achieve something.",
    once=(Group, Objective),
)
def group_without_objective(workspace: Workspace, on: date) -> Iterator[Here]:
    """A group has no objective, or none whose day is still to come."""
    yield from _missing(workspace, on, "objective", begin="objective")


@rule(
    "D102",
    "warning",
    why="What everybody is to achieve, nobody does.",
    mend="Name the post that answers for it.",
    once=(Objective,),
)
def objective_without_owner(workspace: Workspace, on: date) -> Iterator[Here]:
    """Nobody answers for an objective."""
    yield from _missing(workspace, on, "owner")


@rule(
    "D103",
    "warning",
    why="An objective without a target and a day cannot be missed, and so cannot be reached.",
    mend="Say what the first measure is to reach and by when; for an objective to learn, by when it is learned.",
    once=(Objective,),
)
def objective_without_target(workspace: Workspace, on: date) -> Iterator[Here]:
    """An objective has no target, or no day."""
    yield from _missing(workspace, on, "target")


@rule(
    "D104",
    "warning",
    why="Objectives are targeted: what is for everybody in general reaches nobody in particular.",
    mend="Name the group; write an objective for each where there are several.",
    once=(Objective, Group),
)
def objective_for_nobody(workspace: Workspace, on: date) -> Iterator[Here]:
    """An objective is for no group."""
    yield from _missing(workspace, on, "group")


@rule(
    "D105",
    "warning",
    why="Strategies make best use of customer knowledge only where objectives rest on it.",
    mend="Name findings about the group. Where there are none, set an objective to learn first.",
    once=(Objective,),
)
def objective_without_evidence(workspace: Workspace, on: date) -> Iterator[Here]:
    """An objective rests on no evidence of its group."""
    yield from _missing(workspace, on, "evidence")


@rule(
    "D106",
    "warning",
    why="An objective that is over and of which nobody says what came guides nobody.",
    mend="Say whether it was reached, and set the next one; or give a new day.",
    once=(Objective,),
)
def objective_past(workspace: Workspace, on: date) -> Iterator[Here]:
    """The day of an objective is past, and whether it was reached is not said."""
    for objective in workspace.every(Objective):
        if objective.reached == "not yet" and objective.target_date and objective.target_date < on:
            said = f"{named(objective)} was to be reached by {objective.target_date}, and whether it was is not said."
            yield Here(objective, "reached", said)


@rule(
    "D107",
    "warning",
    why="What cannot be seen cannot be steered.",
    mend="Name the measures by which one sees how far it is.",
    once=(Objective,),
)
def objective_without_measure(workspace: Workspace) -> Iterator[Here]:
    """No measure shows how far an objective is."""
    for objective in workspace.every(Objective):
        if objective.type == "achieve" and not objective.measures:
            yield Here(objective, "measures", f"No measure shows how far {called(objective)} is.")


@rule(
    "D108",
    "warning",
    why="Improving delivery is of limited benefit if it does not deliver what people really need.",
    mend="Name the needs that it would meet, or the outcome that it works towards.",
    once=(Objective,),
)
def objective_for_nothing(workspace: Workspace) -> Iterator[Here]:
    """An objective meets no need and works towards no outcome."""
    for objective in workspace.every(Objective):
        if objective.type == "achieve" and not objective.needs and not objective.outcome:
            yield Here(objective, "needs", f"{named(objective)} meets no need and works towards no outcome.")


@rule(
    "D111",
    "warning",
    why="A principle such as dignity protects people only if somebody would notice that it is broken.",
    mend="Name the measures by which one sees that it is kept.",
    once=(Principle,),
)
def principle_without_measure(workspace: Workspace) -> Iterator[Here]:
    """No measure shows that a principle is kept."""
    for principle in workspace.every(Principle):
        if not principle.measures:
            yield Here(principle, "measures", f"No measure shows that {called(principle)} is kept.")


@rule(
    "D112",
    "warning",
    why="A principle has a scope: those for whom it holds must be able to lean on it.",
    mend="Name the groups for whom it holds; groups inside these inherit it.",
    once=(Principle, Group),
)
def principle_for_nobody(workspace: Workspace, on: date) -> Iterator[Here]:
    """A principle holds for no group."""
    yield from _missing(workspace, on, "nobody")


@rule(
    "D113",
    "warning",
    why="Overarching principles protect all, those still to come among them; who is left out of all is unprotected.",
    mend="Name the group, or a group around it, in the principles that should hold for it.",
    once=(Principle, Group),
)
def group_without_principle(workspace: Workspace, on: date) -> Iterator[Here]:
    """No principle holds for a group."""
    yield from _missing(workspace, on, "principle")


def _missing(workspace: Workspace, on: date, part: Part, begin: str = "") -> Iterator[Here]:
    """Yield the holes of one kind that question D1.1 counts."""
    for hole in holes(workspace, on, part):
        yield Here(hole.record, hole.field, f"{named(hole.record)} {hole.said}.", begin=begin)


@rule(
    "D121",
    "warning",
    why="Outcomes in people's lives, health, opportunities and business are what all of it is for.",
    mend="Name the measures by which one sees that it is reached.",
    once=(Outcome,),
)
def outcome_without_measure(workspace: Workspace) -> Iterator[Here]:
    """No measure shows that an outcome is reached."""
    for outcome in workspace.every(Outcome):
        if not outcome.measures:
            yield Here(outcome, "measures", f"No measure shows that {called(outcome)} is reached.")


@rule(
    "D122",
    "warning",
    why="An outcome that nobody works towards is a wish.",
    mend="Name the outcome in an objective, or write one down for it.",
    once=(Outcome, Objective),
)
def outcome_without_objective(workspace: Workspace) -> Iterator[Here]:
    """No objective works towards an outcome."""
    worked_for = {objective.outcome for objective in workspace.every(Objective)}
    for outcome in workspace.every(Outcome):
        if outcome.id not in worked_for:
            yield Here(outcome, "", f"No objective works towards {called(outcome)}.", begin="objective")
