"""Writing a record down and changing it: the form, what is wrong with it, and two people who change one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.errors import NotFound
from outward.web import drafts, facts, record_form, wording, workspaces
from outward.web.doors import changes
from outward.web.record_form import Raw
from outward.web.views.records import HERE, one, trail
from outward.web.words import article, spoken
from outward.web.workspaces import address
from outward.workspace.header import Header
from outward.workspace.homes.home import Change, MovedOn
from outward.workspace.homes.merging import Merged, merge
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import Record, kind_of, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from outward.workspace.contents import Workspace
    from outward.workspace.homes.home import Home

TRIES = 5
"""How often changes that do not overlap are put together before a person is asked to send them again."""


@dataclass(frozen=True)
class Sent:
    """What was sent with the form.

    Attributes:
        raw: what was typed into its fields.
        based: the plain values that the record had when the form was opened; None where it was not there.
        by: the name that was typed.
        then: what the button asked for; '' to save.
        clashes: fields on which somebody had to decide, and what was decided.
        was: the plain values before either had changed anything, where somebody had to decide.
    """

    raw: Raw
    based: dict[str, Any] | None
    by: str
    then: str
    clashes: dict[str, str]
    was: dict[str, Any] | None

    @property
    def kept(self) -> Raw:
        """What a draft keeps of it."""
        return {**self.raw, "based": [workspaces.as_text(self.based)]}


@dataclass(frozen=True)
class At:
    """Where a form stands: the request, the workspace's home, the kind of record and its id, '' for a new one."""

    request: HttpRequest
    home: Home
    kind: type[Record]
    record: str

    @property
    def key(self) -> str:
        """What a draft is called."""
        return f"{self.kind.KIND}/{self.record or 'new'}"

    def page(self, record: str) -> str:
        """Return the address of a record of this kind; of their list for ''."""
        return address(self.home.id, "records", self.kind.KIND, *([record] if record else []))


