"""Of whom a sentence speaks: names, parts and short forms of names found in the text.

Knows the names of one report, none of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.mention import Mention
from assistant.domain.units import compatible
from assistant.proof.layout import Span
from assistant.proof.ledger import Subject
from assistant.proof.lexicon import ALL_INDICATORS, EXECUTION, HERE, PUBLIC_WORDS, WHOLE
from assistant.proof.name_parts import Parts
from assistant.proof.sources import bigrams

_KINDS = ((EXECUTION, "x"), (ALL_INDICATORS, "g"), (PUBLIC_WORDS, "p"), (WHOLE, ""), (HERE, "h"))
_GENERIC = frozenset(
    [
        "数量",
        "次数",
        "场次",
        "完成",
        "情况",
        "指标",
        "工作",
        "项目",
        "活动",
        "建设",
        "开展",
        "管理",
        "服务",
        "满意",
        "意度",
        "及时",
        "时率",
        "成率",
        "使用",
        "实施",
        "组织",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text at [start, end) and whom it can mean; `weak` for a part of a name."""

    start: int
    end: int
    subjects: tuple[Subject, ...]
    text: str = ""
    weak: bool = False

    def has(self, kinds: str) -> bool:
        """Whether one of the subjects is of one of the kinds."""
        return any(subject[1] and subject[1] in kinds for subject in self.subjects)


