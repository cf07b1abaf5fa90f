"""What a file may cost before it is read: its size, and how far an archive unpacks.

An office report has some hundred kilobytes. A file far beyond that is refused with its size and the bound,
before anything of it is unpacked. It knows nothing about formats beyond their being archives.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from assistant.errors import DamagedFile, FileTooLarge

MEGABYTE = 1024 * 1024
#: Plain text of so many megabytes would be a thousand reports; scanned pages make a PDF large.
LARGEST = {".txt": 20, ".md": 20, ".html": 20, ".htm": 20, ".pdf": 300}
LARGEST_OTHER = 100
#: All parts of an archive that are text, unpacked; pictures are not unpacked and do not count.
LARGEST_UNPACKED = 64
MOST_PARTS = 20_000
#: Text packs to a tenth, rarely to a fiftieth; a bomb to a thousandth.
HIGHEST_RATIO = 200
_FROM_RATIO = 4 * MEGABYTE
_TEXT_PARTS = (".xml", ".rels", ".vml")


def check_size(path: Path) -> None:
    """Raise FileTooLarge for a file that is larger than any report of its format."""
    largest = LARGEST.get(path.suffix.lower(), LARGEST_OTHER)
    size = path.stat().st_size
    if size > largest * MEGABYTE:
        raise FileTooLarge(path, f"{size / MEGABYTE:.0f} MB", f"{largest} MB")


def check_archive(path: Path) -> None:
    """Raise FileTooLarge or DamagedFile for an archive that would not be unpacked safely.

    What is no archive at all is left to the reader of its format. A part that lies about its size is cut
    off at what it claims by the unpacker.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return
    if len(parts) > MOST_PARTS:
        raise FileTooLarge(path, f"{len(parts)} 个部件", f"{MOST_PARTS} 个")
    texts = [part for part in parts if part.filename.lower().endswith(_TEXT_PARTS)]
    unpacked = sum(part.file_size for part in texts)
    for part in texts:
        if part.file_size > _FROM_RATIO and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            raise DamagedFile(path, f"部件“{part.filename}”的压缩比异常，可能是压缩炸弹")
    if unpacked > LARGEST_UNPACKED * MEGABYTE:
        raise FileTooLarge(path, f"解压后 {unpacked / MEGABYTE:.0f} MB", f"{LARGEST_UNPACKED} MB")
    if any(part.flag_bits & 1 for part in parts):
        raise DamagedFile(path, "设有打开密码")
