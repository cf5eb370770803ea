"""Progress in the terminal: one line on standard error, where a person watches."""

from __future__ import annotations

import sys
from types import TracebackType


class Line:
    """A line that says how far the work has come; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty()
        self.said = ""

    def advance(self, share: float, doing: str) -> None:
        """Say it. Ctrl-C stops the work."""
        said = f"{min(share, 1):4.0%}  {doing}"
        if self.watched and said != self.said:
            self.said = said
            sys.stderr.write(f"\r\x1b[K{said}")
            sys.stderr.flush()

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.watched:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
