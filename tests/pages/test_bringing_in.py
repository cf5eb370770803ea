"""Bringing a file in: chosen, read, confirmed, laid; and everything that can go wrong on the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.errors import Cancelled
from outward.evidence import store
from outward.own_folder import home
from outward.web import jobs, uploads, worker
from tests.made_case_logs import HUSHED, Case, cases, private_log

from .bringing import brought_in, fields, left_over, made, send, shown, work
from .conftest import checked_page

ROOT = Path(__file__).parents[2]


def test_a_file_goes_from_its_form_to_its_data_set(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    assert "The work on your file will begin soon" in shown(person, address)
    work()
    text = shown(person, address)
    assert "Confirm what this file is" in text
    assert "456 events of 120 cases" in text or "events of 120 cases" in text
    assert left_over() == [address.split("/")[-1]]
    assert person.post(address, fields(text)).status_code == 302
    work()
    led = person.get(address)
    (log,) = store.data_sets()
    assert led.headers["Location"] == f"/data/{log.id}"
    assert log.settings.confirmed == ("endings", "extract_date", "roles", "time_zone")
    assert log.settings.roles["customer"] == "customer"
    assert left_over() == []


def test_guesses_can_be_taken_for_now_and_stay_unconfirmed(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    person.post(address, {"then": "guesses"})
    work()
    (log,) = store.data_sets()
    assert log.settings.confirmed == ()
    assert "Pay" in log.settings.endings


def test_no_number_of_a_case_or_customer_and_no_name_is_on_the_page(person: Client, tmp_path: Path) -> None:
    log = [Case(one.id, one.steps, {**one.columns, "email": f"hushed{one.id}@example.org"}) for one in private_log()]
    address = send(person, made(log, tmp_path))
    work()
    text = shown(person, address)
    assert not [word for word in (*HUSHED, "hushed") if word in text]
    assert "H•••••••-0•••" in text
    assert re.search(r"email</th>\s*<td[^>]*>Not shown", text)
    assert "e-mail addresses" in text


def test_nothing_is_left_of_a_file_that_was_stopped(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    person.post(f"{address}/stop")
    assert left_over() == []
    assert "nothing was kept" in shown(person, address)
    assert not [word for word in HUSHED if word.encode() in (home() / "jobs.sqlite3").read_bytes()]


def test_work_that_runs_is_stopped_when_it_next_looks_up(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    job = jobs.claim()
    assert job
    assert "Your file is being read" in shown(person, address)
    person.post(f"{address}/stop")
    with pytest.raises(Cancelled):
        worker.Told(job.id).advance(0.5, "reading")
    worker.run(job)
    uploads.sweep()
    assert jobs.find(job.id).state == "stopped"
    assert left_over() == []


LONG_STATEMENT = """
import os, sys
from outward.evidence.engines.embedded import connect
from outward.web import bringing, worker

def work(job, told):
    with connect() as engine:
        engine.execute("SELECT sum(one.range * two.range) FROM range(10000000) one, range(10000000) two").fetchall()

