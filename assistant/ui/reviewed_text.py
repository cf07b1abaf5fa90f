"""A reviewed text as HTML: paragraphs and table rows with the findings marked, each place a link can jump to.

Everything is escaped; knows nothing about Streamlit or files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.finding import Finding, Severity
from assistant.ui.markup import Mark, marked, text
from assistant.ui.parts import finding_html

_HEADS = {
    Severity.ERROR: "红灯：必须改正",
    Severity.WARNING: "黄灯：请核对",
    Severity.INFO: "蓝灯：供参考",
}
#: A mark over more than this would paint whole paragraphs: then only its begin is marked.
_LONGEST = 120


def paragraphs_html(words: str, findings: Sequence[Finding]) -> str:
    """Return the text with its marks; a rule stands between the cells of a table row."""
    lines, start = [], 0
    for line in words.split("\n"):
        body = marked(line.replace("\t", "｜"), list(_marks(findings, start, len(line))))
        kind = "row" if "\t" in line else ""
        lines.append(f'<p class="{kind}">{body}</p>')
        start += len(line) + 1
    return f'<div class="zj-paper zj-reviewed">{"".join(lines)}</div>'


def _marks(findings: Sequence[Finding], start: int, size: int) -> Iterator[Mark]:
    for found in findings:
        if found.start is None or found.end is None:
            continue
        begin, end = found.start - start, min(found.end, found.start + _LONGEST) - start
        if begin < size and end > 0:
            anchor = place_of(found) if begin >= 0 else ""
            yield Mark(begin, end, f"zj-{found.severity.value}", found.message, anchor)


def place_of(found: Finding) -> str:
    """Return the name of the place of a finding on the page, "" where it has none."""
    return "" if found.start is None else f"zj-at-{found.start}"


def findings_html(findings: Sequence[Finding], nothing: str) -> str:
    """Return the findings under a head for each lamp; one with a place is a link to it."""
    groups = [(level, [one for one in findings if one.severity is level]) for level in _HEADS]
    body = "".join(
        f'<h3><i class="zj-lamp {level.value}"></i>{text(_HEADS[level])}（{len(found)}）</h3>'
        + "".join(_linked(one) for one in found)
        for level, found in groups
        if found
    )
    return body or f'<div class="zj-box zj-ok">{text(nothing)}</div>'


def _linked(found: Finding) -> str:
    place, body = place_of(found), finding_html(found)
    return f'<a class="zj-jump" href="#{place}" title="看原处">{body}</a>' if place else body
