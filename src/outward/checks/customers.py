"""Rules of the first principle: who the customers are, what they want, and on what evidence we say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outward.checks.rules import Here, called, named, nothing_yet, rule
from outward.errors import UsageError
from outward.evidence.where import Where
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Body, Group, Interview, Need
from outward.workspace.kinds.delivery import Objective
from outward.workspace.meaning.holes import past
from outward.workspace.meaning.inheritance import reached
from outward.workspace.meaning.owning import contradiction, naming, owned, owners

EXPECTATIONS = {
    "personalised": "higher levels of personalised service",
    "choice": "wider choice",
    "information": "more information",
    "voice": "a greater voice",
}
"""What the report found that the public wants, as needs and comments are read under it."""


@rule(
    "U100",
    "note",
    why="The first of the four principles is to understand who the customers are.",
    mend="Write down the groups that you serve, those who soon will be customers and those who will be one day.",
)
def no_groups(workspace: Workspace) -> Iterator[Here]:
    """No customer group is written down yet."""
    yield from nothing_yet(workspace, Group, "No customer group is written down yet.")


@rule(
    "U101",
    "error",
    why="Whatever is asked about the group would fail, or would be told of other people.",
    mend="Spell it as every filter is spelled, for example: work=Self-employed.",
    once=(Group,),
)
def unreadable_rule(workspace: Workspace) -> Iterator[Here]:
    """The rule of a group cannot be read."""
    for group in workspace.every(Group):
        if group.rule:
            try:
                Where.parse(group.rule)
            except UsageError as error:
                yield Here(group, "rule", f"The rule of {called(group)} cannot be read. {error}")


@rule(
    "U102",
    "warning",
    why="A group that cannot be found in evidence is a name only: how its members act at present stays unknown.",
    mend="Name the data set that the rule is about.",
    once=(Group,),
)
def rule_without_data(workspace: Workspace) -> Iterator[Here]:
    """A group has a rule, and no data set to apply it to."""
    for group in workspace.every(Group):
        if group.rule and not group.data_set:
            yield Here(group, "data_set", f"{named(group)} has the rule '{group.rule}', and names no data set.")


@rule(
    "U103",
    "warning",
    why="A group that data showed can be checked, and found again next year, only where the data is named.",
    mend="Name the data set in which the group was found, and the rule by which its members are known.",
    once=(Group,),
)
def found_without_data(workspace: Workspace) -> Iterator[Here]:
    """A group was found in data that is not named."""
    for group in workspace.every(Group):
        if group.defined == "found" and not group.data_set and not group.rule:
            yield Here(group, "data_set", f"{named(group)} was found in data, and no data set is named.")


@rule(
    "U104",
    "warning",
    why="Imminent and future customers can be planned for only if it is known who will become one, and when.",
    mend="Say how and when people become members, and in which groups they are now.",
    once=(Group,),
)
def future_without_way(workspace: Workspace) -> Iterator[Here]:
    """It is not said how people become members of a group that is still to come."""
    for group in workspace.every(Group):
        if group.status != "existing" and not group.becomes:
            said = f"{named(group)} is {group.status}, and how people become members is not said."
            yield Here(group, "becomes", said)


@rule(
    "U105",
    "note",
    why="Groups grow, age and move. A size that cannot be traced cannot be brought up to date.",
    mend="Say for which day the size holds and where it is from.",
    once=(Group,),
)
def size_without_source(workspace: Workspace) -> Iterator[Here]:
    """The size of a group stands without its day or its source."""
    for group in workspace.every(Group):
        lacking = [word for word, held in (("day", group.size_on), ("source", group.size_source)) if not held]
        if group.size is not None and lacking:
            field = "size_on" if lacking[0] == "day" else "size_source"
            yield Here(group, field, f"The size of {called(group)} stands without a {in_a_row(lacking, 'or a')}.")


@rule(
    "U200",
    "note",
    why="Delivery is of limited benefit if it does not deliver what people really need.",
    mend="Write down what customers want or worry about, in their words.",
)
def no_needs(workspace: Workspace) -> Iterator[Here]:
    """No need or concern is written down yet."""
    yield from nothing_yet(workspace, Need, "No need or concern is written down yet.")


@rule(
    "U201",
    "warning",
    why="Better services start from what people need; where that is unknown, to identify it is the first objective.",
    mend="Write down a need or concern of the group, or an objective to learn of them.",
    once=(Group, Need),
)
def group_without_needs(workspace: Workspace, on: date) -> Iterator[Here]:
    """Nothing is written down of what a group needs, and there is no objective to learn it."""
    to_learn = (one for one in workspace.every(Objective) if one.type == "learn" and not past(one, on))
    learned = [one.group for one in to_learn if one.group]
    known = reached(workspace, [*learned, *(id for need in workspace.every(Need) for id in need.groups)])
    for group in workspace.every(Group):
        if group.id not in known:
            yield Here(
                group, "", f"No need or concern of {called(group)} is written down, nor an objective to learn it."
            )


@rule(
    "U202",
    "warning",
    why="What customers want is to be found out from them, not assumed for them.",
    mend="Name the finding that shows the need, or write down the interview in which it was said.",
    once=(Need,),
)
def need_without_evidence(workspace: Workspace) -> Iterator[Here]:
    """A need rests on no evidence."""
    for need in workspace.every(Need):
        by = {one.source[0] for one in workspace.relied_on_by.get(("need", need.id), ())}
        if not need.findings and not by & {"finding", "interview"}:
            yield Here(need, "findings", f"{named(need)} rests on no finding and no interview.")


@rule(
    "U203",
    "note",
    why="The public wants personalised service, choice, information and a voice; needs are read under these.",
    mend="Say under which expectation it falls. Where it is none of them, silence this note and say why.",
    once=(Need,),
)
def need_without_expectation(workspace: Workspace) -> Iterator[Here]:
    """A need falls under none of the public's four expectations."""
    for need in workspace.every(Need):
        if need.expectation == "other":
            yield Here(need, "expectation", f"{named(need)} falls under none of the four expectations.")


