"""The form of a record: what it asks for, from the fields of its kind, and what was typed, as plain values.

What was typed is `Raw`: names of inputs with all their values, as a browser sends them. It is kept as it is until it
is valid, so that nobody's words are lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from outward.web import hints, silencing, wording
from outward.web.fields import Option
from outward.web.words import spoken
from outward.web.workspaces import address
from outward.workspace.building import Row, record_of
from outward.workspace.contents import Workspace
from outward.workspace.fields import LONGEST_PROSE, Field, fields_of
from outward.workspace.folder.reading import id_from
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.records import Record, kind_of, plain

Raw = dict[str, list[str]]

FEW_CHOICES = 5
"""Choices that stand as radios; more stand in a list that opens."""
FEW_RECORDS = 30
"""Records that stand as checkboxes; of more, ids or titles are typed."""
MANY_RECORDS = 200
"""Records in a list that opens; of more, an id or title is typed."""
MOST_LINES = 2_000
RESERVED = "new"
"""What the form calls no record, as the page that adds one stands under that name."""
ANSWER = "It must be answered."
UNSAID = "Not said"


@dataclass(frozen=True)
class Entry:
    """One field of the form, ready for `components/entry.html`.

    Attributes:
        kind: which inputs it is made of.
        name: of the field; also the id of its first input, so that a link can lead to it.
        label: the question.
        hint: what is meant, in a sentence.
        values: what it holds: one text; day, month and year; or nothing, where options are chosen.
        options: what can be picked.
        optional: whether it may be left empty.
        error: what is wrong with what it holds.
        listed: the address of the list in which records can be looked up, where ids are typed.
        listed_words: what that list holds.
    """

    kind: Literal["line", "prose", "number", "radios", "select", "checks", "day", "lines", "kept"]
    name: str
    label: str
    hint: str = ""
    values: tuple[str, ...] = ("",)
    options: tuple[Option, ...] = ()
    optional: bool = True
    error: str = ""
    listed: str = ""
    listed_words: str = ""

    @property
    def value(self) -> str:
        """What it holds, where that is one text."""
        return self.values[0]

    @property
    def typed(self) -> bool:
        """Whether titles or ids are typed, to be looked up in a list."""
        return bool(self.listed) and self.kind != "checks"

    @property
    def limit(self) -> str:
        """How much it holds at most, in words; '' where nobody would write as much."""
        return f"At most {LONGEST_PROSE:,} letters." if self.kind == "prose" else ""

    @property
    def described(self) -> str:
        """The ids of what is said about it on the page."""
        said = [
            f"{self.name}-hint" if self.hint or self.typed or self.limit else "",
            f"{self.name}-error" if self.error else "",
        ]
        return " ".join(filter(None, said))

    @property
    def parts(self) -> list[tuple[str, str, str, str]]:
        """Day, month and year of a day: the id, name, words and value of each input."""
        words = ("Day", "Month", "Year")
        return [
            (self.name if part == "Day" else f"{self.name}-{part.lower()}", f"{self.name}-{part.lower()}", part, value)
            for part, value in zip(words, self.values, strict=True)
        ]


def asked(kind: type[Record], new: bool) -> list[Field]:
    """Return the fields that a form asks for: an id only once, and nothing that is confirmed elsewhere."""
    return [field for field in fields_of(kind) if field.shape != "settings" and (new or field.name != "id")]


def entries(workspace: Workspace, kind: type[Record], raw: Raw, errors: Mapping[str, str], id: str = "") -> list[Entry]:
    """Return the fields of a form with what was typed, and what is wrong with it.

    Args:
        workspace: whose records can be referred to.
        kind: of the record.
        raw: what was typed.
        errors: name of a field to what is wrong with it.
        id: of the record, which cannot refer to itself; '' where it is to be made.
    """
    fields = [field for field in fields_of(kind) if field in asked(kind, not id) or (id and field.shape == "settings")]
    return [_entry(workspace, kind, field, raw, errors.get(field.name, ""), id) for field in fields]


def _entry(workspace: Workspace, kind: type[Record], field: Field, raw: Raw, error: str, id: str) -> Entry:
    label = wording.question(kind.KIND, field)
    said: dict[str, Any] = {
        "name": field.name,
        "label": label,
        "hint": hints.HINTS.get(kind.KIND, {}).get(field.name, ""),
        "optional": not field.required and kind.model_fields[field.name].default in (None, "", ()),
        "error": error,
    }
    held = raw.get(field.name, [])
    text = (held or [""])[0]
    if (kind, field.name) == (Silence, "rule"):
        return Entry("select", **said, options=silencing.rule_options(text))
    if field.name == "id":
        hint = "Small letters, digits and hyphens. Leave it empty and it is made from the title. It never changes."
        return Entry("line", **{**said, "hint": hint, "optional": True, "values": (text,)})
    if field.shape == "settings":
        return Entry(
            "kept", field.name, label, "It was confirmed with the data itself, and stays as it is.", error=error
        )
    if field.to:
        return _reference(workspace, kind, field, held, said, id)
    if field.shape == "day":
        names = (f"{field.name}-{part}" for part in ("day", "month", "year"))
        return Entry("day", **said, values=tuple((raw.get(name) or [""])[0] for name in names))
    if field.shape == "choice" or field.shape == "yes or no":
        return _choice(kind, field, text, said)
    if field.several:
        return Entry("lines", **{**said, "hint": said["hint"] or "One on each line."}, values=("\n".join(held),))
    if field.shape == "prose":
        return Entry("prose", **said, values=(text,))
    return Entry("number" if field.shape in ("number", "whole") else "line", **said, values=(text,))


def _choice(kind: type[Record], field: Field, now: str, said: dict[str, Any]) -> Entry:
    pairs = [(one, spoken(one)) for one in (field.choices or ("yes", "no"))]
    unsaid = not field.required and kind.model_fields[field.name].default is None
    few = len(pairs) <= FEW_CHOICES
    if unsaid:
        pairs = [*pairs, ("", UNSAID)] if few else [("", UNSAID), *pairs]
    elif field.required and not few:
        pairs = [("", "Choose one"), *pairs]
    options = tuple(Option(value, words, value == now and (unsaid or value != "")) for value, words in pairs)
    return Entry("radios" if few else "select", **said, options=options)


def _reference(
    workspace: Workspace, kind: type[Record], field: Field, held: Sequence[str], said: dict[str, Any], id: str
) -> Entry:
    ids = [one for one in _lines(held) if one]
    known = {name: one for name, one in workspace.records[field.to].items() if (field.to, name) != (kind.KIND, id)}
    strange = [one for one in ids if one not in known]
    listed: dict[str, Any] = {"listed": address(workspace.id, "records", field.to), "listed_words": _plural(field)}
    if not strange and len(known) <= (FEW_RECORDS if field.several else MANY_RECORDS):
        order = [*ids, *(name for name in known if name not in ids)] if field.several else list(known)
        options = tuple(Option(name, known[name].title, name in ids) for name in order)
        if field.several:
            return Entry("checks", **said, options=options, **({} if known else listed))
        none = Option("", "None" if not field.required else "Choose one", not ids)
        return Entry("select", **said, options=(none, *options))
    return Entry("lines" if field.several else "line", **said, **listed, values=("\n".join(ids),))


def _plural(field: Field) -> str:
    return kind_of(field.to).PLURAL


def typed(kind: type[Record], sent: Mapping[str, Sequence[str]]) -> Raw:
    """Return what was typed into the form of a kind, out of all that was sent."""
    names = [
        name
        for field in fields_of(kind)
        for name in (
            [f"{field.name}-{part}" for part in ("day", "month", "year")] if field.shape == "day" else [field.name]
        )
    ]
    return {name: [str(one) for one in sent[name]] for name in names if name in sent}


def raw_of(kind: type[Record], values: Mapping[str, Any]) -> Raw:
    """Return what would have to be typed for a record to hold these plain values."""
    raw: Raw = {}
    for field in fields_of(kind):
        value = values.get(field.name)
        if value in (None, "", []) or field.shape == "settings":
            continue
        if field.shape == "day":
            found = date.fromisoformat(value)
            raw |= {
                f"{field.name}-{part}": [str(number)]
                for part, number in (("day", found.day), ("month", found.month), ("year", found.year))
            }
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


def read(
    workspace: Workspace, kind: type[Record], raw: Raw, id: str = "", kept: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the plain values that were typed, and what is wrong with them by field; one of the two is empty.

    Args:
        workspace: whose records can be referred to.
        kind: of the record.
        raw: what was typed.
        id: of the record; '' where it is to be made.
        kept: plain values from which the fields are taken that no form asks for.
    """
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for field in fields_of(kind):
        if field.shape == "settings":
            value: Any = (kept or {}).get(field.name)
        elif field.to:
            value, errors[field.name] = _named(workspace, field, raw.get(field.name, []))
        elif field.shape == "day":
            value, errors[field.name] = _day(field.name, raw)
        elif field.several:
            value = [line for line in _lines(raw.get(field.name, [])) if line]
        else:
            value = (raw.get(field.name) or [""])[0].strip()
        if value not in ("", None, []):
            values[field.name] = value
    values["id"] = id or values.get("id") or proposed(values.get("title", ""), kind, workspace.records[kind.KIND])
    if not id and values["id"] in workspace.records[kind.KIND]:
        errors["id"] = taken(kind)
    elif not id and values["id"] == RESERVED:
        errors["id"] = "That is the address of this page. Choose another, or leave it empty."
    made = record_of(Row(kind.KIND, values))
    if not isinstance(made, Record):
        for problem in made:
            unanswered = problem.field not in values
            errors[problem.field] = errors.get(problem.field) or (ANSWER if unanswered else _wrong(problem.message))
    if kind is Silence:
        errors = {**silencing.wrong_with(workspace, values, date.today()), **{k: v for k, v in errors.items() if v}}
    errors = {name: said for name, said in errors.items() if said}
    return ({}, errors) if errors or not isinstance(made, Record) else (plain(made), {})


