"""The tables of U3.8: how many comparisons were made, and the differences in shares and in days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from outward.answers import Column, Table, Value
from outward.evidence.view import View
from outward.methods.corrections import benjamini_hochberg, holm
from outward.methods.gaps import Gap
from outward.understand.groups import group_title
from outward.understand.quantiles import finite

CORRECTIONS = {"holm": holm, "benjamini-hochberg": benjamini_hochberg}
STANDS_OUT_UNDER = 0.05
ALL = "All"


@dataclass(frozen=True)
class Difference:
    """One group's difference from the largest in one thing.

    Attributes:
        matter: what kind of thing it is.
        what: the thing, in words.
        group: the group.
        against: the group that it is compared with.
        unit: of the figures.
        gap: the figures, with the p-value before correction.
        attribute: what makes the groups, where those of several attributes are looked at; else ''.
        p_value: the p-value corrected over all comparisons made; NaN where none was made.
    """

    matter: str
    what: str
    group: str
    against: str
    unit: Literal["share", "days"]
    gap: Gap
    attribute: str = ""
    p_value: float = float("nan")

    @property
    def tested(self) -> bool:
        """Whether the comparison was made."""
        return bool(np.isfinite(self.p_value))

    @property
    def stands_out(self) -> bool:
        """Whether it is beyond chance."""
        return self.p_value < STANDS_OUT_UNDER


def corrected(found: Sequence[Difference], correction: str) -> list[Difference]:
    """Return the differences with p-values corrected over all of them: those that stand out first, largest first.

    Args:
        found: all differences looked at.
        correction: a key of CORRECTIONS.
    """
    p_values = CORRECTIONS[correction]([one.gap.p_value for one in found])
    return sorted((replace(one, p_value=float(p)) for one, p in zip(found, p_values, strict=True)), key=_order)


def _order(one: Difference) -> tuple[bool, float, str, str]:
    # Sizes are rounded, so that the order of rows tells no more than the released figures.
    apart = abs(one.gap.difference)
    size = round(apart, 2) if one.unit == "share" else float(f"{apart:.2g}")
    return not one.stands_out, -size, one.what, one.group


def compared(found: Sequence[Difference]) -> Table:
    """Return how many comparisons were made and how many stand out: of all matters together, and of each."""
    columns = (
        Column("matter", "label", title="Compared"),
        Column("comparisons", "number", "comparisons", "Comparisons made"),
        Column("standing_out", "number", "comparisons", "Of which stand out"),
    )
    matters = [ALL, *_matters(found)] if found else []
    rows = [{"matter": matter, **_counted([one for one in found if matter in (ALL, one.matter)])} for matter in matters]
    return Table.of_rows(columns, rows, disjoint=False, title="How many comparisons were made, and how many stand out")


def by_attribute(found: Sequence[Difference]) -> Table:
    """Return the same for each attribute and matter, the attribute of which most stand out first."""
    columns = (
        Column("attribute", "label", title="Groups by"),
        Column("matter", "label", title="Compared"),
        Column("comparisons", "number", "comparisons", "Comparisons made"),
        Column("standing_out", "number", "comparisons", "Of which stand out"),
    )
    names = list(dict.fromkeys(one.attribute for one in found))
    most = {name: sum(one.stands_out for one in found if one.attribute == name) for name in names}
    rows = [
        {
            "attribute": name,
            "matter": matter,
            **_counted([one for one in found if (one.attribute, one.matter) == (name, matter)]),
        }
        for name in sorted(names, key=lambda name: (-most[name], name))
        for matter in _matters(found)
    ]
    return Table.of_rows(columns, rows, disjoint=False, title="In what the groups of each attribute differ")


def _matters(found: Sequence[Difference]) -> list[str]:
    return list(dict.fromkeys(one.matter for one in sorted(found, key=lambda one: (one.unit, one.matter))))


def _counted(found: Sequence[Difference]) -> dict[str, Value]:
    made = [one for one in found if one.tested]
    return {"comparisons": len(made), "standing_out": sum(one.stands_out for one in made)}


def shares(view: View, found: Sequence[Difference]) -> Table:
    """Return the differences in shares of cases."""
    columns = (
        *_about(view),
        Column("share", "estimate", "share", "Share", of=("", "cases"), base="told_apart"),
        Column("against", "label", title="Against"),
        Column("against_share", "estimate", "share", "Its share", of=("", "against_cases"), base="against_told_apart"),
        Column("difference", "difference", "share", "Difference", of=("", "fewer_cases"), base="both_told_apart"),
        Column("difference_low", "low", "share", bounds="difference"),
        Column("difference_high", "high", "share", bounds="difference"),
        *_test(),
        Column("cases", "count", "cases", "Cases"),
        *(Column(name, "base") for name in ("against_cases", "fewer_cases", *BASES)),
    )
    rows: list[dict[str, Value]] = []
    for one in (one for one in found if one.unit == "share"):
        row = _row(one, "share", "against_share", "difference")
        row |= {"cases": one.gap.cases[0], "against_cases": one.gap.cases[1], "fewer_cases": min(one.gap.cases)}
        row |= {"told_apart": one.gap.told_apart[0], "against_told_apart": one.gap.told_apart[1]}
        rows.append(row | {"both_told_apart": min(one.gap.told_apart)})
    title = "Shares of cases, each group against another"
    return Table.of_rows(columns, rows, base="people", small="drop", disjoint=False, title=title)


BASES = ("told_apart", "against_told_apart", "both_told_apart", "people")
"""People behind the shares: those who did it or those who did not, whichever are fewer."""


def days(view: View, found: Sequence[Difference]) -> Table:
    """Return the differences in days."""
    columns = (
        *_about(view),
        Column("mean_days", "mean", "days", "Mean days"),
        Column("against", "label", title="Against"),
        Column("against_days", "mean", "days", "Its mean days"),
        Column("difference_days", "mean", "days", "Difference"),
        Column("difference_days_low", "low", "days", bounds="difference_days"),
        Column("difference_days_high", "high", "days", bounds="difference_days"),
        *_test(),
        Column("people", "base"),
    )
    rows = [_row(one, "mean_days", "against_days", "difference_days") for one in found if one.unit == "days"]
    title = "Mean days, each group against another"
    return Table.of_rows(columns, rows, base="people", small="drop", disjoint=False, title=title)


def _about(view: View) -> tuple[Column, ...]:
    return (
        Column("what", "label", title="What"),
        Column("group", "label", title=group_title(view) if view.grouped else "Group"),
        Column("stands_out", "label", title="Stands out"),
    )


def _test() -> tuple[Column, ...]:
    return Column("p_value", "p_value", "", "Test, corrected"), Column("within", "number", "days", "Within the first")


def _row(one: Difference, figure: str, other: str, difference: str) -> dict[str, Value]:
    gap = one.gap
    return {
        "what": one.what,
        "group": one.group,
        "stands_out": ("yes" if one.stands_out else "no") if one.tested else "not tested",
        figure: finite(gap.one),
        "against": one.against,
        other: finite(gap.other),
        difference: finite(gap.difference),
        f"{difference}_low": finite(gap.low),
        f"{difference}_high": finite(gap.high),
        "p_value": one.p_value if one.tested else None,
        "within": gap.within,
        "people": min(gap.people),
    }
