"""The form of a record, ready for its template: what it asks for, from the fields of its kind, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from outward.web import answers, hints, silencing, wording
from outward.web.fields import Option
from outward.web.form_sections import parts
from outward.web.record_values import DAY_PARTS, Raw, Wrong, inputs, lines
from outward.web.workspaces import address
from outward.workspace.contents import Workspace
from outward.workspace.fields import LONGEST_PROSE, Field, fields_of
from outward.workspace.kinds.knowledge import DataSet, Silence
from outward.workspace.records import Record, kind_of

FEW_CHOICES = 5
"""Choices that stand as radios; more stand in a list that opens."""
AT_ONCE = 15
"""Records to choose from that all stand unfolded; of more, the first of them and all that are chosen."""
FEW_RECORDS = 30
"""Records that stand as checkboxes; of more, ids or titles are typed."""
MANY_RECORDS = 200
"""Records in a list that opens; of more, an id or title is typed."""
UNSAID = "Not said"
A_DAY = "For example, 31 3 2026."
A_NEW_ID = "Small letters, digits and hyphens. Leave it empty and it is made from the title. It never changes."


@dataclass(frozen=True)
class Entry:
    """One field of the form, ready for `components/entry.html`.

    Attributes:
        kind: which inputs it is made of.
        name: of the field; also the id of its first input, so that a link can lead to it.
        label: what the pages call the field.
        hint: the question, and what is meant by it.
        values: what it holds: one text; day, month and year; or nothing, where options are chosen.
        options: what can be picked.
        optional: whether it may be left empty.
        wrong: what is wrong with what it holds.
        listed: the address of the list in which records can be looked up, where ids are typed.
        listed_words: what that list holds.
    """

    kind: Literal["line", "prose", "number", "radios", "select", "checks", "day", "lines", "settings"]
    name: str
    label: str
    hint: str = ""
    values: tuple[str, ...] = ("",)
    options: tuple[Option, ...] = ()
    optional: bool = True
    wrong: Wrong | None = None
    listed: str = ""
    listed_words: str = ""

    @property
    def value(self) -> str:
        """What it holds, where that is one text."""
        return self.values[0]

    @property
    def error(self) -> str:
        """What is wrong with what it holds; '' for nothing."""
        return self.wrong.said if self.wrong else ""

    @property
    def typed(self) -> bool:
        """Whether titles or ids are typed, to be looked up in a list."""
        return bool(self.listed) and self.kind in ("line", "lines")

    @property
    def limit(self) -> str:
        """How much it holds at most, in words; '' where nobody would write as much."""
        return f"At most {LONGEST_PROSE:,} letters." if self.kind == "prose" else ""

    @property
    def described(self) -> str:
        """The ids of what is said about it on the page."""
        said = [f"{self.name}-hint", f"{self.name}-error" if self.wrong else ""]
        return " ".join(filter(None, said))

    @property
    def parts(self) -> list[tuple[str, str, str, str, bool]]:
        """Day, month and year of a day: the id, name, words and value of each input, and whether it is wrong."""
        bad = (self.wrong and (self.wrong.parts or DAY_PARTS)) or ()
        return [
            (self._id(part), f"{self.name}-{part}", part.capitalize(), value, part in bad)
            for part, value in zip(DAY_PARTS, self.values, strict=True)
        ]

    @property
    def at(self) -> str:
        """The id of the input to which the summary of what is wrong leads."""
        return self._id(self.wrong.parts[0]) if self.wrong and self.wrong.parts else self.name

    def _id(self, part: str) -> str:
        return self.name if part == DAY_PARTS[0] else f"{self.name}-{part}"

    @property
    def folded(self) -> tuple[Option, ...]:
        """The options that are shown when somebody unfolds them."""
        if len(self.options) <= AT_ONCE:
            return ()
        return tuple(one for one in self.options[AT_ONCE:] if not one.chosen)

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options that are shown at once."""
        return tuple(one for one in self.options if one not in self.folded)


@dataclass(frozen=True)
class Part:
    """A part of the form: its heading, '' where the form has no parts; its id on the page; its fields."""

    heading: str
    id: str
    entries: tuple[Entry, ...]


def asked(kind: type[Record], new: bool) -> list[Field]:
    """Return the fields that a form asks for: an id only once."""
    return [field for field in fields_of(kind) if new or field.name != "id"]


