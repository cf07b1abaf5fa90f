"""The verbs of a finished Word file: verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import pipeline
from assistant.cli.printing import finding_rows, print_findings, print_json


def verify(options: argparse.Namespace) -> int:
    """Prove an exported file again with nothing but the file."""
    result = pipeline.verify_file(Path(options.file))
    if options.json:
        print_json(
            {
                "proven": result.proven,
                "findings": finding_rows(result.findings),
                "report_findings": finding_rows(result.report_findings),
                "provenance": result.provenance.value,
            }
        )
        return int(not result.proven)
    print(f"出处信息：{result.provenance.label}。")
    print("复核通过：与导出时一致，数字都有出处。" if result.proven else "复核未通过：")
    print_findings(result.findings)
    return int(not result.proven)
