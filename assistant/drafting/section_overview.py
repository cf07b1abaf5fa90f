"""The opening sections (基本情况): background, year, scope and procedure; department and tasks; purpose."""

from __future__ import annotations

import re

from assistant.drafting.material import Material
from assistant.drafting.phrases import Wording
from assistant.drafting.writer import Length, Point

_NOTE = {
    "organised": re.compile(r"自评工作|评价工作组|评价组由|自评小组|领导小组|第三方机构"),
    "procurement": re.compile(r"采购|招标|中标|合同|验收"),
    "supervision": re.compile(r"制度|办法|监督|检查|监控|审计"),
    "approval": re.compile(r"报批|审批|批复|备案|调整"),
}

#: So many line items are named in one sentence.
_SHOWN = 10

#: Every matter a note may be about, "" for the rest.
NOTE_MATTERS = (*_NOTE, "")


def overview(material: Material) -> list[Point]:
    """项目实施情况: background and basis, year, scope, procedure."""
    points: list[Point] = []
    for part, body in (
        ("background", _background(material)),
        ("year", material.body("overview.year", material.say("overview.year"))),
        ("scope", _scope(material)),
        ("procedure", _procedure(material)),
    ):
        if body:
            title = material.phrases.word(f"overview.{part}_title")
            points += [material.heading(f"overview.{part}.title", title, 3), *body]
    return points


def unit(material: Material) -> list[Point]:
    """部门概况: what the inputs give is little, the rest is pending."""
    return list(material.body("overview.duties", material.say("unit.duties")))


def tasks(material: Material) -> list[Point]:
    """年度总体工作和重点工作任务: the goals, then the tasks as written."""
    key = "tasks.goal_many" if material.many else "tasks.goal"
    goals = [wording for one in material.open_projects() for wording in material.say(key, p=one.id)]
    points = list(material.body("tasks.goal", goals, prose=True))
    for n in range(1, len(material.report.tasks) + 1):
        points += material.body(f"tasks.{n}", material.say("tasks.task", t=f"task.{n}"), number=3)
    return points or list(material.body("tasks.none", material.say("tasks.none")))


def purpose(material: Material) -> list[Point]:
    """评价目的与组织实施."""
    organised = notes_about(material, "organised")
    said = [*material.say("purpose.purpose")]
    for note in organised:
        said += material.say("purpose.organised_note", note=note)
    if not organised:
        said += material.say("purpose.organised")
    return list(material.body("purpose", said, prose=True))


def notes_about(material: Material, matter: str) -> tuple[str, ...]:
    """Return the ids of the notes on a matter (procurement, supervision, approval, or "" for the rest)."""
    ids = [(f"note.{n}", note) for n, note in enumerate(material.report.notes, 1)]
    for one in material.open_projects():
        ids += [(f"{one.id}.note.{n}", note) for n, note in enumerate(one.project.notes, 1)]
    causes = "".join(problem.cause for problem in material.diagnosis.proposed)
    return tuple(
        key
        for key, note in ids
        if _matter(note) == matter and material.values.knows(key) and material.values.shown(key) not in causes
    )


def _matter(note: str) -> str:
    return next((name for name, pattern in _NOTE.items() if pattern.search(note)), "")


def _background(material: Material) -> tuple[Point, ...]:
    projects = material.open_projects()
    if material.many or not projects:
        said = [*material.say("overview.background_many")]
        for one in projects if material.length is Length.LONG else ():
            if material.values.knows(f"{one.id}.goal.expected"):
                said += material.say("overview.background_one_goal", p=one.id)
    else:
        key = "background_plain" if material.evaluation else "background"
        said = [*material.say(f"overview.{key}", p=projects[0].id)]
    return material.body("overview.background", said, material.say("overview.basis"), prose=True)


def _scope(material: Material) -> tuple[Point, ...]:
    said: list[Wording] = []
    if material.many:
        ids = [f"p{n}" for n in range(1, len(material.report.projects) + 1)]
        said += material.say("overview.scope_many", names="、".join(f"{{{{{p}.title}}}}" for p in ids))
    for one in material.open_projects():
        names = items_of(material, one.id, len(one.project.line_items))
        if names:
            said += material.say("overview.scope_items", p=one.id, names=names)
    secret = material.say("overview.secret") if material.has_secret else ()
    return material.body("overview.scope", said, secret, prose=True)


def items_of(material: Material, project_id: str, count: int) -> str:
    """Return the names of the line items as slots, joined for a sentence; "" where there are none."""
    ids = [f"{project_id}.l{n}.name" for n in range(1, count + 1)]
    known = [f"{{{{{key}}}}}" for key in ids if material.values.knows(key)]
    return "、".join(known[:_SHOWN]) + ("等" if len(known) > _SHOWN else "")


def _procedure(material: Material) -> tuple[Point, ...]:
    key = "overview.procedure_many" if material.many else "overview.procedure"
    said = [wording for one in material.open_projects() for wording in material.say(key, p=one.id)]
    matters = {"project": ("organised", ""), "evaluation": ("approval", "procurement", "supervision", "")}
    mine = matters.get(material.report.kind.value, ("",))
    for n, note in enumerate([note for matter in mine for note in notes_about(material, matter)]):
        said += material.say("overview.note" if n == 0 else "overview.note_next", note=note)
    return material.body("overview.procedure", said, prose=True)
