"""Two real data sets beside each other as two bodies: declarations of journeys at home and abroad."""

from __future__ import annotations

import gzip
import statistics
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from outward.comparing import Comparison, compare
from outward.present import comparison as words

pytestmark = pytest.mark.real

FILES = [f"bpic2020_travel_expenses/BPI_2020_{name}Declarations.xes.gz" for name in ("Domestic", "International")]
CASES, ROUTES = (10_500, 6_449), (99, 753)
"""As published of each log."""


@pytest.fixture
def compared(
    one_home: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, real_data: Callable[[str], Path]
) -> Comparison:
    monkeypatch.setenv("OUTWARD_HOME", str(one_home))
    monkeypatch.setenv("OUTWARD_KEY", str(one_home / "key"))
    home, abroad = (real_data(name) for name in FILES)
    return compare(home, other=abroad, policy="none", reason="a test against published figures")


def read(path: Path) -> list[list[tuple[datetime, str]]]:
    """Return the events of each case of a XES file, in plain Python."""
    found = []
    with gzip.open(path) as file:
        for _, trace in ET.iterparse(file):
            if trace.tag.endswith("trace"):
                events = []
                for event in trace:
                    if event.tag.endswith("event"):
                        told = {one.get("key"): str(one.get("value")) for one in event}
                        events.append((datetime.fromisoformat(told["time:timestamp"]), told["concept:name"]))
                found.append(events)
                trace.clear()
    return found


def test_two_bodies_have_their_published_sizes_and_routes(compared: Comparison) -> None:
    assert compared.sizes == CASES
    (routes,) = (put for put in compared.puts if put.id == "U3.2")
    assert tuple(answer.tables["summary"].values["routes"][0] for answer in routes.answers) == ROUTES


def test_their_steps_and_spans_are_those_of_the_files(compared: Comparison, real_data: Callable[[str], Path]) -> None:
    logs = [read(real_data(name)) for name in FILES]
    (paths,) = (put for put in compared.puts if put.id == "U3.1")
    for figure in paths.figures:
        step = figure.about[0][1]
        told = [sum(any(name == step for _, name in case) for case in log) / len(log) for log in logs]
        assert [one.value for one in figure.readings] == pytest.approx(told)
        assert figure.gap.value == pytest.approx(told[0] - told[1])
    (times,) = (put for put in compared.puts if put.id == "U3.3")
    for answer, log in zip(times.answers, logs, strict=True):
        spans = [(max(case)[0] - min(case)[0]).total_seconds() / 86_400 for case in log]
        assert answer.tables["spans"].values["median_days"][0] == pytest.approx(statistics.median(spans))


def test_what_makes_them_unlike_is_said(compared: Comparison) -> None:
    said = " ".join(compared.unlike)
    assert "only 'BPI 2020 InternationalDeclarations' has" in said
    assert "'Start trip'" in said
    assert "only 'BPI 2020 DomesticDeclarations' has 'Declaration FOR_APPROVAL by ADMINISTRATION'" in said
    assert "January 2017 to June 2019" in said
    again = next(put for put in compared.puts if put.id == "U3.5")
    assert "had not the same time" in words.put_words(again, compared.names)


def test_journeys_abroad_take_longer_beyond_chance(compared: Comparison) -> None:
    (times,) = (put for put in compared.puts if put.id == "U3.3")
    half = next(one for one in times.figures if words.figure_words(one) == "Half end within")
    assert half.gap.known
    assert half.gap.known.high < -50
    assert words.verdict(times, half) == "beyond chance"
