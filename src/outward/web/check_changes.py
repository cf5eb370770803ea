"""What a change of a record does to what the checks find, and what they find in one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from outward.checks.checking import Found, check
from outward.checks.rules import SEVERITIES, Severity
from outward.phrases import each_counted
from outward.workspace.contents import Workspace


def between(before: Workspace, after: Workspace) -> str:
    """Return how many findings of the checks are gone and how many are new, in a sentence."""
    old, new = (Counter(map(_named, check(one).found)) for one in (before, after))
    gone, come = _weights((old - new).elements()), _weights((new - old).elements())
    if not gone and not come:
        return "The checks find the same as before."
    return f"In the checks, {gone or 'nothing is'} gone, {come or 'nothing is'} new."


def of_record(workspace: Workspace, kind: str, id: str) -> list[Found]:
    """Return the errors and warnings that the checks find in one record, the heaviest first."""
    weights: list[Severity] = [weight for weight in SEVERITIES if weight != "note"]
    found = [one for one in check(workspace).found if (one.kind, one.id) == (kind, id) and one.rule.severity in weights]
    return sorted(found, key=lambda one: weights.index(one.rule.severity))


def _named(one: Found) -> tuple[Severity, str, str, str, str]:
    return one.rule.severity, one.rule.code, one.kind, one.id, one.field


def _weights(found: Iterable[tuple[Severity, str, str, str, str]]) -> str:
    """Return how many there are of each weight, in words."""
    many = Counter(weight for weight, *_ in found)
    words = each_counted({weight: many[weight] for weight in SEVERITIES})
    return words and f"{words} {'is' if many.total() == 1 else 'are'}"
