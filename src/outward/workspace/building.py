"""Building a workspace out of rows, whatever store they were read from; everything wrong is said at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from outward.catalogue import ROOMS
from outward.errors import did_you_mean
from outward.workspace.contents import Name, Workspace, references_of
from outward.workspace.fields import Field, fields_of
from outward.workspace.header import Header
from outward.workspace.kinds.customers import Group
from outward.workspace.problems import (
    CIRCLE,
    LACKING,
    NOTHING,
    TWICE,
    UNKNOWN,
    WRONG,
    BadWorkspace,
    Place,
    Problem,
)
from outward.workspace.records import ID, Record, kind_of, kinds, plain

ANOTHER = "Give one of the two another id, or take it out."


@dataclass(frozen=True)
class Row:
    """What stands in a store for one record, before it is looked at.

    Attributes:
        kind: name of its kind.
        values: field to value: words, numbers, or lists of them.
        place: where it is written.
        record: the record that it stands for, where it has been looked at before.
    """

    kind: str
    values: Mapping[str, Any]
    place: Place = field(default_factory=Place)
    record: Record | None = None


def build(rows: Iterable[Row], gone: Mapping[Name, Record] | None = None) -> Workspace:
    """Return the workspace of these rows.

    Args:
        rows: what it is made of.
        gone: records that are being taken out, so that what still names one can say so.

    Raises:
        BadWorkspace: something in them will not do; says everything that is wrong, each with its place.
    """
    rows = list(rows)
    looked_at = _look_at(rows)
    records, places, bad, problems = looked_at.records, looked_at.places, looked_at.bad, looked_at.problems
    if not records[Header.KIND] and not any(row.kind == Header.KIND for row in bad):
        problems.append(Problem(LACKING, "The workspace itself is missing: its id, its title, whose it is."))
    elif len(records[Header.KIND]) > 1:
        second = list(records[Header.KIND])[1]
        place = places[Header.KIND, second]
        problems.append(Problem(TWICE, f"The workspace itself is written twice: once more as '{second}'.", place))
    workspace = Workspace(records, places, revision_of(records))
    problems += _references(workspace, bad, gone or {})
    problems += [] if problems else _circles(workspace)
    if problems:
        order = {file: number for number, file in enumerate(dict.fromkeys(row.place.file for row in rows))}
        raise BadWorkspace(sorted(problems, key=lambda one: (order.get(one.place.file, len(order)), one.place.line)))
    return workspace


def wrong_with_each(rows: Iterable[Row]) -> list[Problem]:
    """Return what is wrong with rows one by one, and which ids stand twice; who refers to whom is not looked at."""
    return _look_at(rows).problems


@dataclass
class _LookedAt:
    """What rows stand for one by one."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in kinds()})
    places: dict[Name, Place] = field(default_factory=dict)
    bad: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _look_at(rows: Iterable[Row]) -> _LookedAt:
    """Return what rows stand for; an id stands twice however little else of its rows will do."""
    found = _LookedAt()
    first: dict[Name, Place] = {}
    for row in rows:
        made = record_of(row)
        name = (row.kind, made.id if isinstance(made, Record) else str(row.values.get("id", "")))
        if name[1] and name in first:
            called = made.TITLE if isinstance(made, Record) else kind_of(row.kind).TITLE
            said = f"{called[0].upper()}{called[1:]} '{name[1][:80]}' stands here again, and first at {first[name]}."
            found.problems.append(Problem(TWICE, f"{said} {ANOTHER}", row.place.of("id"), "id"))
        first.setdefault(name, row.place)
        if not isinstance(made, Record):
            found.problems += made
            found.bad.append(row)
        elif made.id not in found.records[row.kind]:
            found.records[row.kind][made.id] = made
            found.places[name] = row.place
    return found


def record_of(row: Row) -> Record | list[Problem]:
    """Return the record that a row stands for, or what is wrong with it."""
    if row.record is not None:
        return row.record
    kind = kind_of(row.kind)
    try:
        return kind.model_validate(row.values)
    except ValidationError as error:
        found = [_problem(kind, _row_called(row), row, dict(one)) for one in error.errors(include_url=False)]
        of_title = row.place.in_sheet and any(one.field == "title" for one in found)  # from which the id is made
        return [one for one in found if not (of_title and one.code == LACKING and one.field == "id")]


