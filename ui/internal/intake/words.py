"""Words of the intake page: what became, or would become, of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from etl.declare import all_returns
from etl.order import register
from etl.problems import all_rules
from etl.receipts import Receipt
from etl.slip_marks import findings
from ui import labels

OUTCOMES = {"accepted": "受け入れ", "accepted_with_quarantine": "一部保留", "refused": "差し戻し"}
LEVELS = {"file": "差し戻し", "row": "保留", "notice": "お知らせ"}
UNCHANGED, WITHDRAWN = "変更なし", "取り消し済み"
UNKNOWN_RETURN = "種類の分からないファイル"
_PLACEHOLDER = re.compile(r"\{\w+\}")


def return_title(return_id: str | None) -> str:
    declared = all_returns().get(return_id or "")
    return declared.title if declared else UNKNOWN_RETURN


def outcome_word(receipt: Receipt) -> str:
    """The outcome in a word, as the record lists it."""
    if receipt.withdrawn:
        return WITHDRAWN
    return UNCHANGED if receipt.unchanged else OUTCOMES[receipt.outcome]


def sentence(receipt: Receipt, *, done: bool) -> str:
    """What became of a file (`done`), or what would become of it, in a sentence with its name."""
    file, title = bold_name(receipt.file), return_title(receipt.return_id)
    if receipt.unchanged:
        told = "".join(finding.words for finding in findings(receipt)[:1])
        return f"{file}：受け取り済みのため、変更{'していません' if done else 'しません'}。{told}"
    if receipt.outcome == "refused":
        whole = f"{file}：差し戻し。" + ("何も保存していません。" if done else "受け入れられません。")
        return whole + _main_reason(receipt)
    taken, aside = f"{receipt.rows_accepted:,}行", f"{receipt.rows_quarantined:,}行"
    replaced = f"以前の{receipt.rows_replaced:,}行を置き換え、" if receipt.rows_replaced else ""
    if not receipt.rows_in_file:
        return f"{file}（{title}）：0件の報告として受け入れ{'ました' if done else 'られます'}。"
    if not receipt.rows_quarantined:
        return f"{file}（{title}）：{replaced}{taken}を受け入れ{'ました' if done else 'られます'}。"
    return f"{file}（{title}）：{replaced}{taken}を受け入れ、{aside}を保留{'しました' if done else 'します'}。"


def _main_reason(receipt: Receipt) -> str:
    """The first thing that refused the file, in the rule's own words."""
    return next((finding.words for finding in findings(receipt) if finding.level == "file"), "")


def bold_name(name: str) -> str:
    """A file's name in bold, whatever marks of Markdown it holds."""
    return "**" + re.sub(r"([\\`*_{}\[\]<>()#+.!|~$:-])", r"\\\1", name) + "**"


@cache
def rule_words(rule: str) -> str:
    """A rule as one choice of a filter: its message without what was found."""
    known = all_rules().get(rule)
    return _PLACEHOLDER.sub("…", known.message).rstrip("。") if known else rule


def areas_of(receipt: Receipt) -> list[str]:
    """The municipalities a file is about, by name."""
    return area_names(area for area, _ in receipt.claimed)


def area_names(codes: Iterable[str]) -> list[str]:
    by_code = register().by_code6
    return [by_code[code].name if code in by_code else code for code in dict.fromkeys(codes)]


def short_list(names: Sequence[str], most: int = 3) -> str:
    """「青苑市、鈴音市、風待市ほか2」."""
    rest = len(names) - most
    return "、".join(names[:most]) + (f"ほか{rest}" if rest > 0 else "")


def months_of(receipt: Receipt) -> list[str]:
    """The months a file is about, in words and in order."""
    return [labels.month_text(month) for month in sorted({month for _, month in receipt.claimed})]
