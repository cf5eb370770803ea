from __future__ import annotations

from pathlib import Path

import pytest

from outward.examples.connexions.make import make

from .measuring import rows_of


@pytest.fixture(scope="package")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case log at its full size, with the seed that the workspace names."""
    return make(tmp_path_factory.mktemp("connexions"))[0]


@pytest.fixture(scope="package")
def rows(log: Path) -> list[dict[str, str]]:
    return rows_of(log)
