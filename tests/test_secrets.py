"""What is 保密 never leaves: random reports with secret rows, a recording endpoint that counts as remote."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
import soak_notes
from drafting_cases import PROMPTS, Case, case_of
from openai_server import OpenAIServer, serving

from assistant.bootstrap import secrets_of
from assistant.domain.facts import Fact
from assistant.domain.numerals import to_chinese
from assistant.domain.report import Report
from assistant.drafting.compose import compose_draft
from assistant.drafting.model_writer import LangChainModel, ModelWriter
from assistant.drafting.offline_writer import OfflineWriter
from assistant.egress import Egress
from assistant.proof.review import Prover
from assistant.settings import Settings

WORDS = ("星海", "雷达", "天枢", "密级", "靶标", "涉核", "暗线", "特勤")
THINGS = ("覆盖点位", "装备台套", "演练批次", "值守班次", "联络站点")
REASONS = ("设备停产", "场地征用未完成", "联络人员调离", "")


def secret_project(rng: Random) -> dict[str, object]:
    """A 保密 sub-project with names, figures, reasons and notes that occur nowhere else."""
    word, budget = rng.choice(WORDS), rng.randint(100_000, 900_000)
    rows = []
    for thing in rng.sample(THINGS, 2):
        target = rng.randint(1000, 9999)
        rows.append(
            {
                "category": "产出指标",
                "dimension": "数量指标",
                "name": f"{word}{thing}数",
                "annual_target": f"≥{target}个",
                "actual": f"{target - rng.randint(1, 900)}个",
                "weight": "45",
                "deviation_reason": f"{word}{rng.choice(REASONS)}" if rng.random() < 0.7 else "",
            }
        )
    spent = budget - rng.randint(1000, 90_000)
    money = {
        "source": "财政拨款",
        "initial_budget": _wan(budget),
        "annual_budget": _wan(budget),
        "expenditure": _wan(spent),
    }
    return {
        "name": f"{word}专项",
        "confidential": True,
        "funding": [money],
        "indicators": rows,
        "notes": [f"{word}设备由{rng.choice(WORDS)}小组保管，编号{rng.randint(10000, 99999)}"],
        "goal": {
            "expected": f"建成{word}点位{rng.randint(1000, 9999)}处",
            "achieved": f"{word}点位按序时推进",
        },
    }


def _wan(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:.2f}"


def random_case(seed: int) -> Case:
    """A report with open sub-projects and one or two secret ones; figures of the kinds apart."""
    rng = Random(seed)
    row = {
        "category": "产出指标",
        "dimension": "数量指标",
        "name": "读书活动场次",
        "annual_target": "≥60场",
        "actual": f"{rng.randint(30, 70)}场",
        "weight": "90",
        "deviation_reason": "主会场停电检修",
    }
    budget = rng.randint(100, 999)
    funding = {
        "source": "财政拨款",
        "initial_budget": f"{budget}.00",
        "annual_budget": f"{budget}.00",
        "expenditure": f"{budget - rng.randint(1, 90)}.00",
    }
    given = {
        "unit_name": "青禾县文化馆",
        "title": "读书驿站项目",
        "year": 2024,
        "kind": rng.choice(("project", "department", "evaluation")),
        "projects": [
            {"name": "读书驿站经费", "funding": [funding], "indicators": [row]},
            *(secret_project(rng) for _ in range(rng.choice((1, 1, 2)))),
        ],
        "notes": ["10月15日市财政局抽查3个服务点，台账齐全"],
    }
    return case_of(Report.model_validate(given))


def forms_of(fact: Fact) -> set[str]:
    """How a secret figure may be written: as printed, rounded, in 元 or 亿元, in Chinese numerals."""
    forms = {fact.shown, fact.shown.strip("≥≤=＞＜")}
    if len(fact.value.as_tuple().digits) >= 3:
        places = [fact.value, *(round(fact.value, n) for n in (0, 1, 2)), fact.value * 10000]
        forms |= {f"{value:f}".rstrip("0").rstrip(".") for value in places if value >= 100}
        forms |= {f"{value:,.2f}" for value in places[:1]}
        if fact.value == int(fact.value):
            forms.add(to_chinese(fact.value))
    return {form for form in forms if len(form) >= 3}


def secret_forms(case: Case) -> set[str]:
    """Everything of the secret sub-projects, and the ratios and sums from which it could be worked out."""
    secret = [fact for fact in case.facts if fact.confidential]
    forms = {form for fact in secret for form in forms_of(fact)}
    hidden = [p for p in case.report.projects if p.confidential]
    open_forms = {form for fact in case.facts if not fact.confidential for form in (fact.shown,)}
    whole = {
        fact.shown for fact in case.facts if fact.id in ("all.budget", "all.spent", "all.unspent", "all.rate")
    }
    words = {text for text in secrets_of(case.report) if len(text) > 1}
    words |= {word for word in WORDS for project in hidden if word in str(project)}
    return words | (forms - open_forms) | whole


def sent_for(case: Case, server: OpenAIServer, folder: Path, length: str = "short") -> str:
    """Draft with the model as if its endpoint were remote; everything that reached the socket, joined."""
    server.requests.clear()
    settings = Settings(_env_file=None, base_url=server.base_url, model="m", timeout=5)  # type: ignore[call-arg]
    way_out = Egress(folder / "egress.jsonl", server.base_url, local=False).guarding(secrets_of(case.report))
    gate = Prover(case.report, case.scorecard, case.facts, (case.scorecard.legal_basis,))
    writer = ModelWriter(LangChainModel(settings, way_out), PROMPTS, gate, OfflineWriter(), case.facts)
    compose_draft(case.briefs(length), writer, case.facts, case.report, length=length, gate=gate)
    return "\n".join(str(one) for one in server.requests)


def leaks(seed: int, server: OpenAIServer, folder: Path) -> list[str]:
    """The secret forms that were sent for the report of a seed."""
    case = random_case(seed)
    sent = sent_for(case, server, folder, "long" if seed % 10 == 0 else "short")
    assert server.requests, "the model was never asked"
    return sorted(form for form in secret_forms(case) if stands_in(form, sent))


def stands_in(form: str, sent: str) -> bool:
    """Whether a form stands in a text as a whole, no part of a longer number."""
    edge = "(?<![0-9.])" if form[:1].isdigit() else ""
    return re.search(edge + re.escape(form) + ("(?![0-9])" if form[-1:].isdigit() else ""), sent) is not None


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    with serving() as running:
        yield running


@pytest.mark.parametrize("seed", range(20))
def test_nothing_secret_is_sent(seed: int, server: OpenAIServer, tmp_path: Path) -> None:
    assert leaks(seed, server, tmp_path) == []


def test_a_secret_form_would_be_seen(server: OpenAIServer, tmp_path: Path) -> None:
    """The watch itself: a text with a rounded secret sum is caught."""
    case = random_case(0)
    budget = next(f for f in case.facts if f.id == "p2.budget")
    assert any(stands_in(form, f"约{round(budget.value)}万元") for form in secret_forms(case))


def test_what_is_recorded_as_sent_is_what_was_sent(server: OpenAIServer, tmp_path: Path) -> None:
    sent_for(random_case(1), server, tmp_path)
    recorded = [one["text"] for one in Egress(tmp_path / "egress.jsonl", "", local=False).released()]
    messages = [m["content"] for one in server.requests for m in one["messages"]]  # type: ignore[index,attr-defined]
    assert set(messages) <= set(recorded)


def test_with_no_endpoint_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *one: opened.append(one))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *one, **more: opened.append(one))
    random_case(2).draft()
    assert opened == []


@pytest.mark.soak
def test_nothing_secret_is_sent_in_two_thousand_reports(tmp_path: Path) -> None:
    with serving() as running:
        for seed in soak_notes.remaining("secrets", range(10_000, 12_000)):
            assert leaks(seed, running, tmp_path) == [], seed
    soak_notes.note("保密外发：种子10000—11999，2000份随机报告，泄露0处")
