"""Zip archives, which workbooks are too: what they hold, within bounds, and their members as bounded blocks."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from outward.errors import BadInput
from outward.untrusted.stream import BLOCK, MOST_TIMES_LARGER

MOST_MEMBERS = 5_000
MOST_UNPACKED = 8 << 30
"""Bytes that the members of one archive may hold together."""

FREE_TO_GROW = 64 << 20
"""A member may unpack to this many bytes in any case, and beyond them to 200 times its size."""


class Archive:
    """A zip archive opened for reading; every member is checked as it is read.

    Args:
        path: the file.

    Raises:
        BadInput: it is damaged, locked with a password, or built to do harm.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:  # the library lets all of these out on damaged files, as fuzzing showed
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, IndexError):
            raise self._refused("is damaged or was cut off. Save or download it again.") from None
        entries = self._zip.infolist()
        if not all(one.filename for one in entries):
            raise self._refused("holds a file without a name: it is damaged. Pack it again.")
        self.members = {one.filename: one for one in entries if not one.is_dir()}
        if len(entries) > MOST_MEMBERS:
            raise self._refused(f"holds {len(entries):,} files, more than {MOST_MEMBERS:,}. Take out the one wanted.")
        if len({one.filename for one in entries}) < len(entries):
            raise self._refused("holds two files of the same name, which can do harm. Pack it again.")
        if any(one.flag_bits & 1 for one in entries):
            raise self._refused("is locked with a password. Save it without one.")
        if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in entries):
            raise self._refused("is packed in an unusual way. Pack it again as a plain ZIP file.")
        if sum(one.file_size for one in entries) > MOST_UNPACKED:
            raise self._refused("holds more than 8 GB. Unpack it and give the one table as CSV or Parquet.")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a member in blocks of at most 4 MB.

        Args:
            name: one of `members`.

        Raises:
            BadInput: it is damaged, or grows out of all measure.
        """
        packed, done = self.members[name].compress_size, 0
        try:  # as above; RuntimeError is a member locked with a password
            with self._zip.open(name) as file:
                while block := file.read(BLOCK):
                    done += len(block)
                    if done > FREE_TO_GROW and done > MOST_TIMES_LARGER * packed:
                        raise self._refused(
                            f"grows to more than {MOST_TIMES_LARGER} times its size, as no table of different cases "
                            "does. Look at what it holds."
                        )
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise self._refused("is damaged or was cut off. Save or download it again.") from None

    def start(self, name: str, size: int = 4096) -> bytes:
        """Return the first bytes of a member; none where there is no such member.

        Args:
            name: the member.
            size: how many bytes at most.
        """
        return next(self.blocks(name), b"")[:size] if name in self.members else b""

    def _refused(self, why: str) -> BadInput:
        return BadInput(f"The file '{self.path.name}' {why}")
