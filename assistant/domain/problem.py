"""Problem candidates (存在问题) with evidence, cause from the inputs only, and the paired measure."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.base import Frozen, Number


class ProblemSource(StrEnum):
    """What a problem comes from."""

    PERFORMANCE = "performance"
    INDICATOR_QUALITY = "indicator_quality"
    NOTE = "note"


class Problem(Frozen):
    """One candidate and its measure, joined by `pair_id`.

    `rows` are the paths it covers (a merged problem covers several; the path of a project stands for its
    budget execution); `facts` the ids of its evidence; `cause` and `owner`, `deadline` come from the
    inputs or are "" (written 「（待补充）」, never invented). `measure` is the taxonomy's wording and a
    proposal; `given_measure` what the writer filled in.
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


class Diagnosis(Frozen):
    """Every candidate by rank; `proposed` are the at most five merged ones for the draft."""

    candidates: tuple[Problem, ...] = ()
    proposed: tuple[Problem, ...] = ()
