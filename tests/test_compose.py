"""Composing: slots are filled and bound, numbers run, unknown slots are refused, input is never a template."""

from __future__ import annotations

import pytest
from drafting_cases import Case, case_of, past, project, report, row, sample

from assistant.domain.draft import ParagraphStyle, Sentence
from assistant.domain.facts import Fact, Facts, Role
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import ReportKind
from assistant.drafting.compose import compose_draft, title_of
from assistant.drafting.numbering import Numbering, chinese
from assistant.drafting.offline_writer import OfflineWriter
from assistant.drafting.phrases import Wording
from assistant.drafting.slots import SlottedSentence, UnknownSlot, Values
from assistant.drafting.writer import Brief, Point

FACTS = Facts(
    items=(
        Fact(
            id="all.rate",
            role=Role.EXECUTION_RATE,
            label="预算执行率",
            value="92.40",  # type: ignore[arg-type]
            unit="%",
            shown="92.40%",
        ),
    )
)


def filled(text: str, texts: dict[str, str] | None = None) -> Sentence:
    return Values(FACTS, texts or {}, {"cause": "原因"}).fill(SlottedSentence(text=text))


def drafted(case: Case, *points: Point) -> str:
    brief = Brief(id="x", title="某节", points=points)
    return compose_draft([brief], OfflineWriter(), FACTS, case.report).text


def test_a_binding_covers_exactly_the_figure() -> None:
    sentence = filled("预算执行率为{{all.rate}}，较好。")
    bound = sentence.bindings[0]
    assert (sentence.text[bound.start : bound.end], bound.fact_id) == ("92.40%", "all.rate")


def test_every_binding_of_a_draft_shows_its_fact() -> None:
    """Running numbers are put before sentences; the bindings must have moved along."""
    facts = sample().facts.by_id()
    sentences = [s for p in sample().draft().paragraphs for s in p.sentences]
    shown = [(s.text[b.start : b.end], facts[b.fact_id].shown) for s in sentences for b in s.bindings]
    assert len(shown) > 150
    assert [pair for pair in shown if pair[0] != pair[1]] == []


def test_an_unknown_slot_is_refused_by_name() -> None:
    with pytest.raises(UnknownSlot, match=r"p9\.rate"):
        filled("执行率为{{p9.rate}}。")


def test_what_the_user_wrote_is_never_a_template() -> None:
    """A reason that looks like a slot stays as it was typed."""
    sentence = filled("原因：{{p1.i1.reason}}。", {"p1.i1.reason": "见{{all.rate}}和$name"})
    assert (sentence.text, sentence.bindings) == ("原因：见{{all.rate}}和$name。", ())


def test_what_is_pending_is_marked() -> None:
    assert filled("原因：{{pending.cause}}。").text == "原因：（待补充）。"


def test_numbers_run_as_in_official_documents() -> None:
    """GB/T 9704: 一、 （一） 1. （1）, each level counted anew under the one above."""
    numbering = Numbering()
    levels = (1, 2, 3, 4, 4, 3, 2, 1, 2)
    assert [numbering.next(n) for n in levels] == [
        "一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "二、", "（一）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")]
)
def test_a_count_in_chinese(count: int, words: str) -> None:
    assert chinese(count) == words


def test_a_point_without_words_leaves_no_empty_paragraph() -> None:
    text = drafted(
        sample(), Point(id="a", number=2), Point(id="b", number=2, wordings=(Wording(choices=("在。",)),))
    )
    assert "（一）在。" in text.splitlines()


@pytest.mark.parametrize(
    ("title", "kind", "wanted"),
    [
        ("读书驿站项目", "project", "青禾县文化馆2024年度读书驿站项目绩效自评报告"),
        ("读书驿站", "project", "青禾县文化馆2024年度读书驿站项目绩效自评报告"),
        ("", "project", "青禾县文化馆2024年度读书驿站项目绩效自评报告"),
        ("", "department", "青禾县文化馆2024年度部门整体支出绩效自评报告"),
        ("青禾县文化馆2024年报告", "project", "青禾县文化馆2024年报告"),
    ],
)
def test_the_title_is_unit_year_and_name(title: str, kind: str, wanted: str) -> None:
    given = report(project(row("场次", "≥6场", "6场", "90")), title=title, kind=ReportKind(kind))
    assert title_of(given) == wanted


def test_the_date_is_pending_until_it_is_given() -> None:
    case = case_of(report(project(row("场次", "≥6场", "6场", "90"))))
    briefs = case.briefs()
    dated = compose_draft(briefs, OfflineWriter(), case.facts, case.report, date="2025年3月18日")
    assert dated.signature == ("青禾县文化馆", "2025年3月18日")
    assert case.draft().signature == ("青禾县文化馆", "（待补充）")


def test_sentences_are_told_in_the_order_of_the_draft() -> None:
    told: list[str] = []
    case = sample()
    draft = compose_draft(
        case.briefs(), OfflineWriter(), case.facts, case.report, on_sentence=lambda _, s: told.append(s.text)
    )
    assert told == [s.text for p in draft.paragraphs for s in p.sentences]


def test_progress_ends_with_all_sections_done() -> None:
    steps: list[tuple[int, int]] = []
    case = sample()
    compose_draft(
        case.briefs(),
        OfflineWriter(),
        case.facts,
        case.report,
        on_progress=lambda d, t, _: steps.append((d, t)),
    )
    assert steps == [(n, 12) for n in range(13)]


def test_a_learned_sentence_that_the_gate_objects_to_is_left_out() -> None:
    class Strict:
        def examine(self, text: str, scope: str = "") -> list[Finding]:
            return [finding("N01", "没有出处")] if "借鉴" in text else []

    cited = Wording(choices=("借鉴以往做法。",), citations=(past("x").citation,))
    points = (Point(id="a", wordings=(Wording(choices=("在。",)), cited)),)
    brief = Brief(id="x", title="某节", points=points)
    draft = compose_draft([brief], OfflineWriter(), FACTS, sample().report, gate=Strict())
    assert [p.text for p in draft.paragraphs] == ["在。"]


def test_headings_are_set_as_headings() -> None:
    styles = {p.text: p.style for p in sample().draft().paragraphs}
    assert styles["一、基本情况"] is ParagraphStyle.HEADING1
    assert styles["（一）项目实施情况"] is ParagraphStyle.HEADING2
    assert styles["1.协商平台经费"] is ParagraphStyle.HEADING3
