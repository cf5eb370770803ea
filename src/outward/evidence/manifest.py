"""The manifest of a laid log: what it holds, what was set aside, and what is confirmed about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from outward import whole_file
from outward.answers import Basis
from outward.errors import BadInput
from outward.evidence.tables import Settings

LAYOUT = 3
"""Version of the layout on disk; a log laid in another one is laid again."""
BESIDE_EVENTS = 250
"""Values of an attribute up to which a case's is laid beside each of its events, for groups without a join."""


@dataclass(frozen=True)
class Aside:
    """Rows set aside for one reason, and how many cases they touch."""

    reason: str
    rows: int
    cases: int


@dataclass(frozen=True)
class Attribute:
    """A kept attribute of cases: its column, its values by code, and how many cases change it on the way."""

    name: str
    column: str
    values: tuple[str, ...]
    varying_cases: int


@dataclass(frozen=True)
class Manifest:
    """What a laid log holds; exact figures, for questions alone.

    Attributes:
        layout: version of the layout on disk.
        fingerprint: SHA-256 of the source file.
        source: the file's name.
        format: what it was read as, as `Source.format`.
        rows: rows read; `events` of them were laid.
        first: earliest event, ISO in UTC; `last` the latest.
        activities: labels by code.
        places: role ('channel', 'resource', 'organisation') to its values by code.
        attributes: the kept attributes of cases.
        has_start: whether work has a recorded start.
        has_customer: whether customers are known, beyond cases.
        aside: rows set aside.
        personal: columns left out because they look personal, with the reason.
        left_out: columns left out for another reason.
        notes: what a reader said of the file.
        quality: facts counted while laying (ties, date-only stamps, duplicates ...).
    """

    layout: int
    fingerprint: str
    source: str
    format: str
    rows: int
    events: int
    cases: int
    customers: int
    variants: int
    first: str
    last: str
    activities: tuple[str, ...]
    places: Mapping[str, tuple[str, ...]]
    attributes: tuple[Attribute, ...]
    has_start: bool
    has_customer: bool
    aside: tuple[Aside, ...] = ()
    personal: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    quality: Mapping[str, int] = field(default_factory=dict)


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON so that the file is either whole or as it was, readable by its owner alone."""
    text = json.dumps(asdict(value), ensure_ascii=False, indent=1, default=_plain)
    whole_file.write(path, text.encode(), 0o600)


def _plain(value: object) -> str:
    assert isinstance(value, Basis), f"cannot be kept: {value}"
    return value.value


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a laid log.

    Raises:
        BadInput: the folder holds none, or one of another layout.
    """
    data = _read(folder / "manifest.json")
    if data.get("layout") != LAYOUT:
        raise BadInput(f"'{folder.name}' was laid by another version of Outward. Bring its file in again.")
    data["attributes"] = tuple(
        Attribute(one["name"], one["column"], tuple(one["values"]), one["varying_cases"]) for one in data["attributes"]
    )
    data["aside"] = tuple(Aside(**one) for one in data["aside"])
    data["activities"] = tuple(data["activities"])
    data["places"] = {role: tuple(values) for role, values in data["places"].items()}
    data["notes"] = tuple(data["notes"])
    return Manifest(**data)


def read_settings(folder: Path) -> Settings:
    """Return what was confirmed about a laid log.

    Raises:
        BadInput: the folder holds no such file.
    """
    return settings_from(_read(folder / "settings.json"))


def settings_from(data: Mapping[str, Any]) -> Settings:
    """Return settings from plain values, as JSON or YAML hold them.

    Raises:
        BadInput: there is a field that settings do not have.

    >>> settings_from({"roles": {"case": "id"}, "keep": ["area"]}).keep
    ('area',)
    """
    known = Settings.__dataclass_fields__
    strange = [name for name in data if name not in known]
    if strange:
        raise BadInput(f"The settings have an unknown field '{strange[0]}'. Known are: {', '.join(known)}.")
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else str(value) if name.endswith("_date") else value
        for name, value in data.items()
    }
    if "basis" in plain:
        plain["basis"] = Basis(plain["basis"])
    return Settings(**plain)


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"'{path.parent.name}' is no laid log, or is damaged. Bring its file in again.") from error
    return found
