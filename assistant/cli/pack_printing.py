"""How a rule pack is shown: its confidence, what came from memory, what was left out, its numbers and its proof."""

from __future__ import annotations

from assistant.scoring.proving import failures
from assistant.scoring.rules import DEFAULT, Rules

_KINDS = {"project": "项目支出", "department": "部门整体支出"}


def print_pack_line(pack: Rules) -> None:
    """Print a pack in one line, its confidence in front of the eyes."""
    default = "，默认" if pack.name == DEFAULT else ""
    print(
        f"{pack.name}  {pack.title}（{pack.legal_basis}）"
        f"  可信程度：{pack.confidence.label}，公开实例{len(pack.published)}条{default}"
    )


def print_pack(pack: Rules) -> None:
    """Print everything about a pack."""
    print_pack_line(pack)
    print(
        f"适用：{pack.region or '通用'}，{_KINDS[pack.kind]}；自{pack.effective:%Y-%m-%d}起（{pack.effective_source}）"
    )
    print(f"可信程度：{pack.confidence.label}。{pack.confidence_note}")
    _print_list("凭了解填写、未对照原文的", pack.from_memory)
    _print_list("来源没有给出、本规则不含的", pack.omitted)
    _print_numbers(pack)
    _print_proof(pack)


def _print_list(title: str, entries: tuple[str, ...]) -> None:
    if entries:
        print(f"{title}：")
    for entry in entries:
        print(f"  - {entry}")


def _print_numbers(pack: Rules) -> None:
    execution, quantitative = pack.execution, pack.quantitative
    print(f"预算执行：{execution.weight:f}分。{execution.clause}")
    for band in execution.bands:
        print(f"  ≥{band.at_least:f}% 得分值的{band.share:.0%}")
    weights = "、".join(f"{name}{weight:f}" for name, weight in pack.weights.items())
    print(f"一级指标默认分值：{weights or '来源没有给出'}")
    for variant in pack.variants:
        print(
            f"  {variant.when}：{'、'.join(f'{name}{weight:f}' for name, weight in variant.weights.items())}"
        )
    way = "线性扣分" if quantitative.reverse == "linear" else "按比例"
    print(f"定量指标：{quantitative.clause}；反向指标{way}（{quantitative.reverse_source}）")
    if quantitative.over_threshold:
        print(f"超额完成：达到{quantitative.over_threshold:f}倍须说明原因（{quantitative.over_source}）")
    tiers = pack.qualitative.tiers
    shares = "、".join(f"{tier.value}档{rule.low:.0%}—{rule.high:.0%}" for tier, rule in tiers.items())
    print(f"定性指标：{shares}")
    if pack.satisfaction.method == "banded":
        print(f"满意度：{pack.satisfaction.clause}")
    for penalty in pack.penalties:
        print(f"按百分点扣分：{penalty.clause}")
    for row in pack.rubric:
        print(f"  {row.group}·{row.name}  {'' if row.weight is None else f'{row.weight:f}分'}")
    print("等级：" + "、".join(f"{grade.value}≥{least:f}" for grade, least in pack.grades.items()))


def _print_proof(pack: Rules) -> None:
    wrong = dict(failures(pack))
    print(f"算例{len(pack.examples)}条，算对{len(pack.examples) - len(wrong)}条：")
    for position, example in enumerate(pack.examples):
        kind = "公开实例" if example.kind == "published" else "手工验算"
        print(
            f"  {'✗' if position in wrong else '✓'} [{kind}] {example.name}：{example.score:f}分（{example.source}）"
        )
