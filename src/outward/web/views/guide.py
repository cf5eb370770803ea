"""For people with nothing ready: which columns a file needs, and a made-up file to try."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.examples.sample import sample_csv


def columns(request: HttpRequest) -> HttpResponse:
    """Show what a file needs to hold."""
    return render(request, "bringing/columns.html", {"title": "Which columns a file needs"})


def sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes the request
    """Return the made-up sample file."""
    return HttpResponse(
        sample_csv(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="made-up-sample.csv"'},
    )
