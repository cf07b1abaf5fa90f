"""Build the sample corpus: every corpus/sources/*.md becomes corpus/<output> as .docx, .pdf, .xlsx or .txt.

A source is TOML between two `+++` lines, then `# title`, then one paragraph a line. Tables are pipe tables whose
cells `^` and `<` merge upwards and to the left; the line above a table is its caption. Usage: [--only NAME].
"""

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from openpyxl.styles import Alignment

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SOURCES, SAMPLE = CORPUS / "sources", CORPUS / "sample"
FIXED_DATE, STAMP = (2024, 3, 1, 9, 0, 0), b"20240301090000"
TEXT_WIDTH = 8844  # twips: 156 mm of A4, by GB/T 9704
UP, LEFT = "^", "<"
Cell = tuple[int, int]
HEADING = re.compile(r"([一二三四五六七八九十]+、)|(（[一二三四五六七八九十]+）)|(\d{1,2}[.．](?!\d))")
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
class Block:
    """A paragraph and the Word style it is set in; with rows it is a table and `text` its caption."""

    style: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()

    def owners(self) -> dict[Cell, Cell]:
        """For each cell, the cell whose text it shows (itself unless it is merged away)."""
        owners: dict[Cell, Cell] = {}
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                near = {UP: (r - 1, c), LEFT: (r, c - 1)}.get(text, (r, c))
                if min(near) < 0:
                    raise SourceError(f"表格“{self.text}”第{r + 1}行第{c + 1}列没有可合并的单元格")
                owners[r, c] = owners.get(near, near)
        return owners

    def areas(self) -> dict[Cell, Cell]:
        """Top-left cell of every merged area or single cell -> its bottom-right cell; refuses non-rectangles."""
        owners = self.owners()
        ends, members = {owner: cell for cell, owner in owners.items()}, list(owners.values())
        for (r, c), (bottom, right) in ends.items():
            if members.count((r, c)) != (bottom - r + 1) * (right - c + 1):
                raise SourceError(f"表格“{self.text}”第{r + 1}行第{c + 1}列的合并区域不是矩形")
        return ends


@dataclass(frozen=True)
class Source:
    """One past report: front matter and blocks, the title first."""

    meta: dict[str, Any]
    blocks: list[Block]


def read_source(path: Path) -> Source:
    """Parse one source file."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise SourceError("文件开头应为两行 +++ 之间的元数据")
    meta = tomllib.loads(parts[1])
    if missing := {"output", "unit", "year", "kind", "region", "planted"} - meta.keys():
        raise SourceError(f"元数据缺少：{'、'.join(sorted(missing))}")
    lines = [line.strip() for line in parts[2].splitlines() if line.strip()]
    if len(lines) < 2 or lines[0].startswith("|"):
        raise SourceError("元数据之后应为标题一行和正文")
    return Source(meta, [Block("Title", lines[0].removeprefix("# ")), *_blocks(lines[1:])])


def _blocks(lines: list[str]) -> Iterator[Block]:
    for n, line in enumerate(lines):
        before, after = "".join(lines[:n][-1:]), "".join(lines[n + 1 : n + 2])
        if not line.startswith("|") and not after.startswith("|"):
            yield Block(_style(line, after), line)
        elif line.startswith("|") and not before.startswith("|"):
            yield _table(before, list(takewhile(lambda row: row.startswith("|"), lines[n:])))


def _table(caption: str, lines: list[str]) -> Block:
    rows = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
    if ragged := [row[0] for row in rows if len(row) != len(rows[0])]:
        raise SourceError(f"表格“{caption}”首格为“{ragged[0]}”的一行，列数与表头不一致")
    Block("Caption", caption, rows).areas()
    return Block("Caption", caption, rows)


def _style(line: str, after: str) -> str:
    if DATE_LINE.fullmatch(line) or (DATE_LINE.fullmatch(after) and len(line) <= 30):
        return "Signature"
    found = HEADING.match(line) if len(line) <= 45 and line[-1] not in "。；：，！" else None
    return f"Heading {found.lastindex}" if found else "Normal"


def build_docx(source: Source, font: str = "") -> bytes:
    """The report as a Word file; `font` replaces every official font name (for the PDF route)."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height, page.top_margin = Mm(210), Mm(297), Mm(37)
    page.bottom_margin, page.left_margin, page.right_margin = Mm(35), Mm(28), Mm(26)
    for name in LOOKS:
        _dress(document.styles, name, font)
    for block in source.blocks:
        document.add_paragraph(block.text, style=block.style)
        if block.rows:
            document.element.body.insert_element_before(parse_xml(_table_xml(block)), "w:sectPr")
    about = document.core_properties
    about.title, about.author, about.comments = source.blocks[0].text, str(source.meta["unit"]), ""
    return freeze(document.save)


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
    layout.keep_with_next = name == "Caption" or name.startswith("Heading")
    if name == "Title" and (rule := style.element.pPr.find(qn("w:pBdr"))) is not None:
        style.element.pPr.remove(rule)


