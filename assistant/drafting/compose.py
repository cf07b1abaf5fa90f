"""Compose a draft (成文): slots filled and bound, headings numbered, title, signature and what is pending.

Every figure of the draft comes in here, from the ledger; no writer has written one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.domain.draft import (
    Draft,
    DraftSection,
    Paragraph,
    Pending,
    Sentence,
    SentenceOrigin,
)
from assistant.domain.facts import Facts
from assistant.domain.finding import has_error
from assistant.domain.report import Report, ReportKind
from assistant.domain.services import Gate, Progress
from assistant.drafting.numbering import Numbering
from assistant.drafting.slots import PENDING, SlottedSentence, Values, slots_in
from assistant.drafting.writer import Brief, Length, Point, Writer

__all__ = ["OnSentence", "Writer", "compose_draft", "title_of"]

#: Told of every finished sentence, with the title of its section.
OnSentence = Callable[[str, Sentence], None]


def compose_draft(
    briefs: Sequence[Brief],
    writer: Writer,
    facts: Facts,
    report: Report,
    *,
    length: Length | str = Length.NORMAL,
    gate: Gate | None = None,
    date: str = "",
    on_progress: Progress | None = None,
    on_sentence: OnSentence | None = None,
) -> Draft:
    """Return the whole draft, unproven; the gate here only drops a learned sentence that it objects to.

    `date` is the 成文日期 where it is known. Raises UnknownSlot where a writer asks for a figure that is
    not in the ledger.
    """
    composer = _Composer(writer, _values(briefs, facts), gate, on_sentence)
    sections = []
    for done, brief in enumerate(briefs):
        if on_progress:
            on_progress(done, len(briefs), brief.title)
        sections.append(composer.section(brief))
    if on_progress:
        on_progress(len(briefs), len(briefs), "成文")
    signature = (report.unit_name or PENDING, date or PENDING)
    return Draft(
        title=title_of(report),
        unit_name=report.unit_name,
        year=report.year,
        kind=report.kind.value,
        writer=writer.name,
        length=Length(length).value,
        sections=tuple(sections),
        signature=signature,
        pending=(*composer.pending, *_signature_pending(briefs, signature)),
        sources_note=_sources_note(briefs, sections, writer.note),
    )


def title_of(report: Report) -> str:
    """Return the title: 单位 + 年度 + 项目 + 绩效自评报告; a title that is whole already stays as it is."""
    if report.title.endswith("报告") and report.unit_name in report.title:
        return report.title
    if report.kind is ReportKind.DEPARTMENT:
        return (
            f"{report.unit_name}{report.year}年度{report.kind.label}"
            if report.year
            else f"{report.unit_name}{report.kind.label}"
        )
    year = f"{report.year}年度" if report.year and str(report.year) not in report.title else ""
    name = report.title.removesuffix("绩效自评报告").removesuffix("绩效评价报告")
    name = name.removeprefix(report.unit_name) or _single_name(report)
    ending = report.kind.label.removeprefix("项目") if name.endswith("项目") else report.kind.label
    return f"{report.unit_name}{year}{name}{ending}"


def _single_name(report: Report) -> str:
    open_names = [project.name for project in report.projects if not project.confidential]
    return open_names[0] if len(report.projects) == 1 and open_names else ""


class _Composer:
    def __init__(
        self, writer: Writer, values: Values, gate: Gate | None, on_sentence: OnSentence | None
    ) -> None:
        self.writer, self.values, self.gate, self.on_sentence = writer, values, gate, on_sentence
        self.numbering = Numbering()
        self.pending: list[Pending] = []

    def section(self, brief: Brief) -> DraftSection:
        paragraphs = (self.paragraph(point, brief) for point in brief.points)
        return DraftSection(
            id=brief.id, title=brief.title, paragraphs=tuple(one for one in paragraphs if one is not None)
        )

    def paragraph(self, point: Point, brief: Brief) -> Paragraph | None:
        filled: list[Sentence] = []
        for slotted in self.writer.write(point, brief):
            sentence = self.values.fill(slotted)
            if self._objected(sentence, point):
                if not slotted.plain:
                    continue
                sentence = self.values.fill(SlottedSentence(text=slotted.plain))
            if not filled and point.number:
                sentence = _numbered(self.numbering.next(point.number), sentence)
            filled.append(sentence)
            self._note_pending(slotted, brief)
            if self.on_sentence:
                self.on_sentence(brief.title, sentence)
        if not filled:
            return None
        return Paragraph(
            id=point.id, style=point.style, sentences=tuple(filled), pair_id=point.pair_id, rows=point.rows
        )

    def _objected(self, sentence: Sentence, point: Point) -> bool:
        """Whether a sentence learnt from a past report does not stand before the gate."""
        if self.gate is None or sentence.origin is not SentenceOrigin.PAST_REPORT:
            return False
        return has_error(self.gate.examine(sentence.text, point.scope))

    def _note_pending(self, slotted: SlottedSentence, brief: Brief) -> None:
        for slot in slots_in(slotted.text):
            what = self.values.missing(slot)
            if what is not None:
                self.pending.append(Pending(place=brief.title, what=what))


def _numbered(number: str, sentence: Sentence) -> Sentence:
    """Put a running number before a sentence and move its bindings along."""
    moved = tuple(
        binding.model_copy(update={"start": binding.start + len(number), "end": binding.end + len(number)})
        for binding in sentence.bindings
    )
    return sentence.model_copy(update={"text": number + sentence.text, "bindings": moved})


def _values(briefs: Sequence[Brief], facts: Facts) -> Values:
    """What may fill a slot of these briefs."""
    return Values(facts, briefs[0].texts if briefs else {}, _pending(briefs))


def _pending(briefs: Sequence[Brief]) -> Mapping[str, str]:
    return briefs[0].pending if briefs else {}


def _signature_pending(briefs: Sequence[Brief], signature: Sequence[str]) -> tuple[Pending, ...]:
    labels = _pending(briefs)
    names = (labels.get("unit", "单位"), labels.get("date", "成文日期"))
    return tuple(
        Pending(place="落款", what=what)
        for line, what in zip(signature, names, strict=True)
        if line == PENDING
    )


def _sources_note(briefs: Sequence[Brief], sections: Sequence[DraftSection], note: str) -> str:
    """Say which past reports the wording was learnt from, and what the writer has to say."""
    cited = [
        citation.title or citation.source
        for section in sections
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
        for citation in sentence.citations
    ]
    if cited:
        return f"部分措辞参考了：{'、'.join(dict.fromkeys(cited))}。{note}"
    found = any(point.passages for brief in briefs for point in brief.points)
    return ("" if found else "资料库中没有可供参考的往年报告，未借鉴往年措辞。") + note
