"""The provenance (出处) inside a Word file: a custom XML part with draft, ledger, public figures, rules, hashes.

`embedded` puts it into a package, `read_provenance` takes it out and says whether it is what was put in;
`without_provenance` removes it. Whether the text of the file still is the text that was exported is asked
in `changes`; nothing here proves anything.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from pydantic import ValidationError

from assistant import __version__
from assistant.domain.base import Frozen
from assistant.domain.draft import Draft
from assistant.domain.facts import Facts
from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.domain.scorecard import Scorecard
from assistant.errors import DamagedFile, FileMissing, UnsupportedFile
from assistant.export.chart_proof import Words, chart_changes, chart_words
from assistant.export.package import open_package
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.public import public_report, public_scorecard, withheld_text
from assistant.library.word_reader import read_word_bytes

FORMAT = "zhiji-provenance/1"
NAMESPACE = "urn:zhiji:provenance:1"
_ITEM = "customXml/zhiji1.xml"
_ITEM_RELS = "customXml/_rels/zhiji1.xml.rels"
_PROPS = "customXml/zhijiProps1.xml"
_STORE_ID = "{7A686A69-0001-4000-8000-70726F76656E}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DOCUMENT_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_NOT_IN_XML = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class State(StrEnum):
    """Whether the part is there and is what was exported."""

    INTACT = "intact"
    MISSING = "missing"
    ALTERED = "altered"

    @property
    def label(self) -> str:
        """The words for people."""
        return {"intact": "完好", "missing": "没有", "altered": "被改动"}[self.value]


class Provenance(Frozen):
    """Everything that a report needs to be proven again: nothing in it is confidential.

    `rules` is the whole rule pack, `rules_sha256` the hash of its text; `blocks` are the paragraphs and
    table rows as exported, `sha256` of them the hash; `charts` are the numbers and labels of the charts.
    """

    format: str = FORMAT
    program: str = __version__
    draft: Draft
    report: Report
    scorecard: Scorecard
    facts: Facts
    rules: dict[str, Any] = {}
    rules_name: str = ""
    rules_sha256: str = ""
    blocks: tuple[str, ...] = ()
    blocks_sha256: str = ""
    charts: tuple[Words, ...] = ()


class Found(NamedTuple):
    """What a file says of its provenance; `provenance` is None where it cannot be read."""

    state: State
    provenance: Provenance | None


class WordFile(NamedTuple):
    """A Word file as verification needs it: its paragraphs and table rows now, and its provenance.

    `beside` says what differs in its charts, and in the workbook that a package holds with it.
    """

    blocks: tuple[str, ...]
    state: State
    provenance: Provenance | None
    beside: tuple[Finding, ...] = ()


def make_provenance(
    draft: Draft, report: Report, scorecard: Scorecard, facts: Facts, rules: dict[str, Any]
) -> Provenance:
    """Return the provenance of a draft with everything confidential taken out; `blocks` come at embedding."""
    own = Draft.model_validate_json(
        withheld_text(draft.model_copy(update={"findings": ()}).model_dump_json(), report)
    )
    return Provenance(
        draft=own,
        report=public_report(report),
        scorecard=public_scorecard(scorecard),
        facts=facts.public(),
        rules=rules,
        rules_name=scorecard.rules,
        rules_sha256=sha256_of(canonical(rules)),
    )


def embedded(content: bytes, provenance: Provenance) -> bytes:
    """Return the Word package with the provenance of its own text in a custom XML part."""
    blocks = tuple(block.text for block in read_word_bytes(io.BytesIO(content), "Word 文件"))
    parts = read_parts(content)
    said = {"blocks": blocks, "blocks_sha256": sha256_of("\n".join(blocks)), "charts": chart_words(parts)}
    whole = provenance.model_copy(update=said)
    parts[_ITEM] = _item(canonical(whole.model_dump(mode="json")))
    parts[_ITEM_RELS] = _relationships("rId1", f"{_OFFICE}/relationships/customXmlProps", "zhijiProps1.xml")
    parts[_PROPS] = _props()
    parts[_DOCUMENT_RELS] = _with_child(
        parts[_DOCUMENT_RELS],
        f"{{{_PACKAGE}/relationships}}Relationship",
        Id="rIdZhiji1",
        Type=f"{_OFFICE}/relationships/customXml",
        Target="../customXml/zhiji1.xml",
    )
    parts[_TYPES] = _with_child(
        parts[_TYPES], f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{_PROPS}", ContentType=_PROPS_TYPE
    )
    return write_parts(parts)


def read_word_file(path: Path) -> WordFile:
    """Return the text and the provenance of a .docx; FileMissing, UnsupportedFile or DamagedFile where it is none."""
    if not path.is_file():
        raise FileMissing(path)
    if path.suffix.lower() not in (".docx", ".zip"):
        raise UnsupportedFile(
            path, ".docx、.zip", "verify 只复核 zhiji draft 导出的文件；其他文件请用 zhiji check"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedFile(path, f"系统不允许读取（{error.strerror}）") from None
    if path.suffix.lower() == ".zip":
        package = open_package(content, path.name)
        file = word_file(package.word, path.name)
        return file._replace(beside=(*file.beside, *package.findings))
    return word_file(content, path.name)


def word_file(content: bytes, name: str) -> WordFile:
    """Return the text and the provenance of a Word package in memory."""
    blocks = tuple(block.text for block in read_word_bytes(io.BytesIO(content), name))
    state, own = read_provenance(content)
    charts = chart_changes(own.charts, chart_words(read_parts(content))) if own is not None else []
    return WordFile(blocks, state, own, tuple(charts))


def broken_provenance(state: State) -> list[Finding]:
    """Return the finding (N21) for a part that is missing or altered."""
    if state is State.INTACT:
        return []
    words = {
        State.MISSING: "文件里没有出处信息，无法复核",
        State.ALTERED: "文件里的出处信息被改动过，不能作为证明",
    }
    remedy = "请用填报数据重新导出；别人的文件请用 zhiji check 或 zhiji review"
    return [finding("N21", words[state], remedy=remedy, observed=state.value, expected=State.INTACT.value)]


def read_provenance(content: bytes) -> Found:
    """Return the provenance of a Word package, under whatever name an office program has given the part."""
    for name, data in read_parts(content).items():
        if name.startswith("customXml/") and NAMESPACE.encode() in data:
            root = _root(data)
            if root is not None and etree.QName(root).namespace == NAMESPACE:
                return _read(root)
    return Found(State.MISSING, None)


def without_provenance(content: bytes) -> bytes:
    """Return the package without the part and whatever points at it."""
    parts = read_parts(content)
    for name in (_ITEM, _ITEM_RELS, _PROPS):
        parts.pop(name, None)
    for name, mark in ((_DOCUMENT_RELS, "customXml/zhiji1.xml"), (_TYPES, f"/{_PROPS}")):
        parts[name] = _without_child(parts[name], mark)
    return write_parts(parts)


def canonical(value: Any) -> str:
    """Return JSON with sorted keys: equal values give equal text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _NOT_IN_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(root: Any) -> Found:
    text = root.text or ""
    try:
        provenance = Provenance.model_validate_json(text)
    except ValidationError:
        return Found(State.ALTERED, None)
    whole = sha256_of(text) == root.get("sha256") and provenance.format == FORMAT
    return Found(State.INTACT if whole else State.ALTERED, provenance)


def _item(text: str) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}provenance", nsmap={None: NAMESPACE})
    root.set("sha256", sha256_of(text))
    root.text = text
    return _bytes(root)


def _props() -> bytes:
    space = f"{_OFFICE}/customXml"
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", _STORE_ID)
    references = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(references, f"{{{space}}}schemaRef").set(f"{{{space}}}uri", NAMESPACE)
    return _bytes(root)


def _relationships(identifier: str, kind: str, target: str) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    etree.SubElement(root, f"{{{space}}}Relationship", Id=identifier, Type=kind, Target=target)
    return _bytes(root)


def _with_child(data: bytes, tag: str, **attributes: str) -> bytes:
    root = etree.fromstring(data)
    etree.SubElement(root, tag, **attributes)
    return _bytes(root)


def _without_child(data: bytes, mark: str) -> bytes:
    root = etree.fromstring(data)
    for child in list(root):
        if any(value.endswith(mark) for value in child.attrib.values()):
            root.remove(child)
    return _bytes(root)


def _root(data: bytes) -> Any:
    """Return the root of a part, None where it is no XML; our own part may be large."""
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        return None


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
