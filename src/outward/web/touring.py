"""A tour leads from page to page: each page opened from it says at which stop one is, and where it goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

NAME = "tour"
"""What says in an address at which stop of a tour one is, counted from 1."""


@dataclass(frozen=True)
class At:
    """Where one is on a tour.

    Attributes:
        number: of the stop, from 1.
        many: how many stops there are.
        title, notice: of the stop.
        tour: the address of the tour.
        next_title, next_href: of the next stop; '' at the last.
    """

    number: int
    many: int
    title: str
    notice: str
    tour: str
    next_title: str = ""
    next_href: str = ""


def stop_address(id: str, number: int, path: str) -> str:
    """Return the address of a stop of the tour of a workspace, which says that one came from the tour.

    >>> stop_address("pensions", 10, "/checks")
    '/workspaces/pensions/checks?tour=10'
    """
    from outward.web.workspaces import address

    return f"{address(id)}{path}?{NAME}={number}"


def touring(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the step that takes the stop of a tour out of an address, so that each page is asked as it is without."""

    def on_tour(request: HttpRequest) -> HttpResponseBase:
        if NAME in request.GET:
            request.tour_stop = str(request.GET[NAME])  # type: ignore[attr-defined]  # read by `at` below
            query = request.GET.copy()
            del query[NAME]
            request.GET = query  # type: ignore[assignment]  # one that could be changed, as any is before it is read
        return get_response(request)

    return on_tour


def at(request: HttpRequest) -> At | None:
    """Return where one is on the tour of a workspace; None where the address does not say so, or there is no tour."""
    from outward.examples.tours import tour_of
    from outward.web.workspaces import address

    number, within = getattr(request, "tour_stop", ""), re.match(r"/workspaces/([\w.-]+)", request.path)
    tour = tour_of(within[1]) if within and re.fullmatch(r"[1-9]\d?", number) else None
    if not (within and tour and int(number) <= len(tour.stops)):
        return None
    place, id = int(number), within[1]
    here, *to_come = tour.stops[place - 1 :]
    further = (to_come[0].title, stop_address(id, place + 1, to_come[0].path)) if to_come else ("", "")
    return At(place, len(tour.stops), here.title, here.notice, address(id, "tour"), *further)
