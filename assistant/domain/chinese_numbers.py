"""Read and write Chinese numerals (二百五十二点三六); knows nothing of units, sentences or figures."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000, "萬": 10_000, "億": 100_000_000}

#: Every character that a Chinese numeral is written with.
NUMERAL_CHARS = "".join(dict.fromkeys([*_DIGITS, *_STEPS, *_SECTIONS]))


def read_chinese(text: str) -> Decimal | None:
    """Return the number that a Chinese numeral names, None where it is none (七八, 百万一).

    Takes place values (二百五十二万), plain digits (二〇二三) and decimals (九十二点四).
    """
    whole, _, fraction = text.partition("点")
    number = _read_digits(whole) if _is_plain(whole) else _read_places(whole)
    if number is None or (fraction and not _is_plain(fraction)):
        return None
    tail = "".join(str(_DIGITS[char]) for char in fraction)
    return Decimal(f"{number}.{tail}") if tail else Decimal(number)


def _is_plain(text: str) -> bool:
    return bool(text) and all(char in _DIGITS for char in text)


def _read_digits(text: str) -> int | None:
    """Digits after digits: one alone, or three and more as in a year; two are 七八 (about)."""
    if len(text) == 2 and "〇" not in text and "零" not in text:
        return None
    return int("".join(str(_DIGITS[char]) for char in text))


def _read_places(text: str) -> int | None:
    total, section, digit, last_step = 0, 0, -1, 10_000
    for char in text:
        if char in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[char]
        elif char in _STEPS:
            if digit == -1 and section + total > 0 and char not in "十拾":
                return None
            section += (1 if digit == -1 else digit) * _STEPS[char]
            last_step, digit = _STEPS[char], -1
        elif char in _SECTIONS:
            section += max(digit, 0)
            if section + total == 0:
                return None
            total = (total + section) * _SECTIONS[char] if char in "亿億" else total + section * 10_000
            section, digit, last_step = 0, -1, _SECTIONS[char]
        else:
            return None
    return total + section + _tail(text, digit, last_step)


def _tail(text: str, digit: int, last_step: int) -> int:
    """The last digit; after a place value it stands one place lower (二百五 is 250)."""
    if digit <= 0:
        return 0
    spoken_short = len(text) > 1 and text[-2] not in "零〇" and last_step >= 100
    return digit * (last_step // 10) if spoken_short else digit


def to_chinese(value: Decimal) -> str:
    """Return the number in Chinese numerals: 252.36 is 二百五十二点三六, -10 is 负十."""
    plain = format(abs(value), "f")
    whole, _, fraction = plain.partition(".")
    words = _write_whole(int(whole))
    if fraction:
        words += "点" + "".join("零一二三四五六七八九"[int(char)] for char in fraction)
    return ("负" if value < 0 else "") + words


def _write_whole(number: int) -> str:
    if number == 0:
        return "零"
    parts: list[str] = []
    for size, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        count, number = divmod(number, size)
        if count:
            joint = "零" if parts and count < 1000 else ""
            parts.append(joint + (_write_whole(count) if count >= 10_000 else _write_section(count)) + word)
    words = "".join(parts)
    return words[1:] if words.startswith("一十") else words


def _write_section(number: int) -> str:
    words, gap = "", False
    for step, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            words += ("零" if gap and words else "") + "一二三四五六七八九"[digit - 1] + word
            gap = False
        else:
            gap = True
    return words
