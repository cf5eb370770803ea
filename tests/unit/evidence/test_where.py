"""`Where` has one spelling: what it writes it reads, and what it cannot read it explains."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outward.errors import UsageError
from outward.evidence.where import STEPS, Condition, Where, names_used

LABELS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.sampled_from(
    ['"', '""', "&", "a & b", " a", "a ", "a|b", "f(x)", "from", "to", "passes(A)", "=", '"a"', "a\nb", "14d", ","]
)
DAYS = st.dates().map(lambda day: day.isoformat())
VALUES = st.lists(LABELS, min_size=1, max_size=3, unique=True).map(sorted)

CONDITIONS = st.one_of(
    st.builds(Condition, st.sampled_from(("passes", "never", "starts", "ends")), st.tuples(LABELS)),
    st.builds(Condition, st.sampled_from(("path", "before")), st.tuples(LABELS, LABELS)),
    st.builds(Condition, st.just("within"), st.tuples(LABELS, st.integers(0, 99_999).map(str))),
    st.builds(Condition, st.just("route"), st.lists(LABELS, min_size=1, max_size=4).map(tuple)),
    st.builds(Condition, st.sampled_from(("from", "to")), st.tuples(DAYS)),
    st.builds(lambda name, values: Condition("value", (name, *values)), LABELS, VALUES),
)
WHERES = st.lists(CONDITIONS, max_size=4).map(lambda found: Where(tuple(found)))


@given(WHERES)
def test_it_reads_what_it_writes(where: Where) -> None:
    assert Where.parse(str(where)) == where


@given(WHERES)
def test_it_is_written_in_one_way(where: Where) -> None:
    assert str(Where.parse(str(where))) == str(where)
    assert str(Where(where.conditions[::-1])) == str(where)
    assert where.also(where) == where


@given(WHERES, WHERES)
def test_two_different_filters_are_written_differently(one: Where, other: Where) -> None:
    assert (str(one) == str(other)) == (one == other)


@given(WHERES)
def test_it_is_empty_only_without_conditions(where: Where) -> None:
    assert bool(where) == bool(str(where)) == bool(where.conditions)
    assert len(where.words()) == len(where.conditions)
    assert list(names_used(where)) == [c.parts[0] for c in where.conditions if c.kind == "value"]


@given(st.text(max_size=30) | st.text('abpasseswithin()&>|=," 14d', max_size=30))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    where = Where()
    with contextlib.suppress(UsageError):
        where = Where.parse(text)
    assert Where.parse(str(where)) == where


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area", "cannot be understood"),
        ("a=b=c", "cannot be understood"),
        ("goes(A)", "There is no filter 'goes'"),
        ("pases(A)", "Did you mean 'passes'"),
        ("passes()", "needs 1 parts"),
        ("path(A)", "needs 2 parts"),
        ("path(A > B > C)", "needs 2 parts"),
        ("before(A > )", "needs 2 parts"),
        ("route()", "needs its parts"),
        ("within(A)", "needs 2 parts"),
        ("within(A, soon)", "whole days"),
        ("within(A, 1.5d)", "whole days"),
        ("from=yesterday", "is no day"),
        ("to=2024-02-30", "is no day"),
        ('area="North', "not closed"),
    ],
)
def test_it_refuses(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        Where.parse(text)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (" ends( Paid )&area = South | North ", "area=North|South & ends(Paid)"),
        ("area=North|North", "area=North"),
        ("within(A, 014 days)", "within(A, 14d)"),
        ("within(A,14)", "within(A, 14d)"),
        ('"from"=East', '"from"=East'),
        ("passes(A) & passes(A) &", "passes(A)"),
        ("", ""),
    ],
)
def test_it_reads_small_variations(text: str, spelled: str) -> None:
    assert str(Where.parse(text)) == spelled


def test_it_says_which_filters_look_ahead() -> None:
    ahead = {kind for kind in STEPS if Where((Condition(kind, ("A", "1")),)).looks_ahead}
    assert ahead == set(STEPS) - {"starts"}
    assert not Where.parse("area=North & from=2024-01-01 & to=2024-02-01 & starts(A)").looks_ahead


def test_a_filter_of_very_many_conditions_is_refused() -> None:
    with pytest.raises(UsageError, match="61 conditions; at most 60"):
        Where.parse(" & ".join(f"never(S{n})" for n in range(61)))
