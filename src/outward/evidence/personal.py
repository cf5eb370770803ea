"""Columns that look personal, found by their names and by the shape of sampled values; no value leaves here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from outward.evidence.names import quoted
from outward.evidence.tables import Source
from outward.evidence.time_styles import recognise
from outward.evidence.vocabulary import spoken

if TYPE_CHECKING:
    import duckdb

SAMPLED_ROWS = 20_000
SAMPLED_VALUES = 500

PEOPLE = frozenset(
    [
        "customer",
        "client",
        "applicant",
        "citizen",
        "resident",
        "patient",
        "claimant",
        "tenant",
        "student",
        "pupil",
        "person",
        "member",
        "parent",
        "child",
        "owner",
        "contact",
        "employee",
        "officer",
        "staff",
        "user",
        "klant",
        "burger",
        "kunde",
        "cliente",
        "usager",
        "first",
        "last",
        "full",
        "middle",
        "given",
        "family",
        "complainant",
        "victim",
        "witness",
        "caller",
        "offender",
    ]
)
NAMED = (
    ("names of people", r"(sur|fore)name|voornaam|achternaam|vorname|nachname|prenom|nombre|apellidos?|initials"),
    ("birth dates", r"birth|dob|birthday|geboren|geboorte\w*|geburt\w*|naissance|nacimiento"),
    ("e-mail addresses", r"e ?mail|mailadres|courriel|correo"),
    ("telephone numbers", r"(tele)?phone|telephone|tel|mobile|fax|telefoon\w*|telefon\w*|handy\w*|telefono|movil"),
    ("postcodes", r"post ?codes?|zip|zip ?code|postal|postleitzahl|plz"),
    (
        "addresses",
        r"address|street|road name|house (number|no)|flat|adres|straat|huisnummer|adresse|strasse|hausnummer|rue|"
        r"direccion|calle|domicilio|landmark|uprn|bbl|parcel|intersection street",
    ),
    ("coordinates", r"latitude|longitude|easting|northing|[xy] coordinate|coordinates?|geo ?location"),
    ("a place on the map", r"lat|lon|lng|long|geo|location|geom(etry)?"),
    ("personal numbers", r"nino|national insurance|nhs|ssn|social security|bsn|passport|driving licen[cs]e|iban|dni"),
    ("IP addresses", r"ip|ip ?address|ipid"),
    (
        "members of staff",
        r"responsible|resource|employee|case ?worker|handler|officer|creator|created by|assigned to|owner|"
        r"medewerker|behandelaar|sachbearbeiter|bearbeiter|empleado|operator|clerk|user( id| name)?|username",
    ),
    (
        "customers",
        r"(customer|client|citizen|applicant|person|patient|resident|claimant|member|student|pupil|household|klant|"
        r"burger|kunde|cliente|usager)s?( (id|no|nr|number|ref|reference|key|nummer|numero))?",
    ),
    ("free text", r"comments?|notes?|remarks?|free text|opmerking(en)?|bemerkung(en)?|commentaires?|observaciones"),
)
KINDS = frozenset(["type", "category", "status", "band", "count", "class"])


def flag(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the columns that look personal, each with why in words that hold no value of it.

    Names of columns are read first; then up to 500 different values of each text column are
    compared with the shapes of e-mail addresses, telephone and personal numbers, postcodes,
    addresses, coordinates, names of people and free text. It errs towards flagging.

    Args:
        source: the opened file.
        connection: the engine.
    """
    flagged = {}
    for column, kind in source.columns.items():
        why = _by_name(column)
        if not why and kind in ("VARCHAR", "BIGINT", "INTEGER"):
            why = _by_values(_sample(source, column, connection))
        if why:
            flagged[column] = why
    return flagged


def _by_name(column: str) -> str:
    found = spoken(column)
    found = found[1:] if found[:1] == ["case"] else found
    if KINDS & set(found):
        return ""
    name = " ".join(found)
    for what, form in NAMED:
        whole = what in ("members of staff", "customers", "free text", "IP addresses", "a place on the map")
        pattern = rf"(org )?({form})" if whole else rf"(.*\b)?({form})(\b.*)?"
        if re.fullmatch(pattern, name):
            return f"its name says {what}"
    if found and found[-1] in ("name", "naam", "nom") and (len(found) == 1 or PEOPLE & set(found)):
        return "its name says names of people"
    return ""


def _sample(source: Source, column: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    cell = quoted(column)
    rows = connection.execute(
        f"SELECT DISTINCT trim({cell}::VARCHAR) FROM (SELECT {cell} FROM ({source.relation}) "
        f"WHERE {cell} IS NOT NULL LIMIT {SAMPLED_ROWS}) LIMIT {SAMPLED_VALUES}"
    ).fetchall()
    return [value for (value,) in rows if value]


def _by_values(values: Sequence[str]) -> str:
    if len(values) < 2:
        return ""
    for what, share_needed, looks in SHAPES:
        share = sum(map(looks, values)) / len(values)
        if share >= share_needed:
            return f"{share:.0%} of its values look like {what}"
    if _is_free_text(values):
        return "its values are long and mostly different, like free text"
    return ""


def _matches(form: str) -> Callable[[str], bool]:
    compiled = re.compile(form, re.IGNORECASE)
    return lambda value: compiled.fullmatch(value) is not None


def is_nhs_number(value: str) -> bool:
    """Return whether ten digits carry the check digit of an NHS number.

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    if not re.fullmatch(r"\d{3}[ -]?\d{3}[ -]?\d{4}", value):
        return False
    digits = [int(letter) for letter in value if letter.isdigit()]
    remainder = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return remainder % 11 == digits[9] and remainder != 10


def _is_free_text(values: Sequence[str]) -> bool:
    """Six words or more on average, in at least 30 different values that are no times."""
    if len(values) < 30 or recognise(values):
        return False
    return sum(len(value.split()) for value in values) / len(values) >= 6


STREETS = "street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|way|court|place|terrace|crescent|square|gardens|grove"
SHAPES: tuple[tuple[str, float, Callable[[str], bool]], ...] = (
    ("e-mail addresses", 0.1, _matches(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")),
    ("NHS numbers", 0.9, is_nhs_number),
    ("National Insurance numbers", 0.3, _matches(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]")),
    ("telephone numbers", 0.3, _matches(r"(\+\d{1,3}[ -]?|\(?0)\(?\d[\d ()/-]{7,13}\d")),
    ("bank accounts", 0.3, _matches(r"[A-Z]{2}\d\d ?([A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}")),
    ("postcodes", 0.3, _matches(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} [A-Z]{2}")),
    ("coordinates", 0.5, _matches(r"\(?-?\d{1,3}\.\d{4,}(, ?-?\d{1,3}\.\d{4,}\)?)?|POINT ?\(.*\)")),
    ("addresses", 0.3, _matches(rf"\d+[a-z]?([-/]\d+)?,? .*\b({STREETS})\b.*|[a-z .'-]+(straat|weg|laan|plein) \d+.*")),
    ("IP addresses", 0.3, _matches(r"\d{1,3}(\.\d{1,3}){3}")),
    ("titles and names of people", 0.3, _matches(r"(mr|mrs|ms|miss|dr|dhr|mevr|herr|frau|sr|sra)\.? [a-z'-]+.*")),
)


def are_values(names: Sequence[str]) -> bool:
    """Return whether names of columns look like values: the file has no header, and they may be personal.

    >>> are_values(["case_id", "step", "when"]), are_values(["made.up@example.org", "Apply"])
    (False, True)
    """
    return any(recognise([name]) or any(looks(name) for _, _, looks in SHAPES) for name in names)
