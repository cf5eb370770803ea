"""The folder in which Outward keeps what is this user's own: data sets, workspaces, journals, drafts, jobs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """Return the folder of this user's data: `OUTWARD_HOME`, or the usual place for an application's data."""
    if "OUTWARD_HOME" in os.environ:
        return Path(os.environ["OUTWARD_HOME"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Outward"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "outward"


def own_folder(name: str) -> Path:
    """Return a folder within it, made if need be, for its owner alone."""
    folder = home() / name
    for each in (home(), folder):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
