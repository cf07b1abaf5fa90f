"""What a past report is: unit, year, kind, title and region, guessed from its own words (元数据).

Every guess may be empty, and a user's own entry goes before it. It knows nothing about search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from assistant.domain.base import Frozen
from assistant.library.numbering import marker_of
from assistant.library.paragraphs import join_lines
from assistant.library.source import Block, BlockKind, SourceText

_YEAR = re.compile(r"(20[0-4]\d)\s*年")
_BODY_WORDS = (
    r"办公厅|办公室|委员会|管理局|工作局|发展局|局|厅|中心|图书馆|博物馆|文化馆|学院|学校|中学|小学|大学|医院"
    r"|镇人民政府|乡人民政府|街道办事处|人民政府|政协|人大|总队|大队|支队|研究院|研究所|站|镇|街道|法院|检察院|总工会|妇联|团市委"
)
_UNIT = re.compile(rf"[\u4e00-\u9fff]{{2,40}}(?:{_BODY_WORDS})")
_UNIT_CELL = re.compile(
    r"^(?:部门|单位|评价单位|填报单位|预算单位|主管部门|实施单位)(?:名称)?(?:[（(].{0,6}[)）])?\s*[:：\t]\s*([^\t:：]{3,40})"
)
_REGION = re.compile(
    r"^((?:[\u4e00-\u9fff]{2,4}省)?(?:[\u4e00-\u9fff]{2,6}?(?:市|州|盟))?(?:[\u4e00-\u9fff]{1,4}?(?:区|县|旗|市))?)"
)
_CPPCC = re.compile(r"中国人民政治协商会议(.{0,20}?)委员会")
_PROVINCE = re.compile(r"^[\u4e00-\u9fff]{2,4}省(?=[\u4e00-\u9fff]{2,6}?[市州县])")
_TITLE_WORD = re.compile(r"报告|自评表|申报表|目标表|评价表|总结")
_LEADING_YEAR = re.compile(r"^(?:20\d\d)\s*年?度?")
_ANY_YEAR = re.compile(r"(?:20\d\d\s*[-—至])?20\d\d\s*年?度?")
_REPORT_WORDS = re.compile(
    r"(?:部门)?(?:重点)?(?:专项)?(?:资金|经费)?(?:项目)?(?:支出)?(?:预算)?绩效.*$|(?:项目)?(?:自评|支出|工作总结|总结|报告).*$"
)
_OF_PROJECTS = ("project", "evaluation")
_OPENING = 12


class Profile(Frozen):
    """The guess: unit name, year, kind (project, department, evaluation, plan or ""), title, region, project.

    `project` is the sub-project that the title speaks of (子项目). `evidence` says of each guess what it was taken from.
    """

    unit_name: str = ""
    year: int | None = None
    kind: str = ""
    title: str = ""
    region: str = ""
    project: str = ""
    evidence: dict[str, str] = {}


class _Guess(NamedTuple):
    """A value and what it was taken from, both "" where nothing speaks for any."""

    value: str = ""
    evidence: str = ""


def profile_of(source: SourceText) -> Profile:
    """Return what the source says it is; its file name helps where the text is silent."""
    title, stem = title_of_source(source), source.path.stem
    from_name = f"文件名“{stem}”"
    from_title = f"标题“{title}”" if title else from_name
    in_text = _unit(title, source.blocks)
    unit = in_text if in_text.value else _unit(stem, (), from_name)
    kind = _Guess(_kind(title), from_title) if _kind(title) else _Guess(_kind(stem), from_name)
    guesses = {
        "unit_name": unit,
        "year": _year(((title, from_title), (stem, from_name)), source.blocks),
        "kind": kind,
        "title": _Guess(title or stem, "正文开头" if title else from_name),
        "region": _Guess(region_of(unit.value), f"单位“{unit.value}”"),
        "project": _Guess(_project(title, unit.value) if kind.value in _OF_PROJECTS else "", from_title),
    }
    values = {name: guess.value for name, guess in guesses.items() if name != "year"}
    return Profile(
        **values,
        year=int(guesses["year"].value) if guesses["year"].value else None,
        evidence={name: guess.evidence for name, guess in guesses.items() if guess.value},
    )


def title_of_source(source: SourceText) -> str:
    """Return the title: the lines before the first heading or table, joined; "" where there is none."""
    lines: list[str] = []
    for block in source.blocks[:_OPENING]:
        text = block.text.lstrip("# ").strip()
        if (
            block.kind is BlockKind.TABLE_ROW
            or (text and marker_of(text))
            or len(text) > 60
            or text.endswith("。")
        ):
            break
        if lines and _TITLE_WORD.search("".join(lines)):
            break
        if text and not text.startswith(("（", "(", "附件")) and "：" not in text:
            lines.append(text)
    title = "".join(join_lines(lines).split())
    return title if len(title) <= 120 else ""


def _unit(title: str, blocks: Sequence[Block], head: str = "") -> _Guess:
    """Return the unit: named in a cell 单位名称, at the head of the title, or in the signature."""
    for block in blocks[:30]:
        cell = _UNIT_CELL.match(block.text)
        if cell:
            return _Guess("".join(cell.group(1).split()), f"表格“{' '.join(block.text.split())[:40]}”")
    before = _YEAR.split(title, maxsplit=1)[0] if _YEAR.search(title) else ""
    named = _UNIT.match(before) or _UNIT.match(_LEADING_YEAR.sub("", title))
    return _Guess(named.group(0), head or f"标题“{title}”") if named else _signature(blocks)


def _signature(blocks: Sequence[Block]) -> _Guess:
    for block in reversed(blocks[-6:]):
        text = "".join(block.text.split())
        if len(text) <= 30 and _UNIT.fullmatch(text):
            return _Guess(text, f"落款“{text}”")
    return _Guess()


def _year(named: Sequence[tuple[str, str]], blocks: Sequence[Block]) -> _Guess:
    for text, evidence in named:
        found = _YEAR.search(text)
        if found:
            return _Guess(found.group(1), evidence)
    counted = Counter(year for block in blocks for year in _YEAR.findall(block.text))
    if not counted:
        return _Guess()
    year, times = counted.most_common(1)[0]
    return _Guess(year, f"正文里出现最多的年份（{times} 次）")


def _project(title: str, unit: str) -> str:
    """Return the project that a title names between unit, year and the words of the report; "" where none."""
    named = _REPORT_WORDS.sub("", _ANY_YEAR.sub("", title.replace(unit, "") if unit else title)).strip(
        "“”《》的关于"
    )
    return named if 3 <= len(named) <= 40 else ""


def _kind(title: str) -> str:
    """Return the kind that the words of a title name, "" where they do not."""
    if re.search(r"申报表|目标表", title):
        return "plan"
    if "评价报告" in title and "自评" not in title:
        return "evaluation"
    if re.search(r"部门整体|整体支出|部门绩效", title):
        return "department"
    return "project" if re.search(r"自评|项目", title) else ""


def region_of(unit: str) -> str:
    """Return the region at the head of a unit's name: 广州市, 广州市黄埔区; "" where it has none."""
    found = _REGION.match(_PROVINCE.sub("", short_unit(unit)))
    return found.group(1) if found else ""


def short_unit(unit: str) -> str:
    """Return a unit's name as people say it: 中国人民政治协商会议广州市委员会 becomes 广州市政协."""
    return _CPPCC.sub(lambda found: f"{_PROVINCE.sub('', found.group(1).removeprefix('广东省'))}政协", unit)