class Names:
    """Finds names in texts; longest name first, so that 电视节目及时率 is not 电视节目.

    `single` says that the report has one sub-project, so that its name means the whole; `public` are the
    sub-projects that are not confidential; `results` are the results of indicators, by which one is known
    though only part of its name is said. A name may be spoken of without its measure (协商活动场次 as
    协商活动) or its kind (履职服务经费 as 履职服务). The cost does not grow with the number of names.
    """

    def __init__(
        self,
        names: Mapping[str, tuple[Subject, ...]],
        *,
        single: bool = False,
        public: Sequence[Subject] = (),
        groups: Mapping[str, int] | None = None,
        results: Mapping[Subject, tuple[Decimal, str]] | None = None,
    ) -> None:
        self.names = names
        self._results = results or {}
        self.single = single
        self.public = tuple(public)
        self._known = _with_short_forms(names)
        self._parts = Parts(names)
        self._group_numbers = dict(groups or {})
        self._groups = _group_pattern(list(self._group_numbers))
        self._by_head: dict[str, list[str]] = {}
        for name in sorted(self._known, key=len, reverse=True):
            self._by_head.setdefault(name[:2], []).append(name)
        self._words: dict[str, frozenset[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for name, subjects in names.items():
            if subjects[0][1] and subjects[0][1] in "ioltu":
                self._words[name] = bigrams(_core(name)) - _GENERIC
                for word in self._words[name]:
                    self._by_word.setdefault(word, []).append(name)

    def find(self, text: str, span: Span) -> list[Named]:
        """Return the names and the words for the whole within a span, in order."""
        found: list[Named] = []
        at = span.start
        while at < span.end - 1:
            name = self._at(text, at, span.end)
            if name:
                found.append(Named(at, at + len(name), self._known[name], name))
            at += len(name) or 1
        found += self._words_for_many(text, span, found)
        found += self._parts_of_names(text, span, found)
        return sorted(found, key=lambda name: name.start)

    def _words_for_many(self, text: str, span: Span, found: Sequence[Named]) -> list[Named]:
        """预算执行, 各项指标, 合计, 本项目, 公开子项目, 产出指标得…分."""
        taken = [(name.start, name.end) for name in found]
        pooled = {name.end for name in found if name.has("se")}
        words: list[Named] = []
        for pattern, kind in _KINDS:
            for match in pattern.finditer(text, span.start, span.end):
                if kind == "" and match.start() in pooled:
                    continue  # 其他资金合计: the sum is that of the source
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    words.append(Named(match.start(), match.end(), ((0, kind, 0),), match[0]))
        for match in self._groups.finditer(text, span.start, span.end) if self._groups else ():
            if not any(start < match.end("group") and match.start("group") < end for start, end in taken):
                numbers = [
                    n
                    for word, n in self._group_numbers.items()
                    if word.removesuffix("指标") == match["group"]
                ]
                subjects = tuple(
                    (project, "c", n) for n in numbers for project in range(len(self.public) + 2)
                )
                words.append(Named(match.start("group"), match.end("group"), subjects, match["group"]))
        return words

    def _parts_of_names(self, text: str, span: Span, found: Sequence[Named]) -> list[Named]:
        """Parts of names by which one thing only can be meant, where no name stands (管网漏损率 as 漏损率)."""
        taken = sorted((name.start, name.end) for name in found)
        parts: list[Named] = []
        at = span.start
        for start, end in [*taken, (span.end, span.end)]:
            while at < start - 1:
                part, names = self._parts.at(text, at, start)
                if part:
                    subjects = tuple(dict.fromkeys(s for name in names for s in self.names[name]))
                    parts.append(Named(at, at + len(part), subjects, part, weak=True))
                at += len(part) or 1
            at = max(at, end)
        return parts

    def _at(self, text: str, at: int, end: int) -> str:
        """The longest name that begins at a place, "" for none."""
        held = self._by_head.get(text[at : at + 2], ())
        return next((name for name in held if text.startswith(name, at, end)), "")

    def linked(self, text: str, span: Span, mention: Mention | None = None) -> tuple[Subject, ...]:
        """Return the indicators and other figures whose name shares most of its words with a piece of text.

        Half of a name is enough, a quarter where the number is the result of that indicator.
        """
        piece = text[span.start : span.end]
        words, chars = bigrams(piece), set(piece)
        near = dict.fromkeys(
            name
            for word in sorted(words)
            for name in self._by_word.get(word, ())
            if self.names[name][0][1] in "io"
        )
        scored = [(self._likeness(name, words, chars), name) for name in near]
        if mention is not None and mention.value is not None:
            shown = [name for share, name in scored if share >= _LEAST_SHOWN and self._shows(name, mention)]
            if len(shown) == 1:
                return self.names[shown[0]]
        best = max((share for share, _ in scored), default=0)
        if best < _LEAST_LIKENESS and mention is not None:
            return self.by_phrase(text[span.start : mention.start])
        return tuple(
            subject
            for share, name in scored
            if share >= max(_LEAST_LIKENESS, best)
            for subject in self.names[name]
        )

    def near(self, text: str, span: Span) -> tuple[Subject, ...]:
        """Return all indicators and further figures that share a word with a piece of text."""
        words = bigrams(text[span.start : span.end])
        held = dict.fromkeys(name for word in sorted(words) for name in self._by_word.get(word, ()))
        return tuple(dict.fromkeys(subject for name in held for subject in self.names[name]))

    def by_phrase(self, piece: str) -> tuple[Subject, ...]:
        """Return the one row whose name holds the characters of a phrase in order (办件量 for 办理事项件数)."""
        phrase = _core(_PHRASE_END.sub("", piece))
        match = _PHRASE.search(phrase)
        if match is None:
            return ()
        held = [
            name for name in self._words if self.names[name][0][1] in "io" and _is_subsequence(match[0], name)
        ]
        return self.names[held[0]] if len(held) == 1 else ()

    def _shows(self, name: str, mention: Mention) -> bool:
        """Whether a number is the result of the indicator of that name."""
        results = [self._results[s] for s in self.names[name] if s in self._results]
        return any(value == mention.value and compatible(mention.unit, unit) for value, unit in results)

    def _likeness(self, name: str, words: frozenset[str], chars: set[str]) -> int:
        """How much of a name a piece of text holds, in percent: of its pairs of characters or, less, of its characters."""
        own, single = self._words[name], set(_core(name))
        pairs = 100 * len(own & words) // max(1, len(own))
        return max(pairs, 75 * len(single & chars) // max(1, len(single)))


_LEAST_LIKENESS = 50
_LEAST_SHOWN = 25
_PHRASE_END = re.compile(
    "(?:(?:[比较与同](?:上年|去年|目标|计划|20[0-9]{2}年)[^，。；]{0,4})|同比|约|近|仅|共|已|全年|为|达到?|[增减提升下上降][加长高少降升低]|增速|增幅|由|从|[（(“”])+$"
)
_PHRASE = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,6}$")


def _is_subsequence(phrase: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in phrase)


_MEASURE = re.compile(
    "(?:完成|举办|开展|组织|播出|建成|实际)?(?:数量|次数|场次|场数|条数|件数|人次数?|人数|期数|批次|篇数|个数|户数|家数|套数|台数|份数|册数|天数|面积|数|量)$"
)
_KIND = re.compile("(?:专项|项目|工作|业务|补助|建设|运行|运维)?(?:经费|资金|补助|专项|项目)$")
_LEAST_SHORT = 4
_MOST_ROWS = 3


def _core(name: str) -> str:
    """A name without its measure."""
    return _MEASURE.sub("", name) or name


def _with_short_forms(names: Mapping[str, tuple[Subject, ...]]) -> dict[str, tuple[Subject, ...]]:
    """The names with their short forms; one that is also the name of something else means both."""
    found: dict[str, list[Subject]] = {name: list(subjects) for name, subjects in names.items()}
    for name, subjects in names.items():
        ending = {"i": _MEASURE, "": _KIND}.get(subjects[0][1])
        short = ending.sub("", name) if ending else ""
        if subjects[0][1] in ("l", "t", "o"):
            rows = [
                row for row in names if name in row and names[row][0][1] == "i" and len(name) >= _LEAST_SHORT
            ]
            same = [row for row in rows if subjects[0][0] in (0, names[row][0][0])]
            for row in same if len(same) <= _MOST_ROWS else ():
                found[name] += names[row]
                if row.startswith(name) or _core(row).endswith(name):
                    found[row] += subjects
                    found.setdefault(_core(row), list(names[row])).extend(subjects)
        if len(short) >= _LEAST_SHORT and short != name:
            found.setdefault(short, []).extend(subjects)
    return {name: tuple(dict.fromkeys(subjects)) for name, subjects in found.items()}


def _group_pattern(groups: Sequence[str]) -> re.Pattern[str] | None:
    """The words for categories and dimensions where points are spoken of: 决策8.50分, 产出类指标得…."""
    words = sorted({word.removesuffix("指标") for word in groups if word}, key=len, reverse=True)
    if not words:
        return None
    either = "|".join(map(re.escape, words))
    scored = "(?:得|失|扣|满分|权重|分值|设分|[0-9.]+分)"
    return re.compile(
        f"(?P<group>{either})(?=(?:类|方面|指标|[、和及与0-9两二三四五六七八九项个])[^，。；]{{0,16}}?{scored}|{scored})"
    )


def only_project(names: Sequence[Named], under: int) -> int | None:
    """The one sub-project spoken of so far, None where there are several and a name may mean any."""
    found = {s[0] for name in names for s in name.subjects if s[1] == "" and s[0]}
    return None if len(found) > 1 else next(iter(found), under)


def last_project(names: Sequence[Named]) -> int:
    """The sub-project named last, 0 where none is named."""
    return next((s[0] for name in reversed(names) for s in name.subjects if s[1] == "" and s[0]), 0)
