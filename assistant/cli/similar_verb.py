"""The verb similar (查重): where each sentence of a text stands already in past reports."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.cli.printing import print_json
from assistant.library.paragraphs import prose_of
from assistant.library.readers import read_source
from assistant.search.copying import Copying, Judged, Place, Verdict
from assistant.settings import read_settings


def similar(options: argparse.Namespace) -> int:
    """Print every sentence with where it stands already; exit 0 whatever was found."""
    paragraphs = _paragraphs(options.file)
    with open_workbench(read_settings(), options.index) as workbench:
        library = workbench.library
        same = {
            document.source for document in library.documents() if document.sha256 == _digest(options.file)
        }
        found = library.copying(paragraphs, exclude_sources=tuple(same))
    if options.json:
        print_json(copying_row(found))
    else:
        _print(found)
    return 0


def copying_row(found: Copying) -> dict[str, Any]:
    """Return the outcome as JSON has it; shares are percent strings."""
    return {"share": f"{found.share:.2f}", "sentences": [_row(item) for item in found.sentences]}


def _row(item: Judged) -> dict[str, Any]:
    return {
        "paragraph": item.paragraph,
        "text": item.text,
        "verdict": item.verdict.name.lower(),
        "share": f"{item.share:.2f}",
        "found": [_place_row(place) for place in item.places],
    }


def _place_row(place: Place) -> dict[str, Any]:
    passage = place.passage
    return {
        "source": passage.citation.source,
        "first_paragraph": passage.citation.first_paragraph,
        "last_paragraph": passage.citation.last_paragraph,
        "unit_name": passage.unit_name,
        "year": passage.year,
        "share": f"{place.share:.2f}",
        "text": place.text,
    }


def _print(found: Copying) -> None:
    counted = {kind: sum(item.verdict is kind for item in found.sentences) for kind in Verdict}
    listed = "、".join(f"{kind.value} {count} 句" for kind, count in counted.items() if count)
    print(
        f"共比对 {len(found.sentences)} 句：{listed or '没有可比对的句子'}；与往年报告相同的文字占 {found.share}%。"
    )
    for item in found.sentences:
        if item.verdict is Verdict.OWN:
            continue
        print(f"[{item.verdict.value} {item.share}%] 第 {item.paragraph + 1} 段：{item.text}")
        for place in item.places:
            cited, year = place.passage.citation, place.passage.year
            when = f" {year}年" if year else ""
            print(
                f"   —— {cited.source} 第 {cited.first_paragraph + 1} 段，{place.passage.unit_name}{when}，{place.share}%"
            )


def _paragraphs(path: str) -> Sequence[str]:
    if path == "-":
        return [line for line in pipeline.read_text(path, sys.stdin.read).splitlines() if line.strip()]
    return prose_of(read_source(Path(path)))


def _digest(path: str) -> str:
    """Return the hash of a file, by which it is known in the library; "" for standard input."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path != "-" else ""
