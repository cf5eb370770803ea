"""The ids of records: from the name of a folder, or from the title of a new record in a form or a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outward.workspace.records import Record

RESERVED = "new"
"""What a form calls no record, as the page that adds one stands under that name."""


def id_from(name: str) -> str:
    """Return the id that stands for a name.

    >>> id_from("Our Pension Service (2026)")
    'our-pension-service-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-") or "workspace"


def proposed(title: str, kind: type[Record], others: Iterable[str]) -> str:
    """Return an id for a new record, made from its title, that no other has.

    >>> from outward.workspace.kinds.customers import Need
    >>> proposed("Llythyrau clir, ar unwaith", Need, ["llythyrau-clir-ar-unwaith"])
    'llythyrau-clir-ar-unwaith-2'
    """
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = id_from(bare) if re.search("[A-Za-z0-9]", bare) else kind.KIND.replace("_", "-")
    wanted, number, known = words, 1, {*others, RESERVED}
    while wanted in known:
        number += 1
        wanted = f"{words[:70].rstrip('-')}-{number}"
    return wanted
