"""A finding (问题条目): what is wrong, where, what was observed and expected, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from assistant.domain.base import Frozen


class Severity(StrEnum):
    """The three lamps: 红 error, 黄 warning, 蓝 info."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def lamp(self) -> str:
        """The Chinese name of the lamp."""
        return {"error": "红", "warning": "黄", "info": "蓝"}[self.value]


class Finding(Frozen):
    """One finding by a registered rule.

    `rule` is A01–A20, B01–B24, C01–C22 (domain tables), N… numbers and words in text, I… intake, R…
    readers. `start`/`end` are character offsets in the checked text and `text` the characters between
    them; both are None where the finding is about the report's data. `place` is the path of the row or
    cell for the program (`projects[0].indicators[2]`), not part of the JSON contract; `message` names the
    place in Chinese.
    """

    rule: str
    severity: Severity
    message: str
    remedy: str = ""
    start: int | None = None
    end: int | None = None
    text: str = ""
    observed: str = ""
    expected: str = ""
    place: str = Field(default="", exclude=True)


def has_error(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is red (红)."""
    return any(finding.severity is Severity.ERROR for finding in findings)
