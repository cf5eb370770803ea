"""The questions that are asked of a workspace: all of them under their principle, and one page an answer."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from outward import catalogue
from outward.errors import UsageError
from outward.present.catalogue import by_principle
from outward.present.report import Section, html_file
from outward.present.words import titled
from outward.web import shown, workspaces
from outward.web.address import AskedOfWorkspace, pairs, read_of_workspace
from outward.web.fields import Field, choice, parameter_field
from outward.web.record_links import to_records
from outward.web.views.ask import checked, described
from outward.web.views.downloads import TYPES, content_of
from outward.web.workspaces import Link, address
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group

HERE = "Questions"


def every(request: HttpRequest, id: str) -> HttpResponse:
    """Show what can be asked of a workspace."""
    workspace = workspaces.load(id)
    said = workspaces.frame(workspace, HERE)
    return render(request, "questions/every.html", {**said, "title": HERE, "principles": listed(id)})


def listed(id: str) -> list[dict[str, object]]:
    """Return the questions of a workspace under their principles, for `components/workspace_questions.html`."""
    return [
        {
            "title": principle,
            "questions": [
                {
                    "id": one.id,
                    "title": one.title,
                    "summary": one.summary,
                    "href": AskedOfWorkspace(id, one.id).page,
                }
                for one in some
            ],
        }
        for principle, some in by_principle(workspaces.questions())
    ]


def ask(request: HttpRequest, id: str, question: str) -> HttpResponse:
    """Show the answer to the question that the address holds."""
    found, workspace = _question(question), workspaces.load(id)
    asked = read_of_workspace(id, found, request.GET)
    if pairs(request.GET) != asked.pairs or question != found.id:
        return HttpResponseRedirect(asked.page)
    answer = checked(workspaces.answer(workspace, asked))
    return render(
        request,
        "questions/answer.html",
        workspaces.frame(workspace, HERE, [Link(HERE, address(id, "ask"))])
        | described(answer, asked)
        | {
            "pictures": shown.pictures(answer),
            "tables": shown.tables(answer, to_records(workspace)),
            "action": address(id, "ask", found.id),
            "fields": _fields(found, workspace, asked),
        },
    )


def form_of(id: str, question: str, query: QueryDict) -> dict[str, object]:
    """Return the form of a question with what an address holds, however little of it can be read.

    Raises:
        OutwardError: there is no such workspace or question.
    """
    found, workspace = _question(question), workspaces.load(id)
    given = {one.name: str(query[one.name]) for one in found.parameters if one.name in query}
    asked = AskedOfWorkspace(id, found.id, given)
    return {"action": address(id, "ask", found.id), "fields": _fields(found, workspace, asked)}


def _question(id: str) -> catalogue.Question:
    """Return the question of that id.

    Raises:
        UsageError: there is none, or it is asked of data.
    """
    found = catalogue.find(id)
    if found.about != "workspace":
        raise UsageError(f"{found.id} is asked of data, not of a workspace. Open a data set to ask it.")
    return found


def _fields(question: catalogue.Question, workspace: Workspace, asked: AskedOfWorkspace) -> list[Field]:
    """Return the fields of the question's parameters: a group is picked from the list, a day as a day."""
    fields = []
    for one in question.parameters:
        now = str(asked.parameters.get(one.name, one.default))
        if one.name == "group":
            groups = [(group.id, group.title) for group in workspace.every(Group)]
            fields.append(choice("group", "Customer group", groups, now, nothing="All groups"))
        elif one.name == "on":
            fields.append(Field("date", "on", "As it stood on", now, "Left empty, it is told as of today"))
        else:
            fields.append(parameter_field(one, asked.parameters.get(one.name, one.default)))
    return fields


def download(request: HttpRequest, id: str, question: str, name: str, ending: str) -> HttpResponse:
    """Return one file of the answer that the address asks for."""
    found, workspace = _question(question), workspaces.load(id)
    answer = checked(workspaces.answer(workspace, read_of_workspace(id, found, request.GET)))
    if (name, ending) == ("answer", "html"):
        content = html_file(titled(answer), [Section(workspace.title, [], [answer])])
    else:
        content = content_of(answer, name, ending)
    file = re.sub(r"[^\w.-]+", "-", f"{answer.basis.value} {id} {answer.question} {name}") + f".{ending}"
    held = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(content, content_type=TYPES[ending], headers=held)
