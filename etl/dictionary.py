"""The declarations and rules in words people read: for the entry template and for the page of the data dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.fields import Field, Return
from etl.problems import Rule, all_rules
from etl.spelling.eras import format_wareki

YES, NO = "有", "無"
LEVELS = {"file": "差し戻し", "row": "保留", "notice": "お知らせ"}
# What is to be said of code lists whose declaration names no source.
UNVERIFIED = "出典のない一覧は、この様式で定めたものです。全国の様式の区分と同じかは確認していません。"


@dataclass(frozen=True)
class Entry:
    """One field as it is told: `choices` are the words shown, `accepted` every heading that is understood."""

    heading: str
    is_required: bool
    kind: str
    how: str
    choices: tuple[str, ...]
    accepted: tuple[str, ...]
    rules: tuple[str, ...]
    list_version: str


def entries(declared: Return) -> list[Entry]:
    return [
        Entry(
            heading=field.heading,
            is_required=field.required,
            kind=field.kind.words,
            how=" ".join(part for part in (field.note, field.kind.how if field.kind.how != field.note else "") if part),
            choices=choices(field),
            accepted=(field.heading, *field.aliases),
            rules=tuple(_rules(declared, field)),
            list_version=_list_version(field),
        )
        for field in declared.fields
    ]


def choices(field: Field) -> tuple[str, ...]:
    """The words to choose from, each as it is shown first."""
    if field.type in ("flag", "flag_or_date"):
        return (YES, NO)
    return tuple(field.labels.values())


def other_spellings(field: Field) -> dict[str, tuple[str, ...]]:
    """By the word shown, what else is understood."""
    spellings = field.code_list.spellings if field.code_list else {}
    if field.type in ("flag", "flag_or_date"):
        return {word: spellings[code] for word, code in ((YES, "yes"), (NO, "no")) if code in spellings}
    return {texts[0]: texts[1:] for texts in spellings.values()}


def version_words(declared: Return) -> str:
    return _version(declared.version, declared.effective_from)


def identity_words(declared: Return) -> str:
    """What together must not occur twice."""
    return f"市区町村・{_headings(declared, declared.identity)}"


def rules_in_words() -> list[Rule]:
    """Every rule, those that refuse a file first, then those that set a row aside, then what is only said."""
    order = list(LEVELS)
    return sorted(all_rules().values(), key=lambda rule: order.index(rule.level))


def without_places(text: str) -> str:
    """A rule's sentence for a list: what is filled in later is told by what it will be."""
    return text.format(column="列の見出し", value="書かれた値", detail="…")


def _headings(declared: Return, names: Sequence[str]) -> str:
    return "・".join(declared.field(name).heading for name in names)


def _rules(declared: Return, field: Field) -> list[str]:
    told = []
    if field.stated_by_title:
        told.append("表題又はシート名に書けば、列を省略できる")
    if field.name in declared.identity:
        told.append(f"「{identity_words(declared)}」が同じ行は1つだけ")
    if field.name in declared.derive:
        told.append(f"空欄のときは{_headings(declared, declared.derive[field.name])}から決める")
    if field.name in declared.date_order and declared.date_order[0] != field.name:
        before = declared.date_order[: declared.date_order.index(field.name)]
        told.append(f"{_headings(declared, before)}と同じ日か、その後")
    if field.type in ("date", "flag_or_date"):
        told.append("受領日より後の日付は書けない")
    if field.type in ("month", "fiscal_year"):
        told.append("受領日より後に始まるものは書けない")
    if field.part_of:
        told.append(f"「{declared.field(field.part_of).heading}」以下")
    if field.denied_by:
        told.append(f"「{declared.field(field.denied_by).heading}」が「{NO}」のときは空欄")
    return told


def _list_version(field: Field) -> str:
    if field.code_list is None:
        return ""
    told = _version(field.code_list.version, field.code_list.effective_from)
    return f"{told} {field.code_list.source}" if field.code_list.source else told


def _version(version: str, effective_from: str) -> str:
    since = f"（{format_wareki(date.fromisoformat(effective_from))}から）" if effective_from else ""
    return f"第{version}版{since}"
