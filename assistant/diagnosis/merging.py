"""Merge candidates of one family into one problem (同类合并) and propose at most five; words from the taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from assistant.diagnosis.candidate import Candidate
from assistant.diagnosis.inputs import same_cause
from assistant.diagnosis.taxonomy import ProblemType, taxonomy
from assistant.domain.problem import Problem, ProblemSource, Repeat
from assistant.domain.report import quoted

#: A report names at most so many problems (存在问题不超过五条).
MOST = 5
#: So many problems of indicator quality are enough, beside problems of performance and alone.
QUALITY_BESIDE_PERFORMANCE, QUALITY_ALONE = 1, 3
#: An unmet satisfaction row is one problem; that its survey lacks support is no second one.
_SECRET, _SURVEY = "P00", "P12"


def propose(ranked: Sequence[Candidate], again: Mapping[str, Repeat] | None = None) -> tuple[Problem, ...]:
    """Return at most five merged problems: all of performance, what the writer states, the best of quality."""
    performance = [hit for hit in ranked if hit.source is ProblemSource.PERFORMANCE]
    covered = {(hit.path, _family(hit)) for hit in performance}
    told = "；".join(hit.cause for hit in performance)
    noted = [
        hit
        for hit in ranked
        if hit.source is ProblemSource.NOTE and not (hit.cause and hit.cause in told) and not hit.confidential
    ]
    quality = [
        hit
        for hit in ranked
        if hit.source is ProblemSource.INDICATOR_QUALITY
        and hit.firm
        and (hit.path, _family(hit)) not in covered
        and not (hit.type_id == _SURVEY and hit.path in {path for path, _ in covered})
        and not (hit.confidential and performance)
    ]
    first = _merged(performance, MOST)
    stated = _grouped(noted, _kind)[: MOST - len(first)]
    taken = len(first) + len(stated)
    room = min(MOST - taken, QUALITY_BESIDE_PERFORMANCE if taken else QUALITY_ALONE)
    second = _grouped(quality, _kind)[:room]
    return tuple(as_problem(group, f"pair-{label}", again) for label, group in (*first, *stated, *second))


def as_problem(hits: Sequence[Candidate], pair_id: str, again: Mapping[str, Repeat] | None = None) -> Problem:
    """Return the problem that these candidates are together; nothing of a confidential one but its place.

    `again` are the matters that fell short last year as well, by path.
    """
    if all(hit.confidential for hit in hits):
        return _secret_problem(hits, pair_id)
    kinds = [taxonomy().kind(hit.type_id, hit.name) for hit in hits]
    leading = max(kinds, key=lambda kind: kind.severity)
    names = tuple(dict.fromkeys(hit.name for hit in hits if hit.name))
    return Problem(
        pair_id=pair_id,
        type_id=leading.id,
        type_name=leading.name,
        family=leading.family,
        source=hits[0].source,
        title=_title(kinds, leading, names),
        rows=tuple(dict.fromkeys(hit.path for hit in hits if hit.path)),
        facts=tuple(dict.fromkeys(fact for hit in hits for fact in hit.facts)),
        cause=_causes(hits),
        measure="；".join(list(dict.fromkeys(kind.measure for kind in (leading, *kinds)))[:2]),
        given_measure=_joined(hit.given_measure for hit in hits),
        owner=_joined((hit.owner for hit in hits), "、"),
        deadline=_only(hit.deadline for hit in hits),
        check=leading.check,
        weight=sum((hit.weight for hit in hits), Decimal(0)),
        rules=tuple(dict.fromkeys(rule for hit in hits for rule in hit.rules)),
        repeated=_repeated(hits, again or {}),
    )


def _repeated(hits: Sequence[Candidate], again: Mapping[str, Repeat]) -> tuple[Repeat, ...]:
    """The places that fell short two years running; a matter of indicator quality is no shortfall."""
    if hits[0].source is not ProblemSource.PERFORMANCE:
        return ()
    return tuple(again[path] for path in dict.fromkeys(hit.path for hit in hits) if path in again)


def _merged(hits: Sequence[Candidate], most: int) -> list[tuple[str, list[Candidate]]]:
    """Group by family; where that gives too many, by the coarser group; heaviest first."""
    groups = _grouped(hits, lambda hit: _family(_first_of_cause(hits, hit)))
    return groups if len(groups) <= most else _grouped(hits, _group)


def _first_of_cause(hits: Sequence[Candidate], hit: Candidate) -> Candidate:
    """The heaviest row of the same group with the same cause: one matter, told once, with both rows."""
    return next(
        (
            one
            for one in hits
            if _group(one) == _group(hit) == "output"
            and not (one.confidential or hit.confidential)
            and same_cause(one.cause, hit.cause)
        ),
        hit,
    )


def _grouped(
    hits: Sequence[Candidate], label: Callable[[Candidate], str]
) -> list[tuple[str, list[Candidate]]]:
    groups: dict[str, list[Candidate]] = {}
    for hit in hits:
        groups.setdefault(label(hit), []).append(hit)
    return sorted(groups.items(), key=lambda item: -_rank(item[1]))


def _rank(hits: Sequence[Candidate]) -> Decimal:
    """The lost points of a group, with its severity as the tie-breaker."""
    severity = max(taxonomy().types[hit.type_id].severity for hit in hits)
    return sum((hit.weight for hit in hits), Decimal(0)) + Decimal(severity) / 1000


def _family(hit: Candidate) -> str:
    return "confidential" if hit.confidential else taxonomy().types[hit.type_id].family


def _kind(hit: Candidate) -> str:
    """Matters of quality are told apart by type: each type has its own evidence."""
    return "confidential" if hit.confidential else hit.type_id.lower()


def _group(hit: Candidate) -> str:
    return "confidential" if hit.confidential else taxonomy().types[hit.type_id].group


def _title(kinds: Sequence[ProblemType], leading: ProblemType, names: tuple[str, ...]) -> str:
    if len({kind.title for kind in kinds}) > 1 and len(names) > 1:
        same = len({kind.family for kind in kinds}) == 1
        base = taxonomy().types[leading.id]
        return (
            base.title_many
            if same and len({kind.id for kind in kinds}) == 1
            else taxonomy().groups[base.group]
        )
    return leading.heading(names)


def _causes(hits: Sequence[Candidate]) -> str:
    """Return the causes the inputs give; with several subjects each is named before its cause."""
    given = [(hit.name, hit.cause) for hit in hits if hit.cause]
    complete = {hit.name for hit in hits} == {name for name, _ in given}
    if len({hit.name for hit in hits}) == 1 or (complete and len({cause for _, cause in given}) == 1):
        return given[0][1] if given else ""
    return "；".join(f"{quoted(name)}{cause}" for name, cause in dict(given).items())


def _joined(texts: Iterable[str], mark: str = "；") -> str:
    return mark.join(dict.fromkeys(text for text in texts if text))


def _only(texts: Iterable[str]) -> str:
    """Return the text all agree on; "" where they differ or one is silent."""
    different = set(texts)
    return different.pop() if len(different) == 1 else ""


def _secret_problem(hits: Sequence[Candidate], pair_id: str) -> Problem:
    kind = taxonomy().types[_SECRET]
    return Problem(
        pair_id=pair_id,
        type_id=kind.id,
        type_name=kind.name,
        family=kind.family,
        source=hits[0].source,
        title=kind.title,
        rows=tuple(dict.fromkeys(hit.path for hit in hits)),
        measure=kind.measure,
        check=kind.check,
        weight=sum((hit.weight for hit in hits), Decimal(0)),
        confidential=True,
    )
