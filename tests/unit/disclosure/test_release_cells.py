from __future__ import annotations

import numpy as np
import pytest
from tests.unit.disclosure.made_tables import NHS, NONE, OUTWARD, counts, one, released

from outward.answers import Column, Table, Value
from outward.wilson import score_limits


def test_it_hides_counts_under_ten_and_rounds_the_rest() -> None:
    table = released(counts([0, 1, 9, 10, 12, 13, 1002]))
    assert table.values["cases"] == (None, None, None, 10, 10, 15, 1000)
    assert table.marks["cases"] == ("c", "c", "c", None, None, None, None)


def test_it_hides_many_cases_of_few_people() -> None:
    assert released(counts([500], people=[9])).values["cases"] == (None,)
    assert released(counts([500], people=[10])).values["cases"] == (500,)


def test_it_hides_a_small_count_in_a_row_with_many_people() -> None:
    assert released(counts([3], people=[100])).marks["cases"] == ("c",)


def test_events_need_a_base_of_people() -> None:
    column = Column("times", "count", "events")
    with pytest.raises(AssertionError, match=r"times .* needs a base"):
        released(Table.of_rows((column,), [{"times": 100}]))
    assert one(column, 100, base=9) == (None, "c")
    assert one(column, 101, base=10) == (100, None)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, 0),
        (1, None),
        (7, None),
        (8, 10),
        (12, 10),
        (13, 15),
        (17, 15),
        (18, 20),
        (22, 20),
        (23, 25),
        (102, 100),
    ],
)
def test_it_follows_the_rule_of_hospital_statistics(exact: int, shown: int | None) -> None:
    assert released(counts([exact]), NHS).values["cases"] == (shown,)


@pytest.mark.parametrize(("people", "shown"), [(1, None), (7, None), (8, 12.3), (9, 12.3)])
def test_hospital_statistics_hide_means_and_medians_of_up_to_seven(people: int, shown: float | None) -> None:
    assert one(Column("mean_days", "mean"), 12.345, base=people, policy=NHS)[0] == shown
    columns = (Column("days", "quantile"), Column("people", "base"))
    table = Table.of_rows(columns, [{"days": 12.345, "people": people}], base="people")
    assert released(table, NHS).values["days"] == (shown,)


def share(part: int, whole: int, by: str = "outward") -> dict[str, tuple[Value, str | None]]:
    columns = (
        Column("part", "count", "cases", base="part_people"),
        Column("whole", "count", "cases"),
        Column("share", "share", of=("part", "whole")),
        Column("low", "low", bounds="share"),
        Column("high", "high", bounds="share"),
        Column("part_people", "base"),
        Column("people", "base"),
    )
    row = {
        "part": part,
        "whole": whole,
        "share": part / max(whole, 1),
        "low": 0.123456789,
        "high": 0.987654321,
    }
    table = Table.of_rows(columns, [{**row, "part_people": part, "people": whole}], base="people")
    shown = released(table, OUTWARD if by == "outward" else NHS)
    return {name: (shown.values[name][0], shown.marks[name][0]) for name in ("share", "low", "high")}


def test_shares_and_their_intervals_come_from_the_rounded_counts() -> None:
    found = share(32, 101)
    assert found["share"] == (0.3, None)
    assert (found["low"][0], found["high"][0]) == pytest.approx(score_limits(0.3, 100), abs=1e-6)
    assert (found["low"][0], found["high"][0]) == pytest.approx((0.21895, 0.39585), abs=1e-5)


def test_an_interval_with_a_design_effect_counts_fewer_cases_and_tells_little_of_it() -> None:
    columns = (
        Column("part", "count", "cases"),
        Column("whole", "count", "cases"),
        Column("share", "share", of=("part", "whole")),
        Column("low", "low", bounds="share", effect="effect"),
        Column("high", "high", bounds="share", effect="effect"),
        Column("effect", "effect"),
        Column("people", "base"),
    )
    row = {"part": 30, "whole": 100, "share": 0.3, "low": 0.0, "high": 1.0, "people": 60}

    def ends(effect: float | None) -> tuple[Value, ...]:
        shown = released(Table.of_rows(columns, [{**row, "effect": effect}], base="people"))
        assert "effect" not in shown.values
        return shown.values["low"][0], shown.values["high"][0]

    assert ends(2.5) == pytest.approx(score_limits(0.3, 40), abs=1e-6)
    assert ends(2.41) == ends(2.5)
    assert ends(1.0) == ends(0.3) == pytest.approx(score_limits(0.3, 100), abs=1e-6)
    assert ends(None) == (None, None)
    assert ends(float("inf")) == (None, None)


def test_shares_are_hidden_with_either_count_and_masked_at_their_ends() -> None:
    assert share(9, 100) == dict.fromkeys(("share", "low", "high"), (None, "c"))
    assert share(99, 101) == dict.fromkeys(("share", "low", "high"), (None, "high"))
    assert share(0, 100, "nhs")["share"] == (0.0, None)
    assert share(100, 100, "nhs")["share"] == (1.0, None)
    assert share(5, 100, "nhs")["share"] == (None, "c")


def estimate(value: float, at_risk: int, whole: int = 102) -> list[tuple[Value, str | None]]:
    columns = (
        Column("open", "estimate", of=("", "cases"), base="at_risk"),
        Column("low", "low", bounds="open", base="at_risk"),
        Column("high", "high", bounds="open", base="at_risk"),
        Column("cases", "count", "cases"),
        Column("at_risk", "base"),
    )
    row: dict[str, Value] = {"open": value, "low": value - 0.11, "high": value + 0.11, "cases": whole}
    table = released(Table.of_rows(columns, [{**row, "at_risk": at_risk}]))
    return [(table.values[name][0], table.marks[name][0]) for name in ("open", "low", "high")]


