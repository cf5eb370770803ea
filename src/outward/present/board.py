"""The board sheet: one side of paper on a workspace, for a page and for one HTML file that opens anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outward.answers import Level, Sentence, Standing
from outward.disclosure.released import ReleasedAnswer
from outward.present.lettering import safe
from outward.present.report import page_html
from outward.present.words import date, sentence, stamps

MOST_WORDS = 2
"""Sentences of 'what cannot be answered yet' that a part holds before the rest is counted."""
TITLE = 60
"""Letters of the title that a file's name holds."""


@dataclass(frozen=True)
class Said:
    """One answer on the sheet, with what was said of it; `Said.of` makes it.

    Attributes:
        answer: the released answer.
        words: its sentence, or that of a finding picked from it.
        standing: how far that can be leaned on, as words.
        href: where the whole of it stands in the pages; '' for nowhere.
    """

    answer: ReleasedAnswer
    words: str
    standing: str
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
        level = (standing or answer.standing).level
        called = "No standing." if level is Level.NONE else f"Standing: {level.value}."
        return cls(answer, sentence(answer, words or answer.sentence), called, href)


@dataclass(frozen=True)
class Part:
    """One of the four principles on the sheet.

    Attributes:
        letter: as its questions and rules begin.
        title: the principle.
        said: its key answers.
        found: how many findings of the checks there are of each severity, the heaviest first.
        cannot: what cannot be answered yet, and what is missing.
    """

    letter: str
    title: str
    said: tuple[Said, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    cannot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outstanding:
    """An action that is decided and not done."""

    title: str
    owner: str
    due: str
    late: bool = False


@dataclass(frozen=True)
class Board:
    """Everything on the sheet.

    Attributes:
        title: the workspace's.
        body: whose it is.
        champion: the post that stands for customers, or ''.
        on: the day of the sheet, ISO.
        parts: the four principles.
        found: how many findings of the checks there are in all, of each severity.
        outstanding: the actions that are not done, those due first, first.
        more: how many further ones there are.
        made_up: whether the workspace is fictional.
        checks: where the findings of the checks stand in the pages; '' for nowhere.
    """

    title: str
    body: str
    champion: str
    on: str
    parts: tuple[Part, ...]
    found: Mapping[str, int] = field(default_factory=dict)
    outstanding: tuple[Outstanding, ...] = ()
    more: int = 0
    made_up: bool = False
    checks: str = ""

    @property
    def stamps(self) -> tuple[str, ...]:
        """What must stand across the top: the stamps of its answers, and that it is made up."""
        found = {one: None for part in self.parts for said in part.said for one in stamps(said.answer)}
        made_up = {"Made-up data": None} if self.made_up else {}
        return tuple(made_up | found)


def board_html(board: Board) -> str:
    """Return the sheet as markup, from the four principles to the outstanding actions; headings begin at level 2."""
    parts = "".join(_part(part) for part in board.parts)
    checks = f'<a class="govuk-link" href="{safe(board.checks)}">the checks</a>' if board.checks else "the checks"
    found = f'<p class="outward-board__found">In all, {checks} find: {safe(counted(board.found))}.</p>'
    return f'<div class="outward-board">{parts}</div>{found}{_actions(board)}'


def lead(board: Board) -> str:
    """Return the line under the title: whose sheet it is, who stands for customers, of which day."""
    champion = f"Customers' champion: {board.champion}" if board.champion else "No customers' champion is named"
    return f"{board.body or 'A public body'}. {champion}. {date(board.on)}."


def board_file(board: Board) -> str:
    """Return the sheet as one HTML file: one side of A4 when printed, nothing fetched, nothing run, no links."""
    alone = _without_links(board_html(board))
    main = f'<h1>{safe(board.title)}</h1><p class="outward-board__lead">{safe(lead(board))}</p>{alone}'
    return page_html(board.title, board.stamps, main, f"<footer><p>{safe(FOOT)}</p></footer>", kind="outward-sheet")


FOOT = "Made with Outward. Standing says how far an answer can be leaned on: firm, treat with care, or cannot tell yet."


def file_name(board: Board, ending: str) -> str:
    """Return a file name that carries the sheet's stamps.

    >>> file_name(Board("Claims", "", "", "2026-11-23", (), made_up=True), "docx")
    'board-sheet-claims-made-up-data.docx'
    """
    title = board.title if len(board.title) <= TITLE else board.title[:TITLE].rpartition(" ")[0]
    words = " ".join(["board sheet", title, *board.stamps]).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") + f".{ending}"


def counted(found: Mapping[str, int]) -> str:
    """Return how many findings of the checks there are, in words.

    >>> counted({"error": 0, "warning": 2, "note": 1})
    '2 warnings, 1 note'
    """
    listed = [f"{number} {name}{'' if number == 1 else 's'}" for name, number in found.items() if number]
    return ", ".join(listed) or "nothing"


def _part(part: Part) -> str:
    id = f"board-{part.letter.lower()}"
    said = "".join(_said(one) for one in part.said)
    answers = f'<ul class="outward-board__said">{said}</ul>' if said else ""
    return (
        f'<section class="outward-board__part" aria-labelledby="{id}">'
        f'<h2 class="outward-board__title" id="{id}">{safe(part.title)}</h2>{answers}{_cannot(part.cannot)}'
        f'<p class="outward-board__found">The checks find here: {safe(counted(part.found))}.</p></section>'
    )


def _said(one: Said) -> str:
    number = f"Question {one.answer.question}"
    source = f'<a class="govuk-link" href="{safe(one.href)}">{number}</a>' if one.href else number
    return f'<li>{safe(one.words)} <span class="outward-board__source">{source}. {safe(one.standing)}</span></li>'


def _cannot(cannot: Sequence[str]) -> str:
    if not cannot:
        return ""
    items = "".join(f"<li>{safe(one)}</li>" for one in shortened(cannot))
    return f'<h3 class="outward-board__cannot">What cannot be answered yet</h3><ul>{items}</ul>'


def shortened(cannot: Sequence[str]) -> list[str]:
    """Return the first of what cannot be answered yet, and how much more there is."""
    more = len(cannot) - MOST_WORDS
    return [*cannot[:MOST_WORDS], *([f"And {more} more."] if more > 0 else [])]


HEADINGS = ("Action", "Who answers for it", "Due")


def due(one: Outstanding) -> str:
    """Return by when an action is to be done, and whether that day is past."""
    return f"{date(one.due) if one.due else 'no day'}{' – overdue' if one.late else ''}"


def _actions(board: Board) -> str:
    heading = '<h2 class="outward-board__title" id="board-actions">Outstanding actions</h2>'
    if not board.outstanding:
        return f"<section>{heading}<p>Nothing that was decided is outstanding.</p></section>"
    head = "".join(f'<th scope="col" class="govuk-table__header">{name}</th>' for name in HEADINGS)
    rows = "".join(
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{safe(one.title)}</th>'
        f'<td class="govuk-table__cell">{safe(one.owner or "nobody")}</td>'
        f'<td class="govuk-table__cell">{safe(due(one))}</td></tr>'
        for one in board.outstanding
    )
    more = f'<p class="outward-board__found">And {board.more} more, due later.</p>' if board.more else ""
    return (
        f'<section aria-labelledby="board-actions">{heading}<table class="govuk-table outward-board__actions">'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{rows}</tbody></table>{more}</section>'
    )


def _without_links(markup: str) -> str:
    return re.sub(r"</?a\b[^>]*>", "", markup)
