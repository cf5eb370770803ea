"""Answers on real logs against their published figures (each file's README names the sources)."""

from __future__ import annotations

from typing import Any

import pytest

from outward.disclosure.released import ReleasedAnswer
from outward.evidence.tables import Settings

from .conftest import Ask

pytestmark = pytest.mark.real

RECEIPT = ["wabo_receipt/receipt.csv", "wabo_receipt/receipt.xes.gz"]
FINES = "road_traffic_fines_full/Road_Traffic_Fine_Management_Process.xes.gz"
LOANS = "bpic2012_loans/bpic2012.xes.gz"
TRAVEL = {
    "DomesticDeclarations": (10_500, 56_437, 17, 99),
    "InternationalDeclarations": (6_449, 72_151, 34, 753),
    "PermitLog": (7_065, 86_581, 51, 1_478),
    "PrepaidTravelCost": (2_099, 18_246, 29, 202),
    "RequestForPayment": (6_886, 36_796, 19, 89),
}


def rows(answer: ReleasedAnswer, table: str, **chosen: object) -> list[dict[str, Any]]:
    found = [dict(row) for row in answer.tables[table].rows()]
    return [row for row in found if all(row[name] == value for name, value in chosen.items())]


def counts(answer: ReleasedAnswer) -> tuple[int, int, int, int]:
    (row,) = rows(answer, "counts")
    return row["cases"], row["events"], row["activities"], row["variants"]


@pytest.mark.parametrize("file", RECEIPT)
def test_the_receipt_log_has_its_published_size(ask_real: Ask, file: str) -> None:
    assert counts(ask_real("E1.1", file)) == (1_434, 8_577, 27, 116)


@pytest.mark.parametrize("file", RECEIPT)
def test_the_receipt_log_has_its_published_paths(ask_real: Ask, file: str) -> None:
    found = rows(ask_real("U3.1", file), "paths")
    between = [row for row in found if row["from_step"] != "▶" and row["to_step"] != "■"]
    ends = sorted((row["cases"] for row in found if row["to_step"] == "■"), reverse=True)
    assert (len(between), sum(row["times"] for row in between)) == (99, 7_143)
    assert ends[:6] == [828, 400, 116, 39, 16, 15]
    assert [row["cases"] for row in found if row["from_step"] == "▶"] == [1_434]


@pytest.mark.parametrize("file", RECEIPT)
def test_the_receipt_log_has_its_published_routes(ask_real: Ask, file: str) -> None:
    found = rows(ask_real("U3.2", file), "routes")
    assert [row["cases"] for row in found[:3]] == [713, 123, 116]
    assert sum(row["cases"] for row in found) == 1_434


@pytest.mark.parametrize("file", RECEIPT)
def test_the_receipt_log_has_its_published_rework_and_spans(ask_real: Ask, file: str) -> None:
    (again,) = rows(ask_real("U3.5", file), "summary")
    (span,) = rows(ask_real("U3.3", file), "spans")
    assert (again["cases"], again["extra_events"]) == (91, 245)
    assert span["mean_days"] == pytest.approx(5.4081, abs=5e-5)
    assert span["median_days"] == pytest.approx(0.0332, abs=5e-5)


def test_the_receipt_log_has_its_published_spans_by_channel(ask_real: Ask) -> None:
    answer = ask_real("U3.3", RECEIPT[0], by="channel")
    found = {row["group"]: row for row in rows(answer, "spans")}
    published = {"Internet": (1_250, 5.19, 0.022), "Desk": (109, 5.88, 0.78), "Post": (53, 7.53, 4.06)}
    for channel, (cases, mean, median) in published.items():
        assert found[channel]["cases"] == cases
        assert found[channel]["mean_days"] == pytest.approx(mean, abs=0.006)
        assert found[channel]["median_days"] == pytest.approx(median, abs=0.006)


def test_road_fines_have_their_published_size_and_steps(ask_real: Ask) -> None:
    settings = Settings(time_zone="Europe/Rome", confirmed=("time_zone",))
    answer = ask_real("E1.1", FINES, settings=settings)
    (row,) = rows(answer, "counts")
    assert counts(answer) == (150_370, 561_470, 11, 231)
    assert (row["first"], row["last"]) == ("2000-01-01", "2013-06-18")
    steps = {row["step"]: row["times"] for row in rows(ask_real("U3.1", FINES), "steps")}
    assert steps["Send Fine"] == 103_987
    assert steps["Payment"] == 77_601
    assert steps["Send for Credit Collection"] == 59_013
    assert steps["Appeal to Judge"] == 555


def test_road_fines_have_their_published_routes(ask_real: Ask) -> None:
    found = rows(ask_real("U3.2", FINES), "routes")
    assert [row["cases"] for row in found[:4]] == [56_482, 46_371, 20_385, 9_520]
    assert found[1]["route"] == "Create Fine > Payment"


