"""`Where`: one value, with one spelling, for which cases are meant - on the command line, in an address, in a rule.

Every condition keeps or leaves whole cases. Conditions are joined by ` & `:

    area=North              the case has this value (area=North|South: one of these)
    passes(Assessment)      it goes through this step         never(Assessment)  it does not
    path(A > B)             it goes straight from A to B      before(A > B)      A comes some time before B
    within(A, 14d)          it reaches A within 14 days of its first event; only cases followed that long
    starts(A)  ends(A)      its first, its last event
    route(A > B > C)        exactly these steps
    from=2024-01-01  to=2024-03-31   its first event lies in this period (both days included)

A name that holds one of & > , | ( ) = or a quotation mark, or the word vs, is written in double quotes.

Two filters with the word `vs` between them make two groups, wherever groups are made by an attribute:
`area=North vs area=South`, or `passes(Appeal) vs everyone else`. A case that meets both stands on
neither side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from outward.dates import day_of
from outward.errors import UsageError

STEPS = {
    "passes": "goes through '{0}'",
    "never": "never goes through '{0}'",
    "path": "goes straight from '{0}' to '{1}'",
    "before": "goes through '{0}' before '{1}'",
    "within": "reaches '{0}' within {1} days, of those followed so long",
    "starts": "starts with '{0}'",
    "ends": "ends with '{0}'",
    "route": "takes exactly the route {all}",
}
"""Conditions on steps, and how a page says them."""

COUNTS = {"passes": 1, "never": 1, "path": 2, "before": 2, "within": 2, "starts": 1, "ends": 1}
NEEDS_QUOTES = re.compile(r'[&>,|()="]|\bvs\b|^\s|\s$|^$')

CONDITIONS_AT_MOST = 60
"""Conditions of one filter: each further one makes the statement slower, and nobody reads so many."""


@dataclass(frozen=True)
class Condition:
    """One condition: its kind and its parts ('value' has the attribute first, then the values)."""

    kind: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        quoted = [_quoted(part) for part in self.parts]
        if self.kind == "value":
            name = f'"{self.parts[0]}"' if self.parts[0] in ("from", "to") else quoted[0]
            return f"{name}={'|'.join(quoted[1:])}"
        if self.kind in ("from", "to"):
            return f"{self.kind}={self.parts[0]}"
        if self.kind == "within":
            return f"within({quoted[0]}, {self.parts[1]}d)"
        return f"{self.kind}({' > '.join(quoted)})"

    def words(self) -> str:
        """Return the condition as a clause about a case.

        >>> Condition("within", ("Decision", "14")).words()
        "reaches 'Decision' within 14 days, of those followed so long"
        """
        if self.kind == "value":
            return f"has {self.parts[0]} {' or '.join(self.parts[1:])}"
        if self.kind == "from":
            return f"started on or after {self.parts[0]}"
        if self.kind == "to":
            return f"started on or before {self.parts[0]}"
        return STEPS[self.kind].format(*self.parts, all=" > ".join(self.parts))


@dataclass(frozen=True)
class Where:
    """Which cases are meant: all conditions hold. An empty one means every case.

    >>> str(Where.parse('ends(Paid) & area=North|South'))
    'area=North|South & ends(Paid)'
    """

    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        ordered = sorted(set(self.conditions), key=str)
        object.__setattr__(self, "conditions", tuple(ordered))

    def __str__(self) -> str:
        return " & ".join(str(condition) for condition in self.conditions)

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def words(self) -> list[str]:
        """Return each condition as a clause about a case."""
        return [condition.words() for condition in self.conditions]

    @property
    def narrowing(self) -> str:
        """Which cases are meant, in words; '' where every case is.

        >>> Where.parse("area=South & passes(Pay)").narrowing
        "every case has area South; goes through 'Pay'"
        """
        return f"every case {'; '.join(self.words())}" if self.conditions else ""

    def also(self, other: Where) -> Where:
        """Return what meets both."""
        return Where(self.conditions + other.conditions)

    @property
    def looks_ahead(self) -> bool:
        """Whether cases are chosen by something that happens after their first event."""
        return any(c.kind not in ("value", "from", "to", "starts") for c in self.conditions)

    @classmethod
    def parse(cls, text: str) -> Where:
        """Return the value that a text spells.

        Raises:
            UsageError: it is not in the one spelling; says at what.
        """
        parts = [part for part in split_at(text, "&") if part.strip()]
        if len(parts) > CONDITIONS_AT_MOST:
            raise UsageError(
                f"The filter has {len(parts):,} conditions; at most {CONDITIONS_AT_MOST} can be asked at once."
            )
        return cls(tuple(map(_condition, parts)))


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"' if NEEDS_QUOTES.search(part) else part


def split_at(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside quotation marks.

    >>> split_at('a & "b & c"', "&")
    ['a ', ' "b & c"']
    """
    parts, inside, begin = [], False, 0
    for place, letter in enumerate(text):
        if letter == '"':
            inside = not inside
        if place >= begin and not inside and text.startswith(mark, place):
            parts.append(text[begin:place])
            begin = place + len(mark)
    if inside:
        raise UsageError(f"A quotation mark is not closed in the filter: {text.strip()}")
    return [*parts, text[begin:]]


