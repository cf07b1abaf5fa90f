"""A Word file edited by a person comes back: their words, bound and locked; every changed figure is named.

The hand's edits are made with python-docx on an exported file, as Word would; what should come out is known from
the report's own figures.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from conftest import Result
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from word_cases import Exported, export, sample_draft, sample_evaluation

from assistant.domain.draft import Draft, SentenceOrigin
from assistant.domain.handwork import HandKind
from assistant.drafting.living import edited, is_held, renewed
from assistant.errors import InputError, UnsupportedFile
from assistant.export.edition import Edition
from assistant.export.front import Front
from assistant.export.provenance import State
from assistant.export.template import Template
from assistant.pipeline import verify_file
from assistant.round_trip import Taken, take_back

Edit = Callable[[WordFile], object]
ADDED = "评价组还走访了三个街道的议事点，与居民代表座谈。"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(tmp_path_factory.mktemp("round"), edition=Edition(front=Front(cover=True, contents=True)))


def paragraph(word: WordFile, words: str) -> docx.text.paragraph.Paragraph:
    return next(p for p in word.paragraphs if words in p.text and "\t" not in p.text)


def reword(words: str, to: str) -> Edit:
    def edit(word: WordFile) -> None:
        found = paragraph(word, words)
        found.text = found.text.replace(words, to, 1)

    return edit


def insert(before: str, words: str) -> Edit:
    return lambda word: paragraph(word, before).insert_paragraph_before(words)


def by_hand(made: Exported, to: Path, *edits: Edit) -> Path:
    word = docx.Document(str(made.path))
    for edit in edits:
        edit(word)
    word.save(str(to / "edited.docx"))
    return to / "edited.docx"


def taken(made: Exported, to: Path, *edits: Edit) -> Taken:
    return take_back(by_hand(made, to, *edits), sample_evaluation())


def texts(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs]


def test_a_file_that_nobody_touched_is_the_draft(exported: Exported) -> None:
    back = take_back(exported.path, sample_evaluation())
    assert (texts(back.draft), back.changes, back.outside) == (texts(exported.draft), (), ())
    assert back.provenance is State.INTACT


def test_a_reworded_sentence_is_the_hands_and_its_paragraph_locked(
    exported: Exported, tmp_path: Path
) -> None:
    """The other sentences of the paragraph keep origin and bindings."""
    back = taken(exported, tmp_path, reword("具体实施。", "牵头实施。"))
    changed = next(p for p in back.draft.paragraphs if "牵头实施。" in p.text)
    before = next(p for p in exported.draft.paragraphs if p.id == changed.id)
    by_hand = [s.text for s in changed.sentences if s.origin is SentenceOrigin.HUMAN]
    assert changed.locked and len(by_hand) == 1 and "牵头实施。" in by_hand[0]
    assert [s for s in changed.sentences if s.text not in by_hand] == list(before.sentences[1:])


def test_everything_else_stays_unlocked(exported: Exported, tmp_path: Path) -> None:
    back = taken(exported, tmp_path, reword("具体实施。", "牵头实施。"))
    assert sum(is_held(p) for p in back.draft.paragraphs) == 1


def test_a_changed_figure_is_named_with_what_the_report_says(exported: Exported, tmp_path: Path) -> None:
    back = taken(exported, tmp_path, reword("全年预算数212.00万元", "全年预算数221.00万元"))
    figure = back.figures[0]
    assert (figure.was, figure.now) == ("212.00万元", "221.00万元")
    assert any("212.00万元" in fault for fault in figure.faults) and not back.draft.proven


def test_a_figure_of_the_ledger_put_in_by_hand_is_bound(exported: Exported, tmp_path: Path) -> None:
    """The sentence says of the right thing the right figure: nothing contradicts, and it is in the ledger."""
    words = "全年预算数共322.00万元。"
    back = taken(exported, tmp_path, insert("二、", words))
    figure = next(f for f in back.figures if f.now == "322.00万元")
    assert "全年预算数" in figure.shows and figure.faults == ()


def test_an_added_paragraph_stands_where_it_was_put(exported: Exported, tmp_path: Path) -> None:
    back = taken(exported, tmp_path, insert("具体实施。", ADDED))
    lines = texts(back.draft)
    assert lines[lines.index(ADDED) + 1] == next(
        p.text for p in exported.draft.paragraphs if "具体实施。" in p.text
    )
    assert next(p for p in back.draft.paragraphs if p.text == ADDED).locked


def test_a_deleted_paragraph_is_gone_and_named(exported: Exported, tmp_path: Path) -> None:
    gone = exported.draft.paragraphs[4].text
    back = taken(exported, tmp_path, lambda w: (p := paragraph(w, gone)._p).getparent().remove(p))
    assert gone not in texts(back.draft)
    assert [(c.kind, c.before) for c in back.changes] == [(HandKind.REMOVED, gone)]


def test_a_moved_paragraph_is_moved(exported: Exported, tmp_path: Path) -> None:
    """Neither deleted nor new; it keeps its sentences."""
    moved = next(p.text for p in exported.draft.paragraphs if p.id == "funding.p1")

    def edit(word: WordFile) -> None:
        paragraph(word, "具体实施。")._p.addprevious(paragraph(word, moved)._p)

    back = taken(exported, tmp_path, edit)
    assert [(c.kind, c.now) for c in back.changes] == [(HandKind.MOVED, moved)]
    lines = texts(back.draft)
    assert "具体实施。" in lines[lines.index(moved) + 1]


def test_the_date_filled_in_under_the_report_comes_back(exported: Exported, tmp_path: Path) -> None:
    def edit(word: WordFile) -> None:
        [p for p in word.paragraphs if p.text == "（待补充）"][-1].text = "2025年3月1日"

    assert taken(exported, tmp_path, edit).draft.signature[1] == "2025年3月1日"


def test_a_cell_changed_in_the_annex_is_said_and_not_taken(exported: Exported, tmp_path: Path) -> None:
    def edit(word: WordFile) -> None:
        cell = word.tables[-1].rows[2].cells[3].paragraphs[0]
        cell.text = f"9{cell.text}"

    back = taken(exported, tmp_path, edit)
    assert texts(back.draft) == texts(exported.draft)
    assert [f.rule for f in back.outside] == ["N20"]


def test_a_file_without_provenance_is_held_against_the_draft(exported: Exported, tmp_path: Path) -> None:
    made = export(tmp_path, provenance=False, edition=Edition(front=Front(cover=True, contents=True)))
    path = by_hand(
        made, tmp_path, insert("具体实施。", ADDED), reword("全年预算数212.00", "全年预算数221.00")
    )
    back = take_back(path, sample_evaluation(), sample_draft())
    assert [c.kind for c in back.changes] == [HandKind.ADDED, HandKind.CHANGED]
    assert ("212.00万元", "221.00万元") in {(f.was, f.now) for f in back.figures}


def test_what_was_changed_here_meanwhile_stays(exported: Exported, tmp_path: Path) -> None:
    """The hand changed one paragraph, the program another: the draft has both."""
    place = ("overview", "overview.procedure")
    here = edited(sample_draft(), place, "程序里改写的一段。", exported.facts)
    path = by_hand(exported, tmp_path, insert("二、", ADDED))
    lines = texts(take_back(path, sample_evaluation(), here).draft)
    assert "程序里改写的一段。" in lines and ADDED in lines


def test_where_both_changed_a_paragraph_the_hand_wins_and_it_is_said(
    exported: Exported, tmp_path: Path
) -> None:
    place = ("overview", "overview.procedure")
    here = edited(sample_draft(), place, "程序里改写的一段。", exported.facts)
    path = by_hand(exported, tmp_path, reword("具体实施。", "牵头实施。"))
    back = take_back(path, sample_evaluation(), here)
    assert [c.conflict for c in back.changes if c.place == place] == [True]
    assert any("牵头实施。" in line for line in texts(back.draft))


def test_what_came_back_survives_new_figures(exported: Exported, tmp_path: Path) -> None:
    back = taken(exported, tmp_path, reword("具体实施。", "牵头实施。"), insert("二、", ADDED)).draft
    lines = texts(renewed(back, sample_draft(), sample_draft()))
    assert ADDED in lines and any("牵头实施。" in line for line in lines)


def test_the_file_alone_is_enough(exported: Exported, tmp_path: Path) -> None:
    """Without the report the file's own provenance is what the figures are held against."""
    back = take_back(by_hand(exported, tmp_path, reword("全年预算数212.00", "全年预算数221.00")))
    assert [bool(f.faults) for f in back.figures] == [True]


