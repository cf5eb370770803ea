"""The store: laid logs on this machine, brought in from files, found again and forgotten.

A folder only its owner can read, `OUTWARD_HOME` or the usual place for an application's data. The key
for hashing case and customer numbers lies elsewhere, among the user's settings.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import time
from typing import Any
from zoneinfo import ZoneInfo

from outward import whole_file
from outward.answers import Basis
from outward.catalogue import Progress, Silent
from outward.errors import BadInput, NotFound, UsageError
from outward.evidence import plausible
from outward.evidence.calendar import calendar_of
from outward.evidence.manifest import LAYOUT, Manifest, read_manifest, read_settings, write_json
from outward.evidence.stopping import stoppable
from outward.evidence.tables import Settings
from outward.locking import locked
from outward.own_folder import own_folder
from outward.untrusted.stream import combined, fingerprint

KEY_BYTES = 32
SILENT_AT_MOST = 36_500
LAID_BY = ("roles", "dates", "time_style", "time_zone", "decimal_comma", "table", "keep", "leave_out", "steps")
"""Settings that laying depends on; when one changes the file is laid again."""


@dataclass(frozen=True)
class LaidLog:
    """A laid log: its folder, and what it holds.

    Attributes:
        id: the folder's name, used in addresses.
        folder: where it lies.
    """

    id: str
    folder: Path

    @cached_property
    def manifest(self) -> Manifest:
        """What the log holds, exactly."""
        return read_manifest(self.folder)

    @cached_property
    def settings(self) -> Settings:
        """What is confirmed about it."""
        return read_settings(self.folder)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.settings.name or Path(self.manifest.source).name.split(".")[0].replace("_", " ")

    @property
    def basis(self) -> Basis:
        """What it is made of."""
        return self.settings.basis

    @property
    def period(self) -> tuple[str, str]:
        """First and last day of its events in its time zone, ISO."""
        zone = ZoneInfo(self.settings.time_zone)
        first, last = (
            datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(zone).date().isoformat()
            for moment in (self.manifest.first, self.manifest.last)
        )
        return first, last

    @property
    def version(self) -> str:
        """The version of its content and settings, in a few letters."""
        return hashlib.sha256((self.manifest.fingerprint + repr(self.settings)).encode()).hexdigest()[:12]

    @property
    def attributes(self) -> tuple[str, ...]:
        """What cases can be grouped by."""
        places = [role for role in ("channel", "organisation") if role in self.manifest.places]
        return (*places, *(one.name for one in self.manifest.attributes))

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return the values of an attribute that the policy 'outward' lets everyone see, most common first.

        Raises:
            UsageError: the log has no such attribute.
        """
        from outward.evidence.view import View
        from outward.evidence.where import Where

        with View.open(self, Where(), attribute, smallest_group=10) as view:
            return tuple(group for group in view.groups if group not in (view.OTHERS, view.NOT_KNOWN))


