from __future__ import annotations

from pathlib import Path

from outward.examples.connexions.make import make

from .measuring import rows_of


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (make(tmp_path / name, seed=5, size=0.1)[0].read_bytes() for name in ("a", "b"))
    assert first == second


def test_another_seed_gives_another_log(tmp_path: Path) -> None:
    first, second = (make(tmp_path / str(seed), seed=seed, size=0.1)[0].read_bytes() for seed in (1, 2))
    assert first != second


def test_size_scales_the_cases(tmp_path: Path) -> None:
    for size, cases in ((0.1, 600), (0.5, 3000)):
        rows = rows_of(make(tmp_path / str(size), size=size)[0])
        assert len({row["case"] for row in rows}) == cases


def test_it_makes_the_folder_and_names_the_files_it_made(tmp_path: Path) -> None:
    assert make(tmp_path / "deep" / "evidence", size=0.05) == [tmp_path / "deep" / "evidence" / "journeys.csv"]


def test_the_full_log_has_six_thousand_cases_and_sixty_thousand_events(rows: list[dict[str, str]]) -> None:
    assert len({row["case"] for row in rows}) == 6000
    assert 60_000 <= len(rows) <= 90_000