def taken(kind: type[Record]) -> str:
    """Return what to say of an id that another record has."""
    return f"There is a {kind.TITLE} of this id already. Choose another, or leave it empty."


def proposed(title: str, kind: type[Record], others: Iterable[str]) -> str:
    """Return an id for a new record, made from its title, that no other has.

    >>> from outward.workspace.kinds.customers import Need
    >>> proposed("Llythyrau clir, ar unwaith", Need, ["llythyrau-clir-ar-unwaith"])
    'llythyrau-clir-ar-unwaith-2'
    """
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = id_from(bare) if re.search("[A-Za-z0-9]", bare) else kind.KIND.replace("_", "-")
    wanted, number, known = words, 1, {*others, RESERVED}
    while wanted in known:
        number += 1
        wanted = f"{words[:70].rstrip('-')}-{number}"
    return wanted


def _lines(held: Iterable[str]) -> list[str]:
    """Return each line of all that was typed, whether it came in one input or in many."""
    return [line.strip() for one in held for line in one.splitlines()][:MOST_LINES]


def _named(workspace: Workspace, field: Field, held: Iterable[str]) -> tuple[Any, str]:
    """Return the ids that were chosen or typed, and what is wrong with them; a title stands for its record."""
    known = workspace.records[field.to]
    titles: dict[str, list[str]] = {}
    for id, record in known.items():
        titles.setdefault(record.title.casefold(), []).append(id)
    ids: dict[str, None] = {}
    for line in filter(None, _lines(held)):
        called = titles.get(line.casefold(), [])
        if line in known:
            ids[line] = None
        elif len(called) == 1:
            ids[called[0]] = None
        elif called:
            return list(ids), f"Several are called ‘{line[:60]}’. Type the id: {', '.join(called[:5])}."
        else:
            near = get_close_matches(line.casefold(), [*known, *titles], n=1, cutoff=0.6)
            hint = f" Did you mean ‘{near[0]}’?" if near else ""
            return list(ids), f"There is no such record as ‘{line[:60]}’.{hint}"
    return (list(ids) if field.several else next(iter(ids), "")), ""


def _day(name: str, raw: Raw) -> tuple[str, str]:
    parts = [(raw.get(f"{name}-{part}") or [""])[0].strip() for part in ("year", "month", "day")]
    if not any(parts):
        return "", ""
    try:
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts) or len(parts[0]) != 4:
            raise ValueError
        return date(*map(int, parts)).isoformat(), ""
    except ValueError:
        return "", "It must be a real day, with the year in four digits, as 31 3 2026."


def _wrong(message: str) -> str:
    """Return what is wrong with a value, without the name of its field, which stands above it."""
    said = message.partition(" will not do: ")[2] or message
    return said[:1].upper() + said[1:]
