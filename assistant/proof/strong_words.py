"""Words that are functions of the figures: grades, completeness, direction (优、全部完成、超额; N05, N06, B05, B06).

Guarded words (基本、力争、除…外、未…) claim nothing. Knows the scorecard, reads one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.scorecard import ExecutionScore, ProjectScore, Row, Scorecard
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import Subject
from assistant.proof.subjects import Named

_GRADE = re.compile(
    r"(?:(?:评价|自评|绩效)?等[级次](?:评定)?(?:结果)?(?:评?定?为|是|：|:)?|评[定价]?(?:结果)?为|评为|档次为|结果为)[“\"‘「\s]*(?P<grade>优秀|优|良好|良|中等|中|差|合格)(?![秀好等质化势良])(?=[”\"’」\s，。；、,;）)]|$)"
)
_WORDS = {"优秀": "优", "良好": "良", "中等": "中"}
_GUARD = re.compile(
    "除|其余|其他|余下|力争|计划(?![数值内外])|拟|预期(?!目标)|目标是|争取|确保|能否|是否|如果|若|未能|并非|不是|后续|下一步"
)
_NEAR_GUARD = re.compile(
    "[两三几]块|数量上|基本|大部分|多数|部分|将|应(?!急)|要求|不得|不能|尚未|未(?!执行|支)|没有|有待|继续|及时|推动|努力|促进|保证|保障|才"
)
_COMPLETE = re.compile(
    "全部(?:如期|按期|按时|圆满)?(?:完成|达标|达到|实现|达成)|(?:均|都)(?:已)?(?:全部|如期|按期|按时|圆满)?(?:完成|达标|达到|实现|达成)|圆满完成|全面完成|全面达成|全面实现|全部指标(?:均|都)?(?:完成|达)|百分之百完成|完成了?既定的?(?:绩效)?目标|(?:全面|全部)?达[到成](?:了)?预期(?:目标)?"
)
_ABOUT_GOALS = re.compile("指标|目标|任务|绩效")
_NONE = re.compile("(?:均|都|全部)未(?:能)?(?:达到|完成|实现)(?:年度|预期)?(?:绩效)?(?:指标值?|目标值?)")
_FULL_SPENDING = re.compile(
    "全额(?:执行|支出|使用|支付|完成)|(?:预算|资金|经费)[^，。；]{0,6}(?:全部|足额)(?:执行|支出|使用|支付)(?:完毕|完)?|执行率(?:达到?|为|实现)?百分之百|预算(?:已)?执行完毕"
)
_ELSEWHEN = re.compile(
    "20[0-9]{2}年(?=[^，。；]{0,12}(?:未|没))|下年度?|下一年度?|明年|下一步|将|力争|计划|标准[为是：]|核验|上年(?!度?[结执])|去年|往年|历年"
)
_FAILED = re.compile(
    "未(?:能)?(?:达到?|完成|实现)(?:年度|预期)?(?:的)?(?:指标值|目标|指标|预期|计划)?|没有(?:达到|完成)|未达标|低于(?:年度|预期)?(?:指标值|目标值|目标)"
)
_REACHED = re.compile(
    "(?<![未没不])(?:达到(?:了)?(?:年度|预期)?(?:指标值|目标值?|预期)|完成(?:了)?(?:年度|预期)?(?:指标值|目标值?)(?!的[0-9百])|达标|按(?:计划|期|时)(?:完成|达成)|如期完成)"
)
_EXCEEDED = re.compile(
    "超额完成|超(?:过|出)(?:了)?(?:年度|预期)?(?:指标值|目标值?)|高于(?:年度|预期)?(?:指标值|目标值?)"
)
_LEVEL = re.compile("与(?:年度|预期)?(?:指标值|目标值?)(?:持平|一致|相同)")
_INCREASE = re.compile("(?:增[长加]|上升|提[高升]|扩大)")
_DECREASE = re.compile("(?:下降|减少|降低|回落|缩减|压减)")


@dataclass(frozen=True)
class StrongWords:
    """Checks the strong words of a sentence against one scorecard."""

    card: Scorecard

    def check(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> list[Finding]:
        """Return the words that the figures do not bear out."""
        return [
            *self._grades(text, sentence, project, named),
            *self._complete(text, sentence, project, named),
            *self._none(text, sentence, project, named),
            *self._spent(text, sentence, project, named),
            *self._rows_reached(text, sentence, project, named),
        ]

    def _grades(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _GRADE.finditer(text, sentence.start, sentence.end):
            spoken = _project_of(match.start(), project, named)
            right = self.card.projects[spoken - 1].grade.value if spoken else self.card.grade.value
            said = _WORDS.get(match["grade"], match["grade"])
            if said != right and text[match.start() - 1 : match.start()] not in ("指",):
                yield _word(
                    "N06",
                    text,
                    match.start("grade"),
                    match.end("grade"),
                    f"评价等级应为“{right}”，文中为“{match['grade']}”",
                    right,
                )

    def _complete(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _COMPLETE.finditer(text, sentence.start, sentence.end):
            clause = clause_around(text, match.start(), match.end())
            if _guarded(text, Span(sentence.start, match.start())) or not _ABOUT_GOALS.search(
                text, max(sentence.start, clause.start - 20), clause.end
            ):
                continue
            rows = self._rows(_project_of(match.start(), project, named))
            rows = _rows_named(rows, named, clause, self.card.projects) or _rows_of_group(
                rows, text[clause.start : clause.end]
            )
            failed = [row for row in rows if not row.met]
            if failed:
                yield _word(
                    "B05",
                    text,
                    match.start(),
                    match.end(),
                    f"写明“{match[0]}”，但{_names(failed)}未达到年度指标值",
                    "部分完成",
                )

    def _none(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _NONE.finditer(text, sentence.start, sentence.end):
            clause = clause_around(text, match.start(), match.end())
            rows = self._rows(_project_of(match.start(), project, named))
            rows = _rows_named(rows, named, clause, self.card.projects) or _rows_of_group(
                rows, text[clause.start : clause.end]
            )
            met = [row for row in rows if row.met]
            if met and not _ELSEWHEN.search(text, sentence.start, match.start()):
                message = f"写明“{match[0]}”，但{_names(met)}已达到年度指标值"
                yield _word("N05", text, match.start(), match.end(), message, "部分完成")

    def _spent(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _FULL_SPENDING.finditer(text, sentence.start, sentence.end):
            money = self._execution(_project_of(match.start(), project, named))
            if (
                not _guarded(text, Span(sentence.start, match.start()))
                and money.rate is not None
                and money.expenditure < money.annual_budget
            ):
                yield _word(
                    "B06",
                    text,
                    match.start(),
                    match.end(),
                    f"写明“{match[0]}”，但预算执行率为{money.rate:.2f}%",
                    f"执行率{money.rate:.2f}%",
                )

    def _rows_reached(
        self, text: str, sentence: Span, project: int, named: Sequence[Named]
    ) -> Iterator[Finding]:
        """未达标、达到目标、超额完成、持平 said of one named indicator in the same clause."""
        for pattern, holds in (
            (_FAILED, _row_failed),
            (_REACHED, _row_met),
            (_EXCEEDED, _row_exceeded),
            (_LEVEL, _row_level),
        ):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if any(name.start <= match.start() < name.end for name in named):
                    continue
                if _ELSEWHEN.search(text, sentence.start, match.start()):
                    continue
                several = self._rows_before(text, match.start(), project, named)
                rows = next((one for one in several if not any(holds(row) for row in one)), None) or (
                    several[0] if several else []
                )
                if not rows or (
                    pattern is not _FAILED
                    and _guarded(
                        text, Span(clause_around(text, match.start(), match.end()).start, match.start())
                    )
                ):
                    continue
                if not any(holds(row) for row in rows):
                    row = rows[0]
                    rule = "B05" if pattern is _REACHED else "N05"
                    yield _word(
                        rule,
                        text,
                        match.start(),
                        match.end(),
                        f"“{row.name}”{row.basis or '与此不符'}，文中为“{match[0]}”",
                        "达标" if row.met else "未达标",
                    )

    def _rows_before(self, text: str, at: int, under: int, named: Sequence[Named]) -> list[list[Row]]:
        """The rows that are spoken of at a place, each with those of its name in other sub-projects."""
        clause = clause_around(text, at, at)
        rows = [name for name in named if name.start < at and name.has("i") and not _is_excepted(text, name)]
        inside = [name for name in rows if clause.start <= name.start]
        if not inside:
            inside = _joined_all(text, rows, at) or _only_one(rows, named, at)
        elif not _EVERY.search(text, inside[-1].end, at):
            inside = _joined_last(text, inside)
        return [found for name in inside if (found := self._rows_of(name, text, at, under, named))]

    def _rows_of(self, name: Named, text: str, at: int, under: int, named: Sequence[Named]) -> list[Row]:
        cards = self.card.projects
        found = [
            cards[project - 1].rows[number - 1]
            for project, kind, number in _under(name.subjects, _project_of(at, under, named))
            if kind == "i" and 0 < project <= len(cards) and number <= len(cards[project - 1].rows)
        ]
        said = text[name.end : at]
        return [row for row in found if row.actual and f"{row.actual.value:f}" in said] or found

    def _rows(self, project: int) -> Sequence[Row]:
        return self.card.projects[project - 1].rows if project else self.card.rows

    def _execution(self, project: int) -> ExecutionScore:
        return self.card.projects[project - 1].execution if project else self.card.execution


def _project_of(at: int, project: int, named: Sequence[Named]) -> int:
    spoken = [name.subjects[0][0] for name in named if name.start < at and name.subjects[0][1] == ""]
    return spoken[-1] if spoken else project


def _only_one(rows: Sequence[Named], named: Sequence[Named], at: int) -> list[Named]:
    """The indicator that a sentence is about where the clause names none: the one named last, alone before it."""
    others = [name for name in named if name.start < at and not name.has("i") and name.subjects[0][1] != ""]
    return list(rows[-1:]) if len({row.text for row in rows}) == 1 and not others else []


_EVERY = re.compile("[均都]|双双|全部")
_JOINT = re.compile("[”）)]?[0-9.%万亿\u4e00-\u9fff]{0,8}?[、和及与，]+(?:以及)?[“]?$")


def _is_excepted(text: str, name: Named) -> bool:
    """Whether a name stands between 除 and 外."""
    before, after = text[max(0, name.start - 24) : name.start], text[name.end : name.end + 24]
    return re.search("除[^，。；]*$", before) is not None and re.match("[^，。；]*外", after) is not None


def _joined_last(text: str, rows: Sequence[Named]) -> list[Named]:
    """The last name with those that 、 and 和 join to it."""
    run = [rows[-1]]
    for name in reversed(rows[:-1]):
        if not re.fullmatch("[”“、和及与以\s]+", text[name.end : run[0].start]):
            break
        run.insert(0, name)
    return run


def _joined_all(text: str, rows: Sequence[Named], at: int) -> list[Named]:
    """All rows of the sentence where the clause says 均 of what was listed: A93.1%、B92.6%，均高于目标."""
    clause = clause_around(text, at, at)
    listed = _EVERY.search(text, clause.start, at) and len(rows) > 1
    return (
        list(rows)
        if listed and not re.search("各项|所有|全部指标|其余|其他", text[clause.start : at])
        else []
    )


def _under(subjects: Sequence[Subject], project: int) -> tuple[Subject, ...]:
    """Whom a name that several sub-projects share means under one of them."""
    return tuple(subject for subject in subjects if subject[0] == project) or tuple(subjects)


def _guarded(text: str, span: Span) -> bool:
    near = Span(clause_around(text, span.end, span.end).start, span.end)
    guarded = _GUARD.search(text, span.start, span.end) or _NEAR_GUARD.search(text, near.start, near.end)
    return guarded is not None


def _rows_named(
    rows: Sequence[Row], named: Sequence[Named], clause: Span, cards: Sequence[ProjectScore]
) -> list[Row]:
    """The rows that are named in a clause, of those that are spoken of."""
    paths = {
        cards[project - 1].rows[number - 1].path
        for name in named
        if clause.start <= name.start < clause.end
        for project, kind, number in name.subjects
        if kind == "i" and 0 < project <= len(cards) and number <= len(cards[project - 1].rows)
    }
    return [row for row in rows if row.path in paths]


def _rows_of_group(rows: Sequence[Row], words: str) -> list[Row]:
    groups = {row.dimension for row in rows} | {row.category for row in rows}
    spoken = [
        group
        for group in groups
        if group and (group in words or (group.removesuffix("指标") + "方面") in words)
    ]
    return (
        [row for row in rows if row.dimension in spoken or row.category in spoken] if spoken else list(rows)
    )


def _names(rows: Sequence[Row]) -> str:
    shown = "、".join(f"“{row.name}”" for row in rows[:3])
    return f"{shown}等{len(rows)}项指标" if len(rows) > 3 else shown


def _row_failed(row: Row) -> bool:
    return not row.met


def _row_met(row: Row) -> bool:
    return row.met


def _row_exceeded(row: Row) -> bool:
    bound = row.target.bound
    if row.actual is None or bound is None:
        return row.met
    return row.actual.value < bound if row.target.reverse else row.actual.value > bound


def _row_level(row: Row) -> bool:
    return row.actual is None or row.target.bound is None or row.actual.value == row.target.bound


def _word(rule: str, text: str, start: int, end: int, message: str, expected: str) -> Finding:
    remedy = "请按数据改写这一用语，或先更正填报数据"
    return finding(
        rule,
        message,
        remedy=remedy,
        start=start,
        end=end,
        text=text[start:end],
        observed=text[start:end],
        expected=expected,
    )
