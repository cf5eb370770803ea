"""Made-up logs of groups that are alike, or that differ by what was planted, with what is true of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.made_case_logs import Case

from outward.evidence.tables import Settings

SIZES = {"North": 160, "East": 110, "South": 70, "West": 45}
"""Customers of each area."""

SETTINGS = Settings(
    endings={"Pay": "done", "Refuse": "refused", "Withdraw": "withdrawn"},
    extract_date="2025-04-05",
    confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"),
)
"""Following ends with day 460."""


@dataclass(frozen=True)
class Ways:
    """How the cases of an area go.

    Attributes:
        asked: chance of being asked for papers.
        again: chance that checking is done again.
        refused: chance of being refused.
        left: chance to withdraw when asked for papers.
        days: median days of checking.
    """

    asked: float = 0.3
    again: float = 0.2
    refused: float = 0.2
    left: float = 0.15
    days: float = 9.0


ALIKE = Ways()
APART = Ways(asked=0.6, again=0.45, refused=0.2, left=0.15, days=18.0)


def journey(ways: Ways, luck: np.random.Generator, own: float = 0.0) -> list[tuple[str, float]]:
    """Return one case's steps from day 0; `own` is what the customer's cases have in common, about 0."""

    def happens(chance: float) -> bool:
        odds = chance / (1 - chance) * np.exp(own)
        return bool(luck.random() < odds / (1 + odds))

    day, steps = 0.0, [("Apply", 0.0)]

    def on(step: str, median: float) -> None:
        nonlocal day
        day += float(median * np.exp(0.7 * luck.standard_normal() + 0.3 * own))
        steps.append((step, day))

    on("Check", ways.days)
    if happens(ways.again):
        on("Check", 4)
    if happens(ways.asked):
        on("Ask for papers", 3)
        if happens(ways.left):
            on("Withdraw", 30)
            return steps
        on("Send papers", 12)
    on("Refuse" if happens(ways.refused) else "Pay", 8)
    return steps


def made(seed: int, west: Ways = ALIKE, cases_each: int = 1, alike: float = 0.0) -> list[Case]:
    """Return the cases of four areas; of West they go as said, of the others all alike.

    Args:
        seed: of the luck.
        west: how the cases of the smallest area go.
        cases_each: most cases of a customer, each number equally likely; from 2 customers are named.
        alike: spread of what the cases of one customer have in common.
    """
    luck = np.random.default_rng(seed)
    found: list[Case] = []
    for area, customers in SIZES.items():
        for number in range(customers):
            own = alike * float(luck.standard_normal())
            for _ in range(int(luck.integers(1, cases_each + 1))):
                begins = float(luck.uniform(0, 400))
                steps = journey(west if area == "West" else ALIKE, luck, own)
                seen = tuple((step, begins + day) for step, day in steps if begins + day < 460)
                columns = {"area": area} | ({"customer": f"{area} {number}"} if cases_each > 1 else {})
                found.append(Case(str(len(found)), seen, columns))
    return found
