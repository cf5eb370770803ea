"""What a program that only says `import outward` has to load."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("duckdb", "numpy", "scipy", "django", "lxml", "pyarrow", "typer", "pandas", "polars", "vl_convert", "granian")


def _loaded_by(program: str) -> set[str]:
    told = f"{program}\nimport sys\nprint(*sorted(name.split('.')[0] for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    return set(done.stdout.split())


def test_importing_outward_loads_nothing_heavy() -> None:
    assert _loaded_by("import outward") & set(HEAVY) == set()


@pytest.mark.parametrize("module", ["outward.answers", "outward.catalogue", "outward.errors", "outward.evidence.store"])
def test_the_ground_floor_loads_nothing_heavy(module: str) -> None:
    assert _loaded_by(f"import {module}") & set(HEAVY) == set()


def test_asking_on_the_command_line_loads_no_web() -> None:
    loaded = _loaded_by("from outward.cli.main import exit_code\nexit_code(['data'])")
    assert loaded & {"django", "granian", "vl_convert", "lxml"} == set()
