"""How text is made comparable before search: width, case, and the blanks that converters leave behind.

It knows nothing about ranking.
"""

from __future__ import annotations

import re
import unicodedata

_BLANK_IN_CHINESE = re.compile(
    r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff0-9])|(?<=[0-9])\s+(?=[\u3400-\u9fff])"
)
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
#: Characters of grammar: they match everything and say nothing.
FUNCTION_CHARACTERS = frozenset("的了和与及或在是为有对等将以中之于不也")


def normalised(text: str) -> str:
    """Return the text by NFKC, in lower case, without blanks between Chinese characters."""
    return _BLANK_IN_CHINESE.sub("", unicodedata.normalize("NFKC", text).casefold())


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, and each two adjacent ones; the whole where it is one sentence."""
    found = [sentence.strip() for sentence in _SENTENCE.findall(text) if len(sentence.strip()) > 3]
    if len(found) < 2:
        return [text]
    return found + [first + second for first, second in zip(found, found[1:], strict=False)]
