"""Two sides, or two data sets, beside each other: what every question says of both, what differs, how surely."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.comparing import Comparison, Put
from outward.errors import ReleaseRefused
from outward.present import comparison as words
from outward.present.walk import HEADING, RULE, walk_html
from outward.present.words import basis_words
from outward.web import answers, shown
from outward.web.address import Asked, pairs
from outward.web.beside import COMPARE, Beside, chips, other_field, read, side_fields, suggestions
from outward.web.views.data import own_page, page_of


def compare(request: HttpRequest, id: str) -> HttpResponse:
    """Show the two sides that the address holds beside each other; without any, what could be compared."""
    log = answers.data_set(id)
    beside = read(id, request.GET)
    if pairs(request.GET) != beside.pairs:
        return HttpResponseRedirect(beside.page)
    second = answers.data_set(beside.other) if beside.other else log
    chosen = {
        "a_fields": side_fields(log, "a", beside.a, alone=bool(beside.other)),
        "b_fields": side_fields(second, "b", beside.b, alone=bool(beside.other)),
        "other_field": other_field(log, beside.other),
        "beside": beside,
        "chips": chips(beside),
        "suggestions": suggestions(log, beside),
        "title": "Compare two sides",
    }
    page = page_of(log, Asked(id, COMPARE, where=beside.where)) | chosen
    if not beside.chosen:
        return render(request, "pages/compare.html", page)
    return render(request, "pages/compare.html", page | _shown(checked(beside), beside))


def checked(beside: Beside) -> Comparison:
    """Return the comparison, having made sure that small numbers were dealt with.

    Raises:
        ReleaseRefused: they were not.
    """
    compared = answers.comparison(beside)
    if not all(answer.policy.checked for answer in compared.answers):
        raise ReleaseRefused("This comparison has not been checked for small numbers, so it is not shown here.")
    return compared


def _shown(compared: Comparison, beside: Beside) -> dict[str, Any]:
    return {
        "compared": compared,
        "title": words.title(compared),
        "lead": words.lead(compared),
        "said": [one for one in (words.sizes_words(compared), words.overlap(compared)) if one],
        "standing": shown.standard(words.standing_of(words.leant_on(compared))),
        "figures": shown.safe(words.figures_html(compared)),
        "tests": shown.safe(words.tests_html(compared)),
        "walks": shown.safe(walk_html(compared)),
        "walk_heading": HEADING,
        "walk_rule": RULE,
        "notes": (words.RANGES, words.FEW),
        "caveats": words.bearing(compared),
        "basis": basis_words(words.basis_of(compared)),
        "policy": compared.answers[0].small_numbers,
        "puts": [_put(put, compared) for put in compared.puts],
        "send": beside.file("html"),
        "files": [("Everything (.json)", beside.file("json"))],
        "made_up": shown.made_up(words.basis_of(compared)),
    }


def _put(put: Put, compared: Comparison) -> dict[str, Any]:
    return {
        "title": put.title,
        "words": words.put_words(put, compared.names),
        "own": words.own_words(put, compared.names),
        "standing": shown.standard(words.standing_of(put.answers)) if put.answers else None,
        "pictures": _pictures(put, compared),
        "maps": put.id == "U3.1",
        "links": _links(put, compared),
    }


def _links(put: Put, compared: Comparison) -> list[dict[str, str]]:
    """Return the addresses of the whole answers, each with whose it is where there are two."""
    asked = [Asked(log.id, put.id, by, str(where)) for log, by, where in compared.asked]
    whose = [f" of {name}" for name in compared.names] if len(asked) > 1 else [""]
    return [{"href": own_page(one), "whose": name} for one, name in zip(asked, whose, strict=True)]


def _pictures(put: Put, compared: Comparison) -> list[dict[str, Any]]:
    """Return the pictures of a question, each called by the question too: two may bear the same title.

    Where each side has a data set of its own, each picture says whose it is, and alike ones follow each other.
    """
    whose = compared.names if len(put.answers) > 1 else ("",)
    found = [
        (at, name, one)
        for place, (name, answer) in enumerate(zip(whose, put.answers, strict=False), 1)
        for at, one in enumerate(shown.pictures(answer, within=f"{put.id.replace('.', '-')}-{place}-"))
    ]
    return [
        {"whose": name, "picture": replace(one, title=f"{name}{': ' if name else ''}{put.title} {one.title}")}
        for _, name, one in sorted(found, key=lambda each: each[0])
    ]


def download(request: HttpRequest, id: str, ending: str) -> HttpResponse:
    """Return the comparison as one HTML page or as JSON."""
    compared = checked(read(id, request.GET))
    text, kind = {
        "html": (words.comparison_html, "text/html; charset=utf-8"),
        "json": (words.comparison_json, "application/json"),
    }[ending]
    file = re.sub(r"[^\w.-]+", "-", f"{words.basis_of(compared).value} {id} comparison") + f".{ending}"
    return HttpResponse(
        text(compared), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
