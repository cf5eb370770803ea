"""Take the pictures of the README from the example, in headless Chromium: `python -m tests.meta.pictures`."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outward.web.settings")

from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from outward.evidence.store import LaidLog
from outward.examples import bring_in_examples
from outward.looking import look
from outward.present.look import look_html
from outward.web import entry

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
RENEW = "python -m tests.meta.pictures"
WIDTH, TALL, SHORT = 1200, 1700, 1000
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def chromium() -> str | None:
    """Return the path of the browser; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def take_pictures(folder: Path) -> list[Path]:
    """Take every picture of the README and return the files.

    Args:
        folder: where they go; made if need be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (log,) = bring_in_examples()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        taken = [
            _page(browser, f"/data/{log.id}/journeys", folder / "journeys.png"),
            _page(browser, "/workspaces/pensions", folder / "board.png"),
            _look(browser, log, folder / "look.png"),
        ]
        browser.close()
    return taken


def _page(browser: Browser, where: str, path: Path) -> Path:
    """The top of a page of the example."""
    page = browser.new_page(viewport={"width": WIDTH, "height": TALL})
    with _served() as (address, key):
        page.goto(f"{address}/enter/{key}")
        page.goto(f"{address}{where}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path)
    page.close()
    return path


def _look(browser: Browser, log: LaidLog, path: Path) -> Path:
    """The top of the one HTML file that a look writes."""
    page = browser.new_page(viewport={"width": WIDTH, "height": SHORT})
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "look.html"
        file.write_text(look_html(look(log)), encoding="utf-8")
        page.goto(file.as_uri())
        page.screenshot(path=path)
    page.close()
    return path


@contextmanager
def _served() -> Iterator[tuple[str, str]]:
    """Serve the pages on this computer and yield their address and the one-time key."""
    key, kept = entry.new_key()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Threads, handler_class=_Quiet)
    with override_settings(ENTRY_DIGEST=kept), server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", key
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        os.environ |= {"OUTWARD_HOME": str(Path(own) / "home"), "OUTWARD_KEY": str(Path(own) / "key")}
        for picture in take_pictures(FOLDER):
            print(f"Taken: {picture.name}")
