"""What must hold of every page: valid, titled, in order, without anything inline."""

from __future__ import annotations

import itertools
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
LISTENERS = "on"


def page_faults(text: str) -> list[str]:
    """Return what is wrong with a page's HTML, each in a sentence; nothing where it is well made."""
    parser = html5lib.HTMLParser()
    root = parser.parse(text)
    faults = [f"not valid HTML at {place}: {code} {data}" for place, code, data in parser.errors]
    everything = [one for one in root.iter() if isinstance(one.tag, str)]
    for check in (_titled, _unique, _ordered, _nothing_inline, _labelled, _pointing, _forms):
        faults += check(everything)
    return faults


def _named(everything: list[Element], *names: str) -> list[Element]:
    return [one for one in everything if one.tag.split("}")[-1] in names]


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _titled(everything: list[Element]) -> list[str]:
    title = next((_text(one) for one in everything if one.tag == f"{XHTML}title"), "")
    wrong = [] if title.endswith(" – Outward") and len(title) > 12 else [f"the title is '{title}'"]
    html = next(one for one in everything if one.tag == f"{XHTML}html")
    return wrong + ([] if html.get("lang") == "en-GB" else ["the page has no language"])


def _unique(everything: list[Element]) -> list[str]:
    ids = Counter(one.get("id") for one in everything if one.get("id"))
    return [f"id '{id}' stands {times} times" for id, times in ids.items() if times > 1]


def _ordered(everything: list[Element]) -> list[str]:
    names = ("h1", "h2", "h3", "h4", "h5", "h6")
    summaries = [one for one in everything if one.get("class") == "govuk-error-summary"]
    before = [one for summary in summaries for one in _named(list(summary.iter()), *names)]
    levels = [int(one.tag[-1]) for one in _named(everything, *names) if one not in before]
    wrong = [] if levels.count(1) == 1 and levels[:1] == [1] else [f"the headings are of levels {levels}"]
    return wrong + [
        f"a heading of level {after} follows one of level {before}"
        for before, after in itertools.pairwise(levels)
        if after > before + 1
    ]


def _nothing_inline(everything: list[Element]) -> list[str]:
    wrong = [f"inline {name}" for name in ("style",) for _ in _named(everything, name)]
    wrong += ["an inline script" for one in _named(everything, "script") if not one.get("src") or one.text]
    for one in everything:
        wrong += [
            f"{one.tag.split('}')[-1]} has {name}"
            for name in one.attrib
            if name == "style" or name.startswith(LISTENERS)
        ]
        for name in ("src", "href", "action"):
            address = one.get(name, "")
            if (address and not address.startswith(("/", "#"))) or address.startswith("//"):
                wrong.append(f"{name} leads elsewhere: {address}")
    return wrong


def _labelled(everything: list[Element]) -> list[str]:
    known = {one.get("for") for one in _named(everything, "label")}
    return [
        f"field '{one.get('name')}' has no label"
        for one in _named(everything, "input", "select", "textarea")
        if one.get("type") != "hidden" and one.get("id") not in known
    ]


def _pointing(everything: list[Element]) -> list[str]:
    ids = {one.get("id") for one in everything}
    named = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    pointed = [id for one in everything for name in named for id in one.get(name, "").split()]
    anchors = [one.get("href", "")[1:] for one in everything if one.get("href", "").startswith("#")]
    return [f"something points to '{id}', which is not there" for id in pointed + anchors if id not in ids]


def _forms(everything: list[Element]) -> list[str]:
    return [
        "a form lacks its action, or changes something without a token"
        for one in _named(everything, "form")
        if not one.get("action") or not (one.get("method") == "get" or _has_token(one))
    ]


def _has_token(form: Element) -> bool:
    fields = [one.get("name") for one in form.iter() if isinstance(one.tag, str)]
    return form.get("method") == "post" and "csrfmiddlewaretoken" in fields
