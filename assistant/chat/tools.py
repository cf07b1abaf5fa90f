"""What the assistant can do (工具): search, explain, look up a figure, draft a section, check a text, list findings.

The same tools serve the router and the model. None of them changes data.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant import pipeline
from assistant.chat import scores
from assistant.chat.answer import Answer
from assistant.chat.naming import best_named
from assistant.domain.finding import Finding
from assistant.domain.passage import Citation, Passage, Query
from assistant.domain.services import Retriever
from assistant.drafting.brief import outline
from assistant.drafting.compose import Writer
from assistant.pipeline import Evaluation
from assistant.prompts import Prompts

HELP = """我可以：
· 查往年报告：“往年怎么写预算执行率偏低”
· 解释得分：“网络议政征集意见条数为什么扣分”
· 查数字：“协商平台经费的执行率是多少”
· 起草一段：“写存在的主要问题”
· 校核一段话：“校核：全年执行数为297.53万元”
· 列出表格问题：“表里有什么问题”
我不改数据：改数请到“填数据”，改好后重新起草。"""

_HITS = 5
_FINDINGS = 12


class Tools:
    """The tools bound to one report."""

    def __init__(
        self,
        evaluation: Evaluation,
        retriever: Retriever | None,
        prompts: Prompts,
        writer: Callable[[], Writer],
    ) -> None:
        self.evaluation, self.retriever, self.prompts, self.writer = evaluation, retriever, prompts, writer

    def help(self) -> Answer:
        """Return what the assistant can do (帮助)."""
        return Answer(text=HELP)

    def search(self, query: str) -> Answer:
        """Return paragraphs of past reports about the query, with their sources (查往年)."""
        if self.retriever is None:
            return Answer(text="资料库还是空的，请先到“查往年”的“资料库”里上传往年报告。")
        result = self.retriever.search(Query(text=query, limit=_HITS))
        if not result.passages:
            return Answer(text=result.note or "往年报告里没有找到相近的段落，请换个说法。")
        lines = [_hit(hit) for hit in result.passages]
        return Answer(text="\n".join(lines), citations=tuple(hit.citation for hit in result.passages))

    def explain_score(self, subject: str) -> Answer:
        """Return how the score of an indicator, a sub-project or the whole report came about (解释得分)."""
        return scores.explain(self.evaluation, subject)

    def figure(self, question: str) -> Answer:
        """Return a figure of the report with how it was computed (查数字)."""
        found = scores.figure(self.evaluation, question)
        return found or Answer(
            text="账上没有找到这个数字，请写出项目或指标的名称和要查的内容，例如预算、执行率、完成率。"
        )

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
        draft = pipeline.write_draft(
            self.evaluation, self.writer(), self.retriever, self.prompts, sections=[found[1]]
        )
        cited = (one for paragraph in draft.paragraphs for s in paragraph.sentences for one in s.citations)
        words = "\n".join(paragraph.text for paragraph in draft.paragraphs)
        verdict = "（校核通过）" if draft.proven else "（校核未通过，请到“起草”看原因）"
        return Answer(text=f"{words}\n{verdict}", citations=_once(cited))

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


def _hit(hit: Passage) -> str:
    year = f"{hit.year}年" if hit.year else ""
    return f"{hit.rank}. {hit.text}\n　—— {hit.unit_name}{year}，{hit.section.label}"


def _finding(found: Finding) -> str:
    quoted = f"“{found.text}”" if found.text else ""
    remedy = f"（{found.remedy}）" if found.remedy else ""
    return f"[{found.severity.lamp}] {quoted}{found.message}{remedy}"


def _once(cited: object) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited))  # type: ignore[call-overload]
