"""Reading a workspace as a compiler reads code: every rule, what each found, and what is silenced for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from threading import Lock

from outward import dates
from outward.checks.rules import SEVERITIES, Here, Rule, Severity, rules
from outward.checks.silences import in_force, silences_it
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.problems import Place
from outward.workspace.records import kinds

KEPT = 4
"""Workspaces of which it is kept what was found, so that a page that is shown again need not look again."""
_once = Lock()


@dataclass(frozen=True)
class Found:
    """Something that a rule found.

    Attributes:
        rule: which rule.
        kind, id: in which record.
        title: what people call that record.
        field: the field whose form mends it; '' for the whole record.
        said: what was found, in a sentence.
        begin: the kind of which a first record would mend it; '' where this record does.
        place: where it is written; without a file where the workspace is not kept in files.
        mended_in: the field that is filled in first to mend it, where that is another.
    """

    rule: Rule
    kind: str
    id: str
    title: str
    field: str
    said: str
    begin: str
    place: Place
    mended_in: str = ""

    @property
    def where(self) -> str:
        """File and line, or the record's kind and id."""
        return str(self.place) if self.place.file else f"{self.kind}/{self.id}"

    def __str__(self) -> str:
        return f"{self.where}: {self.rule.code} {self.said} ({self.rule.severity})"


@dataclass(frozen=True)
class Checked:
    """What the rules find in a workspace on a day.

    Attributes:
        on: that day.
        found: what is found, by place.
        silenced: what would be found but for a silence, with it.
    """

    on: date
    found: tuple[Found, ...] = ()
    silenced: tuple[tuple[Found, Silence], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each weight, the heaviest first."""
        many = Counter(one.rule.severity for one in self.found)
        return {severity: many[severity] for severity in SEVERITIES}

    @property
    def clean(self) -> bool:
        """Whether nothing but notes is found."""
        return all(one.rule.severity == "note" for one in self.found)

    def only(self, codes: Iterable[str] = (), severity: Severity = "note") -> Checked:
        """Return the part that is asked for.

        Args:
            codes: rules, or the beginnings of their codes, as 'O' or 'O2'; none for all.
            severity: the lightest that is shown.
        """
        starts = tuple(code.upper() for code in codes) or ("",)
        weights = list(SEVERITIES)[: list(SEVERITIES).index(severity) + 1]

        def wanted(one: Found) -> bool:
            return one.rule.code.startswith(starts) and one.rule.severity in weights

        return Checked(
            self.on,
            tuple(one for one in self.found if wanted(one)),
            tuple((one, silence) for one, silence in self.silenced if wanted(one)),
        )


def check(workspace: Workspace, on: date | None = None) -> Checked:
    """Return what every rule finds in a workspace, and what is silenced.

    Args:
        workspace: the records.
        on: the day on which it is read; today unless given.

    >>> from outward.workspace.building import Row, build
    >>> claims = build([Row("workspace", {"id": "claims", "title": "Claims", "body": "A council"})])
    >>> [one.rule.code for one in check(claims).found][:2]
    ['U100', 'U200']
    """
    with _once:  # who asks while another's is worked out waits for that one
        return _checked(workspace, on or dates.today())


@lru_cache(maxsize=KEPT)
def _checked(workspace: Workspace, on: date) -> Checked:
    active = in_force(workspace, on)
    found: list[Found] = []
    silenced: list[tuple[Found, Silence]] = []
    for rule in rules().values():
        for here in rule.places(workspace, on):
            one = _found(workspace, rule, here)
            silence = next((held for held in active.get(rule.code, ()) if silences_it(held, here.record)), None)
            if silence:
                silenced.append((one, silence))
            else:
                found.append(one)
    return Checked(on, tuple(_by_place(found)), tuple(sorted(silenced, key=lambda pair: _place(pair[0]))))


def _found(workspace: Workspace, rule: Rule, here: Here) -> Found:
    record = here.record
    place = workspace.place(record, here.field)
    return Found(rule, record.KIND, record.id, record.title, here.field, here.said, here.begin, place, here.mended_in)


def _by_place(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=_place)


@cache
def _kinds_in_order() -> Mapping[str, int]:
    return {kind: place for place, kind in enumerate(kinds())}


def _place(found: Found) -> tuple[str, int, int, str]:
    """Return what puts findings in order; those at one place stay in the order of the rules."""
    return found.place.file, found.place.line, _kinds_in_order()[found.kind], found.id
