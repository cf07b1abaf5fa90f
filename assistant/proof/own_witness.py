"""The prose of a text against its own tables: names, results, scores and amounts of a row, totals, units, years.

A table is a witness only where it names the same thing in the same words. Knows no report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from assistant.domain.finding import Finding
from assistant.domain.numerals import Bound, Mention, MentionKind, scan
from assistant.proof.claim import Claim
from assistant.proof.own_tables import column_sums
from assistant.proof.own_text import OwnTable, OwnText, Row
from assistant.proof.spots import spot

_SUM = re.compile("合计|总计|总分")
_QUOTED = re.compile("“(?P<name>[^”\n]{3,30})”")
_ROLES = (("actual", "B04"), ("target", "B04"), ("score", "B03"), ("weight", "B03"))
_SPEAKS = ("年度指标值", "的年度指标值", "指标", "分值", "扣", "得", "未完成", "未达")
_ALIKE = 0.6
_DIGITS = 3
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_MOVED = re.compile("调整|追加|调[增减]|结余|结转|增加|减少|节约|上年")
_BEHIND = re.compile(r"(?P<spent>(?:实际)?(?:支出|执行|使用)(?:数|资金)?)?[为是：:共计]{0,3}$")


def check_score_columns(own: OwnText) -> Iterator[Finding]:
    """A07: the 合计 of weights and of scores are the sums of their columns; a table is asked only if its weights add up."""
    alike = Counter(table.columns for table in own.tables)
    for table in own.tables:
        if alike[table.columns] > 1:  # a table that goes on over pages, its header repeated
            continue
        if any("weight" in column for column in table.columns) and not any(
            "budget" in column or "initial" in column for column in table.columns
        ):
            wrong = list(column_sums(own, table, "weight"))
            if wrong or not any(_is_over(row) for row in table.rows):
                yield from wrong or column_sums(own, table, "score")


def _is_over(row: Row) -> bool:
    """Whether a row has more points than its weight, which is a fault of its own."""
    weight, score = row.number("weight"), row.number("score")
    return weight is not None and score is not None and (score.value or 0) > (weight.value or 0)


def check_named_rows(own: OwnText) -> Iterator[Finding]:
    """B03, B04: what a sentence says of a row it names in quotes is what the row says."""
    rows = _by_label(own)
    for sentence, claims in own.sentences if rows else ():
        names = list(_QUOTED.finditer(own.text, sentence.start, sentence.end))
        for number, match in enumerate(names):
            row = rows.get(match["name"])
            end = names[number + 1].start() if number + 1 < len(names) else sentence.end
            if row is not None and not _is_over(row):
                yield from _row_faults(own, row, [c for c in claims if match.end() <= c.mention.start < end])


def _row_faults(own: OwnText, row: Row, claims: Sequence[Claim]) -> Iterator[Finding]:
    for attribute, rule in _ROLES:
        said = [claim.mention for claim in claims if attribute in claim.attributes]
        known = row.number(attribute)
        others = [n.value for name, _ in _ROLES if (n := row.number(name)) is not None]
        if len(said) != 1 or known is None or said[0].bound is not Bound.EXACT:
            continue
        if said[0].value in others or not _one_unit(said[0], known, attribute):
            continue
        name = {"actual": "实际完成值", "target": "年度指标值", "score": "得分", "weight": "分值"}[attribute]
        message = f"“{row.label}”的{name}此处为{said[0].text.strip()}，表中为{known.text.strip()}"
        span = (said[0].start, said[0].end)
        yield spot(rule, own.text, span, message, "请核对，全文统一", expected=known.text.strip())


def _one_unit(said: Mention, known: Mention, attribute: str) -> bool:
    if attribute in ("score", "weight"):
        return said.unit == "分"
    return (
        bool(known.unit)
        and said.unit == known.unit
        and said.places == known.places
        or said.unit == known.unit != ""
    )


def check_row_amounts(own: OwnText) -> Iterator[Finding]:
    """B02: an amount right behind the name of a row is one of the row."""
    rows = {label: row for label, row in _by_label(own).items() if _is_money(row)}
    for claim in own.claims if rows else ():
        said = claim.mention
        if said.unit != "万元" or said.bound is not Bound.EXACT or claim.attributes & {"gap", "unspent"}:
            continue
        words = own.text[max(0, said.start - 34) : said.start]
        before, link = _BEHIND.sub("", words), _BEHIND.search(words)
        label = next((one for one in rows if before.endswith(one)), None)
        if label is None or _MOVED.search(before):
            continue
        spent = rows[label].number("spent") if link is not None and link["spent"] else None
        if spent.value == said.value if spent is not None else _is_of(rows[label], said):
            continue
        known = (
            spent.text if spent is not None else "、".join(mention.text for mention in _amounts(rows[label]))
        )
        message = f"“{label}”此处为{said.text.strip()}，表中为{known}"
        yield spot("B02", own.text, (said.start, said.end), message, "请核对，全文统一", expected=known)


def _is_of(row: Row, said: Mention) -> bool:
    """Whether an amount stands in the row, is the difference of two that do, or one of them in another unit."""
    known = [m.value for _, text in row.cells for m in scan(text) if m.value is not None]
    value = said.value or 0
    return value in known or value in {a - b for a in known for b in known} or value / 10_000 in known


def check_total_of_table(own: OwnText) -> Iterator[Finding]:
    """B03: the total said in the text is that of the one table of scores that ends in a total of 100."""
    totals = [
        (row.number("score"), row.number("weight"))
        for table in own.tables
        for row in table.rows
        if _SUM.search(row.label)
    ]
    full = [score for score, weight in totals if score and weight and weight.value == 100]
    if len(full) != 1 or any(True for table in own.tables for _ in column_sums(own, table, "score")):
        return
    for claim in own.claims:
        said = claim.mention
        if "total" not in claim.attributes or said.unit != "分" or said.bound is not Bound.EXACT:
            continue
        if said.value is not None and said.value > 60 and said.value not in (full[0].value, 100):
            message = f"总分此处为{said.text.strip()}，表中合计为{full[0].text}"
            span = (said.start, said.end)
            yield spot("B03", own.text, span, message, "请核对，全文统一", expected=f"{full[0].text}分")


def check_indicator_names(own: OwnText) -> Iterator[Finding]:
    """C04: an indicator in quotes that no row has, and one row nearly has, is the same under another name."""
    rows = [label for table in own.tables if _is_scored(table) for label in _labels(table)]
    for match in _QUOTED.finditer(own.text) if rows else ():
        behind = own.text[match.end() : match.end() + 8]
        if match["name"] in rows or not behind.startswith(_SPEAKS):
            continue
        near = [label for label in rows if SequenceMatcher(None, label, match["name"]).ratio() >= _ALIKE]
        free = [label for label in near if f"“{label}”年度指标值" not in own.text]
        if len(free) == 1:
            message = f"表中没有“{match['name']}”，疑为“{free[0]}”"
            yield spot("C04", own.text, match.span("name"), message, "请统一名称", expected=free[0])


def check_unit_slips(own: OwnText) -> Iterator[Finding]:
    """C02: 87.20元 where elsewhere it is 87.20万元."""
    amounts = [m for m in own.mentions if m.kind is MentionKind.QUANTITY and m.value]
    large = {m.value.normalize() for m in amounts if m.value and m.written_unit == "万元"}
    large |= {
        cell.value
        for row in _by_label(own).values()
        if _is_money(row)
        for cell in _amounts(row)
        if cell.value
    }
    large |= _left_over(own)
    for mention in amounts:
        if mention.written_unit != "元" or mention.value is None:
            continue
        plain = mention.value.scaleb(4).normalize() if mention.unit == "万元" else mention.value.normalize()
        if plain in large and (
            len(plain.as_tuple().digits) >= _DIGITS or mention.text.strip().endswith(".00元")
        ):
            message = f"“{mention.text.strip()}”别处为{plain:f}万元"
            span = (mention.start, mention.end)
            yield spot("C02", own.text, span, message, "请核对金额单位", expected=f"{plain:f}万元")


def _left_over(own: OwnText) -> set[Decimal]:
    """What the money rows of the tables leave: 预算数 less 执行数."""
    rows = [row for table in own.tables for row in table.rows if _is_money(row)]
    pairs = [(row.number("budget"), row.number("spent")) for row in rows]
    return {a.value - b.value for a, b in pairs if a and b and a.value is not None and b.value is not None}


def check_year_of_title(own: OwnText) -> Iterator[Finding]:
    """C01: the year of the title is the one that the text speaks of."""
    title = next((line for line in own.prose if line.text.strip()), None)
    said = _YEAR.search(own.text, title.start, title.end) if title is not None else None
    if title is None or said is None or "报告" not in title.text:
        return
    years = Counter(_YEAR.findall(own.text, title.end))
    if said[0] in years or not years:
        return
    year, times = years.most_common(1)[0]
    if times >= 3:
        message = f"标题写{said[0]}年，正文写的是{year}年"
        yield spot(
            "C01", own.text, (said.start(), said.end() + 1), message, "请核对年度", expected=f"{year}年"
        )


def _by_label(own: OwnText) -> dict[str, Row]:
    """Rows by name, those left out that share it."""
    rows = [row for table in own.tables for row in table.rows if row.label and not _SUM.search(row.label)]
    counts = Counter(row.label for row in rows)
    return {row.label: row for row in rows if counts[row.label] == 1 and len(row.label) >= 2}


def _labels(table: OwnTable) -> Iterator[str]:
    return (row.label for row in table.rows if row.label and not _SUM.search(row.label))


def _is_scored(table: OwnTable) -> bool:
    return any("score" in column for column in table.columns) and any(
        "target" in column for column in table.columns
    )


def _is_money(row: Row) -> bool:
    return any(column & {"budget", "spent", "initial"} for column in row.columns)


def _amounts(row: Row) -> list[Mention]:
    cells = zip(row.cells, row.columns, strict=True)
    texts = [text for (_, text), column in cells if column & {"budget", "spent", "initial", "unspent"}]
    return [mention for text in texts for mention in scan(text) if mention.kind is MentionKind.QUANTITY]
