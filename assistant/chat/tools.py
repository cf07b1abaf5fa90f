"""What the assistant can do (工具): search, explain, look up a figure, draft, check, compare, propose.

The same tools serve the router and the model. None of them changes data: what would change something is
proposed and waits for a yes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant import pipeline
from assistant.chat import figures, outlook, scores
from assistant.chat.answer import Action, Answer, asked_back
from assistant.chat.filling import Unclear, proposed
from assistant.chat.guides import HELP
from assistant.chat.naming import best_named, meant
from assistant.chat.rewording import Reworded
from assistant.domain.draft import Draft
from assistant.domain.finding import Finding, Severity
from assistant.domain.passage import Citation, Passage, Query
from assistant.domain.services import Nearness, Retriever
from assistant.drafting.brief import outline
from assistant.drafting.compose import Writer
from assistant.library.standing import PastRate
from assistant.pipeline import Evaluation
from assistant.prompts import Prompts

_HITS = 5
_FINDINGS = 12
_NO_FIGURE = Answer(
    text="账上没有找到这个数字，请写出项目或指标的名称和要查的内容，例如预算、执行率、完成率。"
)


class Tools:
    """The tools bound to one report."""

    def __init__(
        self,
        evaluation: Evaluation,
        retriever: Retriever | None,
        prompts: Prompts,
        writer: Callable[[], Writer],
        draft: Callable[[], Draft | None] = lambda: None,
        rates: Callable[[], Sequence[PastRate]] = tuple,
        nearness: Nearness | None = None,
    ) -> None:
        self.evaluation, self.retriever, self.prompts, self.writer = evaluation, retriever, prompts, writer
        self.draft, self.rates, self.nearness = draft, rates, nearness

    def help(self) -> Answer:
        """Return what the assistant can do (帮助)."""
        return Answer(text=HELP)

    def search(self, query: str, section: str = "", year: int | None = None, unit: str = "") -> Answer:
        """Return paragraphs of past reports about the query, with their sources (查往年).

        `section` (problems, measures, funding …), `year` and `unit` narrow the search where something is found.
        """
        if self.retriever is None:
            return Answer(text="资料库还是空的，请先到“查往年”的“资料库”里上传往年报告。")
        asked = Query(text=query, limit=_HITS, section=section, year=year, unit=unit)
        result, note = self.retriever.search(asked), ""
        if not result.passages and (section or year or unit):
            result = self.retriever.search(Query(text=query, limit=_HITS))
            note = (
                f"没有符合{_narrowed(year, unit)}的段落，下面是不限范围找到的：\n" if result.passages else ""
            )
        if not result.passages:
            return Answer(text=result.note or "往年报告里没有找到相近的段落，请换个说法。")
        words = note + "\n".join(_hit(hit) for hit in result.passages)
        return Answer(text=words, citations=tuple(hit.citation for hit in result.passages))

    def explain_score(self, subject: str) -> Answer:
        """Return how the score of an indicator, a sub-project or the whole report came about (解释得分)."""
        return scores.explain(self.evaluation, subject)

    def figure(self, question: str) -> Answer:
        """Return a figure of the report with how it was computed (查数字)."""
        found = figures.figure(self.evaluation.facts, question)
        return found or (
            scores.explain(self.evaluation, question) if meant(self.names(), question) else _NO_FIGURE
        )

    def names(self) -> list[str]:
        """Return the names that a request may use: sub-projects, indicators, sources."""
        return figures.subjects(self.evaluation.facts)

    def problems(self) -> Answer:
        """Return the problems that the figures show, each with its measure (问题与措施)."""
        found = self.evaluation.diagnosis.candidates
        told = [f"{n}. 问题：{one.title}\n　措施：{one.measure}" for n, one in enumerate(found, 1)]
        return Answer(text="\n".join(told) or "按现有数据没有诊断出问题。")

    def way_up(self, goal: str = "") -> Answer:
        """Return what would lift the score to a grade (优, 良, 中) or a number, "" for the next grade (提分测算)."""
        return outlook.way_up(self.evaluation, goal)

    def standing(self) -> Answer:
        """Return where the execution rate stands among similar past reports (同类位置)."""
        return outlook.standing(self.evaluation, self.rates())

    def section_titles(self) -> dict[str, str]:
        """Return the ids of the sections that can be drafted, by title."""
        entries = outline(self.prompts, self.evaluation.report.kind.value)
        return {str(entry["title"]): str(entry["id"]) for entry in entries if entry.get("write")}

    def draft_section(self, title: str) -> Answer:
        """Return one section drafted offline and proven, by the title of the outline (起草一段)."""
        titles = self.section_titles()
        found = best_named(titles.items(), title, least=0.3)
        if found is None:
            return Answer(text=f"不知道要写哪一部分，可写的有：{'、'.join(titles)}。")
        return self._section(found[1], self.writer(), "normal")

    def title_of(self, section: str) -> str:
        """Return the title of a section of this kind of report, "" where it has none."""
        return next((title for title, one in self.section_titles().items() if one == section), "")

    def rewrite_section(self, title: str, length: str = "normal", again: bool = False) -> Answer:
        """Return one section, short, normal or long; `again` words it another way (改写一段)."""
        section = self.section_titles().get(title)
        if section is None:
            return self.draft_section(title)
        return self._section(section, Reworded(self.writer()) if again else self.writer(), length)

    def _section(self, section: str, writer: Writer, length: str) -> Answer:
        draft = pipeline.write_draft(
            self.evaluation, writer, self.retriever, self.prompts, sections=[section], length=length
        )
        cited = (one for paragraph in draft.paragraphs for s in paragraph.sentences for one in s.citations)
        words = "\n".join(paragraph.text for paragraph in draft.paragraphs)
        verdict = "（校核通过）" if draft.proven else "（校核未通过，请到“起草”看原因）"
        return Answer(text=f"{words}\n{verdict}", citations=_once(cited))

    def check_draft(self) -> Answer:
        """Return what is wrong in the latest draft of this report (校核文稿)."""
        draft = self.draft()
        if draft is None:
            return Answer(text="这份报告还没有文稿，请先起草。")
        found = pipeline.prove_draft(draft, self.evaluation)
        head = "文稿校核通过，可以导出。" if found.proven else "文稿校核未通过："
        wrong = [one for one in found.findings if found.proven or one.severity is Severity.ERROR]
        more = [f"另有{len(wrong) - _FINDINGS}条，见“起草”。"] if len(wrong) > _FINDINGS else []
        return Answer(text="\n".join([head, *map(_finding, wrong[:_FINDINGS]), *more]))

    def compare_last_year(self) -> Answer:
        """Return the figures of this year beside those of last year (与上年比)."""
        return Answer(text=scores.compared(self.evaluation.facts))

    def propose_change(self, request: str) -> Answer:
        """Say which cell would change and how; nothing changes before the user says yes (改数)."""
        change = proposed(self.evaluation.report, request)
        if isinstance(change, Unclear):
            if change.choices:
                return asked_back(change.text, (f"/改 {words}" for words in change.choices))
            return Answer(text=change.text)
        told = (
            f"要把{change.label}由“{change.before or '（空）'}”改为“{change.after}”。改吗？请点“是”或“否”。"
        )
        return Answer(text=told, action=Action(kind="fill", change=change))

    def propose_export(self, how: str = "docx") -> Answer:
        """Say which file would be made: docx, pdf, md, zip or xlsx; it is made after the user says yes (导出)."""
        if how == "xlsx":
            return Answer(text="要导出填好的自评表（.xlsx）。导出吗？", action=Action(kind="export", how=how))
        draft = self.draft()
        if draft is None:
            return Answer(text="这份报告还没有文稿，请先说“起草整篇报告”。")
        mark = "" if draft.proven else "文稿没有通过校核，导出的是未校核稿。"
        told = f"要导出文稿“{draft.title}”（.{how}）。{mark}导出吗？"
        return Answer(text=told, action=Action(kind="export", how=how))

    def propose_draft(self, length: str = "normal") -> Answer:
        """Say that a whole new draft would be written; it is written after the user says yes (起草整篇)."""
        told = "要按现在已存的数据起草整篇，成为新的一稿，原来的各稿都留着。起草吗？"
        return Answer(text=told, action=Action(kind="draft", how=length))

    def check_text(self, text: str) -> Answer:
        """Return what is wrong in a piece of text, held against the report (校核)."""
        proof = pipeline.prove_text(text, self.evaluation)
        if not proof.findings:
            return Answer(text="校核通过：这段话里的数字都有出处。")
        head = "校核通过，有几点提示：" if proof.proven else "校核未通过："
        return Answer(text="\n".join([head, *map(_finding, proof.findings)]))

    def list_findings(self) -> Answer:
        """Return what is wrong in the filled form itself (表格问题)."""
        found = self.evaluation.findings
        if not found:
            return Answer(text="填报数据没有发现问题。")
        more = [f"另有{len(found) - _FINDINGS}条，见“看得分”。"] if len(found) > _FINDINGS else []
        return Answer(text="\n".join([f"共{len(found)}条：", *map(_finding, found[:_FINDINGS]), *more]))


def _narrowed(year: int | None, unit: str) -> str:
    return "、".join([*([f"{year}年"] if year else []), *([unit] if unit else [])]) or "这一部分"


def _hit(hit: Passage) -> str:
    year = f"{hit.year}年" if hit.year else ""
    return f"{hit.rank}. {hit.text}\n　—— {hit.unit_name}{year}，{hit.section.label}"


def _finding(found: Finding) -> str:
    quoted = f"“{found.text}”" if found.text else ""
    remedy = f"（{found.remedy}）" if found.remedy else ""
    return f"[{found.severity.lamp}] {quoted}{found.message}{remedy}"


def _once(cited: object) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited))  # type: ignore[call-overload]
