"""The pages as they are served: one link, this computer alone, and a clean end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from outward.errors import UsageError
from outward.web.serving import free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Outward serving an empty home."""
    environment = {
        **os.environ,
        "OUTWARD_HOME": str(tmp_path / "home"),
        "OUTWARD_KEY": str(tmp_path / "key"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-c", "from outward.web.serving import serve; serve(open_browser=False)"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as one:
        yield one
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)


def _link(process: subprocess.Popen[str]) -> tuple[int, str]:
    assert process.stdout
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/enter/\S+)", line)
        if found:
            return int(found[1]), found[2]
    raise AssertionError("no link was printed")


def _get(port: int, path: str, cookie: str = "") -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, dict(response.getheaders()), text


def test_it_opens_once_with_the_printed_link(running: subprocess.Popen[str]) -> None:
    port, path = _link(running)
    assert _get(port, "/")[0] == 403
    status, headers, _ = _get(port, path)
    held = {name.lower(): value for name, value in headers.items()}
    assert status == 302
    assert held["set-cookie"].startswith(f"outward_{port}=")
    assert _get(port, path)[0] == 403
    cookie = held["set-cookie"].split(";")[0]
    status, _, text = _get(port, "/", cookie)
    assert status == 200
    assert "Your workspaces and data" in text
    assert _get(port, "/static/outward.css")[0] == 200


@pytest.mark.parametrize(("megabytes", "status", "said"), [(5, 404, "Page not found"), (40, 413, "at most 32 MB")])
def test_a_form_that_is_too_long_is_answered_and_not_broken_off(
    megabytes: int, status: int, said: str, running: subprocess.Popen[str]
) -> None:
    port, path = _link(running)
    held = {name.lower(): value for name, value in _get(port, path)[1].items()}
    token = "a" * 32
    cookies = f"{held['set-cookie'].split(';')[0]}; outward_form_{port}={token}"
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    form = f"csrfmiddlewaretoken={token}&about=".encode() + b"a" * (megabytes << 20)
    kind = "application/x-www-form-urlencoded"
    connection.request("POST", "/workspaces/none/records/need/new", form, {"Cookie": cookies, "Content-Type": kind})
    response = connection.getresponse()
    assert response.status == status
    assert said in response.read().decode()
    connection.close()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_cleanly_however_it_is_told_to(told: signal.Signals, running: subprocess.Popen[str]) -> None:
    _link(running)
    running.send_signal(told)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "Outward has stopped." in out
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UsageError, match="is taken or cannot be used"):
            free_port(other.getsockname()[1])


def test_a_port_that_cannot_be_is_said_plainly() -> None:
    with pytest.raises(UsageError, match="Port 99999 is taken or cannot be used"):
        free_port(99999)


def test_a_free_port_is_found() -> None:
    assert free_port(0) > 1023
