"""A comparison of two sides in words, as a table, as text, as JSON and as one HTML file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from textwrap import fill
from typing import Any

from outward.answers import Basis, Column, Level, Standing
from outward.comparing import Comparison, Put
from outward.comparing.figures import Figure, Labels, Reading, Tested
from outward.disclosure.released import ReleasedAnswer
from outward.present.json import as_json
from outward.present.lettering import clean, cut_middle, safe
from outward.present.report import Section, all_stamps, file_name, html_file
from outward.present.scrolling import scrolling
from outward.present.walk import HEADING, RULE, walk_html, walk_lines
from outward.present.words import cell, count, duration, p_value, sentence, standing_words

WIDTH = 88
ROOM = (13.0, 700.0)
"""Size of letters and room for a label, in pixels: a long route loses its middle."""
FEW = "Where a table has many rows, those are shown whose figures differ most; the whole tables are in each answer."
RANGES = (
    "In brackets, the likely range. A difference is the first side less the second; where its likely range holds 0, "
    "there may be none. A test looks at the whole course, so it may find what the figure for one day does not."
)
COUNTED = "It is a complete count: the sides differ as shown, and nothing is tested."
VERDICTS = {True: "beyond chance", False: "may be chance"}


def title(compared: Comparison) -> str:
    """Return what a comparison is called."""
    first, second = compared.names
    return f"{first} beside {second}"


def lead(compared: Comparison) -> str:
    """Return how many comparisons were made, how many stand out, and in which questions."""
    made, found = compared.made, compared.standing_out
    if not made:
        return "Nothing was tested: what is shown side by side may differ by chance."
    said = f"{count(made)} {'comparison' if made == 1 else 'comparisons'} made, {count(found) if found else 'none'} "
    said += "stands out" if found == 1 else "stand out"
    where = [put.title for put in compared.puts if any(test.stands_out for test in put.tests)]
    return f"{said}: {' '.join(where)}" if where else f"{said}."


def bearing(compared: Comparison) -> list[str]:
    """Return what to bear in mind: what may make two bodies unlike, and each caveat that several answers bear."""
    said = [sentence(answer, one) for answer in compared.answers for one in answer.caveats]
    alike = [one for one in dict.fromkeys(said) if said.count(one) > 2 and "complete count" not in one]
    return [*compared.unlike, *alike]


def sizes_words(compared: Comparison) -> str:
    """Return how many cases stand on each side; '' where that was not released."""
    told = [f"'{name}': {count(size)} cases" for name, size in zip(compared.names, compared.sizes, strict=True) if size]
    return f"{'; '.join(told)}." if len(told) == 2 else ""


def overlap(compared: Comparison) -> str:
    """Return what is to be said of cases that meet both filters; '' where there can be none."""
    if compared.apart:
        return ""
    many = "Few cases or none meet" if compared.in_both is None else f"{count(compared.in_both)} cases meet"
    return f"{many} both filters; such cases stand on neither side."


def standing_of(answers: Sequence[ReleasedAnswer]) -> Standing:
    """Return the weakest standing of answers, with the reasons of all that are so weak."""
    weakest = max((answer.standing.level for answer in answers), key=list(Level).index)
    reasons = [one for answer in answers if answer.standing.level is weakest for one in answer.standing.reasons]
    return Standing(weakest, tuple(dict.fromkeys(reasons)))


def leant_on(compared: Comparison) -> Sequence[ReleasedAnswer]:
    """Return the answers that have figures of both sides: a comparison stands no better than the weakest of them."""
    return [answer for put in compared.puts if put.figures for answer in put.answers] or compared.answers


def basis_of(compared: Comparison) -> Basis:
    """Return the weakest basis of the data that was compared."""
    return Basis.weakest(answer.basis for answer in compared.answers)


def about_words(about: Labels) -> str:
    """Return what a row is about, in words."""
    return ", ".join(
        cut_middle(cell(column, value), *ROOM)
        if column.kind == "label"
        else f"{column.heading.lower()} {cell(column, value)}"
        for column, value in about
    )


def figure_words(figure: Figure) -> str:
    """Return what a figure is, in words."""
    about = about_words(figure.about)
    if not figure.readings:
        return f"{figure.column.heading}{f', {about}' if about else ''}"
    if about and figure.column.heading == "Share":
        return f"{figure.about[0][0].heading}: {about}"
    return f"{about}: {_small(figure.column.heading)}" if about else figure.column.heading


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def reading_words(column: Column, reading: Reading) -> str:
    """Return a figure with its interval, in words."""
    shared = replace(column, unit=column.unit or ("share" if column.kind == "estimate" else ""))
    words = cell(shared, reading.value, reading.mark if reading.value is None else None)
    if reading.known is None or reading.known.low == reading.known.high:
        return words
    return f"{words} ({_range(cell(shared, reading.low), cell(shared, reading.high))})"


def _range(low: str, high: str) -> str:
    """Return both ends of an interval, the unit said once where it is the same.

    >>> _range("5.1 days", "6.8 days"), _range("20 hours", "2 days")
    ('5.1 to 6.8 days', '20 hours to 2 days')
    """
    if low.partition(" ")[2] == high.partition(" ")[2]:
        low = low.partition(" ")[0]
    return f"{low} to {high}"


def gap_words(column: Column, gap: Reading) -> str:
    """Return a difference with its interval, in words.

    >>> gap_words(Column("share", "share"), Reading(0.2, 0.0524, 0.3343))
    '+20 points (+5.2 to +33.4)'
    """
    if gap.value is None:
        return "cannot be said"
    told = [_signed(column, value) for value in (gap.value, gap.low, gap.high) if value is not None]
    if column.unit == "share" or column.kind in ("share", "estimate", "difference"):
        ends = f" ({told[1]} to {told[2]})" if len(told) == 3 else ""
        return f"{told[0]} points{ends}"
    return f"{told[0]} ({_range(told[1], told[2])})" if len(told) == 3 else told[0]


def _signed(column: Column, value: float) -> str:
    size = duration(abs(value)) if column.unit == "days" else f"{abs(value) * 100:.1f}".removesuffix(".0")
    sign = "" if size.partition(" ")[0] == "0" else "+" if value > 0 else "−"
    return f"{sign}{size}"


def verdict(put: Put, figure: Figure) -> str:
    """Return whether a figure's difference is beyond chance, as the test of what it is about says."""
    for test in put.tests:
        if _is_about(test, figure) and test.p_value is not None:
            return VERDICTS[test.stands_out]
    return "not tested"


