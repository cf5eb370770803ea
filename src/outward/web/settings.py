"""Django's settings for the pages: one person, one computer, nothing kept between runs.

Django has no database here: jobs have their own small table (`jobs`). The cookie is signed with a secret made
afresh for each run, so that closing Outward ends every visit.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from outward.dates import LONDON

HERE = Path(__file__).parent

SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "outward.web.urls"
WSGI_APPLICATION = "outward.web.wsgi.application"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = LONDON.key
USE_TZ = True
APPEND_SLASH = False

MIDDLEWARE = [
    "outward.web.doors.headers",
    "outward.web.doors.this_computer_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "outward.web.touring.touring",
    "outward.web.faults.Faults",
    "outward.web.doors.entered",
    "django.middleware.csrf.CsrfViewMiddleware",
]
CSRF_COOKIE_NAME = f"outward_form_{os.environ.get('OUTWARD_PORT', '')}"
"""Cookies do not tell ports apart, so two runs need two names."""
CSRF_COOKIE_AGE = None  # gone when the browser closes
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "outward.web.faults.not_from_here"
FILE_UPLOAD_HANDLERS = ["outward.web.uploads.IntoPrivateFolder"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 << 20  # bytes of a form without its files: a text that is too long is kept as a draft
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a form of up to 1,000 steps

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": ["outward.web.frame.frame"],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # addresses of assets change with their content

ENTRY_DIGEST = os.environ.get("OUTWARD_ENTRY", "")
"""SHA-256 of the one-time key, from the process that printed the link."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django": {"handlers": [], "level": "CRITICAL", "propagate": False}},
}
"""Django's own log would hold addresses and values; `faults` writes what a fault of ours needs."""

DEFAULT_CHARSET = "utf-8"
SILENCED_SYSTEM_CHECKS: list[str] = []
