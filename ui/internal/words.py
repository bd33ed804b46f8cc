"""The Japanese words of the codes that tallies divide by, as the returns declare them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from etl.declare import all_returns
from ui.labels.law import BODIES, DUTY_FROM, MILESTONES, OTHER_SIDE, SIDES

__all__ = [
    "BODIES",
    "DIRECTIONS",
    "DUTY_FROM",
    "MILESTONES",
    "NAMED_DEPARTMENTS",
    "NOT_RECORDED",
    "OTHER_SIDE",
    "SIDES",
    "activity",
    "body",
    "codes",
    "form",
    "result",
    "side",
    "word",
]

NOT_RECORDED = "未記入"
# Which way a referral went is not sent but told by its two ends (core.referral).
DIRECTIONS: Mapping[str, str] = {
    "connection_to_support": "自立相談支援機関への紹介",
    "support_to_connection": "自立相談支援機関からの紹介",
    "other": "その他の紹介",
}
# What the law names first among the departments that are to recommend the support agency (8条2項).
NAMED_DEPARTMENTS = ("福祉", "就労", "教育", "税務", "住宅")


@cache
def codes(return_id: str, field: str) -> Mapping[str, str]:
    """Code → word of a field with a code list, in the order of the list; then what was left blank."""
    declared = next(one for one in all_returns()[return_id].fields if one.name == field)
    return {**declared.labels, "not_recorded": NOT_RECORDED}


def word(return_id: str, field: str, code: str) -> str:
    """The word of one code; a code unknown by now is its own word."""
    return codes(return_id, field).get(code, code)


def body(code: str) -> str:
    return word("meeting", "body", code)


def form(code: str) -> str:
    return word("meeting", "form", code)


def activity(code: str) -> str:
    return word("meeting", "activity", code)


def side(code: str) -> str:
    return SIDES.get(code) or word("meeting", "side", code)


def result(code: str) -> str:
    return word("referral", "result", code)
