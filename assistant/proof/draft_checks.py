"""Checks of a draft: its bindings show the ledger, its text is proven, every lost point has a problem and a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.domain.draft import Draft, DraftSection, Paragraph
from assistant.domain.finding import Finding, has_error
from assistant.domain.register import finding
from assistant.domain.report import Report, project_path
from assistant.domain.scorecard import Scorecard
from assistant.proof.limits import limits
from assistant.proof.review import Prover, in_order

_PROBLEMS, _MEASURES, _CONCLUSION = (
    ("problems", "problem"),
    ("measures", "suggestions", "measure"),
    ("conclusion",),
)


def check_draft(
    draft: Draft, prover: Prover, report: Report, scorecard: Scorecard, *, whole: bool = True
) -> list[Finding]:
    """Return what is wrong in a draft; offsets are those of `draft.text`.

    `whole` False leaves out what only a complete draft can satisfy (coverage, sections).
    """
    found = [*check_bindings(draft, prover)]
    if not whole:
        return in_order([*found, *prover.examine(draft.text)])
    found += prover.check(draft.text)
    return in_order([*found, *check_coverage(draft, report, scorecard), *check_pairs(draft)])


def is_proven(findings: Iterable[Finding]) -> bool:
    """Return whether nothing red was found (已校核)."""
    return not has_error(findings)


def check_bindings(draft: Draft, prover: Prover) -> Iterator[Finding]:
    """N02: the characters of a binding are the shown form of its fact."""
    facts = prover.facts.by_id()
    at = len(draft.title) + 1
    for paragraph in draft.paragraphs:
        for sentence in paragraph.sentences:
            for binding in sentence.bindings:
                said = sentence.text[binding.start : binding.end]
                fact = facts.get(binding.fact_id)
                if fact is not None and said != fact.shown:
                    yield finding(
                        "N02",
                        f"{fact.label}应为{fact.shown}，文中为“{said}”",
                        remedy="请按数据更新这一句",
                        start=at + binding.start,
                        end=at + binding.end,
                        text=said,
                        observed=said,
                        expected=fact.shown,
                    )
            at += len(sentence.text)
        at += 1


def check_coverage(draft: Draft, report: Report, scorecard: Scorecard) -> Iterator[Finding]:
    """B09, B10: every row that lost points and every slow execution is covered by a problem paragraph."""
    if not _sections(draft, _PROBLEMS):
        return
    covered = {
        row
        for section in _sections(draft, _PROBLEMS)
        for paragraph in section.paragraphs
        for row in paragraph.rows
    }
    for index, card in enumerate(scorecard.projects):
        for row in card.rows:
            if (row.lost > 0 or not row.met) and row.path not in covered and not card.confidential:
                yield finding(
                    "B09",
                    f"指标“{row.name}”失{row.lost:f}分，存在问题中没有对应的条目",
                    remedy="请补写这一问题，或重新生成",
                    expected=row.name,
                    place=row.path,
                )
        rate = card.execution.rate
        if (
            rate is not None
            and rate < limits().problem_below
            and not card.confidential
            and not {project_path(index), ""} & covered
        ):
            yield finding(
                "B10",
                f"“{card.name}”预算执行率{rate:.2f}%，存在问题中没有说明",
                remedy="请补写预算执行的问题",
                expected=f"{rate:.2f}%",
                place=project_path(index),
            )


def check_pairs(draft: Draft) -> Iterator[Finding]:
    """B11, B12: every problem has a measure of the same pair, and every measure a problem."""
    problems = _pair_ids(_sections(draft, _PROBLEMS))
    measures = _pair_ids(_sections(draft, _MEASURES))
    if not _sections(draft, _PROBLEMS) or not _sections(draft, _MEASURES):
        return
    for pair in problems:
        if pair not in measures:
            yield finding(
                "B11", f"问题“{_opening(draft, pair)}”没有对应的措施", remedy="请补写措施", place=pair
            )
    for pair in measures:
        if pair not in problems:
            yield finding(
                "B12",
                f"措施“{_opening(draft, pair)}”没有对应的问题",
                remedy="请补写问题，或删去这条措施",
                place=pair,
            )


def _sections(draft: Draft, names: Sequence[str]) -> list[DraftSection]:
    return [section for section in draft.sections if section.id.split(".")[0] in names]


def _pair_ids(sections: Sequence[DraftSection]) -> list[str]:
    return list(
        dict.fromkeys(
            paragraph.pair_id for section in sections for paragraph in section.paragraphs if paragraph.pair_id
        )
    )


def _opening(draft: Draft, pair: str) -> str:
    paragraph: Paragraph | None = next((item for item in draft.paragraphs if item.pair_id == pair), None)
    return paragraph.text[:20] if paragraph else pair
