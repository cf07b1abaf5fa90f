"""The one way out of the machine (外发): decides what text may leave, and records what left.

Text for an endpoint on this machine passes as it is; text for any other endpoint must not hold a secret.
Every release is one line in the record, with time, purpose, endpoint and the text itself. This module
opens no connection and knows nothing about models.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from assistant.errors import OutputError, ZhijiError


class EgressRefused(ZhijiError):
    """A text holds confidential (保密) content and may not leave the machine."""

    code = "egress_refused"

    def __init__(self, purpose: str) -> None:
        super().__init__(f"“{purpose}”的内容含有保密信息，没有外发", "该部分已改由本机写作")


class Egress:
    """The gate at the socket for one endpoint.

    `secrets` are the literal strings (names, targets, amounts of 保密 sub-projects) that may not leave
    for an endpoint that is not on this machine.
    """

    def __init__(self, record: Path, endpoint: str, *, local: bool, secrets: Iterable[str] = ()) -> None:
        self.record = record
        self.endpoint = endpoint
        self.local = local
        self.secrets = tuple(secret for secret in secrets if len(secret.strip()) > 1)

    def guarding(self, secrets: Iterable[str]) -> Egress:
        """Return the same way out with the secrets of one report."""
        return Egress(self.record, self.endpoint, local=self.local, secrets=secrets)

    def release(self, purpose: str, text: str) -> str:
        """Return the text that may leave and record it.

        Raises EgressRefused where a secret stands in it, OutputError where it cannot be recorded.
        """
        if not self.local and any(secret in text for secret in self.secrets):
            raise EgressRefused(purpose)
        self._write(purpose, text)
        return text

    def released(self) -> list[dict[str, str]]:
        """Return the record, oldest first; empty where nothing ever left."""
        if not self.record.exists():
            return []
        return [json.loads(line) for line in self.record.read_text("utf-8").splitlines() if line]

    def _write(self, purpose: str, text: str) -> None:
        entry = {
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "purpose": purpose,
            "endpoint": self.endpoint,
            "text": text,
        }
        try:
            self.record.parent.mkdir(parents=True, exist_ok=True)
            with self.record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise OutputError(self.record, str(error)) from None
