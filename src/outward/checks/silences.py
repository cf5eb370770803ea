"""Rules that are silenced for a while, and what is wrong with a silence itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from outward import dates
from outward.checks.rules import Here, named, rule, rules
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.records import Record, kinds

NEVER_SILENT = "W2"
"""Rules about silences themselves, which none can silence."""
LONGEST_DAYS = 366
"""How far ahead a silence should end at most: then somebody looks again."""


def in_force(workspace: Workspace, on: date) -> Mapping[str, list[Silence]]:
    """Return the silences that hold on a day, by the code of their rule."""
    held: dict[str, list[Silence]] = {}
    for silence in workspace.every(Silence):
        code = silence.rule.upper()
        if silence.until and on < silence.until and code in rules() and not code.startswith(NEVER_SILENT):
            held.setdefault(code, []).append(silence)
    return held


def silences_it(silence: Silence, record: Record) -> bool:
    """Return whether a silence of a rule holds for a record."""
    return silence.record in ("", f"{record.KIND}/{record.id}")


@rule(
    "W201",
    "warning",
    why="What is silenced for ever is forgotten. A silence has a day so that somebody looks again.",
    mend="Look again. Mend what the rule finds, or give a new day and say why.",
    once=(Silence,),
)
def ended(workspace: Workspace, on: date) -> Iterator[Here]:
    """A silence has ended."""
    for silence in workspace.every(Silence):
        if not silence.until or silence.until <= on:
            ending = f"ended on {silence.until}" if silence.until else "has no day on which it ends"
            yield Here(silence, "until", f"{named(silence)} {ending}, so rule {silence.rule} speaks again.")


@rule(
    "W202",
    "warning",
    why="A silence that names nothing silences nothing, and whoever wrote it believes otherwise.",
    mend="Write the rule's code as the list of rules does, and the record as kind/id; or remove the silence.",
    once=(Silence,),
)
def of_nothing(workspace: Workspace) -> Iterator[Here]:
    """A silence is of a rule or a record that is not there."""
    for silence in workspace.every(Silence):
        code = silence.rule.upper()
        kind, _, id = silence.record.partition("/")
        if code not in rules():
            yield Here(silence, "rule", f"{named(silence)} names the rule '{silence.rule}', which is not there.")
        elif code.startswith(NEVER_SILENT):
            yield Here(silence, "rule", f"{named(silence)} is of {code}, a rule about silences, which always speak.")
        elif silence.record and (kind not in kinds() or id not in workspace.records.get(kind, {})):
            yield Here(silence, "record", f"{named(silence)} names the record '{silence.record}', which is not there.")


@rule(
    "W204",
    "warning",
    why="What nobody looks at again within a year is not silenced for a while, but dropped.",
    mend="Give it a day within a year, and look again then.",
    once=(Silence,),
)
def too_long(workspace: Workspace, on: date) -> Iterator[Here]:
    """A silence is for longer than a year."""
    now = max(on, dates.today())  # asked of a past day, a silence may have begun since
    for silence in workspace.every(Silence):
        if silence.until and (silence.until - now).days > LONGEST_DAYS:
            yield Here(silence, "until", f"{named(silence)} is for rule {silence.rule} until {silence.until}.")


@rule(
    "W203",
    "note",
    why="What it was for has been mended. Left standing, it would hide the same fault if it came back.",
    mend="Remove the silence.",
    once=(Silence,),
)
def needless(workspace: Workspace, on: date) -> Iterator[Here]:
    """A silence silences nothing."""
    for code, held in in_force(workspace, on).items():
        places = list(rules()[code].places(workspace, on))
        for silence in held:
            kind, _, id = silence.record.partition("/")
            there = not silence.record or id in workspace.records.get(kind, {})
            if there and not any(silences_it(silence, here.record) for here in places):
                yield Here(silence, "", f"{named(silence)} is of rule {code}, which finds nothing to be silent about.")
