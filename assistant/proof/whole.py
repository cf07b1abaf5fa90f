"""Rules about a whole text: sections, losses explained, unmet rows named, problems paired (B07–B12, C05, C19).

Each applies only where the text has that section or is a whole report. Knows one report's scorecard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain.chinese_numbers import to_chinese
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.layout import Line, is_heading, lines
from assistant.proof.limits import limits
from assistant.proof.outline import Part, is_whole_report, parts
from assistant.proof.pairing import check_pairing
from assistant.proof.sources import bigrams

_LOSS = re.compile("失分|扣分|扣减|丢分|丢了?[0-9]|未得满分|扣[0-9]|失[0-9]|没有(?:拿|得)满分")
_EXECUTION = re.compile("执行率|预算执行|支出进度|支付")
_DATE = re.compile(r"(?:19|20)[0-9]{2}\s*[年\-/.]|待补充")
_NAMED_SHARE = 75


def check_whole(text: str, report: Report, card: Scorecard) -> list[Finding]:
    """Return what is missing in a text as a whole."""
    found = parts(text)
    by_kind = {part.kind: part for part in reversed(found)}
    checked: list[Finding] = []
    if "problems" in by_kind:
        checked += _rows_named(by_kind["problems"], card)
        checked += _execution_named(by_kind["problems"], card)
        checked += _against_full_marks(by_kind["problems"], card)
    checked += _same_rows(found, card)
    if "problems" in by_kind and "measures" in by_kind:
        checked += check_pairing(by_kind["problems"], by_kind["measures"])
    if is_whole_report(found):
        checked += [*_losses_said(found, card), *_sections(found), *_signed(text, found, report)]
    return checked


def _rows_named(problems: Part, card: Scorecard) -> Iterator[Finding]:
    """B09: every row that missed its target is named in 存在问题."""
    paragraphs = [bigrams(line.text) for line in problems.body]
    for project in card.projects:
        for row in project.rows if not project.confidential else ():
            if not row.met and not row.not_applicable and not _is_named(row.name, problems, paragraphs):
                message = f"指标“{row.name}”未达到年度指标值，存在问题中没有点名"
                yield _at(
                    "B09", problems.heading, message, f"请在存在问题中补写“{row.name}”", row.name, row.path
                )


def _against_full_marks(problems: Part, card: Scorecard) -> Iterator[Finding]:
    """B08: where nothing was lost, no problem says that a row with full marks falls short."""
    if card.total_score < card.full_score:
        return
    for line in problems.body:
        for row in card.rows:
            at = line.text.find(row.name)
            short = _SHORT.search(line.text, at, at + len(row.name) + 16) if at >= 0 else None
            if short is not None and row.met:
                message = f"总分为满分，存在问题却说“{row.name}”{short[0]}"
                yield _at("B08", line, message, "请核对评分，或改写这一问题", "", row.path)


def _same_rows(found: Sequence[Part], card: Scorecard) -> Iterator[Finding]:
    """B14: the indicators set out under 绩效管理 are those analysed under 效益分析."""
    lines = [line for part in found for line in (part.heading, *part.body)]
    named: dict[str, set[str]] = {"绩效管理": set(), "效益分析": set()}
    headings: dict[str, Line] = {}
    current = ""
    for line in lines:
        if line.level and is_heading(line) and line.level <= _SECTION:
            current = next((word for word in named if word in line.text), "")
            headings.setdefault(current, line)
        if current:
            named[current] |= {row.name for row in card.rows if row.name and row.name in line.text}
    first, second = named.values()
    if first and second and first != second:
        missing = "、".join(f"“{name}”" for name in sorted(first ^ second)[:3])
        message = f"绩效管理部分与效益分析部分所写的指标不一致：{missing}"
        yield _at("B14", headings["效益分析"], message, "请使两处的指标一致", "", "")


_SHORT = re.compile("偏低|不高|不足|有待提高|未达|滞后|不及时|不到位|较低|不理想")
_SECTION = 2


def _is_named(name: str, problems: Part, paragraphs: Sequence[frozenset[str]]) -> bool:
    own = bigrams(name)
    share = max((100 * len(own & words) // len(own) for words in paragraphs if own), default=0)
    return name in problems.text or share >= _NAMED_SHARE


def _execution_named(problems: Part, card: Scorecard) -> Iterator[Finding]:
    """B10: an execution rate below 90 % is spoken of in 存在问题."""
    for project in card.projects:
        rate = project.execution.rate
        if rate is None or rate >= limits().problem_below or project.confidential:
            continue
        spoken = [line.text for line in problems.body if _EXECUTION.search(line.text)]
        if not spoken or not (
            len(card.projects) == 1 or any(project.name in line for line in [*spoken, problems.text])
        ):
            message = f"“{project.name}”预算执行率{rate:.2f}%，存在问题中没有说明"
            yield _at("B10", problems.heading, message, "请补写预算执行的问题", f"{rate:.2f}%", project.path)


def _losses_said(found: Sequence[Part], card: Scorecard) -> Iterator[Finding]:
    """B07: a total below full marks comes with where the points were lost."""
    if card.total_score >= card.full_score:
        return
    before = [part for part in found if part.kind not in ("problems", "measures")]
    said = "\n".join(part.text for part in before)
    open_rows = [
        row for project in card.projects if not project.confidential for row in project.rows if row.lost > 0
    ]
    if not _LOSS.search(said) and not any(
        row.name in said and f"{row.score:.2f}" in said for row in open_rows
    ):
        message = f"总分{card.total_score:.2f}分，没有说明失分之处"
        yield _at("B07", before[-1].heading, message, "请写明哪些指标或预算执行失了多少分", "失分之处", "")


def _sections(found: Sequence[Part]) -> Iterator[Finding]:
    """C19: problems and measures exist, in this order, and headings count up from 一."""
    kinds = [part.kind for part in found]
    if "measures" not in kinds:
        yield _at("C19", found[-1].heading, "缺少改进措施部分", "请补写改进措施", "改进措施", "")
    elif kinds.index("measures") < kinds.index("problems"):
        yield _at(
            "C19", found[kinds.index("measures")].heading, "改进措施写在了存在问题之前", "请调整次序", "", ""
        )
    for position, part in enumerate(found, 1):
        right = _numeral(position)
        if part.number and part.number != right:
            yield _at(
                "C19",
                part.heading,
                f"标题编号应为“{right}”，现为“{part.number}”",
                f"请改为“{right}、”",
                right,
                "",
            )
            return


def _numeral(position: int) -> str:
    return to_chinese(Decimal(position))


def _signed(text: str, found: Sequence[Part], report: Report) -> Iterator[Finding]:
    """C05: a whole report ends with the unit and the date."""
    last = found[-1].heading.end
    tail = [
        line for line in lines(text) if line.start > last and len(line.text.strip()) <= 40 and not line.is_row
    ]
    if report.unit_name and not any(report.unit_name in line.text for line in tail):
        yield _at(
            "C05",
            found[-1].heading,
            f"文末没有落款单位“{report.unit_name}”",
            "请补写落款",
            report.unit_name,
            "",
        )
    if not any(_DATE.search(line.text) for line in tail):
        yield _at("C05", found[-1].heading, "文末没有成文日期", "请补写成文日期", "成文日期", "")


def _at(rule: str, line: Line, message: str, remedy: str, expected: str, place: str) -> Finding:
    return finding(
        rule,
        message,
        remedy=remedy,
        start=line.start,
        end=line.end,
        text=line.text,
        observed=line.text.strip(),
        expected=expected,
        place=place,
    )
