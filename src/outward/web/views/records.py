"""The records of a workspace: all kinds, the records of one kind, one record."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.catalogue import PRINCIPLES
from outward.phrases import counted
from outward.web import check_changes, drafts, facts, form_sent, listing, telling_once, workspaces
from outward.web.removed import removed_of, telling
from outward.web.views.checks import in_words, mending
from outward.web.words import article, spoken
from outward.web.workspaces import Link, address
from outward.workspace.contents import Workspace
from outward.workspace.fields import fields_of
from outward.workspace.header import Header
from outward.workspace.records import ID, Record, kind_of, kinds

HERE = "Records"
HEADINGS = {"W": "The workspace itself", **PRINCIPLES}
"""What stands above the kinds of each principle."""


SAVED = {
    "yes": "Saved.",
    "together": "Saved, together with what somebody else has changed meanwhile:",
    "back": "Put back.",
}
"""What the page of a record tells once after a change, by what was done."""
DROPPED = "The draft was thrown away."


def every_kind(request: HttpRequest, id: str) -> HttpResponse:
    """Show all kinds of record under their principle, with how many there are of each."""
    workspace = workspaces.load(id)
    principles = [
        {
            "title": title,
            "kinds": [
                {
                    "title": spoken(kind.PLURAL),
                    "about": about(kind),
                    "count": f"{len(workspace.records[kind.KIND]):,}",
                    "href": kind_address(id, kind),
                }
                for kind in kinds().values()
                if letter == kind.PRINCIPLE
            ],
        }
        for letter, title in HEADINGS.items()
    ]
    said = {
        "title": "Records",
        "principles": principles,
        "gone": _gone(id),
        "exchange": address(id, "exchange"),
        "drafts": [_told_of(id, one) for one in form_sent.waiting(workspaces.home(id))],
    }
    return render(request, "records/kinds.html", {**workspaces.frame(workspace, HERE), **said})


def _gone(id: str, kind: str = "") -> Link | None:
    """Return the link to the records that were removed, which says how many they are; None where there are none."""
    many = len(removed_of(id, kind))
    query = f"?kind={kind}" if kind else ""
    return Link(f"{many:,} removed", address(id, "records", "removed") + query) if many else None


def about(kind: type[Record]) -> str:
    """Return what a kind of record is, in one plain sentence.

    >>> from outward.workspace.kinds.customers import Need
    >>> about(Need)
    'Something that customers want, need or worry about.'
    """
    return (kind.__doc__ or "").strip().split("\n")[0]


def kind_address(id: str, kind: type[Record]) -> str:
    """Return the address of the records of a kind; of the only one there is, where there can be one alone."""
    return address(id, "records", kind.KIND, id) if kind is Header else address(id, "records", kind.KIND)


def trail(id: str, kind: type[Record], record: Record | None = None) -> list[Link]:
    """Return the way from the workspace to a list of records, and to one of them."""
    way = [Link(HERE, address(id, "records"))]
    if kind is not Header:
        way.append(Link(spoken(kind.PLURAL), address(id, "records", kind.KIND)))
    if record:
        way.append(Link(record.title, address(id, "records", kind.KIND, record.id)))
    return way


def of_kind(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """Show the records of one kind, as far as they are searched for."""
    workspace, of = workspaces.load(id), kind_of(kind)
    told = telling_once.told(request)
    just = told.get("removed", "")
    removed = address(id, "records", kind, just, "history") if re.fullmatch(ID, just) else ""
    search = listing.search_of(of, {name: str(value) for name, value in request.GET.items()})
    searched = bool(search.words or search.group or search.choices)
    found = listing.found(workspace, of, search)
    page = min(search.page, found.pages)
    columns = listing.columns(of)
    said: dict[str, Any] = {
        "title": spoken(of.PLURAL),
        "about": about(of),
        "one_called": article(of.TITLE),
        "plural": of.PLURAL,
        "columns": [field.title for field in columns],
        "rows": [
            {
                "record": record,
                "href": address(id, "records", kind, record.id),
                "facts": facts.facts(workspace, record, columns),
            }
            for record in found.records
        ],
        "fields": listing.search_fields(workspace, of, search),
        "searched": searched,
        "counted": counted(found.many, of.TITLE, of.PLURAL),
        "listed": address(id, "records", kind),
        "add": _add(workspace, of),
        "removed": removed,
        "gone": _gone(id, kind),
        "told": DROPPED if told.get("form") == "dropped" else "",
        "drafts": [_told_of(id, one) for one in form_sent.waiting(workspaces.home(id), of)],
        "page": page,
        "pages": found.pages,
        "before": search.query(page - 1) if page > 1 else "",
        "after": search.query(page + 1) if page < found.pages else "",
    }
    frame = workspaces.frame(workspace, HERE, trail(id, of)[:1])
    return telling_once.once(request, render(request, "records/list.html", {**frame, **said}))


def _draft(workspace: str, kind: type[Record], record: str) -> dict[str, str] | None:
    """Return when a draft of a record was kept, and where one goes on with it."""
    found = drafts.find(workspaces.home(workspace).own_name, form_sent.key(kind, record))
    return _told_of(workspace, found) if found else None


def _told_of(workspace: str, draft: drafts.Draft) -> dict[str, str]:
    """Return what a page says of a draft: what it is called, when it was kept, where one goes on with it."""
    kind = kind_of(draft.key.partition("/")[0])
    return {
        "title": form_sent.title_of(draft) or "Not called anything yet",
        "kind": kind.TITLE,
        "at": facts.moment(draft.at),
        "href": form_sent.way_to(workspace, draft),
    }


def _add(workspace: Workspace, kind: type[Record]) -> str:
    """Return the address of the form for a new record; '' where none can be added."""
    if kind is Header:
        return ""
    called_so = "?add=yes" if "new" in workspace.records[kind.KIND] else ""
    return address(workspace.id, "records", kind.KIND, "new") + called_so


def one(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Show one record: what it says, who relies on it, where it is written."""
    workspace = workspaces.load(id)
    found = workspace.find(kind, record)
    place = workspace.place(found)
    here = address(id, "records", kind, record)
    told = telling_once.told(request)
    saved = SAVED.get(told.get("saved", ""), "")
    met = told.get("met", "").split(",")
    said = {
        "title": found.title,
        "caption": spoken(found.TITLE),
        "facts": facts.facts(workspace, found),
        "relying": facts.relying(workspace, found),
        "record": found,
        "place": place,
        "here": here,
        "removable": kind != Header.KIND,
        "draft": _draft(id, type(found), record),
        "saved": saved,
        "tied": telling(workspace, told),
        "met": [field.title for field in fields_of(type(found)) if field.name in met],
        "checks": told.get("checks", ""),
        "checks_page": address(id, "checks"),
        "found": [(in_words(one), mending(workspace, one)) for one in check_changes.of_record(workspace, kind, record)]
        if saved
        else [],
    }
    frame = workspaces.frame(workspace, HERE, trail(id, type(found)))
    return telling_once.once(request, render(request, "records/record.html", {**frame, **said}))
