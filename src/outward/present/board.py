"""The board sheet: one side of paper on a workspace, for a page and for one HTML file that opens anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outward.answers import Level, Sentence, Standing
from outward.disclosure.released import ReleasedAnswer
from outward.phrases import each_counted
from outward.present.lettering import safe
from outward.present.report import page_html
from outward.present.words import date, sentence, stamps

MOST_SAID = 2
"""Sentences of 'what cannot be answered yet' that a part holds before the rest is counted."""
TITLE = 60
"""Letters of the title that a file's name holds."""


@dataclass(frozen=True)
class Said:
    """One answer on the sheet, with what was said of it; `Said.of` makes it.

    Attributes:
        answer: the released answer.
        words: its sentence, or that of a finding picked from it.
        level: how far that can be leaned on.
        href: where the whole of it stands in the pages; '' for nowhere.
    """

    answer: ReleasedAnswer
    words: str
    level: Level
    href: str = ""

    @classmethod
    def of(
        cls, answer: ReleasedAnswer, href: str = "", *, words: Sentence | None = None, standing: Standing | None = None
    ) -> Said:
        """Return what a released answer says, so that nothing stands on the sheet that was not checked.

        Args:
            answer: the released answer.
            href: where the whole of it stands in the pages.
            words: a sentence over its cells; its own unless given.
            standing: how far that can be leaned on; as far as the answer unless given.

        Raises:
            TypeError: it was not released.
        """
        if not isinstance(answer, ReleasedAnswer):
            raise TypeError("A board sheet is made from released answers alone.")
        return cls(answer, sentence(answer, words or answer.sentence), (standing or answer.standing).level, href)


@dataclass(frozen=True)
class Worst:
    """One of the heaviest findings of the checks, in a sentence, and where it is mended; '' for nowhere."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Part:
    """One of the four principles on the sheet.

    Attributes:
        letter: as its questions and rules begin.
        title: the principle.
        said: its key answers.
        found: how many findings of the checks there are of each severity, the heaviest first.
        worst: the one or two that weigh most.
        cannot: what cannot be answered yet, and what is missing.
    """

    letter: str
    title: str
    said: tuple[Said, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    worst: tuple[Worst, ...] = ()
    cannot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outstanding:
    """Something that was decided or promised and is not done.

    Attributes:
        title: what it is.
        owner: the post that answers for it, or ''.
        due: by when, ISO, or ''.
        late: whether that day is past.
        decide: whether it is a pilot to be decided on by that day.
        href: where it stands in the pages; '' for nowhere.
    """

    title: str
    owner: str
    due: str
    late: bool = False
    decide: bool = False
    href: str = ""


@dataclass(frozen=True)
class Board:
    """Everything on the sheet.

    Attributes:
        title: the workspace's.
        body: whose it is.
        champion: the post that stands for customers, or ''.
        on: the day of the sheet, ISO.
        parts: the four principles.
        about: what the workspace is about, in a sentence or two, or ''.
        itself: how many findings of the checks are about the workspace itself, of each severity.
        silenced: how many more findings are silenced for a while.
        outstanding: what is not done, what is due first, first.
        more: how many further ones there are.
        nothing_yet: what stands in their place where there are none.
        unread: what Outward itself does not read yet.
        made_up: whether the workspace is fictional.
        checks: where the findings of the checks stand in the pages; '' for nowhere.
        actions: where the actions stand in the pages; '' for nowhere.
    """

    title: str
    body: str
    champion: str
    on: str
    parts: tuple[Part, ...]
    about: str = ""
    itself: Mapping[str, int] = field(default_factory=dict)
    silenced: int = 0
    outstanding: tuple[Outstanding, ...] = ()
    more: int = 0
    nothing_yet: str = "Nothing that was decided or promised is outstanding."
    unread: tuple[str, ...] = ()
    made_up: bool = False
    checks: str = ""
    actions: str = ""

    @property
    def stamps(self) -> tuple[str, ...]:
        """What must stand across the top: the stamps of its answers, and that it is made up."""
        found = {one: None for part in self.parts for said in part.said for one in stamps(said.answer)}
        made_up = {"Made-up data": None} if self.made_up else {}
        return tuple(made_up | found)

    @property
    def found(self) -> Mapping[str, int]:
        """How many findings of the checks there are in all, of each severity: the four principles' and its own."""
        counts = [*(part.found for part in self.parts), self.itself]
        names = dict.fromkeys(name for one in counts for name in one)
        return {name: sum(one.get(name, 0) for one in counts) for name in names}

    @property
    def levels(self) -> tuple[Level, ...]:
        """The standings that are said on the sheet: those of its answers, but for what is made up."""
        said = {one.level for part in self.parts for one in part.said}
        return tuple(level for level in Level if level in said and level is not Level.NONE)


