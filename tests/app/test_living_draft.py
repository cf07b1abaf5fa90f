"""A draft on the page: edited in place, locked, restored, and brought up to date when a figure changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain.draft import Draft, SentenceOrigin
from assistant.drafting.living import Place, paragraph_at
from assistant.ui.desk import desk
from assistant.ui.drafting_job import key_of
from assistant.ui.state import State

from .conftest import words

Open = Callable[[str], AppTest]


def state_of(at: AppTest) -> State:
    state: State = at.session_state["state"]
    return state


def latest(at: AppTest) -> Draft:
    entry = desk().workspace.latest_draft(state_of(at).report_id)
    assert entry is not None
    return entry.draft


def place_of(draft: Draft, figure: str) -> Place:
    return next(
        (section.id, p.id)
        for section in draft.sections
        for p in section.paragraphs
        for s in p.sentences
        for b in s.bindings
        if s.text[b.start : b.end] == figure
    )


@pytest.fixture
def editing(page: Open) -> AppTest:
    """The page with a draft, 修改文稿 switched on."""
    at = page("draft")
    at.button(key="draft").click().run()
    assert desk().standing.wait(key_of(state_of(at).report_id), 30)
    at.run()
    return at.toggle(key="edit-mode").set_value(True).run()


def open_paragraph(at: AppTest, place: Place) -> AppTest:
    return at.button(key="edit-" + "-".join(place)).click().run()


def change_figure(at: AppTest, actual: str) -> AppTest:
    """Save another actual value of 网络议政征集意见条数."""
    state = state_of(at)
    told = state.edited.model_dump(mode="json")
    told["projects"][0]["indicators"][2]["actual"] = actual
    state.replace(type(state.edited).model_validate(told))
    state.save(desk())
    return at.run()


def test_a_wrong_figure_typed_by_hand_is_found_and_refused(editing: AppTest) -> None:
    """2676条 becomes 2976条 by hand: the draft is no longer proven, and the figure is named."""
    place = place_of(latest(editing), "2676条")
    at = open_paragraph(editing, place)
    area = at.text_area[0]
    area.set_value(area.value.replace("2676条", "2976条")).run()
    at.button(key="save-words").click().run()
    draft = latest(at)
    assert not draft.proven and "2976条" in words(at) and "不能导出正式稿" in words(at)


def test_one_click_puts_the_right_figure_back(editing: AppTest) -> None:
    """92.40% becomes 97.40% by hand; 改为“92.40%” makes the draft proven again, word for word."""
    before = latest(editing)
    place = place_of(before, "92.40%")
    at = open_paragraph(editing, place)
    area = at.text_area[0]
    area.set_value(area.value.replace("92.40%", "97.40%")).run()
    at.button(key="save-words").click().run()
    assert not latest(at).proven
    while not latest(at).proven:
        at.button(key="right-0").click().run()
    assert latest(at).text == before.text and not at.exception


def test_a_new_session_opens_what_was_last_worked_on(editing: AppTest, page: Open) -> None:
    """Not what the last job brought forth: the words typed by hand after it are there after a reload."""
    at = open_paragraph(editing, place_of(latest(editing), "2676条"))
    at.text_area[0].set_value("另写一段。").run()
    at.button(key="save-words").click().run()
    assert "另写一段。" in words(page("draft"))


def test_one_click_takes_a_sentence_out(editing: AppTest) -> None:
    """A made-up figure in a sentence of its own: 删去这一句 leaves the rest as it was."""
    before = latest(editing)
    place = place_of(before, "2676条")
    at = open_paragraph(editing, place)
    at.text_area[0].set_value(at.text_area[0].value + "另有8888条。").run()
    at.button(key="save-words").click().run()
    at.button(key="out-0").click().run()
    assert latest(at).text == before.text and latest(at).proven


def test_words_typed_by_hand_are_marked_and_proven(editing: AppTest) -> None:
    place = place_of(latest(editing), "2676条")
    at = open_paragraph(editing, place)
    at.text_area[0].set_value("全年网络议政征集意见2676条，完成率89.20%。").run()
    at.button(key="save-words").click().run()
    paragraph = paragraph_at(latest(at), place)
    assert paragraph is not None and paragraph.sentences[0].origin is SentenceOrigin.HUMAN
    assert "人工修改" in words(at)


def test_a_paragraph_goes_back_to_its_earlier_words(editing: AppTest) -> None:
    place = place_of(latest(editing), "2676条")
    before = paragraph_at(latest(editing), place)
    at = open_paragraph(editing, place)
    at.text_area[0].set_value("另写一段。").run()
    at.button(key="save-words").click().run()
    at = open_paragraph(at, place)
    at.button(key="back").click().run()
    assert paragraph_at(latest(at), place) == before


def test_a_locked_paragraph_is_stale_after_a_figure_changed_and_the_others_follow(editing: AppTest) -> None:
    place = place_of(latest(editing), "2676条")
    at = open_paragraph(editing, place)
    at.button(key="lock").click().run()
    at = change_figure(at, "2700条")
    assert "数据改过" in words(at)
    at.button(key="renew").click().run()
    draft = latest(at)
    assert "2676条" in paragraph_at(draft, place).text  # type: ignore[union-attr]
    assert "已过期" in words(at)
    assert "2700条" in draft.text and not at.exception


def test_without_locks_the_renewed_draft_is_proven_again(editing: AppTest) -> None:
    at = change_figure(editing, "2700条")
    at.button(key="renew").click().run()
    draft = latest(at)
    assert draft.proven, [found.message for found in draft.findings]


def test_the_versions_are_compared_word_by_word(editing: AppTest) -> None:
    at = change_figure(editing, "2700条")
    at.button(key="renew").click().run()
    assert "<del>2676条</del><ins>2700条</ins>" in words(at)
