"""What is switched on under 导出选项 is in the file; a template that cannot be used is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from assistant import pipeline
from assistant.domain.draft import Draft
from assistant.export.edition import edition_of
from assistant.export.provenance import State as Found
from assistant.office import find_soffice
from assistant.pipeline import Evaluation
from assistant.ui.desk import desk
from assistant.ui.draft_downloads import exported
from assistant.ui.drafting_job import key_of
from assistant.ui.export_wishes import PLAIN, Wish

from ..conftest import missing
from .conftest import words

Open = Callable[[str], AppTest]


@pytest.fixture
def drafted(page: Open) -> tuple[AppTest, Draft, Evaluation]:
    at = page("draft")
    at.button(key="draft").click().run()
    state = at.session_state["state"]
    assert desk().standing.wait(key_of(state.report_id), 30)
    entry = desk().workspace.latest_draft(state.report_id)
    assert entry is not None
    return at.run(), entry.draft, desk().evaluate(state.saved)


def text_of(content: bytes, folder: Path, name: str = "made.docx") -> str:
    (folder / name).write_bytes(content)
    return pipeline.read_text(str(folder / name), str)


def test_cover_and_contents_are_there_when_wished(
    drafted: tuple[AppTest, Draft, Evaluation], tmp_path: Path
) -> None:
    _, draft, evaluation = drafted
    wish = Wish(edition=edition_of(cover=True, contents=True))
    plain, whole = (text_of(exported(draft, evaluation, "a.docx", one), tmp_path) for one in (PLAIN, wish))
    title = draft.sections[0].paragraphs[0].text
    assert whole.count(title) > plain.count(title) and len(whole) > len(plain)


def test_provenance_stays_out_when_it_is_not_wished(
    drafted: tuple[AppTest, Draft, Evaluation], tmp_path: Path
) -> None:
    _, draft, evaluation = drafted
    (tmp_path / "a.docx").write_bytes(exported(draft, evaluation, "a.docx", Wish(provenance=False)))
    assert pipeline.verify_file(tmp_path / "a.docx").provenance is Found.MISSING


def test_the_switches_are_kept_from_run_to_run(drafted: tuple[AppTest, Draft, Evaluation]) -> None:
    at, *_ = drafted
    at.checkbox(key="wish-cover").set_value(True).run()
    assert at.session_state["state"].wishes["cover"] and not at.exception


def test_a_template_that_is_no_word_file_is_refused_in_words(
    drafted: tuple[AppTest, Draft, Evaluation],
) -> None:
    at, *_ = drafted
    at.file_uploader(key="template-file").set_value(("坏.docx", b"no word file", "")).run()
    assert "zj-fault" in words(at) and "坏.docx" in words(at) and not at.exception


def test_a_units_own_template_is_used(drafted: tuple[AppTest, Draft, Evaluation], tmp_path: Path) -> None:
    own = docx.Document()
    own.save(str(tmp_path / "本单位.docx"))
    at, *_ = drafted
    at.file_uploader(key="template-file").set_value(
        ("本单位.docx", (tmp_path / "本单位.docx").read_bytes(), "")
    ).run()
    assert at.session_state["state"].template == "本单位.docx" and not at.exception


@pytest.mark.office
def test_a_pdf_says_what_the_word_file_says(
    drafted: tuple[AppTest, Draft, Evaluation], tmp_path: Path
) -> None:
    if find_soffice() is None:
        missing("LibreOffice")
    _, draft, evaluation = drafted
    told = text_of(exported(draft, evaluation, "a.pdf"), tmp_path, "a.pdf").replace(" ", "")
    assert "92.40%" in told
