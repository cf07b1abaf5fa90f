"""The numbers of a text, line by line: prose by its sentences, tables by their columns.

Puts the pieces together: scan, context, judgement, years, strong words. Knows no whole-document rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.facts import Role
from assistant.domain.finding import Finding, Severity
from assistant.domain.numerals import Mention, MentionKind, scan
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.proof.altered import altered
from assistant.proof.claim import Claim, Paragraph, as_known, of_this_year
from assistant.proof.claims import claims_of
from assistant.proof.comparisons import Comparisons
from assistant.proof.dated import Dates
from assistant.proof.derived import group_words
from assistant.proof.judging import Judge
from assistant.proof.layout import Line, Span, is_heading, lines, sentences
from assistant.proof.ledger import Ledger
from assistant.proof.minus import signed, with_units
from assistant.proof.misfits import check_misfit
from assistant.proof.naming import Subject
from assistant.proof.part_of_whole import parts_in
from assistant.proof.provenance import provenance
from assistant.proof.scopes import Scopes
from assistant.proof.sources import Fault, Sources
from assistant.proof.spots import spot
from assistant.proof.strong_words import StrongWords
from assistant.proof.subjects import Names
from assistant.proof.tables import Table, TableCell
from assistant.proof.trends import check_trends
from assistant.proof.years import Calendar, Spoken

_SPOKEN = (MentionKind.QUANTITY, MentionKind.DATE, MentionKind.YEAR)
_DAY = re.compile("[日号]|[-/.][0-9]{1,2}[-/.]")
_CAPTION = re.compile(r"\s*(?:附[件表]|表\s*[0-9一二三四五六七八九十]|（(?:19|20)[0-9]{2}年度?）|单位[：:])")
_PLANS = re.compile("措施|建议|打算|下一步|整改")
_IN_YUAN = re.compile(r"单位[：:]\s*(元|亿元|千元)")


class Reading:
    """Reads one text against one report."""

    def __init__(self, report: Report, card: Scorecard, ledger: Ledger, sources: Sources) -> None:
        public = [(n, "", 0) for n, project in enumerate(report.projects, 1) if not project.confidential]
        results = {
            one.subject: (one.fact.value, one.fact.unit)
            for one in ledger.entries
            if one.attribute in ("actual", "value") and one.fact.role is not Role.TEXT and not one.last_year
        }
        single = len(report.projects) == 1
        self.names = Names(
            ledger.names, single=single, public=public, groups=group_words(card), results=results
        )
        self.judge = Judge(ledger, sources)
        self.sources = sources
        self.dates = Dates(report)
        self.calendar = Calendar(report, sources, self.dates)
        self.words = StrongWords(report, card, ledger, self.names)
        self.provenance = provenance(report)
        self.altered = altered(report)
        self.comparisons = Comparisons(ledger, tuple(public))
        self.planning = False
        self.shown: set[int] = set()
        self.sourced: list[Span] = []
        self.years = (self.calendar.last_year if report.last_year else None, report.year)

    def project_named(self, scope: str) -> int:
        """Return the position of the sub-project of that name from 1, 0 for none."""
        return next(
            (subject[0] for subject in self.names.names.get(scope.strip("“”"), ()) if subject[1] == ""), 0
        )

    def read(self, text: str, project: int = 0, *, whole: bool = False) -> list[Finding]:
        """Return what is wrong with the numbers and strong words of a text.

        In a `whole` text the numbers of 改进措施 may be plans.
        """
        mentions, (sourced, faults) = signed(text, with_units(text, scan(text))), self.sources.repeated(text)
        found: list[Finding] = []
        open_mentions = [
            mention
            for mention in mentions
            if mention.kind is MentionKind.QUANTITY or not _held(mention, sourced)
        ]
        self.sourced = sourced
        self.shown = set()
        scopes, table, at = Scopes(self.names, text, project), Table(), 0
        for line in lines(text):
            own: list[Mention] = []
            while at < len(open_mentions) and open_mentions[at].start < line.end:
                own.append(open_mentions[at])
                at += 1
            scope = scopes.enter(line)
            self.planning = whole and _is_planning(line, self.planning)
            if line.is_row:
                found += self._row(text, line, own, table, scope)
            else:
                table = _table_after(line, table)
                found += self.provenance.check(text, line)
                found += self._prose(text, line, own, scope)
        differing = self._differing(text, faults, found)
        places = [Span(one.start or 0, one.end or 0) for one in differing]
        return [*differing, *(one for one in found if not _covers(one, places))]

    def _differing(self, text: str, faults: Sequence[Fault], found: Sequence[Finding]) -> list[Finding]:
        """The numbers in which a text differs from a source it repeats, where no figure of the report explains them."""
        said = {one.start for one in found if one.severity is Severity.ERROR and one.rule != "N07"}
        return [
            _fault(text, fault)
            for fault in faults
            if fault.start not in said and not any(fault.start - 2 <= at < fault.end for at in self.shown)
        ]

    def _prose(self, text: str, line: Line, mentions: Sequence[Mention], project: int) -> list[Finding]:
        paragraph = Paragraph(text, project, *self.years, single=self.names.single)
        found: list[Finding] = []
        for sentence in sentences(line):
            own = [mention for mention in mentions if sentence.start <= mention.start < sentence.end]
            before = len(paragraph.names)
            numbers = self._sentence(paragraph, line, sentence, own)
            named = paragraph.names[before:]
            if any(one.rule in ("N01", "N02") for one in numbers):
                true = self.words.counts(text, sentence, project, named)
                true |= {m.start for m in own if self.altered.gives(text, sentence, m)}
                numbers = [one for one in numbers if one.start not in true]
            found += numbers
            found += self.words.check(text, sentence, project, named)
            found += self.comparisons.check(text, sentence, named)
            found += self.dates.check(text, sentence, self.sourced)
            found += check_trends(text, sentence)
            found += self.altered.check(text, sentence, named)
        return found

    def _sentence(
        self, paragraph: Paragraph, line: Line, sentence: Span, mentions: Sequence[Mention]
    ) -> list[Finding]:
        spoken = [mention for mention in mentions if mention.kind in _SPOKEN]
        claims = as_known(claims_of(paragraph, sentence, spoken, self.names), self.sourced)
        claims = [
            claim
            for claim in claims
            if claim.mention.kind is MentionKind.QUANTITY
            or (_DAY.search(claim.mention.text) and self.judge.is_worded(claim, paragraph.text))
        ]
        misfits = [
            one
            for mention in mentions
            if not _held(mention, self.sourced)
            for one in check_misfit(paragraph.text, mention)
        ]
        claims = [claim for claim in claims if not any(one.start == claim.mention.start for one in misfits)]
        seen = self._in_sight(paragraph, line.start, sentence.end) if claims else ()
        said, true = self.judge.judge(
            paragraph.text, claims, paragraph.stated, planning=self.planning, seen=seen
        )
        paragraph.stated += true
        self.shown |= {one.start for one in true if one.figure}
        quantities = [mention for mention in mentions if mention.kind is MentionKind.QUANTITY]
        found = misfits + said + list(parts_in(paragraph.text, sentence, quantities))
        last = any(claim.last_year for claim in claims)
        dated = [mention for mention in mentions if not any(claim.mention is mention for claim in claims)]
        spoken_of = Spoken(paragraph.text, Span(line.start, line.end), sentence, last and not found)
        years = self.calendar.check(spoken_of, dated)
        if years and last:
            now = [of_this_year(claim) for claim in claims]
            found, _ = self.judge.judge(
                paragraph.text, now, paragraph.stated, planning=self.planning, seen=seen
            )
        return found + years

    def _in_sight(self, paragraph: Paragraph, start: int, end: int) -> tuple[Subject, ...]:
        """The rows that share a word with a paragraph so far; the names in it are words of no other row."""
        piece = list(paragraph.text[start:end])
        for name in paragraph.names:
            if not name.weak and start <= name.start and name.end <= end:
                piece[name.start - start : name.end - start] = "，" * (name.end - name.start)
        return self.names.near("".join(piece), Span(0, len(piece)))

    def _row(
        self, text: str, line: Line, mentions: Sequence[Mention], table: Table, project: int
    ) -> list[Finding]:
        cells = table.read(line, self.names, project)
        found = _misnumbered(text, table)
        for cell in cells:
            own = [
                mention for mention in mentions if cell.start <= mention.start < cell.start + len(cell.text)
            ]
            span = Span(cell.start, cell.start + len(cell.text))
            if cell.attributes:
                claims = [
                    _cell_claim(mention, cell, span, table) for mention in own if mention.kind in _SPOKEN
                ]
                found += self.judge.judge(text, as_known(claims, self.sourced))[0]
            elif own or cell.text:
                found += self._prose(text, Line(span.start, span.end, cell.text, 0), own, project)
        return found


def _misnumbered(text: str, table: Table) -> list[Finding]:
    """The 序号 of a row follows that of the row above."""
    if table.misnumbered is None:
        return []
    span, right = table.misnumbered, str(table.rows)
    return [
        spot("C19", text, span, f"序号应为{right}", f"请改为{right}", expected=right, severity=Severity.ERROR)
    ]


def _cell_claim(mention: Mention, cell: TableCell, span: Span, table: Table) -> Claim:
    if (
        table.unit != "万元"
        and not mention.unit
        and cell.attributes & {"initial", "budget", "spent", "unspent", "price"}
    ):
        power = {"元": -4, "千元": -1, "亿元": 4}[table.unit]
        value = mention.value.scaleb(power) if mention.value is not None else None
        mention = mention.model_copy(
            update={"value": value, "unit": "万元", "places": mention.places - power}
        )
    return Claim(mention, span, cell.attributes, cell.levels, len(cell.levels), row=True)


def _is_planning(line: Line, before: bool) -> bool:
    """Whether a line stands under a heading on what is to be done."""
    if line.level != 1 or not is_heading(line):
        return before
    return _PLANS.search(line.text) is not None


def _table_after(line: Line, table: Table) -> Table:
    """A heading, a caption or a unit ends a table; a broken cell does not."""
    unit = _IN_YUAN.search(line.text)
    if unit:
        return Table(unit=unit[1])
    return Table() if line.level or _CAPTION.match(line.text) else table


def _covers(one: Finding, places: Sequence[Span]) -> bool:
    """Whether a finding on a date holds a place that another finding is about."""
    return one.rule == "N07" and any((one.start or 0) <= p.start < (one.end or 0) for p in places)


def _held(mention: Mention, spans: Sequence[Span]) -> bool:
    """Whether a mention stands in one of the spans."""
    return any(span.holds(mention.start, mention.end) for span in spans)


def _fault(text: str, fault: Fault) -> Finding:
    message = f"此处与填报的文字相同，唯数字应为“{fault.expected}”，文中为“{text[fault.start : fault.end]}”"
    remedy = f"请改为“{fault.expected}”，或先更正填报数据"
    return spot("N02", text, (fault.start, fault.end), message, remedy, expected=fault.expected)
