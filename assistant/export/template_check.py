"""Is a template right, asked before anything is rendered: every wrong tag is named with its paragraph.

Reads the tags exactly as `filling` does. Knows nothing of any one report: names are looked up in `slots`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docx.document import Document as WordFile
from docx.oxml.ns import qn

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.errors import InvalidTemplate
from assistant.export import slots
from assistant.export.filling import control_of, own_text, own_texts
from assistant.export.roles import Role
from assistant.export.slots import SLOTS, Slot, SlotKind, slot_named
from assistant.export.tags import Kind, Slip, Tag, read_tags
from assistant.export.template import Template, cast, is_tagged, running_parts
from assistant.library.word_reader import word_pieces

_PARAGRAPH, _ROW, _TABLE, _BOX = qn("w:p"), qn("w:tr"), qn("w:tbl"), qn("w:txbxContent")
_EXPECTED = (Role.TITLE, Role.HEADING1, Role.HEADING2, Role.BODY)
_DEEPEST = 3  # repetitions within repetitions
_SHOWN = 12
Scope = dict[str, tuple[Slot, ...]]


class TemplateCheck(Frozen):
    """What a template is: with tags or styles only, which style plays which role, and what is wrong with it."""

    tagged: bool
    roles: dict[str, str]
    tags: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing is so wrong that it cannot be filled."""
        return all(found.severity is not Severity.ERROR for found in self.findings)


class Spot(NamedTuple):
    """A paragraph of the template: where it is, in words, and the offset of its text in the text of the file."""

    place: str
    start: int | None


def check_template(template: Template) -> TemplateCheck:
    """Return what the template is and every fault of its tags and styles."""
    word = template.open()
    tagged = is_tagged(word)
    checker = _Checker(_spots(word))
    if tagged:
        checker.read(list(word.element.body), {})
        checker.whole()
    for place, root in running_parts(word):
        checker.read_running(place, root)
    styles = cast(word).styles
    missing = [_missing(role) for role in Role if role not in styles]
    return TemplateCheck(
        tagged=tagged,
        roles={role.label: styles[role].name if role in styles else "" for role in Role},
        tags=tuple(dict.fromkeys(checker.tags)),
        findings=(*checker.findings, *missing),
    )


def require_usable(template: Template) -> None:
    """Raise InvalidTemplate for the first fault of a template that cannot be filled."""
    wrong = [one for one in check_template(template).findings if one.severity is Severity.ERROR]
    if wrong:
        raise InvalidTemplate(template.name, wrong[0].message, len(wrong))


def _missing(role: Role) -> Finding:
    severity = Severity.WARNING if role in _EXPECTED else Severity.INFO
    words = f"模板里没有可作{role.label}的样式，{role.label}将用知绩自带的样式“{role}”"
    remedy = f"如需自定，请在模板里加一个名为“{role}”的段落样式"
    return finding("T06", words, remedy=remedy, severity=severity)


def _spots(word: WordFile) -> dict[Any, Spot]:
    """Return where each paragraph of the body is, by its element."""
    offsets, offset = dict[Any, int](), 0
    for pieces in word_pieces(word.element.body):
        for piece in pieces:
            if piece.element is not None:
                offsets[piece.element] = offset
            offset += len(piece.text)
        offset += 1
    spots = dict[Any, Spot]()
    for number, paragraph in enumerate(word.element.body.iter(_PARAGRAPH), 1):
        first = next((offsets.get(one) for one in own_texts(paragraph)), None)
        spots[paragraph] = Spot(_place(paragraph, number), first)
    return spots


