from __future__ import annotations

from datetime import datetime

from outward.evidence import event_rows as module
from outward.evidence import times
from outward.evidence.tables import SetAside, Settings

from .conftest import EventsOf, Opened

UTC = Settings(time_zone="UTC")


def test_a_long_log_gives_its_events(opened: Opened, events_of: EventsOf) -> None:
    text = "case,activity,time,channel\n1,Apply,2024-07-01 10:00:00,web\n1,Decide,2024-07-02 11:00:00,web\n"
    told, events = events_of(opened(text), Settings())
    assert (told.has_start, told.roles, told.attributes) == (False, ("channel",), ())
    assert events == [
        {
            "row_no": 1,
            "case_id": "1",
            "activity": "Apply",
            "time": datetime(2024, 7, 1, 9),
            "channel": "web",
            "problem": None,
        },
        {
            "row_no": 2,
            "case_id": "1",
            "activity": "Decide",
            "time": datetime(2024, 7, 2, 10),
            "channel": "web",
            "problem": None,
        },
    ]


def test_bad_rows_stay_with_their_reason(opened: Opened, events_of: EventsOf) -> None:
    lines = ["case,activity,time", *(f"{n},Apply,2024-01-01 10:00:00" for n in range(40))]
    lines += [",Apply,2024-01-01 10:00:00", "a,  ,2024-01-01 10:00:00", "b,Apply,", "c,Apply,tomorrow"]
    lines += ["d,Apply,9999-12-31 00:00:00", "e,Apply,1900-01-01 00:00:00"]
    _, events = events_of(opened("\n".join(lines) + "\n"), UTC)
    assert len(events) == 46
    assert {event["row_no"]: event["problem"] for event in events if event["problem"]} == {
        41: module.NO_CASE,
        42: module.NO_ACTIVITY,
        43: module.NO_TIME,
        44: times.UNREAD,
        45: times.STAND_IN,
        46: times.STAND_IN,
    }


LIFECYCLE = """case,activity,time,lifecycle,resource
1,Check,2024-01-01 09:00:00,schedule,ann
1,Check,2024-01-01 10:00:00,START,ann
1,Check,2024-01-01 11:00:00,COMPLETE,ann
1,Tell,2024-01-01 12:00:00,complete,ann
2,Check,2024-01-01 10:30:00,start,ann
"""


def test_start_and_complete_rows_become_one_event(opened: Opened, events_of: EventsOf) -> None:
    told, events = events_of(opened(LIFECYCLE), UTC)
    assert told.has_start
    assert [(event["activity"], event["start"], event["time"]) for event in events] == [
        ("Check", datetime(2024, 1, 1, 10), datetime(2024, 1, 1, 11)),
        ("Tell", None, datetime(2024, 1, 1, 12)),
    ]
    assert told.aside == (SetAside("it is a start without its completion", 1),)
    assert told.notes == (
        "1 rows of the kind 'schedule' are neither start nor complete and were passed over.",
        "1 completions have no start row; when that work began is not known.",
    )


def test_every_row_is_an_event_where_no_column_plays_the_lifecycle(opened: Opened, events_of: EventsOf) -> None:
    told, events = events_of(opened(LIFECYCLE), Settings(roles={"lifecycle": ""}, time_zone="UTC"))
    assert (told.has_start, len(events)) == (False, 5)


def test_a_start_column_is_kept_unless_it_lies_after_the_end(opened: Opened, events_of: EventsOf) -> None:
    text = (
        "case,activity,start_time,end_time\n1,A,2024-01-01 09:00:00,2024-01-01 10:00:00\n"
        "1,B,2024-01-01 12:00:00,2024-01-01 11:00:00\n1,C,,2024-01-01 13:00:00\n"
    )
    told, events = events_of(opened(text), UTC)
    assert [event["start"] for event in events] == [datetime(2024, 1, 1, 9), None, None]
    assert told.notes == ("1 events start after they end; their start is taken as unknown.",)


WIDE = "reference,received_date,decided_date,closed_date,team\n" + "".join(
    f"R{n},0{n}/02/2024,{'' if n == 3 else f'1{n}/02/2024'},2{n}/02/2024,north\n" for n in range(1, 9)
)


def test_a_wide_table_becomes_an_event_for_each_date(opened: Opened, events_of: EventsOf) -> None:
    told, events = events_of(opened(WIDE), UTC)
    assert len(events) == 23
    assert told.roles == ("organisation",)
    third = [(event["activity"], event["time"]) for event in events if event["case_id"] == "R3"]
    assert third == [("Received", datetime(2024, 2, 3)), ("Closed", datetime(2024, 2, 23))]
    assert len({event["row_no"] for event in events}) == 23


def test_same_day_dates_keep_the_order_of_their_columns(opened: Opened, events_of: EventsOf) -> None:
    text = "reference,received_date,closed_date\n" + "".join(f"R{n},{n}/02/2024,{n}/02/2024\n" for n in range(1, 20))
    _, events = events_of(opened(text), UTC)
    assert [event["activity"] for event in events] == ["Received", "Closed"] * 19


def test_a_wide_row_without_any_date_is_counted_once(opened: Opened, events_of: EventsOf) -> None:
    _, events = events_of(opened(WIDE + "R9,,,,south\n"), UTC)
    assert [event["problem"] for event in events if event["case_id"] == "R9"] == [module.NO_TIME]


def test_personal_columns_are_left_out_unless_kept(opened: Opened, events_of: EventsOf) -> None:
    text = "case,activity,time,postcode,area\n" + "".join(
        f"{n // 2},Step {n % 2},2024-01-{n + 1:02} 10:00:00,ZZ1 1A{'AB'[n % 2]},{'north' if n % 4 else 'south'}\n"
        for n in range(12)
    )
    told, events = events_of(opened(text), UTC)
    assert told.attributes == ("area",)
    assert list(told.personal) == ["postcode"]
    assert "postcode" not in events[0]
    kept, _ = events_of(opened(text), Settings(time_zone="UTC", keep=("postcode",), leave_out=("area",)))
    assert (kept.attributes, dict(kept.personal)) == (("postcode",), {})
    assert dict(kept.left_out) == {"area": "a person asked to leave it out"}


def test_a_column_named_like_ours_is_renamed_and_said(opened: Opened, events_of: EventsOf) -> None:
    text = "case:concept:name,concept:name,time:timestamp,Problem\n" + "".join(
        f"{n // 2},Step {n % 2},2024-01-{n + 1:02} 10:00:00,kind {n % 3}\n" for n in range(12)
    )
    told, events = events_of(opened(text), UTC)
    assert told.attributes == ("Problem (2)",)
    assert told.notes == ("The column 'Problem' is called 'Problem (2)' here.",)
    assert {event["Problem (2)"] for event in events} == {"kind 0", "kind 1", "kind 2"}


def test_different_times_of_a_table_may_be_written_differently(opened: Opened, events_of: EventsOf) -> None:
    text = "reference,received_date,closed_date\n" + "".join(
        f"R{n},2024-02-{n:02},{n + 13}/03/2024\n" for n in range(1, 10)
    )
    _, events = events_of(opened(text), UTC)
    assert [event["problem"] for event in events] == [None] * 18
    assert events[1]["time"] == datetime(2024, 3, 14)
