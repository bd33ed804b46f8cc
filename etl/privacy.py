"""The guard at the door: does a file carry personal information? It says where and of which kind, never what.

Digits alone do not convict: a receipt number may pass the check digit of a マイナンバー by chance, so a number needs
a word beside it (or a heading above it) that calls it one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.spelling.text import clean, key

_WORDS = tomllib.loads((Path(__file__).parent / "privacy.toml").read_text(encoding="utf-8"))
_KANJI = r"一-龠々〆ヶ"

# A coarse net over whole columns (RE2, fast): only what it catches is looked at closely.
_NET = (
    r"[@＠]|[0０][0-9０-９()（）‐－―ー\-]{8,}|[0-9０-９]{4}[ 　\-－]?[0-9０-９]{4}[ 　\-－]?[0-9０-９]{4}"
    r"|様|さん|氏|名前|世帯主|本人名|者名"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MOBILE = re.compile(r"(?<!\d)0[5789]0[-(]?\d{4}[-)]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:0\d{1,4}-\d{1,4}-\d{4}|0\d{1,4}\(\d{1,4}\)\d{4}|\(0\d{1,4}\)\d{1,4}-\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")
_HONORIFIC = re.compile(rf"([{_KANJI}]{{1,4}})[ ]?(?:様|さん|氏)(?![{_KANJI}])")
_KANA_HONORIFIC = re.compile(r"([ァ-ヴー]{2,8})(?:様|さん)(?![ァ-ヴー])")


@dataclass(frozen=True)
class Finding:
    """Where personal information stands: index into the values given, and which kind it is (Japanese)."""

    index: int
    kind: str


@cache
def _heading_keys() -> frozenset[str]:
    return frozenset(key(word) for word in _WORDS["headings"])


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, _WORDS["name_labels"]))
    return re.compile(rf"(?:{labels})[ :：]{{1,3}}[{_KANJI}ぁ-んァ-ヴー]{{1,6}}")


def is_personal_heading(heading: str) -> bool:
    """True for a heading that names personal information, also with words before it (相談者氏名, 本人の住所)."""
    bare = re.sub(r"\(.*?\)", "", clean(heading))
    for part in {bare, *re.findall(r"\((.*?)\)", clean(heading))}:
        wanted = key(part)
        if any(wanted.startswith(key(prefix)) for prefix in _WORDS["organisation_prefixes"]):
            continue
        if any(wanted == word or (len(word) > 1 and wanted.endswith(word)) for word in _heading_keys()):
            return True
    return False


def find_personal(
    values: pa.Array | Sequence[str], *, heading: str = "", is_organisation: bool = False
) -> Finding | None:
    """The first value (of distinct spellings) that shows personal information, or None."""
    array = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    caught = pc.indices_nonzero(pc.match_substring_regex(array, _NET)).to_pylist()
    for index in caught:
        kind = personal_kind(array[index].as_py(), heading=heading, is_organisation=is_organisation)
        if kind:
            return Finding(index, kind)
    return None


def personal_kind(value: str, *, heading: str = "", is_organisation: bool = False) -> str | None:
    """Which kind of personal information a text shows. An organisation's own telephone or mail is nobody's person."""
    text = re.sub(r"[‐－―−]", "-", clean(value))
    if not is_organisation and _MAIL.search(text):
        return "メールアドレス"
    if not is_organisation and (_MOBILE.search(text) or _is_landline(text)):
        return "電話番号"
    if _is_my_number(text, heading):
        return "個人番号（マイナンバー）"
    if _label_pattern().search(text) or _is_addressed(_HONORIFIC.finditer(text), text):
        return "氏名"
    if not is_organisation and _is_addressed(_KANA_HONORIFIC.finditer(text), text):
        return "氏名"
    return None


def _is_landline(text: str) -> bool:
    return any(len(re.sub(r"\D", "", match.group())) == 10 for match in _LANDLINE.finditer(text))


def _is_my_number(text: str, heading: str) -> bool:
    called = any(label in text or label in heading for label in map(clean, _WORDS["number_labels"]))
    return called and any(is_my_number(re.sub(r"\D", "", m.group())) for m in _NUMBER.finditer(text))


def is_my_number(digits: str) -> bool:
    """Check digit of a 12-digit 個人番号 (行政手続番号法施行令 第8条, 総務省令第85号 第5条): weights 2–7, 2–6."""
    if len(digits) != 12 or not digits.isascii() or not digits.isdigit():
        return False
    weighted = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits[:11]), 1))
    rest = weighted % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def _is_addressed(matches: Iterable[re.Match[str]], text: str) -> bool:
    for match in matches:
        word = match.group(1)
        if not any(word.endswith(other) for other in _WORDS["not_names"]) and f"{word}氏名" not in text:
            return True
    return False
