"""What the board sheet of a workspace is made from: released answers, the checks, and what is not done yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from outward import catalogue
from outward.answers import Level
from outward.disclosure.released import ReleasedAnswer
from outward.errors import OutwardError
from outward.present.board import Board, Outstanding, Part, Said
from outward.web import answers, workspaces
from outward.workspace.kinds.knowledge import Action, DataSet

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog
    from outward.looking import Finding
    from outward.workspace.contents import Workspace

ACTIONS = 6
NOT_READ_YET = {
    "U2.1": "Which needs are important and unmet, by group: surveys and comments are not read yet.",
    "O1.1": "Whether a measure is changing or it is noise: series of measures are not read yet.",
    "R3.1": "Who is heard, against who is served: meetings and comments are not read yet.",
    "R2.1": "Where each side sees it differently: what both sides answer is not read yet.",
    "D3.1": "Whether what was done had an effect: trials and series are not read yet.",
}
"""Questions that are still to come, and what is missing for them; each falls away once it can be asked."""


def board(workspace: Workspace) -> Board:
    """Return the board sheet of a workspace as it stands today, made from released answers."""
    from outward.checks.checking import check
    from outward.checks.rules import SEVERITIES

    today = date.today()
    found = check(workspace, today).found
    asked, looked = answered(workspace), list(_looks(workspace))
    parts = []
    for letter, title in catalogue.PRINCIPLES.items():
        here = Counter(one.rule.severity for one in found if one.rule.code[0] == letter)
        said = [*(_firsts(looked) if letter == "U" else ()), *(_said(workspace, one) for one in asked[letter])]
        cannot = chain(
            _no_evidence(workspace, looked) if letter == "U" else (),
            _cannot_tell(asked[letter]),
            (words for id, words in NOT_READ_YET.items() if id[0] == letter and id not in catalogue.ROOMS),
        )
        parts.append(Part(letter, title, tuple(said), {one: here[one] for one in SEVERITIES}, tuple(cannot)))
    undone = sorted(_outstanding(workspace, today), key=lambda one: one.due or "9999")
    header, weights = workspace.header, Counter(one.rule.severity for one in found)
    return Board(
        title=workspace.title,
        body=header.body,
        champion=header.champion,
        on=today.isoformat(),
        parts=tuple(parts),
        found={one: weights[one] for one in SEVERITIES},
        outstanding=tuple(undone[:ACTIONS]),
        more=max(0, len(undone) - ACTIONS),
        made_up=header.made_up,
        checks=_where(workspace, "checks"),
    )


def answered(workspace: Workspace) -> Mapping[str, list[ReleasedAnswer]]:
    """Return the released answers to every question that is asked of a workspace, by the letter of its principle."""
    from outward import asking

    found: dict[str, list[ReleasedAnswer]] = {letter: [] for letter in catalogue.PRINCIPLES}
    for id in catalogue.asked_of("workspace"):
        found[id[0]].append(asking.ask(id, workspace))
    return found


def _where(workspace: Workspace, *parts: str) -> str:
    """Return an address within the workspace, or '' where no page answers at it."""
    href = workspaces.address(workspace.id, *parts)
    return href if workspaces.leads_somewhere(href) else ""


def _said(workspace: Workspace, answer: ReleasedAnswer) -> Said:
    return Said.of(answer, _where(workspace, "ask", answer.question))


Looked = tuple["LaidLog", "tuple[Finding, ...] | OutwardError"]


def _looks(workspace: Workspace) -> Iterator[Looked]:
    """Yield what to look at first in each data set that is on this computer, or why that cannot be told."""
    for log in answers.data_sets_of(workspace):
        try:
            yield log, answers.firsts(log)
        except OutwardError as error:
            yield log, error


def _firsts(looked: list[Looked]) -> Iterator[Said]:
    """Yield the first thing to look at in each data set."""
    for log, found in looked:
        for one in () if isinstance(found, OutwardError) else found[:1]:
            yield Said.of(one.answer, f"/data/{log.id}", words=one.sentence, standing=one.standing)


def _no_evidence(workspace: Workspace, looked: list[Looked]) -> Iterator[str]:
    """Yield what stands in the way of saying how customers act."""
    yield from (f"'{log.name}': {found}" for log, found in looked if isinstance(found, OutwardError))
    if not looked:
        named = [f"'{place.title}'" for place in workspace.every(DataSet)]
        which = f"none of the data sets is on this computer: {', '.join(named[:2])}" if named else "no data is named"
        more = f" and {len(named) - 2} more" if len(named) > 2 else ""
        yield f"How customers act at present, where they wait and who gives up: {which}{more}."


def _cannot_tell(asked: list[ReleasedAnswer]) -> Iterator[str]:
    for answer in asked:
        if answer.standing.level is Level.CANNOT_TELL:
            yield f"{answer.title} {'; '.join(answer.standing.reasons)}."


def _outstanding(workspace: Workspace, today: date) -> Iterator[Outstanding]:
    for action in workspace.every(Action):
        if action.done_on is None and action.type != "none":
            late = action.due is not None and action.due < today
            yield Outstanding(action.title, action.owner, action.due.isoformat() if action.due else "", late)
