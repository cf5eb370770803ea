"""Rules of the second principle: whether measures, rewards, services and judgements face the customer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from outward.checks.rules import Here, called, named, nothing_yet, rule, titles
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.fields import counts_in_percent
from outward.workspace.kinds.customers import Need
from outward.workspace.kinds.operations import Assessment, Benchmark, Measure, Reward, Service, Step
from outward.workspace.meaning.sight import rewarded, unasked

POINTS_NEEDED = 12
"""Points of a series without which a verdict cannot tell a change from noise."""
DIMENSIONS: tuple[str, ...] = get_args(Assessment.model_fields["dimension"].annotation)


@rule(
    "O100",
    "note",
    why="Performance measures are one of the seven things that support customer focus, or stand against it.",
    mend="Write down what is measured, and which needs each measure serves.",
)
def no_measures(workspace: Workspace) -> Iterator[Here]:
    """No measure is written down yet."""
    yield from nothing_yet(workspace, Measure, "No measure is written down yet.")


@rule(
    "O101",
    "warning",
    why="A measure that nobody answers for moves nobody to act.",
    mend="Name the post that answers for it.",
    once=(Measure,),
)
def measure_without_owner(workspace: Workspace) -> Iterator[Here]:
    """Nobody answers for a measure."""
    for measure in workspace.every(Measure):
        if not measure.owner:
            yield Here(measure, "owner", f"{named(measure)} has no owner.")


@rule(
    "O102",
    "warning",
    why="Without it nobody can tell whether things get better or worse for customers.",
    mend="Say whether up or down is better.",
    once=(Measure,),
)
def measure_without_direction(workspace: Workspace) -> Iterator[Here]:
    """It is not said which way a measure is better."""
    for measure in workspace.every(Measure):
        if measure.direction is None:
            yield Here(measure, "direction", f"Whether up or down is better for {called(measure)} is not said.")


@rule(
    "O103",
    "warning",
    why="Customer understanding is used to deliver target outcomes: how far, by when.",
    mend="Say what the measure is to reach, and by when.",
    once=(Measure,),
)
def measure_without_target(workspace: Workspace) -> Iterator[Here]:
    """A measure has no target, or a target without a day."""
    for measure in workspace.every(Measure):
        if measure.target is None:
            yield Here(measure, "target", f"{named(measure)} has no target.")
        elif not measure.target_date:
            yield Here(measure, "target_date", f"The target of {called(measure)} has no day.")


@rule(
    "O104",
    "warning",
    why="A target that is over and is neither told nor renewed guides nobody.",
    mend="Say what was reached, where it was promised, and set the next target with its day.",
    once=(Measure,),
)
def target_past(workspace: Workspace, on: date) -> Iterator[Here]:
    """The day of a measure's target is past."""
    for measure in workspace.every(Measure):
        if measure.target is not None and measure.target_date and measure.target_date < on:
            said = f"The target of {called(measure)} was for {measure.target_date}, and has not been renewed."
            yield Here(measure, "target_date", said)


@rule(
    "O105",
    "warning",
    why="With few points a change cannot be told from noise, and people are praised or blamed for luck.",
    mend=f"Give no verdict before there are {POINTS_NEEDED} points, or say how many there are.",
    once=(Measure,),
)
def hasty_verdict(workspace: Workspace) -> Iterator[Here]:
    """A verdict of red, amber or green rests on fewer than twelve points."""
    for measure in workspace.every(Measure):
        if measure.rating and (measure.points or 0) < POINTS_NEEDED:
            points = "a number of points that is not said" if measure.points is None else _count(measure.points)
            yield Here(measure, "points", f"{named(measure)} is judged {measure.rating} on {points}.")


@rule(
    "O106",
    "note",
    why="Two people who count by one name and mean two things cannot tell customers the truth.",
    mend="Say exactly what is counted: who, from when to when, and what is left out.",
    once=(Measure,),
)
def measure_of_what(workspace: Workspace) -> Iterator[Here]:
    """It is not said what a measure counts."""
    for measure in workspace.every(Measure):
        if not measure.counts:
            yield Here(measure, "counts", f"What {called(measure)} counts is not said.")


