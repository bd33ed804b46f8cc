"""Municipalities by code and by name as it is written: with or without prefecture, 郡, 役場."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from etl.spelling.glyphs import PLACES
from etl.spelling.text import key

_OFFICE = re.compile("(?<=[市区町村])(?:役所|役場)$")
# What stands round a name in one cell: its code or number, brackets, the section that wrote the report.
_AROUND = re.compile(
    r"[0-9]{4,6}[-:. ]?|\(?[0-9]{1,3}[).、:]|^[①-⑳]|(?<=.)[(【\[<〔](?:[^)】\]>〕]*)[)】\]>〕]$|^[【\[<〔(]|[】\]>〕)]$"
)
_SECTION = re.compile(
    ".{0,8}区(?:役所)?|(?:役所|役場)?(?:.{0,12}(?:課|係|室|部|局|担当|事務所|支所|本庁|センター)|分|様|御中)"
)
_KINDS = ("市", "区", "町", "村")


@dataclass(frozen=True, slots=True)
class Municipality:
    area_code: str  # 6 digits with check digit
    pref_code: str
    pref_name: str
    name: str
    type: str  # 政令指定都市 中核市 特別区 市 町 村


class Register:
    """The municipalities there are. Immutable once built."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        rows = tuple(municipalities)
        self.by_code6: Mapping[str, Municipality] = MappingProxyType({row.area_code: row for row in rows})
        self.by_code5: Mapping[str, Municipality] = MappingProxyType({row.area_code[:5]: row for row in rows})
        self._prefectures = {key(row.pref_name): row.pref_code for row in rows}
        named: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in rows:
            named[key(row.name)].append(row)
        self._named = dict(named)
        loosely: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in rows:
            loosely[_place_key(row.name)].append(row)
        self._placed = dict(loosely)

    def find_name(self, name: str, prefecture: str | None = None) -> list[Municipality]:
        """Every municipality the words can mean, best left to the caller when more than one.

        `prefecture` (2-digit code) narrows the answer unless the words name a prefecture themselves.
        """
        written = _OFFICE.sub("", key(name))
        for pref_name, pref_code in self._prefectures.items():
            if written.startswith(pref_name):
                return _within(self._without_prefecture(written.removeprefix(pref_name)), pref_code)
        return _within(self._without_prefecture(written), prefecture)

    def find_loosely(self, name: str, prefecture: str | None = None) -> list[Municipality]:
        """Whom words can mean that are not quite a name: 札幌市中央区, さいたま市(浦和区), 福島, 福島市生活福祉課.

        Worth a notice, and only when there is one: a name without its 市, 町 or 村 belongs to several as a rule.
        """
        bare = _AROUND.sub("", key(name))
        for pref_name, pref_code in self._prefectures.items():
            if bare.startswith(pref_name) and bare != pref_name:
                bare, prefecture = bare.removeprefix(pref_name).lstrip("・/-,"), pref_code
                break
        if found := self.find_name(bare, prefecture):
            return found
        for boundary in reversed(list(re.finditer("[市区町村]", bare))):
            name, rest = bare[: boundary.end()], bare[boundary.end() :]
            found = self.find_name(name, prefecture) if _SECTION.fullmatch(rest) else []
            if found and (not re.search("区(?:役所)?$", rest) or all(row.type == "政令指定都市" for row in found)):
                return found
        return [row for kind in _KINDS for row in self.find_name(bare + kind, prefecture)] if bare else []

    def _without_prefecture(self, written: str) -> list[Municipality]:
        # The whole name comes first: 郡山市, 大和郡山市 and 蒲郡市 hold 郡 as a part of their own name.
        if found := self._named.get(written) or self._placed.get(_place_key(written)):
            return list(found)
        for boundary in re.finditer("郡", written):
            found = self._named.get(written[boundary.end() :], [])
            if boundary.start() > 0 and (inside := [row for row in found if row.type in ("町", "村")]):
                return inside
        return []


def _place_key(name: str) -> str:
    return key(name).translate(PLACES)


def _within(found: list[Municipality], prefecture: str | None) -> list[Municipality]:
    return found if prefecture is None else [row for row in found if row.pref_code == prefecture]
