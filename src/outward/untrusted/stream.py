"""The bytes of a file in bounded blocks: unpacked where packed, fingerprinted as they pass."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from outward.catalogue import Progress
from outward.errors import BadInput, NotFound

BLOCK = 4 << 20
GZIP = b"\x1f\x8b"
SPARE = 512 << 20
"""Bytes of disk that must stay free while a packed file is unpacked."""

MOST_UNCHECKED, MOST_TIMES_LARGER = 1 << 30, 200
"""A packed file may unpack to this many bytes in any case, and beyond them to this many times its size."""


def head(path: Path, size: int = 1 << 20) -> bytes:
    """Return the first bytes of what the file holds, unpacked where it is packed.

    Args:
        path: the file.
        size: how many bytes at most.

    Raises:
        NotFound: there is no such file.
        BadInput: it is a folder, cannot be opened or is broken.
    """
    found = b""
    for block in blocks(path):
        found += block
        if len(found) >= size:
            break
    return found[:size]


def is_packed(path: Path) -> bool:
    """Return whether the file is packed with gzip, by its first two bytes."""
    for raw in _raw(path, 2):
        return raw == GZIP
    return False


def blocks(path: Path, seen: Callable[[bytes], object] = len, progress: Progress | None = None) -> Iterator[bytes]:
    """Yield what the file holds in blocks of at most 4 MB, unpacking gzip.

    Args:
        path: the file.
        seen: called with the raw bytes as they are read (to fingerprint them); `len` does nothing with them.
        progress: told how much of the file has been read, as a share from 0 to 0.6.

    Raises:
        NotFound: there is no such file.
        BadInput: the file cannot be opened, or its packing is broken.
    """
    raw = _watched(path, seen, progress)
    yield from (_unpacked(raw) if is_packed(path) else raw)


def _watched(path: Path, seen: Callable[[bytes], object], progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for block in _raw(path, BLOCK):
        seen(block)
        done += len(block)
        if progress:
            progress.advance(0.6 * done / max(path.stat().st_size, done), "Reading the file")
        yield block


def _raw(path: Path, size: int) -> Iterator[bytes]:
    if path.is_dir():
        raise BadInput(f"'{path.name}' is a folder, no file. Give one file.")
    try:
        with path.open("rb") as file:
            while block := file.read(size):
                yield block
    except FileNotFoundError as error:
        raise NotFound(f"There is no file '{path.name}'.") from error
    except OSError as error:
        raise BadInput(f"The file '{path.name}' cannot be opened: {error.strerror}.") from error


def _unpacked(raw: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(31)
    packed = unpacked = 0
    try:
        for block in raw:
            packed += len(block)
            while block:
                out = unpacker.decompress(block, BLOCK)
                unpacked += len(out)
                _check_growth(packed, unpacked)
                yield out
                block = unpacker.unused_data.lstrip(b"\0") if unpacker.eof else unpacker.unconsumed_tail
                if unpacker.eof and block:
                    unpacker = zlib.decompressobj(31)
        while not unpacker.eof and (rest := unpacker.decompress(unpacker.unconsumed_tail, BLOCK)):
            yield rest
    except zlib.error as error:
        raise BadInput("The packed file (.gz) is damaged. Pack or download it again.") from error
    if not unpacker.eof:
        raise BadInput("The packed file (.gz) ends too early: it was cut off. Pack or download it again.")


def _check_growth(packed: int, unpacked: int) -> None:
    if unpacked > MOST_UNCHECKED and unpacked > MOST_TIMES_LARGER * packed:
        raise BadInput(
            f"The packed file (.gz) grows to more than {MOST_TIMES_LARGER} times its size, as no table of "
            "different cases does. Unpack it and look at what it holds."
        )


def fingerprint(path: Path, progress: Progress) -> str:
    """Return the SHA-256 of the file's bytes, hexadecimal.

    Args:
        path: the file.
        progress: told how much has been read, as a share from 0 to 0.6.
    """
    digest = hashlib.sha256()
    for _ in _watched(path, digest.update, progress):
        pass
    return digest.hexdigest()


def combined(fingerprints: Sequence[str]) -> str:
    """Return one fingerprint for several files in their order; that of a single file is its own.

    >>> combined(["abc"])
    'abc'
    """
    return fingerprints[0] if len(fingerprints) == 1 else hashlib.sha256(" ".join(fingerprints).encode()).hexdigest()


def check_room(folder: Path) -> None:
    """Check that the disk behind the folder has room left.

    Raises:
        BadInput: less than 512 MB are free.
    """
    if shutil.disk_usage(folder).free < SPARE:
        raise BadInput("The disk is nearly full. The file grows too large when unpacked: make room first.")
