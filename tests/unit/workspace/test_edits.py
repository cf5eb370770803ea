"""Files of records that people keep: what is written comes back the same, and nobody else's line changes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from outward.workspace.building import Row, record_of
from outward.workspace.fields import Field, fields_of
from outward.workspace.folder import edits
from outward.workspace.folder.reading import rows_of
from outward.workspace.header import Header
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import Record, kinds, plain


def edited(content: bytes, kind: type[Record], after: edits.After, id: str = "") -> bytes | None:
    """Return the file as it is edited; the rows that are said to be in it are those that are read from it."""
    new, rows = edits.edited(content, kind, after, id)
    read = rows_of(new or b"", kind, id)
    assert [(row.values, row.place) for row in rows] == [(row.values, row.place) for row in read]
    return new


TRICKY = """no|Yes|on|y|~|null|NULL|true|1|007|1_000|1.5|.5|+1|-1|1e3|0x1F|0o17|12:30|12:30:01|2026-03-31|
2026-03-31 12:00|.inf|.NaN|- a|-|--- a|...|# x|a # b|a #b|a: b|a:|: a|a:b|'|'a'|"a|it's|@x|`x|%a|!t|&a|*a|>|? a|?|
[a]|[a, b]|{a}|{a: b}|a, b|,|=|<<|\\|\\n|a\\b|é|日本 語|🙂|\u2028x|x\u0085y|x\u00a0y|\ufeffx|x\u200by|\ufffe|
\x9f|$|~a|(a)|/|a  b""".replace("\n", "").split("|")
WORDS = st.one_of(st.sampled_from(TRICKY), st.text(max_size=40), st.text("ab :#-'\"\t\n,[]{}", max_size=30))
PROSE = st.one_of(WORDS, st.lists(WORDS, max_size=6).map("\n".join), st.lists(WORDS, max_size=40).map(" ".join))
IDS = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True), st.sampled_from(["no", "1", "null", "1e3", "0x1"])
)
SETTINGS = st.dictionaries(
    WORDS,
    st.recursive(
        st.one_of(WORDS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@cache
def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Make values of a field."""
    if field.to or field.name == "id":
        one: st.SearchStrategy[Any] = IDS
    else:
        one = {
            "line": WORDS.map(lambda text: re.sub(r"[\x00-\x1f\x7f]", " ", text).strip() or "T"),
            "prose": PROSE.map(lambda text: re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)),
            "choice": st.sampled_from(field.choices or ("",)),
            "day": st.dates().map(str),
            "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**20), 10**20),
            "whole": st.integers(0, 10**12) | st.integers(0, 5),
            "yes or no": st.booleans(),
            "settings": SETTINGS,
        }[field.shape]
    return st.lists(one, min_size=1, max_size=5) if field.several else one


@st.composite
def records(draw: st.DrawFn, kind: type[Record]) -> dict[str, Any]:
    """Make the plain values of a record of a kind."""
    values = {
        field.name: draw(values_of(field))
        for field in fields_of(kind)
        if field.required or field.name == "title" or draw(st.booleans())
    }
    made = record_of(Row(kind.KIND, values))
    assume(isinstance(made, Record))
    assert isinstance(made, Record)
    return plain(made)


def group(id: str, title: str) -> dict[str, Any]:
    """Return the plain values of a group."""
    return plain(Group(id=id, title=title))


def held(content: bytes, kind: type[Record]) -> list[dict[str, Any]]:
    found = [record_of(row) for row in rows_of(content, kind, "here")]
    return [plain(one) for one in found if isinstance(one, Record)]


@settings(max_examples=4 * settings().max_examples)
@given(name=st.sampled_from(list(kinds())), data=st.data())
def test_what_is_written_comes_back_the_same(name: str, data: st.DataObject) -> None:
    kind = kinds()[name]
    first, second = data.draw(records(kind)), data.draw(records(kind))
    assume(first["id"] != second["id"])
    content = edited(b"", kind, {first["id"]: first})
    assert content
    assert held(content, kind) == [first]
    if kind is not Header:
        content = edited(content, kind, {second["id"]: second})
        assert content
        assert held(content, kind) == [first, second]


@given(name=st.sampled_from(list(kinds())[1:]), data=st.data())
def test_a_change_leaves_every_other_record_as_it_is_written(name: str, data: st.DataObject) -> None:
    kind = kinds()[name]
    three = {one["id"]: one for one in data.draw(st.tuples(*[records(kind)] * 3))}
    assume(len(three) == 3)
    content = edited(b"# Ours.\n", kind, three)
    assert content
    first, id, last = three
    parts = re.split(rb"(?m)^(?=- )", content)
    after = {**data.draw(records(kind)), "id": id} if data.draw(st.booleans()) else None
    new = edited(content, kind, {id: after})
    assert new
    assert new.startswith(parts[0] + parts[1])
    assert new.endswith(parts[3])
    assert held(new, kind) == [three[first], *([after] if after else []), three[last]]


