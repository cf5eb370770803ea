"""What every page's frame needs: the addresses of the built assets."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from outward.web import touring


@cache
def asset_version() -> str:
    """Return twelve digits that change whenever a built asset does."""
    files = [settings.STATIC_ROOT / name for name in ("outward.css", "outward.js", "icon.svg")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the values that the base template reads on every page."""
    return {"asset_version": asset_version(), "on_tour": touring.at(request)}
