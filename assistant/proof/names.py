"""Names: nearly right ones of units, projects and indicators (C04), and secrets of 保密 sub-projects (C18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.finding import Finding, Severity
from assistant.domain.indicator import Dimension
from assistant.domain.register import finding
from assistant.domain.report import Project, Report
from assistant.proof.sources import free_texts, project_texts

_SHORTEST = 6
_SECRET_LENGTH = 4
_PIECES = re.compile(r"[。；;！？\n]")


@dataclass(frozen=True)
class NameGuard:
    """The names of one report with the patterns of their near misses, and the secrets it holds."""

    near: tuple[tuple[str, str, re.Pattern[str]], ...]
    known: tuple[str, ...]
    units: frozenset[str]
    secrets: tuple[str, ...]

    def check(self, text: str) -> list[Finding]:
        """Return near misses of names and leaked secrets."""
        return [*self._near_misses(text), *self._leaks(text)]

    def _near_misses(self, text: str) -> Iterator[Finding]:
        for name, half, pattern in self.near:
            if half not in text:
                continue
            for match in pattern.finditer(text):
                if match[0] != name and not any(match[0] in known for known in self.known):
                    yield _at(
                        "C04",
                        match.start(),
                        match[0],
                        f"“{match[0]}”与填报的名称“{name}”不一致",
                        f"请改为“{name}”",
                        name,
                        Severity.ERROR if name in self.units else None,
                    )

    def _leaks(self, text: str) -> Iterator[Finding]:
        for secret in self.secrets:
            for match in re.finditer(re.escape(secret), text):
                yield _at(
                    "C18",
                    match.start(),
                    secret,
                    "保密子项目的内容不应出现在文稿中",
                    "请删去，保密子项目只列入合计",
                    "",
                )


def guard_names(report: Report) -> NameGuard:
    """Return the guard of a report's names."""
    public = [name for name in _public_names(report) if len(name) >= _SHORTEST]
    near = [(name, half, pattern) for name in dict.fromkeys(public) for half, pattern in _near_patterns(name)]
    known = [*_public_names(report), *free_texts(report), *_tree_words(report)]
    secrets = [
        secret
        for project in report.projects
        if project.confidential
        for secret in _secrets(project)
        if not any(secret in text for text in known)
    ]
    units = frozenset(
        name
        for project in report.projects
        for name in (report.unit_name, project.supervising_department, project.implementing_unit)
    )
    return NameGuard(tuple(near), tuple(known), units, tuple(dict.fromkeys(secrets)))


def _tree_words(report: Report) -> Iterator[str]:
    """The levels of the indicator tree (服务对象满意度指标): no secret where an indicator is named alike."""
    yield from (dimension.value for dimension in Dimension)
    for project in report.projects:
        yield from (indicator.dimension for indicator in project.indicators)


def _near_patterns(name: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """One character changed in either half, the other half exact; digits and Latin letters stay as they are."""
    middle = len(name) // 2
    first, second = name[:middle], name[middle:]
    other = "[\u4e00-\u9fff]"
    yield first, re.compile(re.escape(first) + "(?:" + "|".join(_with_one_changed(second, other)) + ")")
    yield second, re.compile("(?:" + "|".join(_with_one_changed(first, other)) + ")" + re.escape(second))


def _with_one_changed(words: str, other: str) -> list[str]:
    return [
        re.escape(words[:at]) + other + re.escape(words[at + 1 :])
        for at in range(len(words))
        if "\u4e00" <= words[at] <= "\u9fff"
    ]


def _public_names(report: Report) -> Iterator[str]:
    yield report.unit_name
    yield report.title
    for project in report.projects:
        if project.confidential:
            continue
        yield from (project.name, project.supervising_department, project.implementing_unit)
        yield from (indicator.name for indicator in project.indicators)
        yield from (item.name for item in project.line_items)
    if report.last_year is not None:
        yield from _public_names(report.last_year)


def _secrets(project: Project) -> Iterator[str]:
    """Indicator and item names, sentences of goals, notes and reasons."""
    for indicator in project.indicators:
        yield from _long_enough(indicator.name)
    for item in project.line_items:
        yield from _long_enough(item.name)
    for text in project_texts(project):
        for piece in _PIECES.split(text):
            yield from _long_enough(piece, 6)


def _long_enough(text: str, length: int = _SECRET_LENGTH) -> Iterator[str]:
    words = text.strip()
    if len(words) >= length and not words.startswith("保密"):
        yield words


def _at(
    rule: str,
    start: int,
    words: str,
    message: str,
    remedy: str,
    expected: str,
    severity: Severity | None = None,
) -> Finding:
    return finding(
        rule,
        message,
        remedy=remedy,
        severity=severity,
        start=start,
        end=start + len(words),
        text=words,
        observed=words,
        expected=expected,
    )
