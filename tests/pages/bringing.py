"""What a test does to bring a file in: send it, do the work, fill the form, and look at what is left."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.evidence import store
from outward.web import jobs, uploads, worker
from tests.made_case_logs import Case, write

from .conftest import checked_page


def send(person: Client, content: bytes, name: str = "claims.csv", **more: str) -> str:
    """Send a file as the form does and return the address of its job."""
    response = person.post("/bring-in", {**more, "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, checked_page(response)
    return str(response.headers["Location"])


def work() -> None:
    """Do all the work that waits, as the worker would."""
    while job := jobs.claim():
        worker.run(job)


def shown(person: Client, path: str, status: int = 200) -> str:
    response = person.get(path)
    assert response.status_code == status, response.headers.get("Location")
    return checked_page(response)


def fields(text: str) -> dict[str, str]:
    """Return what a page's form holds, as a browser would send it."""
    form = text[text.index("<form") : text.rindex("Confirm and show")]
    held: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            held[name[1]] = html.unescape(value[1]) if value else ""
    for name_, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        held[name_] = html.unescape(chosen[1]) if chosen else ""
    return held


def made(log: Iterable[Case], tmp_path: Path) -> bytes:
    return write(tmp_path / "made.csv", log).read_bytes()


def left_over() -> list[str]:
    """Return whatever still lies among the files brought in."""
    return sorted(place.name for place in uploads.folder().iterdir() if not place.name.startswith("."))


def brought_in(person: Client, content: bytes, name: str = "claims.csv", **more: str) -> store.LaidLog:
    """Bring a file in and confirm every guess."""
    address = send(person, content, name, **more)
    work()
    response = person.post(address, fields(shown(person, address)))
    assert response.status_code == 302, checked_page(response)
    work()
    led = person.get(address)
    assert led.status_code == 302, checked_page(led)
    return store.find(led.headers["Location"].removeprefix("/data/"))
