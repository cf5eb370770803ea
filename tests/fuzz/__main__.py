"""Fuzz one target, or each in turn, guided by coverage: `make fuzz`, or `python -m tests.fuzz NAME SECONDS`.

Each target runs in a process of its own, so that a crash of a library is a finding and not the end. What is
found is written to a folder beside the terminal's and named; what was worth keeping stays for the next run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOUND = Path(".fuzz")
SECONDS = 60
MEMORY_MB = 4_000
LONGEST = 20_000
SLOWEST = 60


def main(arguments: list[str]) -> int:
    """Run the target named, or all, for so many seconds each; 0 where nothing was found."""
    name = arguments[0] if arguments else "all"
    seconds = int(arguments[1]) if len(arguments) > 1 else SECONDS
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("Fuzzing needs atheris, which is not among the locked tools. Add it with: .venv/bin/pip install atheris")
        return 2
    if name == "all":
        from tests.fuzz.targets import targets

        known = targets()
        failed = [one for one in known if _apart(one, seconds)]
        print(f"\n{len(known)} targets, {seconds} seconds each. Found: {', '.join(failed) or 'nothing'}.")
        return bool(failed)
    _fuzz(name, seconds)
    return 0


def _apart(name: str, seconds: int) -> int:
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "tests.fuzz", name, str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    lines = (done.stdout + done.stderr).splitlines()
    told = [line for line in lines if "DONE" in line or "ERROR" in line or "Error" in line or "BINGO" in line]
    print("\n".join(told[-6:]), f"exit {done.returncode}", flush=True)
    return done.returncode


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    # Outward imports where it uses: each seed is run once while what is imported is being instrumented.
    with atheris.instrument_imports(include=["outward"]):
        from tests.fuzz.targets import targets

        run, seeds = targets()[name]
        for seed in seeds:
            run(seed)
    corpus = FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={LONGEST}"]
    options += [f"-timeout={SLOWEST}", f"-artifact_prefix={FOUND}/{name}-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], run)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("OUTWARD_MEMORY", "256MB")
    sys.exit(main(sys.argv[1:]))
