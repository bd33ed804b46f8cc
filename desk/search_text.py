"""The forms in which Japanese text is compared: one width, one kana, old glyphs as new ones, okurigana left out.

Two forms. `folded` compares letter by letter: 「ｱｳﾄﾘｰﾁ」 and 「アウトリーチ」 are one. `skeleton` also lets go of
the kana behind a lone kanji, which people write or leave out and inflect as they like: 「取り組み」「取組」 and
「同じ日に」「同日」. Kana behind two or more kanji stay, or 「学生の活動」 would hold the word 「生活」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]

KANJI = "々〇㐀-䶿一-鿿豈-﫿"
KATAKANA = "ァ-ヺー"
HIRAGANA = "ぁ-ゖ"

# A letter with the marks that stand behind it: half-width ガ comes as two characters.
_CLUSTER = re.compile("[\\s\\S][\u0300-\u036f\u3099\u309aﾞﾟ]*")
# At most two kana: more are endings that carry sense, or words of their own (断られた, 場つながり).
_OKURIGANA = re.compile(f"(?<![{KANJI}])([{KANJI}])[{HIRAGANA}]{{1,2}}(?![{HIRAGANA}])")
_OLD = str.maketrans("髙﨑濵邊邉齋齊德栁冨ヶヵ", "高崎浜辺辺斎斉徳柳富ケカ")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−─", "-") | {"〜": "~"})
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def plain(text: str) -> str:
    """One width, new glyphs, small letters; kana stay what they are, so that scripts can be told apart."""
    return unicodedata.normalize("NFKC", text.translate(_OLD)).translate(_HYPHENS).casefold()


def folded(text: str) -> str:
    """The form in which two texts are compared. Folding twice changes nothing."""
    return plain(text).translate(_KATAKANA_TO_HIRAGANA)


def skeleton(text: str) -> str:
    """Plain text without the kana behind a lone kanji."""
    return _OKURIGANA.sub(r"\1", plain(text))


def folded_with_origin(text: str) -> tuple[str, list[Span]]:
    """Folded text, and for each of its letters the place in `text` it comes from."""
    letters = [(letter, span) for span, cluster in _clusters(text) for letter in folded(cluster)]
    return "".join(letter for letter, _ in letters), [span for _, span in letters]


def skeleton_with_origin(text: str) -> tuple[str, list[Span]]:
    """The same of the folded skeleton."""
    letters = [(letter, span) for span, cluster in _clusters(text) for letter in plain(cluster)]
    written = "".join(letter for letter, _ in letters)
    gone = {n for match in _OKURIGANA.finditer(written) for n in range(match.start() + 1, match.end())}
    kept = [n for n in range(len(written)) if n not in gone]
    return folded("".join(written[n] for n in kept)), [letters[n][1] for n in kept]


def _clusters(text: str) -> Iterator[tuple[Span, str]]:
    for match in _CLUSTER.finditer(text):
        yield match.span(), match.group()
