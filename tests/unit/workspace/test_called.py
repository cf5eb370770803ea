"""Which record a cell means where an id and a title are alike."""

from __future__ import annotations

from pathlib import Path

from tests.read_workbooks import NEEDS, groups, read, refused


def test_an_id_wins_as_it_is_spelled_and_in_other_letters_is_not_put_before_a_title(tmp_path: Path) -> None:
    sheets = groups(("speed", "Cheapness"), ("x1", "Speed"), ("alone", "Else"))
    found = read(tmp_path, sheets | {"Needs": [*NEEDS, ("n", "N", "speed, Alone, cheapness")]})
    assert [row.values["groups"] for row in found.rows if row.kind == "need"] == [["speed", "alone", "speed"]]
    (told,) = refused(tmp_path, sheets | {"Needs": [*NEEDS, ("n", "N", "Speed")]})
    assert told.endswith(
        "Two groups have the title or id 'Speed': 'speed' and 'x1'. Use the id of the one that is meant."
    )
