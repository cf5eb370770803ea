"""What has changed between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

Part = tuple[Literal["same", "out", "in"], str]
LONGEST = 4_000
"""Words up to which single words are compared; of longer texts the old stands before the new."""


def word_changes(before: str, after: str) -> list[Part]:
    """Return the parts of two texts in order: what stayed, what was taken out, what was put in.

    >>> word_changes("Answer within ten days", "Answer within five days")
    [('same', 'Answer within '), ('out', 'ten'), ('in', 'five'), ('same', ' days')]
    """
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if len(old) + len(new) > LONGEST:
        whole: list[Part] = [("out", before), ("in", after)]
        return [part for part in whole if part[1]]
    found: list[Part] = []
    for way, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if way == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [("out", "".join(old[a:b]))] if b > a else []
            found += [("in", "".join(new[c:d]))] if d > c else []
    return found