@rule(
    "O107",
    "warning",
    why="A measure without evidence is an intention: whether customers are better served cannot be seen.",
    mend="Name the data set or series that it is read from, or the question of Outward.",
    once=(Measure,),
)
def measure_from_nothing(workspace: Workspace) -> Iterator[Here]:
    """A measure is read from nothing."""
    for measure in workspace.every(Measure):
        if not measure.question and not measure.data_set:
            yield Here(measure, "data_set", f"{named(measure)} is read from no data set and no question.")


@rule(
    "O108",
    "note",
    why="How far there is to go, and how far one has come, can be told only from a start.",
    mend="Give the figure at the start and its day.",
    once=(Measure,),
)
def target_without_baseline(workspace: Workspace) -> Iterator[Here]:
    """A measure has a target, and it is not said where it stood at the start."""
    for measure in workspace.every(Measure):
        if measure.target is not None and measure.baseline is None:
            yield Here(
                measure, "baseline", f"{named(measure)} has a target, and where it stood at the start is not said."
            )


@rule(
    "O109",
    "warning",
    why="A spreadsheet keeps 45% as 0.45. With the unit % that is read as less than one in a hundred.",
    mend="Write 45 where 45% is meant. Where less than 1% is meant, silence the rule here and say so.",
)
def share_of_one(workspace: Workspace) -> Iterator[Here]:
    """A figure in % stands between 0 and 1, and none beside it is larger than 1."""
    every: list[Measure | Benchmark] = [*workspace.every(Measure), *workspace.every(Benchmark)]
    for one in every:
        fields = ("baseline", "target") if isinstance(one, Measure) else ("value",)
        held = {field: value for field in fields if (value := getattr(one, field))}
        small = {field: value for field, value in held.items() if 0 < value < 1}
        if small and counts_in_percent(one.unit) and max(held.values()) <= 1:
            field, value = next(iter(small.items()))
            yield Here(
                one,
                field,
                f"{named(one)} counts in %, and its {field} is {value:g}, where {value * 100:g} may be meant.",
            )


@rule(
    "O201",
    "warning",
    why="What is not measured is not managed: the organisation cannot see whether it meets the need.",
    mend="Name the need in the measure that shows how well it is met, or write down a new measure.",
    once=(Need, Measure),
)
def need_without_measure(workspace: Workspace) -> Iterator[Here]:
    """No measure serves a need."""
    measured = {id for measure in workspace.every(Measure) for id in measure.needs}
    for need in workspace.every(Need):
        if need.id not in measured:
            yield Here(need, "", f"No measure serves {called(need)}.", begin="measure")


@rule(
    "O202",
    "warning",
    why="A measure that no customer asked for turns attention inward.",
    mend="Name the needs that it serves. Where there are none, ask what it is for, and whether to go on with it.",
    once=(Need, Measure),
)
def measure_without_need(workspace: Workspace) -> Iterator[Here]:
    """A measure serves no need of customers, and shows no principle to be kept and no outcome to be reached."""
    for measure in unasked(workspace, workspace.every(Measure)):
        yield Here(measure, "needs", f"{named(measure)} serves no need, no principle and no outcome.")


@rule(
    "O203",
    "warning",
    why="Only when reward systems too are turned to face the customer will satisfaction rise.",
    mend="Tie the reward to a measure that serves a need, or say which need the measure serves.",
    once=(Reward, Need),
)
def inward_reward(workspace: Workspace) -> Iterator[Here]:
    """People are rewarded by a measure that no customer asked for."""
    for reward in workspace.every(Reward):
        found = rewarded(workspace, reward)
        if found.unasked:
            asked = "which no customer asked for" if len(found.unasked) == 1 else "none of which a customer asked for"
            part, share = ("", "") if found.wholly else (" in part", f": {found.share}")
            said = f"{named(reward)} is given{part} for {titles(found.unasked)}, {asked}{share}."
            yield Here(reward, "measures", said)


