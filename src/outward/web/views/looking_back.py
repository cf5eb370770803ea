"""What became of records: their history, putting back what stood before, taking one away, and those that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.errors import NotFound, UsageError
from outward.phrases import in_a_row
from outward.web import erasing, facts, removed, telling_once, workspaces
from outward.web.doors import changes
from outward.web.views.records import HERE, trail
from outward.web.word_changes import word_changes
from outward.web.words import spoken
from outward.web.workspaces import address
from outward.workspace.contents import references_of
from outward.workspace.fields import fields_of
from outward.workspace.header import Header
from outward.workspace.homes.home import Change, MovedOn
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import EMPTY, Record, kind_of, plain

if TYPE_CHECKING:
    from outward.workspace.contents import Name, Workspace
    from outward.workspace.homes.home import Home, Revision

Values = Mapping[str, Any]
ERASED = {
    "yes": "Erased. Who changed it and when stays.",
    "draft": "The draft is erased. Nothing of its past was left to erase.",
}
MOST = 200
"""Changes that one page shows."""
NAMED = "A record that names this one was added or changed meanwhile, so nothing was removed. Look at it again."
MOST_TITLES = 4
"""Fields that the name of a change names."""


@changes
def history(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Show what became of a record, the newest first; put back what stood before."""
    home, of = workspaces.home(id), kind_of(kind)
    workspace = home.load()
    revisions = home.history(kind, record)
    there = workspace.records[kind].get(record)
    if not revisions and there is None:
        raise NotFound(f"There is no {of.TITLE} '{record}' in this workspace, and there never was, as far as is known.")
    if request.method == "POST":
        return _put_back(request, home, of, record, revisions)
    return telling_once.once(request, _history(request, home, workspace, of, record, revisions))


