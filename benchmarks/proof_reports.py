"""Random reports of fictional units for measuring the proof: realistic names, figures, reasons, notes, last year.

A seed gives one report. Knows nothing of the proof.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from assistant.domain.report import Report

UNITS = ("青禾县文化馆", "临江市图书馆", "白石区档案馆", "云溪市政协办公室", "松岭县妇幼保健院")
SUBJECTS = ("读书驿站", "档案数字化", "基层健康服务", "协商议政", "非遗传习", "设备更新", "人才培训")
QUANTITIES = (
    ("流动服务趟次", "趟"), ("业务培训场次", "场"), ("数字化加工卷数", "卷"), ("服务点建成数", "个"),
    ("专题展览期数", "期"), ("受理咨询件数", "件"), ("走访慰问户数", "户"), ("编印资料册数", "册"),
    ("受益群众人次", "人次"), ("采购设备台数", "台"), ("巡查检查次数", "次"), ("发布信息篇数", "篇"),
)  # fmt: skip
RATES = ("设备完好率", "项目验收合格率", "按期完成率", "信息公开率", "资料利用率", "群众知晓率", "政策覆盖率")
SATISFACTION = ("服务对象满意度", "参训人员满意度", "读者满意度")
REASONS = ("", "", "主会场检修停用，部分活动顺延", "供货单位交付较晚，9月底才安装到位", "报名人数少于预计")
MEASURES = ("", "2025年3月底前完成设备安装，按月通报进度", "提前排定场地，每季度核对一次进度")
NOTES = (
    "10月15日市财政局抽查3个服务点，台账齐全（检查反馈单）",
    "余款2.60万元按合同于质保期满后支付（财务科，2024年12月）",
    "志愿者参加服务128人次（综合科统计）",
    "6月20日新系统上线，原定5月31日，晚20天",
)


def money(amount: int) -> str:
    """Hundredths of 万元 as the form writes them."""
    return f"{Decimal(amount) / 100:.2f}"


def random_indicator(rng: Random, name: str, unit: str, weight: int) -> dict[str, Any]:
    """One row in the manner of a filled form: mostly met, at times short, at times far beyond."""
    target = rng.choice((6, 12, 24, 50, 98, 120, 400, 1500, 3000))
    if unit == "%":
        target = rng.choice((85, 90, 92, 95, 98))
        actual = money(min(10000, target * 100 + rng.randint(-900, 700))) + "%"
    else:
        share = rng.choice((rng.randint(100, 125), rng.randint(72, 99), 100))
        actual = f"{max(1, target * share // 100)}{unit}"
    return {
        "category": "产出指标",
        "dimension": "质量指标" if unit == "%" else "数量指标",
        "name": name,
        "annual_target": f"≥{target}{unit}",
        "actual": actual,
        "weight": str(weight),
        "deviation_reason": rng.choice(REASONS),
        "measures": rng.choice(MEASURES),
    }


def random_indicators(rng: Random) -> list[dict[str, Any]]:
    """Three to nine rows whose weights fill 90."""
    drawn = [*rng.sample(QUANTITIES, rng.randint(2, 5)), *((name, "%") for name in rng.sample(RATES, 2))]
    drawn = drawn[: rng.randint(3, 7)]
    share = 80 // len(drawn)
    rows = [random_indicator(rng, name, unit, share) for name, unit in drawn]
    rest = 90 - share * len(drawn)
    last = random_indicator(rng, rng.choice(SATISFACTION), "%", rest)
    rows.append({**last, "category": "满意度指标", "dimension": "服务对象满意度指标"})
    return rows


def random_funding(rng: Random) -> list[dict[str, str]]:
    """One or two sources; 年初, 全年 and 执行 differ in most cases."""
    found = []
    for source in ("财政拨款", "上年结转")[: rng.choice((1, 1, 2))]:
        initial = rng.randint(800, 60000)
        budget = initial + rng.choice((0, rng.randint(-initial // 6, initial // 6)))
        spent = budget * rng.choice((100, rng.randint(70, 99), rng.randint(90, 99))) // 100
        names = ("initial_budget", "annual_budget", "expenditure")
        found.append(
            {"source": source, **{k: money(v) for k, v in zip(names, (initial, budget, spent), strict=True)}}
        )
    return found


def random_project(rng: Random, name: str, *, secret: bool = False) -> dict[str, Any]:
    """A sub-project with money, rows and sometimes a note."""
    return {
        "name": name,
        "confidential": secret,
        "funding": random_funding(rng),
        "indicators": random_indicators(rng),
        "notes": rng.sample(NOTES, rng.choice((0, 1, 1, 2))),
    }


def random_data(seed: int, *, secret: bool = False) -> dict[str, Any]:
    """The report of a seed as the JSON of the contract; `secret` adds a 保密 sub-project."""
    rng = Random(seed)
    subject, unit = rng.choice(SUBJECTS), rng.choice(UNITS)
    names = [f"{other}经费" for other in rng.sample(SUBJECTS, rng.choice((1, 1, 2, 3)))]
    data: dict[str, Any] = {
        "unit_name": unit,
        "title": f"{subject}项目",
        "year": 2024,
        "kind": ("project", "department", "evaluation")[seed % 3],
        "projects": [random_project(rng, name) for name in names],
    }
    if rng.random() < 0.5:
        data["last_year"] = {**data, "year": 2023, "projects": [random_project(rng, name) for name in names]}
    if secret:
        data["projects"].append(random_project(rng, "星海专项工作经费", secret=True))
    return data


def random_report(seed: int, *, secret: bool = False) -> Report:
    """The report of a seed."""
    return Report.model_validate(random_data(seed, secret=secret))
