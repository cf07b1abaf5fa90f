"""Parts of names: which piece of a text can mean one thing only (第三方检查 for 第三方检查服务).

Knows names, no figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from assistant.proof.naming import WHOLE_REPORT, Subject

_LONGEST = 14
_SHORTEST = 3
_MOST = 3
_KINDS = "iltseuo"
_BOUND_BEFORE = re.compile(r"[，。；、：:（(“\n和及与]$|^$")
_BOUND_AFTER = re.compile(r"[、，（(”0-9约每]|执行|支出|预算|完成率|[一二三四五六七八九两]项|[和及与为得达]")
_COMMON = frozenset(
    [
        "满意度",
        "完成率",
        "及时率",
        "合格率",
        "覆盖率",
        "达标率",
        "普及率",
        "知晓率",
        "工作",
        "项目",
        "建设",
        "管理",
        "服务",
        "资金",
        "经费",
        "指标",
        "完成",
        "验收",
        "预算",
        "支出",
        "宣传活动",
        "成本",
        "单位",
        "年度",
        "目标",
        "时间",
        "服务对象",
        "群众满意度",
        "对象满意度",
        "完成时间",
        "完工时间",
        "合格",
        "及时",
        "专项",
        "运行",
        "维护",
        "数量",
        "质量",
        "次数",
        "人次",
        "活动",
        "业务",
        "改造",
        "采购",
    ]
)


class Parts:
    """The pieces of names, of three and more characters, or of two between stops."""

    def __init__(self, names: Mapping[str, tuple[Subject, ...]]) -> None:
        pieces: dict[str, dict[str, None]] = defaultdict(dict)
        for name, subjects in names.items():
            if subjects[0] == WHOLE_REPORT or (subjects[0][1] and subjects[0][1] not in _KINDS):
                continue
            for start in range(len(name) - 1):
                for end in range(start + 2, min(len(name), start + _LONGEST) + 1):
                    pieces[name[start:end]][name] = None
        self._names = names
        self._pieces = {
            piece: tuple(held)
            for piece, held in pieces.items()
            if len(held) <= _MOST
            and self._means_one(held)
            and re.fullmatch("(?=[^0-9]|[0-9]+[\u4e00-\u9fff])[\u4e00-\u9fffA-Za-z0-9]+", piece)
        }

        self._heads = frozenset(piece[:2] for piece in self._pieces)

    def _means_one(self, held: Collection[str]) -> bool:
        """Whether names that share a piece belong together: rows of one sub-project, or one name."""
        if len(held) == 1:
            return True
        projects = {subject[0] for name in held for subject in self._names[name] if subject[1] != "o"}
        kinds = [subject[1] for name in held for subject in self._names[name][:1]]
        return len(projects) <= 1 and len(set(kinds)) == len(kinds)

    def at(self, text: str, at: int, end: int) -> tuple[str, tuple[str, ...]]:
        """Return the longest piece that begins at a place with the names it can mean; "" for none."""
        if text[at : at + 2] not in self._heads:
            return "", ()
        for length in range(min(_LONGEST, end - at), 1, -1):
            piece = text[at : at + length]
            held = self._pieces.get(piece)
            if held and piece not in _COMMON and (length >= _SHORTEST or _is_bounded(text, at, at + length)):
                return piece, held
        return "", ()


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether stops or words of figures stand on both sides of a piece of two characters."""
    before, after = text[max(0, start - 1) : start], text[end : end + 3]
    return _BOUND_BEFORE.search(before) is not None and _BOUND_AFTER.match(after) is not None
