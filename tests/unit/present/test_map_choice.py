from __future__ import annotations

from itertools import pairwise

from outward.answers import Column, Value
from outward.present.map_choice import END, START, calm, chosen, everything, groups

from .made import MAP, SIMPLE, answer, journey, simple, table


def _names(steps: float, paths: float) -> tuple[set[str], set[tuple[str, str]]]:
    choice = chosen(everything(simple(), MAP), steps, paths)
    return {step.label for step in choice.steps}, {(path.source, path.target) for path in choice.paths}


def test_with_both_sliders_at_one_everything_is_drawn() -> None:
    steps, paths = _names(1.0, 1.0)
    assert steps == {START, END, "Apply", "Check", "Decide", "Ask again"}
    assert len(paths) == len(SIMPLE)


def test_the_steps_of_most_cases_stay() -> None:
    assert _names(0.5, 1.0)[0] == {START, END, "Apply", "Check", "Decide"}


def test_every_step_drawn_lies_on_a_way_from_start_to_end() -> None:
    for steps in (0.0, 0.3, 0.6, 1.0):
        labels, paths = _names(steps, 0.0)
        down, up = {START}, {END}
        for _ in labels:
            down |= {target for source, target in paths if source in down}
            up |= {source for source, target in paths if target in up}
        assert down == up == labels


def test_what_is_dropped_is_counted() -> None:
    choice = chosen(everything(simple(), MAP), 0.5, 0.0)
    assert (choice.steps_dropped, choice.paths_dropped) == (1, len(SIMPLE) - len(choice.paths))


def test_a_path_without_a_released_count_is_left_out_and_counted() -> None:
    columns = [Column("from_step", "label"), Column("to_step", "label"), Column("cases", "count", "cases")]
    rows: list[dict[str, Value]] = [
        {"from_step": START, "to_step": "Apply", "cases": 100},
        {"from_step": "Apply", "to_step": END, "cases": None},
    ]
    steps = table([Column("step", "label"), Column("cases", "count")], [{"step": "Apply", "cases": 100}])
    choice = everything(answer({"steps": steps, "paths": table(columns, rows, {(1, "cases"): "c"})}), MAP)
    assert [path.target for path in choice.paths] == ["Apply"]
    assert choice.paths_unknown == 1


def test_a_calm_map_has_about_a_dozen_steps_and_two_dozen_paths() -> None:
    labels = [f"Step {number}" for number in range(40)]
    rows: list[tuple[str, str, int, float | None]] = [(START, labels[0], 1000, None)]
    rows += [(one, other, 900 - 20 * place, 1.0) for place, (one, other) in enumerate(pairwise(labels))]
    rows += [(one, END, 10, None) for one in labels]
    rows += [(labels[place], labels[place + 2], 10, 1.0) for place in range(38)]
    whole = everything(journey(rows), MAP)
    choice = chosen(whole, *calm(whole))
    assert 10 <= len(choice.steps) <= 16
    assert 20 <= len(choice.paths) <= 40


def test_a_split_map_knows_its_groups() -> None:
    assert groups(simple(), MAP) == []
    assert groups(journey(SIMPLE, by=("Phone", "Post")), MAP) == ["Phone", "Post"]
    assert len(everything(journey(SIMPLE, by=("Phone", "Post")), MAP, "Post").paths) == len(SIMPLE)
