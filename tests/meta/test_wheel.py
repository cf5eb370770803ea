"""The wheel holds all that Outward needs, and what it installs works from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from outward.catalogue import ROOMS

from . import made
from .project import ROOT

TAKEN = ("pyproject.toml", "README.md", "LICENSE")
NOT_CODE = (".html", ".css", ".js", ".svg", ".yaml", ".txt", ".typed", ".sha256")
FOLDER_OF_PROGRAMS = "Scripts" if os.name == "nt" else "bin"


def _run(*command: str | Path, folder: Path, **environment: str) -> str:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "OUTWARD"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=known | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources so that nothing is left in the checkout."""
    room = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "src", room / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in TAKEN:
        shutil.copy(ROOT / name, room / name)
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", room / "dist", room, folder=room)
    (found,) = (room / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def outward(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel alone into an environment that borrows its dependencies."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / FOLDER_OF_PROGRAMS / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "--quiet")
    _run(*pip, "--no-deps", "--no-index", wheel, folder=place)
    packages = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=place).strip()
    (Path(packages) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = _run(python, "-c", "import outward; print(outward.__file__)", folder=place).strip()
    assert Path(where).is_relative_to(packages)
    return place / FOLDER_OF_PROGRAMS / "outward"


def test_the_wheel_is_for_every_system_and_holds_every_file(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    package = ROOT / "src" / "outward"
    wanted = {
        file.relative_to(package.parent).as_posix()
        for file in package.rglob("*")
        if file.suffix in (".py", *NOT_CODE) or file.name == "py.typed"
    }
    held = set(ZipFile(wheel).namelist())
    used_by_checks_alone = {"outward/web/static/sources.sha256"}
    assert wanted - held - used_by_checks_alone == set()
    assert {Path(name).suffix for name in wanted} >= {".html", ".css", ".js", ".yaml"}


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    held = ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in held} == {"outward"}
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_what_it_installs_lists_the_questions(outward: Path, tmp_path: Path) -> None:
    said = _run(outward, "questions", folder=tmp_path)
    assert [id for id in ROOMS if f"{id}  " not in said] == []


def test_what_it_installs_takes_a_look_and_writes_one_file(outward: Path, tmp_path: Path) -> None:
    made.permits(tmp_path / "permits.csv")
    own = {"OUTWARD_HOME": str(tmp_path / "home"), "OUTWARD_KEY": str(tmp_path / "key")}
    said = _run(outward, "look", "permits.csv", folder=tmp_path, **own)
    assert "Look at these first" in said
    page = (tmp_path / "permits.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<svg" in page
    assert "made.up@" not in page


def test_what_it_installs_can_make_the_example(outward: Path, tmp_path: Path) -> None:
    own = {"OUTWARD_HOME": str(tmp_path / "home"), "OUTWARD_KEY": str(tmp_path / "key")}
    program = "from outward.examples import bring_in_examples; print(bring_in_examples()[0].name)"
    said = _run(outward.with_name("python"), "-c", program, folder=tmp_path, **own)
    assert "made up" in said
