"""Files to take away: a table as CSV, a picture as SVG, the whole answer as JSON or as one HTML page."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse

from outward.disclosure.released import ReleasedAnswer
from outward.evidence.where import Where
from outward.present.report import Section, html_file
from outward.present.tables import table_csv
from outward.present.words import titled
from outward.web import answers, shown
from outward.web.address import Asked, read
from outward.web.views.ask import asked_answer, of_data

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


def download(request: HttpRequest, id: str, question: str, name: str, ending: str) -> HttpResponse:
    """Return one file of the answer that the address asks for."""
    asked = read(id, of_data(question), request.GET)
    answer = asked_answer(asked)
    if (name, ending) == ("answer", "html"):
        content = html_file(titled(answer), [Section(answers.data_set(id).name, _conditions(asked), [answer])])
    else:
        content = content_of(answer, name, ending)
    file = re.sub(r"[^\w.-]+", "-", f"{answer.basis.value} {id} {answer.question} {name}") + f".{ending}"
    return HttpResponse(
        content,
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _conditions(asked: Asked) -> list[str]:
    words = Where.parse(asked.where).words()
    return [f"Every case counted here {'; '.join(words)}."] if words else []


def content_of(answer: ReleasedAnswer, name: str, ending: str) -> str:
    """Return one table, one picture or all of an answer as the text of a file; Http404 where there is no such file."""
    if ending == "csv" and name in answer.tables:
        return table_csv(answer, name)
    if ending == "svg" and name in shown.drawings(answer):
        return shown.picture_file(answer, shown.drawings(answer)[name])
    if name == "answer" and ending == "json":
        return shown.json_file(answer)
    raise Http404
