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
    """Return what each name of some records means, to look up by `as_called`: an id its record, a title all of it.

    Args:
        records: id and title of each, all of one kind.

    >>> meant_by([("carers", "Working  carers"), ("a", "Pupils"), ("b", "pupils")])["pupils"]
    ('a', 'b')
    """
    records = list(records)
    titles: dict[str, dict[str, None]] = {}
    for id, title in records:
        titles.setdefault(as_called(title), {})[id] = None
    return {title: tuple(ids) for title, ids in titles.items() if title} | {id: (id,) for id, _ in records}
