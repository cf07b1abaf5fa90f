"""Words that must come from the inputs: dates, deadlines, causes, places, who is in charge (文字出处).

Knows the words a report was filled in with, none of its figures. What is worded otherwise is let through;
what says something else is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import normalise
from assistant.domain.report import Report
from assistant.proof.layout import Line, Span, clause_around
from assistant.proof.sources import bigrams, free_texts
from assistant.proof.spots import spot

_DATE = re.compile(
    "(?:(?P<year>20[0-9]{2}) *年 *)?(?<![0-9.])(?P<month>[0-9]{1,2}) *月(?: *(?P<day>[0-9]{1,2}) *[日号])?"
    "|(?<![0-9])(?P<isoyear>20[0-9]{2})[-/.](?P<isomonth>[0-9]{1,2})[-/.](?P<isoday>[0-9]{1,2})(?![0-9])"
)
_YEAR = re.compile("(20[0-9]{2}) *年")
_STOPS = re.compile("[，。；;！？\n、：]")
_LONG_STOPS = re.compile("[。；;！？\n]")
_ENDS = frozenset([(1, 1), (12, 31)])
_LETTER = re.compile("印发|通知|会议|文件|批复|〔|签订|成文|填报|报告日期")
_CAUSE = re.compile(
    "(?:(?:主要)?原因(?:是|为|在于|有[^，。；]{0,3}：|：)|主要(?:是|因|由于)|(?:，|。|；|^|日，)(?:主要)?(?:因|由于)(?!此|素|地制宜|而|子)|：一是|；[二三四五]是|(?<=[\u4e00-\u9fff])(?<![原诱基要])因(?!此|素|地制宜|而|子|为此)(?=[^，。；]{4,24}(?:取消|未|推迟|暂停|延期|减少|少|调减|缓建|停工|导致|而)))"
)
_LISTS_CAUSES = re.compile("原因(?:主要)?(?:有|如下|是|为|包括)[^。]*$")
_CAUSE_END = re.compile("[，。；]|取消|未(?!来)|推迟|暂停|延期|(?<!减)少(?=[0-9])|调减|导致")
_HANDS = re.compile(
    "(?:(?P<lead>(?:主管部门|主管单位|实施单位|责任单位|牵头单位)(?:均?[为是：:])|由|按照|[、和及])(?P<who>[\\u4e00-\\u9fff]{2,16}?(?:局|中心|委员会|办公室|公司|站|所|院|处)))"
    "(?=主管|实施|负责|承担|牵头|组织|20[0-9]{2}年|[、和及，。])"
)
_IN_CHARGE = re.compile("主管|实施|责任单位|牵头单位|负责|承担|按照")
_PLACE = re.compile("[\\u4e00-\\u9fff]{2}(?:片区|乡|镇|(?<![农乡])村|街道|景区|社区)")
_NUMERALS = re.compile("[两三四五六七八九](?=[次个项处座期])")
_GENERAL = bigrams(
    "项目支出进度明显偏慢任务没有做完预算执行指标完成情况工作安排不够较多较少未能导致影响造价超过平均资金结余最大支出内容没有对应的指标产出效益满意度测算依据佐证目标设定权重"
)
_LEAST_WORDS = 3
_LEAST_SAME = 60
_LONGEST_ADDED, _MANY_WORDS = 4, 8
_LEAST_LIKE = 50
_LEAST_KNOWN = 34
_SHORTEST_CAUSE = 4


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the inputs with the words beside it."""

    year: int | None
    month: int
    day: int | None
    words: frozenset[str]
    shown: str


