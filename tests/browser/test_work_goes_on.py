"""Work in a real browser outlives clicks, reloads, a second window and a killed server; nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.bootstrap import CORPUS
from assistant.domain.indicator import Category, Dimension, Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.search.index import Library
from assistant.settings import Settings
from assistant.ui.desk import Desk
from assistant.ui.drafting_job import key_of, start_drafting
from assistant.ui.reading_job import KEY
from assistant.ui.state import State

from ..openai_server import OpenAIServer, serving
from ..soak_notes import note, remaining
from .application import Application, until

pytestmark = pytest.mark.browser

#: What a page shows once there is a draft.
VERDICT = ".zj-box:has-text('校核')"


def small_report() -> Report:
    """One sub-project with three indicators: enough paragraphs to be broken off in the middle."""
    rows = tuple(
        Indicator(
            category=Category.OUTPUT,
            dimension=Dimension.QUANTITY,
            name=name,
            annual_target="≥10次",
            actual=actual,
            weight=Decimal(30),
        )
        for name, actual in (("巡查次数", "10次"), ("培训次数", "9次"), ("宣传次数", "12次"))
    )
    money = Funding(source="财政拨款", annual_budget=Decimal(100), expenditure=Decimal("92.40"))
    project = Project(name="设施管护", funding=(money,), indicators=rows)
    return Report(unit_name="云溪市城市管理局", title="设施管护项目", year=2024, projects=(project,))


def quiet_run(folder: Path, index: Path, model: OpenAIServer) -> str:
    """The draft of the same report by the same model, in one go."""
    before, model.pause = model.pause, 0.0
    at = Desk(Settings(data_dir=folder, index_dir=index, base_url=model.base_url, model="m"))
    state = State()
    state.open(at, at.workspace.add_report(small_report()))
    start_drafting(at, state, "model")
    assert at.standing.wait(key_of(state.report_id), 60)
    (entry,) = at.workspace.drafts(state.report_id)
    at.workspace.close()
    model.pause = before
    return entry.draft.text


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    """A model that takes its time."""
    with serving(pause=0.1) as server:
        yield server


@pytest.fixture
def slow(tmp_path: Path, corpus_index: Path, model: OpenAIServer) -> Iterator[Application]:
    """The application with that model and the small report open."""
    application = Application(tmp_path / "data", corpus_index, model.base_url)
    workspace = application.workspace()
    workspace.add_report(small_report())
    workspace.close()
    application.start()
    yield application
    application.kill()


def draft_by_model(page: Page) -> None:
    page.get_by_role("combobox", name="由谁措辞").first.click()
    page.get_by_role("option", name="模型写作").click()
    page.get_by_role("button", name="起草", exact=True).click()


def killed_in_mid_draft(page: Page, slow: Application, paragraphs: int) -> None:
    """Begin a draft and kill the server once so many paragraphs are there; then start it again."""
    page.goto(f"{slow.address}/draft")
    draft_by_model(page)
    until(lambda: (job := slow.job("draft-1")) is not None and job.done_steps >= paragraphs)
    slow.kill()
    assert slow.texts() == []
    slow.start()
    page.goto(f"{slow.address}/draft")
    expect(page.locator(VERDICT).first).to_be_visible()


def test_a_killed_server_finishes_the_draft_after_its_restart(
    browser_page: Page, slow: Application, model: OpenAIServer, tmp_path: Path, corpus_index: Path
) -> None:
    """kill -9 in the middle, restart: one draft, to the letter that of a quiet run."""
    killed_in_mid_draft(browser_page, slow, 2)
    assert slow.texts() == [quiet_run(tmp_path / "quiet", corpus_index, model)]


def test_clicks_a_reload_and_a_second_window_neither_lose_nor_double_a_draft(
    browser_page: Page, slow: Application
) -> None:
    page = browser_page
    page.goto(f"{slow.address}/draft")
    draft_by_model(page)
    expect(page.get_by_text("正在写：").first).to_be_visible()
    page.get_by_role("link", name="设置").click()
    expect(page.get_by_text("服务密钥")).to_be_visible()
    second = page.context.new_page()
    second.goto(f"{slow.address}/draft")
    page.goto(f"{slow.address}/draft")
    for window in (page, second):
        expect(window.locator(VERDICT).first).to_be_visible()
    assert len(slow.texts()) == 1


def test_a_stopped_draft_goes_on_with_one_click(browser_page: Page, slow: Application) -> None:
    page = browser_page
    page.goto(f"{slow.address}/draft")
    draft_by_model(page)
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止。")).to_be_visible()
    page.get_by_role("button", name="继续").click()
    expect(page.locator(VERDICT).first).to_be_visible()
    assert len(slow.texts()) == 1


def test_a_killed_server_finishes_reading_after_its_restart(browser_page: Page, tmp_path: Path) -> None:
    """The first start reads the sample reports; killed after three of them, the next start reads each of them once."""
    application = Application(tmp_path / "data", tmp_path / "index")
    application.start()
    until(lambda: (job := application.job(KEY)) is not None and job.active and job.done_steps >= 3)
    application.kill()
    application.start()
    until(lambda: (job := application.job(KEY)) is not None and not job.active)
    browser_page.goto(f"{application.address}/library")
    expect(browser_page.get_by_text("上次读入的结果")).to_be_visible()
    application.stop()
    with Library(tmp_path / "index") as library:
        read = [one.source for one in library.documents()]
    assert sorted(read) == sorted(path.name for path in CORPUS.iterdir() if path.is_file())


@pytest.mark.soak
def test_ten_servers_killed_in_mid_draft_each_finish_once(
    browser_page: Page, slow: Application, model: OpenAIServer, tmp_path: Path, corpus_index: Path
) -> None:
    whole = quiet_run(tmp_path / "quiet", corpus_index, model)
    for seed in remaining("killed-browser-drafts", range(10)):
        killed_in_mid_draft(browser_page, slow, 1 + seed % 4)
        assert slow.texts()[0] == whole
    note("浏览器里起草中途强制结束服务再启动：10次，都只成一稿，与不中断的逐字相同")