BASE = """# Top of the file.

# All of them.
- id: all
  title: All

# The register says
# this.
- id: own   # ours
  title: "Own: traders"   # in quotes
  # how many
  size: 1200      # roughly
  about: >-
    Who they are,
    in short.

    # not a comment
  # about the parent
  comes_from:
    - all   # everyone
    # soon
    - new

- id: new
  title: New
"""


def after_change(text: str, id: str, kind: type[Record] = Group, **fields: Any) -> str:
    """Return the text with fields of a record changed; None takes a field out."""
    (before,) = [one for one in held(text.encode(), kind) if one["id"] == id]
    wanted = {name: value for name, value in {**before, **fields}.items() if value is not None}
    return (edited(text.encode(), kind, {id: wanted}) or b"").decode()


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"size": 5}, "1200      # roughly", "5      # roughly"),
        ({"title": "Own"}, '"Own: traders"   # in', "Own   # in"),
        ({"title": "yes"}, '"Own: traders"   # in', "'yes'   # in"),
        ({"size": None}, "  size: 1200      # roughly\n", ""),
        ({"size_on": "2026-01-31"}, "# roughly\n", "# roughly\n  size_on: 2026-01-31\n"),
        ({"about": "Short"}, ">-\n    Who they are,\n    in short.\n\n    # not a comment\n", "Short\n"),
        ({"about": "a\nb"}, ">-\n    Who they are,\n    in short.\n\n    # not a comment\n", "|-\n    a\n    b\n"),
        ({"about": None}, "  about: >-\n    Who they are,\n    in short.\n\n    # not a comment\n", ""),
        ({"comes_from": ["all"]}, "    # soon\n    - new\n", ""),
        ({"comes_from": ["new"]}, "    - all   # everyone\n", ""),
        ({"comes_from": ["all", "new", "other"]}, "    - new\n", "    - new\n    - other\n"),
        ({"status": "future"}, "in quotes\n", "in quotes\n  status: future\n"),
        ({"becomes": "Soon"}, "    # not a comment\n", "    # not a comment\n  becomes: Soon\n"),
    ],
)
def test_a_changed_field_changes_its_own_lines_alone(fields: dict[str, Any], old: str, new: str) -> None:
    assert BASE.count(old) == 1
    assert after_change(BASE, "own", **fields) == BASE.replace(old, new)


def test_a_record_is_taken_out_with_its_own_comments_and_one_is_added_below_the_last() -> None:
    start, end = BASE.index("# The register"), BASE.index("- id: new")
    assert edited(BASE.encode(), Group, {"own": None}) == (BASE[:start] + BASE[end:]).encode()
    added = edited(BASE.encode(), Group, {"x": group("x", "X")})
    assert added == (BASE + "\n- id: x\n  title: X\n  status: existing\n  defined: declared\n").encode()
    gone = edited(BASE.encode(), Group, {"all": None, "own": None, "new": None})
    assert gone == b"# Top of the file.\n"
    assert edited(b"- id: a\n  title: A\n", Group, {"a": None}) is None


def test_several_changes_at_once_do_not_disturb_each_other() -> None:
    own = next(one for one in held(BASE.encode(), Group) if one["id"] == "own")
    changes = {
        "all": None,
        "own": {**own, "size": 7, "size_on": "2026-01-31", "defined": "found", "rule": "a=b"},
        "x": group("x", "X"),
        "new": group("new", "Newer"),
    }
    content = edited(BASE.encode(), Group, changes)
    assert content
    assert [one["id"] for one in held(content, Group)] == ["own", "new", "x"]
    assert b"# Top of the file.\n\n# The register says\n# this.\n- id: own   # ours\n" in content
    assert b"  size: 7      # roughly\n  size_on: 2026-01-31\n" in content


