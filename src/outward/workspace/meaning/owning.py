"""Who owns each need: one body, several, nobody, or nobody says."""

from __future__ import annotations

from typing import Literal

from outward.workspace.kinds.customers import Need

Owned = Literal["owned", "shared", "nobody's", "not said"]
OWNED: tuple[Owned, ...] = ("owned", "shared", "nobody's", "not said")


def owned(need: Need) -> Owned:
    """Return who owns a need: what is written down, or else what the bodies that are named say.

    >>> owned(Need(id="a", title="A", groups=("g",), owned_by=("moj", "dwp")))
    'shared'
    """
    if need.ownership:
        return need.ownership
    return "not said" if not need.owned_by else "owned" if len(need.owned_by) == 1 else "shared"


def at_odds(need: Need) -> str:
    """Return what does not fit in what is written down about a need's owner; '' where all fits."""
    named = len(need.owned_by)
    if need.ownership == "nobody's" and named:
        return "said to be nobody's, and yet a body is named"
    if need.ownership == "owned" and named != 1:
        return "said to be owned by one body, and none is named" if not named else "said to be one's, several are named"
    if need.ownership == "shared" and named < 2:
        return "said to be shared, and fewer than two bodies are named"
    return ""
