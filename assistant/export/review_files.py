"""Reviews a file on disk (审阅): reads it, has its text proven by whoever is asked, writes it back with comments.

A Word file keeps its text and every part; any other readable file becomes a Word file of its paragraphs.
Knows nothing of rules: what is wrong is said by the `prove` it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.domain.finding import Finding, Severity
from assistant.errors import FileMissing, UnsupportedFile
from assistant.export.provenance import word_file
from assistant.export.reviewing import as_word, reviewed
from assistant.export.word import save_atomically
from assistant.library.readers import read_source, word_content

#: Doubled words and known typos.
_SLIPS = ("C20",)
#: Words of parallel phrases (共建共治共享、互学互鉴), whose letters repeat by design.
_PARALLEL = re.compile("[共互各自相边又越再可不半无]")
#: Returns what is wrong in a text and what is wrong in the report it is held against.
Prove = Callable[[str], tuple[Sequence[Finding], Sequence[Finding]]]


class Outcome(NamedTuple):
    """What was found in the text and in the report, and how many places were commented."""

    findings: tuple[Finding, ...]
    report_findings: tuple[Finding, ...]
    comments: int


def write_review(path: Path, out: Path, prove: Prove) -> Outcome:
    """Write the reviewed file, with its summary and list beside it; a file that cannot be read is refused.

    Raises FileMissing, UnsupportedFile, EmptyFile, DamagedFile, OfficeMissing, OutputError.
    """
    check_target(out)
    source = read_source(path)
    content = word_content(path)
    if content is None:
        content = as_word([block.cells or (block.text,) for block in source.blocks])
    found, report_findings = prove("\n".join(word_file(content, path.name).blocks))
    findings = (*map(_as_reviewer, found), *source.findings)
    made = reviewed(content, path.name, findings, report_findings)
    save_atomically(made.word, out)
    save_atomically(made.summary.encode(), out.with_suffix(".summary.md"))
    save_atomically(made.findings.encode(), out.with_suffix(".findings.json"))
    return Outcome(findings, tuple(report_findings), made.comments)


def _as_reviewer(one: Finding) -> Finding:
    """A slip of the pen, blue to its writer, is yellow to the reviewer: what nobody marks nobody corrects."""
    is_slip = one.rule in _SLIPS and not _PARALLEL.search(one.text)
    return one.model_copy(update={"severity": Severity.WARNING}) if is_slip else one


def check_target(out: Path) -> None:
    """Refuse a target of a review that cannot be written before any work is done."""
    if out.suffix.lower() != ".docx":
        raise UnsupportedFile(out, ".docx", "请把输出文件名改为 .docx 结尾")
    if not out.parent.is_dir():
        raise FileMissing(out.parent)
