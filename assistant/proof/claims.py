"""What each number of a sentence claims: its role (attributes), its subjects nearest first, and the year.

Reads context only; whether the claim is true is decided in `judging`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.numerals import Mention, MentionKind
from assistant.proof.counting import counted
from assistant.proof.layout import Span, clause_around
from assistant.proof.ledger import WHOLE_REPORT, Subject
from assistant.proof.lexicon import (
    LAST_YEAR,
    POSSIBLE,
    ROLE,
    ROLE_ATTRIBUTES,
    THIS_YEAR,
    WORDED,
    UnitClass,
    unit_class,
)
from assistant.proof.role_words import change_of, is_change, role_words, without_categories
from assistant.proof.subjects import Named, Names, last_project, only_project

_RESPECTIVELY = re.compile("分别|依次")
_JOINTS = re.compile(r"^[\s、，,和及与或（(：:]*(?:其中)?[：:，]?[\s“”]*$")
_MOVED = re.compile("(?:增加|增长|提高|上升|升|增|下降|减少|降低|压减|降|减)[到至为]?$")
_HANGING = re.compile(r"^[\s）)的]{0,3}$")
_AGAINST = re.compile("(?:[比较]|高于|低于|少于|多于|超过)[“‘]?$")
_POINTS = ("个百分点", "百分点")
_BOUNDING, _TARGETS = ("≥", "≤", "＞", "＜"), frozenset({"target", "cycle"})
_RATE_RIGHT_BEFORE = re.compile("(?:[率占]比?|年度指标值|目标值?|实际完成)”?[为是达到：:]{0,2}$")
_ROLE_RIGHT_BEFORE = re.compile("(?:指标值|实际完成)[为是：:]?$")
_SCORE_ATTRIBUTES = frozenset(
    {"weight", "score", "lost", "exec_weight", "exec_score", "exec_lost", "total", "full"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with what it says of whom.

    `attributes` is empty where no role word stands near. `levels` are the possible subjects, nearest
    first, of which the first `named` stand in the same sentence. `compared` are the subjects it is
    compared with (比协商平台经费低). `fixed` says that the role word stands right before the number, so
    that it can be of nobody but the nearest subject.
    """

    mention: Mention
    sentence: Span
    attributes: frozenset[str] = frozenset()
    levels: tuple[tuple[Subject, ...], ...] = ()
    named: int = 0
    last_year: bool = False
    compared: tuple[Subject, ...] = ()
    project: int = 0
    row: bool = False
    fixed: bool = False


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


def claims_of(paragraph: Paragraph, sentence: Span, mentions: Sequence[Mention], names: Names) -> list[Claim]:
    """Return the claim of each quantity in a sentence."""
    named = names.find(paragraph.text, sentence)
    paragraph_names = list(paragraph.names)
    paragraph.spoken_of = only_project(paragraph_names, paragraph.project)
    paragraph.names += named
    roles = _roles(paragraph.text, sentence, mentions, named)
    shared = _respective(paragraph.text, sentence, mentions, named)
    linked = tuple(names.linked(paragraph.text[sentence.start : sentence.end]))
    found = []
    for index, mention in enumerate(mentions):
        attributes, subject = roles[index], shared.get(index)
        attributes = attributes or _result_of(paragraph.text, mention, named)
        own = [subject] if subject else _nearest(paragraph.text, mention, sentence, named)
        compared = [name for name in own if _is_compared(paragraph.text, name)]
        own = [name for name in own if name not in compared]
        levels, known = _levels(paragraph, attributes, own, paragraph_names, linked)
        last = not is_change(attributes) and _speaks_of_last_year(paragraph, sentence, mention)
        others = tuple(other for name in compared for other in _in_scope(name.subjects, paragraph, own))
        fixed = shared.get(index) is None and _is_fixed(paragraph.text, sentence, mention, attributes, own)
        project = paragraph.project
        found.append(Claim(mention, sentence, attributes, levels, known, last, others, project, fixed=fixed))
    return found


