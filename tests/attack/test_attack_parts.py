"""Totals less parts: groups, endings, and groups split by ending, all adding up to one whole."""

from __future__ import annotations

import pytest

from outward.disclosure.policies import policy
from outward.disclosure.release import release
from tests.attack.attacker import Knowledge, of_parts, proven_small
from tests.attack.made_answers import Case, grouped_cases, whole_answer

OUTWARD = policy()
ENDINGS = ("done", "refused", "withdrawn", "open")


def count(cases: list[Case], name: object) -> int:
    """The exact count that an unknown of the attacker stands for."""
    assert isinstance(name, tuple)
    kind, value = name
    if kind in ("group", "ending"):
        return sum(getattr(case, kind) == value for case in cases)
    return sum((case.group, case.ending) == (kind, value) for case in cases)


def hidden(known: Knowledge, cases: list[Case]) -> list[object]:
    names = [name for name in known.limits if name != "all"]
    return [name for name in names if 0 < count(cases, name) < OUTWARD.threshold]


@pytest.mark.parametrize("seed", range(40))
def test_no_small_part_can_be_proven_even_by_who_knows_which_parts_are_small(seed: int) -> None:
    cases = grouped_cases(seed)
    known = of_parts(dict(release(whole_answer(cases), OUTWARD).tables), OUTWARD)
    for name in list(known.limits):
        if name != "all":
            few = count(cases, name) < OUTWARD.threshold
            known.learn(name, *((0, OUTWARD.threshold - 1) if few else (OUTWARD.threshold, 100_000)))
    for name in hidden(known, cases):
        assert not proven_small(known.interval({name: 1.0}), OUTWARD, width=3)


def test_hardly_a_part_is_hidden_beyond_the_threshold() -> None:
    enough = shown = 0
    for seed in range(40):
        cases = grouped_cases(seed)
        for row in release(whole_answer(cases), OUTWARD).tables["split"].rows():
            for ending in ENDINGS:
                enough += count(cases, (row["group"], ending)) >= OUTWARD.threshold
                shown += row[ending] is not None
    assert enough > 100
    assert shown >= 0.98 * enough


def test_every_whole_and_part_of_up_to_three_parts_leaves_four_values_for_the_hidden_one() -> None:
    """All sizes of one small part and two others: what the reader of one table can work out."""
    from outward.disclosure.parts import Parts, given_away
    from outward.disclosure.rounding import nearest

    seen = 0
    for small in range(1, 10):
        for one in range(10, 35):
            for other in range(one, 35):
                whole = nearest(small + one + other, 5)
                parts = [nearest(one, 5), nearest(other, 5)]
                options = {
                    hidden
                    for hidden in range(1, 10)
                    for first in range(max(10, parts[0] - 2), parts[0] + 3)
                    for second in range(max(10, parts[1] - 2), parts[1] + 3)
                    if nearest(hidden + first + second, 5) == whole
                }
                away = given_away(parts, whole, Parts(1, 0, 1, True), OUTWARD)
                assert small in options
                assert away == (len(options) < 4)
                seen += away
    assert seen > 0
