from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.absent import absent

from outward.answers import Basis, Column
from outward.pictures import bars_with_intervals
from outward.present.report import Section, html_file

from .made import SIMPLE, answer, by_channel, journey, simple, table

BARS = bars_with_intervals("channel", "share", "share_low", "share_high")
LONG = table(
    [Column("step", "label"), Column("cases", "count", "cases")],
    [{"step": f"Step {number}", "cases": 500 - 5 * number} for number in range(40)],
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = [simple(), by_channel(BARS), by_channel(BARS), journey(SIMPLE, by=("Phone", "Post"))]
    sections = [
        Section("How they act", ["Counted from the log."], answers),
        Section("Made up", [], [simple(basis=Basis.MADE_UP)]),
    ]
    page = tmp_path_factory.mktemp("report") / "report.html"
    page.write_text(html_file("Permits", sections), encoding="utf-8")
    return page


def _opened(report: Path, width: int) -> dict[str, Any]:
    """Open the report without JavaScript of its own, and return what was seen."""
    axe_core = pytest.importorskip("axe_playwright_python.base").AXE_FILE_PATH
    api = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        absent("Chromium is not installed")
    seen: dict[str, Any] = {"said": [], "asked": []}
    with api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        plain = browser.new_page(viewport={"width": width, "height": 800})
        plain.on("console", lambda message: seen["said"].append(message.text))
        plain.on("request", lambda request: seen["asked"].append(request.url))
        plain.goto(report.as_uri())
        seen["wide"] = plain.evaluate("document.documentElement.scrollWidth")
        seen["font"] = plain.evaluate("getComputedStyle(document.body).fontFamily")
        checked = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}).new_page()
        checked.goto(report.as_uri())
        checked.evaluate(Path(axe_core).read_text(encoding="utf-8"))
        found = checked.evaluate("rules => axe.run({runOnly: rules})", RULES)
        seen["violations"] = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        browser.close()
    return seen


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(report: Path, width: int) -> None:
    seen = _opened(report, width)
    assert seen["violations"] == []
    assert seen["wide"] == width
    assert seen["said"] == []
    assert seen["asked"] == [report.as_uri()]
    assert seen["font"].startswith("Arial")


def test_a_long_report_prints_short_and_what_is_opened_in_full(tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        absent("Chromium is not installed")
    page = tmp_path / "report.html"
    page.write_text(html_file("Permits", [Section("How they act", [], [answer({"steps": LONG})])]), encoding="utf-8")
    with api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page()
        shown.goto(page.as_uri())
        shown.emulate_media(media="print")
        rows = "[...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).length"
        folded = shown.evaluate(rows)
        shown.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        opened = shown.evaluate(rows)
        browser.close()
    assert (folded, opened) == (5, 40)
