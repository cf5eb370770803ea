"""LibreOffice without a window: a spreadsheet program that tests open, change and save workbooks with."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

FILTERS = {"ods": "ods:calc8", "xlsx": "xlsx:Calc MS Excel 2007 XML", "fods": "fods:OpenDocument Spreadsheet Flat XML"}


def office() -> str:
    """Return the program; without it the test is skipped, and under CI it fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        said = "LibreOffice is not installed (package libreoffice-calc-nogui)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)
    return str(program)


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Its settings, for all tests of a process: to make them takes longer than to convert a workbook."""
    return tempfile.TemporaryDirectory()


def saved_as(ending: str, folder: Path, *paths: Path) -> list[Path]:
    """Open workbooks in LibreOffice, save each as another kind in a folder, and return the new files."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
    subprocess.run(
        [office(), profile, "--headless", "--convert-to", FILTERS[ending], "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    made = [folder / f"{path.stem}.{ending}" for path in paths]
    assert all(one.is_file() for one in made)
    return made
