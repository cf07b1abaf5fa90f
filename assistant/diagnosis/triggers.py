"""The diagnosis (诊断): every trigger in one register, their hits ranked, merged and proposed.

Knows nothing of prose: a candidate carries places, ids of facts, and what the inputs say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.diagnosis.candidate import Candidate, Grounds
from assistant.diagnosis.execution import adjustments, execution_problems, imbalance
from assistant.diagnosis.merging import as_problem, propose
from assistant.diagnosis.noted import figured_problems, noted_problems
from assistant.diagnosis.performance import unmet_rows
from assistant.diagnosis.promises import commitments, repeats, unused_results
from assistant.diagnosis.quality import (
    found_rows,
    generous_scores,
    missing_dimensions,
    quality_rows,
    unproven_rows,
)
from assistant.diagnosis.relevance import combined, foreign_indicators, unlinked_money, without_combined
from assistant.diagnosis.taxonomy import taxonomy
from assistant.domain.facts import Facts
from assistant.domain.finding import Finding
from assistant.domain.problem import Diagnosis, ProblemSource
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard

#: Every trigger; each yields the candidates of one idea.
TRIGGERS: tuple[Callable[[Grounds], Iterable[Candidate]], ...] = (
    execution_problems,
    unmet_rows,
    adjustments,
    imbalance,
    missing_dimensions,
    generous_scores,
    quality_rows,
    found_rows,
    unproven_rows,
    unlinked_money,
    foreign_indicators,
    unused_results,
    noted_problems,
    figured_problems,
)


def diagnose(
    report: Report, scorecard: Scorecard, facts: Facts, findings: Sequence[Finding] = ()
) -> Diagnosis:
    """Return all problem candidates by rank and the at most five merged ones proposed for the draft.

    The proposed ones together cover every unmet row and every lost point, save a loss from an execution
    rate in [90, 100), which the conclusion states. A confidential (保密) sub-project is never described.
    """
    grounds = Grounds(report, scorecard, facts, findings)
    hits = [hit for trigger in TRIGGERS for hit in trigger(grounds)]
    hits += combined(hits)
    ranked = sorted(hits, key=lambda hit: (-hit.weight, -taxonomy().types[hit.type_id].severity))
    again = repeats(grounds, [hit for hit in hits if hit.source is ProblemSource.PERFORMANCE])
    return Diagnosis(
        candidates=tuple(as_problem([hit], f"{hit.type_id}:{hit.path}", again) for hit in ranked),
        proposed=propose(without_combined(ranked), again),
        commitments=commitments(grounds),
    )
