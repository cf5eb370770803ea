"""The order of an answer's groups: two sides stand in the order in which they were asked for."""

from __future__ import annotations

from collections.abc import Iterable

from outward.disclosure.released import ReleasedAnswer
from outward.errors import UsageError
from outward.evidence.sides import Sides


def in_order(released: ReleasedAnswer, groups: Iterable[str]) -> list[str]:
    """Return the groups without repeats: as they come, but two sides as they were asked for.

    Args:
        released: the answer that they stand in.
        groups: the names, as its tables give them.
    """
    found = list(dict.fromkeys(groups))
    try:
        names = Sides.parse(str(released.parameters.get("by", ""))).names
    except UsageError:
        return found
    return [name for name in names if name in found] if set(found) <= set(names) else found
