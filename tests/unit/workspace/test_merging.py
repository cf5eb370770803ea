"""Two changes of one record put together: nothing that either wrote is lost, and nothing is decided in secret."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outward.workspace.homes.merging import merge

IDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True)
TEXTS = st.sampled_from(["", "one", "two", "three"])
NEEDS = st.fixed_dictionaries({"title": TEXTS, "about": TEXTS, "importance": TEXTS, "groups": IDS}).map(
    lambda values: {name: value for name, value in values.items() if value}
)


@given(NEEDS, NEEDS)
def test_what_one_alone_has_changed_stands_as_it_is(was: dict[str, Any], now: dict[str, Any]) -> None:
    for merged in (merge("need", was, now, was), merge("need", was, was, now), merge("need", was, now, now)):
        assert merged.values == now
        assert merged.clashes == ()


@given(NEEDS, NEEDS, NEEDS)
def test_nothing_that_either_wrote_is_lost(was: dict[str, Any], theirs: dict[str, Any], yours: dict[str, Any]) -> None:
    merged = merge("need", was, theirs, yours)
    clashing = {clash.field.name: clash for clash in merged.clashes}
    for name in ("title", "about", "importance"):
        before, their, your, found = (one.get(name) for one in (was, theirs, yours, merged.values))
        if name in clashing:
            assert (clashing[name].was, clashing[name].theirs, clashing[name].yours) == (before, their, your)
            assert len({before, their, your}) == 3
        else:
            assert found == (their if your == before else your)
    before_ids, their_ids, your_ids, ids = (set(one.get("groups", [])) for one in (was, theirs, yours, merged.values))
    assert ids >= (their_ids | your_ids) - before_ids
    assert ids & before_ids == before_ids & their_ids & your_ids


@given(NEEDS, NEEDS, NEEDS)
def test_it_is_the_same_from_either_side(was: dict[str, Any], theirs: dict[str, Any], yours: dict[str, Any]) -> None:
    one, other = merge("need", was, theirs, yours), merge("need", was, yours, theirs)
    assert [clash.field for clash in one.clashes] == [clash.field for clash in other.clashes]
    clashing = {clash.field.name for clash in one.clashes}
    for name in {*one.values, *other.values} - clashing - {"groups"}:
        assert one.values.get(name) == other.values.get(name)
    assert set(one.values.get("groups", [])) == set(other.values.get("groups", []))


def test_lines_are_not_put_together_word_by_word() -> None:
    merged = merge("policy", {"options": ["a"]}, {"options": ["a", "b"]}, {"options": ["a", "c"]})
    assert [clash.field.name for clash in merged.clashes] == ["options"]
