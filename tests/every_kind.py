"""Made-up workspaces: one that holds every kind with awkward words, and any number by Hypothesis."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from outward.catalogue import ROOMS
from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, cannot_be_shown, fields_of
from outward.workspace.problems import Place
from outward.workspace.records import Record, kinds

AWKWARD = (
    "=1+1",
    "+44 20 7946 0000",
    "-1 point",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://example.org","x")',
    "=cmd|' /C calc'!A0",
    "'quoted",
    "007",
    "1e5",
    "TRUE",
    "2026-03-31",
    "31/03/2026",
    "a; b, c",
    "_x0041_ &amp; <b>",
    "two  spaces",
    "\u00a31.50 \u2013 \u2018caf\u00e9\u2019 \U0001f600",
    "#REF!",
)


def everything() -> Workspace:
    """Return a workspace with two records of every kind, every field filled in."""
    rows = []
    for kind in kinds().values():
        for number in (1, 2) if kind.KIND != "workspace" else (1,):
            values = {field.name: _filled(kind, field, number) for field in fields_of(kind)}
            rows.append(Row(kind.KIND, {name: value for name, value in values.items() if value is not None}, Place()))
    return build(rows)


def _filled(kind: type[Record], field: Field, number: int) -> Any:
    if field.name == "id":
        return f"{kind.KIND.replace('_', '-')}-{number}" if number == 1 else "007"
    if field.name == "parent":
        return None if number == 1 else "group-1"
    if field.name == "question":
        return "U3.1"
    place = list(fields_of(kind)).index(field) + number * 7
    words = AWKWARD[place % len(AWKWARD)]
    if field.to:
        ids = [f"{field.to.replace('_', '-')}-1", "007"]
        return ids if field.several else ids[number % 2]
    if field.several:
        return [words, "Build, then buy"] if number == 1 else [words]
    by_shape: dict[str, Any] = {
        "line": words,
        "prose": f"{words}\n\n- a point\n=2+2",
        "choice": field.choices[number % len(field.choices)] if field.choices else "",
        "day": ["2026-03-31", "1899-12-30"][number - 1],
        "number": [0.1 + 0.2, -1e300][number - 1],
        "whole": number,
        "yes or no": number == 1,
        "settings": {"gave_up_after_days": 30, "on": "2026-01-01", "roles": {"case": False, "word": words, "x": None}},
    }
    return by_shape[field.shape]


LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda letter: not cannot_be_shown(letter))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)


PLAIN = (st.text(LETTERS, min_size=1, max_size=30) | st.sampled_from(AWKWARD)).filter(str.strip)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY
OF_SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "line": PLAIN,
    "prose": st.lists(PLAIN | st.just(""), min_size=1, max_size=4).map("\n".join).filter(str.strip),
    "day": st.dates(date(1, 1, 1)).map(date.isoformat),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "yes or no": st.booleans(),
    "settings": st.dictionaries(
        PLAIN,
        st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PLAIN, inner, max_size=2)),
        max_size=3,
    ),
}
"""What a field of each shape may hold; made once, as making these takes longer than to draw from them."""


def values_of(field: Field, ids: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """Return what a field may hold, before it is checked; None for nothing."""
    return _values_of(field, tuple(ids[field.to]) if field.to else ())


@cache
def _values_of(field: Field, ids: tuple[str, ...]) -> st.SearchStrategy[Any]:
    if field.to and not ids:
        return st.none()
    if field.to:
        one: st.SearchStrategy[Any] = st.sampled_from(ids)
    elif field.name == "question":
        one = st.sampled_from(sorted(ROOMS))
    elif field.shape == "choice":
        one = st.sampled_from(field.choices)
    elif field.shape == "whole":
        one = st.integers(0, 5 if field.name == "score" else 10**12)
    else:
        one = OF_SHAPES[field.shape]
    if field.several:
        one = st.lists(one, min_size=1, max_size=3)
    return one if field.required else st.none() | one


MOST_KINDS = 9


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """Return any small workspace: up to two records of each of some kinds, as Hypothesis gives up larger ones."""
    some = draw(st.sets(st.sampled_from(list(kinds())), max_size=MOST_KINDS))
    ids = {kind: draw(st.lists(IDS, unique=True, max_size=2)) if kind in some else [] for kind in kinds()}
    ids["workspace"] = ["made"]
    rows: list[Row] = []
    while True:
        lacking = {
            kind.KIND
            for kind in kinds().values()
            for field in fields_of(kind)
            if field.required and field.to and not ids[field.to] and ids[kind.KIND]
        }
        if not lacking:
            break
        ids |= {kind: [] for kind in lacking}
    for kind in kinds().values():
        for place, id in enumerate(ids[kind.KIND]):
            before = ids | ({"group": ids["group"][:place]} if kind.KIND == "group" else {})
            values = {field.name: draw(values_of(field, before)) for field in fields_of(kind) if field.name != "id"}
            held = {name: value for name, value in values.items() if value is not None}
            rows.append(Row(kind.KIND, {"id": id, **held}, Place()))
    return build(rows)
