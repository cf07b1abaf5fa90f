"""A reviewed file: every planted fault has one comment on exactly its characters, the text stays what it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CORPUS, Result
from drafting_cases import case_of
from word_cases import export
from word_faults import (
    Comment,
    Plant,
    another_digit,
    another_thousand,
    comments_of,
    plant,
    score_above_weight,
)

from assistant.domain.report import Report
from assistant.library.readers import plain_text, read_source
from assistant.pipeline import Evaluation, evaluate, export_draft, prove_draft, review_file, rules_for

Zhiji = Callable[..., Result]
CASES = Path(__file__).resolve().parent / "cases" / "drafting"
#: Past reports without a fault of their own (two of the corpus are contradictory on purpose).
CLEAN = (
    "云溪市政协办公室2022年协商",
    "云溪市政协办公室2023年协商",
    "云溪市教育局2021年",
    "望川区民政局2023年",
    "鹿鸣县农业农村局2021年",
)
OTHER_UNIT = "松阳县民政局"


def clean_report(start: str) -> Path:
    return next(path for path in sorted(CORPUS.glob("*.docx")) if path.name.startswith(start))


def leftovers(year: int) -> list[Plant]:
    """Last year's year, another unit's name, XX, 暂无 where points were lost."""
    return [
        Plant("year", rf"({year}年度)", lambda words: f"{year - 1}年度"),
        Plant(
            "unit",
            "(，)(?=[^，。]*(?:完成|组织|开展|实施|评价))",
            lambda words: f"，{OTHER_UNIT}",
            fault=lambda new: OTHER_UNIT,
        ),
        Plant("XX", "((?:工作|建设|管理|实施|情况))", lambda words: f"XX{words}", fault=lambda new: "XX"),
    ]


NOTHING_SAID = Plant(
    "nothing",
    "(。)",
    lambda words: f"{words}暂无突出问题。",
    fault=lambda new: "暂无",
    after="^[一二三四五六七八九]、.*问题",
)


def planted_alone(path: Path) -> tuple[bytes, dict[str, str]]:
    """Six or seven faults that a text alone gives away."""
    year = int(re.search(r"20\d\d", path.name)[0])  # type: ignore[index]
    faults = [
        *leftovers(year),
        NOTHING_SAID,
        Plant("sum", r"^(\d[\d.]+)$", another_thousand, row=True, line=r"^合计(?:\d+\.\d\d){3}\d\d\.\d\d%$"),
        Plant("rate", r"^(\d{2}\.\d\d%)$", another_digit, row=True),
    ]
    content, planted = plant(path.read_bytes(), faults)
    content, planted["score"] = score_above_weight(content)
    return content, planted


def review(content: bytes, evaluation: Evaluation | None, folder: Path) -> list[Comment]:
    given = folder / "给.docx"
    given.write_bytes(content)
    review_file(given, evaluation, folder / "审.docx")
    assert plain_text(read_source(folder / "审.docx")) == plain_text(read_source(given))
    return [c for c in comments_of(folder / "审.docx") if "【N12】" not in c.text]


def missed_and_false(
    comments: list[Comment], planted: dict[str, str]
) -> tuple[dict[str, str], list[Comment]]:
    """Return the faults without exactly one comment on exactly their characters, and the comments on none."""
    anchors = [comment.anchor for comment in comments]
    missed = {kind: fault for kind, fault in planted.items() if anchors.count(fault) != 1}
    return missed, [comment for comment in comments if comment.anchor not in planted.values()]


@pytest.mark.parametrize("start", CLEAN)
def test_faults_planted_in_a_past_report_have_one_comment_each(start: str, tmp_path: Path) -> None:
    content, planted = planted_alone(clean_report(start))
    missed, false = missed_and_false(review(content, None, tmp_path), planted)
    assert (len(planted) >= 6, missed, false) == (True, {}, [])


@pytest.mark.parametrize("start", CLEAN)
def test_a_clean_past_report_has_no_false_comment(start: str, tmp_path: Path) -> None:
    assert review(clean_report(start).read_bytes(), None, tmp_path) == []


def drafted(name: str, folder: Path) -> tuple[bytes, Evaluation]:
    """A proven draft as a Word file without provenance, and the report to hold it against."""
    if name.startswith("sample"):
        from word_cases import sample_evaluation

        made = export(folder, provenance=False, length=name.split("-")[1])
        return made.path.read_bytes(), sample_evaluation()
    report = Report.model_validate_json((CASES / f"{name}.json").read_text("utf-8"))
    evaluation = evaluate(report, rules_for(report, "", None))
    draft = prove_draft(case_of(report).draft("normal"), evaluation)
    export_draft(draft, evaluation, folder / "report.docx", unproven=not draft.proven, provenance=False)
    return (folder / "report.docx").read_bytes(), evaluation


DRAFTS = ("sample-short", "sample-normal", "sample-long", "department", "evaluation")


def planted_in_draft(content: bytes, year: int) -> tuple[bytes, dict[str, str]]:
    """Six faults: digit, rate, unit, XX or another unit, last year's year, a score above its weight."""
    money = r"\d+\.\d\d"
    faults = [
        Plant("digit", rf"全年执行数(?:为)?({money}万元)", another_digit),
        Plant("unit jump", rf"年初预算数(?:为)?({money}万元)", lambda words: words.replace("万元", "亿元")),
        Plant("rate", r"执行率(?:为)?(\d+\.\d\d%)", another_digit),
        *leftovers(year),
    ]
    changed, planted = plant(content, faults)
    changed, planted["score"] = score_above_weight(changed)
    return changed, planted


@pytest.mark.parametrize("name", DRAFTS)
def test_faults_planted_in_a_draft_have_one_comment_each(name: str, tmp_path: Path) -> None:
    content, evaluation = drafted(name, tmp_path)
    faulty, planted = planted_in_draft(content, evaluation.report.year or 0)
    missed, false = missed_and_false(review(faulty, evaluation, tmp_path), planted)
    assert (len(planted) >= 6, missed, false) == (True, {}, [])


@pytest.mark.parametrize("name", DRAFTS)
def test_a_clean_draft_has_no_false_comment(name: str, tmp_path: Path) -> None:
    content, evaluation = drafted(name, tmp_path)
    assert review(content, evaluation, tmp_path) == []
