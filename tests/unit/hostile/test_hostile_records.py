"""Files of records that were built to do harm: each is refused in a sentence before it can."""

from __future__ import annotations

from threading import Thread

import pytest

from outward.workspace.problems import BadWorkspace
from outward.workspace.safe_yaml import MOST_DEEP, read_yaml

DEEP = {
    "lists": "[" * 100_000,
    "lists that end": "[" * 5_000 + "]" * 5_000,
    "mappings": "{a: " * 5_000,
    "dashes in a line": "- " * 5_000 + "x",
    "questions in a line": "? " * 5_000 + "x",
    "indented": "".join(" " * n + "a:\n" for n in range(2_000)),
    "lists under names": "".join(f"{' ' * n}a:\n{' ' * n}- \n" for n in range(1_000)),
    "ends in quotes": '["]",\n' * 5_000,
    "other line breaks": "\u2028".join(" " * n + "a:" for n in range(1_000)),
    "behind anchors": "- &a " + "- " * 5_000,
}


def refused(text: str) -> str:
    """Return why a file is refused, read as the pages read it: in a thread, whose stack is small."""
    said: list[str] = []

    def read() -> None:
        try:
            read_yaml(text.encode(), "records/needs.yaml")
        except BadWorkspace as error:
            said.append(str(error))

    thread = Thread(target=read)
    thread.start()
    thread.join()
    return "".join(said)


@pytest.mark.parametrize("text", DEEP.values(), ids=list(DEEP))
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    assert "This is not YAML that can be read" in refused(text)


@pytest.mark.parametrize(("text", "deeper"), [("[{0}1{1}]", "[]"), ("{0}1{1}", "[]")])
def test_as_many_as_are_allowed_are_read(text: str, deeper: str) -> None:
    nested = text.format(deeper[0] * (MOST_DEEP - 1), deeper[1] * (MOST_DEEP - 1))
    assert refused(nested) == ""
    assert "more than 100 lists or mappings" in refused(f"[{'[' * 100}{']' * 100}]")


@pytest.mark.parametrize("text", ["- a\n" * 600_000, "[" + "a," * 600_000 + "]", "- a\r" * 600_000])
def test_a_file_of_more_parts_than_records_have_is_refused(text: str) -> None:
    assert "more than 500,000 lines and commas" in refused(text)


def test_a_record_of_more_names_than_any_has_is_refused_at_once() -> None:
    assert "400,000 names stand in one place" in refused("".join(f"k{n}: 1\n" for n in range(400_000)))
