"""Read the files under prompts/ by name and fill their `$name` slots; knows nothing of what they say.

Text that fills a slot is data: it is never parsed as a template again.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import PromptError


class Prompts:
    """The prompt files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        """Return the file `name` (such as "system.md"); PromptError where it cannot be read."""
        path = self.folder / name
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PromptError(f"提示词文件“{path}”读不出来：{error}", "请恢复 prompts 文件夹") from None

    def slots(self, name: str) -> tuple[str, ...]:
        """Return the slot names of a prompt in order of appearance."""
        found = string.Template(self.text(name)).get_identifiers()
        return tuple(found)

    def fill(self, name: str, values: Mapping[str, str]) -> str:
        """Return the prompt with every slot filled; PromptError for a missing or an unknown slot."""
        wanted, given = set(self.slots(name)), set(values)
        if wanted != given:
            missing, unknown = sorted(wanted - given), sorted(given - wanted)
            raise PromptError(
                f"提示词“{name}”的占位符不符：缺 {missing}，多 {unknown}", "请核对 prompts 文件夹"
            )
        return string.Template(self.text(name)).substitute(values)

    def table(self, name: str) -> dict[str, Any]:
        """Return a TOML file of the folder; PromptError where it is not TOML."""
        try:
            return tomllib.loads(self.text(name))
        except tomllib.TOMLDecodeError as error:
            raise PromptError(f"提示词文件“{name}”格式有误：{error}", "请核对 prompts 文件夹") from None
