"""Words that must come from the inputs: causes, places, who is in charge (文字出处).

Knows the words a report was filled in with, none of its figures. What is worded otherwise is let through;
what says something else is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import normalise
from assistant.domain.report import Report
from assistant.proof.altered import PLACE
from assistant.proof.layout import Line, clause_around
from assistant.proof.sources import bigrams, free_texts
from assistant.proof.spots import spot

_STOPS = re.compile("[，。；;！？\n、：]")
_LONG_STOPS = re.compile("[。；;！？\n]")
_CAUSE = re.compile(
    "(?:(?:主要)?原因(?:是|为|在于|有[^，。；]{0,3}：|：)|主要(?:是|因|由于)|(?:，|。|；|^|日，)(?:主要)?(?:因|由于|系(?!统|列|数)|受(?=[^，。；]{4,24}影响))(?!此|素|地制宜|而|子)|：一是|；[二三四五]是|(?<=[\u4e00-\u9fff])(?<![原诱基要])因(?!此|素|地制宜|而|子|为此)(?=[^，。；]{4,24}(?:取消|未|推迟|暂停|延期|减少|少|调减|缓建|停工|导致|而)))"
)
_LISTS_CAUSES = re.compile("原因(?:主要)?(?:有|如下|是|为|包括)[^。]*$")
_CAUSE_END = re.compile("[，。；]|取消|未(?!来)|推迟|暂停|延期|(?<!减)少(?=[0-9])|调减|导致")
_HANDS = re.compile(
    "(?:(?P<lead>(?:主管部门|主管单位|实施单位|责任单位|牵头单位)(?:均?[为是：:])|由|按照|[、和及])(?P<who>[\\u4e00-\\u9fff]{2,16}?(?:局|中心|委员会|办公室|公司|站|所|院|处|[大支中]队|学校|医院|馆)))"
    "(?=主管|实施|负责|承担|牵头|组织|20[0-9]{2}年|[、和及，。])"
)
_COMMON = frozenset(["财政局", "审计局", "办公室", "委员会", "各中心", "该中心", "该单位"])
_IN_CHARGE = re.compile("主管|实施|责任单位|牵头单位|负责|承担|按照")
_NUMERALS = re.compile("[两三四五六七八九](?=[次个项处座期])")
_GENERAL = bigrams(
    "项目支出进度明显偏慢任务没有做完预算执行指标完成情况工作安排不够较多较少未能导致影响造价超过平均资金结余最大支出内容没有对应的指标产出效益满意度测算依据佐证目标设定权重"
    "采购价格低于预算单价高于预算价格低预算高预算数量面积期数不足招标年初目标次数减少增加期间进行实施"
)
_LEAST_WORDS = 3
_LEAST_SAME = 60
_LONGEST_ADDED, _MANY_WORDS = 4, 8
_LEAST_KNOWN = 34
_SHORTEST_CAUSE = 4
_LONGEST_STRANGE = 4


@dataclass(frozen=True)
class Provenance:
    """The words, places and names of one report."""

    words: frozenset[str]
    pieces: tuple[tuple[frozenset[str], str], ...]
    text: str
    names: tuple[str, ...]

    def check(self, text: str, line: Line) -> Iterator[Finding]:
        """Yield the causes, places and names of a line that the inputs do not give."""
        yield from self._causes(text, line)
        yield from self._places(text, line)
        yield from self._hands(text, line)

    # --- causes ---------------------------------------------------------------------------------

    def _causes(self, text: str, line: Line) -> Iterator[Finding]:
        """N13: a cause comes from the reasons, notes and measures filled in."""
        explains = re.search("因|由于|主要是|，系|，受", line.text) is not None
        for match in _CAUSE.finditer(line.text) if explains else ():
            if match[0].startswith(("：", "；")) and not _LISTS_CAUSES.search(line.text[: match.start() + 1]):
                continue
            stop = _CAUSE_END.search(line.text, match.end())
            end = stop.start() if stop else len(line.text)
            said = _plain(line.text[match.end() : end])
            words = bigrams(said) - _GENERAL
            if "待补充" in line.text[match.end() : end] or end - match.end() < _SHORTEST_CAUSE:
                continue
            span = (line.start + match.end(), line.start + end)
            yield from self._miscounted(text, (line.start + match.end(), line.start + end), said)
            figures = (
                re.search("[0-9]", re.sub("[0-9]+[年月日]", "", line.text[match.end() : end])) is not None
            )
            if figures and not self._is_added(said) and not self._differs_in_words(words):
                continue
            little = len(words) >= _LEAST_WORDS and 100 * len(words & self.words) // len(words) < _LEAST_KNOWN
            if little or self._is_added(said) or self._is_half_strange(said):
                message = f"原因“{text[span[0] : span[1]]}”在填报数据中没有出处"
                yield spot("N13", text, span, message, "请改用填报的原因，或写“（待补充）”")

    def _miscounted(self, text: str, span: tuple[int, int], said: str) -> Iterator[Finding]:
        """N02: 三次流标 where the inputs have 两次流标."""
        own = bigrams(said)
        like = [piece for words, piece in self.pieces if _share(own, words) >= _LEAST_SAME]
        for match in _NUMERALS.finditer(text, *span):
            known = {numeral for piece in like for numeral in _NUMERALS.findall(piece)}
            if known and match[0] not in known:
                right = sorted(known)[0]
                message = f"填报的是“{right}”，文中为“{match[0]}”"
                at = (match.start(), match.end() + 1)
                yield spot("N02", text, at, message, "请按填报的原因改正", expected=right)

    def _is_added(self, said: str) -> bool:
        """Whether a cause that begins like one of the inputs goes on with words that none has."""
        unknown = longest = 0
        for at in range(len(said) - 1):
            word = said[at : at + 2]
            unknown = unknown + 1 if bigrams(word) - self.words - _GENERAL else 0
            longest = max(longest, unknown)
        return longest >= _LONGEST_ADDED

    def _is_half_strange(self, cause: str) -> bool:
        """Whether half of a cause or more, without a break, is nowhere in the inputs."""
        plain = re.sub("[^\u4e00-\u9fff]|影响|[等年月日]", "", _plain(cause))
        known = [word in self.words or word in _GENERAL for word in map("".join, pairwise(plain))]
        strange = [not a and not b for a, b in pairwise([False, *known, False])] if plain else []
        runs = "".join("x" if one else " " for one in strange).split()
        longest = max(map(len, runs), default=0)
        return longest >= _LONGEST_STRANGE and 2 * longest >= len(plain)

    def _differs_in_words(self, words: frozenset[str]) -> bool:
        """Whether a cause with figures of its own has next to no word of the inputs."""
        return len(words) >= _MANY_WORDS and 100 * len(words & self.words) // len(words) < _LEAST_KNOWN

    # --- places and names -----------------------------------------------------------------------

    def _places(self, text: str, line: Line) -> Iterator[Finding]:
        known = set(PLACE.findall(self.text))
        for match in PLACE.finditer(line.text):
            alike = [
                one for one in known if one[2:] == match[0][2:] and len(set(one[:2]) & set(match[0][:2])) == 1
            ]
            if match[0] not in self.text and alike:
                span = (line.start + match.start(), line.start + match.end())
                message = f"“{match[0]}”在填报数据中没有出处，填报的是“{alike[0]}”"
                yield spot(
                    "C04",
                    text,
                    span,
                    message,
                    f"请核对地名，应为“{alike[0]}”",
                    expected=alike[0],
                    severity=Severity.ERROR,
                )

    def _hands(self, text: str, line: Line) -> Iterator[Finding]:
        """Who is in charge: one of the departments and units filled in, in full or in short."""
        if not self.names or not _IN_CHARGE.search(line.text):
            return
        for match in _HANDS.finditer(line.text):
            who = match["who"]
            clause = clause_around(line.text, match.start("who"), match.end("who"))
            if not _IN_CHARGE.search(line.text, clause.start, clause.end) or self._knows(who):
                continue
            span = (line.start + match.start("who"), line.start + match.end("who"))
            message = f"“{who}”不是填报的主管部门或实施单位"
            yield spot("C04", text, span, message, "请核对单位名称", severity=Severity.ERROR)

    def _knows(self, who: str) -> bool:
        short = who.lstrip("我本市县区由")
        own = any(short in name or name in who for name in self.names) or short in self.text
        return own or len(short) < 3 or short in _COMMON


def provenance(report: Report) -> Provenance:
    """Return the words of a report that a text may use."""
    texts = [text for text in free_texts(report) if text.strip()]
    rows = [
        (row.name, cell)
        for year in (report, report.last_year)
        for p in (year.projects if year is not None else ())
        if not p.confidential
        for row in p.indicators
        for cell in (row.annual_target, row.actual)
    ]
    names = [
        report.unit_name,
        *(name for p in report.projects for name in (p.supervising_department, p.implementing_unit, p.name)),
    ]
    public = [project for project in report.projects if not project.confidential]
    named = [row.name for project in public for row in project.indicators]
    named += [item.name for project in public for item in project.line_items]
    known = [*texts, *named, *(cell for row in rows for cell in row), *names]
    pieces = [piece for text in texts for piece in _STOPS.split(text) if len(piece) >= _SHORTEST_CAUSE]
    return Provenance(
        words=frozenset(word for text in known for word in bigrams(_plain(text))),
        pieces=tuple((bigrams(_plain(piece)), piece) for piece in pieces),
        text="\n".join(known),
        names=tuple(name for name in dict.fromkeys(names) if name),
    )


def _share(own: frozenset[str], other: frozenset[str]) -> int:
    """How much of the shorter of two phrases the longer has, in percent."""
    least = min(len(own), len(other))
    return 100 * len(own & other) // least if least >= 3 else 0


def _plain(text: str) -> str:
    """Words without numbers, quotes and common verbs."""
    return re.sub("[0-9.%“”]|完成|底前|实际|计划|年度|指标|目标|日前|于|的|了|后", "", normalise(text))