def _is_about(test: Tested, figure: Figure) -> bool:
    labels, tested = ([value for column, value in one.about if column.kind == "label"] for one in (figure, test))
    return labels == tested and (test.column is None or test.column == figure.column)


def put_words(put: Put, names: tuple[str, str]) -> str:
    """Return in a sentence what differs between the sides in one question, and whether beyond chance."""
    if put.refused:
        return f"This cannot be compared: {put.refused}"
    out = [test for test in put.tests if test.stands_out]
    if out:
        told = [_found(put, test, names) for test in out]
        return f"'{names[0]}' and '{names[1]}' differ beyond chance{': ' + '; '.join(told) if any(told) else ''}."
    if any(test.p_value is not None for test in put.tests):
        return f"Between '{names[0]}' and '{names[1]}' no difference beyond chance was found."
    said = [sentence(answer, one) for answer in put.answers for one in answer.caveats]
    counted = COUNTED if any("complete count" in one for one in said) else "Not tested."
    return put.untested or next((one for one in said if "not compared" in one or "not tested" in one), counted)


def own_words(put: Put, names: tuple[str, str]) -> list[str]:
    """Return what each of two data sets says by itself in one question; nothing where one answer tells of both."""
    if len(put.answers) < 2:
        return []
    return [f"{name}: {sentence(one, one.sentence)}" for name, one in zip(names, put.answers, strict=True)]


