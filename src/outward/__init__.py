"""Outward: customer focus for public bodies, answered from evidence.

>>> callable(ask) and callable(look)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from outward.present.notebook import Shown, ShownLook

__all__ = ["ask", "look"]


def ask(question: str, source: str | Path, *, by: str = "", where: str = "", **more: Any) -> Shown:
    """Return the answer to a question about data or a workspace, checked for small numbers; it shows itself.

    Args:
        question: id in the catalogue, as 'U3.1'.
        source: a file, or the id of a data set on this machine; or a workspace: its folder, database or id.
        by: attribute that makes the groups.
        where: which cases, as 'area=North & passes(Decision)'.
        more: `policy` and `reason`, `settings`, `progress`, and the question's own parameters.

    Raises:
        OutwardError: the request or the file cannot be used; says why and what to do.
    """
    from outward.asking import ask as put
    from outward.present.notebook import Shown

    return Shown(put(question, source, by=by, where=where, **more))


def look(source: str | Path, **more: Any) -> ShownLook:
    """Return a first look at a case log: what to look at first, the trend, what cannot be answered yet.

    Args:
        source: a file, or the id of a data set on this machine.
        more: `policy` and `reason`, `settings`, `progress`.

    Raises:
        OutwardError: the file cannot be used; says why and what to do.
    """
    from outward.looking import look as take
    from outward.present.notebook import ShownLook

    return ShownLook(take(source, **more))
