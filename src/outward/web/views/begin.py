"""Beginning a workspace in the browser: what it is called, whose it is, and a workbook to begin with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.errors import OutwardError, UsageError
from outward.web import answers, carrying, record_form, record_values, uploads, workspaces
from outward.web.doors import changes
from outward.web.record_values import Raw, Wrong
from outward.web.views.exchange import problems_of
from outward.web.workspaces import address
from outward.workspace import ids
from outward.workspace.building import Row
from outward.workspace.contents import Workspace
from outward.workspace.header import Header
from outward.workspace.homes.beginning import begin as begun
from outward.workspace.records import kinds, plain

ASKED = ("title", "body", "about")
NOWHERE = Workspace({kind: {} for kind in kinds()})
"""Where nothing is written yet."""
UNTITLED = "Say what the workspace is called, or choose a workbook that says it in its sheet 'Workspace'."

AGAIN = "Choose the file again, as a browser does not keep it."


@changes
def begin(request: HttpRequest) -> HttpResponse:
    """Show the form for a new workspace; make it."""
    if request.method != "POST":
        return _form(request, {})
    raw = record_values.typed(Header, {name: request.POST.getlist(name) for name in ASKED})
    by = workspaces.name_of(str(request.POST.get("by", "")))
    if uploads.refused(request):
        return _form(request, raw, file=uploads.refused(request))
    with carrying.coming_in(request) as file:
        try:
            return _made(request, raw, carrying.incoming(file).rows if file else (), by)
        except OutwardError as error:
            return _form(request, raw, file=error)


def _made(request: HttpRequest, raw: Raw, rows: tuple[Row, ...], by: str) -> HttpResponse:
    """Make the workspace and lead to it, or say what is wrong with what was typed."""
    own = next((plain(row.record) if row.record else row.values for row in rows if row.kind == Header.KIND), {})
    typed = {name: held for name, held in raw.items() if any(one.strip() for one in held)}
    title = (typed.get("title") or [str(own.get("title", ""))])[0].strip()
    if not title:
        return _form(request, raw, {"title": Wrong(UNTITLED)})
    values, errors = record_values.read(NOWHERE, Header, typed | {"title": [title]})
    here = answers.workspaces()
    if title.casefold() in {one.title.casefold() for one in here}:
        errors["title"] = Wrong(f"There is a workspace ‘{title[:60]}’ already. Call this one by another name.")
    if errors:
        return _form(request, raw, errors, AGAIN if rows else "")
    known = {*answers.broken_workspaces(), *(one.id for one in here)}
    said = {name: values[name] for name in ASKED if name in typed or name == "title"}
    try:
        home = begun(said | {"id": ids.proposed(title, Header, known)}, rows, by or workspaces.SOMEBODY)
    except UsageError as error:
        return _form(request, raw, {"title": Wrong(str(error))}, AGAIN if rows else "")
    response = HttpResponseRedirect(address(home.id))
    workspaces.remember_name(response, by)
    return response


def _form(
    request: HttpRequest, raw: Raw, errors: dict[str, Wrong] | None = None, file: str | OutwardError = ""
) -> HttpResponse:
    """Show the form with what was typed, and what is wrong with it or with its file."""
    parts = record_form.form_parts(NOWHERE, Header, raw, errors or {})
    entries = [one for part in parts for one in part.entries if one.name in ASKED]
    wrong: list[Any] = [{"at": one.name, "words": f"{one.label}: {one.error}"} for one in entries if one.error]
    told, problems = problems_of(file) if isinstance(file, OutwardError) else (file, {})
    wrong += [{"at": "file", "words": told}] if told else []
    said = {
        "title": "Start a workspace",
        "entries": entries,
        "wrong": wrong,
        "file_error": told,
        "by": workspaces.name_in(request),
        **problems,
    }
    status = file.status if isinstance(file, OutwardError) else 400 if wrong else 200
    return render(request, "exchange/begin.html", said, status=status)
