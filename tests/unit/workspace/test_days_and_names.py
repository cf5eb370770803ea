"""Days are written in one form, and no two records of a kind are called alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.cli.settings import settings_of
from outward.dates import day_of
from outward.errors import UsageError
from outward.evidence.where import Where
from outward.workspace.kinds.customers import Group
from outward.workspace.meaning.answering import names


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert day_of(day.isoformat()) == day


@pytest.mark.parametrize("text", ["20260331", "2026-W01-1", "2026-3-31", "2026-02-30", "31/03/2026", "٢٠٢٦-٠٣-٣١", ""])
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2026-03-31"):
        day_of(text)


@pytest.mark.parametrize("text", ["20260331", "2026-W01-1"])
def test_questions_settings_and_filters_refuse_it_too(text: str) -> None:
    with pytest.raises(UsageError, match="Write it as 2026-03-31, or leave it empty for today"):
        ask("D5.1", made_workspace(), on=text)
    with pytest.raises(UsageError, match=r"is no day\. Write it as 2026-03-31\."):
        settings_of(extract_date=text)
    with pytest.raises(UsageError, match=r"is no day\. Write it as 2026-03-31\."):
        Where.parse(f"from={text}")


def test_a_whole_number_may_be_left_empty() -> None:
    assert made_workspace({"decide_within_days": ""}).header.decide_within_days is None


def test_a_title_with_an_id_in_it_is_told_from_a_title_beside_an_id() -> None:
    groups = [Group(id="a", title="Y"), Group(id="b", title="Y"), Group(id="c", title="Y (a)")]
    assert names(groups) == {"a": "Y (a)", "b": "Y (b)", "c": "Y (a) (c)"}


@given(st.lists(st.sampled_from(("Y", "Y (a)", "Y (b)", "Y (a) (c)")), max_size=4))
def test_no_two_records_are_called_alike(titles: list[str]) -> None:
    called = names(Group(id=id, title=title) for id, title in zip("abcd", titles, strict=False))
    assert len(set(called.values())) == len(titles)


def test_holes_of_two_groups_of_one_title_are_told_apart() -> None:
    workspace = made_workspace(group=[{"id": "a", "title": "Young"}, {"id": "b", "title": "Young"}])
    told = {row["title"] for row in ask("D1.1", workspace).tables["holes"].rows()}
    assert told == {"Young (a)", "Young (b)"}
