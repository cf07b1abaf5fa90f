"""Comparisons without a number: the highest, the second, A above B, lower than last year (比较用语; N05).

Knows the ledger; reads one sentence with the names in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.facts import Role
from assistant.domain.finding import Finding
from assistant.proof.entries import Entry
from assistant.proof.lateness import early_or_late
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import Ledger
from assistant.proof.lexicon import ROLE, ROLE_ATTRIBUTES
from assistant.proof.naming import Subject
from assistant.proof.overspending import overspent
from assistant.proof.spots import spot
from assistant.proof.subjects import Named

_EXTREME = re.compile(
    "(?P<most>最高|最大|最多|居首|(?:排名?|位[居列])第一|居第一|首位|最快|最好|最长)|(?P<least>最低|最小|最少|末位|垫底|最慢|最差|最短)"
)
_NEXT = re.compile("(?P<second>其次|居第二|第二)|(?P<third>再次|居第三|第三)")
_ORDER = re.compile("由(?:(?P<down>高到低|多到少|大到小)|(?P<up>低到高|少到多|小到大))")
_BEHIND = re.compile("的?(?:子项目|项目|指标|任务|明细|支出|一项)?[，]?(?:分别|依次)?[是为：:]?“?$")
_VERSUS = re.compile(
    "(?P<up>高于|大于|多于|超过了?|好于|优于|快于)|(?P<down>低于|小于|少于|不及|不如|慢于|落后于)"
)
_SINCE = re.compile(
    "(?:[较比]|与)(?:上年|去年|上一年|20[0-9]{2}年)(?:度|同期|相比|水平)*[，]?(?:均|都|也|则)?(?:有所|略有|明显|大幅度?|小幅度?|持续|有|稳步|进一步)*"
    "(?:(?P<up>提高|提升|上升|增加|增长|扩大|延长|拉长)|(?P<down>下降|减少|降低|下滑|回落))(?!(?:了|约|近|到|至|为|幅度?)*[0-9一二三四五六七八九十百])"
)
_SAID = re.compile("[，。；、）)的为是达：（“]|$")
_OVER_ALL = re.compile("[0-9]项(?:三级)?指标中|公开的|各项指标|全部指标|所有指标")
_GROUPS = 500
_MONEY = re.compile("金额|资金量|规模|投入")
_SHORT = re.compile("短|慢")
_WANTED = (
    "rate",
    "completion",
    "total",
    "score",
    "lost",
    "scored",
    "spent",
    "budget",
    "unspent",
    "actual",
    "value",
    "share",
    "deviation",
)
_FALLBACK = {
    "score": ("total", "score"),
    "total": ("total", "score"),
    "lost": ("lost",),
    "rate": ("rate",),
    "completion": ("completion", "rate"),
}


@dataclass(frozen=True)
class Comparisons:
    """Checks the comparisons of a sentence against one ledger; `public` are the sub-projects that are not secret."""

    ledger: Ledger
    public: tuple[Subject, ...]

    def check(self, text: str, sentence: Span, named: Sequence[Named]) -> Iterator[Finding]:
        """Yield the comparisons that the figures do not bear out."""
        rows = [
            name
            for name in named
            if name.subjects[0][1] not in ("x", "g", "h", "p") and name.text not in ("合计", "总计", "共计")
        ]
        yield from self._extremes(text, sentence, rows)
        yield from self._versus(text, sentence, rows)
        yield from self._since(text, sentence, rows)
        yield from self._sorted(text, sentence, rows)
        yield from early_or_late(text, sentence, rows, self.ledger)
        yield from overspent(text, sentence, rows, self.ledger)

    # --- the highest, the second ----------------------------------------------------------------

    def _extremes(self, text: str, sentence: Span, rows: Sequence[Named]) -> Iterator[Finding]:
        direction, attributes = 0, list[frozenset[str]]()
        places = sorted(
            [
                *_EXTREME.finditer(text, sentence.start, sentence.end),
                *_NEXT.finditer(text, sentence.start, sentence.end),
            ],
            key=lambda match: match.start(),
        )
        for match in places:
            groups = match.groupdict()
            rank = 2 if groups.get("second") else 3 if groups.get("third") else 1
            if rank == 1:
                direction = 1 if groups.get("most") else -1
                attributes = self._spoken(text, sentence, match.start(), rows)
            if not direction:
                continue
            name = _meant(text, match, rows, after_only=rank > 1)
            if name is None or not _SAID.match(text, match.end()):
                continue
            listed = _listed(text, sentence, rows)
            over_all = _OVER_ALL.search(text, sentence.start, match.start()) is not None
            wrong = next(
                (
                    one
                    for one in attributes
                    if self._is_wrong(name, one, direction, rank, listed, over_all=over_all)
                ),
                None,
            )
            if wrong is not None:
                start, end = min(name.start, match.start()), max(name.end, match.end())
                message = f"按数据，“{name.text}”不是{match[0]}的一项"
                yield spot("N05", text, (start, end), message, "请按数据核对排序")

    def _spoken(self, text: str, sentence: Span, at: int, rows: Sequence[Named]) -> list[frozenset[str]]:
        """The roles that an extreme is of: the last one said, or each of several before 均."""
        found: list[frozenset[str]] = []
        for match in ROLE.finditer(text, sentence.start, min(at + 8, sentence.end)):
            if match.start() >= at and found:
                break
            inside = any(name.start <= match.start() < name.end for name in rows)
            roles = ROLE_ATTRIBUTES[match.lastgroup or ""] & set(_WANTED)
            if (
                roles
                and not inside
                and not re.match("[^，。；]{0,3}[中里]", text[match.end() : match.end() + 4])
            ):
                found.append(roles)
        if not found and _MONEY.search(text, max(sentence.start, at - 12), at):
            return [frozenset({"spent"})]
        if re.search("均|都", text[max(sentence.start, at - 6) : at]):
            return found[-2:]
        return found[-1:]

    def _is_wrong(
        self,
        name: Named,
        roles: frozenset[str],
        direction: int,
        rank: int,
        listed: Sequence[Subject],
        *,
        over_all: bool,
    ) -> bool:
        """Whether no reading of a name has that rank among its like."""
        verdicts = []
        for subject in name.subjects:
            own = self._value(subject, roles)
            if own is None:
                continue
            for group in self._siblings(subject, listed, over_all=over_all):
                values = [one.fact.value for other in group if (one := self._same(other, own)) is not None]
                if len(values) >= max(2, rank):
                    ahead = sum((value - own.fact.value) * direction > 0 for value in values)
                    level = sum(value == own.fact.value for value in values)
                    verdicts.append(ahead <= rank - 1 < ahead + level)
        return bool(verdicts) and not any(verdicts)

    def _value(self, subject: Subject, roles: frozenset[str]) -> Entry | None:
        for role in _WANTED:
            for name in _FALLBACK.get(role, (role,)) if role in roles else ():
                one = next(iter(self.ledger.of(subject, (name,))), None)
                if one is not None and one.fact.role is not Role.TEXT:
                    return one
        return None

    def _same(self, subject: Subject, like: Entry) -> Entry | None:
        held = [one for one in self.ledger.of(subject, (like.attribute,)) if one.fact.role is not Role.TEXT]
        return next(
            (one for one in held if one.fact.unit == like.fact.unit and not one.fact.confidential), None
        )

    def _siblings(
        self, subject: Subject, listed: Sequence[Subject], *, over_all: bool
    ) -> list[list[Subject]]:
        """The groups in which a subject can be the first: those listed, its own sub-project's, all."""
        same = [other for other in listed if other[1] == subject[1]]
        if len(same) >= 2:
            return [list(dict.fromkeys([*same, subject]))]
        if subject[1] == "":
            return [list(self.public)]
        if subject[1] == "c":
            everyone = [s for last, s in self.ledger.index if s[1] == "c" and not last and s[0] == subject[0]]
            return (
                [[s for s in everyone if s[2] // 100 == subject[2] // 100]] if subject[2] >= _GROUPS else []
            )
        everyone = [s for last, s in self.ledger.index if not last and s[1] == subject[1]]
        own = [s for s in everyone if s[0] == subject[0]]
        return [everyone] if over_all or not subject[0] else [own, everyone]

    # --- one against another --------------------------------------------------------------------

    def _versus(self, text: str, sentence: Span, rows: Sequence[Named]) -> Iterator[Finding]:
        for match in _VERSUS.finditer(text, sentence.start, sentence.end):
            other = next((n for n in rows if 0 <= n.start - match.end() <= 2), None)
            before = [n for n in rows if n.end <= match.start()]
            if (
                other is None
                or not before
                or re.match("[^，。；]{0,6}[0-9]", text[other.end : other.end + 8])
            ):
                continue
            roles = self._spoken(text, sentence, match.start(), rows) or self._spoken(
                text, sentence, sentence.end, rows
            )
            signs = {
                (one.fact.value > two.fact.value) - (one.fact.value < two.fact.value)
                for role in roles[-1:]
                for first in before[-1].subjects
                if (one := self._value(first, role)) is not None
                for second in other.subjects
                if second != first and (two := self._same(second, one)) is not None
            }
            right = 1 if match["up"] else -1
            if signs and right not in signs:
                message = f"“{before[-1].text}”与“{other.text}”相比，方向与数据相反"
                yield spot("N05", text, match.span(), message, "请按数据改写方向词")

    def _since(self, text: str, sentence: Span, rows: Sequence[Named]) -> Iterator[Finding]:
        """执行率较上年有所下降: held against last year's figure."""
        for match in _SINCE.finditer(text, sentence.start, sentence.end):
            roles = self._spoken(text, sentence, match.start(), rows)
            before = [name for name in rows if name.end <= match.start()]
            subjects = before[-1].subjects if before else ((0, "", 0),)
            wanted = roles[-1] if roles else frozenset({"actual", "value"})
            signs = {
                (now.fact.value > then.fact.value) - (now.fact.value < then.fact.value)
                for subject in subjects
                if (now := self._value(subject, wanted)) is not None
                for then in self.ledger.of(subject, (now.attribute,), True)
                if then.fact.role is not Role.TEXT
            }
            right = 1 if match["up"] else -1
            if signs and right not in signs:
                group = "up" if match["up"] else "down"
                message = f"与上年数据相比，此处不应写“{match[group]}”"
                yield spot("N05", text, match.span(group), message, "请按数据改写方向词")

    def _sorted(self, text: str, sentence: Span, rows: Sequence[Named]) -> Iterator[Finding]:
        """按执行率由高到低依次为甲、乙、丙: the list is in that order."""
        for match in _ORDER.finditer(text, sentence.start, sentence.end):
            roles = self._spoken(text, sentence, match.start(), rows)
            names = [name for name in rows if name.start > match.end() and not name.weak]
            values: list[Decimal] = []
            for name in names:
                held = [
                    one
                    for s in name.subjects
                    for role in roles[-1:]
                    if (one := self._value(s, role)) is not None
                ]
                if not held:
                    break
                values.append(held[0].fact.value)
            right = sorted(values, reverse=bool(match["down"]))
            if len(values) == len(names) > 1 and values != right:
                span = (names[0].start, names[-1].end)
                yield spot("N05", text, span, "所列次序与数据不符", "请按数据重新排序")


def _meant(text: str, match: re.Match[str], rows: Sequence[Named], *, after_only: bool) -> Named | None:
    """Whom an extreme is said of: the name behind it (最低的是甲), else the last one before."""
    behind = next(
        (n for n in rows if n.start >= match.end() and _BEHIND.match(text[match.end() : n.start])), None
    )
    if after_only:
        return behind
    before = [
        n
        for n in rows
        if n.end <= match.start() and not re.match("[^，。；]{0,4}中", text[n.end : n.end + 5])
    ]
    clause = clause_around(text, match.start(), match.end())
    ends = text[match.end() : match.end() + 1] in "，,"
    if behind is not None and not (ends and before and before[-1].start >= clause.start):
        return behind
    return before[-1] if before else None


def _listed(text: str, sentence: Span, rows: Sequence[Named]) -> list[Subject]:
    """甲、乙和丙三项中: what is listed before 中."""
    match = re.search("[^，。；]{2,60}?(?:[者项个类部]分?)?[中里]", text[sentence.start : sentence.end])
    if match is None:
        return []
    end = sentence.start + match.end()
    names = [name for name in rows if name.end <= end]
    return [s for name in names for s in name.subjects[:1]] if len(names) > 1 else []
