"""What each number of a sentence claims: its relation, its role (attributes), its subjects nearest first, the year.

Reads context only; what the figures say is decided in `expected`, whether it agrees in `judging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.numerals import Mention, MentionKind
from assistant.proof.counting import counted
from assistant.proof.derived import PUBLIC
from assistant.proof.frames import PLAIN, Against, Frame, Relation, against, frame_of
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import WHOLE_REPORT, Subject
from assistant.proof.lexicon import (
    LAST_YEAR,
    POSSIBLE,
    ROLE,
    ROLE_ATTRIBUTES,
    SCORE_ATTRIBUTES,
    THIS_YEAR,
    WORDED,
    UnitClass,
    unit_class,
)
from assistant.proof.stated import Stated
from assistant.proof.subjects import Named, Names, last_project, only_project

_RESPECTIVELY = re.compile("分别|依次|各为")
_JOINTS = re.compile(r"^[\s、，,和及与或（(：:]*(?:其中|一是|二是)?[：:，]?(?:为|达|达到|则为)?[\s“”（(]*$")
_HANGING = re.compile(r"^[\s）)的]{0,3}$")
_BEHIND = re.compile(r"^(?:的|是|为|属于?|用于|投入|安排给|来自|拨付|由|给|投向|用在)?[“”]?$")
_BOUNDING, _TARGETS = ("≥", "≤", "＞", "＜"), frozenset({"target", "cycle"})
_RATE_RIGHT_BEFORE = re.compile("(?:[率占]比?|年度指标值|目标值?|实际完成)”?[为是达到：:]{0,2}$")
_ROLE_RIGHT_BEFORE = re.compile("(?:指标值|实际完成)[为是：:]?$")
_HELD_UP = re.compile("\\s*(?:对照|相对|按照?|与)[^，。；]{0,12}(?:指标值|目标)")
_BESIDE = re.compile("[较比与同由从]$")
_YEAR_FIRST = re.compile("(?:20[0-9]{2}年|上年|去年)")
_RESULTS = frozenset({"actual"})
_GOAL = re.compile(
    "(?:年度|绩效|预期|总体|年初)(?:绩效)?目标(?:为|是|提出|包括|明确)?[：:“]|(?:计划|预期|目标)(?:为|是)："
)
_FORMER = re.compile("前者|后者")
_INITIAL_BASE = re.compile("年初预算(?:数)?(?:为|作)?(?:分母|基数|口径|计算|衡量)[^；。]*$")
_SUMS = ("合计", "总计", "共计")
_EACH = re.compile("[均都](?:[为达是在超高低不已实]|$)|[各每](?:子)?项目")
_REACH = 24
_DIFFERENCES = frozenset({Relation.DIFFERENCE, Relation.TIMES})


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with what it says of whom.

    `attributes` is empty where no role word stands near. `levels` are the possible subjects, nearest
    first, of which the first `named` stand in the same sentence. `versus` are the subjects it is held
    against. `fixed` says that the role word stands right before the number, so that it can be of nobody
    but the nearest subject; `each` that it is said of every one of several.
    """

    mention: Mention
    sentence: Span
    attributes: frozenset[str] = frozenset()
    levels: tuple[tuple[Subject, ...], ...] = ()
    named: int = 0
    last_year: bool = False
    frame: Frame = PLAIN
    versus: tuple[Subject, ...] = ()
    project: int = 0
    row: bool = False
    fixed: bool = False
    each: bool = False
    worded: bool = False
    known: bool = False
    near: tuple[Subject, ...] = ()
    who: Span | None = None


@dataclass
class Paragraph:
    """What was said so far in a paragraph: the names in it, and the sub-project it stands under."""

    text: str
    project: int
    last_year: int | None
    this_year: int | None
    single: bool = False
    names: list[Named] = field(default_factory=list)
    spoken_of: int | None = 0
    stated: list[Stated] = field(default_factory=list)


def claims_of(paragraph: Paragraph, sentence: Span, mentions: Sequence[Mention], names: Names) -> list[Claim]:
    """Return the claim of each quantity in a sentence."""
    named = _plain(names.find(paragraph.text, sentence), paragraph.text)
    named = sorted([*named, *_pronouns(paragraph, sentence, named)], key=lambda name: name.start)
    paragraph_names = list(paragraph.names)
    paragraph.spoken_of = only_project(paragraph_names, paragraph.project)
    paragraph.names += named
    return _Sentence(paragraph, sentence, mentions, named, names, paragraph_names).claims()


