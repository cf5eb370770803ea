"""Changing records as people do: two at once, the keyboard alone, without scripts, with nothing found by axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from outward.workspace.fields import fields_of
from outward.workspace.records import kind_of

from .editing import ID, NEED, RECORDS, make_workspace
from .live import served
from .test_in_a_browser import WIDTHS, browser  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

MOVED = "Somebody else has changed this meanwhile"
ABOUT = "About"
TITLE = "Title"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace among those of the run."""
    return make_workspace(tmp_path / "home")


@pytest.fixture
def opened(folder: Path, tmp_path: Path, browser: Browser) -> Iterator[Any]:  # noqa: F811 - the fixture
    """A function that opens a browser of somebody who was let in; whatever reaches its console fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []
    with served(tmp_path) as link:
        first = browser.new_context()
        first.new_page().goto(link)
        cookies = first.storage_state()
        first.close()

        def let_in(width: int, scripts: bool = True) -> Page:
            context = browser.new_context(
                base_url=link.split("/enter/")[0],
                storage_state=cookies,
                viewport={"width": width, "height": 900},
                java_script_enabled=scripts,
            )
            context.on("console", lambda one: said.append(one.text) if "status of 4" not in one.text else None)
            context.on("weberror", lambda fault: said.append(str(fault.error)))
            contexts.append(context)
            return context.new_page()

        yield let_in
        for context in contexts:
            context.close()
    assert said == []


def labelled(page: Page, words: str) -> Any:
    return page.get_by_role("textbox", name=re.compile(rf"^{words}( \(optional\))?$"))


@pytest.mark.parametrize("width", WIDTHS)
def test_two_people_change_one_record_at_once_and_nobodys_words_are_lost(width: int, opened: Any) -> None:
    """Both open the form; one saves; the other sees both, chooses, and both changes stand. No scripts."""
    one, other = opened(width, scripts=False), opened(width, scripts=False)
    for page in (one, other):
        page.goto(NEED)
        page.get_by_role("link", name="Change this record").click()
    labelled(one, TITLE).fill("Letters that say who answers")
    one.get_by_role("group", name="Importance").get_by_label("High").check()
    labelled(one, "Your name or post").fill("Head of letters")
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_role("status")).to_contain_text("Saved.")
    labelled(other, TITLE).fill("Letters in plain words")
    labelled(other, ABOUT).fill("I never know what comes next")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", level=1)).to_have_text(MOVED)
    expect(other.get_by_text("Head of letters saved a change on")).to_be_visible()
    expect(other.get_by_text("Letters that say who answers").last).to_be_visible()
    expect(other.get_by_text("Letters in plain words")).to_be_visible()
    expect(other.get_by_text("Only they have changed ‘Importance’: High")).to_be_visible()
    other.get_by_role("button", name="Save").click()
    other.get_by_role("link", name="Choose one of the two.").click()
    other.get_by_label("Take yours").check()
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Letters in plain words")
    expect(other.get_by_text("I never know what comes next")).to_be_visible()
    expect(other.get_by_text("High", exact=True)).to_be_visible()
    other.get_by_role("link", name="History").click()
    expect(other.get_by_text("Changed by Head of letters")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_record_is_added_by_keyboard_alone(width: int, opened: Any) -> None:
    page = opened(width)
    page.goto(f"{RECORDS}/group")
    page.get_by_role("link", name="Add a customer group").press("Enter")
    labelled(page, "Title").focus()
    page.keyboard.type("Carers")
    to = page.get_by_role("button", name="Save")
    for _ in range(60):
        if to.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{RECORDS}/group/carers")
    expect(page.get_by_role("status")).to_be_focused()


def test_the_summary_of_what_is_wrong_leads_to_the_field(opened: Any) -> None:
    page = opened(1280)
    page.goto(f"{RECORDS}/action/new")
    page.get_by_label("Day").first.fill("31")
    page.get_by_role("button", name="Save").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nothing was saved yet. What you typed is kept as a draft.")
    page.get_by_role("link", name="Title: It must be answered.").press("Enter")
    expect(labelled(page, "Title")).to_be_focused()
    page.get_by_role("link", name="Decided on: Month and year are missing.").press("Enter")
    expect(page.get_by_label("Month").first).to_be_focused()


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("height", [640, 900])
def test_whatever_a_link_leads_to_its_name_its_hint_and_its_mistake_are_seen(
    height: int, scripts: bool, opened: Any
) -> None:
    page = opened(320, scripts=scripts)
    page.set_viewport_size({"width": 320, "height": height})
    page.goto(f"{RECORDS}/need/new")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Groups: It must be answered.").click()
    seen(page, "groups")
    for kind in ("need/clear-letters", "measure/answered"):
        for name in page_fields(kind.partition("/")[0]):
            page.goto(f"{RECORDS}/{kind}/edit#{name}")
            seen(page, name)


def page_fields(kind: str) -> list[str]:
    """Return the fields that a form of a kind asks for."""
    return [field.name for field in fields_of(kind_of(kind)) if field.name != "id"]


def seen(page: Page, name: str) -> None:
    """Hold that the input is in the window, and the legend or label above it too."""
    page.wait_for_function("name => document.getElementById(name)", arg=name)
    page.wait_for_timeout(50)
    top, bottom = page.evaluate(
        """name => {
            const input = document.getElementById(name);
            const group = input.closest(".govuk-form-group");
            const label = group.querySelector("legend, label").getBoundingClientRect();
            return [label.top, input.getBoundingClientRect().bottom - window.innerHeight];
        }""",
        name,
    )
    assert top >= 0, (name, top)
    assert bottom <= 0 or name in ("about", "notes", "counts"), (name, bottom)


def test_no_field_hides_behind_the_buttons_and_a_click_moves_nothing(opened: Any) -> None:
    page = opened(1280)
    page.goto(f"{NEED}/edit#groups")
    seen(page, "groups")
    page.get_by_label("Concern").click()
    stood = page.evaluate("scrollY")
    page.get_by_label("Low").click()
    assert page.evaluate("scrollY") == stood
    page.goto(f"{NEED}/edit")
    labelled(page, TITLE).focus()
    for _ in range(40):
        covered = page.evaluate(
            """() => {
                const one = document.activeElement, bar = document.querySelector(".outward-form__buttons");
                const seen = bar.getBoundingClientRect().top - one.getBoundingClientRect().top;
                const bound = Math.min(one.getBoundingClientRect().height, 40);
                return one.closest("form") && !bar.contains(one) && seen < bound && one.outerHTML;
            }"""
        )
        assert not covered
        page.keyboard.press("Tab")


def test_records_are_found_in_a_long_list_by_their_words(opened: Any, folder: Path) -> None:
    groups = "".join(f"- id: g{number:03}\n  title: Group {number}\n" for number in range(20))
    file = folder / "records" / "groups.yaml"
    file.write_text(file.read_text(encoding="utf-8") + groups, encoding="utf-8")
    page = opened(375)
    page.goto(f"{NEED}/edit")
    clean(page)
    find = page.get_by_label("Find among the 22 groups")
    find.fill("group 19")
    expect(page.get_by_text("1 of 22 groups found")).to_be_visible()
    expect(page.get_by_label("Group 19")).to_be_visible()
    expect(page.get_by_label("Group 18")).to_be_hidden()
    expect(page.get_by_label("Pensioners")).to_be_visible()
    clean(page)
    page.get_by_label("Group 19").check()
    find.press("Enter")
    find.fill("")
    expect(page.get_by_label("Group 18")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Group 19")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_record_said_is_erased_without_scripts(width: int, opened: Any) -> None:
    page = opened(width, scripts=False)
    page.goto(f"{NEED}/edit")
    labelled(page, TITLE).fill("Letters in plain words")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("what happens next").first).to_be_visible()
    page.get_by_role("link", name="Erase what it said in the past").click()
    expect(page.get_by_text("in 1 change of its history")).to_be_visible()
    labelled(page, "Your name or post").fill("The officer")
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("status")).to_contain_text("Erased.")
    expect(page.get_by_text("What it said then was erased by The officer on")).to_be_visible()
    expect(page.get_by_text("what happens next")).to_have_count(0)
    expect(page.get_by_role("link", name="Erase what it said in the past")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_page_of_editing(width: int, opened: Any, folder: Path) -> None:
    page, other = opened(width), opened(width)
    clean(page, "/")
    for path in (RECORDS, f"{RECORDS}/need", NEED, f"{NEED}/edit", f"{RECORDS}/action/new", f"{RECORDS}/measure/new"):
        clean(page, path)
    other.goto(f"{NEED}/edit")
    page.goto(f"{NEED}/edit")
    labelled(page, TITLE).fill("Other letters")
    page.get_by_role("button", name="Save").click()
    clean(page)
    labelled(other, TITLE).fill("")
    other.get_by_role("button", name="Save").click()
    clean(other)
    labelled(other, TITLE).fill("My letters")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", level=1)).to_have_text(MOVED)
    clean(other)
    clean(other, f"{NEED}/edit")
    for path in (f"{NEED}/history", f"{NEED}/erase", f"{NEED}/remove", f"{RECORDS}/group/pensioners/remove"):
        clean(page, path)
    page.goto(f"{NEED}/remove")
    page.get_by_role("button", name="Remove it").click()
    for path in (f"{RECORDS}/removed", f"{NEED}/erase"):
        clean(page, path)
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("status")).to_be_focused()
    for path in (
        "",
        f"{page.url.removesuffix('/history')}/erase",
        f"{RECORDS}/removed",
        f"/workspaces/{ID}/exchange",
        f"/workspaces/{ID}/forget",
    ):
        clean(page, path)
    (folder / "records" / "groups.yaml").write_text("- id: pensioners\n", encoding="utf-8")
    clean(page, f"/workspaces/{ID}")


def clean(page: Page, path: str = "") -> None:
    """Hold that axe finds nothing on a page, and that nothing overflows."""
    if path:
        page.goto(path)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url
