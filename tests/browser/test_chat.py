"""The assistant in a real browser: without a model and with one, nothing is lost by a click or a reload."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..tool_server import calling, serving
from .application import Application

pytestmark = pytest.mark.browser


def ask(page: Page, words: str) -> None:
    """Type a question into the box and send it."""
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill(words)
    box.press("Enter")


def said(page: Page, words: str) -> None:
    """Wait until the conversation shows the words."""
    expect(page.locator(".zj-said", has_text=words).first).to_be_visible()


def test_without_a_model_a_source_opens_and_the_talk_outlives_a_reload(
    browser_page: Page, application: Application
) -> None:
    """A search answers with sources; one opens to its paragraph; after a reload all of it is there."""
    browser_page.goto(f"{application.address}/chat")
    ask(browser_page, "往年怎么写预算执行率偏低")
    source = browser_page.locator("details.zj-source").first
    source.locator("summary").click()
    expect(source.locator(".zj-near")).to_be_visible()
    browser_page.reload()
    said(browser_page, "往年怎么写预算执行率偏低")
    expect(browser_page.locator("details.zj-source").first).to_be_visible()


def test_with_a_model_the_answer_outlives_a_reload_and_is_shown_as_text(
    browser_page: Page, tmp_path: Path, corpus_index: Path
) -> None:
    """A model that calls a tool and answers with HTML: the page is reloaded meanwhile, the letters are shown."""
    answer = ["得了", "10.70分。", "<img src=x onerror=alert(1)>"]
    with serving(calling("explain_score", {"subject": "网络议政征集意见条数"}, answer)) as server:
        running = Application(tmp_path / "data", corpus_index, server.base_url)
        running.start()
        try:
            browser_page.goto(f"{running.address}/chat")
            ask(browser_page, "网络议政为什么扣分")
            browser_page.get_by_text("网络议政为什么扣分").first.wait_for()
            browser_page.reload()
            said(browser_page, "得了10.70分。<img src=x onerror=alert(1)>")
            assert "完成率89.20%" in str(server.requests[1]["messages"])
        finally:
            running.stop()
