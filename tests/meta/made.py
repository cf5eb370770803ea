"""The made-up files that the guides speak of, so that every command in a guide can be run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from outward.workspace.homes.home import Change, open_home
from tests.made_workbooks import write_workbook

FIRST = datetime(2024, 1, 2, 9)
CASES = 400


def write_all(folder: Path) -> None:
    """Write every file that a guide names."""
    permits(folder / "permits.csv")
    permits(folder / "vale-permits.csv", seed=2004)
    workbook(folder / "permits.csv", folder / "permits.xlsx")
    customers(folder / "customers.csv")
    repairs(folder / "repairs.csv")
    requests(folder / "requests.csv")
    workspace(folder / "our-workspace")


def workspace(folder: Path) -> None:
    """Write a workspace that has just been begun."""
    folder.mkdir()
    text = "title: Our workspace\nbody: A made-up body\nmade_up: true\nchampion: Director\nchampion_on_board: yes\n"
    (folder / "workspace.yaml").write_text(text, encoding="utf-8")


def removed_interview(folder: Path, id: str) -> None:
    """Write an interview into a workspace and remove it, so that its history alone holds it."""
    home = open_home(folder)
    held = {"id": id, "title": "A customer", "speaker": "customer"}
    home.change([Change("interview", id, None, held)], by="A made-up writer")
    home.change([Change("interview", id, home.load().values("interview", id), None)], by="A made-up writer")


def permits(path: Path, seed: int = 2001) -> None:
    """Write a case log, one row an event: the main example of the guides."""
    rng = np.random.default_rng(seed)
    rows: list[Sequence[object]] = []
    for number in range(CASES):
        known = [f"P{number:04d}", f"C{number % 370:04d}"]
        known += [str(rng.choice(["Online", "Phone", "Post"])), str(rng.choice(["North", "South"]))]
        time = FIRST + timedelta(days=number * 0.8)
        for step in _permit(rng):
            rows.append([known[0], step, f"{time:%d/%m/%Y %H:%M}", *known[1:], "made.up@example.org"])
            time += timedelta(days=float(rng.exponential(9)))
    header = ["permit_no", "step", "done_at", "customer_no", "channel", "area", "email"]
    _write(path, header, rows)


def workbook(table: Path, path: Path) -> None:
    """Write a table into the second sheet of a workbook, below a title; the first sheet is a list of codes."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    codes = [("code", "area"), ("1", "North"), ("2", "South")]
    write_workbook(path, {"Codes": codes, "Sheet 2": [("Permits asked for",), *rows]})


def customers(path: Path) -> None:
    """Write a list of the customers who ask for permits."""
    _write(path, ["customer_no", "household"], [[f"C{number:04d}", "ABC"[number % 3]] for number in range(380)])


def _permit(rng: np.random.Generator) -> list[str]:
    again = ["Ask for more", "Check"] * int(rng.integers(0, 3))
    last = rng.choice(["Grant", "Refuse", "Withdraw", ""], p=[0.6, 0.15, 0.1, 0.15])
    return [step for step in ["Apply", "Check", *again, "Decide", str(last)] if step]


def repairs(path: Path) -> None:
    """Write a case log with a row for each start and each completion."""
    rng = np.random.default_rng(2002)
    rows: list[Sequence[object]] = []
    for number in range(CASES):
        time = FIRST + timedelta(hours=number * 5)
        for step in ("Report", "Visit", "Repair"):
            for phase in ("start", "complete"):
                rows.append([number, step, phase, f"{time:%Y-%m-%dT%H:%M:%S}"])
                time += timedelta(hours=float(rng.exponential(30)))
    _write(path, ["case_id", "activity", "lifecycle", "timestamp"], rows)


def requests(path: Path) -> None:
    """Write a wide table: one row a case, a column for each date."""
    rng = np.random.default_rng(2003)
    rows: list[Sequence[object]] = []
    for number in range(CASES):
        asked = FIRST + timedelta(days=number)
        answered = asked + timedelta(days=float(rng.exponential(6)))
        closed = answered + timedelta(days=float(rng.exponential(4)))
        told = [f"{closed:%d/%m/%Y}" if number < CASES - 30 else ""]
        rows.append([f"R{number:05d}", f"{asked:%d/%m/%Y}", f"{answered:%d/%m/%Y}", *told, rng.choice(["A", "B"])])
    _write(path, ["request_id", "date_asked", "date_answered", "date_closed", "team"], rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(rows)
