"""Channels, containment, repeat contact and failure demand, against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_case_logs import BEGIN, Case, case, cases, laid

from outward.answers import Level
from outward.asking import ask
from outward.errors import UsageError
from outward.evidence.store import LaidLog, bring_in
from outward.evidence.tables import Settings
from outward.understand.channels import is_digital

from .asked import caveats, close, exactly, rows, said

SETTINGS = Settings(extract_date="2024-03-31", confirmed=("roles", "coverage"))


def log_of(folder: Path, *journeys: str) -> LaidLog:
    """Lay journeys drawn as 'Apply 0 Online, Call 3 Phone', one a case."""
    lines = ["case,activity,time,channel"]
    for number, journey in enumerate(journeys, start=1):
        for step in journey.split(","):
            activity, day, *channel = step.split()
            time = BEGIN.replace(day=1 + int(day)).isoformat(" ")
            lines.append(f"{number},{activity},{time},{' '.join(channel)}")
    path = folder / "made.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    roles = {"case": "case", "activity": "activity", "time": "time", "channel": "channel"}
    return bring_in(path, Settings(roles=roles, endings={"Pay": "done"}, extract_date="2024-03-31", time_zone="UTC"))


FOUR = (
    "Apply 0 Online, Call 3 Phone, Pay 4",
    "Apply 0 Online, Ask 2 Online, Pay 5",
    "Apply 0 Online, Call 29 Phone",
    "Apply 0 Post, Ask 1 Online",
)


def test_channels_of_first_and_last_contacts(tmp_path: Path) -> None:
    answer = exactly("U3.7", log_of(tmp_path, *FOUR))
    assert rows(answer, "channels", "channel", "digital", "cases", "share") == [
        ("Online", "yes", 3, 0.75),
        ("Post", "no", 1, 0.25),
    ]
    assert rows(answer, "moves", "first", "last", "cases", "share") == [
        ("Online", "Phone", 2, round(2 / 3, 9)),
        ("Online", "Online", 1, round(1 / 3, 9)),
        ("Post", "Online", 1, 1.0),
    ]
    assert rows(answer, "summary", "cases", "digital", "moved", "moved_share") == [(4, 3, 3, 0.75)]
    assert rows(answer, "used", "channel", "cases", "contacts") == [("Online", 4, 5), ("Phone", 2, 2), ("Post", 1, 1)]


def test_contained_is_within_the_days_asked_for(tmp_path: Path) -> None:
    log = log_of(tmp_path, *FOUR)
    names = ("cases", "stayed", "stayed_share", "settled")
    assert rows(exactly("U3.7", log), "contained", *names) == [(3, 2, round(2 / 3, 9), 1)]
    assert rows(exactly("U3.7", log, contained_within_days=2), "contained", *names) == [(3, 3, 1.0, 0)]
    assert rows(exactly("U3.7", log, contained_within_days=29), "contained", *names) == [(3, 1, round(1 / 3, 9), 1)]
    assert rows(exactly("U3.7", log, digital="Post"), "contained", *names) == [(1, 0, 0.0, 0)]


def test_repeat_contact_by_channel_with_its_interval(tmp_path: Path) -> None:
    answer = exactly("U3.7", log_of(tmp_path, *FOUR))
    found = rows(answer, "again", "channel", "contacts", "again", "again_share")
    assert close(found, [("Online", 5, 2, 0.4), ("Phone", 2, 0, 0.0), ("Post", 1, 1, 1.0)])
    found = rows(exactly("U3.7", log_of(tmp_path, *FOUR), again_within_days=29), "again", "channel", "again")
    assert found[0] == ("Online", 3)


def test_repeat_contact_of_one_customer_a_contact_has_nearly_wilsons_interval(tmp_path: Path) -> None:
    """Each customer has one contact that counts, so that the interval is that of independent ones, but for t."""
    log = [*cases(60, "Call 0, Call 3", channel="Phone"), *cases(140, "Call 0", first=100, channel="Phone")]
    once = exactly("U3.7", laid(tmp_path, log, Settings(extract_date="2024-01-30")), again_within_days=28)
    ((share, low, high),) = rows(once, "again", "again_share", "again_share_low", "again_share_high")
    assert share == pytest.approx(60 / 200)
    assert low == pytest.approx(0.2409, abs=0.001)
    assert high == pytest.approx(0.3669, abs=0.001)


def test_steps_can_be_said_to_be_the_contacts(tmp_path: Path) -> None:
    log = laid(tmp_path, [case("1", "Apply 0, Assess 1, Call 5"), case("2", "Apply 0, Call 60")], SETTINGS)
    answer = exactly("U3.7", log, contact_steps="Apply|Call")
    assert rows(answer, "again", "channel", "contacts", "again") == [("not known", 4, 1)]
    assert answer.standing.level is Level.CANNOT_TELL
    with pytest.raises(UsageError, match="no step 'Chat'"):
        ask("U3.7", log, contact_steps="Chat")


def test_failure_demand_is_the_share_of_coded_contacts(tmp_path: Path) -> None:
    log = [*cases(81, "Chase 0", channel="Phone"), *cases(182, "Apply 0", first=100, channel="Phone")]
    answer = exactly("U3.7", laid(tmp_path, log, SETTINGS), failure_column="step", failure_values="Chase|Complain")
    names = ("contacts", "failure", "failure_share_low", "failure_share_high")
    ((contacts, failure, low, high),) = rows(answer, "failure", *names)
    assert (contacts, failure) == (263, 81)
    assert low == pytest.approx(0.2553, abs=5e-5)  # Newcombe (1998)
    assert high == pytest.approx(0.3662, abs=5e-5)
    assert any("Two people should code" in one for one in caveats(answer))
    assert all("failure demand" not in column.heading.lower() for column in answer.tables["again"].columns)


def test_failure_demand_can_be_coded_in_an_attribute(tmp_path: Path) -> None:
    log = [
        *cases(30, "Call 0", channel="Phone", asked="Chase"),
        *cases(50, "Call 0", first=50, channel="Phone", asked="New"),
    ]
    log += cases(20, "Call 0", first=200, channel="Phone", asked="")
    answer = exactly("U3.7", laid(tmp_path, log, SETTINGS), failure_column="asked", failure_values="Chase")
    assert rows(answer, "failure", "contacts", "failure") == [(80, 30)]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"failure_column": "step"}, "needs both"),
        ({"failure_values": "Chase"}, "needs both"),
        ({"failure_column": "colour", "failure_values": "Red"}, "no column 'colour'"),
    ],
)
def test_codes_that_cannot_be_found_are_said(asked: dict[str, str], words: str, tmp_path: Path) -> None:
    log = laid(tmp_path, cases(20, "Call 0", channel="Phone"), SETTINGS)
    with pytest.raises(UsageError, match=words):
        ask("U3.7", log, **asked)  # type: ignore[arg-type]


def test_a_rare_channel_is_not_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    log = laid(tmp_path, [*cases(40, "Apply 0", channel="Online"), case("99", "Apply 0", channel="Kiosk")], SETTINGS)
    rare, none = (ask("U3.7", log, digital=name) for name in ("Kiosk", "Telex"))
    shown = [[dict(row) for table in one.tables.values() for row in table.rows()] for one in (rare, none)]
    assert "Kiosk" not in str(shown)
    told = [{name for name in one.tables if len(one.tables[name])} for one in (rare, none)]
    assert told[0] == told[1]
    assert said(rare) == said(none)
    assert caveats(rare) == caveats(none)


def test_where_cases_began_before_the_window_they_do_not_count_as_contained(tmp_path: Path) -> None:
    log = laid(
        tmp_path,
        [*cases(3, "Apply 0", channel="Online"), *cases(5, "Apply 20", first=10, channel="Online")],
        Settings(extract_date="2024-03-31", window_from="2024-01-10"),
    )
    assert rows(exactly("U3.7", log), "contained", "cases") == [(5,)]


def test_without_a_channel_it_says_what_to_do(tmp_path: Path) -> None:
    answer = ask("U3.7", laid(tmp_path, cases(200, "Apply 0, Pay 3"), SETTINGS))
    assert said(answer) == "Which channels customers use cannot be told: no column says it."
    assert answer.standing.reasons[-1] == "say which column holds the channel, with --role channel=COLUMN"
    assert not answer.pictures


def test_the_share_of_channels_by_month(tmp_path: Path) -> None:
    log: list[Case] = []
    for month, online in enumerate((10, 20, 30)):
        log += cases(online, f"Apply {31 * month}", first=1000 * month, channel="Online")
        log += cases(40 - online, f"Apply {31 * month}", first=1000 * month + 500, channel="Phone")
    found = rows(exactly("U3.7", laid(tmp_path, log, SETTINGS)), "months", "month", "channel", "cases", "share")
    assert [row[3] for row in found if row[1] == "Online"] == [0.25, 0.5, 0.75]
    assert [row[0] for row in found[::2]] == ["2024-01-01", "2024-02-01", "2024-03-01"]


@pytest.mark.parametrize(
    "name", ["Online", "WEB", "Internet", "Self-service", "e-form", "Mobile app", "Citizen Portal"]
)
def test_names_of_digital_channels(name: str) -> None:
    assert is_digital(name)


@pytest.mark.parametrize("name", ["E-mail", "Email", "Phone", "Web chat", "Post", "Desk", "Mobile phone", "Letter", ""])
def test_names_of_assisted_channels(name: str) -> None:
    assert not is_digital(name)


def test_a_channel_recorded_once_a_case_says_nothing_of_moves(tmp_path: Path) -> None:
    log = [case(str(n), "Apply 0, Check 1, Pay 3", channel=("Online", "Phone")[n % 3 // 2]) for n in range(150)]
    answer = exactly("U3.7", laid(tmp_path, log))
    assert said(answer) == (
        "Cases begin most often in the channel 'Online' (67%); whether they move on to another cannot be told."
    )
    assert not {"moves", "contained", "again"} & set(answer.tables)
    assert any("recorded once a case" in one for one in caveats(answer))
