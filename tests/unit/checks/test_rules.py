"""Every rule speaks where it should, at the place that mends it, and is silent where nothing is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from outward.checks.checking import Found, check
from outward.checks.ledger import EFFECT_WITHIN_DAYS, TELL_WITHIN_DAYS
from outward.checks.rules import SECTIONS, SEVERITIES, Rule, rules
from outward.checks.stakeholders import DECLARED_WITHIN_MONTHS
from outward.workspace.fields import fields_of
from outward.workspace.records import kind_of, kinds

from .made import ON, Records, workspace_of

CASES: dict[str, dict[str, Any]] = {}
for file in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
    CASES |= yaml.safe_load(file.read_text(encoding="utf-8"))

SILENT = [(code, number) for code, case in CASES.items() for number in range(len(case["silent"]))]


def found(code: str, records: Records) -> list[Found]:
    checked = check(workspace_of(records), ON)
    return [one for one in checked.found if one.rule.code == code]


def test_every_rule_has_a_case_in_which_it_speaks_and_one_in_which_it_is_silent() -> None:
    assert set(CASES) == set(rules())
    assert all(case["at"] and case["silent"] for case in CASES.values())


@pytest.mark.parametrize("code", CASES)
def test_a_rule_speaks_at_the_record_and_field_that_mend_it(code: str) -> None:
    told = found(code, CASES[code]["speaks"])
    assert sorted(f"{one.kind}/{one.id} {one.field}".strip() for one in told) == sorted(CASES[code]["at"])
    for one in told:
        assert one.field in ("", *(field.name for field in fields_of(kind_of(one.kind))))
        assert one.begin in ("", *kinds())
        assert one.said.endswith(".")
        assert ".." not in one.said
        assert "None" not in one.said
        assert "\n" not in one.said


@pytest.mark.parametrize(("code", "number"), SILENT)
def test_a_rule_is_silent_where_nothing_is_wrong(code: str, number: int) -> None:
    assert [one.said for one in found(code, CASES[code]["silent"][number])] == []


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_silent_in_one_case_in_which_it_is_asked(code: str) -> None:
    asked = [workspace_of(records) for records in CASES[code]["silent"]]
    assert any(all(one.every(kind) for kind in rules()[code].once) for one in asked)


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_rule_says_what_it_finds_why_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.code[0] in SECTIONS
    assert rule.severity in SEVERITIES
    for words in (rule.says, rule.why, rule.mend):
        assert words[0].isupper()
        assert words.endswith(".")
        assert len(words) < 160


def test_most_rules_warn_and_few_are_errors() -> None:
    errors = [rule.code for rule in rules().values() if rule.severity == "error"]
    assert len(errors) * 10 < len(rules())


def test_personal_data_is_never_quoted() -> None:
    told = found("W301", CASES["W301"]["speaks"])
    assert told
    for one in told:
        assert not any(part in one.said for part in ("example", "7946", "7700", "943", "12 34"))


def test_a_group_inside_a_large_family_is_found_with_it() -> None:
    deep = [{"id": "g0"}, *({"id": f"g{n}", "parent": f"g{n - 1}"} for n in range(1, 40))]
    told = found("R302", {"group": deep, "stakeholder": [{"id": "s", "speaks_for": ["g20"]}]})
    assert told == []


@pytest.mark.parametrize(
    ("code", "days"),
    [("D302", EFFECT_WITHIN_DAYS), ("D503", TELL_WITHIN_DAYS), ("D501", 180), ("R403", DECLARED_WITHIN_MONTHS)],
)
def test_a_rule_says_after_how_long_it_speaks(code: str, days: int) -> None:
    assert re.search(rf"\b{days} (days|months)\b", rules()[code].says)


def test_a_finding_may_wait_180_days_where_nobody_says_how_long() -> None:
    waits: Records = {"finding": [{"id": "f", "known_on": "2025-12-31"}], "workspace": [{"decide_within_days": None}]}
    (one,) = found("D501", waits)
    assert one.said.endswith("181 days ago, and nothing is decided. 180 days are allowed.")


@pytest.mark.parametrize("code", ["D131", "D133"])
def test_what_was_not_on_the_table_is_mended_in_the_review_and_not_by_adding_to_the_table(code: str) -> None:
    assert all(place.split()[1].startswith("review_") for place in CASES[code]["at"])
    group, finding = {"id": "g"}, {"id": "f", "groups": ["g"], "known_on": "2025-01-01"}
    policy = {"id": "p", "stage": "review", "groups": ["g"], "decision_on": "2025-02-01"}
    reviewed = {**policy, "review_about": "It would have kept two offices.", "review_findings": ["f"]}
    assert found(code, {"group": [group], "finding": [finding], "policy": [policy]})
    assert not found(code, {"group": [group], "finding": [finding], "policy": [reviewed]})
