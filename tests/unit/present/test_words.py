from __future__ import annotations

import pytest

from outward.answers import Basis, Column, Level, Mark, Sentence, Standing, Value
from outward.present.words import (
    NOTHING_TO_SAY,
    basis_words,
    cell,
    date,
    duration,
    number,
    p_value,
    sentence,
    share,
    stamps,
    standing_words,
)

from .made import BY_CHANNEL, COLUMNS_BY_CHANNEL, UNCHECKED, answer, by_channel, simple, table


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.0, "0 days"),
        (20 / 86400, "20 seconds"),
        (0.31 / 86400, "0.3 seconds"),
        (1 / 1440, "1 minute"),
        (48 / 1440, "48 minutes"),
        (59.7 / 1440, "1 hour"),
        (1.5 / 24, "1.5 hours"),
        (23.97 / 24, "1 day"),
        (5.44, "5.4 days"),
        (9.96, "10 days"),
        (364.0, "364 days"),
        (365.25, "1 year"),
        (511.35, "1.4 years"),
        (-3.0, "−3 days"),
    ],
)
def test_a_duration_is_told_in_the_unit_that_fits(days: float, words: str) -> None:
    assert duration(days) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0%"),
        (0.0002, "under 0.1%"),
        (0.054, "5.4%"),
        (0.0996, "10%"),
        (0.58, "58%"),
        (0.994, "99.4%"),
        (0.9996, "over 99.9%"),
        (1.0, "100%"),
        (-0.12, "−12%"),
    ],
)
def test_a_share_never_rounds_to_none_or_all(value: float, words: str) -> None:
    assert share(value) == words


def test_a_date_is_in_words_and_what_is_no_date_is_left() -> None:
    assert [date("2015-07-03"), date("2015-12"), date("2015"), date("week 3")] == [
        "3 July 2015",
        "December 2015",
        "2015",
        "week 3",
    ]


def test_a_p_value_claims_no_more_than_it_can() -> None:
    assert [p_value(0.0), p_value(0.0494), p_value(0.2), p_value(0.999)] == [
        "0.001 or less",
        "0.049",
        "0.20",
        "over 0.99",
    ]


def test_a_number_keeps_about_three_digits() -> None:
    assert [number(3), number(1234567.8), number(-2.5), number(0.05)] == ["3", "1,234,568", "−2.5", "0.05"]


@pytest.mark.parametrize(
    ("column", "value", "mark", "words"),
    [
        (Column("n", "count", "cases"), 1434, None, "1,434"),
        (Column("n", "count", "cases"), None, "c", "[c]"),
        (Column("n", "count", "cases"), None, None, "[x]"),
        (Column("s", "share", "share"), 0.5, "u", "50% [u]"),
        (Column("s", "share", "share"), None, "high", "[high]"),
        (Column("s", "share", "share"), float("nan"), None, "[x]"),
        (Column("d", "quantile", "days"), 5.4, None, "5.4 days"),
        (Column("d", "mean", "customer days"), 5400.2, None, "5,400 customer days"),
        (Column("d", "date"), "2015-07-03", None, "3 July 2015"),
        (Column("g", "label"), None, None, "not recorded"),
        (Column("g", "label"), "▶", None, "▶ Start"),
        (Column("g", "label"), "2015-07-03", None, "2015-07-03"),
        (Column("p", "p_value"), 0.4, None, "0.40"),
        (Column("r", "number"), True, None, "yes"),
    ],
)
def test_a_cell_is_written_by_kind_and_unit(column: Column, value: Value, mark: Mark | None, words: str) -> None:
    assert cell(column, value, mark) == words


def test_the_first_sentence_whose_cells_were_released_is_told() -> None:
    released = by_channel()
    assert sentence(released, released.sentence) == "41% of 110 cases by phone."


def test_a_place_takes_the_first_row_or_the_row_it_names() -> None:
    released = by_channel()
    words = Sentence("{channels.channel}, {channels[1].channel}, {channels[channel=Phone].median_days}")
    assert sentence(released, words) == "Internet, Phone, 5.4 days"


def test_one_case_is_singular() -> None:
    one = answer({"summary": table([Column("cases", "count")], [{"cases": 1}])})
    assert sentence(one, Sentence("{summary.cases|case|cases}")) == "1 case"


def test_an_interval_is_written_like_what_it_bounds() -> None:
    released = by_channel()
    assert sentence(released, Sentence("{channels.share_low} to {channels.share_high}")) == "54% to 62%"


@pytest.mark.parametrize("place", ["channels[channel=Fax].share", "channels[9].share", "channels[2].cases"])
def test_a_row_that_was_not_released_leaves_nothing_to_say(place: str) -> None:
    assert sentence(by_channel(), Sentence(f"{{{place}}}")) == NOTHING_TO_SAY


def test_words_in_braces_inside_a_label_are_not_filled_in() -> None:
    rows = [{**BY_CHANNEL[0], "channel": "{channels.cases}"}]
    released = answer({"channels": table(COLUMNS_BY_CHANNEL, rows)})
    assert sentence(released, Sentence("By {channels.channel}")) == "By {channels.cases}"


def test_standing_is_told_with_its_reasons() -> None:
    standing = Standing(Level.CANNOT_TELL, ("few people stand behind it", "ask 400 more"))
    assert standing_words(standing) == "Cannot tell yet: few people stand behind it; ask 400 more."
    assert standing_words(Standing(Level.FIRM)) == "Firm."


def test_every_basis_has_words_and_made_up_is_loud() -> None:
    assert all(basis_words(basis) for basis in Basis)
    assert basis_words(Basis.MADE_UP).startswith("MADE-UP DATA")


def test_only_recorded_and_checked_answers_go_without_a_stamp() -> None:
    assert stamps(simple()) == ()
    assert stamps(simple(basis=Basis.SIMULATED)) == ("Simulated",)
    assert stamps(simple(basis=Basis.MADE_UP, policy=UNCHECKED)) == ("Made-up data", "Not for release")
