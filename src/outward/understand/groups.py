"""What every question about journeys shares: the group column, and caveats on how the cases were chosen."""

from __future__ import annotations

from outward.answers import Column, Sentence, Value
from outward.evidence.view import View

START, END = "▶", "■"
"""Where journeys come from and go to: not steps, but drawn with them."""


def group_columns(view: View) -> tuple[Column, ...]:
    """Return the column that tells groups apart, or none for one group of all."""
    return (Column("group", "label", title=view.by),) if view.grouped else ()


def group_cell(view: View, place: int) -> dict[str, Value]:
    """Return the group's cell of a row, or nothing for one group of all."""
    return {"group": view.groups[place]} if view.grouped else {}


def partition(view: View, *more: str) -> tuple[str, ...]:
    """Return the columns within which rows are parts of one whole."""
    return (("group", *more)) if view.grouped else more


def compares(view: View) -> bool:
    """Return whether groups are tested against each other: not where cases were picked by something that came later."""
    return len(view.groups) > 1 and not view.where.looks_ahead


def comparison_caveats(view: View) -> tuple[Sentence, ...]:
    """Return why groups are not tested, where they are not."""
    if not view.grouped or not view.where.looks_ahead:
        return ()
    return (Sentence("Groups are not compared, because cases were picked by something that came later."),)


def choice_caveats(view: View) -> tuple[Sentence, ...]:
    """Return what must be said of how the cases were chosen and grouped."""
    said = []
    if view.where:
        said.append(f"Only cases that meet all of this: {'; '.join(view.where.words())}.")
    if view.where.looks_ahead:
        said.append(
            "These cases were picked by something that happened on their way, so their times are those "
            "of cases that came so far, not of all who set out."
        )
    varying = [one for one in view.log.manifest.attributes if one.name == view.by and one.varying_cases]
    if varying or view.log.manifest.quality.get(f"varies_{view.by}"):
        said.append(f"Some cases change '{view.by}' on their way; each is counted under its first value.")
    return tuple(Sentence(plain(text)) for text in said)


def plain(text: str) -> str:
    """Return text in which nothing reads as a place in a template.

    >>> plain("{a.b}")
    '(a.b)'
    """
    return text.replace("{", "(").replace("}", ")")
