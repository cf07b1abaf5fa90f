"""How long a report of 1, 30, 300 and 3,000 indicators takes to Word and through review, beside plain tools.

The neighbours do the same indicator table: python-docx by `Table.cell`, python-docx by the cells of each
row, docxtpl by a row loop (in the extra `bench`; left out and said where it is absent); our own tags fill
the very template that docxtpl fills.

    python benchmarks/word_speed.py [--largest 3000]
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.domain.draft import Draft, DraftSection, Paragraph, Sentence
from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.export.annex import COLUMNS, indicator_rows
from assistant.export.edition import Edition
from assistant.export.filling import refill
from assistant.export.front import Front
from assistant.export.word import write_word
from assistant.pipeline import evaluate, provenance_of, review_file, rules_for, verify_file

SIZES = (1, 30, 300, 3000)
WEIGHT = Decimal(90)


def report_of(count: int) -> Report:
    """A project with that many indicators; every seventh falls short."""
    rows = tuple(
        Indicator(
            category="产出指标",
            dimension="数量指标",
            name=f"第{number}号指标",
            annual_target="≥10次",
            actual="9次" if number % 7 == 0 else "10次",
            weight=(WEIGHT / count).quantize(Decimal("0.01")),
        )
        for number in range(1, count + 1)
    )
    money = Funding(initial_budget=Decimal(100), annual_budget=Decimal(100), expenditure=Decimal("92.40"))
    return Report(
        unit_name="云溪市城市管理局",
        title="设施管护项目",
        year=2024,
        projects=(Project(name="设施管护项目", funding=(money,), indicators=rows),),
    )


def draft_of(report: Report) -> Draft:
    """A paragraph an indicator, so that the text grows with the table."""
    rows = report.projects[0].indicators
    paragraphs = tuple(
        Paragraph(
            id=f"b{n}",
            sentences=(Sentence(text=f"“{i.name}”年度指标值{i.annual_target}，实际完成{i.actual}。"),),
        )
        for n, i in enumerate(rows)
    )
    return Draft(
        title=f"{report.unit_name}{report.year}年度设施管护项目绩效自评报告",
        unit_name=report.unit_name,
        year=report.year,
        sections=(DraftSection(id="indicators", title="指标", paragraphs=paragraphs),),
    )


def by_cell(lines: list[list[str]]) -> bytes:
    """Plain python-docx the way its documentation shows it."""
    word = docx.Document()
    table = word.add_table(len(lines), len(lines[0]))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    return _saved(word)


def by_row(lines: list[list[str]]) -> bytes:
    """Plain python-docx with the cells of each row taken once."""
    word = docx.Document()
    table = word.add_table(len(lines), len(lines[0]))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    return _saved(word)


def by_template(lines: list[list[str]]) -> bytes:
    """docxtpl with a row loop."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(row_template(len(lines[0]))))
    template.render({"lines": _named(lines)}, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def by_tags(lines: list[list[str]]) -> bytes:
    """Our own tags in the same template."""
    word = docx.Document(io.BytesIO(row_template(len(lines[0]))))
    refill(word.element.body, {"lines": _named(lines)})
    return _saved(word)


def row_template(columns: int) -> bytes:
    """A table with a row that is repeated over `lines`."""
    word = docx.Document()
    table = word.add_table(3, columns)
    table.rows[0].cells[0].text = "{%tr for line in lines %}"
    for column, cell in enumerate(table.rows[1].cells):
        cell.text = f"{{{{ line.c{column} }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    return _saved(word)


def _named(lines: list[list[str]]) -> list[dict[str, str]]:
    return [{f"c{column}": text for column, text in enumerate(line)} for line in lines]


def _saved(word: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(count: int, folder: Path, *, slow: bool) -> dict[str, float]:
    report = report_of(count)
    evaluation = evaluate(report, rules_for(report, "", None))
    draft, path = draft_of(report), folder / "report.docx"
    lines = [list(COLUMNS)] + [
        [cell.text for cell in row]
        for row in indicator_rows(report.projects[0], evaluation.scorecard.projects[0])[1:-1]
    ]
    own = provenance_of(draft, evaluation)
    parts = (report, evaluation.scorecard, path)
    whole = Edition(figures=True, front=Front(cover=True, contents=True))
    result = {
        "知绩 导出": seconds(lambda: write_word(draft, *parts)),
        "知绩 导出+出处": seconds(lambda: write_word(draft, *parts, provenance=own)),
        "知绩 导出+图+目录": seconds(lambda: write_word(draft, *parts, provenance=own, edition=whole)),
        "知绩 复核": seconds(lambda: verify_file(path)),
        "知绩 审阅": seconds(lambda: review_file(path, None, folder / "reviewed.docx")),
        "知绩 模板标签": seconds(lambda: by_tags(lines)),
        "python-docx 逐行": seconds(lambda: by_row(lines)),
    }
    if slow:
        result["python-docx 逐格"] = seconds(lambda: by_cell(lines))
    if importlib.util.find_spec("docxtpl"):
        result["docxtpl"] = seconds(lambda: by_template(lines))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--by-cell-up-to", type=int, default=300, help="Table.cell grows with the square")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in (size for size in SIZES if size <= options.largest):
            found = measure(count, Path(folder), slow=count <= options.by_cell_up_to)
            print(f"{count:>5} 项  " + "  ".join(f"{name} {value:.2f}s" for name, value in found.items()))
    if not importlib.util.find_spec("docxtpl"):
        print("没有安装 docxtpl：未比较")


if __name__ == "__main__":
    main()