def _history(
    request: HttpRequest,
    home: Home,
    workspace: Workspace,
    kind: type[Record],
    record: str,
    revisions: tuple[Revision, ...],
    wrong: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    there = workspace.records[kind.KIND].get(record)
    now = plain(there) if there else None
    titled = next((one["title"] for each in reversed(revisions) for one in (each.after, each.before) if one), record)
    steps = list(enumerate(revisions, 1))[-MOST:]
    said = {
        "title": f"History: {there.title if there else titled}",
        "caption": spoken(kind.TITLE) + ("" if there else ", removed"),
        "revisions": [
            _shown(home, workspace, kind, step, one, now, _done(one, revisions[: step - 1]))
            for step, one in reversed(steps)
        ],
        "based": workspaces.as_text(now),
        "action": address(workspace.id, "records", kind.KIND, record, "history"),
        "erase": _erase(workspace.id, kind.KIND, record) if erasing.to_erase(revisions) else "",
        "told": ERASED.get(telling_once.told(request).get("erased", ""), ""),
        "wrong": wrong,
    }
    frame = workspaces.frame(workspace, HERE, trail(workspace.id, kind, there))
    return render(request, "records/history.html", {**frame, **said}, status=status)


def _shown(
    home: Home, workspace: Workspace, kind: type[Record], step: int, one: Revision, now: Values | None, what: str
) -> dict[str, Any]:
    """Return one change in words: its name, the fields before and after, what can be put back, what ties it cut."""
    before, after = one.before or {}, one.after or {}
    differences = []
    for field in () if one.erased else fields_of(kind):
        if before.get(field.name) != after.get(field.name):
            old, new = (facts.fact(workspace, field, each.get(field.name)).text for each in (before, after))
            differences.append({"title": field.title, "parts": word_changes(old, new)})
    backs = []
    if one.after and one.after != now:
        backs.append({"side": "after", "words": f"Put back as it was after step {step}"})
    if step == 1 and one.before and one.before != now:
        backs.append({"side": "before", "words": f"Put back as it was before step {step}"})
    cut = removed.cut((one.kind, one.id), home.together(one.change)) if one.after is None else ()
    fields = [str(each["title"]) for each in differences] if what == "Changed" else []
    more = [f"{len(fields) - MOST_TITLES} more"] if len(fields) > MOST_TITLES else []
    titles = in_a_row([*fields[:MOST_TITLES], *more])
    return {
        "number": one.number,
        "name": f"{step}. {what} by {facts.maker(one.by)}{f': {titles}' if titles else ''}",
        "at": facts.moment(one.at, seconds=True),
        "differences": differences,
        "erased": _erased(one),
        "backs": backs,
        "cut": removed.links(workspace, [tie for tie in cut if not tie.erased]),
        "perhaps": removed.links(workspace, [tie for tie in cut if tie.erased]),
    }


def _erased(one: Revision) -> str:
    """Return that what stood before or after a change is erased, in a sentence; '' where it is not."""
    if one.erased is None:
        return ""
    what = "What it said then" if one.after == {} else "What it said until then"
    return f"{what} was erased by {one.erased.by} on {facts.moment(one.erased.at)}."


def _erase(id: str, kind: str, record: str) -> str:
    return address(id, "records", kind, record, "erase")


def _done(one: Revision, earlier: tuple[Revision, ...]) -> str:
    """Return what a change did to a record, in a word or two, from the changes before it."""
    if one.after is None:
        return "Removed"
    if one.before is not None:
        return "Changed"
    if one.after and any(one.after in (each.before, each.after) for each in earlier):
        return "Put back"
    return "Written down again" if earlier else "Written down"


def _put_back(
    request: HttpRequest, home: Home, kind: type[Record], record: str, revisions: tuple[Revision, ...]
) -> HttpResponse:
    """Make what stood before stand again by a new change, with the ties that were cut when it was removed."""
    number, side = str(request.POST.get("number", "")), str(request.POST.get("side", ""))
    one = next((one for one in revisions if str(one.number) == number), None)
    wanted = {"before": one.before, "after": one.after}.get(side) if one else None
    if not wanted:
        raise UsageError("That is not in the history of this record. Load the page again and choose from it.")
    based, name = workspaces.from_text(kind, str(request.POST.get("based", ""))), (kind.KIND, record)
    tied, lost = _ties(home, name, one, revisions)
    try:
        home.change([Change(*name, based, wanted), *tied], workspaces.name_in(request) or workspaces.SOMEBODY)
    except (MovedOn, BadWorkspace) as error:
        said = [one.message for one in error.problems] if isinstance(error, BadWorkspace) else [str(error)]
        again = home.history(kind.KIND, record)
        return _history(request, home, home.load(), kind, record, again, tuple(said), 409)
    here = address(home.id, "records", kind.KIND, record)
    return telling_once.lead_to(here, saved="back", **removed.told(len(tied), lost))


def _ties(
    home: Home, name: Name, wanted: Revision | None, revisions: tuple[Revision, ...]
) -> tuple[list[Change], list[Name]]:
    """Return the changes that make others name a record again, and those who named it once and will not.

    Where the record is there, nobody is made to name it again; but who named it before a removal is told.
    """
    removal = next((one for one in reversed(revisions) if one.after is None), None)
    if removal is None or wanted is None or wanted.number > removal.number:
        return [], []
    ties = removed.cut(name, home.together(removal.change))
    if removal is revisions[-1]:
        return removed.tied_again(home.load(), name, ties)
    return [], removed.untied(home.load(), name, ties)


def gone(request: HttpRequest, id: str) -> HttpResponse:
    """Show the records that were removed, of one kind where the address names one, each with a way to put it back."""
    workspace, name = workspaces.load(id), request.GET.get("kind", "")
    kind = kind_of(name) if name else None
    found = removed.removed_of(id, name)
    rows = [
        {
            "number": one.number,
            "title": removed.title_of(one),
            "kind": spoken(kind_of(one.kind).TITLE),
            "by": facts.maker(one.by),
            "at": facts.moment(one.at),
            "history": address(id, "records", one.kind, one.id, "history"),
            "erase": _erase(id, one.kind, one.id),
            "erased": one.erased is not None,
        }
        for one in found[:MOST]
    ]
    said = {
        "title": f"Removed {kind.PLURAL}" if kind else "Removed records",
        "rows": rows,
        "more": len(found) - len(rows),
        "every": address(id, "records", "removed") if kind else "",
    }
    frame = workspaces.frame(workspace, HERE, trail(id, kind or Header))
    return render(request, "records/removed.html", {**frame, **said})


@changes
def remove(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Say who relies on a record, ask whether it shall go, and take it away."""
    home, of = workspaces.home(id), kind_of(kind)
    workspace = home.load()
    found = workspace.find(kind, record)
    if of is Header:
        raise UsageError("The workspace itself cannot be removed from it.")
    held, loosened = _relying(workspace, found)
    if request.method == "POST" and not held:
        based = workspaces.from_text(of, str(request.POST.get("based", "")))
        by = workspaces.name_of(str(request.POST.get("by", "")))
        try:
            home.change(_without(workspace, found, based), by or workspaces.SOMEBODY)
        except (MovedOn, BadWorkspace) as error:  # somebody else was faster
            now = home.load()
            found = now.records[kind].get(record, found)
            said = str(error) if isinstance(error, MovedOn) else NAMED
            return _removal(request, now, found, *_relying(now, found), (said,), 409)
        response = telling_once.lead_to(address(id, "records", kind), removed=record)
        workspaces.remember_name(response, by)
        return response
    return _removal(request, workspace, found, held, loosened, status=409 if request.method == "POST" else 200)


def _removal(
    request: HttpRequest,
    workspace: Workspace,
    found: Record,
    held: list[dict[str, Any]],
    loosened: list[dict[str, Any]],
    wrong: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    now = workspace.records[found.KIND].get(found.id)
    here = address(workspace.id, "records", found.KIND, found.id)
    said = {
        "title": f"Remove ‘{found.title}’?" if not held else f"‘{found.title}’ is needed",
        "held": held,
        "loosened": loosened,
        "based": workspaces.as_text(plain(now) if now else None),
        "by": workspaces.name_in(request),
        "action": f"{here}/remove",
        "cancel": here,
        "wrong": wrong,
    }
    frame = workspaces.frame(workspace, HERE, trail(workspace.id, type(found), found))
    return render(request, "records/remove.html", {**frame, **said}, status=status)


def _relying(workspace: Workspace, found: Record) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the references without which a record could not stand, and those that can be taken out."""
    held: list[dict[str, Any]] = []
    loosened: list[dict[str, Any]] = []
    for reference in workspace.relied_on_by.get((found.KIND, found.id), ()):
        if reference.source == (found.KIND, found.id):
            continue
        source = workspace.find(*reference.source)
        field = next(one for one in fields_of(type(source)) if one.name == reference.field)
        rest = [id for id in getattr(source, field.name) if id != found.id] if field.several else []
        shown = {
            "link": facts.link(workspace, *reference.source),
            "field": field.title,
            "edit": address(workspace.id, "records", *reference.source, "edit") + f"#{field.name}",
        }
        (held if field.required and not rest else loosened).append(shown)
    return held, loosened


def _without(workspace: Workspace, found: Record, based: Values | None) -> list[Change]:
    """Return the changes that take a record away, and its name out of every record that can do without."""
    gone = (found.KIND, found.id)
    changed = [Change(found.KIND, found.id, based, None)]
    sources = {reference.source for reference in workspace.relied_on_by.get(gone, ())} - {gone}
    for source in sorted(sources):
        record = workspace.find(*source)
        before, after = plain(record), plain(record)
        for reference in references_of(record):
            if reference.target == gone:
                named = after[reference.field]
                after[reference.field] = [id for id in named if id != found.id] if isinstance(named, list) else ""
        after = {name: value for name, value in after.items() if value not in EMPTY}
        changed.append(Change(*source, before, after))
    return changed
