"""What is left of an answer once small numbers are dealt with: all that presenters ever see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outward.answers import KEPT, Basis, Column, Evidence, Mark, Method, Picture, Sentence, Standing, Value


@dataclass(frozen=True)
class Policy:
    """One set of rules for small numbers.

    Attributes:
        name: 'outward', 'nhs_hes' or 'none'.
        threshold: fewest distinct customers behind any figure shown.
        rounding: counts are shown to the nearest multiple of this; 1 shows them as they are.
        zeros_shown: whether a true zero may be seen as zero.
        ends_masked: whether 0% and 100% are masked.
        words: the line printed once with every answer from data.
        sizes: what it does with sizes of groups that people wrote down, a clause.
        reason: the typed reason that policy 'none' needs.
        sides_needed: whether a quantile needs the threshold on each side, not only behind it.
        guarded: whether further cells are hidden where sums and balances would give one away.
    """

    name: str
    threshold: int
    rounding: int
    zeros_shown: bool
    ends_masked: bool
    words: str
    sizes: str = ""
    reason: str = ""
    sides_needed: bool = True
    guarded: bool = True

    @property
    def checked(self) -> bool:
        """Whether small numbers are dealt with at all; if not, every output says 'not for release'."""
        return self.threshold > 1


@dataclass(frozen=True)
class ReleasedTable:
    """A table without its hidden columns; where a cell is None its mark says why.

    Attributes:
        columns: the columns to show.
        values: column name to its cells.
        marks: column name to one mark (or None) a row.
        title: the caption.
        rows_left_out: whether rows with too few customers were left out or pooled.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, tuple[Value, ...]]
    marks: Mapping[str, tuple[Mark | None, ...]]
    title: str = ""
    rows_left_out: bool = False

    def __len__(self) -> int:
        return len(next(iter(self.values.values()), ()))

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        return next(column for column in self.columns if column.name == name)

    def rows(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a mapping from column name to cell."""
        for number in range(len(self)):
            yield {name: cells[number] for name, cells in self.values.items()}


@dataclass(frozen=True)
class ReleasedAnswer:
    """An answer that may leave: made by `release` alone."""

    question: str
    version: int
    title: str
    sentence: Sentence
    tables: Mapping[str, ReleasedTable]
    method: Method
    evidence: tuple[Evidence, ...]
    basis: Basis
    standing: Standing
    pictures: tuple[Picture, ...]
    caveats: tuple[Sentence, ...]
    parameters: Mapping[str, Value]
    policy: Policy
    narrowed: str = ""

    @property
    def small_numbers(self) -> str:
        """How small numbers were dealt with, the line on every output: what is true of the columns that it has."""
        counted = [one for table in self.tables.values() for one in table.columns if one.kind not in KEPT]
        if not self.policy.checked or any((one.kind, one.unit) != ("count", "people") for one in counted):
            return self.policy.words
        return f"Numbers of records are exact{f'; {self.policy.sizes}' if counted else ''}."
