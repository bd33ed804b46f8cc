"""What the command line says: receipts and status as JSON and as Japanese sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from etl.declare import all_returns
from etl.receipts import Receipt
from etl.status import Sent

OUTCOME_WORDS = {"accepted": "受け入れ", "accepted_with_quarantine": "一部を保留して受け入れ", "refused": "差し戻し"}
PROBLEMS_SHOWN = 20


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """A receipt in the form of `load --json`."""
    return {
        "file": receipt.file,
        "return": receipt.return_id,
        "outcome": receipt.outcome,
        "rows_in_file": receipt.rows_in_file,
        "rows_accepted": receipt.rows_accepted,
        "rows_quarantined": receipt.rows_quarantined,
        "rows_replaced": receipt.rows_replaced,
        "unchanged": receipt.unchanged,
        "quarantined_rows": list(receipt.quarantined_rows),
        "problems": list(receipt.problems),
        "receipt": receipt.load_id,
    }


def status_json(rows: list[Sent]) -> dict[str, Any]:
    return {"status": [asdict(row) for row in rows]}


def receipt_lines(receipt: Receipt) -> list[str]:
    title = all_returns()[receipt.return_id].title if receipt.return_id else "種類不明"
    counts = f"{receipt.rows_in_file:,}行中 {receipt.rows_accepted:,}行受け入れ、{receipt.rows_quarantined:,}行保留"
    if receipt.rows_replaced:
        counts += f"、以前の{receipt.rows_replaced:,}行を置き換え"
    lines = [f"{receipt.file}：{OUTCOME_WORDS[receipt.outcome]}（{title}、{counts}）"]
    lines += [f"  - {problem['message']}" for problem in receipt.problems[:PROBLEMS_SHOWN]]
    if len(receipt.problems) > PROBLEMS_SHOWN:
        lines.append(f"  （ほか{len(receipt.problems) - PROBLEMS_SHOWN:,}件は --json で見られます）")
    return lines


def status_lines(rows: list[Sent]) -> list[str]:
    if not rows:
        return ["まだ報告を読み込んでいません。python -m etl load で読み込んでください。"]
    return [
        f"{row.area_code} {row.name} {all_returns()[row.return_id].title}："
        f"受領{len(row.received)}月、0件{len(row.zero)}月、一部{len(row.partial)}月、未提出{len(row.missing)}月"
        + (f"、差戻し{len(row.refused)}月" if row.refused else "")
        for row in rows
    ]
