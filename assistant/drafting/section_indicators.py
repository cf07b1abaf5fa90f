"""The sections on indicators (指标): 项目绩效管理情况, 项目效益分析 and the scoring standard of an evaluation.

The lines of 效益分析 are the prose twin of the form: one sentence a row, never worded by a model.
"""

from __future__ import annotations

from assistant.domain.report import ReportKind
from assistant.domain.scorecard import Row
from assistant.drafting.evidence import in_words
from assistant.drafting.material import Material, OpenProject
from assistant.drafting.phrases import Wording
from assistant.drafting.section_overview import NOTE_MATTERS, notes_about
from assistant.drafting.writer import Point

#: Of a category with more indicators than this only the first few are named with their targets.
_MANY, _SHOWN = 12, 6


def indicators(material: Material) -> list[Point]:
    """项目绩效管理情况: goal and the indicators set, by category."""
    points = [*_secret(material, "indicators"), *_notes(material)]
    for turn, one in enumerate(material.open_projects()):
        goal = material.say("indicators.goal", p=one.id)
        said = [] if _told(material, one) else [*goal]
        if one.project.indicators:
            said += [*material.say("indicators.count", p=one.id), *_groups(material, one)]
        else:
            said += material.say("indicators.none")
        points += _titled(material, "indicators", one)
        points += material.body(f"indicators.{one.id}", said, scope=one.project.name, turn=turn)
    return points


def benefits(material: Material) -> list[Point]:
    """项目效益分析: every row with target, actual value, weight and score."""
    points = _secret(material, "benefits")
    for one in material.open_projects():
        lines = [
            point for n in range(1, len(one.project.indicators) + 1) for point in _line(material, one, n)
        ]
        if lines:
            points += [*_titled(material, "benefits", one), *lines]
    return points


def criteria(material: Material) -> list[Point]:
    """绩效评价指标体系和评分标准: how the points are spread."""
    said = [*material.say("criteria.total")]
    for one in material.open_projects():
        part = material.phrases.word("criteria.group_part")
        firsts = [subtotal for subtotal in one.card.subtotals if subtotal.level == 1]
        ids = [f"{one.id}.c{n}" for n in range(1, len(firsts) + 1)]
        known = [key for key in ids if material.values.knows(f"{key}.weight")]
        parts = material.phrases.word("criteria.group_join").join(part.replace("$c", key) for key in known)
        if parts:
            said += material.say("criteria.group", p=one.id, parts=parts)
    return list(material.body("criteria", said, material.say("criteria.method")))


def _titled(material: Material, section: str, one: OpenProject) -> list[Point]:
    if not material.many:
        return []
    title = f"{{{{{one.id}.name}}}}"
    return [material.heading(f"{section}.{one.id}.title", title, 3, scope=one.project.name)]


def _told(material: Material, one: OpenProject) -> bool:
    """Whether an earlier section has told the goal already: that of a single project, or of a department."""
    kind = material.report.kind
    told = kind is ReportKind.DEPARTMENT or (not material.many and kind is ReportKind.PROJECT)
    return told and material.values.knows(f"{one.id}.goal.expected")


def _notes(material: Material) -> tuple[Point, ...]:
    """The notes of a department: its outline has no section on management."""
    if material.report.kind is not ReportKind.DEPARTMENT:
        return ()
    ids = [note for matter in NOTE_MATTERS for note in notes_about(material, matter)]
    said = [wording for note in ids for wording in material.say("indicators.note", note=note)]
    return material.body("indicators.notes", said)


def _secret(material: Material, section: str) -> list[Point]:
    if not material.has_secret:
        return []
    return list(material.body(f"{section}.secret", material.say(f"{section}.secret")))


def _groups(material: Material, one: OpenProject) -> list[Wording]:
    """One sentence a category: its indicators with their targets."""
    groups: dict[str, list[str]] = {}
    for n, indicator in enumerate(one.project.indicators, 1):
        item = material.say("indicators.item", i=f"{one.id}.i{n}")
        groups.setdefault(indicator.category, []).extend(wording.choices[0] for wording in item)
    joined = material.phrases.word("indicators.group_join")
    said: list[Wording] = []
    for n, items in enumerate(groups.values()):
        key = "indicators.group" if len(items) <= _MANY else "indicators.group_many"
        shown = items if len(items) <= _MANY else items[:_SHOWN]
        said += material.say(key, category=_category_slot(material, one, n), items=joined.join(shown))
    return said


def _category_slot(material: Material, one: OpenProject, position: int) -> str:
    """The slot for the category that appears in this position (its first indicator names it)."""
    firsts: dict[str, str] = {}
    for n, indicator in enumerate(one.project.indicators, 1):
        firsts.setdefault(indicator.category, f"{one.id}.i{n}.category")
    slot = list(firsts.values())[position]
    return f"{{{{{slot}}}}}" if material.values.knows(slot) else "指标"


def _line(material: Material, one: OpenProject, n: int) -> tuple[Point, ...]:
    key, path = f"{one.id}.i{n}", f"{one.path}.indicators[{n - 1}]"
    row = material.row(path)
    dimension = _dimension(material, key)
    done = material.phrases.word("benefits.done_words" if in_words(material, key) else "benefits.done")
    said = [*material.say("benefits.line", i=key, dimension=dimension, done=done)]
    if row is not None:
        said += _reason(material, row, key)
    return material.body(
        f"benefits.{key}",
        said,
        number=4 if material.many else 3,
        rows=(path,),
        scope=one.project.name,
    )


def _dimension(material: Material, key: str) -> str:
    """The 二级指标 of a row, its 一级指标 where the form has none, "" without either."""
    for level in ("dimension", "category"):
        slot = f"{key}.{level}"
        if material.values.knows(slot) and material.values.shown(slot):
            return material.phrases.word(f"benefits.{level}").replace("$name", f"{{{{{slot}}}}}")
    return ""


def _reason(material: Material, row: Row, key: str) -> tuple[Wording, ...]:
    """The reason of the form where one is due (偏差原因); none for a row in order."""
    if row.lost > 0 or not row.met:
        return material.say("benefits.reason", i=key)
    return material.say("benefits.excess", i=key) if row.over_completed else ()
