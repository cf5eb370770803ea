"""Walks along the usual way of each side: by rule, from released paths alone."""

from __future__ import annotations

from pathlib import Path

from tests.made_case_logs import cases, laid

from outward.answers import Basis
from outward.comparing import Comparison, compare
from outward.evidence.tables import Settings
from outward.present import comparison as words
from outward.present.lettering import safe
from outward.present.walk import RULE, walk_html


def made(folder: Path) -> Comparison:
    """Two areas: in the North 100 pay at once and 40 are checked first; in the South most go round in checks."""
    log = [
        *cases(100, "Apply 0, Pay 4", area="North"),
        *cases(40, "Apply 0, Check 2, Pay 9", first=101, area="North"),
        *cases(60, "Apply 0, Check 3, Check 5, Check 9, Pay 30", first=201, area="South"),
        *cases(20, "Apply 0, Check 3, Stop 5", first=301, area="South"),
        *cases(3, "Secret 0, Apply 1, Pay 2", first=401, area="South"),
    ]
    return compare(laid(folder, log, Settings(endings={"Pay": "done"})), "area=North", "area=South")


def test_it_goes_the_way_of_most_and_never_back(tmp_path: Path) -> None:
    north, south = made(tmp_path).walks
    assert [(stage.step, stage.to) for stage in north] == [("▶", "Apply"), ("Apply", "Pay"), ("Pay", "■")]
    assert [stage.to for stage in south] == ["Apply", "Check", "Pay", "■"]


def test_shares_are_of_those_who_come_to_the_step_and_times_are_released(tmp_path: Path) -> None:
    compared = made(tmp_path)
    stage = compared.walks[0][1]
    paths = next(answer for answer in compared.answers if answer.question == "U3.1").tables["paths"]
    (row,) = (
        row for row in paths.rows() if (row["group"], row["from_step"], row["to_step"]) == ("North", "Apply", "Pay")
    )
    assert stage.share == float(row["cases"] or 0) / 140
    assert (stage.median_days, stage.p90_days) == (row["median_days"], row["p90_days"])


def test_what_few_did_is_on_no_walk(tmp_path: Path) -> None:
    told = words.comparison_text(made(tmp_path)) + words.comparison_json(made(tmp_path))
    assert "Secret" not in told


def test_every_output_says_by_what_rule_it_was_put_together(tmp_path: Path) -> None:
    compared = made(tmp_path)
    assert safe(RULE) in words.comparison_html(compared)
    assert "Nobody's own journey" in words.comparison_text(compared)
    assert "71% go on to 'Pay'" in words.comparison_text(compared).replace("\n ", "")
    assert "71% go on so." in walk_html(compared)
    assert compared.answers[0].basis is Basis.RECORDED
