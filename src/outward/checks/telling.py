"""What a check found and what the rules are, in lines for a terminal and in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from outward.checks.checking import Checked, Found
from outward.checks.rules import SECTIONS, SEVERITIES, Rule, rules
from outward.phrases import counted, each_counted
from outward.workspace.problems import Problem

VERSION = 1
"""Of the shape of the JSON."""


def lines(checked: Checked) -> list[str]:
    """Return one line for each finding, `file:line: code message (severity)`, and one that sums them up."""
    return [*map(str, checked.found), summary(checked)]


def summary(checked: Checked) -> str:
    """Return how much was found, in a sentence.

    >>> from datetime import date
    >>> summary(Checked(date(2026, 3, 31)))
    'Nothing was found on 2026-03-31.'
    """
    silenced = f" {len(checked.silenced):,} more silenced." if checked.silenced else ""
    if not checked.found:
        return f"Nothing was found on {checked.on}.{silenced}"
    return f"{counted(len(checked.found), 'thing')} found on {checked.on}: {each_counted(checked.counts)}.{silenced}"


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return one line for each thing that keeps a workspace from being read, and one that sums them up."""
    said = [str(problem) for problem in problems]
    return [*said, f"The workspace cannot be read: {counted(len(said), 'problem')}. Mend these first, then check."]


def as_json(checked: Checked) -> dict[str, Any]:
    """Return what was found as plain values, in version 1 of its shape."""
    return {
        "version": VERSION,
        "on": checked.on.isoformat(),
        "counts": checked.counts,
        "found": [_found(one) for one in checked.found],
        "silenced": [
            {**_found(one), "silence": silence.id, "reason": silence.reason, "until": str(silence.until)}
            for one, silence in checked.silenced
        ],
        "problems": [],
    }


def problems_as_json(problems: Iterable[Problem], on: date) -> dict[str, Any]:
    """Return what keeps a workspace from being read, in the same shape."""
    said = [
        {
            "code": one.code,
            "file": one.place.file,
            "line": one.place.line or None,
            "field": one.field,
            "message": one.message,
        }
        for one in problems
    ]
    none = dict.fromkeys(SEVERITIES, 0)
    return {"version": VERSION, "on": on.isoformat(), "counts": none, "found": [], "silenced": [], "problems": said}


def _found(one: Found) -> dict[str, Any]:
    return {
        "code": one.rule.code,
        "severity": one.rule.severity,
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "field": one.field,
        "begin": one.begin,
        "file": one.place.file,
        "line": one.place.line or None,
        "message": one.said,
    }


def rules_lines() -> list[str]:
    """Return every rule with why it matters and how to mend it, by principle."""
    return [line for letter in SECTIONS for line in _section(letter)]


def _section(letter: str) -> Iterator[str]:
    yield from (SECTIONS[letter], "")
    for one in rules().values():
        if one.code[0] == letter:
            yield from (*explained(one), "")


def explained(rule: Rule) -> list[str]:
    """Return what a rule finds, how much it weighs, why it matters and how to mend it, a line each.

    >>> for line in explained(rules()["O201"]):
    ...     print(line)
    O201 warning: No measure serves a need.
      Why: What is not measured is not managed: the organisation cannot see whether it meets the need.
      Mend: Name the need in the measure that shows how well it is met, or write down a new measure.
    """
    return [f"{rule.code} {rule.severity}: {rule.says}", f"  Why: {rule.why}", f"  Mend: {rule.mend}"]


def rules_as_json() -> dict[str, Any]:
    """Return every rule as plain values."""
    return {"version": VERSION, "rules": [_rule(rule) for rule in rules().values()]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "principle": rule.section,
        "says": rule.says,
        "why": rule.why,
        "mend": rule.mend,
    }