def _plain(named: list[Named], text: str) -> list[Named]:
    """The names of a sentence; where rows are named in quotes, parts of names are words like any other."""
    quoted = any(
        name.has("ilot") and not name.weak and text[name.start - 1 : name.start] == "“" for name in named
    )
    return [name for name in named if not (quoted and name.weak)]


def _pronouns(paragraph: Paragraph, sentence: Span, named: Sequence[Named]) -> list[Named]:
    """前者 and 后者: the last two rows or sub-projects named before."""
    found = []
    for match in _FORMER.finditer(paragraph.text, sentence.start, sentence.end):
        before = [
            n
            for n in (*paragraph.names, *named)
            if n.end <= match.start() and n.subjects != (WHOLE_REPORT,) and not n.has("xgh")
        ]
        pair = list({name.subjects: name for name in before}.values())[-2:]
        if len(pair) == 2:
            one = pair[match[0] == "后者"]
            found.append(Named(match.start(), match.end(), one.subjects, match[0]))
    return found


class _Sentence:
    """One sentence being read from left to right."""

    def __init__(
        self,
        paragraph: Paragraph,
        sentence: Span,
        mentions: Sequence[Mention],
        named: Sequence[Named],
        names: Names,
        earlier: Sequence[Named],
    ) -> None:
        self.paragraph, self.text, self.sentence = paragraph, paragraph.text, sentence
        self.mentions, self.named, self.names, self.earlier = mentions, named, names, earlier
        self.compared = against(self.text, sentence, named)
        self.operands = {one.name.start for one in self.compared if one.name is not None}
        self.shared = self._respective()
        self.queue: list[frozenset[str]] = []
        self.linked: tuple[Subject, ...] = ()
        self.nearby: tuple[Subject, ...] | None = None
        self.at = sentence.start
        self.before: list[Claim] = []

    def claims(self) -> list[Claim]:
        """Return the claims in order."""
        for index, mention in enumerate(self.mentions):
            self.before.append(self._claim(index, mention))
        return self.before

    def _claim(self, index: int, mention: Mention) -> Claim:
        limit = self.mentions[index + 1].start if index + 1 < len(self.mentions) else self.sentence.end
        clause = self._clause(mention)
        frame = self._frame(mention, clause, limit)
        counts = counted(self.text, mention, self.at)
        frame = PLAIN if counts else frame
        attributes, behind = (
            (counts, mention.end) if counts else self._attributes(mention, clause, limit, frame)
        )
        worded = bool(attributes)
        own = self._own(index, mention, clause)
        attributes = attributes or self._result_of(mention, own, frame, told=index in self.shared)
        if attributes <= _RESULTS | {"quantity"} and _GOAL.search(
            self.text, self.sentence.start, mention.start
        ):
            attributes = attributes | _TARGETS | _RESULTS
        versus = self._versus(frame, own)
        levels, known = self._levels(attributes, own, mention, clause)
        last = (
            frame.relation not in _DIFFERENCES
            and frame.relation is not Relation.FROM
            and self._speaks_of_last_year(mention)
        )
        fixed = self.shared.get(index) is None and self._is_fixed(mention, attributes, own)
        each = _EACH.search(self.text, max(clause.start, self.at), mention.start) is not None
        self.at = max(mention.end, behind)
        return Claim(
            mention, self.sentence, attributes, levels, known, last, frame, versus, self.paragraph.project,
            fixed=fixed, each=each, worded=worded, near=self._near(mention, clause), who=Span(own[0].start, own[0].end) if own else None,
        )  # fmt: skip

    def _clause(self, mention: Mention) -> Span:
        """The clause of a number; a year in brackets opens one of its own (2022年为84.60万元)."""
        clause = clause_around(self.text, mention.start, mention.end)
        bracket = max(
            self.text.rfind("（", clause.start, mention.start),
            self.text.rfind("(", clause.start, mention.start),
        )
        if bracket >= 0 and _YEAR_FIRST.match(self.text, bracket + 1):
            return Span(bracket + 1, clause.end)
        return clause

    def _frame(self, mention: Mention, clause: Span, limit: int) -> Frame:
        if mention.kind is not MentionKind.QUANTITY:
            return PLAIN
        return frame_of(self.text, mention, max(self.at, clause.start), limit, self.compared)

    # --- the role words -------------------------------------------------------------------------

    def _attributes(
        self, mention: Mention, clause: Span, limit: int, frame: Frame
    ) -> tuple[frozenset[str], int]:
        """The role of a number, and where a role word behind it that was used up ends."""
        if _YEAR_FIRST.match(self.text, clause.start) and self.text[clause.start - 1 : clause.start] in "（(":
            self.at = max(self.at, clause.start)
        window = self.text[self.at : mention.start]
        possible = self._possible(mention, window, frame)
        found = [
            (start, roles & possible)
            for start, roles in self._roles(self.at, mention.start, frame)
            if roles & possible
        ]
        own = [roles for _, roles in found]
        hanging, behind = self._hanging(mention, limit)
        if frame.share_of is not None and frame.share_of.start >= mention.end:
            hanging, behind = frozenset(), frame.share_of.end
        hanging &= possible
        if _RESPECTIVELY.search(window):
            self.queue = own[1:] if len(own) > 1 else []
            return (own[0] if own else frozenset()), mention.end
        if self.queue and not own:
            return self.queue.pop(0), mention.end
        in_clause = any(start >= clause.start for start, _ in found)
        if hanging and (not in_clause or self.text.startswith("的", mention.end)):
            return hanging, behind
        if "rate" in (own[-1] if own else ()) and _INITIAL_BASE.search(
            self.text, self.sentence.start, mention.start
        ):
            return own[-1] | {"initial_rate"}, mention.end
        if own and (in_clause or not self._is_stale(found[-1][0], clause, mention)):
            return own[-1], mention.end
        return self._carried(mention, frame, window) & possible, mention.end

    def _is_stale(self, at: int, clause: Span, mention: Mention) -> bool:
        """Whether a role word of an earlier clause is of something else: an indicator is named since."""
        return any(
            name.has("i") and not name.weak and clause.start <= name.start and at < name.start < mention.start
            for name in self.named
        )

    def _carried(self, mention: Mention, frame: Frame, window: str) -> frozenset[str]:
        """The role of the number before, in a list or where the one before was a difference of the same."""
        said = [claim for claim in self.before if claim.mention.kind is MentionKind.QUANTITY]
        if not said:
            return frozenset()
        last = said[-1]
        if frame.relation in (Relation.TO, Relation.DIFFERENCE, Relation.SHARE):
            return last.attributes
        colon = self.text.rfind("：", said[0].mention.end, mention.start)
        opened = [claim for claim in said if claim.mention.end <= colon]
        if colon >= 0 and opened and opened[-1].attributes and last.mention.start > colon:
            return opened[-1].attributes
        if colon >= 0 and opened and last is opened[-1]:
            return last.attributes
        joined = self._without_names(self.at, mention.start)
        return last.attributes if _JOINTS.match(joined) else frozenset()

    def _roles(self, start: int, end: int, frame: Frame) -> Iterator[tuple[int, frozenset[str]]]:
        """The role words in [start, end), none of them part of a name or of what is held against."""
        held = [(n.start, n.end) for n in self.named if n.has("ioltesuc") and n.end > start]
        if frame.against is not None and frame.relation in _DIFFERENCES:
            held.append((frame.against.start, frame.against.end))
        if frame.word is not None:
            held.append((frame.word.start, frame.word.end))
        if frame.share_of is not None:
            held.append((frame.share_of.start - 1, frame.share_of.end + 1))
        for match in ROLE.finditer(self.text, start, end):
            if match.end() <= end and not any(a <= match.start() < b for a, b in held):
                yield match.start(), ROLE_ATTRIBUTES[match.lastgroup or ""]

    def _possible(self, mention: Mention, window: str, frame: Frame) -> frozenset[str]:
        if mention.kind is not MentionKind.QUANTITY:
            return WORDED
        if frame.relation in (Relation.DIFFERENCE, Relation.TIMES, Relation.SHARE, Relation.MEAN):
            return POSSIBLE[UnitClass.BARE] | {"count"}
        if mention.sign in _BOUNDING:
            return POSSIBLE[unit_class(mention.unit)] - {"deviation"} | _TARGETS
        kind = unit_class(mention.unit)
        if kind is UnitClass.POINTS and _RATE_RIGHT_BEFORE.search(window):
            return POSSIBLE[UnitClass.PERCENT]
        return POSSIBLE[kind]

    def _hanging(self, mention: Mention, limit: int) -> tuple[frozenset[str], int]:
        """The role word behind a number (186.50万元的预算, 24万元没有花出去) and where it ends."""
        clause_end = clause_around(self.text, mention.start, mention.end).end
        end = min(limit, mention.end + 14, clause_end)
        match = ROLE.search(self.text, mention.end, end)
        if match is None or not _HANGING.match(self.text[mention.end : match.start()]):
            return frozenset(), mention.end
        if (
            limit - match.end() <= 1
            and limit < self.sentence.end
            and not self.text.startswith("的", mention.end)
        ):
            return frozenset(), mention.end
        return ROLE_ATTRIBUTES[match.lastgroup or ""], match.end()

    def _without_names(self, start: int, end: int) -> str:
        """The words between two numbers without names: 产出指标80分，满意度指标10分."""
        held = [n for n in self.named if start <= n.start and n.end <= end and n.subjects != (WHOLE_REPORT,)]
        return "".join(
            char
            for place, char in enumerate(self.text[start:end], start)
            if not any(name.start <= place < name.end for name in held)
        )

    def _result_of(
        self, mention: Mention, own: Sequence[Named], frame: Frame, *, told: bool
    ) -> frozenset[str]:
        """A number of an indicator without any role word is its result; a date its result or target."""
        if frame.relation is Relation.DIFFERENCE or not own or not own[0].has("i"):
            return frozenset()
        behind = told or self.text[own[0].end : mention.start].strip("”’为达到是：: （(") == ""
        if mention.kind is not MentionKind.QUANTITY or mention.sign:
            return WORDED if behind else frozenset()
        if unit_class(mention.unit) is UnitClass.MONEY and own[0].has("l"):
            return frozenset()
        result = frozenset({"actual", "quantity"}) if own[0].has("l") else frozenset({"actual"})
        return result if behind else frozenset()

    def _is_fixed(self, mention: Mention, attributes: frozenset[str], own: Sequence[Named]) -> bool:
        """Whether 年度指标值为 or 实际完成 stands right before the number and an indicator's name before that."""
        if not attributes or not attributes <= WORDED or not own or not own[0].has("i"):
            return False
        before = self.text[max(self.sentence.start, mention.start - 10) : mention.start]
        return own[0].end <= mention.start and _ROLE_RIGHT_BEFORE.search(before) is not None

    # --- the subjects ---------------------------------------------------------------------------

    def _respective(self) -> dict[int, Named]:
        """A和B…分别为x和y: the first number is A's, the second B's; so too A、B执行率为x、y."""
        match = _RESPECTIVELY.search(self.text, self.sentence.start, self.sentence.end)
        if match is None:
            return {}
        before = self._joined(
            [name for name in self.named if name.end <= match.start() and name.subjects[0][1] != "x"]
        )
        after = self._run_from(match.end())
        if len(before) == 1 and before[0].subjects == (WHOLE_REPORT,):
            before = []
        before = before if len(before) > 1 else self._all_projects(match.start())
        before = before if len(before) > 1 else self._named_last(match.start(), len(after))
        if len(before) < 2 or len(after) % len(before):
            return {}
        return {index: before[position % len(before)] for position, index in enumerate(after)}

    def _run_from(self, at: int) -> list[int]:
        """The numbers behind a place that 、 and 和 join; all of them where there are two lists."""
        behind = [index for index, mention in enumerate(self.mentions) if mention.start >= at]
        run = behind[:1]
        for index in behind[1:]:
            if not re.fullmatch(
                r"[、，和及与\s]*(?:和|及)?",
                self.text[self.mentions[run[-1]].end : self.mentions[index].start],
            ):
                break
            run.append(index)
        return run if len(run) > 1 else behind

    def _named_last(self, end: int, count: int) -> list[Named]:
        """As many rows as numbers follow, the last ones named before in the paragraph."""
        before = [n for n in (*self.earlier, *self.named) if n.end <= end and n.has("ilosetu")]
        run = before[-count:]
        return run if len(run) == count and len({n.text for n in run}) == count else []

    def _joined(self, names: Sequence[Named]) -> list[Named]:
        """The last run of names that 、 and 和 join."""
        run: list[Named] = []
        for name in reversed(names):
            if name.subjects == (WHOLE_REPORT,):
                continue
            if run and not re.fullmatch(r"[”“、，和及与以\s]*", self.text[name.end : run[0].start]):
                break
            run.insert(0, name)
        return run

    def _all_projects(self, end: int) -> list[Named]:
        """两个子项目…分别: all public sub-projects in order, where their number is said."""
        if not re.search("[个各](?:公开)?(?:子)?项目", self.text[self.sentence.start : end]):
            return []
        return [Named(end, end, (subject,)) for subject in self.names.public]

    def _own(self, index: int, mention: Mention, clause: Span) -> list[Named]:
        """The names a number can be of, nearest first; what it is held against left out."""
        if index in self.shared:
            return [self.shared[index]]
        usable = [name for name in self.named if name.start not in self.operands]
        rows = [
            n
            for n in usable
            if n.end <= mention.start and n.start >= clause.start and not n.has("xgh") and n.text not in _SUMS
        ]
        usable = [name for name in usable if not (rows and name.text in _SUMS)]
        if ahead := self._held_against_ahead(mention, usable):
            return ahead
        before = [name for name in reversed(usable) if name.end <= mention.start]
        counted_thing = [name for name in usable if name.start == mention.end and name.has("ilo")]
        if counted_thing and unit_class(mention.unit) is UnitClass.COUNT:
            return counted_thing + before
        if any(name.start >= clause.start for name in before):
            return self._exact_first(before, clause)
        behind = [
            name
            for name in usable
            if mention.end <= name.start <= min(clause.end, mention.end + 8)
            and _BEHIND.match(self.text[mention.end : name.start])
        ]
        return behind + before

    def _held_against_ahead(self, mention: Mention, names: Sequence[Named]) -> list[Named]:
        """对照年度指标值≥90%，“满意度”实际完成…: the indicator behind the clause."""
        clause = clause_around(self.text, mention.start, mention.end)
        if not _HELD_UP.match(self.text, clause.start):
            return []
        ahead = [name for name in names if clause.end < name.start <= clause.end + 32]
        row = next((name for name in ahead if name.has("i")), None)
        return [] if row is None else [row, *(name for name in ahead if name.start < row.start)]

    @staticmethod
    def _exact_first(names: list[Named], clause: Span) -> list[Named]:
        """Names of the clause with parts of names behind whole names of rows."""
        inside = [name for name in names if name.start >= clause.start]
        exact = [name for name in inside if not name.weak]
        if not any(name.has("iltoues") for name in exact):
            return names
        return [*exact, *(name for name in inside if name.weak), *names[len(inside) :]]

    def _levels(
        self, attributes: frozenset[str], own: list[Named], mention: Mention, clause: Span
    ) -> tuple[tuple[tuple[Subject, ...], ...], int]:
        paragraph = self.paragraph
        named = [self._in_scope(name.subjects, own) for name in own]
        scope: tuple[Subject, ...] = ((paragraph.project, "", 0),)
        if attributes & SCORE_ATTRIBUTES:
            scope = (*scope, (paragraph.project, "g", 0), (paragraph.project, "x", 0))
        held = any(name.has("iltoue") for name in own)
        inside = any(name.start >= clause.start for name in own)
        phrase = () if inside else self._phrase(mention, clause)
        self.linked = phrase or (() if held else self._linked(mention, clause) or self.linked)
        linked = () if phrase else self.linked
        carried = [name for name in reversed(self.earlier) if name.subjects[0][1] not in ("s", "l")]
        before = [self._in_scope(name.subjects, own) for name in carried]
        rest = [
            level for level in (linked, *before, scope, (WHOLE_REPORT, (0, "x", 0), (0, "g", 0))) if level
        ]
        return (*named, *rest), 0 if phrase else len(named)

    def _near(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """All rows and further figures that share a word with the sentence, for a number that none explains."""
        if self.nearby is None:
            self.nearby = self.names.near(self.text, self.sentence)
        return self.nearby

    def _of_source(self, own: Sequence[Named]) -> list[tuple[Subject, ...]]:
        """财政拨款中，甲项目…: the rows of that source in the sub-project named."""
        source = next((n for n in own if n.has("s") and self.text.startswith("中", n.end)), None)
        if source is None or not own or own[0].subjects[0][1] != "" or not own[0].subjects[0][0]:
            return []
        return [tuple(s for s in source.subjects if s[0] == own[0].subjects[0][0])]

    def _phrase(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """The row that the words right before a number mean in short (办件量 for 办理事项件数)."""
        start = max(self.at, clause.start)
        role = ROLE.search(self.text, start, mention.start)
        return self.names.by_phrase(self.text[start : role.start() if role else mention.start])

    def _linked(self, mention: Mention, clause: Span) -> tuple[Subject, ...]:
        """The indicator whose words stand around a number."""
        start = max(self.at, clause.start - _REACH, self.sentence.start)
        return self.names.linked(self.text, Span(start, clause.end), mention)

    def _in_scope(self, subjects: tuple[Subject, ...], own: Sequence[Named]) -> tuple[Subject, ...]:
        """Narrow a name that several sub-projects share to the one spoken of."""
        paragraph = self.paragraph
        project = last_project(own[::-1]) or paragraph.project
        kind = subjects[0][1]
        if subjects == (WHOLE_REPORT,):
            return (WHOLE_REPORT, (paragraph.project, "", 0))
        if kind == "h":
            here = paragraph.project or last_project([*self.earlier, *self.named])
            return ((here, "", 0), (paragraph.project, "", 0)) if here else ((0, "", 0),)
        if kind in ("x", "g"):
            return tuple(dict.fromkeys([(project, kind, 0), (paragraph.project, kind, 0)]))
        if kind == "p":
            return (PUBLIC,)
        if kind == "s" and not project:
            return subjects
        if kind == "i":
            project = last_project(own[::-1]) or paragraph.spoken_of or 0
        if kind == "o" and len(subjects) > 1:
            return subjects
        narrowed = (
            tuple(one for one in subjects if one[0] == project or (one[1] == "o" and project)) or subjects
        )
        narrowed = narrowed if project or kind in ("", "s", "e", "t", "c", "u") else subjects
        return (*narrowed, WHOLE_REPORT) if paragraph.single and kind == "" else narrowed

    def _versus(self, frame: Frame, own: Sequence[Named]) -> tuple[Subject, ...]:
        if frame.against is None or frame.against.name is None:
            return ()
        return self._in_scope(frame.against.name.subjects, own)

    # --- the year -------------------------------------------------------------------------------

    def _speaks_of_last_year(self, mention: Mention) -> bool:
        window = self.text[self.sentence.start : mention.start]
        last, at = False, -1
        for match in LAST_YEAR.finditer(window):
            compares = bool(match["than"]) or match[0] == "同比"
            if compares and self._passed(match.end(), mention):
                last, at = False, match.end()
                continue
            last, at = not compares or not _changes_follow(window[match.end() :]), match.end()
        for word in self._year_words():
            position = window.rfind(word[0])
            if position > at:
                at, last = position, word[1]
                beside = _BESIDE.search(window[:position]) is not None
                if last and beside and self._passed(self.sentence.start + position, mention):
                    last = False
        if re.search("(?:增|减|升|降|高|低|调|变)[^，。；]{0,2}[到至为]$", window):
            return False
        return last and not any(match.start() > at for match in THIS_YEAR.finditer(window))

    def _passed(self, at: int, mention: Mention) -> bool:
        """Whether another number stands between a place and a number: 较2022年的89.8%提高1.9个百分点."""
        return any(
            at < other.start < mention.start and other.kind is MentionKind.QUANTITY for other in self.mentions
        )

    def _year_words(self) -> list[tuple[str, bool]]:
        return [
            (f"{year}年", last)
            for year, last in ((self.paragraph.last_year, True), (self.paragraph.this_year, False))
            if year
        ]


def _changes_follow(rest: str) -> bool:
    return bool(re.search("[增减升降多少高低提涨回]", rest)) or rest.strip("，, ") == ""


def as_known(claims: Sequence[Claim], held: Sequence[Span]) -> list[Claim]:
    """Return the claims, those that stand in what a text repeats from a source as known."""
    return [
        replace(claim, known=True)
        if any(
            span.start <= claim.mention.start + 1
            and claim.mention.end <= span.end + 1
            and claim.mention.start < span.end
            for span in held
        )
        else claim
        for claim in claims
    ]


def of_this_year(claim: Claim) -> Claim:
    """Return the claim as one about this year."""
    return replace(claim, last_year=False)


__all__ = ["Against", "Claim", "Paragraph", "claims_of", "of_this_year"]
