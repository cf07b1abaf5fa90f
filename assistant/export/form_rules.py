"""What keeps a form whole while people fill it in (填报约束): lists to choose from, locked cells, print settings."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.indicator import Category, Dimension, Tier

_LONGEST_LIST = 255


def add_list(sheet: Worksheet, cells: str, words: Sequence[str], *, strict: bool = True) -> None:
    """Let people choose among words; where not `strict` other words are allowed after a warning."""
    listed = ",".join(words)
    if len(listed) > _LONGEST_LIST:
        return
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.errorStyle = "stop" if strict else "warning"
    rule.errorTitle, rule.error = "填报", f"请从列表中选择：{'、'.join(words)}"[:_LONGEST_LIST]
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)


def add_amounts(sheet: Worksheet, cells: str) -> None:
    """Let a cell take numbers from zero on only, after a warning."""
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.errorStyle, rule.errorTitle, rule.error = "warning", "填报", "请填不小于零的数字"
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)


def add_indicator_lists(sheet: Worksheet, first: int, last: int, tier: int) -> None:
    """Add the lists of 一级指标, 二级指标 and 定性档次 to the indicator rows."""
    letter = get_column_letter(tier)
    add_list(sheet, f"A{first}:A{last}", [word.value for word in Category], strict=False)
    add_list(sheet, f"B{first}:B{last}", [word.value for word in Dimension], strict=False)
    add_list(sheet, f"{letter}{first}:{letter}{last}", [tier.value for tier in Tier])
    add_amounts(sheet, f"F{first}:G{last}")


def protect(sheet: Worksheet) -> None:
    """Lock what is computed or printed, without a password; rows and columns may still be added and sized."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = False


def set_page(sheet: Worksheet, widths: Sequence[float], last_row: int, header: int) -> None:
    """Set widths, and print on landscape A4, one page wide, the indicator header on every page, with page numbers."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{last_row}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P —"
