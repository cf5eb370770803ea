"""What kind of text a file is: its encoding and line ends; and the same text rewritten as plain UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.untrusted.stream import BLOCK, blocks, check_room, is_packed

WINDOWS = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256))
"""The characters of Windows-1252; its five unused bytes read as in latin-1."""


@dataclass(frozen=True)
class Survey:
    """What one pass over a file found.

    Attributes:
        fingerprint: SHA-256 of the file's bytes.
        encoding: 'utf-8', 'utf-16-le', 'utf-16-be' or 'windows-1252'.
        unreadable: characters of a UTF-8 file that cannot be read.
        mixed: whether several kinds of line ends stand in it.
        lines: line ends in the file.
        unpacked: where the unpacked text was written, or the file itself.
    """

    fingerprint: str
    encoding: str
    unreadable: int
    mixed: bool
    lines: int
    unpacked: Path

    @property
    def is_plain(self) -> bool:
        """Whether the engine can read the file as it is."""
        return self.encoding == "utf-8" and not self.unreadable and not self.mixed


def survey(path: Path, scratch: Path, progress: Progress) -> Survey:
    """Return what one pass over a text file finds, unpacking it into `scratch` where it is packed.

    Args:
        path: the file.
        scratch: a private folder.
        progress: told the share read.

    Raises:
        BadInput: the file is binary, broken or has a line longer than 4 MB.
    """
    digest = hashlib.sha256()
    tally = _Tally()
    unpacked = scratch / "unpacked.txt" if is_packed(path) else path
    with unpacked.open("wb") if unpacked != path else io.BytesIO() as out:
        for block in blocks(path, digest.update, progress):
            tally.add(block)
            if unpacked != path:
                check_room(scratch)
                out.write(block)
    encoding, unreadable = tally.encoding()
    mixed = sum(bool(count) for count in (tally.both, tally.feeds - tally.both, tally.returns - tally.both)) > 1
    lines = max(tally.feeds, tally.returns)
    return Survey(digest.hexdigest(), encoding, unreadable, mixed, lines, unpacked)


class _Tally:
    """Counts kept while the blocks of a file pass by."""

    def __init__(self) -> None:
        self.both = self.feeds = self.returns = self.invalid = self.wide = 0
        self.last = b""
        self.wide_encoding = ""
        self.started = False
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def add(self, block: bytes) -> None:
        if not self.started:
            self.started, self.wide_encoding = True, utf_16(block)
            if block.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
                raise BadInput("The file is written in UTF-32, which is not read. Save it as CSV in UTF-8.")
        if b"\n" not in block and b"\r" not in block and len(block) >= BLOCK:
            raise BadInput("A line of the file is longer than 4 million characters: this is not a table.")
        self.feeds += block.count(b"\n")
        if b"\r" in block or self.last == b"\r":
            self.returns += block.count(b"\r")
            self.both += block.count(b"\r\n") + (self.last == b"\r" and block.startswith(b"\n"))
        self.last = block[-1:]
        if not self.wide_encoding:
            self._add_narrow(block)

    def _add_narrow(self, block: bytes) -> None:
        if b"\0" in block:
            raise BadInput("The file is not text: it holds zero bytes. Save it as CSV and try again.")
        waiting = self.decoder.getstate()[0]
        if block.isascii() and not waiting:
            return
        words = self.decoder.decode(block)
        self.invalid += words.count("\ufffd")
        self.wide += len(waiting) + len(block) - len(words)

    def encoding(self) -> tuple[str, int]:
        if self.wide_encoding:
            return self.wide_encoding, 0
        invalid = self.invalid + bool(self.decoder.getstate()[0])
        if invalid * 10 > self.wide:
            return "windows-1252", 0
        return "utf-8", invalid


def utf_16(start: bytes) -> str:
    """Return 'utf-16-le' or 'utf-16-be' where the first bytes look so, otherwise ''.

    >>> utf_16("case,step".encode("utf-16-le"))
    'utf-16-le'
    """
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if start.startswith(mark):
            return name
    sample = start[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def decoder(encoding: str) -> Callable[[bytes, bool], str]:
    """Return a function that turns the next bytes into text with plain line feeds at the line ends; True ends it."""
    inner = None if encoding == "windows-1252" else codecs.getincrementaldecoder(encoding)("replace")
    lines = io.IncrementalNewlineDecoder(inner, translate=True)

    def decode(block: bytes, final: bool) -> str:
        given = codecs.charmap_decode(block, "strict", WINDOWS)[0] if inner is None else block
        return lines.decode(given, final)

    return decode


def rewritten(found: Survey, scratch: Path, progress: Progress) -> Path:
    """Return where the surveyed text now stands as UTF-8 with plain line feeds at the line ends.

    Args:
        found: the survey of the file.
        scratch: a private folder.
        progress: asked whether to go on.
    """
    target = scratch / "plain.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        for words in _words(found):
            progress.advance(0.6, "Reading the file")
            check_room(scratch)
            out.write(words)
    return target


def _words(found: Survey) -> Iterator[str]:
    decode = decoder(found.encoding)
    with found.unpacked.open("rb") as file:
        yield _without_mark(decode(_block(file), False))
        while block := _block(file):
            yield decode(block, False)
    yield decode(b"", True)


def _block(file: IO[bytes]) -> bytes:
    return file.read(BLOCK)


def _without_mark(words: str) -> str:
    return words.removeprefix("\ufeff")
