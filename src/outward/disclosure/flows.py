"""Paths between steps: leaving out small ones, and what would give them away.

A path that is left out is not safe for that alone: what comes into a step goes out of it, so the
figures of the step and of its other paths bound what is missing. Rounding leaves room: a path that
is shown as 995 may stand for 993 to 997, one that is hidden for none. Cases that took the hidden path
s -> b, and as many that took another path u -> v, may just as well have changed places - u -> b and
s -> v - and every step keeps exactly its figures. So a hidden path cannot be proven to exist where the
paths that it could change places with have that much room below them. Where they have not, a linear
programme (`exposure`) finds how closely the path can be worked out, and the smallest neighbouring path
is left out too, until it cannot. See `docs/decisions/0002-what-release-protects-against.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outward.answers import Column, Table
from outward.disclosure.ordering import END, START
from outward.disclosure.parts import bounds, wholes
from outward.disclosure.people import behind, behind_rows, small
from outward.disclosure.pooling import at_rows
from outward.disclosure.released import Policy
from outward.disclosure.rounding import nearest

Pair = tuple[str, str]

PROGRAMMES_AT_MOST = 40


@dataclass(frozen=True)
class Path:
    """One path: how often it was taken, by how many cases, and whether too few people took it."""

    pair: Pair
    times: int
    cases: int
    few: bool


@dataclass(frozen=True)
class Leeway:
    """How far the paths of one whole may differ from the truth, for all that is shown of them.

    Attributes:
        below: paths, with how many fewer times each may have been taken: a hidden one not at all.
        above: how many more times each existing path may have been taken, shown or hidden.
        unseen: how many times a path that nobody took may have been taken.
    """

    below: Sequence[tuple[int, Pair]]
    above: Mapping[Pair, int]
    unseen: int

    def more(self, pair: Pair) -> int:
        """Return how many more times this path may have been taken."""
        return 0 if pair == (START, END) else self.above.get(pair, self.unseen)


def without_small_paths(table: Table, policy: Policy) -> Table:
    """Return the table of paths without those that too few people took, nor those that give them away."""
    people = behind_rows(table)
    if table.flow is None or people is None:
        return table
    paths = _paths(table, people, policy)
    keep: list[int] = []
    for whole in wholes(table):
        shown = {row for row in whole if not paths[row].few}
        keep += sorted(_safe(paths, whole, shown, policy) if policy.guarded else shown)
    return at_rows(table, keep)


def _paths(table: Table, people: Sequence[float], policy: Policy) -> list[Path]:
    sources, targets = (table.values[name] for name in table.flow or ())
    counts = [column for column in table.columns if column.kind == "count"]
    assert counts, "a table of paths needs a count"
    times = behind(table, _of_unit(counts, "events").name)
    cases = behind(table, _of_unit(counts, "cases").name)
    return [
        Path(
            (str(sources[row]), str(targets[row])),
            int(times[row]),
            int(cases[row]),
            small(people[row], policy),
        )
        for row in range(len(table))
    ]


def _of_unit(counts: list[Column], unit: str) -> Column:
    return next((column for column in counts if column.unit == unit), counts[0])


def _safe(paths: list[Path], whole: list[int], shown: set[int], policy: Policy) -> set[int]:
    """Return the shown paths of one whole, less those that would give a hidden one away."""
    everything = [paths[row] for row in whole]
    left = leeway([paths[row] for row in sorted(shown)], everything, policy)
    exposed = [path for path in everything if path.few and not could_be_fewer(path, left, policy)]
    for place, path in enumerate(sorted(exposed, key=lambda one: (-one.times, one.pair))):
        # Past so many the programme would take minutes: the path counts as given away.
        while place >= PROGRAMMES_AT_MOST or _worked_out(
            path, everything, [paths[row] for row in sorted(shown)], policy
        ):
            near = [row for row in shown if _touch(paths[row].pair, path.pair)]
            if not near:
                break
            shown.remove(min(near, key=lambda row: (nearest(paths[row].times, policy.rounding), paths[row].pair)))
    return shown


def _touch(one: Pair, other: Pair) -> bool:
    return one[0] == other[0] or one[1] == other[1]


def _worked_out(path: Path, everything: list[Path], shown: list[Path], policy: Policy) -> bool:
    from outward.disclosure.exposure import worked_out

    return worked_out(path, everything, shown, policy)


def leeway(shown: Sequence[Path], everything: Sequence[Path], policy: Policy) -> Leeway:
    """Return how far the paths may differ from the truth, when these of them are shown rounded."""
    most_hidden = policy.threshold - 1
    above = {path.pair: max(0, most_hidden - path.cases) for path in everything}
    below = [(path.times, path.pair) for path in everything if path.few]
    for path in shown:
        times = bounds(nearest(path.times, policy.rounding), policy)
        cases = bounds(nearest(path.cases, policy.rounding), policy)
        above[path.pair] = min(times[1] - path.times, cases[1] - path.cases)
        fewer = min(path.times - times[0], path.cases - cases[0] + path.times - path.cases)
        below.append((fewer, path.pair))
    return Leeway(sorted((one for one in below if one[0] > 0), reverse=True), above, most_hidden)


def could_be_fewer(path: Path, left: Leeway, policy: Policy) -> bool:
    """Return whether all that took a hidden path could have changed places with some on other paths.

    Of a path that few people took often, it is enough if so many can as people could have taken it.
    """
    source, target = path.pair
    needed = min(path.times, policy.threshold - 1)
    more: dict[Pair, int] = {}
    for fewer, (other_source, other_target) in left.below:
        if other_source == source or other_target == target:
            continue
        into, out = (source, other_target), (other_source, target)
        for pair in (into, out):
            if pair not in more:
                more[pair] = left.more(pair)
        changed = min(fewer, needed, more[into], more[out])
        needed -= changed
        more[into] -= changed
        more[out] -= changed
        if needed <= 0:
            return True
    return False
