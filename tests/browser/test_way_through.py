"""The whole way in a real browser: a form in, a proven Word file out, and a figure that changes in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant import pipeline
from assistant.bootstrap import SAMPLE, open_workbench
from assistant.domain.report import Report
from assistant.settings import Settings

from .application import Application, until
from .conftest import WAIT

pytestmark = pytest.mark.browser

#: A data editor draws its cells: the head and every row are 35 pixels high.
ROW = 35
#: Where 全年执行数 stands in the table of funds, in pixels from its left edge.
SPENT = 33 + 220 + 2.5 * 145


def proven(file: Path, report: Report) -> bool:
    """Prove a file against a report, as `zhiji check --report` does."""
    with open_workbench(Settings()) as workbench:
        return pipeline.prove_text(pipeline.read_text(str(file), str), workbench.evaluate(report)).proven


def type_into(page: Page, column: float, row: int, words: str) -> None:
    """Type into a cell of the first table."""
    canvas = page.get_by_test_id("data-grid-canvas").first
    editor = page.locator("#portal input, #portal textarea").first

    def open_cell() -> bool:
        box = canvas.bounding_box()
        if box is not None:
            page.mouse.dblclick(box["x"] + column, box["y"] + ROW * (row + 1) + ROW / 2)
            page.wait_for_timeout(300)
        return editor.is_visible()

    canvas.wait_for()
    until(open_cell)
    page.keyboard.press("Control+A")
    page.keyboard.type(words, delay=30)
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")


def download(page: Page, button: str, file: Path) -> str:
    """Press a download button, keep the file and return the name it came with."""
    with page.expect_download(timeout=WAIT) as told:
        page.get_by_role("button", name=button).first.click()
    told.value.save_as(file)
    return told.value.suggested_filename


def test_two_clicks_lead_from_opening_to_a_proven_word_file(
    browser_page: Page, application: Application, tmp_path: Path
) -> None:
    """The downloaded .docx proves against the sample report, and nothing was asked of another host."""
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(application.address)
    browser_page.get_by_role("button", name="起草这份报告").click()
    browser_page.get_by_text("校核通过：文中").wait_for()
    name = download(browser_page, "下载 Word", tmp_path / "report.docx")
    assert name.endswith("绩效自评报告.docx")
    assert proven(tmp_path / "report.docx", pipeline.read_figures(str(SAMPLE), str).report)
    own = (application.address, "data:", "blob:")
    assert {url for url in asked if not url.startswith(own)} == set()


def test_a_changed_figure_goes_through_to_the_word_file(
    browser_page: Page, application: Application, tmp_path: Path
) -> None:
    """Upload a form, score, draft, change two amounts: the draft is stale, is brought up to date, and proves anew."""
    page = browser_page
    page.goto(f"{application.address}/figures")
    page.get_by_role("tab", name="上传表格").click()
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.get_by_role("button", name="读入为新报告").click()
    until(lambda: len(application.titles()) == 2)
    page.get_by_role("link", name="看得分").click()
    expect(page.get_by_text("96.80").first).to_be_visible()
    page.get_by_role("link", name="起草").click()
    page.get_by_role("button", name="起草", exact=True).click()
    page.get_by_text("校核通过：文中").wait_for()
    page.get_by_role("link", name="填数据").click()
    page.get_by_role("tab", name="子项目").click()
    expect(page.get_by_text("94.57%").first).to_be_visible()
    type_into(page, SPENT, 0, "198.00")
    expect(page.get_by_text("99.06%").first).to_be_visible()
    type_into(page, SPENT, 1, "10.00")
    expect(page.get_by_text("98.11%").first).to_be_visible()
    expect(page.get_by_text("已自动保存").first).to_be_visible()
    expect(page.get_by_text("第3版").first).to_be_visible()
    page.get_by_role("link", name="起草").click()
    expect(page.get_by_text("段的数字已过期")).to_be_visible()
    expect(page.get_by_text("已过期", exact=True).first).to_be_visible()
    page.get_by_role("button", name="按新数据更新").click()
    page.get_by_text("✔ 校核通过：文中").wait_for()
    download(page, "下载 Word", tmp_path / "report.docx")
    workspace = application.workspace()
    saved = workspace.report(workspace.reports()[0].id)[0]
    workspace.close()
    assert proven(tmp_path / "report.docx", saved)
    assert "98.11%" in pipeline.read_text(str(tmp_path / "report.docx"), str)


def test_a_draft_goes_on_while_the_user_looks_elsewhere(browser_page: Page, application: Application) -> None:
    """Leaving the page while the draft is written does not lose it; words of the user stay words."""
    page = browser_page
    page.goto(f"{application.address}/figures")
    page.get_by_label("说明（每行一条）").fill("<b>**粗**</b><img src=x onerror=alert(1)>")
    page.keyboard.press("Control+Enter")
    page.get_by_text("已自动保存").first.wait_for(timeout=WAIT)
    page.get_by_role("link", name="起草").click()
    page.get_by_role("button", name="起草", exact=True).click()
    page.get_by_role("link", name="设置").click()
    expect(page.get_by_text("服务密钥")).to_be_visible()
    page.get_by_role("link", name="起草").click()
    expect(page.get_by_text("校核").first).to_be_visible()
    expect(page.get_by_role("button", name="Word").first).to_be_visible()
    assert page.locator(".zj-paper img, .zj-paper b").count() == 0


def test_the_second_of_two_browsers_is_told_and_loses_nothing(
    browser_page: Page, application: Application
) -> None:
    """Both change the same goal; the later save is refused with a reason, and its words are still there."""
    mine = browser_page
    browser = mine.context.browser
    assert browser is not None
    with browser.new_context(locale="zh-CN") as context:
        theirs = context.new_page()
        for page in (mine, theirs):
            page.goto(f"{application.address}/figures")
            page.get_by_label("年度目标（预期）").wait_for(timeout=WAIT)
        for page, words, told in (
            (theirs, "他改的目标", "已自动保存"),
            (mine, "我改的目标", "已被另一个窗口或同事保存"),
        ):
            page.get_by_label("年度目标（预期）").fill(words)
            page.keyboard.press("Control+Enter")
            page.get_by_text(told).first.wait_for(timeout=WAIT)
    expect(mine.get_by_label("年度目标（预期）")).to_have_value("我改的目标")


def test_a_bad_form_and_a_bad_report_are_refused_in_words(
    browser_page: Page, application: Application, tmp_path: Path
) -> None:
    """A file that is no form, and one that is no Word file: the page says why, and goes on."""
    page, bad = browser_page, tmp_path / "坏表.xlsx"
    bad.write_bytes(b"not a workbook")
    page.goto(f"{application.address}/figures")
    page.get_by_role("tab", name="上传表格").click()
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="读入为新报告").click()
    expect(page.locator(".zj-fault")).to_contain_text("坏表.xlsx")
    page.get_by_role("link", name="审稿").click()
    page.get_by_role("button", name="开始审阅").wait_for()
    wrong = tmp_path / "报告.txt"
    wrong.write_text(
        "某局2023年度自评报告\n全年预算数250.00万元，全年执行数200.00万元，预算执行率85.00%。\n", "utf-8"
    )
    page.locator("input[type=file]").first.set_input_files([wrong, bad])
    page.get_by_role("button", name="开始审阅").click()
    expect(page.get_by_text("未审").first).to_be_visible()
    page.locator("a.zj-jump").first.click()
    expect(page.locator("span:target")).to_have_text("85.00%")
    download(page, "下载批注稿", tmp_path / "审.docx")
    assert "85.00%" in pipeline.read_text(str(tmp_path / "审.docx"), str)