@dataclass(frozen=True)
class Provenance:
    """The dates, words, places and names of one report."""

    dates: tuple[Dated, ...]
    words: frozenset[str]
    pieces: tuple[tuple[frozenset[str], str], ...]
    text: str
    names: tuple[str, ...]

    def check(self, text: str, line: Line, repeated: Sequence[Span]) -> Iterator[Finding]:
        """Yield the dates, causes, places and names of a line that the inputs do not give.

        `repeated` is what stands in the inputs word for word.
        """
        yield from (
            one
            for one in self._dates(text, line)
            if not any(span.holds(one.start or 0, one.end or 0) for span in repeated)
        )
        yield from self._causes(text, line)
        yield from self._places(text, line)
        yield from self._hands(text, line)

    # --- dates ----------------------------------------------------------------------------------

    def _dates(self, text: str, line: Line) -> Iterator[Finding]:
        narrow = normalise(line.text)
        for match in _DATE.finditer(narrow):
            start, end = line.start + match.start(), line.start + match.end()
            if not 1 <= int(match["month"] or match["isomonth"]) <= 12:
                continue
            clause = clause_around(text, start, end)
            around = text[clause.start : start] + "，" + text[end : clause.end]
            if _LETTER.search(around):
                continue
            own = _dated(match, None, around)
            wrong = self._contradicted(own)
            if wrong is not None:
                message = f"“{match[0]}”与填报的“{wrong.shown}”不一致"
                yield spot("N07", text, (start, end), message, "请按填报数据改正日期", expected=wrong.shown)
            elif (
                own.day
                and self.dates
                and (own.month, own.day) not in {*_ENDS, *((d.month, d.day) for d in self.dates)}
            ):
                message = f"“{match[0]}”在填报数据中没有出处"
                yield spot("N07", text, (start, end), message, "请核对日期，或在填报数据中补充")

    def _contradicted(self, own: Dated) -> Dated | None:
        """The date of the inputs that stands beside the same words, where it is another one."""
        scored = [(_share(own.words, one.words), one) for one in self.dates]
        best = max((share for share, _ in scored), default=0)
        if best < _LEAST_LIKE:
            return None
        like = [one for share, one in scored if share >= best - 15]
        return None if any(_same(own, one) for one in like) else like[0]

    # --- causes ---------------------------------------------------------------------------------

    def _causes(self, text: str, line: Line) -> Iterator[Finding]:
        """N13: a cause comes from the reasons, notes and measures filled in."""
        explains = re.search("因|由于|主要是", line.text) is not None
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
            figures = re.search("[0-9]", line.text[match.end() : end]) is not None
            if figures and not self._is_added(said) and not self._differs_in_words(words):
                continue
            little = len(words) >= _LEAST_WORDS and 100 * len(words & self.words) // len(words) < _LEAST_KNOWN
            if little or self._is_added(said):
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
            unknown = 0 if word in self.words or word in _GENERAL else unknown + 1
            longest = max(longest, unknown)
        return longest >= _LONGEST_ADDED

    def _differs_in_words(self, words: frozenset[str]) -> bool:
        """Whether a cause with figures of its own has next to no word of the inputs."""
        return len(words) >= _MANY_WORDS and 100 * len(words & self.words) // len(words) < _LEAST_KNOWN

    # --- places and names -----------------------------------------------------------------------

    def _places(self, text: str, line: Line) -> Iterator[Finding]:
        known = set(_PLACE.findall(self.text))
        for match in _PLACE.finditer(line.text):
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
        return (
            any(short in name or name in who for name in self.names) or short in self.text or len(short) < 3
        )


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
    dated = [date for text in texts for date in _dates_of(text)]
    dated += [date for name, cell in rows for date in _dates_of(f"{name}{cell}")]
    dated += [
        date
        for project in report.projects
        if not project.confidential
        for one in project.adjustments
        for date in _dates_of(f"{one.date}{one.reason}")
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
        dates=tuple(dated),
        words=frozenset(word for text in known for word in bigrams(_plain(text))),
        pieces=tuple((bigrams(_plain(piece)), piece) for piece in pieces),
        text="\n".join(known),
        names=tuple(name for name in dict.fromkeys(names) if name),
    )


def _dates_of(text: str) -> Iterator[Dated]:
    year: int | None = None
    narrow = normalise(text)
    for match in _DATE.finditer(narrow):
        if not 1 <= int(match["month"] or match["isomonth"]) <= 12:
            continue
        years = _YEAR.findall(narrow[: match.start()])
        year = int(years[-1]) if years else None
        stops = [stop.start() for stop in _STOPS.finditer(narrow)]
        left = max([at + 1 for at in stops if at < match.start()], default=0)
        right = min([at for at in stops if at >= match.end()], default=len(narrow))
        yield _dated(match, year, narrow[left : match.start()] + "，" + narrow[match.end() : right])


def _dated(match: re.Match[str], year: int | None, around: str) -> Dated:
    day = match["day"] or match["isoday"]
    written = match["year"] or match["isoyear"]
    month = int(match["month"] or match["isomonth"])
    words = bigrams(_plain(around))
    return Dated(int(written) if written else year, month, int(day) if day else None, words, match[0])


def _same(own: Dated, other: Dated) -> bool:
    """Whether two dates agree in what both say."""
    return (
        own.month == other.month
        and (own.day is None or other.day is None or own.day == other.day)
        and (own.year is None or other.year is None or own.year == other.year)
    )


def _share(own: frozenset[str], other: frozenset[str]) -> int:
    """How much of the shorter of two phrases the longer has, in percent."""
    least = min(len(own), len(other))
    return 100 * len(own & other) // least if least >= 3 else 0


def _plain(text: str) -> str:
    """Words without numbers, quotes and common verbs."""
    return re.sub("[0-9.%“”]|完成|底前|实际|计划|年度|指标|目标|日前|于|的|了|后", "", normalise(text))
