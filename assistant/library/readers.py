"""Read any file of the office as a `SourceText`: one door, one reader a format.

It decides by what the bytes are, not by the name alone, and says in the user's words why a file cannot be
read. It knows nothing about sections or search.
"""

from __future__ import annotations

import hashlib
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from assistant.domain.register import finding
from assistant.errors import DamagedFile, EmptyFile, FileMissing, UnsupportedFile
from assistant.library.instructions import instructions_in
from assistant.library.limits import check_archive, check_size
from assistant.library.pdf_reader import read_pdf
from assistant.library.reading import Reading
from assistant.library.sheet_reader import read_sheet
from assistant.library.source import Block, BlockKind, ReadState, SourceText, numbered, plain_text
from assistant.library.text_reader import read_html, read_markdown, read_text
from assistant.library.word_reader import read_word
from assistant.office import convert

__all__ = ["ACCEPTED", "READABLE", "plain_text", "read_source"]

_READERS: dict[str, Callable[[Path], Reading]] = {
    ".docx": read_word,
    ".docm": read_word,
    ".pdf": read_pdf,
    ".xlsx": read_sheet,
    ".xlsm": read_sheet,
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
#: Formats that LibreOffice turns into one that is read here.
_CONVERTED = {
    ".doc": "docx",
    ".wps": "docx",
    ".rtf": "docx",
    ".odt": "docx",
    ".xls": "xlsx",
    ".et": "xlsx",
    ".ods": "xlsx",
}

#: Every format read here, by the ending of the name.
READABLE = (*_READERS, *_CONVERTED)
ACCEPTED = "docx、pdf、xlsx、txt、md、html；doc、wps、rtf、xls、et 须装有 LibreOffice"

_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
#: The name of the stream that holds an encrypted package, as an OLE2 folder writes it, and how far to look.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY = 64 * 1024 * 1024
#: What the libraries that read office formats raise on files they were never meant for.
_TRIPPED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_ZIPPED = {".docx", ".docm", ".xlsx", ".xlsm"}


def read_source(path: Path) -> SourceText:
    """Return the file as numbered blocks of text.

    Raises FileMissing, UnsupportedFile, EmptyFile (nothing in it), DamagedFile (not what its name says),
    OfficeMissing (an old format on a machine without LibreOffice). A scanned PDF is no error: it comes
    back without blocks and with finding R02.
    """
    if not path.is_file():
        raise FileMissing(path)
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise UnsupportedFile(path, ACCEPTED)
    check_size(path)
    data = _bytes_of(path)
    if not data.strip():
        raise EmptyFile(path)
    if suffix in _ZIPPED:
        _check_office(path, data)
    elif data.startswith(b"PK"):
        check_archive(path)
    reading = _reading(path, suffix)
    if reading.state is not ReadState.SCANNED and not any(block.text.strip() for block in reading.blocks):
        raise EmptyFile(path)
    return _source(path, data, reading)


def word_content(path: Path) -> bytes | None:
    """Return the file as a .docx package where it is a Word document of any age; None for other formats.

    Raises DamagedFile, or OfficeMissing where an old format needs LibreOffice.
    """
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return _bytes_of(path)
    if suffix != ".docm" and _CONVERTED.get(suffix) != "docx":
        return None
    with tempfile.TemporaryDirectory(prefix="zhiji-read-") as folder:
        return convert(path, "docx", Path(folder)).read_bytes()


def _check_office(path: Path, data: bytes) -> None:
    """Say what a file is that calls itself .docx or .xlsx and is none, or is none to unpack."""
    if data.startswith(_OLE2):
        if _ENCRYPTED in data[:_DIRECTORY]:
            raise DamagedFile(path, "设有打开密码")
        raise DamagedFile(path, "它其实是旧版 Office（.doc/.xls）文件，只是改了扩展名")
    check_archive(path)


def _reading(path: Path, suffix: str) -> Reading:
    """Read by the format's reader; whatever its library trips over is said, never passed on."""
    try:
        return _READERS[suffix](path) if suffix in _READERS else _converted(path, _CONVERTED[suffix])
    except _TRIPPED as error:
        raise DamagedFile(path, f"内容不合 {suffix} 的格式（{type(error).__name__}）") from None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedFile(path, f"系统不允许读取（{error.strerror}）") from None


def _converted(path: Path, to: str) -> Reading:
    with tempfile.TemporaryDirectory(prefix="zhiji-read-") as folder:
        made = convert(path, to, Path(folder))
        return _READERS[f".{to}"](made)


def _source(path: Path, data: bytes, reading: Reading) -> SourceText:
    blocks = numbered(list(reading.blocks))
    notes = [
        Block(index=len(blocks) + number, text=text, kind=BlockKind.NOTE, note_of=place)
        for number, (place, text) in enumerate(reading.notes)
    ]
    remarks = [finding(rule, message, observed=path.name) for rule, message in reading.remarks]
    return SourceText(
        path=path,
        blocks=blocks,
        sha256=hashlib.sha256(data).hexdigest(),
        verdict=reading.state,
        findings=(*remarks, *instructions_in((*blocks, *notes))),
        wrapped=reading.wrapped,
        raw=reading.raw,
        notes=tuple(notes),
    )
