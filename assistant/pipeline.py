"""The story of the house, one function a step:

    figures -> scores -> findings -> diagnosis -> retrieval -> draft -> proof -> Word

Each step takes frozen values and returns frozen values; the parts that hold something open (library,
model) are handed in by `bootstrap`. This module words nothing and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.diagnosis.triggers import diagnose
from assistant.domain.base import Frozen
from assistant.domain.draft import Draft, Sentence
from assistant.domain.facts import Facts
from assistant.domain.finding import Finding
from assistant.domain.problem import Diagnosis
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.domain.services import Progress, Retriever
from assistant.drafting.brief import build_briefs, outline
from assistant.drafting.compose import Writer, compose_draft
from assistant.errors import EmptyFile, FileMissing, UnsupportedFile
from assistant.export.changes import changed, without_overlaps
from assistant.export.markdown import draft_markdown
from assistant.export.provenance import (
    Provenance,
    State,
    broken_provenance,
    make_provenance,
    read_word_file,
    word_file,
)
from assistant.export.reviewing import Reviewed, as_word, reviewed
from assistant.export.word import save_atomically, write_word
from assistant.intake.reading import Intake, read_report, read_report_text
from assistant.library.paragraphs import joined
from assistant.library.readers import plain_text, read_source, word_content
from assistant.library.source import BlockKind
from assistant.prompts import Prompts
from assistant.proof.alone import check_alone
from assistant.proof.copied import check_copied
from assistant.proof.draft_checks import check_bindings, check_draft, is_proven
from assistant.proof.report_checks import check_report
from assistant.proof.review import Prover
from assistant.scoring.again import check_again
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import Rules, check_in_force, load_rules
from assistant.scoring.stored import rules_from_json, rules_to_json

DRAFT_FORMATS = (".docx", ".json", ".md")


class Evaluation(Frozen):
    """A report with all that was computed from it; `findings` are those of intake and of the form."""

    report: Report
    scorecard: Scorecard
    facts: Facts
    findings: tuple[Finding, ...]
    diagnosis: Diagnosis
    rules: Rules | None = None


class Proof(Frozen):
    """What `check` says: `findings` of the text, `report_findings` of the report itself."""

    proven: bool
    findings: tuple[Finding, ...]
    report_findings: tuple[Finding, ...] = ()


class Verification(Proof):
    """What `verify` says: as `check`, and whether the provenance in the file is intact, missing or altered."""

    provenance: State


def read_figures(path: str, stdin: Callable[[], str]) -> Intake:
    """Step 1: read a filled form or a JSON report; "-" reads JSON from standard input."""
    return read_report_text(stdin(), "标准输入") if path == "-" else read_report(Path(path))


def evaluate(report: Report, rules: Rules, found: Sequence[Finding] = ()) -> Evaluation:
    """Steps 2 to 4: score the report, build the ledger, check the form, name the problem candidates."""
    scorecard = score_report(report, rules)
    facts = build_facts(report, scorecard)
    findings = (*found, *check_report(report, scorecard))
    diagnosis = diagnose(report, scorecard, facts, findings)
    return Evaluation(
        report=report,
        scorecard=scorecard,
        facts=facts,
        findings=findings,
        diagnosis=diagnosis,
        rules=rules,
    )


def rules_for(report: Report, name: str, folder: Path | None) -> Rules:
    """Return the rule pack asked for, else the report's own, else the default.

    Raises UnknownRules where there is none, RulesNotInForce where it took effect after the report's year.
    """
    return check_in_force(load_rules(name or report.rules, folder), report.year)


def prover_for(evaluation: Evaluation) -> Prover:
    """Return the gate bound to one report."""
    return Prover(
        evaluation.report, evaluation.scorecard, evaluation.facts, (evaluation.scorecard.legal_basis,)
    )


def write_draft(
    evaluation: Evaluation,
    writer: Writer,
    retriever: Retriever | None,
    prompts: Prompts,
    *,
    length: str = "normal",
    sections: Sequence[str] = (),
    on_progress: Progress | None = None,
    on_sentence: Callable[[str, Sentence], None] | None = None,
) -> Draft:
    """Steps 5 to 7: retrieve, write, and prove; the draft that comes back says whether it is proven."""
    briefs = build_briefs(
        evaluation.report,
        evaluation.scorecard,
        evaluation.facts,
        evaluation.diagnosis,
        retriever,
        prompts,
        length,
    )
    chosen = [brief for brief in briefs if not sections or brief.id in sections]
    draft = compose_draft(
        chosen,
        writer,
        evaluation.facts,
        evaluation.report,
        length=length,
        gate=prover_for(evaluation),
        on_progress=on_progress,
        on_sentence=on_sentence,
    )
    return prove_draft(draft, evaluation, whole=not sections)


def section_ids(prompts: Prompts, report: Report) -> tuple[str, ...]:
    """Return the ids of the sections of this kind of report, in order."""
    return tuple(str(entry["id"]) for entry in outline(prompts, report.kind.value))


def prove_draft(draft: Draft, evaluation: Evaluation, *, whole: bool = True) -> Draft:
    """Step 7: return the draft with the gate's findings and verdict."""
    findings = check_draft(
        draft, prover_for(evaluation), evaluation.report, evaluation.scorecard, whole=whole
    )
    return draft.model_copy(update={"findings": tuple(findings), "proven": is_proven(findings)})


