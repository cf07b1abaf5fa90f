"""A newcomer in a real browser: opening, 起草, a proven Word file; and two edits that both stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant import pipeline
from assistant.bootstrap import SAMPLE, open_workbench
from assistant.settings import Settings

pytestmark = pytest.mark.browser

WAIT = 30_000
#: A data editor draws its cells: the head and every row are 35 pixels high.
ROW = 35


def test_two_clicks_lead_from_opening_to_a_proven_word_file(
    browser_page: Page, application: str, tmp_path: Path
) -> None:
    """The downloaded .docx proves against the sample report, and nothing was asked of another host."""
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(application)
    browser_page.get_by_role("button", name="起草这份报告").click(timeout=WAIT)
    browser_page.get_by_text("校核通过：文中").wait_for(timeout=WAIT)
    with browser_page.expect_download(timeout=WAIT) as download:
        browser_page.get_by_role("button", name="下载 Word").click()
    file = tmp_path / "report.docx"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith("绩效自评报告.docx")
    assert proven(file)
    assert {url for url in asked if not url.startswith((application, "data:", "blob:"))} == set()


def proven(file: Path) -> bool:
    """Prove a file against the sample report, as `zhiji check --report` does."""
    report = pipeline.read_figures(str(SAMPLE), str).report
    with open_workbench(Settings()) as workbench:
        return pipeline.prove_text(pipeline.read_text(str(file), str), workbench.evaluate(report)).proven


def type_into(page: Page, table: int, column: float, row: int, words: str) -> None:
    """Type into a cell: `column` is in pixels from the left edge of the table."""
    box = page.get_by_test_id("data-grid-canvas").nth(table).bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + column, box["y"] + ROW * (row + 1) + ROW / 2)
    page.locator("#portal input, #portal textarea").first.wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type(words, delay=30)
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")


def test_two_edits_of_the_funds_both_stay(browser_page: Page, application: str) -> None:
    """Both new amounts are in the live execution rate, and still there after saving and a reload."""
    page = browser_page
    page.goto(f"{application}/figures")
    expect(page.get_by_text("94.57%").first).to_be_visible(timeout=WAIT)
    column = 33 + 220 + 2.5 * 145
    type_into(page, 0, column, 0, "198.00")
    expect(page.get_by_text("99.06%").first).to_be_visible(timeout=WAIT)
    type_into(page, 0, column, 1, "10.00")
    expect(page.get_by_text("98.11%").first).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("第2版").first).to_be_visible(timeout=WAIT)
    page.reload()
    expect(page.get_by_text("98.11%").first).to_be_visible(timeout=WAIT)


def test_a_draft_goes_on_while_the_user_looks_elsewhere(browser_page: Page, application: str) -> None:
    """Leaving the page while the draft is written does not lose it."""
    page = browser_page
    page.goto(application)
    page.get_by_role("button", name="起草这份报告").click(timeout=WAIT)
    expect(page.get_by_role("heading", name="起草")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="设置").click()
    expect(page.get_by_text("服务密钥")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="起草").click()
    expect(page.get_by_text("校核通过：文中")).to_be_visible(timeout=WAIT)
