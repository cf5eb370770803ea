"""What every request passes: headers, this computer only, no changes but where a view takes them, the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve

from outward.web import entry
from outward.web.faults import plain_page

Handler = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def headers(get_response: Handler) -> Handler:
    """Return the step that sets the headers of every response; only built assets may be kept."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith("/static/") or response.status_code != 200:
            response.headers["Cache-Control"] = "no-store"
        return response

    return with_headers


def changes(view: View) -> View:
    """Mark a view as one that a form may be sent to; all others can only be read."""
    view.may_change = True  # type: ignore[attr-defined]  # a mark that `_allowed` reads
    return view


def _allowed(request: HttpRequest) -> tuple[str, ...]:
    """Return the methods that the address takes."""
    try:
        may_change = getattr(resolve(request.path_info).func, "may_change", False)
    except Http404:
        may_change = False
    return ("GET", "HEAD", "POST") if may_change else ("GET", "HEAD")


def this_computer_only(get_response: Handler) -> Handler:
    """Return the step that refuses any name but this computer's own, and anything but reading.

    A page elsewhere can point its own name at this computer (DNS rebinding): the browser then sends
    that name, and is refused.
    """

    def checked(request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse(
                "Outward answers on this computer alone. Use the link printed in the terminal.",
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        allowed = _allowed(request)
        if request.method not in allowed:
            refused = plain_page(request, 405, "You cannot change anything here", "This page can only be read.")
            refused.headers["Allow"] = ", ".join(allowed)
            return refused
        return get_response(request)

    return checked


def entered(get_response: Handler) -> Handler:
    """Return the step that shows nothing to a browser that was not opened with the one-time key."""

    def opened(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/enter/") or entry.is_in(request):
            return get_response(request)
        return plain_page(
            request,
            403,
            "Use the link in the terminal",
            "Outward was started in a terminal on this computer, and printed a link there. Open that link to "
            "see these pages. It works once: if it was used already, stop Outward and start it again.",
        )

    return opened
