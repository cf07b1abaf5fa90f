"""The draft (文稿): sections, paragraphs and sentences whose numbers are bound to the ledger."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen
from assistant.domain.finding import Finding
from assistant.domain.passage import Citation


class SentenceOrigin(StrEnum):
    """Who worded a sentence."""

    OFFLINE = "offline"
    MODEL = "model"
    PAST_REPORT = "past_report"
    HUMAN = "human"


class Binding(Frozen):
    """Characters [start, end) of a sentence that show a fact of the ledger."""

    start: int
    end: int
    fact_id: str


class Sentence(Frozen):
    """One sentence with the figures it shows and the past paragraphs its wording was learnt from."""

    text: str
    bindings: tuple[Binding, ...] = ()
    citations: tuple[Citation, ...] = ()
    origin: SentenceOrigin = SentenceOrigin.OFFLINE


class ParagraphStyle(StrEnum):
    """How a paragraph is set: body text, a heading of level 1–4, or one that opens with a bold lead."""

    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"


class Paragraph(Frozen):
    """A paragraph; `pair_id` joins a problem and its measure, `rows` are the report paths it covers."""

    id: str
    style: ParagraphStyle = ParagraphStyle.BODY
    sentences: tuple[Sentence, ...] = ()
    pair_id: str = ""
    rows: tuple[str, ...] = ()
    locked: bool = False

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return "".join(sentence.text for sentence in self.sentences)


class DraftSection(Frozen):
    """One section of the outline with its heading paragraphs inside."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()


class Pending(Frozen):
    """Something the inputs do not give and the draft marks 「（待补充）」."""

    place: str
    what: str


class Draft(Frozen):
    """A whole draft. `proven` and `findings` are what the gate said of it."""

    title: str
    unit_name: str
    year: int | None = None
    kind: str = "project"
    writer: str = "offline"
    length: str = "normal"
    sections: tuple[DraftSection, ...] = ()
    signature: tuple[str, ...] = ()
    pending: tuple[Pending, ...] = ()
    sources_note: str = ""
    proven: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph in order."""
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)

    @property
    def text(self) -> str:
        """Title, paragraphs and signature, one a line: what the gate reads."""
        return "\n".join([self.title, *(p.text for p in self.paragraphs), *self.signature])
