"""Text is data: whatever stands in it, it reaches the page as the characters that were written."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.markup import Mark, found_in, marked, said

TAGS = re.compile(r"</?(?:span|br)\b[^>]*>")
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 40), st.integers(-5, 40), st.sampled_from(["zj-fact", "zj-error"]))
)


@given(st.text(alphabet="预算<b>&\"'*_1x", max_size=30), MARKS)
def test_marks_change_no_character(words: str, marks: list[Mark]) -> None:
    """With our own tags taken out, what is left reads as the text."""
    assert unescape(TAGS.sub("", marked(words, marks))) == words


def test_a_title_cannot_break_out_of_its_attribute() -> None:
    html = marked("97%", [Mark(0, 3, "zj-fact", '"><script>alert(1)</script>')])
    assert "<script>" not in html and html.count('"') == 4


def test_a_fault_is_escaped() -> None:
    assert "<b>" not in said("zj-fault", "<b>**x**</b>", "<i>")


def test_the_words_of_a_query_are_found_in_a_passage() -> None:
    """Longest common pieces of two or more characters, one after the other."""
    passage = "预算执行率仅为87.40%，支出进度较慢"
    found = [passage[m.start : m.end] for m in found_in(passage, "支出进度慢，预算执行率低")]
    assert found == ["预算执行率", "支出进度"]
