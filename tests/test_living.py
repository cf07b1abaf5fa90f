"""A living draft: what a person wrote stays, what hangs on a figure follows it, and nothing else moves."""

from __future__ import annotations

from decimal import Decimal

from drafting_cases import Case, case_of, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.draft import Draft, SentenceOrigin
from assistant.domain.report import Report
from assistant.drafting.living import (
    Place,
    bound,
    changed_places,
    edited,
    is_held,
    locked,
    outdated,
    paragraph_at,
    renewed,
    restored,
)


def changed(report: Report, row: int, actual: str) -> Case:
    """The report with another actual value in one row of its first sub-project."""
    told = report.model_dump(mode="json")
    told["projects"][0]["indicators"][row]["actual"] = actual
    return case_of(Report.model_validate(told))


def spent(report: Report, amount: str) -> Case:
    told = report.model_dump(mode="json")
    told["projects"][0]["funding"][0]["expenditure"] = amount
    return case_of(Report.model_validate(told))


def places(draft: Draft) -> list[Place]:
    return [(section.id, p.id) for section in draft.sections for p in section.paragraphs]


def first_with(draft: Draft, words: str) -> Place:
    """The first paragraph that shows these words as a figure of the ledger."""
    return next(
        (section.id, p.id)
        for section in draft.sections
        for p in section.paragraphs
        for s in p.sentences
        for b in s.bindings
        if s.text[b.start : b.end] == words
    )


def test_every_paragraph_of_a_draft_has_a_place_of_its_own() -> None:
    found = places(sample().draft())
    assert len(found) == len(set(found))


@settings(max_examples=12, deadline=None)
@given(
    change=st.one_of(
        st.decimals("150", "200", places=2).map(lambda amount: ("spent", str(amount))),
        st.integers(1000, 4000).map(lambda count: ("actual", f"{count}条")),
    ),
    held=st.sets(st.integers(0, 60), max_size=6),
)
def test_after_a_figure_is_edited_the_unlocked_part_is_that_of_a_fresh_draft(
    change: tuple[str, str], held: set[int]
) -> None:
    """Whatever is locked stays to the letter but for its running number; all else is as freshly written."""
    before = sample()
    now = spent(before.report, change[1]) if change[0] == "spent" else changed(before.report, 2, change[1])
    old, fresh = before.draft(), now.draft()
    for n in held:
        if n < len(places(old)):
            old = locked(old, places(old)[n], True)
    after = renewed(old, before.draft(), fresh)
    for place in places(fresh):
        mine, new, was = (paragraph_at(one, place) for one in (after, fresh, old))
        assert mine is not None and new is not None
        if was is not None and was.locked:
            assert (
                mine.locked
                and mine.text[4:] == was.text[4:]
                or mine.text.lstrip("（一二三四五六七八九十）、")
                == was.text.lstrip("（一二三四五六七八九十）、")
            )
        else:
            assert mine.text == new.text
            assert [s.bindings for s in mine.sentences] == [s.bindings for s in new.sentences]


def test_only_what_hangs_on_the_figure_is_rewritten() -> None:
    """2676条 becomes 2700条: every changed paragraph shows the figure or one computed from it."""
    before, now = sample(), changed(sample().report, 2, "2700条")
    old = before.draft()
    after = renewed(old, old, now.draft())
    moved = changed_places(old, after)
    assert moved and len(moved) < len(places(old)) / 2
    assert all(outdated(paragraph_at(old, place), now.facts) for place in moved if paragraph_at(old, place))  # type: ignore[arg-type]


def test_a_locked_paragraph_stays_and_is_stale() -> None:
    before, now = sample(), changed(sample().report, 2, "2700条")
    place = first_with(before.draft(), "2676条")
    after = renewed(locked(before.draft(), place, True), before.draft(), now.draft())
    paragraph = paragraph_at(after, place)
    assert paragraph is not None and "2676条" in paragraph.text
    assert ("2676条", "2700条") in {(one.shown, one.now) for one in outdated(paragraph, now.facts)}


