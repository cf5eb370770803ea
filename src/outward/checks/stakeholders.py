"""Rules of the third principle: who is heard, what was promised, and the risks of close relationships."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from outward.checks.rules import Here, called, named, nothing_yet, rule
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.header import usual
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.stakeholders import Commitment, Relationship, Risk, Stakeholder
from outward.workspace.meaning.days import by, later
from outward.workspace.meaning.inheritance import reached

CLOSE = ("close", "dependent")
DECLARED_WITHIN_MONTHS = 12
"""After how many months declared interests are to be asked for again."""


@rule(
    "R100",
    "note",
    why="All with an interest in better services must understand and support each other.",
    mend="Write down who has an interest: public, business, voluntary sector, public bodies, staff and others.",
)
def no_stakeholders(workspace: Workspace) -> Iterator[Here]:
    """No stakeholder is written down yet."""
    yield from nothing_yet(workspace, Stakeholder, "No stakeholder is written down yet.")


@rule(
    "R101",
    "note",
    why="Those who do not know what the other wants can neither understand nor support each other.",
    mend="Ask, and write down what it wants of the service and why.",
    once=(Stakeholder,),
)
def interests_not_said(workspace: Workspace) -> Iterator[Here]:
    """It is not said what a stakeholder wants."""
    for stakeholder in workspace.every(Stakeholder):
        if not stakeholder.interests:
            yield Here(stakeholder, "interests", f"What {called(stakeholder)} wants is not said.")


@rule(
    "R102",
    "note",
    why="Who can get its way must be known, so that those who cannot are not passed over.",
    mend="Say whether it can get its way: yes or no.",
    once=(Stakeholder,),
)
def power_not_said(workspace: Workspace) -> Iterator[Here]:
    """It is not said whether a stakeholder has power."""
    for stakeholder in workspace.every(Stakeholder):
        if stakeholder.power is None:
            yield Here(stakeholder, "power", f"Whether {called(stakeholder)} has power is not said.")


@rule(
    "R201",
    "warning",
    why="Support rests on promises that are kept.",
    mend="Keep it and say when; or say that it was not kept, and agree what follows.",
    once=(Commitment,),
)
def overdue(workspace: Workspace, on: date) -> Iterator[Here]:
    """A commitment is overdue."""
    for commitment in workspace.every(Commitment):
        kept = commitment.kept != "not yet" and (not commitment.kept_on or by(commitment.kept_on, on))
        if not kept and commitment.due and commitment.due < on:
            side = "by us" if commitment.made_by == "us" else "to us"
            yield Here(
                commitment,
                "kept",
                f"{named(commitment)}, promised {side}, was due on {commitment.due} and is not kept.",
            )


@rule(
    "R202",
    "note",
    why="A promise without a day can never be late, and so is seldom kept.",
    mend="Agree with the other party by when.",
    once=(Commitment,),
)
def never_due(workspace: Workspace) -> Iterator[Here]:
    """A commitment has no day by which it is due."""
    for commitment in workspace.every(Commitment):
        if commitment.kept == "not yet" and not commitment.due:
            yield Here(commitment, "due", f"{named(commitment)} has no day by which it is due.")


@rule(
    "R301",
    "warning",
    why="Who can get its way and is not talked to will get it without regard to customers.",
    mend="Meet or hear it, and write down when.",
    once=(Stakeholder,),
)
def powerful_and_unheard(workspace: Workspace, on: date) -> Iterator[Here]:
    """A stakeholder with power was not met or heard for 12 months, or for as many as the workspace says."""
    months = usual(workspace.header, "engage_within_months")
    for stakeholder in workspace.every(Stakeholder):
        day = stakeholder.last_engaged_on
        if later(day, on):  # only the last day is kept: when it was met before cannot be told
            continue
        if stakeholder.power and not _within(day, months, on):
            last = f"was last met or heard on {day}, over {months} months ago" if day else "when it was met is not said"
            yield Here(stakeholder, "last_engaged_on", f"{named(stakeholder)} has power, and {last}.")


@rule(
    "R302",
    "warning",
    why="Customers want a greater voice. A group for which nobody speaks is not in the room.",
    mend="Say which stakeholder speaks for the group, or find one: a representative group, or users themselves.",
    once=(Group, Stakeholder),
)
def unspoken_for(workspace: Workspace) -> Iterator[Here]:
    """No stakeholder speaks for a customer group."""
    spoken_for = reached(workspace, (id for one in workspace.every(Stakeholder) for id in one.speaks_for))
    for group in workspace.every(Group):
        if group.id not in spoken_for:
            yield Here(group, "", f"No stakeholder speaks for {called(group)}.", begin="stakeholder")


@rule(
    "R401",
    "warning",
    why="Close relationships carry risks; undeclared interests are the first of them.",
    mend="Ask for the interests and write them down, or 'none', with the day.",
    once=(Relationship,),
)
def undeclared(workspace: Workspace) -> Iterator[Here]:
    """In a close relationship no interests are declared."""
    for one in workspace.every(Relationship):
        if one.closeness in CLOSE and not one.declared_interests:
            yield Here(one, "declared_interests", f"{named(one)} is {one.closeness}, and no interests are declared.")


@rule(
    "R402",
    "warning",
    why="The report asks to manage the potential risks of close relationships; what is not named is not managed.",
    mend="Write down what could go wrong, seen from each side: dependence, imbalance, capture.",
    once=(Relationship,),
)
def riskless(workspace: Workspace) -> Iterator[Here]:
    """Of a close relationship no risk is written down."""
    at_risk = {risk.relationship for risk in workspace.every(Risk)}
    for one in workspace.every(Relationship):
        if one.closeness in CLOSE and one.id not in at_risk:
            yield Here(one, "", f"{named(one)} is {one.closeness}, and no risk of it is written down.", begin="risk")


@rule(
    "R403",
    "note",
    why="Interests change. What was declared once and never asked again protects nobody.",
    mend="Ask again, and write down the day.",
    once=(Relationship,),
)
def declared_long_ago(workspace: Workspace, on: date) -> Iterator[Here]:
    """Interests in a close relationship were last declared more than 12 months ago."""
    for one in workspace.every(Relationship):
        close = one.closeness in CLOSE and one.declared_interests
        since = later(one.declared_on, on)  # what was declared before is not kept
        if close and not since and not _within(one.declared_on, DECLARED_WITHIN_MONTHS, on):
            when = f"were last declared on {one.declared_on}" if one.declared_on else "have no day"
            yield Here(one, "declared_on", f"The interests declared in {called(one)} {when}.")


@rule(
    "R404",
    "note",
    why="Whether a relationship is too close cannot be asked before somebody says how close it is.",
    mend="Say how close it is, from at arm's length to dependent.",
    once=(Relationship,),
)
def closeness_not_said(workspace: Workspace) -> Iterator[Here]:
    """It is not said how close a relationship is."""
    for one in workspace.every(Relationship):
        if one.closeness is None:
            yield Here(one, "closeness", f"How close {called(one)} is, is not said.")


@rule(
    "R411",
    "warning",
    why="A risk that is written down and left is known and accepted; then that should be said.",
    mend="Say what is done about it, or why nothing is.",
    once=(Risk,),
)
def unmitigated(workspace: Workspace) -> Iterator[Here]:
    """Nothing is done about a risk."""
    for risk in workspace.every(Risk):
        if not risk.mitigation:
            yield Here(risk, "mitigation", f"Nothing is done about {called(risk)}.")


@rule(
    "R412",
    "warning",
    why="A mitigation on paper reassures and does not protect.",
    mend="Have somebody check who does not look after the relationship, and write down who and when.",
    once=(Risk,),
)
def unverified(workspace: Workspace, on: date) -> Iterator[Here]:
    """Nobody checked that what is done about a risk is done."""
    for risk in workspace.every(Risk):
        since = later(risk.verified_on, on)
        held = {"when": risk.verified_on and not since, "by whom": risk.verified_by and not since}
        lacking = [word for word, said in held.items() if not said]
        if risk.mitigation and len(lacking) == 2:
            yield Here(risk, "verified_on", f"Nobody checked that what is done about {called(risk)} is done.")
        elif risk.mitigation and lacking:
            field = "verified_on" if lacking == ["when"] else "verified_by"
            yield Here(risk, field, f"What is done about {called(risk)} was checked, and {lacking[0]} is not said.")


@rule(
    "R413",
    "warning",
    why="What was not there yet cannot have been seen to work.",
    mend="Check again, or put the days right.",
    once=(Risk,),
)
def verified_too_early(workspace: Workspace, on: date) -> Iterator[Here]:
    """What is done about a risk was checked before it can have been in place."""
    for risk in workspace.every(Risk):
        if risk.verified_on and by(risk.verified_on, on) and later(risk.in_place_on, risk.verified_on):
            said = f"checked on {risk.verified_on}, and was in place only from {risk.in_place_on}"
            yield Here(risk, "verified_on", f"What is done about {called(risk)} was {said}.")


@rule(
    "R414",
    "warning",
    why="Who is close cannot be the one to say that it is not too close.",
    mend="Have another post check, and name it.",
    once=(Risk,),
)
def verified_by_owner(workspace: Workspace, on: date) -> Iterator[Here]:
    """What is done about a risk was checked by whoever looks after the relationship."""
    for risk in workspace.every(Risk):
        relationship = workspace.get(Relationship, risk.relationship)
        owner = relationship.owner if relationship else ""
        if owner and not later(risk.verified_on, on) and risk.verified_by.casefold() == owner.casefold():
            said = f"What is done about {called(risk)} was checked by the post that looks after the relationship."
            yield Here(risk, "verified_by", said)


@rule(
    "R415",
    "note",
    why="Where everything is a risk, nothing is looked at first.",
    mend="Say both: low, medium or high.",
    once=(Risk,),
)
def unweighed(workspace: Workspace) -> Iterator[Here]:
    """It is not said how likely a risk is, or how much it would matter."""
    for risk in workspace.every(Risk):
        held = {"likelihood": risk.likelihood, "impact": risk.impact}
        lacking = [field for field, value in held.items() if not value]
        if lacking:
            are = "is" if len(lacking) == 1 else "are"
            yield Here(risk, lacking[0], f"The {in_a_row(lacking)} of {called(risk)} {are} not said.")


def _within(day: date | None, months: int, on: date) -> bool:
    """Return whether a day is not after another and not more than so many months before it."""
    if not day:
        return False
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    if year < 1:
        return True
    return day >= date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
