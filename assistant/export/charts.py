"""Bar charts as native charts of Word (DrawingML): sharp in print, in the document's own fonts, no pictures made.

A chart has no workbook behind it: its numbers are in it and in its alternative text. Knows nothing of scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt

from assistant.domain.base import Frozen
from assistant.export.canvas import Canvas
from assistant.export.layout import Layout
from assistant.export.roles import Role

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMU_OF_TWIP = 635
_BAR, _FRAME, _LONGEST = 400, 900, 11000  # twips: a bar with its gap, what is around, the tallest chart
_BELOW = Pt(14)
_NAME = 20  # letters of a name beside its bar; the alternative text has it whole
_ROOM = Decimal("0.18")  # of the longest bar, for the label at its end
_NAMES_AXIS = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
    '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>'
    '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
)


class Bar(Frozen):
    """One bar: its name, where it begins (for a waterfall), how long it is, the label at its end, its colour."""

    name: str
    length: Decimal
    label: str
    start: Decimal = Decimal(0)
    colour: str = "4F6D8F"


class Chart(Frozen):
    """A chart of horizontal bars from above down, its axis from `smallest` to `largest`.

    `words` are its alternative text, with every number.
    """

    title: str
    words: str
    bars: tuple[Bar, ...]
    largest: Decimal
    smallest: Decimal = Decimal(0)


def write_chart(canvas: Canvas, chart: Chart, number: int) -> None:
    """Append the chart, as wide as the text, and its caption below."""
    width = canvas.text_width
    height = min(_FRAME + _BAR * len(chart.bars), _LONGEST)
    name = PackURI(f"/word/charts/zhiji{number}.xml")
    part = Part(name, _TYPE, _chart_xml(chart, canvas).encode(), canvas.word.part.package)
    relation = canvas.word.part.relate_to(part, _RELATION)
    holder = canvas.add("", Role.CELL)
    holder.paragraph_format.keep_with_next = True
    run = holder.add_run()
    run._r.append(_inline(relation, number, chart, width * _EMU_OF_TWIP, height * _EMU_OF_TWIP))
    caption = canvas.add(f"图{number}　{chart.title}", Role.CELL)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_after = _BELOW


def _inline(relation: str, number: int, chart: Chart, width: int, height: int) -> Any:
    title, words = _attribute(chart.title), _attribute(chart.words)
    return parse_xml(
        f'<w:drawing xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{9704 + number}" name="图{number}" title="{title}" descr="{words}"/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _chart_xml(chart: Chart, canvas: Canvas) -> str:
    """Return the chart: an unseen series to where each bar begins, the bars, and an unseen one that holds labels."""
    names = [bar.name if len(bar.name) <= _NAME else f"{bar.name[: _NAME - 1]}…" for bar in chart.bars]
    room = (chart.largest - chart.smallest) * _ROOM
    unseen = "<c:spPr><a:noFill/></c:spPr>"
    series = (
        _series(0, "起点", names, [bar.start for bar in chart.bars], unseen),
        _series(1, chart.title, names, [bar.length for bar in chart.bars], _colours(chart.bars)),
        _series(2, "标注", names, [room] * len(names), unseen + _labels(chart.bars)),
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="stacked"/><c:varyColors val="0"/>{"".join(series)}'
        '<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_NAMES_AXIS}{_axis(chart.smallest, chart.largest + room)}</c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_text(canvas.layout)}</c:chartSpace>"
    )


def _axis(smallest: Decimal, largest: Decimal) -> str:
    """Return the axis of the numbers, which is not drawn: every bar says its own."""
    return (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{largest}"/><c:min val="{smallest}"/></c:scaling><c:delete val="1"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="1"/></c:valAx>'
    )


def _text(layout: Layout) -> str:
    fonts = layout.fonts
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{int(layout.sizes.table * 100)}"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill><a:latin typeface="{_attribute(fonts.latin)}"/>'
        f'<a:ea typeface="{_attribute(fonts.table)}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _series(index: int, title: str, names: Sequence[str], values: Sequence[Decimal], looks: str) -> str:
    column, last = "BCD"[index], len(names) + 1
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:v>{escape(title)}</c:v></c:tx>{looks}'
        f"<c:cat><c:strRef><c:f>A$2:A${last}</c:f><c:strCache>{_points(names)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{column}$2:{column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f"{_points(values)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(values: Sequence[object]) -> str:
    points = (f'<c:pt idx="{n}"><c:v>{escape(str(value))}</c:v></c:pt>' for n, value in enumerate(values))
    return f'<c:ptCount val="{len(values)}"/>{"".join(points)}'


def _colours(bars: Sequence[Bar]) -> str:
    points = (
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_fill(bar.colour)}</c:dPt>'
        for n, bar in enumerate(bars)
    )
    return f'{_fill(Bar.model_fields["colour"].default)}<c:invertIfNegative val="0"/>{"".join(points)}'


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _labels(bars: Sequence[Bar]) -> str:
    """Return the label at the end of each bar, in its own words."""
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    points = (
        f'<c:dLbl><c:idx val="{n}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN"/>'
        f'<a:t>{escape(bar.label)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="inBase"/>{shown}</c:dLbl>'
        for n, bar in enumerate(bars)
    )
    return (
        f'<c:invertIfNegative val="0"/><c:dLbls>{"".join(points)}<c:dLblPos val="inBase"/>{shown}</c:dLbls>'
    )


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
