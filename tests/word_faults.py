"""Plants faults in Word files, one run at a time, and reads the comments of a reviewed file back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from assistant.export.package_parts import read_parts, write_parts

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Plant(NamedTuple):
    """A fault: where it may stand (a pattern whose group 1 is replaced), what comes, in a table or in prose.

    `line` is a pattern of its whole paragraph or row, `after` one of a paragraph somewhere above it.
    """

    kind: str
    pattern: str
    change: Callable[[str], str]
    row: bool = False
    fault: Callable[[str], str] = lambda new: new
    line: str = ""
    after: str = ""


class Comment(NamedTuple):
    """A comment read back: the characters it is anchored to, where they stand, its initials and words."""

    anchor: str
    block: int
    initials: str
    text: str


def another_digit(number: str) -> str:
    """Change the last digit before the unit."""
    at = max(n for n, char in enumerate(number) if char.isdigit())
    return number[:at] + str((int(number[at]) + 3) % 10) + number[at + 1 :]


def another_thousand(number: str) -> str:
    """Change the first digit."""
    return str(int(number[0]) % 9 + 1) + number[1:]


def plant(content: bytes, plants: list[Plant]) -> tuple[bytes, dict[str, str]]:
    """Return the file with each fault at the first place it fits, one a paragraph, and the faulty characters."""
    parts = read_parts(content)
    root = etree.fromstring(parts["word/document.xml"])
    used: list[Any] = []
    planted: dict[str, str] = {}
    for fault in plants:
        for holder, text in _places(root, fault):
            match = re.search(fault.pattern, text.text or "")
            if match is None or any(holder is one for one in used) or text.text is None:
                continue
            used.append(holder)
            new = fault.change(match[1])
            text.text = text.text[: match.start(1)] + new + text.text[match.end(1) :]
            planted[fault.kind] = fault.fault(new)
            break
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_parts(parts), planted


def _places(root: Any, fault: Plant) -> Iterator[tuple[Any, Any]]:
    begun = not fault.after
    for text in root.iter(f"{MAIN}t"):
        row = next(text.iterancestors(f"{MAIN}tr"), None)
        paragraph = next(text.iterancestors(f"{MAIN}p"))
        holder = paragraph if row is None else row
        whole = "".join(t.text or "" for t in holder.iter(f"{MAIN}t"))
        if not begun:
            begun = row is None and re.search(fault.after, whole) is not None
        elif (row is not None) == fault.row and re.search(fault.line, whole):
            yield holder, text


def score_above_weight(content: bytes) -> tuple[bytes, str]:
    """Give an indicator row of the last table more points than its weight; return the faulty score."""
    parts = read_parts(content)
    root = etree.fromstring(parts["word/document.xml"])
    for line in root.iter(f"{MAIN}tr"):
        cells = ["".join(t.text or "" for t in cell.iter(f"{MAIN}t")) for cell in line.findall(f"{MAIN}tc")]
        if (
            len(cells) < 8
            or not re.fullmatch(r"\d{1,2}", cells[-3])
            or not re.fullmatch(r"\d+\.\d\d", cells[-2])
        ):
            continue
        if cells[0] in ("预算执行", "总分") or cells[2].startswith("预算执行"):
            continue
        score = next(line.findall(f"{MAIN}tc")[-2].iter(f"{MAIN}t"))
        score.text = f"{int(cells[-3]) + 3}.00"
        parts["word/document.xml"] = etree.tostring(root)
        return write_parts(parts), score.text
    raise AssertionError("没有指标行")


def comments_of(path: Path) -> list[Comment]:
    """Return the comments of a file with the characters between their marks."""
    parts = read_parts(path.read_bytes())
    if "word/comments.xml" not in parts:
        return []
    words = {c.get(f"{MAIN}id"): c for c in etree.fromstring(parts["word/comments.xml"])}
    root = etree.fromstring(parts["word/document.xml"])
    open_marks: dict[str, str] = {}
    places: dict[str, int] = {}
    done: dict[str, str] = {}
    block = 0
    for element in root.iter():
        if element.tag in (f"{MAIN}p", f"{MAIN}tr"):
            block += 1
        if element.tag == f"{MAIN}commentRangeStart":
            open_marks[element.get(f"{MAIN}id")], places[element.get(f"{MAIN}id")] = "", block
        elif element.tag == f"{MAIN}commentRangeEnd":
            done[element.get(f"{MAIN}id")] = open_marks.pop(element.get(f"{MAIN}id"))
        elif element.tag == f"{MAIN}t":
            open_marks = {key: text + (element.text or "") for key, text in open_marks.items()}
    assert not open_marks
    assert set(done) == set(words)
    return [
        Comment(done[key], places[key], words[key].get(f"{MAIN}initials"), "".join(words[key].itertext()))
        for key in done
    ]
