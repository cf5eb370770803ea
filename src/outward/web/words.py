"""The pages' own wording: short names of questions, and words for what a person picks in a form."""

from __future__ import annotations

import re

from outward.present.words import date

SHORT = {
    "E1.1": "Quality",
    "U3.1": "Paths",
    "U3.2": "Routes",
    "U3.3": "Times",
    "U3.4": "Waits",
    "U3.5": "Repeats",
    "U3.6": "Endings",
    "U3.7": "Channels",
    "U3.8": "Differences",
    "U3.9": "Changes",
}
"""Short names of questions, for rows of links."""


def short(question: str) -> str:
    """Return a question's short name, or its id where it has none.

    >>> short("U3.4")
    'Waits'
    """
    return SHORT.get(question, question)


def spoken(name: str) -> str:
    """Return a name from code or a file as words, first letter large.

    >>> spoken("age_group")
    'Age group'
    """
    words = name.replace("_", " ").replace(":", " ").strip()
    return words[:1].upper() + words[1:]


def article(words: str) -> str:
    """Return words for one thing with the article that they take.

    >>> article("interview"), article("need or concern")
    ('an interview', 'a need or concern')
    """
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def days_in_words(said: str) -> str:
    """Return a sentence with its days in words, as pages say them; what is part of a name stays.

    >>> days_in_words("It was due on 2026-06-30, and 'plan-2026-01-01' is not done.")
    "It was due on 30 June 2026, and 'plan-2026-01-01' is not done."
    """
    return re.sub(r"(?<![\w'‘-])\d{4}-\d{2}-\d{2}(?![\w'’-])", lambda found: date(found[0]), said)
