"""What is wrong with the records of a workspace, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from outward.errors import BadInput


@dataclass(frozen=True)
class Place:
    """Where something is written.

    Attributes:
        file: the file within the workspace, or the sheet of a workbook.
        line: the line of the file, or the row of the sheet, from 1; 0 where there is none.
        lines: field to its own line, where it has one.
        cells: field to its cell and what its column is called, in a workbook, as 'E9 (Part of)'.
        cell: that of the one field that is meant.
    """

    file: str = ""
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    cell: str = ""

    def of(self, name: str) -> Place:
        """Return the place of a field of the record that stands here.

        >>> str(Place("records/needs.yaml", 3, {"title": 4}).of("title"))
        'records/needs.yaml:4'
        """
        return Place(self.file, self.lines.get(name, self.line), cell=self.cells.get(name, ""))

    @property
    def in_sheet(self) -> bool:
        """Whether it is a row or cell of a workbook."""
        return bool(self.line) and not self.file.endswith(".yaml")

    @property
    def words(self) -> str:
        """The place as people say it.

        >>> Place("Groups", 9, cell="E9 (Part of)").words, Place("Groups", 9).words, Place("workspace.yaml", 2).words
        ('Groups, E9 (Part of)', 'Groups, row 9', 'workspace.yaml, line 2')
        """
        within = self.cell or f"{'row' if self.in_sheet else 'line'} {self.line}"
        return f"{self.file}, {within}" if self.line else self.file

    def __str__(self) -> str:
        return self.words if self.in_sheet or not self.line else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """Something that keeps a record from being read.

    Attributes:
        code: which sort of problem, as W004.
        message: what is wrong, what was found, what to do next.
        place: where it stands.
        field: the field that it is about; '' for the whole record.
        bare: what is wrong with the value of that field, to be said beside it; '' where the message says it best.
    """

    code: str
    message: str
    place: Place = Place()
    field: str = ""
    bare: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place.file else ""
        return f"{where}{self.code} {self.message}"


UNREADABLE, UNKNOWN, LACKING, WRONG, TWICE, NOTHING, CIRCLE = (f"W00{number}" for number in range(1, 8))
"""Codes: a file that cannot be read; an unknown name; a field that is missing; a value that will not do; an id that
stands twice; a reference to nothing; groups that contain each other."""

MOST_SHOWN = 20


MORE_TO_COME = "More may come to light once this is mended, as not everything could be looked at yet."
"""What is said where not everything could be looked at."""


class BadWorkspace(BadInput):
    """Records that cannot be read as they are.

    Attributes:
        problems: each thing that is wrong, with its place.
        unfinished: whether more may come to light, as not everything could be looked at.
    """

    def __init__(self, problems: Iterable[Problem], unfinished: bool = False) -> None:
        self.problems, self.unfinished = tuple(problems), unfinished
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        more = len(self.problems) - len(shown)
        super().__init__("\n".join([*shown, *([f"... and {more:,} more."] if more else [])]))
