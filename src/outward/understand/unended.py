"""Where no step is known to end a case: what cannot be told then, and what would settle it."""

from __future__ import annotations

from outward.answers import Basis, Level, Standing
from outward.evidence.view import View


def unended(view: View) -> Standing | None:
    """Return the standing of an answer that needs endings where none is known; None where they are known.

    Args:
        view: the cases; made-up ones earn their own standing.
    """
    if view.endings or view.log.basis is Basis.MADE_UP:
        return None
    why, settle = "it is not known which steps end a case", "say which steps end a case, and how"
    return Standing(Level.CANNOT_TELL, (why, settle))
