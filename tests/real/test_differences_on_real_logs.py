"""Channels, differences and changes on real logs, against what is published of them or known of how they were made."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from outward.answers import Value
from outward.disclosure.released import ReleasedAnswer

from .conftest import Ask
from .test_answers_on_real_logs import FINES, LOANS, RECEIPT, rows

pytestmark = pytest.mark.real
Loans = list[tuple[datetime, dict[str, datetime]]]


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


@pytest.fixture(scope="module")
def loans(real_data: Callable[[str], Path]) -> Loans:
    """Return the first event of each loan application and when each step first happened, read plainly.

    Nothing is published of this log but its size, and it names no channel (U3.7).
    """
    step = re.compile(r'key="concept:name" value="([^"]*)"')
    time = re.compile(r'key="time:timestamp" value="([^"]*)"')
    done = re.compile(r'key="lifecycle:transition" value="COMPLETE"')
    found = []
    for trace in gzip.decompress(real_data(LOANS).read_bytes()).decode().split("<trace>")[1:]:
        reached: dict[str, datetime] = {}
        for event in trace.split("<event>")[1:]:
            if not done.search(event):
                continue
            name, moment = (pattern.search(event) for pattern in (step, time))
            assert name
            assert moment
            when = datetime.fromisoformat(moment[1]).astimezone(ZoneInfo("Europe/London"))
            reached[name[1]] = min(when, reached.get(name[1], when))
        found.append((min(reached.values()), reached))
    return found


def test_loans_begin_in_each_week_as_counted_plainly(ask_real: Ask, loans: Loans) -> None:
    counted = Counter((first - timedelta(first.weekday())).date().isoformat() for first, _ in loans)
    told = {row["week"]: row["cases"] for row in rows(ask_real("U3.9", LOANS), "weeks")}
    assert len(told) > 20
    assert told == {week: counted[week] for week in told}


def test_loans_of_two_periods_are_declined_as_counted_plainly(ask_real: Ask, loans: Loans) -> None:
    answer = ask_real("U3.8", LOANS, by="to=2011-11-30 vs from=2011-12-01", within_days=28)
    end, month = max(max(reached.values()) for _, reached in loans), timedelta(28)
    sides: tuple[list[bool], list[bool]] = ([], [])
    for first, reached in loans:
        if first + month <= end:
            declined = reached.get("A_DECLINED")
            sides[first >= datetime(2011, 12, 1, tzinfo=first.tzinfo)].append(
                bool(declined and declined - first <= month)
            )
    early, late = (fmean(side) for side in sides)
    (row,) = rows(answer, "shares", what="Comes to 'A_DECLINED'")
    shares = (row["share"], row["against_share"])
    assert sorted(shares) == pytest.approx(sorted((early, late)), abs=0.002)
    assert abs(row["difference"]) == pytest.approx(abs(early - late), abs=0.002)
