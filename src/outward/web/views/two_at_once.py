"""The pages for two people who have changed one record at once: what each did, field by field, to choose between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from outward.web import facts, record_form, record_values, wording, workspaces
from outward.web.form_sent import At, Sent
from outward.web.views.records import HERE, trail
from outward.workspace.homes.merging import Merged
from outward.workspace.records import plain

if TYPE_CHECKING:
    from outward.workspace.contents import Workspace

SIDES = ("theirs", "yours")


def frame(at: At, workspace: Workspace) -> dict[str, Any]:
    """Return what the pages of a form need: the workspace, where the form is sent, where one leaves it."""
    there = workspace.records[at.kind.KIND].get(at.record)
    return {
        **workspaces.frame(workspace, HERE, trail(workspace.id, at.kind, there)),
        "action": at.action,
        "called": at.draft,
        "cancel": at.page(at.record if there else ""),
    }


def undecided(sent: Sent, merged: Merged) -> list[str]:
    """Return the fields that both have changed and on which nobody has decided yet."""
    chosen = sent.clashes or {}
    return [clash.field.name for clash in merged.clashes if chosen.get(clash.field.name) not in SIDES]


def decided(sent: Sent, merged: Merged) -> dict[str, Any]:
    """Return the plain values with both changes in them, each clash as it was decided."""
    chosen = sent.clashes or {}
    values = {**merged.values}
    for clash in merged.clashes:
        values[clash.field.name] = clash.theirs if chosen.get(clash.field.name) == "theirs" else clash.yours
    return {name: value for name, value in values.items() if value is not None}


def clash(
    at: At, workspace: Workspace, sent: Sent, merged: Merged, was: dict[str, Any], now: dict[str, Any], asking: bool
) -> HttpResponse:
    """Show both changes side by side for a person to choose between them.

    Args:
        at: where the form stands.
        workspace: as it stands now.
        sent: what was sent; its raw is what the person typed.
        merged: both changes put together.
        was: the plain values that both began with.
        now: those that stand there now.
        asking: whether a choice is missing, so that the page says where.
    """
    missing = undecided(sent, merged) if asking else []
    sides = [
        {
            "name": one.field.name,
            "label": one.field.title,
            "hint": wording.question(at.kind.KIND, one.field),
            "was": facts.fact(workspace, one.field, one.was),
            "theirs": facts.fact(workspace, one.field, one.theirs),
            "yours": facts.fact(workspace, one.field, one.yours),
            "chosen": (sent.clashes or {}).get(one.field.name, ""),
            "error": "Choose one of the two." if one.field.name in missing else "",
        }
        for one in merged.clashes
    ]
    there = workspace.records[at.kind.KIND].get(at.record)
    said = {
        "title": "Somebody else has changed this meanwhile",
        "caption": there.title if there else at.record,
        "wrong": [
            {"at": f"choose-{one['name']}", "words": f"{one['label']}: {one['error']}"} for one in sides if one["error"]
        ],
        "wrong_says": "Nothing of yours is saved yet. What you typed is kept as a draft.",
        "sides": sides,
        "theirs": [facts.fact(workspace, field, now.get(field.name)) for field in merged.theirs],
        "both": [facts.fact(workspace, field, merged.values.get(field.name)) for field in merged.both],
        "who": _who(at),
        "hidden": [(name, value) for name, held in sent.raw.items() for value in held],
        "based": workspaces.as_text(now),
        "was": workspaces.as_text(was),
        "by": sent.by,
        "opened": sent.opened,
    }
    return render(at.request, "records/clash.html", {**frame(at, workspace), **said}, status=400 if missing else 409)


def gone(at: At, workspace: Workspace, sent: Sent, values: dict[str, Any]) -> HttpResponse:
    """Show that a record was removed while somebody changed it, and offer to write it down again."""
    raw = record_values.raw_of(at.kind, values)
    said = {
        "title": "Somebody else has removed this meanwhile",
        "caption": values["title"],
        "who": _who(at),
        "hidden": [(name, value) for name, held in raw.items() for value in held],
        "by": sent.by,
        "facts": [facts.fact(workspace, field, values.get(field.name)) for field in record_form.asked(at.kind, False)],
    }
    return render(at.request, "records/gone.html", {**frame(at, workspace), **said}, status=409)


def now_of(workspace: Workspace, at: At) -> dict[str, Any] | None:
    """Return the plain values that the record has now; None where it is not there."""
    there = workspace.records[at.kind.KIND].get(at.record)
    return plain(there) if there else None


def _who(at: At) -> dict[str, str] | None:
    """Return who changed a record last, and when."""
    last = at.home.history(at.kind.KIND, at.record)[-1:]
    return {"by": facts.maker(last[0].by), "at": facts.moment(last[0].at)} if last else None