def _found(put: Put, test: Tested, names: tuple[str, str]) -> str:
    """Return the first figure that a test is about, of both sides."""
    for one in put.figures:
        seen = [reading for reading in one.readings if reading.value is not None]
        if len(seen) == 2 and _is_about(test, one):
            told = [cell(one.column, reading.value) for reading in seen]
            what = about_words(one.about) if one.column.heading == "Share" else _small(figure_words(one))
            return f"{what} {told[0]} ({names[0]}) against {told[1]} ({names[1]})"
    return about_words(test.about)


def figures_html(compared: Comparison) -> str:
    """Return the key figures of both sides as one table."""
    heads = ["What", *compared.names, "Difference", "Is it chance?"]
    head = "".join(f'<th scope="col" class="govuk-table__header">{safe(one)}</th>' for one in heads)
    parts = [
        f'<tbody class="govuk-table__body"><tr class="govuk-table__row"><th scope="rowgroup" colspan="5" '
        f'class="govuk-table__header">{safe(put.title)}</th></tr>'
        f"{''.join(_row(put, one) for one in put.figures)}</tbody>"
        for put in compared.puts
        if put.figures
    ]
    return scrolling(
        '<table class="govuk-table outward-beside">'
        '<caption class="govuk-table__caption govuk-table__caption--s">Key figures of both sides</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f"{''.join(parts)}</table>"
    )


def _row(put: Put, figure: Figure) -> str:
    cells = [reading_words(figure.column, one) for one in figure.readings] or ["", ""]
    cells += [gap_words(figure.column, figure.gap), verdict(put, figure)]
    body = "".join(f'<td class="govuk-table__cell">{safe(one)}</td>' for one in cells)
    return (
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">'
        f"{safe(figure_words(figure))}</th>{body}</tr>"
    )


def tests_html(compared: Comparison) -> str:
    """Return the tests that were made as one table; '' where there are none."""
    rows = "".join(
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{safe(_tested(put, test))}</th>'
        f'<td class="govuk-table__cell">{safe(test.test)}</td>'
        f'<td class="govuk-table__cell govuk-table__cell--numeric">{safe(p_value(test.p_value))}</td>'
        f'<td class="govuk-table__cell">{"yes" if test.stands_out else "no"}</td></tr>'
        for put in compared.puts
        for test in put.tests
        if test.p_value is not None
    )
    if not rows:
        return ""
    head = "".join(
        f'<th scope="col" class="govuk-table__header">{one}</th>'
        for one in ("What was tested", "Test", "p-value, corrected", "Stands out")
    )
    return scrolling(
        '<table class="govuk-table">'
        '<caption class="govuk-table__caption govuk-table__caption--s">What was tested, corrected over all of it by '
        f"Holm's method</caption>"
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{rows}</tbody></table>'
    )


def _tested(put: Put, test: Tested) -> str:
    about = about_words(test.about)
    what = test.column.heading if test.column else ""
    return " ".join(filter(None, [put.title, about, what and f"({_small(what)})"]))


def sections(compared: Comparison) -> list[Section]:
    """Return a comparison as the sections of a report."""
    said = [
        lead(compared),
        *filter(None, [sizes_words(compared), overlap(compared)]),
        standing_words(standing_of(leant_on(compared))),
    ]
    said += bearing(compared)
    told = [
        " ".join([put.title, put_words(put, compared.names), *own_words(put, compared.names)]) for put in compared.puts
    ]
    return [
        Section("Side by side", [*said, RANGES, FEW], [], figures_html(compared) + _folded(tests_html(compared))),
        *([Section(HEADING, [RULE], [], walk_html(compared))] if walk_html(compared) else []),
        *_answers(compared, told),
    ]


def _answers(compared: Comparison, told: Sequence[str]) -> list[Section]:
    """Return the answers: those of both sides together, or of each data set by itself."""
    if len(compared.logs) == 1:
        return [Section("Question by question", told, compared.answers)]
    each = [[put.answers[place] for put in compared.puts if put.answers] for place in range(2)]
    return [
        Section("Question by question", told, []),
        *(Section(name, [], answers) for name, answers in zip(compared.names, each, strict=True)),
    ]


