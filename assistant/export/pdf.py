"""The exported report as PDF beside it, through LibreOffice; refused in words where it could not come out right.

Knows nothing of what the report says: it converts the file that was written and proven.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from assistant.errors import FontsMissing, OfficeMissing, UnsupportedFile
from assistant.export.layout import Layout
from assistant.export.package import open_package
from assistant.office import chinese_fonts, convert, find_soffice, substitute


class Pdf(NamedTuple):
    """A PDF that was written, and the fonts of the layout that this machine sets with others."""

    path: Path
    substituted: tuple[str, ...]


def require_pdf(path: Path) -> None:
    """Refuse before any work what cannot become a PDF: no Word output, no LibreOffice, no Chinese font."""
    if path.suffix.lower() not in (".docx", ".zip"):
        raise UnsupportedFile(
            path, ".docx、.zip", "PDF 由 Word 文件转换而来，请把输出文件名改为 .docx 或 .zip 结尾"
        )
    if find_soffice() is None:
        raise OfficeMissing("导出 PDF ")
    if chinese_fonts() == 0:
        raise FontsMissing("导出 PDF ")


def write_pdf(path: Path, layout: Layout) -> Pdf:
    """Write the PDF of an exported .docx, or of the report in a .zip, beside it.

    Raises OfficeMissing or FontsMissing where this machine cannot, DamagedFile where LibreOffice does not end.
    """
    require_pdf(path)
    with tempfile.TemporaryDirectory(prefix="zhiji-pdf-") as scratch:
        source = path
        if path.suffix.lower() == ".zip":
            source = Path(scratch) / f"{path.stem}.docx"
            source.write_bytes(open_package(path.read_bytes(), path.name).word)
        made = convert(source, "pdf", path.parent)
    fonts = layout.fonts
    wanted = dict.fromkeys((fonts.title, fonts.heading1, fonts.heading2, fonts.body, fonts.table))
    return Pdf(made, tuple(name for name in wanted if substitute(name)))
