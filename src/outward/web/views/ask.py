"""One page an answer: the sentence first, then picture, tables, caveats and how it was worked out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward import catalogue
from outward.disclosure.released import ReleasedAnswer
from outward.errors import ReleaseRefused, UsageError
from outward.present import words
from outward.web import answers, filters, shown
from outward.web.address import Asked, AskedOfWorkspace, pairs, read
from outward.web.maps import map_links
from outward.web.views.data import page_of
from outward.web.words import spoken


def asked_answer(asked: Asked) -> ReleasedAnswer:
    """Return the answer, having made sure that small numbers were dealt with.

    Raises:
        ReleaseRefused: they were not.
    """
    return checked(answers.answer(asked))


def checked(answer: ReleasedAnswer) -> ReleasedAnswer:
    """Return the answer as it is, if small numbers were dealt with.

    Raises:
        ReleaseRefused: they were not.
    """
    if not answer.policy.checked:
        raise ReleaseRefused("This answer has not been checked for small numbers, so it is not shown here.")
    return answer


def of_data(id: str) -> catalogue.Question:
    """Return the question of that id.

    Raises:
        UsageError: there is none, or it is asked of a workspace.
    """
    found = catalogue.find(id)
    if found.about != "data set":
        raise UsageError(f"{found.id} is asked of a workspace, not of data. Open a workspace to ask it.")
    return found


def ask(request: HttpRequest, id: str, question: str) -> HttpResponse:
    """Show the answer to the question that the address holds."""
    found, log = of_data(question), answers.data_set(id)
    asked = read(id, found, request.GET)
    if pairs(request.GET) != asked.pairs or question != found.id:
        return HttpResponseRedirect(asked.page)
    answer = asked_answer(asked)
    return render(
        request,
        "pages/answer.html",
        page_of(log, asked)
        | described(answer, asked)
        | {
            "pictures": shown.pictures(answer, map_links(asked)),
            "tables": shown.tables(answer),
            "chips": filters.chips(asked),
            "action": f"/data/{id}/ask/{found.id}",
            "fields": [
                filters.group_field(log, asked),
                *filters.narrowing_fields(log, asked),
                *filters.parameter_fields(found, log, asked),
            ],
        },
    )


def described(answer: ReleasedAnswer, asked: Asked | AskedOfWorkspace) -> dict[str, Any]:
    """Return what stands around the figures of an answer: its words, its method, its files."""
    said = [(spoken(name), value) for name, value in answer.parameters.items() if value not in ("", None)]
    return {
        "title": answer.title,
        "narrowed": answer.narrowed,
        "all": asked.of_all if answer.narrowed else "",
        "all_words": "Ask as of today" if set(asked.parameters) == {"on"} else "Ask of all",
        "set": bool(asked.parameters),
        "answer": answer,
        "lead": shown.said(answer, answer.sentence),
        "standing": shown.standard(answer.standing),
        "basis": words.basis_words(answer.basis),
        "caveats": [shown.said(answer, one) for one in answer.caveats],
        "parameters": said,
        "files": [
            *((f"{spoken(one)} (.csv)", asked.file(f"{one}.csv")) for one in answer.tables),
            *((f"{spoken(one)} (.svg)", asked.file(f"{one}.svg")) for one in shown.drawings(answer)),
            ("Everything (.json)", asked.file("answer.json")),
        ],
        "send": asked.file("answer.html"),
        "made_up": shown.made_up(answer.basis),
    }
