"""Words in a row and numbers with their words, as a sentence has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def in_a_row(words: Sequence[str], joined_by: str = "and") -> str:
    """Return words or clauses in a row, the last joined by a word; '' for none.

    >>> in_a_row(["an owner", "a target", "a day"], "or"), in_a_row(["a day"]), in_a_row([])
    ('an owner, a target or a day', 'a day', '')
    """
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}" if len(words) > 1 else "".join(words)


def counted(many: int, word: str, several: str = "") -> str:
    """Return a number with its word.

    Args:
        many: how many there are.
        word: what one is called.
        several: what several are called, where that is not the word with an s.

    >>> counted(1, "warning"), counted(1200, "note"), counted(2, "body", "bodies")
    ('1 warning', '1,200 notes', '2 bodies')
    """
    return f"{many:,} {word if many == 1 else several or f'{word}s'}"


def each_counted(found: Mapping[str, int]) -> str:
    """Return how many there are of each sort, in words; '' where there are none.

    >>> each_counted({"error": 0, "warning": 2, "note": 1}), each_counted({"error": 0})
    ('2 warnings and 1 note', '')
    """
    return in_a_row([counted(many, word) for word, many in found.items() if many])
