"""A unit's own Word template (模板): its styles, page and running heads, and where its tags want the report.

A template without tags in its text gives its looks alone; its text is left out. One with tags is filled.
Which style plays which role is found by name, outline level and use. Whether its tags are right is asked in
`template_check`.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle as WordStyle
from lxml import etree  # type: ignore[import-untyped]

from assistant.domain.base import Frozen
from assistant.errors import DamagedFile, FileMissing, UnsupportedFile
from assistant.export.canvas import Canvas
from assistant.export.filling import own_text
from assistant.export.layout import Layout
from assistant.export.package_parts import read_parts
from assistant.export.provenance import NAMESPACE
from assistant.export.roles import HEADINGS, Role
from assistant.export.styles import add_style, set_page
from assistant.export.tags import read_tags

_CUSTOM = "/customXml"
_RUNNING = ("/header", "/footer")
_NAMES = {
    Role.TITLE: ("Title", "标题", "公文标题", "报告标题", "大标题", "主标题", "文件标题"),
    Role.BODY: ("公文正文", "报告正文", "正文文本", "Body Text", "正文首行缩进", "正文缩进", "Normal Indent"),
    Role.HEADING1: ("Heading 1", "标题 1", "标题1", "一级标题", "标题一"),
    Role.HEADING2: ("Heading 2", "标题 2", "标题2", "二级标题", "标题二"),
    Role.HEADING3: ("Heading 3", "标题 3", "标题3", "三级标题", "标题三"),
    Role.HEADING4: ("Heading 4", "标题 4", "标题4", "四级标题", "标题四"),
    Role.ANNEX_MARK: ("附件", "附件标识", "附件标题"),
    Role.ANNEX_NOTE: ("附件说明",),
    Role.SIGNATURE: ("落款", "署名", "Signature"),
    Role.CELL: ("表格文字", "表格正文", "表格内容", "表文"),
}


class Template(Frozen):
    """A template as it was read: the name of its file and its bytes."""

    name: str
    content: bytes

    def open(self) -> WordFile:
        """Return it as a Word file to be written into; without the provenance of a report it was made from."""
        word = docx.Document(io.BytesIO(self.content))
        if word.element.body is not None and not len(word.sections):
            word.element.body.get_or_add_sectPr()
            set_page(word.sections[0])
        for key, rel in list(word.part.rels.items()):
            if rel.reltype.endswith(_CUSTOM) and NAMESPACE.encode() in rel.target_part.blob:
                del word.part.rels[key]
        return word


class Casting(NamedTuple):
    """Which style of a template plays which role; `numbered` are those that Word numbers by itself."""

    styles: dict[Role, WordStyle]
    numbered: frozenset[Role]


def read_template(path: Path) -> Template:
    """Return the template; FileMissing, UnsupportedFile or DamagedFile where it is no .docx."""
    if not path.is_file():
        raise FileMissing(path)
    if path.suffix.lower() != ".docx":
        raise UnsupportedFile(path, ".docx", "请在办公软件里把模板另存为 .docx")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedFile(path, f"系统不允许读取（{error.strerror}）") from None
    read_parts(content, path.name)
    template = Template(name=path.name, content=content)
    try:
        whole = _is_whole(template.open())
    except (KeyError, ValueError, AttributeError, OSError, etree.XMLSyntaxError):
        whole = False
    if not whole:
        raise DamagedFile(path, "里面没有完好的 Word 正文、样式或设置")
    return template


def _is_whole(word: WordFile) -> bool:
    """Whether the parts of a file are what they should be; one may have been put in the place of another."""
    roots = (word.element.body, word.styles.element, word.settings.element)
    wanted = tuple(map(qn, ("w:body", "w:styles", "w:settings")))
    heads = all(root.tag in (qn("w:hdr"), qn("w:ftr")) for _, root in running_parts(word))
    return heads and all(
        root is not None and root.tag == tag for root, tag in zip(roots, wanted, strict=True)
    )


def is_tagged(word: WordFile) -> bool:
    """Whether the text of a template (not its running heads) holds tags."""
    return any(any(read_tags(own_text(one))) for one in word.element.body.iter(qn("w:p")))


def running_parts(word: WordFile) -> Iterator[tuple[str, Any]]:
    """Yield the headers and footers with the words for people (页眉、页脚)."""
    for rel in word.part.rels.values():
        if rel.reltype.endswith(_RUNNING) and not rel.is_external:
            yield "页眉" if rel.reltype.endswith("/header") else "页脚", rel.target_part.element


def cast(word: WordFile) -> Casting:
    """Return the styles of a template by the role they play; roles that none plays are left out."""
    known = {
        style.name: style
        for style in word.styles
        if style.type == WD_STYLE_TYPE.PARAGRAPH and isinstance(style, WordStyle)
    }
    found: dict[Role, WordStyle] = {}
    for role in Role:
        names = (str(role), *_NAMES[role])
        style = next((known[name] for name in names if name in known), None) or _by_outline(known, role)
        if style is not None:
            found[role] = style
    if Role.BODY not in found and "Normal" in known:
        found[Role.BODY] = _most_used(word, known, found) or known["Normal"]
    return Casting(found, frozenset(role for role in HEADINGS if role in found and _is_numbered(found[role])))


def template_canvas(word: WordFile, layout: Layout) -> Canvas:
    """Return a canvas in the template's styles, our own where it has none for a role."""
    styles, numbered = cast(word)
    for role in (role for role in Role if role not in styles):
        styles[role] = add_style(word, role, layout)
    return Canvas(word, layout, {role: styles[role].style_id for role in Role}, numbered)


def _by_outline(known: dict[str, WordStyle], role: Role) -> WordStyle | None:
    """Return a style of the outline level of a heading, whatever it is called."""
    for style in known.values() if role.level is not None else ():
        level = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None and level.get(qn("w:val")) == str(role.level):
            return style
    return None


def _most_used(word: WordFile, known: dict[str, WordStyle], taken: dict[Role, WordStyle]) -> WordStyle | None:
    """Return the style that most of the template's own text is written in, no heading or title."""
    others = {style.style_id for style in taken.values()}
    letters: Counter[str] = Counter()
    for paragraph in word.element.body.iterchildren(qn("w:p")):
        if paragraph.style and paragraph.style not in others:
            letters[paragraph.style] += len(own_text(paragraph))
    most = [identifier for identifier, count in letters.most_common(1) if count]
    return next((style for style in known.values() if style.style_id in most), None)


def _is_numbered(style: WordStyle | None) -> bool:
    """Whether Word numbers the paragraphs of a style, by itself or by what it is based on."""
    while style is not None:
        number = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            return bool(number.get(qn("w:val")) != "0")
        style = style.base_style
    return False
