"""What a page tells once, after something was done on the page before: it is not told again when the page is reloaded.

It travels in a cookie that names the page and is taken away as the page is shown. It holds words of these pages, names
of fields and counts; nothing of what was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

COOKIE = "outward_told"
SECONDS = 120
LONGEST = 3_000

Told = Mapping[str, str]


def lead_to(page: str, **told: str) -> HttpResponse:
    """Return the answer that leads to a page, which tells something once.

    Args:
        page: its address, with a query or not.
        told: name to words or to a count.
    """
    response = HttpResponseRedirect(page)
    text = quote(json.dumps({"at": page.partition("?")[0], **told}, ensure_ascii=False))
    if len(text) <= LONGEST:
        response.set_cookie(COOKIE, text, max_age=SECONDS, path="/workspaces", httponly=True, samesite="Strict")
    return response


def told(request: HttpRequest) -> Told:
    """Return what this page is to tell; nothing where it has told it already."""
    try:
        held = json.loads(unquote(request.COOKIES.get(COOKIE, "")[:LONGEST]))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(held, dict) or held.get("at") != request.path:
        return {}
    return {name: value for name, value in held.items() if isinstance(value, str)}


def once(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page, after which nothing is told of what it told."""
    if told(request):
        response.delete_cookie(COOKIE, path="/workspaces", samesite="Strict")
    return response
