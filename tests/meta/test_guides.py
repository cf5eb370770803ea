"""What the pages for people say is so: paths exist, commands run, code gives what it says."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest

from outward.catalogue import every
from outward.cli.main import exit_code
from outward.disclosure.policies import PRESETS

from . import made
from .guides import blocks, commands, exists, links, paths
from .project import ROOT, named, pages

OPENS_PAGES = ("demo", "serve")
GUIDES = [page for page in pages() if page.parent.name not in ("decisions", "reference")]
WITH_COMMANDS = [page for page in GUIDES if list(commands(page.read_text(encoding="utf-8")))]
WITH_CODE = [page for page in GUIDES if ">>>" in page.read_text(encoding="utf-8")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the guides speak of, and a person in it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    made.write_all(folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_path_and_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [path for path in paths(text) if not exists(path, ROOT)] == []
    assert [link for link in links(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=named)
def test_every_command_of_a_guide_runs(page: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in commands(page.read_text(encoding="utf-8")):
        arguments = shlex.split(line)[1:]
        if arguments[0] in OPENS_PAGES:
            assert exit_code([arguments[0], "--help"]) == 0
            continue
        if arguments[0] == "erase":
            made.removed_interview(desk / arguments[1], arguments[2].partition("/")[2])
        if arguments[0] == "forget" and not (desk / arguments[1]).exists():
            arguments[1] = _a_data_set(capsys)
        assert exit_code(arguments) == 0, f"{line}\n{capsys.readouterr().err}"


def _a_data_set(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the id of a data set on this machine, as `outward data` tells it."""
    capsys.readouterr()
    assert exit_code(["data"]) == 0
    return capsys.readouterr().out.split()[0]


@pytest.mark.parametrize("page", WITH_CODE, ids=named)
def test_the_code_of_a_guide_gives_what_it_says(page: Path, desk: Path) -> None:
    told = "\n".join(blocks(page.read_text(encoding="utf-8"), "python"))
    examples = doctest.DocTestParser().get_doctest(told, {}, page.name, str(page), 0)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        found = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples)
    assert found.attempted
    assert not found.failed, said.getvalue()


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_every_recipe_that_a_page_names_can_be_made(page: Path) -> None:
    recipes = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wanted = set(re.findall(r"`make (\w+)`", page.read_text(encoding="utf-8")))
    assert wanted - recipes == set()


def test_the_readme_names_every_question() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [one.title for one in every() if one.title not in readme] == []


def test_the_page_on_small_numbers_names_every_policy() -> None:
    page = (ROOT / "docs" / "explanation" / "small-numbers.md").read_text(encoding="utf-8")
    assert [name for name in PRESETS if f"`{name}`" not in page] == []
    assert all(str(rules.threshold) in page for rules in PRESETS.values() if rules.checked)


def test_every_page_of_the_documents_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        text = page.read_text(encoding="utf-8")
        waiting += [(page.parent / link).resolve() for link in links(text)]
    assert [named(page) for page in pages() if page not in reached] == []
