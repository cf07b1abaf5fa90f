"""The main job, end to end: a filled form in, a proven Word report out, with nothing leaving the machine."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import openai_server
import pytest
from conftest import CORPUS, SAMPLE, Result

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.pipeline import Evaluation
from assistant.settings import read_settings

Zhiji = Callable[..., Result]
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    with open_workbench(read_settings()) as workbench:
        read = pipeline.read_figures(str(SAMPLE), io.StringIO().read)
        return workbench.evaluate(read.report, "", read.findings)


@pytest.fixture(scope="module")
def exported(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Word file that the command line makes of the sample."""
    from assistant.cli import main

    out = tmp_path_factory.mktemp("out") / "out.docx"
    assert main(["draft", str(SAMPLE), "--index", str(corpus_index), "-o", str(out)]) == 0
    return out


def test_the_exported_report_is_proven(zhiji: Zhiji, exported: Path) -> None:
    done = zhiji("check", exported, "--report", SAMPLE, "--json")
    proof = json.loads(done.out)
    assert [f["message"] for f in proof["findings"] if f["severity"] == "error"] == []
    assert (done.status, proof["proven"]) == (0, True)


def test_changing_any_one_digit_of_a_figure_is_found_where_it_stands(
    exported: Path, evaluation: Evaluation
) -> None:
    """A seeded sample of all digits of all figures, body and annex; each changed digit lies in the span of an error."""
    text = pipeline.read_text(str(exported), io.StringIO().read)
    places = [
        place
        for match in FIGURE.finditer(text)
        if not numbering(text, match)
        for place in range(*match.span())
        if text[place].isdigit()
    ]
    chance = random.Random(20241231)
    missed = []
    for place in chance.sample(places, min(150, len(places))):
        digit = chance.choice([d for d in "0123456789" if d != text[place]])
        changed = text[:place] + digit + text[place + 1 :]
        found = pipeline.prove_text(changed, evaluation).findings
        if not any(f.severity == "error" and (f.start or 0) <= place < (f.end or 0) for f in found):
            missed.append(
                f"{text[max(0, place - 25) : place]}[{text[place]}→{digit}]{text[place + 1 : place + 12]}"
            )
    assert not missed, f"{len(missed)} of {min(150, len(places))}: " + "\n".join(missed)


def numbering(text: str, match: re.Match[str]) -> bool:
    """Whether a number only counts headings, annexes, list items or document parts and is no figure."""
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 1]
    line_start = text.rfind("\n", 0, match.start()) + 1
    return (
        (text[line_start : match.start()].strip("（( \t") == "" and after in (".", "．", "）", ")", "、"))
        or before.endswith("附件")
        or (before.endswith("：") and after == "." and "附件" in text[line_start : match.start()])
    )


def test_secrets_of_the_confidential_sub_project_do_not_reach_the_file(
    exported: Path, evaluation: Evaluation
) -> None:
    text = pipeline.read_text(str(exported), io.StringIO().read)
    hidden = [p for p in evaluation.report.projects if p.confidential]
    assert hidden
    assert not [i.name for p in hidden for i in p.indicators if i.name in text]
    assert not [p.name for p in hidden if p.name in text]


def test_every_lost_point_is_named_among_the_problems(exported: Path, evaluation: Evaluation) -> None:
    text = pipeline.read_text(str(exported), io.StringIO().read)
    problems = text[text.index("存在的主要问题") : text.index("下一步改进措施")]
    public = {f"projects[{n}]" for n, p in enumerate(evaluation.report.projects) if not p.confidential}
    lost = [
        row.name for row in evaluation.scorecard.rows if row.lost > 0 and row.path.split(".")[0] in public
    ]
    assert lost
    assert [name for name in lost if name not in problems] == []


def test_the_same_report_gives_the_same_words(
    exported: Path, zhiji: Zhiji, corpus_index: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.docx"
    zhiji("draft", SAMPLE, "--index", corpus_index, "-o", again)
    assert again.read_bytes() == exported.read_bytes()


def test_a_library_without_reports_is_said_and_the_draft_still_comes(zhiji: Zhiji, tmp_path: Path) -> None:
    done = zhiji("draft", SAMPLE, "--index", tmp_path / "empty", "-o", tmp_path / "out.docx")
    assert done.status == 0
    assert "资料库" in done.out


def test_nothing_opens_a_socket(zhiji: Zhiji, no_sockets: list[object], tmp_path: Path) -> None:
    """index, search, score, draft and check with every connection refused: none is tried."""
    place = tmp_path / "index"
    small = [p for p in sorted(CORPUS.iterdir()) if p.suffix == ".docx"][:2]
    assert zhiji("index", *small, "--index", place).status == 0
    assert zhiji("search", "预算执行率", "--index", place).status == 0
    assert zhiji("score", SAMPLE).status in (0, 1)
    assert zhiji("draft", SAMPLE, "--index", place, "-o", tmp_path / "o.docx").status == 0
    assert zhiji("check", tmp_path / "o.docx", "--report", SAMPLE).status == 0
    assert no_sockets == []


def test_an_unproven_draft_is_not_written(zhiji: Zhiji, tmp_path: Path, evaluation: Evaluation) -> None:
    """A placeholder in the writer's own reason (C06) makes the draft unprovable: refused, nothing left behind."""
    report = evaluation.report.model_dump(mode="json")
    row = next(r for r in report["projects"][0]["indicators"] if r["deviation_reason"])
    row["deviation_reason"] = "因XX原因"
    path, out = tmp_path / "r.json", tmp_path / "out.docx"
    path.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    assert zhiji("draft", path, "-o", out, "--index", tmp_path / "none").status == 1
    assert not out.exists()
    assert zhiji("draft", path, "-o", out, "--index", tmp_path / "none", "--allow-unproven").status == 1
    assert "未校核稿" in pipeline.read_text(str(out), io.StringIO().read) or out.exists()


@pytest.mark.parametrize("behaviour", ["good", "wrong_digits", "chinese_numerals", "one_bad_sentence"])
def test_a_model_words_the_report_but_no_figure_of_its_own_reaches_the_file(
    zhiji: Zhiji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evaluation: Evaluation, behaviour: str
) -> None:
    """A real server on loopback streams the answers; 77.77, 88.88 and 七成以上 are figures it invents."""
    out = tmp_path / "out.docx"
    with openai_server.serving(behaviour=getattr(openai_server, behaviour)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.port}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("OPENAI_MODEL", "m")
        done = zhiji("draft", SAMPLE, "--writer", "model", "--index", tmp_path / "none", "-o", out)
    text = pipeline.read_text(str(out), io.StringIO().read)
    assert done.status == 0, done
    assert server.requests
    assert all(request["stream"] for request in server.requests)
    assert not [figure for figure in ("77.77", "88.88", "七成") if figure in text]
    assert pipeline.prove_text(text, evaluation).proven


def test_what_goes_to_an_endpoint_elsewhere_holds_no_word_of_a_confidential_sub_project(
    zhiji: Zhiji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evaluation: Evaluation
) -> None:
    with openai_server.serving(behaviour=openai_server.good) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.port}/v1")
        monkeypatch.setenv("OPENAI_MODEL", "m")
        zhiji("draft", SAMPLE, "--writer", "model", "--index", tmp_path / "none", "-o", tmp_path / "o.docx")
    sent = json.dumps(server.requests, ensure_ascii=False)
    hidden = next(p for p in evaluation.report.projects if p.confidential)
    amounts = [str(f.expenditure) for f in hidden.funding] + [str(f.annual_budget) for f in hidden.funding]
    assert not [word for word in (hidden.name, *amounts) if word in sent]
