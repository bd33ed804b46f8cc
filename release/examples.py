"""The cases that the prefecture made public, in the words of their sheets. Whom to ask is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from desk.case_sheet import HEADINGS, Case
from desk.cases import merged
from desk.records import Desk
from desk.where import desk_url, may_have_records
from etl.store import Place

LEFT_OUT = ("contact", "publication")
_COUNT = re.compile(r"(?<![\d,.])([1-9]\d{0,2})\s*(?:件|人|名|世帯)")


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


def small_counts(examples: Sequence[Example], threshold: int) -> list[str]:
    """Sentences for the approver: where a case tells a count below the threshold in its own words."""
    found: list[str] = []
    for one in examples:
        for heading, text in one.sheet.items():
            told = [
                match for match in _COUNT.finditer(unicodedata.normalize("NFKC", text)) if int(match[1]) < threshold
            ]
            if told:
                words = "、".join(dict.fromkeys(match[0] for match in told))
                found.append(f"事例「{one.title}」の{heading}に、{threshold}未満の数（{words}）が書かれています。")
    return found


def _example(case: Case) -> Example:
    sheet = {HEADINGS[name]: text for name, text in case.sheet.items() if name not in LEFT_OUT}
    return Example(
        case.key, case.area_code, case.title, case.sheet.get("category", ""), case.sheet.get("started_date"), sheet
    )
