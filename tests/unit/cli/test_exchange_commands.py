"""Export and import on the command line: the differences first, changes only with --yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.made_workbooks import write_workbook
from tests.made_workspaces import written

from outward.cli.main import exit_code
from outward.workspace.homes.beginning import make_database
from outward.workspace.homes.home import open_home
from outward.workspace.workbook.reading import read_workbook

Said = pytest.CaptureFixture[str]
GROUPS: list[dict[str, Any]] = [
    {"id": "everyone", "size": 1200},
    {"id": "own", "parent": "everyone", "about": "One\ntwo"},
]


@pytest.fixture
def claims(folder: Path, own_home: Path) -> Path:
    """The folder of a workspace among the files."""
    return written(folder / "claims", {"id": "claims", "title": "Claims"}, group=GROUPS)


def ran(capsys: Said, *arguments: str) -> tuple[int, str]:
    code = exit_code(list(arguments))
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return code, said.out + said.err


@pytest.mark.parametrize("file", ["out.xlsx", "out.ods", "out.zip", "out"])
def test_it_goes_out_and_comes_back_unchanged(claims: Path, capsys: Said, file: str) -> None:
    code, said = ran(capsys, "export", "claims", file)
    assert (code, said.startswith(f"Written to {file}: 3 records of the folder 'claims', revision ")) == (0, True)
    assert ran(capsys, "import", file, "claims") == (
        0,
        "There is nothing to change: the file says what the workspace says.\n",
    )


def test_differences_are_shown_and_made_only_with_yes(claims: Path, capsys: Said) -> None:
    changed = write_workbook(
        claims.parent / "changed.xlsx",
        {"Groups": [("Id", "Title", "Size", "About"), ("everyone", "Everyone", 1300.0, "All"), ("new", "New", 5.0)]},
    )
    before = (claims / "records" / "groups.yaml").read_bytes()
    code, said = ran(capsys, "import", changed.name, "claims")
    assert code == 1
    assert said.splitlines() == [
        "Changed: customer group 'everyone' - Everyone",
        "    about: (nothing) -> All",
        "    size: 1200 -> 1300",
        "Added: customer group 'new' - New",
        "    status: existing (taken because empty)",
        "    defined: declared (taken because empty)",
        "    size: 5",
        "Not in the file, and left where they are: customer group 'own'. To take them out, add --remove.",
        "The file does not say when it was taken away, so it is compared with the workspace as it stands now: an old "
        "value in it would undo a newer one.",
        "",
        "Nothing was changed. To change 2 records in the folder 'claims', add --yes.",
    ]
    assert (claims / "records" / "groups.yaml").read_bytes() == before
    code, said = ran(capsys, "import", changed.name, "claims", "--yes", "--remove", "--by", "Cat")
    assert (code, "Removed: customer group 'own' - Own" in said) == (0, True)
    assert said.endswith("3 records changed in the folder 'claims'.\n")
    now = open_home(claims)
    assert list(now.load().records["group"]) == ["everyone", "new"]
    assert {one.by for one in now.history("group", "own")} == {"outside", "Cat"}


def test_who_it_was_is_the_person_at_the_keyboard(claims: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "dora")
    write_workbook(claims.parent / "new.ods", {"Groups": [("Id", "Title"), ("new", "New")]})
    assert ran(capsys, "import", "new.ods", "claims", "--yes")[0] == 0
    assert open_home(claims).history("group", "new")[-1].by == "dora"


def test_what_both_changed_is_refused(claims: Path, capsys: Said) -> None:
    ran(capsys, "export", "claims", "out.xlsx")
    ran(capsys, "export", "claims", "out")
    for place, size in ((claims, "1"), (claims.parent / "out", "2")):
        file = place / "records" / "groups.yaml"
        file.write_text(file.read_text().replace("1200", size))
    code, said = ran(capsys, "import", "out", "claims", "--yes")
    assert code == 3
    assert "Changed on both sides: customer group 'everyone'" in said
    assert "Nothing was changed. Export again" in said
    code, said = ran(capsys, "import", "out.xlsx", "claims", "--yes")
    assert (code, said.splitlines()) == (
        0,
        [
            "Changed in the workspace since, and left so: customer group 'everyone' - Everyone",
            "    size: 1 -> 1200",
            "Changed in the workspace since the file was taken away: 1 record. To take the file's words for them too, "
            "add --take; the history keeps what stands there now.",
            "As it stands, nothing would be changed. The file and the workspace still differ, as is said here.",
        ],
    )
    assert ran(capsys, "import", "out.xlsx", "claims", "--take")[0] == 1
    assert ran(capsys, "import", "out.xlsx", "claims", "--take", "--yes")[0] == 0
    assert open_home(claims).load().values("group", "everyone")["size"] == 1200  # type: ignore[index]


@pytest.mark.parametrize(("place", "option"), [("new.sqlite", []), ("./new", []), ("new", ["--new"])])
def test_a_workspace_is_made_where_there_is_none(claims: Path, capsys: Said, place: str, option: list[str]) -> None:
    ran(capsys, "export", "claims", "out.ods")
    code, said = ran(capsys, "import", "out.ods", place, *option)
    assert (code, said) == (1, f"There is no workspace '{place}'. With --yes it is made, with 3 records.\n")
    assert not Path(place).exists()
    code, said = ran(capsys, "import", "out.ods", place, "--yes", *option)
    assert (code, said) == (
        0,
        f"The workspace 'Claims' is made in '{place}', with 3 records.\n"
        f"To open it in the browser: outward serve {place}\n",
    )
    assert open_home(place).load().revision == open_home(claims).load().revision
    assert not Path(place, "as-exported.json").exists()


def test_a_slip_in_an_id_makes_nothing(claims: Path, capsys: Said) -> None:
    make_database("literacy")
    ran(capsys, "export", "literacy", "out.ods")
    before = sorted(claims.parent.iterdir())
    code, said = ran(capsys, "import", "out.ods", "litteracy", "--yes")
    assert code == 2
    assert "There is no workspace 'litteracy'. Did you mean 'literacy'?" in said
    assert "add --new" in said
    assert sorted(claims.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export", "nowhere", "out.xlsx"], 2, "There is no workspace 'nowhere'"),
        (["export", "claims", "out.docx"], 2, "neither a workbook"),
        (["export", "claims", "folder/x/y.ods"], 2, "cannot be written"),
        (["import", "nowhere.xlsx", "claims"], 3, "There is no file 'nowhere.xlsx'"),
        (["import", "folder", "claims"], 2, "holds no workspace"),
        (["import", "empty.csv", "claims"], 3, "is empty"),
        (["import", "log.csv", "claims"], 3, "is no workbook"),
        (["import", "book.xlsx", "claims"], 3, "is damaged"),
        (["import", "claims", "folder"], 2, "holds no workspace"),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence(
    claims: Path, capsys: Said, arguments: list[str], code: int, said: str
) -> None:
    found = ran(capsys, *arguments)
    assert found[0] == code
    assert said in found[1]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_merged_cells_and_wrong_days_are_each_said_at_their_place(claims: Path, capsys: Said, ending: str) -> None:
    before = (claims / "records" / "groups.yaml").read_bytes()
    book = claims.parent / f"book.{ending}"
    titles = ("Id", "Title", "Size on")
    rows: list[tuple[str, ...]] = [titles, ("everyone", "Everyone"), ("own", ""), ("new", "New"), ("x", "")]
    write_workbook(book, {"Groups": rows}, merged=[(1, 1, 2, 1), (3, 1, 2, 1)])
    code, said = ran(capsys, "import", book.name, "claims", "--yes")
    assert code == 3
    assert [line.split(" are ")[0] for line in said.splitlines()] == [
        "Groups, row 2: W001 The cells B2 to B3",
        "Groups, row 4: W001 The cells B4 to B5",
        "More may come to light once this is mended, as not everything could be looked at yet.",
    ]
    write_workbook(
        book, {"Groups": [titles, ("everyone", "A", "31/03/2026"), ("own", "B"), ("new", "C", "2026-02-30")]}
    )
    code, said = ran(capsys, "import", book.name, "claims", "--yes")
    assert code == 3
    assert [line.split(" is no day")[0] for line in said.splitlines()] == [
        "Groups, C2 (Size on): W004 '31/03/2026'",
        "Groups, C4 (Size on): W004 '2026-02-30'",
    ]
    assert (claims / "records" / "groups.yaml").read_bytes() == before


def test_a_workbook_that_lacks_what_a_workspace_needs_is_refused(folder: Path, own_home: Path, capsys: Said) -> None:
    write_workbook(folder / "part.xlsx", {"Groups": [("Id", "Title"), ("new", "New")]})
    assert read_workbook(folder / "part.xlsx").columns == {"group": {"id", "title"}}
    code, said = ran(capsys, "import", "part.xlsx", "./new", "--yes")
    assert (code, said) == (3, "W003 The workspace itself is missing: its id, its title, whose it is.\n")
    assert not (folder / "new").exists()
