"""Files that nobody should send: each ends in a verdict, memory stays bounded, and the library loses nothing."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import HEAVY, a_word_file, a_workbook, archive, bomb, hostile_file
from soak_notes import note, remaining

from assistant.domain.passage import Query
from assistant.errors import DamagedFile, EmptyFile, FileTooLarge, InputError
from assistant.library.readers import read_source
from assistant.search.filling import Verdict
from assistant.search.index import Library

KEPT = "鲸落湾灯塔管护经费有三成没有使用。"
VERDICTS = {"added", "skipped", "refused"}


def with_one_good_report(folder: Path) -> Library:
    (folder / "good").mkdir(parents=True)
    (folder / "good" / "good.txt").write_text(f"三、存在的问题\n{KEPT}", "utf-8")
    library = Library(folder / "index")
    library.update([folder / "good"])
    return library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library that holds one good report."""
    with with_one_good_report(tmp_path) as opened:
        yield opened


def read_all(library: Library, folder: Path, seeds: list[int]) -> tuple[Verdict, ...]:
    folder.mkdir()
    for seed in seeds:
        hostile_file(folder, seed)
    return library.update([folder])


def still_finds(library: Library) -> bool:
    hits = library.search(Query(text=KEPT, limit=3)).passages
    return any(hit.citation.source == "good.txt" for hit in hits)


def test_sixty_hostile_files_end_in_a_verdict_each(library: Library, tmp_path: Path) -> None:
    seeds = [seed for seed in range(66) if seed % 10 != 9]
    verdicts = read_all(library, tmp_path / "bad", seeds)
    assert len(verdicts) == len(seeds) and {item.status for item in verdicts} <= VERDICTS
    assert all(item.why or item.paragraphs or item.tables for item in verdicts)
    assert still_finds(library)


@pytest.mark.parametrize("kind", range(len(HEAVY)), ids=[kind.__name__ for kind in HEAVY])
def test_a_heavy_file_ends_in_a_verdict(library: Library, tmp_path: Path, kind: int) -> None:
    (verdict,) = read_all(library, tmp_path / "bad", [kind * 10 + 9])
    assert verdict.status in VERDICTS and (verdict.why or verdict.paragraphs or verdict.tables)
    assert still_finds(library)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """The words of the refusal are the ones of the archive's check, not of a parser."""
    import random

    for seed in range(4):
        suffix, data = bomb(random.Random(seed))
        (tmp_path / f"bomb{suffix}").write_bytes(data)
        with pytest.raises((DamagedFile, FileTooLarge), match="压缩炸弹|解压后|过大"):
            read_source(tmp_path / f"bomb{suffix}")


def test_a_bomb_that_hides_its_size_is_cut_off(tmp_path: Path) -> None:
    """The directory of the archive says 100 bytes; the part unpacks to 50 MB."""
    data = bytearray(archive(word__document_xml=b"<a>" + b"0" * 50_000_000 + b"</a>"))
    true, claimed = (50_000_007).to_bytes(4, "little"), (100).to_bytes(4, "little")
    (tmp_path / "lie.docx").write_bytes(bytes(data).replace(true, claimed))
    with pytest.raises(InputError):
        read_source(tmp_path / "lie.docx")


def test_many_small_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"word__x{number}_xml": b"<a/>" for number in range(20_001)}
    (tmp_path / "many.docx").write_bytes(archive(**parts))
    with pytest.raises(FileTooLarge, match="20001 个部件，上限为 20000 个"):
        read_source(tmp_path / "many.docx")


def test_an_encrypted_document_is_said_to_have_a_password(tmp_path: Path) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    (tmp_path / "a.docx").write_bytes(ole)
    with pytest.raises(DamagedFile, match="设有打开密码"):
        read_source(tmp_path / "a.docx")


def test_an_old_document_under_a_new_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(DamagedFile, match="旧版 Office"):
        read_source(tmp_path / "a.docx")


def test_a_stray_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    from hostile import stray_cell

    (tmp_path / "a.xlsx").write_bytes(stray_cell(__import__("random").Random(1))[1])
    assert [block.text[:5] for block in read_source(tmp_path / "a.xlsx").blocks] == ["预算执行率"]


def test_a_table_of_ten_thousand_rows_keeps_every_row(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(a_workbook(10_000))
    assert len(read_source(tmp_path / "a.xlsx").blocks) == 10_000


def test_a_document_with_macros_is_read_and_nothing_runs(tmp_path: Path) -> None:
    """Only the text part is opened: the macro part may be anything."""
    (tmp_path / "a.docm").write_bytes(a_word_file())
    assert any("采购启动较晚" in block.text for block in read_source(tmp_path / "a.docm").blocks)


def test_a_text_of_many_megabytes_is_refused_with_the_bound(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(FileTooLarge, match="21 MB，上限为 20 MB"):
        read_source(tmp_path / "a.txt")


@pytest.mark.parametrize("suffix", [".docx", ".txt", ".xlsx", ".pdf"])
def test_a_file_of_nothing_but_blanks_is_empty(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b" \n\t ")
    with pytest.raises(EmptyFile):
        read_source(tmp_path / f"a{suffix}")


@pytest.mark.soak
def test_two_thousand_hostile_files(tmp_path: Path) -> None:
    """In lots of fifty, a library each; the highest memory of the process is noted too."""
    told: Counter[str] = Counter()
    for lot in remaining("hostile", range(40)):
        with with_one_good_report(tmp_path / f"lot{lot}") as library:
            verdicts = read_all(library, tmp_path / f"lot{lot}" / "bad", list(range(lot * 50, lot * 50 + 50)))
            assert len(verdicts) == 50 and {item.status for item in verdicts} <= VERDICTS
            assert still_finds(library)
        shutil.rmtree(tmp_path / f"lot{lot}")
        told.update(item.status for item in verdicts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    note(f"怪异文件：种子0—1999，2000份，每份都有结论（本次 {dict(told)}），资料库无丢失，内存最高{memory}MB")
    assert memory < 2000


@pytest.mark.soak
def test_a_text_of_500_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with (tmp_path / "reports" / "huge.txt").open("wb") as file:
        for _ in range(500):
            file.write("预算执行率偏低。\n".encode() * 41_000)
    code = (
        "import re, sys; from pathlib import Path; from assistant.search.index import Library\n"
        "(v,) = Library(Path(sys.argv[1])).update([Path(sys.argv[2])])\n"
        "print(v.status, int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "index"), str(tmp_path / "reports")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    status, memory = done.stdout.split()
    note(f"500MB 文本：{status}，内存最高{memory}MB")
    assert status == "refused" and int(memory) < 400
