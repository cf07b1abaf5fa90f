"""The conclusion (自评结论综述) and the achievements (主要成效): totals, and where points were lost."""

from __future__ import annotations

from assistant.drafting.material import Material, OpenProject
from assistant.drafting.phrases import Wording
from assistant.drafting.writer import Length, Point


def conclusion(material: Material) -> list[Point]:
    """自评结论综述: total and grade, money, indicators met, every lost point, then each sub-project."""
    said = [*material.say("conclusion.total")]
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


def achievements(material: Material) -> list[Point]:
    """主要工作成效: what the goals say was achieved, and the further figures the writer gave."""
    said: list[Wording] = []
    for one in material.open_projects():
        if material.values.knows(f"{one.id}.goal.achieved"):
            said += material.say("achievements.achieved", p=one.id)
    for n in range(1, len(material.report.other_figures) + 1):
        said += material.say("achievements.figure", o=f"o{n}")
    said = said or [*material.say("achievements.none")]
    return list(material.body("achievements", said, prose=True))


def _achieved(material: Material, one: OpenProject) -> tuple[Point, ...]:
    if material.length is Length.SHORT:
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
    material: Material, key: str, parts: list[str], lost_id: str, prefix: str = ""
) -> tuple[Wording, ...]:
    if not material.value(lost_id):
        return material.say("conclusion.lost_none") if not prefix else ()
    joined = material.phrases.word("conclusion.lost_join").join(parts)
    return material.say(key, parts=joined, p=prefix) if parts else ()


def _all_parts(material: Material) -> list[str]:
    """Every place where points were lost: the execution, each open row, and that there is a secret one."""
    execution = material.phrases.word("conclusion.lost_execution")
    parts = [execution] if material.value("all.exec_lost") else []
    for one in material.open_projects():
        parts += _rows(material, one)
    secret = any(
        card.confidential and any(row.lost > 0 for row in card.rows) for card in material.scorecard.projects
    )
    return [*parts, material.phrases.word("conclusion.lost_secret")] if secret else parts


def _parts(material: Material, one: OpenProject) -> list[str]:
    execution = material.phrases.word("conclusion.lost_project_execution").replace("$p", one.id)
    lost = material.value(f"{one.id}.exec_lost")
    return [*([execution] if lost else []), *_rows(material, one)]


def _rows(material: Material, one: OpenProject) -> list[str]:
    phrase = material.phrases.word("conclusion.lost_row")
    ids = [f"{one.id}.i{n}" for n in range(1, len(one.project.indicators) + 1)]
    return [phrase.replace("$i", key) for key in ids if material.value(f"{key}.lost")]
