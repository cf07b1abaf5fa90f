"""A draft as a page of paper in HTML: figures underlined with what they are, findings, sources, origins.

Everything is escaped; knows nothing about Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.domain.comparison import compared
from assistant.domain.draft import Draft, Paragraph, ParagraphStyle, Sentence, SentenceOrigin
from assistant.domain.facts import Fact, Facts
from assistant.domain.finding import Finding
from assistant.domain.passage import Citation
from assistant.drafting.living import Place, is_edited, outdated, paragraph_at
from assistant.ui.markup import Mark, marked, text

_CLASSES = {
    ParagraphStyle.BODY: "",
    ParagraphStyle.HEADING1: "h1",
    ParagraphStyle.HEADING2: "h2",
    ParagraphStyle.HEADING3: "h3",
    ParagraphStyle.HEADING4: "h4",
}
_ORIGINS = {
    SentenceOrigin.MODEL: ("zj-model", "本句由模型措辞"),
    SentenceOrigin.HUMAN: ("zj-human", "本句由人改写"),
}
_PENDING = re.compile("（待补充）")


def citations_of(draft: Draft) -> list[Citation]:
    """Return every cited place once, in the order of the draft; its number is its position from 1."""
    found = (cited for p in draft.paragraphs for s in p.sentences for cited in s.citations)
    return list(dict.fromkeys(found))


def source_of(cited: Citation) -> str:
    """Return a citation in words: file, heading, paragraph from 1."""
    heading = " › ".join(cited.heading)
    places = f"第{cited.first_paragraph + 1}段"
    return "，".join(part for part in (cited.source, heading, places) if part)


def meaning(fact: Fact) -> str:
    """Return what a figure is: label, shown form, formula."""
    formula = f"\n算法：{fact.formula}" if fact.formula else ""
    return f"{fact.label}：{fact.shown}{formula}\n编号 {fact.id}"


def paper(draft: Draft, facts: Facts) -> str:
    """Return the whole draft as HTML."""
    ledger, numbers = facts.by_id(), {cited: n for n, cited in enumerate(citations_of(draft), 1)}
    title = marked(draft.title, _findings_at(draft.findings, 0))
    body = [f"<h4>{title}</h4>"]
    for start, paragraph in _placed(draft):
        kind = _CLASSES[paragraph.style]
        words = "".join(_sentences(paragraph, start, draft.findings, ledger, numbers))
        body.append(f'<p class="{kind}">{words}{_marks_of(paragraph, facts)}</p>')
    body += [f'<p class="sign">{marked(line, _waiting(line))}</p>' for line in draft.signature]
    return f'<div class="zj-paper">{"".join(body)}</div>'


def paragraph_html(draft: Draft, place: Place, facts: Facts) -> str:
    """Return one paragraph of a draft as HTML."""
    ledger, numbers = facts.by_id(), {cited: n for n, cited in enumerate(citations_of(draft), 1)}
    wanted = paragraph_at(draft, place)
    for start, paragraph in _placed(draft):
        if paragraph is wanted:
            words = "".join(_sentences(paragraph, start, draft.findings, ledger, numbers))
            kind = _CLASSES[paragraph.style]
            return (
                f'<div class="zj-paper part"><p class="{kind}">{words}{_marks_of(paragraph, facts)}</p></div>'
            )
    return ""


def _marks_of(paragraph: Paragraph, facts: Facts) -> str:
    """Return what there is to say of a paragraph: locked, edited, stale with the figures of now."""
    tags = []
    if paragraph.locked:
        tags.append('<span class="zj-tag">已锁定</span>')
    if is_edited(paragraph):
        tags.append('<span class="zj-tag">人工修改</span>')
    if old := outdated(paragraph, facts):
        told = "\n".join(f"{one.label or '数据'}：{one.shown}，现为{one.now or '无此数据'}" for one in old)
        tags.append(f'<span class="zj-tag zj-stale" title="{text(told)}">已过期</span>')
    return "　" + "".join(tags) if tags else ""


def comparison_html(before: str, after: str) -> str:
    """Return what became of a text: what is gone struck out, what came underlined."""
    tags = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return "".join(tags[piece.kind].format(text(piece.words)) for piece in compared(before, after))


def _placed(draft: Draft) -> Iterator[tuple[int, Paragraph]]:
    """Yield every paragraph with the place in `draft.text` where it begins."""
    start = len(draft.title) + 1
    for paragraph in draft.paragraphs:
        yield start, paragraph
        start += len(paragraph.text) + 1


def _sentences(
    paragraph: Paragraph,
    start: int,
    findings: Sequence[Finding],
    ledger: Mapping[str, Fact],
    numbers: Mapping[Citation, int],
) -> Iterator[str]:
    for sentence in paragraph.sentences:
        marks = [*_findings_at(findings, start), *_figures(sentence, ledger), *_waiting(sentence.text)]
        if sentence.origin in _ORIGINS:
            marks.append(Mark(0, len(sentence.text), *_ORIGINS[sentence.origin]))
        yield marked(sentence.text, marks) + _sources(sentence, numbers)
        start += len(sentence.text)


def _figures(sentence: Sentence, ledger: Mapping[str, Fact]) -> Iterator[Mark]:
    for bound in sentence.bindings:
        fact = ledger.get(bound.fact_id)
        if fact is not None:
            yield Mark(bound.start, bound.end, "zj-fact", meaning(fact))


def _findings_at(findings: Sequence[Finding], start: int) -> list[Mark]:
    """Return the findings with a place as marks of a text that begins at `start`."""
    return [
        Mark(found.start - start, found.end - start, f"zj-{found.severity.value}", found.message)
        for found in findings
        if found.start is not None and found.end is not None
    ]


def _waiting(words: str) -> list[Mark]:
    return [
        Mark(found.start(), found.end(), "zj-wait", "输入里没有，请补充")
        for found in _PENDING.finditer(words)
    ]


def _sources(sentence: Sentence, numbers: Mapping[Citation, int]) -> str:
    return "".join(
        f'<sup title="{text(source_of(cited))}">[{numbers[cited]}]</sup>' for cited in sentence.citations
    )


def pairs(draft: Draft) -> list[tuple[str, str]]:
    """Return each problem with its measure, "" where one of them is missing.

    A pair is what shares a `pair_id`; the section that comes first holds the problem.
    """
    sides: dict[str, dict[str, list[str]]] = {}
    for section in draft.sections:
        for paragraph in section.paragraphs:
            if paragraph.pair_id:
                side = "measures" if section.id == "measures" else "problems"
                sides.setdefault(paragraph.pair_id, {}).setdefault(side, []).append(paragraph.text)
    return [("\n".join(s.get("problems", [])), "\n".join(s.get("measures", []))) for s in sides.values()]
