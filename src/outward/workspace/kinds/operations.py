"""How operations face the customer: services and their steps, measures, rewards, benchmarks, assessments."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from outward.workspace.fields import Day, Item, Line, Number, Prose, To, Whole
from outward.workspace.records import Record


class Service(Record):
    """A service that customers use."""

    KIND: ClassVar = "service"
    TITLE: ClassVar = "service"
    PLURAL: ClassVar = "services"
    PRINCIPLE: ClassVar = "O"

    about: Prose = Field(default="", description="What it is for.")
    body: Annotated[str, To("body")] = Field(default="", description="The body that runs it.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(default=(), description="Whom it serves.")
    data_sets: tuple[Annotated[str, To("data_set")], ...] = Field(
        default=(), description="The data that it leaves behind."
    )


class Step(Record):
    """A step of a service, as customers meet it."""

    KIND: ClassVar = "step"
    TITLE: ClassVar = "step"
    PLURAL: ClassVar = "steps"
    PRINCIPLE: ClassVar = "O"

    service: Annotated[str, To("service")] = Field(min_length=1, description="The service that it is a part of.")
    order: Whole = Field(default=None, description="Its place among the steps, from 1.")
    activity: Line = Field(default="", description="Its name in the case log.")
    channels: tuple[Item, ...] = Field(default=(), description="How it can be done: online, by telephone, by post.")
    needs: tuple[Annotated[str, To("need")], ...] = Field(default=(), description="The needs that it should meet.")


class Measure(Record):
    """A measure of performance."""

    KIND: ClassVar = "measure"
    TITLE: ClassVar = "measure"
    PLURAL: ClassVar = "measures"
    PRINCIPLE: ClassVar = "O"

    counts: Prose = Field(default="", description="What it counts, exactly.")
    unit: Line = Field(default="", description="Its unit: days, %, customers, pounds.")
    direction: Literal["up", "down"] | None = Field(default=None, description="Which way is better.")
    question: Line = Field(default="", description="The question of Outward that it is read from, as U3.3.")
    data_set: Annotated[str, To("data_set")] = Field(default="", description="The data or series it is read from.")
    needs: tuple[Annotated[str, To("need")], ...] = Field(default=(), description="The needs that it serves.")
    owner: Line = Field(default="", description="The post that answers for it.")
    baseline: Number = Field(default=None, description="Where it stood at the start.")
    baseline_on: Day = Field(default=None, description="The day of the baseline.")
    target: Number = Field(default=None, description="What it is to reach.")
    target_date: Day = Field(default=None, description="By when.")
    rating: Literal["red", "amber", "green"] | None = Field(
        default=None, description="The verdict last given on it, if any."
    )
    points: Whole = Field(default=None, description="How many points of the series that verdict rests on.")


class Reward(Record):
    """What people or organisations get for doing well by a measure."""

    KIND: ClassVar = "reward"
    TITLE: ClassVar = "reward"
    PLURAL: ClassVar = "rewards"
    PRINCIPLE: ClassVar = "O"

    type: Literal["pay", "promotion", "funding", "ranking", "praise", "penalty", "other"] = Field(
        default="other", description="What sort of reward it is."
    )
    who: Line = Field(default="", description="Who is rewarded.")
    measures: tuple[Annotated[str, To("measure")], ...] = Field(
        min_length=1, description="The measures that it rewards."
    )


class Benchmark(Record):
    """A published figure of another body or sector, to set a measure beside."""

    KIND: ClassVar = "benchmark"
    TITLE: ClassVar = "benchmark"
    PLURAL: ClassVar = "benchmarks"
    PRINCIPLE: ClassVar = "O"

    measure: Annotated[str, To("measure")] = Field(default="", description="The measure that it stands beside.")
    sector: Line = Field(default="", description="Whose figure it is: banking, shopping, another service.")
    value: Number = Field(default=None, description="The figure.")
    unit: Line = Field(default="", description="Its unit.")
    published_on: Day = Field(default=None, description="When it was published.")
    source: Line = Field(default="", description="Where it was published, so that others can find it.")


class Assessment(Record):
    """How one of the seven dimensions of the body faces its customers, as somebody sees it."""

    KIND: ClassVar = "assessment"
    TITLE: ClassVar = "assessment"
    PLURAL: ClassVar = "assessments"
    PRINCIPLE: ClassVar = "O"

    dimension: Literal[
        "strategy", "performance measures", "systems", "processes", "organisation", "values", "behaviours"
    ] = Field(description="Which of the seven dimensions.")
    seen_by: Literal["leaders", "front line", "customers", "outside assessor"] = Field(description="Who judged.")
    score: Whole = Field(default=None, le=5, description="From 1, faces inward, to 5, faces the customer.")
    evidence: Prose = Field(default="", description="What the judgement rests on.")
    findings: tuple[Annotated[str, To("finding")], ...] = Field(default=(), description="Findings that support it.")
    assessed_on: Day = Field(default=None, description="The day of the judgement.")
