"""Real files through the browser as a person would: chosen, confirmed, and on the map.

Two by default; the large ones too with OUTWARD_EXHAUSTIVE=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.pages.live import served
from tests.pages.test_in_a_browser import FLAGS

pytestmark = [pytest.mark.real, pytest.mark.browser]

PATIENCE = 600_000
FILES: tuple[str, ...] = ("wabo_receipt/receipt.csv", "bpic2016_uwv/BPI2016_Complaints.csv")
if os.environ.get("OUTWARD_EXHAUSTIVE") == "1":
    FILES += (
        "bpic2020_travel_expenses/BPI_2020_PermitLog.xes.gz",
        "road_traffic_fines_full/Road_Traffic_Fine_Management_Process.xes.gz",
        "bpic2012_loans/bpic2012.xes.gz",
        "city_311/311_data237.csv",
    )


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_goes_from_its_folder_to_the_map(
    name: str, real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    path = real_data(name)
    with served(tmp_path) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(link)
        page.get_by_role("link", name="Bring in a file").click()
        page.get_by_label("Your file").set_input_files(path)
        page.get_by_role("button", name="Bring it in").click()
        page.get_by_role("button", name="Confirm and show the answers").click()
        page.get_by_role("link", name="Journeys", exact=True).click()
        expect(page.locator("figure svg").first).to_be_visible()
        browser.close()
