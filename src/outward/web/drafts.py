"""What was typed into a form and could not be saved yet: kept until it is saved, thrown away or ninety days old.

A draft belongs to the place where its workspace is at home, not to an id, which a copy has as well.
"""

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


def keep(of: str, key: str, raw: Raw) -> None:
    """Keep what was typed, in place of what was kept under the same key.

    Args:
        of: whose home it is for, as its `own_name`.
        key: what the form is about, as 'need/clear-letters'; each form of a new record has a key of its own.
        raw: names of inputs with all their values.

    Raises:
        OSError: there is no room for it; nothing is left of it.
    """
    held = {"of": of, "key": key, "raw": raw, "at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    whole_file.write(_place(of, key), json.dumps(held).encode(), 0o600)


def find(of: str, key: str) -> Draft | None:
    """Return what was kept under a key, or None where nothing is."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = _read(_place(of, key))
        return found[1] if found else None
    return None


def waiting(of: str) -> list[Draft]:
    """Return all drafts of a workspace that wait, the latest first."""
    found = []
    for path in own_folder("drafts").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            read = _read(path)
            if read and read[0] == of and path == _place(of, read[1].key):
                found.append(read[1])
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def drop(of: str, key: str) -> None:
    """Throw away what was kept under a key."""
    _place(of, key).unlink(missing_ok=True)


def drop_all(of: str) -> None:
    """Throw away everything that was kept of a workspace."""
    sweep()
    for draft in waiting(of):
        drop(of, draft.key)


def sweep() -> None:
    """Remove drafts that are older than ninety days, and what a killed process left of one after a minute."""
    for path in own_folder("drafts").iterdir():
        with suppress(OSError):  # it is gone already, or nobody lets us
            most = KEPT_SECONDS if path.suffix == ".json" else WRITTEN_SECONDS
            if path.stat().st_mtime < time() - most:
                path.unlink()


def _read(path: Path) -> tuple[str, Draft] | None:
    """Return whose draft it is, and the draft; None where that is too old."""
    if path.stat().st_mtime < time() - KEPT_SECONDS:
        return None
    held = json.loads(path.read_text(encoding="utf-8"))
    raw = {str(name): [str(one) for one in some] for name, some in held["raw"].items()}
    return str(held["of"]), Draft(raw, datetime.fromisoformat(held["at"]).isoformat(), str(held["key"]))


def _place(of: str, key: str) -> Path:
    named = hashlib.sha256(f"{of}\n{key}".encode()).hexdigest()[:32]
    return own_folder("drafts") / f"{named}.json"