def test_a_model_sentence_stays_where_its_figures_stay() -> None:
    """Words of a model in a paragraph that the change does not touch are not written anew."""
    before, now = sample(), changed(sample().report, 2, "2700条")
    fresh = now.draft()
    moved = set(changed_places(before.draft(), fresh))
    place = next(p for p in places(before.draft()) if p not in moved and p in places(fresh))
    told = paragraph_at(before.draft(), place)
    assert told is not None
    worded = told.sentences[0].model_copy(
        update={"text": "模型的话。", "bindings": (), "origin": SentenceOrigin.MODEL}
    )
    old = edited(before.draft(), place, "模型的话。", before.facts)
    mine = paragraph_at(old, place)
    assert mine is not None
    section = next(s for s in old.sections if s.id == place[0])
    paragraphs = tuple(
        p.model_copy(update={"sentences": (worded,)}) if p.id == place[1] else p for p in section.paragraphs
    )
    sections = tuple(
        s.model_copy(update={"paragraphs": paragraphs}) if s.id == place[0] else s for s in old.sections
    )
    after = renewed(old.model_copy(update={"sections": sections}), before.draft(), fresh)
    assert "模型的话。" in paragraph_at(after, place).text  # type: ignore[union-attr]


def test_words_of_a_person_are_bound_again() -> None:
    """The rate of the first sub-project written by hand is linked to its fact; the sentence is a person's."""
    case = sample()
    place = first_with(case.draft(), "2676条")
    after = edited(case.draft(), place, "全年征集意见2676条，完成率89.20%。", case.facts)
    (sentence,) = paragraph_at(after, place).sentences  # type: ignore[union-attr]
    assert sentence.origin is SentenceOrigin.HUMAN
    shown = {one.fact_id: sentence.text[one.start : one.end] for one in sentence.bindings}
    assert shown == {"p1.i3.actual": "2676条", "p1.i3.completion": "89.20%"}


def test_sentences_that_were_not_touched_stay_what_they_were() -> None:
    case = sample()
    draft = case.draft()
    place = next(p for p in places(draft) if len(paragraph_at(draft, p).sentences) > 1)  # type: ignore[union-attr]
    before = paragraph_at(draft, place)
    assert before is not None
    after = paragraph_at(edited(draft, place, before.text + "另有说明。", case.facts), place)
    assert after is not None and after.sentences[:-1] == before.sentences
    assert after.sentences[-1].origin is SentenceOrigin.HUMAN


def test_an_edited_paragraph_is_held() -> None:
    case = sample()
    place = first_with(case.draft(), "2676条")
    after = edited(case.draft(), place, "另写一段。", case.facts)
    assert is_held(paragraph_at(after, place))  # type: ignore[arg-type]


def test_a_paragraph_is_restored_from_an_earlier_draft() -> None:
    case = sample()
    draft, place = case.draft(), first_with(case.draft(), "2676条")
    assert restored(edited(draft, place, "另写一段。", case.facts), place, draft) == draft


def test_no_words_take_a_paragraph_out() -> None:
    case = sample()
    place = first_with(case.draft(), "2676条")
    assert paragraph_at(edited(case.draft(), place, "  ", case.facts), place) is None


def test_editing_does_not_change_the_draft_that_was_handed_in() -> None:
    case = sample()
    draft = case.draft()
    edited(draft, first_with(draft, "2676条"), "另写一段。", case.facts)
    assert draft == case.draft()


def test_a_figure_is_not_found_inside_a_longer_one() -> None:
    """12分 is no part of 112分, nor 6场 of 16场."""
    assert bound("得112分，办16场", sample().facts) == ()


def test_the_sample_has_the_figures_that_these_tests_speak_of() -> None:
    assert sample().facts.by_id()["p1.i3.actual"].value == Decimal("2676")
