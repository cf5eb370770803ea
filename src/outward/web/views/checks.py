"""The checks of a workspace: what its rules find, under the four principles, each with a link to what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import get_args
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.checks.checking import Checked, Found, check
from outward.checks.rules import SECTIONS, SEVERITIES, Rule, Severity
from outward.errors import UsageError
from outward.phrases import counted, each_counted
from outward.web import silencing, workspaces
from outward.web.fields import Field, choice
from outward.web.words import article, days_in_words
from outward.web.workspaces import address
from outward.workspace.contents import Workspace
from outward.workspace.fields import fields_of
from outward.workspace.records import kind_of

HERE = "Checks"
TAGS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "note": "grey"}
SHOWN: Mapping[Severity, str] = {
    "note": "All of them",
    "warning": "Without notes",
    "error": "Errors alone",
}
AT_ONCE, AT_MOST = 12, 100
"""Places of one rule that are shown unfolded, and shown at all."""


@dataclass(frozen=True)
class Mending:
    """The way to what mends a finding: its words, what they are about, where it leads, and what silences it instead."""

    words: str
    about: str
    href: str
    silence: str = ""


@dataclass(frozen=True)
class Card:
    """One rule and the places at which it found something.

    Attributes:
        rule: the rule.
        tag: the colour of its weight.
        counted: at how many places, in words; '' for one.
        shown: what is shown at once.
        folded: what is shown when somebody unfolds it.
        more: how many are not shown at all.
    """

    rule: Rule
    tag: str
    counted: str
    shown: tuple[tuple[Found, Mending], ...]
    folded: tuple[tuple[Found, Mending], ...]
    more: int


def checks(request: HttpRequest, id: str) -> HttpResponse:
    """Show what the rules find in a workspace today."""
    severity, principle = _asked(request.GET.dict())
    workspace = workspaces.load(id)
    checked = check(workspace).only([principle] if principle else [], severity)
    said: dict[str, object] = {
        "title": HERE,
        "summary": summary(checked),
        "fields": _fields(severity, principle),
        "narrowed": severity != "note" or principle,
        "many": counted(len(checked.found), "thing"),
        "checks": address(id, "checks"),
        "sections": _sections(workspace, checked),
        "silenced": [(in_words(one), silence, mending(workspace, one)) for one, silence in checked.silenced],
    }
    return render(request, "checks/checks.html", {**workspaces.frame(workspace, HERE), **said})


def summary(checked: Checked) -> str:
    """Return how much was found, in a sentence.

    >>> from datetime import date
    >>> summary(Checked(date(2026, 3, 31)))
    'Nothing was found.'
    """
    return f"Found: {each_counted(checked.counts)}." if checked.found else "Nothing was found."


def _asked(query: Mapping[str, str]) -> tuple[Severity, str]:
    """Return the lightest weight and the principle that an address asks for."""
    for name in query:
        if name not in ("severity", "principle"):
            raise UsageError.unknown("way to narrow checks", name, ["severity", "principle"])
    said, principle = query.get("severity") or "note", query.get("principle", "")
    if principle and principle not in SECTIONS:
        raise UsageError.unknown("principle", principle[:40], SECTIONS)
    for severity in SEVERITIES:
        if severity == said:
            return severity, principle
    raise UsageError.unknown("severity", said[:40], get_args(Severity))


def _fields(severity: Severity, principle: str) -> list[Field]:
    return [
        choice("severity", "Show", list(SHOWN.items()), severity),
        choice("principle", "About", list(SECTIONS.items()), principle, "Everything"),
    ]


def _sections(workspace: Workspace, checked: Checked) -> list[dict[str, object]]:
    """Return the errors, then the principles under which else is found, each with its rules, the heaviest first."""
    weights = list(SEVERITIES)
    errors = [one for one in checked.found if one.rule.severity == "error"]
    rest = [one for one in checked.found if one.rule.severity != "error"]
    grouped = {"Errors": errors}
    grouped |= {title: [one for one in rest if one.rule.code[0] == letter] for letter, title in SECTIONS.items()}
    sections: list[dict[str, object]] = []
    for title, found in grouped.items():
        found.sort(key=lambda one: (weights.index(one.rule.severity), one.rule.code))
        cards = [_card(workspace, rule, some) for rule, some in groupby(found, key=lambda one: one.rule)]
        if cards:
            sections.append({"title": title, "counted": summary(Checked(checked.on, tuple(found))), "cards": cards})
    return sections


def _card(workspace: Workspace, rule: Rule, found: Iterable[Found]) -> Card:
    every = tuple(found)
    ways = [mending(workspace, one) for one in every[:AT_MOST]]
    places = tuple(
        (in_words(one), replace(way, silence=silencing.way_to(workspace, one)))
        for one, way in zip(every, ways, strict=False)
    )
    many = counted(len(every), "place") if len(every) > 1 else ""
    more = len(every) - len(places)
    return Card(rule, TAGS[rule.severity], many, places[:AT_ONCE], places[AT_ONCE:], more)


def in_words(found: Found) -> Found:
    """Return a finding with its days in words, as pages say them."""
    return replace(found, said=days_in_words(found.said))


def mending(workspace: Workspace, found: Found) -> Mending:
    """Return the link to the form that mends what was found.

    Args:
        workspace: the one in which it was found.
        found: what a rule found.
    """
    here = address(workspace.id, "records", found.kind, found.id)
    if found.begin:
        begun = kind_of(found.begin)
        names = next((field.name for field in fields_of(begun) if field.to == found.kind), "")
        words = f"Write down {article(begun.TITLE)}" + (f" for '{found.title}'" if names else "")
        query = urlencode({"from": HERE.lower(), **({names: found.id} if names else {})})
        return Mending(words, "", f"{address(workspace.id, 'records', found.begin, 'new')}?{query}")
    edit = f"{here}/edit?from={HERE.lower()}"
    name = found.mended_in or found.field
    if not name:
        return Mending("Change it", f": {found.title}", edit)
    title = next(field.title for field in fields_of(kind_of(found.kind)) if field.name == name)
    return Mending(f"Change '{title}'", f" of {found.title}", f"{edit}#{name}")
