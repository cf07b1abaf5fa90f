"""Running numbers of headings (层次序号) by GB/T 9704: 一、 （一） 1. （1）."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


class Numbering:
    """Counts four levels; a number at one level begins the deeper ones anew."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """Return the next number of a level from 1 to 4; "" for level 0 (no number)."""
        if level == 0:
            return ""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        return {
            1: f"{chinese(count)}、",
            2: f"（{chinese(count)}）",
            3: f"{count}.",
            4: f"（{count}）",
        }[level]


def chinese(count: int) -> str:
    """Return a count from 1 to 999 in Chinese (十二, 一百零五)."""
    hundreds, rest = divmod(count, 100)
    if hundreds == 0:
        return _below_hundred(rest)
    if rest == 0:
        return f"{_DIGITS[hundreds]}百"
    between = "零" if rest < 10 else ("一" if rest < 20 else "")
    return f"{_DIGITS[hundreds]}百{between}{_below_hundred(rest)}"


def _below_hundred(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not head else "")
