"""The command line: parses, asks, prints. What it prints comes from released answers alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from outward import whole_file
from outward.cli import checking, exchange, forgetting, workspaces
from outward.cli.progress import Line
from outward.cli.settings import pairs, with_settings
from outward.errors import OutwardError, UsageError
from outward.evidence.tables import Settings
from outward.workspace.problems import MORE_TO_COME, BadWorkspace

app = typer.Typer(
    name="outward",
    help="Customer focus for public bodies, answered from evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WithOption = Annotated[
    list[str],
    typer.Option("--with", help="A list of cases or customers, or a further extract, that makes one log with it."),
]
PolicyOption = Annotated[str, typer.Option("--policy", help="Rules for small numbers: outward, nhs_hes or none.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why unchecked figures are needed, for --policy none.")]
GuardedOption = Annotated[
    bool,
    typer.Option("--guarded", help="Refuse what, with what was shown so before, would tell of a few people."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
@with_settings
def look(
    *,
    files: Annotated[list[str], typer.Argument(help="Case logs (CSV, workbook, Parquet, XES ...) or data set ids.")],
    file: Annotated[str, typer.Option("--file", help="The HTML file to write, or its folder; '-' writes none.")] = ".",
    json: JsonOption = False,
    policy: PolicyOption = "outward",
    reason: ReasonOption = "",
    more: WithOption = [],  # noqa: B006
    given: Settings,
) -> None:
    """Take a first look: three things to look at first, the trend, and what cannot be answered yet.

    Says it in sentences, and writes one HTML file that opens anywhere and can be sent on.
    """
    from outward.looking import look as take_a_look
    from outward.present.look import look_file_name, look_html, look_json, look_text

    if more and len(files) > 1:
        raise UsageError("With --with, look at one file at a time: give the others with --with as well.")
    several = []
    for source in files:
        with Line() as line:
            found = take_a_look([source, *more], policy=policy, reason=reason, settings=given, progress=line)
        if json:
            several.append(look_json(found))
        else:
            typer.echo(look_text(found))
        if file != "-" and not (json and file == "."):
            folder = Path(file).is_dir() or len(files) > 1
            path = Path(file) / look_file_name(found) if folder else Path(file)
            _write(path, look_html(found))
            typer.echo(f"\nWritten to {path}: open it in any browser, or send it on.", err=json)
    if json:
        typer.echo(several[0] if len(several) == 1 else f"[{', '.join(several)}]")


@app.command()
@with_settings
def ask(
    *,
    question: Annotated[str, typer.Argument(help="Id of a question, as U3.1. `outward questions` lists them.")],
    source: Annotated[str, typer.Argument(help="A case log, the id of a data set, or a workspace.")],
    parameter: Annotated[list[str], typer.Argument(help="The question's own parameters, as within_days=14.")] = [],  # noqa: B006
    by: Annotated[
        str, typer.Option("--by", help="Attribute that makes the groups, or two sides: 'area=North vs area=South'.")
    ] = "",
    where: Annotated[str, typer.Option("--where", help="Which cases, as 'area=North & passes(Decision)'.")] = "",
    file: Annotated[str, typer.Option("--file", help="Write the answer: .html, .json, .csv or .svg.")] = "",
    json: JsonOption = False,
    policy: PolicyOption = "outward",
    reason: ReasonOption = "",
    guarded: GuardedOption = False,
    more: WithOption = [],  # noqa: B006
    given: Settings,
) -> None:
    """Ask one question of a case log or of a workspace."""
    from outward.asking import ask as put
    from outward.catalogue import checked_parameters, find
    from outward.present.files import answer_file
    from outward.present.json import json_text
    from outward.present.terminal import answer_text

    chosen = checked_parameters(find(question), dict(pairs(parameter, "parameter", "within_days=14")))
    with Line() as line:
        answer = put(
            question,
            [source, *more],
            by=by,
            where=where,
            policy=policy,
            reason=reason,
            guarded=guarded,
            settings=given,
            progress=line,
            **chosen,
        )
    typer.echo(json_text(answer) if json else answer_text(answer))
    if file:
        _write(Path(file), answer_file(answer, Path(file).suffix))
        typer.echo(f"\nWritten to {file}.", err=json)


@app.command()
def compare(
    source: Annotated[str, typer.Argument(help="A case log, or the id of a data set.")],
    other: Annotated[str, typer.Argument(help="Another one, of another body, to set the first beside.")] = "",
    a: Annotated[str, typer.Option("--a", help="The first side, as 'area=North' or 'from=2024-01-01'.")] = "",
    b: Annotated[
        str, typer.Option("--b", help="The second side; unless given, everyone else, or all of the other data set.")
    ] = "",
    where: Annotated[str, typer.Option("--where", help="Which cases at all, as 'passes(Decision)'.")] = "",
    file: Annotated[str, typer.Option("--file", help="The HTML file to write, or its folder.")] = "",
    json: JsonOption = False,
    policy: PolicyOption = "outward",
    reason: ReasonOption = "",
    guarded: GuardedOption = False,
) -> None:
    """Set two sides of a case log, or two case logs, beside each other: every question, and what differs.

    Says which differences are beyond chance. Of two case logs the sides are all their cases, unless --a and --b
    say which.
    """
    from outward.comparing import compare as set_beside
    from outward.present.comparison import comparison_file_name, comparison_html, comparison_json, comparison_text

    with Line() as line:
        found = set_beside(
            source,
            a,
            b,
            other=other or None,
            where=where,
            policy=policy,
            reason=reason,
            guarded=guarded,
            progress=line,
        )
    typer.echo(comparison_json(found) if json else comparison_text(found))
    if file:
        path = Path(file) / comparison_file_name(found) if Path(file).is_dir() else Path(file)
        _write(path, comparison_html(found))
        typer.echo(f"\nWritten to {path}: open it in any browser, or send it on.", err=json)


app.command()(checking.check)
app.command()(exchange.export)
app.command("import")(exchange.bring_in)


@app.command()
def questions(json: JsonOption = False) -> None:
    """List what can be asked."""
    from outward.present.catalogue import catalogue_json, catalogue_text

    typer.echo(catalogue_json() if json else catalogue_text())


app.command()(forgetting.erase)
app.command()(forgetting.forget)


@app.command()
def data() -> None:
    """List the data sets on this machine."""
    from outward.evidence.store import data_sets

    found = data_sets()
    for log in found:
        typer.echo(f"{log.id}  {log.name}  {log.period[0]} to {log.period[1]}  ({log.basis.value})")
    if not found:
        typer.echo("There are no data sets yet. Bring one in with: outward look FILE")


for command in (workspaces.new, workspaces.serve, workspaces.demo):
    app.command()(command)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: the folder is not there or may not be written.
    """
    try:
        whole_file.write(path, text.encode())
    except OSError as error:
        raise UsageError(f"'{path}' cannot be written: {error.strerror}.") from error


