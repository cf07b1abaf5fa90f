"""A program that saves without end and says each change that was acknowledged; the tests kill it."""

from __future__ import annotations

import sys

from assistant.domain.draft import Draft
from assistant.domain.report import Report
from assistant.workspace.store import Message, Workspace


def main(url: str) -> None:
    """Each turn: a report over its last version, a draft of it, a message; one line a change."""
    workspace = Workspace(url, lambda: "写入程序")
    report_id = workspace.reports()[0].id
    version = workspace.report(report_id)[1]
    while True:
        version = workspace.save_report(report_id, Report(title=f"第{version + 1}版" * 50), version)
        say("report", version)
        workspace.add_draft(report_id, version, Draft(title=f"稿{version}" * 50, unit_name=""))
        say("draft", version)
        workspace.add_message(report_id, Message(role="user", text=f"话{version}"))
        say("message", version)


def say(kind: str, version: int) -> None:
    """Acknowledge one change."""
    sys.stdout.write(f"{kind} {version}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
