"""A first look, as text, as JSON and as one HTML file."""

from __future__ import annotations

import json
from textwrap import fill
from typing import Any

from outward.catalogue import find
from outward.looking import Finding, Look
from outward.present.json import as_json
from outward.present.lettering import clean
from outward.present.report import Section, file_name, html_file
from outward.present.words import basis_words, sentence, stamps, standing_words

WIDTH = 88
HOW = ("U3.1", "U3.2", "U3.3", "U3.4", "U3.5", "U3.6")


def finding_words(finding: Finding) -> str:
    """Return a finding as a sentence."""
    return sentence(finding.answer, finding.sentence)


def trend_words(look: Look) -> str:
    """Return the trend in a sentence: how long cases take, first against latest year that can be told."""
    months = look.trend.tables.get("months")
    rows = [row for row in months.rows() if row["median_days"] is not None] if months else []
    if months is None or len(rows) < 6:
        return "There are too few months in which half of the cases have ended to tell a trend."
    from outward.present.words import date, duration

    early, late = rows[0], rows[-1]
    told = [
        f"of the cases that began in {date(str(row['month'])).split(' ', 1)[1]} half ended within "
        f"{duration(float(row['median_days'] or 0))}"
        for row in (early, late)
    ]
    return f"{told[0][0].upper()}{told[0][1:]}; {told[1]}."


def look_text(look: Look) -> str:
    """Return the look in sentences for a terminal."""
    lines = [clean(look.log.name)]
    lines += [stamp.upper() for stamp in stamps(look.fitness)]
    lines += [_filled(sentence(look.fitness, look.fitness.sentence)), "", "Look at these first"]
    lines += [
        _filled(f"{number}. {finding_words(one)} {_standing(one)}") for number, one in enumerate(look.first, start=1)
    ] or ["There is nothing that stands behind enough customers to point at."]
    lines += ["", "How it has gone", _filled(trend_words(look)), "", "In short"]
    lines += [_filled(f"{id} {find(id).title} {_said(look, id)}") for id in HOW]
    lines += ["", "What cannot be answered yet"]
    lines += [_filled(f"- {one}") for one in look.cannot] or ["Nothing that this data could answer."]
    lines += ["", _filled(basis_words(look.fitness.basis)), _filled(look.fitness.policy.words)]
    return "\n".join(lines)


def _said(look: Look, id: str) -> str:
    answer = look.answers[id]
    return f"{sentence(answer, answer.sentence)} ({answer.standing.level.value.capitalize()}.)"


def _standing(finding: Finding) -> str:
    return f"({finding.standing.level.value.capitalize()}.)"


def _filled(text: str) -> str:
    return fill(clean(text), WIDTH, subsequent_indent="  " if text[:2] in ("1.", "2.", "3.", "- ") else "")


def look_json(look: Look) -> str:
    """Return the look as JSON: counts, roles, quality, findings, trend, what cannot be answered, all answers."""
    tables = as_json(look.fitness)["tables"]
    found: dict[str, Any] = {
        "version": 1,
        "data_set": look.log.id,
        "name": look.log.name,
        "basis": look.fitness.basis.value,
        "policy": as_json(look.fitness)["policy"],
        "counts": tables["counts"]["rows"][0] if tables["counts"]["rows"] else {},
        "roles": dict(look.log.settings.roles) or dict(look.log.settings.dates),
        "confirmed": tables["confirmed"]["rows"],
        "quality": {name: tables[name]["rows"] for name in ("aside", "checks", "columns")},
        "findings": [
            {
                "sentence": finding_words(one),
                "question": one.answer.question,
                "where": one.where,
                "customer_days": one.days,
                "standing": one.standing.level.value,
                "reasons": list(one.standing.reasons),
            }
            for one in look.first
        ],
        "trend": trend_words(look),
        "cannot": list(look.cannot),
        "answers": {id: as_json(answer) for id, answer in look.answers.items()},
    }
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)


def _sections(look: Look) -> list[Section]:
    first = [
        f"{number}. {finding_words(one)} {standing_words(one.standing)}" for number, one in enumerate(look.first, 1)
    ]
    return [
        Section("Look at these first", first or ["Nothing stands behind enough customers to point at."], []),
        Section("How it has gone", [trend_words(look)], []),
        Section("What cannot be answered yet", list(look.cannot) or ["Nothing that this data could answer."], []),
        Section("How customers act at present", [], [look.answers[id] for id in HOW]),
        Section("Is the evidence fit to be used?", [], [look.fitness]),
    ]


def look_html(look: Look) -> str:
    """Return the look as one self-contained HTML page."""
    return html_file(look.log.name, _sections(look))


def look_file_name(look: Look) -> str:
    """Return the name of its HTML file, which carries the stamps."""
    return file_name(look.log.name, _sections(look))
