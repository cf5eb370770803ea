"""The first page, and the way in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.examples.tours import tour_of
from outward.web import answers, entry, shown
from outward.web.faults import plain_page


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
            "forgotten": {"yes": "data set", "workspace": "workspace"}.get(request.GET.get("forgotten", ""), ""),
            "workspaces": found,
            "toured": [one for one in found if tour_of(one.id)],
            "broken": answers.broken_workspaces(),
            "data_sets": [shown.card(log) for log in answers.data_sets()],
        },
    )