bringing.work = work
worker.main(os.getppid())
"""


def test_work_inside_a_long_statement_is_stopped_by_ending_its_process(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    id = address.split("/")[-1]
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": paths}
    with subprocess.Popen([sys.executable, "-c", LONG_STATEMENT], env=environment, stdin=subprocess.PIPE) as child:
        try:
            while jobs.find(id).state != "running":
                assert child.poll() is None
                time.sleep(0.05)
            person.post(f"{address}/stop")
            assert child.wait(timeout=300) == 0
        finally:
            child.kill()
    assert jobs.find(id).state == "running"  # what the dead worker left, which the next one takes up
    jobs.recover()
    uploads.sweep()
    assert jobs.find(id).state == "stopped"
    assert left_over() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"%PDF-1.7 made up", "PDF"), (b"<!DOCTYPE x [<!ENTITY a 'b'>]><log/>", "document type")],
)
def test_a_file_that_cannot_be_read_is_said_plainly_and_removed(content: bytes, said: str, person: Client) -> None:
    address = send(person, content, "claims.xes")
    work()
    text = shown(person, address)
    assert "The file cannot be used as it is" in text
    assert said in text
    uploads.sweep()
    assert left_over() == []


@pytest.mark.parametrize("page", ["/bring-in", "/bring-in/columns"])
def test_the_pages_name_every_kind_of_file_that_is_read(page: str, person: Client) -> None:
    text = shown(person, page)
    kinds = ("CSV", "tabs", "(.xlsx)", "(.ods)", "Parquet", "XES", "JSON lines", "SPSS", "gzip", "ZIP")
    assert not [kind for kind in kinds if kind not in text]


def test_a_form_without_a_file_asks_for_one(person: Client) -> None:
    response = person.post("/bring-in", {})
    assert response.status_code == 400
    assert "Choose a file first." in checked_page(response)


def test_a_file_that_is_too_large_or_for_which_there_is_no_room_is_refused(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    response = person.post("/bring-in", {"file": SimpleUploadedFile("claims.csv", b"x" * 1000)})
    assert "which is the most that is taken in" in checked_page(response)
    monkeypatch.undo()
    monkeypatch.setattr(uploads, "FREE_BYTES", 1 << 60)
    response = person.post("/bring-in", {"file": SimpleUploadedFile("claims.csv", b"x" * 1000)})
    assert "too little free disk" in checked_page(response)
    assert (left_over(), jobs.every()) == ([], [])


def test_columns_that_cannot_be_guessed_are_asked_for(person: Client) -> None:
    rows = "\n".join(f"{n // 3},{'ABC'[n % 3]},2024-01-{1 + n % 28:02d}" for n in range(90))
    address = send(person, f"one,two,three\n{rows}".encode())
    work()
    text = shown(person, address)
    assert "It cannot be told which column holds the case" in text
    assert "--role" not in text
    assert "Take the guesses" not in text
    held = fields(text) | {"column-0": "case", "column-1": "activity", "column-2": "time"}
    person.post(address, held)
    work()
    text = shown(person, address)
    assert "90 events of 30 cases" in text
    assert "worked out anew" in text
    person.post(address, fields(text))
    work()
    assert store.data_sets()[0].manifest.events == 90


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"column-3": "case"}, "are said to be: The case"),
        ({"column-0": "keep"}, "No column is said to be: The case"),
        ({"column-1": "nonsense"}, "Say what the column"),
        ({"zone": "Nowhere/At_all"}, "There is no time zone"),
        ({"extract": "soon"}, "is no day"),
        ({"silent": "many"}, "Days of silence"),
        ({"column-4": "date"}, "A file is one or the other"),
    ],
)
def test_what_is_wrong_on_the_page_is_said_and_what_was_typed_is_kept(
    change: dict[str, str], said: str, person: Client, tmp_path: Path
) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    response = person.post(address, fields(shown(person, address)) | change | {"name": "My claims"})
    assert response.status_code == 400
    text = checked_page(response)
    assert said in text
    assert 'value="My claims"' in text
    assert store.data_sets() == []


def test_steps_are_renamed_merged_hidden_and_put_to_an_end(person: Client, tmp_path: Path) -> None:
    log = [*cases(200, "Apply 0, Call 1, Decide 2, Note 3"), *cases(3, "Aply 0, Call 1, Decide 2", first=900)]
    address = send(person, made(log, tmp_path))
    work()
    text = shown(person, address)
    assert "Count ‘Aply’ (3 events) as ‘Apply’" in text
    places = {name: n for n, name in enumerate(re.findall(r"Name of &#x27;(.*?)&#x27;", text))}
    slip = re.search(r'name="(slip-\d+)"', text)
    assert slip
    change = {
        slip[1]: "yes",
        f"name-{places['Call']}": "Ring up",
        f"is-{places['Note']}": "hide",
        f"is-{places['Decide']}": "refused",
        "name": "Claims of all kinds",
        "complete": "yes",
        "silent": "60",
    }
    person.post(address, fields(text) | change)
    work()
    (found,) = store.data_sets()
    assert set(found.manifest.activities) == {"Apply", "Ring up", "Decide"}
    assert found.settings.endings == {"Decide": "refused"}
    assert (found.name, found.settings.gave_up_after_days) == ("Claims of all kinds", 60)
    assert "coverage" in found.settings.confirmed


def test_confirming_that_no_step_ends_a_case_is_believed(person: Client, tmp_path: Path) -> None:
    address = send(person, made(private_log(), tmp_path))
    work()
    held = fields(shown(person, address))
    person.post(address, held | {name: "" for name in held if name.startswith("is-")})
    work()
    (log,) = store.data_sets()
    assert (dict(log.settings.endings), "endings" in log.settings.confirmed) == ({}, True)


def test_a_flagged_column_is_kept_only_where_a_person_says_so(person: Client, tmp_path: Path) -> None:
    log = [
        Case(one.id, one.steps, {"area": "North", "postcode": f"AB1{n % 5} 2CD"})
        for n, one in enumerate(cases(60, "A 0, B 1"))
    ]
    assert "postcode" in brought_in(person, made(log, tmp_path)).manifest.personal
    store.forget(store.data_sets()[0].id)
    address = send(person, made(log, tmp_path))
    work()
    text = shown(person, address)
    place = re.findall(r"What &#x27;(.*?)&#x27; is", text).index("postcode")
    person.post(address, fields(text) | {f"column-{place}": "keep"})
    work()
    assert store.data_sets()[0].settings.keep == ("postcode",)


def test_the_next_extract_uses_again_what_was_confirmed_and_shows_what_changed(person: Client, tmp_path: Path) -> None:
    january = [*cases(60, "Apply 0, Call 1, Decide 2", area="North"), *cases(5, "Apply 0", first=700, area="West")]
    first = send(person, made(january, tmp_path), "january.csv")
    work()
    text = shown(person, first)
    places = {name: n for n, name in enumerate(re.findall(r"Name of &#x27;(.*?)&#x27;", text))}
    person.post(first, fields(text) | {f"name-{places['Call']}": "Ring up", "name": "Claims", "silent": "30"})
    work()
    (last,) = store.data_sets()
    february = [*cases(90, "Apply 0, Call 1, Decide 2, Appeal 9", area="North", reason="New")]
    address = send(person, made(february, tmp_path), "february.csv", after=last.id)
    work()
    text = shown(person, address)
    assert "What has changed since Claims" in text
    assert "30 are new" in text
    assert "5 of the 65 of last time are not in this file" in text
    assert re.search(r"New columns</dt><dd[^>]*>reason<", text)
    assert re.search(r"New steps</dt><dd[^>]*>Appeal<", text)
    assert re.search(r"Missing steps</dt><dd[^>]*>None<", text)
    person.post(address, fields(text))
    work()
    new = next(log for log in store.data_sets() if log.id != last.id)
    assert (new.name, new.settings.steps, new.settings.gave_up_after_days) == ("Claims", {"Call": "Ring up"}, 30)
    assert {"roles", "endings"} <= set(new.settings.confirmed)
    assert "Ring up" in new.manifest.activities


def test_a_column_that_is_gone_from_the_next_extract_is_named_and_guessed_anew(person: Client, tmp_path: Path) -> None:
    last = brought_in(person, made(cases(60, "Apply 0, Decide 2", channel="Post"), tmp_path))
    address = send(person, made(cases(60, "Apply 0, Decide 2"), tmp_path), "next.csv", after=last.id)
    work()
    assert re.search(r"Missing columns</dt><dd[^>]*>channel<", shown(person, address))


def test_a_wrong_role_is_put_right_with_the_same_file(person: Client, tmp_path: Path) -> None:
    content = made(private_log(), tmp_path)
    before = brought_in(person, content)
    assert before.settings.roles["activity"] == "activity"
    assert "Put right: claims" in shown(person, f"/bring-in?correct={before.id}")
    address = send(person, content, correct=before.id)
    work()
    text = shown(person, address)
    columns = re.findall(r"What &#x27;(.*?)&#x27; is", text)
    change = {f"column-{columns.index('activity')}": "leave", f"column-{columns.index('area')}": "activity"}
    person.post(address, fields(text) | change)
    work()
    person.post(address, fields(shown(person, address)))
    work()
    (after,) = store.data_sets()
    assert after.id == before.id
    assert set(after.manifest.activities) == {"North", "South", "West"}
    assert after.settings.leave_out == ("activity",)


def test_another_file_puts_nothing_right(person: Client, tmp_path: Path) -> None:
    before = brought_in(person, made(private_log(), tmp_path))
    address = send(person, made(private_log(60), tmp_path), correct=before.id)
    work()
    assert "This is not the file that" in shown(person, address)
    assert store.find(before.id).settings == before.settings


def test_a_data_set_is_forgotten_for_good_after_a_page_that_asks(person: Client, tmp_path: Path) -> None:
    log = brought_in(person, made(private_log(), tmp_path))
    assert person.get(f"/data/{log.id}/forget").status_code == 200
    assert "cannot be undone" in shown(person, f"/data/{log.id}/forget")
    assert [one.id for one in store.data_sets()] == [log.id]
    response = person.post(f"/data/{log.id}/forget")
    assert "is erased from this computer" in shown(person, response.headers["Location"])
    assert store.data_sets() == []
    person.raise_request_exception = False
    shown(person, f"/data/{log.id}", 404)
    left = [path for path in home().rglob("*") if path.is_file()]
    assert not [path for path in left for word in HUSHED if word.encode() in path.read_bytes()]


def test_a_wide_table_is_confirmed_with_its_dates(person: Client) -> None:
    rows = "\n".join(f"{n},2024-01-{1 + n % 28:02d},2024-02-{1 + n % 28:02d},North" for n in range(60))
    log = brought_in(person, f"request_id,date_asked,date_closed,area\n{rows}".encode())
    assert log.settings.dates == {"date_asked": "Asked", "date_closed": "Closed"}
    assert {"dates", "roles"} <= set(log.settings.confirmed)


def test_the_sample_file_is_brought_in_as_made_up(person: Client) -> None:
    sample = person.get("/bring-in/made-up-sample.csv")
    assert sample.headers["Content-Disposition"] == 'attachment; filename="made-up-sample.csv"'
    log = brought_in(person, sample.content, "made-up-sample.csv")
    assert log.basis.value == "made-up"
    assert len(log.manifest.activities) == 8
    assert not log.manifest.aside


def test_the_guide_says_which_columns_a_file_needs(person: Client) -> None:
    assert "Three columns are enough" in shown(person, "/bring-in/columns")


def test_what_is_free_and_what_is_needed_are_both_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outward.web.uploads.shutil.disk_usage", lambda _: SimpleNamespace(free=100 << 20))
    assert uploads.refusal(10 << 20, "/workspaces/here/exchange") == ""
    assert "100 MB are free, and 276 MB are needed" in uploads.refusal(10 << 20)
