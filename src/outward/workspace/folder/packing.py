"""A workspace's folder in a ZIP file, for those who cannot send or choose a folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from outward.errors import BadInput
from outward.untrusted.archive import Archive
from outward.workspace.folder.reading import HEADER, RECORDS, file_of
from outward.workspace.ids import id_from
from outward.workspace.records import kinds
from outward.workspace.safe_yaml import LARGEST


def packed(folder: Path, on: date) -> bytes:
    """Return a folder as the bytes of a ZIP file, in which it stands under its name.

    Args:
        folder: holds text files alone.
        on: the day that the files say they were written.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            member = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", (*_day(on), 0, 0, 0))
            member.external_attr = 0o100644 << 16
            archive.writestr(member, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _day(on: date) -> tuple[int, int, int]:
    return max(on.year, 1980), on.month, on.day


def unpacked(path: Path, beside: Path, more: Iterable[str] = ()) -> Path:
    """Return the folder of a workspace that a ZIP file holds, unpacked.

    Only the files of its records are taken, under names of our own: nothing in the archive says where they go.

    Args:
        path: the ZIP file.
        beside: a folder in which the workspace's is made.
        more: names of further files to take, where they are there.

    Raises:
        BadInput: it is damaged, holds no workspace, or was built to do harm.
    """
    with Archive(path) as archive:
        root = _root(archive)
        names = [file_of(kind) for kind in kinds().values()]
        strange = sorted(_strange(archive, root, set(names)))
        if strange:
            raise BadInput(
                f"The file '{path.name}' holds records of no kind: {', '.join(strange[:5])}. Take them out, or name "
                "the files as an export does."
            )
        folder = beside / id_from(PurePosixPath(root).name or path.stem)
        (folder / RECORDS).mkdir(parents=True)
        for name in (*names, *more):
            if root + name in archive.members:
                if archive.members[root + name].file_size > LARGEST:
                    raise BadInput(f"'{name}' is larger than {LARGEST // 1_000_000} MB, as no file of records is.")
                (folder / name).write_bytes(b"".join(archive.blocks(root + name)))
    return folder


def _root(archive: Archive) -> str:
    """Return where in the archive the workspace lies: at its top, or in the one folder that holds it."""
    found = [name for name in archive.members if PurePosixPath(name).name == HEADER]
    roots = sorted({name.removesuffix(HEADER) for name in found if name.count("/") <= 1}, key=len)
    if not roots:
        raise BadInput(
            f"The file '{archive.path.name}' holds no workspace: there is no {HEADER} in it. Choose a workbook (.xlsx, "
            ".ods), or a ZIP file of a workspace's folder."
        )
    if len(roots) > 1 and roots[0]:
        raise BadInput(f"The file '{archive.path.name}' holds several workspaces. Pack one of them alone.")
    return roots[0]


def _strange(archive: Archive, root: str, known: set[str]) -> Iterator[str]:
    """Yield the names of files among the records that belong to no kind."""
    for name in archive.members:
        own = name.removeprefix(root)
        if own.startswith(f"{RECORDS}/") and own.endswith((".yaml", ".yml")) and own not in known:
            yield "".join(letter if letter.isprintable() else "?" for letter in own)[:80]
