"""Bringing a file in: choose it, watch the work on it, confirm what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from outward.errors import NotFound, UsageError
from outward.evidence import store
from outward.evidence.inspection import plain
from outward.web import bringing, carrying, confirming, jobs, uploads
from outward.web.doors import changes
from outward.web.fields import Field, Option, WrongFields, choice

if TYPE_CHECKING:
    from outward.evidence.store import LaidLog

CHOOSE = "Choose a file first."
AWAY = tuple(state for state in jobs.OPEN if state != "receiving")
WAITING = "waiting for its turn"
CHOSEN_BEFORE = (
    "A table of this file was chosen already, in another tab or a moment ago. This page shows what was found in it. "
    "For another table, stop and bring the file in again."
)


@changes
def choose(request: HttpRequest) -> HttpResponse:
    """Show the form for a file; take the file in."""
    if request.method != "POST":
        return _form(request, str(request.GET.get("after", "")), str(request.GET.get("correct", "")))
    after, correct = str(request.POST.get("after", "")), str(request.POST.get("correct", ""))
    receiving = uploads.taken(request)
    if receiving is None:
        return _form(request, after, correct, uploads.refused(request) or CHOOSE)
    for id in filter(None, (after, correct)):
        try:
            store.find(id)
        except NotFound:
            receiving.drop()
            raise
    about = {"after": after} if after else {"correct": correct} if correct else {}
    return HttpResponseRedirect(f"/bring-in/{uploads.accept(receiving, about)}")


def _form(request: HttpRequest, after: str, correct: str, wrong: str = "") -> HttpResponse:
    put_right = store.find(correct) if correct else None
    title = f"Put right: {put_right.name}" if put_right else "Bring in a file"
    return render(
        request,
        "bringing/choose.html",
        {
            "title": title,
            "wrong": [wrong] if wrong else [],
            "at": "file",
            "correct": put_right,
            "after": None if put_right else _after_field(after, store.data_sets()),
            "open": [_listed(job) for job in jobs.every() if job.state in AWAY and job.kind != carrying.KIND],
        },
        status=400 if wrong else 200,
    )


def _after_field(after: str, logs: list[LaidLog]) -> Field | None:
    if not logs:
        return None
    return choice(
        "after",
        "Is it the next extract of a data set that is here?",
        [(log.id, f"Yes, of {log.name}") for log in logs],
        after,
        nothing="No, it is something new",
        hint="What you confirmed is then used again, and you see what has changed.",
    )


def _listed(job: jobs.Job) -> dict[str, str]:
    words = {"waiting": "waiting", "running": "being worked on", "ready": "for you to confirm"}
    return {"name": uploads.names_of(job), "href": f"/bring-in/{job.id}", "state": words[job.state]}


def _found(id: str) -> jobs.Job:
    """Return the job of that id.

    Raises:
        NotFound: there is none (any more), or its file is to be brought into a workspace.
    """
    found = jobs.find(id)
    if found.kind == carrying.KIND:
        raise NotFound("There is no such file here (any more).")
    return found


@changes
def job(request: HttpRequest, id: str) -> HttpResponse:
    """Show how far the work on a file is, then the page on which to confirm what it is."""
    found = _found(id)
    if found.state == "ready" and found.about.get("tables"):
        return _table_chosen(request, found) if request.method == "POST" else _choose_table(request, found)
    if found.state == "ready" and request.method == "POST" and "table" in request.POST:
        return _confirm(request, found, told=CHOSEN_BEFORE)
    if found.state == "ready":
        return _confirmed(request, found) if request.method == "POST" else _confirm(request, found)
    if found.state == "done" and bringing.data_set_of(found):
        return HttpResponseRedirect(f"/data/{bringing.data_set_of(found)}")
    return _progress(request, found)


def _progress(request: HttpRequest, found: jobs.Job) -> HttpResponse:
    titles = {
        "failed": "The file cannot be used as it is",
        "stopped": "Stopped",
        "done": "This data set is gone",
        "receiving": "The file is coming in",
        "waiting": "The work on your file will begin soon",
        "running": "Your file is being laid" if found.kind == bringing.LAY else "Your file is being read",
    }
    sentences = {
        "stopped": "The file was removed, and nothing was kept of it.",
        "done": "It was brought in, and has been erased since.",
        "failed": found.said,
    }
    return render(
        request,
        "bringing/progress.html",
        {
            "title": "Stopping" if found.stop and found.state == "running" else titles[found.state],
            "job": found,
            "name": uploads.names_of(found),
            "at_work": found.state in jobs.OPEN,
            "percent": round(100 * found.share),
            "doing": found.doing or WAITING if found.state == "waiting" else found.doing,
            "again": found.tries > 1 and found.state == "running",
            "sentence": sentences.get(found.state, ""),
        },
    )


def _choose_table(request: HttpRequest, found: jobs.Job, wrong: str = "") -> HttpResponse:
    """Show the tables of a file that holds several."""
    options = tuple(Option(str(place), str(name)) for place, name in enumerate(found.about["tables"]))
    field = Field(
        "radios", "table", "Which table is the log of what happened to each case?", options=options, error=wrong
    )
    said = {"title": "Choose a table", "job": found, "name": uploads.names_of(found), "file": found.about["file"]}
    said |= {"wrong": (wrong,) if wrong else (), "at": f"{field.id}-1", "field": field}
    return render(request, "bringing/table.html", said, status=400 if wrong else 200)


def _table_chosen(request: HttpRequest, found: jobs.Job) -> HttpResponse:
    chosen, names = str(request.POST.get("table", "")), found.about["tables"]
    if chosen not in map(str, range(len(names))):
        return _choose_table(request, found, "Choose one of the tables.")
    about = {name: value for name, value in found.about.items() if name != "tables"}
    jobs.move(found.id, ("ready",), "waiting", about=about | {"settings": _with_table(found, names[int(chosen)])})
    return HttpResponseRedirect(f"/bring-in/{found.id}")


def _with_table(found: jobs.Job, table: str) -> dict[str, Any]:
    return plain(replace(bringing.given(found), table=table))


def _confirm(request: HttpRequest, found: jobs.Job, wrong: UsageError | None = None, told: str = "") -> HttpResponse:
    seen = bringing.seen(found)
    errors = wrong.errors if isinstance(wrong, WrongFields) else {}
    page = confirming.page(seen, request.POST if wrong else None, errors)
    return render(
        request,
        "bringing/confirm.html",
        {
            "title": "Confirm what this file is",
            "job": found,
            "name": uploads.names_of(found),
            "wrong": page["opening"].wrong
            or ((str(wrong),) if wrong else tuple(filter(None, (told, found.said, seen.wrong)))),
            "seen": seen,
            "already": None if found.about.get("correct") else _already(seen.fingerprint),
            **page,
        },
        status=400 if wrong or told else 200,
    )


def _already(fingerprint: str) -> LaidLog | None:
    """Return the data set that was made from the same file before."""
    return next((log for log in store.data_sets() if log.manifest.fingerprint == fingerprint), None)


def _confirmed(request: HttpRequest, found: jobs.Job) -> HttpResponse:
    """Take up what a person confirmed: lay the file, or look at it again where its steps have changed."""
    seen = bringing.seen(found)
    if request.POST.get("then") == "guesses" and not seen.wrong:
        return _on(found, bringing.LAY, plain(seen.settings))
    try:
        settings = confirming.read(seen, request.POST)
    except UsageError as error:
        return _confirm(request, found, error)
    if confirming.steps_change(seen, settings):
        note = "What the columns mean has changed, so the steps and endings were worked out anew. Look at them again."
        return _on(found, bringing.READ, plain(confirming.without_steps(settings)), note)
    return _on(found, bringing.LAY, plain(settings))


def _on(found: jobs.Job, kind: str, settings: dict[str, Any], note: str = "") -> HttpResponse:
    about = {**found.about, "settings": settings, "note": note}
    jobs.move(found.id, ("ready",), "waiting", kind=kind, about=about, tries=0)
    return HttpResponseRedirect(f"/bring-in/{found.id}")


@changes
def stop(request: HttpRequest, id: str) -> HttpResponse:
    """Stop the work on a file and remove the file."""
    if request.method == "POST":
        jobs.stop(_found(id).id)
        uploads.sweep()
    return HttpResponseRedirect(f"/bring-in/{_found(id).id}")
