"""Real public-service data, kept beside the project: for tests and measuring alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer

DATA = Path(__file__).parents[2].parent / "shared" / "data"
Ask = Callable[..., ReleasedAnswer]


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """Return the path of a real file; where the data is absent the test is skipped, under CI it fails."""

    def path(name: str) -> Path:
        found = DATA / name
        if not found.exists():
            if os.environ.get("CI") == "true":
                pytest.fail(f"The real data '{name}' is not beside the project.")
            pytest.skip(f"the real data '{name}' is not beside the project")
        return found

    return path


@pytest.fixture(scope="package")
def one_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all tests here, so that each real file is laid once."""
    return tmp_path_factory.mktemp("real-home")


@pytest.fixture
def ask_real(one_home: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, real_data: Callable[[str], Path]) -> Ask:
    """Ask a question of a real file, unchecked unless a policy is named."""
    monkeypatch.setenv("OUTWARD_HOME", str(one_home))
    monkeypatch.setenv("OUTWARD_KEY", str(one_home / "key"))

    def put(question: str, name: str, **more: object) -> ReleasedAnswer:
        more = {"policy": "none", "reason": "a test against published figures"} | more
        return ask(question, real_data(name), **more)  # type: ignore[arg-type]

    return put
