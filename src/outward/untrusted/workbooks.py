"""Workbooks, Excel (.xlsx, .xlsm) and OpenDocument (.ods), checked before they are opened.

The XML is read once as a stream, which finds how large each sheet is, and copied into a plain archive;
only that copy is opened. Formulas are never worked out; macros, pictures and links are not looked at.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.untrusted.archive import Archive
from outward.untrusted.sheet_bounds import Extent, OpenDocument, Scan, Sheet, Strings, Styles, elements, local, root
from outward.untrusted.stream import blocks, check_room

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

EXCEL, OPEN_DOCUMENT = "xlsx", "ods"
NOT_LOOKED_AT = re.compile(r"(^|/)(drawings|charts|media|pivot\w*|externalLinks|revisions|theme|comments\d*)\b")
DAMAGED = "The workbook '{}' is damaged, or is no workbook. Open it, save it again and try once more."
LOCKED = "is locked with a password. Open it, save it without a password and try again."
SAVE_AS = "Save it as CSV (comma or semicolon separated) and try again."


def archived_kind(path: Path) -> str:
    """Return which kind of file a zip archive is, as workbooks are such too: 'xlsx', 'ods' or 'zip'.

    Raises:
        BadInput: it is damaged, locked, or a document that holds no table.
    """
    with Archive(path) as archive:
        kind = archive.start("mimetype").decode("ascii", errors="replace").strip()
        if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            if b":encryption-data" in archive.start("META-INF/manifest.xml", 1 << 20):
                raise BadInput(f"The file '{path.name}' {LOCKED}")
            return OPEN_DOCUMENT
        if any(name.endswith("workbook.xml") for name in archive.members):
            return EXCEL
        if any(name.endswith("workbook.bin") for name in archive.members):
            raise BadInput(f"The file '{path.name}' is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.")
        if "word/document.xml" in archive.members or "ppt/presentation.xml" in archive.members or kind:
            raise BadInput(f"The file '{path.name}' is a document, not a workbook. {SAVE_AS}")
    return "zip"


def old_office(path: Path, readable: str = ".xlsx or CSV") -> BadInput:
    """Return the error for a file in the old container of Office, in which locked workbooks are kept as well."""
    if any("EncryptedPackage".encode("utf-16-le") in block for block in blocks(path)):
        return BadInput(f"The file '{path.name}' {LOCKED}")
    return BadInput(
        f"The file '{path.name}' is an old Excel workbook (.xls) or another old Office file. "
        f"Save it as {readable} and try again."
    )


def checked_copy(archive: Archive, copy: Path, kind: str, progress: Progress) -> dict[str, Extent]:
    """Write the XML of a workbook to a plain archive, checked, and return how far each sheet goes.

    Args:
        archive: the workbook.
        copy: the file to write; the caller removes it.
        kind: 'xlsx' or 'ods'.
        progress: told how far it has come.

    Returns:
        The extents by the sheet's name.

    Raises:
        BadInput: it is damaged, too large or built to do harm.
    """
    sheets: dict[str, Extent] = {}
    lengths: list[int] = []
    percents: dict[str, int] = {}
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
        for name, scan in _scans(archive, kind, lengths, percents):
            with out.open(name, "w", force_zip64=True) as member:
                for block in scan.through(archive.blocks(name)):
                    progress.advance(0.3, "Checking the workbook")
                    check_room(copy.parent)
                    member.write(block)
            if isinstance(scan, Strings):
                lengths.extend(scan.lengths)
            elif isinstance(scan, Styles):
                percents |= scan.percents
            elif isinstance(scan, OpenDocument):
                sheets |= scan.sheets
            elif isinstance(scan, Sheet):
                sheets[name] = scan.extent
        if kind == OPEN_DOCUMENT:
            out.writestr("mimetype", archive.start("mimetype"))
    return sheets if kind == OPEN_DOCUMENT else _named(copy, sheets)


def _named(copy: Path, sheets: dict[str, Extent]) -> dict[str, Extent]:
    """Return the extents of an Excel workbook by the names of its sheets, not by the files that they lie in."""
    with zipfile.ZipFile(copy) as archive:
        names = set(archive.namelist())
        book = next((name for name in sorted(names, key=len) if name.endswith("workbook.xml")), "")
        folder, _, file = book.rpartition("/")
        links = f"{folder}/_rels/{file}.rels".lstrip("/")
        if not book or links not in names:
            return {}
        targets = {one.get("Id", ""): one.get("Target", "") for one in elements(archive.read(links), "Relationship")}
        files = {
            one.get("name", ""): targets.get(next((one[key] for key in one if local(key) == "id"), ""), "")
            for one in elements(archive.read(book), "sheet")
        }
    return {
        name: sheets[path]
        for name, target in files.items()
        if (path := posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")) in sheets
    }


def _scans(archive: Archive, kind: str, lengths: list[int], percents: dict[str, int]) -> list[tuple[str, Scan]]:
    """The XML files to read, each with what looks at it; the texts and styles that sheets share come first."""
    wanted = [name for name in archive.members if name.endswith((".xml", ".rels")) and not NOT_LOOKED_AT.search(name)]
    if kind == OPEN_DOCUMENT:
        return [(name, OpenDocument() if name == "content.xml" else Scan()) for name in wanted]
    roots = {name: root(archive.start(name)) for name in wanted}
    first: list[tuple[str, Scan]] = []
    for what, scan in (("sst", Strings), ("styleSheet", Styles)):
        found = [name for name in wanted if roots[name] == what]
        if len(found) > 1:
            raise BadInput(DAMAGED.format(archive.path.name))
        first += [(name, scan()) for name in found]
    others = [name for name in wanted if roots[name] not in ("sst", "styleSheet")]
    return first + [(name, Sheet(lengths, percents) if roots[name] == "worksheet" else Scan()) for name in others]


@contextmanager
def opened(copy: Path, name: str) -> Iterator[CalamineWorkbook]:
    """Open the checked copy of a workbook.

    Args:
        copy: what `checked_copy` wrote.
        name: what the workbook is called in messages.

    Raises:
        BadInput: it is locked or damaged; also where that shows only while its sheets are read.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(copy) as book:
            yield book
    except PasswordError:
        raise BadInput(f"The workbook '{name}' is locked with a password. Save it without one.") from None
    except (CalamineError, OSError):
        raise BadInput(DAMAGED.format(name)) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library gives up; it is no Exception
            raise BadInput(DAMAGED.format(name)) from None
        raise
