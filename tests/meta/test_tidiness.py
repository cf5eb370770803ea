"""What must not stand in any file of the project."""

from __future__ import annotations

import re
from pathlib import Path

from .project import ROOT, named, project_files, text_of

LONGEST = 400
LONG_FOR_A_REASON: dict[str, str] = {}
"""Files that may be longer, each with why."""

OF_THIS_MACHINE = re.compile(r"(?<![\w.-])/(root|tmp|work|home|Users)/\w|[A-Z]:\\+Users\\+\w")
REGISTRIES = re.compile(r"\b(pypi|pythonhosted|npmjs|anaconda|jfrog|artifactory)\.(org|com|io)\b|\bregistry\.\w+\.\w+")
MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
FOR_EXAMPLES = re.compile(r"(.+\.)?(example|test|invalid|localhost)(\.(com|org|net|edu|gov\.uk))?")
WRITTEN = (".py", ".js", ".mjs", ".scss", ".html", ".css")
UNEXPLAINED = re.compile(r"# type: ignore(?!\[[\w, -]+\])")
DATA = re.compile(r"\.(csv|tsv|parquet|xes|xlsx?|ods|gz|zip|db|sqlite|duckdb)$")


def _found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{named(file)}:{number}"
        for file in files
        for number, line in enumerate(text_of(file).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert _found(OF_THIS_MACHINE, project_files()) == []


def test_no_file_names_a_package_registry() -> None:
    others = [file for file in project_files() if file != Path(__file__)]
    assert _found(REGISTRIES, others) == []


def test_every_mail_address_is_one_for_examples() -> None:
    told = {
        (named(file), mail.group())
        for file in project_files()
        for mail in MAIL.finditer(text_of(file))
        if re.search(r"[a-z]$", mail[1]) and not FOR_EXAMPLES.fullmatch(mail[1])
    }
    assert told == set()


def test_locked_requirements_hold_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    assert _found(re.compile(r"://|^\s*(-i|-f|--(index|extra-index|find-links|trusted))"), locks) == []


def test_every_locked_requirement_has_a_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        pinned = re.findall(r"^[\w.\[\]-]+==.*(?:\n .*)*", lock.read_text(encoding="utf-8"), re.MULTILINE)
        assert pinned
        assert [one.splitlines()[0] for one in pinned if "--hash=sha256:" not in one] == []


def test_every_silenced_type_error_says_which() -> None:
    others = [file for file in project_files() if file.suffix == ".py" and file != Path(__file__)]
    assert _found(UNEXPLAINED, others) == []


def test_no_file_of_the_project_is_too_long_to_read() -> None:
    written = [file for file in project_files() if file.suffix in WRITTEN and "static" not in file.parts]
    long = {named(file) for file in written if len(text_of(file).splitlines()) > LONGEST}
    assert long == set(LONG_FOR_A_REASON)


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    code = [file for file in project_files() if file.suffix in WRITTEN and file != Path(__file__)]
    assert _found(marks, code) == []


def test_no_data_lies_among_the_files() -> None:
    assert [named(file) for file in project_files() if DATA.search(file.name)] == []
