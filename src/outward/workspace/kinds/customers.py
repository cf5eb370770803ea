"""Who the customers are and what they want: groups, needs, the bodies that serve them, what people said."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from outward.workspace.fields import Day, Line, Prose, To, Whole, YesNo
from outward.workspace.records import Record

Expectation = Literal["personalised", "choice", "information", "voice", "other"]


class Group(Record):
    """A group of customers, present, imminent or future."""

    KIND: ClassVar = "group"
    TITLE: ClassVar = "customer group"
    PLURAL: ClassVar = "groups"
    PRINCIPLE: ClassVar = "U"

    status: Literal["existing", "imminent", "future"] = Field(
        default="existing",
        description="Whether they are customers now, soon will be, or will be one day.",
    )
    about: Prose = Field(default="", description="Who they are, in a sentence or two.")
    parent: Annotated[str, To("group")] = Field(default="", description="The larger group that they are a part of.")
    rule: Line = Field(
        default="", description="Which cases are theirs in a data set, as a filter: 'work=Self-employed'."
    )
    data_set: Annotated[str, To("data_set")] = Field(default="", description="The data set that the rule is about.")
    defined: Literal["declared", "found"] = Field(
        default="declared", description="Whether people declared the group, or data showed it."
    )
    becomes: Prose = Field(default="", description="For those still to come: how people become members, and when.")
    comes_from: tuple[Annotated[str, To("group")], ...] = Field(
        default=(), description="The groups that its future members are in now."
    )
    size: Whole = Field(default=None, description="How many people are in it, if known.")
    size_on: Day = Field(default=None, description="The day for which the size holds.")
    size_source: Line = Field(default="", description="Where the size is from.")


class Need(Record):
    """Something that customers want, need or worry about."""

    KIND: ClassVar = "need"
    TITLE: ClassVar = "need or concern"
    PLURAL: ClassVar = "needs"
    PRINCIPLE: ClassVar = "U"

    type: Literal["need", "concern"] = Field(default="need", description="Whether they want it, or worry about it.")
    about: Prose = Field(default="", description="What they want or worry about, in their words.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(min_length=1, description="Whose need it is.")
    expectation: Expectation = Field(
        default="other", description="Which of the public's four expectations it falls under."
    )
    importance: Literal["low", "medium", "high"] | None = Field(
        default=None, description="How important it is to them."
    )
    findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="The findings that show the need."
    )
    ownership: Literal["owned", "shared", "nobody's"] | None = Field(
        default=None, description="Whether one body owns it, several share it, or it is nobody's."
    )
    owned_by: tuple[Annotated[str, To("body")], ...] = Field(default=(), description="The bodies that own it.")
    owned_ground: Line = Field(default="", description="By what law, agreement or habit they own it.")


class Body(Record):
    """A public body, or another organisation that serves the customers."""

    KIND: ClassVar = "body"
    TITLE: ClassVar = "body"
    PLURAL: ClassVar = "bodies"
    PRINCIPLE: ClassVar = "U"

    type: Literal[
        "department", "agency", "arm's-length body", "local authority", "voluntary sector", "business", "other"
    ] = Field(description="What sort of organisation it is.")
    about: Prose = Field(default="", description="What it does for these customers.")


class Interview(Record):
    """What somebody said, with their consent; no name and nothing that gives them away."""

    KIND: ClassVar = "interview"
    TITLE: ClassVar = "interview"
    PLURAL: ClassVar = "interviews"
    PRINCIPLE: ClassVar = "U"

    speaker: Literal[
        "customer", "front-line staff", "leader", "representative group", "industry body", "public body", "other"
    ] = Field(description="In what capacity the person spoke.")
    held_on: Day = Field(default=None, description="The day on which it was held.")
    consent: YesNo = Field(default=None, description="Whether the person agreed to its use.")
    said: Prose = Field(default="", description="What was said, without names.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(default=(), description="The groups that it is about.")
    needs: tuple[Annotated[str, To("need")], ...] = Field(default=(), description="The needs that it speaks to.")
    steps: tuple[Annotated[str, To("step")], ...] = Field(default=(), description="The steps that it speaks to.")
    perspectives: tuple[Annotated[str, To("perspective")], ...] = Field(
        default=(), description="The perspectives from which it was said."
    )
