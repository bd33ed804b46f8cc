"""The cases that the prefecture made public, in the words of their sheets. Whom to ask is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from desk.case_sheet import HEADINGS, Case
from desk.cases import merged
from desk.records import Desk
from desk.where import desk_url, may_have_records
from etl.privacy import personal_places
from etl.store import Place

TITLE = "事例名"
LEFT_OUT = ("contact", "publication")
_NUMBERS = {number: place for place, number in enumerate("一二三四五六七八九", start=1)}
_UNIT = r"(?:件|人|名|世帯|家庭|家族|組|事例|ケース)"
# Not 一人暮らし, 一人ひとり, 二人三脚, 三人目, 五人以上: words, and counts from which nobody is told apart.
_COUNT = re.compile(rf"(?<![\d,.])([1-9]\d{{0,2}})\s*{_UNIT}(?!暮らし|一人|1人|ひとり|三脚|3脚|目|以上|親)")
_KANJI = re.compile(
    rf"(?<![一二三四五六七八九十百千万])([一二三四五六七八九]){_UNIT}(?!暮らし|一人|ひとり|三脚|目|以上|親)"
)
_FEW = re.compile(rf"(?:数|若干){_UNIT}")
# One's age, not a limit of ages (65歳以上) nor a decade.
_AGE = re.compile(r"(?<![\d,.])\d{1,3}\s*歳(?!以上|以下|未満|以前|以降|まで|から|代|～|~|-|児健診)")


@dataclass(frozen=True)
class Example:
    """One row of public.example."""

    example_id: str
    area_code: str
    title: str
    theme: str
    started: str | None
    sheet: dict[str, str]


def public_examples(returned: pd.DataFrame, place: Place) -> list[Example]:
    """What is marked public at the desk, and may be by what its municipality says."""
    if not may_have_records(place):
        return []
    rows: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()} for row in returned.to_dict("records")
    ]
    return [_example(case) for case in merged(rows, Desk(desk_url(place))) if case.state == "public"]


def personal(examples: Sequence[Example]) -> list[str]:
    """Where a case shows a person after all: the guard may have learnt since it was entered. Never the words."""
    return [
        f"{_safe_name(one)}の「{heading}」に、個人に関する記載（{found[0][1]}）と見られるものがあります。"
        for one in examples
        for heading, text in {TITLE: one.title, **one.sheet}.items()
        if (found := personal_places(text, heading=heading))
    ]


def _safe_name(one: Example) -> str:
    """Its title, unless that shows the person itself."""
    is_safe = not personal_places(one.title, heading=TITLE)
    return f"事例「{one.title}」" if is_safe else f"{one.area_code}の事例（番号{one.example_id}）"


def small_counts(examples: Sequence[Example], threshold: int) -> list[str]:
    """Sentences for the approver: where a case tells in its own words a count below the threshold, or one's age."""
    found: list[str] = []
    for one in examples:
        for heading, text in {TITLE: one.title, **one.sheet}.items():
            plain = unicodedata.normalize("NFKC", text)
            if words := _small(plain, threshold):
                found.append(f"事例「{one.title}」の{heading}に、{threshold}未満の数（{words}）が書かれています。")
            if words := _listed(_AGE.finditer(plain)):
                found.append(f"事例「{one.title}」の{heading}に、年齢（{words}）が書かれています。")
    return found


def _small(text: str, threshold: int) -> str:
    plain = [match for match in _COUNT.finditer(text) if int(match[1]) < threshold]
    kanji = [match for match in _KANJI.finditer(text) if _NUMBERS[match[1]] < threshold]
    return _listed(sorted([*plain, *kanji, *_FEW.finditer(text)], key=lambda match: match.start()))


def _listed(found: Iterable[re.Match[str]]) -> str:
    return "、".join(dict.fromkeys(match[0] for match in found))


def _example(case: Case) -> Example:
    sheet = {HEADINGS[name]: text for name, text in case.sheet.items() if name not in LEFT_OUT}
    return Example(
        case.key, case.area_code, case.title, case.sheet.get("category", ""), case.sheet.get("started_date"), sheet
    )
