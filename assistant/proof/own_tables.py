"""The tables of a text against themselves and against its prose: rates, scores, sums, claims of completion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind, scan
from assistant.domain.units import compatible
from assistant.proof.layout import clause_around
from assistant.proof.own_ratios import rate_of, share_holds
from assistant.proof.own_text import OwnTable, OwnText, Row
from assistant.proof.spots import spot

_SUM_ROW = re.compile("合计|小计|总计|总分")
_LEAD_ROW = re.compile("资金总额|总额")
_MONEY = ("initial", "budget", "spent", "unspent")
_MOST_ROWS = 12
_LEAST_NAME = 2
_SUFFIX = re.compile(
    "(?:完成)?(?:场次|次数|人数|人次|数量|个数|件数|条数|篇数|批次|期数|户数|台数|座数|总数|面积|数|率)$"
)
_TARGET = re.compile("目标|计划|不少于|不低于|≥|至少|应|指标值|力争|预算|原定|拟|较|比|每")
_WHOM = re.compile("(?:对象|人员|人口|群众|企业|单位|居民|学生|儿童)$")  # of whom, not yet what
_LINK = re.compile("(?:共|为|了|达到?|完成)$")
_OTHER = frozenset({"target", "gap", "weight", "score", "lost", "completion"})
_ALL_DONE = re.compile(
    "(?:绩效|各项|年度|全部)*(?:指标|目标)(?:值)?(?:均|都)?(?:已)?全部(?:完成|达成|实现|达标)|全部指标(?:均|都)?(?:已)?(?:完成|达成)|(?:各项|全部)(?:绩效)?指标均(?:已)?(?:完成|达成|达标)"
)
_GUARD = re.compile("除|基本|未|部分|力争|确保|将")


def check_row_rates(own: OwnText) -> Iterator[Finding]:
    """A02: the rate of a row is 执行/预算 of the row."""
    for row in _rows(own):
        budget, spent, rate = row.number("budget"), row.number("spent"), row.number("rate")
        if budget and spent and rate and not share_holds(spent, budget, rate):
            right = rate_of(spent, budget)
            message = f"“{row.label}”一行执行率{rate.text}，按{spent.text}/{budget.text}计算应为{right}"
            yield spot("A02", own.text, (rate.start, rate.end), message, "请核对数值", expected=right)


def check_row_scores(own: OwnText) -> Iterator[Finding]:
    """A06: no score above its weight."""
    for row in _rows(own):
        weight, score = row.number("weight"), row.number("score")
        if (
            weight
            and score
            and weight.value is not None
            and score.value is not None
            and score.value > weight.value + Decimal("0.005")
        ):
            message = f"“{row.label}”得分{score.text}高于分值{weight.text}"
            yield spot(
                "A06",
                own.text,
                (score.start, score.end),
                message,
                "请更正得分",
                expected=f"不高于{weight.text}",
            )


def check_sums(own: OwnText) -> Iterator[Finding]:
    """A12: 合计 and 小计 rows are the sums of the rows above them, a column at a time."""
    for table in own.tables:
        for attribute in _MONEY:
            if any(attribute in column for column in table.columns):
                yield from column_sums(own, table, attribute)


def column_sums(own: OwnText, table: OwnTable, attribute: str) -> Iterator[Finding]:
    """Yield the 合计 and 小计 of one column that are not the sums of the rows above them."""
    group: list[Mention] = []
    everything: list[Mention] = []
    subtotals: list[Mention] = []
    for row in table.rows:
        amount = row.number(attribute)
        if amount is None or _LEAD_ROW.search(row.label):
            continue
        if not any(_SUM_ROW.search(label) for label in row.labels):
            group.append(amount)
            everything.append(amount)
            continue
        candidates = [parts for parts in (group, everything, subtotals) if len(parts) >= 2]
        nested = any(label.startswith("其中") for other in table.rows for label in other.labels)
        right = any(_adds_up(parts, amount) for parts in candidates)
        if candidates and not right and not (nested and _some_add_up(everything, amount)):
            added = _sum(candidates[0])
            message = f"“{row.label}”为{amount.text}，上面{len(candidates[0])}行相加为{added:f}"
            yield spot(
                "A12",
                own.text,
                (amount.start, amount.end),
                message,
                "请核对分项和合计",
                expected=f"{added:f}",
            )
        subtotals.append(amount)
        group = []


def _sum(parts: Sequence[Mention]) -> Decimal:
    return sum((part.value or Decimal(0) for part in parts), Decimal(0))


def _adds_up(parts: Sequence[Mention], total: Mention) -> bool:
    slack = max(Decimal("0.01"), Decimal("0.005") * (len(parts) + 1))
    return total.value is None or abs(_sum(parts) - total.value) <= slack


def _some_add_up(parts: Sequence[Mention], total: Mention) -> bool:
    """Whether leaving out 其中 rows makes the sum right; their reach is not marked in the text."""
    return len(parts) > _MOST_ROWS or any(_adds_up(some, total) for some in _selections(parts))


def _selections(parts: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    return (some for size in range(2, len(parts)) for some in combinations(parts, size))


def check_prose_against_rows(own: OwnText) -> Iterator[Finding]:
    """B01: a result said in prose right behind the name of a row (or its first words) is that of the row."""
    named = [row for row in _rows(own) if len(row.label) >= _LEAST_NAME]
    results = [(row, number) for row in named if (number := row.number("actual")) and number.unit]
    for claim in own.claims if results else ():
        said = claim.mention
        if said.bound is not Bound.EXACT or claim.attributes & _OTHER or own.is_planning(said.start):
            continue
        clause = clause_around(own.text, said.start, said.end)
        before = own.text[clause.start : said.start]
        rows = [
            (row, number)
            for row, number in results
            if number.unit == said.unit and _is_behind(row.label, before)
        ]
        if (
            not rows
            or _TARGET.search(own.text, clause.start, said.end)
            or any(_states(row, said) for row, _ in rows)
        ):
            continue
        row, number = rows[0]
        wrong, right = (number, said) if _is_computed(own, said) else (said, number)
        message = f"“{row.label}”此处为{said.text.strip()}，附表实际完成值为{number.text.strip()}"
        span = (wrong.start, wrong.end)
        yield spot("B01", own.text, span, message, "请核对，全文统一", expected=right.text.strip())


def _is_behind(label: str, before: str) -> bool:
    """Whether a clause ends with the name, or its first four and more characters, and nothing but 共、为、了."""
    words = _LINK.sub("", before)
    name = _SUFFIX.sub("", label)
    heads = (name[:length] for length in range(len(name), 3, -1))
    if words.endswith(label) or any(words.endswith(head) and not _WHOM.search(head) for head in heads):
        return True
    tails = (label[at:] for at in range(1, len(label) - 4)) if label.endswith("率") else ()
    return any(words.endswith(tail) and len(words.strip()) == len(tail) for tail in tails)


def _is_computed(own: OwnText, rate: Mention) -> bool:
    """Whether two counts right before a rate give it."""
    before = [m for m in own.mentions if m.end <= rate.start and m.kind is MentionKind.QUANTITY][-2:]
    if rate.unit != "%" or len(before) < 2 or before[0].unit != before[1].unit or before[0].unit in ("", "%"):
        return False
    return share_holds(before[1], before[0], rate)


def _states(row: Row, said: Mention) -> bool:
    """Whether the row has that number anywhere (target, result)."""
    return any(mention.value == said.value for _, text in row.cells for mention in scan(text))


def check_all_done(own: OwnText) -> Iterator[Finding]:
    """B05: 指标全部完成 beside a row that missed its target."""
    failed = [row for row in _rows(own) if _missed(row)]
    for line in own.prose if failed else ():
        for match in _ALL_DONE.finditer(line.text):
            if _GUARD.search(line.text, max(0, match.start() - 12), match.end()):
                continue
            names = "、".join(f"“{row.label}”" for row in failed[:3])
            span = (line.start + match.start(), line.start + match.end())
            yield spot(
                "B05",
                own.text,
                span,
                f"写明“{match[0]}”，附表中{names}等{len(failed)}项未达到年度指标值",
                "请按附表改写",
                expected="部分完成",
            )


def _missed(row: Row) -> bool:
    target, actual = row.cell("target"), row.number("actual")
    if target is None or actual is None or actual.value is None:
        return False
    bounds = [mention for mention in scan(target[1]) if mention.kind is MentionKind.QUANTITY]
    if len(bounds) != 1 or bounds[0].value is None or not compatible(bounds[0].unit, actual.unit):
        return False
    if bounds[0].bound is Bound.BELOW:
        return actual.value > bounds[0].value
    return actual.value < bounds[0].value


def _rows(own: OwnText) -> Iterator[Row]:
    return (row for table in own.tables for row in table.rows)
