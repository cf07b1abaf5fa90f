"""The assistant: Chinese requests are understood without a model, and with one nothing false or secret passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bootstrap import SAMPLE, Workbench, open_workbench, secrets_of
from assistant.chat.agent import WITHHELD, Agent
from assistant.chat.filling import Change, Unclear, applied, proposed
from assistant.chat.router import Intent, reply, topic, understand
from assistant.chat.tools import Tools
from assistant.egress import Egress, EgressRefused
from assistant.errors import EndpointError, InvalidReport
from assistant.pipeline import Evaluation, read_figures
from assistant.settings import Settings

from .chat_cases import cases, misunderstood
from .chat_fresh import benches, fresh, missed
from .tool_server import calling, serving


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return open_workbench(Settings(index_dir=tmp_path_factory.mktemp("no-library"), base_url=""))


@pytest.fixture(scope="module")
def evaluation(workbench: Workbench) -> Evaluation:
    return workbench.evaluate(read_figures(str(SAMPLE), str).report)


@pytest.fixture(scope="module")
def tools(workbench: Workbench, evaluation: Evaluation) -> Tools:
    return Tools(evaluation, None, workbench.prompts, lambda: workbench.writer("offline", evaluation))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("你能做什么", Intent.HELP),
        ("校核：全年执行数为297.53万元", Intent.CHECK),
        ("下面这句话对不对：执行率92.40%", Intent.CHECK),
        ("往年怎么写预算执行率偏低", Intent.SEARCH),
        ("帮我找一段公众号稿件质量的写法", Intent.SEARCH),
        ("写存在的主要问题", Intent.DRAFT),
        ("帮我起草下一步改进措施", Intent.DRAFT),
        ("网络议政征集意见条数为什么扣分", Intent.EXPLAIN),
        ("总分是多少", Intent.FIGURE),
        ("协商平台经费的执行率是多少", Intent.FIGURE),
        ("去年的全年预算是多少", Intent.FIGURE),
        ("表里有什么问题", Intent.FINDINGS),
        ("把全年执行数改成300万元", Intent.FILL),
        ("今天天气怎么样", Intent.UNKNOWN),
    ],
)
def test_a_request_is_understood(said: str, intent: Intent) -> None:
    assert understand(said).intent is intent


def test_a_search_is_for_the_matter_not_for_the_asking() -> None:
    assert topic("往年怎么写预算执行率偏低？") == "预算执行率偏低"


def test_a_lost_point_is_explained_with_its_basis_and_the_reason_given(tools: Tools) -> None:
    """2676 of 3000 is 89.20 %, 12 × 0.892 = 10.70 by hand."""
    said = reply("网络议政征集意见条数为什么扣分", tools).text
    assert "完成率89.20%" in said and "10.70分" in said and "接口" not in said and "8月16日" in said


def test_a_figure_is_given_with_its_formula(tools: Tools) -> None:
    """71.82 / 84.00 = 85.50 % by hand."""
    said = reply("委员履职服务经费的执行率是多少", tools).text
    assert "85.50%" in said and "全年执行数÷全年预算数" in said


def test_last_year_is_not_this_year(tools: Tools) -> None:
    said = reply("去年的全年预算是多少", tools).text
    assert said.startswith("上年") and "322.00" not in said


def test_a_wrong_figure_in_a_text_is_named(tools: Tools) -> None:
    said = reply("校核：2024年全年执行数为279.53万元", tools).text
    assert said.startswith("校核未通过") and "297.53" in said


def test_a_section_is_drafted_alone(tools: Tools) -> None:
    said = reply("写存在的主要问题", tools).text
    assert "执行率" in said and "下一步改进措施" not in said


def test_what_is_no_work_of_the_house_is_not_understood(tools: Tools) -> None:
    assert reply("写一首诗", tools).text.startswith("没有听懂")


def test_nearly_all_of_two_hundred_requests_are_understood(evaluation: Evaluation) -> None:
    """At least 95 of 100, each with what it is about: section, length, cell and value, text, format."""
    told = cases()
    wrong = [said for kind, case in told if (said := misunderstood(kind, case, evaluation.report))]
    assert len(told) == 200 and len(wrong) <= 10, wrong


@pytest.mark.parametrize(
    "kind", ["fill", "export", "draft", "rewrite", "search", "score", "check", "compare"]
)
def test_no_request_changes_data_without_a_yes(tools: Tools, evaluation: Evaluation, kind: str) -> None:
    """Every kind of request once: the report is as it was, and what would change something is only proposed."""
    before = evaluation.model_dump_json()
    case = next(case for name, case in cases() if name == kind)
    answer = reply(case["say"], tools)
    assert evaluation.model_dump_json() == before
    assert answer.text and (answer.action is None or answer.action.state == "open")


def test_a_change_is_applied_and_taken_back(evaluation: Evaluation) -> None:
    change = proposed(evaluation.report, "协商平台经费的财政拨款执行数改成190.00万元")
    assert isinstance(change, Change) and (change.before, change.after) == ("188.49", "190.00")
    after = applied(evaluation.report, change)
    assert str(after.projects[0].funding[0].expenditure) == "190.00"
    assert applied(after, change.reversed()) == evaluation.report


def test_a_name_that_fits_several_cells_is_asked_back_with_each(tools: Tools) -> None:
    """财政拨款 stands in all three sub-projects of the sample; each choice leads to its own cell."""
    action = reply("财政拨款执行数改成190.00万元", tools).action
    assert action is not None and len(action.choices) == 3 and action.change is None
    chosen = reply(action.choices[1], tools).action
    assert chosen is not None and chosen.change is not None
    assert chosen.change.path[:2] == ("projects", 1) and chosen.change.after == "190.00"


@pytest.mark.parametrize("voices", ["first", "second", "third"])
def test_requests_in_many_voices_about_three_reports_are_understood(
    workbench: Workbench, voices: str
) -> None:
    """At least 95 of 100 with intent, slots and what the answer must name; follow-ups among them."""
    told, bench = fresh(voices), benches(workbench)
    wrong = [words for case in told if (words := missed(case, bench[case["on"]]))]
    assert len(told) >= 100 and len(wrong) <= len(told) * 0.05, wrong


def test_no_change_or_file_of_many_voices_is_more_than_proposed(workbench: Workbench) -> None:
    """Every request for a change or a file: the reports are as they were, and what is proposed is open."""
    bench = benches(workbench)
    before = {name: tools.evaluation.model_dump_json() for name, tools in bench.items()}
    told = [case for voices in ("first", "second", "third") for case in fresh(voices)]
    asked = [case for case in told if {"fill", "export"} & set(case["want"])]
    answers = [reply(case["say"], bench[case["on"]], case.get("after", ())) for case in asked]
    assert {name: tools.evaluation.model_dump_json() for name, tools in bench.items()} == before
    assert len(asked) > 50 and all(one.action is None or one.action.state == "open" for one in answers)


def test_a_cell_that_somebody_changed_meanwhile_is_not_overwritten(evaluation: Evaluation) -> None:
    change = proposed(evaluation.report, "协商议事活动场次改成7场")
    assert isinstance(change, Change)
    with pytest.raises(InvalidReport, match="应当仍是"):
        applied(applied(evaluation.report, change), change)


@pytest.mark.parametrize("said", ["把那个改成7场吧", "把权重改成很多"])
def test_a_change_that_is_not_clear_is_asked_back(evaluation: Evaluation, said: str) -> None:
    assert isinstance(proposed(evaluation.report, said), Unclear)


def test_another_wording_says_the_same_figures(tools: Tools) -> None:
    plain, other = (reply(said, tools).text for said in ("写财政支出情况", "换个说法写资金情况"))
    assert plain != other and "校核通过" in other


def test_a_short_section_is_shorter(tools: Tools) -> None:
    assert len(reply("把存在问题写短一点", tools).text) < len(reply("写存在的主要问题", tools).text)


def test_data_are_never_changed(tools: Tools, evaluation: Evaluation) -> None:
    before = evaluation.model_dump_json()
    answer = reply("把协商议事活动场次改成7场", tools)
    assert answer.action is not None and "由“6场”改为“7场”" in answer.text
    assert evaluation.model_dump_json() == before


def test_what_it_cannot_do_is_said(tools: Tools) -> None:
    assert "没有听懂" in reply("今天天气怎么样", tools).text


def test_an_empty_library_is_said(tools: Tools) -> None:
    assert "资料库还是空的" in reply("往年怎么写预算执行率偏低", tools).text


def agent_for(url: str, record: Path, bench: Workbench, tools: Tools, *, local: bool = True) -> Agent:
    settings = Settings(base_url=url, model="m", api_key="k", timeout=10)
    secrets = secrets_of(tools.evaluation.report)
    return Agent(settings, Egress(record, url, local=local, secrets=secrets), bench.prompts, tools)


def test_the_model_calls_a_tool_and_its_answer_is_streamed(
    workbench: Workbench, tools: Tools, tmp_path: Path
) -> None:
    """The tool's result, computed here, is what the second request carries."""
    with serving(
        calling("explain_score", {"subject": "网络议政征集意见条数"}, ["得了", "10.70分。"])
    ) as server:
        agent = agent_for(server.base_url, tmp_path / "out.jsonl", workbench, tools)
        pieces = list(agent.stream([], "为什么扣分"))
    assert "".join(pieces) == "得了10.70分。" and len(pieces) > 1
    assert "完成率89.20%" in str(server.requests[1]["messages"])


