"""Requests in many voices about three reports, and what counts as understood: intent, slots, and the answer itself."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from assistant.bootstrap import CORPUS, SAMPLE, Workbench
from assistant.chat.filling import Change, proposed
from assistant.chat.following import followed
from assistant.chat.intents import Intent, Request
from assistant.chat.router import reply
from assistant.chat.tools import Tools
from assistant.pipeline import read_figures

FOLDER = Path(__file__).with_name("cases") / "chat_fresh"
REPORTS = {
    "sample": SAMPLE,
    "clinics": CORPUS / "望川区卫生健康局2023年基层医疗服务能力提升项目绩效自评报告.xlsx",
    "roads": CORPUS / "青岚县交通运输局2022年农村公路养护项目绩效自评报告.docx",
}


def fresh(name: str) -> list[dict[str, Any]]:
    """Return the requests of one file."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"]
    return found


def benches(workbench: Workbench) -> dict[str, Tools]:
    """Return the assistant's tools bound to each of the three reports."""
    return {name: _bench(workbench, name) for name in REPORTS}


@cache
def _bench(workbench: Workbench, name: str) -> Tools:
    evaluation = workbench.evaluate(read_figures(str(REPORTS[name]), str).report)
    return Tools(
        evaluation,
        None,
        workbench.prompts,
        lambda: workbench.writer("offline", evaluation),
        nearness=workbench.nearness(),
    )


def missed(case: dict[str, Any], tools: Tools) -> str:
    """Return what was understood instead, "" where the request was understood."""
    before = list(case.get("after", ()))
    found = followed([*before, case["say"]], tools.names(), tools.nearness)
    if found.intent.name.lower() not in case["want"]:
        return f"{case['say']} -> {found.intent.name} {[one.name for one in found.nearest]}"
    wrong = _slots(case, found) or (found.intent is Intent.FILL and _cell(case, found, tools))
    if not wrong and case.get("of") and found.intent is not Intent.FILL:
        told = reply(case["say"], tools, before).text
        wrong = "" if case["of"] in told.replace(",", "") else told[:70]
    return f"{case['say']} -> {found.intent.name}: {wrong}" if wrong else ""


def _slots(case: dict[str, Any], found: Request) -> str:
    held = {"section": found.section, "how": found.how, "year": found.year, "text": found.about}
    names = [
        name for name in held if name in case and (name != "section" or found.intent is not Intent.PAIRS)
    ]
    wrong = [f"{name} {held[name]}" for name in names if held[name] != case[name]]
    wrong += [f"unit {found.unit}"] if case.get("unit", "") not in found.unit else []
    return " ".join(wrong + ([f"about {found.about}"] if case.get("about", "") not in found.about else []))


def _cell(case: dict[str, Any], found: Request, tools: Tools) -> str:
    change = proposed(tools.evaluation.report, found.about)
    if not isinstance(change, Change):
        return f"{change.text} {change.choices}"
    fits = case["of"] in change.label and case["to"] in change.after
    return "" if fits else f"{change.label} {change.after}"
