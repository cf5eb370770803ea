"""The catalogue of questions, as text and as JSON."""

from __future__ import annotations

import json

from outward.catalogue import every


def catalogue_text() -> str:
    """Return the questions with their parameters, one below the other.

    >>> catalogue_text().splitlines()[0]
    'E1.1  Is this evidence fit to be used?'
    """
    lines = []
    for question in every():
        lines.append(f"{question.id}  {question.title}")
        lines += [f"      {one.name}={one.default}  {one.help}" for one in question.parameters]
    return "\n".join([*lines, "", "Every question also takes --by ATTRIBUTE and --where FILTER."])


def catalogue_json() -> str:
    """Return the questions as JSON."""
    return json.dumps(
        [
            {
                "id": question.id,
                "title": question.title,
                "version": question.version,
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
