"""What was typed into a form and could not be saved yet: kept until it is saved, thrown away or ninety days old."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import time

from outward import whole_file
from outward.own_folder import own_folder

Raw = dict[str, list[str]]

KEPT_SECONDS = 90 * 24 * 3600
WRITTEN_SECONDS = 60
"""After which nobody is writing a draft any more that is not whole."""


@dataclass(frozen=True)
class Draft:
    """What was typed, and when.

    Attributes:
        raw: names of inputs with all their values.
        at: when it was kept, ISO in UTC.
        key: what the form is about, as it was kept under.
    """

    raw: Raw
    at: str
    key: str = ""


def keep(workspace: str, key: str, raw: Raw) -> None:
    """Keep what was typed, in place of what was kept under the same key.

    Args:
        workspace: its id.
        key: what the form is about, as 'need/clear-letters'; each form of a new record has a key of its own.
        raw: names of inputs with all their values.

    Raises:
        OSError: there is no room for it; nothing is left of it.
    """
    held = {"workspace": workspace, "key": key, "raw": raw, "at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    whole_file.write(_place(workspace, key), json.dumps(held).encode(), 0o600)


def find(workspace: str, key: str) -> Draft | None:
    """Return what was kept under a key, or None where nothing is."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = _read(_place(workspace, key))
        return found[1] if found else None
    return None


def waiting(workspace: str) -> list[Draft]:
    """Return all drafts of a workspace that wait, the latest first."""
    found = []
    for path in own_folder("drafts").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            read = _read(path)
            if read and read[0] == workspace and path == _place(workspace, read[1].key):
                found.append(read[1])
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def drop(workspace: str, key: str) -> None:
    """Throw away what was kept under a key."""
    _place(workspace, key).unlink(missing_ok=True)


def drop_all(workspace: str) -> None:
    """Throw away everything that was kept of a workspace."""
    sweep()
    for draft in waiting(workspace):
        drop(workspace, draft.key)


def sweep() -> None:
    """Remove drafts that are older than ninety days, and what a killed process left of one after a minute."""
    for path in own_folder("drafts").iterdir():
        with suppress(OSError):  # it is gone already, or nobody lets us
            most = KEPT_SECONDS if path.suffix == ".json" else WRITTEN_SECONDS
            if path.stat().st_mtime < time() - most:
                path.unlink()


def _read(path: Path) -> tuple[str, Draft] | None:
    """Return a workspace's id and its draft; None where that is too old."""
    if path.stat().st_mtime < time() - KEPT_SECONDS:
        return None
    held = json.loads(path.read_text(encoding="utf-8"))
    raw = {str(name): [str(one) for one in some] for name, some in held["raw"].items()}
    return str(held["workspace"]), Draft(raw, datetime.fromisoformat(held["at"]).isoformat(), str(held["key"]))


def _place(workspace: str, key: str) -> Path:
    named = hashlib.sha256(f"{workspace}\n{key}".encode()).hexdigest()[:32]
    return own_folder("drafts") / f"{named}.json"
