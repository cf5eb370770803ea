"""The pages in a real browser: nothing found by axe, a silent console, the keyboard alone, no scripts.

One story at each width: home, the data set, the map, a path of it, an answer, a narrower question.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from outward.present.scrolling import scrolling
from outward.web import entry

from .conftest import LOG, inhabit
from .test_pages import PAGES, PLAIN_PAGES

pytestmark = pytest.mark.browser

WIDTHS = (1280, 375)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Threads(ThreadingMixIn, WSGIServer):
    """A server that answers several requests of a browser at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """A handler that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of the made-up world, served for this module."""
    key, kept = entry.new_key()
    with pytest.MonkeyPatch.context() as patch, override_settings(ENTRY_DIGEST=kept):
        inhabit(patch)
        with make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threads, handler_class=Quiet) as server:
            thread = Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}/enter/{key}"
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def cookies(served: str, browser: Browser) -> Any:
    """What a browser holds once it was opened with the key, which works once."""
    context = browser.new_context()
    context.new_page().goto(served)
    state = context.storage_state()
    context.close()
    return state


def opened(browser: Browser, cookies: Any, served: str, width: int, scripts: bool = True) -> BrowserContext:
    """Return a browser of that width that was let in."""
    return browser.new_context(
        base_url=served.split("/enter/")[0],
        storage_state=cookies,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, cookies: Any, served: str) -> Iterator[Page]:
    """A page at each width; whatever reaches the console fails the test."""
    context = opened(browser, cookies, served, request.param)
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if "404" not in message.text else None)
    context.on("weberror", lambda fault: said.append(str(fault.error)))
    yield context.new_page()
    context.close()
    assert said == []


@pytest.mark.parametrize("path", [*PLAIN_PAGES, PAGES[-1], "/nowhere"])
def test_axe_finds_nothing_and_nothing_overflows(path: str, page: Page) -> None:
    page.goto(path)
    for details in page.locator("summary").all():
        details.click()
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0


def test_a_board_sheet_prints_on_one_side_of_paper(page: Page) -> None:
    page.goto("/workspaces/support")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1


def test_a_person_finds_out_where_claims_wait_and_for_whom(page: Page) -> None:
    """Home, the data set, the map, one path of it, the waits of those who take it, by channel."""
    page.goto("/")
    page.get_by_role("link", name="Claims for <support>").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Claims for <support>")
    page.get_by_role("link", name="Journeys", exact=True).click()
    page.get_by_role("link", name="From Decide to Appeal").press("Enter")
    expect(page.get_by_text("goes straight from 'Decide' to 'Appeal'")).to_be_visible()
    page.get_by_role("link", name="Waits", exact=True).click()
    page.get_by_text("Change the question").click()
    page.get_by_label("Groups").select_option("channel")
    page.get_by_label("Only this group").select_option("South")
    page.get_by_role("button", name="Ask again").click()
    expect(page).to_have_url(
        f"/data/{LOG}/ask/U3.4?by=channel&where=area%3DSouth%20%26%20path%28Decide%20%3E%20Appeal%29"
    )
    page.get_by_role("link", name="Remove: has area South").click()
    expect(page).to_have_url(f"/data/{LOG}/ask/U3.4?by=channel&where=path%28Decide%20%3E%20Appeal%29")


def test_what_is_wider_than_its_room_is_a_stop_of_the_keyboard_and_small_tables_shrink(page: Page) -> None:
    page.goto("/workspaces/support/ask/D1.1")
    page.locator("summary").first.click()
    page.set_viewport_size({"width": 320, "height": 900})
    regions = page.locator("main .outward-scroll").all()
    assert regions
    assert all(region.get_attribute("tabindex") == "0" for region in regions)
    narrow = page.locator("main table.outward-narrow").all()
    assert all(one.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth + 1") for one in narrow)


def test_words_hidden_in_a_wide_table_do_not_widen_the_page(browser: Browser) -> None:
    style = files("outward.web").joinpath("static/outward.css").read_text(encoding="utf-8")
    cell = '<td class="govuk-table__cell">[z]<span class="govuk-visually-hidden"> does not apply</span></td>'
    heads = "".join(f'<th scope="col">Column {number}</th>' for number in range(12))
    table = f'<table class="govuk-table"><thead><tr>{heads}</tr></thead><tbody><tr>{cell * 12}</tr></tbody></table>'
    page = browser.new_page(viewport={"width": 375, "height": 900})
    page.set_content(f"<!DOCTYPE html><style>{style}</style><main>{scrolling(table)}</main>")
    assert page.locator(".outward-scroll").evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.close()


def test_the_map_can_be_zoomed_and_fitted(page: Page) -> None:
    page.goto(f"/data/{LOG}/journeys")
    map = page.locator("figure svg").first
    before = map.bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    closer = map.bounding_box()
    assert before
    assert closer
    assert closer["width"] == pytest.approx(before["width"] * 1.25, abs=2)
    page.get_by_role("button", name="Fit to width").click()
    fitted, room = map.bounding_box(), page.locator("figure .outward-scroll").bounding_box()
    assert fitted
    assert room
    assert fitted["width"] == pytest.approx(room["width"], abs=2)


def test_dragging_moves_the_map_and_follows_no_link(page: Page) -> None:
    page.goto(f"/data/{LOG}/journeys")
    region = page.locator("figure .outward-scroll")
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
    region.scroll_into_view_if_needed()
    start = region.evaluate("one => one.scrollLeft")
    box = region.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y, steps=5)
    page.mouse.up()
    assert region.evaluate("one => one.scrollLeft") == pytest.approx(start + 90, abs=3)
    expect(page).to_have_url(f"/data/{LOG}/journeys")


def test_a_slider_shows_its_value_while_it_moves(page: Page) -> None:
    page.goto(f"/data/{LOG}/journeys")
    slider = page.get_by_label("Share of the steps drawn")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Share of the steps drawn: 99%")).to_be_visible()


def test_everything_is_reached_by_keyboard_alone(page: Page) -> None:
    """Skip to the content, change the map with the arrow keys, send the form, open a path."""
    page.goto(f"/data/{LOG}/journeys")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    names = []
    for _ in range(60):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.name"))
        if (names[-1] or "").startswith("From Decide to Appeal"):
            break
    assert {"by", "steps", "paths", "paint"} <= set(names)
    assert any((name or "").startswith("Map: ") for name in names)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/data/{LOG}/journeys?where=path%28Decide%20%3E%20Appeal%29")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_all_works_without_scripts(width: int, browser: Browser, cookies: Any, served: str) -> None:
    context = opened(browser, cookies, served, width, scripts=False)
    page = context.new_page()
    page.goto(f"/data/{LOG}/journeys")
    page.get_by_label("Groups").select_option("channel")
    page.get_by_label("What share took each path").check()
    page.get_by_role("button", name="Draw the map").click()
    expect(page).to_have_url(f"/data/{LOG}/journeys?by=channel&paint=share")
    expect(page.locator("figure svg")).to_have_count(2)
    page.get_by_role("link", name="The same as tables").click()
    with page.expect_download() as file:
        page.get_by_role("link", name="Paths (.csv)").click()
    assert file.value.suggested_filename == f"made-up-{LOG}-U3.1-paths.csv"
    context.close()
