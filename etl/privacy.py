"""The guard at the door: does a text carry personal information? It says of which kind, never what.

Digits alone do not convict: a receipt number may pass the check digit of a マイナンバー by chance, so a number needs
a word beside it (or a heading above it) that calls it one. The words are data: etl/privacy.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from etl.patterns import indices_matching
from etl.privacy_contacts import (
    CONTACT_NET,
    NUMBER_LABEL_NET,
    NUMBER_NET,
    PERSON_NET,
    calls_number,
    is_address,
    is_born,
    is_called_my_number,
    is_mail,
    is_my_number,
    is_phone,
)
from etl.privacy_names import INNOCENT, NET, names_person
from etl.privacy_words import keys
from etl.spelling.text import clean, key

__all__ = ["Finding", "find_personal", "is_my_number", "is_of_place", "is_of_sender", "is_personal_heading"]

_FEW = 50  # below, setting the large searches up costs more than it saves
_CONTACTS = "|".join((CONTACT_NET, PERSON_NET, NUMBER_LABEL_NET))


@dataclass(frozen=True)
class Finding:
    """Where personal information stands: index into the values given, and which kind it is (Japanese)."""

    index: int
    kind: str


def is_personal_heading(heading: str) -> bool:
    """True for a heading that names personal information, also with words around it (相談者氏名, 本人の住所)."""
    written = clean(heading)
    parts = [re.sub(r"\(.*?\)", "", written), *re.findall(r"\((.*?)\)", written)]
    return any(_is_personal(key(part)) for part in parts)


def _is_personal(part: str) -> bool:
    if part in keys("whole_headings") or part in keys("contact_words"):
        return True
    if any(word in part for word in keys("person_words")):
        return not part.endswith(tuple(keys("question_endings")))
    of_organisation = part.startswith(tuple(keys("organisation_prefixes")))
    return part.endswith(tuple(keys("contact_words"))) and not of_organisation


def is_of_sender(heading: str) -> bool:
    """True for a heading with which an office tells how to reach it (担当者氏名, 電話)."""
    written = key(heading)
    return written.startswith(tuple(keys("sender_prefixes"))) or written in keys("contact_words")


def is_of_place(heading: str) -> bool:
    """True for a heading of a place or a body (会場, 施設の電話番号): what reaches it is nobody's private matter."""
    return key(heading).startswith(tuple(keys("organisation_prefixes") | keys("place_prefixes")))


def find_personal(
    values: pa.Array | Sequence[str], *, heading: str = "", is_organisation: bool = False
) -> Finding | None:
    """The first value (of distinct spellings) that shows personal information, or None."""
    array = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    for index in _suspects(array, calls_number(clean(heading))):
        kind = personal_kind(array[index].as_py(), heading=heading, is_organisation=is_organisation)
        if kind:
            return Finding(index, kind)
    return None


def personal_kind(value: str, *, heading: str = "", is_organisation: bool = False) -> str | None:
    """Which kind of personal information a text shows.

    An organisation's own telephone, mail and address are nobody's; a person's name stays one.
    """
    text = clean(value)
    if not is_organisation and is_mail(text):
        return "メールアドレス"
    if not is_organisation and is_phone(text):
        return "電話番号"
    if is_called_my_number(text, heading):
        return "個人番号（マイナンバー）"
    if is_born(text):
        return "生年月日"
    if names_person(text, is_organisation=is_organisation):
        return "氏名"
    if not is_organisation and is_address(text):
        return "住所"
    return None


def personal_places(text: str, *, heading: str = "", is_organisation: bool = False) -> list[tuple[int, str]]:
    """(line, kind) of each line that shows a person; what stands alone on its line is seen more surely.

    Line 0 stands for the whole text where no single line does.
    """
    asked = [(number, line) for number, line in enumerate(text.split("\n"), 1)]
    for lines in (asked, [(0, text)]):
        found = [
            (number, kind)
            for number, line in lines
            if (kind := personal_kind(line, heading=heading, is_organisation=is_organisation))
        ]
        if found:
            return found
    return []


def _suspects(texts: pa.Array, is_number_column: bool) -> list[int]:
    """Indices of the texts to look at closely, found by RE2 over all of them at once."""
    plain = pc.utf8_normalize(texts, "NFKC")  # one width, one kind of space
    if len(plain) <= _FEW:
        return indices_matching(plain, f"{_CONTACTS}|{NET}|{NUMBER_NET}")
    unclear = pc.replace_substring_regex(plain, pattern=INNOCENT, replacement="\\1。")
    contacts = indices_matching(plain, f"{_CONTACTS}|{NUMBER_NET}" if is_number_column else _CONTACTS)
    return sorted({*contacts, *indices_matching(unclear, NET)})