def test_estimates_stand_on_a_grid_of_five_people_and_their_intervals_widen_to_it() -> None:
    assert estimate(0.523, 40) == [(0.5, None), (0.4, None), (0.65, None)]


def test_estimates_are_hidden_where_too_few_are_at_risk_and_masked_at_their_ends() -> None:
    assert estimate(0.523, 9) == [(None, "c")] * 3
    assert estimate(0.99, 40) == [(None, "high")] * 3
    assert estimate(0.01, 40) == [(None, "low")] * 3
    assert estimate(0.5, 5, whole=5) == [(None, "c")] * 3


def quantile(below: int, above: int, low_below: int = 50) -> list[tuple[Value, str | None]]:
    columns = (
        Column("days", "quantile", sides=("below", "above")),
        Column("low", "low", bounds="days", sides=("low_below", "above")),
        *(Column(name, "base") for name in ("below", "above", "low_below", "people")),
    )
    row = {
        "days": 123.456,
        "low": 98.76,
        "below": below,
        "above": above,
        "low_below": low_below,
        "people": 120,
    }
    table = released(Table.of_rows(columns, [row], base="people"))
    return [(table.values[name][0], table.marks[name][0]) for name in ("days", "low")]


def test_quantiles_need_the_threshold_on_each_side() -> None:
    assert quantile(10, 10)[0] == (123.0, None)
    assert quantile(9, 60)[0] == (None, "c")
    assert quantile(60, 9)[0] == (None, "c")


def test_ends_of_a_quantiles_interval_need_the_threshold_on_each_side_too() -> None:
    assert quantile(60, 60) == [(123.0, None), (98.7, None)]
    assert quantile(60, 60, low_below=9) == [(123.0, None), (None, "c")]


def test_a_quantile_that_does_not_say_its_sides_is_hidden() -> None:
    assert one(Column("days", "quantile"), 10.0, base=500) == (None, "c")


def test_means_have_three_figures_and_p_values_two_but_never_nought() -> None:
    assert one(Column("mean_days", "mean"), 1234.567, base=10) == (1230.0, None)
    assert one(Column("mean_days", "mean"), 1234.567, base=9) == (None, "c")
    assert one(Column("p_value", "p_value"), 0.012345, base=10) == (0.012, None)
    assert one(Column("p_value", "p_value"), 1e-9, base=10) == (0.001, None)
    assert one(Column("p_value", "p_value"), 0.5, base=9) == (None, "c")


def test_ends_around_a_mean_and_a_count_round_outward() -> None:
    columns = (
        Column("mean", "mean"),
        Column("mean_low", "low", bounds="mean"),
        Column("cases", "count", "cases"),
        Column("cases_high", "high", bounds="cases"),
        Column("people", "base"),
    )
    row = {"mean": 12.3456, "mean_low": 11.199, "cases": 101, "cases_high": 121, "people": 50}
    table = released(Table.of_rows(columns, [row], base="people"))
    assert (table.values["mean_low"][0], table.values["cases_high"][0]) == (11.1, 125)


def test_words_days_and_levels_stay_but_go_with_a_base_of_their_own() -> None:
    assert one(Column("month", "date"), "2024-05-01", base=3) == ("2024-05-01", None)
    assert one(Column("most_common", "label", base="people"), "Phone", base=3) == (None, "c")
    assert one(Column("level", "number"), 0.123456789012345, base=30) == (0.123, None)


def test_cells_are_plain_python_values() -> None:
    columns = (Column("cases", "count", "cases"), Column("day", "date"), Column("mean", "mean", base="cases"))
    row = {"cases": np.int64(50), "day": np.datetime64("2024-05-01").item(), "mean": np.float64("nan")}
    table = released(Table.of_rows(columns, [row]))  # type: ignore[list-item]
    assert [table.values[name][0] for name in ("cases", "day", "mean")] == [50, "2024-05-01", None]
    assert type(table.values["cases"][0]) is int
    assert table.marks["mean"] == ("x",)


def test_bases_never_leave_not_even_by_name() -> None:
    table = released(counts([50], people=[40]))
    assert [column.name for column in table.columns] == ["group", "cases"]
    assert "people" not in table.values
    assert all(column.base == "" and column.sides is None for column in table.columns)


def test_a_further_part_is_hidden_where_the_whole_would_give_one_away() -> None:
    """98 - 42 - 47: the third part would be exactly nine."""
    table = released(counts([42, 47, 9], disjoint=True))
    assert table.values["cases"] == (None, 45, None)
    assert released(counts([41, 44, 3], disjoint=True)).values["cases"] == (40, 45, None)


def test_parts_beside_one_another_are_guarded_as_parts_below_one_another_are() -> None:
    columns = [Column(name, "count", "cases") for name in ("cases", "done", "refused", "open")]
    rows = [
        {"cases": 98, "done": 42, "refused": 47, "open": 9},
        {"cases": 300, "done": 100, "refused": 100, "open": 100},
    ]
    table = released(Table.of_rows(columns, rows, disjoint=False))
    assert (table.values["done"][0], table.values["open"][0]) == (None, None)
    assert table.values["cases"] == (100, 300)


def test_policy_none_changes_no_value() -> None:
    table = released(counts([3, 0, 12], people=[3, 0, 12]), NONE)
    assert table.values == {"group": ("a", "b", "c"), "cases": (3, 0, 12)}
    assert not table.rows_left_out
