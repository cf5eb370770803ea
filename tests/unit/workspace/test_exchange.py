"""A workspace goes out as a file, is changed on both sides, and comes back without undoing anybody's work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.every_kind import everything
from tests.made_workbooks import Rows, write_workbook
from tests.office import saved_as

from outward.errors import BadInput, UsageError
from outward.workspace.contents import Workspace
from outward.workspace.differing import DIFFERS, SAME, Differences, alike, differences, what_happened
from outward.workspace.exchange import STAMP, ChangedTwice, apply, bring_in_new, export, incoming_from
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Change, Home, Values
from outward.workspace.problems import BadWorkspace
from outward.workspace.workbook.reading import Incoming, read_workbook

DAY = date(2026, 11, 26)


def import_into(home: Home, path: Path, by: str, *, remove: bool = False) -> Differences:
    """Do what `outward import --yes` does, and return what was changed."""
    found = differences(home, home.load(), incoming_from(path), remove=remove)
    apply(home, found, by)
    return found


START: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("workspace", {"id": "claims", "title": "Claims"}),
    ("group", {"id": "everyone", "title": "Everyone", "size": 1200}),
    ("group", {"id": "own", "title": "Self-employed", "parent": "everyone"}),
    ("need", {"id": "letters", "title": "Clear letters", "groups": ["own"], "importance": "high"}),
    ("need", {"id": "speed", "title": "A quick reply", "groups": ["everyone"]}),
)
Make = Callable[[], Home]


@pytest.fixture(params=["folder", "database"])
def home(request: pytest.FixtureRequest, tmp_path: Path, own_home: Path) -> Home:
    """A workspace in either home."""
    made: Home = DatabaseHome(tmp_path / "claims.sqlite")
    made.change([Change(kind, str(values["id"]), None, values) for kind, values in START], "Ann")
    if request.param == "folder":
        export(made, tmp_path / "claims", DAY)
        (tmp_path / "claims" / STAMP).unlink()
        return FolderHome(tmp_path / "claims")
    return made


def set_to(home: Home, kind: str, id: str, **fields: Any) -> None:
    """Change a record at home; without fields, take it out."""
    before = home.load().values(kind, id)
    after = None if not fields else {"id": id, **(before or {}), **fields}
    home.change([Change(kind, id, before, after)], "Bob")


def exported(home: Home, tmp_path: Path, ending: str = "xlsx") -> Path:
    path = tmp_path / f"out.{ending}" if ending != "folder" else tmp_path / "out"
    export(home, path, DAY)
    return path


def other(home: Home, tmp_path: Path, do: Callable[[Home], None], ending: str = "xlsx") -> Incoming:
    """What a file brings in that was exported, and then changed so."""
    path = exported(home, tmp_path, ending)
    stamp = incoming_from(path).stamp
    copy = DatabaseHome(tmp_path / f"copy-{ending}.sqlite")
    bring_in_new(incoming_from(path), copy.file, "Cat")
    do(copy)
    changed = incoming_from(copy.file)
    return Incoming(changed.rows, changed.columns, stamp)


def named(changes: Sequence[Change]) -> list[tuple[str, Values | None, Values | None]]:
    return [(one.id, one.before, one.after) for one in changes]


@pytest.mark.parametrize("ending", ["xlsx", "ods", "folder"])
def test_what_was_only_exported_changes_nothing(home: Home, tmp_path: Path, ending: str) -> None:
    assert differences(home, home.load(), incoming_from(exported(home, tmp_path, ending)), remove=True) == Differences(
        ()
    )


@pytest.mark.parametrize("ending", ["xlsx", "ods", "folder"])
def test_a_changed_record_a_new_one_and_one_taken_out_come_back(home: Home, tmp_path: Path, ending: str) -> None:
    def changed(copy: Home) -> None:
        set_to(copy, "group", "everyone", size=1300)
        set_to(copy, "group", "young", title="Young")
        set_to(copy, "need", "speed")

    incoming = other(home, tmp_path, changed, ending)
    found = differences(home, home.load(), incoming)
    assert [(one.id, one.before is None, one.after is None) for one in found.changes] == [
        ("everyone", False, False),
        ("young", True, False),
    ]
    assert found.missing == (("need", "speed"),)
    found = differences(home, home.load(), incoming, remove=True)
    assert (found.missing, [one.id for one in found.changes]) == ((), ["everyone", "young", "speed"])
    apply(home, found, "Cat")
    now = home.load()
    assert [one.id for one in now.records["group"].values()] == ["everyone", "own", "young"]
    assert (now.values("group", "everyone") or {})["size"] == 1300
    assert now.values("need", "speed") is None
    assert home.history("need", "speed")[-1].by == "Cat"
    assert differences(home, now, incoming, remove=True) == Differences(())


def test_what_the_home_has_changed_since_is_left_alone(home: Home, tmp_path: Path) -> None:
    incoming = other(home, tmp_path, lambda copy: set_to(copy, "need", "letters", title="Letters I understand"))
    set_to(home, "group", "everyone", size=5)
    set_to(home, "group", "young", title="Young")
    set_to(home, "need", "speed")
    found = differences(home, home.load(), incoming, remove=True)
    assert [one.id for one in found.changes] == ["letters"]
    assert found.clashes == ()
    assert [(one.id, what_happened(one)) for one in found.left] == [
        ("everyone", "Changed"),
        ("speed", "Added"),
        ("young", "Removed"),
    ]
    assert found.notes == ()
    apply(home, found, "Cat")
    now = home.load()
    assert (now.values("group", "everyone") or {})["size"] == 5
    assert now.values("group", "young")
    assert now.values("need", "speed") is None


def test_nothing_is_called_the_same_while_the_home_differs_and_the_files_words_can_be_taken(
    home: Home, tmp_path: Path
) -> None:
    path = exported(home, tmp_path)
    set_to(home, "group", "everyone", size=5)
    set_to(home, "need", "speed")
    set_to(home, "group", "young", title="Young")
    found = differences(home, home.load(), incoming_from(path))
    assert (found.changes, found.missing, found.notes) == ((), (), (DIFFERS,))
    assert [one.id for one in found.left] == ["everyone", "speed", "young"]
    assert [(one or {})["size"] for one in (found.left[0].before, found.left[0].after)] == [5, 1200]
    found = differences(home, home.load(), incoming_from(path), take=True)
    assert [one.id for one in found.changes] == ["everyone", "speed"]
    assert (found.left, found.missing) == ((), (("group", "young"),))
    assert "kept in the history" in found.notes[0]
    apply(home, found, "Cat")
    assert (home.history("group", "everyone")[-1].before or {})["size"] == 5
    assert (home.load().values("need", "speed") or {})["title"] == "A quick reply"
    found = differences(home, home.load(), incoming_from(path), take=True, remove=True)
    assert [(one.id, one.after) for one in found.changes] == [("young", None)]
    apply(home, found, "Cat")
    assert differences(home, home.load(), incoming_from(path)).notes == (SAME,)


def test_a_file_of_another_past_is_compared_with_what_stands(home: Home, tmp_path: Path) -> None:
    copy = DatabaseHome(tmp_path / "copy.sqlite")
    bring_in_new(incoming_from(exported(home, tmp_path)), copy.file, "Cat")
    set_to(home, "group", "everyone", size=5)
    set_to(home, "group", "young", title="Young")
    newer = tmp_path / "newer.xlsx"
    export(home, newer, DAY)
    found = differences(copy, copy.load(), incoming_from(newer))
    assert ([one.id for one in found.changes], found.left) == (["everyone", "young"], ())
    assert "taken away from another workspace of this id" in found.notes[0]
    older = differences(home, home.load(), incoming_from(tmp_path / "out.xlsx"))
    assert (older.against, [one.id for one in older.left]) == ("as exported", ["everyone", "young"])


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ({"size": 1}, {"size": 2}),
        ({"size": 1}, {"about": "All of them"}),
        ({}, {"size": 2}),
        ({"size": 1}, {}),
    ],
    ids=["one field", "two fields", "gone from the file", "gone from the home"],
)
def test_where_both_changed_a_record_nothing_is_done(
    home: Home, tmp_path: Path, there: Mapping[str, Any], here: Mapping[str, Any]
) -> None:
    set_to(home, "group", "alone", title="Alone", size=0)

    def changed(copy: Home) -> None:
        set_to(copy, "group", "alone", **there)
        set_to(copy, "need", "letters", importance="low")

    incoming = other(home, tmp_path, changed)
    set_to(home, "group", "alone", **here)
    before = home.load().revision
    found = differences(home, home.load(), incoming, remove=True)
    assert [one.id for one in found.clashes] == ["alone"]
    with pytest.raises(
        ChangedTwice, match=r"Changed both in the file and, .* customer group 'alone'\. Nothing was changed"
    ):
        apply(home, found, "Cat")
    assert home.load().revision == before
    assert differences(home, home.load(), incoming, remove=True, take=True).clashes == ()


def test_where_both_changed_a_record_to_the_same_there_is_nothing_to_do(home: Home, tmp_path: Path) -> None:
    incoming = other(home, tmp_path, lambda copy: set_to(copy, "group", "everyone", size=3))
    set_to(home, "group", "everyone", size=3)
    assert differences(home, home.load(), incoming) == Differences(())


def test_two_that_were_added_under_one_id_clash(home: Home, tmp_path: Path) -> None:
    incoming = other(home, tmp_path, lambda copy: set_to(copy, "group", "young", title="Young"))
    set_to(home, "group", "young", title="The young")
    assert [one.id for one in differences(home, home.load(), incoming).clashes] == ["young"]


SHEETS: dict[str, Rows] = {"Needs": [("Id", "Importance"), ("letters", "low"), ("speed", "high")]}


def test_a_workbook_by_hand_changes_the_columns_that_it_has(home: Home, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "by-hand.xlsx", SHEETS)
    found = import_into(home, path, "Cat", remove=True)
    assert found.against == "no stamp"
    assert [(one.id, (one.after or {})["importance"]) for one in found.changes] == [
        ("letters", "low"),
        ("speed", "high"),
    ]
    assert home.load().values("need", "letters") == {
        "id": "letters",
        "title": "Clear letters",
        "type": "need",
        "groups": ["own"],
        "expectation": "other",
        "importance": "low",
    }
    assert len(home.load().records["group"]) == 2


def test_what_would_not_do_together_is_said_at_its_row_and_nothing_is_done(home: Home, tmp_path: Path) -> None:
    before = home.load().revision
    sheets: dict[str, Rows] = {"Needs": [("Id", "Title", "Groups"), ("a", "A", "nobody"), ("b", "B", "own")]}
    with pytest.raises(BadWorkspace, match=r"^Needs, C2 .Groups.: W006 'nobody' is no customer group"):
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat")
    sheets = {"Groups": [("Id", "Title"), ("everyone", "Everyone")], "Needs": [("Id", "Title", "Groups")]}
    path = write_workbook(tmp_path / "by-hand.xlsx", sheets)
    assert not differences(home, home.load(), read_workbook(path)).changes
    sheets = {"Groups": [("Id", "Title"), ("everyone", "Everyone")]}
    with pytest.raises(BadWorkspace, match="'letters' still names Self-employed, which the file lacks"):
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat", remove=True)
    sheets = {"Groups": [("Id", "Title"), ("a", "A"), ("a", "B"), ("c", "")]}
    with pytest.raises(BadWorkspace, match=r"Groups, A3 .Id.: W005 Customer group 'a' stands here again, and first at"):
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat")
    assert home.load().revision == before


def test_the_file_of_another_workspace_is_refused(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Workspace": [("Id", "Title"), ("pensions", "Pensions")]}
    with pytest.raises(UsageError, match=r"holds the workspace 'pensions', and this one is 'claims'\. Bring it into"):
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat")


def test_what_still_names_a_record_whose_row_was_deleted_is_said_at_its_row(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Groups": [("Id", "Title"), ("everyone", "Everyone")],
        "Needs": [("Id", "Title"), ("speed", "A quick reply"), ("letters", "Clear letters")],
    }
    with pytest.raises(BadWorkspace) as error:
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat", remove=True)
    (found,) = error.value.problems
    assert (found.place.file, found.place.line, found.field) == ("Needs", 3, "groups")
    assert found.message == (
        "Needs, row 3 still names Self-employed, whose row was deleted: take it out of Groups there, or leave its row "
        "in the file."
    )
    sheets["Needs"] = [*sheets["Needs"][:2], ("letters", "Clearer letters")]
    with pytest.raises(BadWorkspace, match=r"Needs, row 3 still names Self-employed, whose row was deleted"):
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat", remove=True)


def test_new_rows_need_no_id_and_titles_of_the_workspace_are_understood(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Workspace": [("Id", "Title"), ("", "Claims of all")],
        "Groups": [("Id", "Title", "Parent"), ("", "Own", "Self-employed"), ("", "Seasonal workers", "own")],
        "Needs": [("Id", "Title", "Groups"), ("", "A quick reply", "Seasonal workers, Everyone")],
    }
    path = write_workbook(tmp_path / "by-hand.xlsx", sheets)
    for _ in range(2):  # the second time nothing is added again
        found = differences(home, home.load(), incoming_from(path, workspace=home.load()))
        apply(home, found, "Cat")
    assert found.changes == ()
    held = home.load()
    assert held.header.title == "Claims of all"
    assert {id: one.parent for id, one in held.records["group"].items()} == {  # type: ignore[attr-defined]
        "everyone": "",
        "own": "everyone",
        "own-2": "own",
        "seasonal-workers": "own",
    }
    assert held.values("need", "speed")["groups"] == ["seasonal-workers", "everyone"]  # type: ignore[index]


def test_an_added_record_with_the_title_of_one_that_is_missing_is_pointed_out(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Groups": [("Id", "Title"), ("everyone", "Everyone"), ("owned", "self-employed")]}
    incoming = incoming_from(write_workbook(tmp_path / "by-hand.xlsx", sheets), workspace=home.load())
    told = alike(home.load(), differences(home, home.load(), incoming))
    assert list(told) == [("group", "owned")]
    assert "It has the title of 'own', which is not in the file. Was its id changed?" in told["group", "owned"]


def test_everything_wrong_with_the_rows_is_said_at_once(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Groups": [("Id", "Title", "Size", "Parent"), ("a", "A", "many", "nobody"), ("b", "B", "", "nowhere")],
        "Needs": [("Id", "Title", "Groups"), ("", "", "everyone, nothing"), ("n", "N", "a"), ("n", "N", "b")],
    }
    before = home.load().revision
    with pytest.raises(BadWorkspace) as error:
        import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat")
    told = {(one.place.file, one.place.line, one.code, one.field) for one in error.value.problems}
    assert told == {
        ("Groups", 2, "W004", "size"),
        ("Groups", 2, "W006", "parent"),
        ("Groups", 3, "W006", "parent"),
        ("Needs", 2, "W003", "title"),
        ("Needs", 2, "W006", "groups"),
        ("Needs", 4, "W005", "id"),
    }
    assert home.load().revision == before


def test_the_workspace_itself_is_changed_and_never_taken_out(home: Home, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Workspace": [("Id", "Champion"), ("claims", "Director")]}
    import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat", remove=True)
    assert home.load().header.champion == "Director"
    sheets = {"Workspace": [("Id", "Champion")]}
    assert import_into(home, write_workbook(tmp_path / "by-hand.xlsx", sheets), "Cat", remove=True).changes == ()


def test_a_place_that_will_not_do_is_said_and_nothing_is_left(home: Home, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    home.load()
    held = sorted(one.name for one in tmp_path.iterdir())
    for name, said in (
        ("full", "something in 'full' already"),
        ("out.csv", "neither a workbook"),
        ("no/out", "cannot be written"),
        ("no/out.xlsx", "cannot be written"),
    ):
        with pytest.raises(UsageError, match=said):
            export(home, tmp_path / name, DAY)
    assert sorted(one.name for one in tmp_path.iterdir()) == held
    (tmp_path / "empty").mkdir()
    export(home, tmp_path / "empty", DAY)
    assert incoming_from(tmp_path / "empty").stamp


def test_a_damaged_stamp_of_a_folder_is_said(home: Home, tmp_path: Path) -> None:
    path = exported(home, tmp_path, "folder")
    for text in ("{", "[]", '{"records": [1]}', "[" * 100_000):
        (path / STAMP).write_text(text)
        with pytest.raises(BadInput, match="is damaged"):
            incoming_from(path)


def values_in(workspace: Workspace) -> dict[tuple[str, str], Any]:
    return {(kind, id): workspace.values(kind, id) for kind, held in workspace.records.items() for id in held}


def test_a_folder_edited_by_hand_reaches_workbook_and_database_and_comes_back(tmp_path: Path, own_home: Path) -> None:
    """Folder -> edited in an editor -> workbook -> LibreOffice -> database -> workbook -> folder, for every kind."""
    source = DatabaseHome(tmp_path / "source.sqlite")
    made = everything()
    names = values_in(made).items()
    source.change([Change(*name, None, values) for name, values in names], "Ann")
    export(source, tmp_path / "folder", DAY)
    (tmp_path / "folder" / STAMP).unlink()
    file = tmp_path / "folder" / "records" / "levels.yaml"
    file.write_text(file.read_text().replace("order: 1", "order: 3  # the third of them"))
    folder = FolderHome(tmp_path / "folder")
    wanted = values_in(made)
    wanted["level", "level-1"] |= {"order": 3}
    assert values_in(folder.load()) == wanted

    export(folder, tmp_path / "out.xlsx", DAY)
    (saved,) = saved_as("ods", tmp_path / "saved", tmp_path / "out.xlsx")
    found = import_into(source, saved, "Bob")  # the database never stood as the folder did
    assert ([(one.kind, one.id) for one in found.changes], found.against) == ([("level", "level-1")], "another past")
    assert values_in(source.load()) == wanted

    set_to(source, "level", "007", order=4)
    wanted["level", "007"] |= {"order": 4}
    export(source, tmp_path / "back.ods", DAY)
    incoming = read_workbook(tmp_path / "back.ods")
    apply(folder, differences(folder, folder.load(), Incoming(incoming.rows, incoming.columns)), "Bob")
    assert values_in(folder.load()) == wanted
    assert "# the third of them" in file.read_text()
