from __future__ import annotations

from typing import Any

from tests.unit.disclosure.made_tables import counts, released

from outward.answers import Column, Table


def test_small_rows_are_left_out_without_saying_how_many() -> None:
    one = released(counts([50, 9], small="drop"))
    two = released(counts([50, 9, 3], small="drop"))
    assert one == two
    assert one.values["group"] == ("a",)
    assert one.rows_left_out


def test_small_rows_are_pooled_as_other() -> None:
    table = released(counts([50, 6, 7], small="pool", disjoint=True))
    assert table.values == {"group": ("a", "other"), "cases": (50, 15)}
    assert table.rows_left_out


def test_a_pool_takes_in_the_next_smallest_row_until_it_is_large_enough() -> None:
    table = released(counts([50, 30, 3], small="pool", disjoint=True))
    assert table.values == {"group": ("a", "other"), "cases": (50, 35)}


def test_bases_of_overlapping_rows_do_not_add_up() -> None:
    table = released(counts([50, 30, 6, 7], small="pool", disjoint=False))
    assert table.values["group"] == ("a", "other")


def test_a_table_of_which_nothing_can_be_shown_is_empty() -> None:
    assert len(released(counts([4, 3], small="pool", disjoint=True))) == 0
    assert len(released(counts([4, 3], small="drop"))) == 0


def test_pooling_stays_inside_the_whole_and_keeps_its_denominator() -> None:
    columns = (
        Column("group", "label"),
        Column("ending", "label"),
        Column("cases", "count", "cases"),
        Column("all", "count", "cases", base="everyone"),
        Column("share", "share", of=("cases", "all")),
        Column("median_days", "quantile", sides=("people", "people")),
        Column("people", "base"),
        Column("everyone", "base"),
    )
    sizes = {"North": [60, 6, 7], "South": [40, 20, 30], "Tiny": [3, 1, 1]}
    rows: list[dict[str, Any]] = [
        {
            "group": group,
            "ending": ending,
            "cases": cases,
            "all": sum(sizes[group]),
            "share": 0.5,
            "median_days": 3.0,
            "people": cases,
            "everyone": sum(sizes[group]),
        }
        for group in sizes
        for ending, cases in zip(("done", "refused", "open"), sizes[group], strict=True)
    ]
    table = released(Table.of_rows(columns, rows, base="people", small="pool", partition=("group",)))
    other = next(row for row in table.rows() if row["ending"] == "other")
    assert other == {
        "group": "North",
        "ending": "other",
        "cases": 15,
        "all": 75,
        "share": 0.2,
        "median_days": None,
    }
    assert "Tiny" not in table.values["group"]
    assert len([row for row in table.rows() if row["group"] == "South"]) == 3


def test_rows_sorted_by_an_exact_count_are_sorted_by_the_rounded_one() -> None:
    table = Table.of_rows(
        (Column("group", "label"), Column("cases", "count", "cases")),
        [
            {"group": name, "cases": count}
            for name, count in (("d", 52), ("c", 51), ("b", 49), ("a", 20), ("z", 7), ("y", 3))
        ],
        disjoint=False,
    )
    assert released(table).values["group"] == ("b", "c", "d", "a", "y", "z")


def test_rows_sorted_by_a_hidden_base_do_not_tell_it() -> None:
    rows: list[dict[str, Any]] = [
        {"group": name, "cases": 50, "people": base} for name, base in (("c", 40), ("b", 39), ("a", 38))
    ]
    columns = (Column("group", "label"), Column("cases", "count", "cases"), Column("people", "base"))
    assert released(Table.of_rows(columns, rows, base="people")).values["group"] == ("a", "b", "c")


def test_an_order_that_says_nothing_about_the_figures_stays() -> None:
    table = counts([20, 50, 30])
    assert released(table).values["group"] == ("a", "b", "c")
    days = Table.of_rows(
        (Column("day", "number"), Column("cases", "count", "cases")),
        [{"day": day, "cases": cases} for day, cases in ((0, 52), (30, 51), (100, 49), (365, 5))],
        disjoint=False,
    )
    assert released(days).values["day"] == (0, 30, 100, 365)


def _routes(sizes: dict[str, list[int]]) -> Table:
    """Routes of each group, the most common first; their names stand in another order than their counts."""
    columns = (
        Column("group", "label"),
        Column("route", "label"),
        Column("cases", "count", "cases"),
        Column("all", "count", "cases", base="everyone"),
        Column("people", "base"),
        Column("everyone", "base"),
    )
    rows: list[dict[str, Any]] = [
        {"group": group, "route": f"{'zyxwv'[at]}", "cases": cases, "people": cases}
        | {"all": sum(found), "everyone": sum(found)}
        for group, found in sizes.items()
        for at, cases in enumerate(found)
    ]
    return Table.of_rows(columns, rows, base="people", partition=("group",))


def test_groups_sorted_by_their_size_keep_the_order_of_their_own_rows() -> None:
    table = released(_routes({"North": [100, 40], "South": [60, 20]}))
    assert list(zip(table.values["group"], table.values["cases"], strict=True)) == [
        *(("North", 100), ("North", 40)),
        *(("South", 60), ("South", 20)),
    ]


def test_which_of_two_groups_of_one_rounded_size_is_larger_is_not_told_by_their_order() -> None:
    one = released(_routes({"South": [61, 41], "North": [60, 40]}))
    other = released(_routes({"North": [61, 41], "South": [60, 40]}))
    assert one == other
    assert one.values["group"] == ("North", "North", "South", "South")
    assert one.values["cases"] == (60, 40, 60, 40)