def test_a_figure_of_the_models_own_is_named(workbench: Workbench, tools: Tools, tmp_path: Path) -> None:
    agent = agent_for("http://127.0.0.1:9/v1", tmp_path / "out.jsonl", workbench, tools)
    assert "请勿采用：77.77万元" in agent.checked("全年执行数为77.77万元。").text


def test_thinking_is_not_part_of_the_answer(workbench: Workbench, tools: Tools, tmp_path: Path) -> None:
    with serving(calling("list_findings", {}, ["<think>先想想</th", "ink>没有问题。"])) as server:
        agent = agent_for(server.base_url, tmp_path / "out.jsonl", workbench, tools)
        assert agent.checked("".join(agent.stream([], "有问题吗"))).text == "没有问题。"


def test_everything_sent_is_on_record(workbench: Workbench, tools: Tools, tmp_path: Path) -> None:
    """Each call of the model is one entry, holding the words that the server received."""
    record = tmp_path / "out.jsonl"
    with serving(calling("explain_score", {"subject": "协商平台经费"}, ["好。"])) as server:
        agent = agent_for(server.base_url, record, workbench, tools)
        list(agent.stream([], "协商平台经费几分"))
    released = agent.egress.released()
    assert len(released) == len(server.requests) == 2
    assert "协商平台经费几分" in released[0]["text"]


