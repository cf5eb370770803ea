"""Files brought in: kept private, removed in time, and taken from nobody but the person at the pages."""

from __future__ import annotations

import os
import re
import stat
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.own_folder import home
from outward.web import entry, jobs, uploads
from tests.made_case_logs import private_log

from .bringing import left_over, made, send, shown, work
from .conftest import checked_page


def test_a_file_that_nobody_confirms_is_removed_after_a_day(person: Client, tmp_path: Path, monkeypatch: Any) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    uploads.sweep()
    assert left_over()
    now = time.time()
    monkeypatch.setattr(uploads, "time", lambda: now + 25 * 3600)
    uploads.sweep()
    assert left_over() == []
    assert "More than a day passed" in shown(person, address)


def test_a_file_that_did_not_arrive_whole_is_removed(person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = uploads.Receiving("claims.csv")
    cut.write(b"case,activity")
    cut.file.flush()
    monkeypatch.setattr(uploads, "BEGINNING_SECONDS", 0)
    uploads.sweep()
    assert left_over() == [cut.id]
    cut.close()
    uploads.sweep()
    assert left_over() == []
    assert "did not arrive whole" in shown(person, f"/bring-in/{cut.id}")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("reading", [1, 2])
def test_a_file_that_begins_to_arrive_during_a_sweep_stays(
    reading: int, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let it begin just before or just after each reading of the jobs."""
    really, readings, begun = jobs.every, count(1), list[uploads.Receiving]()

    def every() -> list[jobs.Job]:
        found = really()
        if next(readings) == reading:
            begun.append(uploads.Receiving("claims.csv"))
            return found if after else really()
        return found

    monkeypatch.setattr(jobs, "every", every)
    uploads.sweep()
    (arriving,) = begun
    arriving.close()
    assert left_over() == [arriving.id]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_file_brought_in_is_its_owners_alone(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    place = uploads.room(address.split("/")[-1])
    for folder in (uploads.folder(), place, place / "file"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in (place / "file" / "claims.csv", place / "seen.json", home() / "jobs.sqlite3"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_form_from_elsewhere_changes_nothing(key: str, tmp_path: Path) -> None:
    strict = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    strict.get(f"/enter/{key}")
    response = strict.post("/bring-in", {"file": SimpleUploadedFile("claims.csv", b"x")})
    assert response.status_code == 403
    assert "did not come from here" in checked_page(response)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown(strict, "/bring-in"))
    assert token
    for origin, status in (("http://elsewhere.example", 403), ("null", 403), ("http://127.0.0.1", 400)):
        sent = strict.post("/bring-in", {"csrfmiddlewaretoken": token[1]}, headers={"origin": origin})
        assert sent.status_code == status
    cookie = strict.cookies["outward_form_"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)


def test_a_stranger_can_send_nothing(tmp_path: Path) -> None:
    with entry_of_a_run():
        response = Client(headers={"host": "127.0.0.1"}).post("/bring-in", {"file": SimpleUploadedFile("a.csv", b"x")})
    assert response.status_code == 403
    assert (left_over(), jobs.every()) == ([], [])


def entry_of_a_run() -> Any:
    """Return the settings of a run with a key that nobody used."""
    from django.test import override_settings

    return override_settings(ENTRY_DIGEST=entry.new_key()[1])


@pytest.mark.parametrize("path", ["/", "/bring-in/columns", "/bring-in/made-up-sample.csv"])
def test_pages_that_only_show_take_no_form(path: str, person: Client) -> None:
    assert person.post(path).status_code == 405


def test_a_job_that_is_not_there_is_a_plain_page(person: Client) -> None:
    assert "This is over" in shown(person, "/bring-in/0123456789abcdef", 404)


def test_a_damaged_file_never_ends_the_worker(person: Client, monkeypatch: Any, capfd: Any) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Mrs Example")

    monkeypatch.setattr("outward.web.bringing.work", broken)
    address = send(person, b"case,activity,time\n1,A,2024-01-01")
    work()
    assert "cannot deal with" in shown(person, address)
    said = capfd.readouterr().err
    assert "ValueError at" in said
    assert "Mrs Example" not in said
