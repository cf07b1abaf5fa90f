"""A ZIP of JSON lines (存档文件): the common form of backups and of reports that travel as one file.

What is read from one is data: names and sizes are checked, nothing is unpacked to the disk.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.errors import InputError

#: A file that would take more than this in memory is refused.
LARGEST = 512 * 1024 * 1024
_MANIFEST = "manifest.json"

Rows = Sequence[Mapping[str, Any]]


class DamagedArchive(InputError):
    """The file is not what it claims to be (存档文件读不出来)."""

    code = "damaged_archive"

    def __init__(self, why: str) -> None:
        super().__init__(f"存档文件读不出来：{why}", "请选用知绩导出的备份或报告文件")


def packed(manifest: Mapping[str, object], tables: Mapping[str, Rows]) -> bytes:
    """Return the tables as one file; the same content gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(_entry(_MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, rows in tables.items():
            lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
            file.writestr(_entry(f"{name}.jsonl"), "\n".join(lines))
    return stream.getvalue()


def unpacked(data: bytes, form: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return manifest and tables of a file of that form; raises DamagedArchive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            _check_size(file)
            manifest = json.loads(file.read(_MANIFEST))
            if not isinstance(manifest, dict) or manifest.get("form") != form:
                raise DamagedArchive("文件的种类不对")
            return manifest, dict(_tables(file))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError):
        raise DamagedArchive("不是完整的存档文件") from None
    except KeyError:
        raise DamagedArchive("缺少清单") from None
    except (ValueError, RuntimeError):
        raise DamagedArchive("内容已损坏") from None


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _check_size(file: zipfile.ZipFile) -> None:
    if sum(info.file_size for info in file.infolist()) > LARGEST:
        raise DamagedArchive("内容过大")


def _tables(file: zipfile.ZipFile) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name in file.namelist():
        if name.endswith(".jsonl"):
            lines = file.read(name).decode("utf-8").split("\n")
            yield name.removesuffix(".jsonl"), [json.loads(line) for line in lines if line]
