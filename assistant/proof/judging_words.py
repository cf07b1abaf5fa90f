"""Whether what is said of rows is true: 均达标, 两项未达标, 除A外均完成, 未达标的是A和B (B05, N05).

Guarded words (基本、力争、将…) claim nothing. Knows the scorecard through `row_groups` and `states`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain.finding import Finding
from assistant.domain.scorecard import Row
from assistant.proof.judgements import (
    Judgement,
    Quantifier,
    continues,
    is_total,
    judgements,
    speaks_of_another,
)
from assistant.proof.layout import Span, clause_around
from assistant.proof.row_groups import Group, Rows, Said, speaks_of_goals
from assistant.proof.spots import spot
from assistant.proof.states import holds
from assistant.proof.subjects import Named

_AHEAD = re.compile(
    "力争|(?<![比较与按照年的])计划(?![数值内外完少多的])|拟(?!定)|争取|确保|能否|是否|如果|若|后续|下一步|下年度?|下一年度?|明年|标准[为是：]|目标是|核验"
)
_NEAR = re.compile(
    "基本|将|应(?!急)|要求|不得|不能|不等于|有待|继续|推动|努力|促进|保证|保障|才|接近|尚不|差[0-9]|评价为|不代表|并非|不是"
)
_ELSEWHEN = re.compile("上年(?!度?[结执])|去年|往年|历年|同期")
_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})年")
_THAN = re.compile("(?:[较比]|相比于?|与)(?:(?:19|20)[0-9]{2}年)[^，。；]*")
_SHARE = re.compile("的?[近约]?[0-9一二三四五六七八九]+(?:[%成.]|个?百分)")
_ONWARD = re.compile("[了有]?[0-9一两二三四五六七八九十]+[项个条]|的?(?:比例|比率|率|面|情况)")
#: 满分12分, 失分1.08分: a number that is checked by itself.
_SCORE_AFTER = re.compile("[0-9.]+分")
_REST = re.compile("其余|其他|余下")
_PARTS = re.compile("子?项目$|[两二三四五六七八九2-9](?:块|类|部分|个?方面|大块|条线)[^，。；]*$")
_END = frozenset("，,。；;、）)”’的 \n\t")
_VERB = re.compile("(?:完成|实现|达成|达到)(?!预期)")
_POSITIVE = frozenset({"met", "exceeded", "full", "at_least"})
_STEMS = frozenset("标成实达满失扣丢高低超优平合期等")


@dataclass(frozen=True)
class RowWords:
    """Checks the judging words of a sentence."""

    rows: Rows
    year: int | None

    def check(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> Iterator[Finding]:
        """Yield what the figures do not bear out."""
        for judgement, group in self._said(text, sentence, project, named):
            yield from _judge(text, judgement, group)

    def counts(self, text: str, sentence: Span, project: int, named: Sequence[Named]) -> frozenset[int]:
        """Return where the true counts of a sentence begin (仅A1项未达标): numbers that need no other figure."""
        return frozenset(
            judgement.number_at
            for judgement, group in self._said(text, sentence, project, named)
            if judgement.number_at is not None and _is_count(judgement, group)
        )

    def _said(
        self, text: str, sentence: Span, project: int, named: Sequence[Named]
    ) -> Iterator[tuple[Judgement, Group]]:
        """What is judged in a sentence, with whom it is said of."""
        if _STEMS.isdisjoint(text[sentence.start : sentence.end]):
            return
        at, before = sentence.start, Group(())
        for judgement in judgements(text, sentence):
            counted_on = judgement.number is not None and _ONWARD.match(text, judgement.end)
            if (
                _inside_name(judgement, named)
                or counted_on
                or _SHARE.match(text, judgement.end)
                or _SCORE_AFTER.match(text, judgement.end)
            ):
                continue
            region = Span(at, judgement.start)
            group = self._group(text, judgement, region, project, named, before)
            if group.said and not self._is_guarded(text, sentence, judgement):
                yield judgement, group
            at, before = judgement.end, group if group.said else before

    def _group(
        self,
        text: str,
        judgement: Judgement,
        region: Span,
        project: int,
        named: Sequence[Named],
        before: Group,
    ) -> Group:
        if judgement.listed is not None:
            end = next((at for at in range(judgement.listed, len(text)) if text[at] in "。；;\n"), len(text))
            after = self.rows.group(text, Span(judgement.listed, end), named, project)
            if after.named:
                return after
        if judgement.quantifier is Quantifier.ONE:
            return self._single(text, judgement, region, project, named)
        counted = judgement.quantifier is Quantifier.COUNT
        if judgement.noun.endswith("项目"):
            return Group(())
        if before.said and _REST.search(text, region.start, judgement.start + 2):
            return self._rest(judgement, project, named, before)
        noun = Span(
            region.start, judgement.start + text[judgement.start : judgement.end].find(judgement.noun)
        )
        whole = Span(region.start, max(region.end, noun.end + len(judgement.noun)))
        group = self.rows.group(text, whole, named, project, loose=not counted or judgement.every)
        if not group.named and before.said and counted and continues(text, region):
            return before
        if counted and not group.named and is_total(text, region, len(group.said)):
            return replace(group, named=True)
        if (
            group.whole
            and not group.excepted
            and not speaks_of_goals(text, judgement.start, judgement.end, region.start)
        ):
            return Group(())
        parted = judgement.quantifier is Quantifier.ALL and _PARTS.search(text, region.start, judgement.start)
        return Group(()) if group.whole and parted else group

    def _rest(self, judgement: Judgement, project: int, named: Sequence[Named], before: Group) -> Group:
        """其余9项均达标: what those named before leave of the sub-project or the whole."""
        spoken = [n.subjects[0][0] for n in named if n.start < judgement.start and n.subjects[0][1] == ""]
        paths = {one.row.path for one in before.said}
        for scope in dict.fromkeys([*spoken[-1:], project, 0]):
            rows = [row for row in self.rows.scope(scope) if row.path not in paths]
            if before.named and len(rows) == judgement.number:
                return Group(tuple(map(Said, rows)), named=True)
        return Group(())

    def _single(
        self, text: str, judgement: Judgement, region: Span, project: int, named: Sequence[Named]
    ) -> Group:
        """One row, or several that are joined (A和B优于上限); what stands in the clause, else in the sentence."""
        if judgement.bare:
            return Group(())
        clause = clause_around(text, judgement.start, judgement.start)
        near = Span(max(region.start, clause.start), region.end)
        group = self.rows.group(text, near, named, project)
        if group.named:
            return _nearest(text, group)
        others = [n for n in named if region.start <= n.start < region.end and n.subjects[0][1] != ""]
        group = self.rows.group(text, region, named, project)
        one = group.named and len({n.text for n in others}) == 1
        return group if one and not speaks_of_another(text, near) else Group(())

    def _is_guarded(self, text: str, sentence: Span, judgement: Judgement) -> bool:
        clause = clause_around(text, judgement.start, judgement.start)
        before = text[sentence.start : judgement.start]
        years = [int(year) for year in _YEAR.findall(_THAN.sub("", before))]
        return bool(
            _AHEAD.search(before)
            or _NEAR.search(text, clause.start, judgement.start)
            or _ELSEWHEN.search(text, sentence.start, judgement.start)
            or (years and self.year and years[-1] != self.year)
        )


def _judge(text: str, judgement: Judgement, group: Group) -> Iterator[Finding]:
    said, rows = group.said, group.rows
    states = [holds(judgement.says, row) for row in rows]
    true, false = states.count(True), [one for one, state in zip(said, states, strict=True) if state is False]
    if judgement.bare and group.named and text[judgement.end : judgement.end + 1] not in _END:
        return
    if _is_announced(judgement, said):
        if false:
            yield _named(text, judgement, false[0])
        elif judgement.number is not None and judgement.items not in (0, 1, judgement.number):
            yield _phrase(text, judgement, said)
    elif group.excepted or group.excepted_count is not None:
        yield from _all_but(text, judgement, group, false)
    elif judgement.quantifier is Quantifier.NONE:
        if true:
            yield _phrase(text, judgement, [one for one, state in zip(said, states, strict=True) if state])
    elif judgement.quantifier is Quantifier.MOST:
        if 2 * len(false) > len(rows):
            yield _phrase(text, judgement, false)
    elif judgement.quantifier is Quantifier.COUNT:
        yield from _counted(text, judgement, group, true, false)
    elif false and (
        judgement.quantifier is Quantifier.ALL or len(false) == len(said) or _is_joined(text, said)
    ):
        yield _blamed(text, judgement, said, false)


def _is_count(judgement: Judgement, group: Group) -> bool:
    """Whether a count is that of the rows in the state that is said."""
    states = [holds(judgement.says, one.row) for one in group.said]
    true = states.count(True)
    if _is_announced(judgement, group.said) and judgement.items not in (0, judgement.number):
        return False
    whole = judgement.number == len(group.said) and False not in states
    return whole or (judgement.number == true and not judgement.every and not group.excepted)


def _counted(
    text: str, judgement: Judgement, group: Group, true: int, false: Sequence[Said]
) -> Iterator[Finding]:
    """三项均达标: all of the three; 两项达标: exactly two of those named."""
    said, number = group.said, judgement.number or 0
    if judgement.part in ("前", "后", "最后"):
        chosen = said[:number] if judgement.part == "前" else said[-number:]
        wrong = [one for one in chosen if one in false]
        if wrong and group.named and number < len(said):
            yield _blamed(text, judgement, chosen, wrong)
    elif number == len(said):
        if false:
            yield _blamed(text, judgement, said, false)
    elif judgement.every or not group.named or None in [holds(judgement.says, row) for row in group.rows]:
        return
    elif number < len(said) and number != true:
        yield _phrase(text, judgement, false)


def _all_but(text: str, judgement: Judgement, group: Group, false: Sequence[Said]) -> Iterator[Finding]:
    if group.excepted_count is not None:
        if len(false) != group.excepted_count:
            yield _phrase(text, judgement, false or group.said)
        return
    wrong = [one for one in group.excepted if holds(judgement.says, one.row)]
    if wrong:
        yield _named(text, judgement, wrong[0])
    elif false and not _is_loose(group, false):
        yield _phrase(text, judgement, false)


def _is_loose(group: Group, false: Sequence[Said]) -> bool:
    """Whether what an exception leaves was known too vaguely to judge."""
    return not group.excepted and group.whole and 2 * len(false) < len(group.said)


def _blamed(text: str, judgement: Judgement, said: Sequence[Said], false: Sequence[Said]) -> Finding:
    """The finding stands at the name where most of a list is true, else at the words."""
    few = 2 * len(false) <= len(said) and all(one.place for one in said)
    return _named(text, judgement, false[0]) if few else _phrase(text, judgement, false)


def _named(text: str, judgement: Judgement, one: Said) -> Finding:
    place = one.place or Span(judgement.start, judgement.end)
    return _found(text, judgement, (place.start, place.end), [one.row])


def _phrase(text: str, judgement: Judgement, wrong: Sequence[Said]) -> Finding:
    verb = _VERB.search(text, judgement.word, judgement.end)
    end = verb.end() if verb and judgement.quantifier is Quantifier.ALL else judgement.end
    return _found(text, judgement, (judgement.start, end), [one.row for one in wrong])


def _found(text: str, judgement: Judgement, span: tuple[int, int], rows: Sequence[Row]) -> Finding:
    said = text[judgement.start : judgement.end]
    shown = "、".join(f"“{row.name}”" for row in rows[:3])
    names = f"{shown}等{len(rows)}项指标" if len(rows) > 3 else shown
    met = bool(rows) and rows[0].met
    state = (rows[0].basis if rows else "") or ("达标" if met else "未达标")
    rule = "B05" if judgement.says in _POSITIVE else "N05"
    message = f"写明“{said}”，而{names}与此不符（{state}）"
    right = "达标" if met else "未达标"
    return spot(rule, text, span, message, "请按数据改写这一用语，或先更正填报数据", expected=right)


def _inside_name(judgement: Judgement, named: Sequence[Named]) -> bool:
    return any(name.start <= judgement.word < name.end for name in named)


def _nearest(text: str, group: Group) -> Group:
    """Of several rows in a clause the last, or all where they are joined as a list."""
    if len(group.said) > 1 and not _is_joined(text, group.said):
        last = group.said[-1]
        return Group((last,), named=True)
    return group


def _is_joined(text: str, said: Sequence[Said]) -> bool:
    places = [one.place for one in said]
    return len(said) > 1 and all(
        a and b and re.fullmatch(r"[^，。；：\u4e00-\u9fff]*[、和及与][“‘]?", text[a.end : b.start])
        for a, b in zip(places, places[1:], strict=False)
    )


def _is_announced(judgement: Judgement, said: Sequence[Said]) -> bool:
    """Whether the rows stand behind the words that judge them."""
    first = said[0].place if said else None
    return judgement.listed is not None and first is not None and first.start >= judgement.listed
