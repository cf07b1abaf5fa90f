"""A unit's own template: its styles or tags are used, its faults are named by paragraph before anything is written."""

from __future__ import annotations

import io
import json
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from conftest import ROOT, Result
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from word_cases import SMALL_DRAFT as DRAFT
from word_cases import SMALL_REPORT as REPORT
from word_cases import sample_draft, sample_evaluation, twips

from assistant.domain.draft import Draft
from assistant.domain.finding import Finding
from assistant.domain.scorecard import Scorecard
from assistant.errors import DamagedFile, InvalidTemplate, UnsupportedFile, ZhijiError
from assistant.export.edition import Edition
from assistant.export.filling import refill
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.provenance import State
from assistant.export.template import Template, read_template
from assistant.export.template_check import TemplateCheck, check_template
from assistant.export.word import word_bytes
from assistant.pipeline import export_draft, verify_file
from assistant.scoring.cards import score_report
from assistant.scoring.rules import load_rules

Zhiji = Callable[..., Result]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score_report(REPORT, load_rules())


def template(write: Callable[[WordFile], object]) -> Template:
    """A template made by hand in Word: what `write` puts into an empty file."""
    word = docx.Document()
    write(word)
    buffer = io.BytesIO()
    word.save(buffer)
    return Template(name="模板.docx", content=buffer.getvalue())


def of_lines(*lines: str) -> Template:
    return template(lambda word: [word.add_paragraph(line) for line in lines])


def with_row(word: WordFile, *rows: tuple[str, ...]) -> None:
    """A table of these rows, after a place for the text."""
    word.add_paragraph("{{ 正文 }}")
    table = word.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text


def made(card: Scorecard, own: Template, draft: Draft = DRAFT, *, unproven: bool = False) -> WordFile:
    content = word_bytes(draft, REPORT, card, unproven=unproven, edition=Edition(template=own))
    return docx.Document(io.BytesIO(content))


def faults(check: TemplateCheck) -> list[Finding]:
    return [found for found in check.findings if found.rule != "T06"]


def unit_styles(word: WordFile) -> None:
    """Headings of the unit's own by outline level, a body style by name, a wide margin, and sample text."""
    for level, name in enumerate(("章", "节")):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)
    for name in ("Heading 1", "Heading 2"):
        word.styles[name].delete()
    word.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(15)
    word.sections[0].left_margin = Mm(32)
    word.sections[0].header.paragraphs[0].text = "云溪市教育局文件"
    word.add_paragraph("这里是样文，不进报告")


def test_styles_of_a_template_are_found_by_outline_level_and_name(card: Scorecard) -> None:
    word = made(card, template(unit_styles))
    styles = {p.text: p.style.name for p in word.paragraphs}
    assert styles["一、基本情况"] == "章"
    assert styles["（一）项目实施情况"] == "节"
    assert styles["全年预算数100.00万元。<b>全年执行数</b>92.40万元。"] == "公文正文"


def test_a_template_of_styles_gives_page_and_header_but_not_its_text(card: Scorecard) -> None:
    word = made(card, template(unit_styles))
    assert twips(word.sections[0], "left") == round(32 * 1440 / 25.4)
    assert word.sections[0].header.paragraphs[0].text == "云溪市教育局文件"
    assert not any("样文" in p.text for p in word.paragraphs)


def test_the_annex_of_a_template_lies_across_with_its_own_margins_turned(card: Scorecard) -> None:
    """The left margin of the upright page, 32 mm, stands above on the page that lies; the table fills its width."""
    annex = made(card, template(unit_styles)).sections[-1]
    assert annex.page_width > annex.page_height
    assert twips(annex, "top") == round(32 * 1440 / 25.4)


def test_headings_that_word_numbers_keep_no_written_number(card: Scorecard) -> None:
    def numbered(word: WordFile) -> None:
        number = word.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_numId().val = 1

    headings = [p.text for p in made(card, template(numbered)).paragraphs if p.style.name == "Heading 1"]
    assert headings == ["基本情况"]


def test_values_take_the_place_and_the_looks_of_their_tags(card: Scorecard) -> None:
    """A tag that Word has cut into three runs is one tag; the bold of its first run stays."""

    def write(word: WordFile) -> None:
        line = word.add_paragraph("单位：")
        line.add_run("{{ 单").bold = True
        line.add_run("位 ")
        line.add_run("}}，总分{{ total_score }}分")
        word.add_paragraph("{{ 正文 }}")

    line = made(card, template(write)).paragraphs[0]
    assert line.text == "单位：云溪市教育局，总分89.24分"
    assert [run.text for run in line.runs if run.bold] == ["云溪市教育局"]


