"""What leads to a person besides a name: telephone, mail, address, birthday, and the number everybody has."""

from __future__ import annotations

import re

from etl.privacy_words import KANJI, WORDS, either
from etl.spelling.glyphs import HYPHENS
from etl.spelling.text import clean

_GAP = r"(?: ?[-.] ?| )"
_MAIL = re.compile(r"[\w.+-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)
_MOBILE = re.compile(rf"(?<!\d)\(?(?:0|\+ ?81{_GAP}?(?:\(0\))?)[5789]0\)?{_GAP}?\(?\d{{4}}\)?{_GAP}?\d{{4}}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\d-])(?!0[01]|0120|0570|0800)(?:0\d{1,4}-\d{1,4}-\d{4}|0\d{1,4}\(\d{1,4}\)\d{4}|\(0\d{1,4}\)\d{1,4}-\d{4})(?![\d-])"
)
_LABELLED_PHONE = re.compile(
    rf"(?:{either('phone_labels')})(?:番号)?[ :は=.)]{{0,3}}(?:\+81|0)\d(?:{_GAP}?\d){{8,9}}(?!\d)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")

_ERA_YEAR = r"(?:(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHR]\.?) ?(?:\d{1,2}|元)|(?:18|19|20)\d\d)"
_DAY = rf"{_ERA_YEAR} ?[年./-] ?\d{{1,2}} ?[月./-] ?\d{{1,2}}(?: ?日)?"
_BORN = re.compile(
    rf"{_DAY} ?(?:生まれ|生れ|うまれ|生(?![活徒命計業産協鮮じ存起]))"
    rf"|(?:{either('birth_labels')})[ :=はが(]{{0,3}}(?:{_ERA_YEAR} ?[年./-]|(?:18|19|20)\d{{6}})",
    re.IGNORECASE,
)

_BLOCK = r"\d{1,4}(?:-\d{1,4}){1,3}"
_UNIT = "年月日時分件人名回歳才世帯か箇ヶ号室階円万千丁団体機関ケー%～~:/.,、"
_ADDRESS = re.compile(
    rf"(?:\d|[一二三四五六七八九十])丁目 ?\d{{1,4}}(?:-\d|番)|\d ?番地|(?:\d|[一二三四五六七八九十]) ?番 ?\d{{1,3}} ?号"
    rf"|(?:町|字[{KANJI}ァ-ヴー]{{1,6}})\d{{1,4}}-\d{{1,4}}(?!年|月)"
    rf"|[市区郡町村][{KANJI}ぁ-んァ-ヴー]{{1,8}}(?:町|字[{KANJI}]{{1,5}})\d{{1,4}}(?![\d{_UNIT}-])"
    rf"|(?:{either('address_labels')})[^。、]{{0,12}}?[{KANJI}ぁ-んァ-ヴー]{_BLOCK}"
)
_BLOCK_IN_TOWN = re.compile(rf"[市区町村]([{KANJI}ぁ-んァ-ヴー]{{1,8}}){_BLOCK}(?!年|月|日)")

_ANY_HYPHEN = r"[\-‐‑‒–—―−ー─━]"
#: What RE2 looks for over whole columns (in NFKC text): at least all that the patterns above find.
CONTACT_NET = r"(?i)@|\[at\]|\(at\)|[0+](?:[ ()./\-‐‑‒–—―−ー─━]{0,3}[0-9]){9}"
PERSON_NET = (
    rf"(?:{either('birth_labels')})[ :=はが(]*(?:[0-9]|[明大昭平令mtshrMTSHR])"
    r"|[0-9日] *(?:生(?:[^活徒命計業産協鮮じ存起]|$)|うまれ)|丁目|番地|番 *[0-9]|(?:町|字[^0-9]{1,6})[0-9]"
    rf"|[市区郡町村][^0-9 ]{{1,12}}[0-9]{{1,4}}{_ANY_HYPHEN}|(?:{either('address_labels')})[^。、]*[0-9]{_ANY_HYPHEN}"
)
NUMBER_NET = r"[0-9](?:[ \-‐‑‒–—―−ー─━]{0,2}[0-9]){11}"
NUMBER_LABEL_NET = "|".join(re.escape(word) for word in WORDS["number_labels"])


def is_mail(text: str) -> bool:
    return _MAIL.search(text) is not None


def is_phone(text: str) -> bool:
    """A mobile, a landline of ten digits, or what a word calls a telephone. Free-dial numbers are nobody's."""
    dashed = text.translate(HYPHENS)
    if _MOBILE.search(dashed) or _LABELLED_PHONE.search(dashed):
        return True
    return any(len(re.sub(r"\D", "", match.group())) == 10 for match in _LANDLINE.finditer(dashed))


def is_born(text: str) -> bool:
    return _BORN.search(text.translate(HYPHENS)) is not None


def is_address(text: str) -> bool:
    """Where somebody lives: town and house number. 市議会資料2-1 is none."""
    dashed = text.translate(HYPHENS)
    if _ADDRESS.search(dashed):
        return True
    towns = (match[1] for match in _BLOCK_IN_TOWN.finditer(dashed))
    return any(not any(word in town for word in WORDS["no_address"]) for town in towns)


def is_called_my_number(text: str, heading: str) -> bool:
    """A valid 個人番号 that a word beside it, or the heading above it, calls one."""
    if not (calls_number(text) or calls_number(clean(heading))):
        return False
    return any(is_my_number(re.sub(r"\D", "", match.group())) for match in _NUMBER.finditer(text.translate(HYPHENS)))


def calls_number(text: str) -> bool:
    written = text.casefold()
    return any(label.casefold() in written for label in WORDS["number_labels"])


def is_my_number(digits: str) -> bool:
    """Check digit of a 12-digit 個人番号 (行政手続番号法施行令 第8条, 総務省令第85号 第5条): weights 2–7, 2–6."""
    if len(digits) != 12 or not digits.isascii() or not digits.isdigit():
        return False
    weighted = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits[:11]), 1))
    rest = weighted % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)
