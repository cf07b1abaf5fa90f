"""The verbs of the library: index, search."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.bootstrap import open_workbench
from assistant.cli.printing import error_row, print_json, show_progress
from assistant.domain.passage import Passage, Query, SectionKind
from assistant.errors import FileMissing, InputError, VectorServerFault
from assistant.search.index import Library, Verdict
from assistant.settings import read_settings

_STATUS = {
    "added": "新读入",
    "replaced": "已更新",
    "unchanged": "未变化",
    "skipped": "跳过",
    "refused": "未读入",
    "removed": "已移除",
}


def index(options: argparse.Namespace) -> int:
    """Read files and folders into the index; exit 0 even where files were refused."""
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.exists():
            raise FileMissing(path)
    heard: list[Verdict] = []
    told = heard.extend if options.json else _print_verdicts
    with open_workbench(read_settings(), options.index) as workbench:
        try:
            workbench.index(paths, progress=show_progress, rebuild=options.rebuild, told=told)
        except VectorServerFault as fault:
            if options.json:
                print_json(
                    {"files": _rows(heard), "error": error_row(fault.code, fault.message, fault.remedy)}
                )
                return 2
            raise
        info = workbench.library.info()
    if options.json:
        print_json({"files": _rows(heard), "index": info})
    else:
        print(f"资料库现有 {info['documents']} 份报告、{info['passages']} 段。")
    return 0


def _rows(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    return [verdict.model_dump(mode="json") for verdict in verdicts]


def _print_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Print a line a file: what became of it, how much of it was read, and what there is to say."""
    for verdict in verdicts:
        counts = ((verdict.paragraphs, "段"), (verdict.tables, "张表"), (verdict.sections, "个章节"))
        read = "、".join(f"{count} {what}" for count, what in counts if count)
        status = _STATUS.get(verdict.status, verdict.status)
        print(f"  {status}  {verdict.source}：{'；'.join(filter(None, (read, verdict.why))) or '没有内容'}")


def search(options: argparse.Namespace) -> int:
    """Search past reports; exit 0 also without hits."""
    if options.limit < 1:
        raise InputError(f"--limit 应不小于 1，现为“{options.limit}”", "请改为正整数")
    with open_workbench(read_settings(), options.index) as workbench:
        if options.queries:
            for text in _queries(options.queries):
                hits = workbench.library.search(_query(text, options)).passages
                print(json.dumps([hit_row(hit) for hit in hits], ensure_ascii=False), flush=True)
            return 0
        if not options.query.strip():
            raise InputError("没有要查的话", "请写出要查的内容，例如 zhiji search 预算执行率偏低")
        result = workbench.library.search(_query(options.query, options))
        if options.json:
            print_json([hit_row(hit) for hit in result.passages])
        else:
            _print_hits(result.passages, workbench.library)
    if result.note:
        print(result.note, file=sys.stderr if options.json else sys.stdout)
    return 0


def hit_row(hit: Passage) -> dict[str, Any]:
    """Return a hit by the JSON contract."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "text": hit.text,
        "source": hit.citation.source,
        "first_paragraph": hit.citation.first_paragraph,
        "last_paragraph": hit.citation.last_paragraph,
        "section": hit.section.value,
        "unit_name": hit.unit_name,
        "year": hit.year,
    }


def _print_hits(hits: Sequence[Passage], library: Library) -> None:
    """Print each hit with its place; a problem with the measure that answers it, unless that is a hit itself."""
    shown = {hit.citation.paragraph_id for hit in hits}
    for hit in hits:
        year = f" {hit.year}年" if hit.year else ""
        print(f"{hit.rank}. [{hit.section.label}] {hit.text}")
        print(f"   —— {hit.citation.source} 第 {hit.citation.first_paragraph + 1} 段，{hit.unit_name}{year}")
        if hit.section is SectionKind.PROBLEMS:
            answer = library.answer(hit.citation.source, hit.citation.first_paragraph)
            if answer is not None and answer.citation.paragraph_id not in shown:
                print(f"   对应措施（第 {answer.citation.first_paragraph + 1} 段）：{answer.text}")


def _query(text: str, options: argparse.Namespace) -> Query:
    return Query(
        text=text,
        limit=options.limit,
        section=options.section,
        topic=options.topic,
        unit=options.unit,
        year=options.year,
        kind=options.kind,
        region=options.region,
        project=options.project,
        mode=options.mode,
    )


def _queries(path: str) -> list[str]:
    """Return the `q` of every line; InputError naming the line that has none."""
    try:
        lines = (sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")).splitlines()
    except FileNotFoundError:
        raise FileMissing(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"“{path}”读不出来：{error}", "应为 UTF-8 的 .jsonl 文件") from None
    return [_query_of(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _query_of(line: str, number: int) -> str:
    try:
        text = json.loads(line)["q"]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise InputError(f'第 {number} 行应为 {{"q": "…"}}，现为“{line[:40]}”', "请改正后重试") from None
    return str(text)
