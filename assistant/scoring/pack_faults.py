"""Says what is wrong with a pack file in one Chinese sentence that names the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import RulesError

_TABLE = re.compile(r"^\s*(?P<array>\[)?\[\s*(?P<path>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"^\s*(?P<key>\"[^\"]+\"|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_REMEDY = "请参照自带的 mof-2020.toml 改正"

_BOUNDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "date_type": "应为日期，如 2020-02-25",
    "contradiction": "{bound}",
}


def unreadable(path: Path, error: Exception) -> RulesError:
    """Return the error of a file that is no TOML."""
    if isinstance(error, tomllib.TOMLDecodeError):
        match = _AT_LINE.search(str(error))
        line = match[1] if match and match[1] else "末"
        return RulesError(f"评分规则文件“{path.name}”第{line}行不合 TOML 格式", "请核对引号、等号和方括号")
    return RulesError(f"评分规则文件“{path.name}”读不出来", "请确认它是 UTF-8 编码的 TOML 文件")


def refused(path: Path, text: str, error: ValidationError) -> RulesError:
    """Return the error of a pack that breaks the contract: file, line, key, bound, and what came."""
    first = error.errors()[0]
    context: dict[str, Any] = first.get("ctx", {})
    place = [str(part) for part in first["loc"]]
    place += [context["place"]] if "place" in context else []
    bound = _BOUNDS.get(first["type"], first["msg"]).format(**context)
    came = "" if first["type"] == "missing" else f"，现为“{context.get('came', first['input'])}”"
    return fault(path, text, place, f"{bound}{came}")


def fault(path: Path, text: str, place: list[str], what: str) -> RulesError:
    """Return the error of one place of a pack file."""
    return RulesError(
        f"评分规则文件“{path.name}”第{line_of(text, place)}行的 {'.'.join(place)}：{what}", _REMEDY
    )


def line_of(text: str, place: list[str]) -> int:
    """Return the line of a key, or of the nearest table above it (from 1)."""
    lines = _lines(text)
    for length in range(len(place), 0, -1):
        if (found := lines.get(".".join(place[:length]))) is not None:
            return found
    return 1


def _lines(text: str) -> dict[str, int]:
    """Return the line of every table and key by its dotted path; tables of an array are numbered from 0."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = _bare(header["path"])
            if header["array"]:
                position = counts.get(table, 0)
                counts[table] = position + 1
                table = f"{table}.{position}"
            parts = table.split(".")
            for length in range(len(parts), 0, -1):
                found.setdefault(".".join(parts[:length]), number)
        elif key := _KEY.match(line):
            found.setdefault(".".join(filter(None, (table, _bare(key["key"])))), number)
    return found


def _bare(path: str) -> str:
    """Return a dotted path without quotes and spaces."""
    return re.sub(r"[\s\"]", "", path)
