"""Taking a workspace away as a file, and bringing one in that was changed meanwhile: the differences come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward import dates
from outward.errors import OutwardError
from outward.phrases import counted, in_a_row
from outward.web import carrying, facts, telling_once, uploads, workspaces
from outward.web.doors import changes
from outward.web.views.records import HERE, kind_address
from outward.web.word_changes import word_changes
from outward.web.words import spoken
from outward.web.workspaces import Link, address
from outward.workspace.differing import LEFT, SAME, TAKEN, Differences, alike, differences, what_happened
from outward.workspace.exchange import ChangedTwice, apply, exported
from outward.workspace.fields import Field, fields_of
from outward.workspace.homes.home import Change, MovedOn
from outward.workspace.problems import MORE_TO_COME, BadWorkspace
from outward.workspace.records import kind_of

if TYPE_CHECKING:
    from outward.web.jobs import Job
    from outward.workspace.contents import Name, Workspace
    from outward.workspace.homes.home import Home

TITLE = "Take it away or bring it in"
CHOOSE = "Choose a file first."
MOST = 200
"""Records, problems and names that one page shows; all of them are counted."""
MOST_LINKS = 10
"""Records that the page leads to once a file has been brought in."""
DONE = {"changed": "changed", "added": "added", "removed": "taken out"}
"""What becomes of records, as a change is called and as the page says it."""
UNCHANGED = "Nothing was changed."
DROPPED = "The file was thrown away, and nothing was changed."
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
}
FILES = {
    ".xlsx": "A workbook for Excel (.xlsx)",
    ".ods": "A workbook for LibreOffice and others (.ods)",
    ".zip": "Text files in a folder, as a ZIP file (.zip)",
}
STUCK = "What the file lacks cannot all be taken out: what is left would not hold together."
MOVED = "The workspace has changed since this page was made, so nothing was brought in. Look at it again."


@changes
def exchange(request: HttpRequest, id: str) -> HttpResponse:
    """Show what a workspace can be taken away as, and the form for a file; take the file in."""
    if request.method != "POST":
        return _page(request, workspaces.load(id))
    with carrying.coming_in(request) as file:
        home = workspaces.home(id)
        workspace = home.load()
        if file is None:
            return _page(request, workspace, uploads.refused(request) or CHOOSE)
        try:
            found = differences(home, workspace, carrying.incoming(file, workspace))
        except OutwardError as error:
            return _page(request, workspace, error)
        if found.same:
            return _done(id, found)
        return HttpResponseRedirect(_address(id, carrying.keep(file, home.own_name)))


def _address(id: str, job: str = "") -> str:
    return address(id, "exchange", *([job] if job else []))


def _page(request: HttpRequest, workspace: Workspace, wrong: str | OutwardError = "") -> HttpResponse:
    """Show the ways out and the way in, and what is wrong with a file."""
    told, problems = problems_of(wrong) if isinstance(wrong, OutwardError) else (wrong, {})
    done = telling_once.told(request)
    said = {
        "title": TITLE,
        "forget": address(workspace.id, "forget"),
        "files": [(words, f"{_address(workspace.id)}/{workspace.id}{ending}") for ending, words in FILES.items()],
        "action": _address(workspace.id),
        "wrong": [{"at": "file", "words": told}] if told else [],
        "file_error": told,
        "told": done.get("done", ""),
        "led_to": _named(workspace, done.get("records", "").split(",")),
        "led_to_more": done.get("more", ""),
        "waiting": [
            (one.about["file"], _address(workspace.id, one.id), datetime.fromtimestamp(one.changed, dates.LONDON))
            for one in carrying.waiting(workspaces.home(workspace.id).own_name)
        ],
        **problems,
    }
    status = wrong.status if isinstance(wrong, OutwardError) else 400 if wrong else 200
    page = render(request, "exchange/ways.html", _frame(workspace) | said, status=status)
    return telling_once.once(request, page)


def _frame(workspace: Workspace, *more: Link) -> dict[str, object]:
    return workspaces.frame(workspace, HERE, [Link(HERE, address(workspace.id, "records")), *more])


def _brought(*numbers: int) -> str:
    """Return how many records were changed, added and taken out, in words.

    >>> _brought(1, 1, 0), _brought(0, 2, 1)
    ('1 record was changed and 1 added.', '2 records were added and 1 taken out.')
    """
    done = [(number, words) for number, words in zip(numbers, DONE.values(), strict=True) if number]
    (first, words), *others = done
    told = [
        f"{first:,} record{' was' if first == 1 else 's were'} {words}",
        *(f"{many:,} {how}" for many, how in others),
    ]
    return f"{in_a_row(told)}."


def _done(id: str, found: Differences) -> HttpResponse:
    """Return the answer that leads to the page which tells once what has been done, with the first of the records."""
    changes = found.changes
    if not changes:
        return telling_once.lead_to(_address(id), done=SAME if found.same else UNCHANGED)
    many = Counter(what_happened(one).lower() for one in changes)
    there = [f"{one.kind}/{one.id}" for one in changes if one.after is not None][:MOST_LINKS]
    more = len([one for one in changes if one.after is not None]) - len(there)
    done = _brought(*(many[what] for what in DONE))
    return telling_once.lead_to(_address(id), done=done, records=",".join(there), more=str(more or ""))


def _named(workspace: Workspace, names: list[str]) -> list[dict[str, str]]:
    """Return those of some records that are there, each with its address."""
    parted = [name.partition("/") for name in names[:MOST_LINKS]]
    return [_called(workspace, kind, id) for kind, _, id in parted if id in workspace.records.get(kind, {})]


def problems_of(error: OutwardError) -> tuple[str, dict[str, Any]]:
    """Return what is wrong with a file, in a sentence, and what its table shows where each thing has its place."""
    if not isinstance(error, BadWorkspace):
        return str(error), {}
    found = error.problems
    told = f"The file cannot be used as it stands. {len(found):,} thing{'' if len(found) == 1 else 's'} in it must be "
    more = f" {MORE_TO_COME}" if error.unfinished else ""
    return f"{told}mended first.{more}", {
        "problems": found[:MOST],
        "more": max(0, len(found) - MOST),
        "whole": "The file",
    }


def take(request: HttpRequest, id: str, name: str, ending: str) -> HttpResponse:  # noqa: ARG001 - by this name
    """Return a workspace as a file that can be changed and brought back."""
    workspace = workspaces.load(id)
    named = f"{'made-up ' if workspace.header.made_up else ''}{workspace.id}"
    held = {"Content-Disposition": f'attachment; filename="{named.replace(" ", "-")}.{ending}"'}
    content = exported(workspace, f".{ending}", dates.today())
    return HttpResponse(content, content_type=TYPES[f".{ending}"], headers=held)


@changes
def confirm(request: HttpRequest, id: str, job: str) -> HttpResponse:
    """Show what a file would change, field by field; bring it in, or throw it away."""
    home = workspaces.home(id)
    file = carrying.find(job, home.own_name)
    if request.method != "POST":
        return _shown(request, home, file, request.GET)
    if request.POST.get("then") == "drop":
        carrying.drop(file)
        return telling_once.lead_to(_address(id), done=DROPPED)
    by = workspaces.name_of(str(request.POST.get("by", "")))
    workspace = home.load()
    if request.POST.get("revision") != workspace.revision:
        return _shown(request, home, file, request.POST, MOVED)
    try:
        found = differences(home, workspace, carrying.kept(file, workspace), **_asked(request.POST))
    except BadWorkspace:
        return _shown(request, home, file, request.POST)
    try:
        apply(home, found, by or workspaces.SOMEBODY)
    except (ChangedTwice, MovedOn, BadWorkspace):  # somebody else was faster
        return _shown(request, home, file, request.POST, MOVED)
    carrying.drop(file)
    response = _done(id, found)
    workspaces.remember_name(response, by)
    return response


def _asked(sent: Mapping[str, object]) -> dict[str, bool]:
    """Return what was asked for beyond what the file itself has changed."""
    return {name: name in sent for name in ("remove", "take")}


def _shown(request: HttpRequest, home: Home, file: Job, sent: Mapping[str, object], moved: str = "") -> HttpResponse:
    """Show what a file would change in the workspace as it stands now."""
    workspace = home.load()
    asked = _asked(sent)
    here = _address(home.id, file.id)
    said: dict[str, Any] = {
        "title": f"What ‘{file.about['file']}’ would change",
        "action": here,
        "ways": {name: _way(here, asked | {name: not on}) for name, on in asked.items()},
        "revision": workspace.revision,
        **asked,
        "by": workspaces.name_in(request),
        "wrong": [moved] if moved else [],
    }
    try:
        found = differences(home, workspace, carrying.kept(file, workspace), **asked)
        said |= _told(workspace, found)
        status = 409 if moved else 200
    except OutwardError as error:
        told, problems = problems_of(error)
        said |= {"wrong": [*said["wrong"], STUCK if asked["remove"] and problems else told], **problems}
        status = error.status
    frame = _frame(workspace, Link(TITLE, _address(home.id)))
    return render(request, "exchange/differences.html", frame | said, status=status)


def _told(workspace: Workspace, found: Differences) -> dict[str, Any]:
    """Return the differences as the page shows them."""
    likeness = alike(workspace, found)
    titles = {(one.kind, one.id): str(one.after["title"]) for one in found.changes if one.after}
    return {
        "counts": _counts(found.changes),
        "changes": [
            _change(workspace, one, titles=titles, taken=found.taken.get((one.kind, one.id), frozenset()))
            | {"note": likeness.get((one.kind, one.id), "")}
            for one in found.changes[:MOST]
        ],
        "unseen": max(0, len(found.changes) - MOST),
        "clashes": [_change(workspace, one) for one in found.clashes[:MOST]],
        "left": [_change(workspace, one, LEFT[what_happened(one)]) for one in found.left[:MOST]],
        "left_more": max(0, len(found.left) - MOST),
        "notes": found.notes,
        "missing": [_called(workspace, *name) for name in found.missing[:MOST]],
        "missing_more": max(0, len(found.missing) - MOST),
    }


def _way(here: str, asked: Mapping[str, bool]) -> str:
    """Return the address of the page on which so much is asked for."""
    query = "&".join(f"{name}=yes" for name, on in asked.items() if on)
    return f"{here}?{query}" if query else here


def _counts(changes: tuple[Change, ...]) -> list[str]:
    """Return how many records of each kind are added, changed and removed, in words."""
    found = Counter((what_happened(one), one.kind) for one in changes)
    return [
        f"{what}: {counted(many, kind_of(kind).TITLE, kind_of(kind).PLURAL)}" for (what, kind), many in found.items()
    ]


def _called(workspace: Workspace, kind: str, id: str, values: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return what a record is called, and where it stands if it does."""
    record = workspace.records[kind].get(id)
    href = (
        kind_address(workspace.id, kind_of(kind)) if kind == "workspace" else address(workspace.id, "records", kind, id)
    )
    return {
        "kind": spoken(kind_of(kind).TITLE),
        "words": str((values or {}).get("title") or (record.title if record else id)),
        "href": href if record else "",
    }


