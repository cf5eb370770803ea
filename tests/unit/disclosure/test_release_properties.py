from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.disclosure.made_tables import NHS, NONE, OUTWARD, answer

from outward.answers import PLACE, Column, Sentence, Table
from outward.disclosure.release import release, release_table
from outward.disclosure.released import Policy

COLUMNS = (
    Column("group", "label"),
    Column("cases", "count", "cases"),
    Column("times", "count", "events"),
    Column("ended", "count", "cases", base="ended_people"),
    Column("share", "share", of=("ended", "cases")),
    Column("share_low", "low", bounds="share"),
    Column("share_high", "high", bounds="share"),
    Column("open", "estimate", of=("", "cases"), base="at_risk"),
    Column("open_low", "low", bounds="open", base="at_risk"),
    Column("median_days", "quantile", sides=("below", "above")),
    Column("mean_days", "mean"),
    Column("p", "p_value"),
    *(Column(name, "base") for name in ("people", "ended_people", "at_risk", "below", "above")),
)
BEHIND: dict[str, tuple[str, ...]] = {
    "cases": ("people",),
    "times": ("people",),
    "ended": ("people", "ended_people"),
    "share": ("people", "ended_people"),
    "share_low": ("people", "ended_people"),
    "share_high": ("people", "ended_people"),
    "open": ("people", "at_risk"),
    "open_low": ("people", "at_risk"),
    "median_days": ("people", "below", "above"),
    "mean_days": ("people",),
    "p": ("people",),
}
"""The bases that every figure of the table stands on."""


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        people = draw(st.integers(0, 40))
        ended, at_risk, below = (draw(st.integers(0, people)) for _ in range(3))
        share = draw(st.floats(0, 1))
        cases = people + (draw(st.integers(0, 30)) if people else 0)
        made.append(
            {
                "group": f"group {number}",
                "cases": cases,
                "times": cases + (draw(st.integers(0, 400)) if people else 0),
                "ended": ended,
                "share": ended / max(1, cases),
                "share_low": share,
                "share_high": share,
                "open": share,
                "open_low": share / 2,
                "median_days": draw(DAYS),
                "mean_days": draw(DAYS),
                "p": share,
                "people": people,
                "ended_people": ended,
                "at_risk": at_risk,
                "below": below,
                "above": people - below,
            }
        )
    return made


def table(made: list[dict[str, Any]], small: str, disjoint: bool = True) -> Table:
    return Table.of_rows(COLUMNS, made, base="people", small=small, disjoint=disjoint)


DAYS = st.just(0.0) | st.floats(1e-6, 1e4)  # from a tenth of a second
SMALL = st.sampled_from(["mark", "drop", "pool"])


@settings(deadline=None)
@given(made=rows(), small=SMALL, disjoint=st.booleans(), policy=st.sampled_from([OUTWARD, NHS]))
def test_no_figure_stands_on_fewer_people_than_the_threshold(
    made: list[dict[str, Any]], small: str, disjoint: bool, policy: Policy
) -> None:
    exact = {row["group"]: row for row in made}
    for row in release_table(table(made, small, disjoint), policy).rows():
        if row["group"] == "other":
            assert sum(one["people"] for one in made) >= policy.threshold
            continue
        for name, bases in BEHIND.items():
            people = min(
                exact[str(row["group"])][base]
                for base in bases
                if policy.sides_needed or base not in ("below", "above")
            )
            nought = policy.zeros_shown and people == 0
            assert row[name] is None or people >= policy.threshold or nought


@settings(deadline=None)
@given(made=rows(), small=SMALL)
def test_every_missing_figure_has_its_mark_and_no_other(made: list[dict[str, Any]], small: str) -> None:
    found = release_table(table(made, small), OUTWARD)
    for name, cells in found.values.items():
        assert [mark is None for mark in found.marks[name]] == [cell is not None for cell in cells]
        assert all(cell is None or type(cell) in (str, int, float) for cell in cells)


@settings(deadline=None)
@given(made=rows(), small=SMALL)
def test_counts_are_multiples_of_five_and_figures_have_few_digits(made: list[dict[str, Any]], small: str) -> None:
    for row in release_table(table(made, small), OUTWARD).rows():
        for name in ("cases", "times", "ended"):
            cell = row[name]
            assert cell is None or (isinstance(cell, int) and cell % 5 == 0 and cell >= 10)
        for name in BEHIND:
            cell = row[name]
            assert cell is None or len(f"{float(cell):.12g}".lstrip("0.").replace(".", "")) <= 8


@settings(deadline=None)
@given(made=rows(), small=SMALL, policy=st.sampled_from([OUTWARD, NHS, NONE]))
def test_asking_again_tells_nothing_new(made: list[dict[str, Any]], small: str, policy: Policy) -> None:
    asked = answer({"table": table(made, small)})
    assert release(asked, policy) == release(asked, policy)


@settings(deadline=None)
@given(made=rows())
def test_releasing_released_counts_changes_nothing(made: list[dict[str, Any]]) -> None:
    columns = (Column("group", "label"), Column("cases", "count", "cases"))
    once = release_table(table(made, "drop"), OUTWARD)
    again = Table.of_rows(columns, [{"group": row["group"], "cases": row["cases"]} for row in once.rows()])
    assert release_table(again, OUTWARD).values["cases"] == once.values["cases"]


@settings(deadline=None)
@given(made=rows(), small=SMALL)
def test_policy_none_keeps_every_value(made: list[dict[str, Any]], small: str) -> None:
    asked = table(made, small)
    found = release_table(asked, NONE)
    assert found.values == {name: asked.values[name] for name in found.values}
    assert set(asked.values) - set(found.values) == {"people", "ended_people", "at_risk", "below", "above"}


@settings(deadline=None)
@given(made=rows(), small=SMALL)
def test_no_place_in_a_sentence_names_a_row_left_out(made: list[dict[str, Any]], small: str) -> None:
    sentence = Sentence(*(f"{{table[group={row['group']}].cases}} here." for row in made), "Nothing.")
    found = release(answer({"table": table(made, small)}, sentence=sentence), OUTWARD)
    for words in found.sentence.templates:
        for place in PLACE.finditer(words):
            assert place["row"].removeprefix("group=") in found.tables["table"].values["group"]
