"""What a past report is: unit, year, kind, title and region, guessed from its own words (元数据).

Every guess may be empty, and a user's own entry goes before it. It knows nothing about search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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
_OPENING = 12


class Profile(Frozen):
    """The guess: unit name, year, kind (project, department, evaluation, plan or ""), title, region."""

    unit_name: str = ""
    year: int | None = None
    kind: str = ""
    title: str = ""
    region: str = ""


def profile_of(source: SourceText) -> Profile:
    """Return what the source says it is; its file name helps where the text is silent."""
    title = title_of_source(source)
    stem = source.path.stem
    unit = unit_of(title, source.blocks) or unit_of(stem, ())
    return Profile(
        unit_name=unit,
        year=_year(title, stem, source.blocks),
        kind=_kind(title) or _kind(stem),
        title=title or stem,
        region=region_of(unit),
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


def unit_of(title: str, blocks: Sequence[Block]) -> str:
    """Return the unit: named in a cell 单位名称, at the head of the title, or in the signature; else ""."""
    for block in blocks[:30]:
        cell = _UNIT_CELL.match(block.text)
        if cell:
            return "".join(cell.group(1).split())
    before = _YEAR.split(title, maxsplit=1)[0] if _YEAR.search(title) else ""
    named = _UNIT.match(before) or _UNIT.match(re.sub(r"^(?:20\d\d)\s*年?度?", "", title))
    if named:
        return named.group(0)
    return _signature(blocks)


def _signature(blocks: Sequence[Block]) -> str:
    for block in reversed(blocks[-6:]):
        text = "".join(block.text.split())
        if len(text) <= 30 and _UNIT.fullmatch(text):
            return text
    return ""


def _year(title: str, stem: str, blocks: Sequence[Block]) -> int | None:
    for text in (title, stem):
        found = _YEAR.search(text)
        if found:
            return int(found.group(1))
    counted = Counter(year for block in blocks for year in _YEAR.findall(block.text))
    return int(counted.most_common(1)[0][0]) if counted else None


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
