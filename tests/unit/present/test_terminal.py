from __future__ import annotations

from outward.answers import Basis, Column
from outward.present.terminal import answer_text

from .made import BY_CHANNEL, COLUMNS_BY_CHANNEL, UNCHECKED, answer, by_channel, simple, table


def test_an_answer_reads_from_its_sentence_to_its_basis() -> None:
    text = answer_text(by_channel())
    order = [
        "41% of 110 cases by phone.",
        "Channel ",
        "Open cases are counted.",
        "Treat with care",
        "From what",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_columns_are_aligned() -> None:
    lines = answer_text(by_channel()).splitlines()
    internet = next(line for line in lines if line.startswith("Internet"))
    phone = next(line for line in lines if line.startswith("Phone"))
    assert internet.index("1,250") + 5 == phone.index("110") + 3
    assert "54% to 62%" in internet


def test_no_line_is_wider_than_asked() -> None:
    label = "A very long name of a step that goes on and on " * 3
    columns = [Column("step", "label"), Column("other", "label"), Column("cases", "count")]
    released = answer({"steps": table(columns, [{"step": label, "other": "申請を受け付ける" * 9, "cases": 20}])})
    assert all(len(line) <= 60 for line in answer_text(released, width=60).splitlines())


def test_only_the_top_rows_are_shown_and_the_rest_is_counted() -> None:
    columns = [Column("step", "label"), Column("cases", "count")]
    released = answer({"steps": table(columns, [{"step": f"S{n}", "cases": 20} for n in range(30)])})
    text = answer_text(released, rows=5)
    assert "S4" in text
    assert "S5" not in text
    assert "... and 25 more rows" in text


def test_headings_fold_before_columns_are_left_out_and_those_are_named() -> None:
    wide = answer_text(by_channel(), width=100)
    narrow = answer_text(by_channel(), width=50)
    tiny = answer_text(by_channel(), width=30)
    assert "Finished in 10 days" in wide
    assert "Finished in 10 days" not in narrow
    assert "54% to 62%" in narrow
    assert "Not shown for want of width:" in tiny
    assert all(len(line) <= 30 for line in tiny.splitlines())


def test_a_table_of_one_row_is_read_down() -> None:
    released = answer({"channels": table(COLUMNS_BY_CHANNEL, BY_CHANNEL[:1])})
    assert "  Finished in 10 days  58% (54% to 62%)\n" in answer_text(released)


def test_stamps_come_first_and_loudly() -> None:
    text = answer_text(simple(basis=Basis.MADE_UP, policy=UNCHECKED))
    assert text.splitlines()[2] == "MADE-UP DATA | NOT FOR RELEASE"


def test_control_codes_come_only_for_a_terminal_and_never_from_labels() -> None:
    columns = [Column("step", "label"), Column("cases", "count")]
    released = answer({"steps": table(columns, [{"step": "\x1b[31mred\x07", "cases": 20}])})
    assert "\x1b" not in answer_text(released)
    assert answer_text(released, bold=True).startswith("\x1b[1mU3.1")


def test_it_says_once_how_small_numbers_were_dealt_with() -> None:
    columns = [Column("step", "label", title="Step"), Column("cases", "count", title="Cases")]
    steps = table(columns, [{"step": f"S{n}", "cases": 20} for n in range(3)])
    text = answer_text(answer({"one": steps, "two": steps}), width=300)
    assert text.count("Checked for small numbers") == 1
