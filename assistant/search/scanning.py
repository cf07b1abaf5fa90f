"""Which files of the given paths belong into the library, and which are passed over and why.

Folders that hold a file `.noindex` are passed over. It opens no file and knows nothing about formats
beyond the endings of names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.domain.base import Frozen
from assistant.errors import FileMissing
from assistant.library.readers import READABLE

NO_INDEX = ".noindex"


class Found(Frozen):
    """A file to read: the folder that was indexed, and its path relative to it. `why` says it is passed over."""

    root: Path
    source: str
    why: str = ""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.root / self.source


def files_of(paths: Sequence[Path]) -> tuple[Found, ...]:
    """Return the files of folders (in order of name) and single files; FileMissing for a path that is not there."""
    found: dict[Path, Found] = {}
    for path in paths:
        if not path.exists():
            raise FileMissing(path)
        place = path.resolve()
        inside = _inside(place) if place.is_dir() else [Found(root=place.parent, source=place.name)]
        for item in inside:
            found.setdefault(item.path, item)
    return tuple(found.values())


def _inside(root: Path) -> Iterator[Found]:
    for folder, names, files in os.walk(root):
        names.sort()
        here = Path(folder)
        if NO_INDEX in files:
            names.clear()
            yield Found(root=root, source=_relative(here, root), why=f"文件夹内有 {NO_INDEX}，整个文件夹不读")
            continue
        names[:] = [name for name in names if not name.startswith(".")]
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield Found(root=root, source=_relative(here / name, root), why=_passed_over(name))


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _passed_over(name: str) -> str:
    """Return why a file of a folder is not read, "" where it is."""
    if Path(name).suffix.lower() not in READABLE:
        return "不是可读的格式"
    return "是文件夹的说明，不是报告" if Path(name).stem.lower() == "readme" else ""
