"""The sections of a report by their headings (一、基本情况 … 四、下一步改进措施); knows no figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.proof.layout import Line, is_heading, lines

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("problems", re.compile("问题|不足|偏差原因")),
    ("measures", re.compile("措施|建议|下一步|打算|整改")),
    ("conclusion", re.compile("结论|综合评价|自评情况|自评结果|总体情况")),
    ("overview", re.compile("基本情况|项目概况|概述|部门概况|项目由来|概况")),
    ("analysis", re.compile("分析|完成情况|绩效情况|成效")),
)
_LEAD = re.compile(r"[ \u3000]*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[0-9]{1,2}[.．、])[ \u3000]*")
#: A line of a page of contents: the heading, dots or a tab, the page.
_CONTENTS = re.compile(r"(?:[.．…·]{2,}|\t|[ \u3000]{2,})[ \u3000]*[0-9]{1,3}[ \u3000]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A level-1 section: its heading line and the lines below it."""

    kind: str
    number: str
    heading: Line
    body: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The words below the heading."""
        return "\n".join(line.text for line in self.body)

    @property
    def items(self) -> tuple[str, ...]:
        """The numbered items, each with the lines that belong to it; the paragraphs where none is numbered."""
        levels = [line.level for line in self.body if line.level]
        if not levels:
            return tuple(line.text for line in self.body if len(line.text.strip()) > 12)
        top, found = min(levels), list[list[str]]()
        for line in self.body:
            if line.level == top:
                found.append([line.text])
            elif found:
                found[-1].append(line.text)
        return tuple("\n".join(item) for item in found)


def parts(text: str) -> list[Part]:
    """Return the level-1 sections in order; the body of the last one ends where annexes begin."""
    found: list[tuple[Line, list[Line]]] = []
    for line in lines(text):
        if found and re.match(r"\s*附[件表]\s*[0-9一二三四：:]", line.text):
            break
        if line.level and _CONTENTS.search(line.text):
            continue
        if line.level == 1 and is_heading(line):
            found = [(heading, body) for heading, body in found if body or heading.text != line.text]
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    return [_part(heading, body) for heading, body in found]


def _part(heading: Line, body: Sequence[Line]) -> Part:
    words = _LEAD.sub("", heading.text)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    number = heading.text.strip()[: heading.text.strip().find("、")] if "、" in heading.text else ""
    return Part(kind, number, heading, tuple(body))


def is_whole_report(found: Sequence[Part]) -> bool:
    """Whether a text has the sections of a whole report: an opening and what follows it."""
    kinds = {part.kind for part in found}
    return len(found) >= 3 and bool(kinds & {"overview", "conclusion", "analysis"}) and "problems" in kinds
