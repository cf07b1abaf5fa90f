"""Words in a past report that look like orders to a program (指令性文字): pointed out, never followed.

Nothing in this house obeys a report; the finding tells its reader that somebody may have tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.library.source import Block

_ORDERS = re.compile(
    r"(?:忽略|无视|不要理会|忘记|跳过).{0,8}(?:以上|上述|前面|之前|先前|系统|所有).{0,8}(?:要求|指令|指示|提示|规则|内容|约束)"
    r"|(?:你|您)(?:现在)?(?:是|扮演)(?:一个|一名)?.{0,6}(?:模型|助手|机器人)"
    r"|(?:系统提示|系统指令)[:：]"
    r"|(?:全部|一律|直接)(?:评|打|判)(?:为|成)?(?:优秀|优|满分|100分)"
    r"|ignore (?:all |any )?(?:the )?(?:previous|above|prior) (?:instructions?|prompts?)"
    r"|system prompt|<\|im_start\|>|\[INST\]",
    re.IGNORECASE,
)


def instructions_in(blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Return finding R05 for each block that holds words of that kind."""
    found = [(block, _ORDERS.search(block.text)) for block in blocks]
    return tuple(
        finding(
            "R05",
            f"第 {block.index + 1} 段含有指令性文字“{match.group(0)}”，只当作资料，不会照办",
            remedy="请核对这份文件的来源",
            observed=match.group(0),
            place=f"blocks[{block.index}]",
        )
        for block, match in found
        if match
    )
