"""Several files that make one log, and files that hold several tables, brought in through the form."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.evidence import store
from outward.web import jobs, uploads
from tests.made_case_logs import cases, private_log, write
from tests.made_workbooks import Rows, write_workbook

from .bringing import fields, left_over, shown, work
from .conftest import checked_page

LIST = b"case,region\n" + b"".join(b"%d,%s\n" % (n, (b"North", b"South")[n % 2]) for n in range(1, 41))
LOG: Rows = [
    ["case", "activity", "time"],
    *([str(n), step, f"2024-01-{day:02d}"] for n in range(1, 21) for step, day in (("Apply", 1), ("Pay", 3 + n % 5))),
]


def send_all(person: Client, files: dict[str, bytes], **more: str) -> str:
    """Send files as the form does and return the address of their job."""
    response = person.post("/bring-in", {**more, "file": [SimpleUploadedFile(*one) for one in files.items()]})
    assert response.status_code == 302, checked_page(response)
    return str(response.headers["Location"])


def lay(person: Client, address: str) -> store.LaidLog:
    response = person.post(address, fields(shown(person, address)))
    assert response.status_code == 302, checked_page(response)
    work()
    return store.find(person.get(address).headers["Location"].removeprefix("/data/"))


def steps(tmp_path: Path, number: int, first: int = 1) -> bytes:
    return write(tmp_path / "part.csv", cases(number, "Apply 0, Pay 3", first)).read_bytes()


def test_a_list_is_joined_to_the_log(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"log.csv": steps(tmp_path, 40), "list.csv": LIST})
    assert "log.csv and list.csv" in shown(person, address)
    work()
    assert "was joined to" in shown(person, address)
    log = lay(person, address)
    assert (log.manifest.cases, log.attributes) == (40, ("region",))
    assert left_over() == []


def test_a_further_extract_is_put_below_and_may_bear_the_same_name(person: Client, tmp_path: Path) -> None:
    files = [SimpleUploadedFile("log.csv", steps(tmp_path, 20, first)) for first in (1, 21)]
    response = person.post("/bring-in", {"file": files})
    address = str(response.headers["Location"])
    work()
    assert lay(person, address).manifest.cases == 40


def test_files_that_share_nothing_are_refused_and_removed(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"log.csv": steps(tmp_path, 20), "other.csv": b"x,y\n1,2\n3,4\n"})
    work()
    assert "shares no column with" in shown(person, address)
    uploads.sweep()
    assert left_over() == []


def book(tmp_path: Path, name: str = "two.xlsx") -> bytes:
    return write_workbook(tmp_path / name, {"Old cases": LOG, "New cases": LOG[:21]}).read_bytes()


def test_of_a_workbook_with_several_tables_one_is_chosen(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"two.xlsx": book(tmp_path)})
    work()
    text = shown(person, address)
    assert "Choose a table" in text
    assert "Old cases" in text
    refused = person.post(address, {"table": "7"})
    assert refused.status_code == 400
    assert "Choose one of the tables." in checked_page(refused)
    assert person.post(address, {"table": "1"}).status_code == 302
    work()
    log = lay(person, address)
    assert (log.settings.table, log.manifest.cases) == ("New cases", 10)
    assert left_over() == []


def test_a_page_left_open_on_the_choice_of_a_table_is_told_that_one_was_chosen(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"two.xlsx": book(tmp_path)})
    work()
    person.post(address, {"table": "1"})
    assert person.post(address, {"table": "0"}).status_code < 400  # while it is read, the page says how far it is
    work()
    stale = person.post(address, {"table": "0"})
    text = checked_page(stale)
    assert stale.status_code == 400
    assert "A table of this file was chosen already" in text
    assert "cannot be" not in text
    assert lay(person, address).settings.table == "New cases"


def test_the_next_extract_takes_the_same_table(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"two.xlsx": book(tmp_path)})
    work()
    person.post(address, {"table": "0"})
    work()
    log = lay(person, address)
    more = write_workbook(
        tmp_path / "next.xlsx", {"Old cases": [*LOG, ["21", "Apply", "2024-02-01"]], "New cases": LOG}
    )
    again = send_all(person, {"next.xlsx": more.read_bytes()}, after=log.id)
    work()
    assert "Confirm what this file is" in shown(person, again)
    assert lay(person, again).manifest.cases == 21


def test_a_next_extract_without_that_table_is_read_as_it_is(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"two.xlsx": book(tmp_path)})
    work()
    person.post(address, {"table": "0"})
    work()
    log = lay(person, address)
    again = send_all(person, {"next.csv": steps(tmp_path, 30)}, after=log.id)
    work()
    newer = lay(person, again)
    assert (newer.settings.table, newer.manifest.cases) == ("", 30)


def test_of_a_zip_file_with_several_tables_one_is_chosen(person: Client, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("plain.csv", write(tmp_path / "log.csv", private_log()).read_bytes())
        archive.writestr("book.xlsx", book(tmp_path))
    address = send_all(person, {"all.zip": packed.getvalue()})
    work()
    assert "plain.csv" in shown(person, address)
    person.post(address, {"table": "1"})
    work()
    assert "book.xlsx/New cases" in shown(person, address)  # the workbook inside holds several in its turn
    person.post(address, {"table": "1"})
    work()
    assert lay(person, address).manifest.cases == 10


def test_while_a_table_is_to_be_chosen_it_can_be_stopped(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"two.xlsx": book(tmp_path)})
    work()
    person.post(f"{address}/stop")
    assert left_over() == []
    assert jobs.find(address.split("/")[-1]).state == "stopped"


def test_only_the_first_of_several_files_may_hold_several_tables(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"log.csv": steps(tmp_path, 20), "two.xlsx": book(tmp_path)})
    work()
    text = shown(person, address)
    assert "only the first can hold more than one table" in text
    assert "two.xlsx" in text


def test_a_file_that_is_here_already_is_said_to_be(person: Client, tmp_path: Path) -> None:
    content = steps(tmp_path, 20)
    address = send_all(person, {"log.csv": content})
    work()
    assert "here already" not in shown(person, address)
    lay(person, address)
    again = send_all(person, {"log.csv": content})
    work()
    assert "This file is here already." in shown(person, again)


def test_slips_on_the_confirming_page_are_said_there(person: Client, tmp_path: Path) -> None:
    address = send_all(person, {"log.csv": steps(tmp_path, 20)})
    work()
    held = fields(shown(person, address))
    for name, slip, told in (
        ("style", "%Q", "is not known"),
        ("extract", "9999-12-31", "cannot have been taken on"),
        ("extract", "2001-01-01", "cannot have been taken on"),
    ):
        response = person.post(address, held | {name: slip})
        assert response.status_code == 400
        assert told in checked_page(response)
