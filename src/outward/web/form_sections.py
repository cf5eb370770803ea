"""The parts of a long form: what people think of together stands together, under a heading.

A kind that is not named here has a short form without parts. Fields that no part names stand in the last one,
the id at the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from outward.workspace.fields import Field

REST = "Anything else"

PARTS: dict[str, dict[str, str]] = {
    "workspace": {
        "What it is about": "title body body_about made_up about",
        "The customers’ champion": "champion champion_since champion_on_board",
        "How soon things should happen": "decide_within_days engage_within_months",
    },
    "group": {
        "Who they are": "title status about parent defined",
        "How many there are": "size size_on size_source",
        "How to find them in the data": "data_set rule",
        "Those still to come": "becomes comes_from",
    },
    "need": {
        "What they need": "title type about groups importance expectation",
        "How it is known": "findings",
        "Who owns it": "ownership owned_by owned_ground",
    },
    "interview": {
        "The interview": "title speaker held_on consent said",
        "What it is about": "groups needs steps perspectives",
    },
    "measure": {
        "What it counts": "title counts unit direction owner",
        "What it is for": "needs",
        "Where it is read": "question data_set",
        "From where to where": "baseline baseline_on target target_date",
        "How it stands": "rating points",
    },
    "assessment": {
        "The judgement": "title dimension seen_by score assessed_on",
        "What it rests on": "evidence findings",
    },
    "stakeholder": {
        "Who they are": "title type body speaks_for",
        "What they want, and how much it weighs": "interests power legitimacy urgency",
        "Contact": "last_engaged_on",
    },
    "risk": {
        "The risk": "title relationship type cause event consequence",
        "How much it matters": "likelihood impact",
        "What is done about it": "mitigation in_place_on verified_by verified_on",
    },
    "objective": {
        "What is to be reached": "title type about group needs outcome",
        "How it will be seen": "measures target target_date reached",
        "What it rests on": "findings",
        "Who answers for it": "owner",
    },
    "policy": {
        "What it is": "title stage about groups outcomes",
        "At the outset": "outset_on outset_findings",
        "When options were looked at": "options options_on options_findings",
        "When it was decided": "decision_on decision_findings",
        "In delivery": "delivery_on delivery_findings",
        "In the review": "review_about review_findings",
    },
    "strategy": {
        "What it is": "title about groups",
        "What it pursues, and with whom": "objectives stakeholders milestones",
        "What it rests on": "findings",
    },
    "adaptation": {
        "What is different, and where": "title where differs why",
        "The decision": "level decided_on review_on",
        "What came of it": "helped measure",
    },
    "finding": {
        "What was found": "title about known_on",
        "What shows it": "question data_sets source",
        "What it is about": "needs groups",
    },
    "action": {
        "What was decided": "title type about findings decided_on",
        "Who does it, and by when": "owner due done_on",
        "How its effect will be seen": "measure evaluation",
        "Where it is a pilot": "place comparison decide_on",
        "What came of it": "effect effect_about effect_on",
        "What customers were told": "told_on told_where",
    },
}
"""Kind to the headings of its form, each with the names of its fields in their order."""


def parts(kind: str, fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """Return the parts of a form in order: the heading of each, '' where the form has no parts, and its fields.

    Args:
        kind: the name of the record's kind.
        fields: those that the form asks for.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Need
    >>> [heading for heading, _ in parts("need", fields_of(Need))]
    ['What they need', 'How it is known', 'Who owns it', 'Anything else']
    """
    asked = {field.name: field for field in sorted(fields, key=lambda one: one.name == "id")}
    found = []
    for heading, names in PARTS.get(kind, {}).items():
        some = [asked.pop(name) for name in names.split() if name in asked]
        found.append((heading, some))
    return [*found, (REST if found else "", list(asked.values()))]
