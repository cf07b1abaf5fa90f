"""An exported Word file proves itself: text, figures and scores again from its own provenance, edits named."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conftest import ROOT, Result
from lxml import etree
from soak_notes import note, remaining
from word_cases import Exported, export, sample_export

from assistant.domain.finding import Finding
from assistant.errors import DamagedFile, UnsupportedFile
from assistant.export.edition import Edition
from assistant.export.front import Front
from assistant.export.package_parts import read_parts, write_parts
from assistant.export.provenance import State, read_provenance, without_provenance
from assistant.pipeline import verify_file

Zhiji = Callable[..., Result]
MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEED = 20240601


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return sample_export(tmp_path_factory.mktemp("verify"))


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes], to: Path) -> Path:
    parts = read_parts(path.read_bytes())
    parts[name] = change(parts[name])
    to.write_bytes(write_parts(parts))
    return to


def edited_digit(path: Path, dice: random.Random, to: Path) -> tuple[str, str]:
    """Change one digit somewhere in the text of the file; return the words of its run before and after."""
    parts = read_parts(path.read_bytes())
    root = etree.fromstring(parts["word/document.xml"])
    texts = [t for t in root.iter(f"{MAIN}t") if t.text and re.search("[0-9]", t.text)]
    element = dice.choice(texts)
    before = element.text
    at = dice.choice([n for n, char in enumerate(before) if char in "0123456789"])
    digit = dice.choice([d for d in "0123456789" if d != before[at]])
    element.text = before[:at] + digit + before[at + 1 :]
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    to.write_bytes(write_parts(parts))
    number = next(
        m for m in re.finditer(r"[0-9]+(?:[.,][0-9]+)*%?", element.text) if m.start() <= at < m.end()
    )
    return before[number.start() : number.end()], number[0]


def names(findings: tuple[Finding, ...], was: str, now: str) -> bool:
    """Whether a red finding stands on the changed number and says what it was."""
    return any(
        f.rule == "N20" and f.severity == "error" and now in f.text and was in f.expected for f in findings
    )


def test_an_export_is_proven_by_nothing_but_itself(exported: Exported) -> None:
    result = verify_file(exported.path)
    assert (result.provenance, result.proven) == (State.INTACT, True)
    assert not [f for f in result.findings if f.rule in ("N20", "N21", "N22")]


def unnamed_edits(exported: Exported, folder: Path, seeds: Iterable[int]) -> list[tuple[str, str]]:
    """Random digits of paragraphs, tables, title and signature, one at a time; those `verify` does not name."""
    unnamed = []
    for seed in seeds:
        was, now = edited_digit(exported.path, random.Random(seed), folder / "edited.docx")
        result = verify_file(folder / "edited.docx")
        if result.proven or not names(result.findings, was, now):
            unnamed.append((was, now))
    return unnamed


def test_every_edited_digit_is_named(exported: Exported, tmp_path: Path) -> None:
    assert not unnamed_edits(exported, tmp_path, range(SEED, SEED + 40))


@pytest.mark.soak
def test_two_hundred_edited_digits_are_named(exported: Exported, tmp_path: Path) -> None:
    seeds = remaining("edited-digits", range(SEED, SEED + 200))
    unnamed = unnamed_edits(exported, tmp_path, seeds)
    note(f"导出后改动一个数字：种子{SEED}—{SEED + 199}，200处，verify 未指出{len(unnamed)}处")
    assert not unnamed


def test_the_offsets_of_a_finding_are_those_of_the_text(exported: Exported, tmp_path: Path) -> None:
    edited_digit(exported.path, random.Random(SEED), tmp_path / "edited.docx")
    blocks = "\n".join(read_provenance(exported.path.read_bytes()).provenance.blocks)  # type: ignore[union-attr]
    finding = next(f for f in verify_file(tmp_path / "edited.docx").findings if f.rule == "N20")
    assert blocks[: finding.start] + finding.expected in blocks
    assert finding.text == finding.observed != finding.expected


def test_a_number_in_chinese_is_named_too(exported: Exported, tmp_path: Path) -> None:
    path = tmp_path / "edited.docx"
    rewritten(
        exported.path,
        "word/document.xml",
        lambda xml: xml.replace("（一）".encode(), "（四）".encode(), 1),
        path,
    )
    assert names(verify_file(path).findings, "一", "四")


def test_a_paragraph_taken_out_is_named(exported: Exported, tmp_path: Path) -> None:
    def shortened(xml: bytes) -> bytes:
        root = etree.fromstring(xml)
        paragraph = next(p for p in root.iter(f"{MAIN}p") if "92.40%" in "".join(p.itertext()))
        paragraph.getparent().remove(paragraph)
        return etree.tostring(root)

    result = verify_file(rewritten(exported.path, "word/document.xml", shortened, tmp_path / "edited.docx"))
    assert not result.proven
    assert any("已不在文件中" in f.message and "92.40%" in f.expected for f in result.findings)


def test_words_changed_by_hand_are_a_warning_not_an_error(exported: Exported, tmp_path: Path) -> None:
    path = rewritten(
        exported.path,
        "word/document.xml",
        lambda xml: xml.replace("基本情况".encode(), "总体情况".encode(), 1),
        tmp_path / "edited.docx",
    )
    edits = [f for f in verify_file(path).findings if f.rule == "N20"]
    assert [(f.severity, f.observed, f.expected) for f in edits] == [("warning", "总体", "基本")]


def test_a_file_without_provenance_is_not_proven(exported: Exported, tmp_path: Path) -> None:
    path = tmp_path / "bare.docx"
    path.write_bytes(without_provenance(exported.path.read_bytes()))
    result = verify_file(path)
    assert (result.provenance, result.proven) == (State.MISSING, False)
    assert result.findings[0].rule == "N21"


def test_provenance_edited_together_with_the_text_is_found_out(exported: Exported, tmp_path: Path) -> None:
    """Whoever changes 92.40% to 99.40% in both places is caught by the hash."""
    parts = read_parts(exported.path.read_bytes())
    for name in ("word/document.xml", "customXml/zhiji1.xml"):
        assert b"92.40" in parts[name]
        parts[name] = parts[name].replace(b"92.40", b"99.40")
    path = tmp_path / "forged.docx"
    path.write_bytes(write_parts(parts))
    result = verify_file(path)
    assert (result.provenance, result.proven) == (State.ALTERED, False)


def test_a_forger_who_mends_the_hash_is_caught_by_computing_again(exported: Exported, tmp_path: Path) -> None:
    from assistant.export.provenance import embedded

    found = read_provenance(exported.path.read_bytes()).provenance
    assert found is not None
    parts = read_parts(without_provenance(exported.path.read_bytes()))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"92.40", b"99.40")
    forged = type(found).model_validate_json(found.model_dump_json().replace("92.40", "99.40"))
    path = tmp_path / "forged.docx"
    path.write_bytes(embedded(write_parts(parts), forged))
    result = verify_file(path)
    assert (result.provenance, result.proven) == (State.INTACT, False)
    assert any(f.rule == "N22" for f in result.findings)


def test_nothing_confidential_is_in_any_part(exported: Exported) -> None:
    """Name, goal, indicators, notes and amounts of the 保密 sub-project."""
    secret = next(p for p in exported.report.projects if p.confidential)
    words = [secret.name, secret.goal.expected, *secret.notes, *(i.name for i in secret.indicators)]
    with zipfile.ZipFile(exported.path) as package:
        whole = "\n".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    assert [word for word in words if len(word) >= 4] != []
    assert not [word for word in words if len(word) >= 4 and word in whole]
    assert not [fact.id for fact in exported.facts if fact.confidential and f'"{fact.id}"' in whole]


def test_the_part_holds_bindings_origins_rules_and_hashes(exported: Exported) -> None:
    found = read_provenance(exported.path.read_bytes()).provenance
    assert found is not None
    sentences = [s for p in found.draft.paragraphs for s in p.sentences]
    known = found.facts.by_id()
    assert {b.fact_id for s in sentences for b in s.bindings} <= set(known)
    assert {s.origin.value for s in sentences} == {"offline"}
    assert found.rules["name"] == found.rules_name == exported.scorecard.rules
    assert len(found.rules_sha256) == len(found.blocks_sha256) == 64


def test_the_same_input_gives_the_same_bytes_in_other_time_zones_and_days(tmp_path: Path) -> None:
    """Two processes: Shanghai on 1999-12-31 and Los Angeles on 2031-05-05, by a clock of their own.

    Without a template, and in one with charts and contents.
    """
    code = (
        "import datetime, sys, time; from pathlib import Path\n"
        "moment = float(sys.argv[2]); time.time = lambda: moment\n"
        "real = datetime.datetime\n"
        "class Fake(real):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None): return real.fromtimestamp(moment, tz)\n"
        "datetime.datetime = Fake\n"
        "from word_cases import export, sample_export\n"
        "from assistant.export.edition import edition_of\n"
        "folder = Path(sys.argv[1])\n"
        "own = edition_of(template=sample_export(folder).path, figures=True, contents=True)\n"
        "(folder / 'own').mkdir(); export(folder / 'own', edition=own)\n"
    )
    running = []
    for number, (zone, moment) in enumerate(
        (("Asia/Shanghai", 946656000), ("America/Los_Angeles", 1935741600))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        environment = {**os.environ, "TZ": zone, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        environment["PYTHONHASHSEED"] = str(number)
        command = [sys.executable, "-c", code, str(folder), str(moment)]
        running.append((subprocess.Popen(command, env=environment, cwd=ROOT), folder))
    assert [process.wait() for process, _ in running] == [0, 0]
    for name in ("report.docx", "own/report.docx"):
        first, second = ((folder / name).read_bytes() for _, folder in running)
        assert first == second


def test_the_verb_prints_the_contract(exported: Exported, zhiji: Zhiji) -> None:
    done = zhiji("verify", exported.path, "--json")
    said = json.loads(done.out)
    assert set(said) == {"proven", "findings", "report_findings", "provenance"}
    assert (done.status, said["proven"], said["provenance"]) == (0, True, "intact")


def test_the_verb_says_what_was_changed_and_exits_1(exported: Exported, zhiji: Zhiji, tmp_path: Path) -> None:
    was, now = edited_digit(exported.path, random.Random(SEED), tmp_path / "edited.docx")
    done = zhiji("verify", tmp_path / "edited.docx")
    assert done.status == 1
    assert re.search(f"“{now}[^”]*”导出时为“{was}[^”]*”", done.out)


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    text = tmp_path / "文.txt"
    text.write_text("文", "utf-8")
    with pytest.raises(DamagedFile):
        verify_file(broken)
    with pytest.raises(UnsupportedFile):
        verify_file(text)


def test_provenance_can_be_left_out(tmp_path: Path) -> None:
    made = export(tmp_path, provenance=False)
    assert verify_file(made.path).provenance is State.MISSING
    assert not [
        name for name in zipfile.ZipFile(io.BytesIO(made.path.read_bytes())).namelist() if "zhiji" in name
    ]


def test_cover_and_contents_do_not_disturb_the_proof(tmp_path: Path) -> None:
    made = export(tmp_path, edition=Edition(front=Front(cover=True, contents=True)))
    rules = {f.rule for f in verify_file(made.path).findings}
    assert "C19" not in rules
    assert verify_file(made.path).proven
