"""The command line keeps its contract: verbs, JSON, exit statuses, and one Chinese line for bad input."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CORPUS, SAMPLE, Result

from assistant.search.embedding import SHIPPED

Zhiji = Callable[..., Result]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One project: 43.2 of 43.2 budgeted, 37.24 spent (a published form of 2019), one missed indicator."""
    path = tmp_path / "report.json"
    indicator = {
        "category": "产出指标",
        "dimension": "数量指标",
        "name": "推文篇数",
        "annual_target": "≥1000篇",
        "actual": "892篇",
    }
    benefit = {
        "category": "效益指标",
        "dimension": "社会效益指标",
        "name": "阅读覆盖率",
        "annual_target": "≥80%",
        "actual": "85%",
    }
    data = {
        "unit_name": "云溪市教育局",
        "title": "宣传项目",
        "year": 2024,
        "kind": "project",
        "projects": [
            {
                "name": "宣传项目",
                "funding": [
                    {
                        "source": "财政拨款",
                        "initial_budget": "43.2",
                        "annual_budget": "43.2",
                        "expenditure": "37.24",
                    }
                ],
                "indicators": [{**indicator, "weight": "10"}, {**benefit, "weight": "80"}],
            }
        ],
    }
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def test_score_prints_the_contract(zhiji: Zhiji, report: Path) -> None:
    """37.24/43.2 = 86.20 %, 8.62 of 10; 892 of 1000 = 8.92 of 10; total 8.62 + 8.92 + 80 = 97.54."""
    card = json.loads(zhiji("score", report, "--json").out)
    assert card["execution"] == {
        "annual_budget": "43.20",
        "expenditure": "37.24",
        "rate": "86.20",
        "score": "8.62",
    }
    assert [row["score"] for row in card["rows"]] == ["8.92", "80.00"]
    assert (card["total_score"], card["grade"], card["rules"]) == ("97.54", "优", "mof-2020")
    assert set(card) >= {
        "rules",
        "rows",
        "execution",
        "subtotals",
        "total_score",
        "grade",
        "waterfall",
        "findings",
    }
    assert set(card["rows"][0]) == {"path", "name", "weight", "score", "completion_rate", "basis"}


def test_intake_prints_report_computed_and_findings(zhiji: Zhiji) -> None:
    read = json.loads(zhiji("intake", SAMPLE, "--json").out)
    assert set(read) == {"report", "computed", "findings"}
    assert [project["confidential"] for project in read["report"]["projects"]] == [False, False, True]


def test_the_sample_has_spent_92_40_percent(zhiji: Zhiji) -> None:
    assert json.loads(zhiji("score", SAMPLE, "--json").out)["execution"]["rate"] == "92.40"


