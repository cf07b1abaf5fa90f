"""The figures (图示) of a report: 得分瀑布, 执行率, 完成率 as charts, each with all its numbers in words.

Reads a Scorecard; confidential (保密) sub-projects stand in the totals only. Knows nothing of how charts are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.scorecard import Row, Scorecard
from assistant.export.annex import money_text, rate_text
from assistant.export.charts import Bar, Chart

TITLE = "绩效图示"
_MOST = 20  # bars of a chart
_TEN, _HUNDRED = Decimal(10), Decimal(100)
_LOST, _REACHED, _SHORT, _WHOLE = "B5483A", "4F6D8F", "C98A2B", "2F4B6E"


def charts_of(scorecard: Scorecard) -> list[Chart]:
    """Return the charts that have something to show, in order."""
    made = [_waterfall(scorecard), _execution(scorecard), _completion(scorecard)]
    return [chart for chart in made if chart.bars]


def _waterfall(scorecard: Scorecard) -> Chart:
    """From the full marks down to the total, the largest losses first; the rest as one."""
    hidden = tuple(card.path for card in scorecard.projects if card.confidential)
    steps = [step for step in scorecard.waterfall if step.change]
    public = [step for step in steps if not (step.path or "").startswith(hidden)]
    shown = sorted(public, key=lambda step: step.change)[: _MOST - 3]
    left = scorecard.full_score
    bars = [_bar("满分", left, money_text(left), _WHOLE)]
    for one in shown:
        left += one.change
        start = left if one.change < 0 else left - one.change
        bars.append(_bar(one.name, abs(one.change), _signed(one.change), _LOST, start))
    rest = scorecard.total_score - left
    if rest:
        name = f"其余{len(steps) - len(shown)}项" if len(steps) > len(shown) else "四舍五入"
        bars.append(_bar(name, abs(rest), _signed(rest), _LOST, min(left, scorecard.total_score)))
    total = money_text(scorecard.total_score)
    bars.append(_bar("总分", scorecard.total_score, f"{total}（{scorecard.grade.value}）", _WHOLE))
    lowest = min(scorecard.full_score, scorecard.total_score)
    smallest = max(Decimal(0), (lowest - 2 * (scorecard.full_score - lowest)) // _TEN * _TEN)
    title = f"得分瀑布（分，横轴自{smallest}起）" if smallest else "得分瀑布（分）"
    return _chart(title, bars, max(scorecard.full_score, scorecard.total_score), smallest)


def _execution(scorecard: Scorecard) -> Chart:
    """The rate of every public sub-project that has one, and of the whole."""
    cards = [one for one in scorecard.projects if not one.confidential and one.execution.rate is not None]
    bars = [_rate(one.name, one.execution.rate) for one in cards[:_MOST]]
    if scorecard.execution.rate is not None and len(scorecard.projects) > 1:
        bars.append(_rate("合计", scorecard.execution.rate, _WHOLE))
    return _chart("预算执行率（%）", bars, _largest(bars))


def _completion(scorecard: Scorecard) -> Chart:
    """The completion of the indicators that have a rate; where there are many, the lowest."""
    rows = [row for one in scorecard.projects if not one.confidential for row in one.rows]
    rated = [row for row in rows if row.completion_rate is not None]
    several = sum(not one.confidential for one in scorecard.projects) > 1
    title = "指标完成率（%）"
    if len(rated) > _MOST:
        title = f"完成率最低的{_MOST}项指标（%）"
        rated = sorted(rated, key=lambda row: row.completion_rate or Decimal(0))[:_MOST]
    bars = [_rate(_name(row, several=several), row.completion_rate) for row in rated]
    return _chart(title, bars, _largest(bars))


def _name(row: Row, *, several: bool) -> str:
    return f"{row.project}：{row.name}" if several else row.name


def _rate(name: str, rate: Decimal | None, colour: str = "") -> Bar:
    value = rate or Decimal(0)
    own = colour or (_REACHED if value >= _HUNDRED else _SHORT)
    # A bar far beyond 100 % would make all others unreadable: it is cut, its label says the number.
    return _bar(name, min(value, 2 * _HUNDRED), rate_text(value), own)


def _bar(name: str, length: Decimal, label: str, colour: str, start: Decimal = Decimal(0)) -> Bar:
    return Bar(name=name, length=length, label=label, colour=colour, start=start)


def _signed(change: Decimal) -> str:
    return f"{'−' if change < 0 else '+'}{money_text(abs(change))}"


def _largest(bars: Sequence[Bar]) -> Decimal:
    return max([_HUNDRED, *(bar.length for bar in bars)])


def _chart(title: str, bars: Sequence[Bar], largest: Decimal, smallest: Decimal = Decimal(0)) -> Chart:
    words = "；".join(f"{bar.name} {bar.label}" for bar in bars)
    return Chart(
        title=title, words=f"{title}：{words}。", bars=tuple(bars), largest=largest, smallest=smallest
    )
