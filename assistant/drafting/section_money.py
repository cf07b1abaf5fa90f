"""The sections on money (资金): 财政支出情况, 项目管理情况 and 支出效益分析."""

from __future__ import annotations

from assistant.domain.indicator import Category
from assistant.drafting.material import Material, OpenProject
from assistant.drafting.phrases import Wording
from assistant.drafting.section_overview import items_of, notes_about
from assistant.drafting.writer import Length, Point

#: So many benefits are named as what came of the money.
_SHOWN = 6


def funding(material: Material) -> list[Point]:
    """财政支出情况: the whole, then each sub-project with its sources and line items."""
    total = list(material.say("funding.total")) if material.many else []
    total += [*_adjusted(material, "all"), *_changes(material)] if material.many else []
    if material.has_secret:
        total += material.say("funding.secret")
    points = list(material.body("funding.total", total, prose=True))
    for turn, one in enumerate(material.open_projects()):
        points += _project_money(material, one, turn)
    return points


def management(material: Material) -> list[Point]:
    """项目管理情况: only what the inputs say, the rest is pending."""
    points: list[Point] = []
    for matter in ("approval", "procurement", "supervision"):
        title = material.phrases.word(f"management.{matter}_title")
        said = _adjustment_reasons(material) if matter == "approval" else []
        for note in notes_about(material, matter):
            said += material.say("management.approval_note", note=note)
        body = said or [*material.say(f"management.{matter}")]
        points.append(material.heading(f"management.{matter}.title", title, 3))
        points += material.body(f"management.{matter}", body)
    return points


def spending(material: Material) -> list[Point]:
    """支出效益分析: what the money went to and what came of it."""
    figures = range(1, len(material.report.other_figures) + 1)
    further = [wording for n in figures for wording in material.say("achievements.figure", o=f"o{n}")]
    points = list(material.body("spending.figures", further))
    for turn, one in enumerate(material.open_projects()):
        said = [*material.say("spending.money", p=one.id)]
        names = items_of(material, one.id, len(one.project.line_items))
        if names:
            said += material.say("spending.use", names=names)
        said += _outcome(material, one)
        passages = material.passages(f"{one.project.name}支出效益", "benefits", 3)
        points += _titled(material, "spending", one, said, turn=turn, passages=passages, prose=True)
        points += _achieved(material, one)
    return points


def _achieved(material: Material, one: OpenProject) -> tuple[Point, ...]:
    """What the goal says came of it, once more where there is room."""
    known = material.values.knows(f"{one.id}.goal.achieved")
    said = material.say("spending.achieved", p=one.id) if known and material.length is Length.LONG else ()
    return material.body(f"spending.{one.id}.achieved", said, scope=one.project.name)


def _project_money(material: Material, one: OpenProject, turn: int) -> list[Point]:
    said = [*material.say("funding.project", p=one.id)]
    if (material.value(f"{one.id}.unspent") or 0) > 0:
        said += material.say("funding.unspent", p=one.id)
    said += [*_adjusted(material, one.id), *_sources(material, one)]
    if not material.many:
        said += _changes(material)
    items = [
        point
        for n in range(1, len(one.project.line_items) + 1)
        for point in material.body(
            f"funding.{one.id}.l{n}",
            material.say("funding.item", l=f"{one.id}.l{n}"),
            number=4 if material.many else 3,
            scope=one.project.name,
        )
    ]
    if items:
        said += material.say("funding.items_lead")
    return [*_titled(material, "funding", one, said, turn=turn), *items]


def _titled(
    material: Material, section: str, one: OpenProject, said: list[Wording], **more: object
) -> list[Point]:
    """A paragraph under a heading with the sub-project's name, where there are several."""
    body = material.body(f"{section}.{one.id}", said, scope=one.project.name, **more)
    if not body or not material.many:
        return list(body)
    title = f"{{{{{one.id}.name}}}}"
    return [material.heading(f"{section}.{one.id}.title", title, 3, scope=one.project.name), *body]


def _adjusted(material: Material, prefix: str) -> tuple[Wording, ...]:
    if not material.value(f"{prefix}.adjustment"):
        return ()
    initial, budget = material.value(f"{prefix}.initial"), material.value(f"{prefix}.budget")
    raised = initial is not None and budget is not None and budget > initial
    return material.say("funding.raised" if raised else "funding.lowered", p=prefix)


def _changes(material: Material) -> list[Wording]:
    """Last year's money and how it changed (与上年相比); nothing for a figure that stayed the same."""
    said = [*material.say("funding.last_year")] if material.report.last_year else []
    parts: list[str] = []
    for name, up, down in (("budget", "more", "less"), ("spent", "more", "less"), ("rate", "rose", "fell")):
        now, before = material.value(f"all.{name}"), material.value(f"ly.all.{name}")
        if now is not None and before is not None and now != before:
            direction = material.phrases.word(f"funding.{up if now > before else down}")
            found = material.say(f"funding.changed_{name}", direction=direction)
            parts += [wording.choices[0] for wording in found]
    joined = material.phrases.word("funding.changed_join").join(parts)
    return [*said, *(material.say("funding.changed", parts=joined) if parts else ())]


def _sources(material: Material, one: OpenProject) -> tuple[Wording, ...]:
    ids = [f"{one.id}.s{n}" for n in range(1, len(one.project.funding) + 1)]
    if len(ids) == 1:
        return material.say("funding.one_source", s=ids[0])
    parts = [wording.choices[0] for key in ids for wording in material.say("funding.source_part", s=key)]
    return material.say("funding.sources", parts="；".join(parts)) if parts else ()


def _adjustment_reasons(material: Material) -> list[Wording]:
    said: list[Wording] = []
    for one in material.open_projects():
        for n in range(1, len(one.project.adjustments) + 1):
            key = "management.adjustment_many" if material.many else "management.adjustment"
            said += material.say(key, p=one.id, a=f"{one.id}.a{n}")
    return said


def _outcome(material: Material, one: OpenProject) -> tuple[Wording, ...]:
    """The benefit rows that were met, as what came of the money."""
    rows = {row.path: row for row in one.card.rows}
    ids = [
        f"{one.id}.i{n}"
        for n, indicator in enumerate(one.project.indicators, 1)
        if Category.of(indicator.category) in (Category.BENEFIT, Category.SATISFACTION)
        and rows.get(f"{one.path}.indicators[{n - 1}]")
        and rows[f"{one.path}.indicators[{n - 1}]"].met
        and material.values.knows(f"{one.id}.i{n}.actual")
    ]
    part = material.phrases.word("spending.outcome_part")
    more = material.phrases.word("spending.outcome_more") if len(ids) > _SHOWN else ""
    parts = material.phrases.word("spending.outcome_join").join(
        part.replace("$i", key) for key in ids[:_SHOWN]
    )
    parts += more
    return material.say("spending.outcome", parts=parts) if parts else ()