@changes
def new(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """Show the form for a new record; write it down. A record of that very id, from a file, is shown instead."""
    called_so = request.method != "POST" and not {"add", "draft"} & set(request.GET)
    if called_so and record_form.RESERVED in workspaces.load(id).records.get(kind, {}):
        return one(request, id, kind, record_form.RESERVED)
    return _edit(request, id, kind_of(kind), "")


@changes
def edit(request: HttpRequest, id: str, kind: str, record: str) -> HttpResponse:
    """Show the form for a record; change it."""
    return _edit(request, id, kind_of(kind), record)


def _edit(request: HttpRequest, id: str, kind: type[Record], record: str) -> HttpResponse:
    at = At(request, workspaces.home(id), kind, record)
    if not record and kind is Header:
        raise NotFound("There is one workspace here, and it is written down already.")
    if request.method == "POST":
        return _taken(at)
    workspace = at.home.load()
    draft = drafts.find(at.home.id, at.key)
    if draft and "draft" in request.GET:
        return _form(at, workspace, record_form.typed(kind, draft.raw), _based(kind, draft.raw))
    held = plain(workspace.find(kind.KIND, record)) if record else None
    raw = record_form.raw_of(kind, record_form.usual(kind) if held is None else held)
    return _form(at, workspace, raw, held, draft)


def _based(kind: type[Record], raw: Raw) -> dict[str, Any] | None:
    return workspaces.from_text(kind, (raw.get("based") or [""])[0])


def _sent(request: HttpRequest, kind: type[Record]) -> Sent:
    post = request.POST
    clashes = {name: str(post.get(f"choose-{name}", "")) for name in post.getlist("clash")}
    return Sent(
        record_form.typed(kind, {name: post.getlist(name) for name in post}),
        workspaces.from_text(kind, str(post.get("based", ""))),
        workspaces.name_of(str(post.get("by", ""))),
        str(post.get("then", "")),
        clashes,
        workspaces.from_text(kind, str(post.get("was", ""))),
    )


def _taken(at: At) -> HttpResponse:
    """Take up what was sent: save it, or say why not; what was typed is kept until it is saved or thrown away."""
    sent = _sent(at.request, at.kind)
    if sent.then == "drop":
        drafts.drop(at.home.id, at.key)
        return HttpResponseRedirect(at.page(at.record))
    try:
        workspace = at.home.load()
    except BadWorkspace:
        drafts.keep(at.home.id, at.key, sent.kept)
        raise
    values, errors = record_form.read(workspace, at.kind, sent.raw, at.record, sent.based)
    if errors:
        drafts.keep(at.home.id, at.key, sent.kept)
        return _form(at, workspace, sent.raw, sent.based, errors=errors)
    undecided = [name for name, chosen in sent.clashes.items() if chosen not in ("theirs", "yours")]
    if undecided and sent.was is not None and sent.based is not None:
        merged = merge(at.kind.KIND, sent.was, sent.based, values)
        return _clash(at, workspace, sent, merged, sent.was, sent.based, undecided)
    for name, chosen in sent.clashes.items():
        if chosen == "theirs":
            values[name] = (sent.based or {}).get(name)
    values = {name: value for name, value in values.items() if value is not None}
    if sent.then == "edit":
        return _form(at, workspace, record_form.raw_of(at.kind, values), sent.based)
    try:
        return _saved(at, workspace, sent, values)
    except BadWorkspace as bad:
        drafts.keep(at.home.id, at.key, sent.kept)
        return _form(at, workspace, sent.raw, sent.based, errors=_said(at, bad))


def _said(at: At, bad: BadWorkspace) -> dict[str, str]:
    """Return what keeps a workspace from being read, by the field of the form that it is about."""
    known = {field.name for field in record_form.asked(at.kind, new=not at.record)}
    return {one.field if one.field in known else "": one.message for one in bad.problems}


def _saved(at: At, workspace: Workspace, sent: Sent, values: dict[str, Any]) -> HttpResponse:
    """Save plain values; put them together with what somebody else has changed meanwhile."""
    based: dict[str, Any] | None = sent.based
    met: list[str] = []
    for _ in range(TRIES):
        try:
            if values != based:
                by = sent.by or workspaces.SOMEBODY
                at.home.change([Change(at.kind.KIND, str(values["id"]), based, values)], by)
            return _done(at, sent, values, met)
        except MovedOn as moved:
            drafts.keep(at.home.id, at.key, sent.kept)
            workspace = at.home.load()
            if based is None:
                return _form(at, workspace, sent.raw, None, errors={"id": record_form.taken(at.kind)})
            if moved.now is None:
                return _gone(at, workspace, sent, values)
            now = dict(moved.now)
            merged = merge(at.kind.KIND, based, now, values)
            if merged.clashes:
                return _clash(at, workspace, sent, merged, based, now)
            met += [field.name for field in (*merged.theirs, *merged.both)]
            based, values = now, merged.values
    return _form(at, workspace, sent.raw, sent.based, errors={"": "It is being changed all the time. Save it again."})


def _done(at: At, sent: Sent, values: dict[str, Any], met: list[str]) -> HttpResponse:
    drafts.drop(at.home.id, at.key)
    said = "?saved=together&met=" + ",".join(dict.fromkeys(met)) if met else "?saved=yes"
    response = HttpResponseRedirect(at.page(str(values["id"])) + said)
    workspaces.remember_name(response, sent.by)
    return response


def _frame(at: At, workspace: Workspace) -> dict[str, Any]:
    there = workspace.records[at.kind.KIND].get(at.record)
    return {
        **workspaces.frame(workspace, HERE, trail(workspace.id, at.kind, there)),
        "one_called": at.kind.TITLE,
        "action": f"{at.page(at.record)}/{'edit' if at.record else 'new'}",
        "cancel": at.page(at.record if there else ""),
    }


def _form(
    at: At,
    workspace: Workspace,
    raw: Raw,
    based: dict[str, Any] | None,
    draft: drafts.Draft | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """Show the form with what was typed, what is wrong with it, and a draft that was kept."""
    errors = errors or {}
    entries = record_form.entries(workspace, at.kind, raw, errors, at.record)
    there = workspace.records[at.kind.KIND].get(at.record)
    title = f"Change: {there.title if there else at.record}" if at.record else f"Add {article(at.kind.TITLE)}"
    wrong: list[Any] = [{"at": one.name, "words": f"{one.label} {one.error}"} for one in entries if one.error]
    wrong += [words for name, words in errors.items() if name not in {one.name for one in entries}]
    said = {
        "title": title,
        "caption": spoken(at.kind.TITLE),
        "wrong": wrong,
        "entries": entries,
        "id": at.record,
        "based": workspaces.as_text(based),
        "by": workspaces.name_in(at.request),
        "draft": draft and {"at": facts.moment(draft.at)},
        "kept": bool(errors),
    }
    return render(at.request, "records/form.html", {**_frame(at, workspace), **said}, status=400 if errors else 200)


def _clash(
    at: At,
    workspace: Workspace,
    sent: Sent,
    merged: Merged,
    was: dict[str, Any],
    now: dict[str, Any],
    undecided: Collection[str] = (),
) -> HttpResponse:
    """Show both changes side by side, field by field, for a person to choose between them."""
    sides = [
        {
            "name": clash.field.name,
            "label": wording.question(at.kind.KIND, clash.field),
            "title": clash.field.title,
            "was": facts.fact(workspace, clash.field, clash.was),
            "theirs": facts.fact(workspace, clash.field, clash.theirs),
            "yours": facts.fact(workspace, clash.field, clash.yours),
            "chosen": sent.clashes.get(clash.field.name, ""),
            "error": "Choose one of the two." if clash.field.name in undecided else "",
        }
        for clash in merged.clashes
    ]
    there = workspace.records[at.kind.KIND].get(at.record)
    wrong = [
        {"at": f"choose-{one['name']}", "words": f"{one['label']} {one['error']}"} for one in sides if one["error"]
    ]
    said = {
        "title": "Somebody else has changed this meanwhile",
        "caption": there.title if there else at.record,
        "wrong": wrong,
        "sides": sides,
        "theirs": [facts.fact(workspace, field, now.get(field.name)) for field in merged.theirs],
        "both": [field.title for field in merged.both],
        "who": _who(at),
        "hidden": _hidden(at, merged.values),
        "based": workspaces.as_text(now),
        "was": workspaces.as_text(was),
        "by": sent.by,
    }
    return render(at.request, "records/clash.html", {**_frame(at, workspace), **said}, status=400 if wrong else 409)


def _gone(at: At, workspace: Workspace, sent: Sent, values: dict[str, Any]) -> HttpResponse:
    """Show that a record was removed while somebody changed it, and offer to write it down again."""
    said = {
        "title": "Somebody else has removed this meanwhile",
        "caption": values["title"],
        "who": _who(at),
        "hidden": _hidden(at, values),
        "by": sent.by,
        "facts": [facts.fact(workspace, field, values.get(field.name)) for field in record_form.asked(at.kind, False)],
    }
    return render(at.request, "records/gone.html", {**_frame(at, workspace), **said}, status=409)


def _who(at: At) -> dict[str, str] | None:
    """Return who changed a record last, and when."""
    last = at.home.history(at.kind.KIND, at.record)[-1:]
    return {"by": facts.maker(last[0].by), "at": facts.moment(last[0].at)} if last else None


def _hidden(at: At, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a form holds out of sight so that nothing that was typed is lost."""
    return [(name, one) for name, held in record_form.raw_of(at.kind, values).items() for one in held]
