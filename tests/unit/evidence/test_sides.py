"""Two sides to compare: their one spelling, their names, and who stands on which."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_case_logs import case, cases, laid

from outward.asking import ask
from outward.errors import UsageError
from outward.evidence.sides import Sides, sides_in
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.present.words import sentence


@pytest.mark.parametrize(
    ("text", "spelled", "names"),
    [
        ("area=South  vs area=North", "area=South vs area=North", ("South", "North")),
        ("area=B|A vs area=C", "area=A|B vs area=C", ("A or B", "C")),
        ("cared=yes vs cared=no", "cared=yes vs cared=no", ("cared yes", "cared no")),
        ("area=North vs everyone else", "area=North vs everyone else", ("area North", "everyone else")),
        ("area=North vs channel=Post", "area=North vs channel=Post", ("area North", "channel Post")),
        (
            "to=2024-06-30 & from=2024-01-01 vs from=2024-07-01",
            "from=2024-01-01 & to=2024-06-30 vs from=2024-07-01",
            ("2024-01-01 to 2024-06-30", "from 2024-07-01"),
        ),
        ('team="Reds vs Blues" vs team=Greens', 'team="Reds vs Blues" vs team=Greens', ("Reds vs Blues", "Greens")),
    ],
)
def test_sides_have_one_spelling_and_a_name_each(text: str, spelled: str, names: tuple[str, str]) -> None:
    sides = Sides.parse(text)
    assert (str(sides), sides.names) == (spelled, names)
    assert Sides.parse(str(sides)) == sides


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("area=North vs area=North", "Both sides are the same"),
        ("area=North & to=2024-01-01 vs to=2024-01-01 & area=North", "Both sides are the same"),
        (" vs area=North", "does not say two sides"),
        ("area=A vs area=B vs area=C", "does not say two sides"),
        ("area=North vs  ", "does not say two sides|second side is missing"),
        ("area=North vs somebody", "cannot be understood"),
    ],
)
def test_what_is_no_pair_of_sides_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Sides.parse(text)


def test_an_attribute_may_be_called_anything() -> None:
    assert sides_in("home vs away", ("home vs away",)) is None
    assert sides_in("area", ("home vs away",)) is None


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("area=North vs area=South", True),
        ("area=North|South vs area=South|West", False),
        ("area=North & passes(Pay) vs area=South & never(Pay)", True),
        ("to=2024-06-30 vs from=2024-07-01", True),
        ("to=2024-07-01 vs from=2024-07-01", False),
        ("area=North vs from=2024-07-01", False),
        ("passes(Pay) vs everyone else", True),
    ],
)
def test_it_knows_which_sides_cannot_have_a_case_in_common(text: str, apart: bool) -> None:
    assert Sides.parse(text).apart is apart


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    """Cases of three areas in two years; all of the West appeal."""
    made = [
        *cases(40, "Apply 0, Pay 4", area="North"),
        *cases(30, "Apply 400, Pay 409", first=41, area="South"),
        *cases(20, "Apply 400, Appeal 405, Pay 420", first=71, area="West"),
        case("91", "Apply 0, Pay 1", area="East"),
    ]
    return laid(tmp_path, made, Settings(endings={"Pay": "done"}))


def test_any_question_can_be_asked_by_two_sides(log: LaidLog) -> None:
    answer = ask("U3.5", log, by="area=South|West vs area=North")
    assert set(answer.tables["summary"].values["group"]) == {"South or West", "North"}
    assert answer.parameters["by"] == "area=South|West vs area=North"
    said = [sentence(answer, one) for one in answer.caveats]
    assert (
        "'South or West' are the cases of which each has area South or West; 'North' are the cases of which each "
        "has area North." in said
    )


def test_the_same_sides_in_another_spelling_are_the_same_answer(log: LaidLog) -> None:
    assert ask("U3.1", log, by="area=West|South vs area=North") is ask("U3.1", log, by="area=South|West  vs area=North")


def test_groups_picked_by_what_came_later_are_not_tested(log: LaidLog) -> None:
    answer = ask("U3.3", log, by="passes(Appeal) vs everyone else")
    assert "compared" not in answer.tables
    assert any("not compared" in sentence(answer, one) for one in answer.caveats)


def test_periods_are_tested_and_the_time_that_they_had_is_said(log: LaidLog) -> None:
    answer = ask("U3.3", log, by="to=2024-12-31 vs from=2025-01-01")
    assert answer.tables["compared"].values["stands_out"] == ("yes",)
    assert any("have had less time" in sentence(answer, one) for one in answer.caveats)


@pytest.mark.parametrize("by", ["area=East vs area=North", "area=West vs passes(Appeal)", "area=Nowhere vs area=North"])
def test_a_side_with_too_few_customers_is_refused_whether_rare_or_none(by: str, log: LaidLog) -> None:
    with pytest.raises(UsageError, match="Fewer than 10 customers stand on the side"):
        ask("U3.1", log, by=by)
