"""Erasing the past of a record, or a whole workspace, once a page has said what goes, stays and is not reached."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.errors import NotFound
from outward.web import carrying, drafts, erasing, telling_once, workspaces
from outward.web.doors import changes
from outward.web.views.records import HERE, trail
from outward.web.workspaces import Link, address
from outward.workspace.homes import forgetting
from outward.workspace.homes.folder import FolderHome
from outward.workspace.records import kind_of

MOVED = "It has been changed since this page was made, so nothing was erased. Look at its history again."


@changes
def erase(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Ask whether what a record held in the past shall be erased; erase it."""
    home, of = workspaces.home(id), kind_of(kind)
    workspace, revisions = home.load(), home.history(kind, record)
    if not revisions:
        raise NotFound(f"There is no {of.TITLE} '{record}' in this workspace, and there never was, as far as is known.")
    there, history = workspace.records[kind].get(record), address(id, "records", kind, record, "history")
    last = str(revisions[-1].number)
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        if request.POST.get("last") == last:
            by = workspaces.name_of(str(request.POST.get("by", "")))
            since = erasing.erase(home, kind, record, by or workspaces.SOMEBODY)
            to = address(id, "records", kind, since or record, "history")
            response = telling_once.lead_to(to, erased="yes" if since else "draft")
            workspaces.remember_name(response, by)
            return response
        wrong = (MOVED,)
    title = next((one["title"] for each in reversed(revisions) for one in (each.after, each.before) if one), record)
    said = {
        "title": f"Erase the past of ‘{there.title}’?" if there else f"Erase ‘{title}’ for good?",
        "there": there,
        "many": erasing.to_erase(revisions),
        "draft": drafts.find(home.own_name, f"{kind}/{record}"),
        "record": record,
        "folder": isinstance(home, FolderHome),
        "last": last,
        "by": workspaces.name_in(request),
        "action": address(id, "records", kind, record, "erase"),
        "history": history,
        "edit": address(id, "records", kind, record, "edit"),
        "remove": address(id, "records", kind, record, "remove"),
        "waiting": [(one.about["file"], address(id, "exchange", one.id)) for one in carrying.waiting(home.own_name)],
        "wrong": wrong,
    }
    way = [*trail(id, of, there), Link("History", history)]
    status = 409 if wrong else 200
    return render(request, "records/erase.html", {**workspaces.frame(workspace, HERE, way), **said}, status=status)


@changes
def forget(request: HttpRequest, id: str) -> HttpResponse:
    """Ask whether all that is kept here of a workspace shall be erased, whether it can be read or not; erase it."""
    home = workspaces.home(id)
    if request.method == "POST":
        erasing.forget(home)
        return HttpResponseRedirect("/?forgotten=workspace")
    said = {
        "title": f"Forget ‘{id}’ for good?",
        "kept": forgetting.is_kept(home),
        "action": address(id, "forget"),
        "cancel": address(id),
        "trail": [Link(id, address(id))],
    }
    return render(request, "pages/forget_workspace.html", said)
