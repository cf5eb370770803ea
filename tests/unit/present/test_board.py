from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.absent import absent

from outward.answers import Basis, Level, Standing
from outward.catalogue import PRINCIPLES
from outward.disclosure.policies import policy
from outward.disclosure.release import release
from outward.present.board import Board, Outstanding, Part, Said, Worst, board_file, board_html, file_name, foot, lead
from outward.present.board_docx import board_docx

from .made import simple

MADE_UP = Standing(Level.NONE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def board(said: int = 3, actions: int = 6) -> Board:
    parts = tuple(
        Part(
            letter,
            f"The <principle> {letter}",
            tuple(Said.of(simple(basis=Basis.MADE_UP), "/somewhere", standing=MADE_UP) for _ in range(said)),
            {"error": 1, "warning": 2, "note": 0},
            (Worst(f"Group <{letter}> has no objective.", "/mend"), Worst("It waits.")),
            ("Whether <customers> are content: there is no survey.", "Second.", "Third.", "Fourth."),
        )
        for letter in "UORD"
    )
    undone = tuple(Outstanding(f"Write & tell {one}", "Head of <claims>", "2026-06-30", True) for one in range(actions))
    return Board(
        "Claims <faced> outward",
        "A body",
        "Customer Director",
        "2026-11-23",
        parts,
        about="A <body> that pays claims.",
        itself={"error": 0, "warning": 1, "note": 0},
        silenced=2,
        outstanding=undone,
        more=3,
        unread=("Outward itself does not read surveys yet.",),
        made_up=True,
        checks="/c",
        actions="/actions",
    )


def test_nothing_stands_on_it_that_was_not_released() -> None:
    from outward.answers import Answer, Evidence, Grounds, Method, Sentence, standing

    grounds = standing(Grounds(Basis.RECORDED, 900))
    evidence = (Evidence("Log", "1", "2024-01-01", "2024-12-31", Basis.RECORDED),)
    raw = Answer(Sentence("Seven."), {}, Method("m", "t", "s"), evidence, grounds, "U3.1", title="Paths")
    with pytest.raises(TypeError, match="released answers alone"):
        Said.of(raw)  # type: ignore[arg-type]  # which mypy refuses too
    assert Said.of(release(raw, policy("outward"))).words == "Seven."


def test_it_says_what_is_found_what_cannot_be_answered_and_what_is_outstanding() -> None:
    text = board_html(board())
    assert "The checks find here: 1 error and 2 warnings. Among them:" in text
    assert '<a class="govuk-link" href="/mend">Group &lt;U&gt; has no objective.</a>' in text
    assert "In all, <a" in text
    assert "find: 4 errors and 9 warnings; of these on the workspace itself: 1 warning. 2 more are silenced" in text
    assert "And 2 more." in text
    assert "Third." not in text
    assert "30 June 2026 – overdue" in text
    assert '<a class="govuk-link" href="/actions">And 3 more</a>.' in text
    assert text.endswith("does not read surveys yet.</p>")


def test_what_is_found_in_all_is_what_is_found_in_the_parts_and_of_the_workspace_itself() -> None:
    sheet = board()
    for severity, many in sheet.found.items():
        assert many == sum(part.found[severity] for part in sheet.parts) + sheet.itself[severity]


def test_made_up_data_is_said_once_and_not_beside_every_line() -> None:
    assert "Standing" not in board_html(board())
    assert "leaned" not in board_html(board())
    assert lead(board()).endswith("Made-up data, so nothing here is to be leaned on.")
    real = replace(board(), made_up=False)
    assert "Made-up data: not to be leaned on." in board_html(real)
    assert "nothing here" not in lead(real)


def test_the_last_line_explains_the_standings_that_are_printed_and_no_others() -> None:
    assert foot(board()) == "Made with Outward."
    careful = replace(board(), parts=(Part("U", "Customers", (Said.of(simple(basis=Basis.REPORTED)),)),))
    assert "'cannot tell yet'" not in foot(careful)
    assert careful.levels
    assert all(level.value in foot(careful) for level in careful.levels)


def test_the_headings_of_what_cannot_be_answered_name_their_principle() -> None:
    assert 'yet<span class="govuk-visually-hidden"> about: The &lt;principle&gt; U</span></h3>' in board_html(board())


def test_no_label_becomes_markup() -> None:
    for text in (board_html(board()), board_file(board())):
        assert "<principle>" not in text
        assert "<customers>" not in text
        assert "<claims>" not in text
        assert "<U>" not in text
        assert "<body>" not in text.partition("</head>")[2].replace('<body class="outward-sheet">', "")
        assert "Write &amp; tell 0" in text


def test_the_file_leads_nowhere_and_says_that_it_is_made_up() -> None:
    text = board_file(board())
    assert re.findall(r'href="([^"]*)"', text) == ["#main"]
    assert "<script" not in text
    assert "Made-up data" in text
    assert file_name(board(), "html") == "board-sheet-claims-faced-outward-made-up-data.html"


def test_made_up_records_alone_are_stamped_too() -> None:
    empty = replace(board(), parts=())
    assert empty.stamps == ("Made-up data",)
    assert replace(empty, made_up=False).stamps == ()


def test_nothing_outstanding_is_said() -> None:
    assert '<p class="govuk-body">Nothing that was decided or promised is outstanding.' in board_html(board(actions=0))


def test_the_word_file_has_headings_a_header_row_and_a_language() -> None:
    import docx

    document = docx.Document(io.BytesIO(board_docx(board())))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 5
    assert styles.count("Heading 3") == 4
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["What is to be done", "Who answers for it", "By when"]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert len(table.rows) == 7
    assert document.core_properties.language == "en-GB"
    assert document.paragraphs[0].text == "Made-up data."


def test_the_word_file_holds_what_the_page_holds() -> None:
    import docx

    document = docx.Document(io.BytesIO(board_docx(board())))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "The <principle> U" in text
    assert "In all, the checks find: 4 errors and 9 warnings; of these on the workspace itself: 1 warning." in text
    assert "2 more are silenced" in text
    assert "Group <U> has no objective." in text
    assert "Outward itself does not read surveys yet." in text
    assert "No standing" not in text
    assert Said.of(simple(basis=Basis.MADE_UP)).words in text


def test_the_same_sheet_gives_the_same_bytes_without_links_or_macros() -> None:
    made = board_docx(board())
    assert made == board_docx(board())
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        names = held.namelist()
        assert not [name for name in names if "vba" in name.lower() or "media" in name]
        assert b"hyperlink" not in held.read("word/document.xml")


def test_control_characters_do_not_break_the_word_file() -> None:
    assert board_docx(replace(board(), title="A\x0bB\x00C"))


def words(many: int) -> str:
    """Return a sentence of so many letters."""
    return ("Something about customers that was known for long and of which nobody has decided anything " * 9)[
        : many - 1
    ] + "."


def full() -> Board:
    """Return a sheet as full as it gets: each question answered or not, in long sentences."""
    one = Said.of(simple(basis=Basis.MADE_UP), standing=MADE_UP)
    parts = tuple(
        Part(
            letter,
            PRINCIPLES[letter],
            (replace(one, words=words(210)),) * answers,
            {"error": 1, "warning": 22, "note": 3},
            (Worst(words(180)),) * (1 if gaps else 2),
            (words(150),) * gaps,
        )
        for letter, answers, gaps in (("U", 2, 1), ("O", 1, 1), ("R", 0, 0), ("D", 4, 0))
    )
    undone = tuple(Outstanding(words(60), "Head of Information", "2026-06-30", True, True) for _ in range(6))
    return replace(board(), title=words(90), parts=parts, about=words(180), outstanding=undone, unread=(words(140),))


@pytest.mark.browser
@pytest.mark.parametrize("sheet", [board, full])
def test_it_prints_on_one_side_of_paper_and_axe_finds_nothing(sheet: Callable[[], Board], tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    axe_core = pytest.importorskip("axe_playwright_python.base").AXE_FILE_PATH
    page_file = tmp_path / "sheet.html"
    page_file.write_text(board_file(sheet()), encoding="utf-8")
    from tests.meta.pictures import chromium

    program = chromium() or absent("no Chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page: Any = browser.new_page(viewport={"width": 320, "height": 800}, bypass_csp=True)
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.add_script_tag(path=str(axe_core))
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        assert [one["id"] for one in found["violations"]] == []
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
