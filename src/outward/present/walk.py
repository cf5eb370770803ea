"""The walks of both sides: a picture with its table and sentence, and the most common exact routes."""

from __future__ import annotations

from collections.abc import Sequence

from outward.comparing import Comparison
from outward.comparing.walk import Route, Stage
from outward.present.lettering import clean, safe
from outward.present.map_choice import END, START
from outward.present.scrolling import scrolling
from outward.present.walk_svg import walk_svgs
from outward.present.words import count, duration, part, stamps

HEADING = "Walk with a usual customer of each side"
RULE = (
    "Nobody's own journey: it is put together by rule. At each step it takes the way that most on this side go on, "
    "never back to a step already walked. Shares are of the cases that come to the step; waits are those of all who "
    "go that way, so the waits of a walk do not add up to how long anybody took."
)
DRAWN = (
    "Each wait is drawn by itself, both sides on one scale: a bar as long as half of them took at most, a thin tail up "
    "to where nine in ten were over; a tail with two strokes is longer than drawn. Filled steps are on both walks. "
    "The longest wait is plum."
)
ROUTES = "The most common exact route of each side"
NOT_SHOWN = "not shown: too few"
HEADS = ("Step", "Most go on to", "Share of cases there", "Half wait under", "Nine in ten wait under", "On both walks")


def stage_words(stage: Stage) -> str:
    """Return one step of a walk in a sentence.

    >>> stage_words(Stage("Apply", "Check", 0.9, 5.0, 21.0))
    "90% go on to 'Check': half within 5 days, one in ten only after 21 days or more."
    """
    many = part(stage.share)
    if stage.step == START:
        return f"{many} begin with '{stage.to}'."
    if stage.to == END:
        return f"For {many[:1].lower()}{many[1:]} this is the last that is recorded."
    waits = [f"half within {duration(stage.median_days)}"] if stage.median_days is not None else []
    waits += [f"one in ten only after {duration(stage.p90_days)} or more"] if stage.p90_days is not None else []
    return f"{many} go on to '{stage.to}'{': ' if waits else ''}{', '.join(waits)}."


def walk_words(compared: Comparison) -> str:
    """Return in a sentence after which step the usual way of each side waits longest; '' where no wait is known."""
    told = []
    for name, stages in zip(compared.names, compared.walks, strict=True):
        known = [stage for stage in stages if stage.median_days is not None]
        if known:
            longest = max(known, key=lambda stage: stage.median_days or 0.0)
            wait = duration(longest.median_days or 0.0)
            told.append(f"'{name}' waits longest from '{longest.step}' to '{longest.to}', half of them under {wait}")
    return f"On the usual way {'; '.join(told)}." if told else ""


def walk_html(compared: Comparison) -> str:
    """Return the walks of both sides as pictures beside each other, with sentence and table; '' without paths."""
    if not any(compared.walks):
        return ""
    said = list(dict.fromkeys(one for answer in compared.answers for one in stamps(answer)))
    drawn = "".join(
        f'<div class="govuk-grid-column-one-half">{one}</div>'
        for one in walk_svgs(compared.walks, compared.names, said)
    )
    return (
        f'<div class="govuk-grid-row outward-walks">{drawn}</div>'
        f'<p class="govuk-body">{safe(walk_words(compared))}</p><p class="govuk-body-s">{safe(DRAWN)}</p>'
        f"{_stages_html(compared)}{_routes_html(compared)}"
    )


def _stages_html(compared: Comparison) -> str:
    first, second = ({stage.to for stage in stages} for stages in compared.walks)
    parts = [
        f'<tbody class="govuk-table__body"><tr class="govuk-table__row"><th scope="rowgroup" colspan="{len(HEADS)}" '
        f'class="govuk-table__header">{safe(name)}</th></tr>'
        f"{''.join(_row(_cells(stage, first & second)) for stage in stages)}</tbody>"
        for name, stages in zip(compared.names, compared.walks, strict=True)
        if stages
    ]
    return _table("The usual way, step by step", HEADS, parts)


def _cells(stage: Stage, shared: set[str]) -> Sequence[str]:
    waits = [_wait(stage, days) for days in (stage.median_days, stage.p90_days)]
    here = "The beginning" if stage.step == START else stage.step
    to = "Nothing: the last recorded" if stage.to == END else stage.to
    both = "yes" if stage.step in shared or stage.step == START else "no"
    return (here, to, part(stage.share), *waits, both)


def _wait(stage: Stage, days: float | None) -> str:
    if stage.step == START or stage.to == END:
        return "no wait"
    return NOT_SHOWN if days is None else duration(days)


def _routes_html(compared: Comparison) -> str:
    if not any(compared.routes):
        return ""
    rows = [_row((name, *_route(one))) for name, one in zip(compared.names, compared.routes, strict=True)]
    heads = ("Side", "Its most common exact route", "Cases", "Share of cases", "Half took under, first to last event")
    return _table(ROUTES, heads, [f'<tbody class="govuk-table__body">{"".join(rows)}</tbody>'])


def _route(route: Route | None) -> Sequence[str]:
    if route is None:
        return (NOT_SHOWN,) * 4
    half = NOT_SHOWN if route.median_days is None else duration(route.median_days)
    return (route.words, count(route.cases), part(route.share), half)


def route_words(name: str, route: Route | None) -> str:
    """Return the most common exact route of a side in a sentence.

    >>> route_words("North", Route("Apply > Pay", 60, 0.4, 3.0))
    "'North': Apply > Pay, by 40% of cases; half took under 3 days from the first to the last event."
    """
    if route is None:
        return f"'{name}': no exact route that enough customers took."
    half = ""
    if route.median_days is not None:
        half = f"; half took under {duration(route.median_days)} from the first to the last event"
    return f"'{name}': {route.words}, by {_lower(part(route.share))} of cases{half}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _table(caption: str, heads: Sequence[str], bodies: Sequence[str]) -> str:
    head = "".join(f'<th scope="col" class="govuk-table__header">{safe(one)}</th>' for one in heads)
    return scrolling(
        '<table class="govuk-table outward-beside">'
        f'<caption class="govuk-table__caption govuk-table__caption--s">{safe(caption)}</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f"{''.join(bodies)}</table>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    body = "".join(f'<td class="govuk-table__cell">{safe(one)}</td>' for one in others)
    return f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{safe(first)}</th>{body}</tr>'


def walk_lines(compared: Comparison) -> list[str]:
    """Return the walks of both sides, and their most common exact routes, as lines for a terminal."""
    lines = []
    for name, stages in zip(compared.names, compared.walks, strict=True):
        lines.append(f"{clean(name)}:")
        lines += [
            f"- {'The beginning' if stage.step == START else clean(stage.step)}. {clean(stage_words(stage))}"
            for stage in stages
        ]
    if any(compared.routes):
        told = zip(compared.names, compared.routes, strict=True)
        lines += [f"{ROUTES}:", *(f"- {clean(route_words(name, route))}" for name, route in told)]
    return lines
