"""Guards the door to office packages (文件包检查): no bombs, no sheets without end, and what parsers may throw.

It counts while it unpacks, so that a lying header does not matter. Knows nothing of tables.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException, ReadOnlyWorkbookException

from assistant.errors import DamagedFile

#: What openpyxl, python-docx and lxml throw on a file that is not what it says it is.
FAULTS = (
    InvalidFileException,
    ReadOnlyWorkbookException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LxmlError,
    SyntaxError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    EOFError,
    OSError,
    AssertionError,
)
#: XML beyond this is no form (bytes unpacked); cells of a sheet beyond this neither.
_LARGEST_XML, _MOST_CELLS = 80_000_000, 300_000
_PIECE = 1 << 20
_XML = (".xml", ".rels")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,40}?ref="([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})"')
_LONGEST_MERGE = 80


def check_package(path: Path) -> None:
    """Refuse what is no package, unpacks beyond reason, or holds more cells than a form can (DamagedFile)."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [_weigh(archive, name, path) for name in archive.namelist() if name.endswith(_XML)]
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError):
        raise DamagedFile(path, "文件内容与扩展名不符，或已损坏") from None
    except RuntimeError:
        raise DamagedFile(path, "设有打开密码") from None
    if sum(sizes) > _LARGEST_XML:
        raise DamagedFile(path, "解压后过大")


def _weigh(archive: zipfile.ZipFile, name: str, path: Path) -> int:
    """Return the unpacked size of one part, stopping where it is too large."""
    size = cells = covered = 0
    tail = b""
    sheet = name.startswith("xl/worksheets/")
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            cells += (piece.count(b"<v>") + piece.count(b"<v ") + piece.count(b"<is>")) if sheet else 0
            covered += _merged(tail + piece) - _merged(tail) if sheet else 0
            tail = piece[-_LONGEST_MERGE:]
            if size > _LARGEST_XML:
                raise DamagedFile(path, "解压后过大")
            if covered > _MOST_CELLS:
                raise DamagedFile(path, "有一个工作表合并了成片的空单元格，不像填报表")
            if cells > _MOST_CELLS:
                raise DamagedFile(path, f"有一个工作表的单元格超过{_MOST_CELLS}个，不像填报表")
    return size


def _merged(xml: bytes) -> int:
    """Return how many cells the merges written in a piece of XML cover."""
    covered = 0
    for found in _MERGE.finditer(xml):
        left, top, right, bottom = range_boundaries(found[1].decode())
        covered += (int(right or 0) - int(left or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)
    return covered