STOPPED = 130
"""What a shell calls a process that was ended by Ctrl-C."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process: 0 fine, 1 found, 2 usage, 3 bad input, 130 stopped by hand."""
    sys.exit(exit_code(arguments))


def exit_code(arguments: list[str] | None = None) -> int:
    """Return the exit code of one command; an error is said in one sentence on standard error."""
    try:
        ended = app(arguments, standalone_mode=False)
    except OutwardError as error:
        typer.echo(str(error), err=True)
        if isinstance(error, BadWorkspace) and error.unfinished:
            typer.echo(MORE_TO_COME, err=True)
        return error.exit_code
    except typer.TyperException as error:
        said = error.format_message()
        typer.echo(said if said.startswith("Usage") else f"{said.rstrip('.')}. See: outward --help", err=True)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        typer.echo(f"A file or folder stood in the way: {error.strerror or 'it cannot be used'}. Try again.", err=True)
        return 3
    except _engine_errors() as error:
        typer.echo(_of_engine(error), err=True)
        return 3
    except MemoryError:
        typer.echo(
            "This machine has too little memory for that file. Close other programs, or cut the file.",
            err=True,
        )
        return 3
    return _stopped() if ended == STOPPED else int(ended or 0)


def _engine_errors() -> tuple[type[Exception], ...]:
    """What the engine raises, where it was used at all."""
    engine = sys.modules.get("duckdb")
    return (engine.Error,) if engine else ()


def _of_engine(error: Exception) -> str:
    """What to say of an error of the engine; its own words may quote the data, so they are not passed on."""
    kind = type(error).__name__
    if kind == "OutOfMemoryException":
        return "This machine has too little memory for that file. Close other programs, or cut the file."
    if kind == "IOException":
        return (
            "A file could not be read or written: the disk is full, or the data set was forgotten meanwhile. "
            "Make room, or bring the file in again."
        )
    return "The file is damaged, or holds values that cannot be worked with. Export it again, or leave columns out."


def _stopped() -> int:
    typer.echo("Stopped. Nothing half-made was kept.", err=True)
    return STOPPED
