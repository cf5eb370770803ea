"""What may be wider than its room: one wrapper, in which it scrolls sideways and which the keyboard reaches."""

from __future__ import annotations

from typing import Literal


def scrolling(markup: str, what: Literal["Table", "Picture"] = "Table") -> str:
    """Return markup within a group that scrolls sideways where its room is too narrow.

    A table has its caption and a picture its title, so the group says only what can be done with it.

    Args:
        markup: one table or picture, made by `present`.
        what: which of the two.
    """
    kind = " outward-scroll--picture" if what == "Picture" else ""
    said = f'role="group" aria-label="{what} that scrolls sideways" tabindex="0"'
    return f'<div class="outward-scroll{kind}" {said}>{markup}</div>'