def _table_xml(table: Block) -> str:
    ends, owners, need = table.areas(), table.owners(), [6] * len(table.rows[0])
    for (r, c), (_, right) in ends.items():
        need[c] = max(need[c], min(len(table.rows[r][c]), 14) * (right == c))
    widths = [TEXT_WIDTH * n // sum(need) for n in need]
    rows, columns = "", "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    for r in range(len(table.rows)):
        rows += "<w:tr><w:trPr><w:cantSplit/>" + "<w:tblHeader/>" * (r == 0) + "</w:trPr>"
        for owner, run in groupby([cell for cell in owners if cell[0] == r], owners.__getitem__):
            span, first = [c for _, c in run], owner[0] == r
            merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>' * (ends[owner][0] > owner[0])
            text = escape(table.rows[r][owner[1]]) if first else ""
            rows += CELL.format(width=sum(widths[c] for c in span), span=len(span), merge=merge, text=text)
        rows += "</w:tr>"
    return TABLE.format(ns=nsdecls("w"), width=sum(widths), columns=columns, rows=rows)


def build_pdf(source: Source) -> bytes:
    """The Word file as LibreOffice prints it."""
    soffice = shutil.which("soffice")
    if not soffice:
        raise SourceError("本机没有 LibreOffice（soffice），这份 PDF 未生成；安装后重新运行即可")
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "report.docx"
        word.write_bytes(build_docx(source, "Noto Serif CJK SC"))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
        done = subprocess.run(command, capture_output=True, timeout=180, check=False)
        if not word.with_suffix(".pdf").exists():
            raise SourceError(f"LibreOffice 转换失败：{done.stderr.decode(errors='replace')[:200]}")
        dated = re.sub(rb"(?<=/CreationDate\(D:)\d{14}", STAMP, word.with_suffix(".pdf").read_bytes())
        return re.sub(
            rb"(?<=[</])[0-9A-F]{32}(?=[>\s])", b"0" * 32, dated
        )  # the document's random identifiers


def build_xlsx(source: Source) -> bytes:
    """The text one paragraph a row on sheet 1, then one sheet a table."""
    book = openpyxl.Workbook()
    book.properties.creator = str(source.meta["unit"])
    sheet = book.worksheets[0]
    sheet.title, sheet.column_dimensions["A"].width = "正文", 100
    for row, text in enumerate((block.text for block in source.blocks if not block.rows), 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    for number, table in enumerate((block for block in source.blocks if block.rows), 1):
        words = re.sub(r"单位：.*$|^附?表\d*[：: ]*|[\[\]:*?/\\（）]", "", table.text).strip()
        tab = book.create_sheet(f"表{number} {words}"[:28].strip())
        tab.append([table.text])
        for (r, c), (bottom, right) in table.areas().items():
            tab.cell(r + 2, c + 1, table.rows[r][c]).alignment = Alignment(wrap_text=True, vertical="center")
            if (r, c) != (bottom, right):
                tab.merge_cells(None, r + 2, c + 1, bottom + 2, right + 1)
    return freeze(book.save)


def build_txt(source: Source) -> bytes:
    """Plain text in the source's encoding; a table is tab-separated lines, merged-away cells are empty."""
    lines = []
    for block in source.blocks:
        rows = [["" if cell in (UP, LEFT) else cell for cell in row] for row in block.rows]
        lines += [block.text, *("\t".join(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode(str(source.meta.get("encoding", "utf-8")))


def freeze(save: Callable[[io.BytesIO], object]) -> bytes:
    """The Office package `save` writes, with fixed zip times and a fixed modification date."""
    stamp, package, buffer = b"2024-03-01T09:00:00Z", io.BytesIO(), io.BytesIO()
    save(package)
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, old.read(name))
            new.writestr(zipfile.ZipInfo(name, FIXED_DATE), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


BUILDERS = {".docx": build_docx, ".pdf": build_pdf, ".xlsx": build_xlsx, ".txt": build_txt}


def build(path: Path) -> bool:
    """Build one source and say what happened; true if it went well."""
    try:
        source = read_source(path)
        output = CORPUS / Path(source.meta["output"]).name
        if output.suffix not in BUILDERS:
            raise SourceError(f"不支持的格式：{output.suffix}")
        output.write_bytes(BUILDERS[output.suffix](source))
    except (ValueError, OSError, subprocess.SubprocessError) as error:
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

        report, findings = report_from_json(figures.read_text(encoding="utf-8"))
    except (ModuleNotFoundError, FileNotFoundError) as error:
        print(f"跳过示例自评表：缺少 {getattr(error, 'name', figures.name)}")
        return
    write_form(report, form)
    form.write_bytes(freeze(lambda package: package.write(form.read_bytes())))
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
