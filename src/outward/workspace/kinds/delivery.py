"""What is to be reached and how: principles, outcomes, objectives, policies, strategies, adaptations."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from outward.workspace.fields import Day, Item, Line, Number, Prose, To
from outward.workspace.records import Record


class Principle(Record):
    """An overarching principle; it holds for its groups and all groups inside them."""

    KIND: ClassVar = "principle"
    TITLE: ClassVar = "principle"
    PLURAL: ClassVar = "principles"
    PRINCIPLE: ClassVar = "D"

    about: Prose = Field(default="", description="What it promises.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(
        default=(), description="For whom it holds; groups inside these inherit it."
    )
    measures: tuple[Annotated[str, To("measure")], ...] = Field(
        default=(), description="The measures by which we see that it is kept."
    )


class Outcome(Record):
    """A change in people's lives, health, opportunities or business that is to be reached."""

    KIND: ClassVar = "outcome"
    TITLE: ClassVar = "outcome"
    PLURAL: ClassVar = "outcomes"
    PRINCIPLE: ClassVar = "D"

    area: Literal["lives", "health", "opportunities", "business", "other"] = Field(
        default="other", description="What part of people's lives it is about."
    )
    about: Prose = Field(default="", description="What would be different for people.")
    measures: tuple[Annotated[str, To("measure")], ...] = Field(
        default=(), description="The measures by which we see that it is reached."
    )


class Objective(Record):
    """A targeted objective for one group: something to learn, or something to achieve."""

    KIND: ClassVar = "objective"
    TITLE: ClassVar = "objective"
    PLURAL: ClassVar = "objectives"
    PRINCIPLE: ClassVar = "D"

    type: Literal["learn", "achieve"] = Field(
        default="achieve", description="Whether it is to learn of needs and concerns, or to achieve something."
    )
    about: Prose = Field(default="", description="What exactly.")
    group: Annotated[str, To("group")] = Field(default="", description="For which group.")
    needs: tuple[Annotated[str, To("need")], ...] = Field(default=(), description="The needs that it would meet.")
    outcome: Annotated[str, To("outcome")] = Field(default="", description="The outcome that it works towards.")
    measures: tuple[Annotated[str, To("measure")], ...] = Field(
        default=(), description="The measures by which we see how far it is."
    )
    findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="What we know of the group that it rests on."
    )
    target: Number = Field(default=None, description="What the first measure is to reach.")
    target_date: Day = Field(default=None, description="By when.")
    owner: Line = Field(default="", description="The post that answers for it.")
    reached: Literal["not yet", "yes", "partly", "no"] = Field(
        default="not yet", description="Whether it was reached, as told once its day had come."
    )


class Policy(Record):
    """A policy, from the first idea to its review, and what was known of customers at each stage."""

    KIND: ClassVar = "policy"
    TITLE: ClassVar = "policy"
    PLURAL: ClassVar = "policies"
    PRINCIPLE: ClassVar = "D"

    stage: Literal["outset", "options", "decision", "delivery", "review"] = Field(
        default="outset", description="How far it has come."
    )
    about: Prose = Field(default="", description="What it would change.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(default=(), description="Whom it affects.")
    options: tuple[Item, ...] = Field(default=(), description="The options that were looked at.")
    outset_on: Day = Field(default=None, description="When work on it began.")
    options_on: Day = Field(default=None, description="When its options were looked at.")
    decision_on: Day = Field(default=None, description="When it was decided.")
    delivery_on: Day = Field(default=None, description="When delivery began.")
    outset_findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="Findings about customers that were on the table at the outset."
    )
    options_findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="Findings on the table when options were looked at."
    )
    decision_findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="Findings on the table when it was decided."
    )
    delivery_findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(), description="Findings used in delivery."
    )
    review_about: Prose = Field(
        default="", description="What the review found, and what findings left out would have changed."
    )
    review_findings: tuple[Annotated[str, To("finding")], ...] = Field(
        default=(),
        description="Findings that were left out, of which the review says what they would have changed.",
    )
    outcomes: tuple[Annotated[str, To("outcome")], ...] = Field(
        default=(), description="The outcomes that it should bring."
    )


class Strategy(Record):
    """A strategy: the objectives it pursues, the findings it uses, who delivers it."""

    KIND: ClassVar = "strategy"
    TITLE: ClassVar = "strategy"
    PLURAL: ClassVar = "strategies"
    PRINCIPLE: ClassVar = "D"

    about: Prose = Field(default="", description="What it sets out to do.")
    groups: tuple[Annotated[str, To("group")], ...] = Field(default=(), description="For whom.")
    objectives: tuple[Annotated[str, To("objective")], ...] = Field(
        default=(), description="The objectives it pursues."
    )
    findings: tuple[Annotated[str, To("finding")], ...] = Field(default=(), description="The findings that it uses.")
    stakeholders: tuple[Annotated[str, To("stakeholder")], ...] = Field(
        default=(), description="The stakeholders who deliver it with us."
    )
    milestones: tuple[Item, ...] = Field(default=(), description="What is done by when, as '2026-03-31 letters sent'.")


class Adaptation(Record):
    """Where delivery differs from the rule, why, and whether it helped."""

    KIND: ClassVar = "adaptation"
    TITLE: ClassVar = "adaptation"
    PLURAL: ClassVar = "adaptations"
    PRINCIPLE: ClassVar = "D"

    where: Line = Field(default="", description="The place or body where delivery differs.")
    level: Annotated[str, To("level")] = Field(default="", description="The level at which it was decided.")
    differs: Prose = Field(default="", description="What is done otherwise.")
    why: Prose = Field(default="", description="For what need of customers there.")
    decided_on: Day = Field(default=None, description="When it was decided.")
    review_on: Day = Field(default=None, description="When it is to be looked at again.")
    helped: Literal["not yet known", "yes", "no", "cannot tell"] = Field(
        default="not yet known", description="Whether it helped, as found at the review."
    )
    measure: Annotated[str, To("measure")] = Field(default="", description="The measure by which that is seen.")
