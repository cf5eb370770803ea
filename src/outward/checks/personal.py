"""What in running words looks like personal data; it says which kind, and never what stands there."""

from __future__ import annotations

import re

from outward.evidence.personal import is_nhs_number

MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.IGNORECASE)
HEALTH = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
TELEPHONE = re.compile(r"(?<![\w/.,-])(?:\+\d{1,3}|\(?0)[\d() -]{7,16}\d(?![\w/-])")
NUMBER = re.compile(r"\d[\d() -]{4,}\d")
"""What every number of a person holds; most words hold none, so nothing else is looked for in them."""
OF_SERVICES = re.compile(r"(?:\+?44)?0?(?:3|80[08]|845|870)")
"""Beginnings of numbers that belong to services, not to people."""
DIGITS = range(10, 14)
"""How many digits a telephone number has."""


def looks_personal(text: str) -> list[str]:
    """Return the kinds of personal data that words look like, for a sentence.

    >>> looks_personal("Ring Ann on 07700 900123 or write to ann@example.org")
    ['an e-mail address', 'a telephone number']
    >>> looks_personal("Decided on 2026-03-31, 1,200 of 4,000 people; helpline 0300 123 4567")
    []
    """
    if not text:
        return []
    digits = NUMBER.search(text) is not None
    looks = {
        "an e-mail address": "@" in text and MAIL.search(text) is not None,
        "a National Insurance number": digits and INSURANCE.search(text) is not None,
        "an NHS number": digits and any(is_nhs_number(one.group()) for one in HEALTH.finditer(text)),
        "a telephone number": digits and any(_is_telephone(one.group()) for one in TELEPHONE.finditer(text)),
    }
    return [words for words, found in looks.items() if found]


def _is_telephone(found: str) -> bool:
    digits = re.sub(r"[^\d+]", "", found)
    return len(digits.lstrip("+")) in DIGITS and not OF_SERVICES.match(digits)
