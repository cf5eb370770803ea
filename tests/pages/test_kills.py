"""Whatever is killed, whenever: no upload that was answered is lost, and nothing is half-written or left over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 1000 if os.environ.get("OUTWARD_EXHAUSTIVE") == "1" else 10


@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_nothing_is_lost_half_written_or_left_over_whatever_is_killed(own_home: Path) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    seconds = 60 + 6 * KILLS
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed.py")), "2001", str(KILLS)],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "found:" not in run.stdout, run.stdout
    killed = re.search(r"kills: (\d+)", run.stdout)
    assert killed
    assert int(killed[1]) >= KILLS
