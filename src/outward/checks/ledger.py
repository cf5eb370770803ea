"""Rules of the fourth principle: from what is known to what was decided, done, seen of it and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from outward.checks.rules import Here, called, named, nothing_yet, rule
from outward.phrases import in_a_row
from outward.workspace.contents import Workspace
from outward.workspace.header import usual
from outward.workspace.kinds.knowledge import Action, Finding
from outward.workspace.meaning.days import by, later
from outward.workspace.meaning.ledger import effect_of, ledger, overdue

TELL_WITHIN_DAYS = 30
"""Within how many days of a change customers should hear of it."""
EFFECT_WITHIN_DAYS = 365
"""After how many days of a change its effect should be known."""
CLAIMED = ("better", "worse", "no effect")
RANGE = re.compile(
    r"\b(?:between|plus or minus|interval|range|CI)\b|±|\+/-"
    r"|(?<!from )(?<![\d.,])\d[\d.,]* ?%?(?: to | ?[-–—] ?)-?\d",
    re.IGNORECASE,
)
"""How a range is written beside a figure: 'between 4 and 8', '4 to 8', '± 2'. 'From 27 to 6' is a change, no range."""


def _decided(workspace: Workspace, on: date) -> Iterator[Action]:
    """Yield the actions that were decided by a day; those without a day among them."""
    return (one for one in workspace.every(Action) if not later(one.decided_on, on))


def _known(workspace: Workspace, on: date) -> Iterator[Finding]:
    """Yield the findings that were known by a day; those without a day among them."""
    return (one for one in workspace.every(Finding) if not later(one.known_on, on))


@rule(
    "D301",
    "warning",
    why="Without a measure or an evaluation, whether it worked will be an opinion.",
    mend="Name the measure that should move, or say how the effect will be found, before it begins.",
    once=(Action,),
)
def blind_action(workspace: Workspace, on: date) -> Iterator[Here]:
    """An action has no way to see its effect."""
    for action in _decided(workspace, on):
        if action.type not in ("none", "research") and not action.measure and not action.evaluation:
            yield Here(action, "evaluation", f"{named(action)} has no measure and no evaluation.")


@rule(
    "D302",
    "warning",
    why="Doing is not the end: what did not work goes on costing customers their time.",
    mend="Find the effect, or say that it cannot be told.",
    once=(Action,),
)
def effect_unseen(workspace: Workspace, on: date) -> Iterator[Here]:
    """An action was done more than 365 days ago, and its effect is not known."""
    for action in workspace.every(Action):
        old = action.done_on and (on - action.done_on).days > EFFECT_WITHIN_DAYS
        if old and not effect_of(action, on) and action.type not in ("none", "research"):
            yield Here(action, "effect", f"{named(action)} was done on {action.done_on}, and its effect is not known.")


@rule(
    "D303",
    "warning",
    why="Whether it worked can be believed only with the figure and how sure it is; else one cannot tell.",
    mend="Give the effect with its interval, or say 'cannot tell'.",
    once=(Action,),
)
def effect_without_figures(workspace: Workspace, on: date) -> Iterator[Here]:
    """An effect is claimed without figures."""
    for action in workspace.every(Action):
        if effect_of(action, on) in CLAIMED and not action.effect_about:
            said = f"The effect of {called(action)} is said to be '{action.effect}', and no figure is given."
            yield Here(action, "effect_about", said)


@rule(
    "D304",
    "note",
    why="A figure alone does not say whether it could have come about by chance.",
    mend="Give the range beside the figure, as 'between 4 and 8'; where it holds no change too, say 'cannot tell'.",
    once=(Action,),
)
def effect_without_range(workspace: Workspace, on: date) -> Iterator[Here]:
    """An effect is claimed with figures and without a range."""
    for action in workspace.every(Action):
        figures = action.effect_about
        if effect_of(action, on) in CLAIMED and figures and not RANGE.search(figures):
            said = f"The effect of {called(action)} is said to be '{action.effect}', and no range stands beside it."
            yield Here(action, "effect_about", said)


@rule(
    "D311",
    "warning",
    why="A pilot without these shows nothing, whatever happens, and never ends.",
    mend="Say where it is tried, what it is compared with and when it is decided whether to go on.",
    once=(Action,),
)
def loose_pilot(workspace: Workspace, on: date) -> Iterator[Here]:
    """A pilot has no place, no comparison or no day of decision."""
    for action in _decided(workspace, on):
        held = {"place": action.place, "comparison": action.comparison, "decide_on": action.decide_on}
        lacking = [field for field, value in held.items() if not value]
        if action.type == "pilot" and lacking:
            words = [f"no {'day of decision' if field == 'decide_on' else field}" for field in lacking]
            yield Here(action, lacking[0], f"Pilot '{action.title}' has {in_a_row(words)}.")


@rule(
    "D312",
    "warning",
    why="A pilot that is not decided on keeps a change from those whom it would help, or goes on by itself.",
    mend="Say what was found of its effect and decide; or give a new day and say why.",
    once=(Action,),
)
def pilot_undecided(workspace: Workspace, on: date) -> Iterator[Here]:
    """A pilot is past its day of decision."""
    for action in workspace.every(Action):
        past = action.decide_on and action.decide_on < on
        if action.type == "pilot" and past and not effect_of(action, on):
            said = f"Pilot '{action.title}' was to be decided on by {action.decide_on}, and its effect is not known."
            yield Here(action, "effect", said)


@rule(
    "D500",
    "note",
    why="What is known about customers, and since when, is where the thread to a decision begins.",
    mend="Write down what you know about customers, from when, and on what evidence.",
)
def no_findings(workspace: Workspace) -> Iterator[Here]:
    """No finding is written down yet."""
    yield from nothing_yet(workspace, Finding, "No finding is written down yet.")


@rule(
    "D501",
    "warning",
    why="To have known, and for how long, and done nothing, is the gravest thing that can be said of a body.",
    mend="Decide: write down an action that answers the finding, if only that nothing is done and why.",
    once=(Finding,),
)
def undecided(workspace: Workspace, on: date) -> Iterator[Here]:
    """A finding has waited for a decision for longer than is allowed: 180 days, unless the workspace says otherwise."""
    limit = usual(workspace.header, "decide_within_days")
    for entry in ledger(workspace, on):
        if entry.waits_longer_than(limit):
            known = f"was known on {entry.finding.known_on}, {entry.known_days:,} days ago"
            said = f"{named(entry.finding)} {known}, and nothing is decided. {limit:,} days are allowed."
            yield Here(entry.finding, "known_on", said, begin="action")


@rule(
    "D502",
    "warning",
    why="What was decided for customers and is not done leaves them where they were.",
    mend="Say when it was done; or give a new day and say why.",
    once=(Action,),
)
def action_overdue(workspace: Workspace, on: date) -> Iterator[Here]:
    """An action is overdue."""
    for action in workspace.every(Action):
        if overdue(action, on):
            yield Here(action, "due", f"{named(action)} was due on {action.due}, and is not done.", mended_in="done_on")


@rule(
    "D503",
    "warning",
    why="You said, we did: people go on speaking only if they hear what came of it.",
    mend="Tell customers, and write down when and where.",
    once=(Action,),
)
def never_told(workspace: Workspace, on: date) -> Iterator[Here]:
    """Customers were not told within 30 days of what was done, or decided to be left as it is."""
    for action in workspace.every(Action):
        ended = action.decided_on if action.type == "none" else action.done_on
        late = ended and (on - ended).days > TELL_WITHIN_DAYS
        if late and not by(action.told_on, on) and action.type != "research":
            what = "decided" if action.type == "none" else "done"
            yield Here(action, "told_on", f"{named(action)} was {what} on {ended}, and customers were never told.")


@rule(
    "D504",
    "warning",
    why="A decision without somebody who does it by a day is a wish.",
    mend="Name the post that answers for it, and by when it is to be done.",
    once=(Action,),
)
def loose_action(workspace: Workspace, on: date) -> Iterator[Here]:
    """An action has no owner, or no day."""
    for action in _decided(workspace, on):
        held = {"owner": action.owner, "due": action.due or action.done_on}
        lacking = [field for field, value in held.items() if not value]
        if action.type != "none" and lacking:
            words = [f"no {'day by which it is due' if field == 'due' else field}" for field in lacking]
            yield Here(action, lacking[0], f"{named(action)} has {in_a_row(words)}.")


@rule(
    "D505",
    "note",
    why="How long something was known before it was decided is told from the two days.",
    mend="Give the day of the decision.",
    once=(Action,),
)
def decided_when(workspace: Workspace) -> Iterator[Here]:
    """It is not said when an action was decided."""
    for action in workspace.every(Action):
        if not action.decided_on:
            yield Here(action, "decided_on", f"When {called(action)} was decided is not said.")


@rule(
    "D506",
    "warning",
    why="What is done without a finding is done on opinion, and for whom cannot be told.",
    mend="Name the findings that it answers. Where there are none, ask what it is for.",
    once=(Action, Finding),
)
def groundless_action(workspace: Workspace, on: date) -> Iterator[Here]:
    """An action answers no finding."""
    for action in _decided(workspace, on):
        if not action.findings:
            yield Here(action, "findings", f"{named(action)} answers no finding.")


@rule(
    "D507",
    "error",
    why="How long it was known before it was decided would be told wrongly.",
    mend="Put one of the two days right; or take the finding out, where the action does not answer it.",
    once=(Action, Finding),
)
def decided_before_known(workspace: Workspace) -> Iterator[Here]:
    """An action was decided before a finding that it answers was known."""
    for action in workspace.every(Action):
        for finding in workspace.some(Finding, action.findings):
            if action.decided_on and later(finding.known_on, action.decided_on):
                known = f"before {called(finding)} was known, {finding.known_on}"
                yield Here(action, "decided_on", f"{named(action)} was decided on {action.decided_on}, {known}.")


@rule(
    "D511",
    "warning",
    why="The clock of the ledger runs from that day. Without it a finding can wait for ever unseen.",
    mend="Give the day from which the body knew it.",
    once=(Finding,),
)
def known_since(workspace: Workspace) -> Iterator[Here]:
    """It is not said since when a finding is known."""
    for finding in workspace.every(Finding):
        if not finding.known_on:
            yield Here(finding, "known_on", f"Since when {called(finding)} is known is not said.")


@rule(
    "D512",
    "warning",
    why="Evidence instead of opinion: somebody else must be able to look it up.",
    mend="Name the data set, the question of Outward, or where else it is written down.",
    once=(Finding,),
)
def unsupported(workspace: Workspace, on: date) -> Iterator[Here]:
    """A finding has no source and no data."""
    for finding in _known(workspace, on):
        if not finding.data_sets and not finding.source and not finding.question:
            yield Here(finding, "source", f"{named(finding)} has no source, no data set and no question.")


@rule(
    "D513",
    "note",
    why="What is known of nobody in particular helps nobody to decide for somebody.",
    mend="Name the groups that it is about, or the needs that it bears on.",
    once=(Finding,),
)
def about_nobody(workspace: Workspace, on: date) -> Iterator[Here]:
    """A finding is about no group and no need."""
    shown = ("need", "findings")
    for finding in _known(workspace, on):
        cited = workspace.relied_on_by.get(finding.name, ())
        if not finding.groups and not finding.needs and not any((r.source[0], r.field) == shown for r in cited):
            yield Here(finding, "groups", f"{named(finding)} is about no group and no need.")
