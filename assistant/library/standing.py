"""Where do we stand (横向比较): one execution rate among those of the past reports in the library.

Projects are compared with projects and departments with departments, each report once, in its newest
version. Fewer than five are no comparison. It knows nothing about how reports are kept or read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.domain.base import Frozen
from assistant.domain.report import Report
from assistant.errors import InputError

#: Fewer reports than these are no comparison.
LEAST = 5


class PastRate(Frozen):
    """The execution rate of a past report in per cent, with budget and spending in 万元 where it says them."""

    source: str
    unit_name: str = ""
    title: str = ""
    year: int | None = None
    kind: str = ""
    rate: Decimal
    budget: Decimal | None = None
    spent: Decimal | None = None
    paragraph: int = 0


class Standing(Frozen):
    """A rate among past ones: `percentile` is the share below it, those equal counted by half, in per cent."""

    rate: Decimal
    percentile: Decimal
    below: int
    equal: int
    above: int
    budget: Decimal
    spent: Decimal
    others: tuple[PastRate, ...]

    @property
    def years(self) -> str:
        """The years of the others: 2021–2024, 2023, or "" where none is known."""
        known = sorted(other.year for other in self.others if other.year)
        if not known:
            return ""
        return f"{known[0]}–{known[-1]}年" if known[0] < known[-1] else f"{known[0]}年"

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        when = f"（{self.years}）" if self.years else ""
        place = self.percentile.quantize(Decimal(1), ROUND_HALF_UP)
        same = f"、{self.equal} 个持平" if self.equal else ""
        return (
            f"您的执行率 {self.rate:.2f}% 在 {len(self.others)} 个同类项目{when}中排第 {place} 百分位："
            f"{self.above} 个更高{same}、{self.below} 个更低"
        )


def stand(budget: Decimal, spent: Decimal, kind: str, past: Sequence[PastRate]) -> Standing:
    """Return where spending ÷ budget stands among the past reports of the same sort.

    Raises InputError without a budget, and where fewer than five reports can be compared.
    """
    if budget <= 0:
        raise InputError("填报数据没有全年预算数，算不出预算执行率", "请填写全年预算数和全年执行数")
    others = [other for other in past if _sort(other.kind) == _sort(kind)]
    if len(others) < LEAST:
        raise InputError(
            f"资料库里读得出执行率的同类报告只有 {len(others)} 份，少于 {LEAST} 份，不作比较",
            "请用 zhiji index 读入更多往年报告",
        )
    rate = (spent / budget * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    below = sum(1 for other in others if other.rate < rate)
    equal = sum(1 for other in others if other.rate == rate)
    percentile = (Decimal(2 * below + equal) * 50 / len(others)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Standing(
        rate=rate,
        percentile=percentile,
        below=below,
        equal=equal,
        above=len(others) - below - equal,
        budget=budget,
        spent=spent,
        others=tuple(sorted(others, key=lambda other: (-other.rate, other.source))),
    )


def standing_of(report: Report, past: Sequence[PastRate]) -> Standing:
    """Return where the report's execution rate stands among past ones, its own earlier versions left out."""
    budget, spent = report.total("annual_budget"), report.total("expenditure")
    others = [other for other in past if not _is_own(report, other)]
    return stand(budget, spent, report.kind.value, others)


def _is_own(report: Report, past: PastRate) -> bool:
    """Return whether a past report is a version of this very one."""
    return (past.unit_name, past.year) == (report.unit_name, report.year) and report.title in past.title


def _sort(kind: str) -> str:
    """Return what is compared with what: an evaluation is of a project."""
    return "project" if kind in ("project", "evaluation", "") else kind
