"""A Word package (zip) as its parts in order, and back to the same bytes each time; knows nothing of what is in them."""

from __future__ import annotations

import io
import zipfile
import zlib

from assistant.errors import DamagedFile

_STAMP = (2020, 1, 1, 0, 0, 0)
#: A package larger than this when unpacked is no office report.
LARGEST = 512 * 1024 * 1024


def read_parts(content: bytes, name: str = "Word 文件") -> dict[str, bytes]:
    """Return the parts by name in the order of the package; DamagedFile where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise DamagedFile(name, "解压后过大，不是正常的办公文件")
            return {entry: package.read(entry) for entry in package.namelist() if not entry.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise DamagedFile(name, "文件内容已损坏，不是完好的 Word 文档") from None


def write_parts(parts: dict[str, bytes]) -> bytes:
    """Return the package with one fixed time stamp on every part."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, data)
    return result.getvalue()
