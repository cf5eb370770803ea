"""Writing a record down and changing it: the form, what is wrong with it, its draft, and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.errors import BadInput, NotFound
from outward.web import check_changes, drafts, facts, record_form, record_values, silencing, telling_once, workspaces
from outward.web.doors import changes
from outward.web.form_sent import CHECKS, At, Sent, draft_called, drafted, received, title_of, waiting, way_to
from outward.web.record_values import Wrong
from outward.web.removed import removed_of
from outward.web.views import two_at_once
from outward.web.views.records import one
from outward.web.words import article, spoken
from outward.workspace import ids
from outward.workspace.header import Header
from outward.workspace.homes.home import Change, MovedOn
from outward.workspace.homes.merging import merge
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import Record, kind_of

if TYPE_CHECKING:
    from outward.workspace.contents import Workspace

NO_ROOM = "A draft cannot be kept: the disk is full, or may not be written. Make room before you leave this page."
TRIES = 5
"""How often changes that do not overlap are put together before a person is asked to send them again."""
TOLD = {
    "kept": "Kept as a draft. What there is to choose from is as it is now.",
    "looked": "Nothing is typed yet that could be kept. What there is to choose from is as it is now.",
    "dropped": "The draft was thrown away.",
}
"""What the form tells once, by what was done before."""


@changes
def new(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """Show the form for a new record; write it down. A record of that very id, from a file, is shown instead."""
    called_so = request.method != "POST" and not request.GET
    if called_so and ids.RESERVED in workspaces.load(id).records.get(kind, {}):
        return one(request, id, kind, ids.RESERVED)
    return _edit(request, id, kind_of(kind), "")


@changes
def edit(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Show the form for a record; change it."""
    return _edit(request, id, kind_of(kind), record)


def _edit(request: HttpRequest, id: str, kind: type[Record], record: str) -> HttpResponse:
    query = request.POST if request.method == "POST" else request.GET
    asked = str(query.get("draft") or query.get("throw") or "")
    at = At(request, workspaces.home(id), kind, record, draft_called(record, asked))
    if not record and kind is Header:
        raise NotFound("There is one workspace here, and it is written down already.")
    if request.method == "POST":
        return _taken(at)
    workspace = at.home.load()
    draft = drafts.find(at.home.own_name, at.key)
    if draft and "throw" in request.GET:
        return _throwing(at, workspace, draft)
    if draft and "draft" in request.GET:
        return telling_once.once(request, _form(at, workspace, drafted(kind, draft), draft, going_on=True))
    if record:
        workspace.find(kind.KIND, record)
    held = two_at_once.now_of(workspace, at)
    raw = record_values.raw_of(kind, record_values.usual(kind) if held is None else held)
    if held is None:
        raw |= record_values.named_in(workspace, kind, {name: request.GET.getlist(name) for name in request.GET})
        raw |= silencing.named_in(workspace, request.GET.dict()) if kind is Silence else {}
    opened = CHECKS if request.GET.get("from") == CHECKS else ""
    fresh = Sent(raw, held, workspaces.name_in(request), opened=opened)
    return telling_once.once(request, _form(at, workspace, fresh, draft))


def _taken(at: At) -> HttpResponse:
    """Take up what was sent: save it, or say why not; what was typed is kept until it is saved or thrown away."""
    sent = received(at.request, at.kind)
    if sent.then == "drop":
        drafts.drop(at.home.own_name, at.key)
        there = not at.record or at.record in at.home.load().records[at.kind.KIND]
        return telling_once.lead_to(at.action if there else at.page(""), form="dropped")
    try:
        workspace = at.home.load()
    except BadWorkspace:
        at.keep(sent)
        raise
    if sent.then == "refresh":
        kept = at.keep(sent)
        if kept == "no room":
            return _form(at, workspace, sent, errors={"": Wrong(NO_ROOM)})
        return telling_once.lead_to(
            f"{at.action}?draft={at.draft}" if kept == "kept" else at.action,
            form="kept" if kept == "kept" else "looked",
        )
    gone = () if at.record else {one.id for one in removed_of(at.home.id, at.kind.KIND)}
    values, errors = record_values.read(workspace, at.kind, sent.raw, at.record, gone)
    if errors:
        return _refused(at, workspace, sent, errors)
    if sent.was is not None and sent.based is not None:
        merged = merge(at.kind.KIND, sent.was, sent.based, values)
        if two_at_once.undecided(sent, merged):
            return two_at_once.clash(at, workspace, sent, merged, sent.was, sent.based, asking=True)
        values = two_at_once.decided(sent, merged)
        sent = replace(sent, raw=record_values.raw_of(at.kind, values), was=None, clashes=None)
    if sent.then == "edit":
        return _form(at, workspace, sent)
    try:
        return _saved(at, workspace, sent, values)
    except BadWorkspace as bad:
        return _refused(at, workspace, sent, _said(at, bad))
    except BadInput as stuck:  # the disk is full, or the folder may not be written
        return _refused(at, workspace, sent, {"": Wrong(str(stuck))})


def _said(at: At, bad: BadWorkspace) -> dict[str, Wrong]:
    """Return what keeps a workspace from being read, by the field of the form that it is about."""
    known = {field.name for field in record_form.asked(at.kind, new=not at.record)}
    return {one.field if one.field in known else "": Wrong(one.bare or one.message) for one in bad.problems}


