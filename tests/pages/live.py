"""Outward as a person runs it: served in a process of its own, with its worker, on a data folder of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the pages on an empty data folder inside `folder`, and give the link that opens them once."""
    environment = {
        **os.environ,
        "OUTWARD_HOME": str(folder / "home"),
        "OUTWARD_KEY": str(folder / "key"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-c", "from outward.web.serving import serve; serve(open_browser=False)"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        try:
            assert process.stdout
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/enter/\S+", line)))
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