def _key_file() -> Path:
    if "OUTWARD_KEY" in os.environ:
        return Path(os.environ["OUTWARD_KEY"])
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "Outward" / "key"
    return Path(os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config"))) / "outward" / "key"


def key() -> bytes:
    """Return this user's secret for keyed hashes, making it on first use."""
    path = _key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole_file.write_first(path, secrets.token_bytes(KEY_BYTES), 0o600)
    secret = path.read_bytes()
    if len(secret) != KEY_BYTES:
        raise BadInput(
            f"The key file '{path.name}' is damaged. Put it back from a copy; or delete it, forget every data set and "
            "bring the files in again."
        )
    return secret


def evidence_folder() -> Path:
    """Return the folder that holds the laid logs, made if need be, for its owner alone."""
    return own_folder("evidence")


def data_sets() -> list[LaidLog]:
    """Return the laid logs, by name; those of another layout are left out."""
    found = []
    if any(evidence_folder().glob(".old-*")):  # a process was killed while it replaced a log
        mend()
    for folder in sorted(evidence_folder().iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        log = LaidLog(folder.name, folder)
        with contextlib.suppress(BadInput):
            if log.manifest.layout == LAYOUT:
                found.append(log)
    return found


def find(id: str) -> LaidLog:
    """Return the laid log of that id.

    Raises:
        NotFound: there is none (any more).
    """
    folder = evidence_folder() / id
    if not re.fullmatch(r"[\w-][\w.-]*", id) or not (folder / "manifest.json").is_file():
        raise NotFound(f"There is no data set '{id}' on this machine.")
    return LaidLog(id, folder)


def forget(id: str) -> None:
    """Erase a laid log for good.

    Raises:
        NotFound: there is none.
    """
    with _locked():
        folder = find(id).folder
        gone = folder.with_name(f".forgotten-{secrets.token_hex(4)}")
        folder.rename(gone)
        shutil.rmtree(gone)


def bring_in(
    path: Path,
    given: Settings | None = None,
    progress: Progress | None = None,
    *,
    more: Sequence[Path] = (),
    afresh: bool = False,
) -> LaidLog:
    """Return the laid log of a file, laying it when it is new or laid otherwise.

    Args:
        path: the file; it is only read.
        given: what is known about it; settings confirmed earlier for the same file are used where
            nothing is given.
        progress: told how far the work has come; may stop it.
        more: further files that make one log with it, as `readers.joining` puts them together.
        afresh: lay it with what is given alone, in place of all that was said of the same file before.

    Raises:
        BadInput: the file cannot be read as an event log; nothing is kept of it.
        Cancelled: a person stopped the work; nothing is kept of it.
    """
    given, progress = given or Settings(), progress or Silent()
    if not 0 <= given.gave_up_after_days <= SILENT_AT_MOST:
        raise UsageError(
            f"A case is given up after 1 to {SILENT_AT_MOST:,} silent days, not {given.gave_up_after_days}."
        )
    given = replace(given, working=str(calendar_of(given.working) or "none") if given.working.strip() else "")
    paths = (path, *more)
    found = combined([fingerprint(one, Silent()) for one in paths])
    log = LaidLog(_id(path, found), evidence_folder() / _id(path, found))
    with _locked(), stoppable(progress) as watched:
        _clear_leftovers()
        known = _known(log)
        if known is None or afresh:
            return _lay(paths, log, given, watched)
        return _settled(log, known, given, paths, watched)


def _known(log: LaidLog) -> Settings | None:
    """Return what is confirmed about a log; None where it is not there or is damaged."""
    if not (log.folder / "manifest.json").is_file():
        return None
    with contextlib.suppress(BadInput):
        return log.settings
    return None


def _readable(log: LaidLog) -> bool:
    """Return whether the log was laid by this version of Outward and is not damaged."""
    with contextlib.suppress(BadInput):
        return bool(log.manifest)
    return False


def _settled(log: LaidLog, known: Settings, given: Settings, paths: Sequence[Path], progress: Progress) -> LaidLog:
    """Return the log that is there, with what is newly given; laid again where that changes its rows."""
    wanted = given if given.table not in ("", known.table) else _with(known, given)  # another table is other columns
    if not _readable(log) or any(getattr(wanted, name) != getattr(known, name) for name in LAID_BY):
        if not given.endings and "endings" not in known.confirmed:
            wanted = replace(wanted, endings={})  # guessed anew from the rows as they now are
        return _lay(paths, log, wanted, progress)
    if wanted == known:
        return log
    plausible.check_extract(wanted.extract_date, *log.period)
    plausible.check_endings(log.manifest, wanted)
    write_json(log.folder / "settings.json", wanted)
    return LaidLog(log.id, log.folder)


def _with(known: Settings, given: Settings) -> Settings:
    """Return the known settings with those given; mappings are merged.

    >>> _with(Settings(name="A", roles={"case": "id"}), Settings(roles={"activity": "step"})).roles
    {'case': 'id', 'activity': 'step'}
    """
    blank = Settings()
    changes: dict[str, Any] = {}
    for name in Settings.__dataclass_fields__:
        value, before = getattr(given, name), getattr(known, name)
        if name == "endings" and "endings" not in known.confirmed:
            before = {}  # what was guessed gives way to what a person says
        if value != getattr(blank, name) or (name == "time_zone" and name in given.confirmed):
            changes[name] = {**before, **value} if isinstance(value, dict) and isinstance(before, dict) else value
    if "confirmed" in changes:
        changes["confirmed"] = tuple(sorted({*known.confirmed, *given.confirmed}))
    return replace(known, **changes)


def _lay(paths: Sequence[Path], log: LaidLog, given: Settings, progress: Progress) -> LaidLog:
    from outward.evidence import event_rows, roles
    from outward.evidence.engines.embedded import MEMORY_TO_LAY, connect, told_plainly
    from outward.evidence.laying import lay
    from outward.evidence.readers.joining import open_together

    with told_plainly(), tempfile.TemporaryDirectory(prefix=".scratch-", dir=log.folder.parent) as room:
        scratch = Path(room)
        connection = connect(scratch, MEMORY_TO_LAY)
        try:
            plausible.check_style(given.time_style, connection)
            source = open_together(paths, connection, scratch, progress, given.table)
            settings = roles.settle(source, connection, given)
            rows = event_rows.event_rows(source, settings, connection)
            lay(source, rows, settings, log.folder, connection, key(), progress, before_shown=_complete)
        finally:
            connection.close()
    return LaidLog(log.id, log.folder)


def _complete(folder: Path) -> None:
    """Guess the endings of a log just laid where none were given, and keep its files to their owner."""
    from outward.evidence import endings
    from outward.evidence.view import ending_counts

    log = LaidLog(folder.name, folder)
    plausible.check_extract(log.settings.extract_date, *log.period)
    if log.settings.endings or "endings" in log.settings.confirmed:
        plausible.check_endings(log.manifest, log.settings)
    else:
        guessed = endings.guess(*ending_counts(log))
        write_json(folder / "settings.json", replace(log.settings, endings=guessed))
    for file in folder.iterdir():
        file.chmod(0o600)


def _id(path: Path, fingerprint: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-")[:40] or "log"
    return f"{stem}-{fingerprint[:8]}"


def _locked() -> contextlib.AbstractContextManager[None]:
    """Let one process at a time change the store."""
    return locked(evidence_folder() / ".lock")


def mend() -> None:
    """Remove what a killed process left half-made, and bring back a log that it was about to replace."""
    with _locked():
        _clear_leftovers()


def _clear_leftovers() -> None:
    """Remove what a killed process left half-made; bring back a log that it was about to replace."""
    for left in evidence_folder().iterdir():
        old = re.fullmatch(r"\.old-\d+-(.+)", left.name)
        if old and not left.with_name(old[1]).exists():
            left.rename(left.with_name(old[1]))
        elif left.name.startswith((".old-", ".laying-", ".forgotten-", ".scratch-")) or _is_old_spill(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_old_spill(left: Path) -> bool:
    """Return whether this is what an engine spilled more than a day ago: no question runs so long."""
    return left.name.startswith(".spill-") and left.stat().st_mtime < time() - 86_400


Given = str | Path | LaidLog | Sequence[str | Path]
"""What a question can be asked of: a file, several files that make one log, or the id of a data set."""


def resolve(source: Given, given: Settings | None = None, progress: Progress | None = None) -> LaidLog:
    """Return the laid log that a name means: a file, several that make one log, or the id of a data set.

    Raises:
        UsageError: it is none of these.
    """
    if isinstance(source, LaidLog):
        return source
    first, *more = [source] if isinstance(source, str | Path) else source
    path = Path(first)
    if path.is_file() or more:
        return bring_in(path, given, progress, more=[Path(one) for one in more])
    with contextlib.suppress(NotFound):
        return find(str(first))
    raise UsageError.unknown("file or data set", str(first), [log.id for log in data_sets()])