def form_parts(
    workspace: Workspace, kind: type[Record], raw: Raw, errors: Mapping[str, Wrong], id: str = ""
) -> list[Part]:
    """Return the fields of a form with what was typed, and what is wrong with it, under their headings.

    Args:
        workspace: whose records can be referred to.
        kind: of the record.
        raw: what was typed.
        errors: name of a field to what is wrong with it.
        id: of the record, which cannot refer to itself; '' where it is to be made.
    """
    found = parts(kind.KIND, asked(kind, not id))
    return [
        Part(
            heading,
            f"part-{number}",
            tuple(_entry(workspace, kind, field, raw, errors.get(field.name), id) for field in fields),
        )
        for number, (heading, fields) in enumerate(found, 1)
    ]


def _entry(workspace: Workspace, kind: type[Record], field: Field, raw: Raw, wrong: Wrong | None, id: str) -> Entry:
    hint = hints.HINTS.get(kind.KIND, {}).get(field.name, "")
    held = raw.get(field.name, [])
    text = (held or [""])[0]
    entry = Entry(
        "line",
        field.name,
        field.title,
        " ".join(filter(None, [wording.question(kind.KIND, field), hint])),
        (text,),
        optional=_optional(kind, field),
        wrong=wrong,
    )
    if (kind, field.name) == (Silence, "rule"):
        return replace(entry, kind="select", options=silencing.rule_options(text))
    if (kind, field.name) == (DataSet, "brought_in_as"):
        return replace(entry, kind="select", options=_laid(text))
    if field.name == "id":
        return replace(entry, hint=f"{entry.hint} {A_NEW_ID}")
    if field.to:
        return _reference(workspace, kind, field, held, entry, id)
    if field.shape == "day":
        values = tuple((raw.get(name) or [""])[0] for name in inputs(field))
        return replace(entry, kind="day", values=values, hint=f"{entry.hint} {A_DAY}")
    if field.shape in ("choice", "yes or no"):
        return _choice(kind, field, text, entry)
    if field.several:
        said = entry.hint if "on each line" in hint else f"{entry.hint} One on each line."
        return replace(entry, kind="lines", values=("\n".join(held),), hint=said)
    default = kind.model_fields[field.name].default
    if field.shape in ("number", "whole") and not field.required and default is not None:
        entry = replace(entry, hint=f"{entry.hint} Left empty, it is {default:,}.")
    shapes: dict[str, Any] = {"prose": "prose", "settings": "settings", "number": "number", "whole": "number"}
    return replace(entry, kind=shapes.get(field.shape, "line"))


def _laid(now: str) -> tuple[Option, ...]:
    """Return the data sets on this computer, to choose one; `now` is the id that is chosen, here or not, or ''."""
    known = {log.id: f"{log.name} ({log.id})" for log in answers.data_sets()}
    strange = {now: f"{now}, which is not on this computer"} if now and now not in known else {}
    return tuple(Option(id, words, id == now) for id, words in {"": "None", **strange, **known}.items())


def _optional(kind: type[Record], field: Field) -> bool:
    if field.name == "id" or field.shape == "settings":
        return True
    default = kind.model_fields[field.name].default
    return not field.required and (field.shape in ("number", "whole") or default in (None, "", ()))


def _choice(kind: type[Record], field: Field, now: str, entry: Entry) -> Entry:
    pairs = [(one, wording.chosen(field, one)) for one in (field.choices or ("yes", "no"))]
    unsaid = not field.required and kind.model_fields[field.name].default is None
    few = len(pairs) <= FEW_CHOICES
    if unsaid:
        pairs = [*pairs, ("", UNSAID)] if few else [("", UNSAID), *pairs]
    elif field.required and not few:
        pairs = [("", "Choose one"), *pairs]
    options = tuple(Option(value, words, value == now and (unsaid or value != "")) for value, words in pairs)
    return replace(entry, kind="radios" if few else "select", options=options)


def _reference(
    workspace: Workspace, kind: type[Record], field: Field, held: Sequence[str], entry: Entry, id: str
) -> Entry:
    ids = [one for one in lines(held) if one]
    known = {name: one for name, one in workspace.records[field.to].items() if (field.to, name) != (kind.KIND, id)}
    strange = [one for one in ids if one not in known]
    listed, words = address(workspace.id, "records", field.to), kind_of(field.to).PLURAL
    entry = replace(entry, listed=listed, listed_words=words)
    if not strange and len(known) <= (FEW_RECORDS if field.several else MANY_RECORDS):
        order = [*ids, *(name for name in known if name not in ids)] if field.several else list(known)
        options = tuple(Option(name, known[name].title, name in ids) for name in order)
        if field.several:
            return replace(entry, kind="checks", options=options)
        none = Option("", "None" if not field.required else "Choose one", not ids)
        return replace(entry, kind="select", options=(none, *options))
    return replace(entry, kind="lines" if field.several else "line", values=("\n".join(ids),))
