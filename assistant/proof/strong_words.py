"""Words that are functions of the figures: grades, completeness, direction (优、全部完成、超额; N05, N06, B05, B06).

Guarded words (基本、力争、除…外、未…) claim nothing. Knows the scorecard, reads one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.scorecard import ExecutionScore, ProjectScore, Row, Scorecard
from assistant.proof.layout import Span, clause_around
from assistant.proof.subjects import Named
from assistant.proof.wording import ELSEWHEN, guarded, names_of_rows, project_of, rows_of, word_finding

_GRADE = re.compile(
    r"(?:(?:评价|自评|绩效)?等[级次](?:评定)?(?:结果)?(?:评?定?为|是|：|:)?|评[定价]?(?:结果)?为|评为|档次为|结果为)[“\"‘「\s]*(?P<grade>优秀|优|良好|良|中等|中|差|合格)(?![秀好等质化势良])(?=[”\"’」\s，。；、,;）)]|$)"
)
_WORDS = {"优秀": "优", "良好": "良", "中等": "中"}
_COMPLETE = re.compile(
    "全部(?:如期|按期|按时|圆满)?(?:完成|达标|达到|实现|达成)|(?:均|都)(?:已)?(?:全部|如期|按期|按时|圆满)?(?:完成|达标|达到|实现|达成)|圆满完成|全面完成|全面达成|全面实现|全部指标(?:均|都)?(?:完成|达)|百分之百完成|完成了?既定的?(?:绩效)?目标|(?:全面|全部)?达[到成](?:了)?预期(?:目标)?"
)
_ABOUT_GOALS = re.compile("指标|目标|任务|绩效|产出|效益")
_NONE = re.compile("(?:均|都|全部)未(?:能)?(?:达到|完成|实现)(?:年度|预期)?(?:绩效)?(?:指标值?|目标值?)")
_FULL_SPENDING = re.compile(
    "全额(?:执行|支出|使用|支付|完成)|(?:预算|资金|经费)[^，。；]{0,6}(?:全部|足额)(?:执行|支出|使用|支付)(?:完毕|完)?|执行率(?:达到?|为|实现)?百分之百|预算(?:已)?执行完毕"
)
_SO_MANY = re.compile("(?:[上前后]述?)?([2-9]|[两三四五六七八九])(?:项|个|者)")
_MANY = re.compile("(?:大多数|多数|大部分)[^，。；]{0,6}?(?P<not>未|没有)?(?:能)?(?:达到|完成|达标|实现)")
_NO_LOSS = re.compile(
    "无一(?:项|个指标)?(?:指标)?失分|没有(?:一项|任何)?(?:指标)?失分|均?未失分|无失分|不存在失分"
)
_FULL_MARKS = re.compile("(?:(?<![未没不能])得(?:到|了)?|(?:均|都|全部)(?:为|是|获|拿)?(?:得)?)满分")


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
            *self._many(text, sentence, project, named),
            *self._marks(text, sentence, project, named),
        ]

    def _grades(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _GRADE.finditer(text, sentence.start, sentence.end):
            spoken = project_of(match.start(), project, named)
            right = self.card.projects[spoken - 1].grade.value if spoken else self.card.grade.value
            said = _WORDS.get(match["grade"], match["grade"])
            if said != right and text[match.start() - 1 : match.start()] not in ("指",):
                yield word_finding(
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
            if guarded(text, Span(sentence.start, match.start())):
                continue
            rows = self._rows(project_of(match.start(), project, named))
            if so_many := self._so_many(text, match, named):
                rows = so_many
            elif _ABOUT_GOALS.search(text, max(sentence.start, clause.start - 20), clause.end):
                rows = _rows_named(rows, named, clause, self.card.projects) or _rows_of_group(
                    rows, text, clause
                )
            else:
                rows = _rows_named(
                    rows, named, Span(max(sentence.start, clause.start - 24), clause.end), self.card.projects
                )
            failed = [row for row in rows if not row.met]
            if failed:
                yield word_finding(
                    "B05",
                    text,
                    match.start(),
                    match.end(),
                    f"写明“{match[0]}”，但{names_of_rows(failed)}未达到年度指标值",
                    "部分完成",
                )

    def _so_many(self, text: str, match: re.Match[str], named: Sequence[Named]) -> list[Row]:
        """两项均达到: as many rows as are said, the last ones named in the sentence; none where they are not named."""
        clause = clause_around(text, match.start(), match.end())
        count = _SO_MANY.match(text, clause.start)
        if count is None or count.end() > match.start():
            return []
        number = (
            int(count[1]) if count[1].isdigit() else "零一二三四五六七八九".find(count[1].replace("两", "二"))
        )
        stop = max(text.rfind(mark, 0, match.start()) for mark in "。；\n")
        rows = [name for name in named if stop < name.start < match.start() and name.has("i")]
        last = rows[-number:] if 1 < number <= len(rows) else []
        return [row for name in last for row in rows_of(name, self.card.projects)]

    def _none(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _NONE.finditer(text, sentence.start, sentence.end):
            clause = clause_around(text, match.start(), match.end())
            rows = self._rows(project_of(match.start(), project, named))
            rows = _rows_named(rows, named, clause, self.card.projects) or _rows_of_group(rows, text, clause)
            met = [row for row in rows if row.met]
            if met and not ELSEWHEN.search(text, sentence.start, match.start()):
                message = f"写明“{match[0]}”，但{names_of_rows(met)}已达到年度指标值"
                yield word_finding("N05", text, match.start(), match.end(), message, "部分完成")

    def _spent(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        for match in _FULL_SPENDING.finditer(text, sentence.start, sentence.end):
            money = self._execution(project_of(match.start(), project, named))
            if (
                not guarded(text, Span(sentence.start, match.start()))
                and money.rate is not None
                and money.expenditure < money.annual_budget
            ):
                yield word_finding(
                    "B06",
                    text,
                    match.start(),
                    match.end(),
                    f"写明“{match[0]}”，但预算执行率为{money.rate:.2f}%",
                    f"执行率{money.rate:.2f}%",
                )

    def _many(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """多数未达到: more than half of the rows."""
        for match in _MANY.finditer(text, sentence.start, sentence.end):
            clause = clause_around(text, match.start(), match.end())
            rows = _rows_of_group(self._rows(project_of(match.start(), project, named)), text, clause)
            met = sum(row.met for row in rows)
            right = 2 * (len(rows) - met) > len(rows) if match["not"] else 2 * met > len(rows)
            if not right and not guarded(text, Span(sentence.start, match.start())):
                message = f"{len(rows)}项指标中{met}项达到年度指标值，文中为“{match[0]}”"
                yield word_finding("N05", text, match.start(), match.end(), message, f"{met}项达到")

    def _marks(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """无一项失分, 均得满分: no row spoken of lost points."""
        found = [
            *_NO_LOSS.finditer(text, sentence.start, sentence.end),
            *_FULL_MARKS.finditer(text, sentence.start, sentence.end),
        ]
        for match in found:
            if guarded(text, Span(sentence.start, match.start())):
                continue
            spoken = project_of(match.start(), project, named)
            rows = self._rows_meant(text, match, spoken, named)
            whole = len(rows) == len(self._rows(spoken))
            lost = [row.name for row in rows if row.lost > 0]
            if whole and self._execution(spoken).lost > 0:
                lost.append("预算执行")
            if lost:
                message = f"写明“{match[0]}”，但{'、'.join(lost[:3])}失了分"
                yield word_finding("N06", text, match.start(), match.end(), message, "有失分")

    def _rows_meant(
        self, text: str, match: re.Match[str], spoken: int, named: Sequence[Named]
    ) -> Sequence[Row]:
        """The rows that a word is said of: those named in its clause or sentence, of the groups named, or all."""
        clause = clause_around(text, match.start(), match.end())
        rows = self._rows(spoken)
        own = _rows_named(rows, named, clause, self.card.projects)
        if own or match[0].startswith("无一"):
            return own or rows
        line = text.rfind("\n", 0, match.start()) + 1
        stop = max(line, *(text.rfind(mark, 0, match.start()) + 1 for mark in "。；"))
        groups = [
            name.text for name in named if name.subjects[0][1] == "c" and stop <= name.start < match.start()
        ]
        if groups:
            return [
                r
                for r in rows
                if {r.category.removesuffix("指标"), r.dimension.removesuffix("指标")}
                & {g.removesuffix("指标") for g in groups}
            ]
        earlier = [name for name in named if stop <= name.start < match.start() and name.has("i")]
        if earlier and "项目" not in text[clause.start : match.start()]:
            return rows_of(earlier[-1], self.card.projects)
        return rows

    def _rows(self, project: int) -> Sequence[Row]:
        return self.card.projects[project - 1].rows if project else self.card.rows

    def _execution(self, project: int) -> ExecutionScore:
        return self.card.projects[project - 1].execution if project else self.card.execution


def _rows_named(
    rows: Sequence[Row], named: Sequence[Named], clause: Span, cards: Sequence[ProjectScore]
) -> list[Row]:
    """The rows that are named in a clause, of those that are spoken of."""
    paths = {
        row.path for name in named if clause.start <= name.start < clause.end for row in rows_of(name, cards)
    }
    return [row for row in rows if row.path in paths]


def _rows_of_group(rows: Sequence[Row], text: str, clause: Span) -> list[Row]:
    """The rows of the categories and dimensions that a clause names (产出方面、产出全面完成); else all."""
    words = text[clause.start : clause.end]
    groups = {row.dimension for row in rows} | {row.category for row in rows}
    spoken = [
        group
        for group in groups
        if group
        and (
            group in words
            or re.search(f"{group.removesuffix('指标')}(?:方面|类|(?=全面|全部|均|都|任务))", words)
        )
    ]
    return (
        [row for row in rows if row.dimension in spoken or row.category in spoken] if spoken else list(rows)
    )
