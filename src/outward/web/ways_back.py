"""What leads on from a page that says what went wrong: the workspace it stands in, a history, the form again."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from outward.errors import NotFound, OutwardError, ReleaseRefused
from outward.web import entry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from outward.web.workspaces import Link

PARTS = {"records": "Records", "ask": "Questions", "checks": "Checks"}
"""The part of a workspace to which an address belongs, by what follows the workspace in it."""
KNOWN = " Known are: "
"""What comes before names that the form offers anyway, in the words that people know them by."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what a page of the workspace begins with in which an address lies; nothing where it lies in none.

    Only whoever came with the key learns what a workspace is called.
    """
    from outward.web import workspaces

    found = re.match(r"/workspaces/(\w[\w.-]*)(?:/(\w+))?", request.path)
    if found and entry.is_in(request):
        with suppress(OutwardError, OSError):
            workspace = workspaces.load(found[1])
            return workspaces.frame(workspace, PARTS.get(found[2] or "", ""), _trail(request, found[1]))
    return {}


def _trail(request: HttpRequest, id: str) -> list[Link]:
    """Return the way from the workspace to the list in which an address lies."""
    from outward.web.views.records import trail
    from outward.web.workspaces import Link, address
    from outward.workspace.header import Header
    from outward.workspace.records import kinds

    asked = request.resolver_match.kwargs if request.resolver_match else {}
    if "/records" in request.path:
        return trail(id, kinds().get(asked.get("kind", ""), Header))
    return [Link("Questions", address(id, "ask"))] if "question" in asked else []


def of(request: HttpRequest, error: OutwardError) -> tuple[list[str], dict[str, Any]]:
    """Return what is to be said of an error, and what its page offers to go on with."""
    if isinstance(error, ReleaseRefused):
        return [str(error)], _link("Ask it of everyone, without filter and groups", _unfiltered(request))
    name = request.resolver_match.url_name if request.resolver_match else ""
    if isinstance(error, NotFound) and name in ("record", "edit-record", "remove-record"):
        said, more = _removed(request)
        return [str(error), *said], more
    if request.method != "GET" or not request.GET or not request.path.startswith("/workspaces/"):
        return [str(error)], {}
    with suppress(OutwardError):
        if name == "ask-workspace":
            return [f"{str(error).partition(KNOWN)[0]} Choose below, and ask again."], _form(request)
    return [str(error)], _link("Show it without what the address adds", _unfiltered(request))


def _link(words: str, href: str) -> dict[str, Any]:
    from outward.web.workspaces import Link

    return {"links": [Link(words, href)]} if href else {}


def _unfiltered(request: HttpRequest) -> str:
    """Return the address of what was asked, without all that was added to it; '' where nothing was.

    A file leads back to the page that offers it.
    """
    if not (request.GET and request.resolver_match):
        return ""
    return request.path.rpartition("/")[0] if "ending" in request.resolver_match.kwargs else request.path


def _removed(request: HttpRequest) -> tuple[list[str], dict[str, Any]]:
    """Return who removed the record that an address names, and the link to its history; nothing where nobody did."""
    from outward.web import facts
    from outward.web.removed import removed_of
    from outward.web.workspaces import address

    asked = request.resolver_match.kwargs if request.resolver_match else {}
    id, kind, record = (str(asked.get(name, "")) for name in ("id", "kind", "record"))
    for one in removed_of(id, kind):
        if one.id == record:
            said = f"It was removed by {facts.maker(one.by)} on {facts.moment(one.at)}."
            return [said], _link("See its history and put it back", address(id, "records", kind, record, "history"))
    return [], {}


def _form(request: HttpRequest) -> dict[str, Any]:
    """Return the form of a question of a workspace, with what its address holds.

    Raises:
        OutwardError: there is no such workspace or question.
    """
    from outward.web.views.questions import form_of

    asked = request.resolver_match.kwargs if request.resolver_match else {}
    return form_of(str(asked["id"]), str(asked["question"]), request.GET)
