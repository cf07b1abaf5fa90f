"""A draft worked on part by part: rewritten, fed with past sentences, seen by its outline and its coverage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain.draft import Draft
from assistant.drafting.living import Place, paragraph_at
from assistant.drafting.rewriting import with_past_sentence
from assistant.ui.desk import desk
from assistant.ui.draft_coverage import coverage
from assistant.ui.draft_outline import states_of
from assistant.ui.drafting_job import key_of
from assistant.ui.state import State

from .conftest import words

Open = Callable[[str], AppTest]
PROBLEM: Place = ("problems", "problems.pair-quantity")
MEASURE: Place = ("measures", "measures.pair-quantity")


def state_of(at: AppTest) -> State:
    state: State = at.session_state["state"]
    return state


def latest(at: AppTest) -> Draft:
    entry = desk().workspace.latest_draft(state_of(at).report_id)
    assert entry is not None
    return entry.draft


def said(at: AppTest, place: Place = MEASURE) -> str:
    paragraph = paragraph_at(latest(at), place)
    assert paragraph is not None
    return paragraph.text


def section_text(draft: Draft, section: str) -> str:
    return "\n".join(p.text for one in draft.sections if one.id == section for p in one.paragraphs)


@pytest.fixture
def open_measure(page: Open) -> AppTest:
    """The page with a draft, the measure about 网络议政征集意见条数 open for editing."""
    at = page("draft")
    at.button(key="draft").click().run()
    assert desk().standing.wait(key_of(state_of(at).report_id), 30)
    at.run()
    at.toggle(key="edit-mode").set_value(True).run()
    return at.button(key="edit-" + "-".join(MEASURE)).click().run()


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception and "zj-fault" not in words(at).split("zj-paper")[0]
    return at


def test_a_paragraph_is_shortened_and_lengthened_and_stays_proven(open_measure: AppTest) -> None:
    """Shorter, then longer than that; both drafts are proven and nothing else has changed."""
    before, long = latest(open_measure), said(open_measure)
    short = said(press(open_measure, "short-" + "-".join(MEASURE)))
    assert len(short) < len(long) and latest(open_measure).proven
    assert section_text(latest(open_measure), "problems") == section_text(before, "problems")
    assert len(said(press(open_measure, "long-" + "-".join(MEASURE)))) > len(short)
    assert latest(open_measure).proven


def test_other_words_are_other_words_each_time(open_measure: AppTest) -> None:
    """换个说法 twice: three wordings that differ, with the same figures bound."""
    at = press(open_measure, "leave")
    press(at, "edit-" + "-".join(PROBLEM))
    seen = [said(at, PROBLEM)]
    for _ in range(2):
        seen.append(said(press(at, "other-" + "-".join(PROBLEM)), PROBLEM))
    assert len(set(seen)) == 3 and latest(open_measure).proven


def test_writing_from_the_figures_puts_back_what_was_typed_over(open_measure: AppTest) -> None:
    """按数据重写 after a paragraph was typed over: the words of the figures are there again."""
    before = said(open_measure)
    open_measure.text_area[0].set_value("另写一段。").run()
    press(open_measure, "save-words")
    press(open_measure, "edit-" + "-".join(MEASURE))
    assert said(press(open_measure, "again-" + "-".join(MEASURE))) == before


def test_what_is_typed_is_not_lost_to_a_rewriting(open_measure: AppTest) -> None:
    """With words typed and not saved the buttons that would write over them are off."""
    open_measure.text_area[0].set_value("另写一段。").run()
    assert open_measure.button(key="short-" + "-".join(MEASURE)).disabled


def test_a_section_is_shortened_around_what_is_locked(open_measure: AppTest) -> None:
    """写短 of 存在的主要问题 leaves its heading, a locked paragraph elsewhere, and the proof."""
    press(open_measure, "lock")
    kept = said(open_measure)
    open_measure.selectbox(key="outline-section").set_value("measures").run()
    before = section_text(latest(open_measure), "measures")
    press(open_measure, "short-measures-")
    after = section_text(latest(open_measure), "measures")
    assert len(after) < len(before) and after.startswith("四、") and said(open_measure) == kept


def test_a_past_sentence_comes_in_with_its_citation(open_measure: AppTest) -> None:
    """用这句 adds the sentence at the end; the list of citations has its source."""
    at = open_measure
    at.session_state["past-" + "-".join(MEASURE)] = True
    at.run()
    before = len(said(at))
    button = next(one for one in at.button if one.label == "用这句")
    press(at, str(button.key))
    taken = paragraph_at(latest(at), MEASURE).sentences[-1]  # type: ignore[union-attr]
    assert len(said(at)) == before + len(taken.text) and taken.citations
    assert taken.citations[0].source in words(at)


def test_a_past_figure_that_is_not_ours_is_refused(open_measure: AppTest) -> None:
    """A past sentence with a figure of then: the gate names it."""
    from assistant import pipeline
    from assistant.domain.passage import Citation

    evaluation = desk().evaluate(state_of(open_measure).saved)
    cited = Citation(source="往年.docx", first_paragraph=3, last_paragraph=3)
    draft = with_past_sentence(latest(open_measure), MEASURE, "全年征集意见2411条。", cited, evaluation.facts)
    proven = pipeline.prove_draft(draft, evaluation)
    assert not proven.proven and any("2411条" in found.text for found in proven.findings)


def test_the_outline_tells_the_state_of_each_section(open_measure: AppTest) -> None:
    """已起草, 待补充 where the inputs are silent, 已锁定 once the section is locked, 过期 once its figures changed."""
    at = open_measure
    at.selectbox(key="outline-section").set_value("measures").run()
    press(at, "lock-section")
    report = state_of(at).saved
    told = report.model_dump(mode="json")
    told["projects"][0]["indicators"][2]["actual"] = "2700条"
    facts = desk().evaluate(type(report).model_validate(told)).facts
    states = {one.id: " ".join(states_of(one, facts)) for one in latest(at).sections}
    assert "已锁定" in states["measures"] and "过期" in states["problems"]
    assert "待补充" in states["management"] and states["analysis"] == "已起草"
    assert "提纲" in str([tab.label for tab in at.tabs]) and "已锁定" in words(at)


def test_the_coverage_map_finds_the_measure_that_is_not_written(open_measure: AppTest) -> None:
    """Every indicator of the open sub-projects that lost points has both; without the section, each lacks its measure."""
    draft = latest(open_measure)
    evaluation = desk().evaluate(state_of(open_measure).saved)
    open_names = {p.name for p in evaluation.report.projects if not p.confidential}
    lost = {row.name for row in evaluation.scorecard.rows if row.lost > 0 and row.project in open_names}
    whole = [row for row in coverage(draft, evaluation) if row.name in lost]
    assert {row.name for row in whole} == lost and all(row.problem and row.measure for row in whole)
    cut = draft.model_copy(update={"sections": tuple(s for s in draft.sections if s.id != "measures")})
    assert not any(row.measure for row in coverage(cut, evaluation))
