"""Problem candidates (存在问题) with evidence, cause from the inputs only, and the paired measure."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen, Number


class ProblemSource(StrEnum):
    """What a problem comes from."""

    PERFORMANCE = "performance"
    INDICATOR_QUALITY = "indicator_quality"
    NOTE = "note"


class CommitmentStatus(StrEnum):
    """What became of a measure promised last year (整改情况), as far as the figures tell."""

    KEPT = "已达到年度指标值"
    OPEN = "未达到年度指标值"
    UNKNOWN = "待补充"


class Commitment(Frozen):
    """One measure of last year's report (上年度改进措施) with its status this year.

    `before` is the prefix of the indicator's facts last year (`ly.p1.i2`), `now` that of the indicator of
    the same name this year (`p1.i3`, "" where there is none) and `path` its path. The status follows from
    the figures alone.
    """

    name: str
    project: str
    text: str
    before: str
    now: str = ""
    path: str = ""
    status: CommitmentStatus = CommitmentStatus.UNKNOWN


class Repeat(Frozen):
    """A matter that fell short two years running (连续两年): its path, and last year's prefix of facts."""

    path: str
    before: str


class Problem(Frozen):
    """One candidate and its measure, joined by `pair_id`.

    `rows` are the paths it covers (a merged problem covers several; the path of a project stands for its
    budget execution); `facts` the ids of its evidence; `cause` and `owner`, `deadline` come from the
    inputs or are "" (written 「（待补充）」, never invented). `measure` is the taxonomy's wording and a
    proposal; `given_measure` what the writer filled in. `repeated` are those of its rows that fell short
    last year as well.
    """

    pair_id: str
    type_id: str
    type_name: str
    family: str
    source: ProblemSource
    title: str
    rows: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    cause: str = ""
    measure: str = ""
    given_measure: str = ""
    owner: str = ""
    deadline: str = ""
    check: str = ""
    weight: Number
    rules: tuple[str, ...] = ()
    confidential: bool = False
    repeated: tuple[Repeat, ...] = ()


class Diagnosis(Frozen):
    """Every candidate by rank; `proposed` are the at most five merged ones for the draft.

    `commitments` are last year's measures with what became of them, nothing of a confidential sub-project.
    """

    candidates: tuple[Problem, ...] = ()
    proposed: tuple[Problem, ...] = ()
    commitments: tuple[Commitment, ...] = ()
