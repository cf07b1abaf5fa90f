"""Sections and wording of a text by itself: grade, pairing, sources of satisfaction, kind, dates, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Bound
from assistant.proof.limits import limits
from assistant.proof.outline import is_whole_report, parts
from assistant.proof.own_text import OwnText
from assistant.proof.pairing import check_pairing
from assistant.proof.spots import spot

_GRADE = re.compile('等级(?:为|是|：|:|评定为)?[“"]?(?P<grade>优|良|中|差)(?![秀好等])')
_SATISFACTION = re.compile(r"满意[度率][^。；\n]{0,40}?(?P<rate>[0-9.]+\s*[%％])")
_SAMPLE = re.compile("问卷|样本|抽样|调查|访谈|访问|走访|回收|发放|测评|认为")
_RELATIVE = re.compile(r"(?<![说表证声注阐写标载])(?:去年|今年|明年|前年)\s*(?:[0-9]{1,2}\s*月|底|初)")
_COUNT_TARGET = re.compile(
    r"(?:次数|频率|面积|人数|数量|条数|篇数)[”\"]?[）)]?[，,]?\s*设定的年度指标值为\s*(?P<target>[0-9.]+\s*[%％])"
)
_LOSS = re.compile("失分|扣分|扣减|丢分|丢了?[0-9]|扣[0-9]|失[0-9]|没有?(?:拿|得)满分")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*年\s*[0-9]{1,2}\s*月|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}|二〇[一二三四五六七八九〇]{2}年"
)


def check_grade(own: OwnText) -> Iterator[Finding]:
    """A10: the grade said beside a total is that of the total."""
    for sentence, claims in own.sentences:
        for claim in claims:
            match = _GRADE.search(own.text, claim.mention.end, sentence.end)
            total = claim.mention.value
            if (
                not claim.attributes & {"total", "score"}
                or claim.mention.unit != "分"
                or match is None
                or total is None
                or total > 100
            ):
                continue
            if claim is not max(
                (c for c in claims if c.mention.end <= match.start() and c.attributes & {"total", "score"}),
                key=lambda c: c.mention.end,
            ):
                continue
            right = next(name for name, bound in limits().grades.items() if total >= bound)
            if right != match["grade"]:
                span = (match.start("grade"), match.end("grade"))
                yield spot(
                    "A10",
                    own.text,
                    span,
                    f"{claim.mention.text.strip()}的等级应为“{right}”，文中为“{match['grade']}”",
                    "请核对总分和等级",
                    expected=right,
                )


def check_pairs(own: OwnText) -> Iterator[Finding]:
    """B11, B12: problems and measures correspond."""
    by_kind = {part.kind: part for part in reversed(parts(own.text))}
    if "problems" in by_kind and "measures" in by_kind:
        yield from check_pairing(by_kind["problems"], by_kind["measures"])


def check_satisfaction_source(own: OwnText) -> Iterator[Finding]:
    """B22: a rate of satisfaction comes with a sample or a source."""
    if _SAMPLE.search(own.text) or not parts(own.text):
        return
    for match in _SATISFACTION.finditer(own.text):
        yield spot(
            "B22", own.text, match.span("rate"), "满意度没有写明样本或来源", "请补充问卷对象、样本量和回收率"
        )
        return


def check_kind_of_report(own: OwnText) -> Iterator[Finding]:
    """B23: a 评价报告 does not speak of 自评得分."""
    title = own.text.strip()[:80].replace("\n", "")
    match = re.search("自评得分|自评总分", own.text)
    if "绩效评价报告" in title and "自评报告" not in title and match:
        yield spot("B23", own.text, match.span(), "文种是绩效评价报告，文中写自评得分", "请统一文种和用语")


def check_relative_dates(own: OwnText) -> Iterator[Finding]:
    """C01: 去年8月 says nothing to a later reader."""
    for match in _RELATIVE.finditer(own.text):
        yield spot(
            "C01", own.text, match.span(), f"“{match[0]}”是相对日期", "请写明年份", severity=Severity.INFO
        )


def check_count_targets(own: OwnText) -> Iterator[Finding]:
    """C09: what is counted has no percentage for a target."""
    for match in _COUNT_TARGET.finditer(own.text):
        yield spot(
            "C09",
            own.text,
            match.span("target"),
            f"计数类指标的年度指标值为“{match['target']}”",
            "请改为带单位的数量",
        )


def check_losses_said(own: OwnText) -> Iterator[Finding]:
    """B07: a total below 100 comes with where the points were lost."""
    found = parts(own.text)
    if not is_whole_report(found) or _LOSS.search(own.text) or any(table.rows for table in own.tables):
        return
    for claim in own.claims:
        total = claim.mention.value
        if (
            claim.attributes & {"total"}
            and claim.mention.unit == "分"
            and claim.mention.bound is Bound.EXACT
            and total is not None
            and 60 <= total < 100
        ):
            yield spot(
                "B07",
                own.text,
                (claim.mention.start, claim.mention.end),
                f"总分{claim.mention.text.strip()}，没有说明失分之处",
                "请写明哪些指标或预算执行失了多少分",
            )
            return


def check_signature(own: OwnText) -> Iterator[Finding]:
    """C05: a whole report ends with a date."""
    found = parts(own.text)
    if not is_whole_report(found):
        return
    heading = found[-1].heading
    if not _DATE.search(own.text, heading.end):
        yield spot("C05", own.text, (heading.start, heading.end), "文末没有成文日期", "请补写落款单位和日期")
