"""Statements on contacts: which channel a case began and ended in, who stayed digital, who had to come again.

A contact is an event whose channel is known, or an event of a step that is said to be one. Every
function takes a `View` in which `gather` has made two tables:

    contacts    case_no, grp, customer, position, activity, channel, time, watched_us (microseconds
                followed after it), whole (its case was seen from its beginning)
    journeys    one row a case with a contact: case_no, grp, customer, began and ended (channels of its first
                and last contact, -1 where not known), since (time of the first), whole,
                watched_us (microseconds followed after the first contact)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from outward.evidence.view import View
from outward.methods.lengths import days_to_window

Columns = dict[str, NDArray[Any]]
DAY_US = 86_400_000_000

CASES_TO_TELL = 100
"""Cases without which a channel that never changes may do so by chance."""


def gather(view: View, steps: Sequence[int] = ()) -> None:
    """Make the tables `contacts` and `journeys` of the chosen cases.

    Args:
        view: the chosen cases.
        steps: codes of the steps that are contacts; where none are given, every event whose channel is known.
    """
    has_channel = "channel" in view.log.manifest.places
    channel = "channel" if has_channel else "-1"
    meant = f"activity IN ({', '.join(map(str, steps))})" if steps else f"{channel} >= 0"
    view.connection.execute(
        "CREATE OR REPLACE TEMP TABLE contacts AS SELECT case_no, grp, customer, position, activity, "
        f"({channel})::INTEGER AS channel, time, {days_to_window(view, 'first')} = 0 AS whole, "
        f"round(followed * 86400e6)::BIGINT - epoch_us(time - first) AS watched_us "
        f"FROM events JOIN cases USING (case_no) WHERE {meant}"
    )
    view.connection.execute(
        "CREATE OR REPLACE TEMP TABLE journeys AS SELECT case_no, any_value(grp) AS grp, any_value(customer) AS "
        "customer, arg_min(channel, position) AS began, arg_max(channel, position) AS ended, "
        "arg_min(time, position) AS since, bool_and(whole) AS whole, max(watched_us) AS watched_us FROM contacts "
        "WHERE channel >= 0 GROUP BY case_no"
    )


def told_once_a_case(view: View) -> bool:
    """Return whether the channel seems to be recorded once a case: in all events, and never two of them in a case."""
    ((cases, several, events, known),) = view.rows(
        "WITH told AS (SELECT case_no, count(*) AS known, min(channel) <> max(channel) AS several FROM contacts "
        "WHERE channel >= 0 GROUP BY case_no) SELECT count(*), count(*) FILTER (several), "
        "(SELECT sum(events) FROM cases), sum(known) FROM told"
    )
    return cases >= CASES_TO_TELL and not several and events == known > 2 * cases


def used(view: View) -> Columns:
    """Return, for each group and channel: cases with a contact in it, contacts, and people."""
    return view.columns(
        "SELECT grp, channel, count(DISTINCT case_no) AS cases, count(*) AS contacts, count(DISTINCT customer) AS "
        "people FROM contacts WHERE channel >= 0 GROUP BY grp, channel ORDER BY grp, cases DESC, channel"
    )


def begun(view: View) -> Columns:
    """Return, for each group and channel: the cases whose first contact was in it, and people."""
    return view.columns(
        "SELECT grp, began AS channel, count(*) AS cases, count(DISTINCT customer) AS people FROM journeys "
        "GROUP BY grp, began ORDER BY grp, cases DESC, began"
    )


def moves(view: View) -> Columns:
    """Return, for each group, first channel and last channel: cases and people."""
    return view.columns(
        "SELECT grp, began AS here, ended AS after, count(*) AS cases, count(DISTINCT customer) AS people "
        "FROM journeys GROUP BY ALL ORDER BY grp, here, cases DESC, after"
    )


def moved(view: View, digital: Sequence[int]) -> Columns:
    """Return, for each group: cases with a contact, those that began digitally, those that ended in another channel.

    Args:
        view: the chosen cases.
        digital: codes of the digital channels.
    """
    chosen = f"began IN ({_codes(digital)})"
    return view.columns(
        "SELECT grp, count(*) AS cases, count(DISTINCT customer) AS people, "
        f"count(*) FILTER ({chosen}) AS digital, count(DISTINCT customer) FILTER ({chosen}) AS digital_people, "
        "count(*) FILTER (began <> ended) AS moved, count(DISTINCT customer) FILTER (began <> ended) AS moved_people "
        "FROM journeys GROUP BY grp ORDER BY grp"
    )


def contained(view: View, digital: Sequence[int], within_days: int) -> Columns:
    """Return, for each group: cases that began digitally, those of them without assisted contact, of these those ended.

    Args:
        view: the chosen cases.
        digital: codes of the digital channels.
        within_days: days after the first contact; only cases seen from their beginning and followed for so
            long count, so that young ones do not pass for contained.
    """
    assisted = f"channel >= 0 AND channel NOT IN ({_codes(digital)})"
    by_then = f"<= {within_days * DAY_US}"
    return view.columns(
        "WITH begun AS (SELECT * FROM journeys WHERE "
        f"began IN ({_codes(digital)}) AND whole AND watched_us >= {within_days * DAY_US}), "
        "helped AS (SELECT DISTINCT case_no FROM contacts JOIN (SELECT case_no, since FROM begun) USING (case_no) "
        f"WHERE {assisted} AND epoch_us(time - since) {by_then}), "
        "told AS (SELECT begun.grp, begun.customer, helped.case_no IS NULL AS stayed, "
        f"cases.by_activity AND epoch_us(cases.last - since) {by_then} AS ended FROM begun JOIN cases "
        "USING (case_no) LEFT JOIN helped USING (case_no)) "
        "SELECT grp, count(*) AS cases, count(DISTINCT customer) AS people, count(*) FILTER (stayed) AS stayed, "
        "count(DISTINCT customer) FILTER (stayed) AS stayed_people, count(*) FILTER (stayed AND ended) AS settled, "
        "count(DISTINCT customer) FILTER (stayed AND ended) AS settled_people FROM told GROUP BY grp ORDER BY grp"
    )


def came_again(view: View, within_days: int) -> Columns:
    """Return, for each group, channel and customer: days with a contact, and those followed by a further one.

    What a customer does on one day is one contact, in the channel of the first.

    Args:
        view: the chosen cases.
        within_days: days within which the same customer's next contact, in whichever of their cases, is a
            repeat; only contacts followed for so long count. Where no customer is known it is the same case's.
    """
    return view.columns(
        "WITH days AS (SELECT customer, day, arg_min(grp, place) AS grp, arg_min(channel, place) AS channel, "
        "arg_min(watched_us, place) AS watched_us FROM (SELECT *, row(time, case_no, position) AS place, "
        f"{view.local('time')}::DATE AS day FROM contacts) GROUP BY customer, day) "
        f"SELECT grp, channel, customer, count(*) AS contacts, count(*) FILTER (next - day <= {within_days}) AS again "
        "FROM (SELECT *, lead(day) OVER (PARTITION BY customer ORDER BY day) AS next FROM days) "
        f"WHERE watched_us >= {within_days * DAY_US} GROUP BY ALL ORDER BY ALL"
    )


def began_by_month(view: View) -> Columns:
    """Return, for each month and channel, the cases whose first contact was in it, and the people behind them."""
    moment = view.local("since")
    return view.columns(
        f"SELECT year({moment}) * 12 + month({moment}) - 1 AS month, began, count(*) AS cases, "
        "count(DISTINCT customer) AS people FROM journeys WHERE whole GROUP BY ALL ORDER BY ALL"
    )


def coded(view: View, column: str, values: Sequence[str]) -> Columns:
    """Return, for each group, the contacts that are coded in a column, and those coded with one of these values.

    Args:
        view: the chosen cases.
        column: 'step' or 'channel', which each contact has, or an attribute, which each case has.
        values: the codes that count.
    """
    kept = {one.name: one for one in view.log.manifest.attributes}
    if column in ("step", "channel"):
        labels = view.activities if column == "step" else view.log.manifest.places["channel"]
        code, source = "activity" if column == "step" else "channel", "contacts"
    else:
        labels, code = kept[column].values, kept[column].column
        source = f"(SELECT contacts.*, {code} FROM contacts JOIN all_cases USING (case_no))"
    wanted = _codes([place for place, label in enumerate(labels) if label in values])
    return view.columns(
        f"SELECT grp, count(*) AS contacts, count(DISTINCT customer) AS people, count(*) FILTER ({code} IN ({wanted})) "
        f"AS failure, count(DISTINCT customer) FILTER ({code} IN ({wanted})) AS failure_people FROM {source} "
        f"WHERE {code} >= 0 GROUP BY grp ORDER BY grp"
    )


def _codes(codes: Sequence[int]) -> str:
    return ", ".join(map(str, codes)) or "-1"
