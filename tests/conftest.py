"""What every test stands on: a data folder of its own, and as many made examples as there is time for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# The fast profile reports a failure as it is found; HYPOTHESIS_PROFILE=exhaustive looks longer and makes it small.
AT_ONCE = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "fast", max_examples=40, phases=AT_ONCE, deadline=None, derandomize=True, suppress_health_check=SLOW
)
settings.register_profile("exhaustive", max_examples=2_000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a data folder and a key of its own, so that none touches a person's."""
    folder = tmp_path / "outward-home"
    monkeypatch.setenv("OUTWARD_HOME", str(folder))
    monkeypatch.setenv("OUTWARD_KEY", str(tmp_path / "outward-key"))
    return folder
