"""E1.1: is this evidence fit to be used?"""

from __future__ import annotations

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.calendar import calendar_of
from outward.evidence.step_list import slips
from outward.evidence.view import View
from outward.methods import flows
from outward.pictures import lines_by_month
from outward.understand.groups import choice_caveats, group_cell, group_columns, partition, steps_title

METHOD = Method(
    "Checks on an event log",
    "Counts of what the file held and what was set aside, of events whose order or time is in doubt, of cases "
    "still open, and of what nobody has confirmed. Nothing is mended or dropped in silence.",
    "van der Aalst and others, Process Mining Manifesto (2011), on the quality of event logs",
)


@question("E1.1", "Is this evidence fit to be used?")
def fitness(view: View) -> Answer:
    """Return what the file held, what was set aside and why, what is in doubt, and what nobody confirmed.

    A complete count of the file has no sampling error; whether the file covers everyone it cannot say.
    """
    return Answer(
        sentence=_sentence(view),
        tables={
            "counts": _counts(view),
            "aside": _aside(view),
            "checks": _checks(view),
            "confirmed": _confirmed(view),
            "columns": _columns(view),
            "months": _months(view),
        },
        pictures=(
            Chart(
                "months",
                lines_by_month("month", "cases", by="group" if view.grouped else "", y_title="Cases that began"),
                Sentence("Cases that began, by month"),
                name="months",
            ),
        ),
        caveats=(
            Sentence(
                "A complete count of the data, so without sampling error. Whom the file leaves out it cannot say."
            ),
            *choice_caveats(view),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=standing(
            Grounds(
                basis=view.log.basis,
                effective_number=view.size["customers"],
                minimum=10,
                known_coverage="coverage" in view.log.settings.confirmed,
                doubts=view.doubts("roles", "endings", "extract_date"),
            )
        ),
    )


def _sentence(view: View) -> Sentence:
    said = "{counts.events|event|events} of {counts.cases|case|cases}, from {counts.first} to {counts.last}; "
    sure = "no" not in _confirmed(view).values["confirmed"]
    open_ = "nothing is left to confirm." if sure else "{counts.unconfirmed|matter is|matters are} not confirmed."
    return Sentence(said + open_, "Too few cases to say anything of them.")


def _counts(view: View) -> Table:
    manifest, size = view.log.manifest, view.size
    columns = (
        Column("rows", "count", "rows", "Rows read"),
        Column("events", "count", "events", "Events"),
        Column("cases", "count", "cases", "Cases"),
        Column("customers", "count", "customers", "Customers"),
        Column("activities", "number", "steps", steps_title(view)),
        Column("variants", "count", "routes", "Different exact routes"),
        Column("first", "date", "day", "First event"),
        Column("last", "date", "day", "Last event"),
        Column("unconfirmed", "number", "matters", "Matters not confirmed"),
        Column("people", "base"),
    )
    row: dict[str, Value] = {
        "rows": manifest.rows,
        "events": size["events"],
        "cases": size["cases"],
        "customers": size["customers"],
        "activities": flows.steps_told(view),
        "variants": manifest.variants,
        "first": view.log.period[0],
        "last": view.log.period[1],
        "unconfirmed": sum(cell == "no" for cell in _confirmed(view).values["confirmed"]),
        "people": size["customers"],
    }
    return Table.of_rows(columns, [row], base="people", title="What the file holds")


def _aside(view: View) -> Table:
    columns = (
        Column("reason", "label", title="Why rows were set aside"),
        Column("rows", "count", "rows", "Rows"),
        Column("cases", "count", "cases", "Cases they name"),
        Column("people", "base"),
    )
    rows: list[dict[str, Value]] = [
        {"reason": one.reason, "rows": one.rows, "cases": one.cases, "people": one.cases}
        for one in view.log.manifest.aside
    ]
    return Table.of_rows(columns, rows, base="people", title="Set aside, not laid: kept out and counted")


def _checks(view: View) -> Table:
    """Return each check with its count: of events where events are checked, else of cases."""
    columns = (
        Column("check", "label", title="Check"),
        Column("found", "count", "events or cases", "Found"),
        Column("out_of", "count", "events or cases", "Out of", base="everyone"),
        Column("share", "share", "share", "Share", of=("found", "out_of")),
        Column("meaning", "label", title="What it means"),
        Column("people", "base"),
        Column("everyone", "base"),
    )
    size, quality = view.size, view.log.manifest.quality
    open_cases, open_people = view.rows(f"SELECT count(*), {view.people} FROM cases WHERE ended = 0")[0]
    events = view.log.manifest.events
    found = [
        (
            "events at the same time as the one before",
            quality["ties"],
            events,
            _people(view, quality["ties_cases"]),
            "their order is that of the file",
        ),
        (
            "events that repeat the one before outright",
            quality["duplicates"],
            events,
            _people(view, quality["duplicates_cases"]),
            "they may be rows written twice",
        ),
        (
            "events at midnight sharp",
            quality["date_only"],
            events,
            _people(view, quality["date_only_cases"]),
            "where it is most of them only the day is known: waits under a day mean nothing",
        ),
        (
            "cases without an ending",
            open_cases,
            size["cases"],
            open_people,
            "they count as open up to the day of the extract",
        ),
    ]
    misspelt = _misspelt(view)
    if misspelt:
        found.append(("events whose step looks like another, misspelt", *misspelt, "the step list can merge the two"))
    started = _began_before_window(view)
    if started:
        found.append(("cases that began before the extract's first day", *started, "they count only from that day on"))
    found += [
        (
            f"cases that change '{one.name}' on their way",
            one.varying_cases,
            size["cases"],
            one.varying_cases,
            "each counts under its first value",
        )
        for one in view.log.manifest.attributes
        if one.varying_cases
    ]
    rows: list[dict[str, Value]] = [
        {
            "check": check,
            "found": number,
            "out_of": whole,
            "share": number / whole if whole else None,
            "meaning": meaning,
            "people": min(people, size["customers"]),
            "everyone": size["customers"],
        }
        for check, number, whole, people, meaning in found
    ]
    return Table.of_rows(columns, rows, base="people", disjoint=False, title="What is in doubt")


def _people(view: View, cases: int) -> int:
    """Return how many customers at least stand behind so many cases."""
    if not view.log.manifest.has_customer:
        return cases
    ((most,),) = view.rows("SELECT max(held) FROM (SELECT count(*) AS held FROM all_cases GROUP BY customer)")
    return -(-cases // int(most))


def _misspelt(view: View) -> tuple[int, int, int] | None:
    """Return events of steps that look misspelt, all events, and the customers behind the first; no step is named."""
    codes = {label: code for code, label in enumerate(view.log.manifest.activities)}
    labels = view.log.manifest.activities
    events = {labels[code]: number for code, number in view.rows("SELECT activity, count(*) FROM events GROUP BY 1")}
    rare = [codes[step] for step in slips(events)]
    if not rare:
        return None
    listed = ", ".join(map(str, rare))
    ((found, people),) = view.rows(
        f"SELECT count(*), count(DISTINCT customer) FROM events JOIN cases USING (case_no) WHERE activity IN ({listed})"
    )
    return found, sum(events.values()), people


def _began_before_window(view: View) -> tuple[int, int, int] | None:
    if not view.log.settings.window_from:
        return None
    cases, people = view.rows(f"SELECT count(*), {view.people} FROM cases WHERE entry_days > 0")[0]
    return cases, view.size["cases"], people


def _confirmed(view: View) -> Table:
    settings = view.log.settings
    calendar = calendar_of(settings.working)
    said = [
        (
            "roles",
            "what the columns mean",
            ", ".join(f"{role}: {name}" for role, name in settings.roles.items()) or ", ".join(settings.dates),
        ),
        (
            "endings",
            "which steps end a case",
            ", ".join(f"{step}: {kind}" for step, kind in settings.endings.items()) or "none known",
        ),
        ("extract_date", "when the extract was taken", view.extract_day()),
        ("time_zone", "the time zone", settings.time_zone),
        *([("working", "when the service works", calendar.words())] if calendar else []),
        (
            "coverage",
            "whether everyone is in it",
            "a person said so" if "coverage" in settings.confirmed else "not known",
        ),
    ]
    columns = (
        Column("matter", "label", title="Matter"),
        Column("taken_to_be", "label", title="Taken to be"),
        Column("confirmed", "label", title="Confirmed"),
    )
    rows: list[dict[str, Value]] = [
        {"matter": words, "taken_to_be": value, "confirmed": "yes" if matter in settings.confirmed else "no"}
        for matter, words, value in said
    ]
    return Table.of_rows(columns, rows, title="What is known about the data, and whether a person confirmed it")


def _columns(view: View) -> Table:
    manifest = view.log.manifest
    columns = (
        Column("column", "label", title="Column"),
        Column("used", "label", title="Used"),
        Column("why", "label", title="Why"),
    )
    used = [(name, f"as {role}", "") for role, name in view.log.settings.roles.items()]
    used += [(one.name, "to group and filter cases", "") for one in manifest.attributes]
    used += [(name, "left out", f"looks personal: {why}") for name, why in manifest.personal.items()]
    used += [(name, "left out", why) for name, why in manifest.left_out.items()]
    used += [("", "note", note) for note in manifest.notes]
    rows: list[dict[str, Value]] = [{"column": name, "used": use, "why": why} for name, use, why in used]
    return Table.of_rows(columns, rows, title="What became of each column")


def _months(view: View) -> Table:
    columns = (
        *group_columns(view),
        Column("month", "date", "month", "Month"),
        Column("cases", "count", "cases", "Cases that began"),
        Column("people", "base"),
    )
    found = view.rows(
        f"SELECT grp, strftime(date_trunc('month', {view.local('first')}), '%Y-%m-%d') AS month, count(*), "
        f"{view.people} FROM cases GROUP BY 1, 2 ORDER BY 1, 2"
    )
    rows: list[dict[str, Value]] = [
        {**group_cell(view, grp), "month": month, "cases": cases, "people": people}
        for grp, month, cases, people in found[-720:]
    ]
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title="Cases that began, by month")
