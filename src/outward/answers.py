"""What a question gives back: an `Answer`, its tables, sentences, pictures, basis and standing.

An answer holds every number in a table. Sentences, titles and captions are templates over table
cells, rendered only after `release` has dealt with small numbers, so that a cell that changes
changes everywhere. See `docs/explanation/answers.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal

Value = str | int | float | bool | None

Kind = Literal[
    "label",  # words: a group, an activity, a route
    "count",  # a whole number of customers, cases or events; `base` says how many people stand behind it
    "share",  # `of` = (numerator, denominator): recomputed from the released counts
    "estimate",  # a share that is not a plain ratio (a curve's value); `of` = ("", denominator column)
    "difference",  # one estimated share less another, below 0 as well as above; `of` = ("", denominator column)
    "low",  # lower end of the interval of the column named by `bounds`
    "high",  # upper end of the same
    "quantile",  # a duration that half (or a tenth ...) are under; `sides` = people below and above
    "mean",  # a mean of durations or amounts
    "total",  # a total of them; `of` = (mean, count): worked out from the released mean and count
    "p_value",
    "number",  # anything else that is no count of people and gives none away (a rank, a level)
    "date",  # an ISO date, no finer than a day
    "base",  # distinct customers behind a cell: read by release, never shown
    "effect",  # design effect of a share where customers have several cases: read by release, never shown
]
HIDDEN: tuple[Kind, ...] = ("base", "effect")
KEPT: tuple[Kind, ...] = ("label", "number", "date")
"""Kinds that tell of no number of people, and so leave as they are."""


@dataclass(frozen=True)
class Column:
    """One column of a table, with what release must know about it.

    Attributes:
        name: snake_case, the unit in the name where there is one (`median_days`, `share`).
        kind: see `Kind`.
        unit: 'customers', 'cases', 'events', 'days', 'share' ...
        title: the heading that a person reads.
        base: the hidden column with the number of distinct customers behind each cell; the table's
            own `base` when empty.
        of: for a share, its numerator and denominator columns; for an estimate, ('', denominator); for a
            total, the columns of its mean and of its count.
        bounds: for kinds low and high, the column whose interval this is.
        sides: for a quantile, the hidden columns with the people below and above it.
        effect: for an end of a share's interval, the hidden column with the share's design effect: how many
            cases count as one independent case. Empty where every case is independent.
        unsaid: the words of a cell that nobody has filled in, as 'not said'; its symbol where empty.
    """

    name: str
    kind: Kind
    unit: str = ""
    title: str = ""
    base: str = ""
    of: tuple[str, str] | None = None
    bounds: str = ""
    sides: tuple[str, str] | None = None
    effect: str = ""
    unsaid: str = ""

    @property
    def heading(self) -> str:
        """The words above the column."""
        return self.title or self.name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Table:
    """Columns and rows of one table, held by column.

    Attributes:
        columns: the columns in order.
        values: column name to the tuple of its cells; all of one length.
        base: the hidden column with the distinct customers behind each row.
        small: what release does with a row whose base is under the threshold: 'mark' empties its
            cells, 'drop' leaves the row out, 'pool' adds it to a row 'other' (whose own base must
            reach the threshold, or it takes in the next smallest row).
        partition: columns within which rows are parts of one whole (pooling stays inside them).
        disjoint: whether no customer stands in two rows of one whole, so that bases add up.
        flow: for a table of paths, its (from, to) columns: release guards what comes in and goes
            out of each step.
        title: the caption.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, tuple[Value, ...]]
    base: str = ""
    small: Literal["mark", "drop", "pool"] = "mark"
    partition: tuple[str, ...] = ()
    disjoint: bool = True
    flow: tuple[str, str] | None = None
    title: str = ""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(set(names)) == len(names), f"a column stands twice in {names}"
        assert set(names) == set(self.values), f"columns {names} but values {list(self.values)}"
        assert len({len(cells) for cells in self.values.values()}) <= 1, "columns differ in length"
        for column in self.columns:
            pointed = [column.base, column.bounds, column.effect, *(column.of or ()), *(column.sides or ())]
            missing = [name for name in pointed if name and name not in self.values]
            assert not missing, f"column {column.name} points to {missing}"

    def __len__(self) -> int:
        return len(next(iter(self.values.values()), ()))

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def rows(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a mapping from column name to cell."""
        for number in range(len(self)):
            yield {name: cells[number] for name, cells in self.values.items()}

    @classmethod
    def of_rows(cls, columns: Iterable[Column], rows: Iterable[Mapping[str, Value]], **settings: Any) -> Table:
        """Return the table of these rows, each a mapping that holds every column.

        >>> Table.of_rows([Column("step", "label")], [{"step": "Apply"}]).values
        {'step': ('Apply',)}
        """
        columns, rows = tuple(columns), list(rows)
        values = {column.name: tuple(row[column.name] for row in rows) for column in columns}
        return cls(columns, values, **settings)


PLACE = re.compile(r"\{(?P<table>\w+)(?:\[(?P<row>[^\]]+)\])?\.(?P<column>\w+)(?:\|(?P<words>[^}]*))?\}")
"""A place in a template: {table.column}, {table[2].column}, {table[group=Phone].column}.

`{table.cases|case|cases}` adds the noun, singular or plural.
"""


@dataclass(frozen=True)
class Sentence:
    """Words with places for table cells: the first template whose cells were all released is used.

    >>> Sentence("{summary.cases} cases.", "Too few cases to say.").templates[1]
    'Too few cases to say.'
    """

    templates: tuple[str, ...]

    def __init__(self, *templates: str) -> None:
        object.__setattr__(self, "templates", templates)


class Basis(Enum):
    """What the evidence is made of, from strongest to weakest."""

    RECORDED = "recorded"
    REPORTED = "reported"
    INTERVIEWED = "interviewed"
    PROJECTED = "projected"
    SIMULATED = "simulated"
    ASSUMED = "assumed"
    MADE_UP = "made-up"

    @classmethod
    def weakest(cls, bases: Iterable[Basis]) -> Basis:
        """Return the weakest of these bases, which an answer that uses them all inherits.

        >>> Basis.weakest([Basis.RECORDED, Basis.MADE_UP, Basis.REPORTED]).value
        'made-up'
        """
        return max(bases, key=list(cls).index)


class Level(Enum):
    """How far an answer can be leaned on."""

    FIRM = "firm"
    CARE = "treat with care"
    CANNOT_TELL = "cannot tell yet"
    NONE = "no standing"  # made-up data never earns one


@dataclass(frozen=True)
class Grounds:
    """The facts from which `standing` is worked out.

    Attributes:
        basis: of the evidence used.
        effective_number: customers (or cases) behind the weakest figure that the sentence leans on.
        minimum: the question's minimum: below it nothing can be told.
        known_coverage: complete extract or probability sample, and known to be.
        follow_up_complete: every case was followed long enough for what is said.
        interval_width: width of the main figure's interval, in the unit of `width_wanted`; None
            where the figure is a complete count.
        width_wanted: the question's stated width.
        doubts: what else stands in the way of 'firm', each a clause ('the endings are not confirmed').
        settle: what would settle it, for 'cannot tell yet'.
        lacking: why nothing can be told below the minimum, where that is no number of customers.
    """

    basis: Basis
    effective_number: float
    minimum: float = 30
    known_coverage: bool = True
    follow_up_complete: bool = True
    interval_width: float | None = None
    width_wanted: float | None = None
    doubts: tuple[str, ...] = ()
    settle: str = ""
    lacking: str = ""


@dataclass(frozen=True)
class Standing:
    """How far an answer can be leaned on, and why not further."""

    level: Level
    reasons: tuple[str, ...] = ()

    def lowered(self, level: Level, reason: str) -> Standing:
        """Return this standing lowered by a person; it can never be raised.

        >>> Standing(Level.CARE).lowered(Level.FIRM, "I am sure").level.value
        'treat with care'
        """
        order = list(Level)
        lower = max(self.level, level, key=order.index)
        return Standing(lower, (*self.reasons, reason)) if lower is not self.level else self


FIRM_FROM = 100


def standing(grounds: Grounds) -> Standing:
    """Return the standing that these grounds earn.

    Firm needs known coverage, at least 100 customers behind the figure, an interval within the
    stated width, complete follow-up and no doubt left. Below the question's minimum nothing can be
    told. Made-up evidence earns no standing at all.

    >>> standing(Grounds(Basis.RECORDED, effective_number=2000)).level.value
    'firm'
    >>> standing(Grounds(Basis.RECORDED, effective_number=12)).level.value
    'cannot tell yet'
    """
    if grounds.basis is Basis.MADE_UP:
        return Standing(Level.NONE, ("the data is made up",))
    if grounds.effective_number < grounds.minimum:
        why = grounds.lacking or f"fewer than {grounds.minimum:g} customers stand behind it"
        return Standing(Level.CANNOT_TELL, (why, grounds.settle) if grounds.settle else (why,))
    doubts = list(grounds.doubts)
    if grounds.basis is not Basis.RECORDED:
        doubts.append(f"the evidence is {grounds.basis.value}")
    if not grounds.known_coverage:
        doubts.append("it is not known whether the data covers everyone")
    if grounds.effective_number < FIRM_FROM:
        doubts.append(f"fewer than {FIRM_FROM} customers stand behind it")
    if not grounds.follow_up_complete:
        doubts.append("not every case was followed long enough")
    width, wanted = grounds.interval_width, grounds.width_wanted
    if width is not None and wanted is not None and width > wanted:
        doubts.append("the interval is wider than wanted")
    return Standing(Level.CARE, tuple(doubts)) if doubts else Standing(Level.FIRM)


@dataclass(frozen=True)
class Method:
    """How the figures were worked out, for whoever checks them."""

    name: str
    text: str
    source: str
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A data set or workspace that an answer used: its name, the version of its content, the period it covers."""

    data_set: str
    version: str
    period_from: str
    period_to: str
    basis: Basis


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite spec without data, drawn over the rows of one table: the first `rows` of each group, 0 for all."""

    table: str
    spec: Mapping[str, Any]
    title: Sentence
    name: str = "chart"
    rows: int = 0


@dataclass(frozen=True)
class Map:
    """Steps and the paths between them, laid out from top to bottom."""

    steps: str
    paths: str
    title: Sentence
    name: str = "map"


@dataclass(frozen=True)
class Matrix:
    """A table drawn as a grid: one label down, one across, one figure in each cell.

    Attributes:
        table: its name.
        down: the column of labels that stand down the side.
        across: the column of labels that stand across the top.
        figure: the column of figures, or of words, in the cells.
        title: what it shows.
        name: of the picture within its answer.
        hole: the column that says 'yes' where a cell is a hole; '' where every cell without a row is one.
    """

    table: str
    down: str
    across: str
    figure: str
    title: Sentence
    name: str = "matrix"
    hole: str = ""


NOWHERE = "nowhere"
"""Where a thing in a diagram hangs loose that does not."""


@dataclass(frozen=True)
class Diagram:
    """Things in columns from left to right, and the ties between them.

    Attributes:
        things: the table of things: `column` says under which heading each stands, in the order in which the
            headings come; `kind` and `thing` name it; `loose` says where it hangs loose, or `NOWHERE`.
        links: the table of ties, always from left to right: `from_kind`, `from_thing`, `to_kind`, `to_thing`.
        title: what it shows.
        name: of the picture within its answer.
    """

    things: str
    links: str
    title: Sentence
    name: str = "diagram"


Picture = Chart | Map | Matrix | Diagram


@dataclass(frozen=True)
class Answer:
    """What a question gives back, before small numbers are dealt with: never shown to anyone."""

    sentence: Sentence
    tables: Mapping[str, Table]
    method: Method
    evidence: tuple[Evidence, ...]
    standing: Standing
    question: str = ""  # the catalogue fills in these three, from what is registered
    version: int = 1
    title: str = ""
    pictures: tuple[Picture, ...] = ()
    caveats: tuple[Sentence, ...] = ()
    parameters: Mapping[str, Value] = field(default_factory=dict)
    narrowed: str = ""  # to a group, a day or a filter, in words

    @property
    def basis(self) -> Basis:
        """The weakest basis of the evidence used."""
        return Basis.weakest(piece.basis for piece in self.evidence)

    def with_parameters(self, **parameters: Value) -> Answer:
        """Return this answer with the parameters it was asked with."""
        return replace(self, parameters={**self.parameters, **parameters})


Mark = Literal["c", "u", "x", "z", "low", "high"]
"""Symbols of the Government Statistical Service for a cell without a figure.

c confidential, u unreliable, x not available, z not applicable; low and high: masked 0% and 100%.
"""
