"""Forgetting a data set for good, once a person has confirmed it on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.web import answers
from outward.web.address import Asked
from outward.web.doors import changes


@changes
def forget(request: HttpRequest, id: str) -> HttpResponse:
    """Ask whether a data set shall be erased; erase it."""
    log = answers.data_set(id)
    if request.method == "POST":
        answers.forget(id)
        return HttpResponseRedirect("/?forgotten=yes")
    return render(
        request, "pages/forget.html", {"title": f"Forget '{log.name}' for good?", "log": log, "asked": Asked(id, "-")}
    )
