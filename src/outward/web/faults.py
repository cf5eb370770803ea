"""Every error as a plain page: what is wrong and what to do next, never a traceback."""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from outward.errors import OutwardError
from outward.web import ways_back
from outward.workspace.fields import LONGEST_PROSE
from outward.workspace.problems import BadWorkspace

HEADINGS = {
    403: "This cannot be shown",
    404: "Page not found",
    409: "Somebody else has changed this meanwhile",
    500: "Sorry, something went wrong",
}
ASKED = {"ask", "download", "ask-workspace", "download-workspace", "journeys", "compare", "compare-download"}
"""Names of the addresses at which a question is asked."""
SAVED = {"new-record", "edit-record", "remove-record", "history"}
"""Names of the addresses at which records are changed."""
GO_BACK = "Nothing was saved. Go back in your browser: what you typed is as a rule still there."
PASSED_OVER = 256 << 20
"""Bytes of a form that is too long that are still taken in, as a browser hears no answer before it has sent all."""


def heading(request: HttpRequest, status: int) -> str:
    """Return the heading for what went wrong, as it fits the page that was wanted."""
    if status in HEADINGS:
        return HEADINGS[status]
    name = request.resolver_match.url_name if request.resolver_match else ""
    if request.method == "POST":
        return f"This cannot be {'saved' if name in SAVED else 'done'} as it stands"
    return f"This {'question cannot be answered' if name in ASKED else 'page cannot be shown'} as it stands"


def plain_page(request: HttpRequest, status: int, heading: str, *sentences: str, **more: object) -> HttpResponse:
    """Return a page of a heading and some sentences, with that status; within a workspace it has its way back.

    Args:
        request: what was asked.
        status: of the page.
        heading: of the page.
        sentences: below it.
        more: `links` to go on with, or the `fields` and the `action` of a form to send again.
    """
    said = {"title": heading, "sentences": sentences, **ways_back.frame(request), **more}
    return render(request, "pages/plain.html", said, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - by this name
    """Return the page for an address that leads nowhere."""
    return plain_page(
        request,
        404,
        HEADINGS[404],
        "If you typed the address, check it. If you followed a link, what it led to may have been deleted.",
    )


def not_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address or a form that cannot even be read."""
    form = request.method == "POST"
    if form:
        _pass_over(request)
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        said = f"A form holds at most {most} MB in all, and a long text in it at most {LONGEST_PROSE:,} letters."
        return plain_page(request, 413, "This form is too long", said, f"{GO_BACK} Shorten it, then send it again.")
    if isinstance(exception, TooManyFieldsSent):
        said = f"{{}} holds at most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} values, and this one holds more."
        if form:
            return plain_page(request, 400, "This form holds too many values", said.format("A form"), GO_BACK)
        return plain_page(request, 400, "This address holds too many values", said.format("An address"))
    if isinstance(exception, TooManyFilesSent):
        said = f"A form takes at most {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} files at once."
        return plain_page(request, 400, "These are too many files", said, "Nothing was taken in. Choose fewer files.")
    if form:
        said = "It did not arrive whole, or holds what no form of these pages may hold."
        return plain_page(request, 400, "This form cannot be read", said, f"{GO_BACK} Send it again.")
    said = "It is too long, or holds what no address may hold."
    return plain_page(request, 400, "This address cannot be read", said)


def _pass_over(request: HttpRequest) -> None:
    """Take in what is still to come of a form, and forget it."""
    with suppress(OSError, ValueError):  # there is no more, or it was closed already
        for _ in range(PASSED_OVER >> 20):
            if not request.read(1 << 20):
                return


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - by this name
    """Return the page for a form that did not come from these pages."""
    return plain_page(
        request,
        403,
        "This form did not come from here",
        "Nothing was changed. Go back, load the page again and send its form again.",
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours."""
    return plain_page(
        request,
        500,
        HEADINGS[500],
        "This is a fault in Outward, not in your data. Nothing was changed.",
        "The terminal says where it happened.",
    )


MOST_PROBLEMS = 100


def broken(request: HttpRequest, exception: BadWorkspace) -> HttpResponse:
    """Return the page of a workspace whose records cannot be read as they stand: what is wrong, and where."""
    found = request.resolver_match
    many = len(exception.problems)
    said = {
        "title": "This workspace cannot be read as it stands",
        "caption": found.kwargs.get("id", "") if found else "",
        "counted": "There is one thing" if many == 1 else f"There are {many:,} things",
        "it": "it" if many == 1 else "them",
        "here": request.path,
        "kept": request.method == "POST" and found is not None and found.url_name in ("new-record", "edit-record"),
        "problems": exception.problems[:MOST_PROBLEMS],
        "more": max(0, many - MOST_PROBLEMS),
    }
    return render(request, "records/broken.html", said, status=exception.status)


class Faults:
    """The step that turns what went wrong into a page."""

    def __init__(self, get_response: object) -> None:
        assert callable(get_response)
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        """Return the page for what a view raised; the terminal names a fault of ours, without values."""
        if isinstance(exception, BadWorkspace):
            return broken(request, exception)
        if isinstance(exception, OutwardError):
            said, more = ways_back.of(request, exception)
            return plain_page(request, exception.status, heading(request, exception.status), *said, **more)
        if isinstance(exception, Http404):
            return not_found(request)
        if isinstance(exception, SuspiciousOperation):
            return not_read(request, exception)
        last = traceback.extract_tb(exception.__traceback__)[-1]
        print(
            f"Fault: {type(exception).__name__} at {last.filename}:{last.lineno} in {last.name}",
            file=sys.stderr,
        )
        return our_fault(request)
