"""Write the generated pages of the reference: `python -m tests.meta.reference_pages`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from outward.answers import Method
from outward.catalogue import ROOMS, Question, every
from outward.checks.rules import SECTIONS, SEVERITIES, rules
from outward.cli.main import app
from outward.evidence import where
from outward.workspace.fields import Field, fields_of
from outward.workspace.folder.reading import file_of
from outward.workspace.records import kinds

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
RENEW = "python -m tests.meta.reference_pages"

EVERYWHERE = (
    ("by", "", "attribute that makes the groups; left empty, everyone is one group"),
    ("where", "", "which cases, in the spelling of [filters](filters.md); left empty, all of them"),
)
"""What every question about data takes."""

EXIT_CODES = {
    0: "Fine; of a check, nothing but notes was found.",
    1: "A check found errors or warnings.",
    2: "The request cannot be understood, or would give small numbers away.",
    3: "The file or data set cannot be used.",
    130: "Stopped by hand. Nothing half-made was kept.",
}


def questions() -> str:
    """Return the page about the questions."""
    return _page(_questions())


def _questions() -> Iterator[str]:
    yield "# Questions"
    yield ""
    yield (
        "Every question as the catalogue holds it. Ask one with `outward ask ID SOURCE`, with "
        "`outward.ask(ID, SOURCE)` in Python, or on the pages. The source is a case log or a data set, or, where it "
        "says so, a workspace: its folder or its id. Figures are checked for small numbers before they are shown."
    )
    for question in every():
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    method: Method = import_module(ROOMS[question.id]).METHOD
    yield from ("", f"## {question.id} {question.title}", "", *_described(question))
    own = [(one.name, one.default, one.help) for one in question.parameters]
    if question.about == "workspace":
        yield from ("", "Asked of a workspace.")
    else:
        own = [*EVERYWHERE, *own]
    if own:
        yield from ("", "| Parameter | Unless given | What it says |", "| --- | --- | --- |")
    for name, default, says in own:
        yield f"| `{name}` | {default if default != '' else 'empty'} | {says} |"
    yield from ("", f"**Method: {method.name}.** {method.text}")
    if method.assumptions:
        yield from ("", f"Assumes: {' '.join(method.assumptions)}")
    yield from ("", f"Source: {method.source}.", "", f"Version {question.version} of the question.")


def _described(question: Question) -> Iterator[str]:
    """Yield the paragraphs of the docstring but for those that describe a parameter."""
    known = {one.name for one in question.parameters}
    for part in (inspect.getdoc(question.answer) or "").split("\n\n"):
        if part.split(":")[0] not in known:
            yield from (" ".join(part.split()).replace("Return ", "Gives ", 1), "")


def filters() -> str:
    """Return the page about filters."""
    return _page(_filters())


def _filters() -> Iterator[str]:
    said = (inspect.getdoc(where) or "").split("\n\n")
    yield "# Filters"
    yield ""
    yield (
        "A filter says which cases are meant. It is spelled in one way everywhere: after `--where` on the command "
        'line, as `where="..."` in Python, and in the address of a page.'
    )
    for part in said[1:]:
        yield ""
        yield from (["```text", inspect.cleandoc(part), "```"] if part.startswith("    ") else [" ".join(part.split())])
    yield from ("", "## What a page says", "", "| Condition | In words: a case ... |", "| --- | --- |")
    examples = {"value": ("area", "North"), "from": ("2024-01-01",), "to": ("2024-03-31",), "within": ("A", "14")}
    for kind in ("value", *where.STEPS, "from", "to"):
        parts = examples.get(kind, ("A", "B", "C")[: where.COUNTS.get(kind, 3)])
        condition = where.Condition(kind, parts)
        yield f"| `{condition}` | {condition.words()} |"


def records() -> str:
    """Return the page about the kinds of record."""
    return _page(_records())


SHAPES = {
    "line": "words in one line",
    "prose": "words",
    "day": "day, as 2026-03-31",
    "number": "number",
    "whole": "whole number from 0",
    "yes or no": "yes or no",
    "settings": "names and values",
}


def _records() -> Iterator[str]:
    yield "# Records"
    yield ""
    yield (
        "What a workspace holds, kind by kind. Each kind has a file of its own, in which every record begins with "
        "`- id: ...`; `workspace.yaml` holds the workspace itself. A field that nothing is known of is left out."
    )
    for letter, principle in {"W": SECTIONS["W"], **SECTIONS}.items():
        yield from ("", f"## {principle}")
        for kind in kinds().values():
            if letter == kind.PRINCIPLE:
                yield from ("", f"### {kind.TITLE.capitalize()}", "")
                yield f"{inspect.getdoc(kind)} In `{file_of(kind)}`."
                yield from ("", "| Field | Holds | What it means |", "| --- | --- | --- |")
                yield from (f"| `{one.name}` | {_holds(one)} | {one.help} |" for one in fields_of(kind))


def _holds(field: Field) -> str:
    """Say what a field holds, and that it must be there."""
    if field.to:
        what = f"id of a {kinds()[field.to].TITLE}"
    elif field.choices:
        what = " or ".join(f"`{choice}`" for choice in field.choices)
    else:
        what = SHAPES[field.shape]
    return f"{'list: ' if field.several else ''}{what}{'; must be there' if field.required else ''}"


def command_line() -> str:
    """Return the page about the command line."""
    return _page(_command_line())


def _command_line() -> Iterator[str]:
    import typer.main

    whole: Any = typer.main.get_command(app)
    yield "# Command line"
    yield ""
    yield f"`outward`: {whole.help} Each command explains itself with `--help`."
    for name, command in whole.commands.items():
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        options = [one for one in command.params if one.param_type_name == "option"]
        yield from ("", f"## outward {name}", "", " ".join(command.help.split()), "", "```text")
        yield " ".join([f"outward {name}", *map(_called, arguments), *(["[OPTIONS]"] if options else [])])
        yield "```"
        if arguments:
            yield from ("", "| Argument | What it says |", "| --- | --- |")
            yield from (f"| `{one.name.upper()}` | {one.help} |" for one in arguments)
        if options:
            yield from ("", "| Option | What it says | Unless given |", "| --- | --- | --- |")
            yield from (f"| `{_spelled(one)}` | {one.help} | {_default(one)} |" for one in options)
    yield from ("", "## Exit codes", "", "| Code | What it means |", "| --- | --- |")
    yield from (f"| {code} | {means} |" for code, means in EXIT_CODES.items())


def _called(argument: Any) -> str:
    name = f"{argument.name.upper()}{'...' if argument.nargs != 1 else ''}"
    return name if argument.required else f"[{name}]"


def _spelled(option: Any) -> str:
    return " / ".join([*option.opts, *option.secondary_opts])


def _default(option: Any) -> str:
    value = option.default
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`" if value else ""


def checks() -> str:
    """Return the page about the rules of the checks."""
    return _page(_checks())


def _checks() -> Iterator[str]:
    yield "# Checks"
    yield ""
    yield (
        "Every rule that `outward check WORKSPACE` reads a workspace by, and the page *Checks* of a workspace. "
        "How to use them: [check a workspace](../how-to/check-a-workspace.md)."
    )
    yield from ("", "| Weight | What it means |", "| --- | --- |")
    yield from (f"| {weight} | {words[0].upper()}{words[1:]}. |" for weight, words in SEVERITIES.items())
    for letter, section in SECTIONS.items():
        yield from ("", f"## {section}")
        for one in rules().values():
            if one.code[0] == letter:
                yield from ("", f"### {one.code} {one.says[:-1]}", "", f"{one.severity.capitalize()}. {one.why}")
                yield from ("", f"To mend it: {one.mend[0].lower()}{one.mend[1:]}")


def _page(lines: Iterator[str]) -> str:
    text = "\n".join(lines) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


PAGES: dict[str, Callable[[], str]] = {
    "questions.md": questions,
    "filters.md": filters,
    "checks.md": checks,
    "records.md": records,
    "command-line.md": command_line,
}
"""Each generated page and what writes it; the specification is written by `tests.spec.manual`."""

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")
