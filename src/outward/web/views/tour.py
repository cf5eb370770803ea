"""The page of a tour through an example workspace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.errors import NotFound
from outward.web import workspaces
from outward.web.touring import stop_address


def tour(request: HttpRequest, id: str) -> HttpResponse:
    """Show the stops of the tour through a workspace, each with what to notice there."""
    from outward.examples.tours import tour_of

    workspace, found = workspaces.load(id), tour_of(id)
    if not found:
        raise NotFound(f"There is no tour of the workspace '{id}'. The example 'pensions' has one.")
    stops = [(stop, stop_address(id, number, stop.path)) for number, stop in enumerate(found.stops, 1)]
    return render(
        request,
        "pages/tour.html",
        {
            "title": found.title,
            "about": found.about,
            "stops": [{"title": stop.title, "notice": stop.notice, "href": href} for stop, href in stops],
            **workspaces.frame(workspace, ""),
        },
    )
