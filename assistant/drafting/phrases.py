"""The phrase book (措辞): alternatives for one statement, read from prompts/phrases*.toml.

A phrase is a list of tiers, each a list of alternatives with `$name` for ids and `{{$name.role}}` for slots.
The first tier of which an alternative can be filled counts, so a missing figure gives a plainer sentence.
Knows nothing of what the phrases say.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

from assistant.domain.base import Frozen
from assistant.domain.passage import Citation
from assistant.drafting.slots import slots_in
from assistant.errors import PromptError
from assistant.prompts import Prompts

FILES = (
    "phrases.toml",
    "phrases_problems.toml",
    "phrases_promises.toml",
    "actions.toml",
    "aspects.toml",
    "remedies.toml",
)


class Wording(Frozen):
    """One sentence to write: its slotted alternatives, and where its wording was learnt.

    `plain` are the alternatives without anything learnt, for where the gate objects to what was learnt.
    """

    choices: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    plain: tuple[str, ...] = ()


class Phrases:
    """The phrase book of one prompts folder."""

    def __init__(self, prompts: Prompts) -> None:
        self._tables: dict[str, Any] = {}
        for name in FILES:
            self._tables.update(prompts.table(name))

    def entry(self, key: str) -> Any:
        """Return what stands under a dotted key; PromptError where there is nothing."""
        found: Any = self._tables
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
            if found is None:
                raise PromptError(f"措辞文件中没有“{key}”", "请恢复 prompts 文件夹")
        return found

    def word(self, key: str) -> str:
        """Return a single string of the phrase book."""
        return str(self.entry(key))

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings of the phrase book."""
        return tuple(str(item) for item in self.entry(key))

    def labels(self, key: str) -> dict[str, str]:
        """Return a table of strings of the phrase book."""
        return {str(name): str(value) for name, value in self.entry(key).items()}

    def wordings(self, key: str, knows: Callable[[str], bool], ids: dict[str, str]) -> tuple[Wording, ...]:
        """Return the one wording under `key`, or nothing where no alternative can be filled."""
        for tier in self.entry(key):
            filled = (self._substitute(key, text, ids) for text in tier)
            choices = tuple(text for text in filled if all(knows(slot) for slot in slots_in(text)))
            if choices:
                return (Wording(choices=choices),)
        return ()

    def _substitute(self, key: str, text: str, ids: dict[str, str]) -> str:
        try:
            return string.Template(text).substitute(ids)
        except (KeyError, ValueError) as error:
            raise PromptError(f"措辞“{key}”的占位有误：{error}", "请核对 prompts 文件夹") from None
