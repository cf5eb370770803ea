"""Serving the pages to one person on this computer, opened through a link with a one-time key."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

from outward.errors import UsageError

HOST = "127.0.0.1"
THREADS = 8
PATIENCE_SECONDS = 60
RESTART_SECONDS = 0.5


def serve(port: int = 0, open_browser: bool = True) -> None:
    """Serve the pages until Ctrl-C, having printed the link that opens them.

    Args:
        port: on which to listen; 0 takes one that is free.
        open_browser: whether to open the link in the person's browser as well.

    Raises:
        UsageError: the port is taken or cannot be used.
    """
    from granian import Granian
    from granian.constants import Interfaces

    from outward.web.entry import new_key

    port = free_port(port)
    key, kept = new_key()
    os.environ["OUTWARD_ENTRY"] = kept
    os.environ["OUTWARD_PORT"] = str(port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "outward.web.settings"
    link = f"http://{HOST}:{port}/enter/{key}"
    server = Granian(
        "outward.web.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=5,
        websockets=False,
        log_enabled=False,
    )
    server.on_startup(_stop_with_the_terminal)
    Thread(target=_announce, args=(port, link, open_browser), daemon=True).start()
    over = Event()
    working = Thread(target=_keep_working, args=(port, over), daemon=True)
    working.start()
    try:
        server.serve()
    finally:
        over.set()
        working.join()
    print("Outward has stopped.")


def _keep_working(port: int, over: Event) -> None:
    """Keep one child at the long work until it is over: a new one for each that dies.

    It has a session of its own, so that Ctrl-C reaches it through here alone. The first one starts when
    the pages answer: the web server has then made its own process, which could else inherit the pipe on
    which the start of this one is waited for, and hold it open for good.
    """
    while not _serves(port) and not over.wait(0.1):
        pass
    command = [sys.executable, "-m", "outward.web.worker", str(os.getpid())]
    while not over.is_set():
        with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:  # noqa: S603 - our own
            while child.poll() is None and not over.wait(0.2):
                pass
            child.kill()  # safe at any moment
        over.wait(RESTART_SECONDS)


def _stop_with_the_terminal() -> None:
    """Let a closed terminal end the server as Ctrl-C does; the web server would only reload."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGINT))


def _announce(port: int, link: str, open_browser: bool) -> None:
    """Print the link, and open it, once the server answers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if time.monotonic() > until:
            return
        time.sleep(0.05)
    print(f"Outward is open at this link, which works once:\n\n  {link}\n\nPress Ctrl-C to stop.", flush=True)
    if open_browser:
        webbrowser.open(link)


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        return trial.connect_ex((HOST, port)) == 0


def _serves(port: int) -> bool:
    """Return whether a page is answered, whatever it says."""
    asked = HTTPConnection(HOST, port, timeout=1)
    try:
        asked.request("GET", "/")
        return bool(asked.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def free_port(port: int) -> int:
    """Return the port to listen on: the one asked for, or one that is free for 0.

    Raises:
        UsageError: it is taken or cannot be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"Port {port} is taken or cannot be used. Choose another, or leave it out to have one chosen."
            ) from error
        found: int = trial.getsockname()[1]
        return found
