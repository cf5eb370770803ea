"""Which steps and paths of a map are drawn: the sliders, and what must stay connected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from outward.answers import Map, Value
from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.present.sides import in_order

START, END = "▶", "■"
"""The pseudo-steps before the first event of a case and after the last."""

CALM_STEPS, CALM_PATHS = 12, 24


@dataclass(frozen=True)
class Step:
    """One step as it is drawn: its label, and its row in the released table (-1 for start and end)."""

    label: str
    cases: float
    row: int


@dataclass(frozen=True)
class Path:
    """One path as it is drawn, and its row in the released table."""

    source: str
    target: str
    cases: float
    row: int


@dataclass(frozen=True)
class Choice:
    """What is drawn, and how much is not.

    Attributes:
        steps: the steps drawn, start and end included.
        paths: the paths drawn.
        steps_dropped: released steps that are not drawn.
        paths_dropped: released paths that are not drawn.
        paths_unknown: paths whose number of cases was not released, so that they cannot be drawn.
    """

    steps: tuple[Step, ...]
    paths: tuple[Path, ...]
    steps_dropped: int = 0
    paths_dropped: int = 0
    paths_unknown: int = 0


def group_column(table: ReleasedTable) -> str:
    """Return the column that splits a map's table by group; '' where there is none."""
    own = ("step", "from_step", "to_step")
    return next((one.name for one in table.columns if one.kind == "label" and one.name not in own), "")


def groups(released: ReleasedAnswer, picture: Map) -> list[str]:
    """Return the groups for each of which the map can be drawn; none where it is not split."""
    table = released.tables[picture.paths]
    column = group_column(table)
    return in_order(released, [str(value) for value in table.values[column]]) if column else []


def everything(released: ReleasedAnswer, picture: Map, group: str = "") -> Choice:
    """Return all released steps and paths of one group, with the figures that are known.

    Args:
        released: the answer.
        picture: names its tables of steps and paths.
        group: whose map; '' for the first group, or for all where the map is not split.
    """
    first = next(iter(groups(released, picture)), "")
    steps = {
        str(row["step"]): Step(str(row["step"]), _known(row["cases"]), place)
        for place, row in _rows(released.tables[picture.steps], group or first)
    }
    found = list(_rows(released.tables[picture.paths], group or first))
    paths = [
        Path(str(row["from_step"]), str(row["to_step"]), _known(row["cases"]), place)
        for place, row in found
        if row["cases"] is not None
    ]
    for path in paths:
        for label in (path.source, path.target):
            if label in (START, END):
                steps.setdefault(label, Step(label, 0, -1))
    drawn = [path for path in paths if path.source in steps and path.target in steps]
    return Choice(tuple(steps.values()), tuple(drawn), paths_unknown=len(found) - len(drawn))


def _rows(table: ReleasedTable, group: str) -> Iterable[tuple[int, Mapping[str, Value]]]:
    column = group_column(table)
    return ((place, row) for place, row in enumerate(table.rows()) if not column or str(row[column]) == group)


def _known(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def chosen(choice: Choice, steps: float, paths: float) -> Choice:
    """Return what is drawn with these sliders; every step drawn lies on a way from start to end.

    Args:
        choice: everything there is.
        steps: share of the steps to draw, 0 to 1, those of most cases first.
        paths: share of the paths between them to draw, 0 to 1, those of most cases first.
    """
    real = sorted((step for step in choice.steps if step.row >= 0), key=lambda step: (-step.cases, step.label))
    wanted = {step.label for step in real[: max(1, ceil(steps * len(real)))]}
    needed = _ways(choice.paths, wanted)
    kept = wanted | {START, END} | {label for path in needed for label in (path.source, path.target)}
    between = [path for path in choice.paths if path.source in kept and path.target in kept]
    between.sort(key=lambda path: (-path.cases, path.source, path.target))
    drawn = set(needed) | set(between[: ceil(paths * len(between))])
    here = tuple(step for step in choice.steps if step.label in kept)
    return Choice(
        here,
        tuple(path for path in choice.paths if path in drawn),
        len(choice.steps) - len(here),
        len(choice.paths) - len(drawn),
        choice.paths_unknown,
    )


def calm(choice: Choice) -> tuple[float, float]:
    """Return sliders that leave a map of about a dozen steps and two dozen paths."""
    steps = sum(step.row >= 0 for step in choice.steps)
    share = min(1.0, CALM_STEPS / steps) if steps else 1.0
    left = chosen(choice, share, 1.0)
    return share, min(1.0, CALM_PATHS / len(left.paths)) if left.paths else 1.0


def _ways(paths: Iterable[Path], wanted: set[str]) -> list[Path]:
    """Return the widest way to each wanted step from the start, and from it to the end."""
    paths = list(paths)
    into = _widest(START, {(path.source, path.target): path for path in paths})
    out = _widest(END, {(path.target, path.source): path for path in paths})
    needed: dict[Path, None] = {}
    for label in sorted(wanted):
        for ways, forward in ((into, True), (out, False)):
            here = label
            while here in ways:
                path = ways[here]
                needed[path] = None
                here = path.source if forward else path.target
    return list(needed)


def _widest(first: str, ties: Mapping[tuple[str, str], Path]) -> dict[str, Path]:
    """Return, for each step that can be reached, the last path of the widest way to it.

    Grows a tree from the first step by the heaviest path that leaves it (Prim's method), which gives
    every step its widest way.
    """
    ways: dict[str, Path] = {}
    leaving: dict[str, list[tuple[str, Path]]] = {}
    for (near, far), path in ties.items():
        leaving.setdefault(near, []).append((far, path))
    edge = list(leaving.get(first, []))
    while edge:
        best = min(range(len(edge)), key=lambda place: (-edge[place][1].cases, edge[place][0]))
        far, path = edge.pop(best)
        if far != first and far not in ways:
            ways[far] = path
            edge += leaving.get(far, [])
    return ways


def union(choices: Iterable[Choice]) -> Choice:
    """Return the steps and paths of several maps together, each with its largest number of cases."""
    steps: dict[str, Step] = {}
    paths: dict[tuple[str, str], Path] = {}
    for choice in choices:
        for step in choice.steps:
            if step.label not in steps or steps[step.label].cases < step.cases:
                steps[step.label] = step
        for path in choice.paths:
            key = (path.source, path.target)
            if key not in paths or paths[key].cases < path.cases:
                paths[key] = path
    return Choice(tuple(steps.values()), tuple(paths.values()))
