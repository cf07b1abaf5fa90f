"""The words of the inputs by id (文字): names, reasons, goals and notes that a draft uses verbatim as data.

Nothing of a confidential (保密) sub-project has an id but its public name 「保密子项目」.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.facts import Facts
from assistant.domain.problem import Diagnosis, Problem
from assistant.domain.report import Project, Report, ReportKind, quoted
from assistant.domain.scorecard import ProjectScore, Scorecard

SECRET_NAME = "保密子项目"
_LONG_NAME = 6


def texts_of(report: Report, scorecard: Scorecard, facts: Facts, diagnosis: Diagnosis) -> dict[str, str]:
    """Return every non-empty text of the inputs by its id, in one line and without its closing mark.

    A text has the id of a fact only where the ledger has none (a target in words: `p1.i3.target`).
    """
    pairs = [
        *_report_texts(report, scorecard),
        *_project_texts(report, scorecard),
        *_problem_texts(diagnosis.proposed),
        *_promise_texts(diagnosis),
    ]
    known = facts.by_id()
    return {key: one_line(text) for key, text in pairs if one_line(text) and key not in known}


def one_line(text: str) -> str:
    """Return the text in one line without its closing mark, so that it can stand inside a sentence."""
    return "；".join(part.strip() for part in text.splitlines() if part.strip()).strip().rstrip("。；;，,")


def _report_texts(report: Report, scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    yield "unit.name", report.unit_name
    yield "report.name", _report_name(report)
    yield "rules.basis", scorecard.legal_basis
    yield "rules.title", scorecard.rules_title
    yield "grade", scorecard.grade.value
    yield from ((f"note.{n}", note) for n, note in enumerate(report.notes, 1))
    for n, task in enumerate(report.tasks, 1):
        yield f"task.{n}.name", task.name
        yield f"task.{n}.content", task.content
        yield f"task.{n}.completion", task.completion
    yield from ((f"o{n}.name", figure.name) for n, figure in enumerate(report.other_figures, 1))
    yield from ((f"o{n}.source", figure.source) for n, figure in enumerate(report.other_figures, 1))


def _report_name(report: Report) -> str:
    """The name of the whole, without unit, year and kind of document; "" where one of several parts has it."""
    title = report.title.strip()
    if report.kind is ReportKind.DEPARTMENT:
        return "部门整体支出"
    for piece in (report.unit_name, f"{report.year}年度", f"{report.year}年", "绩效自评报告", "绩效评价报告"):
        title = title.replace(piece, "") if piece else title
    open_names = [project.name for project in report.projects if not project.confidential]
    if len(report.projects) > 1:
        return "" if any(name and name in title for name in open_names) else title
    return title or "".join(open_names)


def _project_texts(report: Report, scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    cards = {card.path: card for card in scorecard.projects}
    for k, project in enumerate(report.projects):
        p = f"p{k + 1}"
        name = SECRET_NAME if project.confidential else project.name
        yield f"{p}.name", name
        yield f"{p}.title", name if project.confidential else quoted(name)
        if not project.confidential:
            yield from _open_project_texts(p, project, cards.get(f"projects[{k}]"))


def _open_project_texts(p: str, project: Project, card: ProjectScore | None) -> Iterator[tuple[str, str]]:
    yield f"{p}.unit", project.implementing_unit
    yield f"{p}.department", project.supervising_department
    yield f"{p}.goal.expected", project.goal.expected
    yield f"{p}.goal.achieved", project.goal.achieved
    yield from ((f"{p}.note.{n}", note) for n, note in enumerate(project.notes, 1))
    yield from ((f"{p}.s{n}.name", row.source) for n, row in enumerate(project.funding, 1))
    yield from ((f"{p}.l{n}.name", item.name) for n, item in enumerate(project.line_items, 1))
    yield from ((f"{p}.a{n}.reason", item.reason) for n, item in enumerate(project.adjustments, 1))
    yield from _indicator_texts(p, project)
    if card is not None:
        yield f"{p}.grade", card.grade.value
        firsts = [subtotal for subtotal in card.subtotals if subtotal.level == 1]
        yield from ((f"{p}.c{n}.name", subtotal.name) for n, subtotal in enumerate(firsts, 1))


def _indicator_texts(p: str, project: Project) -> Iterator[tuple[str, str]]:
    for n, indicator in enumerate(project.indicators, 1):
        i = f"{p}.i{n}"
        yield f"{i}.name", indicator.name
        yield f"{i}.title", quoted(indicator.name)
        yield f"{i}.short", shortened(indicator.name)
        yield f"{i}.category", indicator.category
        yield f"{i}.dimension", indicator.dimension.removesuffix("指标")
        yield f"{i}.target", indicator.annual_target
        yield f"{i}.cycle", indicator.cycle_target
        yield f"{i}.actual", indicator.actual or (indicator.tier.label if indicator.tier else "")
        yield f"{i}.reason", indicator.deviation_reason
        yield f"{i}.measures", indicator.measures


def shortened(name: str) -> str:
    """Return the shortest opening of a name that still tells it: three quarters of its characters and one."""
    return name[: -(-3 * (len(name) - 1) // 4) + 1] if len(name) > _LONG_NAME else name


def _promise_texts(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    for n, one in enumerate(diagnosis.commitments, 1):
        yield f"promise.{n}.name", quoted(one.name)
        yield f"promise.{n}.text", one.text


def _problem_texts(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    for n, problem in enumerate(problems, 1):
        key = f"problem.{n}"
        yield f"{key}.title", problem.title
        yield f"{key}.opening", problem.title.rpartition("，")[0]
        yield f"{key}.cause", problem.cause
        yield f"{key}.measure", problem.measure
        yield from ((f"{key}.measure.{n}", one) for n, one in enumerate(problem.measure.split("；"), 1))
        yield f"{key}.given", problem.given_measure
        yield f"{key}.owner", problem.owner
        yield f"{key}.deadline", problem.deadline
        yield f"{key}.check", problem.check
