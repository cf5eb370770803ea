"""The first page, the page of a workspace, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.examples.tours import tour_of
from outward.web import answers, entry, shown, workspaces
from outward.web.faults import plain_page

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog


def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Open the pages to a browser that comes with the one-time key."""
    if not entry.is_in(request) and not entry.use(key):
        return plain_page(
            request,
            403,
            "This link has been used",
            "The link opens these pages once. Stop Outward in the terminal and start it again for a new one.",
        )
    response = HttpResponseRedirect("/")
    entry.let_in(request, response)
    return response


def home(request: HttpRequest) -> HttpResponse:
    """Show the workspaces and data sets on this computer."""
    found = answers.workspaces()
    return render(
        request,
        "pages/home.html",
        {
            "title": "Your workspaces and data",
            "forgotten": "forgotten" in request.GET,
            "workspaces": found,
            "toured": [one for one in found if tour_of(one.id)],
            "broken": answers.broken_workspaces(),
            "data_sets": [_card(log) for log in answers.data_sets()],
        },
    )


def _card(log: LaidLog) -> dict[str, object]:
    first, last = shown.months(log.period)
    return {
        "name": log.name,
        "href": f"/data/{log.id}",
        "period": f"{first} to {last}",
        "made_up": shown.made_up(log.basis),
    }


def workspace(request: HttpRequest, id: str) -> HttpResponse:
    """Show what a workspace is about, and its data sets."""
    found = answers.workspace(id)
    return render(
        request,
        "pages/workspace.html",
        {
            "title": found.title,
            "workspace": found,
            "parts": workspaces.parts(id, "Board sheet"),
            "about": [" ".join(part.split()) for part in found.header.about.split("\n\n") if part.strip()],
            "data_sets": [_card(log) for log in answers.data_sets_of(found)],
            "made_up": found.header.made_up,
            "tour": tour_of(id),
        },
    )
