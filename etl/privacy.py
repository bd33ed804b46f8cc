"""The guard at the door: does a text carry personal information? It says of which kind, never what.

Digits alone do not convict: a receipt number may pass the check digit of a マイナンバー by chance, so a number needs
a word beside it (or a heading above it) that calls it one. The words are data: etl/privacy.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from etl.patterns import indices_matching
from etl.spelling.glyphs import HYPHENS
from etl.spelling.text import clean, key

_WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "privacy.toml").read_text(encoding="utf-8"))
_KANJI = r"一-龠々〆ヶ"
_AFTER = "|".join(_WORDS["after_names"])

# A coarse net over whole columns (RE2, fast): only what it catches is looked at closely.
_GAPS = r"[ 　()（）.．\-‐‑‒–—―−－ーｰ─━]{0,2}"
_NET = (
    r"(?i)[@＠]|様|さん|氏|名前|世帯主|本人名|者名|マイナンバー|ﾏｲﾅﾝﾊﾞｰ|個人番号|個人No|MyNumber"
    rf"|(?:^|[^0-9０-９])(?:[0０]|[+＋][8８][1１])(?:{_GAPS}[0-9０-９]){{9}}"
)
_NUMBER_NET = rf"[0-9０-９](?:{_GAPS}[0-9０-９]){{11}}"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_GAP = r"(?:[-. ]{1,2})"
_MOBILE = re.compile(rf"(?<!\d)(?:0|\+81{_GAP}?(?:\(0\))?)[5789]0(?:{_GAP}|\()?\d{{4}}(?:{_GAP}|\))?\d{{4}}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:0\d{1,4}-\d{1,4}-\d{4}|0\d{1,4}\(\d{1,4}\)\d{4}|\(0\d{1,4}\)\d{1,4}-\d{4})(?!\d)")
_LABELLED_PHONE = re.compile(
    rf"(?:{'|'.join(_WORDS['phone_labels'])})(?:番号)?[ :は=.)]{{0,3}}(?:\+81|0)\d(?:{_GAP}?\d){{8,9}}(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")
_HONORIFIC = re.compile(rf"([{_KANJI}]{{1,5}}) ?(?:様|さん(?!さん)|氏)(?=[^{_KANJI}]|$|{_AFTER})")
_KANA_HONORIFIC = re.compile(r"([ァ-ヴー]{2,10}) ?(?:様|さん(?!さん))(?![ァ-ヴー子式])")
_LABELLED_NAME = re.compile(rf"(?:{'|'.join(_WORDS['name_labels'])}) ?[ :=(・は]{{1,3}}([{_KANJI}ぁ-んァ-ヴー]{{1,6}})")


@dataclass(frozen=True)
class Finding:
    """Where personal information stands: index into the values given, and which kind it is (Japanese)."""

    index: int
    kind: str


@cache
def _keys(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in _WORDS[words])


def is_personal_heading(heading: str) -> bool:
    """True for a heading that names personal information, also with words around it (相談者氏名, 本人の住所)."""
    written = clean(heading)
    parts = [re.sub(r"\(.*?\)", "", written), *re.findall(r"\((.*?)\)", written)]
    return any(_is_personal(key(part)) for part in parts)


def _is_personal(part: str) -> bool:
    if part in _keys("whole_headings") or part in _keys("contact_words"):
        return True
    if any(word in part for word in _keys("person_words")):
        return not part.endswith(tuple(_keys("question_endings")))
    of_organisation = part.startswith(tuple(_keys("organisation_prefixes")))
    return part.endswith(tuple(_keys("contact_words"))) and not of_organisation


def is_of_sender(heading: str) -> bool:
    """True for a heading with which an office tells how to reach it (担当者氏名, 電話)."""
    written = key(heading)
    return written.startswith(tuple(_keys("sender_prefixes"))) or written in _keys("contact_words")


def find_personal(
    values: pa.Array | Sequence[str], *, heading: str = "", is_organisation: bool = False
) -> Finding | None:
    """The first value (of distinct spellings) that shows personal information, or None."""
    array = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    net = f"{_NET}|{_NUMBER_NET}" if _calls_number(clean(heading)) else _NET
    for index in indices_matching(array, net):
        kind = personal_kind(array[index].as_py(), heading=heading, is_organisation=is_organisation)
        if kind:
            return Finding(index, kind)
    return None


def personal_kind(value: str, *, heading: str = "", is_organisation: bool = False) -> str | None:
    """Which kind of personal information a text shows. An organisation's own telephone or mail is nobody's person."""
    text = clean(value)
    dashed = text.translate(HYPHENS)
    if not is_organisation and _MAIL.search(text):
        return "メールアドレス"
    if not is_organisation and _is_phone(dashed):
        return "電話番号"
    if _is_my_number(dashed, text, clean(heading)):
        return "個人番号（マイナンバー）"
    if _is_named(text) or _is_addressed(_HONORIFIC.finditer(text)):
        return "氏名"
    if not is_organisation and _is_addressed(_KANA_HONORIFIC.finditer(text)):
        return "氏名"
    return None


def _is_phone(text: str) -> bool:
    if _MOBILE.search(text) or _LABELLED_PHONE.search(text):
        return True
    return any(len(re.sub(r"\D", "", match.group())) == 10 for match in _LANDLINE.finditer(text))


def _is_my_number(dashed: str, text: str, heading: str) -> bool:
    called = _calls_number(text) or _calls_number(heading)
    return called and any(is_my_number(re.sub(r"\D", "", match.group())) for match in _NUMBER.finditer(dashed))


def _calls_number(text: str) -> bool:
    written = text.casefold()
    return any(label.casefold() in written for label in _WORDS["number_labels"])


def is_my_number(digits: str) -> bool:
    """Check digit of a 12-digit 個人番号 (行政手続番号法施行令 第8条, 総務省令第85号 第5条): weights 2–7, 2–6."""
    if len(digits) != 12 or not digits.isascii() or not digits.isdigit():
        return False
    weighted = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits[:11]), 1))
    rest = weighted % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def _is_named(text: str) -> bool:
    """A name behind a word that announces one: 氏名：山田太郎."""
    for match in _LABELLED_NAME.finditer(text):
        word = match.group(1)
        if not word.startswith(tuple(_WORDS["no_name"])) and not _is_role(word):
            return True
    return False


def _is_addressed(matches: Iterable[re.Match[str]]) -> bool:
    """A name in front of 様, さん or 氏, and not a role or a relative."""
    return any(not _is_role(match.group(1)) for match in matches)


def _is_role(word: str) -> bool:
    return word in _WORDS["not_names"] or word.endswith((*_WORDS["role_endings"], *_WORDS["kana_roles"]))
