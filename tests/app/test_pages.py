"""Every page on the sample report, run by Streamlit itself without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant import pipeline
from assistant.bootstrap import ROOT
from assistant.domain.draft import Draft
from assistant.ui.desk import desk
from assistant.ui.draft_downloads import exported
from assistant.ui.drafting_job import key_of
from assistant.ui.state import State

from ..tool_server import calling, serving
from .conftest import view, words

Open = Callable[[str], AppTest]
PAGES = ("home", "figures", "scores", "draft", "search", "library", "review", "chat", "settings")


def state_of(at: AppTest) -> State:
    state: State = at.session_state["state"]
    return state


def drafted(at: AppTest) -> AppTest:
    """Press 起草 and wait for the job as a user would."""
    at.button(key="draft").click().run()
    assert desk().standing.wait(key_of(state_of(at).report_id), 30)
    return at.run()


def test_the_entry_opens_the_sample_report(home: object) -> None:
    """A first start shows the sample, marked 示例, and no fault."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not at.exception
    assert "示例" in words(at) and "协商议政平台项目" in words(at)


def test_the_first_page_opens_no_socket(home: object, no_sockets: list[object]) -> None:
    """No hub, no telemetry, no update: with every connection refused the page is the same, and none is tried."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not at.exception
    assert "协商议政平台项目" in words(at)
    assert no_sockets == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_a_fault_and_says_what_is_next(page: Open, name: str) -> None:
    at = page(name)
    assert not at.exception
    assert "zj-fault" not in words(at) and "下一步" in words(at)


def test_the_total_on_the_page_is_the_total_of_the_pipeline(page: Open) -> None:
    """看得分 shows what the pipeline computes from the same figures."""
    at = page("scores")
    card = desk().evaluate(state_of(at).saved).scorecard
    assert f"{card.total_score:.2f}" in words(at) and card.grade.value in words(at)


def test_a_draft_is_written_proven_and_kept(page: Open) -> None:
    at = drafted(page("draft"))
    kept = desk().workspace.drafts(state_of(at).report_id)
    assert len(kept) == 1 and kept[0].draft.proven
    assert "校核通过" in words(at)


def test_every_bound_figure_on_paper_says_what_it_is(page: Open) -> None:
    """The title of an underlined figure holds the label of its fact."""
    at = drafted(page("draft"))
    assert 'class="zj-fact" title="预算执行率：92.40%' in words(at)


def test_a_draft_is_shown_again_to_a_new_session(page: Open) -> None:
    first = drafted(page("draft"))
    title = desk().workspace.drafts(state_of(first).report_id)[0].draft.title
    assert title in words(page("draft"))


def test_an_unproven_draft_is_refused_with_its_reasons(page: Open) -> None:
    """A wrong figure put into the kept draft is named, and only 未校核稿 can be taken away."""
    at = drafted(page("draft"))
    board, state = desk(), state_of(at)
    good = board.workspace.drafts(state.report_id)[0].draft
    bad = Draft.model_validate_json(good.model_dump_json().replace("92.40%", "97.40%"))
    evaluation = board.evaluate(state.saved)
    board.workspace.add_draft(state.report_id, state.version, pipeline.prove_draft(bad, evaluation))
    state.draft_id = None
    at.run()
    assert "97.40%" in words(at) and "不能导出正式稿" in words(at)
    labels = [one.proto.label for one in at.get("download_button")]
    assert "按未校核稿导出 Word" in labels and "下载 Word" not in labels


def test_the_word_file_holds_the_words_of_the_draft(page: Open, tmp_path: object) -> None:
    at = drafted(page("draft"))
    state = state_of(at)
    draft = desk().workspace.drafts(state.report_id)[0].draft
    markdown = exported(draft, desk().evaluate(state.saved), "draft.md").decode()
    assert exported(draft, desk().evaluate(state.saved), "draft.docx")[:2] == b"PK"
    assert draft.title in markdown and "未校核稿" not in markdown


def test_a_switch_to_another_subproject_keeps_what_was_typed(page: Open) -> None:
    at = page("figures")
    at.text_area[0].set_value("改过的目标").run()
    at.selectbox(key="project-3").set_value(1).run()
    at.selectbox(key="project-3").set_value(0).run()
    assert at.text_area[0].value == "改过的目标"


def test_a_change_is_saved_by_itself_as_a_new_version(page: Open) -> None:
    at = page("figures")
    at.text_area[0].set_value("改过的目标").run()
    assert "已自动保存" in words(at)
    report, version = desk().workspace.report(state_of(at).report_id)
    assert (report.projects[0].goal.expected, version) == ("改过的目标", 2)


def test_the_second_to_save_is_told_and_keeps_his_words(page: Open) -> None:
    """Two sessions on one report: the later save is refused, and its changes stay on the page."""
    mine, theirs = page("figures"), page("figures")
    for at, goal in ((theirs, "他改的"), (mine, "我改的")):
        at.text_area[0].set_value(goal).run()
    assert "已被另一个窗口或同事保存了新版本" in words(mine)
    assert state_of(mine).edited.projects[0].goal.expected == "我改的"


def test_a_report_that_a_colleague_deleted_gives_way_to_another(page: Open) -> None:
    at = page("home")
    desk().workspace.delete_report(state_of(at).report_id)
    at.run()
    assert not at.exception and "zj-fault" not in words(at)
    assert state_of(at).report_id == desk().workspace.reports()[0].id


def test_two_reports_of_one_name_are_told_apart(page: Open) -> None:
    """The second of the same title is opened, saved, and still the open one after the order of the list has changed."""
    board = desk()
    first = board.first_report()
    second = board.workspace.add_report(board.sample)
    at = page("figures")
    for number in (first, second):
        box = next(one for one in at.selectbox if one.label == "当前报告")
        at = box.set_value(number).run()
        assert state_of(at).report_id == number
    at.text_area[0].set_value("改过的目标").run()
    board.workspace.save_report(first, board.sample, 1)
    assert state_of(at.run()).report_id == second and board.workspace.report(second)[1] == 2


def test_words_of_the_user_are_never_markup(page: Open) -> None:
    """<b>**x**</b> typed as a goal and as a title reaches the page escaped."""
    at = page("figures")
    state = state_of(at)
    title = "<b>**x**</b><img src=x onerror=alert(1)>"
    state.replace(state.edited.model_copy(update={"title": title}))
    at.run()
    shown = words(page("home"))
    assert "<b>**x**</b>" not in shown and "&lt;b&gt;**x**&lt;/b&gt;" in shown


def test_a_search_shows_source_and_paragraph_and_opens_the_place(page: Open) -> None:
    at = page("search")
    at.text_input(key="query").set_value("预算执行率偏低，支出进度慢").run()
    assert re.search(r"—— .+\.(docx|pdf|txt|md) 第\d+段", words(at)) and "zj-hit" in words(at)
    next(one for one in at.button if one.label == "看前后文").click().run()
    assert "zj-near here" in words(at)


def test_a_question_is_answered_and_kept(page: Open) -> None:
    at = page("chat")
    at.chat_input[0].set_value("网络议政征集意见条数为什么扣分").run()
    at.run()
    kept = desk().workspace.messages(state_of(at).report_id)
    assert [message.role for message in kept] == ["user", "assistant"]
    assert "完成率89.20%" in kept[1].text and "完成率89.20%" in words(at)


def test_the_key_of_the_service_is_never_shown(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "geheim-4711")
    shown = words(page("settings"))
    assert "geheim-4711" not in shown and "已设置（不显示）" in shown


def test_a_model_answers_through_the_tools_and_the_page_keeps_it(
    page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an endpoint the agent answers; what left is shown under 设置."""
    with serving(calling("explain_score", {"subject": "总分"}, ["总分", "96.80分。"])) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        at = page("chat")
        at.chat_input[0].set_value("总分怎么来的").run()
        job = desk().jobs.get(f"chat-{state_of(at).report_id}")
        assert job is None or job.wait(30)
        assert "总分96.80分。" in words(at.run())
        assert "总分怎么来的" in words(view(page("settings"), "外发记录", "settings-view"))
