"""Asking: what is refused, what is remembered, and what is left when a person stops the work."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any, cast

import pytest
from tests.made_case_logs import laid, private_log, write

from outward import asking
from outward.answers import Answer, Basis, Evidence, Grounds, Method, Sentence, standing
from outward.asking import ask, ask_each, forget_answers
from outward.catalogue import asked_of, checked_parameters, every, find
from outward.disclosure.released import ReleasedAnswer
from outward.errors import BadInput, Cancelled, ReleaseRefused, UsageError
from outward.evidence.store import LaidLog, bring_in, data_sets, evidence_folder
from outward.evidence.tables import Settings
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.present.json import as_json


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    asking._released.clear()
    asking._values.clear()


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, private_log(), Settings(endings={"Pay": "done"}))


class Watched:
    """Progress that keeps what it is told, and stops where it is asked to."""

    def __init__(self, stop_at: int = -1) -> None:
        self.told: list[tuple[float, str]] = []
        self.stop_at = stop_at

    def advance(self, share: float, doing: str) -> None:
        if len(self.told) == self.stop_at:
            raise Cancelled("Stopped.")
        self.told.append((share, doing))


@pytest.mark.parametrize(
    ("asked", "given", "hint"),
    [
        ("U3.11", {}, "Did you mean 'U3.1'?"),
        ("U3.3", {"within_day": 3}, "Did you mean 'within_days'?"),
        ("U3.1", {"by": "arae"}, "Did you mean 'area'?"),
        ("U3.1", {"where": "chanel=Post"}, "Did you mean 'channel'?"),
        ("U3.1", {"where": "passes(Chekc)"}, "Check the spelling"),
        ("U3.1", {"where": "pases(Check)"}, "Did you mean 'passes'?"),
        ("U3.1", {"policy": "outwards"}, "Did you mean 'outward'?"),
    ],
)
def test_it_refuses_a_name_that_it_does_not_know_and_offers_the_nearest(
    log: LaidLog, asked: str, given: dict[str, Any], hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        ask(asked, log, **given)
    assert hint in str(refused.value)


def test_a_question_may_be_written_in_small_letters(log: LaidLog) -> None:
    assert ask("u3.1", log).question == "U3.1"


def test_staff_and_customers_make_no_groups(log: LaidLog) -> None:
    for name in ("resource", "customer", "case"):
        with pytest.raises(UsageError, match=f"no attribute '{name}'"):
            ask("U3.1", log, by=name)


def test_it_says_so_where_no_case_meets_the_filter(log: LaidLog) -> None:
    with pytest.raises(UsageError, match="loosen the filter"):
        ask("U3.1", log, where="from=2030-01-01")


@pytest.mark.parametrize("given", ["14", 14, 14.0])
def test_a_parameter_becomes_its_type(given: Any) -> None:
    assert checked_parameters(find("U3.3"), {"within_days": given})["within_days"] == 14


def test_a_parameter_that_is_not_given_has_its_default() -> None:
    assert checked_parameters(find("U3.6"), {}) == {"within_days": 180, "within_working_days": 125, "working": ""}


@pytest.mark.parametrize("given", ["soon", "", "3.5", 3.5, -1, 0, float("nan"), float("inf"), None])
def test_days_are_a_whole_number_from_1(given: Any) -> None:
    with pytest.raises(UsageError, match=r"'within_days' of question U3\.3 must be a whole number from 1"):
        checked_parameters(find("U3.3"), {"within_days": given})


def test_every_parameter_is_a_whole_number_or_words() -> None:
    assert {one.type for question in every() for one in question.parameters} == {int, str}
    assert checked_parameters(find("D1.4"), {"group": 3}) == {"group": "3"}


def test_policy_none_needs_a_reason(log: LaidLog) -> None:
    for reason in ("", "   "):
        with pytest.raises(ReleaseRefused, match="needs a reason"):
            ask("U3.1", log, policy="none", reason=reason)


def test_policy_none_keeps_its_reason_and_is_not_for_release(log: LaidLog) -> None:
    answer = ask("U3.1", log, policy="none", reason="checking the file")
    assert answer.policy.reason == "checking the file"
    assert not answer.policy.checked
    assert "Not for release" in answer.policy.words


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or data set"):
        ask("U3.1", tmp_path / "nowhere.csv")


def test_an_answer_says_with_what_it_was_asked(log: LaidLog) -> None:
    answer = ask("U3.6", log, by="area", where="channel=Post", within_days="7")
    assert answer.narrowed == "every case has channel Post"
    usual = {"within_working_days": 125, "working": ""}
    assert answer.parameters == {"by": "area", "where": "channel=Post", "within_days": 7, **usual}
    assert ask("E1.1", log).parameters == {}


def test_the_same_question_again_gives_the_very_same_answer(log: LaidLog) -> None:
    first = ask("U3.3", log, by="area", where="channel=Post & starts(Apply)", within_days=28)
    assert ask("u3.3", log.id, by="area", where=Where.parse("starts( Apply ) & channel=Post")) is first


@pytest.mark.parametrize(
    "changed",
    [
        {"by": "area"},
        {"where": "channel=Post"},
        {"within_days": 29},
        {"policy": "nhs_hes"},
        {"policy": "none", "reason": "a test"},
    ],
)
def test_another_group_filter_parameter_or_policy_is_asked_anew(log: LaidLog, changed: dict[str, Any]) -> None:
    assert ask("U3.3", log, **changed) is not ask("U3.3", log)


def test_another_reason_is_asked_anew(log: LaidLog) -> None:
    first = ask("U3.1", log, policy="none", reason="one")
    assert ask("U3.1", log, policy="none", reason="two").policy.reason == "two"
    assert first.policy.reason == "one"


def test_a_changed_setting_is_asked_anew(tmp_path: Path) -> None:
    path = write(tmp_path / "made.csv", private_log())
    first = ask("U3.6", path, settings=Settings(endings={"Pay": "done"}))
    assert ask("U3.6", path) is first
    assert ask("U3.6", path, settings=Settings(endings={"Pay": "refused"})) is not first


def test_another_file_of_the_same_name_is_asked_anew(tmp_path: Path) -> None:
    path = write(tmp_path / "made.csv", private_log(100))
    first = ask("U3.1", path)
    assert ask("U3.1", write(path, private_log(120))) is not first


def test_only_released_answers_are_remembered(log: LaidLog) -> None:
    for question in asked_of("data set"):
        ask(question, log, by="area")
    assert len(asking._released) == len(asked_of("data set"))
    assert all(type(answer) is ReleasedAnswer for answer in asking._released.values())


def test_several_questions_at_once_are_answered_as_one_by_one(log: LaidLog) -> None:
    asked: dict[str, Any] = {"by": "area", "where": "passes(Check)", "policy": "none", "reason": "to compare"}
    together = ask_each(asked_of("data set"), log, **asked)
    asking._released.clear()
    for question in asked_of("data set"):
        assert as_json(ask(question, log, **asked)) == as_json(together[question])


def test_questions_answered_before_are_not_asked_again(log: LaidLog, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask("U3.2", log)
    assert ask_each(["U3.1", "U3.2"], log)["U3.2"] is first
    monkeypatch.setattr(asking, "_view", lambda *_: pytest.fail("everything was known"))
    assert ask_each(["U3.2", "U3.1"], log)["U3.2"] is first


def test_answers_about_a_forgotten_data_set_are_dropped(tmp_path: Path, log: LaidLog) -> None:
    other = laid(tmp_path, private_log(60), name="other.csv")
    ask("U3.1", log)
    kept = ask("U3.1", other)
    forget_answers(log.id)
    assert list(asking._released.values()) == [kept]


def test_at_most_256_answers_are_remembered_and_the_oldest_goes_first(
    log: LaidLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    unopened = View(log, Where(), "", (), connection=None)  # type: ignore[arg-type]
    monkeypatch.setattr(asking, "_view", lambda *_: nullcontext(unopened))
    made = replace(find("U3.3"), answer=lambda _view, **chosen: _made(chosen))
    monkeypatch.setattr(asking, "find", lambda _id: made)
    answers = [ask("U3.3", log, within_days=day) for day in range(1, 257)]
    assert ask("U3.3", log, within_days=1) is answers[0]
    ask("U3.3", log, within_days=257)
    assert len(asking._released) == 256
    assert ask("U3.3", log, within_days=1) is answers[0]
    assert ask("U3.3", log, within_days=2) is not answers[1]
    asking._released.clear()


def _made(chosen: dict[str, Any]) -> Answer:
    return Answer(
        question="U3.3",
        version=1,
        title="Made?",
        sentence=Sentence("Made."),
        tables={},
        method=Method("made", "", ""),
        evidence=(Evidence("made", "1", "2024-01-01", "2024-01-31", Basis.MADE_UP),),
        standing=standing(Grounds(Basis.MADE_UP, 0)),
        parameters=chosen,
    )


@dataclass
class Grouped:
    """A data set as far as the values of its attributes are concerned."""

    id: str
    version: str = "1"
    asked: int = 0

    def values(self, attribute: str) -> tuple[str, ...]:
        self.asked += 1
        return (f"{self.id} {attribute}",)


def test_values_of_attributes_are_remembered_up_to_a_limit_and_forgotten_with_their_data_set() -> None:
    one, other = Grouped("one"), Grouped("other")
    for _ in range(3):
        assert asking.values(cast(LaidLog, one), "area") == ("one area",)
        assert asking.values(cast(LaidLog, other), "area") == ("other area",)
    assert (one.asked, other.asked) == (1, 1)
    forget_answers("one")
    asking.values(cast(LaidLog, one), "area")
    asking.values(cast(LaidLog, other), "area")
    assert (one.asked, other.asked) == (2, 1)
    for number in range(2 * asking.REMEMBERED):
        asking.values(cast(LaidLog, Grouped("one", version=str(number))), "area")
    assert len(asking._values) == asking.REMEMBERED


def test_a_data_set_is_forgotten_while_others_are_asked() -> None:
    over = Event()

    def ask_on(name: str) -> None:
        for number in count():
            asking.values(cast(LaidLog, Grouped(f"{name} {number % 500}")), "area")
            if over.is_set():
                return

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor() as pool:
            asked = [pool.submit(ask_on, name) for name in "ab"]
            try:
                while len(asking._values) < asking.REMEMBERED and not any(one.done() for one in asked):
                    sleep(0.001)
                for number in range(500):
                    forget_answers(f"a {number}")
            finally:
                over.set()
            for one in asked:
                one.result()
    finally:
        sys.setswitchinterval(usual)


def test_a_refused_question_is_not_remembered(log: LaidLog) -> None:
    with pytest.raises(UsageError):
        ask("U3.1", log, by="nothing")
    assert not asking._released


def test_it_says_how_far_it_has_come(tmp_path: Path) -> None:
    watched = Watched()
    ask("U3.1", write(tmp_path / "made.csv", private_log()), progress=watched)
    assert watched.told[-1] == (0.0, "What paths do customers take?")
    assert len(watched.told) > 2
    assert all(0 <= share <= 1 and doing for share, doing in watched.told)


@pytest.mark.parametrize("stop_at", range(0, 8))
def test_work_that_a_person_stops_leaves_nothing_behind(tmp_path: Path, stop_at: int) -> None:
    asking._released.clear()
    path = write(tmp_path / "made.csv", private_log())
    watched = Watched(stop_at)
    try:
        ask("U3.1", path, progress=watched)
    except Cancelled:
        assert not asking._released
    else:
        assert len(watched.told) <= stop_at
    left = [folder.name for folder in evidence_folder().iterdir() if folder.name != ".lock"]
    assert left in ([], [log.id for log in data_sets()])


def test_a_file_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    path.write_text("colour,shape\nred,round\n")
    with pytest.raises(BadInput):
        ask("U3.1", path)
    assert [folder.name for folder in evidence_folder().iterdir()] == [".lock"]


def test_every_question_answers_about_every_group_and_filter(log: LaidLog) -> None:
    for question in asked_of("data set"):
        for by in ("", "area", "channel"):
            for where in ("", "area=North|South", "passes(Check)", "within(Pay, 40d)", "never(Pay)"):
                answer, entry = ask(question, log, by=by, where=where), find(question)
                assert (answer.question, answer.title, answer.version) == (entry.id, entry.title, entry.version)
                assert answer.tables


def test_a_laid_log_and_its_id_and_its_file_are_the_same_source(tmp_path: Path) -> None:
    path = write(tmp_path / "made.csv", private_log())
    log = bring_in(path)
    assert ask("U3.2", log) is ask("U3.2", log.id) is ask("U3.2", str(path)) is ask("U3.2", path)
