"""The front page of a workspace: its board sheet, on the page, as one HTML file and as a Word file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outward.errors import UsageError
from outward.examples.tours import tour_of
from outward.present.board import board_file, board_html, file_name, lead
from outward.present.board_docx import board_docx
from outward.web import answers, boards, shown, workspaces
from outward.workspace.kinds.knowledge import DataSet

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sheet(request: HttpRequest, id: str) -> HttpResponse:
    """Show the board sheet of a workspace, what it is about, and its data sets."""
    _today_alone(request)
    found = workspaces.load(id)
    board, logs = boards.board(found), answers.data_sets_of(found)
    about = [" ".join(part.split()) for part in found.header.about.split("\n\n") if part.strip()]
    return render(
        request,
        "pages/board.html",
        {
            "title": found.title,
            "workspace": found,
            "parts": workspaces.parts(id, "Board sheet"),
            "lead": lead(board),
            "sheet": shown.safe(board_html(board)),
            "send": f"{workspaces.address(id)}/board.html",
            "files": [("Word file", f"{workspaces.address(id)}/board.docx")],
            "board": board,
            "about": [] if about == [board.about] else about,
            "steps": boards.first_steps(found),
            "data_sets": [shown.card(log) for log in logs],
            "absent": boards.absent(found, [log.id for log in logs]),
            "named": workspaces.address(id, "records", DataSet.KIND) if found.every(DataSet) else "",
            "made_up": found.header.made_up,
            "tour": tour_of(id),
        },
    )


def download(request: HttpRequest, id: str, ending: str) -> HttpResponse:
    """Return the board sheet as a file to hand on."""
    _today_alone(request)
    board = boards.board(workspaces.load(id))
    return HttpResponse(
        board_file(board) if ending == "html" else board_docx(board),
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{file_name(board, ending)}"'},
    )


def _today_alone(request: HttpRequest) -> None:
    if "on" in request.GET:
        raise UsageError("The board sheet is told as of today. Leave 'on' out; the ledger, D5.1, takes a day.")
