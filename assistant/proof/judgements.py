"""Words that judge rows (达标、超额完成、高于目标、满分), with who they are said of: all, none, three of them (判断用语).

The words stand in judgements.toml. Reads one sentence; knows no report and no figure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources

from assistant.domain.chinese_numbers import read_chinese
from assistant.proof.layout import Span

_COUNT = r"[0-9]{1,3}|[一两二三四五六七八九十]{1,3}"
_QUANTIFIER = (
    r"(?P<none>无一(?:[项个])?(?:例外)?(?:地)?(?:指标)?|没有(?:任何)?一[项个](?:指标)?|不存在|未出现|没有(?=[失扣丢]分)|无(?=[失扣丢]分))"
    rf"|(?P<part>[前后](?=[两二三四2-4])|最后(?=[一1]))?(?<![除第了0-9.])(?P<number>{_COUNT})[ ]?[个项类](?![^，。；：、]*除)"
    r"(?P<noun>(?:子?项目)?[^，。；：、0-9项个均都]{0,8}?)(?P<every>均|都|全部|全都|皆)?"
    r"|(?P<one>前者|后者)"
    r"|(?P<most>绝?大多数|大部分|多数|半数以上|过半|一半以上|多半)(?:指标)?"
    r"|(?P<all>(?:均|都|皆)?(?:全部|全都|全面|圆满|百分之百|100%)|均|都|皆|悉数|双双|一律)"
)
_FILL = "(?:已经?|也|还|就|有|仍|尚|全部|圆满|顺利|如期|按期|按时|保质保量|为|是|得到?|获得?|取得|拿到|存在|未?出现|略|稍|远|明显|分别|的)*"
_NOT = "未能?|没有?能?|没能|并未|尚未|不(?!断)|未"
_RANGE_AFTER = re.compile(
    r"的?(?:[0-9一两二三四五六七八九十]{0,3}[项个])?(?:三级|绩效)?(?:指标)?(?:共|有)?(?:[0-9一两二三四五六七八九十]{0,3}[项个])?[，,]?(?:分别|主要)?[是为有：:]|[（(](?=[^0-9])"
)

_TOTAL = re.compile("([0-9]{1,3}|[一两二三四五六七八九十]{1,3})项[^，。；0-9]{0,8}指标")


class Quantifier(StrEnum):
    """Of how many of a group something is said."""

    ONE = "一项"
    ALL = "全部"
    NONE = "无一"
    COUNT = "几项"
    MOST = "多数"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Characters [start, end) that say a state of a group of rows; `word` is where the state itself begins.

    `number` is a count that was said; `every` that it counts the whole group (三项均). `part` chooses from a
    list (前、后). `bare` words judge only with a quantifier. `listed` is where the list begins that the words
    announce (未达标的是A和B), None where it stands before; `items` are then how many there are, 0 where the
    list is open (等).
    """

    start: int
    end: int
    word: int
    says: str
    quantifier: Quantifier
    number: int | None = None
    every: bool = False
    part: str = ""
    bare: bool = False
    noun: str = ""
    listed: int | None = None
    number_at: int | None = None
    items: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the table."""

    says: str
    negated: str
    bare: bool
    words: str


@cache
def _table() -> tuple[tuple[Word, ...], re.Pattern[str]]:
    data = tomllib.loads(resources.files("assistant.proof").joinpath("judgements.toml").read_text("utf-8"))
    words = []
    for entry in data["word"]:
        pattern = entry["words"].replace("{goal}", data["goal"]).replace("{limit}", data["limit"])
        words.append(Word(entry["says"], entry["negated"], entry.get("bare", False), pattern))
    stems = "|".join(f"(?P<w{at}>{word.words})" for at, word in enumerate(words))
    return tuple(words), re.compile(rf"(?:(?:{_QUANTIFIER}){_FILL})?(?P<not>{_NOT})?{_FILL}(?P<stem>{stems})")


def judgements(text: str, sentence: Span) -> Iterator[Judgement]:
    """Yield the judgements of a sentence in order."""
    words, pattern = _table()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        at = next(at for at in range(len(words)) if match[f"w{at}"] is not None)
        word = words[at]
        quantifier, number = _quantifier(match)
        if word.bare and quantifier is Quantifier.ONE and not match["one"]:
            continue
        denied = match["not"] is not None or match["stem"].startswith("不")
        listed = _RANGE_AFTER.match(text, match.end(), sentence.end)
        yield Judgement(
            start=match.start(),
            end=match.end(),
            word=match.start("not") if match["not"] else match.start("stem"),
            says=word.negated if denied else word.says,
            quantifier=quantifier,
            number=number,
            every=match["every"] is not None,
            part=match["part"] or match["one"] or "",
            bare=word.bare,
            noun=match["noun"] or "",
            listed=listed.end() if listed else None,
            number_at=match.start("number") if match["number"] else None,
            items=_items(text[listed.end() : sentence.end]) if listed else 0,
        )


def _items(words: str) -> int:
    """How many items a closed list has: parted by 、, the last two by 和."""
    listed = re.split("[，,。；;：:\n]", words)[0]
    parts = [part for part in listed.split("、") if part.strip()]
    if "等" in listed or not parts:
        return 0
    return len(parts) + (
        re.search("(?<=[\u4e00-\u9fff）”])(?:以及|和|及|与)(?=[\u4e00-\u9fff“])", parts[-1]) is not None
    )


def _quantifier(match: re.Match[str]) -> tuple[Quantifier, int | None]:
    if match["none"]:
        return Quantifier.NONE, None
    if match["number"]:
        number = match["number"]
        if match["noun"].startswith(("子项目指标", "项目指标")):
            return Quantifier.ALL, None
        value = Decimal(number) if number.isdigit() else read_chinese(number) or Decimal(0)
        return Quantifier.COUNT, int(value)
    if match["most"]:
        return Quantifier.MOST, None
    return (Quantifier.ALL if match["all"] else Quantifier.ONE), None


def is_total(text: str, region: Span, size: int) -> bool:
    """Return whether the size of a group was said before one part of it (9项指标中，8项达标)."""
    said = [match[1] for match in _TOTAL.finditer(text, region.start, region.end)]
    return any((int(one) if one.isdigit() else read_chinese(one)) == size for one in said)


def continues(text: str, region: Span) -> bool:
    """Return whether a judgement goes on with the list that the one before spoke of (两项达标、一项未达标)."""
    words = text[region.start : region.end]
    return re.fullmatch("[、，,；;]?(?:另?有?|其余|其他|余下)[、，,]?", words) is not None


def speaks_of_another(text: str, near: Span) -> bool:
    """Return whether the clause of a judgement has a subject of its own."""
    words = re.sub(
        "[^\u4e00-\u9fff]|但|且|却|仍|已|也|均|实际|完成|年度|本年|经|该项?|指标|比|计划|目标|按?评分(?:标准|规则|细则)|按照?(?:规定|办法)",
        "",
        text[near.start : near.end],
    )
    return len(words) > 3
