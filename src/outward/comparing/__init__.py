"""Two sides beside each other: what every question about journeys says of both, what differs, and how surely.

Every figure is a released one, or the difference of two released ones; a comparison only sets them
beside each other. The tests are those of the answers, or made from the likely ranges of their figures, corrected
over everything that was compared. U3.8, where groups differ, is not asked: it tests again what the other questions
test, and would count the same comparisons twice.
"""

from __future__ import annotations

from pathlib import Path

from outward.catalogue import Progress, Silent
from outward.comparing.comparison import Comparison, Put, Rules
from outward.comparing.one_body import two_groups
from outward.comparing.two_bodies import two_bodies
from outward.evidence.sides import Sides
from outward.evidence.store import LaidLog, resolve
from outward.evidence.where import Where
from outward.sources import workspace_refused

__all__ = ["Comparison", "Put", "compare"]


def compare(
    source: str | Path | LaidLog,
    first: str | Where = "",
    second: str | Where = "",
    *,
    other: str | Path | LaidLog | None = None,
    where: str | Where = "",
    policy: str = "outward",
    reason: str = "",
    guarded: bool = False,
    progress: Progress | None = None,
) -> Comparison:
    """Return two sides beside each other, by every question about journeys.

    Args:
        source: a file, or the id of a data set on this machine.
        first: filter of the first side; of two data sets '' means all of the first.
        second: filter of the second; '' for everyone else, or for all of the other data set.
        other: a data set of another body, which is then the second side.
        where: which cases at all.
        policy: rules for small numbers; 'none' needs a `reason`.
        reason: why unchecked figures are needed.
        guarded: whether to refuse what would, with what was shown before, tell of a few people.
        progress: told how far the work has come; may stop it.

    Raises:
        UsageError: the sides are the same, or too few customers stand on one of them.
        ReleaseRefused: guarded, and the comparison would tell of a few people.
        BadInput: the file cannot be used.
        Cancelled: a person stopped the work.

    Method: of one data set, tests as each answer makes them; of two, tests from the likely ranges. Corrected by
    Holm's method over all of them together; differences of released figures with intervals by square-and-add.
    Source: Holm (1979); Zou and Donner (2008); Altman and Bland (2011).
    Assumes, of two data sets, that no customer is in both; else the intervals are rather too wide.
    """
    watched = progress or Silent()
    for one in (source, other):
        if one:
            workspace_refused(one)
    log, rules = resolve(source, None, watched), Rules(policy, reason, guarded)
    sides, meant = Sides(_parsed(first), _parsed(second)), _parsed(where)
    if other is None:
        return two_groups(log, sides, meant, rules, watched)
    return two_bodies((log, resolve(other, None, watched)), sides, meant, rules, watched)


def _parsed(where: str | Where) -> Where:
    return where if isinstance(where, Where) else Where.parse(where)
