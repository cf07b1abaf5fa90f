"""Build the sample corpus: every corpus/sources/*.md becomes corpus/<output> as .docx, .pdf, .xlsx or .txt.

A source is TOML between two `+++` lines, then `# title`, then one paragraph a line. Tables are pipe tables whose
cells `^` and `<` merge upwards and to the left; the line above a table is its caption. Dates in the files are fixed.

Usage: python scripts/build_corpus.py [--only NAME]
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from openpyxl.styles import Alignment, Border, Font, Side

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SOURCES, SAMPLE = CORPUS / "sources", CORPUS / "sample"
FIXED_DATE = datetime(2024, 3, 1, 9, 0, 0)
PDF_FONT = "Noto Serif CJK SC"
TEXT_WIDTH = 8844  # twips: 156 mm of A4, by GB/T 9704
UP, LEFT = "^", "<"
HEADINGS = {
    "Heading 1": "[一二三四五六七八九十]+、",
    "Heading 2": "（[一二三四五六七八九十]+）",
    "Heading 3": r"\d{1,2}[.．](?!\d)",
}
DATE_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# style -> font, size in points, alignment, first-line indent in characters
LOOKS = {
    "Title": ("方正小标宋简体", 22, ALIGN.CENTER, 0),
    "Heading 1": ("黑体", 16, ALIGN.LEFT, 2),
    "Heading 2": ("楷体_GB2312", 16, ALIGN.LEFT, 2),
    "Heading 3": ("仿宋_GB2312", 16, ALIGN.LEFT, 2),
    "Normal": ("仿宋_GB2312", 16, ALIGN.JUSTIFY, 2),
    "Caption": ("黑体", 12, ALIGN.CENTER, 0),
    "Signature": ("仿宋_GB2312", 16, ALIGN.RIGHT, 0),
    "Table Text": ("宋体", 9, ALIGN.LEFT, 0),
}
CELL = (
    '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>{merge}'
    '<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>'
    "<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
)
TABLE = (
    '<w:tbl {ns}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
)


class SourceError(ValueError):
    """A source that cannot be built; its message is Chinese and meant for the writer."""


@dataclass(frozen=True)
class Line:
    """One paragraph and the Word style it is set in."""

    style: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: its caption and rows of cells, merge marks still in them."""

    caption: str
    rows: list[list[str]]

    def owners(self) -> list[list[tuple[int, int]]]:
        """For each cell, the cell whose text it shows (itself unless it is merged away)."""
        owners: list[list[tuple[int, int]]] = []
        for r, row in enumerate(self.rows):
            owners.append([])
            for c, text in enumerate(row):
                if (text == UP and r == 0) or (text == LEFT and c == 0):
                    raise SourceError(f"表格“{self.caption}”第{r + 1}行第{c + 1}列没有可合并的单元格")
                own = owners[r - 1][c] if text == UP else (r, c)
                owners[r].append(owners[r][c - 1] if text == LEFT else own)
        return owners

    def blocks(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Top-left cell of every block -> its bottom-right cell; refuses what is no rectangle."""
        members: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for r, row in enumerate(self.owners()):
            for c, owner in enumerate(row):
                members.setdefault(owner, []).append((r, c))
        for (r, c), cells in members.items():
            if len(cells) != (cells[-1][0] - r + 1) * (cells[-1][1] - c + 1):
                raise SourceError(f"表格“{self.caption}”第{r + 1}行第{c + 1}列的合并区域不是矩形")
        return {owner: cells[-1] for owner, cells in members.items()}


@dataclass(frozen=True)
class Source:
    """One past report: front matter, title and body."""

    meta: dict[str, Any]
    title: str
    body: list[Line | Grid]


def read_source(path: Path) -> Source:
    """Parse one source file."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise SourceError("文件开头应为两行 +++ 之间的元数据")
    meta = tomllib.loads(parts[1])
    if missing := {"output", "unit", "year", "kind", "region", "planted"} - meta.keys():
        raise SourceError(f"元数据缺少：{'、'.join(sorted(missing))}")
    if Path(meta["output"]).name != meta["output"]:
        raise SourceError("output 只能是文件名，不能带路径")
    lines = [line.strip() for line in parts[2].splitlines() if line.strip()]
    if not lines or not lines[0].startswith("# "):
        raise SourceError("正文第一行应为“# 标题”")
    return Source(meta, lines[0][2:].strip(), list(_blocks(lines[1:])))


def _blocks(lines: list[str]) -> Iterator[Line | Grid]:
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else ""
        after = lines[n + 1] if n + 1 < len(lines) else ""
        if not line.startswith("|") and not after.startswith("|"):
            yield Line(_style(line, after), line)
        elif line.startswith("|") and not before.startswith("|"):
            yield _grid(before, list(takewhile(lambda row: row.startswith("|"), lines[n:])))


def _grid(caption: str, lines: list[str]) -> Grid:
    grid = Grid(caption, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
    for n, row in enumerate(grid.rows, 1):
        if len(row) != len(grid.rows[0]):
            raise SourceError(f"表格“{caption}”第{n}行的列数与表头不一致")
    grid.blocks()
    return grid


def _style(line: str, after: str) -> str:
    if DATE_LINE.fullmatch(line) or (DATE_LINE.fullmatch(after) and len(line) <= 30):
        return "Signature"
    heading = (name for name, number in HEADINGS.items() if re.match(number, line))
    return next(heading, "Normal") if len(line) <= 45 and line[-1] not in "。；：，！" else "Normal"


def build_docx(source: Source, font: str = "") -> bytes:
    """The report as a Word file; `font` replaces every official font name (for the PDF route)."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height, page.top_margin = Mm(210), Mm(297), Mm(37)
    page.bottom_margin, page.left_margin, page.right_margin = Mm(35), Mm(28), Mm(26)
    for name in LOOKS:
        _dress(document.styles, name, font)
    document.add_paragraph(source.title, style="Title")
    for block in source.body:
        if isinstance(block, Line):
            document.add_paragraph(block.text, style=block.style)
        else:
            document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
            document.element.body.insert_element_before(parse_xml(_table(block)), "w:sectPr")
    about = document.core_properties
    about.title, about.comments = source.title, ""
    about.author = about.last_modified_by = str(source.meta["unit"])
    about.created = about.modified = FIXED_DATE
    buffer = io.BytesIO()
    document.save(buffer)
    return freeze(buffer.getvalue())


def _dress(styles: Any, name: str, font: str) -> None:
    face, size, alignment, indent = LOOKS[name]
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), font or (face if slot == "eastAsia" else "Times New Roman"))
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = alignment, Pt(size * indent)
    layout.space_before = layout.space_after = Pt(12 if name in ("Title", "Caption") else 0)
    layout.line_spacing = Pt(28) if size == 16 else 1.2
    if name == "Title" and (rule := style.element.pPr.find(qn("w:pBdr"))) is not None:
        style.element.pPr.remove(rule)


def _table(grid: Grid) -> str:
    ends, widths = grid.blocks(), _widths(grid)
    rows = ""
    for r, owners in enumerate(grid.owners()):
        rows += "<w:tr><w:trPr><w:cantSplit/>" + "<w:tblHeader/>" * (r == 0) + "</w:trPr>"
        for owner, run in groupby(range(len(owners)), key=owners.__getitem__):
            span, first = list(run), owner[0] == r
            merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>' * (ends[owner][0] > owner[0])
            text = escape(grid.rows[r][owner[1]]) if first else ""
            width = sum(widths[c] for c in span)
            rows += CELL.format(width=width, span=len(span), merge=merge, text=text)
        rows += "</w:tr>"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return TABLE.format(ns=nsdecls("w"), width=sum(widths), columns=columns, rows=rows)


def _widths(grid: Grid) -> list[int]:
    need = [4] * len(grid.rows[0])
    for (r, c), (_, right) in grid.blocks().items():
        if right == c:
            need[c] = max(need[c], min(len(grid.rows[r][c]), 14))
    return [TEXT_WIDTH * n // sum(need) for n in need]


def build_pdf(source: Source) -> bytes:
    """The Word file as LibreOffice prints it."""
    soffice = shutil.which("soffice")
    if not soffice:
        raise SourceError("本机没有 LibreOffice（soffice），这份 PDF 未生成；安装后重新运行即可")
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "report.docx"
        word.write_bytes(build_docx(source, PDF_FONT))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1709254800"}
        done = subprocess.run(command, capture_output=True, timeout=180, env=environment, check=False)
        if not word.with_suffix(".pdf").exists():
            raise SourceError(f"LibreOffice 转换失败：{done.stderr.decode(errors='replace')[:200]}")
        return word.with_suffix(".pdf").read_bytes()


def build_xlsx(source: Source) -> bytes:
    """The text one paragraph a row on sheet 1, then one sheet a table."""
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.created = str(source.meta["unit"]), FIXED_DATE
    sheet = book.worksheets[0]
    sheet.title, sheet.column_dimensions["A"].width = "正文", 100
    texts = [source.title, *(block.text for block in source.body if isinstance(block, Line))]
    for row, text in enumerate(texts, 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    for number, grid in enumerate((block for block in source.body if isinstance(block, Grid)), 1):
        words = re.sub(r"单位：.*$|^附?表\d*[：: ]*|[\[\]:*?/\\（）]", "", grid.caption).strip()
        _sheet(book.create_sheet(f"表{number} {words}"[:28].strip()), grid)
    buffer = io.BytesIO()
    book.save(buffer)
    return freeze(buffer.getvalue())


def _sheet(sheet: Any, grid: Grid) -> None:
    thin = Side(style="thin")
    sheet.cell(1, 1, grid.caption).font = Font(bold=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(grid.rows[0]))
    for (r, c), (bottom, right) in grid.blocks().items():
        cell = sheet.cell(r + 2, c + 1, grid.rows[r][c])
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if (r, c) != (bottom, right):
            sheet.merge_cells(start_row=r + 2, end_row=bottom + 2, start_column=c + 1, end_column=right + 1)


def build_txt(source: Source) -> bytes:
    """Plain text in the source's encoding; a table is tab-separated lines, merged-away cells are empty."""
    lines = [source.title]
    for block in source.body:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            rows = [["" if cell in (UP, LEFT) else cell for cell in row] for row in block.rows]
            lines += [block.caption, *("\t".join(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode(str(source.meta.get("encoding", "utf-8")))


def freeze(package: bytes) -> bytes:
    """The same Office package with fixed zip times and a fixed modification date."""
    stamp, buffer = FIXED_DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            new.writestr(zipfile.ZipInfo(name, FIXED_DATE.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


BUILDERS: dict[str, Callable[[Source], bytes]] = {
    ".docx": build_docx,
    ".pdf": build_pdf,
    ".xlsx": build_xlsx,
    ".txt": build_txt,
}


def build(path: Path) -> bool:
    """Build one source and say what happened; true if it went well."""
    try:
        source = read_source(path)
        output = CORPUS / str(source.meta["output"])
        if output.suffix not in BUILDERS:
            raise SourceError(f"不支持的格式：{output.suffix}")
        output.write_bytes(BUILDERS[output.suffix](source))
    except (SourceError, tomllib.TOMLDecodeError, UnicodeError, OSError, subprocess.TimeoutExpired) as error:
        print(f"未生成 {path.name}：{error}")
        return False
    print(f"已生成 {output.name}")
    return True


def build_sample() -> None:
    """Write the filled form of the report in progress, where the modules and its figures exist."""
    figures, form = SOURCES / "self_evaluation.json", SAMPLE / "self_evaluation.xlsx"
    try:
        from assistant.export.form import write_form
        from assistant.intake.contract import report_from_json
    except ModuleNotFoundError as error:
        print(f"跳过示例自评表：缺少模块 {error.name}")
        return
    if not figures.exists():
        print(f"跳过示例自评表：缺少 {figures.name}")
        return
    report, findings = report_from_json(figures.read_text(encoding="utf-8"))
    write_form(report, form)
    form.write_bytes(freeze(form.read_bytes()))
    print(f"已生成 {form.name}，数据提示{len(findings)}条")


def main() -> int:
    """Build every source, or the one --only names; non-zero if any failed."""
    parser = argparse.ArgumentParser(description="由 corpus/sources 生成往年报告样例")
    parser.add_argument("--only", metavar="NAME", default="*", help="只生成这一份来源（不带 .md）")
    only = parser.parse_args().only
    for folder in (SOURCES, SAMPLE):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".noindex").touch()
    done = [build(path) for path in sorted(SOURCES.glob(f"{only.removesuffix('.md')}.md"))]
    if only == "*":
        build_sample()
    print(f"共{len(done)}份，成功{sum(done)}份" if done else "没有找到来源文件")
    return 0 if done and all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
