"""What stands under the question of a form: why it is asked, in the words of the report, or how to answer it.

A question without a hint here needs none; where no question of ours is asked, the field's own help is the question.
"""

from __future__ import annotations

OWNER = "A post, not a name: people move on."
DAY_KNOWN = "The checks count from this day how long nothing was decided."
ONE_OF_OURS = "Its id, as U3.4; further settings may follow it."

HINTS: dict[str, dict[str, str]] = {
    "workspace": {
        "champion": "A post at board level that answers for customer focus, not a name.",
        "made_up": "Every page then says so, and made-up evidence never earns a standing.",
        "about": "It stands at the top of the board sheet. An empty line begins a new paragraph.",
    },
    "group": {
        "status": "Policy made today is for future customers too.",
        "parent": "What holds for the larger group, as a principle does, holds for them.",
        "rule": "As a filter: work=Self-employed.",
        "defined": "Data can show groups that nobody had thought of.",
        "becomes": "For groups that are still to come: what has to happen, and when it will.",
        "size": "Leave it empty where nobody knows.",
    },
    "need": {
        "title": "In a few words, as customers would put it.",
        "about": "In their words rather than the organisation’s.",
        "groups": "Needs differ by group: tick only those whose need is known.",
        "expectation": "The public want more personalised service, wider choice, more information and a greater voice.",
        "findings": "Without a finding it is an assumption, and the checks will say so.",
        "ownership": "Groups of high priority often do not fall neatly to one department.",
    },
    "interview": {
        "said": "No names, and nothing that gives the person away.",
        "consent": "What was said without consent is not used.",
    },
    "service": {"groups": "Everybody who uses it, not those alone for whom it was made."},
    "step": {
        "order": "A whole number, from 1.",
        "activity": "Spelled as in the data, so that what happens can be set beside what should.",
        "channels": "As online, by telephone, by post, at an office. One on each line.",
    },
    "measure": {
        "counts": "What is in, what is out, and from when to when.",
        "unit": "As days, %, customers, pounds.",
        "question": ONE_OF_OURS,
        "needs": "Leave it empty where it serves none: that is worth knowing.",
        "owner": OWNER,
        "points": "A verdict on few points may be chance.",
    },
    "reward": {
        "type": "What is rewarded is what gets done. Ranking and praise count as rewards.",
        "who": "Posts or organisations, not names.",
    },
    "benchmark": {
        "sector": "Customers compare public services with banking and shopping.",
        "source": "So that somebody else can find the figure.",
    },
    "assessment": {
        "dimension": "Customer focus is more than the front line: every one of the seven must face the customer.",
        "seen_by": "Leaders and the front line often see it differently.",
        "score": "1 faces inward, 5 faces the customer.",
    },
    "stakeholder": {
        "power": "Whether it can get what it wants, with or without you.",
        "speaks_for": "A body that speaks for customers is not the customers.",
    },
    "relationship": {
        "closeness": "Close relationships help, and they bring risks of their own.",
        "declared_interests": "Write ‘none’ where it was asked and there are none.",
    },
    "commitment": {"kept": "What was promised to customers and partners is part of how they see the service."},
    "risk": {
        "cause": "Because of ...",
        "event": "... it could happen that ...",
        "consequence": "... so that ...",
        "verified_by": "Somebody other than whoever does it. " + OWNER,
    },
    "level": {"order": "1 for the level nearest to the customer: the child before the school."},
    "perspective": {"asks": "One question, in the words of somebody who stands there."},
    "principle": {
        "about": "As the dignity and individuality of every customer.",
        "groups": "Groups inside these inherit it.",
        "measures": "A principle without a measure is a hope.",
    },
    "outcome": {"area": "The public feel policy in their lives, their health, their opportunities and their business."},
    "objective": {
        "type": "Before something can be achieved for a group, somebody may have to learn what it needs.",
        "owner": OWNER,
    },
    "policy": {
        "stage": "Understanding of customers belongs at the outset, not in delivery alone.",
        "options": "One on each line.",
        "outset_findings": "What was on the table on that day, not what is known now.",
        "decision_findings": "What was on the table on that day. What was left out belongs in the review.",
        "delivery_findings": "Delivery goes on, so what became known since it began may be used in it.",
    },
    "strategy": {"milestones": "As ‘2026-03-31 letters sent’. One on each line."},
    "adaptation": {"where": "A place or a body.", "why": "Flexible delivery is for customers, not for convenience."},
    "data_set": {
        "file": "Its name in the folder ‘evidence’, or its address.",
        "brought_in_as": "The board sheet shows that one, and no other. A next extract is chosen here anew.",
        "owner": OWNER,
        "settings": "Names and values, one on each line, as ‘gave_up_after_days: 30’.",
    },
    "finding": {
        "title": "A sentence that somebody could disagree with.",
        "known_on": DAY_KNOWN,
        "question": ONE_OF_OURS,
    },
    "action": {
        "type": "None, where it was decided to do nothing; say why below.",
        "owner": OWNER,
        "evaluation": "Decide it now: afterwards every effect looks like the one that was meant.",
        "effect_about": "With its interval, as ‘3 days less (1 to 5)’.",
        "told_on": "Customers who were asked want to know what came of it.",
    },
    "silence": {
        "rule": "The checks say its code beside what it finds.",
        "record": "As need/clear-letters. Leave it empty for all records.",
        "until": "On this day the rule speaks again: at most a year ahead.",
    },
}
"""Kind and field to the hint under its question."""
