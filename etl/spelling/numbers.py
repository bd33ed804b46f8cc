"""Counts and yes/no answers."""

from __future__ import annotations

import re

from etl.spelling.glyphs import HYPHENS
from etl.spelling.kanji import KANJI_DIGITS, kanji_number
from etl.spelling.reading import Mark, Reading, mark_of
from etl.spelling.text import clean

# ASCII only on purpose: int() and \d also take Arabic-Indic digits, and int() takes 1_000.
# Fifteen digits hold every count there can be and keep a pasted ID from becoming one.
_NUMBER = re.compile(r"([0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(\.[0-9]{1,6})?")
_NEGATIVE = re.compile(r"[-△▲▵▴] ?[0-9][0-9,]*(?:\.[0-9]+)?|\([0-9][0-9,]*(?:\.[0-9]+)?\)")
_KANJI = re.compile(f"[{KANJI_DIGITS}]+")
_UNIT = re.compile(
    r" ?(?:件|人|名|回|分|世帯|団体|機関|ケース|事例|社|校|組|施設|部署|事業所|家庭|[かカヵヶケ箇個ｹ]所)$"
)

_YES = (
    "有 有り 有る あり アリ ある あった ○ 〇 ◯ ⭕ ◎ ● ✓ ✔ ☑ ✅ レ 済 済み はい した しました 実施 実施済 実施済み "
    "実施中 実施している 行った 行っている 該当 該当あり 設置 設置済 設置済み 設置あり 配置 配置済 配置済み 配置あり "
    "参画 参画あり 作成 作成済 作成済み 策定済 策定済み 対応済 対応済み 確認済 確認済み "
    "1 1.0 yes y true ok"
)
_NO = (
    "無 無し 無い なし ナシ ない なかった × ✕ ✖ ✗ ✘ ☓ ╳ ❌ ☐ 未 未済 いいえ していない していません 未実施 "
    "実施なし 実施していない 行っていない 非該当 該当なし "
    "未設置 設置なし 設置していない 未配置 配置なし 未参画 参画なし 未作成 未策定 未対応 0 0.0 no n false"
)
_FLAGS = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)


def read_count(text: str) -> Reading[int | Mark]:
    """A count of 0 or more; a Mark for x, - and …; None for blank. They stay different."""
    mark = mark_of(text)
    if mark is not None:
        return Reading(None if mark is Mark.BLANK else mark)
    written = clean(text)
    if _NEGATIVE.fullmatch(_UNIT.sub("", written.translate(HYPHENS))):
        return Reading(None, rule="count_negative")
    bare = _UNIT.sub("", written)
    if number := _NUMBER.fullmatch(bare):
        whole, fraction = number.groups()
        if fraction and fraction.strip(".0"):
            return Reading(None, rule="count_fractional")
        return Reading(int(whole.replace(",", "")))
    value = kanji_number(bare) if _KANJI.fullmatch(bare) else None
    return Reading(value) if value is not None else Reading(None, rule="count_unreadable")


def read_flag(text: str) -> Reading[bool]:
    """Yes or no. A date in such a column is the caller's to read.

    "-", "…", "不明" and "*" say that the answer is not known and are taken as not sent; a lone x may be a
    hidden value or a cross, so it is asked back.
    """
    written = clean(text)
    if not written:
        return Reading(None)
    answer = _FLAGS.get(written.casefold())
    if answer is not None:
        return Reading(answer)
    if written not in "xX" and mark_of(written) is not None:
        return Reading(None, notice="flag_mark_as_blank")
    return Reading(None, rule="flag_unknown")
