"""Files as they come in and should not: cut off, renamed, encrypted, bombs, wrong encodings, huge tables.

`hostile_file(folder, seed)` writes one; the same seed writes the same kind with the same contents.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from openpyxl import Workbook

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SENTENCE = "预算执行率偏低，采购启动较晚，支出进度没有达到序时要求。"
WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
Chance = random.Random
Made = tuple[str, bytes]


def a_word_file(paragraphs: int = 20, rows: int = 3) -> bytes:
    document = Document()
    for number in range(paragraphs):
        document.add_paragraph(f"（{number}）{SENTENCE}")
    table = document.add_table(rows=rows, cols=3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "预算数"
    return _saved(document)


def a_workbook(rows: int = 20) -> bytes:
    book = Workbook()
    for number in range(rows):
        book.active.append([f"指标{number}", "数量指标", number, SENTENCE])  # type: ignore[union-attr]
    return _saved(book)


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def a_pdf(pages: int = 2) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def whole(chance: Chance) -> Made:
    return chance.choice([(".docx", a_word_file()), (".xlsx", a_workbook()), (".txt", SENTENCE.encode() * 50), (".pdf", a_pdf())])  # fmt: skip


def cut_off(chance: Chance) -> Made:
    suffix, data = whole(chance)
    return suffix, data[: chance.randrange(len(data))]


def bytes_changed(chance: Chance) -> Made:
    suffix, data = whole(chance)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return suffix, bytes(changed)


def renamed(chance: Chance) -> Made:
    return chance.choice([".docx", ".xlsx", ".pdf", ".txt", ".html", ".md"]), whole(chance)[1]


def noise(chance: Chance) -> Made:
    suffix = chance.choice([".docx", ".xlsx", ".pdf", ".txt", ".html", ".md", ".docm", ".xlsm"])
    return suffix, chance.randbytes(chance.randint(0, 5000))


def encrypted(chance: Chance) -> Made:
    name = "EncryptedPackage".encode("utf-16-le")
    body = OLE2 + chance.randbytes(2000) + (name if chance.random() < 0.7 else b"") + chance.randbytes(3000)
    return chance.choice([".docx", ".xlsx", ".docm", ".xlsm"]), body


def bomb(chance: Chance) -> Made:
    """A part that unpacks to 40 to 120 MB from a few hundred kilobytes."""
    filling = b"<w:p><w:r><w:t>" + b"0" * chance.randint(40, 120) * 1_000_000 + b"</w:t></w:r></w:p>"
    if chance.random() < 0.5:
        return ".docx", archive(word__document_xml=WORD.encode() + filling + b"</w:body></w:document>")
    return ".xlsx", archive(xl__workbook_xml=b"<a/>", xl__sharedStrings_xml=filling)


def entities(chance: Chance) -> Made:
    """Entities that unfold to a billion characters."""
    lines = ['<!ENTITY a0 "哈哈哈哈">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    text = WORD.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE w [{"".join(lines)}]>')
    return ".docx", archive(word__document_xml=f"{text}<w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>".encode())  # fmt: skip


def deep(chance: Chance) -> Made:
    depth = chance.randint(200, 20_000)
    if chance.random() < 0.5:
        return ".html", (f"{'<div>' * depth}{SENTENCE}{'</div>' * depth}").encode()
    return ".docx", archive(word__document_xml=f"{WORD}{'<w:sdt><w:sdtContent>' * depth}{'</w:sdtContent></w:sdt>' * depth}</w:body></w:document>".encode())  # fmt: skip


def wrongly_encoded(chance: Chance) -> Made:
    encoding = chance.choice(
        ["gb18030", "big5", "utf-16-le", "utf-16", "utf-32", "shift_jis", "utf-7", "utf-8-sig"]
    )
    text = (SENTENCE + "\n") * 30
    data = text.encode(encoding, errors="replace")
    return chance.choice([".txt", ".md", ".html"]), data[chance.randrange(3) :]


def with_macros(chance: Chance) -> Made:
    suffix, source = chance.choice([(".docm", a_word_file()), (".xlsm", a_workbook())])
    target = io.BytesIO(source)
    with zipfile.ZipFile(target, "a") as made:
        made.writestr("word/vbaProject.bin", OLE2 + chance.randbytes(500))
    return suffix, target.getvalue()


def long_table(chance: Chance) -> Made:
    """Ten thousand rows; as text, for a Word table of that size takes long to write."""
    if chance.random() < 0.3:
        return ".xlsx", a_workbook(10_000)
    row = "<w:tr><w:tc><w:p><w:r><w:t>预算执行率偏低的项目</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    body = f"{WORD}<w:tbl>{row * 10_000}</w:tbl></w:body></w:document>"
    return ".docx", archive(word__document_xml=body.encode())


def stray_cell(chance: Chance) -> Made:
    book = Workbook()
    book.active["A1"] = SENTENCE  # type: ignore[index]
    book.active["XFD1048576"] = "落在最后一格"  # type: ignore[index]
    return ".xlsx", _saved(book)


def one_line(chance: Chance) -> Made:
    """A text without any line end."""
    return ".txt", (SENTENCE * chance.randint(1000, 20_000)).encode()


def nothing(chance: Chance) -> Made:
    return chance.choice([".docx", ".txt", ".xlsx", ".pdf", ".html"]), chance.choice(
        [b"", b" \n", b"\xef\xbb\xbf"]
    )


COMMON: tuple[Callable[[Chance], Made], ...] = (
    cut_off,
    bytes_changed,
    renamed,
    noise,
    encrypted,
    wrongly_encoded,
    with_macros,
    nothing,
    deep,
    entities,
)
#: These take a second each.
HEAVY = (bomb, long_table, stray_cell, one_line)


def hostile_file(folder: Path, seed: int) -> Path:
    """Write the file of that seed and return where; every tenth is of a heavy kind."""
    chance = random.Random(seed)
    kind = HEAVY[seed // 10 % len(HEAVY)] if seed % 10 == 9 else COMMON[seed % len(COMMON)]
    suffix, data = kind(chance)
    name = chance.choice(["报告", "a b", "=cmd", "很长的名字" * 15, "..隐藏", "100%", "引号“”"])
    path = folder / f"{seed:05}-{kind.__name__}-{name}{suffix}"
    path.write_bytes(data)
    return path
