"""The journey map's own settings in an address, the fields for them, and where its marks lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import get_args

from outward.answers import Map
from outward.disclosure.released import ReleasedAnswer
from outward.errors import UsageError
from outward.evidence.where import Condition
from outward.present import map_choice
from outward.present.map_choice import END, START
from outward.present.map_svg import Href, Paint, map_layout, map_svg
from outward.web.address import Asked
from outward.web.fields import Field, Option, choice

SETTINGS = ("steps", "paths", "paint", "left", "right")

PAINT: dict[Paint, str] = {
    "cases": "How many took each path",
    "share": "What share took each path",
    "median_days": "The usual wait: half waited less",
    "p90_days": "The long wait: nine in ten waited less",
}
"""What the paths of a map can show."""


@dataclass(frozen=True)
class Drawn:
    """How a map is drawn.

    Attributes:
        steps: percent of the steps, those that most go through first.
        paths: percent of the paths between them, likewise.
        paint: what the paths show.
        groups: the groups whose maps stand beside each other, at most two; none for everyone together.
    """

    steps: int
    paths: int
    paint: Paint = "cases"
    groups: tuple[str, ...] = ()

    @property
    def settings(self) -> dict[str, str]:
        """The settings as an address holds them."""
        sides = dict(zip(("left", "right"), self.groups, strict=False))
        return {"steps": str(self.steps), "paths": str(self.paths), "paint": self.paint} | sides


def usual(answer: ReleasedAnswer, picture: Map) -> Drawn:
    """Return how a map is drawn unless asked otherwise: few enough steps and paths to be read."""
    groups = map_choice.groups(answer, picture)
    whole = map_choice.union(map_choice.everything(answer, picture, one) for one in groups or [""])
    steps, paths = map_choice.calm(whole)
    return Drawn(ceil(steps * 100), ceil(paths * 100), groups=tuple(groups[:2]))


def drawn(view: Mapping[str, str], plain: Drawn, groups: list[str]) -> Drawn:
    """Return how an address wants the map drawn.

    Args:
        view: the settings in the address.
        plain: how it is drawn unless asked otherwise.
        groups: the groups that the answer holds.

    Raises:
        UsageError: a setting is no number, or names a way of painting that is not there. A group that is
            not there (any more) gives way to the usual one.
    """
    wanted = plain.settings | {name: value for name, value in view.items() if name in plain.settings}
    painted = {str(one): one for one in get_args(Paint)}
    if wanted["paint"] not in painted:
        raise UsageError.unknown("way to show a path", wanted["paint"], painted)
    sides = [(side, group) for side, group in plain.settings.items() if side in ("left", "right")]
    chosen = tuple(wanted[side] if wanted[side] in groups else group for side, group in sides)
    return Drawn(_percent(wanted, "steps"), _percent(wanted, "paths"), painted[wanted["paint"]], chosen)


def _percent(wanted: Mapping[str, str], name: str) -> int:
    text = wanted[name]
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 100:
        raise UsageError(f"'{name}' is a whole number from 1 to 100, not '{text}'.")
    return int(text)


def map_fields(how: Drawn, groups: list[str]) -> list[Field]:
    """Return the map's fields: sliders for steps and paths, what paths show, and the two groups."""
    painted = tuple(Option(value, words, value == how.paint) for value, words in PAINT.items())
    pairs = [(group, group) for group in groups]
    sides = zip(("left", "right"), ("First group", "Second group"), how.groups, strict=False)
    return [
        *(choice(name, label, pairs, group) for name, label, group in sides),
        Field("range", "steps", "Share of the steps drawn", str(how.steps), low=1, high=100),
        Field("range", "paths", "Share of the paths drawn", str(how.paths), low=1, high=100),
        Field("radios", "paint", "What the paths show", how.paint, options=painted),
    ]


def map_svgs(answer: ReleasedAnswer, picture: Map, how: Drawn, href: Href | None = None) -> list[tuple[str, str]]:
    """Return (group, SVG) for each map to draw; maps beside each other share one layout."""
    steps, paths = how.steps / 100, how.paths / 100
    if not how.groups:
        whole = map_svg(answer, picture, paint=how.paint, steps=steps, paths=paths, href=href, name=picture.name)
        return [("", whole)]
    layout = map_layout(answer, picture, paint=how.paint, steps=steps, paths=paths)
    return [
        (
            group,
            map_svg(
                answer,
                picture,
                paint=how.paint,
                href=href,
                group=group,
                layout=layout,
                name=f"{picture.name}-{place}",
            ),
        )
        for place, group in enumerate(how.groups)
    ]


def map_links(asked: Asked) -> Href:
    """Return the function that says where a step or a path of the map leads.

    A step leads to the map of the journeys that go through it, a path to that of those that take it.
    """

    def href(step: str, to: str | None) -> str | None:
        if to is None:
            condition = Condition("passes", (step,))
        elif step == START:
            condition = Condition("starts", (to,))
        elif to == END:
            condition = Condition("ends", (step,))
        else:
            condition = Condition("path", (step, to))
        return asked.of("U3.1").also(condition).journeys

    return href
