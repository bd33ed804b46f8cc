"""Names of persons in free text: in front of 様 or さん, behind a word that announces one, or made of known parts."""

from __future__ import annotations

import re

from etl.privacy_words import KANJI, WORDS, either

_AFTER = either("after_names")
_HONORIFICS = "様|さん(?!さん)|氏|殿|君|くん|ちゃん(?!と)|さま|サマ"
_SURNAME, _GIVEN = either("surnames"), "".join(WORDS["given_characters"]).replace("\n", "")
_FIRST = "".join(sorted({surname[0] for surname in WORDS["surnames"]}))
_LONG_SURNAME = "|".join(sorted((name for name in WORDS["surnames"] if len(name) > 1), key=len, reverse=True))
_GIVEN_NAME = "|".join(sorted((name for name in WORDS["given_names"] if len(name) > 1), key=len, reverse=True))
_BEHIND = r" ?(?:名|氏名)?[ :=(・,/「]{1,3}"
_FULL = rf"(?=[{_FIRST}])(?:{_SURNAME}) ?(?:[{_GIVEN}]{{1,3}}|{either('given_names')})(?![{KANJI}ァ-ヴー])"

_HONORIFIC = re.compile(rf"([{KANJI}]{{1,5}}) ?(?:{_HONORIFICS})(?=[^{KANJI}]|$|{_AFTER})")
_KATAKANA = re.compile(r"([ァ-ヴー]{2,10}) ?(?:様|さん(?!さん)|さま|氏|殿|くん|ちゃん)(?![ァ-ヴー子式ぽ])")
_LATIN = re.compile(r"[A-Z][a-z]{2,} ?(?:様|さん(?!さん)|さま|氏)")
_HIRAGANA = re.compile(rf"(?<![ぁ-ん])(?:{either('kana_surnames')}) ?(?:様|さん(?!さん)|さま|氏|くん|ちゃん)")
_LABELLED = re.compile(rf"(?:{either('name_labels')}) ?[ :=()・は]{{1,3}}([{KANJI}ぁ-んァ-ヴー]{{1,6}})")
_RELATED = re.compile(rf"(?:{either('person_labels')}){_BEHIND}(?:{_FULL}|(?:{either('given_names')})(?![{KANJI}]))")
_CLIENT = re.compile(rf"(?:{either('client_labels')}){_BEHIND}({_LONG_SURNAME})(?=$|[ )(、。,/・」])")
_KNOWN = re.compile(
    rf"(?<![{KANJI}])(?=[{_FIRST}])(?:{_LONG_SURNAME}) ?"
    rf"(?:(?:{_GIVEN_NAME})(?![{KANJI}ァ-ヴー])|[{_GIVEN}]{{1,3}} ?\((?:{either('person_labels')}))"
)
_KANA_RELATED = re.compile(rf"(?<![ァ-ヴー])[ァ-ヴー]{{2,6}} [ァ-ヴー]{{2,6}} ?\((?:{either('person_labels')})")

_NO_NAME, _PLACES = tuple(WORDS["no_name"]), frozenset(WORDS["place_surnames"])
_NOT_NAMES = frozenset(WORDS["not_names"])
_ROLES = (*WORDS["role_endings"], *WORDS["kana_roles"])

#: Roles and relatives with their honorific: most of what the net would catch, and no names (RE2, in NFKC text).
INNOCENT = (
    rf"(^|[^{KANJI}])(?:{either('not_names')}) *(?:様|さん|氏|殿|君|くん|ちゃん|さま|サマ)"
    rf"|(?:{either('role_endings')}|{either('kana_roles')}) *(?:様|さん|氏|殿|君|くん|ちゃん|さま|サマ)"
    rf"|(?:{either('name_labels')}) *[ :=()・は]{{1,3}}(?:{either('no_name')})"
)
#: What RE2 looks for over whole columns (in NFKC text): at least all that the patterns above find.
NET = (
    rf"[{KANJI}] *(?:様|さん|氏|殿|君|くん|ちゃん|さま|サマ)(?:[^{KANJI}]|$|{_AFTER})"
    r"|[ァ-ヴー] *(?:様|さん|さま|氏|殿|くん|ちゃん)(?:[^ァ-ヴー子式ぽ]|$)|[A-Z][a-z]+ *(?:様|さん|さま|氏)"
    rf"|(?:{either('kana_surnames')}) *(?:様|さん|さま|氏|くん|ちゃん)"
    rf"|(?:{either('name_labels')}) *[ :=()・は]"
    rf"|(?:{either('person_labels')}) *(?:名|氏名)?[ :=(・,/「]+(?:{_SURNAME}|{either('given_names')})"
    rf"|(?:{_LONG_SURNAME}) *(?:{_GIVEN_NAME}|[{_GIVEN}]{{1,3}} *\()"
    rf"|[ァ-ヴー] +[ァ-ヴー]{{2,6}} *\((?:{either('person_labels')})"
)


def names_person(text: str, *, is_organisation: bool = False) -> bool:
    """True when a cleaned text holds a person's name. Among organisations スズキ様 is a firm, 山田様 is not."""
    if _is_labelled(text) or any(not _is_role(match[1]) for match in _HONORIFIC.finditer(text)):
        return True
    if _HIRAGANA.search(text) or _RELATED.search(text):
        return True
    if any(match[1] not in _PLACES for match in _CLIENT.finditer(text)):
        return True
    if is_organisation:
        return False
    if _LATIN.search(text):
        return True
    katakana = (match[1] for match in _KATAKANA.finditer(text))
    return any(not _is_role(word) for word in katakana) or bool(_KNOWN.search(text) or _KANA_RELATED.search(text))


def _is_labelled(text: str) -> bool:
    """A name behind a word that announces one: 氏名：山田太郎."""
    words = (match[1] for match in _LABELLED.finditer(text))
    return any(not word.startswith(_NO_NAME) and not _is_role(word) for word in words)


def _is_role(word: str) -> bool:
    return word in _NOT_NAMES or word.endswith(_ROLES)
