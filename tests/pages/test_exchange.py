"""Taking a workspace away and bringing it in again in the browser: differences first, all or nothing, nothing left."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.cli.main import exit_code
from outward.web import jobs, telling_once, uploads
from outward.web.views import exchange
from outward.workspace.exchange import apply
from outward.workspace.homes.home import SERVED, Change, find_home
from outward.workspace.workbook.reading import read_workbook
from tests.made_workbooks import Rows, repacked, write_workbook

from .bringing import left_over
from .conftest import checked_page
from .editing import ID, changed, form, held, make_workspace, now, shown

HERE = f"/workspaces/{ID}/exchange"


@pytest.fixture
def folder(own_home: Path) -> Path:
    return make_workspace(own_home)


def taken(person: Client, ending: str) -> bytes:
    text = html.unescape(shown(person, HERE))
    (href,) = re.findall(rf'href="({HERE}/[^"]*\.{ending})" download', text)
    response = person.get(href)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{ID}.{ending}"'
    return bytes(response.content)


def edited(content: bytes, tmp_path: Path, ending: str, old: str, new: str) -> bytes:
    """Return an exported file in which some words were changed, as people do in their program."""
    path = tmp_path / f"out.{ending}"
    path.write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if old.encode() in archive.read(name)}
    assert found
    return repacked(path, {name: text.replace(old.encode(), new.encode()) for name, text in found.items()}).read_bytes()


def given(person: Client, content: bytes, name: str = "out.xlsx", status: int = 302) -> str:
    """Send a file; return where it leads, or the page that says what is wrong."""
    response = person.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == status, checked_page(response)
    return str(response.headers["Location"]) if status == 302 else html.unescape(checked_page(response))


def sent(person: Client, path: str, status: int = 302, /, **more: str) -> str:
    """Send the form of a page; return where it leads, or what is shown."""
    values = form(shown(person, path))
    response = person.post(path.partition("?")[0], {**values, **more})
    assert response.status_code == status, checked_page(response)
    return str(response.headers["Location"]) if status == 302 else html.unescape(checked_page(response))


OLD, NEW = "Letters that say what happens next", "Letters that say who answers next"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "zip"])
def test_it_goes_out_is_edited_and_comes_back_field_by_field(
    ending: str, folder: Path, person: Client, tmp_path: Path
) -> None:
    content = edited(taken(person, ending), tmp_path, ending, OLD, NEW)
    page = given(person, content, f"out.{ending}")
    text = html.unescape(shown(person, page))
    assert f"What ‘out.{ending}’ would change" in text
    assert "<li>Changed: 1 need or concern</li>" in text
    assert f'Changed: Need or concern <a class="govuk-link" href="/workspaces/{ID}/records/need/clear-letters">' in text
    for way, words in (("Taken out", "what"), ("Put in", "who"), ("Taken out", "happens"), ("Put in", "answers")):
        assert f'<span class="govuk-visually-hidden">{way}: </span>{words}<' in text
    assert held("need", "clear-letters")["title"] == OLD, "nothing is changed before somebody says so"
    done = sent(person, page, by="Head of letters")
    assert done == HERE
    assert held("need", "clear-letters")["title"] == NEW
    assert find_home(ID).history("need", "clear-letters")[-1].by == "Head of letters"
    text = shown(person, done)
    assert "1 record was changed." in text
    assert "1 record was changed." not in shown(person, done), "it is told once"
    assert f'<a class="govuk-link" href="/workspaces/{ID}/records/need/clear-letters">{NEW}</a>' in text
    assert (left_over(), jobs.every()) == ([], [])
    shown(person, page, 404)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "zip"])
def test_what_comes_back_unchanged_is_said_to_change_nothing(ending: str, folder: Path, person: Client) -> None:
    assert given(person, taken(person, ending), f"out.{ending}") == HERE
    assert "There is nothing to change: the file says" in shown(person, HERE)
    assert left_over() == []


def test_a_file_can_be_thrown_away(folder: Path, person: Client, tmp_path: Path) -> None:
    page = given(person, edited(taken(person, "ods"), tmp_path, "ods", OLD, NEW), "out.ods")
    assert sent(person, page, then="drop") == HERE
    assert "thrown away, and nothing was changed" in shown(person, HERE)
    assert held("need", "clear-letters")["title"] == OLD
    assert (left_over(), jobs.every()) == ([], [])


def test_a_file_that_waits_is_found_again(folder: Path, person: Client, tmp_path: Path) -> None:
    assert "that wait" not in shown(person, HERE)
    page = given(person, edited(taken(person, "ods"), tmp_path, "ods", OLD, NEW), "our needs.ods")
    text = html.unescape(shown(person, HERE))
    assert f'<a class="govuk-link" href="{page}">Show what ‘our needs.ods’ would change</a>' in text
    assert re.search(r"change</a>, chosen on \d+ \w+ at \d\d:\d\d</p>", text)
    assert "Throw ‘our needs.ods’ away" in text
    other = given(person, edited(taken(person, "ods"), tmp_path, "ods", OLD, "Other"), "second.ods")
    assert "Files that wait" in shown(person, HERE)
    assert person.post(page, {"then": "drop"}).headers["Location"] == HERE
    text = shown(person, HERE)
    assert (page in text, other in text) == (False, True)


def test_a_file_that_waits_is_named_where_one_erases_and_goes_with_its_workspace(
    folder: Path, person: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = given(person, edited(taken(person, "ods"), tmp_path, "ods", OLD, NEW), "our needs.ods")
    changed("need", "clear-letters", about="Else.")
    text = html.unescape(shown(person, f"/workspaces/{ID}/records/need/clear-letters/erase"))
    assert "The file ‘our needs.ods’, which waits to be brought in." in text
    assert f'href="{page}"' in text
    copy = shutil.copytree(folder, tmp_path / ID)
    assert exit_code(["forget", str(copy)]) == 0
    assert len(jobs.every()) == 1
    assert exit_code(["erase", ID, "need/clear-letters"]) == 0
    assert "what waits to be brought in, for a day at most: our needs.ods." in capsys.readouterr().out
    assert "files of records that wait to be brought in" in shown(person, f"/workspaces/{ID}/forget")
    person.post(f"/workspaces/{ID}/forget")
    assert (left_over(), jobs.every()) == ([], [])
    make_workspace(tmp_path / "outward-home")
    assert "that wait" not in shown(person, HERE)


def test_what_was_brought_in_is_counted_and_led_to(folder: Path, person: Client, tmp_path: Path) -> None:
    rows = [("Id", "Title"), ("pensioners", "All pensioners"), *(("", f"Group {number}") for number in range(12))]
    page = given(person, write_workbook(tmp_path / "made.xlsx", {"Groups": rows}).read_bytes())
    text = shown(person, sent(person, page))
    assert "1 record was changed and 12 added." in text
    said = text.partition('role="status"')[2].partition("</ul>")[0]
    assert said.count("<li>") == 11
    assert "<li>and 3 more</li>" in said
    assert f'href="/workspaces/{ID}/records/group/group-0">Group 0</a>' in said
    told = {"at": HERE, "done": "Done <b>.", "records": "group/gone,no/such,<b>"}
    person.cookies[telling_once.COOKIE] = quote(json.dumps(told))
    text = shown(person, HERE)
    assert "Done &lt;b&gt;." in text
    assert "gone" not in text


def test_a_record_that_the_file_adds_goes_by_its_title_where_another_refers_to_it(
    folder: Path, person: Client, tmp_path: Path
) -> None:
    sheets: dict[str, Rows] = {"Groups": [("Id", "Title"), ("", "Young carers")]}
    sheets |= {"Needs": [("Id", "Title", "Groups"), ("", "A reply", "Young carers")]}
    text = html.unescape(shown(person, given(person, write_workbook(tmp_path / "made.xlsx", sheets).read_bytes())))
    assert text.count(">Young carers</dd>") == 2
    assert text.count("young-carers") == 1, "as its own id alone"
    assert ">Declared by people (taken because empty)</dd>" in text


def test_what_is_no_workbook_is_refused_in_words_of_the_page(folder: Path, person: Client) -> None:
    text = given(person, b"Id,Title\na,A\n", "n.csv", 400)
    assert "'n.csv' is no workbook. Give an .xlsx or .ods file, or a ZIP file (.zip) of a workspace's folder." in text


def test_what_both_have_changed_is_shown_and_nothing_is_brought_in(
    folder: Path, person: Client, tmp_path: Path
) -> None:
    content = edited(taken(person, "xlsx"), tmp_path, "xlsx", OLD, NEW)
    changed("need", "clear-letters", title="Letters in plain words")
    page = given(person, content)
    text = html.unescape(shown(person, page))
    assert "Changed on both sides" in text
    assert "Bring it in<" not in text
    assert re.search("Taken out: </span>.*words</del>", text)
    sent(person, page, 409)
    assert held("need", "clear-letters")["title"] == "Letters in plain words"


def test_what_others_have_changed_meanwhile_is_left_and_a_page_that_is_old_is_shown_again(
    folder: Path, person: Client, tmp_path: Path
) -> None:
    page = given(person, edited(taken(person, "xlsx"), tmp_path, "xlsx", OLD, NEW))
    old = form(shown(person, page))
    changed("measure", "answered", title="Letters answered in time")
    response = person.post(page, old)
    assert response.status_code == 409
    text = html.unescape(checked_page(response))
    assert "The workspace has changed since this page was made" in text
    assert "Changed in the workspace since, and left so: Measure" in text
    assert held("need", "clear-letters")["title"] == OLD
    assert sent(person, page) == HERE
    assert held("measure", "answered")["title"] == "Letters answered in time"


def test_the_files_words_can_be_taken_for_what_was_changed_since(folder: Path, person: Client) -> None:
    content = taken(person, "xlsx")
    changed("need", "clear-letters", title="Letters in plain words")
    page = given(person, content)
    text = html.unescape(shown(person, page))
    assert "nothing would be changed. The file and the workspace still differ" in text
    assert "Bring it in<" not in text
    assert re.search("Taken out: </span>.*words</del>", text)
    assert f'href="{page}?take=yes"' in text
    assert f'href="{page}"' in shown(person, f"{page}?take=yes")
    assert held("need", "clear-letters")["title"] == "Letters in plain words"
    assert sent(person, f"{page}?take=yes", by="Ann") == HERE
    assert held("need", "clear-letters")["title"] == OLD
    last = find_home(ID).history("need", "clear-letters")[-1]
    assert (last.by, (last.before or {})["title"]) == ("Ann", "Letters in plain words")


def test_what_is_not_in_the_file_stays_unless_it_is_asked_for(folder: Path, person: Client, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "made.xlsx", {"Groups": [("Id", "Title"), ("pensioners", "Pensioners")]})
    page = given(person, book.read_bytes())
    text = html.unescape(shown(person, page))
    assert "nothing would be changed. The file and the workspace still differ" in text
    assert "There is nothing to change" not in text
    assert "The self-employed</a></li>" in text
    rows = [("Id", "Title"), ("pensioners", "Pensioners"), ("own", "The self-employed")]
    other = given(person, write_workbook(tmp_path / "made.xlsx", {"Groups": rows}).read_bytes())
    assert "It has the title of 'self-employed', which is not in the file." in html.unescape(shown(person, other))
    assert "Removed: Customer group" in html.unescape(shown(person, f"{page}?remove=yes"))
    assert "self-employed" in now().records["group"]
    assert sent(person, f"{page}?remove=yes") == HERE
    assert list(now().records["group"]) == ["pensioners"]


def test_what_cannot_be_taken_out_is_said(folder: Path, person: Client, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "made.xlsx", {"Groups": [("Id", "Title"), ("self-employed", "Self-employed")]})
    page = given(person, book.read_bytes())
    text = html.unescape(shown(person, f"{page}?remove=yes", 400))
    assert "cannot all be taken out" in text
    assert "still names Pensioners, which the file lacks: take it out of " in text
    assert "Did you mean" not in text
    assert "Bring it in<" not in text
    assert sent(person, page) == HERE
    assert set(now().records["group"]) == {"pensioners", "self-employed"}


def test_what_somebody_names_in_the_very_moment_is_not_taken_out(
    folder: Path, person: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = {"id": "advice", "title": "Advice", "groups": ["self-employed"]}
    book = write_workbook(tmp_path / "made.xlsx", {"Groups": [("Id", "Title"), ("pensioners", "Pensioners")]})
    page = given(person, book.read_bytes())

    def meanwhile(*asked: Any) -> None:
        find_home(ID).change([Change("need", "advice", None, need)], "Somebody else")
        apply(*asked)

    monkeypatch.setattr(exchange, "apply", meanwhile)
    old = form(shown(person, f"{page}?remove=yes"))
    for said in ("The workspace has changed since this page was made", "cannot all be taken out"):
        response = person.post(page, old)
        text = html.unescape(checked_page(response))
        assert response.status_code in (400, 409)
        assert "cannot be read as it stands" not in text
        assert said in text
        old["revision"] = [now().revision]
    assert "self-employed" in now().records["group"]


def test_what_will_not_do_is_said_with_its_sheet_row_and_cell(folder: Path, person: Client, tmp_path: Path) -> None:
    rows = [("Id", "Title", "Size on"), ("a", "A", "31/03/2026"), ("b", "B"), ("c", "C", "", "odd")]
    text = given(person, write_workbook(tmp_path / "made.ods", {"Groups": rows}).read_bytes(), "made.ods", 400)
    assert ">Groups, row 4</th>" in text
    assert "The cell D4 stands in a column without a title" in text
    text = given(person, write_workbook(tmp_path / "made.ods", {"Groups": rows[:3]}).read_bytes(), "made.ods", 400)
    assert ">Groups, C2 (Size on)</th>" in text
    assert "'31/03/2026' is no day" in text
    assert "<title>Error: " in text
    assert (left_over(), jobs.every()) == ([], [])


def zip_of(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


HEAD = "id: pensions\ntitle: Pensions\n"
HOSTILE = {
    "nothing": (b"", "is empty"),
    "no workbook": (b"case,activity\n1,A\n", "is no workbook"),
    "cut off": (b"PK\x03\x04 and no more", "is damaged"),
    "another archive": (zip_of({"a.txt": "x"}), "holds no workspace"),
    "a way out": (zip_of({"../workspace.yaml": HEAD, "/workspace.yaml": HEAD}), "several workspaces"),
    "a bomb": (zip_of({"workspace.yaml": HEAD, "records/needs.yaml": b" " * 100_000_000}), "larger than 20 MB"),
    "code": (zip_of({"workspace.yaml": f"{HEAD}about: !!python/object/apply:os.system ['x']\n"}), "row 3|line 3"),
    "strangers": (zip_of({"workspace.yaml": HEAD, "records/wishes.yaml": "[]"}), "records of no kind"),
    "another workspace": (zip_of({"x/workspace.yaml": "id: other\ntitle: Other\n"}), "holds the workspace 'other'"),
}


@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_hostile_or_no_file_of_records_is_refused(
    content: bytes, said: str, folder: Path, person: Client
) -> None:
    before = now().revision
    assert re.search(said, given(person, content, "out.zip", 400))
    assert (left_over(), jobs.every(), now().revision) == ([], [], before)
    assert not (folder.parents[2] / "workspace.yaml").exists()


def test_no_file_several_files_and_a_large_file_are_refused(
    folder: Path, person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = person.post(HERE, {})
    assert (response.status_code, "Choose a file first." in checked_page(response)) == (400, True)
    two = [SimpleUploadedFile("a.xlsx", b"a"), SimpleUploadedFile("b.xlsx", b"b")]
    response = person.post(HERE, {"file": two})
    assert (response.status_code, "Choose one file" in checked_page(response)) == (400, True)
    monkeypatch.setattr(uploads, "MOST_RECORDS_BYTES", 1 << 20)
    assert "larger than 1 MB" in given(person, b"x" * (2 << 20), "out.xlsx", 400)
    assert (left_over(), jobs.every()) == ([], [])


def test_a_file_is_private_and_gone_after_a_day(
    folder: Path, person: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = given(person, edited(taken(person, "xlsx"), tmp_path, "xlsx", OLD, NEW))
    (room,) = [uploads.room(job.id) for job in jobs.every()]
    assert {path.stat().st_mode & 0o077 for path in (room, *room.rglob("*.xlsx"))} == {0}
    shown(person, page.replace(ID, "elsewhere"), 404)
    shown(person, f"/bring-in/{room.name}", 404)
    assert person.post(f"/bring-in/{room.name}/stop").status_code == 404
    assert room.name not in shown(person, "/bring-in")
    uploads.sweep()
    assert room.exists()
    monkeypatch.setattr(uploads, "time", lambda: time() + uploads.KEPT_SECONDS + 60)
    uploads.sweep()
    assert not room.exists()
    assert "More than a day passed" in shown(person, page, 404)


def test_a_folder_that_is_served_is_changed_in_its_own_files(
    person: Client, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_workspace(tmp_path / "elsewhere")
    needs = folder / "records" / "needs.yaml"
    needs.write_text("# Ours\n" + needs.read_text())
    monkeypatch.setenv(SERVED, str(folder))
    assert sent(person, given(person, edited(taken(person, "ods"), tmp_path, "ods", OLD, NEW))) == HERE
    assert needs.read_text().startswith("# Ours\n- id: clear-letters\n  title: Letters that say who answers next\n")


def test_an_exported_workbook_says_which_revision_it_was(folder: Path, person: Client, tmp_path: Path) -> None:
    (tmp_path / "out.ods").write_bytes(taken(person, "ods"))
    stamp = read_workbook(tmp_path / "out.ods").stamp
    assert stamp
    assert (stamp.workspace, stamp.revision) == (ID, now().revision)


def test_the_records_page_leads_there_and_no_form_is_taken_without_its_token(folder: Path, person: Client) -> None:
    assert f'href="{HERE}"' in shown(person, f"/workspaces/{ID}/records")
    strict = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    strict.cookies = person.cookies
    assert strict.post(HERE, {"file": SimpleUploadedFile("out.ods", b"x")}).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_file_that_a_second_click_has_just_dealt_with_is_said_to_be_gone(
    method: str, folder: Path, person: Client, tmp_path: Path
) -> None:
    page = given(person, edited(taken(person, "xlsx"), tmp_path, "xlsx", OLD, NEW))
    values = form(shown(person, page))
    shutil.rmtree(uploads.room(page.rpartition("/")[2]))
    response = person.get(page) if method == "get" else person.post(page, values)
    assert response.status_code == 404
    assert "There is no such file (any more)" in checked_page(response)
