"""Wrong commands: each is answered in a sentence or two, with its exit code, and never a traceback."""

from __future__ import annotations

import pytest
from tests.made_case_logs import HUSHED

from outward.cli.main import exit_code

WRONG = {
    "no command": ([], 2),
    "unknown command": (["lok", "log.csv"], 2),
    "unknown option": (["look", "log.csv", "--colour", "red"], 2),
    "no file": (["look"], 2),
    "missing file": (["look", "nowhere.csv"], 2),
    "no name of a file": (["look", ""], 2),
    "a strange name of a file": (["look", "a\0b"], 2),
    "a folder as file": (["look", "folder"], 2),
    "an empty file": (["look", "empty.csv"], 3),
    "a header alone": (["look", "header.csv"], 3),
    "no text": (["look", "binary.csv"], 3),
    "a damaged Parquet file": (["look", "junk.parquet"], 3),
    "half an XES file": (["look", "half.xes"], 3),
    "a workbook": (["look", "book.xlsx"], 3),
    "an open quotation mark": (["look", "quote.csv"], 3),
    "no times": (["look", "words.csv"], 3),
    "unknown policy": (["look", "log.csv", "--policy", "nhs"], 2),
    "policy none without a reason": (["look", "log.csv", "--policy", "none"], 2),
    "a British date": (["look", "log.csv", "--extract-date", "31/12/2024"], 2),
    "a day that does not exist": (["look", "log.csv", "--extract-date", "2024-02-30"], 2),
    "no date": (["look", "log.csv", "--window-from", "soon"], 2),
    "unknown zone": (["look", "log.csv", "--time-zone", "Mars/Base"], 2),
    "half a zone": (["look", "log.csv", "--time-zone", "Europe"], 2),
    "a path as zone": (["look", "log.csv", "--time-zone", "../../etc/passwd"], 2),
    "an ending without its kind": (["look", "log.csv", "--ending", "Pay"], 2),
    "unknown kind of ending": (["look", "log.csv", "--ending", "Pay=paid"], 2),
    "an ending of no step": (["look", "log.csv", "--ending", "=done"], 2),
    "an ending of an unknown step": (["look", "log.csv", "--ending", "Paid=done"], 2),
    "a role without its column": (["look", "log.csv", "--role", "case"], 2),
    "unknown role": (["look", "log.csv", "--role", "person=customer"], 2),
    "role of an unknown column": (["look", "log.csv", "--role", "case=number"], 2),
    "a date column without its step": (["look", "log.csv", "--date", "time"], 2),
    "a date column without dates": (["look", "log.csv", "--date", "area=Apply"], 3),
    "silence below 0": (["look", "log.csv", "--gave-up-after", "-1"], 2),
    "silence in words": (["look", "log.csv", "--gave-up-after", "long"], 2),
    "keeping an unknown column": (["look", "log.csv", "--keep", "colour"], 2),
    "leaving out an unknown column": (["look", "log.csv", "--leave-out", "colour"], 2),
    "a time style that is none": (["look", "log.csv", "--time-style", "%Q"], 2),
    "a time style that reads nothing": (["look", "log.csv", "--time-style", "%d.%m.%Y"], 3),
    "a folder that is not there": (["look", "log.csv", "--file", "nowhere/look.html"], 2),
    "no question": (["ask"], 2),
    "a question of nothing": (["ask", "U3.1"], 2),
    "unknown question": (["ask", "U9.9", "log.csv"], 2),
    "an empty question": (["ask", "", "log.csv"], 2),
    "unknown source": (["ask", "U3.1", "log"], 2),
    "a parameter without a value": (["ask", "U3.3", "log.csv", "within_days"], 2),
    "unknown parameter": (["ask", "U3.3", "log.csv", "days=3"], 2),
    "a parameter of another question": (["ask", "U3.1", "log.csv", "within_days=3"], 2),
    "a parameter that is an option": (["ask", "U3.1", "log.csv", "by=area"], 2),
    "a parameter that is an argument": (["ask", "U3.1", "log.csv", "question=U3.2"], 2),
    "a parameter in words": (["ask", "U3.3", "log.csv", "within_days=soon"], 2),
    "a parameter below 1": (["ask", "U3.3", "log.csv", "within_days=-5"], 2),
    "unknown attribute": (["ask", "U3.1", "log.csv", "--by", "colour"], 2),
    "groups of staff": (["ask", "U3.1", "log.csv", "--by", "resource"], 2),
    "a filter on an unknown attribute": (["ask", "U3.1", "log.csv", "--where", "colour=red"], 2),
    "a filter on an unknown value": (["ask", "U3.1", "log.csv", "--where", "area=Nowhere"], 2),
    "a filter on an unknown step": (["ask", "U3.1", "log.csv", "--where", "passes(Wait)"], 2),
    "a filter with an open bracket": (["ask", "U3.1", "log.csv", "--where", "passes("], 2),
    "a filter with an open quotation mark": (["ask", "U3.1", "log.csv", "--where", 'area="N'], 2),
    "a filter with no days": (["ask", "U3.1", "log.csv", "--where", "within(Pay, soon)"], 2),
    "a filter that leaves nothing": (["ask", "U3.1", "log.csv", "--where", "from=2030-01-01"], 2),
    "a filter with no date": (["ask", "U3.1", "log.csv", "--where", "from=spring"], 2),
    "unknown kind of file": (["ask", "U3.1", "log.csv", "--file", "answer.doc"], 2),
    "an answer into no folder": (["ask", "U3.1", "log.csv", "--file", "nowhere/a.html"], 2),
    "forgetting nothing": (["forget"], 2),
    "forgetting what is not there": (["forget", "log"], 3),
    "forgetting a path": (["forget", "../../etc"], 3),
    "too many arguments": (["questions", "all"], 2),
    "a port in words": (["serve", "--port", "http"], 2),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_command_is_answered_in_a_sentence_or_two(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, code = WRONG[wrong]
    assert exit_code(arguments) == code
    said = capsys.readouterr()
    assert said.out == "" or "nowhere" in " ".join(arguments) or "answer.doc" in arguments
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert arguments == [] or len(said.err) < 600
    assert not [word for word in HUSHED if word in said.err]
