"""Which levers a report has (杠杆): an amount not yet spent, a row that lost points and has a formula to follow."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.figures import HUNDRED, Quantity, places_of, trimmed
from assistant.domain.indicator import Comparator, Indicator, Target, TargetKind, Tier
from assistant.domain.report import Funding
from assistant.domain.scorecard import Row
from assistant.domain.target_words import read_steps
from assistant.domain.targets import read_actual, read_atoms
from assistant.scoring.levers import ActualLever, AmountLever, Lever, TierLever, WrittenLever
from assistant.scoring.pack import Penalty, Rules
from assistant.scoring.quantitative import banded_satisfaction, comparable

ZERO = Decimal(0)
_ORDER = (Tier.C, Tier.B, Tier.A)


def amount_lever(path: str, name: str, project: int, money: list[Funding]) -> AmountLever | None:
    """Return the lever of an execution, None where nothing is left to spend."""
    budget = sum((row.annual_budget or ZERO for row in money), ZERO)
    spent = sum((row.expenditure or ZERO for row in money), ZERO)
    room = sum((max((row.annual_budget or ZERO) - (row.expenditure or ZERO), ZERO) for row in money), ZERO)
    if budget <= 0 or not 0 < budget - spent <= room:
        return None
    step = Decimal(1).scaleb(-max(2, places_of(budget), places_of(spent)))
    return AmountLever(
        path=path,
        name=name,
        what="全年执行数",
        project=project,
        row=None,
        size=int((budget - spent) / step),
        budget=budget,
        spent=spent,
        step=step,
    )


def row_lever(indicator: Indicator, row: Row, project: int, place: int, rules: Rules) -> Lever | None:
    """Return the lever of an indicator, None where it has all its points or no formula to follow."""
    if row.not_applicable or row.lost <= 0 or row.weight <= 0:
        return None
    if row.target.kind in (TargetKind.NUMBER, TargetKind.RANGE):
        return _actual_lever(indicator, row, project, place, rules)
    if row.target.kind in (TargetKind.QUALITATIVE, TargetKind.DATE) and indicator.tier is not Tier.A:
        return _tier_lever(indicator, row, project, place, rules)
    if row.target.kind in (TargetKind.STEP, TargetKind.COMPOSITE):
        ways = _steps if row.target.kind is TargetKind.STEP else _parts
        return _written_lever(indicator, row, project, place, ways(indicator, row))
    return None


def _written_lever(
    indicator: Indicator, row: Row, project: int, place: int, ways: list[tuple[str, Decimal]]
) -> WrittenLever | None:
    """Return the lever of a row that earns more by a few other actual values, each with its cost in percent."""
    if not ways:
        return None
    return WrittenLever(
        path=row.path,
        name=row.name,
        what="实际完成值",
        project=project,
        row=place,
        size=len(ways),
        values=(indicator.actual.strip() or "未填", *(value for value, _ in ways)),
        costs=(ZERO, *(cost for _, cost in ways)),
    )


def _steps(indicator: Indicator, row: Row) -> list[tuple[str, Decimal]]:
    """The nearest actual value of every better step of a 分段 row, from few points to many."""
    actual, now = read_actual(indicator.actual), row.score * HUNDRED / row.weight
    steps = [step for step in read_steps(row.target.raw) if step.points > now]
    if actual is None:
        return []
    found: list[tuple[Decimal, Decimal]] = []
    for step in sorted(steps, key=lambda step: step.points):
        value = _nearest(step.condition, actual.value)
        if value is not None and value != actual.value:
            found.append((value, abs(value - actual.value)))
    whole = max((abs(value) for value, _ in found), default=ZERO)
    if whole <= 0:
        return []
    return [
        (f"{trimmed(value):f}{actual.unit or row.target.unit}", far * HUNDRED / whole) for value, far in found
    ]


def _nearest(condition: Target, now: Decimal) -> Decimal | None:
    """The value nearest to `now` that fulfils a condition; one last place beyond a strict bound."""
    if condition.kind is TargetKind.RANGE and condition.low is not None and condition.high is not None:
        return min(max(now, condition.low), condition.high)
    bound = condition.bound
    if bound is None:
        return None
    grain = Decimal(1).scaleb(-max(places_of(trimmed(bound)), places_of(trimmed(now))))
    return {
        Comparator.GE: max(now, bound),
        Comparator.GT: max(now, bound + grain),
        Comparator.LE: min(now, bound),
        Comparator.LT: min(now, bound - grain),
        Comparator.EQ: bound,
    }.get(condition.comparator or Comparator.EQ)


def _parts(indicator: Indicator, row: Row) -> list[tuple[str, Decimal]]:
    """The unmet parts of a 复合 row brought to their targets one by one, the nearest first."""
    wanted, reached = read_atoms(row.target.raw), read_atoms(indicator.actual)
    if len(wanted) != len(reached) or any(part.value <= 0 for part in wanted):
        return []
    short = [n for n, part in enumerate(wanted) if reached[n].value < part.value]
    gaps = {n: (wanted[n].value - reached[n].value) * HUNDRED / wanted[n].value for n in short}
    parts, cost, found = list(reached), ZERO, list[tuple[str, Decimal]]()
    for n in sorted(short, key=lambda n: gaps[n]):
        parts[n], cost = wanted[n], cost + gaps[n] / len(wanted)
        found.append(("；".join(_shown(part) for part in parts), cost))
    return found


def _shown(part: Quantity) -> str:
    return f"{trimmed(part.value):f}{part.unit}"


def _actual_lever(
    indicator: Indicator, row: Row, project: int, place: int, rules: Rules
) -> ActualLever | None:
    """Return the lever of a 定量 row."""
    actual = read_actual(indicator.actual)
    start = comparable(actual, row.target)[0] if actual is not None else ZERO
    penalty = rules.penalty_of(indicator.name)
    end = _full_marks_at(indicator, row, penalty, rules)
    less = row.target.reverse or penalty is not None
    if end is None or end < 0 or (actual is None and less) or start == end:
        return None
    if not less and start > end:
        return None
    step = Decimal(1).scaleb(-max(places_of(trimmed(start)), places_of(trimmed(end))))
    return ActualLever(
        path=row.path,
        name=row.name,
        what="实际完成值",
        project=project,
        row=place,
        size=int(abs(end - start) / step),
        start=start,
        end=end,
        step=step,
        unit=row.target.unit,
        written=indicator.actual.strip() or "未填",
    )


def _full_marks_at(indicator: Indicator, row: Row, penalty: Penalty | None, rules: Rules) -> Decimal | None:
    """Return the actual value at which a row has full marks."""
    target = row.target
    if penalty is not None:
        return target.bound if target.reverse and target.unit == "%" else penalty.limit
    bound = target.low if target.kind is TargetKind.RANGE else target.bound
    if bound is None or not banded_satisfaction(indicator, target, rules):
        return bound
    return max(band.at_least for band in rules.satisfaction.bands if band.share == 1)


def _tier_lever(indicator: Indicator, row: Row, project: int, place: int, rules: Rules) -> TierLever | None:
    """Return the lever of a 定性 row: the tiers above the one it has."""
    now = indicator.tier or next(
        (tier for tier in _ORDER if row.basis.startswith(f"定性指标{tier.value}档")), None
    )
    better = _ORDER[_ORDER.index(now) + 1 :] if now else _ORDER
    if not better:
        return None
    tiers = rules.qualitative.tiers
    first = tiers[now].default if now else ZERO
    return TierLever(
        path=row.path,
        name=row.name,
        what="定性档次",
        project=project,
        row=place,
        size=len(better),
        tiers=(now, *better),
        shares=(first, *(tiers[tier].default for tier in better)),
    )