@rule(
    "O204",
    "note",
    why="Operations are built around the customer: which customers comes first.",
    mend="Name the groups that it serves.",
    once=(Service,),
)
def service_for_nobody(workspace: Workspace) -> Iterator[Here]:
    """It is not said whom a service serves."""
    for service in workspace.every(Service):
        if not service.groups:
            yield Here(service, "groups", f"Whom {called(service)} serves is not said.")


@rule(
    "O205",
    "note",
    why="A step that customers go through for no need of theirs is the organisation's, and costs their time.",
    mend="Name the needs that the step should meet. Where there are none, ask whether it can be left out.",
    once=(Step, Need),
)
def needless_step(workspace: Workspace) -> Iterator[Here]:
    """A step of a service meets no need."""
    told = {step.service for step in workspace.every(Step) if step.needs}
    for step in workspace.every(Step):
        if not step.needs and step.service in told:
            yield Here(step, "needs", f"{named(step)} is said to meet no need, unlike other steps of its service.")


@rule(
    "O301",
    "warning",
    why="Services are compared with those elsewhere. A comparison that cannot be looked up persuades nobody.",
    mend="Say where and when the figure was published.",
    once=(Benchmark,),
)
def loose_benchmark(workspace: Workspace) -> Iterator[Here]:
    """A benchmark stands without its source or its day."""
    for benchmark in workspace.every(Benchmark):
        held = {"source": benchmark.source, "published_on": benchmark.published_on}
        lacking = [field for field, value in held.items() if not value]
        if lacking:
            words = in_a_row(["day" if field == "published_on" else field for field in lacking], "or a")
            yield Here(benchmark, lacking[0], f"{named(benchmark)} stands without a {words}.")


@rule(
    "O401",
    "warning",
    why="How the seven dimensions face the customer is to be judged on evidence, not on opinion.",
    mend="Say what the judgement rests on, or name the findings that support it.",
    once=(Assessment,),
)
def opinion(workspace: Workspace) -> Iterator[Here]:
    """A judgement of the organisation rests on no evidence."""
    for assessment in workspace.every(Assessment):
        if not assessment.evidence and not assessment.findings:
            yield Here(assessment, "evidence", f"{named(assessment)} rests on no evidence and no finding.")


@rule(
    "O402",
    "note",
    why="Firms that turned only their front line to the customer did not succeed: it takes the whole organisation.",
    mend="Assess it, on evidence.",
    once=(Assessment,),
)
def dimension_left_out(workspace: Workspace) -> Iterator[Here]:
    """One of the seven dimensions is not assessed."""
    assessed = {assessment.dimension for assessment in workspace.every(Assessment)}
    for dimension in DIMENSIONS:
        if dimension not in assessed:
            said = f"The dimension '{dimension}' is not assessed; {len(assessed)} of the seven are."
            yield Here(workspace.header, "", said, begin=Assessment.KIND)


@rule(
    "O403",
    "note",
    why="Leaders and the front line often see it differently, and customers see what neither does.",
    mend="Ask the front line, customers or an outside assessor as well.",
    once=(Assessment,),
)
def leaders_alone(workspace: Workspace) -> Iterator[Here]:
    """A dimension is judged by leaders alone."""
    judges: dict[str, set[str]] = {}
    first: dict[str, Assessment] = {}
    for assessment in workspace.every(Assessment):
        judges.setdefault(assessment.dimension, set()).add(assessment.seen_by)
        first.setdefault(assessment.dimension, assessment)
    for dimension, seen_by in judges.items():
        if seen_by == {"leaders"}:
            yield Here(first[dimension], "seen_by", f"The dimension '{dimension}' is judged by leaders alone.")


def _count(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"