def _place(paragraph: Any, number: int) -> str:
    """Return where a paragraph is, in words."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is None:
        return f"第{number}段"
    row, table = next(cell.iterancestors(_ROW)), next(cell.iterancestors(_TABLE))
    root = table.getroottree().getroot()
    tables = list(root.iter(_TABLE))
    rows, cells = table.findall(_ROW), row.findall(qn("w:tc"))
    line = rows.index(row) + 1 if row in rows else 0
    column = cells.index(cell) + 1 if cell in cells else 0
    return f"第{number}段（第{tables.index(table) + 1}个表第{line}行第{column}格）"


class _Checker:
    """Walks the template as it would be filled and notes what would go wrong."""

    def __init__(self, spots: dict[Any, Spot]) -> None:
        self.spots = spots
        self.running = ""
        self.tags: list[str] = []
        self.findings: list[Finding] = []
        self.named: set[str] = set()

    def read_running(self, place: str, root: Any) -> None:
        """Check a header or footer: values only, no blocks."""
        self.running = place
        self.read(list(root), {})
        self.running = ""

    def read(self, elements: Sequence[Any], scope: Scope) -> None:
        """Check siblings: each alone, and that what is opened among them is ended among them."""
        opened: list[tuple[Tag, Any, Scope]] = []
        for element in elements:
            tag = control_of(element)
            if tag is None:
                self._one(element, scope)
                continue
            holder = _holder(element, tag)
            self._alone(element, holder, tag)
            if tag.opens:
                opened.append((tag, holder, scope))
                scope = self._opened(holder, tag, scope, len(opened))
            elif not opened or opened[-1][0].end_word != tag.kind:
                words = f"前面没有与它配对的 {{% {tag.kind.value.removeprefix('end')} … %}}"
                self._note("T03", holder, tag, words)
            else:
                scope = opened.pop()[2]
        for tag, holder, _ in opened:
            words = f"没有结束，同一{'表格的后面行' if tag.scope else '层的后面段落'}里应有 {{% {tag.end_word} %}}"
            self._note("T03", holder, tag, words)

    def whole(self) -> None:
        """Check that the words of the draft have a place."""
        if not {slots.TEXT_BLOCK, *slots.TEXT_LISTS} & self.named:
            words = "模板里没有放文稿的地方：应有独占一段的 {{ 正文 }}，或对“段落”“部分”的循环"
            self.findings.append(finding("T04", words, remedy="请在模板里加一段 {{ 正文 }}"))

    def _one(self, element: Any, scope: Scope) -> None:
        if element.tag != _PARAGRAPH:
            if element.tag == _BOX or any(True for _ in element.iter(_PARAGRAPH)):
                self.read(list(element), scope)
            return
        for box in element.iter(_BOX):
            self.read(list(box), scope)
        text = own_text(element)
        tags, slips = read_tags(text)
        for slip in slips:
            self._note("T01", element, slip, slip.why)
        for tag in tags:
            self.tags.append(tag.text)
            if tag.kind is Kind.VALUE:
                self._value(element, tag, scope, alone=text.strip() == tag.text)
            elif tag.kind is not Kind.NOTE:
                self._note("T03", element, tag, "只能用在表格的行里，一段文字用 {%p …%}")

    def _alone(self, element: Any, holder: Any, tag: Tag) -> None:
        """A repetition or condition has its paragraph, or its row, to itself: the whole of it is taken away."""
        self.tags.append(tag.text)
        rest = "".join(own_text(one) for one in element.iter(_PARAGRAPH)).replace(tag.text, "", 1).strip()
        for slip in read_tags(own_text(holder))[1]:
            self._note("T01", holder, slip, slip.why)
        if rest:
            words = f"应独占一{'行' if tag.scope else '段'}，同处还有“{rest[:_SHOWN]}”"
            self._note("T03", holder, tag, words)

    def _opened(self, holder: Any, tag: Tag, scope: Scope, depth: int) -> Scope:
        """Return the names known within; a repetition brings one for its pieces."""
        slot = self._named(holder, tag, scope)
        if slot is None:
            return {**scope, tag.variable: ()} if tag.variable else scope
        if tag.kind is Kind.IF:
            return scope
        if slot.kind is not SlotKind.LIST:
            self._note("T02", holder, tag, f"“{'.'.join(tag.path)}”不是清单，不能循环")
        if depth > _DEEPEST:
            self._note("T03", holder, tag, f"循环和条件嵌套过深，最多 {_DEEPEST} 层")
        return {**scope, tag.variable: slot.fields}

    def _value(self, element: Any, tag: Tag, scope: Scope, *, alone: bool) -> None:
        slot = self._named(element, tag, scope)
        if slot is None or slot.kind is SlotKind.TEXT:
            return
        if slot.kind is SlotKind.LIST:
            words = f"“{slot.name}”是清单，应循环使用：{{%tr for 项 in {slot.name} %}}"
            self._note("T05", element, tag, words)
        elif self.running:
            self._note("T05", element, tag, f"“{slot.name}”是整块内容，不能放在{self.running}")
        elif not alone:
            self._note("T05", element, tag, f"“{slot.name}”是整块内容，应独占一段")

    def _named(self, element: Any, tag: Tag, scope: Scope) -> Slot | None:
        """Return the slot that a tag names; a name that is not known is noted."""
        first, *rest = tag.path
        if first in scope and not rest:
            self._note("T02", element, tag, f"“{first}”是循环里的一项，要写明取哪一格，如 {first}.名称")
            return None
        known, path = (scope[first], rest) if first in scope else (SLOTS, list(tag.path))
        slot = slot_named(path[0], known)
        if slot is None or len(path) > 1:
            if known:
                self._unknown(element, tag, path, known)
            return None
        self.named.add(slot.name)
        return slot

    def _unknown(self, element: Any, tag: Tag, path: Sequence[str], known: tuple[Slot, ...]) -> None:
        names = "、".join(slot.name for slot in known)
        self._note("T02", element, tag, f"没有名为“{'.'.join(path)}”的内容", f"可用的名称：{names}")

    def _note(self, rule: str, element: Any, tag: Tag | Slip, why: str, remedy: str = "") -> None:
        spot = self.spots.get(element, Spot(self.running, None))
        start = None if spot.start is None else spot.start + tag.start
        self.findings.append(
            finding(
                rule,
                f"{spot.place}的“{tag.text}”：{why}",
                remedy=remedy or "请在模板里改正后重试",
                place=spot.place,
                start=start,
                end=None if start is None else start + tag.end - tag.start,
                text=tag.text,
                observed=tag.text,
            )
        )


def _holder(element: Any, tag: Tag) -> Any:
    """Return the paragraph in which the tag of a row stands."""
    holders: Iterator[Any] = element.iter(_PARAGRAPH)
    return next((one for one in holders if tag.text in own_text(one)), element)