def test_a_secret_never_reaches_a_service_elsewhere(
    workbench: Workbench, tools: Tools, tmp_path: Path
) -> None:
    """Asked in other words about the 保密 sub-project, the tool's answer is withheld from the model."""
    with serving(calling("explain_score", {"subject": "专项工作的经费"}, ["好。"])) as server:
        agent = agent_for(server.base_url, tmp_path / "out.jsonl", workbench, tools, local=False)
        list(agent.stream([], "专项工作的经费得了几分"))
    sent = str(server.requests)
    assert WITHHELD in sent and not any(secret in sent for secret in agent.egress.secrets)


def test_a_question_that_holds_a_secret_does_not_leave(
    workbench: Workbench, tools: Tools, tmp_path: Path
) -> None:
    secret = next(project.name for project in tools.evaluation.report.projects if project.confidential)
    with serving(calling("list_findings", {}, ["好。"])) as server:
        agent = agent_for(server.base_url, tmp_path / "out.jsonl", workbench, tools, local=False)
        with pytest.raises(EgressRefused):
            list(agent.stream([], f"{secret}得了几分"))
    assert server.requests == []


def test_a_service_that_is_not_there_is_said(workbench: Workbench, tools: Tools, tmp_path: Path) -> None:
    agent = agent_for("http://127.0.0.1:9/v1", tmp_path / "out.jsonl", workbench, tools)
    with pytest.raises(EndpointError, match="没有正常答复"):
        list(agent.stream([], "你好"))


def test_the_model_can_narrow_a_search_and_ask_for_problems(
    workbench: Workbench, tools: Tools, tmp_path: Path
) -> None:
    """What the model is offered names the year and the unit of a search, and every tool of the router."""
    with serving(calling("problems", {}, ["好。"])) as server:
        agent = agent_for(server.base_url, tmp_path / "out.jsonl", workbench, tools)
        list(agent.stream([], "有哪些问题"))
    offered = {one["function"]["name"]: one["function"]["parameters"] for one in server.requests[0]["tools"]}
    assert {"query", "section", "year", "unit"} <= set(offered["search"]["properties"])
    assert "预算执行率偏低" in str(server.requests[1]["messages"])
    assert {"way_up", "standing", "propose_export"} <= set(offered)
