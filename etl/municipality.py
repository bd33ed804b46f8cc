"""Which municipality each row belongs to: code and name columns read together, then the title, then the option."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.gather import Batch
from etl.spelling.codes import Municipality, Register, read_code_column
from etl.spelling.text import clean


@dataclass(frozen=True)
class RowRule:
    rule: str
    column: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Areas:
    """`codes` are the distinct area codes, `index` gives each row's (-1: not known); `rules` come with their rows."""

    codes: tuple[str, ...]
    index: np.ndarray
    rules: tuple[tuple[RowRule, np.ndarray], ...] = ()
    file_rule: RowRule | None = None
    title_areas: tuple[str | None, ...] = field(default=())

    def by_row(self) -> pa.Array:
        """Area codes row by row."""
        indices = pa.array(self.index.astype(np.int32), mask=self.index < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(self.codes, pa.string()))


def resolve_areas(batch: Batch, register: Register, prefecture: str | None, given: str | None) -> Areas:
    """Areas of all rows.

    `given` (a code) or a title stands in where the row names none, and must agree where it does.
    """
    fallbacks = [given or title_area(layout.titles, register, prefecture) for layout in batch.layouts]
    code_codes, code_texts = _distinct(batch, "area_code")
    name_codes, name_texts = _distinct(batch, "municipality")
    groups, group_of_row = _groups(batch, code_codes, name_codes)
    texts = [(code_texts[c], name_texts[n], fallbacks[s]) for c, n, s in groups]
    beside = [name or _full_name(fallback, register) for _, name, fallback in texts]
    read = read_code_column([code for code, _, _ in texts], register, prefecture, beside)
    code_heading = batch.headings.get("area_code", "団体コード")
    if read.ambiguous:
        example = next(text for text, _, _ in texts if text)
        return Areas((), np.full(batch.row_count, -1), file_rule=RowRule("code_ambiguous", code_heading, example))
    name_heading = batch.headings.get("municipality", "市区町村")
    found: list[str | None] = []
    rules: list[RowRule | None] = []
    rule: RowRule | None
    for (code_text, name_text, fallback), area, code_rule in zip(texts, read.area_codes, read.rules, strict=True):
        if code_rule:
            found.append(None)
            rules.append(RowRule(code_rule, code_heading, code_text))
            continue
        one, rule = _one_area(area, name_text, fallback, register, prefecture, name_heading)
        if rule is None and one and prefecture and register.by_code6[one].pref_code != prefecture:
            there = register.by_code6[one]
            column = code_heading if area else name_heading
            rule = RowRule("other_prefecture", column, code_text or name_text or there.name, there.pref_name)
        found.append(None if rule else one)
        rules.append(rule)
    notices = [
        RowRule(notice, code_heading, text) if notice else None
        for notice, (text, _, _) in zip(read.notices, texts, strict=True)
    ]
    parts = [
        RowRule("municipality_part", name_heading, name, register.by_code6[area].name)
        if area and name and not register.find_name(name)
        else None
        for area, (_, name, _) in zip(found, texts, strict=True)
    ]
    told = (*_by_rows(notices, group_of_row), *_by_rows(parts, group_of_row))
    broken = (*_by_rows(rules, group_of_row), *((rule, rows[:1]) for rule, rows in told))
    return _areas(found, broken, group_of_row, tuple(fallbacks))


def _by_rows(rules: Sequence[RowRule | None], group_of_row: np.ndarray) -> list[tuple[RowRule, np.ndarray]]:
    return [(rule, np.flatnonzero(group_of_row == group)) for group, rule in enumerate(rules) if rule is not None]


def _full_name(area: str | None, register: Register) -> str | None:
    return register.by_code6[area].pref_name + register.by_code6[area].name if area else None


