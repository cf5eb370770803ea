"""The calendar on the page for confirming: given as fields, kept with the data set, offered where it is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from outward.evidence import store
from outward.web.opening import read_opening
from tests.made_case_logs import cases, private_log

from .bringing import brought_in, fields, made, send, shown, work
from .conftest import checked_page

KNOWN = "scotland, Mon-Thu 08:30-17:00, Sat 22:00-06:00, closed 2024-12-24 2024-12-27"
TYPED = {
    "nation": "scotland",
    **{f"{end}-{day}": time for day in range(4) for end, time in (("opens", "8.30am"), ("closes", "5pm"))},
    **{"opens-4": "", "closes-4": "", "opens-5": "22", "closes-5": "6:00"},
    "closed": "24/12/2024, 2024-12-27",
}


def test_a_calendar_is_given_as_fields_and_kept_for_the_next_extract(person: Client, tmp_path: Path) -> None:
    content = made(private_log(), tmp_path)
    address = send(person, content)
    work()
    text = shown(person, address)
    assert "When the service works" in text
    assert '<details class="govuk-details">' in text
    assert {fields(text)[f"opens-{day}"] for day in range(7)} == {"09:00", ""}
    person.post(address, fields(text) | TYPED)
    work()
    (last,) = store.data_sets()
    assert last.settings.working == KNOWN
    assert "working" in last.settings.confirmed
    address = send(person, made(private_log(60), tmp_path), "next.csv", after=last.id)
    work()
    text = shown(person, address)
    assert '<details class="govuk-details" open>' in text
    assert (fields(text)["nation"], fields(text)["opens-5"], fields(text)["closes-5"]) == ("scotland", "22:00", "06:00")
    person.post(address, fields(text))
    work()
    new = next(log for log in store.data_sets() if log.id != last.id)
    assert new.settings.working == KNOWN


def test_without_a_calendar_none_is_kept(person: Client, tmp_path: Path) -> None:
    log = brought_in(person, made(private_log(), tmp_path))
    assert log.settings.working == ""
    assert "working" not in log.settings.confirmed


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"opens-2": "early"}, "wednesday-opens-at", "Wednesday: &#x27;early&#x27; is no time of day"),
        ({"closes-2": ""}, "wednesday-closes-at", "Wednesday: say when it closes"),
        ({"closes-0": "08:30"}, "monday-closes-at", "Monday: it cannot be open from 08:30 to 08:30"),
        ({"closed": "Christmas"}, "further-days-on-which-it-is-closed", "&#x27;Christmas&#x27; is no date"),
        ({"opens-4": "22:00", "closes-4": "23:00", "closes-3": "8:45"}, "", ""),
        (
            {f"{end}-{day}": "" for end in ("opens", "closes") for day in range(7)},
            "monday-opens-at",
            "at least one day",
        ),
        (
            {"opens-4": "20:00", "closes-4": "23:00", "opens-6": "05:00", "closes-6": "6:00"},
            "monday-opens-at",
            "run on",
        ),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said_at_its_field(
    change: dict[str, str], field: str, said: str, person: Client, tmp_path: Path
) -> None:
    address = send(person, made(cases(12, "Apply 0, Decide 2"), tmp_path))
    work()
    response = person.post(address, fields(shown(person, address)) | TYPED | change)
    if not said:
        assert response.status_code == 302
        return
    text = checked_page(response)
    assert response.status_code == 400
    assert re.search(rf'<a href="#field-{field}">[^<]*{said}', text)
    assert re.search(rf'id="field-{field}-error">.*{said}', text)
    assert re.search(rf'<input class="[^"]*govuk-input--error"[^>]* id="field-{field}"', text)
    assert '<details class="govuk-details" open>' in text
    assert store.data_sets() == []


def test_a_question_offers_working_time_where_the_data_set_has_a_calendar(person: Client, tmp_path: Path) -> None:
    plain = brought_in(person, made(private_log(), tmp_path))
    assert "orking time" not in shown(person, f"/data/{plain.id}/ask/U3.4")
    address = send(person, made(private_log(60), tmp_path), "next.csv")
    work()
    person.post(address, fields(shown(person, address)) | {"nation": "scotland"})
    work()
    log = next(one for one in store.data_sets() if one.id != plain.id)
    text = shown(person, f"/data/{log.id}/ask/U3.4")
    assert "Working time as well" in text
    assert "working days" in text
    assert re.search(r'name="working" type="radio" value="" checked', text)
    text = shown(person, f"/data/{log.id}/ask/U3.4?working=none")
    assert "working days" not in text
    assert re.search(r'name="working" type="radio" value="none" checked', text)
    text = shown(person, f"/data/{plain.id}/ask/U3.4?working=scotland")
    assert re.search(r'value="scotland" checked>\s*<label[^>]*>Yes: Mon-Fri 09:00-17:00', text)


def test_a_form_says_a_calendar_in_its_one_spelling() -> None:
    assert read_opening(TYPED) == KNOWN
    assert read_opening({**TYPED, "nation": ""}) == ""
