"""Tours of the example workspaces: a few stops for somebody who sees Outward for the first time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from outward.examples import EXAMPLES


@dataclass(frozen=True)
class Stop:
    """One page to look at, and what to notice there.

    Attributes:
        title: what it shows.
        path: the page's address within the workspace, as '/checks'; '' for its first page.
        notice: what to look for.
    """

    title: str
    path: str
    notice: str


@dataclass(frozen=True)
class Tour:
    """A few stops through a workspace, in their order."""

    title: str
    about: str
    stops: tuple[Stop, ...]


@cache
def tour_of(name: str) -> Tour | None:
    """Return the tour of an example workspace, or None where there is none.

    >>> tour_of("pensions").stops[1].path
    '/records/group'
    """
    written = files("outward.examples").joinpath(name, "tour.yaml")
    if name not in EXAMPLES or not written.is_file():
        return None
    held = yaml.safe_load(written.read_text(encoding="utf-8"))
    return Tour(held["title"], held["about"], tuple(Stop(**stop) for stop in held["stops"]))