def test_rows_are_repeated_over_the_indicators(card: Scorecard) -> None:
    own = template(
        lambda word: with_row(
            word,
            ("指标", "得分"),
            ("{%tr for 行 in 指标 %}", ""),
            ("{{ 行.三级指标 }}", "{{ 行.得分 }}/{{ 行.分值 }}"),
            ("{%tr endfor %}", ""),
        )
    )
    rows = [[cell.text for cell in row.cells] for row in made(card, own).tables[0].rows]
    assert rows == [["指标", "得分"], ["骨干培训培训场次", "40.00/50"], ["骨干培训采纳建议", "40.00/40"]]


def test_paragraphs_are_repeated_and_left_out_on_conditions(card: Scorecard) -> None:
    own = of_lines(
        "{{ 正文 }}",
        "{%p for 项 in 子项目 %}",
        "{%p if 项.主管部门 %}",
        "主管：{{ 项.主管部门 }}",
        "{%p endif %}",
        "{%p if not 项.主管部门 %}",
        "{{ 项.名称 }}没有主管部门",
        "{%p endif %}",
        "{%p endfor %}",
    )
    said = [p.text for p in made(card, own).paragraphs]
    assert "骨干培训没有主管部门" in said
    assert not any(text.startswith("主管：") for text in said)


def test_what_stands_around_the_text_of_a_tagged_template_stays_in_order(card: Scorecard) -> None:
    said = [p.text for p in made(card, of_lines("红头", "{{ 正文 }}", "抄送：某局")).paragraphs]
    first, last = said.index("一、基本情况"), said.index("抄送：某局")
    assert said[0] == "红头"
    assert 0 < first < last


def test_words_of_the_report_are_never_read_as_tags(card: Scorecard) -> None:
    """The title says {{ 总分 }}; it stays what it says, in the template and without."""
    draft = DRAFT.model_copy(update={"title": "关于{{ 总分 }}{%p endfor %}<b>的报告"})
    assert made(card, of_lines("{{ 标题 }}", "{{ 正文 }}"), draft).paragraphs[0].text == draft.title


def test_nothing_confidential_can_be_named_by_a_template(card: Scorecard) -> None:
    own = of_lines("{{ 正文 }}", "{%p for 项 in 子项目 %}", "{{ 项.名称 }}", "{%p endfor %}")
    assert "绝密" not in made(card, own).element.xml


def test_headers_are_filled_and_unproven_reports_marked_beside_them(card: Scorecard) -> None:
    def write(word: WordFile) -> None:
        word.sections[0].header.paragraphs[0].text = "{{ 单位 }}"
        word.add_paragraph("{{ 正文 }}")

    header = made(card, template(write), unproven=True).sections[0].header
    assert [p.text for p in header.paragraphs] == ["未校核稿", "云溪市教育局"]


