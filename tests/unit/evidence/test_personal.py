from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from outward.evidence import personal

from .conftest import Opened


def nhs_number(start: int) -> str:
    """Nine digits and their check digit, computed apart from the code under test."""
    digits = [int(letter) for letter in f"{start:09}"]
    check = (11 - sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
    return "" if check == 10 else "".join(map(str, digits)) + str(check)


MADE: dict[str, Callable[[int], str]] = {
    "e-mail": lambda n: f"made.up{n}@example.org",
    "telephone": lambda n: f"020 7946 0{n:03}",
    "National Insurance": lambda n: f"QQ{n % 10}2 3{n % 10} 5{n % 10} C".replace("QQ", "AB").replace(" ", ""),
    "NHS": lambda n: nhs_number(400_000_000 + 7 * n),
    "postcodes": lambda n: f"ZZ{n % 9 + 1} {n % 10}AA",
    "coordinates": lambda n: f"51.5{n:04}",
    "addresses": lambda n: f"{n} Made Up Street",
    "names of people": lambda n: f"Mr Example{'abcdefgh'[n % 8]} Madeup{'xyz'[n % 3]}",
    "free text": lambda n: f"I wrote about matter {n} and nobody ever answered my letter",
}


@pytest.mark.parametrize("what", MADE)
def test_it_flags_by_the_shape_of_values(opened: Opened, connection: duckdb.DuckDBPyConnection, what: str) -> None:
    rows = "".join(f'"{MADE[what](n)}",web\n' for n in range(60))
    flagged = personal.flag(opened(f"thing,channel\n{rows}"), connection)
    assert list(flagged) == ["thing"]
    assert what in flagged["thing"]
    assert not any(MADE[what](n) and MADE[what](n) in flagged["thing"] for n in range(60))


@pytest.mark.parametrize(
    "name",
    [
        *("Surname", "first_name", "Customer Name", "name", "case:responsible", "Date of Birth", "geboortedatum"),
        *("Home address", "Incident Zip", "postcode", "E-mail", "phone_no", "NHS number", "Latitude", "comments"),
        *("X Coordinate (State Plane)", "Vorname", "Apellido", "customer_id", "username", "IPID"),
    ],
)
def test_it_flags_by_name(opened: Opened, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    assert list(personal.flag(opened(f"step,{name}\nA,1\nB,2\n"), connection)) == [name]


@pytest.mark.parametrize(
    "name",
    [
        *("Agency Name", "concept:name", "Activity name", "Address Type", "channel", "Borough", "amount", "group"),
        *("customer type", "age band", "Gender", "Office", "long wait", "case:concept:name", "description of step"),
    ],
)
def test_it_leaves_other_names_alone(opened: Opened, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    assert personal.flag(opened(f"step,{name}\nA,x\nB,y\n"), connection) == {}


def test_numbers_and_dates_are_not_taken_for_people(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    rows = "".join(f"{1_000_000_000 + 37 * n},2024-03-{n % 28 + 1:02} 10:00:00,{n}.25\n" for n in range(60))
    assert personal.flag(opened(f"serial,when,cost\n{rows}"), connection) == {}
