"""The conclusion (自评结论综述) and the achievements (主要成效): totals, and where points were lost."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.domain.facts import id_prefix
from assistant.domain.figures import HUNDRED
from assistant.domain.report import ReportKind
from assistant.domain.scorecard import Row
from assistant.drafting.material import Material, OpenProject
from assistant.drafting.phrases import Wording
from assistant.drafting.writer import Length, Point

#: From this share on (%) an annual goal may be called 基本完成.
_MOSTLY = 80
_FEW = 3
#: Where points were lost in more places than this, only the heaviest few are told here.
_MANY, _SHOWN = 8, 5


class _Part(NamedTuple):
    """One place where points were lost (失分之处), and how it is told."""

    lost: Decimal
    words: str


def conclusion(material: Material) -> list[Point]:
    """自评结论综述: total and grade, money, indicators met, every lost point, then each sub-project."""
    said = [*material.say("conclusion.total"), *_summary(material)]
    if material.scorecard.rollup == "budget_weighted":
        said += material.say("conclusion.weighted")
    said += [*material.say("conclusion.execution"), *_met(material, "all", "conclusion.met")]
    if material.scorecard.rollup != "budget_weighted":
        said += _lost(material, "conclusion.lost", _all_parts(material), "all.lost")
    if material.has_secret:
        said += material.say("conclusion.secret")
    passages = material.passages("自评结论综述 总分 评价等级", "conclusion", 3)
    points = list(material.body("conclusion.total", said, prose=True, passages=passages))
    for turn, one in enumerate(material.open_projects()):
        points += _project(material, one, turn) if material.many else _achieved(material, one)
    return points


def _summary(material: Material) -> tuple[Wording, ...]:
    """One sentence that sums up: what was reached, and where it fell short, as functions of the figures."""
    rows = [row for row in material.scorecard.rows if not row.not_applicable]
    if not rows:
        return ()
    gaps = "、".join(_gaps(material))
    gaps += material.phrases.word("conclusion.summary_more") if "、" in gaps else ""
    if all(row.met for row in rows):
        return material.say("conclusion.summary_all_lost" if gaps else "conclusion.summary_all", gaps=gaps)
    met = 100 * sum(row.met for row in rows) // len(rows)
    rate = material.value("all.rate")
    mostly = met >= _MOSTLY and (rate is None or rate >= _MOSTLY)
    key = "conclusion.summary_mostly" if mostly else "conclusion.summary_partly"
    return material.say(key, gaps=gaps, good=_good(material))


def _good(material: Material) -> str:
    """The categories all of whose open rows were met, as a clause; "" for none."""
    groups: dict[str, list[bool]] = {}
    for one in material.open_projects():
        for row in one.card.rows:
            groups.setdefault(row.category, []).append(row.met)
    names = [name for name, met in groups.items() if name.endswith("指标") and all(met)]
    if not names or material.has_secret:
        return ""
    return material.phrases.word("conclusion.summary_good").replace("$names", "、".join(names))


def _gaps(material: Material) -> list[str]:
    """The places where most points were lost, at most three, the heaviest first."""
    lost = [
        (row.lost, f"{{{{{id_prefix(row.path)}.title}}}}") for row in _open_rows(material) if row.lost > 0
    ]
    execution = material.value("all.exec_lost") or Decimal(0)
    if execution > 0:
        lost.append((execution, material.phrases.word("conclusion.summary_execution")))
    heaviest = sorted(lost, key=lambda item: -item[0])
    return [name for _, name in heaviest[:_FEW]]


def _open_rows(material: Material) -> list[Row]:
    return [row for one in material.open_projects() for row in one.card.rows]


def achievements(material: Material) -> list[Point]:
    """主要工作成效: what the goals say was achieved, and the further figures the writer gave."""
    said: list[Wording] = []
    for one in material.open_projects():
        if material.values.knows(f"{one.id}.goal.achieved"):
            key = "achievements.achieved" if material.many else "achievements.achieved_one"
            said += material.say(key, p=one.id)
    for n in range(1, len(material.report.other_figures) + 1):
        said += material.say("achievements.figure", o=f"o{n}")
    said = said or [*material.say("achievements.none")]
    return list(material.body("achievements", said, prose=True))


def _achieved(material: Material, one: OpenProject) -> tuple[Point, ...]:
    if material.length is Length.SHORT or material.report.kind is not ReportKind.PROJECT:
        return ()
    said = material.say("conclusion.achieved", p=one.id)
    return material.body(f"conclusion.{one.id}.achieved", said, scope=one.project.name)


def _project(material: Material, one: OpenProject, turn: int) -> list[Point]:
    said = [*material.say("conclusion.project", p=one.id)]
    said += _met(material, one.id, "conclusion.project_met")
    if material.scorecard.rollup == "budget_weighted":
        said += _lost(material, "conclusion.project_lost", _parts(material, one), f"{one.id}.lost", one.id)
    heading = material.heading(
        f"conclusion.{one.id}.title", f"{{{{{one.id}.name}}}}", 3, scope=one.project.name
    )
    body = material.body(f"conclusion.{one.id}", said, scope=one.project.name, prose=True, turn=turn)
    known = material.values.knows(f"{one.id}.goal.achieved")
    return [heading, *body, *(_achieved(material, one) if known else ())]


def _met(material: Material, prefix: str, key: str) -> tuple[Wording, ...]:
    """All met or some, as the figures say; nothing where there are no indicators."""
    if not material.value(f"{prefix}.indicators"):
        return ()
    counts = [material.value(f"{prefix}.{name}") or 0 for name in ("indicators", "met", "unmet")]
    if counts[0] != counts[1] + counts[2] and prefix == "all":
        return material.say(f"{key}_mixed", p=prefix)
    return material.say(f"{key}_{'some' if counts[2] else 'all'}", p=prefix)


def _lost(
    material: Material, key: str, parts: list[_Part], lost_id: str, prefix: str = ""
) -> tuple[Wording, ...]:
    """Where the points went: every place, or the heaviest where there are very many."""
    if not material.value(lost_id):
        return material.say("conclusion.lost_none") if not prefix else ()
    if not parts:
        return ()
    several = "_one" if len(parts) == 1 else "_many" if len(parts) > _MANY else ""
    shown = sorted(parts, key=lambda part: -part.lost)[:_SHOWN] if several == "_many" else parts
    joined = material.phrases.word("conclusion.lost_join").join(part.words for part in shown)
    return material.say(f"{key}{several}", parts=joined, p=prefix)


def _all_parts(material: Material) -> list[_Part]:
    """Every place where points were lost: the execution, each open row, and that there is a secret one."""
    lost = material.value("all.exec_lost")
    parts = [_Part(lost, material.phrases.word("conclusion.lost_execution"))] if lost else []
    for one in material.open_projects():
        parts += _rows(material, one)
    secret = sum(row.lost for card in material.scorecard.projects if card.confidential for row in card.rows)
    return [*parts, _Part(HUNDRED, material.phrases.word("conclusion.lost_secret"))] if secret else parts


def _parts(material: Material, one: OpenProject) -> list[_Part]:
    lost = material.value(f"{one.id}.exec_lost")
    words = material.phrases.word("conclusion.lost_project_execution").replace("$p", one.id)
    return [*([_Part(lost, words)] if lost else []), *_rows(material, one)]


def _rows(material: Material, one: OpenProject) -> list[_Part]:
    phrase = material.phrases.word("conclusion.lost_row")
    lost = {f"{one.id}.i{n}": row.lost for n, row in enumerate(one.card.rows, 1)}
    ids = sorted((key for key in lost if material.value(f"{key}.lost")), key=lambda key: -lost[key])
    return [_Part(lost[key], phrase.replace("$i", key)) for key in ids]
