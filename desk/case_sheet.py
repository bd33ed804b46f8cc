"""The case sheet of the library: its fields, one case with all that was said about it, and what a form may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from desk.themes import themes_of

#: Headings by field, in the order of the sheet. The same as in etl/returns/example.toml (a test compares).
HEADINGS = MappingProxyType(
    {
        "case_title": "事例名",
        "category": "区分",
        "population": "人口(時点)",
        "indicators": "対象の指標",
        "partners": "連携先",
        "meeting_form": "会議体の形",
        "reason": "取り組もうとした理由・きっかけ",
        "first_steps": "まず始めたこと",
        "devices": "工夫",
        "benefits": "取り組んで良かったこと",
        "difficulties": "苦労したこと",
        "outcome": "成果(数値・時点)",
        "challenges": "今後の課題",
        "contact": "問合せ先",
        "publication": "公開可否",
        "source": "出典",
        "started_date": "取組開始日",
        "updated_date": "更新日",
    }
)
DATES = ("started_date", "updated_date")
PUBLICATION = MappingProxyType({"yes": "可", "no": "否", "ask": "要確認"})
STATES = MappingProxyType({"draft": "下書き", "shared": "県内共有", "public": "一般公開"})
#: What is searched: not whom to ask, nor figures and marks that stand on every sheet.
SEARCHED = tuple(name for name in HEADINGS if name not in ("population", "contact", "publication", *DATES))

LONGEST = 4000
_FORMULA = ("=", "+", "@", "＝", "＋", "＠")
_LIST = re.compile(r"[、,，;；\n]+")

Sheet = Mapping[str, str]  # field → text, blank ones left out; dates as 2024-04-01, publication as its code


class CaseRefused(ValueError):  # noqa: N818
    """What was entered cannot be kept. `problems` are sentences for the person at the desk."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Edit:
    """One field changed at the desk. Stale: the municipality has since sent something else, so it does not count."""

    record_id: int
    field: str
    was: str
    now: str
    who: str
    at: str
    is_stale: bool = False


@dataclass(frozen=True)
class Mark:
    """Who put a case into a state, and when."""

    record_id: int
    state: str
    who: str
    at: str


@dataclass(frozen=True)
class Case:
    """One case: the sheet as it is to be read, what it was before edits (`base`), and who said what.

    `origin` is "return" or "desk". `is_held_back`: it was marked public, but the municipality does not (any longer)
    allow that, so its state is "shared".
    """

    area_code: str
    example_id: str
    sheet: Sheet
    base: Sheet
    origin: str
    state: str = "draft"
    mark: Mark | None = None
    is_held_back: bool = False
    edits: tuple[Edit, ...] = field(default=())

    @property
    def key(self) -> str:
        return key_of(self.area_code, self.example_id)

    @property
    def title(self) -> str:
        return self.sheet.get("case_title", "")

    @property
    def themes(self) -> tuple[str, ...]:
        """Ids of the themes its 区分 belongs to."""
        return themes_of(self.sheet.get("category"))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Titles of the indicators it is about, as written: width may differ from the title's."""
        return tuple(one.strip() for one in _LIST.split(self.sheet.get("indicators", "")) if one.strip())

    @property
    def texts(self) -> dict[str, str]:
        """What is searched, in the order of the sheet."""
        return {name: self.sheet[name] for name in SEARCHED if name in self.sheet}


def key_of(area_code: str, example_id: str) -> str:
    """One case among all: a number is only unique within its municipality."""
    return f"{area_code}/{example_id}"


def sheet_of(values: Mapping[str, Any]) -> Sheet:
    """The fields of a row of a form or of the database as text; blanks, NaN and other columns are left out."""
    texts = ((name, _text(values.get(name))) for name in HEADINGS)
    return {name: text for name, text in texts if text}


def _text(value: Any) -> str:
    if value is None or value != value:  # NaN and NaT are not equal to themselves
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def problems_of(sheet: Sheet) -> list[str]:
    """What is wrong with a sheet, as sentences; empty when it may be kept. Personal information is not looked for."""
    return list(_problems(sheet))


def _problems(sheet: Sheet) -> Iterator[str]:
    if not sheet.get("case_title"):
        yield "事例名を入力してください。"
    for name, text in sheet.items():
        if len(text) > LONGEST:
            yield f"「{HEADINGS[name]}」は{LONGEST:,}文字までで入力してください（現在{len(text):,}文字）。"
        if text.startswith(_FORMULA):
            yield f"「{HEADINGS[name]}」は「=」「+」「@」で始めることができません。"
    if sheet.get("publication", "yes") not in PUBLICATION:
        yield f"公開可否は「{'」「'.join(PUBLICATION.values())}」から選んでください。"
    wrong = [name for name in DATES if name in sheet and not _is_date(sheet[name])]
    for name in wrong:
        yield f"「{HEADINGS[name]}」は実在する年月日を入力してください。"
    started, updated = (sheet.get(name) for name in DATES)
    if not wrong and started and updated and updated < started:
        yield "更新日が取組開始日より前になっています。"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
