"""审稿: files handed over come back with findings beside the text and as Word comments; the body stays as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant.bootstrap import SAMPLE
from assistant.domain.finding import Finding, Severity
from assistant.ui.desk import desk
from assistant.ui.review_job import all_files, commented_word, key_of, outcomes, reviews, text_and_findings
from assistant.ui.reviewed_text import findings_html, paragraphs_html

from .conftest import words

Open = Callable[[str], AppTest]
#: 200 of 250 is 80.00 %, not 85.00 %.
WRONG = "云溪市政协办公室2023年度自评报告\n全年预算数250.00万元，全年执行数200.00万元，预算执行率85.00%。\n"
SOUND = "云溪市政协办公室2023年度自评报告\n全年预算数250.00万元，全年执行数200.00万元，预算执行率80.00%。\n"


def file(name: str, content: str) -> tuple[str, bytes, str]:
    return name, content.encode(), "text/plain"


def handed_over(at: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    """Hand files over, begin, and wait for the job as a user would."""
    at.file_uploader(key="review-files").set_value(list(files)).run()
    at.button(key="start-review").click().run()
    name = reviews(desk())[0]
    assert desk().standing.wait(key_of(name), 60)
    return at.run()


def test_a_wrong_rate_is_marked_in_the_text_and_linked_from_its_finding(page: Open) -> None:
    at = handed_over(page("review"), file("报告.txt", WRONG))
    start = WRONG.index("85.00%")
    assert not at.exception and "必须改正" in words(at)
    assert f'<span id="zj-at-{start}" class="zj-error"' in words(at)
    assert f'href="#zj-at-{start}"' in words(at)


def test_a_sound_report_has_no_red_lamp(page: Open) -> None:
    assert "没有必须改正的问题" in words(handed_over(page("review"), file("报告.txt", SOUND)))


def test_the_commented_word_holds_the_very_text(page: Open) -> None:
    handed_over(page("review"), file("报告.txt", WRONG))
    board, name = desk(), reviews(desk())[0]
    assert text_and_findings(board, name, 0)[0].strip() == WRONG.strip()
    with zipfile.ZipFile(io.BytesIO(commented_word(board, name, 0))) as word:
        assert "80.00" in word.read("word/comments.xml").decode()


def test_several_files_give_a_table_and_one_archive(page: Open) -> None:
    """One with a fault, one sound, one that is no report: each has its line, and the two reviewed ones come back."""
    at = handed_over(
        page("review"), file("甲.txt", WRONG), file("乙.txt", SOUND), ("坏.docx", b"not a word file", "")
    )
    record = desk().standing.latest(key_of(reviews(desk())[0]))
    assert record is not None
    told = outcomes(record)
    assert [(one.name, one.proven) for one in told] == [
        ("甲.txt", False),
        ("乙.txt", True),
        ("坏.docx", False),
    ]
    assert "未审" in words(at) and "坏.docx" in told[2].fault
    archive = zipfile.ZipFile(io.BytesIO(all_files(desk(), reviews(desk())[0], told)))
    assert [name for name in archive.namelist() if name.endswith(".docx")] == [
        "甲（审阅）.docx",
        "乙（审阅）.docx",
    ]


def test_a_report_is_held_against_its_form(page: Open) -> None:
    """The sample form says 322.00万元; a text that says 323.00 is red only beside the form."""
    at = page("review")
    at.radio(key="against").set_value("form").run()
    at.file_uploader(key="review-table").set_value(("自评表.xlsx", SAMPLE.read_bytes(), "")).run()
    at = handed_over(at, file("报告.txt", "云溪市政协办公室2024年度自评报告\n全年预算数323.00万元。\n"))
    assert "有 1 处必须改正" in words(at) and "322.00" in words(at)


def test_several_files_are_not_held_against_one_form(page: Open) -> None:
    at = page("review")
    at.radio(key="against").set_value("form").run()
    at.file_uploader(key="review-files").set_value([file("甲.txt", SOUND), file("乙.txt", SOUND)]).run()
    assert at.button(key="start-review").disabled and "一份一份地审" in words(at)


def test_a_review_is_there_after_a_reload_and_gone_after_its_deletion(page: Open) -> None:
    handed_over(page("review"), file("报告.txt", WRONG))
    at = page("review")
    name = reviews(desk())[0]
    at.selectbox(key="review").set_value(name).run()
    assert "85.00%" in words(at)
    at.button(key="drop-review").click().run()
    assert reviews(desk()) == [] and not at.exception and "85.00%" not in words(at)


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "a\tb<i>"])
def test_a_reviewed_text_is_never_markup(evil: str) -> None:
    found = Finding(rule="N01", severity=Severity.ERROR, message=evil, start=0, end=3, text=evil[:3])
    html = paragraphs_html(evil, [found]) + findings_html([found], "")
    assert "<script" not in html and "<img" not in html and "<i>" not in html
