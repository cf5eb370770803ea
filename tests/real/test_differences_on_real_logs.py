"""Channels, differences and changes on real logs, against what is published of them or known of how they were made."""

from __future__ import annotations

import pytest

from outward.answers import Value
from outward.disclosure.released import ReleasedAnswer

from .conftest import Ask
from .test_answers_on_real_logs import FINES, RECEIPT, rows

pytestmark = pytest.mark.real


def largest(answer: ReleasedAnswer) -> dict[str, Value]:
    """Return the largest difference in shares."""
    return next(answer.tables["shares"].rows())


@pytest.mark.parametrize("log", ["hospital", "lending"])
def test_where_a_group_was_made_to_be_treated_otherwise_it_stands_first(ask_real: Ask, log: str) -> None:
    answer = ask_real("U3.8", f"fairness_logs_synthetic/{log}_log_high.xes.gz")
    first = largest(answer)
    assert str(first["group"]).endswith("protected: true")
    assert first["stands_out"] == "yes"
    assert (
        first["what"]
        == {
            "hospital": "Comes to 'Expert Examination'",
            "lending": "Comes to 'Submit File to Underwriter'",
        }[log]
    )


def test_fines_for_lorries_and_motorcycles_are_collected_more_often(ask_real: Ask) -> None:
    answer = ask_real("U3.8", FINES, by="vehicleClass", within_days=1_800)
    found = {row["group"]: row for row in rows(answer, "shares", what="Comes to 'Send for Credit Collection'")}
    # Published of all cases, A .3895, C .5187, M .4975; here of those followed for five years.
    for group, published in (("C", 0.5187), ("M", 0.4975)):
        assert found[group]["stands_out"] == "yes"
        assert found[group]["difference"] == pytest.approx(published - 0.3895, abs=0.05)


def test_the_receipt_log_begins_in_its_published_channels(ask_real: Ask) -> None:
    begun = {row["channel"]: row["cases"] for row in rows(ask_real("U3.7", RECEIPT[0]), "channels")}
    assert begun == {"Internet": 1_250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1}


def test_the_travel_log_changes_when_the_pilot_ended(ask_real: Ask) -> None:
    """Two departments took part in 2017, the whole university from January 2018."""
    answer = ask_real("U3.9", "bpic2020_travel_expenses/BPI_2020_DomesticDeclarations.xes.gz")
    first = rows(answer, "changes_cases")[0]
    assert "2018-01-01" <= first["earliest"] <= first["week"] <= "2018-01-14" <= first["latest"] <= "2018-01-31"
    assert first["after"] > 3 * first["before"]