@pytest.mark.parametrize(
    ("lines", "rule", "said"),
    [
        (("{{ 正文 }}", "好", "{{ 单位名 }}"), "T02", "第3段的“{{ 单位名 }}”：没有名为“单位名”的内容"),
        (("{{ 正文 }}", "共{{ 总分 分"), "T01", "第2段的“{{ 总分 分”：没有配对的另一半"),
        (("{{ 正文 }}", "｛｛ 总分 ｝｝"), "T01", "第2段的“｛｛ 总分 ｝｝”：用了全角括号"),
        (("{{ 正文 }}", "{{ 总分 * 2 }}"), "T01", "不支持运算、函数和过滤器"),
        (("{{ 正文 }}", "{{ ''.__class__ }}"), "T01", "不支持运算、函数和过滤器"),
        (("{{ 正文 }}", "{%p for 项 in 子项目 %}", "{{ 项.名称 }}"), "T03", "第2段的“{%p for 项 in 子项目 %}”：没有结束"),
        (("{{ 正文 }}", "{%p endif %}"), "T03", "第2段的“{%p endif %}”：前面没有与它配对的 {% if … %}"),
        (("{{ 正文 }}", "如果{%p if 等级 %}", "{%p endif %}"), "T03", "应独占一段，同处还有“如果”"),
        (("{{ 正文 }}", "{%p for 项 in 总分 %}", "{%p endfor %}"), "T02", "“总分”不是清单，不能循环"),
        (("{{ 正文 }}", "{%p for 项 in 子项目 %}", "{{ 项.得分率 }}", "{%p endfor %}"), "T02", "没有名为“得分率”"),
        (("{{ 正文 }}", "{{ 指标 }}"), "T05", "“指标”是清单，应循环使用"),
        (("报告：{{ 正文 }}",), "T05", "“正文”是整块内容，应独占一段"),
        (("{{ 单位 }}",), "T04", "模板里没有放文稿的地方"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_named_with_its_paragraph(lines: tuple[str, ...], rule: str, said: str) -> None:
    found = faults(check_template(of_lines(*lines)))
    assert [one.rule for one in found] == [rule]
    assert said in found[0].message


def test_a_tag_in_a_table_is_named_with_row_and_cell() -> None:
    own = template(lambda word: with_row(word, ("单位", "分"), ("{{ 单位 }}", "{{ 得分 }}")))
    assert [one.place for one in faults(check_template(own))] == ["第5段（第1个表第2行第2格）"]


def test_the_offsets_of_a_fault_are_those_of_the_text_of_the_template() -> None:
    lines = ("{{ 正文 }}", "共{{ 总和 }}分")
    (fault,) = faults(check_template(of_lines(*lines)))
    assert "\n".join(lines)[fault.start : fault.end] == fault.text == "{{ 总和 }}"


def test_roles_without_a_style_are_said_and_filled_by_our_own() -> None:
    check = check_template(template(unit_styles))
    assert (check.roles["一级标题"], check.roles["正文"], check.roles["附件标识"]) == ("章", "公文正文", "")
    assert any(one.rule == "T06" and "附件标识" in one.message for one in check.findings)


def test_nothing_is_written_with_a_template_that_is_wrong(card: Scorecard, tmp_path: Path) -> None:
    with pytest.raises(InvalidTemplate, match="第2段的“{{ 单位名 }}”"):
        made(card, of_lines("{{ 正文 }}", "{{ 单位名 }}"))


@pytest.mark.parametrize(("name", "error"), [("模板.doc", UnsupportedFile), ("模板.docx", DamagedFile)])
def test_what_is_no_word_file_is_no_template(tmp_path: Path, name: str, error: type[Exception]) -> None:
    (tmp_path / name).write_bytes(b"not a package")
    with pytest.raises(error):
        read_template(tmp_path / name)


@pytest.mark.parametrize(
    "own", [template(unit_styles), of_lines("{{ 标题 }}", "{{ 目录 }}", "{{ 正文 }}", "{{ 落款 }}")]
)
def test_a_report_in_a_template_proves_itself_and_is_the_same_bytes(own: Template, tmp_path: Path) -> None:
    draft = sample_draft()
    paths = [tmp_path / "1.docx", tmp_path / "2.docx"]
    for path in paths:
        export_draft(
            draft, sample_evaluation(), path, unproven=not draft.proven, edition=Edition(template=own)
        )
    result = verify_file(paths[0])
    assert (result.provenance, result.proven) == (State.INTACT, True)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_report_may_be_the_template_of_the_next(tmp_path: Path) -> None:
    """Its styles are taken, its provenance is not: the new file has one, its own."""
    draft, first, second = sample_draft(), tmp_path / "1.docx", tmp_path / "2.docx"
    export_draft(draft, sample_evaluation(), first, unproven=not draft.proven)
    own = Edition(template=read_template(first))
    export_draft(draft, sample_evaluation(), second, unproven=not draft.proven, edition=own)
    assert verify_file(second).provenance is State.INTACT


def test_a_lying_sample_page_at_the_end_does_not_lay_the_report(card: Scorecard) -> None:
    def write(word: WordFile) -> None:
        last = word.add_section()
        last.orientation, last.page_width, last.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)

    word = made(card, template(write))
    assert [section.page_width > section.page_height for section in word.sections][:2] == [False, True]


def saved(own: Template, folder: Path) -> Path:
    path = folder / own.name
    path.write_bytes(own.content)
    return path


def test_the_verb_lists_every_fault_and_exits_1(zhiji: Zhiji, tmp_path: Path) -> None:
    done = zhiji("template", saved(of_lines("{{ 正文 }}", "{{ 甲 }}", "{{ 乙 }}"), tmp_path), "--json")
    said = json.loads(done.out)
    assert (done.status, said["usable"], said["tagged"]) == (1, False, True)
    assert [one["text"] for one in said["findings"] if one["rule"] == "T02"] == ["{{ 甲 }}", "{{ 乙 }}"]


def test_the_verb_lists_the_names_without_a_file(zhiji: Zhiji) -> None:
    done = zhiji("template")
    assert done.status == 0
    assert "文字  单位 / unit_name" in done.out


def test_a_draft_with_a_wrong_template_writes_nothing_and_exits_2(zhiji: Zhiji, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    form = ROOT / "docs" / "drafts" / "inputs" / "01.json"
    own = saved(of_lines("{{ 正文 }}", "{{ 甲 }}"), tmp_path)
    done = zhiji("draft", form, "--allow-unproven", "--template", own, "-o", out)
    assert done.status == 2
    assert "第2段的“{{ 甲 }}”" in done.err
    assert not out.exists()


def test_a_draft_in_a_template_is_written_by_the_verb(zhiji: Zhiji, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    form = ROOT / "docs" / "drafts" / "inputs" / "01.json"
    own = saved(of_lines("红头", "{{ 正文 }}"), tmp_path)
    zhiji("draft", form, "--allow-unproven", "--template", own, "-o", out)
    assert docx.Document(out).paragraphs[0].text == "红头"


def in_a_box(word: WordFile) -> None:
    """A text box with a tag, anchored in the paragraph before the text, as Word writes it."""
    run = word.add_paragraph("框：").add_run()._r
    box = OxmlElement("w:txbxContent")
    inner = docx.Document().add_paragraph("{{ 等级 }}")._p
    box.append(inner)
    run.append(box)
    word.add_paragraph("{{ 正文 }}")


def test_tags_in_text_boxes_and_nested_tables_are_filled(card: Scorecard) -> None:
    def write(word: WordFile) -> None:
        in_a_box(word)
        word.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "{{ 总分 }}"

    xml = made(card, template(write)).element.xml
    assert "良</w:t>" in xml
    assert "89.24</w:t>" in xml
    assert "{{" not in xml


def test_a_template_of_a_thousand_rows_takes_no_more_than_its_share(card: Scorecard) -> None:
    """Ten times the rows take less than thirty times as long: nothing grows with the square."""

    def seconds(count: int) -> float:
        word = docx.Document(
            io.BytesIO(
                template(
                    lambda w: with_row(w, ("{%tr for 行 in 表 %}",), ("{{ 行.甲 }}",), ("{%tr endfor %}",))
                ).content
            )
        )
        start = time.perf_counter()
        refill(word.element.body, {"表": [{"甲": str(n)} for n in range(count)], "正文": "文"})
        return time.perf_counter() - start

    few = min(seconds(300) for _ in range(3))
    assert seconds(3000) < 30 * few


def damaged(content: bytes, dice: random.Random) -> bytes:
    """A package with one part dropped, cut short or exchanged for another, or one element taken out of the text."""
    parts = dict(read_parts(content))
    one, other = dice.sample([name for name in parts if name != "[Content_Types].xml"], 2)
    kind = dice.choice(("drop", "cut", "exchange", "element", "section"))
    text = parts["word/document.xml"].decode()
    if kind == "drop":
        del parts[one]
    elif kind == "cut":
        parts[one] = parts[one][: dice.randrange(len(parts[one]))]
    elif kind == "exchange":
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == "element":
        found = dice.choice(list(re.finditer(r"<w:\w+[^>]*?/>|<w:t[^>]*>[^<]*</w:t>", text)))
        parts["word/document.xml"] = (text[: found.start()] + text[found.end() :]).encode()
    else:
        parts["word/document.xml"] = re.sub(r"<w:sectPr.*?</w:sectPr>", "", text, flags=re.DOTALL).encode()
    return write_parts(parts)


def test_a_damaged_template_is_used_or_refused_in_words(card: Scorecard, tmp_path: Path) -> None:
    """Forty by a fixed seed: each gives a report that says what the draft says, or an error of ours."""
    whole = template(
        lambda word: with_row(word, ("{%tr for 行 in 指标 %}",), ("{{ 行.得分 }}",), ("{%tr endfor %}",))
    )
    written = 0
    for seed in range(40):
        path = tmp_path / "模板.docx"
        path.write_bytes(damaged(whole.content, random.Random(seed)))
        try:
            written += bool(made(card, read_template(path)).paragraphs)
        except ZhijiError as error:
            assert error.message
    assert 10 < written < 40
