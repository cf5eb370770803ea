"""Starting a workspace, taking it away and bringing it in as people do: by keyboard, without scripts, clean for axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.made_workbooks import write_workbook

from .test_editing_browser import clean, folder, opened  # noqa: F401 - fixtures
from .test_in_a_browser import WIDTHS, browser  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(WIDTHS[0], True), (WIDTHS[-1], True), (WIDTHS[0], False)])
def test_a_workspace_is_started_filled_from_a_workbook_and_changed(
    width: int,
    scripts: bool,
    opened: Any,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    page = opened(width, scripts=scripts)

    def looked_at() -> None:
        if scripts:
            clean(page)

    page.goto("/")
    page.get_by_role("link", name="Start a workspace").click()
    looked_at()
    page.get_by_role("button", name="Start the workspace").click()
    page.get_by_role("link", name="Title: ").press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    looked_at()
    page.keyboard.type("Our claims")
    page.get_by_role("button", name="Start the workspace").press("Enter")
    expect(page).to_have_url("/workspaces/our-claims")
    page.get_by_role("link", name="Records", exact=True).click()
    page.get_by_role("link", name="Take it away or bring it in").click()
    looked_at()
    with page.expect_download() as download:
        page.get_by_role("link", name="A workbook for LibreOffice").click()
    assert download.value.suggested_filename == "our-claims.ods"
    rows = [("Id", "Title", "Size on"), ("new", "New claimants", "31/03/2026")]
    give(page, write_workbook(tmp_path / "made.xlsx", {"Groups": rows}))
    expect(page.get_by_role("rowheader", name="Groups, C2 (Size on)")).to_be_visible()
    looked_at()
    give(page, write_workbook(tmp_path / "made.xlsx", {"Groups": [rows[0], (*rows[1][:2], "2026-03-31")]}))
    expect(page.get_by_role("heading", name="Added: Customer group New claimants")).to_be_visible()
    looked_at()
    page.get_by_label("Your name or post").fill("Head of claims")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("status")).to_have_text("1 record was added.")
    looked_at()


def give(page: Any, file: Path) -> None:
    page.get_by_label("The file with your changes").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
