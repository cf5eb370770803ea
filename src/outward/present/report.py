"""One HTML file that opens anywhere: offline, without JavaScript, for a board or an assessor."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from outward.answers import Chart, Diagram, Evidence, Map, Matrix, Picture
from outward.disclosure.released import ReleasedAnswer
from outward.present.charts import can_be_drawn, chart_svg
from outward.present.diagram import diagram_svg
from outward.present.layout import Layout
from outward.present.lettering import safe
from outward.present.map_choice import calm, everything, groups, union
from outward.present.map_svg import map_layout, map_svg
from outward.present.matrix import matrix_html
from outward.present.scrolling import scrolling
from outward.present.tables import table_csv, table_html
from outward.present.words import basis_words, date, picture_title, sentence, stamps, standing_words, titled

ROWS = 10  # of a table before 'Show the other rows'
MAPS_BESIDE = 4


@dataclass(frozen=True)
class Section:
    """One part of a report: its heading, a few sentences, markup made by `present`, and the answers in their order."""

    heading: str
    intro: Sequence[str]
    answers: Sequence[ReleasedAnswer]
    markup: str = ""


def html_file(title: str, sections: Sequence[Section], *, stamp: str = "", made_on: str = "") -> str:
    """Return a whole report as one self-contained HTML page.

    It holds every picture as SVG and every table, also as CSV to save; nothing is fetched and nothing
    runs. Made-up data and answers that were not checked are stamped whatever the caller says.

    Args:
        title: of the report.
        sections: its parts in order; words alone at the beginning come before 'In short'.
        stamp: a further stamp across the top ('draft').
        made_on: ISO date to print in the footer; '' for none.
    """
    found = all_stamps(sections, stamp)
    numbered = _numbered(sections)
    parts = [_section(place, section, numbered) for place, section in enumerate(sections, 1)]
    opening = next((place for place, section in enumerate(sections) if section.answers), 0)
    main = f"<h1>{safe(title)}</h1>" + "".join(parts[:opening]) + _short(sections, numbered) + "".join(parts[opening:])
    return page_html(title, found, main, _footer(made_on))


def page_html(title: str, found: Sequence[str], main: str, footer: str, *, kind: str = "") -> str:
    """Return one self-contained page around markup made by `present`: nothing is fetched and nothing runs.

    Args:
        title: of the page; the stamps are added to it.
        found: stamps, across the top.
        main: markup within `main`, its `h1` too.
        footer: markup of the footer.
        kind: a class of the page, for its own rules of style; '' for none.
    """
    style = files("outward.present").joinpath("report.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    named = f"{title} ({', '.join(found).lower()})" if found else title
    banner = f'<div class="stamp"><p>{safe(". ".join(found))}.</p></div>' if found else ""
    opened = f'<body class="{kind}">' if kind else "<body>"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(named)}</title><style>{style}</style></head>{opened}"
        '<a class="skip" href="#main">Skip to main content</a>'
        f'<header><div class="top"><p>Outward</p></div>{banner}</header>'
        f'<main id="main">{main}</main>{footer}</body></html>\n'
    )


def all_stamps(sections: Sequence[Section], stamp: str = "") -> list[str]:
    """Return the stamps of a report: those of its answers, and the caller's."""
    found = {one: None for section in sections for released in section.answers for one in stamps(released)}
    return [*found, *([stamp] if stamp and stamp not in found else [])]


def file_name(title: str, sections: Sequence[Section], ending: str = "html") -> str:
    """Return a file name for a report that carries its stamps.

    >>> file_name("Waiting for a permit", [])
    'waiting-for-a-permit.html'
    """
    words = " ".join([title, *all_stamps(sections)]).lower()
    return (re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:120] or "report") + f".{ending}"


Numbered = dict[tuple[int, int], int]


def _numbered(sections: Sequence[Section]) -> Numbered:
    """Number the answers through the whole report, for ids that stand only once."""
    keys = [(one, other) for one, section in enumerate(sections, 1) for other in range(len(section.answers))]
    return {key: number for number, key in enumerate(keys, 1)}


def _short(sections: Sequence[Section], numbered: Numbered) -> str:
    """Return the findings on one page: what a board reads first."""
    items = []
    titles = [released.title for section in sections for released in section.answers]
    for place, section in enumerate(sections, 1):
        for row, released in enumerate(section.answers):
            number = numbered[place, row]
            whose = f"{section.heading}: " if titles.count(released.title) > 1 else ""
            items.append(
                f'<li><a href="#answer-{number}">{safe(whose + titled(released))}</a>'
                f"<p>{safe(sentence(released, released.sentence))} {_tag(released)}</p></li>"
            )
    return f'<h2 id="short">In short</h2><ul class="short">{"".join(items)}</ul>' if items else ""


def _section(place: int, section: Section, numbered: Numbered) -> str:
    intro = "".join(f'<p class="intro">{safe(line)}</p>' for line in section.intro)
    answers = "".join(answer_html(released, numbered[place, row]) for row, released in enumerate(section.answers))
    return (
        f'<section aria-labelledby="part-{place}"><h2 id="part-{place}">{safe(section.heading)}</h2>'
        f"{intro}{section.markup}{answers}</section>"
    )


def answer_html(released: ReleasedAnswer, number: int) -> str:
    """Return one answer: title, sentence, standing, pictures, tables, caveats, method and evidence.

    Args:
        released: the answer.
        number: its place within the page, for ids.
    """
    pictures = "".join(
        f"<figure>{picture_html(released, picture, f'answer-{number}-{place}')}</figure>"
        for place, picture in enumerate(released.pictures, 1)
    )
    tables = "".join(table_html(released, name, shown=ROWS) + _download(released, name) for name in released.tables)
    checked = f'<p class="outward-notes">{safe(released.small_numbers)}</p>'
    return (
        f'<article aria-labelledby="answer-{number}"><h3 id="answer-{number}">{safe(titled(released))}</h3>'
        f'<p class="finding">{safe(sentence(released, released.sentence))}</p>'
        f'<p class="standing">{_tag(released)}<span>{safe(_reasons(released))}</span></p>'
        f"{pictures}{tables}{checked}{_caveats(released)}{_method(released)}{_evidence(released)}</article>"
    )


