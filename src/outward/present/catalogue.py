"""The catalogue of questions, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from outward.catalogue import PRINCIPLES, Question, every

HEADINGS = {"E": "The evidence", **PRINCIPLES}
"""What stands above the questions of each principle, by the letter that their ids begin with."""


def by_principle(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Return the questions under the principle that each serves, in the catalogue's order.

    >>> from outward.catalogue import find
    >>> by_principle([find("U3.1")])[0][0]
    'Understanding the customer'
    """
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(HEADINGS[question.id[0]], []).append(question)
    return list(found.items())


def catalogue_text() -> str:
    """Return the questions under their principles, each with its parameters.

    >>> catalogue_text().splitlines()[:2]
    ['The evidence', 'E1.1  Is this evidence fit to be used?']
    """
    lines = []
    for principle, questions in by_principle(every()):
        lines += ["", principle]
        for question in questions:
            of = " (of a workspace)" if question.about == "workspace" else ""
            lines.append(f"{question.id}  {question.title}{of}")
            lines += [f"      {one.name}={one.default}  {one.help}" for one in question.parameters]
    closing = (
        "Ask those 'of a workspace' of its folder or id; the others of a case log or a data set, which also take "
        "--by ATTRIBUTE and --where FILTER."
    )
    return "\n".join([*lines[1:], "", closing])


def catalogue_json() -> str:
    """Return the questions as JSON."""
    return json.dumps(
        [
            {
                "id": question.id,
                "title": question.title,
                "version": question.version,
                "about": question.about,
                "summary": question.summary,
                "parameters": [
                    {"name": one.name, "type": one.type.__name__, "default": one.default, "help": one.help}
                    for one in question.parameters
                ],
            }
            for question in every()
        ],
        indent=1,
    )
