"""A first look, as text, as JSON and as one HTML file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date as day
from datetime import timedelta
from math import inf
from textwrap import fill
from typing import Any

from outward.answers import Value
from outward.catalogue import find
from outward.looking import Finding, Look
from outward.present.json import as_json
from outward.present.lettering import clean
from outward.present.report import Section, file_name, html_file
from outward.present.words import basis_words, date, duration, sentence, stamps, standing_words

WIDTH = 88
HOW = ("U3.1", "U3.2", "U3.3", "U3.4", "U3.5", "U3.6", "U3.7")


def finding_words(finding: Finding) -> str:
    """Return a finding as a sentence."""
    return sentence(finding.answer, finding.sentence)


def trend_words(look: Look) -> str:
    """Return the trend in a sentence: how long cases take, in the first and the latest month that can be told.

    The latest is one whose cases were followed for as long as the slowest month took: of younger ones
    only those that went fast can have a figure.
    """
    months = look.trend.tables.get("months")
    if not look.log.settings.endings:
        return "Whether it has become faster or slower cannot be told: it is not known which steps end a case."
    rows = _followed(list(months.rows()), str(look.log.period[1])[:10]) if months else []
    if len(rows) < 6:
        return "There are too few months in which half of the cases have ended to tell a trend."
    early, late = rows[0], rows[-1]
    told = [
        f"{date(str(row['month'])[:7])} half ended within {duration(float(row['median_days'] or 0))}"
        for row in (early, late)
    ]
    return f"Of the cases that began in {told[0]}; of those that began in {told[1]}. {_beyond_chance(early, late)}"


Row = Mapping[str, Value]


def _followed(rows: Sequence[Row], last: str) -> list[Row]:
    """Return the months with a figure whose cases were followed up to the last day as long as the slowest took."""
    known = [row for row in rows if row["median_days"] is not None]
    if not known:
        return []
    slowest = max(float(row["median_days"] or 0) for row in known)
    latest = day.fromisoformat(last) - timedelta(days=slowest)
    return [row for row in known if day.fromisoformat(str(row["month"])) <= latest]


def _beyond_chance(early: Row, late: Row) -> str:
    """Return whether the likely ranges of two months lie apart, in a sentence."""
    ranges = [(row.get("median_days_low"), row.get("median_days_high")) for row in (early, late)]
    (low, high), (late_low, late_high) = [
        (float(low) if low is not None else 0.0, float(high) if high is not None else inf) for low, high in ranges
    ]
    if low > late_high or late_low > high:
        return "Their likely ranges lie apart; the months between may still go up and down."
    return "Their likely ranges overlap: the difference may be chance."


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
    lines += ["", _filled(basis_words(look.fitness.basis)), _filled(look.fitness.small_numbers)]
    return "\n".join(lines)


def _said(look: Look, id: str) -> str:
    answer = look.answers[id]
    return f"{sentence(answer, answer.sentence)} ({standing_words(replace(answer.standing, reasons=()))})"


def _standing(finding: Finding) -> str:
    return f"({standing_words(replace(finding.standing, reasons=()))})"


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
    first = [f"{number}. {finding_words(one)} {_standing(one)}" for number, one in enumerate(look.first, 1)]
    if first:
        reasons = dict.fromkeys(reason for one in look.first for reason in one.standing.reasons)
        first.append(standing_words(replace(look.first[0].standing, reasons=tuple(reasons))))
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