def _refused(at: At, workspace: Workspace, sent: Sent, errors: Mapping[str, Wrong]) -> HttpResponse:
    """Show the form again with what is wrong, and keep what was typed."""
    return _form(at, workspace, sent, errors=errors, kept=at.keep(sent) == "kept")


def _saved(at: At, workspace: Workspace, sent: Sent, values: dict[str, Any]) -> HttpResponse:
    """Save plain values; put them together with what somebody else has changed meanwhile."""
    based: dict[str, Any] | None = sent.based
    met: list[str] = []
    for _ in range(TRIES):
        try:
            after = workspace
            if values != based:
                by = sent.by or workspaces.SOMEBODY
                after = at.home.change([Change(at.kind.KIND, str(values["id"]), based, values)], by)
            return _done(at, sent, str(values["id"]), met, workspace, after)
        except MovedOn as moved:
            at.keep(sent)
            workspace = at.home.load()
            if based is None:
                return _refused(at, workspace, sent, {"id": record_values.taken(at.kind)})
            if moved.now is None:
                return two_at_once.gone(at, workspace, sent, values)
            now = dict(moved.now)
            merged = merge(at.kind.KIND, based, now, values)
            if merged.clashes:
                sent = replace(sent, raw=record_values.raw_of(at.kind, values), clashes=None)
                return two_at_once.clash(at, workspace, sent, merged, based, now, asking=False)
            met += [field.name for field in (*merged.theirs, *merged.both)]
            based, values = now, merged.values
    return _refused(at, workspace, sent, {"": Wrong("It is being changed all the time. Save it again.")})


def _done(at: At, sent: Sent, record: str, met: list[str], before: Workspace, after: Workspace) -> HttpResponse:
    """Lead to the record that was saved, which tells so once."""
    drafts.drop(at.home.own_name, at.key)
    told = {"saved": "together", "met": ",".join(dict.fromkeys(met))} if met else {"saved": "yes"}
    if sent.opened == CHECKS:
        told["checks"] = check_changes.between(before, after)
    response = telling_once.lead_to(at.page(record), **told)
    workspaces.remember_name(response, sent.by)
    return response


def _form(
    at: At,
    workspace: Workspace,
    sent: Sent,
    draft: drafts.Draft | None = None,
    errors: Mapping[str, Wrong] | None = None,
    kept: bool = False,
    going_on: bool = False,
) -> HttpResponse:
    """Show the form with what was typed and what is wrong with it.

    Args:
        at: where it stands.
        workspace: whose records can be referred to.
        sent: what it holds.
        draft: what was typed before and is not saved.
        errors: what is wrong, by field; '' for what is of no field.
        kept: whether what was typed is kept as a draft now.
        going_on: whether the form holds that draft.
    """
    errors = errors or {}
    parts = record_form.form_parts(workspace, at.kind, sent.raw, errors, at.record)
    entries = [entry for part in parts for entry in part.entries]
    there = workspace.records[at.kind.KIND].get(at.record)
    wrong: list[Any] = [{"at": one.at, "words": f"{one.label}: {one.error}"} for one in entries if one.error]
    wrong += [one.said for name, one in errors.items() if name not in {entry.name for entry in entries}]
    nothing_saved = "Nothing was saved yet." + (" What you typed is kept as a draft." if kept else "")
    said = {
        "title": f"Change: {there.title if there else at.record}" if at.record else f"Add {article(at.kind.TITLE)}",
        "caption": spoken(at.kind.TITLE),
        "one_called": article(at.kind.TITLE),
        "wrong": wrong,
        "wrong_says": nothing_saved,
        "parts": parts,
        "id": at.record,
        "based": workspaces.as_text(sent.based),
        "by": sent.by,
        "opened": sent.opened,
        "draft": draft and {"at": facts.moment(draft.at), "going_on": going_on},
        "others": [] if errors or kept or at.record else _others(at),
        "told": "" if errors else TOLD.get(telling_once.told(at.request).get("form", ""), ""),
        "choosing": any(entry.listed for entry in entries),
    }
    frame = two_at_once.frame(at, workspace)
    return render(at.request, "records/form.html", {**frame, **said}, status=400 if errors else 200)


def _others(at: At) -> list[dict[str, str]]:
    """Return the drafts of new records of this kind that wait beside this form."""
    return [
        {
            "title": title_of(one) or "Not called anything yet",
            "at": facts.moment(one.at),
            "href": way_to(at.home.id, one),
        }
        for one in waiting(at.home, at.kind)
        if one.key != at.key
    ]


def _throwing(at: At, workspace: Workspace, draft: drafts.Draft) -> HttpResponse:
    """Ask whether a draft shall be thrown away, and show what is in it."""
    sent = drafted(at.kind, draft)
    before = record_values.raw_of(at.kind, record_values.usual(at.kind) if sent.based is None else sent.based)
    said = {
        "title": "Throw this draft away?",
        "caption": spoken(at.kind.TITLE),
        "at": facts.moment(draft.at),
        "by": sent.by,
        "held": [
            facts.typed_fact(workspace, field, [one for name in names for one in sent.raw.get(name, [])])
            for field in record_form.asked(at.kind, new=not at.record)
            for names in [record_values.inputs(field)]
            if any(not record_values.same({"": sent.raw.get(n, [])}, {"": before.get(n, [])}) for n in names)
        ],
    }
    return render(at.request, "records/throw.html", {**two_at_once.frame(at, workspace), **said})
