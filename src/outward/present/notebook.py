"""An answer in a notebook: it shows itself, and hands its tables on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outward.disclosure.released import ReleasedAnswer
from outward.looking import Look
from outward.present.files import answer_file
from outward.present.json import as_json
from outward.present.look import look_html, look_text
from outward.present.report import answer_html
from outward.present.tables import to_arrow, to_pandas, to_polars
from outward.present.terminal import answer_text
from outward.present.words import sentence


@dataclass(frozen=True)
class Shown:
    """A released answer that shows itself: sentence, picture and tables."""

    answer: ReleasedAnswer

    @property
    def sentence(self) -> str:
        """What it says, in a sentence."""
        return sentence(self.answer, self.answer.sentence)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(self.answer.tables)

    def arrow(self, table: str) -> Any:
        """Return a table as a pyarrow Table; Missing where pyarrow is not installed."""
        return to_arrow(self.answer, table)

    def pandas(self, table: str) -> Any:
        """Return a table as a pandas DataFrame; Missing where pandas is not installed."""
        return to_pandas(self.answer, table)

    def polars(self, table: str) -> Any:
        """Return a table as a Polars DataFrame; Missing where Polars is not installed."""
        return to_polars(self.answer, table)

    def json(self) -> dict[str, Any]:
        """Return it as plain values, in the stable shape."""
        return as_json(self.answer)

    def html(self) -> str:
        """Return it as one self-contained HTML page."""
        return answer_file(self.answer, ".html")

    def _repr_html_(self) -> str:
        return answer_html(self.answer, 1)

    def __repr__(self) -> str:
        return answer_text(self.answer)


@dataclass(frozen=True)
class ShownLook:
    """A first look that shows itself, and its answers by question."""

    look: Look

    def __getitem__(self, question: str) -> Shown:
        return Shown(self.look.answers[question])

    def html(self) -> str:
        """Return it as one self-contained HTML page."""
        return look_html(self.look)

    def __repr__(self) -> str:
        return look_text(self.look)
