"""Who owns each need: one body, several, nobody, or nobody says."""

from __future__ import annotations

from typing import Literal

from outward.workspace.kinds.customers import Need

Owned = Literal["owned", "shared", "nobody's", "contradicts itself", "not said"]
OWNED: tuple[Owned, ...] = ("owned", "shared", "nobody's", "contradicts itself", "not said")
SAID = {"owned": "one body's", "shared": "shared", "nobody's": "nobody's"}
"""What can be written down of a need's owner, in words."""


def owners(need: Need) -> tuple[str, ...]:
    """Return the ids of the bodies that are named as a need's owners, each once.

    >>> owners(Need(id="a", title="A", groups=("g",), owned_by=("dwp", "dwp")))
    ('dwp',)
    """
    return tuple(dict.fromkeys(need.owned_by))


def owned(need: Need) -> Owned:
    """Return who owns a need: what is written down where the bodies fit it, or else what the bodies say.

    >>> owned(Need(id="a", title="A", groups=("g",), owned_by=("moj", "dwp")))
    'shared'
    """
    if contradiction(need):
        return "contradicts itself"
    if need.ownership:
        return need.ownership
    bodies = len(owners(need))
    return "not said" if not bodies else "owned" if bodies == 1 else "shared"


def contradiction(need: Need) -> str:
    """Return how what is written down of a need's owner contradicts itself, a clause; '' where it does not.

    >>> contradiction(Need(id="a", title="A", groups=("g",), ownership="shared", owned_by=("dwp",)))
    'said to be shared, and 1 body is named'
    """
    bodies = len(owners(need))
    fits = {"owned": bodies == 1, "shared": bodies > 1, "nobody's": bodies == 0, None: True}
    if fits[need.ownership]:
        return ""
    return f"said to be {SAID[need.ownership or '']}, and {naming(bodies)}"


def naming(bodies: int) -> str:
    """Return how many bodies are named, a clause.

    >>> naming(0), naming(1), naming(2)
    ('no body is named', '1 body is named', '2 bodies are named')
    """
    return {0: "no body is named", 1: "1 body is named"}.get(bodies, f"{bodies} bodies are named")