def picture_html(released: ReleasedAnswer, picture: Picture, name: str) -> str:
    """Return one picture for a page, in a region of its own that scrolls where the page is narrow.

    Args:
        released: the answer.
        picture: one of its pictures.
        name: for ids; must stand only once in the page.
    """
    if isinstance(picture, Matrix):
        return matrix_html(released, picture)
    label = safe(picture_title(released, picture))
    if isinstance(picture, Chart) and not can_be_drawn(released, picture):
        return f'<p class="outward-notes">{label}: too few people stand behind it to draw it.</p>'
    if isinstance(picture, Chart):
        return scrolling(chart_svg(released, picture, name=name), "Picture")
    if isinstance(picture, Diagram):
        drawn = diagram_svg(released, picture, name=name, titled=False)
    else:
        drawn = _maps(released, picture, name)
    return f"<figcaption>{label}</figcaption>{scrolling(drawn, 'Picture')}"


def _maps(released: ReleasedAnswer, picture: Map, name: str) -> str:
    """Return one map, or those of the first few groups beside each other in the same places."""
    named = groups(released, picture)[:MAPS_BESIDE] or [""]
    steps, paths = calm(union(everything(released, picture, group) for group in named))
    layout = map_layout(released, picture, steps=steps, paths=paths)
    drawn = [
        map_svg(released, picture, group=group, layout=layout, name=f"{name}-{place}", titled=False)
        for place, group in enumerate(named, 1)
    ]
    return f'<div class="beside">{"".join(drawn)}</div>' if len(drawn) > 1 else _framed(drawn[0], layout)


def _framed(drawn: str, layout: Layout) -> str:
    """Frame a map so that a narrow window opens on the main road, where the browser can do that."""
    if not layout.main or not layout.width:
        return drawn
    at = 5 * round(20 * layout.nodes[layout.main[0]].x / layout.width)
    return f'<div class="outward-frame"><span class="outward-here outward-at-{at}"></span>{drawn}</div>'


def _tag(released: ReleasedAnswer) -> str:
    level = released.standing.level
    words = {"NONE": "No standing"}.get(level.name, level.value.capitalize())
    kind = level.name.lower().replace("_", "-")
    marks = "".join(f' <strong class="tag tag-stamp">{safe(stamp)}</strong>' for stamp in stamps(released))
    return f'<strong class="tag tag-{kind}">{safe(words)}</strong>{marks}'


def _reasons(released: ReleasedAnswer) -> str:
    reasons = standing_words(released.standing).partition(": ")[2]
    return " ".join(part for part in (reasons[:1].upper() + reasons[1:], basis_words(released.basis)) if part)


def _caveats(released: ReleasedAnswer) -> str:
    items = "".join(f"<li>{safe(sentence(released, caveat))}</li>" for caveat in released.caveats)
    return f"<h4>What to bear in mind</h4><ul>{items}</ul>" if items else ""


def _method(released: ReleasedAnswer) -> str:
    method = released.method
    assumed = "".join(f"<li>{safe(one)}</li>" for one in method.assumptions)
    asked = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in released.parameters.items())
    parts = [
        f"<dt>{safe(method.name)}</dt><dd>{safe(method.text)}</dd>",
        f"<dt>Source</dt><dd>{safe(method.source)}</dd>" if method.source else "",
        f"<dt>It assumes</dt><dd><ul>{assumed}</ul></dd>" if assumed else "",
        f"<dt>Asked with</dt><dd>{safe(asked)}</dd>" if asked else "",
        f"<dt>Question</dt><dd>{safe(released.question)}, version {released.version}</dd>",
    ]
    return f"<details><summary>How this was worked out</summary><div><dl>{''.join(parts)}</dl></div></details>"


def _evidence(released: ReleasedAnswer) -> str:
    items = "".join(
        f"<li>{safe(piece.data_set)}{_period(piece)}; {safe(piece.basis.value)}; "
        f"version {safe(piece.version[:12])}</li>"
        for piece in released.evidence
    )
    return f"<details><summary>The evidence</summary><div><ul>{items}</ul></div></details>" if items else ""


def _period(piece: Evidence) -> str:
    """Return the period that a piece of evidence covers; records have none."""
    ends = [safe(date(day[:10])) for day in (piece.period_from, piece.period_to) if day]
    return f", {' to '.join(ends)}" if ends else ""


def _download(released: ReleasedAnswer, name: str) -> str:
    """Return a link that saves the table as CSV; the file stands in the page itself."""
    held = b64encode(("\ufeff" + table_csv(released, name)).encode()).decode()
    saved = re.sub(r"[^a-z0-9]+", "-", f"{released.question} {name} {' '.join(stamps(released))}".lower()).strip("-")
    return (
        f'<p class="download"><a download="{saved}.csv" href="data:text/csv;charset=utf-8;base64,{held}">'
        f"Save {safe(name.replace('_', ' '))} as CSV</a></p>"
    )


def _footer(made_on: str) -> str:
    made = f"Made with Outward{f' on {date(made_on)}' if made_on else ''}."
    standing = "Standing says how far an answer can be leaned on: firm, treat with care, or cannot tell yet."
    folded = "What is folded is not printed: open it first to have it on paper."
    return f"<footer><p>{safe(f'{made} {standing}')}</p><p>{safe(folded)}</p></footer>"
