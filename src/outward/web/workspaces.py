"""Where the pages of a workspace meet its home: reading it, and the row of links that every such page begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404
from django.urls import resolve

from outward import catalogue
from outward.web import answers

if TYPE_CHECKING:
    from outward.disclosure.released import ReleasedAnswer
    from outward.web.address import AskedOfWorkspace
    from outward.workspace.contents import Workspace

PARTS = (("Board sheet", ""), ("Records", "/records"), ("Questions", "/ask"), ("Checks", "/checks"))
"""The parts of a workspace in their order, and where each stands within it."""


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
    return answers.workspace(id)


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
    found = [Link(words, address(id) + path, words == here) for words, path in PARTS]
    return [link for link in found if leads_somewhere(link.href)]


def leads_somewhere(path: str) -> bool:
    """Return whether the pages answer at an address."""
    try:
        resolve(path)
    except Http404:
        return False
    return True


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
