"""Triggers on what the writer wrote down beside the form: notes (填报说明) and further figures (其他数据).

A fact that the form cannot show (a failed tender, a late allocation) is a problem only where the writer
states it; the sentence that states it is the evidence. Nothing is inferred from silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.inputs import deadline_in, owner_in, said
from assistant.diagnosis.taxonomy import taxonomy
from assistant.domain.figures import HUNDRED, percentage
from assistant.domain.problem import ProblemSource
from assistant.domain.report import OtherFigure

_SENTENCE = re.compile(r"[^。；;\n]+")
_LATE_SPENDING = re.compile(r"四季度.{0,4}(支出|支付|执行)|10[-—至~～]12月.{0,4}(支出|支付|执行)")
_PROCURED = re.compile(r"采购.{0,6}(执行率|完成率)")
_ARRIVED = re.compile(r"到位率")
#: 万元 of one unit of a further figure
_MONEY = {"万元": Decimal(1), "元": Decimal(1) / 10000, "亿元": Decimal(10000)}


def noted_problems(grounds: Grounds) -> Iterator[Candidate]:
    """Yield one candidate for each sentence of the notes that states a problem by a hint of the taxonomy."""
    for path, name, notes, confidential in _notes(grounds):
        for note in notes:
            for sentence in _SENTENCE.findall(note):
                for type_id in taxonomy().hinted(sentence):
                    yield Candidate(
                        type_id=type_id,
                        path=path,
                        name=name,
                        source=ProblemSource.NOTE,
                        cause=said(sentence),
                        owner=owner_in([note]),
                        deadline=deadline_in([note]),
                        confidential=confidential,
                    )


def figured_problems(grounds: Grounds) -> Iterator[Candidate]:
    """Yield P05, P27 and P30 for a further figure of this year beyond its bound (其他数据)."""
    projects = list(grounds.projects())
    path, name = (projects[0][0], projects[0][1].name) if len(projects) == 1 else ("", "")
    for number, figure in enumerate(grounds.report.other_figures, 1):
        type_id = _figured_type(grounds, figure)
        if type_id and figure.year in (None, grounds.report.year):
            yield Candidate(
                type_id=type_id,
                path=path,
                name=name,
                facts=(f"o{number}",),
                source=ProblemSource.NOTE,
            )


def _notes(grounds: Grounds) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
    """The notes by sub-project; those of the report belong to the only sub-project, or to the whole."""
    projects = list(grounds.projects())
    for path, project, _ in projects:
        own = project.notes + (grounds.report.notes if len(projects) == 1 else ())
        yield path, project.name, own, project.confidential
    if len(projects) != 1:
        secret = [project.name for _, project, _ in projects if project.confidential]
        open_notes = (note for note in grounds.report.notes if not any(name in note for name in secret))
        yield "", "", tuple(open_notes), False


def _figured_type(grounds: Grounds, figure: OtherFigure) -> str:
    limits = taxonomy().limits
    rate = figure.value if figure.unit == "%" else _share(grounds, figure)
    if rate is None:
        return ""
    if _LATE_SPENDING.search(figure.name):
        return "P05" if rate > limits.late_spending else ""
    if figure.unit != "%":
        return ""
    if _PROCURED.search(figure.name):
        return "P27" if rate < limits.procurement_low else ""
    return "P30" if _ARRIVED.search(figure.name) and rate < HUNDRED else ""


def _share(grounds: Grounds, figure: OtherFigure) -> Decimal | None:
    """An amount of money in percent of what was spent, None for other units."""
    factor = _MONEY.get(figure.unit)
    if factor is None or figure.value is None:
        return None
    return percentage(figure.value * factor, grounds.scorecard.execution.expenditure)