def _result_of(text: str, mention: Mention, named: Sequence[Named]) -> frozenset[str]:
    """A number right behind an indicator's name (满意度93.18%): its result or its target."""
    held = [n for n in named if n.end <= mention.start and n.subjects[0][1] == "i"]
    behind = held and text[held[-1].end : mention.start].strip("”’为达到是：: ") == ""
    return WORDED & _possible(mention, "") if behind else frozenset()


def _is_fixed(
    text: str, sentence: Span, mention: Mention, attributes: frozenset[str], own: Sequence[Named]
) -> bool:
    """Whether 年度指标值为 or 实际完成 stands right before the number and an indicator's name before that."""
    if not attributes or not attributes <= WORDED or not own or own[0].subjects[0][1] != "i":
        return False
    before = text[max(sentence.start, mention.start - 10) : mention.start]
    return own[0].end <= mention.start and _ROLE_RIGHT_BEFORE.search(before) is not None


def _roles(
    text: str, sentence: Span, mentions: Sequence[Mention], named: Sequence[Named]
) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    at = sentence.start
    queue: list[frozenset[str]] = []
    for index, mention in enumerate(mentions):
        window = text[at : mention.start]
        possible = _possible(mention, window)
        count = counted(text, mention, at)
        if count:
            found.append(count)
            at = mention.end
            continue
        hanging = _hanging(text, mention, mentions, index, sentence) & possible
        worded = role_words(text, at, mention, named)
        own = [roles & possible for roles in worded if roles & possible]
        if _RESPECTIVELY.search(window):
            queue = own[1:] if len(own) > 1 else []
            attributes = own[0] if len(own) > 1 else (own[-1] if own else frozenset())
        elif queue and not own:
            attributes, queue = queue[0], queue[1:]
        else:
            owned = text.startswith("的", mention.end) and hanging
            attributes = hanging if owned or not own else own[-1]
            joined = without_categories(text, at, mention, named)
            if not attributes and found and (_JOINTS.match(joined) or _is_moved(window)):
                attributes = found[-1] & possible
        if "share" in attributes and "rate" in attributes and any("spent" in one for one in found):
            attributes -= {"share"}
        found.append(change_of(attributes, worded))
        at = mention.end
    return found


def _is_moved(window: str) -> bool:
    """由…增加到: the second number is the same thing later."""
    return _MOVED.search(window) is not None and window.endswith(("到", "至", "为"))


def _possible(mention: Mention, window: str) -> frozenset[str]:
    if mention.kind is not MentionKind.QUANTITY:
        return WORDED
    if mention.sign in _BOUNDING:
        return POSSIBLE[unit_class(mention.unit)] - {"gap", "excess", "deviation"} | _TARGETS
    if mention.unit in _POINTS and _RATE_RIGHT_BEFORE.search(window):
        return POSSIBLE[UnitClass.PERCENT]
    return POSSIBLE[unit_class("万元" if mention.unit == "万" else mention.unit)]


def _hanging(
    text: str, mention: Mention, mentions: Sequence[Mention], index: int, sentence: Span
) -> frozenset[str]:
    """The role word right behind a number: 186.50万元的预算, 10分的分值."""
    limit = mentions[index + 1].start if index + 1 < len(mentions) else sentence.end
    after = text[mention.end : min(limit, mention.end + 14)]
    match = ROLE.search(after)
    if match is None or not _HANGING.match(after[: match.start()]):
        return frozenset()
    return ROLE_ATTRIBUTES[match.lastgroup or ""]


def _respective(
    text: str, sentence: Span, mentions: Sequence[Mention], named: Sequence[Named]
) -> dict[int, Named]:
    """A和B…分别为x和y: the first number is A's, the second B's."""
    match = _RESPECTIVELY.search(text, sentence.start, sentence.end)
    if match is None:
        return {}
    before = [
        name
        for name in named
        if name.end <= match.start() and name.subjects[0][1] != "x" and name.subjects != (WHOLE_REPORT,)
    ]
    after = [index for index, mention in enumerate(mentions) if mention.start >= match.end()]
    if len(before) < 2 or len(after) % len(before):
        return {}
    return {index: before[position % len(before)] for position, index in enumerate(after)}


