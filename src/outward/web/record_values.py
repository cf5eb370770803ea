"""What was typed into the form of a record, the plain values that it means, and what is wrong with it.

What was typed is `Raw`: names of inputs with all their values, as a browser sends them. It is kept as it is until it
is valid, so that nobody's words are lost.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from outward import dates
from outward.web import silencing
from outward.workspace.building import Row, record_of
from outward.workspace.called import as_called, meant, meant_by
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.ids import RESERVED, proposed
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.problems import BadWorkspace, Place
from outward.workspace.records import EMPTY, Record, plain
from outward.workspace.workbook.cells import cell_of, value_from

Raw = dict[str, list[str]]

MOST_LINES = 2_000
ANSWER = "It must be answered."
DAY_PARTS = ("day", "month", "year")
MONTHS = tuple(month_name[1:])


@dataclass(frozen=True)
class Wrong:
    """What is wrong with what was typed into a field.

    Attributes:
        said: a sentence, for beside the field.
        parts: the parts of a day that are wrong; none for the field as a whole.
    """

    said: str
    parts: tuple[str, ...] = ()


def inputs(field: Field) -> list[str]:
    """Return the names of the inputs of a field."""
    return [f"{field.name}-{part}" for part in DAY_PARTS] if field.shape == "day" else [field.name]


def typed(kind: type[Record], sent: Mapping[str, Sequence[str]]) -> Raw:
    """Return what was typed into the form of a kind, out of all that was sent."""
    names = [name for field in fields_of(kind) for name in inputs(field)]
    return {name: [str(one) for one in sent[name]] for name in names if name in sent}


def same(one: Raw, other: Raw) -> bool:
    """Return whether two forms hold the same words, line for line.

    >>> same({"title": ["A "], "about": [""]}, {"title": ["A"]})
    True
    """
    return _words(one) == _words(other)


def _words(raw: Raw) -> dict[str, list[str]]:
    found = {name: [line.rstrip() for value in held for line in value.splitlines()] for name, held in raw.items()}
    return {name: lines for name, lines in found.items() if any(lines)}


def raw_of(kind: type[Record], values: Mapping[str, Any]) -> Raw:
    """Return what would have to be typed for a record to hold these plain values."""
    raw: Raw = {}
    for field in fields_of(kind):
        value = values.get(field.name)
        if value is None or value in EMPTY:
            continue
        if field.shape == "day":
            found = date.fromisoformat(value)
            said = (str(found.day), str(found.month), f"{found.year:04}")
            raw |= {name: [part] for name, part in zip(inputs(field), said, strict=True)}
        elif field.shape == "settings":
            raw[field.name] = [str(cell_of(field, value))]
        elif isinstance(value, bool):
            raw[field.name] = ["yes" if value else "no"]
        elif isinstance(value, list):
            raw[field.name] = [str(one) for one in value]
        else:
            raw[field.name] = [repr(value).removesuffix(".0") if isinstance(value, float) else str(value)]
    return raw


def usual(kind: type[Record]) -> dict[str, Any]:
    """Return the plain values that a new record begins with."""
    found = {field.name: kind.model_fields[field.name].default for field in fields_of(kind) if not field.required}
    return {name: value for name, value in found.items() if isinstance(value, str | int | float) and value != ""}


def named_in(workspace: Workspace, kind: type[Record], query: Mapping[str, Sequence[str]]) -> Raw:
    """Return the references that an address names for a new record; what is not there is passed over.

    Args:
        workspace: whose records can be referred to.
        kind: of the new record.
        query: names of fields to ids, as '?needs=clear-letters'.
    """
    found: Raw = {}
    for field in fields_of(kind):
        ids = [id for id in query.get(field.name, ()) if field.to and id in workspace.records[field.to]]
        if ids:
            found[field.name] = list(dict.fromkeys(ids)) if field.several else ids[:1]
    return found


def read(
    workspace: Workspace, kind: type[Record], raw: Raw, id: str = "", gone: Iterable[str] = ()
) -> tuple[dict[str, Any], dict[str, Wrong]]:
    """Return the plain values that were typed, and what is wrong with them by field; one of the two is empty.

    Args:
        workspace: whose records can be referred to.
        kind: of the record.
        raw: what was typed.
        id: of the record; '' where it is to be made.
        gone: ids of removed records of the kind, which are not proposed again, so that no two share a history.
    """
    errors: dict[str, Wrong] = {}
    values: dict[str, Any] = {}
    for field in fields_of(kind):
        value, wrong = _value(workspace, field, raw)
        if wrong:
            errors[field.name] = wrong
        if value not in EMPTY:
            values[field.name] = value
    others = workspace.records[kind.KIND]
    values["id"] = id or values.get("id") or proposed(values.get("title", ""), kind, {*others, *gone})
    if not id and values["id"] in others:
        errors["id"] = taken(kind)
    elif not id and values["id"] == RESERVED:
        errors["id"] = Wrong("That is the address of this page. Choose another, or leave it empty.")
    made = record_of(Row(kind.KIND, values))
    if not isinstance(made, Record):
        for problem in made:
            said = ANSWER if problem.field not in values else problem.bare or problem.message
            errors.setdefault(problem.field, Wrong(said))
    if kind is Silence:
        silenced = silencing.wrong_with(workspace, values, dates.today())
        errors = {name: Wrong(said) for name, said in silenced.items()} | errors
    return ({}, errors) if errors or not isinstance(made, Record) else (plain(made), {})


def taken(kind: type[Record]) -> Wrong:
    """Return what to say of an id that another record has."""
    return Wrong(f"There is a {kind.TITLE} of this id already. Choose another, or leave it empty.")


def lines(held: Iterable[str]) -> list[str]:
    """Return each line of all that was typed, whether it came in one input or in many."""
    return [line.strip() for one in held for line in one.splitlines()][:MOST_LINES]


def _value(workspace: Workspace, field: Field, raw: Raw) -> tuple[Any, Wrong | None]:
    """Return what was typed into one field, as a plain value, and what is wrong with it."""
    held = raw.get(field.name, [])
    if field.to:
        return _named(workspace, field, held)
    if field.shape == "day":
        return _day(*((raw.get(name) or [""])[0].strip() for name in inputs(field)))
    if field.several:
        return [line for line in lines(held) if line], None
    text = (held or [""])[0].strip()
    if field.shape == "settings":
        try:
            return value_from(field, text.replace("\r\n", "\n"), Place()), None
        except BadWorkspace as error:
            usual = "Write each on a line of its own, as ‘gave_up_after_days: 30’."
            return None, Wrong(error.problems[0].bare or usual)
    return text, None


def _named(workspace: Workspace, field: Field, held: Iterable[str]) -> tuple[Any, Wrong | None]:
    """Return the ids that were chosen or typed, and what is wrong with them; a title stands for its record."""
    names = meant_by((id, record.title) for id, record in workspace.records[field.to].items())
    ids: dict[str, None] = {}
    for line in filter(None, lines(held)):
        ones = meant(line, names)
        if len(ones) > 1:
            return list(ids), Wrong(f"Several are called ‘{line[:60]}’. Type the id: {', '.join(ones[:5])}.")
        if not ones:
            near = get_close_matches(as_called(line), names, n=1, cutoff=0.6)
            hint = f" Did you mean ‘{near[0]}’?" if near else ""
            return list(ids), Wrong(f"There is no such record as ‘{line[:60]}’.{hint}")
        ids[ones[0]] = None
    return (list(ids) if field.several else next(iter(ids), "")), None


def _day(day: str, month: str, year: str) -> tuple[str, Wrong | None]:
    """Return a day as 2026-03-31, and what is wrong with its parts.

    >>> _day("5", "", "")
    ('', Wrong(said='Month and year are missing.', parts=('month', 'year')))
    >>> _day("3", "mar", "2026")
    ('2026-03-03', None)
    """
    given = {"day": day, "month": _month(month), "year": year}
    if not any(given.values()):
        return "", None
    missing = [part for part, text in given.items() if not text]
    said = [" and ".join(missing).capitalize() + (" are" if len(missing) > 1 else " is") + " missing."] * bool(missing)
    wrong = {
        part: words
        for part, good, words in (
            ("day", re.fullmatch("0?[1-9]|[12][0-9]|3[01]", day), "The day must be a number from 1 to 31."),
            (
                "month",
                re.fullmatch("0?[1-9]|1[0-2]", given["month"]),
                "The month must be a number from 1 to 12, or its name.",
            ),
            ("year", re.fullmatch("(?!0000)[0-9]{4}", year), "The year must have four digits, as 2026."),
        )
        if not good and given[part]
    }
    if missing or wrong:
        parts = tuple(part for part in DAY_PARTS if part in wrong or part in missing)
        return "", Wrong(" ".join([*said, *wrong.values()]), parts)
    last = monthrange(int(year), int(given["month"]))[1]
    if int(day) > last:
        return "", Wrong(f"{MONTHS[int(given['month']) - 1]} {year} has only {last} days.", ("day",))
    return date(int(year), int(given["month"]), int(day)).isoformat(), None


def _month(text: str) -> str:
    """Return the number of a month that was typed as a word, or else the text."""
    called = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(text.casefold())]
    return str(called[0]) if len(text) >= 3 and len(called) == 1 else text
