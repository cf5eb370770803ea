"""Bringing a file in as a person does it: clicks, the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.made_case_logs import cases, write
from tests.made_workbooks import write_workbook

from .live import served
from .test_in_a_browser import WIDTHS, browser  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

CONFIRM = "Confirm what this file is"
PATIENCE = 90_000


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The link of a run of Outward on an empty data folder."""
    with served(tmp_path_factory.mktemp("live")) as link:
        yield link


@pytest.fixture(scope="module")
def cookies(link: str, browser: Browser) -> Any:  # noqa: F811 - the fixture
    """What a browser holds once it was opened with the link, which works once."""
    context = browser.new_context()
    context.new_page().goto(link)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opened(link: str, browser: Browser, cookies: Any) -> Iterator[Any]:  # noqa: F811 - the fixture
    """A function that opens a browser of a width that was let in; whatever reaches its console fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def let_in(width: int, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=link.split("/enter/")[0],
            storage_state=cookies,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda fault: said.append(str(fault.error)))
        contexts.append(context)
        return context.new_page()

    yield let_in
    for context in contexts:
        context.close()
    assert [one for one in said if "400 (Bad Request)" not in one] == []


def faultless(page: Page) -> None:
    """Check that axe finds nothing on the page and that nothing overflows."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_with_nothing_ready_tries_the_sample_and_forgets_it(width: int, opened: Any, tmp_path: Path) -> None:
    page = opened(width)
    page.goto("/")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_role("link", name="Which columns a file needs").click()
    faultless(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download a made-up sample file").click()
    sample = tmp_path / download.value.suggested_filename
    download.value.save_as(sample)
    page.get_by_role("main").get_by_role("link", name="bring in a file").click()
    faultless(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file first.")
    faultless(page)
    page.get_by_label("Your file").set_input_files(sample)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONFIRM, timeout=PATIENCE)
    faultless(page)
    page.get_by_label("What to call the data set").fill(f"Permits {width}")
    page.get_by_label("Name of 'Papers received'").fill("Papers came")
    page.get_by_label("What 'Withdraw' is", exact=True).select_option("Ends a case: withdrawn")
    page.get_by_role("button", name="Confirm and show the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Permits {width}", timeout=PATIENCE)
    expect(page.get_by_text("Nobody in this data is real")).to_be_visible()
    page.get_by_role("link", name="Journeys", exact=True).click()
    expect(page.get_by_role("link", name="Papers came").first).to_be_attached()
    page.go_back()
    page.get_by_role("link", name="Forget it for good").click()
    faultless(page)
    page.get_by_role("button", name="Forget it for good").click()
    expect(page.get_by_role("status")).to_have_text("The data set is erased from this computer.")
    expect(page.get_by_text(f"Permits {width}")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_is_chosen_and_asked_where_groups_differ(width: int, opened: Any, tmp_path: Path) -> None:
    page = opened(width)
    rows: list[list[str | float | None]] = [["case", "activity", "time", "area", "kind"]]
    for n in range(160):
        area, kind = ("North", "South")[n % 2], ("New", "Old", "Other")[n % 3]
        days = {"Apply": 1, "Check": 3 + n % 5 + 6 * (n % 2), "Pay": 12 + n % 7 + 6 * (n % 2)}
        rows += [[str(n), step, f"2024-01-{day:02d} 09:00", area, kind] for step, day in days.items()]
    page.goto("/bring-in")
    book = write_workbook(tmp_path / f"book{width}.xlsx", {"Old cases": rows[:40], "New cases": rows})
    page.get_by_label("Your file").set_input_files(book)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a table", timeout=PATIENCE)
    faultless(page)
    page.get_by_role("button", name="Go on with this table").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the tables.")
    faultless(page)
    page.get_by_label("New cases").check()
    page.get_by_role("button", name="Go on with this table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONFIRM, timeout=PATIENCE)
    page.get_by_role("button", name="Confirm and show the answers").click()
    page.get_by_role("link", name="Differences", exact=True).click(timeout=PATIENCE)
    expect(page.get_by_text("How many differences stand out")).to_be_visible(timeout=PATIENCE)
    faultless(page)
    page.goto(f"{page.url}?by=area")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do groups differ beyond chance?")
    expect(page.get_by_text("Furthest apart")).to_be_visible()
    faultless(page)


def test_the_progress_of_long_work_is_shown_and_it_can_be_stopped(opened: Any, tmp_path: Path) -> None:
    page = opened(1280)
    path = write(tmp_path / "long.csv", cases(60_000, "Apply 0, Check 1, Decide 2, Pay 3", area="North"))
    page.add_init_script("window.fetch = () => new Promise(() => {})")  # the page stays as it is
    page.goto("/bring-in")
    page.get_by_label("Your file").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    faultless(page)
    page.get_by_role("button", name="Stop and remove the file").click()
    patiently(page, "Stopped")
    expect(page.get_by_text("nothing was kept of it")).to_be_visible()


def test_everything_is_done_with_the_keyboard_alone(opened: Any, tmp_path: Path) -> None:
    """The file dialogue is the browser's own; all else is reached with Tab and sent with Enter."""
    page = opened(1280)
    path = write(tmp_path / "keys.csv", cases(40, "Apply 0, Decide 2", area="North"))
    page.goto("/bring-in")
    reach(page, "file")
    page.get_by_label("Your file").set_input_files(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(CONFIRM, timeout=PATIENCE)
    reach(page, "column-3")
    page.keyboard.type("Nothing")
    reach(page, "then")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("keys", timeout=PATIENCE)


def reach(page: Page, name: str) -> None:
    """Press Tab until the field of that name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"'{name}' is not reached by Tab")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_all_works_without_scripts(width: int, opened: Any, tmp_path: Path) -> None:
    page = opened(width, scripts=False)
    path = write(tmp_path / f"plain-{width}.csv", cases(width, "Apply 0, Decide 2", area="North"))
    page.goto("/bring-in")
    page.get_by_label("Your file").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    patiently(page, CONFIRM)
    page.get_by_role("button", name="Take the guesses for now").click()
    patiently(page, f"plain-{width}")
    page.get_by_role("link", name="Put right what was confirmed").click()
    page.get_by_label("Your file").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    patiently(page, CONFIRM)
    page.get_by_label("What 'Decide' is").select_option("Ends a case: refused")
    page.get_by_role("button", name="Confirm and show the answers").click()
    patiently(page, f"plain-{width}")


def patiently(page: Page, heading: str) -> None:
    """Follow the link that loads the page again until the heading is there."""
    for _ in range(PATIENCE // 300):
        if page.get_by_role("heading", level=1).inner_text() == heading:
            return
        page.get_by_role("link", name="Load this page again").click()
        page.wait_for_timeout(300)
    raise AssertionError(f"'{heading}' never comes")
