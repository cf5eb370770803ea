"""The journey map: what paths customers take, as a picture to be changed and walked through."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward import catalogue
from outward.answers import Map
from outward.present import map_choice
from outward.web import answers, filters, maps, shown
from outward.web.address import pairs, read
from outward.web.views.ask import asked_answer, described
from outward.web.views.data import page_of


def journeys(request: HttpRequest, id: str) -> HttpResponse:
    """Show the map of the journeys that the address asks for; two groups stand beside each other."""
    log = answers.data_set(id)
    asked = read(id, catalogue.find("U3.1"), request.GET, maps.SETTINGS)
    answer = asked_answer(asked)
    picture = next(one for one in answer.pictures if isinstance(one, Map))
    groups, plain = map_choice.groups(answer, picture), maps.usual(answer, picture)
    how = maps.drawn(asked.view, plain, groups)
    told = {name: value for name, value in how.settings.items() if value != plain.settings[name]}
    asked = replace(asked, view=told)
    if pairs(request.GET) != asked.pairs:
        return HttpResponseRedirect(asked.journeys)
    return render(
        request,
        "pages/journeys.html",
        page_of(log, asked)
        | described(answer, asked)
        | {
            "maps": shown.map_pictures(answer, picture, how, maps.map_links(asked)),
            "chips": filters.chips(asked, journeys=True),
            "map_fields": [filters.group_field(log, asked), *maps.map_fields(how, groups)],
            "fields": filters.narrowing_fields(log, asked),
        },
    )
