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
from assistant.domain.finding import Finding, Severity
from assistant.domain.problem import Diagnosis
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.domain.services import Progress, Retriever
from assistant.drafting.brief import build_briefs, outline
from assistant.drafting.compose import Writer, compose_draft
from assistant.drafting.living import renewed
from assistant.errors import EmptyFile, FileMissing, UnsupportedFile, ZhijiError
from assistant.export.changes import changed, without_overlaps
from assistant.export.edition import Edition
from assistant.export.front import without_front
from assistant.export.markdown import draft_markdown
from assistant.export.provenance import (
    Provenance,
    State,
    broken_provenance,
    make_provenance,
    read_word_file,
)
from assistant.export.review_files import write_review
from assistant.export.word import save_atomically, write_word
from assistant.intake.reading import Intake, read_report, read_report_text
from assistant.library.readers import plain_text, read_source
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

DRAFT_FORMATS = (".docx", ".zip", ".json", ".md")


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
    said = {(one.rule, one.observed, one.expected) for one in found if one.observed and one.expected}
    checked = check_report(report, scorecard)
    new = (one for one in checked if (one.rule, one.observed, one.expected) not in said)
    findings = (*found, *new)
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


def renew_draft(
    draft: Draft,
    before: Evaluation | None,
    now: Evaluation,
    writer: Writer,
    retriever: Retriever | None,
    prompts: Prompts,
) -> Draft:
    """Bring a draft up to date: what hangs on a changed figure is rewritten, what a person holds stays.

    `before` is the report the draft was written from, None where it is no longer kept.
    """
    fresh = write_draft(now, writer, retriever, prompts, length=draft.length)
    then = write_draft(before, writer, retriever, prompts, length=draft.length) if before else None
    return prove_draft(renewed(draft, then, fresh), now)


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


def prove_text(text: str, evaluation: Evaluation | None) -> Proof:
    """Prove any text against a report, or against itself where there is none."""
    if evaluation is None:
        findings = tuple(check_alone(text))
        return Proof(proven=is_proven(findings), findings=findings)
    findings = tuple(prover_for(evaluation).check(text))
    return Proof(proven=is_proven(findings), findings=findings, report_findings=evaluation.findings)


def export_draft(
    draft: Draft,
    evaluation: Evaluation,
    path: Path,
    *,
    unproven: bool = False,
    provenance: bool = True,
    edition: Edition | None = None,
) -> None:
    """Step 8: write the draft as .docx, .zip, .json or .md; raises OutputError and leaves nothing half-written.

    A .docx carries its provenance (出处) inside, unless that is switched off; a .zip also holds the form.
    """
    check_output(path)
    if path.suffix.lower() in (".docx", ".zip"):
        own = provenance_of(draft, evaluation) if provenance else None
        parts = (evaluation.report, evaluation.scorecard, path)
        write_word(draft, *parts, unproven=unproven, provenance=own, edition=edition)
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
    text, found = "\n".join(file.blocks), [*broken_provenance(file.state), *file.beside]
    if file.provenance is None:
        found += check_alone(text)
    else:
        found += proven_again(file.provenance, file.blocks)
    return Verification(proven=is_proven(found), findings=tuple(found), provenance=file.state)


def proven_again(own: Provenance, blocks: Sequence[str]) -> list[Finding]:
    """Return what has been changed in the text, what no longer comes out, and what the gate says of it now."""
    edits = changed(own.blocks, blocks)
    prover = Prover(own.report, own.scorecard, own.facts, (own.scorecard.legal_basis,))
    said = without_overlaps(prover.check("\n".join(without_front(blocks, own.draft.title))), edits)
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
    """Write a file back with the findings as Word comments, the summary and the list beside it."""
    report = evaluation.report if evaluation is not None else None

    def prove(text: str) -> tuple[list[Finding], tuple[Finding, ...]]:
        proof = prove_text(text, evaluation)
        copied = without_overlaps(check_copied(text, report), proof.findings)
        return [*proof.findings, *copied], proof.report_findings if evaluation else _form_findings(path)

    findings, report_findings, comments = write_review(path, out, prove)
    return Review(
        proven=is_proven(findings), findings=findings, report_findings=report_findings, comments=comments
    )


def _form_findings(path: Path) -> tuple[Finding, ...]:
    """What the figures in a file say against themselves, read as a form; nothing where it holds none."""
    try:
        read = read_report(path)
        found = evaluate(read.report, rules_for(read.report, "", None), read.findings).findings
    except ZhijiError:
        return ()
    return tuple(finding for finding in found if finding.severity is not Severity.INFO)


def check_output(path: Path) -> None:
    """Refuse a target that cannot be written before any work is done."""
    if path.suffix.lower() not in DRAFT_FORMATS:
        raise UnsupportedFile(
            path, "、".join(DRAFT_FORMATS), "请把输出文件名改为 .docx、.zip、.json 或 .md 结尾"
        )
    if not path.parent.is_dir():
        raise FileMissing(path.parent)