@pytest.mark.parametrize(
    "text",
    [
        "- {id: own, title: A, size: 3}\n- {id: b, title: B}\n",
        "[{id: own, title: A}, {id: b, title: B}]\n",
        "- id: own\n  title: {A\n   : B}\n".replace("{A\n   : B}", "A\n    b\n    c"),
        "-\n  id: own\n  title: A\n-\n  id: b\n  title: B\n",
        "  - id: own\n    title: A\n  - id: b\n    title: B\n",
        "- title: A\n  id: own\n",
        "- size: 3\n  title: A\n  id: own\n",
        "---\n- id: own\n  title: A\n...\n",
        "- id: own\n  title: A\n  size:\n  about:\n",
        "- id: own\n  title: A",
        "- 'id': own\n  \"title\": A\n",
        "- id: own\n  title: 'A\n    b'\n  about: |2-\n      x\n    y\n  notes: |+\n    z\n\n\n- id: b\n  title: B\n",
        "- ? id\n  : own\n  ? title\n  : A\n",
        "- id: own\n  title: !!str A\n  comes_from: own\n",
        "- id: own\n  title: A\n  comes_from: [own,\n    b]\n- id: b\n  title: B\n",
        "- id: own\n  title: A\n  comes_from:\n  - own\n  - b # last\n- id: b\n  title: B\n",
        "- id:   own\n  title:   A\n  size   : 3\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_way_of_writing_can_be_changed(text: str, ends: str, mark: str) -> None:
    content = (mark + text.replace("\n", ends)).encode()
    before = held(content, Group)
    (own,) = [one for one in before if one["id"] == "own"]
    for fields in (
        {"title": "New: title"},
        {"size": 12},
        {"size": None},
        {"about": "a\nb"},
        {"comes_from": ["own"]},
        {"comes_from": None},
        {"status": "future", "notes": "x" * 300},
    ):
        wanted = {name: value for name, value in {**own, **fields}.items() if value is not None}
        new = edited(content, Group, {"own": wanted, "z": group("z", "Z")})
        assert new
        others = [one for one in before if one["id"] != "own"]
        found = held(new, Group)
        assert {one["id"]: one for one in found} == {one["id"]: one for one in (wanted, group("z", "Z"), *others)}
        assert new.startswith(mark.encode())
        assert new.count(b"\n") == new.count(ends.encode())
    assert "own" not in [one["id"] for one in held(edited(content, Group, {"own": None}) or b"", Group)]


def test_the_workspace_itself_is_changed_in_its_own_file() -> None:
    text = b"# Ours.\ntitle: Claims\n\n# Who\nbody: Council\n"
    before = held(text, Header)[0]
    new = edited(text, Header, {"here": {**before, "body": "County", "champion": "Director"}}, "here")
    assert new == b"# Ours.\ntitle: Claims\n\n# Who\nbody: County\nchampion: Director\n"


def test_a_file_that_cannot_be_read_is_not_changed() -> None:
    for text in (b"- id: a\n  title: [\n", b"- id: a\n", b"words"):
        with pytest.raises(BadWorkspace):
            edited(text, Need, {"b": {"id": "b", "title": "B", "groups": ["a"]}})


def test_a_file_with_comments_alone_gets_its_first_record_below_them() -> None:
    new = edited(b"# Say what they want.\n", Group, {"x": group("x", "X")})
    assert new == b"# Say what they want.\n\n- id: x\n  title: X\n  status: existing\n  defined: declared\n"


def test_each_other_line_keeps_its_own_break() -> None:
    text = b"- id: a\r\n  title: A\r\n# one\n- id: b\r\n  title: B\n# two\r# three\n"
    new = edited(text, Group, {"b": group("b", "New")})
    assert new == text.replace(b"title: B", b"title: New")


@pytest.mark.parametrize(
    "text",
    [
        "- id: own\n  title: A\n  about: | # 1\n    long\n    # words\n  status: existing # 2\n",
        "- id: own\n  title: A\n  about: short # 1\n  # 2\n  status: existing\n",
        "- id: own\n  title: A\n  comes_from: [b, # 1\n    own] # 2\n- id: b\n  title: B\n",
        "- {id: own, # 1\n   title: A, # 2\n   about: 'no # comment'}\n",
        "# top\n[{id: own, title: A}, # 1\n {id: b, title: B} # 2\n]\n",
        "- id: own # 1\n  title: >-\n    A\n    # B\n  # 2\n  about: 'x\n    # no\n    '\n",
    ],
)
def test_no_change_loses_a_comment(text: str) -> None:
    (own,) = [one for one in held(text.encode(), Group) if one["id"] == "own"]
    for fields in ({"title": "C: # D"}, {"about": "e # f\n# g"}, {"comes_from": ["own"]}, {"size": 3}):
        new = edited(text.encode(), Group, {"own": {**own, **fields}})
        assert new
        for comment in ("# top", "# 1", "# 2"):
            assert new.decode().count(comment) == text.count(comment), new.decode()
