"""Which records people mean by what they type: an id, or a title without regard to capitals and spaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def as_called(words: str) -> str:
    """Return what somebody calls a record as it is compared: without capitals and needless spaces.

    >>> as_called(" Working  Carers")
    'working carers'
    """
    return " ".join(words.split()).casefold()


def meant_by(records: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of all records that have each name as their id or title, to look up by `meant`.

    Args:
        records: id and title of each, all of one kind.

    >>> meant_by([("carers", "Working  carers"), ("a", "Pupils"), ("b", "pupils")])["pupils"]
    ('a', 'b')
    """
    names: dict[str, dict[str, None]] = {}
    for id, title in records:
        for name in filter(None, (as_called(id), as_called(title))):
            names.setdefault(name, {})[id] = None
    return {name: tuple(ids) for name, ids in names.items()}


def meant(words: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the ids of the records that words mean: an id in its exact spelling that record, else all so called.

    Args:
        words: as somebody typed them.
        names: as `meant_by` returns them.

    >>> names = meant_by([("speed", "Cheapness"), ("x1", "Speed")])
    >>> meant("speed", names), meant("Speed", names), meant("cheapness ", names), meant("haste", names)
    (('speed',), ('speed', 'x1'), ('speed',), ())
    """
    found = names.get(as_called(words), ())
    return (words.strip(),) if words.strip() in found else found
