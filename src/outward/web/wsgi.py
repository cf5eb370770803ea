"""The application that the web server runs."""

from __future__ import annotations

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from outward.web import ahead
from outward.web.lifeline import end_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outward.web.settings")

application = get_wsgi_application()
ahead.begin()

if os.name == "posix":
    Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
