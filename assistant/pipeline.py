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
from assistant.export.markdown import draft_markdown
from assistant.export.word import save_atomically, write_word
from assistant.intake.reading import Intake, read_report, read_report_text
from assistant.library.readers import plain_text, read_source
from assistant.prompts import Prompts
from assistant.proof.alone import check_alone
from assistant.proof.draft_checks import check_draft, is_proven
from assistant.proof.report_checks import check_report
from assistant.proof.review import Prover
from assistant.scoring.cards import score_report
from assistant.scoring.ledger import build_facts
from assistant.scoring.rules import Rules, load_rules

DRAFT_FORMATS = (".docx", ".json", ".md")


class Evaluation(Frozen):
    """A report with all that was computed from it; `findings` are those of intake and of the form."""

    report: Report
    scorecard: Scorecard
    facts: Facts
    findings: tuple[Finding, ...]
    diagnosis: Diagnosis


class Proof(Frozen):
    """What `check` says: `findings` of the text, `report_findings` of the report itself."""

    proven: bool
    findings: tuple[Finding, ...]
    report_findings: tuple[Finding, ...] = ()


def read_figures(path: str, stdin: Callable[[], str]) -> Intake:
    """Step 1: read a filled form or a JSON report; "-" reads JSON from standard input."""
    return read_report_text(stdin(), "标准输入") if path == "-" else read_report(Path(path))


def evaluate(report: Report, rules: Rules, found: Sequence[Finding] = ()) -> Evaluation:
    """Steps 2 to 4: score the report, build the ledger, check the form, name the problem candidates."""
    scorecard = score_report(report, rules)
    facts = build_facts(report, scorecard)
    findings = (*found, *scorecard.findings, *check_report(report, scorecard))
    diagnosis = diagnose(report, scorecard, facts, findings)
    return Evaluation(report=report, scorecard=scorecard, facts=facts, findings=findings, diagnosis=diagnosis)


def rules_for(report: Report, name: str, folder: Path | None) -> Rules:
    """Return the rule pack asked for, else the report's own, else the default; UnknownRules where there is none."""
    return load_rules(name or report.rules, folder)


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


def prove_text(text: str, evaluation: Evaluation | None) -> Proof:
    """Prove any text against a report, or against itself where there is none."""
    if evaluation is None:
        findings = tuple(check_alone(text))
        return Proof(proven=is_proven(findings), findings=findings)
    findings = tuple(prover_for(evaluation).check(text))
    return Proof(proven=is_proven(findings), findings=findings, report_findings=evaluation.findings)


def export_draft(draft: Draft, evaluation: Evaluation, path: Path, *, unproven: bool = False) -> None:
    """Step 8: write the draft as .docx, .json or .md; raises OutputError and leaves nothing half-written."""
    check_output(path)
    if path.suffix.lower() == ".docx":
        write_word(draft, evaluation.report, evaluation.scorecard, path, unproven=unproven)
    elif path.suffix.lower() == ".json":
        save_atomically(draft.model_dump_json(indent=2).encode(), path)
    else:
        save_atomically(draft_markdown(draft, unproven=unproven).encode(), path)


def check_output(path: Path) -> None:
    """Refuse a target that cannot be written before any work is done."""
    if path.suffix.lower() not in DRAFT_FORMATS:
        raise UnsupportedFile(path, "、".join(DRAFT_FORMATS), "请把输出文件名改为 .docx、.json 或 .md 结尾")
    if not path.parent.is_dir():
        raise FileMissing(path.parent)
