"""Rules about interests at every level, and about the perspectives from which a service is walked through."""

from __future__ import annotations

from collections.abc import Iterator

from outward.checks.rules import Here, called, named, rule
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Interview
from outward.workspace.kinds.stakeholders import Interest, Level, Perspective


@rule(
    "R501",
    "warning",
    why="Effective delivery takes account of the full range of consumer interests at every level.",
    mend="Write down whose interest is felt at this level, and on what evidence.",
    once=(Level,),
)
def level_without_interest(workspace: Workspace) -> Iterator[Here]:
    """No interest is written down at a level."""
    told = {interest.level for interest in workspace.every(Interest)}
    for level in workspace.every(Level):
        if level.id not in told:
            yield Here(level, "", f"No interest is written down at {called(level)}.", begin="interest")


@rule(
    "R502",
    "warning",
    why="Whose interest it is at which level is to be found out, not assumed from the centre.",
    mend="Name the findings that show it, or set an objective to learn of it.",
    once=(Interest,),
)
def interest_without_evidence(workspace: Workspace) -> Iterator[Here]:
    """An interest rests on no finding."""
    for interest in workspace.every(Interest):
        if not interest.findings:
            yield Here(interest, "findings", f"{named(interest)} rests on no finding.")


@rule(
    "R503",
    "warning",
    why="An interest without somebody whose it is cannot be asked about, and cannot be weighed.",
    mend="Name the customer group or the stakeholder.",
    once=(Interest,),
)
def nobodys_interest(workspace: Workspace) -> Iterator[Here]:
    """It is not said whose an interest is."""
    for interest in workspace.every(Interest):
        if not interest.group and not interest.stakeholder:
            yield Here(interest, "group", f"{named(interest)} names no customer group and no stakeholder.")


@rule(
    "R511",
    "warning",
    why="A walk through what happens that speaks for people without having heard them is the organisation's own tale.",
    mend="Interview somebody who stands there, with consent, and name the perspective in the interview.",
    once=(Perspective,),
)
def perspective_without_interview(workspace: Workspace) -> Iterator[Here]:
    """From a perspective nobody has been interviewed."""
    heard = {id for interview in workspace.every(Interview) for id in interview.perspectives}
    for one in workspace.every(Perspective):
        if one.id not in heard:
            yield Here(one, "", f"Nobody has been interviewed from {called(one)}.", begin="interview")


@rule(
    "R512",
    "note",
    why="Walking through from a perspective asks what happens to those who stand there.",
    mend="Name the customer group or the stakeholder who stands there.",
    once=(Perspective,),
)
def nobodys_perspective(workspace: Workspace) -> Iterator[Here]:
    """It is not said who stands at a perspective."""
    for one in workspace.every(Perspective):
        if not one.group and not one.stakeholder:
            yield Here(one, "group", f"{named(one)} names no customer group and no stakeholder who stands there.")
