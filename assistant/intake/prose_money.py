"""The money that the sentences of a past report state (预算句): 年初, 全年, 执行 and the printed rate, by sub-project.

Amounts come out in 万元. Knows nothing of tables; a rate that its own two amounts do not give is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.base import Frozen, Number
from assistant.domain.figures import percentage, round_half_up
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.units import ratio_holds, to_wan
from assistant.intake.flow import Paragraph

_AMOUNT = r"(?:人民币)?(?P<{0}>\d[\d,]*(?:\.\d+)?)(?P<{0}_unit>亿元|万元?|元)"
_BE = r"(?:为|是|共|共计|合计|达到|核定为|核定|总额|总数)?"
_INITIAL = re.compile(r"年初(?:批复|安排|计划)?(?:部门)?(?:预算)?(?:安排)?数?" + _BE + _AMOUNT.format("n"))
_ANNUAL = re.compile(
    r"(?:全年|年度(?:支出)?总?|调整后)预算(?:安排)?(?:总额|总数|数)?" + _BE + _AMOUNT.format("n")
)
_SPENT = re.compile(
    r"(?:全年执行数?|全年支出|全年支付|实际支出|实际执行数?|累计支出|累计支付|预算完成数|执行数|(?:日|全年|年底|，)支出)"
    + _BE
    + _AMOUNT.format("n")
)
_PAIR = re.compile(
    r"(?P<subject>[^，。；;,]*?)(?<!年初)预算(?:安排)?(?:总额|总数|数)?"
    + _BE
    + _AMOUNT.format("budget")
    + r"[，,]"
    r"(?:全部由财政拨款[，,])?(?:实际|累计)?(?:支出|执行数|预算完成数|执行)[^，。；\d]{0,14}?"
    + _AMOUNT.format("spent")
)
_RATE = re.compile(r"(?:执行率|完成率|支出率)" + _BE + r"(?P<n>\d+(?:\.\d+)?)[%％]")
_ALONE = re.compile(
    r"(?P<name>[^，。；：\d]{2,24}?)(?:预算)?(?:执行率|完成率)" + _BE + r"(?P<n>\d+(?:\.\d+)?)[%％]"
)
_TYPES = ("基本支出", "项目支出")


class Statement(Frozen):
    """What one place of the text says of money: amounts in 万元, the rate in % as printed.

    `subject` is 基本支出 or 项目支出 where it speaks of that, `about` the words before a whole's budget.
    """

    subject: str = ""
    about: str = ""
    scope: int | None = None
    initial: Number | None = None
    annual: Number | None = None
    spent: Number | None = None
    rate: Number | None = None
    place: str = ""

    @property
    def complete(self) -> bool:
        """Whether budget and expenditure are both known."""
        return self.annual is not None and self.spent is not None


def statements_in(paragraphs: Sequence[Paragraph]) -> tuple[Statement, ...]:
    """Return the statements of each scope: those by expenditure type, and one of the whole where there is one."""
    found = [statement for paragraph in paragraphs for statement in _pairs(paragraph)]
    paired = {statement.scope for statement in found if not statement.subject}
    scopes = {paragraph.scope for paragraph in paragraphs} - paired
    wholes = [_gathered([item for item in paragraphs if item.scope == scope]) for scope in scopes]
    made = found + [whole for whole in wholes if whole is not None]
    return tuple(_with_initial(statement, paragraphs) for statement in made)


def _with_initial(statement: Statement, paragraphs: Sequence[Paragraph]) -> Statement:
    """Return a statement of a whole with the 年初预算 that another paragraph of its scope states."""
    if statement.subject or statement.initial is not None:
        return statement
    texts = (item.text for item in paragraphs if item.scope == statement.scope)
    initial = next((amount for text in texts if (amount := _initial_in(text)) is not None), None)
    return statement.model_copy(update={"initial": initial})


def _pairs(paragraph: Paragraph) -> list[Statement]:
    """Return the statements of the form 预算A万元，支出B万元: of a type, or of the whole scope."""
    if re.search(r"问题|措施|建议|成效", paragraph.section):
        return []
    found = []
    for match in _PAIR.finditer(paragraph.text):
        named = next((word for word in _TYPES if match["subject"].endswith(word)), "")
        if not named and not (paragraph.scope is not None or _of_the_whole(match["subject"])):
            continue
        rate = _RATE.search(_sentence_after(paragraph.text, match.end()))
        found.append(
            Statement(
                subject=named,
                about="" if named else re.sub(r"^\d{4}年度?", "", match["subject"]),
                scope=paragraph.scope,
                initial=_initial_in(paragraph.text[: match.start()]) if not named else None,
                annual=_wan(match, "budget"),
                spent=_wan(match, "spent"),
                rate=Decimal(rate["n"]) if rate else None,
                place=paragraph.place,
            )
        )
    return found


def _of_the_whole(subject: str) -> bool:
    """Return whether a subject is the project or unit itself, not a part of it such as 公用经费."""
    return bool(re.search(r"全年|年度|总|平台|项目$|^(?:\d{4}年)?$", subject)) and "其中" not in subject


def _sentence_after(text: str, start: int) -> str:
    """Return the rest of the sentence from a position on."""
    return re.split(r"[。；;]", text[start:], maxsplit=1)[0]


def _initial_in(text: str) -> Decimal | None:
    """Return the 年初预算 that a text states."""
    match = _INITIAL.search(text)
    return _wan(match, "n") if match else None


def _gathered(paragraphs: Sequence[Paragraph]) -> Statement | None:
    """Return the first 年初, 全年 and 执行 that paragraphs of one scope state, None without an expenditure.

    The paragraph of the budget counts, and the next where the expenditure stands in a paragraph of its own.
    """
    for number, paragraph in enumerate(paragraphs):
        annual, initial = _ANNUAL.search(paragraph.text), _INITIAL.search(paragraph.text)
        if not (annual or initial) or re.search(r"问题|措施|建议", paragraph.section):
            continue
        text = "".join(item.text for item in paragraphs[number : number + 3])
        first = min(match.start() for match in (annual, initial) if match)
        spent = _SPENT.search(text, first)
        if spent is None:
            continue
        rate = _RATE.search(_sentence_after(text, spent.end()))
        return Statement(
            scope=paragraph.scope,
            initial=_wan(initial, "n") if initial else None,
            annual=_wan(annual, "n") if annual else (_wan(initial, "n") if initial else None),
            spent=_wan(spent, "n"),
            rate=Decimal(rate["n"]) if rate else None,
            place=paragraph.place,
        )
    return None


def _wan(match: re.Match[str], group: str) -> Decimal | None:
    """Return the amount of a group in 万元; a bare 万 is 万元."""
    unit = match[f"{group}_unit"]
    return to_wan(Decimal(match[group].replace(",", "")), "万元" if unit == "万" else unit)


def rate_findings(statements: Sequence[Statement]) -> list[Finding]:
    """Return A18 where a stated rate is not the stated expenditure over the stated budget (§5.0)."""
    found = []
    for item in statements:
        rate = percentage(item.spent, item.annual) if item.annual and item.spent is not None else None
        if rate is None or item.rate is None:
            continue
        if item.annual and item.spent is not None and not ratio_holds(item.spent, item.annual, item.rate):
            expected = round_half_up(rate)
            message = (
                f"{item.place}：{item.subject}执行率写为{item.rate:f}%，"
                f"按预算{item.annual:f}万元、支出{item.spent:f}万元应为{expected:f}%"
            )
            found.append(
                finding(
                    "A18",
                    message,
                    remedy="请核对比率和两个金额",
                    observed=f"{item.rate:f}%",
                    expected=f"{expected:f}%",
                    place=item.place,
                )
            )
    return found


def task_rates(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, str], ...]:
    """Return (task, printed rate) of paragraphs such as 1.会务费预算完成率为98.20%，… in a section on tasks."""
    found = []
    for paragraph in paragraphs:
        if "任务" not in paragraph.section or paragraph.level <= 2:
            continue
        match = _ALONE.search(paragraph.text[:60])
        if match:
            name = re.sub(r"^[.、．]", "", match["name"])
            found.append((re.sub(r"(?<=专项)预算$|预算$", "", name), f"{match['n']}%"))
    return tuple(found)
