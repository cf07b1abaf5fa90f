"""Makes broken forms from good ones (坏表生成): seeded, so that every case can be made again from its number."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from conftest import CORPUS, SAMPLE
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

ODD = (
    "#REF!", "#DIV/0!", "=1/0", "=SUM(A1:A99999)", "九十万", "1e999", "NaN", "-", "—", "≥", "100%%", "１２３",
    "0x1F", "\u200b", "=HYPERLINK(\"x\")", "一级指标", "总分", "年初预算数", "9" * 40, "½", "5万亿", "3.1.4", "()", "\n\n",
)  # fmt: skip


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """The good files: our form, reports in Word, Excel, PDF and text, and a plan as pasted text."""
    paths = [SAMPLE, *sorted(CORPUS.glob("云溪市政协办公室2023年*.docx")), *sorted(CORPUS.glob("*.xlsx"))]
    paths += [*sorted(CORPUS.glob("*.txt")), *sorted(CORPUS.glob("*.pdf"))[:1]]
    files = [(path.suffix, path.read_bytes()) for path in paths]
    return (*files, (".txt", PLAN.encode()), (".json", b'{"unit_name": "x", "projects": [{"name": "y"}]}'))


PLAN = (
    "项目支出绩效目标表\n部门名称：甲局\n项目名称（资金使用单位）\t总计\t财政拨款\t财政专户拨款\t其他资金\t绩效目标\t绩效指标\n"
    "合计\t10.00\t10.00\n甲局\t10.00\t10.00\n培训经费\t10.00\t10.00\t\t\t办好培训\t1、1-产出指标；11-数量指标；培训期数；"
    "实施周期指标值:2期；年度指标值:2期。2、3-满意度指标;31-服务对象满意度;满意度;实施周期指标值:95%;年度指标值:95%。\n"
)


def mutated(seed: int) -> tuple[str, bytes]:
    """Return the ending and the bytes of the broken form of that number."""
    chance = random.Random(seed)
    suffix, data = chance.choice(originals())
    ways: list[Callable[[bytes, random.Random], bytes]] = [flipped, truncated, spliced]
    if suffix == ".xlsx":
        ways += [cells_changed, cells_changed, cells_changed, member_damaged]
    elif suffix == ".docx":
        ways += [member_damaged, member_damaged, attributes_changed]
    elif suffix in (".txt", ".json"):
        ways += [text_changed, text_changed]
    return suffix, chance.choice(ways)(data, chance)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are other bytes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 5, 200))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def truncated(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def spliced(data: bytes, chance: random.Random) -> bytes:
    """A piece is there twice, or out of its place."""
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:second] + data[first:]


def text_changed(data: bytes, chance: random.Random) -> bytes:
    """Tabs, lines and words of a text are lost, doubled or exchanged."""
    parts = data.decode("utf-8", "replace").split("\t")
    for _ in range(chance.randrange(1, 6)):
        parts[chance.randrange(len(parts))] = chance.choice(ODD)
    joined = chance.choice(("\t", "\t\t", "\n", "|")).join(parts)
    return joined.encode(chance.choice(("utf-8", "gb18030", "utf-16")), "replace")


def cells_changed(data: bytes, chance: random.Random) -> bytes:
    """Cells are exchanged, filled with errors, merged, or rows and columns taken out and put in."""
    book = load_workbook(io.BytesIO(data))
    sheet = chance.choice(book.worksheets)
    for _ in range(chance.randrange(1, 8)):
        chance.choice((_swap, _fill, _fill, _merge, _delete, _insert))(sheet, chance)
    if chance.random() < 0.2:
        book.copy_worksheet(sheet)
    return _bytes_of(book)


def _swap(sheet: Worksheet, chance: random.Random) -> None:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    if len(cells) > 1:
        first, second = chance.sample(cells, 2)
        _put(sheet, first.row, first.column, second.value)


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    if not type(cell).__name__.startswith("Merged"):
        cell.value = value  # type: ignore[assignment]


def _fill(sheet: Worksheet, chance: random.Random) -> None:
    _put(sheet, chance.randrange(1, sheet.max_row + 2), chance.randrange(1, 10), chance.choice(ODD))


def _merge(sheet: Worksheet, chance: random.Random) -> None:
    row, column = chance.randrange(1, sheet.max_row + 1), chance.randrange(1, 9)
    try:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + chance.choice((0, 3, 5000)), end_column=column + chance.choice((0, 2, 9)))  # fmt: skip
    except (ValueError, AttributeError):
        return


def _delete(sheet: Worksheet, chance: random.Random) -> None:
    chance.choice((sheet.delete_rows, sheet.delete_cols))(chance.randrange(1, 12))


def _insert(sheet: Worksheet, chance: random.Random) -> None:
    chance.choice((sheet.insert_rows, sheet.insert_cols))(chance.randrange(1, 12))


def _bytes_of(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def member_damaged(data: bytes, chance: random.Random) -> bytes:
    """One part inside the package is cut, flipped, emptied or gone."""
    return _repacked(data, chance, chance.choice((truncated, flipped, spliced, lambda *_: b"", None)))


def attributes_changed(data: bytes, chance: random.Random) -> bytes:
    """Spans and counts in the XML are negative, no numbers, or huge."""

    def change(part: bytes, chance: random.Random) -> bytes:
        value = chance.choice((b"-3", b"0", b"x", b"99999999", b"1e9", b""))
        for name in (b"w:gridSpan", b"w:vMerge"):
            part = part.replace(name + b' w:val="2"', name + b' w:val="' + value + b'"')
            part = part.replace(
                b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="' + value + b'"/>', chance.randrange(3)
            )
        return part

    return _repacked(data, chance, change, only="word/document.xml")


def _repacked(
    data: bytes, chance: random.Random, change: Callable[[bytes, random.Random], bytes] | None, only: str = ""
) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        chosen = only or chance.choice(names)
        for name in names:
            part = source.read(name)
            if name != chosen:
                target.writestr(name, part)
            elif change is not None:
                target.writestr(name, change(part or b" ", chance))
    return made.getvalue()


def bomb() -> bytes:
    """A workbook whose first sheet unpacks to a gigabyte of blanks."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE.read_bytes())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:  # fmt: skip
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, source.read(name))
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(128):
                part.write(b" " * 8_388_608)
    return made.getvalue()


def with_sheet(xml: str) -> bytes:
    """The sample with other XML as its first form."""
    return _repacked(
        SAMPLE.read_bytes(), random.Random(0), lambda *_: xml.encode(), only="xl/worksheets/sheet2.xml"
    )


def many_rows(rows: int) -> str:
    """The XML of a sheet with so many filled rows."""
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, rows + 1))
    return f"{_SHEET}<sheetData>{body}</sheetData></worksheet>"


def far_cell() -> str:
    """The XML of a sheet with one cell in its last corner and a merge over the whole of it."""
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048575"/></mergeCells>'
    return f"{_SHEET}<sheetData>{cell}</sheetData>{merged}</worksheet>"


def entities() -> str:
    """The XML of a sheet that would grow by entities without end (billion laughs)."""
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{inner}]>'
    cell = '<row r="1"><c r="A1" t="str"><v>&e9;</v></c></row>'
    return f"{head}{_SHEET}<sheetData>{cell}</sheetData></worksheet>"


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def written(folder: Path, name: str, data: bytes) -> Path:
    """A file with those bytes."""
    path = folder / name
    path.write_bytes(data)
    return path