def _nearest(text: str, mention: Mention, sentence: Span, named: Sequence[Named]) -> list[Named]:
    """Names before the number, nearest first; else one that follows it in the clause."""
    before = [name for name in reversed(named) if name.end <= mention.start]
    clause = clause_around(text, mention.start, mention.end)
    behind = [name for name in named if mention.end <= name.start <= min(clause.end, mention.end + 8)]
    in_clause = [name for name in before if name.start >= clause.start]
    return before if in_clause or not behind else behind + before


def _levels(
    paragraph: Paragraph,
    attributes: frozenset[str],
    own: list[Named],
    earlier: list[Named],
    linked: tuple[Subject, ...],
) -> tuple[tuple[tuple[Subject, ...], ...], int]:
    named = [_in_scope(name.subjects, paragraph, own) for name in own]
    scope: tuple[Subject, ...] = ((paragraph.project, "", 0),)
    if attributes & _SCORE_ATTRIBUTES:
        scope = (*scope, (paragraph.project, "g", 0), (paragraph.project, "x", 0))
    linked = () if any(_is_row(level) for level in named) else linked
    carried = [name for name in reversed(earlier) if name.subjects[0][1] not in ("s", "l")]
    before = [_in_scope(name.subjects, paragraph, own) for name in carried]
    rest = [level for level in (linked, *before, scope, (WHOLE_REPORT, (0, "x", 0), (0, "g", 0))) if level]
    return (*named, *rest), len(named)


def _is_row(level: tuple[Subject, ...]) -> bool:
    return any(subject[1] in ("i", "l", "o") for subject in level)


def _in_scope(
    subjects: tuple[Subject, ...], paragraph: Paragraph, own: Sequence[Named]
) -> tuple[Subject, ...]:
    """Narrow a name that several sub-projects share to the one spoken of."""
    project = last_project(own[::-1]) or paragraph.project
    kind = subjects[0][1]
    if subjects == (WHOLE_REPORT,):
        return (WHOLE_REPORT, (paragraph.project, "", 0))
    if kind == "h":
        return ((paragraph.project, "", 0),)
    if kind in ("x", "g"):
        return tuple(dict.fromkeys([(project, kind, 0), (paragraph.project, kind, 0)]))
    if kind == "i":
        project = last_project(own[::-1]) or paragraph.spoken_of or 0
    narrowed = tuple(subject for subject in subjects if subject[0] == project) or subjects
    return (*narrowed, WHOLE_REPORT) if paragraph.single and kind == "" else narrowed


def _is_compared(text: str, name: Named) -> bool:
    """Whether a name stands behind 比、较、于: what something is held against, not what is spoken of."""
    return _AGAINST.search(text, max(0, name.start - 4), name.start) is not None


def _speaks_of_last_year(paragraph: Paragraph, sentence: Span, mention: Mention) -> bool:
    window = paragraph.text[sentence.start : mention.start]
    last, at = False, -1
    for match in LAST_YEAR.finditer(window):
        compares = bool(match["than"]) or match[0] == "同比"
        last, at = not compares or not _changes_follow(window[match.end() :]), match.end()
    for word in _year_words(paragraph):
        position = window.rfind(word[0])
        if position > at:
            at, last = position, word[1]
    if _is_moved(window):
        return False
    return last and not any(match.start() > at for match in THIS_YEAR.finditer(window))


def _year_words(paragraph: Paragraph) -> list[tuple[str, bool]]:
    return [
        (f"{year}年", last)
        for year, last in ((paragraph.last_year, True), (paragraph.this_year, False))
        if year
    ]


def _changes_follow(rest: str) -> bool:
    return bool(re.search("[增减升降多少高低提涨回]", rest)) or rest.strip("，, ") == ""
