"""Numbers written in kanji: 二十四, 二〇二四, 千二百, 廿四; formal numerals (壱 弐 参 拾) as on certificates."""

from __future__ import annotations

_DIGITS = {"○": 0, "◯": 0, "〇": 0, "零": 0} | {digit: i for i, digit in enumerate("一二三四五六七八九", start=1)}
_DIGITS |= {"壱": 1, "壹": 1, "弐": 2, "貳": 2, "参": 3, "參": 3}
_TENS = str.maketrans({"拾": "十", "廿": "二十", "卅": "三十"})
_UNITS = {"十": 10, "百": 100, "千": 1000}

#: Inside of a regular-expression class: every character a kanji number can hold (circles pass for 〇).
KANJI_DIGITS = "○◯〇零一二三四五六七八九十百千万壱壹弐貳参參拾廿卅"


def kanji_number(text: str) -> int | None:
    """The number, or None when the characters do not form one (二三十, 百二百, circles only)."""
    if not text or not text.strip("○◯〇"):
        return None
    text = text.translate(_TENS)
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    ten_thousands, found, rest = text.rpartition("万")
    if not found:
        return _below_ten_thousand(text)
    high = _below_ten_thousand(ten_thousands)
    low = _below_ten_thousand(rest) if rest else 0
    return None if high is None or low is None else high * 10_000 + low


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last_unit = 0, 0, 10_000
    for char in text:
        if unit := _UNITS.get(char):
            if unit >= last_unit:
                return None
            total, digit, last_unit = total + (digit or 1) * unit, 0, unit
        elif digit or not _DIGITS.get(char):
            return None
        else:
            digit = _DIGITS[char]
    return total + digit if text else None
