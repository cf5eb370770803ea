"""How long paths take: the median and the 90th percentile, elapsed and, with a calendar, in working time beside it."""

from __future__ import annotations

from collections.abc import Mapping

from outward.answers import Column, Value
from outward.evidence.view import View, each
from outward.methods import flows
from outward.methods.flows import Place
from outward.understand.working import Working, day_unit

QUANTILES = ("median", "p90")


def path_columns(view: View, found: Working | None, half: str, most: str) -> tuple[Column, ...]:
    """Return the columns of both quantiles on each clock.

    Args:
        view: the chosen cases.
        found: the same cases in working time; None where there is no calendar.
        half: heading of the median.
        most: heading of the 90th percentile.
    """
    return tuple(
        Column(_name(one, quantile), "quantile", day_unit(one), title, sides=_sides(one, quantile))
        for quantile, title in zip(QUANTILES, (half, most), strict=True)
        for one in _clocks(view, found)
    )


def path_bases(view: View, found: Working | None) -> tuple[Column, ...]:
    """Return the hidden columns with the people on each side of each quantile."""
    return tuple(
        Column(side, "base") for one in _clocks(view, found) for quantile in QUANTILES for side in _sides(one, quantile)
    )


def path_cells(view: View, found: Working | None, wait: str) -> Mapping[Place, dict[str, Value]]:
    """Return, for each path, the cells of those columns.

    Args:
        view: the chosen cases.
        found: the same cases in working time; None where there is no calendar.
        wait: column with the microseconds waited.
    """
    cells: dict[Place, dict[str, Value]] = {}
    for one in _clocks(view, found):
        sides = flows.sides(one, wait)
        wanted = ("grp", "activity", "next", "people", *(f"{quantile}_days" for quantile in QUANTILES))
        for grp, here, after, people, *days in each(flows.paths(one, wait), *wanted):
            path = (grp, here, after)
            row = cells.setdefault(path, {})
            row |= {_name(one, quantile): value for quantile, value in zip(QUANTILES, days, strict=True)}
            row |= _people(one, flows.side_cells(sides, path, people))
    return cells


def no_path_cells(view: View, found: Working | None, people: int) -> dict[str, Value]:
    """Return the cells of a path on which no time is known, such as from the beginning to a first step."""
    cells: dict[str, Value] = {}
    for one in _clocks(view, found):
        cells |= {_name(one, quantile): None for quantile in QUANTILES}
        cells |= _people(one, flows.side_cells({}, (0, 0, 0), people))
    return cells


def _clocks(view: View, found: Working | None) -> tuple[View, ...]:
    return (view, found.view) if found else (view,)


def _name(view: View, quantile: str) -> str:
    return f"{quantile}_{'working_' if view.clock else ''}days"


def _sides(view: View, quantile: str) -> tuple[str, str]:
    after = "_working" if view.clock else ""
    return f"below_{quantile}{after}", f"above_{quantile}{after}"


def _people(view: View, sides: Mapping[str, int]) -> dict[str, Value]:
    """Return the people on each side under the names of this clock."""
    after = "_working" if view.clock else ""
    return {f"{side}{after}": people for side, people in sides.items()}