def _one_area(
    area: str | None, name: str, fallback: str | None, register: Register, prefecture: str | None, heading: str
) -> tuple[str | None, RowRule | None]:
    """One row group's area from its code, its name and what the title says; or the rule it breaks."""
    if name:
        candidates = _candidates(area, name, fallback, register, prefecture)
        if not candidates:
            return None, RowRule("municipality_unknown", heading, name)
        codes = [candidate.area_code for candidate in candidates]
        if area and area not in codes:
            return None, RowRule(
                "municipality_contradiction", heading, name, f"団体コードの{register.by_code6[area].name}"
            )
        if not area and len(codes) > 1 and fallback not in codes:
            return None, RowRule("municipality_ambiguous", heading, name)
        area = area or (fallback if fallback in codes else codes[0])
    if area and fallback and area != fallback:
        told = register.by_code6[fallback].name
        return None, RowRule("municipality_contradiction", heading, name or area, f"表題又は指定の{told}")
    area = area or fallback
    return (area, None) if area else (None, RowRule("required_empty", heading, ""))


def _candidates(
    area: str | None, name: str, fallback: str | None, register: Register, prefecture: str | None
) -> list[Municipality]:
    """Whom the words mean. Not quite a name (札幌市中央区, 福島) counts where it is one, or code or title tell."""
    if found := register.find_name(name, prefecture) or register.find_name(name):
        return found
    loosely = register.find_loosely(name, prefecture) or register.find_loosely(name)
    told = [one for one in loosely if one.area_code in (area, fallback)]
    return told or (loosely if len(loosely) == 1 else [])


def _areas(
    found: Sequence[str | None],
    rules: tuple[tuple[RowRule, np.ndarray], ...],
    group_of_row: np.ndarray,
    title_areas: tuple[str | None, ...],
) -> Areas:
    codes = tuple(sorted({area for area in found if area}))
    place = {area: index for index, area in enumerate(codes)}
    by_group = np.array([place.get(area or "", -1) for area in found], np.int32)
    index = by_group[group_of_row] if len(by_group) else np.empty(0, np.int32)
    return Areas(codes, index, rules, title_areas=title_areas)


def _distinct(batch: Batch, name: str) -> tuple[np.ndarray, list[str]]:
    column = batch.columns.get(name)
    if column is None:
        return np.zeros(batch.row_count, np.int32), [""]
    texts = [clean(text) for text in column.dictionary.to_pylist()] or [""]
    return column.indices.to_numpy(zero_copy_only=False), texts


def _groups(batch: Batch, codes: np.ndarray, names: np.ndarray) -> tuple[list[tuple[int, int, int]], np.ndarray]:
    """Distinct (code spelling, name spelling, sheet) of the rows, and each row's group."""
    if not batch.row_count:
        return [], np.empty(0, np.int32)
    names_count = int(names.max()) + 1
    sheets_count = len(batch.layouts)
    keys = (codes.astype(np.int64) * names_count + names) * sheets_count + batch.places.sheet_index
    encoded = pa.array(keys).dictionary_encode()  # hashed: several times faster than sorting the rows
    groups = [
        (key // sheets_count // names_count, key // sheets_count % names_count, key % sheets_count)
        for key in encoded.dictionary.to_pylist()
    ]
    return groups, encoded.indices.to_numpy(zero_copy_only=False)


def title_area(titles: Sequence[str], register: Register, prefecture: str | None) -> str | None:
    """The municipality a title names: a whole word first (「見本市」), then the longest name inside a title."""
    words = [word for title in titles for word in (title, *title.replace("(", " ").replace(")", " ").split())]
    for word in words:
        found = register.find_name(word, prefecture)
        if len(found) == 1:
            return found[0].area_code
    inside = [one for one in _served(register, prefecture) if any(one.name in title for title in titles)]
    longest = [one for one in inside if not any(one.name != other.name and one.name in other.name for other in inside)]
    names = Counter(one.name for one in longest)
    return longest[0].area_code if len(names) == 1 and len(longest) == 1 else None


def _served(register: Register, prefecture: str | None) -> list[Municipality]:
    return [one for one in register.by_code6.values() if not prefecture or one.pref_code == prefecture]