def board_html(board: Board) -> str:
    """Return the sheet as markup, from the four principles to what is outstanding; headings begin at level 2."""
    parts = "".join(_part(board, part) for part in board.parts)
    checks = f'<a class="govuk-link" href="{safe(board.checks)}">the checks</a>' if board.checks else "the checks"
    found = f'<p class="outward-board__found">In all, {checks} find: {safe(in_all(board))}</p>'
    unread = "".join(f'<p class="outward-board__found">{safe(one)}</p>' for one in board.unread)
    return f'<div class="outward-board">{parts}</div>{found}{_outstanding(board)}{unread}'


def lead(board: Board) -> str:
    """Return the line under the title: whose sheet it is, who stands for customers, of which day."""
    champion = f"Customers' champion: {board.champion}" if board.champion else "No customers' champion is named"
    leaned = " Made-up data, so nothing here is to be leaned on." if board.made_up else ""
    return f"{board.body or 'A public body'}. {champion}. {date(board.on)}.{leaned}"


def board_file(board: Board) -> str:
    """Return the sheet as one HTML file: one side of A4 when printed, nothing fetched, nothing run, no links."""
    alone = _without_links(board_html(board))
    about = f'<p class="outward-board__lead">{safe(board.about)}</p>' if board.about else ""
    main = f'<h1>{safe(board.title)}</h1><p class="outward-board__lead">{safe(lead(board))}</p>{about}{alone}'
    return page_html(
        board.title, board.stamps, main, f"<footer><p>{safe(foot(board))}</p></footer>", kind="outward-sheet"
    )


MEANS = {
    Level.FIRM: "'firm' can be leaned on",
    Level.CARE: "'treat with care' has a weakness that the answer names",
    Level.CANNOT_TELL: "'cannot tell yet' lacks something that the answer names",
}


def foot(board: Board) -> str:
    """Return the last line: what made the sheet, and what the standings mean that are said on it.

    >>> foot(Board("Claims", "", "", "2026-11-23", ()))
    'Made with Outward.'
    """
    means = [MEANS[level] for level in board.levels]
    return f"Made with Outward. Standing: {'; '.join(means)}." if means else "Made with Outward."


def standing(board: Board, one: Said) -> str:
    """Return what is said of how far one line can be leaned on; '' where that is said once, at the top."""
    if one.level is Level.NONE:
        return "" if board.made_up else "Made-up data: not to be leaned on."
    return f"Standing: {one.level.value}."


def file_name(board: Board, ending: str) -> str:
    """Return a file name that carries the sheet's stamps.

    >>> file_name(Board("Claims", "", "", "2026-11-23", (), made_up=True), "docx")
    'board-sheet-claims-made-up-data.docx'
    """
    title = board.title if len(board.title) <= TITLE else board.title[:TITLE].rpartition(" ")[0]
    words = " ".join(["board sheet", title, *board.stamps]).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") + f".{ending}"


def in_all(board: Board) -> str:
    """Return what the checks find in all, of which how much about the workspace itself, and what is silenced.

    >>> in_all(Board("Claims", "", "", "2026-11-23", (), itself={"warning": 1, "note": 2}, silenced=3))
    '1 warning and 2 notes; of these on the workspace itself: 1 warning and 2 notes. 3 more are silenced for a while.'
    """
    itself = f"; of these on the workspace itself: {each_counted(board.itself)}" if any(board.itself.values()) else ""
    silenced = f" {board.silenced:,} more {'is' if board.silenced == 1 else 'are'} silenced for a while."
    return f"{each_counted(board.found) or 'nothing'}{itself}.{silenced if board.silenced else ''}"


