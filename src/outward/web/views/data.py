"""The page of a data set: what it is, what to look at first, what cannot be answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.present.look import trend_words
from outward.web import answers, shown
from outward.web.address import Asked
from outward.web.beside import COMPARE, Beside
from outward.web.words import short

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog
    from outward.looking import Finding


def own_page(asked: Asked) -> str:
    """Return where a question is shown first: paths on the journey map, any other on its own page."""
    return asked.journeys if asked.question == "U3.1" else asked.page


def links(asked: Asked) -> list[dict[str, object]]:
    """Return the row of links to the questions of a data set, with the filter kept."""
    overview = {"words": "Overview", "href": f"/data/{asked.data_set}", "here": not asked.question}
    ids = [one.id for one in answers.questions()]
    pages = [
        {
            "words": "Journeys" if id == "U3.1" else short(id),
            "href": own_page(asked.of(id)),
            "here": id == asked.question,
        }
        for id in sorted(ids, key=lambda id: (id.startswith("E"), ids.index(id)))
    ]
    beside = {
        "words": "Compare",
        "href": Beside(asked.data_set, where=asked.where).page,
        "here": asked.question == COMPARE,
    }
    return [overview, *pages[:1], beside, *pages[1:]]


def page_of(log: LaidLog, asked: Asked) -> dict[str, Any]:
    """Return what every page of a data set needs."""
    return {"log": log, "asked": asked, "links": links(asked), "made_up": shown.made_up(log.basis)}


def overview(request: HttpRequest, id: str) -> HttpResponse:
    """Show the first look at a data set."""
    log = answers.data_set(id)
    seen = answers.look(log)
    return render(
        request,
        "pages/data.html",
        page_of(log, Asked(id, ""))
        | {
            "title": log.name,
            "counts": shown.said(seen.fitness, seen.fitness.sentence),
            "quality": shown.standard(seen.fitness.standing),
            "quality_page": Asked(id, seen.fitness.question).page,
            "first": [_finding(id, one) for one in seen.first],
            "trend": shown.trend(seen.trend),
            "trend_words": trend_words(seen),
            "cannot": seen.cannot,
            "answers": [
                {
                    "title": one.title,
                    "sentence": shown.said(one, one.sentence),
                    "href": own_page(Asked(id, one.question)),
                }
                for one in seen.answers.values()
                if one is not seen.fitness
            ],
        },
    )


def _finding(id: str, found: Finding) -> dict[str, object]:
    answer = found.answer
    return {
        "sentence": shown.said(answer, found.sentence),
        "standing": shown.standard(found.standing),
        "title": answer.title,
        "href": own_page(Asked(id, answer.question)),
        "map": Asked(id, "U3.1", where=answers.narrowed(found.where, [], "", "")).journeys,
    }
