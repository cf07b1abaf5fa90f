"""The ledger of a report (台账): `build_facts` names every figure a text may use, `build_texts` its words.

Ids: `all.…` the whole report, `pK.…` sub-projects, `pK.iN` indicators, `pK.sN` funding sources, `pK.lN`
line items, `pK.cN` categories, `oN` other figures, `ly.…` last year, `….change.…` year on year; K and N
count from 1.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.facts import Fact, Facts, Origin, Role
from assistant.domain.figures import percentage
from assistant.domain.report import Project, Report, indicator_path, project_path
from assistant.domain.scorecard import ProjectScore, Row, Scorecard
from assistant.errors import RulesNotInForce, UnknownRules
from assistant.scoring.cards import has_card, score_report
from assistant.scoring.ledger_change import change_facts
from assistant.scoring.ledger_figures import Scope, full_marks
from assistant.scoring.ledger_money import execution_facts, funding_facts, line_item_facts, money_facts
from assistant.scoring.ledger_rows import category_facts, row_facts
from assistant.scoring.rules import Rules, check_in_force, load_rules


def build_facts(report: Report, scorecard: Scorecard, rules: Rules | None = None) -> Facts:
    """Return the ledger of a report in the order of the form, last year's figures at the end.

    `rules` score last year's report; without them the pack named by the scorecard does, if it is one of
    ours, otherwise last year has its money and its written figures only.
    """
    facts = _facts_of(report, scorecard)
    if report.last_year is None:
        return Facts(items=tuple(facts))
    before = _last_year(report, report.last_year, scorecard, rules)
    change = change_facts(report, report.last_year, facts, before)
    return Facts(items=(*facts, *before, *change))


def _facts_of(report: Report, scorecard: Scorecard) -> list[Fact]:
    """Return the facts of one year."""
    facts = _whole(report, scorecard)
    whole = report.total("annual_budget")
    for position, project in enumerate(report.projects):
        facts += _project(position, project, scorecard.projects[position], report, whole)
    return facts + _other_figures(report)


def _whole(report: Report, scorecard: Scorecard) -> list[Fact]:
    """Return the facts of the whole report (all.…)."""
    scope = Scope(prefix="all", year=report.year)
    facts: list[Fact] = []
    if report.year is not None:
        facts.append(scope.fact("year", Role.YEAR, Decimal(report.year), "年", f"{report.year}年"))
    facts.append(scope.count("projects", "子项目数", len(report.projects), "个"))
    facts += _counts(scope, list(scorecard.rows))
    facts += money_facts(scope, [row for project in report.projects for row in project.funding])
    facts += execution_facts(scope, scorecard.execution)
    judged = any(has_card(project) for project in scorecard.projects)
    return facts + (_totals(scope, scorecard) if judged else [])


def _counts(scope: Scope, rows: list[Row]) -> list[Fact]:
    """Return how many indicators there are, were met and were not."""
    judged = [row for row in rows if not row.not_applicable]
    met = sum(row.met for row in judged)
    return [
        scope.count("indicators", "指标数", len(rows), "项"),
        scope.count("met", "达标指标数", met, "项"),
        scope.count("unmet", "未达标指标数", len(judged) - met, "项"),
    ]


def _totals(scope: Scope, card: Scorecard | ProjectScore) -> list[Fact]:
    """Return total, full marks and lost points of a card."""
    lost = card.full_score - card.total_score
    return [
        scope.points("total", Role.TOTAL_SCORE, card.total_score, formula="各项得分之和"),
        scope.weight("full", Role.FULL_SCORE, full_marks(card.full_score), formula="各项分值之和"),
        scope.points("lost", Role.LOST, lost, formula="满分−总分", sources=("full", "total")),
    ]


def _project(
    position: int, project: Project, card: ProjectScore, report: Report, whole: Decimal
) -> list[Fact]:
    """Return the facts of one sub-project (pK.…)."""
    scope = Scope(
        prefix=f"p{position + 1}",
        subject=project.name,
        scope=project.name,
        path=project_path(position),
        year=report.year,
        confidential=project.confidential,
    )
    facts = _counts(scope, list(card.rows)) + money_facts(scope, project.funding)
    facts += execution_facts(scope, card.execution)
    facts += _totals(scope, card) if has_card(card) else []
    facts += _share(scope, project, whole)
    facts += funding_facts(project, scope) + line_item_facts(project, scope)
    for place, (indicator, row) in enumerate(zip(project.indicators, card.rows, strict=True)):
        own = {"prefix": f"{scope.prefix}.i{place + 1}", "subject": indicator.name}
        path = indicator_path(position, place)
        facts += row_facts(indicator, row, scope.model_copy(update={**own, "path": path}))
    return facts + (category_facts(card, scope) if has_card(card) else [])


def _share(scope: Scope, project: Project, whole: Decimal) -> list[Fact]:
    """Return the share of the sub-project in the budget of the report."""
    share = percentage(project.total("annual_budget"), whole)
    if share is None:
        return []
    words, formula = "全年预算数占比", "子项目全年预算数÷全年预算数合计"
    return [scope.rate("share", Role.SHARE, share, words=words, formula=formula, sources=("budget",))]


def _other_figures(report: Report) -> list[Fact]:
    """Return the further figures of the writer (oN)."""
    return [
        Fact(
            id=f"o{position}",
            role=Role.OTHER,
            label=figure.name,
            value=figure.value,
            unit=figure.unit,
            shown=f"{figure.value:f}{figure.unit}",
            subject=figure.name,
            path=f"other_figures[{position - 1}]",
            origin=Origin.OTHER_FIGURE,
            year=figure.year or report.year,
        )
        for position, figure in enumerate(report.other_figures, start=1)
        if figure.value is not None
    ]


def _last_year(report: Report, last_year: Report, scorecard: Scorecard, rules: Rules | None) -> list[Fact]:
    """Return last year's facts under `ly.`; without a pack to score them, without scores."""
    year = last_year.year or (report.year - 1 if report.year else None)
    pack = rules or _pack(last_year.rules or scorecard.rules, year)
    card = score_report(last_year, pack or load_rules())
    facts = _facts_of(last_year.model_copy(update={"year": year}), card)
    scored = (Role.SCORE, Role.LOST, Role.TOTAL_SCORE)
    return [_as_last_year(fact) for fact in facts if pack is not None or fact.role not in scored]


