from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.unit.disclosure.made_tables import NONE, OUTWARD, answer, counts

import outward
from outward.answers import Chart, Column, Matrix, Sentence, Table
from outward.disclosure.release import release

SOURCE = Path(outward.__file__).parent
MADE_BY_RELEASE = {"ReleasedAnswer", "ReleasedTable"}


def made_in(path: Path) -> set[str]:
    """The released things that a module makes by calling their class."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls}
    return names & MADE_BY_RELEASE


def test_nothing_but_release_makes_a_released_answer() -> None:
    makers = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if made_in(path)}
    assert makers == {"disclosure/release.py"}


def test_release_loads_no_heavy_library() -> None:
    for path in (SOURCE / "disclosure").glob("*.py"):
        top = [
            node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        heavy = [node for node in top if "scipy" in ast.dump(node)]
        assert path.name in {"exposure.py", "audit.py"} or not heavy  # both loaded where used


def test_the_answer_keeps_its_standing_basis_and_policy() -> None:
    made = answer({"groups": counts([50])}, parameters={"within_days": 90, "level": 0.123456789012})
    found = release(made, OUTWARD)
    assert (found.standing, found.basis, found.policy) == (made.standing, made.basis, OUTWARD)
    assert found.parameters == {"within_days": 90, "level": 0.123457}


def test_the_period_is_widened_to_whole_months() -> None:
    found = release(answer({"groups": counts([50])}), OUTWARD)
    assert (found.evidence[0].period_from, found.evidence[0].period_to) == ("2024-01-01", "2024-12-31")


def test_templates_that_name_a_row_left_out_are_left_out() -> None:
    sentence = Sentence("In c: {groups[group=c].cases}.", "In a: {groups[group=a].cases}.", "Nothing.")
    made = answer(
        {"groups": counts([50, 30, 4], small="drop")},
        sentence=sentence,
        caveats=(Sentence("c has {groups[group=c].cases}."), Sentence("Take care.")),
    )
    found = release(made, OUTWARD)
    assert found.sentence.templates == ("In a: {groups[group=a].cases}.", "Nothing.")
    assert found.caveats == (Sentence("Take care."),)


def test_a_sentence_of_which_nothing_is_left_says_so() -> None:
    made = answer({"groups": counts([4], small="drop")}, sentence=Sentence("{groups[group=a].cases} in a."))
    assert release(made, OUTWARD).sentence == Sentence("Too few customers to say.")


def test_a_template_cannot_name_a_base() -> None:
    with pytest.raises(AssertionError, match=r"groups.people, which is not a column to show"):
        release(answer({"groups": counts([50])}, sentence=Sentence("{groups.people}.")), OUTWARD)


def chart(spec: dict[str, object]) -> Chart:
    return Chart("groups", spec, Sentence("Groups"))


def test_a_chart_does_not_name_groups_that_were_left_out() -> None:
    spec: dict[str, object] = {"encoding": {"color": {"scale": {"domain": ["a", "b"]}}}}
    made = answer({"groups": counts([50, 4], small="drop")}, pictures=(chart(spec),))
    picture = release(made, OUTWARD).pictures[0]
    assert isinstance(picture, Chart)
    assert picture.spec == {"encoding": {"color": {"scale": {"domain": ["a"]}}}}


@pytest.mark.parametrize("spec", [{"data": {"values": []}}, {"layer": [{"scale": {"domain": [0, 137]}}]}])
def test_a_chart_brings_no_figures_of_its_own(spec: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="a chart's spec"):
        release(answer({"groups": counts([50])}, pictures=(chart(spec),)), OUTWARD)


def test_a_picture_whose_title_cannot_be_said_takes_the_answers_title() -> None:
    matrix = Matrix("groups", "group", "group", "cases", Sentence("{groups[group=b].cases} in b"))
    made = answer({"groups": counts([50, 4], small="drop")}, pictures=(matrix,))
    assert release(made, OUTWARD).pictures[0].title == Sentence("Made up")


def test_policy_none_passes_everything_but_bases_and_stamps_it() -> None:
    made = answer({"groups": counts([3, 12])}, caveats=(Sentence("{groups.cases} cases."),))
    found = release(made, NONE)
    assert found.tables["groups"].values == {"group": ("a", "b"), "cases": (3, 12)}
    assert (found.sentence, found.caveats, found.evidence) == (made.sentence, made.caveats, made.evidence)
    assert "Not for release" in found.policy.words
    assert found.policy.reason == "a test"


def test_a_table_without_rows_stays_one() -> None:
    empty = Table.of_rows((Column("cases", "count", "cases"), Column("people", "base")), [], base="people")
    assert len(release(answer({"none": empty}), OUTWARD).tables["none"]) == 0