def test_a_finding_has_the_keys_of_the_contract(zhiji: Zhiji, report: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("宣传项目全年预算数43.20万元，全年执行数38.24万元。", "utf-8")
    done = zhiji("check", text, "--report", report, "--json")
    proof = json.loads(done.out)
    assert (done.status, proof["proven"]) == (1, False)
    assert set(proof) == {"proven", "findings", "report_findings"}
    finding = proof["findings"][0]
    assert set(finding) == {
        "rule",
        "severity",
        "message",
        "remedy",
        "start",
        "end",
        "text",
        "observed",
        "expected",
    }
    assert "38.24" in text.read_text("utf-8")[finding["start"] : finding["end"]]


def test_a_true_text_is_proven(zhiji: Zhiji, report: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("宣传项目全年预算数43.20万元，全年执行数37.24万元，预算执行率86.20%。", "utf-8")
    assert zhiji("check", text, "--report", report).status == 0


def test_search_prints_hits_of_the_contract(zhiji: Zhiji, corpus_index: Path) -> None:
    hits = json.loads(zhiji("search", "预算执行率偏低", "--index", corpus_index, "--json").out)
    assert [hit["rank"] for hit in hits] == list(range(1, 11))
    assert set(hits[0]) == {
        "rank",
        "score",
        "text",
        "source",
        "first_paragraph",
        "last_paragraph",
        "section",
        "unit_name",
        "year",
    }


def test_many_queries_give_one_list_a_line_in_their_order(
    zhiji: Zhiji, corpus_index: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"q": "满意度未达标", "id": 1}\n{"q": "验收滞后"}\n', "utf-8")
    lines = zhiji(
        "search", "--queries", queries, "--index", corpus_index, "--limit", "3", "--json"
    ).out.splitlines()
    assert [len(json.loads(line)) for line in lines] == [3, 3]


def test_search_without_hits_says_why_and_exits_0(zhiji: Zhiji, corpus_index: Path) -> None:
    done = zhiji("search", "预算", "--unit", "不存在的单位", "--index", corpus_index)
    assert done.status == 0
    assert done.out.strip()


def test_a_blank_form_is_read_back_without_a_traceback(zhiji: Zhiji, tmp_path: Path) -> None:
    assert zhiji("form", "--blank", "-o", tmp_path / "blank.xlsx").status == 0
    assert zhiji("intake", tmp_path / "blank.xlsx").status in (0, 1)


@pytest.mark.parametrize(
    "verb",
    [("schema",), ("rules", "--json"), ("rules", "mof-2020", "--json"), ("rules", "--findings", "--json")],
)
def test_verbs_for_programs_print_json_and_nothing_else(zhiji: Zhiji, verb: tuple[str, ...]) -> None:
    assert json.loads(zhiji(*verb).out)


BROKEN = ("缺.json", "坏.xlsx", "空.xlsx", "空.json", "图.png", "坏.json", "文件夹")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder of things that are no report."""
    for name, content in {
        "坏.xlsx": b"PK\x03\x04 no zip",
        "空.xlsx": b"",
        "空.json": b"",
        "图.png": b"\x89PNG",
        "坏.json": b"{",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "文件夹").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("verb", ["intake", "score", "draft", "check", "form"])
def test_bad_input_gives_one_chinese_line_and_status_2(
    zhiji: Zhiji, broken: Path, verb: str, name: str
) -> None:
    out = broken / "out.xlsx" if verb == "form" else broken / "out.docx"
    extra = ["-o", out] if verb in ("draft", "form") else []
    done = zhiji(verb, broken / name, *extra)
    assert_one_chinese_line(done)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("index", "没有这个文件夹"),
        ("search", "预算", "--index", "没有这个资料库"),
        ("search",),
        ("search", "预算", "--limit", "零"),
        ("search", "--queries", "没有.jsonl"),
        ("score", SAMPLE, "--rules", "没有这套规则"),
        ("rules", "没有这套规则"),
        ("draft", SAMPLE, "-o", "没有这个文件夹/out.docx"),
        ("draft", SAMPLE, "-o", "out.exe"),
        ("draft", SAMPLE, "--section", "没有这部分"),
        ("draft", SAMPLE, "--writer", "model"),
        ("draft", SAMPLE, "--length", "超长"),
        ("form", "--blank", "-o", "没有这个文件夹/form.xlsx"),
        ("app", "--port", "99999"),
        ("没有这个命令",),
        (),
    ],
    ids=lambda words: " ".join(str(word) for word in words)[-40:] or "(nothing)",
)
def test_wrong_use_gives_one_chinese_line_and_status_2(
    zhiji: Zhiji, words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_one_chinese_line(zhiji(*words))
    assert list(tmp_path.iterdir()) == []


def test_with_json_an_error_is_json_too(zhiji: Zhiji) -> None:
    done = zhiji("score", "没有.json", "--json")
    error = json.loads(done.out)["error"]
    assert (done.status, error["code"]) == (2, "file_missing")
    assert set(error) == {"code", "message", "remedy"}


def test_wrong_data_names_place_bound_and_what_came(zhiji: Zhiji, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(
        '{"projects": [{"name": "甲", "funding": [{"source": "财政拨款", "annual_budget": "十万"}]}]}',
        "utf-8",
    )
    err = zhiji("score", path).err
    assert "projects[0].funding[0].annual_budget" in err
    assert "数字" in err
    assert "十万" in err


def assert_one_chinese_line(done: Result) -> None:
    assert done.status == 2, done
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert any("一" <= char <= "鿿" for char in done.err)
    assert "Traceback" not in done.err


def test_an_index_of_another_model_is_refused(
    zhiji: Zhiji, corpus_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped model with one changed value is another model; the index is not searched with it."""
    other = tmp_path / "other-model"
    shutil.copytree(SHIPPED, other)
    weights = other / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x3c")
    monkeypatch.setenv("ZHIJI_EMBEDDING_MODEL", str(other))
    assert_one_chinese_line(zhiji("search", "预算", "--index", corpus_index))


def test_a_model_that_is_not_there_is_refused(
    zhiji: Zhiji, corpus_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIJI_EMBEDDING_MODEL", "没有这个模型")
    assert_one_chinese_line(zhiji("search", "预算", "--index", corpus_index))


def test_a_file_where_the_index_should_be_is_refused(zhiji: Zhiji, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    assert_one_chinese_line(zhiji("index", CORPUS, "--index", place))
    assert place.read_text() == ""