def _pack(name: str, year: int | None) -> Rules | None:
    """Return our pack of that name; None where it is the user's own and not at hand, or not yet in force."""
    try:
        return check_in_force(load_rules(name), year)
    except (UnknownRules, RulesNotInForce):
        return None


def _as_last_year(fact: Fact) -> Fact:
    """Return a fact of last year under its `ly.` id."""
    return fact.model_copy(
        update={
            "id": f"ly.{fact.id}",
            "label": f"上年{fact.label}",
            "origin": Origin.LAST_YEAR,
            "path": f"last_year.{fact.path}" if fact.path else "last_year",
            "sources": tuple(f"ly.{source}" for source in fact.sources),
        }
    )


def build_texts(report: Report) -> dict[str, str]:
    """Return the free text of the inputs by text id, for verbatim use: reasons, measures, goals, notes."""
    texts = {f"note.{n}": note for n, note in enumerate(report.notes, start=1)}
    for position, project in enumerate(report.projects, start=1):
        prefix = f"p{position}"
        texts[f"{prefix}.goal.expected"] = project.goal.expected
        texts[f"{prefix}.goal.achieved"] = project.goal.achieved
        texts |= {f"{prefix}.note.{n}": note for n, note in enumerate(project.notes, start=1)}
        for place, indicator in enumerate(project.indicators, start=1):
            texts[f"{prefix}.i{place}.reason"] = indicator.deviation_reason
            texts[f"{prefix}.i{place}.measures"] = indicator.measures
    return {text_id: text for text_id, text in texts.items() if text.strip()}
