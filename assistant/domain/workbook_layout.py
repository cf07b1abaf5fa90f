"""The sheets beside the 自评表 in our workbook (附表): names, headers and fields, shared by reading and writing.

Every side sheet is a plain table with one header row. Its first column 所属 says whose the row is: blank
for the whole report, the sheet or name of a sub-project, and 上年 (or 上年·name) for last year's.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from assistant.domain.base import Frozen
from assistant.domain.evidence import Evidence
from assistant.domain.report import Adjustment, LineItem, Milestone, OtherFigure, Task

OWNER = "所属"
LAST_YEAR = "上年"
SEPARATOR = "·"


class Column(Frozen):
    """A column of a side sheet: its header, the field of the value, and how its cells are read."""

    header: str
    field: str
    kind: Literal["text", "amount", "number", "whole"] = "text"


class SideSheet(Frozen):
    """A side sheet: its name, the attribute of Report or Project it fills, and what a row becomes.

    `row` is None where a row is a mere text (备注).
    """

    name: str
    attribute: str
    columns: tuple[Column, ...]
    row: type[BaseModel] | None = None
    of_report: bool = False
    of_project: bool = True


SIDE_SHEETS = (
    SideSheet(
        name="明细",
        attribute="line_items",
        row=LineItem,
        columns=(
            Column(header="名称", field="name"),
            Column(header="数量", field="quantity", kind="number"),
            Column(header="单位", field="unit"),
            Column(header="单价（万元）", field="unit_price", kind="amount"),
            Column(header="预算（万元）", field="budget", kind="amount"),
            Column(header="支出（万元）", field="expenditure", kind="amount"),
        ),
    ),
    SideSheet(
        name="备注",
        attribute="notes",
        of_report=True,
        columns=(Column(header="备注", field=""),),
    ),
    SideSheet(
        name="其他数据",
        attribute="other_figures",
        row=OtherFigure,
        of_report=True,
        of_project=False,
        columns=(
            Column(header="名称", field="name"),
            Column(header="数值", field="value", kind="number"),
            Column(header="单位", field="unit"),
            Column(header="年度", field="year", kind="whole"),
            Column(header="来源", field="source"),
        ),
    ),
    SideSheet(
        name="重点任务",
        attribute="tasks",
        row=Task,
        of_report=True,
        columns=(
            Column(header="任务名称", field="name"),
            Column(header="主要内容", field="content"),
            Column(header="预算（万元）", field="budget", kind="amount"),
            Column(header="支出（万元）", field="expenditure", kind="amount"),
            Column(header="完成情况", field="completion"),
        ),
    ),
    SideSheet(
        name="里程碑",
        attribute="milestones",
        row=Milestone,
        columns=(
            Column(header="年度", field="year", kind="whole"),
            Column(header="内容", field="content"),
            Column(header="预算（万元）", field="budget", kind="amount"),
        ),
    ),
    SideSheet(
        name="预算调整",
        attribute="adjustments",
        row=Adjustment,
        columns=(
            Column(header="调整额（万元）", field="amount", kind="amount"),
            Column(header="原因", field="reason"),
            Column(header="日期", field="date"),
        ),
    ),
    SideSheet(
        name="佐证材料",
        attribute="evidence",
        row=Evidence,
        of_report=True,
        columns=(
            Column(header="文件", field="file"),
            Column(header="页码", field="page"),
            Column(header="校验值", field="sha256"),
        ),
    ),
)

#: 填报信息: the fields of the report itself, a row each; columns: 项目, 本年, 上年.
INFORMATION = "填报信息"
INFORMATION_FIELDS = (
    ("单位名称", "unit_name"),
    ("报告名称", "title"),
    ("评价年度", "year"),
    ("报告类型", "kind"),
    ("填报阶段", "stage"),
    ("评分规则", "rules"),
    ("自评总分", "self_score"),
    ("自评等级", "self_grade"),
)
KINDS = {"project": "项目", "department": "部门整体", "evaluation": "评价"}
STAGES = {"self_evaluation": "自评", "plan": "申报"}

#: 项目属性: what the 自评表 has no place for.
ATTRIBUTES = "项目属性"
ATTRIBUTE_COLUMNS = (
    Column(header="项目编码", field="code"),
    Column(header="是否保密", field="confidential"),
    Column(header="支出类型", field="expenditure_type"),
    Column(header="预算级次", field="level"),
    Column(header="自评总分", field="self_score", kind="number"),
    Column(header="自评等级", field="self_grade"),
)
#: 资金属性: type and level of a funding source, by its position.
FUNDING_ATTRIBUTES = "资金属性"
FUNDING_COLUMNS = (
    Column(header="资金来源", field="source"),
    Column(header="支出类型", field="expenditure_type"),
    Column(header="预算级次", field="level"),
)

#: 下属单位: the tree of units, a unit a row before those below it; the last column names the sheets of its projects.
UNITS = "下属单位"
UNIT_COLUMNS = ("层级", "名称", "编制人数", "在职人数", "项目工作表")

RESERVED = frozenset(
    {INFORMATION, ATTRIBUTES, FUNDING_ATTRIBUTES, UNITS, *(sheet.name for sheet in SIDE_SHEETS)}
)
