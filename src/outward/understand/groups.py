"""What every question about journeys shares: the group column, and caveats on how the cases were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from outward.answers import FIRM_FROM, Column, Sentence, Value
from outward.evidence.store import LaidLog
from outward.evidence.view import View
from outward.evidence.where import Where, names_used
from outward.methods.corrections import holm

NOT_COMPARED = "Groups are not compared"
START, END = "▶", "■"
"""Where journeys come from and go to: not steps, but drawn with them."""


def group_title(view: View) -> str:
    """Return the words above the groups: the attribute, or 'side'."""
    return "Side" if view.sides else view.by


def group_columns(view: View) -> tuple[Column, ...]:
    """Return the column that tells groups apart, or none for one group of all."""
    return (Column("group", "label", title=group_title(view)),) if view.grouped else ()


def group_cell(view: View, place: int) -> dict[str, Value]:
    """Return the group's cell of a row, or nothing for one group of all."""
    return {"group": view.groups[place]} if view.grouped else {}


def partition(view: View, *more: str) -> tuple[str, ...]:
    """Return the columns within which rows are parts of one whole."""
    return (("group", *more)) if view.grouped else more


def compares(view: View) -> bool:
    """Return whether groups are tested: not where cases were picked, or groups formed, by something that came later."""
    return len(view.groups) > 1 and not looks_ahead(view) and not formed_later(view)


def compares_counts(view: View) -> bool:
    """Return whether shares of cases so far are tested: not between periods, of which one had less time."""
    return compares(view) and not (view.sides and view.sides.periods)


def looks_ahead(view: View) -> bool:
    """Return whether cases were picked, or came to their side, by something after their first event."""
    return picked_later(view.log, view.where) or (view.sides is not None and view.sides.looks_ahead)


def picked_later(log: LaidLog, where: Where) -> bool:
    """Return whether a filter picks cases by something after their first event."""
    return where.looks_ahead or bool(_known_later(log, names_used(where)))


def formed_later(view: View) -> bool:
    """Return whether what makes the groups is first recorded after a case's first event, in over 1% of all cases.

    To be in such a group a case must have lasted until then, and those not known are those that did not.
    """
    return bool(_known_later(view.log, view.sides.attributes if view.sides else (view.by,)))


def _known_later(log: LaidLog, names: Iterable[str]) -> list[str]:
    """Return those of the attributes that over 1% of all cases do not bear on their first event."""
    manifest = log.manifest
    return [name for name in names if manifest.quality.get(f"late_{name}", 0) > 0.01 * manifest.cases]


def steps_title(view: View) -> str:
    """Return the words above the number of steps: where small numbers are dealt with, rare steps do not count."""
    return "Different steps" if view.smallest_group == 1 else "Different steps that enough customers took"


def comparison_caveats(view: View) -> tuple[Sentence, ...]:
    """Return why groups are not tested, where they are not."""
    if view.grouped and looks_ahead(view):
        return (Sentence(f"{NOT_COMPARED}, because cases were picked by something that came later."),)
    if view.grouped and formed_later(view):
        words = f"{NOT_COMPARED}, because '{plain(view.by)}' is often recorded only later in a case."
        return (Sentence(words),)
    return ()


def comparison_columns(test: str) -> tuple[Column, ...]:
    """Return the columns that say what a test between groups found, corrected for all that were made."""
    return (
        Column("p_value", "p_value", "", f"{test}, corrected"),
        Column("stands_out", "label", title="Stands out"),
        Column("comparisons", "number", "comparisons", "Comparisons made"),
        Column("standing_out", "number", "comparisons", "Of which stand out"),
    )


def comparison_cells(p_values: Sequence[float]) -> list[dict[str, Value]]:
    """Return those columns' cells for each comparison; one that could not be made is NaN and does not count.

    >>> [cells["stands_out"] for cells in comparison_cells([0.01, float("nan"), 0.5])]
    ['yes', 'not tested', 'no']
    """
    corrected = holm(p_values)
    made = np.isfinite(corrected)
    found = made & (np.nan_to_num(corrected, nan=1.0) < 0.05)
    counts: dict[str, Value] = {"comparisons": int(made.sum()) or None}
    counts["standing_out"] = int(found.sum()) if made.any() else None
    return [
        {
            "p_value": float(corrected[place]) if made[place] else None,
            "stands_out": ("yes" if found[place] else "no") if made[place] else "not tested",
            **counts,
        }
        for place in range(len(corrected))
    ]


def small_groups(people: Sequence[int]) -> tuple[str, ...]:
    """Return the doubt that groups other than the first, which the sentence names, are small.

    Args:
        people: customers behind each group's figure, in the groups' order.

    >>> small_groups([400, 20])
    ('fewer than 100 customers stand behind some groups',)
    """
    if min(people[1:], default=FIRM_FROM) >= FIRM_FROM:
        return ()
    return (f"fewer than {FIRM_FROM} customers stand behind some groups",)


def stamp_caveats(view: View) -> tuple[Sentence, ...]:
    """Return that times under a day mean nothing, where most events bear a date without a time."""
    manifest = view.log.manifest
    if manifest.quality["date_only"] * 2 <= manifest.events:
        return ()
    return (Sentence("Most events bear a date without a time of day: times under a day mean nothing."),)


def choice_caveats(view: View, counts_so_far: bool = True) -> tuple[Sentence, ...]:
    """Return what must be said of how the cases were chosen and grouped.

    Args:
        view: the chosen cases.
        counts_so_far: whether shares of cases so far are shown, which had more or less time.
    """
    said = []
    if view.where:
        said.append(f"Only cases that meet all of this: {'; '.join(view.where.words())}.")
    if view.where.looks_ahead:
        said.append(
            "These cases were picked by something that happened on their way, so their times are those "
            "of cases that came so far, not of all who set out."
        )
    said += [
        f"'{name}' is often recorded only later in a case: cases picked by it had come so far, and their times are "
        "not those of all who set out."
        for name in _known_later(view.log, dict.fromkeys(names_used(view.where)))
    ]
    said += _sides_said(view, counts_so_far)
    for name in view.sides.attributes if view.sides else (view.by,):
        varying = [one for one in view.log.manifest.attributes if one.name == name and one.varying_cases]
        if varying or view.log.manifest.quality.get(f"varies_{name}"):
            said.append(f"Some cases change '{name}' on their way; each is counted under its first value.")
    return tuple(Sentence(plain(text)) for text in said)


def _sides_said(view: View, counts_so_far: bool) -> list[str]:
    """Return what must be said where two filters make the groups."""
    if not view.sides:
        return []
    told = [
        f"'{name}' are the cases of which each {'; '.join(side.words())}"
        for name, side in zip(view.groups, view.sides.both, strict=True)
        if side
    ]
    said = [f"{'; '.join(told)}."]
    if view.sides.second:
        said.append("A case that meets both filters stands on neither side.")
    if view.sides.periods and counts_so_far:
        said.append(
            "Cases that began later have had less time so far: where open cases are not allowed for, fewer have "
            "come to each step for that reason alone, and shares of cases so far are not tested."
        )
    return said


def plain(text: str) -> str:
    """Return text in which nothing reads as a place in a template.

    >>> plain("{a.b}")
    '(a.b)'
    """
    return text.replace("{", "(").replace("}", ")")
