"""The command that checks a workspace."""

from __future__ import annotations

import json as to_json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outward import dates
from outward.errors import UsageError

if TYPE_CHECKING:
    from outward.checks.rules import Severity

FOUND, UNREADABLE = 1, 3
"""Exit codes: something more than a note was found; the workspace cannot be read."""

OnlyOption = Annotated[
    list[str], typer.Option("--only", help="A rule, or the beginning of its code, as O or O2. Again for others.")
]
SeverityOption = Annotated[str, typer.Option("--severity", help="The lightest that is shown: error, warning or note.")]


def check(
    workspace: Annotated[
        str, typer.Argument(help="Its folder, its database or its id; unless given, the folder in which you are.")
    ] = "",
    only: OnlyOption = [],  # noqa: B006 because typer takes the default as it stands
    severity: SeverityOption = "note",
    on: Annotated[str, typer.Option("--on", help="The day to check on, as 2026-03-31; today unless given.")] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="Check it as it stood at the end of this day, from its history, on that day.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    every_rule: Annotated[
        bool, typer.Option("--list", help="List every rule: why it matters, how to mend it.")
    ] = False,
    explain: Annotated[str, typer.Option("--explain", help="Say of one rule why it matters and how to mend it.")] = "",
) -> int:
    """Check a workspace as a compiler reads code: where does the organisation face inward?

    Prints a line for each thing found, `file:line: code message (severity)`, and changes nothing. Ends with 1 where
    an error or a warning is shown, with 0 where there are notes alone, and with 3 where the workspace cannot be read.
    """
    from outward.checks.checking import check as checked_on
    from outward.checks.rules import rule_of
    from outward.checks.telling import (
        as_json,
        explained,
        lines,
        problem_lines,
        problems_as_json,
        rules_as_json,
        rules_lines,
    )
    from outward.workspace.homes.home import open_home
    from outward.workspace.problems import BadWorkspace

    if explain:
        return _print(explained(rule_of(explain)))
    if every_rule:
        return _print_json(rules_as_json()) if json else _print(rules_lines())
    if not workspace and not Path("workspace.yaml").is_file():
        raise UsageError("Which workspace is to be checked? Give its folder, as in: outward check our-workspace")
    day = _day(on or as_of)
    codes, weight = _codes(only), _weight(severity)
    try:
        home = open_home(workspace or ".")
        found = checked_on(home.as_of(_day(as_of)) if as_of else home.load(), day).only(codes, weight)
    except BadWorkspace as error:
        _print_json(problems_as_json(error.problems, day)) if json else _print(problem_lines(error.problems))
        return UNREADABLE
    _print_json(as_json(found)) if json else _print(lines(found))
    return 0 if found.clean else FOUND


def _print(lines: Iterable[str]) -> int:
    """Print lines without what a terminal would obey, their indents kept."""
    from outward.present.lettering import clean

    for line in lines:
        typer.echo(f"{' ' * (len(line) - len(line.lstrip(' ')))}{clean(line)}")
    return 0


def _print_json(told: dict[str, Any]) -> int:
    typer.echo(to_json.dumps(told, indent=1))
    return 0


def _day(text: str) -> date:
    try:
        return dates.day_of(text) if text else dates.today()
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _codes(only: list[str]) -> list[str]:
    from outward.checks.rules import rules

    for code in only:
        if not any(known.startswith(code.upper()) for known in rules()):
            raise UsageError.unknown("rule", code[:40], rules())
    return only


def _weight(severity: str) -> Severity:
    from outward.checks.rules import SEVERITIES

    for known in SEVERITIES:
        if known == severity.casefold():
            return known
    raise UsageError.unknown("severity", severity[:40], SEVERITIES)