@rule(
    "U204",
    "note",
    why="People compare public services with banking and shopping, and want more of all four.",
    mend="Ask customers what they want under it, and write down what they say.",
    once=(Need,),
)
def silent_expectation(workspace: Workspace) -> Iterator[Here]:
    """Nothing is written down under one of the public's four expectations."""
    told = {need.expectation for need in workspace.every(Need)}
    for expectation, words in EXPECTATIONS.items():
        if expectation not in told:
            said = f"No need or concern is written down under the expectation '{expectation}': {words}."
            yield Here(workspace.header, "", said, begin="need")


@rule(
    "U205",
    "warning",
    why="Needs that do not fall within any single body are met by none, unless somebody takes them on.",
    mend="Agree with the other bodies who owns it, and write down by what law or agreement.",
    once=(Need,),
)
def nobodys_need(workspace: Workspace) -> Iterator[Here]:
    """A need is nobody's."""
    for need in workspace.every(Need):
        if owned(need) == "nobody's":
            yield Here(need, "ownership", f"{named(need)} is owned by nobody.")


@rule(
    "U206",
    "note",
    why="Where several bodies serve a group, a need that each believes to be another's is nobody's.",
    mend="Say whether one body owns it, several share it or it is nobody's, and name them.",
    once=(Need, Body),
)
def ownership_not_said(workspace: Workspace) -> Iterator[Here]:
    """It is not said whose a need is, or not outright: bodies are named and no word says how they own it."""
    for need in workspace.every(Need):
        bodies = len(owners(need))
        if need.ownership is None:
            outright = f" outright; {naming(bodies)}" if bodies else ""
            yield Here(need, "ownership", f"Whose {called(need)} is, is not said{outright}.")


@rule(
    "U207",
    "error",
    why="Who owns which need would be told wrongly, to the bodies themselves too.",
    mend="Name one body where it is owned, two or more where it is shared and none where it is nobody's.",
    once=(Need,),
)
def ownership_contradicts(workspace: Workspace) -> Iterator[Here]:
    """What is said of who owns a need contradicts itself."""
    for need in workspace.every(Need):
        if said := contradiction(need):
            yield Here(need, "owned_by", f"{named(need)} is {said}.")


@rule(
    "U301",
    "error",
    why="What somebody said is theirs. Without their agreement it must not be kept or used.",
    mend="Ask the person. Without agreement, remove the interview and what rests on it, then erase its past "
    "(in its history, or outward erase).",
    once=(Interview,),
)
def no_consent(workspace: Workspace) -> Iterator[Here]:
    """An interview is written down without the person's consent."""
    for interview in workspace.every(Interview):
        if interview.consent is not True:
            said = "the person did not agree to its use" if interview.consent is False else "no consent is recorded"
            yield Here(interview, "consent", f"{named(interview)} is written down, and {said}.")


@rule(
    "U302",
    "note",
    why="An interview is evidence only if it is known when it was held, and for what it stands.",
    mend="Give the day, and name the groups, needs, steps or perspectives that it speaks to.",
    once=(Interview,),
)
def loose_interview(workspace: Workspace) -> Iterator[Here]:
    """An interview has no day, or bears on nothing."""
    for one in workspace.every(Interview):
        if not one.held_on:
            yield Here(one, "held_on", f"{named(one)} has no day.")
        elif not (one.groups or one.needs or one.steps or one.perspectives):
            yield Here(one, "groups", f"{named(one)} speaks to no group, need, step or perspective.")
