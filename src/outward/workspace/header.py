"""The workspace itself: whose it is, what it is about, and who stands for its customers."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from outward.workspace.fields import Day, Line, Prose, Whole, YesNo
from outward.workspace.records import Record


class Header(Record):
    """The workspace itself."""

    KIND: ClassVar = "workspace"
    TITLE: ClassVar = "workspace"
    PLURAL: ClassVar = "workspace"
    PRINCIPLE: ClassVar = "W"

    body: Line = Field(default="", description="The public body whose workspace it is.")
    body_about: Prose = Field(default="", description="What that body is.")
    made_up: bool = Field(default=False, description="Whether the body and its evidence are fictional.")
    about: Prose = Field(default="", description="What a first-time reader should know.")
    champion: Line = Field(default="", description="The post that is the customers' champion.")
    champion_since: Day = Field(default=None, description="Since when.")
    champion_on_board: YesNo = Field(default=None, description="Whether that post sits on the board.")
    decide_within_days: Whole = Field(
        default=180, description="Within how many days a finding should lead to a decision."
    )
    engage_within_months: Whole = Field(
        default=12, description="Within how many months a stakeholder with power should be met or heard."
    )


def usual(header: Header, field: str) -> int:
    """Return what the workspace says on how soon something should happen, or the usual number where it says none.

    >>> usual(Header(id="a", title="A", decide_within_days=None), "decide_within_days")
    180
    """
    said = getattr(header, field)
    return int(Header.model_fields[field].default if said is None else said)
