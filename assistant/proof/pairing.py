"""Problems and measures side by side (问题与措施): equal count, same topic (B11, B12; domain §5.D).

Decided in the order of the domain page: equal families of words, the same ordinal with a shared subject,
strong overlap. Knows two sections of a text, no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.domain.finding import Finding, Severity
from assistant.domain.register import finding
from assistant.proof.outline import Part
from assistant.proof.sources import bigrams

#: Words that show the topic of a problem or a measure, a family a line.
_FAMILIES = (
    "绩效目标|指标|目标设定|编报",
    "预算|执行率|支出进度|支付|资金|调剂|结余",
    "调研|研究|课题|智库|论证",
    "宣传|稿件|版面|公众号|推文|栏目|媒体|传播",
    "培训|学习|业务能力|队伍",
    "满意度|问卷|回访|服务对象",
    "验收|合同|采购|供应商|招标",
    "进度|时限|逾期|滞后|按期|节点|工期",
    "制度|机制|规则|办法|流程",
    "佐证|档案|资料|台账|归档",
    "技术|系统|运维|信息化|升级|故障|数据支撑",
    "协同|联动|对接|挂钩|衔接",
    "数量|场次|批次|人次|件数|次数",
    "质量|标准|规范",
    "成本|单价|测算|预算编制",
    "保密",
)
_STOP = re.compile(
    "进一步|加强|完善|提高|优化|推进|工作|建设|开展|项目|情况|方面|还需|有待|存在|部分|相关|不断|加大|问题|措施|平台"
)
_STRONG = 30


def check_pairing(problems: Part, measures: Part) -> Iterator[Finding]:
    """B11: as many measures as problems and one for each; B12: no measure without a problem."""
    wrong, right = problems.items, measures.items
    if not wrong or not right:
        return
    if len(wrong) > len(right) > 1:
        message = f"存在问题{len(wrong)}条，改进措施{len(right)}条，数量不等"
        yield _at(measures, message, "请逐条对应", Severity.WARNING)
    for number, problem in enumerate(wrong):
        if any(is_paired(problem, measure) or shares_subject(problem, measure) for measure in right):
            continue
        same_place = len(wrong) == len(right)
        message = f"第{number + 1}条问题" + (
            "与措施只有次序相同，请人工确认" if same_place else "没有对应的措施"
        )
        yield _at(
            measures, message, "请为这一问题写明措施", Severity.INFO if same_place else Severity.WARNING
        )


def _at(measures: Part, message: str, remedy: str, severity: Severity) -> Finding:
    line = measures.heading
    return finding(
        "B11",
        message,
        remedy=remedy,
        severity=severity,
        start=line.start,
        end=line.end,
        text=line.text,
        observed=line.text.strip(),
    )


def is_paired(problem: str, measure: str) -> bool:
    """Return whether a measure answers a problem: a family in common, or strong overlap of words."""
    return bool(_families(problem) & _families(measure)) or overlap(problem, measure) >= _STRONG


def overlap(problem: str, measure: str) -> int:
    """Return the share of the problem's word pairs that the measure repeats, in percent, common words left out."""
    own = bigrams(_STOP.sub("|", problem))
    return 100 * len(own & bigrams(_STOP.sub("|", measure))) // len(own) if own else 0


def shares_subject(problem: str, measure: str) -> bool:
    """Return whether both speak of the same quoted name."""
    quoted = re.findall("“([^”]{2,})”", problem)
    return any(name in measure for name in quoted)


@cache
def _families(text: str) -> frozenset[int]:
    return frozenset(number for number, words in enumerate(_FAMILIES) if re.search(words, text))
