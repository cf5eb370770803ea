"""The questions by which a form asks for each field of a record, and its choices, in plain words.

A question stands below the name of its field. A field that is not named here is asked for by the help of its own
definition.
"""

from __future__ import annotations

from outward.web.words import spoken
from outward.workspace.fields import Field

CHOICES = {"defined": {"declared": "Declared by people", "found": "Shown by data"}}
"""Field to its choices that would not be understood by themselves, in words."""

COMMON = {
    "id": "What shall other records call it?",
    "title": "What is it called?",
    "notes": "What else is worth knowing?",
    "about": "What should others know about it?",
    "groups": "Which customers is it about?",
    "owner": "Which post answers for it?",
    "findings": "Which findings show it?",
    "measures": "By which measures will you see it?",
    "question": "Which question of Outward shows it?",
    "stakeholder": "Which stakeholder is it about?",
}
"""Questions that many kinds share."""

ASKED: dict[str, dict[str, str]] = {
    "workspace": {
        "body": "Whose workspace is it?",
        "body_about": "What is that body?",
        "made_up": "Are the body and its evidence fictional?",
        "about": "What should somebody know who sees it for the first time?",
        "champion": "Which post is the customers’ champion?",
        "champion_since": "Since when?",
        "champion_on_board": "Does that post sit on the board?",
        "decide_within_days": "Within how many days should a finding lead to a decision?",
        "engage_within_months": "Within how many months should a stakeholder with power be met or heard?",
    },
    "group": {
        "title": "What is the group called?",
        "status": "Are they customers now, soon or one day?",
        "about": "Who are they?",
        "parent": "Which larger group are they a part of?",
        "rule": "Which cases in the data are theirs?",
        "data_set": "Which data is that rule about?",
        "defined": "Did people declare the group, or did data show it?",
        "becomes": "How do people become members, and when?",
        "comes_from": "In which groups are its future members now?",
        "size": "How many people are in it?",
        "size_on": "For which day does that hold?",
        "size_source": "Where is the number from?",
    },
    "need": {
        "title": "What do customers need, or worry about?",
        "type": "Do they want it, or worry about it?",
        "about": "How do they put it themselves?",
        "groups": "Whose need is it?",
        "expectation": "Which of the public’s expectations is it: personal service, choice, information, a voice?",
        "importance": "How important is it to them?",
        "findings": "Which findings show the need?",
        "ownership": "Does one body own it, do several share it, or is it nobody’s?",
        "owned_by": "Which bodies own it?",
        "owned_ground": "By what law, agreement or habit?",
    },
    "body": {
        "title": "What is the body called?",
        "type": "What sort of organisation is it?",
        "about": "What does it do for these customers?",
    },
    "interview": {
        "title": "What shall the interview be called?",
        "speaker": "In what capacity did the person speak?",
        "held_on": "On which day was it held?",
        "consent": "Did the person agree to its use?",
        "said": "What was said?",
        "needs": "To which needs does it speak?",
        "steps": "To which steps of the service does it speak?",
        "perspectives": "From which perspectives was it said?",
    },
    "service": {
        "title": "What is the service called?",
        "about": "What is it for?",
        "body": "Which body runs it?",
        "groups": "Whom does it serve?",
        "data_sets": "Which data does it leave behind?",
    },
    "step": {
        "title": "What is the step called?",
        "service": "Which service is it a part of?",
        "order": "Which place does it have among the steps?",
        "activity": "What is it called in the case log?",
        "channels": "How can customers do it?",
        "needs": "Which needs should it meet?",
    },
    "measure": {
        "title": "What is the measure called?",
        "counts": "What exactly does it count?",
        "unit": "In what unit?",
        "direction": "Which way is better?",
        "question": "From which question of Outward is it read?",
        "data_set": "From which data is it read?",
        "needs": "Which needs does it serve?",
        "baseline": "Where did it stand at the start?",
        "baseline_on": "On which day was that?",
        "target": "What is it to reach?",
        "target_date": "By when?",
        "rating": "What was the last verdict on it?",
        "points": "On how many points of its series does that verdict rest?",
    },
    "reward": {
        "title": "What is the reward called?",
        "type": "What sort of reward is it?",
        "who": "Who is rewarded?",
        "measures": "For doing well by which measures?",
    },
    "benchmark": {
        "title": "What is the benchmark called?",
        "measure": "Beside which measure does it stand?",
        "sector": "Whose figure is it?",
        "value": "What is the figure?",
        "unit": "In what unit?",
        "published_on": "When was it published?",
        "source": "Where was it published?",
    },
    "assessment": {
        "dimension": "Which of the seven dimensions is judged?",
        "seen_by": "Who judged?",
        "score": "How far does it face the customer, from 1 to 5?",
        "evidence": "What does the judgement rest on?",
        "findings": "Which findings support it?",
        "assessed_on": "On which day was it judged?",
    },
    "stakeholder": {
        "title": "What is the stakeholder called?",
        "type": "What sort of party is it?",
        "interests": "What does it want of the service, and why?",
        "power": "Can it get its way?",
        "legitimacy": "Is its claim accepted as proper?",
        "urgency": "Is its claim one that cannot wait?",
        "speaks_for": "For which customers does it speak?",
        "body": "Which body is it, if it is one?",
        "last_engaged_on": "When was it last met or heard?",
    },
    "relationship": {
        "stakeholder": "With whom is the relationship?",
        "nature": "What ties you?",
        "about": "How does it work, and who gains what?",
        "closeness": "How close is it?",
        "declared_interests": "Which interests have been declared?",
        "declared_on": "When were they last declared?",
    },
    "commitment": {
        "title": "What was promised?",
        "stakeholder": "Who is the other party?",
        "made_by": "Who promised?",
        "made_on": "When was it promised?",
        "due": "By when?",
        "kept": "Was it kept?",
        "kept_on": "When was it kept?",
    },
    "risk": {
        "relationship": "Which relationship is at risk?",
        "type": "What sort of risk is it?",
        "cause": "Because of what?",
        "event": "What could happen?",
        "consequence": "What would follow?",
        "likelihood": "How likely is it?",
        "impact": "How much would it matter?",
        "mitigation": "What is done about it?",
        "in_place_on": "Since when is that in place?",
        "verified_by": "Which post checked that this is done?",
        "verified_on": "When was it checked?",
    },
    "level": {
        "title": "What is the level called?",
        "order": "Which place does it have, counted from the customer?",
        "about": "Who acts at this level?",
    },
    "interest": {
        "level": "At which level?",
        "group": "Whose interest is it: which customers?",
        "stakeholder": "Or which stakeholder?",
        "about": "What do they want at this level?",
    },
    "perspective": {
        "title": "Whose point of view is it?",
        "asks": "What does somebody who stands there ask?",
        "stakeholder": "Which stakeholder stands there?",
        "group": "Or which customers?",
    },
    "principle": {
        "title": "What is the principle?",
        "about": "What does it promise?",
        "groups": "For whom does it hold?",
        "measures": "By which measures do you see that it is kept?",
    },
    "outcome": {
        "title": "What is to change for people?",
        "area": "Which part of people’s lives is it about?",
        "about": "What would be different for them?",
        "measures": "By which measures will you see that it is reached?",
    },
    "objective": {
        "title": "What is the objective?",
        "type": "Is it to learn of needs and concerns, or to achieve something?",
        "about": "What exactly?",
        "group": "For which group of customers?",
        "needs": "Which needs would it meet?",
        "outcome": "Towards which outcome does it work?",
        "measures": "By which measures will you see how far it is?",
        "findings": "What do you know of the group that it rests on?",
        "target": "What is the first measure to reach?",
        "target_date": "By when?",
    },
    "policy": {
        "title": "What is the policy called?",
        "stage": "How far has it come?",
        "about": "What would it change?",
        "groups": "Whom does it affect?",
        "options": "Which options were looked at?",
        "outset_on": "When did work on it begin?",
        "options_on": "When were its options looked at?",
        "decision_on": "When was it decided?",
        "delivery_on": "When did delivery begin?",
        "outset_findings": "What was known of customers at the outset?",
        "options_findings": "What was known of them when options were looked at?",
        "decision_findings": "What was known of them when it was decided?",
        "delivery_findings": "Which findings are used in delivery?",
        "review_about": "What did the review find, and what would findings that were left out have changed?",
        "review_findings": "Of which findings that were left out does it say what they would have changed?",
        "outcomes": "Which outcomes should it bring?",
    },
    "strategy": {
        "title": "What is the strategy called?",
        "about": "What does it set out to do?",
        "groups": "For whom?",
        "objectives": "Which objectives does it pursue?",
        "findings": "Which findings does it use?",
        "stakeholders": "Which stakeholders deliver it with you?",
        "milestones": "What is to be done by when?",
    },
    "adaptation": {
        "where": "Where does delivery differ?",
        "level": "At which level was that decided?",
        "differs": "What is done otherwise?",
        "why": "For what need of customers there?",
        "decided_on": "When was it decided?",
        "review_on": "When is it to be looked at again?",
        "helped": "Did it help?",
        "measure": "By which measure is that seen?",
    },
    "data_set": {
        "title": "What is the data called?",
        "type": "What sort of evidence is it?",
        "about": "What does it cover?",
        "file": "In which file does it lie?",
        "brought_in_as": "Which data set on this computer was made of that file?",
        "settings": "What is confirmed about it?",
    },
    "finding": {
        "title": "What was found about customers?",
        "about": "What exactly?",
        "known_on": "From which day was it known?",
        "question": "Which question of Outward shows it?",
        "data_sets": "Which evidence is there for it?",
        "source": "Where else is it written down?",
        "needs": "On which needs does it bear?",
    },
    "action": {
        "title": "What was decided?",
        "type": "What sort of action is it?",
        "about": "What is done, or why is nothing done?",
        "findings": "Which findings does it answer?",
        "decided_on": "When was it decided?",
        "due": "By when is it to be done?",
        "done_on": "When was it done?",
        "measure": "Which measure should move?",
        "evaluation": "How will you see whether it worked?",
        "place": "For a pilot: where is it tried?",
        "comparison": "For a pilot: what is it compared with?",
        "decide_on": "For a pilot: when is it decided whether to go on?",
        "effect": "What was found of its effect?",
        "effect_about": "What is the effect in figures?",
        "effect_on": "When was the effect found?",
        "told_on": "When were customers told?",
        "told_where": "Where were they told?",
    },
    "silence": {
        "title": "What is silenced?",
        "rule": "Which rule shall be silent?",
        "record": "For which record?",
        "reason": "Why?",
        "until": "Until which day?",
    },
}
"""Kind and field to the question that a form asks."""


def question(kind: str, field: Field) -> str:
    """Return the words by which a form asks for a field.

    Args:
        kind: the name of the record's kind.
        field: one of its fields.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Need
    >>> question("need", fields_of(Need)[1])
    'What do customers need, or worry about?'
    """
    return ASKED.get(kind, {}).get(field.name) or COMMON.get(field.name) or field.help.rstrip(".")


def chosen(field: Field, choice: str) -> str:
    """Return a choice in words.

    >>> from outward.workspace.fields import fields_of
    >>> from outward.workspace.kinds.customers import Group
    >>> next(chosen(field, "found") for field in fields_of(Group) if field.name == "defined")
    'Shown by data'
    """
    return CHOICES.get(field.name, {}).get(choice) or spoken(choice)
