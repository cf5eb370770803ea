"""A walk along the usual way of each side, told step by step."""

from __future__ import annotations

from outward.comparing import Comparison
from outward.comparing.walk import Stage
from outward.present.lettering import clean, safe
from outward.present.map_choice import END, START
from outward.present.words import duration, share

HEADING = "Walk with a usual customer of each side"
RULE = (
    "Nobody's own journey: it is put together by rule. At each step it takes the way that most on this side go on, "
    "never back to a step already walked. Shares are of the cases that come to the step; waits are those of all who "
    "go that way, so the waits of a walk do not add up to how long anybody took."
)


def stage_words(stage: Stage) -> str:
    """Return one step of a walk in a sentence.

    >>> stage_words(Stage("Apply", "Check", 0.9, 5.0, 21.0))
    "90% go on to 'Check': half within 5 days, one in ten only after 21 days or more."
    """
    many = _many(stage.share)
    if stage.step == START:
        return f"{many} begin with '{stage.to}'."
    if stage.to == END:
        return f"For {many[:1].lower()}{many[1:]} this is the last that is recorded."
    waits = [f"half within {duration(stage.median_days)}"] if stage.median_days is not None else []
    waits += [f"one in ten only after {duration(stage.p90_days)} or more"] if stage.p90_days is not None else []
    return f"{many} go on to '{stage.to}'{': ' if waits else ''}{', '.join(waits)}."


def _many(part: float | None) -> str:
    return "Most" if part is None else "Nearly all or all" if part >= 1 else share(part)


def walk_html(compared: Comparison) -> str:
    """Return the walks of both sides beside each other, each as a list of steps; '' where no path was released."""
    sides = [
        f'<div class="govuk-grid-column-one-half"><h3 class="govuk-heading-s">{safe(name)}</h3>'
        f'<ol class="govuk-list govuk-list--number">{"".join(_item(stage) for stage in stages)}</ol></div>'
        for name, stages in zip(compared.names, compared.walks, strict=True)
        if stages
    ]
    return f'<div class="govuk-grid-row">{"".join(sides)}</div>' if sides else ""


def _item(stage: Stage) -> str:
    name = "The beginning" if stage.step == START else stage.step
    return f"<li><strong>{safe(name)}</strong>. {safe(stage_words(stage))}</li>"


def walk_lines(compared: Comparison) -> list[str]:
    """Return the walks of both sides as lines for a terminal."""
    lines = []
    for name, stages in zip(compared.names, compared.walks, strict=True):
        lines.append(f"{clean(name)}:")
        lines += [
            f"- {'The beginning' if stage.step == START else clean(stage.step)}. {clean(stage_words(stage))}"
            for stage in stages
        ]
    return lines
