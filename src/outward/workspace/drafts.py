"""Drafts: what a person typed into a form, kept as it is until it is valid and saved, or ninety days have passed."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Any

from outward.own_folder import own_folder
from outward.workspace.homes import Home

KEPT_SECONDS = 90 * 24 * 3600


def keep_draft(home: Home, key: str, raw: Mapping[str, Any]) -> None:
    """Keep what was typed into a form, in place of what was kept for it before.

    Args:
        home: of the workspace.
        key: which form, as 'need/clear-letters' or 'need/new'.
        raw: names of fields to what was typed, text or lists of text.
    """
    sweep()
    path = _file(home, key)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(dict(raw), out)
    part.replace(path)


def draft(home: Home, key: str) -> dict[str, Any] | None:
    """Return what was typed into a form, or None where nothing is kept of it."""
    with suppress(FileNotFoundError, ValueError):
        path = _file(home, key)
        if path.stat().st_mtime >= time() - KEPT_SECONDS:
            found = json.loads(path.read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else None
    return None


def drop_draft(home: Home, key: str) -> None:
    """Forget what was typed into a form, once it is saved or no longer wanted."""
    _file(home, key).unlink(missing_ok=True)


def sweep() -> None:
    """Remove drafts, and what a killed process left of one, that are older than ninety days."""
    for path in own_folder("drafts").iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time() - KEPT_SECONDS:
                path.unlink()


def _file(home: Home, key: str) -> Path:
    """Return the file of a draft; its name says nothing of it."""
    name = hashlib.sha256(f"{home.id}\n{home.where}\n{key}".encode()).hexdigest()[:32]
    return own_folder("drafts") / f"{name}.json"