def _said(workspace: Workspace, field: Field, value: Any, titles: Mapping[Name, str]) -> str:
    """Return a value in words; a record that the file adds goes by its title, as others do."""
    found = facts.fact(workspace, field, value)
    if not field.to or not value:
        return found.text
    ids = value if field.several else [value]
    words = (titles.get((field.to, id)) or facts.link(workspace, field.to, id).words for id in ids)
    return replace(found, links=(), lines=tuple(words)).text


def _change(
    workspace: Workspace,
    change: Change,
    said: str = "",
    titles: Mapping[Name, str] | None = None,
    taken: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return a change in words: what it is, the record, and each field that differs."""
    before, after = change.before or {}, change.after or {}
    differences = []
    titles = titles or {}
    for field in fields_of(kind_of(change.kind)):
        if before.get(field.name) != after.get(field.name) and change.after is not None:
            old, new = (_said(workspace, field, one.get(field.name), titles) for one in (before, after))
            parts = word_changes(old, new) if change.before is not None else [("same", new)]
            if field.name in taken:
                parts = [*parts, ("same", f" ({TAKEN})")]
            differences.append({"title": field.title, "parts": parts})
    return {
        "what": said or what_happened(change),
        "record": _called(workspace, change.kind, change.id, after or before),
        "differences": differences,
    }