def rebuilt(workspace: Workspace, wanted: Mapping[Name, Mapping[str, Any] | None]) -> Workspace:
    """Return a workspace with some records changed, added at the end of their kind, or taken out.

    Args:
        workspace: as it was.
        wanted: kind and id to plain values; None takes a record out.

    Raises:
        BadWorkspace: the result will not do.
    """
    rows = []
    for kind in kinds():
        for row in rows_as_built(workspace, kind):
            name = (kind, row.record.id if row.record else "")
            values = wanted.get(name)
            if name not in wanted:
                rows.append(row)
            elif values is not None:
                rows.append(Row(kind, values))
        new = (values for (of, id), values in wanted.items() if of == kind and id not in workspace.records[kind])
        rows += [Row(kind, values) for values in new if values is not None]
    return build(rows)


def rows_as_built(workspace: Workspace, kind: str) -> list[Row]:
    """Return the rows of a kind in a workspace, to build another from."""
    places = workspace.places
    return [Row(kind, {}, places.get((kind, id), Place()), record) for id, record in workspace.records[kind].items()]


def revision_of(records: Mapping[str, Mapping[str, Record]]) -> str:
    """Return letters that change with every change of a record, and not with their order."""
    held = sorted((kind, id, plain(record)) for kind, of_kind in records.items() for id, record in of_kind.items())
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def _problem(kind: type[Record], called: str, row: Row, error: Mapping[str, Any]) -> Problem:
    """Return one finding of the model in plain words."""
    name = str(error["loc"][0]) if error["loc"] else ""
    place = row.place.of(name)
    known = {one.name: one for one in fields_of(kind)}
    if error["type"] == "extra_forbidden":
        return Problem(
            UNKNOWN, f"There is no field '{name[:40]}' in {called}. {did_you_mean(name, known)}", place, name
        )
    if error["type"] == "missing":
        lacks = f"{called[0].upper()}{called[1:]} lacks '{name}'"
        lacks = f"'{known[name].title}' is empty" if row.place.in_sheet else lacks
        place = place if place.cell else Place(row.place.file, row.place.line)
        return Problem(LACKING, f"{lacks}: {known[name].help}", place, name)
    wrong = _wrong(known, known[name], error)
    wrong += "" if wrong.endswith("?") else "."
    bare = f"{wrong[0].upper()}{wrong[1:]}"
    said = bare if place.cell else f"'{name}' of {called} will not do: {wrong}"
    return Problem(WRONG, said, place, name, bare)


def _wrong(known: Mapping[str, Field], field: Field, error: Mapping[str, Any]) -> str:
    """Say what is wrong with a value."""
    given = error.get("input")
    found = f"'{str(given)[:60]}'" if isinstance(given, str | int | float) else "a list or mapping"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if field.choices:
        near = get_close_matches(str(given), field.choices, n=1, cutoff=0.5)
        words = ", ".join(f"'{choice}'" for choice in field.choices)
        return f"{found} is none of {words}" + (f". Did you mean '{near[0]}'?" if near else "")
    if error["type"] in ("too_short", "string_too_short"):
        return "it is empty, and must say " + field.help[0].lower() + field.help[1:].rstrip(".")
    if "greater_than" in error["type"] or "less_than" in error["type"]:
        limits = error["ctx"]
        return f"{found} is not {'from' if 'ge' in limits else 'at most'} {next(iter(limits.values()))}"
    wanted = {
        "number": "a number",
        "whole": "a whole number",
        "day": "a day, as 2026-03-31",
        "yes or no": "'yes' or 'no'",
        "settings": "names and values",
    }.get(field.shape, "words")
    said = f"{found} is not {'a list of ' if field.several and len(error['loc']) == 1 else ''}{wanted}"
    return said + (_as_number(known, field, given) if isinstance(given, str) else "")


