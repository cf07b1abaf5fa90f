"""Word files that come back (取回): an exported report edited by a person goes back into the draft.

The text is held against what was exported, changed paragraphs are bound again and locked, the whole is proven
again, and every changed figure is named with what the report says of it. Words nothing, prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from assistant.domain.base import Frozen
from assistant.domain.comparison import ChangedFigure
from assistant.domain.draft import Draft, Paragraph
from assistant.domain.finding import Finding
from assistant.domain.handwork import HandChange, HandKind, Place
from assistant.drafting.hand_edits import with_handwork
from assistant.drafting.living import paragraph_at
from assistant.errors import InputError, UnsupportedFile
from assistant.export.provenance import Provenance, State, read_provenance
from assistant.export.returned import returned
from assistant.library.readers import read_source, word_content
from assistant.pipeline import Evaluation, evaluate, prove_draft
from assistant.scoring.stored import rules_from_json


class TakenFigure(Frozen):
    """A number changed by hand: `shows` is the label of the figure it is bound to now, "" where it is none.

    `faults` is what the proof says of it: it contradicts the report where there is any.
    """

    place: Place
    was: str
    now: str
    shows: str = ""
    faults: tuple[str, ...] = ()


class Taken(Frozen):
    """A draft taken back, proven again (`draft.proven`, `draft.findings`) against the report of `evaluation`.

    `provenance` says what the file still carried; `changes` every paragraph changed by hand, `figures` the
    numbers among them, `outside` what was changed where the draft has no text (annexes, cover, new tables) and
    how the file was read.
    """

    draft: Draft
    evaluation: Evaluation
    provenance: State
    changes: tuple[HandChange, ...]
    figures: tuple[TakenFigure, ...]
    outside: tuple[Finding, ...]


def take_back(
    path: Path,
    evaluation: Evaluation | None = None,
    draft: Draft | None = None,
    write: Callable[[Evaluation], Draft] | None = None,
) -> Taken:
    """Take an edited Word file back into a draft.

    `evaluation` is the report of now (that in the file where None), `draft` the draft of now (that in the file
    where None); `write` makes one to hold the text against where there is neither. Raises InputError where the
    file is of another report, UnsupportedFile where it is no Word file, DamagedFile, FileMissing.
    """
    source = read_source(path)
    content = word_content(path)
    if content is None:
        raise UnsupportedFile(path, ".docx、.doc、.wps", "取回的应是导出后在 Word 中改过的文件")
    state, own = read_provenance(content)
    now = evaluation or _own_evaluation(own, state, path)
    base = own.draft if own is not None else draft or (write(now) if write else None)
    if base is None:
        raise InputError("文件里没有出处信息，也没有可以对照的文稿", "请用 --report 指明填报数据")
    _check_same(own, now, path)
    back = returned(source.blocks, base, own.blocks if own is not None else ())
    if not back.known:
        raise InputError(f"《{path.name}》里没有一段和文稿对得上", "请确认取回的是这份报告导出的文件")
    merged, changes = with_handwork(draft or base, base, back.work, now.facts)
    proven = prove_draft(merged, now)
    figures = tuple(_figures(proven, changes, now))
    return Taken(
        draft=proven,
        evaluation=now,
        provenance=state,
        changes=changes,
        figures=figures,
        outside=(*back.outside, *source.findings),
    )


def _own_evaluation(own: Provenance | None, state: State, path: Path) -> Evaluation:
    """The report that the file carries, with the scores and figures it was written from."""
    rules = rules_from_json(own.rules) if own is not None and state is State.INTACT else None
    if own is None or rules is None:
        raise InputError(
            f"《{path.name}》里没有完好的出处信息，不知道是哪份数据写成的", "请用 --report 指明填报数据"
        )
    known = {"scorecard": own.scorecard, "facts": own.facts, "findings": ()}
    return evaluate(own.report, rules).model_copy(update=known)


def _check_same(own: Provenance | None, now: Evaluation, path: Path) -> None:
    """Refuse a file that was written from the figures of another unit or year."""
    if own is None:
        return
    theirs, ours = own.report, now.report
    if (theirs.unit_name, theirs.year) != (ours.unit_name, ours.year):
        raise InputError(
            f"《{path.name}》是{theirs.unit_name}{theirs.year or ''}年度的报告，填报数据是{ours.unit_name}{ours.year or ''}年度的",
            "请选择同一份报告的填报数据",
        )


def _figures(draft: Draft, changes: tuple[HandChange, ...], now: Evaluation) -> Iterator[TakenFigure]:
    """Yield every number changed by hand with the figure it shows now and what the proof says of it."""
    labels = {fact.id: fact.label for fact in now.facts}
    starts = dict(zip(_places(draft), _starts(draft), strict=True))
    for change in changes:
        paragraph = paragraph_at(draft, change.place)
        for figure in change.figures:
            if paragraph is None or change.kind is HandKind.REMOVED or not figure.now:
                yield TakenFigure(place=change.place, was=figure.was, now=figure.now)
                continue
            at = starts[change.place] + figure.start
            yield TakenFigure(
                place=change.place,
                was=figure.was,
                now=figure.now,
                shows=next((labels[fact] for fact in _bound(paragraph, figure) if fact in labels), ""),
                faults=tuple(_faults(draft, at, at + figure.end - figure.start)),
            )


def _places(draft: Draft) -> Iterator[Place]:
    return ((section.id, p.id) for section in draft.sections for p in section.paragraphs)


def _starts(draft: Draft) -> list[int]:
    """Where every paragraph begins in the text that was proven."""
    lengths = [len(draft.title) + 1, *(len(paragraph.text) + 1 for paragraph in draft.paragraphs)]
    return list(accumulate(lengths))[: len(draft.paragraphs)]


def _bound(paragraph: Paragraph, figure: ChangedFigure) -> Iterator[str]:
    at = 0
    for sentence in paragraph.sentences:
        for one in sentence.bindings:
            if at + one.start < figure.end and figure.start < at + one.end:
                yield one.fact_id
        at += len(sentence.text)


def _faults(draft: Draft, start: int, end: int) -> Iterator[str]:
    for finding in draft.findings:
        if (
            finding.start is not None
            and finding.end is not None
            and finding.start < end
            and start < finding.end
        ):
            yield finding.message
