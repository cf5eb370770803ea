"""A workspace as a folder: what is read from it, and what is refused, each with file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from outward.errors import NotFound, UsageError
from outward.workspace import records
from outward.workspace.contents import Workspace
from outward.workspace.folder.reading import file_of, lies_there, read_workspace
from outward.workspace.homes.home import open_home
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.knowledge import DataSet, Finding
from outward.workspace.kinds.operations import Measure
from outward.workspace.problems import BadWorkspace
from outward.workspace.safe_yaml import LARGEST

HEADER = "title: Claims\nbody: Downland Council\nmade_up: true\n"
GROUPS = """
# who they are
- id: everyone
  title: Everyone
- id: self-employed
  title: Self-employed
  parent: everyone
  size: 1200
  size_on: 2026-03-31
"""
NEEDS = """
- id: clear-letters
  title: Letters that I understand
  groups: [self-employed]
  expectation: information
"""


def folder(tmp_path: Path, header: str | bytes = HEADER, **files: str | bytes) -> Path:
    here = tmp_path / "Claims 2026"
    (here / "records").mkdir(parents=True, exist_ok=True)
    for name, text in {"workspace": header, **{f"records/{name}": text for name, text in files.items()}}.items():
        (here / f"{name}.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return here


def refused(tmp_path: Path, header: str | bytes = HEADER, **files: str | bytes) -> list[str]:
    with pytest.raises(BadWorkspace) as error:
        read_workspace(folder(tmp_path, header, **files))
    return str(error.value).splitlines()


def test_it_reads_what_the_folder_says(tmp_path: Path) -> None:
    found = read_workspace(folder(tmp_path, groups=GROUPS, needs=NEEDS))
    assert (found.id, found.title, found.header.body, found.header.made_up) == (
        "claims-2026",
        "Claims",
        "Downland Council",
        True,
    )
    everyone, own = found.every(Group)
    assert (own.size, own.size_on, own.parent) == (1200, date(2026, 3, 31), "everyone")
    assert found.around(own) == (own, everyone)
    assert str(found.place(own)) == "records/groups.yaml:5"
    assert str(found.place(own, "size")) == "records/groups.yaml:8"
    (need,) = found.every(Need)
    assert need.groups == ("self-employed",)
    assert [one.source for one in found.relied_on_by["group", "self-employed"]] == [("need", "clear-letters")]


def test_words_stay_words_as_they_are_written(tmp_path: Path) -> None:
    found = read_workspace(folder(tmp_path, groups="- id: '1'\n  title: no\n  about: 007\n  rule: ''\n"))
    (group,) = found.every(Group)
    assert (group.id, group.title, group.about, group.rule) == ("1", "no", "007", "")


def test_thousands_may_be_marked_and_a_percentage_stand_where_the_unit_is_percent(tmp_path: Path) -> None:
    measures = "- {id: a, title: A, unit: '%', baseline: 45%, target: '1,204'}\n- {id: b, title: B, target: 60%}\n"
    groups = "- {id: a, title: A, size: '4,500'}\n"
    (told,) = refused(tmp_path, measures=measures, groups=groups)
    assert "'target' of measure 'b' will not do: '60%' is not a number. Write 60; the % belongs in Unit." in told
    found = read_workspace(folder(tmp_path, measures=measures.replace("60%", "60"), groups=groups))
    assert [(one.baseline, one.target) for one in found.every(Measure)] == [(45, 1204), (None, 60)]
    assert found.every(Group)[0].size == 4500


def test_settings_of_data_keep_their_kinds(tmp_path: Path) -> None:
    data = "- id: log\n  title: Log\n  settings: {gave_up_after_days: 30, on: '2026-01-01', roles: {case: no}}\n"
    (found,) = read_workspace(folder(tmp_path, data_sets=data)).every(DataSet)
    assert found.settings == {"gave_up_after_days": 30, "on": "2026-01-01", "roles": {"case": False}}


@pytest.mark.parametrize("written", ["10:30", "0123", "1_000", "0x1F", ".5", ".inf", "1:30:00.5"])
def test_a_number_in_settings_that_is_not_written_plainly_is_refused_and_is_words_in_quotes(
    tmp_path: Path, written: str
) -> None:
    data = "- id: log\n  title: Log\n  settings:\n    opens: {}\n"
    (line,) = refused(tmp_path, data_sets=data.format(written))
    assert line.startswith(f"records/data_sets.yaml:4: W004 '{written}' is no plain number")
    (found,) = read_workspace(folder(tmp_path, data_sets=data.format(f"'{written}'"))).every(DataSet)
    assert found.settings == {"opens": written}


def test_settings_say_each_name_once(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, data_sets="- id: log\n  title: Log\n  settings:\n    a: 1\n    a: 2\n")
    assert line.startswith("records/data_sets.yaml:5: W005 'a' stands twice here, first on line 4.")


def test_a_lone_value_is_a_list_of_one_and_nothing_is_nothing(tmp_path: Path) -> None:
    needs = "- id: a\n  title: A\n  groups: everyone\n  importance:\n  findings: []\n"
    (need,) = read_workspace(folder(tmp_path, groups=GROUPS, needs=needs)).every(Need)
    assert (need.groups, need.importance, need.findings) == (("everyone",), None, ())


def test_the_revision_changes_with_every_change_but_not_with_comments_or_order(tmp_path: Path) -> None:
    first = read_workspace(folder(tmp_path, groups=GROUPS)).revision
    swapped = GROUPS.split("- id")
    other = "# other words\n" + "- id" + swapped[2] + "- id" + swapped[1]
    assert read_workspace(folder(tmp_path, groups=other)).revision == first
    assert read_workspace(folder(tmp_path, groups=GROUPS.replace("1200", "1201"))).revision != first


def test_a_folder_without_its_file_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no workspace\.yaml"):
        read_workspace(tmp_path)


def test_a_record_that_is_not_there_is_said(tmp_path: Path) -> None:
    found: Workspace = read_workspace(folder(tmp_path))
    with pytest.raises(NotFound, match="no need or concern 'x'"):
        found.find("need", "x")
    assert found.get(Finding, "") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "just words",
        "title: [open",
        "title: a: b",
        b"title: \xff\xfe",
        "body: A council",
        "title: Claims\nevidence: 3",
        "title: Claims\nbody: {what: no name}",
        "title: Claims\nchampion_since: soon",
        "title: !!python/object/apply:os.system ['true']",
        "title: !mine x",
        "title: &a [*a]\nbody: *b",
        "title: &a x\nbody: *a",
        "title: " + "[" * 5000,
        "title: x\n? [a]\n: y",
        "title: x\n---\ntitle: y",
        "title: x\x00",
        "title: x\n\tbody: y",
        "title: x\ntitle: y",
        "title: 'x\ny: z",
        "title: x\n" + "#" * LARGEST,
        "title: " + "x" * 301,
        "title: x\ndecide_within_days: -3",
        "title: x\nid: Not An Id",
        "? - a\n: b\n",
        "1: 2",
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, text: str | bytes) -> None:
    for line in refused(tmp_path, text):
        assert line.startswith(("workspace.yaml", "W003 The workspace itself is missing"))
        assert len(line) < 400


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (
            "- id: a\n  titel: A\n",
            "records/groups.yaml:2: W002 There is no field 'titel' in customer group 'a'.",
        ),
        ("- id: a\n", "records/groups.yaml:1: W003 Customer group 'a' lacks 'title'"),
        ("- title: A\n", "records/groups.yaml:1: W003 This customer group lacks 'id'"),
        (
            "- id: a\n  title: A\n  status: futur\n",
            "is none of 'existing', 'imminent', 'future'. Did you mean 'future'",
        ),
        (
            "- id: a\n  title: A\n  size: many\n",
            "'size' of customer group 'a' will not do: 'many' is not a whole number.",
        ),
        ("- id: a\n  title: A\n  size_on: 31/03/2026\n", "'31/03/2026' is no day. Write it as 2026-03-31."),
        ("- id: a\n  title: A\n  size_on: 1700000000\n", "is no day"),
        (
            "- id: a\n  title: A\n- id: a\n  title: B\n",
            "W005 Customer group 'a' stands here again, and first at records",
        ),
        ("- id: a\n  title: A\n  parent: b\n", "records/groups.yaml:3: W006 'parent' of customer group 'a' names a"),
        ("- id: a\n  title: A\n  comes_from: [aa]\n", "Did you mean 'a'?"),
        ("- id: a\n  title: A\n  parent: a\n", "W007 Customer group 'a' is a part of itself"),
        ("- id: a\n  title: A\n  title: B\n", "records/groups.yaml:3: W005 'title' stands twice here, first on line 2"),
        ("id: a\ntitle: A\n", "records/groups.yaml:1: W004 The file must be a list: each customer group begins with"),
        ("- words\n", "records/groups.yaml:1: W004 A customer group must be written as names and values"),
        ("- id: a\n  title: [A, B]\n", "'title' of customer group 'a' will not do: a list or mapping is not words."),
        ("- id: ../x\n  title: A\n", "'../x' is no id"),
    ],
)
def test_a_wrong_record_is_said_at_its_line(tmp_path: Path, groups: str, said: str) -> None:
    lines = refused(tmp_path, groups=groups)
    assert any(said in line for line in lines)
    assert all(line.startswith("records/groups.yaml:") for line in lines)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    lines = refused(tmp_path, groups="- id: a\n- title: B\n", needs="- id: [\n", wishes="- id: a\n")
    files = ["records/wishes.yaml", "records/needs.yaml", "records/groups.yaml", "records/groups.yaml"]
    assert [line.split(":")[0] for line in lines] == files
    assert "No kind of record is kept in a file of this name" in lines[0]


def test_a_double_id_is_said_beside_a_misspelt_field_and_beside_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    twice = "- {id: a, title: A, tilte: B}\n- {id: a, title: A}\n"
    assert [line.split(" ")[1] for line in refused(tmp_path, groups=twice)] == ["W002", "W005"]
    told = refused(tmp_path, groups=twice, needs="- [")
    assert [line.split(" ")[1] for line in told] == ["W001", "W002", "W005"]


def test_two_circles_of_groups_are_each_said(tmp_path: Path) -> None:
    groups = "".join(f"- {{id: {id}, title: x, parent: {parent}}}\n" for id, parent in zip("abcd", "bcaa", strict=True))
    lines = refused(tmp_path, groups=groups)
    assert [line.split("'")[1] for line in lines] == ["a", "b", "c"]


def test_a_measure_names_a_question_that_there_is(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, measures="- {id: a, title: A, question: U3.33}\n")
    assert "names 'U3.33', which is no question. Did you mean 'U3.3'?" in line


def test_each_kind_has_a_file_of_its_own() -> None:
    from outward.workspace.records import kinds

    assert len({file_of(kind) for kind in kinds().values()}) == len(kinds()) == 28


def test_choices_are_in_one_order_wherever_they_stand() -> None:
    """Python takes two Literals of the same words for one, so their order would hang on which is met first."""
    from outward.workspace.fields import fields_of
    from outward.workspace.records import kinds

    orders = {field.choices for kind in kinds().values() for field in fields_of(kind) if field.choices}
    assert len({frozenset(order) for order in orders}) == len(orders)
    text = "".join(path.read_text() for path in Path(records.__file__).parent.rglob("*.py"))
    written = [re.findall(r'"([^"]*)"', one) for one in re.findall(r"Literal\[([^\]]*)\]", text)]
    assert len({frozenset(one) for one in written}) == len({tuple(one) for one in written})


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000])
def test_a_name_that_no_file_can_have_is_no_workspace(name: str) -> None:
    assert not lies_there(Path(name) / "workspace.yaml")
    with pytest.raises(UsageError, match="There is no workspace"):
        open_home(name)
