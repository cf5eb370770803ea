"""Everybody with an interest: stakeholders, relationships, promises, risks, levels, perspectives."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from outward.workspace.fields import Day, Line, Prose, To, Whole, YesNo
from outward.workspace.records import Record


class Stakeholder(Record):
    """A party with an interest in better services."""

    KIND: ClassVar = "stakeholder"
    TITLE: ClassVar = "stakeholder"
    PLURAL: ClassVar = "stakeholders"
    PRINCIPLE: ClassVar = "R"

    type: Literal[
        "wider public",
        "business",
        "industry body",
        "voluntary sector",
        "representative group",
        "individual user",
        "public body",
        "arm's-length body",
        "staff",
    ] = Field(description="What sort of party it is.")
    interests: Prose = Field(default="", description="What it wants of the service, and why.")
    power: YesNo = Field(default=None, description="Whether it can get its way.")
    legitimacy: YesNo = Field(default=None, description="Whether its claim is accepted as proper.")
    urgency: YesNo = Field(default=None, description="Whether its claim cannot wait.")
    speaks_for: tuple[Annotated[str, To("group")], ...] = Field(
        default=(), description="The customer groups that it speaks for."
    )
    body: Annotated[str, To("body")] = Field(default="", description="The body that it is, where it is one.")
    last_engaged_on: Day = Field(default=None, description="When it was last met or heard.")


class Relationship(Record):
    """A tie between the body and a stakeholder."""

    KIND: ClassVar = "relationship"
    TITLE: ClassVar = "relationship"
    PLURAL: ClassVar = "relationships"
    PRINCIPLE: ClassVar = "R"

    stakeholder: Annotated[str, To("stakeholder")] = Field(min_length=1, description="With whom.")
    nature: Literal["funding", "contract", "regulation", "advice", "partnership", "representation", "other"] = Field(
        default="other", description="What ties them."
    )
    about: Prose = Field(default="", description="How it works, and who gains what.")
    closeness: Literal["at arm's length", "working", "close", "dependent"] | None = Field(
        default=None, description="How close it is."
    )
    declared_interests: Prose = Field(default="", description="The interests that have been declared, or 'none'.")
    declared_on: Day = Field(default=None, description="When they were last declared.")
    owner: Line = Field(default="", description="The post that looks after the relationship.")


class Commitment(Record):
    """Something promised to a stakeholder or by one."""

    KIND: ClassVar = "commitment"
    TITLE: ClassVar = "commitment"
    PLURAL: ClassVar = "commitments"
    PRINCIPLE: ClassVar = "R"

    stakeholder: Annotated[str, To("stakeholder")] = Field(min_length=1, description="The other party.")
    made_by: Literal["us", "them"] = Field(default="us", description="Who promised.")
    made_on: Day = Field(default=None, description="When it was promised.")
    due: Day = Field(default=None, description="By when.")
    kept: Literal["not yet", "yes", "partly", "no"] = Field(default="not yet", description="Whether it was kept.")
    kept_on: Day = Field(default=None, description="When it was kept.")


class Risk(Record):
    """A risk of a relationship: its cause, the event, the consequence, and what is done about it."""

    KIND: ClassVar = "risk"
    TITLE: ClassVar = "risk"
    PLURAL: ClassVar = "risks"
    PRINCIPLE: ClassVar = "R"

    relationship: Annotated[str, To("relationship")] = Field(min_length=1, description="The relationship at risk.")
    type: Literal["dependence", "imbalance", "capture", "undeclared interest", "other"] = Field(
        default="other", description="What sort of risk it is."
    )
    cause: Line = Field(default="", description="Because of ...")
    event: Line = Field(default="", description="... it could happen that ...")
    consequence: Line = Field(default="", description="... so that ...")
    likelihood: Literal["low", "medium", "high"] | None = Field(default=None, description="How likely it is.")
    impact: Literal["low", "medium", "high"] | None = Field(default=None, description="How much it would matter.")
    mitigation: Prose = Field(default="", description="What is done about it.")
    in_place_on: Day = Field(default=None, description="Since when that is in place.")
    verified_by: Line = Field(default="", description="The post that checked that it is done.")
    verified_on: Day = Field(default=None, description="When it was checked.")


class Level(Record):
    """A level at which a service is run or felt: a child, a school, a local authority, the nation."""

    KIND: ClassVar = "level"
    TITLE: ClassVar = "level"
    PLURAL: ClassVar = "levels"
    PRINCIPLE: ClassVar = "R"

    order: Whole = Field(default=None, description="Its place, from 1 for the level nearest to the customer.")
    about: Prose = Field(default="", description="Who acts at this level.")


class Interest(Record):
    """Who has an interest at which level, and on what evidence we say so."""

    KIND: ClassVar = "interest"
    TITLE: ClassVar = "interest"
    PLURAL: ClassVar = "interests"
    PRINCIPLE: ClassVar = "R"

    level: Annotated[str, To("level")] = Field(min_length=1, description="At which level.")
    group: Annotated[str, To("group")] = Field(default="", description="The customers whose interest it is.")
    stakeholder: Annotated[str, To("stakeholder")] = Field(default="", description="Or the stakeholder.")
    about: Prose = Field(default="", description="What they want at this level.")
    findings: tuple[Annotated[str, To("finding")], ...] = Field(default=(), description="The findings that show it.")


class Perspective(Record):
    """A point of view from which a service is walked through."""

    KIND: ClassVar = "perspective"
    TITLE: ClassVar = "perspective"
    PLURAL: ClassVar = "perspectives"
    PRINCIPLE: ClassVar = "R"

    asks: Line = Field(default="", description="What somebody who stands there asks.")
    stakeholder: Annotated[str, To("stakeholder")] = Field(default="", description="The stakeholder who stands there.")
    group: Annotated[str, To("group")] = Field(default="", description="Or the customers who stand there.")
