"""Reads what stands in a target cell or an actual cell: operator, bounds, unit, kind (指标值的文法).

The grammar is that of real forms (`95%`, `大于95%`, `约550人`, `1-2篇`, `0事故`, `2024年6月底前`). The raw
text is always kept; what had to be supposed is marked `assumed`. Knows nothing about scores.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.figures import Quantity
from assistant.domain.indicator import Category, Comparator, Dimension, Target, TargetKind, Tier
from assistant.domain.measure_words import UNIT, canonical_unit

_WIDE = str.maketrans(
    "０１２３４５６７８９．，％＞＜＝－／：；≧≦⩾⩽﹥﹤～〜",
    "0123456789.,%><=-/:;≥≤≥≤><~~",
)

#: Words and signs that state a comparator, longest first so that 不低于 is not read as 低于.
_OPERATORS: tuple[tuple[str, Comparator], ...] = tuple(
    sorted(
        [
            (word, comparator)
            for comparator, words in {
                Comparator.GE: "大于等于 大于或等于 不少于 不低于 不小于 不短于 至少 达到 ≥ >= =>",
                Comparator.LE: "小于等于 小于或等于 不超过 不高于 不大于 不多于 不突破 控制在 ≤ <= =<",
                Comparator.GT: "大于 高于 超过 多于 >",
                Comparator.LT: "小于 少于 低于 <",
                Comparator.EQ: "等于 =",
            }.items()
            for word in words.split()
        ],
        key=lambda pair: -len(pair[0]),
    )
)
_OPERATOR_OF = dict(_OPERATORS)

#: More than 24 digits on end are no figure but a slip.
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,7}|(?<!\d)\d{1,24}(?!\d))(?:\.\d{1,24}(?!\d))?"
_OPERATOR = "|".join(re.escape(word) for word, _ in _OPERATORS)
_ATOM = re.compile(
    rf"(?P<op>{_OPERATOR})?\s*(?P<near>近|约)?\s*(?P<sign>(?<![\d%])[-−])?(?P<number>{_NUMBER})\s*"
    rf"(?P<more>余|多(?!于))?\s*(?P<unit>{UNIT})?\s*"
    r"(?P<tail>左右|(?:及|或)?以上|(?:及|或)?以下|以内|之内|内(?!容|部)|(?<=[日号])之?前)?"
)
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit1>{UNIT})?\s*(?:-|–|—|~|至|到)\s*(?P<high>{_NUMBER})\s*(?P<unit>{UNIT})?"
)
_DATE = re.compile(
    r"\d{4}年\d{1,2}月|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)(?:1[0-2]|[1-9])月(?=\d|底|末|前|初|份|上旬|中旬|下旬|之|$)"
    r"|年(?:底|末)|第?[一二三四]季度(?:底|末|前|内)"
)
_STEP = re.compile(r"得\s*\d+(?:\.\d+)?\s*分")
_DEADLINE = re.compile(r"(?<![0-9最])后\s*\d+\s*(?:个?月|个?工作日|天|日|年|周)")
_FULL_MARKS = re.compile(r"满分\s*\d+\s*分")
_NOISE = re.compile(r"\d{4}年(?:度)?(?!\d{1,2}月)|第\d+(?:届|次会议|季度|期|批|号|轮)?|[(（][^)）]*[)）]")
_LISTING = re.compile(r"(?<!\d)\d+\s*[.、．](?=\D)")


def read_target(
    text: str, *, category: str = "", dimension: str = "", name: str = "", tier: Tier | None = None
) -> Target:
    """Return the parsed 年度指标值 (domain §2.1, §3.4); never fails, unknown words are 定性.

    The words of the row (`category`, `dimension`, `name`) decide the operator of a bare number: ≥ for
    rates and satisfaction, ≤ for costs and for zero, ＝ for counts; it is then marked `assumed`. A row
    with a `tier` is 定性 unless its target is nothing but a number.
    """
    plain = normalised(text)
    bare, kind = _without_noise(plain), _kind(plain, tier)
    if kind is TargetKind.RANGE and (ranged := _RANGE.search(bare)):
        return _range(text, ranged)
    if kind is TargetKind.NUMBER and (atom := _ATOM.search(bare)):
        supposed = _supposed(atom, f"{category} {dimension} {name}", _is_cost(category, dimension, name))
        return _number(text, atom, _stated(atom, plain), supposed)
    return Target(raw=text, kind=kind, comparator=Comparator.LE if kind is TargetKind.DATE else None)


def normalised(text: str) -> str:
    """Return the text with full-width digits and signs made half-width, character for character."""
    return text.translate(_WIDE).strip()


def _kind(plain: str, tier: Tier | None) -> TargetKind:
    """Return what kind of target the text is."""
    if not plain or plain in ("-", "—", "/"):
        return TargetKind.EMPTY
    if "保密" in plain and not re.search(r"\d", plain):
        return TargetKind.CONFIDENTIAL
    if _STEP.search(plain):
        return TargetKind.STEP
    if _DATE.search(plain) or _DEADLINE.search(plain):
        return TargetKind.DATE
    if _FULL_MARKS.search(plain):
        return TargetKind.QUALITATIVE
    return _kind_of_numbers(plain, tier)


def _kind_of_numbers(plain: str, tier: Tier | None) -> TargetKind:
    """Return the kind by how many numbers stand in the text."""
    bare = _without_noise(plain)
    ranged = _RANGE.search(bare)
    atoms = list(_ATOM.finditer(bare))
    if tier is not None and not (ranged or _nothing_but_number(bare)):
        return TargetKind.QUALITATIVE
    if ranged and len(atoms) == 2:
        return TargetKind.RANGE
    if not atoms:
        return TargetKind.QUALITATIVE
    return TargetKind.NUMBER if len(atoms) == 1 else TargetKind.COMPOSITE


def _nothing_but_number(plain: str) -> bool:
    """Return whether the text is an operator, a number and a unit, and no more."""
    return _ATOM.fullmatch(plain) is not None


def _without_noise(plain: str) -> str:
    """Return the text without years, ordinals, list numbers and bracketed remarks that are no quantity."""
    outside = _NOISE.sub("", plain)
    outside = outside if re.search(r"\d", outside) else plain
    return _LISTING.sub("", outside)


def _range(raw: str, match: re.Match[str]) -> Target:
    """Return a RANGE target lo–hi."""
    low, high = sorted((_decimal(match["low"]), _decimal(match["high"])))
    unit = canonical_unit(match["unit"] or match["unit1"] or "")
    return Target(raw=raw, kind=TargetKind.RANGE, low=low, high=high, unit=unit)


def _number(raw: str, match: re.Match[str], stated: Comparator | None, supposed: Comparator) -> Target:
    """Return a NUMBER target with its comparator, stated or supposed."""
    value, comparator = _value(match), stated or supposed
    reverse = comparator in (Comparator.LE, Comparator.LT)
    return Target(
        raw=raw,
        kind=TargetKind.NUMBER,
        comparator=comparator,
        low=None if reverse else value,
        high=value if reverse else None,
        unit=canonical_unit(match["unit"] or ""),
        assumed=stated is None,
        approximate=bool(match["near"]) or match["tail"] == "左右",
    )


def _stated(match: re.Match[str], plain: str) -> Comparator | None:
    """Return the comparator that the words around the number state, None for a bare number."""
    tail, op = match["tail"] or "", match["op"]
    if op == "控制在" and "以上" in tail:
        return Comparator.GE
    if op:
        return _OPERATOR_OF[op]
    if "上" in tail or match["more"]:
        return Comparator.GE
    if any(word in tail for word in ("下", "内", "前")):
        return Comparator.LE
    before = re.findall(_OPERATOR, plain[: plain.find(match["number"])])
    return _OPERATOR_OF[before[-1]] if before else None


def _supposed(match: re.Match[str], words: str, cost: bool) -> Comparator:
    """Return the comparator of a bare number (§2.1; for costs C10)."""
    if _value(match) == 0 or cost:
        return Comparator.LE
    unit = canonical_unit(match["unit"] or "")
    if unit == "%" or (not unit and ("率" in words or "满意" in words)):
        return Comparator.GE
    return Comparator.EQ


def _is_cost(category: str, dimension: str, name: str) -> bool:
    """Return whether the row is about cost (成本指标)."""
    costs = {Dimension.COST, Dimension.ECONOMIC_COST, Dimension.SOCIAL_COST, Dimension.ECOLOGICAL_COST}
    return (
        Category.of(category) is Category.COST
        or Dimension.of(dimension) in costs
        or ("成本" in name and "节约" not in name)
    )


def _value(match: re.Match[str]) -> Decimal:
    """Return the signed number of an atom."""
    number = _decimal(match["number"])
    return -number if match["sign"] else number


def _decimal(text: str) -> Decimal:
    """Return the number with its thousands separators taken out."""
    return Decimal(text.replace(",", ""))


def read_actual(text: str) -> Quantity | None:
    """Return the one quantity of an 实际完成值 (`近11场` is 11场); None where there is none or several."""
    bare = _without_noise(normalised(text))
    if _RANGE.search(bare) or _DATE.search(bare):
        return None
    atoms = list(_ATOM.finditer(bare))
    if len(atoms) != 1:
        return None
    return Quantity(value=_value(atoms[0]), unit=canonical_unit(atoms[0]["unit"] or ""))


def read_atoms(text: str) -> tuple[Quantity, ...]:
    """Return every quantity of a composite cell in order (全会1次、常委会>2次)."""
    found = _ATOM.finditer(_without_noise(normalised(text)))
    return tuple(Quantity(value=_value(atom), unit=canonical_unit(atom["unit"] or "")) for atom in found)
