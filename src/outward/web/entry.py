"""The one-time key that opens the pages, and the cookie that keeps them open."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_used: set[str] = set()
_using = Lock()


def new_key() -> tuple[str, str]:
    """Return a new one-time key and its digest; only the digest is ever kept.

    >>> key, kept = new_key()
    >>> digest(key) == kept
    True
    """
    key = secrets.token_urlsafe(32)
    return key, digest(key)


def digest(key: str) -> str:
    """Return the SHA-256 of a key, hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def use(key: str) -> bool:
    """Return whether this is the key of this run and is used for the first time."""
    given = digest(key)
    with _using:
        right = hmac.compare_digest(given, settings.ENTRY_DIGEST) and given not in _used
        if right:
            _used.add(given)
    return right


def cookie_name(request: HttpRequest) -> str:
    """Return the cookie's name: cookies do not tell ports apart, so two runs need two names."""
    return f"outward_{request.get_port()}"


def let_in(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the cookie that keeps the pages open until it is closed or Outward stops."""
    response.set_signed_cookie(cookie_name(request), "entered", salt="entry", httponly=True, samesite="Strict")


def is_in(request: HttpRequest) -> bool:
    """Return whether the request carries this run's cookie."""
    return request.get_signed_cookie(cookie_name(request), default="", salt="entry") == "entered"
