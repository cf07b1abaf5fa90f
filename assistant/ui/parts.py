"""Small pieces that several pages show: the next step, findings with lamps, cards of figures."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from typing import TypeVar

import streamlit as st

from assistant.domain.base import plain
from assistant.domain.figures import trimmed
from assistant.domain.finding import Finding, Severity
from assistant.domain.scorecard import Row
from assistant.ui.boundary import bounded
from assistant.ui.markup import table, text


def shown(number: Decimal) -> str:
    """Return a weight or a full score without idle zeros: 100.00 is 100."""
    return plain(trimmed(number))


def here(moment: datetime) -> datetime:
    """Return a moment of the store, kept in UTC, by the clock of this machine."""
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone()


def lost_rows(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that lost points; those that do not apply have nothing to lose."""
    return [row for row in rows if row.lost > 0 and not row.not_applicable]


Key = TypeVar("Key")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def distinct(names: Mapping[Key, str]) -> dict[Key, str]:
    """Return the names with a number behind those that came before: a list of choices tells its items by their words."""
    seen: Counter[str] = Counter()
    told = {}
    for key, name in names.items():
        seen[name] += 1
        told[key] = name if seen[name] == 1 else f"{name}（{seen[name]}）"
    return told


def heading(title: str, step: str) -> None:
    """Show the title of a page and the line that says what is next."""
    st.html(f'<h1 class="zj-title">{text(title)}</h1><div class="zj-next"><b>下一步</b>　{text(step)}</div>')


def show_empty(words: str, button: str, act: Callable[[], object]) -> None:
    """Show that there is nothing yet: one sentence, and the one button that leads on."""
    st.html(f'<div class="zj-box">{text(words)}</div>')
    if st.button(button, type="primary", key="lead-on"):
        act()


def show_views(key: str, views: Mapping[str, Callable[[], object]]) -> None:
    """Show one view at a time under its tab: only the one that is open is computed and sent."""
    for tab, view in zip(st.tabs(list(views), key=key, on_change="rerun"), views.values(), strict=True):
        if tab.open:
            with tab:
                bounded(view)


def cards(values: Sequence[tuple[str, str, str]]) -> None:
    """Show figures side by side: name, value, and one more word."""
    body = "".join(
        f'<div class="zj-card"><div class="name">{text(name)}</div><div class="value">{text(value)}</div>'
        f'<div class="more">{text(more)}</div></div>'
        for name, value, more in values
    )
    st.html(f'<div class="zj-cards">{body}</div>')


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, red ones first, otherwise as they came."""
    return sorted(findings, key=lambda found: _ORDER.index(found.severity))


def lamps(findings: Sequence[Finding]) -> str:
    """Return how many findings of each lamp there are, as HTML."""
    counts = [(level, sum(found.severity is level for found in findings)) for level in _ORDER]
    return "　".join(
        f'<span><i class="zj-lamp {level.value}"></i>{level.lamp} {count}</span>' for level, count in counts
    )


def finding_html(found: Finding, times: int = 1) -> str:
    """Return one finding: lamp, rule, the words it is about, what is wrong, what to do, how many times."""
    quoted = f"<q>{text(found.text)}</q> " if found.text else ""
    remedy = f'<div class="zj-remedy">{text(found.remedy)}</div>' if found.remedy else ""
    many = f'<span class="zj-tag">{times} 处</span>' if times > 1 else ""
    lamp = f'<i class="zj-lamp {found.severity.value}" title="{escape(found.severity.lamp)}"></i>'
    return (
        f'<div class="zj-finding {found.severity.value}">{lamp}<span class="rule">{text(found.rule)}</span>'
        f"{quoted}{text(found.message)}{many}{remedy}</div>"
    )


def show_findings(findings: Iterable[Finding], nothing: str) -> None:
    """Show findings, red ones first, or say that there are none."""
    ordered = in_order(findings)
    if not ordered:
        st.html(f'<div class="zj-box zj-ok">{text(nothing)}</div>')
        return
    told = "".join(finding_html(found, times) for found, times in _folded(ordered))
    st.html(f'<div class="zj-legend">{lamps(ordered)}</div>{told}')


def _folded(findings: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """Return each finding once with how often it came; those that differ in place only are the same."""
    nowhere = {"start": None, "end": None, "place": ""}
    return list(Counter(found.model_copy(update=nowhere) for found in findings).items())


def show_table(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show a table with its download."""
    st.html(table(head, rows))
    offer_table(name, head, rows)


def offer_table(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Offer a table as a file that spreadsheet programs open as it is."""
    st.download_button(
        f"下载“{name}”（.csv）",
        lambda: as_csv(head, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
        key=f"csv-{name}",
    )


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV; words that a spreadsheet would take for a formula are quoted."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    risky = cell[:1] in ("=", "+", "-", "@") and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if risky else cell
