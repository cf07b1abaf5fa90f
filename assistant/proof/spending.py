"""Words about money without a number: 全额执行, 没有结余, 超出预算 must be those of the figures (B06, N05).

Knows the ledger; reads one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.finding import Finding
from assistant.domain.scorecard import ExecutionScore, Scorecard
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import Ledger
from assistant.proof.naming import Subject
from assistant.proof.spots import spot
from assistant.proof.subjects import Named

_SPENT = re.compile(
    "全额(?:执行|支出|使用|支付|完成)|(?:预算|资金|经费)[^，。；]{0,6}(?:全部|足额)(?:执行|支出|使用|支付)(?:完毕|完)?"
    "|(?:均|都|则)?(?:已经?)?全部(?:执行|支出|支付|使用|拨付)(?:完毕|到位|完)?(?![率进])|执行率(?:达到?|为|实现)?百分之百|预算(?:已)?执行完毕"
)
_LEFT = re.compile(
    "(?P<not>没有|无|未产生|未形成|零|不存在|未发生)(?:任何|资金|预算)*(?:结转|结余|沉淀)(?:结余)?(?:资金)?"
    "|(?:结余|剩余|节余)(?:了)?(?:部分|少量|一定|一些)(?:资金|经费)?|(?:有|形成|产生)(?:部分|少量|一定|一些|较大)的?(?:资金)?(?:结余|结转)"
)
_OVER = re.compile(
    "(?P<not>未|没有|并未|不|无)?(?:超(?:出|过)?了?(?:年度|全年|调整后)*预算(?:支出|执行|数)?|突破了?预算|超支)(?=[，,。；;、）)]|$)"
    "|(?P<kept>控制在(?:年度|全年)?预算(?:数|额)?(?:以内|之内|内|范围))"
)
_GUARD = re.compile(
    "力争|计划(?![数值内外])|拟|预期|争取|确保|能否|是否|如果|若|不是|并非|下一步|将|应(?!急)|要求|不得|不能|尚未|未(?!执行|支)|基本|大部分|多数|有待|推动|努力|避免|防止"
)
_ELSEWHEN = re.compile("上年(?!度?[结执])|去年|往年|历年|明年|下年")
_GAP = re.compile(
    r"[0-9.,]+(?:万元|元|亿元|%|个百分点)?|[的也均都已则项目子资金经费采购预算各年度全实际支出执行数为，、；:：“”]"
)
_KINDS = ("l", "s", "t", "")
_ALL = re.compile("[均都各]")


@dataclass(frozen=True, slots=True)
class Money:
    """Budget and expenditure of one subject, in 万元."""

    name: str
    budget: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Spending:
    """Checks the words about money of a sentence."""

    card: Scorecard
    ledger: Ledger

    def check(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """Yield what the figures do not bear out."""
        for match in _SPENT.finditer(text, sentence.start, sentence.end):
            for money in self._of(text, sentence, match, project, named):
                if money.spent < money.budget and not _is_guarded(text, sentence, match):
                    yield _found("B06", text, match, money, "部分支出")
                    break
        for match in _LEFT.finditer(text, sentence.start, sentence.end):
            for money in self._near(text, sentence, match, project, named):
                left = money.budget > money.spent
                if left is (match["not"] is not None) and not _is_guarded(text, sentence, match):
                    yield _found("N05", text, match, money, "有结余" if left else "没有结余")
                    break
        for match in _OVER.finditer(text, sentence.start, sentence.end):
            kept = match["not"] is not None or match["kept"] is not None
            for money in self._near(text, sentence, match, project, named):
                if (money.spent > money.budget) is kept and not _is_guarded(text, sentence, match):
                    yield _found("N05", text, match, money, "未超预算" if not kept else "超出预算")
                    break

    def _of(
        self, text: str, sentence: Span, match: re.Match[str], project: int, named: Sequence[Named]
    ) -> list[Money]:
        """The subject right before the words; the sub-project or the whole where 预算 or 资金 is spoken of."""
        near = self._near(text, sentence, match, project, named)
        if near or re.search("预算|资金|经费|执行率|全额", match[0]) is None:
            return near
        spoken = [n.subjects[0][0] for n in named if n.start < match.start() and n.subjects[0][1] == ""]
        at = spoken[-1] if spoken else project
        cards = self.card.projects
        if not at and _ALL.search(text, max(sentence.start, match.start() - 8), match.end()):
            return [_of_card(card.name, card.execution) for card in cards if not card.confidential]
        execution = cards[at - 1].execution if 0 < at <= len(cards) else self.card.execution
        return [_of_card("预算执行", execution)]

    def _near(
        self, text: str, sentence: Span, match: re.Match[str], project: int, named: Sequence[Named]
    ) -> list[Money]:
        """What is named right before, nothing but its own figures in between."""
        before = [n for n in named if sentence.start <= n.start < match.start() and n.end <= match.start()]
        before = [n for n in before if not n.weak and n.subjects[0][1] in (*_KINDS, "o", "i")]
        if not before or before[-1].subjects[0][1] not in _KINDS:
            return []
        last = before[-1]
        between = text[last.end : match.start()]
        if re.search("[\u4e00-\u9fff]", _GAP.sub("", between)) and not self._is_own(text, last, match):
            return []
        own = [s for s in last.subjects if s[0] == project] or list(last.subjects)
        return [money for s in own[:1] if (money := self._money(s, last.text)) is not None]

    def _is_own(self, text: str, name: Named, match: re.Match[str]) -> bool:
        """Whether the sentence goes on with the same line item: its plan, its price, its figures."""
        words = re.sub(
            r"计划|每[\u4e00-\u9fff]{1,2}|因合同[\u4e00-\u9fff]{2,6}|因[\u4e00-\u9fff]{2,8}|单价|平均",
            "",
            text[name.end : match.start()],
        )
        return name.subjects[0][1] in "lt" and not re.search(
            "[\u4e00-\u9fff]", re.sub("[公里米个处台套座户亩期场次项人]", "", _GAP.sub("", words))
        )

    def _money(self, subject: Subject, name: str) -> Money | None:
        held = {e.attribute: e.fact.value for e in self.ledger.of(subject, ("budget", "spent"))}
        if len(held) < 2 or not held["budget"]:
            return None
        return Money(name, held["budget"], held["spent"])


def _of_card(name: str, execution: ExecutionScore) -> Money:
    return Money(name, execution.annual_budget, execution.expenditure)


def _is_guarded(text: str, sentence: Span, match: re.Match[str]) -> bool:
    clause = clause_around(text, match.start(), match.end())
    return bool(
        _GUARD.search(text, clause.start, match.start())
        or _ELSEWHEN.search(text, sentence.start, match.start())
    )


def _found(rule: str, text: str, match: re.Match[str], money: Money, right: str) -> Finding:
    shown = f"预算{money.budget:f}万元、支出{money.spent:f}万元"
    message = f"写明“{match[0]}”，而{money.name}{shown}"
    return spot(rule, text, match.span(), message, "请按数据改写这一用语，或先更正填报数据", expected=right)
