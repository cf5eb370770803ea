"""Words in a row, as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def in_a_row(words: Sequence[str], joined_by: str = "and") -> str:
    """Return words or clauses in a row, the last joined by a word; '' for none.

    >>> in_a_row(["an owner", "a target", "a day"], "or"), in_a_row(["a day"]), in_a_row([])
    ('an owner, a target or a day', 'a day', '')
    """
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}" if len(words) > 1 else "".join(words)
