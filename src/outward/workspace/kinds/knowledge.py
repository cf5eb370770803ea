"""What is known and what came of it: data sets, findings, actions; and rules that are silenced for a while."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from outward.workspace.fields import Day, Line, Prose, To
from outward.workspace.records import Record


class DataSet(Record):
    """A piece of evidence that the workspace names."""

    KIND: ClassVar = "data_set"
    TITLE: ClassVar = "data set"
    PLURAL: ClassVar = "data sets"
    PRINCIPLE: ClassVar = "U"

    type: Literal[
        "event log", "survey", "comments", "interviews", "customer list", "engagements", "series", "other"
    ] = Field(default="event log", description="What sort of evidence it is.")
    about: Prose = Field(default="", description="What it covers.")
    file: Line = Field(default="", description="Its file in the folder 'evidence', or its address.")
    brought_in_as: Line = Field(
        default="", description="The id of the data set that was made of its file, as 'claims-0a1b2c3d'."
    )
    owner: Line = Field(default="", description="The post that answers for it.")
    settings: dict[str, Any] = Field(default_factory=dict, description="What is confirmed about it.")


class Finding(Record):
    """Something that we know about customers, and since when."""

    KIND: ClassVar = "finding"
    TITLE: ClassVar = "finding"
    PLURAL: ClassVar = "findings"
    PRINCIPLE: ClassVar = "D"

    about: Prose = Field(default="", description="What was found.")
    known_on: Day = Field(default=None, description="The day from which the body knew it.")
    question: Line = Field(default="", description="The question of Outward that shows it, as U3.4.")
    data_sets: tuple[Annotated[str, To("data_set")], ...] = Field(default=(), description="The evidence for it.")
    source: Line = Field(default="", description="Where else it is written down.")
    needs: tuple[Annotated[str, To("need")], ...] = Field(default=(), description="The needs that it bears on.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(default=(), description="The groups that it is about.")


class Action(Record):
    """What was decided about findings, who does it by when, what came of it, and whether customers were told."""

    KIND: ClassVar = "action"
    TITLE: ClassVar = "action"
    PLURAL: ClassVar = "actions"
    PRINCIPLE: ClassVar = "D"

    type: Literal["change", "pilot", "information", "research", "training", "stop", "none"] = Field(
        default="change", description="What sort of action it is; 'none' where it was decided to do nothing."
    )
    about: Prose = Field(default="", description="What is done, or why nothing is.")
    findings: tuple[Annotated[str, To("finding")], ...] = Field(default=(), description="The findings it answers.")
    decided_on: Day = Field(default=None, description="When it was decided.")
    owner: Line = Field(default="", description="The post that answers for it.")
    due: Day = Field(default=None, description="By when it is to be done.")
    done_on: Day = Field(default=None, description="When it was done.")
    measure: Annotated[str, To("measure")] = Field(default="", description="The measure that should move.")
    evaluation: Prose = Field(default="", description="How we shall see whether it worked.")
    place: Line = Field(default="", description="For a pilot: where it is tried.")
    comparison: Line = Field(default="", description="For a pilot: what it is compared with.")
    decide_on: Day = Field(default=None, description="For a pilot: when it is decided whether to go on.")
    effect: Literal["not yet known", "better", "worse", "no effect", "cannot tell"] = Field(
        default="not yet known", description="What was found of its effect."
    )
    effect_about: Line = Field(default="", description="The effect in figures, with its interval.")
    effect_on: Day = Field(default=None, description="When the effect was found.")
    told_on: Day = Field(default=None, description="When customers were told.")
    told_where: Line = Field(default="", description="Where they were told.")


class Silence(Record):
    """A rule of the checks that is not to be applied for a while, and why."""

    KIND: ClassVar = "silence"
    TITLE: ClassVar = "silenced rule"
    PLURAL: ClassVar = "silenced rules"
    PRINCIPLE: ClassVar = "W"

    rule: Line = Field(min_length=1, description="The code of the rule, as O203.")
    record: Line = Field(
        default="", description="The record it is silenced for, as 'need/clear-letters'; empty for all."
    )
    reason: Prose = Field(min_length=1, description="Why.")
    until: Day = Field(description="The day on which it speaks again.")
