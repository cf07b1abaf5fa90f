"""The verbs of scores: score (with the way to a goal), selfcheck, and how a rule pack is shown."""

from __future__ import annotations

import argparse
import sys

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.cli.printing import finding_rows, print_findings, print_json
from assistant.domain.finding import has_error
from assistant.domain.scorecard import Scorecard
from assistant.pipeline import Evaluation
from assistant.scoring.counterfactual import Counterfactual, Option, counterfactual, read_goal
from assistant.scoring.rendering import counterfactual_json, scorecard_json
from assistant.scoring.rollup import RULES, contributions, residual
from assistant.scoring.selfcheck import Certificate, certificate_json
from assistant.scoring.selfcheck import selfcheck as certify
from assistant.settings import read_settings


def score(options: argparse.Namespace) -> int:
    """Print every score with its basis; with --target also what it would take to get there."""
    read = pipeline.read_figures(options.report, sys.stdin.read)
    with open_workbench(read_settings()) as workbench:
        rules = pipeline.rules_for(read.report, options.rules, workbench.settings.rules_dir)
        if options.target:
            read_goal(options.target, rules)
        evaluation = pipeline.evaluate(read.report, rules, read.findings)
    answer = counterfactual(read.report, rules, options.target) if options.target else None
    if options.json:
        extra = {"counterfactual": counterfactual_json(answer)} if answer else {}
        found = {"findings": finding_rows(evaluation.findings)}
        print_json({**scorecard_json(evaluation.scorecard), **found, **extra})
    else:
        _print_scores(evaluation)
        if answer:
            _print_answer(answer)
        print_findings(evaluation.findings)
    return int(has_error(evaluation.findings))


def selfcheck(options: argparse.Namespace) -> int:
    """Check the scoring of a report by metamorphic relations and print the certificate; 1 if one fails."""
    read = pipeline.read_figures(options.report, sys.stdin.read)
    rules = pipeline.rules_for(read.report, options.rules, read_settings().rules_dir)
    certificate = certify(read.report, rules)
    if options.json:
        print_json(certificate_json(certificate))
    else:
        _print_certificate(certificate)
    return int(not certificate.passed)


def _print_scores(evaluation: Evaluation) -> None:
    card = evaluation.scorecard
    print(f"评分规则：{card.rules_title}（{card.rules}，{card.legal_basis}）")
    for project in card.projects:
        print(f"\n{project.name}")
        print(f"  预算执行  {project.execution.basis}")
        for row in project.rows:
            print(f"  {row.name}  {row.basis}")
        print(f"  小计 {project.total_score:.2f} / {project.full_score:f} 分，等级：{project.grade.value}")
    _print_rollup(card)
    print(f"\n总分 {card.total_score:.2f} / {card.full_score:f} 分，等级：{card.grade.value}")
    _print_waterfall(card)


def _print_rollup(card: Scorecard) -> None:
    """Print how the sub-projects make the total, and what rounding leaves over."""
    if len(card.projects) < 2:
        return
    print(f"\n汇总：{RULES[card.rollup]}")
    for part in contributions(card):
        print(f"  {part.name}  {part.total_score:.2f}分 × {part.share:.2f}% ＝ {part.points:.2f}分")
    if card.rollup == "budget_weighted":
        print(f"  舍入差额 {residual(card):.2f}分")


def _print_waterfall(card: Scorecard) -> None:
    """Print every lost point with its formula and clause."""
    if not card.waterfall:
        return
    print(f"失分明细（自满分{card.full_score:f}分起）：")
    for step in card.waterfall:
        clause = f"〔{step.clause}〕" if step.clause else ""
        print(f"  {step.change:+.2f} → {step.running:.2f}  {step.name}：{step.basis}{clause}")


def _print_answer(answer: Counterfactual) -> None:
    """Print what it would take to reach a goal."""
    goal = f"“{answer.target}”（{answer.target_score:f}分）"
    if answer.reached:
        print(f"\n已达到{goal}，现为{answer.total_score:.2f}分。")
    elif answer.best_score < answer.target_score:
        print(f"\n达不到{goal}：可改的{answer.levers}处全部改到最好也只有{answer.best_score:.2f}分。")
    else:
        print(f"\n要达到{goal}，还差{answer.target_score - answer.total_score:.2f}分：")
        _print_options("只改一处", answer.singles)
        _print_options("同时改两处", answer.pairs)
        print("  以上只是测算：填报数据以实际为准，不能为了得分改动。")


def _print_options(title: str, options: tuple[Option, ...]) -> None:
    if not options:
        print(f"  {title}：没有能达到的")
    for option in options:
        words = "；".join(f"{one.name}的{one.what}由{one.before}到{one.after}" for one in option.changes)
        print(f"  {title}：{words}，得{option.total_score:.2f}分（{option.grade.value}）")


def _print_certificate(certificate: Certificate) -> None:
    year = f"{certificate.year}年度" if certificate.year else ""
    print(f"评分自检证书  {certificate.unit_name}{year}")
    print(f"报告数据 sha256 {certificate.report}")
    print(f"评分规则 {certificate.rules}，总分 {certificate.total_score:.2f} 分")
    for verdict in certificate.verdicts:
        print(f"  {verdict.id} {verdict.title}：{verdict.label}")
        for violation in verdict.violations:
            print(f"     {violation}")
    print("自检通过。" if certificate.passed else "自检未通过：评分结果不可用，请反馈。")