def _name(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def _condition(text: str) -> Condition:
    text = text.strip()
    called = re.fullmatch(r"([a-z]+)\((.*)\)", text, re.DOTALL)
    if called:
        return _step_condition(called[1], called[2], text)
    sides = split_at(text, "=")
    if len(sides) != 2:
        raise UsageError(
            f"The filter '{text}' cannot be understood. Write for example area=North or passes(Assessment)."
        )
    if sides[0].strip() in ("from", "to"):
        return Condition(sides[0].strip(), (_day(sides[1].strip()),))
    values = tuple(dict.fromkeys(_name(value) for value in split_at(sides[1], "|")))
    return Condition("value", (_name(sides[0]), *sorted(values)))


def _step_condition(kind: str, inside: str, text: str) -> Condition:
    if kind not in STEPS:
        raise UsageError.unknown("filter", kind, STEPS)
    parts = tuple(_name(part) for part in split_at(inside, "," if kind == "within" else ">"))
    if kind == "within" and len(parts) == 2:
        days = re.fullmatch(r"(\d{1,5})\s*(d|days?)?", parts[1])
        if not days:
            raise UsageError(f"In the filter '{text}' the time must be whole days, as in within(Decision, 14d).")
        parts = (parts[0], str(int(days[1])))
    wanted = COUNTS.get(kind)
    if (wanted and len(parts) != wanted) or not all(parts):
        example = "within(Decision, 14d)" if kind == "within" else f"{kind}({' > '.join('ABC'[: wanted or 3])})"
        raise UsageError(f"The filter '{text}' needs {wanted or 'its'} parts, as in {example}.")
    return Condition(kind, parts)


def _day(text: str) -> str:
    try:
        return day_of(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{error}.") from error


def sql(
    where: Where,
    *,
    activity: Callable[[str], int],
    value: Callable[[str, str], tuple[str, int]],
    extract: str,
    zone: str,
) -> str:
    """Return the condition in SQL over the relation `all_cases`, which names whole cases.

    Args:
        where: what is meant.
        activity: gives the code of a step; raises UsageError where there is none.
        value: gives the column and code of an attribute's value; raises likewise.
        extract: SQL timestamp at which following ended.
        zone: time zone in which days are counted.
    """
    return " AND ".join(_one(condition, activity, value, extract, zone) for condition in where.conditions) or "true"


def _one(
    condition: Condition,
    activity: Callable[[str], int],
    value: Callable[[str, str], tuple[str, int]],
    extract: str,
    zone: str,
) -> str:
    kind, parts = condition.kind, condition.parts
    if kind == "value":
        found = [value(parts[0], one) for one in parts[1:]]
        return f"{found[0][0]} IN ({', '.join(str(code) for _, code in found)})"
    if kind in ("from", "to"):
        day = f"timezone('UTC', timezone('{zone}', TIMESTAMP '{parts[0]}'"
        return f"first >= {day}))" if kind == "from" else f"first < {day} + INTERVAL 1 DAY))"
    if kind == "within":
        reach = (
            "SELECT case_no FROM all_events JOIN (SELECT case_no, first FROM all_cases) USING (case_no) "
            f"WHERE activity = {activity(parts[0])} AND first_visit AND time <= first + INTERVAL {parts[1]} DAY"
        )
        followed = f"first <= {extract} - INTERVAL {parts[1]} DAY"
        return f"({followed} AND case_no IN ({reach}))"
    return _steps(kind, [activity(part) for part in parts])


def _steps(kind: str, codes: list[int]) -> str:
    if kind in ("starts", "ends"):
        return f"{'first' if kind == 'starts' else 'last'}_activity = {codes[0]}"
    if kind == "route":
        return f"variant IN (SELECT variant FROM variants WHERE steps = {codes})"
    if kind == "before":
        return (
            f"case_no IN (SELECT case_no FROM all_events WHERE activity IN ({codes[0]}, {codes[1]}) GROUP BY case_no "
            f"HAVING min(position) FILTER (activity = {codes[0]}) < max(position) FILTER (activity = {codes[1]}))"
        )
    if kind == "path":
        chosen = f"activity = {codes[0]} AND next = {codes[1]} AND first_arc"
    else:
        chosen = f"activity = {codes[0]} AND first_visit"
    negated = "NOT " if kind == "never" else ""
    return f"case_no {negated}IN (SELECT case_no FROM all_events WHERE {chosen})"


def names_used(where: Where) -> Iterable[str]:
    """Yield the attributes that the conditions name."""
    return (condition.parts[0] for condition in where.conditions if condition.kind == "value")
