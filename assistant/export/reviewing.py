"""A reviewed file (审阅稿): which findings become comments, which stand in the summary and the list beside it.

A comment is made of errors and warnings with an exact span of at most 40 characters, one a place; whole
document remarks, infos and what Word admits no comment at stand in the summary. Knows nothing of rules.
"""

from __future__ import annotations

import io
import json
import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

import docx
from docx.shared import Pt

from assistant.domain.finding import Finding, Severity
from assistant.export import styles
from assistant.export.comments import Note, commented
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.tables import LEFT, Cell, table_element

LONGEST = 40
#: A number and what is computed from it stand no farther apart than this.
_NEAR = 120
_FIGURE = re.compile("[0-9]+(?:[.,][0-9]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Reviewed(NamedTuple):
    """The commented Word file, the summary in Markdown, the list as JSON, and how many comments there are."""

    word: bytes
    summary: str
    findings: str
    comments: int


def reviewed(
    content: bytes, name: str, findings: Sequence[Finding], report_findings: Sequence[Finding] = ()
) -> Reviewed:
    """Return the review of a Word file; DamagedFile where it cannot be read."""
    groups = grouped(without_consequences([finding for finding in findings if _is_exact(finding)]))
    notes = {_note(group): group for group in groups}
    word, left = commented(content, list(notes), name)
    placed = {id(finding) for note, group in notes.items() if note not in left for finding in group}
    rest = [finding for finding in findings if id(finding) not in placed]
    rows = [
        {**finding.model_dump(mode="json"), "commented": id(finding) in placed}
        for finding in [*findings, *report_findings]
    ]
    summary = _summary(name, findings, rest, report_findings, len(notes) - len(left))
    listed = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    return Reviewed(word, summary, listed, len(notes) - len(left))


def grouped(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """Return the findings by place: those that overlap stand together, the one with the narrowest span first."""
    groups: list[list[Finding]] = []
    taken: list[
        tuple[int, int, int]
    ] = []  # spans of the first of each group, which never overlap, and its number
    for finding in sorted(findings, key=_narrowest):
        start, end = _span(finding)
        at = bisect_left(taken, (end,)) - 1
        if at >= 0 and taken[at][1] > start:
            groups[taken[at][2]].append(finding)
        else:
            insort(taken, (start, end, len(groups)))
            groups.append([finding])
    return [tuple(group) for group in sorted(groups, key=lambda own: own[0].start or 0)]


def without_consequences(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings but for those computed from a number near by that is itself found wrong.

    A wrong total makes a wrong rate of the row: one fault, one comment.
    """
    wrong = [(one, _FIGURE.findall(one.text)) for one in findings if one.expected and one.start is not None]
    single = sorted((one.start or 0, figures[0], one.message) for one, figures in wrong if len(figures) == 1)
    starts = [start for start, _, _ in single]

    def follows(finding: Finding) -> bool:
        at, said = finding.start or 0, set(_FIGURE.findall(finding.message))
        own = set(_FIGURE.findall(finding.text))
        near = single[bisect_left(starts, at - _NEAR) : bisect_left(starts, at + _NEAR)]
        return any(
            start != at and figure in said and own.isdisjoint(_FIGURE.findall(message))
            for start, figure, message in near
        )

    return [finding for finding in findings if not follows(finding)]


def as_word(blocks: Sequence[tuple[str, ...]]) -> bytes:
    """Return a Word file of plain paragraphs (one text) and table rows (several) for a file that is no Word file."""
    word = docx.Document()
    styles.apply_styles(word)
    styles.set_page(word.sections[0])
    body, table = word.element.body, list[tuple[str, ...]]()
    for block in [*blocks, ()]:
        if len(block) > 1:
            table.append(block)
            continue
        if table:
            body.insert(len(body) - 1, _table(table))
            table = []
        if block:
            word.add_paragraph(_CONTROL.sub("", block[0]), style=styles.BODY)
    for paragraph in word.paragraphs:
        paragraph.paragraph_format.line_spacing = Pt(28)
    buffer = io.BytesIO()
    word.save(buffer)
    return write_parts(read_parts(buffer.getvalue()))


def _table(rows: Sequence[tuple[str, ...]]) -> object:
    width = max(map(len, rows))
    cells = [
        [Cell(text=_CONTROL.sub("", text), align=LEFT) for text in (*row, *[""] * (width - len(row)))]
        for row in rows
    ]
    return table_element(cells, [8844 // width] * width)


def _is_exact(finding: Finding) -> bool:
    if finding.severity is Severity.INFO or finding.start is None or finding.end is None:
        return False
    return 0 < finding.end - finding.start <= LONGEST and bool(finding.text.strip())


def _narrowest(finding: Finding) -> tuple[int, int, int, str]:
    start, end = _span(finding)
    return (end - start, _ORDER[finding.severity], start, finding.rule)


def _span(finding: Finding) -> tuple[int, int]:
    """Return the characters of a finding without the blanks at their ends."""
    start, end = finding.start or 0, finding.end or 0
    text = finding.text
    if len(text) == end - start:
        start, end = start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
    return start, end


def _note(group: tuple[Finding, ...]) -> Note:
    start, end = _span(group[0])
    worst = min((finding.severity for finding in group), key=_ORDER.__getitem__)
    lines = dict.fromkeys(_line(finding) for finding in sorted(group, key=lambda f: _ORDER[f.severity]))
    return Note(start=start, end=end, lines=tuple(lines), initials=worst.lamp)


def _line(finding: Finding) -> str:
    remedy = f" 建议：{finding.remedy}。" if finding.remedy else ""
    return _CONTROL.sub("", f"【{finding.rule}】{finding.message}。{remedy}")


def _summary(
    name: str,
    findings: Sequence[Finding],
    rest: Sequence[Finding],
    report_findings: Sequence[Finding],
    comments: int,
) -> str:
    counts = {severity: sum(f.severity is severity for f in findings) for severity in Severity}
    said = "、".join(f"{severity.lamp} {counts[severity]} 条" for severity in Severity)
    lines = [
        f"# 《{name}》审阅意见",
        "",
        f"共 {len(findings)} 条：{said}。其中 {comments} 处已在 Word 中批注。",
    ]
    for title, part in (("不便批注在原处的意见", rest), ("填报数据本身的问题", report_findings)):
        if part:
            lines += ["", f"## {title}", ""]
            lines += [_item(finding) for finding in sorted(part, key=lambda f: _ORDER[f.severity])]
    return "\n".join(lines) + "\n"


def _item(finding: Finding) -> str:
    quoted = f"“{' '.join(finding.text.split())[:LONGEST]}”" if finding.text.strip() else ""
    remedy = f"（{finding.remedy}）" if finding.remedy else ""
    return f"- [{finding.severity.lamp}] {finding.rule} {quoted}{finding.message}{remedy}".replace(
        "<", "&lt;"
    )
