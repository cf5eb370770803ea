"""`Sides`: two filters that make two groups of cases, in one spelling, wherever groups are made by an attribute.

    area=North vs area=South                    those of the North beside those of the South
    from=2024-01-01 & to=2024-06-30 vs from=2024-07-01    two periods
    passes(Appeal) vs everyone else             those who appeal beside all others

A case that meets both filters stands on neither side, so that nobody is compared with themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from outward.errors import UsageError
from outward.evidence.where import Condition, Where, names_used, split_at

AGAINST = "vs"
REST = "everyone else"
NEEDS_A_NAME = ("yes", "no", "true", "false", "none", "other", "not known")
"""Values that say nothing without the name of their attribute."""


@dataclass(frozen=True)
class Sides:
    """Two groups of cases, each by its own filter; an empty second one means everyone else.

    >>> str(Sides.parse("area=North  vs everyone else"))
    'area=North vs everyone else'
    """

    first: Where
    second: Where

    def __str__(self) -> str:
        return f"{self.first} {AGAINST} {self.second or REST}"

    @property
    def names(self) -> tuple[str, str]:
        """What to call the two groups.

        >>> Sides.parse("area=North vs area=South").names
        ('North', 'South')
        >>> Sides.parse("to=2024-06-30 vs from=2024-07-01 & area=North").names
        ('until 2024-06-30', 'area North, from 2024-07-01')
        """
        alike = [[part.parts[0] for part in side.conditions if part.kind == "value"] for side in self.both]
        bare = alike[0] == alike[1] and len(alike[0]) == 1
        first, second = (_name(side, bare) for side in self.both)
        return first, second or REST

    @property
    def both(self) -> tuple[Where, Where]:
        """The two filters."""
        return self.first, self.second

    @property
    def looks_ahead(self) -> bool:
        """Whether cases came to their side by something that happens after their first event."""
        return any(side.looks_ahead for side in self.both)

    @property
    def apart(self) -> bool:
        """Whether the filters themselves say that no case can meet both.

        >>> Sides.parse("area=North vs area=South").apart, Sides.parse("area=North vs passes(Pay)").apart
        (True, False)
        """
        if not self.second:
            return True
        values = [
            {part.parts[0]: {*part.parts[1:]} for part in side.conditions if part.kind == "value"} for side in self.both
        ]
        if any(not values[0][name] & values[1][name] for name in values[0].keys() & values[1].keys()):
            return True
        (begin, end), (other_begin, other_end) = (_period(side) for side in self.both)
        return end < other_begin or other_end < begin

    @property
    def periods(self) -> bool:
        """Whether the sides differ in when their cases began, so that one was followed for less time."""
        began = [{str(part) for part in side.conditions if part.kind in ("from", "to")} for side in self.both]
        return began[0] != began[1]

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that the two filters name."""
        return tuple(dict.fromkeys(name for side in self.both for name in names_used(side)))

    @classmethod
    def parse(cls, text: str) -> Sides:
        """Return the two sides that a text spells.

        Raises:
            UsageError: it does not spell two different sides.
        """
        parts = split_at(text, f" {AGAINST} ")
        if len(parts) != 2 or not parts[0].strip():
            raise UsageError(f"'{text}' does not say two sides. Write for example: area=North {AGAINST} area=South.")
        second = parts[1].strip()
        if not second:
            raise UsageError(f"The second side is missing. Write '{REST}' for all others.")
        found = cls(Where.parse(parts[0]), Where() if second == REST else Where.parse(second))
        if found.first == found.second:
            raise UsageError(f"Both sides are the same: {found.first}. Change one of them.")
        return found


def sides_in(by: str, attributes: tuple[str, ...]) -> Sides | None:
    """Return the two sides that a grouping spells; None where it is an attribute, or none at all.

    >>> sides_in("area", ("area",)) is None
    True
    """
    if by in attributes or len(split_at(by, f" {AGAINST} ")) < 2:
        return None
    return Sides.parse(by)


def sides_sql(first: str, second: str) -> tuple[str, str]:
    """Return which cases stand on one side alone, and the place of each (0 or 1), in SQL.

    Args:
        first: what makes the first side, in SQL.
        second: what makes the second; '' for everyone else.
    """
    if not second:
        return "true", f"CASE WHEN {first} THEN 0 ELSE 1 END"
    return f"({first}) <> ({second})", f"CASE WHEN {first} THEN 0 ELSE 1 END"


def _period(side: Where) -> tuple[str, str]:
    """Return the first and last day on which a side's cases begin, in ISO form, as far as it says."""
    begins = [part.parts[0] for part in side.conditions if part.kind == "from"]
    ends = [part.parts[0] for part in side.conditions if part.kind == "to"]
    return max(begins, default=""), min(ends, default="9999-12-31")


def _name(side: Where, bare: bool) -> str:
    begin, end = _period(side)
    rest = [one for one in side.conditions if one.kind not in ("from", "to")]
    if not begin or end == "9999-12-31":
        return ", ".join(_clause(one, bare) for one in side.conditions)
    return ", ".join([*(_clause(one, bare) for one in rest), _between(begin, end)])


def _between(begin: str, end: str) -> str:
    """Return a period in as few words as it takes: a year where it is one.

    >>> _between("2024-01-01", "2024-12-31"), _between("2024-01-01", "2024-03-31")
    ('2024', '2024-01-01 to 2024-03-31')
    """
    whole = begin[:4] == end[:4] and begin[4:] == "-01-01" and end[4:] == "-12-31"
    return begin[:4] if whole else f"{begin} to {end}"


def _clause(condition: Condition, bare: bool) -> str:
    if condition.kind == "from":
        return f"from {condition.parts[0]}"
    if condition.kind == "to":
        return f"until {condition.parts[0]}"
    if condition.kind != "value":
        return condition.words()
    name, *values = condition.parts
    told = bare and not any(value.lower() in NEEDS_A_NAME or value[:1].isdigit() for value in values)
    words = " or ".join(values)
    return words if told else f"{name.replace('_', ' ')} {words}"