def _as_number(known: Mapping[str, Field], field: Field, given: str) -> str:
    """Say how a number is written, where what was typed shows what was meant."""
    if field.shape == "number" and "%" in given:
        bare = given.replace("%", "").strip()[:20] or "the number"
        return f". Write {bare}" + ("; the % belongs in Unit" if "unit" in known else " without the %")
    if field.shape == "whole" and "%" in given:
        return ". Write how many, not a share"
    if field.shape in ("number", "whole") and re.search("[0-9],[0-9]", given):
        return ". Write thousands as 1,204" + (" and parts as 1.5" if field.shape == "number" else "")
    return ""


def _called(record: Record) -> str:
    return f"{record.TITLE[0].upper()}{record.TITLE[1:]} '{record.id}'"


def _still_named(record: Record, field: str, gone: Record, place: Place) -> str:
    """Say that a record names one that is being taken out."""
    title = next(one.title for one in fields_of(type(record)) if one.name == field)
    where = place.words if place.in_sheet else _called(record)
    lost = "whose row was deleted" if place.in_sheet else "which the file lacks"
    return f"{where} still names {gone.title}, {lost}: take it out of {title} there, or leave its row in the file."


def _references(workspace: Workspace, bad: list[Row], gone: Mapping[Name, Record]) -> Iterator[Problem]:
    """Yield each reference to nothing, with the nearest name that there is, from what cannot be read yet as well."""
    known = {kind: {id: one.title for id, one in held.items()} for kind, held in workspace.records.items()}
    for row in bad:
        known[row.kind][str(row.values.get("id", ""))] = str(row.values.get("title", ""))
    for of_kind in workspace.records.values():
        for record in of_kind.values():
            for one in references_of(record):
                kind, id = one.target
                place = workspace.place(record, one.field)
                if one.target in gone and id not in known[kind]:
                    yield Problem(NOTHING, _still_named(record, one.field, gone[one.target], place), place, one.field)
                elif id not in known[kind]:
                    yield _nobody(f"{record.TITLE} '{record.id}'", one.field, one.target, known[kind], place)
            question = getattr(record, "question", "")
            if question and question.split()[0].upper() not in ROOMS:
                said = f"'question' of {record.TITLE} '{record.id}' names '{question[:40]}', which is no question."
                yield Problem(
                    NOTHING, f"{said} {did_you_mean(question, ROOMS)}", workspace.place(record, "question"), "question"
                )
    for row in bad:
        for each in fields_of(kind_of(row.kind)):
            value = row.values.get(each.name) if each.to else None
            for one_id in value if isinstance(value, list) else [value]:
                if isinstance(one_id, str) and one_id and one_id not in known[each.to]:
                    target, place = (each.to, one_id), row.place.of(each.name)
                    yield _nobody(_row_called(row), each.name, target, known[each.to], place)


def _nobody(who: str, field: str, target: Name, of_kind: Mapping[str, str], place: Place) -> Problem:
    """Return the problem of a reference to nothing, with the nearest id, and in a workbook the nearest title."""
    kind, id = target
    named = kind_of(kind)
    ids = [one for one in of_kind if re.fullmatch(ID, one)]
    titles = [title for title in of_kind.values() if title] if place.in_sheet else []
    near = get_close_matches(id, [*titles, *ids], n=1, cutoff=0.5)
    others = did_you_mean(id, ids) or f"There are no {named.PLURAL} yet."
    hint = f"Did you mean '{near[0]}'?" if near else others
    said = f"'{field}' of {who} names a {named.TITLE} '{id[:80]}' that is not there. {hint}"
    if place.in_sheet:
        said = f"'{id[:80]}' is no {named.TITLE}. {hint}"
    return Problem(NOTHING, said, place, field)


def _row_called(row: Row) -> str:
    title = kind_of(row.kind).TITLE
    return f"{title} '{row.values['id']}'" if row.values.get("id") else f"this {title}"


def _circles(workspace: Workspace) -> Iterator[Problem]:
    """Yield each group that is, through its parents, a part of itself."""
    for group in workspace.every(Group):
        seen, at = {group.id}, group
        while (parent := workspace.get(Group, at.parent)) and parent.id not in seen:
            seen.add(parent.id)
            at = parent
        if parent and parent.id == group.id:
            said = f"Customer group '{group.id}' is a part of itself, by way of its parent '{group.parent}'."
            yield Problem(CIRCLE, f"{said} Leave one parent empty.", workspace.place(group, "parent"), "parent")
