"""Take a model's thinking (思考过程) out of its answer: `<think>…</think>`, also when it is half open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = "<think>", "</think>"


def strip_thinking(text: str) -> str:
    """Return the answer of a whole text: what follows the last closing mark and stands before an open one."""
    return text.rpartition(_CLOSE)[2].partition(_OPEN)[0].strip()


def without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a stream without `<think>…</think>`, however the marks are cut.

    A piece that is all thinking gives "", so that whoever reads sees time pass. A closing mark without an opening one passes: only `strip_thinking` over the whole can tell.
    """
    held, thinking = "", False
    for piece in pieces:
        held += piece
        while True:
            mark = _CLOSE if thinking else _OPEN
            before, found, after = held.partition(mark)
            if not found:
                break
            if not thinking and before:
                yield before
            held, thinking = after, not thinking
        keep = _begun(held, mark)
        yield "" if thinking else held[: len(held) - keep]
        held = held[len(held) - keep :]
    if held and not thinking:
        yield held


def _begun(text: str, mark: str) -> int:
    """How many characters at the end of the text may be the beginning of the mark."""
    return next((n for n in range(min(len(mark) - 1, len(text)), 0, -1) if mark.startswith(text[-n:])), 0)
