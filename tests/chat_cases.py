"""Two hundred requests as a clerk would word them, and what counts as understood."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from assistant.chat.filling import Unclear, proposed
from assistant.chat.intents import Intent
from assistant.chat.understanding import understand
from assistant.domain.report import Report

FOLDER = Path(__file__).with_name("cases") / "chat"
_OTHER = {"help": Intent.HELP, "undo": Intent.UNDO, "yes": Intent.YES, "no": Intent.NO}


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Every request with the name of its file."""
    return [
        (file.stem, case)
        for file in sorted(FOLDER.glob("*.toml"))
        for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]


def names_of(report: Report) -> list[str]:
    """Return the names that a request about a report may use."""
    told = [
        [one.name, *(i.name for i in one.indicators), *(s.source for s in one.funding)]
        for one in report.projects
    ]
    return [name for names in told for name in names]


def misunderstood(kind: str, case: dict[str, Any], report: Report) -> str:
    """Return what was understood instead, "" where the request was understood."""
    found = understand(case["say"], names_of(report))
    wrong = f"{case['say']} -> {found.intent.value} {found.section} {found.how} {found.about}"
    if kind == "fill":
        return (
            ""
            if found.intent is Intent.FILL and _filled(case, report)
            else f"{wrong} {proposed(report, found.about)}"
        )
    fits = {
        "search": found.intent is Intent.SEARCH and case.get("about", "") in found.about,
        "score": found.intent in (Intent.EXPLAIN, Intent.FIGURE, Intent.OUTLOOK),
        "draft": found.intent is Intent.DRAFT and found.section == case.get("section"),
        "rewrite": (found.intent, found.how, found.section)
        == (Intent.REWRITE, case.get("how"), case.get("section")),
        "check": _checked(case, found.intent, found.about),
        "compare": found.intent is Intent.COMPARE,
        "export": (found.intent, found.how) == (Intent.EXPORT, case.get("kind")),
        "other": found.intent is _OTHER.get(case.get("tool", "")),
    }
    return "" if fits[kind] else wrong


def _checked(case: dict[str, Any], intent: Intent, about: str) -> bool:
    if case.get("text"):
        return intent is Intent.CHECK and about == case["text"]
    return intent in (Intent.CHECK_DRAFT, Intent.FINDINGS)


def _filled(case: dict[str, Any], report: Report) -> bool:
    change = proposed(report, case["say"])
    if isinstance(change, Unclear):
        return any(case["of"] in choice for choice in change.choices)
    return case["of"] in change.label and change.after == case["to"]
