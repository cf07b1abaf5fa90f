"""What a model's sentence must be to be accepted (采纳): no figure, name, cause or claim of its own.

Each check returns the reason in Chinese, "" where there is nothing against the sentence; the gate has
the last word. Refusing too much costs nothing: the offline sentence takes the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from assistant.domain.facts import Fact, Role
from assistant.domain.finding import Severity
from assistant.domain.services import Gate
from assistant.drafting.closed_world import ClosedWorld
from assistant.drafting.instruction import allowed_slots
from assistant.drafting.slots import SLOT, SlottedSentence, Values, slots_in, without_slots
from assistant.drafting.writer import Brief, Point

_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿两俩仨廿卅半倍数几双翻]")
_SAFE = re.compile(
    r"(?<=[：；])[一二三四五六]是|三级|二级|一级|进一步|下一步|统一|一致|一体|逐一|一并|一方面|另一方面|唯一|双方|次数|数量|人数|数据|份数|指数|预算数|执行数|基数"
)
_MARKS = re.compile(r"[\[\]【】<>#*|`_~^=$\\@{}]|来源[:：]|参考文献|见附")
_CAUSE = re.compile(r"由于|因为|因受|受到?.{0,12}影响|导致|造成|致使|原因|所致|缘于|源于|归因")
_ASKED = re.compile(r"(?:写明|查明|说明|分析|核实)[^，。；]{0,6}原因")
_ABSOLUTE = re.compile(
    r"全部完成|全面完成|圆满|均已完成|最大化|优秀|满分|全额|百分百|显著|一流|领先|零失误|无失分"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市(?!场)|县|镇|街道|局(?!限|面)|厅|公司|大学|学院|医院)")
_DIRECTIONS = (
    "增加", "减少", "提高", "下降", "上升", "增长", "高于", "低于", "超过", "超出", "不足", "未达到", "达到",
    "节约", "结余", "持平", "偏低", "偏高", "滞后", "提前", "完成率", "未完成", "按期", "及时",
)  # fmt: skip
_ROLES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("年初预算", (Role.INITIAL_BUDGET,)),
    ("全年预算", (Role.ANNUAL_BUDGET,)),
    ("执行数", (Role.EXPENDITURE,)),
    ("支出", (Role.EXPENDITURE,)),
    ("执行率", (Role.EXECUTION_RATE,)),
    ("未执行", (Role.UNSPENT,)),
    ("失分", (Role.LOST,)),
    ("得分", (Role.SCORE, Role.TOTAL_SCORE)),
    ("总分", (Role.TOTAL_SCORE,)),
    ("分值", (Role.WEIGHT,)),
    ("满分", (Role.FULL_SCORE,)),
    ("年度指标值", (Role.TARGET, Role.TEXT, Role.GAP)),
    ("实际完成", (Role.ACTUAL, Role.TEXT)),
    ("完成率", (Role.COMPLETION_RATE,)),
)
_NAME = re.compile(r"(?P<place>p\d+(?:\.[il]\d+)?)\.(?:name|title)$")


class Acceptance:
    """Judges the sentences a model wrote for one point."""

    def __init__(
        self,
        point: Point,
        brief: Brief,
        values: Values,
        gate: Gate,
        reference: Sequence[SlottedSentence],
        world: ClosedWorld,
    ) -> None:
        self.point, self.brief, self.values, self.gate = point, brief, values, gate
        self.world = world
        self.allowed = set(allowed_slots(point))
        self.own = tuple(text for wording in point.wordings for text in wording.choices)
        self.reference = "\n".join(self.own)
        self.inputs = "\n".join(values.texts.values())
        self.required = tuple(
            dict.fromkeys(slot for sentence in reference for slot in slots_in(sentence.text))
        )

    def objection(self, text: str) -> str:
        """Return why the sentence cannot stand, "" where it can; a sentence of the reference always can."""
        if text in self.own:
            return ""
        checks: tuple[Callable[[str], str], ...] = (
            self._own_figures,
            self._slots,
            self._own_words,
            self._cause,
            self._claims,
            self._subjects,
            self._grounds,
            self._by_the_gate,
        )
        return next((reason for check in checks if (reason := check(text))), "")

    def missing(self, sentences: Sequence[str]) -> tuple[str, ...]:
        """Return the slots of the reference that the sentences leave out."""
        used = {slot for text in sentences for slot in slots_in(text)}
        return tuple(slot for slot in self.required if slot not in used)

    def _slots(self, text: str) -> str:
        unknown = [slot for slot in slots_in(text) if slot not in self.allowed]
        if unknown:
            return f"用了没有给出的占位 {'、'.join(unknown)}"
        if not slots_in(text) and not self.point.proposal:
            return "整句没有占位，没有依据"
        return ""

    def _own_figures(self, text: str) -> str:
        own = without_slots(text, "，")
        if any(unicodedata.category(char) in ("Nd", "Nl", "No") for char in own):
            return "自己写了数字"
        return "自己写了数量" if _NUMERAL.search(_SAFE.sub("", own)) else ""

    def _own_words(self, text: str) -> str:
        own = without_slots(text)
        if _MARKS.search(own):
            return "含有标记、列表符号或引用"
        if any(char.isascii() and char.isalpha() for char in own):
            return "含有外文字母"
        quotes = [quoted for quoted in re.findall(r"[“《]([^”》]*)[”》]", own) if quoted]
        strange = [quoted for quoted in quotes if quoted not in self.inputs]
        if strange:
            return f"出现了没有给出的名称“{strange[0]}”"
        places = [name for name in _PLACE.findall(own) if name not in self.inputs]
        units = [p.unit_name for p in self.point.passages if p.unit_name and p.unit_name in own]
        return "出现了没有给出的单位或地名" if places or [u for u in units if u not in self.inputs] else ""

    def _cause(self, text: str) -> str:
        given = any(slot.endswith((".cause", ".reason")) for slot in slots_in(text))
        return "自己写了原因" if _CAUSE.search(_ASKED.sub("", without_slots(text))) and not given else ""

    def _claims(self, text: str) -> str:
        own = without_slots(text)
        if any(word not in self.reference for word in _ABSOLUTE.findall(own)):
            return "用了绝对化或评价性的说法"
        if self.point.proposal:
            return ""
        new = [word for word in _DIRECTIONS if word in own and word not in self.reference]
        return f"参考稿没有“{new[0]}”的说法" if new else ""

    def _grounds(self, text: str) -> str:
        """Every word is the reference's, the inputs', the trade's or, for a proposal, a past paragraph's."""
        past = "\n".join(passage.text for passage in self.point.passages) if self.point.proposal else ""
        return self.world.objection(
            text, f"{self.inputs}\n{past}", self.reference, proposal=self.point.proposal
        )

    def _subjects(self, text: str) -> str:
        """Each figure stands after its own name and its own role word."""
        named, last = "", 0
        for match in SLOT.finditer(text):
            slot = match.group(1)
            name = _NAME.match(slot)
            if name:
                named = name.group("place")
            fact = self.values.facts.get(slot)
            if fact is not None and not _belongs(slot, named):
                return f"占位 {slot} 前面没有写它所属的指标或子项目"
            if fact is not None and not _fits(text[last : match.start()], fact):
                return f"占位 {slot} 的含义是{fact.role.value}，与前面的文字不符"
            last = match.end()
        return ""

    def _by_the_gate(self, text: str) -> str:
        filled = self.values.fill(SlottedSentence(text=text)).text
        found = self.gate.examine(filled, self.point.scope)
        errors = [finding.message for finding in found if finding.severity is Severity.ERROR]
        return errors[0] if errors else ""


def _belongs(slot: str, named: str) -> bool:
    """Whether a figure may follow the name last written: its own, or none for the whole and a sub-project."""
    place = slot.rpartition(".")[0]
    if place.startswith(("all", "ly.")) or re.fullmatch(r"o\d+|", place):
        return not named
    owner = place.split(".")[0]
    if re.fullmatch(r"p\d+(?:\.change|\.[sc]\d+)?", place):
        return named in ("", owner)
    return named == place or bool(re.fullmatch(r"p\d+\.l\d+", place) and named == owner)


def _fits(before: str, fact: Fact) -> bool:
    """Whether the last role word before a figure is one of the figure's own role."""
    if fact.role in (Role.CHANGE, Role.CHANGE_RATE):
        return "比上年" in before
    clause = re.split(r"[，。；：、（]", before)[-1] or before
    found = [(clause.rfind(word), roles) for word, roles in _ROLES if word in clause]
    return not found or fact.role in max(found, key=lambda item: item[0])[1]
