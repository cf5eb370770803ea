"""Erasing for good, with the drafts: what a record held in the past, and a whole workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outward.errors import NotFound
from outward.web import drafts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outward.workspace.homes.home import Home, Revision


def erase(home: Home, kind: str, id: str, by: str) -> str:
    """Erase what a record held in the past, then its draft; return its id in the history since.

    That is '' where nothing but a draft was there to erase. Done again after a killed process it does the rest.

    Args:
        home: of the workspace.
        kind: name of the record's kind.
        id: the record's id.
        by: who erases it.

    Raises:
        NotFound: there is no such record, and there never was, as far as is known.
        UsageError: it holds nothing in the past (any more), and no draft of it waits.
    """
    from outward.workspace.homes import forgetting
    from outward.workspace.homes.erasing import NothingLeft, NotSwept

    forgetting.sweep()
    drafts.sweep()
    of, key = home.own_name, f"{kind}/{id}"
    try:
        since = home.erase(kind, id, by)
    except NotSwept:
        drafts.drop(of, key)
        raise
    except (NotFound, NothingLeft):
        if drafts.find(of, key) is None:
            raise
        since = ""
    drafts.drop(of, key)
    return since


def forget(home: Home) -> None:
    """Remove all that is kept here of a workspace, with drafts and files that wait; a folder elsewhere keeps its files.

    Raises:
        UsageError: it is a database elsewhere, of which only drafts and files that wait lay here.
        BadInput: something cannot be removed.
    """
    from outward.web import carrying
    from outward.workspace.homes import forgetting

    drafts.drop_all(home.own_name)
    for job in carrying.waiting(home.own_name):
        carrying.drop(job)
    forgetting.forget(home)


def to_erase(revisions: Sequence[Revision]) -> int:
    """Return in how many changes a record held something that does not stand any more and is not erased.

    Args:
        revisions: all of one record, the earliest first.
    """
    return sum(bool(one.after) for one in revisions[:-1])
