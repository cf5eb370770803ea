"""What the board sheet of a workspace is made from: released answers, the checks, and what is not done yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from outward import catalogue, dates
from outward.answers import Level
from outward.disclosure.released import ReleasedAnswer
from outward.errors import OutwardError
from outward.phrases import in_a_row
from outward.present.board import Board, Outstanding, Part, Said, Worst
from outward.web import answers
from outward.web.words import days_in_words
from outward.web.workspaces import address
from outward.workspace.contents import Name
from outward.workspace.header import Header
from outward.workspace.homes.beginning import FIRST
from outward.workspace.kinds.knowledge import Action, DataSet
from outward.workspace.kinds.stakeholders import Commitment, Stakeholder
from outward.workspace.meaning.ledger import effect_of, overdue, to_do

if TYPE_CHECKING:
    from outward.checks.checking import Checked, Found
    from outward.evidence.store import LaidLog
    from outward.looking import Finding
    from outward.workspace.contents import Workspace

ACTIONS = 6
WORST = 2
"""Findings of the checks that a part names; only the first where something cannot be answered either."""
LONGEST = 180
"""Letters of a finding, or of what a workspace is about, that the sheet holds: it is one side of paper."""
UNREAD = {
    "U2.1": "surveys and comments",
    "O1.1": "series of measures",
    "R3.1": "records of meetings",
    "R2.1": "what each side thinks of the other",
    "D3.1": "trials",
}
"""Questions that are still to come, and what they need that Outward does not read yet; each falls away once it can be
asked."""
GRAVEST = ("D501", "D131", "D101", "O203", "O201", "R301", "R201")
"""Rules whose findings are named before others of the same weight: what was known and left, what nobody looks at."""


def board(workspace: Workspace) -> Board:
    """Return the board sheet of a workspace as it stands today, made from released answers."""
    from outward.checks.checking import check

    today = dates.today()
    checked, asked, looked = check(workspace, today), answered(workspace), list(_looks(workspace))
    parts = tuple(_part(workspace, *one, checked, asked[one[0]], looked) for one in catalogue.PRINCIPLES.items())
    undone = sorted(_outstanding(workspace, today), key=lambda pair: (pair[0].due or "9999", pair[0].title))
    first = (replace(one, href=address(workspace.id, "records", *name)) for one, name in undone[:ACTIONS])
    header = workspace.header
    return Board(
        title=workspace.title,
        body=header.body,
        champion=header.champion,
        on=today.isoformat(),
        parts=parts,
        about=shortened(next(iter(header.about.split("\n\n")), "")),
        itself=checked.only(["W"]).counts,
        silenced=len(checked.silenced),
        outstanding=tuple(first),
        more=max(0, len(undone) - ACTIONS),
        unread=_unread(),
        made_up=header.made_up,
        checks=address(workspace.id, "checks"),
        actions=address(workspace.id, "records", Action.KIND),
        **({} if workspace.every(Action) else {"nothing_yet": "No action is written down yet."}),
    )


def _part(
    workspace: Workspace,
    letter: str,
    title: str,
    checked: Checked,
    asked: Sequence[ReleasedAnswer],
    looked: list[Looked],
) -> Part:
    """Return what the sheet says under one principle; what cannot be told stands there alone, without its answer."""
    told = [one for one in asked if one.standing.level is not Level.CANNOT_TELL]
    said = [*(_firsts(looked) if letter == "U" else ()), *(_said(workspace, one) for one in told)]
    cannot = tuple(chain(_no_evidence(workspace, looked) if letter == "U" else (), _cannot_tell(asked)))
    here = checked.only([letter])
    worst = tuple(_worst(workspace, here.found)[: 1 if cannot else WORST])
    return Part(letter, title, tuple(said), here.counts, worst, cannot)


def _worst(workspace: Workspace, found: Iterable[Found]) -> list[Worst]:
    """Return the findings that weigh most, of one rule the one whose day is longest past, each of a rule of its own.

    Notes are not named: they say that something is not written down yet, not that it is bad.
    """
    from outward.checks.rules import SEVERITIES

    weights = list(SEVERITIES)

    def place(one: Found) -> tuple[int, int, str, date]:
        day = getattr(workspace.find(one.kind, one.id), one.field, None) if one.field else None
        grave = GRAVEST.index(one.rule.code) if one.rule.code in GRAVEST else len(GRAVEST)
        weight = weights.index(one.rule.severity)
        return weight, grave, one.rule.code, day if isinstance(day, date) else date.max

    first: dict[str, Found] = {}
    for one in sorted((one for one in found if one.rule.severity != "note"), key=place):
        first.setdefault(one.rule.code, one)
    return [
        Worst(shortened(days_in_words(one.said)), address(workspace.id, "records", one.kind, one.id))
        for one in list(first.values())[:WORST]
    ]


def shortened(words: str) -> str:
    """Return words as the sheet has room for them: the sentences that fit, or the beginning of the first.

    >>> shortened("One sentence. " + "And many more words, " * 20)
    'One sentence.'
    """
    words = " ".join(words.split())
    if len(words) <= LONGEST:
        return words
    whole = words[:LONGEST].rpartition(". ")[0]
    return f"{whole}." if whole else f"{words[: LONGEST - 1].rpartition(' ')[0] or words[: LONGEST - 1]}…"


def _unread() -> tuple[str, ...]:
    """Return the line on what Outward itself does not read yet; none once it reads everything."""
    to_come = [words for id, words in UNREAD.items() if id not in catalogue.ROOMS]
    return (f"Outward itself does not read {in_a_row(to_come, 'or')} yet.",) if to_come else ()


WHAT_FIRST: Mapping[str, tuple[str, str]] = {
    "group": ("your customer groups", "Who they are: those of today, and those still to come."),
    "need": ("what they need", "In customers' words, and what they worry about."),
    "measure": ("what you measure", "And which need each measure serves."),
    "finding": ("what is known about them", "Since when, and on what evidence."),
    "action": ("what was decided", "Who does it by when, and how its effect will be seen."),
}
"""Of each kind that is written down first, what it is about and what belongs in it."""


def first_steps(workspace: Workspace) -> list[dict[str, str]]:
    """Return what a workspace still lacks of what should be written down first; nothing once all of it is there.

    Each has `words`, `about` and `href`, the address of its form.
    """
    steps = [
        {"words": words, "about": about, "href": address(workspace.id, "records", kind, "new")}
        for kind, (words, about) in ((kind, WHAT_FIRST[kind]) for kind in FIRST)
        if not workspace.records[kind]
    ]
    header = workspace.header
    if not (header.body and header.champion):
        whose, who = (
            "" if header.body else "whose workspace it is",
            "" if header.champion else "who is the customers' champion",
        )
        said = {
            "words": in_a_row([one for one in (whose, who) if one]),
            "about": "The post, at the level of the board." if who else "The body that it belongs to.",
            "href": address(workspace.id, "records", Header.KIND, header.id, "edit"),
        }
        steps.append(said)
    return steps


def absent(workspace: Workspace, here: Collection[str]) -> str:
    """Return how many of the data sets that a workspace names are not known here, in a sentence; '' for none.

    Args:
        workspace: the records.
        here: the ids of its data sets that are on this computer.
    """
    every = workspace.every(DataSet)
    named, lacking = len(every), len([one for one in every if one.brought_in_as not in here])
    if not lacking:
        return "" if named else "No data set is named here yet."
    if lacking < named:
        return f"{lacking:,} more {'is' if lacking == 1 else 'are'} named, and not known to be on this computer."
    which = f"None of the {named:,} data sets that are named is" if named > 1 else "The data set that is named is not"
    return f"{which} known to be on this computer."


def answered(workspace: Workspace) -> Mapping[str, list[ReleasedAnswer]]:
    """Return the released answers to every question that is asked of a workspace, by the letter of its principle."""
    from outward import asking

    found: dict[str, list[ReleasedAnswer]] = {letter: [] for letter in catalogue.PRINCIPLES}
    for id in catalogue.asked_of("workspace"):
        found[id[0]].append(asking.ask(id, workspace))
    return found


def _said(workspace: Workspace, answer: ReleasedAnswer) -> Said:
    return Said.of(answer, address(workspace.id, "ask", answer.question))


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
        yield f"How customers act at present, where they wait and who gives up. {absent(workspace, ())}"


def _cannot_tell(asked: Sequence[ReleasedAnswer]) -> Iterator[str]:
    for answer in asked:
        if answer.standing.level is Level.CANNOT_TELL:
            reasons = "; ".join(answer.standing.reasons)
            yield f"{answer.title} {reasons[:1].upper()}{reasons[1:]}."


def _outstanding(workspace: Workspace, today: date) -> Iterator[tuple[Outstanding, Name]]:
    """Yield what was decided and is not done, pilots that are not decided on, and promises past their day.

    Each comes with the name of its record.
    """
    from outward.checks.rules import rules

    for action in workspace.every(Action):
        undecided = action.decide_on if action.type == "pilot" and not effect_of(action, today) else None
        if not to_do(action, today) and not undecided:
            continue
        due = action.due if to_do(action, today) else None
        day = min((one for one in (due, undecided) if one), default=None)
        late = overdue(action, today) or (undecided is not None and undecided < today)
        yield Outstanding(action.title, action.owner, _iso(day), late, day == undecided != due), action.name
    for here in rules()["R201"].places(workspace, today):  # a promise that is past its day
        if isinstance(here.record, Commitment):
            other = workspace.get(Stakeholder, here.record.stakeholder)
            ours = here.record.made_by == "us"
            owner = (workspace.header.body or "we") if ours else (other.title if other else "")
            title = f"Promise{f' to {other.title}' if ours and other else ''}: {here.record.title}"
            yield Outstanding(title, owner, _iso(here.record.due), late=True), here.record.name


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
