"""Where the pages of a workspace meet its home: reading it, changing it, and what every such page begins with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse

from outward import catalogue
from outward.errors import UsageError
from outward.web import ahead
from outward.workspace.building import Row, record_of
from outward.workspace.records import Record, plain

if TYPE_CHECKING:
    from outward.disclosure.released import ReleasedAnswer
    from outward.web.address import AskedOfWorkspace
    from outward.workspace.contents import Workspace
    from outward.workspace.homes.home import Home

PARTS = (("Board sheet", ""), ("Records", "/records"), ("Questions", "/ask"), ("Checks", "/checks"))
"""The parts of a workspace in their order, and where each stands within it."""

SOMEBODY = "somebody on this computer"
"""Who makes a change where nobody said."""
NAME_COOKIE = "outward_by"
LONGEST_NAME = 100
A_YEAR = 365 * 24 * 3600
LARGEST_BASE = 2_000_000


@dataclass(frozen=True)
class Link:
    """A link in a row or a trail: its words, where it leads, and whether it is the page itself."""

    words: str
    href: str
    here: bool = False


def load(id: str) -> Workspace:
    """Return the workspace of that id as it stands now.

    Raises:
        NotFound: there is none (any more).
        BadWorkspace: it cannot be read as it stands.
    """
    found = home(id).load()
    ahead.of(found)
    return found


def questions() -> list[catalogue.Question]:
    """Return the questions that can be asked of a workspace."""
    return [catalogue.find(id) for id in catalogue.asked_of("workspace")]


def answer(workspace: Workspace, asked: AskedOfWorkspace) -> ReleasedAnswer:
    """Return the answer to a question as an address holds it, checked for small numbers.

    Raises:
        OutwardError: it cannot be answered as it stands.
    """
    from outward import asking

    parameters: dict[str, Any] = dict(asked.parameters)
    return asking.ask(asked.question, workspace, **parameters)


def address(id: str, *parts: str) -> str:
    """Return the address of something in a workspace.

    >>> address("pensions", "records", "need", "clear-letters")
    '/workspaces/pensions/records/need/clear-letters'
    """
    return "/".join(["/workspaces", *(quote(part, safe="") for part in (id, *parts))])


def parts(id: str, here: str) -> list[Link]:
    """Return the links to the parts of a workspace, for `components/workspace_nav.html`.

    Args:
        id: the workspace's.
        here: the words of the part that the page belongs to, as 'Records'.
    """
    return [Link(words, address(id) + path, words == here) for words, path in PARTS]


def frame(workspace: Workspace, here: str, trail: Iterable[Link] = ()) -> dict[str, object]:
    """Return what every page of a workspace needs: its name, its parts, the way back, whether it is made up.

    Args:
        workspace: the one that the page is about.
        here: the words of the part that the page belongs to.
        trail: links between the workspace and the page.
    """
    return {
        "workspace": workspace,
        "parts": parts(workspace.id, here),
        "trail": [Link(workspace.title, address(workspace.id)), *trail],
        "made_up": workspace.header.made_up,
    }


def home(id: str) -> Home:
    """Return where the workspace of that id is kept, so that it can be changed.

    Raises:
        NotFound: there is none (any more).
    """
    from outward.workspace.homes.home import find_home

    return find_home(id)


def as_text(values: Mapping[str, Any] | None) -> str:
    """Return plain values as a form carries them; '' where there was no record."""
    return "" if values is None else json.dumps(values, ensure_ascii=False)


def from_text(kind: type[Record], text: str) -> dict[str, Any] | None:
    """Return the plain values that a form carried; None where there was no record.

    Raises:
        UsageError: they are not what these pages write.
    """
    if not text:
        return None
    try:
        values = json.loads(text) if len(text) <= LARGEST_BASE else None
        made = record_of(Row(kind.KIND, values)) if isinstance(values, dict) else None
    except (ValueError, RecursionError):
        made = None
    if not isinstance(made, Record):
        raise UsageError("This form is not as it was made here. Load the page again and send its form again.")
    return plain(made)


def name_of(text: str) -> str:
    r"""Return a name as it was typed, in one line of bounded length.

    >>> name_of("  Head of\tService ")
    'Head of Service'
    """
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_NAME].strip()


def name_in(request: HttpRequest) -> str:
    """Return the name that was typed into the form that was sent, or else what this browser was told before."""
    if "by" in request.POST:
        return name_of(str(request.POST["by"]))
    return name_of(unquote(request.COOKIES.get(NAME_COOKIE, "")))


def remember_name(response: HttpResponse, name: str) -> None:
    """Let the browser remember the name that was typed, on every page; where none was, it keeps the one it has."""
    if name:
        response.set_cookie(NAME_COOKIE, quote(name), max_age=A_YEAR, path="/", httponly=True, samesite="Strict")