def test_road_fines_have_their_published_findings(ask_real: Ask) -> None:
    paths = {(row["from_step"], row["to_step"]): row for row in rows(ask_real("U3.1", FINES), "paths")}
    assert paths["Payment", "Add penalty"]["cases"] == 3_902
    collected = ask_real("U3.1", FINES, where="passes(Send for Credit Collection)", by="vehicleClass")
    reached = {row["group"]: row["group_cases"] for row in rows(collected, "steps", step="Create Fine")}
    whole = ask_real("U3.1", FINES, by="vehicleClass")
    everyone = {row["group"]: row["group_cases"] for row in rows(whole, "steps", step="Create Fine")}
    assert everyone == {"A": 146_712, "C": 2_456, "M": 1_198, "R": 4}
    shares = {group: round(reached[group] / everyone[group], 4) for group in "ACM"}
    assert shares == {"A": 0.3895, "C": 0.5187, "M": 0.4975}


@pytest.mark.parametrize("log", sorted(TRAVEL))
def test_the_travel_logs_have_their_published_size(ask_real: Ask, log: str) -> None:
    answer = ask_real("E1.1", f"bpic2020_travel_expenses/BPI_2020_{log}.xes.gz")
    assert counts(answer) == TRAVEL[log]


def test_the_loan_log_tells_work_from_waiting(ask_real: Ask) -> None:
    assert counts(ask_real("E1.1", LOANS))[:2] == (13_087, 164_506)
    answer = ask_real("U3.4", LOANS)
    work = {row["step"]: row for row in rows(answer, "work")}
    assert sum(row["times"] for row in work.values()) == 71_376 - 3
    calls = work["W_Completeren aanvraag"]
    assert 0 < calls["service_median_days"] < calls["service_mean_days"] < 1
    assert "Waiting ends when work on the next step begins." in [c.templates[0] for c in answer.caveats]


def test_the_complaints_are_read_with_semicolons_and_latin_letters(ask_real: Ask) -> None:
    answer = ask_real("E1.1", "bpic2016_uwv/BPI2016_Complaints.csv")
    (row,) = rows(answer, "counts")
    assert (row["rows"], row["cases"], row["customers"]) == (289, 256, 226)
    assert not rows(answer, "aside")


def test_wide_extracts_become_events_and_sentinel_dates_are_set_aside(ask_real: Ask) -> None:
    answer = ask_real("E1.1", "city_311/311_data237.csv")
    (row,) = rows(answer, "counts")
    assert row["cases"] == 5_895
    assert sum(one["rows"] for one in rows(answer, "aside")) > 0
    closed = {row["step"]: row["cases"] for row in rows(ask_real("U3.1", "city_311/311_data237.csv"), "steps")}
    assert closed["Closed"] == pytest.approx(0.42 * 5_895, rel=0.02)


def test_the_311_sample_closes_in_its_published_time(ask_real: Ask) -> None:
    found = rows(ask_real("U3.1", "city_311/nyc_311_sample_medhavipande18.csv"), "paths")
    closing = next(row for row in found if row["from_step"] != "▶" and row["to_step"] != "■")
    assert closing["cases"] == 19_875
    assert closing["median_days"] * 24 == pytest.approx(2.77, abs=0.005)


@pytest.mark.parametrize("question", ["E1.1", "U3.1", "U3.2", "U3.3", "U3.4", "U3.5", "U3.6"])
@pytest.mark.parametrize("by", ["", "channel"])
def test_nothing_about_fewer_than_ten_people_leaves_by_default(ask_real: Ask, question: str, by: str) -> None:
    released = ask_real(question, RECEIPT[0], policy="outward", reason="", by=by)
    for name, table in released.tables.items():
        for column in table.columns:
            if column.kind == "count":
                shown: list[Any] = [value for value in table.values[column.name] if value is not None]
                assert all(value >= 10 and value % 5 == 0 for value in shown), (name, column.name)
            if column.kind in ("share", "estimate"):
                shown = [value for value in table.values[column.name] if value is not None]
                assert all(0 < value < 1 for value in shown), (name, column.name)


def test_no_path_of_fewer_than_ten_cases_leaves_by_default(ask_real: Ask) -> None:
    exact = rows(ask_real("U3.1", RECEIPT[0]), "paths")
    rare = {(row["from_step"], row["to_step"]) for row in exact if row["cases"] < 10}
    shown = rows(ask_real("U3.1", RECEIPT[0], policy="outward", reason=""), "paths")
    assert rare
    assert shown
    assert not rare & {(row["from_step"], row["to_step"]) for row in shown}
