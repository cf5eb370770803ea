"""LibreOffice without a window: a spreadsheet program that tests open, change and save workbooks with."""

from __future__ import annotations

import os
import shutil
import subprocess
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


def saved_as(path: Path, ending: str, folder: Path) -> Path:
    """Open a workbook in LibreOffice, save it as another kind in a folder, and return the new file."""
    profile = folder.parent / f"{folder.name}-profile"
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [
            office(),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            FILTERS[ending],
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    made = folder / f"{path.stem}.{ending}"
    assert made.is_file()
    return made
