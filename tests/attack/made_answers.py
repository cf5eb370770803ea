"""Made-up logs, and answers over them of the shape that the questions give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from outward.answers import (
    Answer,
    Basis,
    Column,
    Evidence,
    Level,
    Method,
    Sentence,
    Standing,
    Table,
)

START, END = "▶", "■"
Small = Literal["mark", "drop", "pool"]


@dataclass(frozen=True)
class Case:
    """One made-up case: whose it is, its group, how it ended, its days and its steps."""

    customer: int
    group: str
    ending: str
    days: int
    steps: tuple[str, ...]


def answer(tables: dict[str, Table], **settings: object) -> Answer:
    made = Answer(
        question="U0.0",
        version=1,
        title="Made up",
        sentence=Sentence("Something.", "Too few."),
        tables=tables,
        method=Method("Counting", "Counted.", "None"),
        evidence=(Evidence("made-up log", "1", "2024-01-17", "2024-12-05", Basis.MADE_UP),),
        standing=Standing(Level.NONE, ("the data is made up",)),
    )
    return replace(made, **settings)  # type: ignore[arg-type]


def chain_with_detours(seed: int) -> list[Case]:
    """A main road that nearly everyone takes, with rare skips, loops and side steps."""
    dice = np.random.default_rng(seed)
    road = "ABCDEFGH"[: int(dice.integers(2, 9))]
    rare = float(dice.choice([0.003, 0.01, 0.03]))
    cases = []
    for number in range(int(dice.integers(15, 600))):
        steps: list[str] = []
        for step in road:
            roll = dice.random()
            if roll < rare:
                continue
            steps += [step, step] if roll < 2 * rare else [step, "X"] if roll < 3 * rare else [step]
        cases.append(_case(dice, number, tuple(steps or road)))
    return cases


def random_walks(seed: int) -> list[Case]:
    """Walks over a few steps, some ways common and some rare, some people with two cases."""
    dice = np.random.default_rng(seed)
    names = [f"S{step}" for step in range(int(dice.integers(2, 9)))]
    ways = dice.dirichlet(np.full(len(names) + 1, 0.3), size=len(names) + 1)
    cases = []
    for number in range(int(dice.integers(15, 400))):
        at, steps = len(names), list[str]()
        while len(steps) < 8:
            at = int(dice.choice(len(names) + 1, p=ways[at]))
            if at == len(names):
                break
            steps.append(names[at])
        cases.append(_case(dice, number if dice.random() < 0.9 else max(0, number - 1), tuple(steps or names[:1])))
    return cases


def _case(dice: np.random.Generator, customer: int, steps: tuple[str, ...]) -> Case:
    group = str(dice.choice(["North", "South", "East", "West"], p=[0.6, 0.3, 0.07, 0.03]))
    ending = str(dice.choice(["done", "refused", "withdrawn", "open"], p=[0.7, 0.2, 0.06, 0.04]))
    return Case(customer, group, ending, int(dice.integers(1, 200)), steps)


def people(cases: Sequence[Case]) -> int:
    return len({case.customer for case in cases})


def steps_table(cases: Sequence[Case]) -> Table:
    columns = [
        Column("step", "label"),
        Column("cases", "count", "cases"),
        Column("times", "count", "events"),
        Column("again", "count", "events", base="repeaters"),
        Column("people", "base"),
        Column("repeaters", "base"),
    ]
    rows: list[dict[str, Any]] = []
    for step in sorted({step for case in cases for step in case.steps}):
        through = [case for case in cases if step in case.steps]
        times = sum(case.steps.count(step) for case in cases)
        repeaters = people([case for case in cases if case.steps.count(step) > 1])
        rows.append(
            {
                "step": step,
                "cases": len(through),
                "times": times,
                "again": times - len(through),
                "people": people(through),
                "repeaters": repeaters,
            }
        )
    rows.sort(key=lambda row: (-row["times"], row["step"]))
    return Table.of_rows(columns, rows, base="people", small="drop", disjoint=False)


def paths_table(cases: Sequence[Case]) -> Table:
    columns = [
        Column("from_step", "label"),
        Column("to_step", "label"),
        Column("cases", "count", "cases"),
        Column("times", "count", "events"),
        Column("share", "share", "share", of=("cases", "all_cases")),
        Column("share_low", "low", "share", bounds="share"),
        Column("share_high", "high", "share", bounds="share"),
        Column("median_days", "quantile", "days", sides=("below", "above")),
        Column("all_cases", "count", "cases", base="everyone"),
        *(Column(name, "base") for name in ("people", "below", "above", "everyone")),
    ]
    times: Counter[tuple[str, str]] = Counter()
    who: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        way = list(pairwise((START, *case.steps, END)))
        times.update(way)
        for pair in set(way):
            who.setdefault(pair, []).append(case)
    rows: list[dict[str, Any]] = [
        {
            "from_step": pair[0],
            "to_step": pair[1],
            "cases": len(who[pair]),
            "times": count,
            "share": len(who[pair]) / len(cases),
            "share_low": 0.1,
            "share_high": 0.9,
            "median_days": float(np.median([case.days for case in who[pair]])),
            "all_cases": len(cases),
            "people": people(who[pair]),
            "below": people(who[pair]) // 2,
            "above": people(who[pair]) // 2,
            "everyone": people(cases),
        }
        for pair, count in times.items()
    ]
    rows.sort(key=lambda row: -row["times"])
    return Table.of_rows(columns, rows, base="people", small="drop", disjoint=False, flow=("from_step", "to_step"))


def parts_table(cases: Sequence[Case], by: str, small: Small = "mark") -> Table:
    """The size of each group (or ending), with its share of all."""
    columns = [
        Column("part", "label"),
        Column("cases", "count", "cases"),
        Column("share", "share", "share", of=("cases", "all_cases")),
        Column("share_low", "low", "share", bounds="share"),
        Column("share_high", "high", "share", bounds="share"),
        Column("all_cases", "count", "cases", base="everyone"),
        Column("people", "base"),
        Column("everyone", "base"),
    ]
    rows: list[dict[str, Any]] = []
    for part in sorted({getattr(case, by) for case in cases}):
        mine = [case for case in cases if getattr(case, by) == part]
        rows.append(
            {
                "part": part,
                "cases": len(mine),
                "share": len(mine) / len(cases),
                "share_low": 0.1,
                "share_high": 0.9,
                "all_cases": len(cases),
                "people": people(mine),
                "everyone": people(cases),
            }
        )
    return Table.of_rows(columns, rows, base="people", small=small)


def split_table(cases: Sequence[Case]) -> Table:
    """Groups across, with how their cases ended beside one another, parts adding up both ways."""
    endings = ["done", "refused", "withdrawn", "open"]
    columns = [
        Column("group", "label"),
        Column("cases", "count", "cases"),
        *(Column(ending, "count", "cases", base=f"{ending}_people") for ending in endings),
        Column("people", "base"),
        *(Column(f"{ending}_people", "base") for ending in endings),
    ]
    rows: list[dict[str, Any]] = []
    for group in sorted({case.group for case in cases}):
        mine = [case for case in cases if case.group == group]
        row: dict[str, Any] = {"group": group, "cases": len(mine), "people": people(mine)}
        for ending in endings:
            ended = [case for case in mine if case.ending == ending]
            row |= {ending: len(ended), f"{ending}_people": people(ended)}
        rows.append(row)
    return Table.of_rows(columns, rows, base="people")


def curve_table(cases: Sequence[Case]) -> Table:
    """The share still open on a grid of days, while enough people are still open."""
    columns = [
        Column("day", "number", "days"),
        Column("open_share", "estimate", "share", of=("", "cases"), base="at_risk"),
        Column("open_low", "low", "share", bounds="open_share", base="at_risk"),
        Column("open_high", "high", "share", bounds="open_share", base="at_risk"),
        Column("cases", "count", "cases"),
        Column("people", "base"),
        Column("at_risk", "base"),
    ]
    rows: list[dict[str, Any]] = []
    for day in range(0, 200, 20):
        still = [case for case in cases if case.days > day]
        share = len(still) / len(cases)
        rows.append(
            {
                "day": day,
                "open_share": share,
                "open_low": max(0.0, share - 0.0373),
                "open_high": min(1.0, share + 0.0373),
                "cases": len(cases),
                "people": people(cases),
                "at_risk": people(still),
            }
        )
    return Table.of_rows(columns, rows, base="people", disjoint=False)


def whole_answer(cases: Sequence[Case]) -> Answer:
    """Map, repeats, groups, endings and curve over one log, as if asked together."""
    return answer(
        {
            "steps": steps_table(cases),
            "paths": paths_table(cases),
            "groups": parts_table(cases, "group"),
            "endings": parts_table(cases, "ending"),
            "split": split_table(cases),
            "curve": curve_table(cases),
        }
    )


def tiny_chain(seed: int) -> list[Case]:
    """One to three steps, where little else happens than the main road: hardest to hide anything in."""
    dice = np.random.default_rng(seed)
    road = "ABC"[: int(dice.integers(1, 4))]
    rare = float(dice.choice([0.01, 0.03, 0.1]))
    cases = []
    for number in range(int(dice.integers(12, 120))):
        rolls = dice.random(len(road))
        steps = "".join(
            step * (1 + (rare <= roll < 2 * rare)) for step, roll in zip(road, rolls, strict=True) if roll >= rare
        )
        cases.append(_case(dice, number, tuple(steps or road)))
    return cases


def grouped_cases(seed: int) -> list[Case]:
    """Cases of one step, over groups and endings just over and just under the threshold."""
    dice = np.random.default_rng(seed)
    return [_case(dice, number, ("A",)) for number in range(int(dice.integers(15, 300)))]


def many_paths(seed: int, steps: int, paths: int) -> Table:
    """A large made-up table of paths, most of them rare, as real logs have them."""
    dice = np.random.default_rng(seed)
    columns = paths_table([]).columns
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    while len(rows) < paths:
        a, b = (int(number) for number in dice.integers(0, steps + 1, 2))
        pair = (START if a == steps else f"S{a}", END if b == steps else f"S{b}")
        cases = int(dice.pareto(0.7) * 4) + 1
        fixed = {"share": 0.1, "share_low": 0.1, "share_high": 0.2, "median_days": 3.3, "all_cases": 100_000}
        named = {"from_step": pair[0], "to_step": pair[1], "cases": cases, "times": cases, "people": cases}
        if pair != (START, END):
            rows[pair] = {**named, **fixed, "below": cases // 2, "above": cases // 2, "everyone": 100_000}
    ordered = sorted(rows.values(), key=lambda row: -float(row["times"]))
    return Table.of_rows(columns, ordered, base="people", small="drop", disjoint=False, flow=("from_step", "to_step"))
