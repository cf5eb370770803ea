"""Someone who knows the rules, and solves for what was left out.

The attacker knows the policy, how counts are rounded, which steps exist, that what comes into a step
goes out of it, that a case takes a path at least once, that parts add up to their whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from outward.disclosure.released import Policy, ReleasedTable

START, END = "▶", "■"
MANY = 100_000.0


@dataclass
class Knowledge:
    """Unknown counts, their limits, and sums between them."""

    limits: dict[object, tuple[float, float]] = field(default_factory=dict)
    sums: list[dict[object, float]] = field(default_factory=list)
    at_most: list[dict[object, float]] = field(default_factory=list)

    def learn(self, name: object, low: float, high: float) -> None:
        old = self.limits.get(name, (0.0, MANY))
        self.limits[name] = (max(old[0], low), min(old[1], high))

    def rounded(self, name: object, released: object, policy: Policy) -> None:
        """Learn from a released count."""
        assert isinstance(released, int)
        half = policy.rounding // 2
        self.learn(name, max(released - half, policy.threshold if released else 0), released + half)

    def interval(self, wanted: dict[object, float]) -> tuple[int, int]:
        """Return the least and the most that a sum of unknowns can be, as whole numbers."""
        return self._least(wanted), -self._least({name: -weight for name, weight in wanted.items()})

    def _least(self, wanted: dict[object, float]) -> int:
        names = {name: at for at, name in enumerate(self.limits)}
        goal = np.zeros(len(names))
        for name, weight in wanted.items():
            goal[names[name]] = weight
        found = linprog(
            goal,
            A_eq=_matrix(self.sums, names),
            b_eq=np.zeros(len(self.sums)) if self.sums else None,
            A_ub=_matrix(self.at_most, names),
            b_ub=np.zeros(len(self.at_most)) if self.at_most else None,
            bounds=list(self.limits.values()),
            method="highs",
        )
        assert found.status == 0, f"what was released contradicts itself: {found.message}"
        return ceil(float(found.fun) - 1e-6)


def _matrix(rows: list[dict[object, float]], names: dict[object, int]) -> object:
    if not rows:
        return None
    places = [(row, names[name], weight) for row, terms in enumerate(rows) for name, weight in terms.items()]
    row, column, weight = zip(*places, strict=True)
    return coo_array((weight, (row, column)), shape=(len(rows), len(names))).tocsr()


def of_map(
    steps: ReleasedTable, paths: ReleasedTable, every_step: list[str], cases: object, policy: Policy
) -> Knowledge:
    """Return what the tables of steps and paths say, the names of all steps being known."""
    known = Knowledge()
    sources, targets = [START, *every_step], [*every_step, END]
    pairs = [(a, b) for a in sources for b in targets if (a, b) != (START, END)]
    shown = {(row["from_step"], row["to_step"]): row for row in paths.rows()}
    for pair in pairs:
        known.learn(("times", pair), 0, MANY)
        known.learn(("cases", pair), 0, MANY)
        known.at_most.append({("cases", pair): 1, ("times", pair): -1})
        if pair in shown:
            known.rounded(("times", pair), shown[pair]["times"], policy)
            known.rounded(("cases", pair), shown[pair]["cases"], policy)
        if START in pair or END in pair:
            known.sums.append({("times", pair): 1, ("cases", pair): -1})
    _steps(known, steps, every_step, pairs, policy)
    known.learn("all", 0, MANY)
    if cases is not None:
        known.rounded("all", cases, policy)
    begun: dict[object, float] = {("cases", pair): 1 for pair in pairs if pair[0] == START}
    known.sums.append({"all": -1, **begun})
    return known


def _steps(
    known: Knowledge, steps: ReleasedTable, names: list[str], pairs: list[tuple[str, str]], policy: Policy
) -> None:
    shown = {row["step"]: row for row in steps.rows()}
    for step in names:
        for figure in ("times", "cases", "again"):
            known.learn((figure, step), 0, MANY)
            if step in shown and shown[step][figure] is not None:
                known.rounded((figure, step), shown[step][figure], policy)
        for side in (0, 1):
            mine: dict[object, float] = {("times", pair): 1.0 for pair in pairs if pair[side] == step}
            known.sums.append({("times", step): -1.0, **mine})
            for pair in (pair for pair in pairs if pair[side] == step):
                known.at_most.append({("cases", pair): 1, ("cases", step): -1})
        known.at_most.append({("cases", step): 1, **{("cases", pair): -1.0 for pair in pairs if pair[1] == step}})
        known.sums.append({("again", step): 1, ("cases", step): 1, ("times", step): -1})


def proven_small(interval: tuple[int, int], policy: Policy, width: int = 2) -> bool:
    """Return whether a count is proven to be one of a few small positive values."""
    low, high = interval
    return low >= 1 and high < policy.threshold and high - low < width


def of_parts(tables: dict[str, ReleasedTable], policy: Policy) -> Knowledge:
    """Return what groups, endings and groups split by ending say together, all adding up to one whole."""
    known = Knowledge()
    groups = [str(cell) for cell in tables["groups"].values["part"]]
    endings = [str(cell) for cell in tables["endings"].values["part"]]
    whole = next((cell for cell in tables["groups"].values["all_cases"] if cell is not None), None)
    _count(known, "all", whole, policy)
    for table, parts, name in (("groups", groups, "group"), ("endings", endings, "ending")):
        for part, cases in zip(parts, tables[table].values["cases"], strict=True):
            _count(known, (name, part), cases, policy)
        known.sums.append({"all": -1, **{(name, part): 1 for part in parts}})
    for row in tables["split"].rows():
        for ending in endings:
            _count(known, (row["group"], ending), row[ending], policy)
        known.sums.append({("group", row["group"]): -1, **{(row["group"], ending): 1 for ending in endings}})
    for ending in endings:
        known.sums.append({("ending", ending): -1, **{(group, ending): 1 for group in groups}})
    return known


def _count(known: Knowledge, name: object, released: object, policy: Policy) -> None:
    known.learn(name, 0, MANY)
    if released is not None:
        known.rounded(name, released, policy)
