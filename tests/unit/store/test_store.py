"""The store: brought in once, settled later, private, and forgotten for good."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from tests.made_case_logs import HUSHED, case, cases, laid, private_log, roles_of, write

from outward.answers import Basis
from outward.catalogue import Silent
from outward.errors import BadInput, Cancelled, NotFound, UsageError
from outward.evidence import store
from outward.evidence.manifest import LAYOUT
from outward.evidence.store import bring_in, data_sets, evidence_folder, find, forget, resolve
from outward.evidence.tables import Settings
from outward.own_folder import home

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "made.csv", private_log())


class Counted(Silent):
    """Progress that counts how often it is told something: laying tells, settling does not."""

    told = 0

    def advance(self, share: float, doing: str) -> None:
        self.told += 1


def test_the_same_file_is_laid_once(path: Path) -> None:
    first, again = Counted(), Counted()
    log = bring_in(path, progress=first)
    made = {file.name: file.stat().st_mtime_ns for file in log.folder.iterdir()}
    assert bring_in(path, progress=again).id == log.id
    assert {file.name: file.stat().st_mtime_ns for file in log.folder.iterdir()} == made
    assert (first.told > 0, again.told) == (True, 0)


def test_a_copy_of_a_file_elsewhere_is_the_same_data_set(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / path.name
    copy.write_bytes(path.read_bytes())
    assert bring_in(copy).id == bring_in(path).id


def test_a_file_is_only_read(path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    forget(bring_in(path).id)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_what_is_said_later_is_added_to_what_was_said_before(path: Path) -> None:
    bring_in(path, Settings(endings={"Pay": "done"}, name="Claims", confirmed=("endings",)))
    log = bring_in(
        path, Settings(endings={"Decide": "refused"}, extract_date="2024-03-31", confirmed=("extract_date",))
    )
    assert log.settings.endings == {"Pay": "done", "Decide": "refused"}
    assert (log.name, log.settings.extract_date) == ("Claims", "2024-03-31")
    assert log.settings.confirmed == ("endings", "extract_date")
    assert bring_in(path).settings == log.settings == find(log.id).settings


def test_settings_that_change_no_row_do_not_lay_again(path: Path) -> None:
    log = bring_in(path, Settings(endings={"Pay": "done"}))
    made = (log.folder / "events-000.parquet").stat().st_mtime_ns
    version = log.version
    for given in (
        Settings(gave_up_after_days=9),
        Settings(extract_date="2024-04-01"),
        Settings(window_from="2024-01-02"),
        Settings(name="Other", basis=Basis.MADE_UP),
    ):
        again = bring_in(path, given)
        assert again.version != version
        version = again.version
    assert (log.folder / "events-000.parquet").stat().st_mtime_ns == made


@pytest.mark.parametrize(
    "given",
    [
        Settings(roles={"activity": "area"}),
        Settings(leave_out=("channel",)),
        Settings(time_zone="UTC"),
        Settings(time_style="%Y-%m-%d %H:%M:%S.%f"),
    ],
)
def test_settings_that_change_rows_lay_again(path: Path, given: Settings) -> None:
    log = bring_in(path, Settings(name="Claims", endings={"Pay": "done"}))
    made = (log.folder / "events-000.parquet").stat().st_mtime_ns
    again = bring_in(path, given)
    assert (again.folder / "events-000.parquet").stat().st_mtime_ns != made
    assert (again.id, again.name) == (log.id, "Claims")


def test_a_role_that_was_wrong_can_be_put_right_and_endings_are_guessed_anew(path: Path) -> None:
    assert "Pay" in bring_in(path, Settings(roles={"activity": "activity"})).settings.endings
    again = bring_in(path, Settings(roles={"activity": "area"}))
    assert set(again.manifest.activities) == {"North", "South", "West"}
    assert "Pay" not in again.settings.endings


def test_endings_that_a_person_confirmed_are_kept_when_it_is_laid_again(path: Path) -> None:
    bring_in(path, Settings(endings={"Decide": "refused"}, confirmed=("endings",)))
    again = bring_in(path, Settings(leave_out=("channel",)))
    assert again.settings.endings == {"Decide": "refused"}


@pytest.mark.parametrize("first", [True, False])
def test_an_ending_that_is_no_step_of_the_log_is_refused(path: Path, first: bool) -> None:
    if not first:
        bring_in(path)
    with pytest.raises(UsageError, match="no step 'Paid'"):
        bring_in(path, Settings(endings={"Paid": "done"}, confirmed=("endings",)))
    assert len(data_sets()) == (0 if first else 1)


def test_laying_again_with_settings_that_cannot_be_right_keeps_the_old_log(path: Path) -> None:
    log = bring_in(path, Settings(endings={"Pay": "done"}))
    with pytest.raises((BadInput, UsageError)):
        bring_in(path, Settings(roles={"time": "area"}))
    assert find(log.id).settings == log.settings
    assert find(log.id).manifest == log.manifest
    assert [entry.name for entry in evidence_folder().iterdir() if entry.name != ".lock"] == [log.id]


def test_another_file_keeps_nothing_by_itself(tmp_path: Path) -> None:
    january = write(tmp_path / "january.csv", private_log(60))
    february = write(tmp_path / "february.csv", private_log(90))
    bring_in(january, Settings(endings={"Pay": "done"}, extract_date="2024-03-01", confirmed=("endings",), name="J"))
    log = bring_in(february)
    assert (log.name, log.settings.extract_date, log.settings.confirmed) == ("february", "", ())
    assert len(data_sets()) == 2


def test_the_settings_of_last_month_can_be_given_to_the_next_extract(tmp_path: Path) -> None:
    old = bring_in(write(tmp_path / "january.csv", private_log(60)), Settings(endings={"Pay": "done"}, name="Claims"))
    new = bring_in(write(tmp_path / "february.csv", private_log(90)), replace(old.settings, extract_date="2024-03-31"))
    assert new.settings == replace(old.settings, extract_date="2024-03-31")


def test_endings_are_guessed_and_not_confirmed(path: Path) -> None:
    log = bring_in(path)
    assert "Pay" in log.settings.endings
    assert "endings" not in log.settings.confirmed


def test_a_log_is_called_after_its_file_unless_it_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "council_permits.2024.csv", private_log(40))
    assert bring_in(path).name == "council permits"
    assert bring_in(path, Settings(name="Permits")).name == "Permits"


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    ids = {laid(tmp_path, private_log(number)).id for number in (40, 50)}
    assert len(ids) == 2
    assert all(id.startswith("made-") for id in ids)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file"):
        bring_in(tmp_path)


@pytest.mark.parametrize("id", ["", ".", "..", "../evidence", ".lock", "nothing", "made-12345678", "a/b", "a\0b"])
def test_a_name_that_is_no_data_set_is_not_found(id: str) -> None:
    for act in (find, forget):
        with pytest.raises(NotFound):
            act(id)


def test_a_source_that_is_nothing_is_refused_with_the_nearest_name(path: Path) -> None:
    log = bring_in(path)
    with pytest.raises(UsageError, match=f"Did you mean '{log.id}'"):
        resolve(log.id[:-1])


def test_forgetting_erases_every_file(path: Path) -> None:
    log, other = bring_in(path), bring_in(write(path.with_name("other.csv"), private_log(50)))
    forget(log.id)
    left = {entry.name for entry in evidence_folder().rglob("*")}
    assert left == {".lock", other.id, *(file.name for file in other.folder.iterdir())}
    assert [one.id for one in data_sets()] == [other.id]
    with pytest.raises(NotFound):
        forget(log.id)


def test_a_forgotten_file_can_be_brought_in_anew_and_remembers_nothing(path: Path) -> None:
    log = bring_in(path, Settings(name="Claims", confirmed=("coverage",)))
    forget(log.id)
    again = bring_in(path)
    assert (again.id, again.name, again.settings.confirmed) == (log.id, "made", ())


def test_what_a_killed_process_left_is_cleared_away(path: Path) -> None:
    log = bring_in(path)
    folder = evidence_folder()
    for name in (".laying-1-made", ".scratch-x", ".forgotten-1234", f".old-7-{log.id}"):
        (folder / name).mkdir()
        (folder / name / "cases.parquet").write_bytes(b"x")
    bring_in(path)
    assert {entry.name for entry in folder.iterdir()} == {".lock", log.id}


def test_a_log_that_a_killed_process_was_about_to_replace_comes_back(path: Path) -> None:
    log = bring_in(path, Settings(name="Claims"))
    log.folder.rename(log.folder.with_name(f".old-7-{log.id}"))
    assert bring_in(path).name == "Claims"


def test_a_log_of_another_layout_is_laid_again_with_what_was_said_of_it(path: Path) -> None:
    log = bring_in(path, Settings(name="Claims"))
    manifest = log.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"layout": {LAYOUT}', '"layout": 0'))
    assert data_sets() == []
    again = bring_in(path)
    assert (again.manifest.layout, again.name) == (LAYOUT, "Claims")


def test_a_damaged_manifest_is_not_listed(path: Path) -> None:
    log = bring_in(path)
    (log.folder / "manifest.json").write_text("{")
    assert data_sets() == []


class _Stop(Silent):
    def advance(self, share: float, doing: str) -> None:
        raise Cancelled("Stopped.")


def test_stopping_leaves_nothing(path: Path) -> None:
    with pytest.raises(Cancelled):
        bring_in(path, progress=_Stop())
    assert [entry.name for entry in evidence_folder().iterdir()] == [".lock"]


@POSIX
def test_only_its_owner_can_read_it(path: Path, own_home: Path) -> None:
    log = bring_in(path)
    bring_in(path, Settings(name="Claims"))
    for place in (own_home, evidence_folder(), log.folder):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    for file in (*log.folder.iterdir(), Path(os.environ["OUTWARD_KEY"])):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_the_key_lies_elsewhere_and_stays_the_same(path: Path) -> None:
    log = bring_in(path)
    key = store.key()
    assert store.key() == key
    assert len(key) == 32
    assert not Path(os.environ["OUTWARD_KEY"]).is_relative_to(home())
    assert all(key not in file.read_bytes() for file in log.folder.iterdir())


def test_the_same_customers_are_hashed_alike_with_one_key_and_not_with_another(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = _tokens(bring_in(path).folder)
    forget(bring_in(path).id)
    assert _tokens(bring_in(path).folder) == first
    forget(bring_in(path).id)
    monkeypatch.setenv("OUTWARD_KEY", str(tmp_path / "another-key"))
    assert not _tokens(bring_in(path).folder) & first


def _tokens(folder: Path) -> set[object]:
    with duckdb.connect() as engine:
        rows = engine.execute(f"SELECT * FROM read_parquet('{folder / 'tokens.parquet'}')").fetchall()
    return {cell for row in rows for cell in row if isinstance(cell, bytes)}


def test_no_number_of_a_case_or_customer_and_no_name_of_staff_is_in_the_laid_folder(path: Path) -> None:
    log = bring_in(path, Settings(roles=roles_of(private_log()), endings={"Pay": "done"}))
    assert log.manifest.has_customer
    for file in log.folder.iterdir():
        assert not [word for word in HUSHED if word.encode().lower() in file.read_bytes().lower()], file.name
        if file.suffix == ".parquet":
            held = _held(file).lower()
            assert not [word for word in HUSHED if word.lower() in held], file.name


def _held(file: Path) -> str:
    """Everything that stands in a Parquet file, and in its metadata, as text."""
    with duckdb.connect() as engine:
        cells = engine.execute(f"SELECT * FROM read_parquet('{file}')").fetchall()
        about = engine.execute(f"SELECT * FROM parquet_metadata('{file}')").fetchall()
        more = engine.execute(f"SELECT * FROM parquet_kv_metadata('{file}')").fetchall()
    return repr((cells, about, more))


def test_names_that_look_personal_are_left_out_of_the_laid_folder(tmp_path: Path) -> None:
    people = [
        case(str(n), "Apply 0, Pay 9", surname=f"Hushsurname{n}", email=f"hush{n}@example.org", area="North")
        for n in range(60)
    ]
    log = laid(tmp_path, people)
    assert {"surname", "email"} <= set(log.manifest.personal)
    assert all("hush" not in _held(file).lower() for file in log.folder.glob("*.parquet"))
    assert all(b"hush" not in file.read_bytes().lower() for file in log.folder.iterdir())


def test_values_are_listed_only_where_enough_customers_have_them(tmp_path: Path) -> None:
    north, south = cases(30, "Apply 0", area="North"), cases(20, "Apply 0", first=200, area="South")
    east, isle = cases(12, "Apply 0", first=300, area="East"), cases(9, "Apply 0", first=400, area="Isle")
    log = laid(tmp_path, [*north, *south, *east, *isle])
    assert log.values("area") == ("North", "South")


def test_there_are_no_values_of_an_attribute_that_is_not_there(path: Path) -> None:
    with pytest.raises(UsageError, match="no attribute"):
        bring_in(path).values("colour")


def test_the_period_is_in_days_of_the_logs_zone(tmp_path: Path) -> None:
    log = laid(tmp_path, [case("1", "Apply 181.98, Pay 182.99")], Settings(time_zone="Europe/London"))
    assert log.period == ("2024-06-30", "2024-07-01")


@pytest.mark.parametrize("day", ["9999-12-31", "2924-01-31", "1999-01-01"])
def test_an_extract_cannot_be_of_a_day_long_before_or_after_its_events(day: str, tmp_path: Path) -> None:
    log = [case(str(n), "Apply 0, Pay 3") for n in range(20)]
    with pytest.raises(UsageError, match="cannot have been taken on"):
        laid(tmp_path, log, Settings(extract_date=day))
    assert data_sets() == []
