"""How results look on the terminal: lines of Chinese for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.domain.finding import Finding


def print_json(value: Any) -> None:
    """Print one JSON document in UTF-8 and nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def error_row(code: str, message: str, remedy: str) -> dict[str, str]:
    """Return an error by the JSON contract."""
    return {"code": code, "message": message, "remedy": remedy}


def print_error(code: str, message: str, remedy: str, *, as_json: bool) -> int:
    """Print why the program cannot go on, in one line or as JSON; return exit status 2."""
    if as_json:
        print(json.dumps({"error": error_row(code, message, remedy)}, ensure_ascii=False))
    else:
        line = f"{message}。{remedy}。" if remedy else f"{message}。"
        print(" ".join(line.split()), file=sys.stderr)
    return 2


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings by the JSON contract."""
    return [finding.model_dump(mode="json") for finding in findings]


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings one a line: lamp, rule, message, remedy."""
    for finding in findings:
        quoted = f"“{finding.text}” " if finding.text else ""
        remedy = f"（{finding.remedy}）" if finding.remedy else ""
        print(f"  [{finding.severity.lamp}] {finding.rule} {quoted}{finding.message}{remedy}")


def show_progress(done: int, total: int, what: str) -> None:
    """Draw progress on standard error."""
    end = "\n" if done >= total else ""
    if sys.stderr.isatty():
        print(f"\r\033[K[{done}/{total}] {what}", end=end, file=sys.stderr, flush=True)
    elif done >= total:
        print(f"[{done}/{total}] 完成", file=sys.stderr)
