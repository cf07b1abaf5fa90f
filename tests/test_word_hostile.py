"""Hostile Word files are reviewed or refused in words; what is reviewed keeps its text and its other parts."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import CORPUS
from lxml import etree
from soak_notes import note, remaining
from word_faults import MAIN, comments_of

from assistant.errors import ZhijiError
from assistant.export.package_parts import read_parts, write_parts
from assistant.library.readers import plain_text, read_source
from assistant.pipeline import review_file

SEED = 611
#: The parts that a review may write.
WRITTEN = {
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
}


def nested_table(root: etree._Element, dice: random.Random) -> None:
    cells = list(root.iter(f"{MAIN}tc"))
    tables = list(root.iter(f"{MAIN}tbl"))
    if cells and tables:
        dice.choice(cells).insert(1, etree.fromstring(etree.tostring(dice.choice(tables))))


def tracked_runs(root: etree._Element, dice: random.Random) -> None:
    for run in dice.sample(list(root.iter(f"{MAIN}r")), 5):
        wrapper = etree.Element(f"{MAIN}{dice.choice(('ins', 'del', 'smartTag', 'hyperlink', 'sdtContent'))}")
        run.addprevious(wrapper)
        wrapper.append(run)


def split_runs(root: etree._Element, dice: random.Random) -> None:
    for text in dice.sample(list(root.iter(f"{MAIN}t")), 8):
        run = text.getparent()
        words = text.text or ""
        text.text = words[: len(words) // 2]
        rest = etree.SubElement(run, f"{MAIN}t")
        rest.text = words[len(words) // 2 :]


def fields_and_hidden_text(root: etree._Element, dice: random.Random) -> None:
    for run in dice.sample(list(root.iter(f"{MAIN}r")), 4):
        run.insert(0, etree.Element(f"{MAIN}fldChar", {f"{MAIN}fldCharType": "begin"}))
        properties = etree.SubElement(run, f"{MAIN}rPr")
        etree.SubElement(properties, f"{MAIN}vanish")


def many_paragraphs(root: etree._Element, dice: random.Random) -> None:
    body = root.find(f"{MAIN}body")
    source = dice.choice(list(body.iter(f"{MAIN}p")))
    for _ in range(dice.randint(50, 500)):
        body.insert(0, etree.fromstring(etree.tostring(source)))


def odd_elements(root: etree._Element, dice: random.Random) -> None:
    for element in dice.sample(list(root.iter(f"{MAIN}p")), 5):
        element.append(etree.Comment("见附件"))
        element.append(etree.ProcessingInstruction("mso", "x"))
        element.append(etree.Element("{urn:other}thing"))


def lost_elements(root: etree._Element, dice: random.Random) -> None:
    for element in dice.sample(list(root.iter()), 12):
        if element.getparent() is not None and element.getparent().tag != f"{MAIN}document":
            element.getparent().remove(element)


CHANGES = (
    nested_table,
    tracked_runs,
    split_runs,
    fields_and_hidden_text,
    many_paragraphs,
    odd_elements,
    lost_elements,
)


def hostile(source: bytes, dice: random.Random) -> bytes:
    """One or two changes of the document, or bytes damaged, or a part lost."""
    kind = dice.random()
    if kind < 0.1:
        damaged = bytearray(source)
        for _ in range(20):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        return bytes(damaged)
    parts = read_parts(source)
    if kind < 0.2:
        parts.pop(dice.choice(sorted(parts)))
        return write_parts(parts)
    root = etree.fromstring(parts["word/document.xml"])
    for change in dice.sample(CHANGES, dice.choice((1, 2))):
        change(root, dice)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_parts(parts)


def survived(seeds: Iterable[int], folder: Path) -> tuple[int, int]:
    """Return how many files were reviewed and how many refused; whatever else happens fails the test."""
    sources = sorted(CORPUS.glob("*.docx"))
    given, out = folder / "给.docx", folder / "审.docx"
    reviewed = refused = 0
    for seed in seeds:
        dice = random.Random(seed)
        given.write_bytes(hostile(dice.choice(sources).read_bytes(), dice))
        out.unlink(missing_ok=True)
        try:
            review_file(given, None, out)
        except ZhijiError as error:
            assert error.message
            assert not out.exists()
            refused += 1
            continue
        reviewed += 1
        assert_nothing_is_lost(given, out)
    return reviewed, refused


def assert_nothing_is_lost(given: Path, out: Path) -> None:
    assert plain_text(read_source(out)) == plain_text(read_source(given))
    comments_of(out)
    before, after = read_parts(given.read_bytes()), read_parts(out.read_bytes())
    assert {name for name in before if before[name] != after.get(name)} <= WRITTEN


def test_hostile_files_are_reviewed_or_refused(tmp_path: Path) -> None:
    reviewed, refused = survived(range(SEED, SEED + 25), tmp_path)
    assert reviewed > refused


@pytest.mark.soak
def test_a_thousand_hostile_files_are_reviewed_or_refused(tmp_path: Path) -> None:
    reviewed, refused = survived(remaining("hostile-word", range(SEED, SEED + 1000)), tmp_path)
    note(f"敌意 Word 文件审阅：种子{SEED}—{SEED + 999}，本次审阅{reviewed}份、拒绝{refused}份，丢失内容0份")
    assert reviewed > refused