def read_text(path: str, stdin: Callable[[], str]) -> str:
    """Return the text that `check` speaks of: paragraphs and table rows joined by line breaks."""
    if path == "-":
        text = stdin()
        if not text.strip():
            raise EmptyFile("标准输入")
        return text
    return plain_text(read_source(Path(path)))


def read_paragraphs(path: str, stdin: Callable[[], str]) -> tuple[str, ...]:
    """Return the paragraphs of a text in order, printed lines joined; table rows are left out."""
    if path == "-":
        return tuple(line for line in read_text(path, stdin).splitlines() if line.strip())
    parts = joined(read_source(Path(path)))
    return tuple(part.text for part in parts if part.block.kind is not BlockKind.TABLE_ROW)


def prove_text(text: str, evaluation: Evaluation | None) -> Proof:
    """Prove any text against a report, or against itself where there is none."""
    if evaluation is None:
        findings = tuple(check_alone(text))
        return Proof(proven=is_proven(findings), findings=findings)
    findings = tuple(prover_for(evaluation).check(text))
    return Proof(proven=is_proven(findings), findings=findings, report_findings=evaluation.findings)


def export_draft(
    draft: Draft, evaluation: Evaluation, path: Path, *, unproven: bool = False, provenance: bool = True
) -> None:
    """Step 8: write the draft as .docx, .json or .md; raises OutputError and leaves nothing half-written.

    A .docx carries its provenance (出处) inside, unless that is switched off.
    """
    check_output(path)
    if path.suffix.lower() == ".docx":
        own = provenance_of(draft, evaluation) if provenance else None
        write_word(draft, evaluation.report, evaluation.scorecard, path, unproven=unproven, provenance=own)
    elif path.suffix.lower() == ".json":
        save_atomically(draft.model_dump_json(indent=2).encode(), path)
    else:
        save_atomically(draft_markdown(draft, unproven=unproven).encode(), path)


def provenance_of(draft: Draft, evaluation: Evaluation) -> Provenance:
    """Return what a file carries so that it can be proven again; nothing confidential."""
    rules = rules_to_json(evaluation.rules) if evaluation.rules is not None else {}
    return make_provenance(draft, evaluation.report, evaluation.scorecard, evaluation.facts, rules)


def verify_file(path: Path) -> Verification:
    """Prove an exported file again with nothing but itself; every place changed since is named."""
    file = read_word_file(path)
    text, found = "\n".join(file.blocks), broken_provenance(file.state)
    if file.provenance is None:
        found += check_alone(text)
    else:
        found += proven_again(file.provenance, file.blocks)
    return Verification(proven=is_proven(found), findings=tuple(found), provenance=file.state)


def proven_again(own: Provenance, blocks: Sequence[str]) -> list[Finding]:
    """Return what has been changed in the text, what no longer comes out, and what the gate says of it now."""
    edits = changed(own.blocks, blocks)
    prover = Prover(own.report, own.scorecard, own.facts, (own.scorecard.legal_basis,))
    said = without_overlaps(prover.check("\n".join(blocks)), edits)
    bound = [
        finding.model_copy(update={"start": None, "end": None})
        for finding in check_bindings(own.draft, prover)
    ]
    rules = rules_from_json(own.rules)
    again = check_again(own.report, own.scorecard, own.facts, rules) if rules is not None else []
    return [*edits, *again, *bound, *said]


class Review(Proof):
    """What `review` says: as `check`, and how many places were commented."""

    comments: int


def review_file(path: Path, evaluation: Evaluation | None, out: Path) -> Review:
    """Write a file back with the findings as Word comments, the summary and the list beside it.

    A Word file keeps its text and every part; any other readable file becomes a Word file of its paragraphs.
    """
    check_review_output(out)
    source = read_source(path)
    content = word_content(path)
    if content is None:
        content = as_word([block.cells or (block.text,) for block in source.blocks])
    text = "\n".join(word_file(content, path.name).blocks)
    proof = prove_text(text, evaluation)
    report = evaluation.report if evaluation is not None else None
    known = [*proof.findings, *source.findings]
    found = [*known, *without_overlaps(check_copied(text, report), known)]
    made = reviewed(content, path.name, found, proof.report_findings)
    _save_review(made, out)
    return Review(
        proven=is_proven(found),
        findings=tuple(found),
        report_findings=proof.report_findings,
        comments=made.comments,
    )


def check_review_output(out: Path) -> None:
    """Refuse a target of a review that cannot be written before any work is done."""
    if out.suffix.lower() != ".docx":
        raise UnsupportedFile(out, ".docx", "请把输出文件名改为 .docx 结尾")
    if not out.parent.is_dir():
        raise FileMissing(out.parent)


def _save_review(made: Reviewed, out: Path) -> None:
    save_atomically(made.word, out)
    save_atomically(made.summary.encode(), out.with_suffix(".summary.md"))
    save_atomically(made.findings.encode(), out.with_suffix(".findings.json"))


def check_output(path: Path) -> None:
    """Refuse a target that cannot be written before any work is done."""
    if path.suffix.lower() not in DRAFT_FORMATS:
        raise UnsupportedFile(path, "、".join(DRAFT_FORMATS), "请把输出文件名改为 .docx、.json 或 .md 结尾")
    if not path.parent.is_dir():
        raise FileMissing(path.parent)
