"""What a page offers for narrowing a question, and what is narrowed now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outward.catalogue import Question
from outward.evidence.calendar import Calendar, calendar_of
from outward.evidence.where import Condition, Where
from outward.web import answers
from outward.web.address import Asked
from outward.web.fields import Field, Option, choice, parameter_field
from outward.web.shown import months
from outward.web.words import spoken

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog


@dataclass(frozen=True)
class Chip:
    """One active condition in words, and the address without it."""

    words: str
    without: str


def chips(asked: Asked, *, journeys: bool = False) -> list[Chip]:
    """Return a chip for each condition of the filter."""
    conditions = Where.parse(asked.where).conditions
    found = []
    for condition in conditions:
        rest = Where(tuple(one for one in conditions if one != condition))
        fewer = replace(asked, where=str(rest))
        found.append(Chip(condition.words(), fewer.journeys if journeys else fewer.page))
    return found


def group_field(log: LaidLog, asked: Asked) -> Field:
    """Return the select of attributes by which an answer can be split."""
    pairs = [(name, spoken(name)) for name in log.attributes]
    return choice("by", "Groups", pairs, asked.by, nothing="Everyone together")


def narrowing_fields(log: LaidLog, asked: Asked) -> list[Field]:
    """Return the fields that add a condition: a group, a step on the way, a period."""
    values = tuple(
        Option(str(Condition("value", (name, label))), label, group=spoken(name))
        for name in log.attributes
        for label in answers.values(log, name)
    )
    steps = answers.steps(log)
    ways = [("passes", "goes through"), ("never", "never goes through"), ("ends", "ends with")]
    on_the_way = tuple(
        Option(str(Condition(kind, (step,))), f"{words} {step}", group=spoken(words))
        for kind, words in ways
        for step in steps
    )
    first, last = months(log.period)
    fields = [
        Field("select", "also", "Only this group", options=(Option("", "Any group", True), *values)),
        Field("select", "also", "Only journeys that", options=(Option("", "Any journey", True), *on_the_way)),
        Field("date", "from", "Started on or after", hint=f"The data begins in {first}"),
        Field("date", "to", "Started on or before", hint=f"The data ends in {last}"),
    ]
    used = {condition.kind for condition in Where.parse(asked.where).conditions}
    return [one for one in fields if one.name not in used]


WORKING = ("working", "clock", "within_working_days")
"""Parameters about working time, which need a calendar."""


def parameter_fields(question: Question, log: LaidLog, asked: Asked) -> list[Field]:
    """Return the fields of the question's own parameters, with what they hold now.

    Working time is a plain choice where the data set has a calendar; where none is known it is not offered.
    """
    now = {one.name: asked.parameters.get(one.name, one.default) for one in question.parameters}
    known = calendar_of(log.settings.working)
    given = str(now.get("working", ""))
    fields = []
    for one in question.parameters:
        if one.name == "working" and (known or given):
            fields.append(_working_field(given, known))
        elif one.name not in WORKING or known or given:
            fields.append(parameter_field(one, now[one.name]))
    return fields


def _working_field(given: str, known: Calendar | None) -> Field:
    """Return the choice of whether working time is shown, by the data set's calendar or the one in the address."""
    options = [("", "Yes" if known else "No")] + ([("none", "No")] if known else [])
    if given and given != "none":
        options.append((given, f"Yes: {Calendar.parse(given).words()}"))
    hint = f"As the service works: {known.words()}." if known else ""
    chosen = tuple(Option(value, words, value == given) for value, words in options)
    return Field("radios", "working", "Working time as well", given, hint, chosen)
