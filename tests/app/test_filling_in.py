"""填数据 as it is used: targets shown back as they are read, every change saved by itself, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain.evidence import Evidence
from assistant.domain.indicator import Indicator
from assistant.domain.report import Project, Report
from assistant.errors import FileMissing
from assistant.ui.desk import desk
from assistant.ui.evidence_files import evidence_bytes
from assistant.ui.readings import readings
from assistant.ui.state import State

from .conftest import words

Open = Callable[[str], AppTest]


def state_of(at: AppTest) -> State:
    state: State = at.session_state["state"]
    return state


def saved(at: AppTest) -> Report:
    return desk().workspace.report(state_of(at).report_id)[0]


@pytest.mark.parametrize(
    ("target", "dimension", "told"),
    [
        ("≥95%", "质量指标", "≥ 95 %"),
        ("95%", "质量指标", "≥ 95 %（没有写符号，推定）"),
        ("不超过12万元", "成本指标", "≤ 12 万元"),
        ("1-2篇", "数量指标", "1 至 2 篇"),
        ("约550人", "数量指标", "＝ 550 人，约数（没有写符号，推定）"),
        ("2024年6月底前", "时效指标", "不晚于 2024-06-30"),
        ("", "数量指标", "未填"),
        ("机制健全", "社会效益指标", "定性，按档次评分"),
    ],
)
def test_a_target_is_shown_back_as_it_is_read(target: str, dimension: str, told: str) -> None:
    row = Indicator(name="某项", dimension=dimension, annual_target=target)
    report = Report(year=2024, projects=(Project(indicators=(row,)),))
    assert readings(report, 0)[0].target_read == told


def test_the_readings_follow_what_is_typed(page: Open) -> None:
    """A target typed without a sign is on the page at once, marked 推定."""
    at = page("figures")
    state = state_of(at)
    told = state.edited.model_dump(mode="json")
    told["projects"][0]["indicators"][0]["annual_target"] = "7场"
    state.commit(Report.model_validate(told))
    at.run()
    assert "＝ 7 场（没有写符号，推定）" in words(at) and "zj-fault" not in words(at)


def test_a_change_is_there_after_a_reload(page: Open) -> None:
    """Nobody pressed anything: a new session shows what was typed."""
    at = page("figures")
    at.text_area[0].set_value("改过的目标").run()
    assert "已自动保存" in words(at)
    assert page("figures").text_area[0].value == "改过的目标"


def test_changes_are_taken_back_one_by_one(page: Open) -> None:
    at = page("figures")
    first = at.text_area[0].value
    at.text_area[0].set_value("第一次").run()
    at.text_area[0].set_value("第二次").run()
    at.button(key="undo").click().run()
    assert at.text_area[0].value == "第一次"
    at.button(key="undo").click().run()
    assert at.text_area[0].value == first and saved(at).projects[0].goal.expected == first
    assert at.button(key="undo").disabled


def test_a_deleted_subproject_is_brought_back(page: Open) -> None:
    at = page("figures")
    names = [project.name for project in saved(at).projects]
    next(one for one in at.button if one.label == "删除此子项目").click().run()
    assert len(saved(at.run()).projects) == len(names) - 1
    at.button(key="undo").click().run()
    assert [project.name for project in saved(at.run()).projects] == names


def test_evidence_is_kept_named_in_its_row_and_opened_again(page: Open) -> None:
    """A photo for the second indicator: saved in the report by its SHA-256, its bytes come back, gone when taken out."""
    at = page("figures")
    at.session_state["evidence-open-0"] = True
    at.run()
    rows = len(saved(at).projects[0].indicators)
    at.selectbox(key=f"evidence-row-0-{rows}").set_value(1).run()
    uploader = next(one for one in at.file_uploader if str(one.key).startswith("evidence-0-"))
    uploader.set_value([("播出单.txt", "第3期已播".encode(), "text/plain")]).run()
    at.button(key="evidence-add-0").click().run()
    kept = saved(at.run()).projects[0].indicators[1].evidence
    assert [one.file for one in kept][-1] == "播出单.txt" and "播出单.txt" in words(at)
    folder = desk().settings.data_dir / "evidence"
    assert evidence_bytes(kept[-1], folder).decode() == "第3期已播"
    at.button(key=f"evidence-drop-0-1-{len(kept) - 1}").click().run()
    assert saved(at.run()).projects[0].indicators[1].evidence == kept[:-1]


def test_a_file_that_was_changed_is_not_given_out_as_evidence(tmp_path: Path) -> None:
    """The SHA-256 of the row is that of the file that was handed over, no other."""
    (tmp_path / "abc").write_bytes(b"other")
    with pytest.raises(FileMissing):
        evidence_bytes(Evidence(file="播出单.txt", sha256="abc"), tmp_path)