def _folded(tests: str) -> str:
    return f"<details><summary>For analysts: what was tested</summary><div>{tests}</div></details>" if tests else ""


def _name(compared: Comparison) -> str:
    return title(compared) if len(compared.logs) > 1 else f"{compared.called}: {title(compared)}"


def comparison_html(compared: Comparison) -> str:
    """Return a comparison as one self-contained HTML page."""
    return html_file(_name(compared), sections(compared))


def comparison_file_name(compared: Comparison) -> str:
    """Return the name of its HTML file, which carries the stamps."""
    return file_name(_name(compared), sections(compared))


def comparison_text(compared: Comparison) -> str:
    """Return a comparison in sentences and figures for a terminal."""
    lines = [clean(_name(compared))]
    lines += [stamp.upper() for stamp in all_stamps(sections(compared))]
    lines += [_filled(one) for one in (lead(compared), sizes_words(compared), overlap(compared)) if one]
    for put in compared.puts:
        lines += ["", _filled(put.title), _filled(put_words(put, compared.names))]
        lines += [_filled(one) for one in own_words(put, compared.names)]
        for one in put.figures:
            told = [
                f"{name} {reading_words(one.column, reading)}"
                for name, reading in zip(compared.names, one.readings, strict=False)
            ]
            told.append(f"difference {gap_words(one.column, one.gap)}")
            lines.append(_filled(f"- {figure_words(one)}: {'; '.join(told)}"))
    lines += [
        "",
        *(_filled(one) for one in (HEADING, RULE, *walk_lines(compared))),
        "",
        *(_filled(one) for one in bearing(compared)),
        _filled(RANGES),
        _filled(FEW),
        _filled(standing_words(standing_of(leant_on(compared)))),
    ]
    lines.append(_filled(compared.answers[0].small_numbers))
    return "\n".join(lines)


def _filled(text: str) -> str:
    return fill(clean(text), WIDTH, subsequent_indent="  " if text.startswith("- ") else "")


def comparison_json(compared: Comparison) -> str:
    """Return a comparison as JSON: the sides, the figures of both, the tests, and all answers."""
    found: dict[str, Any] = {
        "version": 1,
        "data_sets": [{"id": log.id, "name": log.name, "basis": log.basis.value} for log in compared.logs],
        "basis": basis_of(compared).value,
        "policy": as_json(compared.answers[0])["policy"],
        "where": str(compared.where),
        "sides": [
            {"name": name, "where": str(side), "cases": size}
            for name, side, size in zip(compared.names, compared.sides.both, compared.sizes, strict=True)
        ],
        "in_both": compared.in_both,
        "comparisons": {"made": compared.made, "standing_out": compared.standing_out},
        "standing": standing_of(leant_on(compared)).level.value,
        "walks": [
            {"side": name, "stages": [vars(stage) for stage in stages], "exact_route": route and vars(route)}
            for name, stages, route in zip(compared.names, compared.walks, compared.routes, strict=True)
        ],
        "questions": [_put_json(put, compared.names) for put in compared.puts],
        "unlike": list(compared.unlike),
        "answers": {put.id: [as_json(answer) for answer in put.answers] for put in compared.puts if put.answers},
    }
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)


def _put_json(put: Put, names: tuple[str, str]) -> dict[str, Any]:
    return {
        "question": put.id,
        "sentence": put_words(put, names),
        "figures": [
            {
                "about": {column.name: value for column, value in one.about},
                "figure": one.column.name,
                "unit": one.column.unit,
                "sides": [_reading_json(reading) for reading in one.readings],
                "difference": _reading_json(one.gap),
            }
            for one in put.figures
        ],
        "tests": [
            {
                "about": {column.name: value for column, value in test.about},
                "figure": test.column.name if test.column else None,
                "test": test.test,
                "p_value": test.p_value,
                "stands_out": test.stands_out,
            }
            for test in put.tests
        ],
    }


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {"value": reading.value, "low": reading.low, "high": reading.high, "symbol": reading.mark}
