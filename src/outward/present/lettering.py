"""Words inside a picture: how wide they are, where they break, what of them is drawn at all."""

from __future__ import annotations

import unicodedata
from html import escape

ELLIPSIS = "…"
LONGEST = 200  # characters of a name, even where there is room
WIDTHS = {
    0.25: "ijl'|",
    0.3: " .,:;!/\\ftI[]()-r",
    0.5: "cksvxyzJ",
    0.68: "ABEKPSVXYCDHNRUw&",
    0.8: "GOQMm%",
    0.94: "W@",
}
WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")


def clean(text: str) -> str:
    r"""Return the text without what cannot be printed or would turn other words round.

    >>> clean("pay\x00 now\u202e")
    'pay now'
    """
    if text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if letter.isspace() else letter
        for letter in text
        if letter not in HIDDEN and (letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs", "Cn"))
    )
    return " ".join("".join(kept).split())


def safe(text: str) -> str:
    """Return the text fit for any place in HTML or SVG, attributes included.

    >>> safe('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(clean(text), quote=True)


def text_width(text: str, size: float) -> float:
    """Return about how wide the text is in Arial, in pixels.

    Args:
        text: one line.
        size: of the letters, in pixels.
    """
    return size * sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if letter in WIDTH_OF:
        return WIDTH_OF[letter]
    if ord(letter) < 0x300:
        return 0.56
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else 0.62


def cut(text: str, size: float, room: float) -> str:
    """Return the text, ended with an ellipsis where it is wider than the room.

    >>> cut("A very long name indeed", 14, 80)
    'A very long…'
    """
    if text_width(text, size) <= room:
        return text
    kept, used = 0, text_width(ELLIPSIS, size)
    for letter in text:
        used += size * _letter(letter)
        if used > room:
            break
        kept += 1
    return _whole(text[:kept]).rstrip() + ELLIPSIS


def cut_middle(text: str, size: float, room: float) -> str:
    """Return the text, words in its middle left out where it is wider than the room.

    The end of a long name often tells it from others.

    >>> cut_middle("Apply > Check > Ask again > Check > Decide", 14, 180)
    'Apply > Check … > Decide'
    """
    words = text[: 10 * LONGEST].split(" ")
    if len(words) < 3 or text_width(" ".join(words), size) <= room:
        return cut(" ".join(words), size, room)
    head, tail, middle = [words[0]], [words[-1]], words[1:-1]
    while middle:
        grown = ([*head, middle[0]], tail) if len(head) <= len(tail) else (head, [middle[-1], *tail])
        if text_width(" ".join([*grown[0], ELLIPSIS, *grown[1]]), size) > room:
            break
        middle = middle[1:] if len(head) <= len(tail) else middle[:-1]
        head, tail = grown
    return cut(" ".join([*head, ELLIPSIS, *tail]), size, room)


def _whole(text: str) -> str:
    """Drop a joiner left at the end, so that no half of a sign is drawn."""
    while text and (text[-1] == "\u200d" or "\ufe00" <= text[-1] <= "\ufe0f"):
        text = text[:-1]
    return text


def shortened(text: str) -> str:
    """Return a name of at most 200 characters, for a tool tip or a spoken label."""
    text = clean(text)
    return text if len(text) <= LONGEST else _whole(text[: LONGEST - 1]) + ELLIPSIS


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """Return the text in at most so many lines, the last one cut with an ellipsis if need be.

    Args:
        text: to be broken at spaces.
        size: of the letters, in pixels.
        room: width of a line, in pixels.
        lines: the most there may be.

    >>> wrapped("Check the evidence of income", 14, 110, 2)
    ['Check the', 'evidence of inc…']
    """
    words = shortened(text).split(" ")
    done = [""]
    for place, word in enumerate(words):
        longer = f"{done[-1]} {word}".strip()
        if text_width(longer, size) <= room or not done[-1]:
            done[-1] = longer
        elif len(done) < lines:
            done.append(word)
        else:
            done[-1] = " ".join([done[-1], *words[place:]])
            break
    return [cut(line, size, room) for line in done]


def balanced(text: str, size: float, room: float, lines: int) -> list[str]:
    """Return the same as `wrapped`, in lines of about one length.

    >>> balanced("Check confirmation of receipt", 14, 168, 3)
    ['Check confirmation', 'of receipt']
    """
    best = wrapped(text, size, room, lines)
    while len(best) > 1:
        widest = max(text_width(line, size) for line in best)
        tighter = wrapped(text, size, widest - 0.01, lines)
        if len(tighter) > len(best) or any(ELLIPSIS in line for line in tighter):
            break
        if max(text_width(line, size) for line in tighter) >= widest:
            break
        best = tighter
    return best