def test_a_file_of_another_report_is_refused(exported: Exported) -> None:
    other = sample_evaluation()
    report = other.report.model_copy(update={"year": 2019})
    with pytest.raises(InputError, match="2019年度"):
        take_back(exported.path, other.model_copy(update={"report": report}))


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_text("一、基本情况", "utf-8")
    with pytest.raises(UnsupportedFile):
        take_back(path, sample_evaluation(), sample_draft())


def test_a_file_that_has_nothing_of_the_draft_is_refused(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("会议通知")
    word.save(str(tmp_path / "通知.docx"))
    with pytest.raises(InputError, match="对得上"):
        take_back(tmp_path / "通知.docx", sample_evaluation(), sample_draft())


def test_the_verb_names_the_figure_and_writes_nothing_false(
    exported: Exported, tmp_path: Path, zhiji: Callable[..., Result]
) -> None:
    path = by_hand(exported, tmp_path, reword("全年预算数212.00", "全年预算数221.00"))
    done = zhiji("take", path, "-o", tmp_path / "out.docx", "--json")
    said = json.loads(done.out)
    assert done.status == 1 and said["output"] is None and not (tmp_path / "out.docx").exists()
    assert [(f["was"], f["now"]) for f in said["figures"]] == [("212.00万元", "221.00万元")]


def numbered_by_word(word: WordFile) -> None:
    """A template whose headings Word numbers by itself."""
    style = word.styles["Heading 1"].element.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", "1")):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        numbering.append(child)
    style.append(numbering)
    word.add_paragraph("模板里的说明")


def tagged(word: WordFile) -> None:
    """A template with text of its own around the report."""
    for line in ("云溪市财政局统一格式", "{{ 标题 }}", "{{ 正文 }}", "{{ 落款 }}", "联系电话：（略）"):
        word.add_paragraph(line)


def of_template(write: Edit) -> Template:
    word = docx.Document()
    write(word)
    content = io.BytesIO()
    word.save(content)
    return Template(name="模板.docx", content=content.getvalue())


@pytest.mark.parametrize("write", [numbered_by_word, tagged])
def test_a_report_in_a_units_own_template_comes_back(write: Edit, tmp_path: Path) -> None:
    made = export(tmp_path, edition=Edition(template=of_template(write)))
    assert verify_file(made.path).proven
    back = taken(made, tmp_path, insert("具体实施。", ADDED), reword("全年预算数212.00", "全年预算数221.00"))
    assert [c.kind for c in back.changes] == [HandKind.ADDED, HandKind.CHANGED]
    assert [p for p in texts(back.draft) if p not in (ADDED, back.changes[1].now)] == [
        p for p in texts(made.draft) if p != back.changes[1].before
    ]