def found_here(part: Part) -> str:
    """Return what the checks find under one principle, in words.

    >>> found_here(Part("U", "", found={"warning": 1}, worst=(Worst("No need is written down."),)))
    'The checks find here: 1 warning:'
    """
    every = sum(part.found.values()) == len(part.worst)
    found = each_counted(part.found) or "nothing"
    return f"The checks find here: {found}{'.' if not part.worst else ':' if every else '. Among them:'}"


def _part(board: Board, part: Part) -> str:
    id = f"board-{part.letter.lower()}"
    said = "".join(_said(board, one) for one in part.said)
    answers = f'<ul class="outward-board__said">{said}</ul>' if said else ""
    worst = "".join(f"<li>{_linked(one.words, one.href)}</li>" for one in part.worst)
    return (
        f'<section class="outward-board__part" aria-labelledby="{id}">'
        f'<h2 class="outward-board__title" id="{id}">{safe(part.title)}</h2>{answers}'
        f'<p class="outward-board__found">{safe(found_here(part))}</p>{f"<ul>{worst}</ul>" if worst else ""}'
        f"{_cannot(part)}</section>"
    )


def _linked(words: str, href: str) -> str:
    return f'<a class="govuk-link" href="{safe(href)}">{safe(words)}</a>' if href else safe(words)


def _said(board: Board, one: Said) -> str:
    source = _linked(f"Question {one.answer.question}", one.href)
    leaned = f" {safe(standing(board, one))}".rstrip()
    return f'<li>{safe(one.words)} <span class="outward-board__source">{source}.{leaned}</span></li>'


def _cannot(part: Part) -> str:
    if not part.cannot:
        return ""
    items = "".join(f"<li>{safe(one)}</li>" for one in shortened(part.cannot))
    about = f'<span class="govuk-visually-hidden"> about: {safe(part.title)}</span>'
    return f'<h3 class="outward-board__cannot">What cannot be answered yet{about}</h3><ul>{items}</ul>'


def shortened(cannot: Sequence[str]) -> list[str]:
    """Return the first of what cannot be answered yet, and how much more there is."""
    more = len(cannot) - MOST_SAID
    return [*cannot[:MOST_SAID], *([f"And {more} more."] if more > 0 else [])]


OUTSTANDING = "Outstanding actions and promises"
HEADINGS = ("What is to be done", "Who answers for it", "By when")


def due(one: Outstanding) -> str:
    """Return by when something is to be done or decided, and whether that day is past.

    >>> due(Outstanding("A letter", "", "2026-06-30", late=True, decide=True))
    'to be decided on by 30 June 2026 – overdue'
    """
    day = date(one.due) if one.due else "no day"
    return f"{'to be decided on by ' if one.decide else ''}{day}{' – overdue' if one.late else ''}"


def further(board: Board) -> str:
    """Return how many more things are outstanding than are shown; '' where there are none."""
    return f"And {board.more:,} more" if board.more else ""


def _outstanding(board: Board) -> str:
    heading = f'<h2 class="outward-board__title" id="board-actions">{OUTSTANDING}</h2>'
    if not board.outstanding:
        nothing = f'<p class="govuk-body">{safe(board.nothing_yet)}</p>'
        return f'<section aria-labelledby="board-actions">{heading}{nothing}</section>'
    head = "".join(f'<th scope="col" class="govuk-table__header">{name}</th>' for name in HEADINGS)
    rows = "".join(
        '<tr class="govuk-table__row">'
        f'<th scope="row" class="govuk-table__header">{_linked(one.title, one.href)}</th>'
        f'<td class="govuk-table__cell" data-label="{HEADINGS[1]}">{safe(one.owner or "nobody")}</td>'
        f'<td class="govuk-table__cell" data-label="{HEADINGS[2]}">{safe(due(one))}</td></tr>'
        for one in board.outstanding
    )
    more = f'<p class="outward-board__found">{_linked(further(board), board.actions)}.</p>' if board.more else ""
    return (
        f'<section aria-labelledby="board-actions">{heading}'
        '<table class="govuk-table outward-records outward-board__actions">'
        '<caption class="govuk-visually-hidden">What is not done, what is due first, first</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{rows}</tbody></table>{more}</section>'
    )


def _without_links(markup: str) -> str:
    return re.sub(r"</?a\b[^>]*>", "", markup)
