"""Command line of the intake: load, build, sample, status, prepare. `python -m etl COMMAND --help` says more.

Exit codes: 0 all accepted, 1 something set aside or refused, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from etl.boundaries import boundaries_are_current, write_boundaries
from etl.build import PrefectureMismatch
from etl.declare import all_returns
from etl.load import Incoming, Order, load_files, rebuild, register
from etl.receipts import Receipt
from etl.sample import write_sample
from etl.spelling.codes import check_digit
from etl.status import status
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, StoreBusy, place_of

OUTCOME_WORDS = {"accepted": "受け入れ", "accepted_with_quarantine": "一部を保留して受け入れ", "refused": "差し戻し"}


class WrongUse(Exception):
    """The command was called in a way that can't work; carries the sentence to print."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except WrongUse as wrong:
        print(f"エラー：{wrong}", file=sys.stderr)
        return 2
    except PrefectureMismatch as wrong:
        print(
            f"エラー：このデータベースは都道府県コード{wrong}のものです。"
            "ほかの都道府県の報告は、--db で別のデータベースを指定して読み込んでください。",
            file=sys.stderr,
        )
        return 2
    except StoreBusy as busy:
        print(f"エラー：{busy}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="市区町村の報告を読み込みます。")
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("load", help="報告ファイルを読み込む")
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="ファイル又はフォルダー")
    load.add_argument("--prefecture", help="都道府県コード（2桁）")
    load.add_argument("--municipality", help="団体コード（6桁又は5桁）")
    load.add_argument("--received", type=date.fromisoformat, default=date.today(), help="受領日（2025-04-10 の形）")
    load.add_argument("--replace", action="store_true", help="同じ市区町村・月の以前の行を置き換える")
    load.set_defaults(run=_load)
    built = commands.add_parser("build", help="集計を組み立て直す")
    built.set_defaults(run=_build)
    sample = commands.add_parser("sample", help="架空の報告ファイルを書き出す")
    sample.add_argument("--prefecture", default="99", help="都道府県コード（既定は架空の見本県 99）")
    sample.add_argument("--rows", type=int, help="この行数の相互紹介記録を1ファイルで書き出す")
    sample.add_argument("--seed", type=int, default=20240624)
    sample.add_argument("--out", type=Path, default=Path("data/build/sample"))
    sample.set_defaults(run=_sample)
    state = commands.add_parser("status", help="提出の状況を示す")
    state.set_defaults(run=_status)
    prepare = commands.add_parser("prepare", help="地図と、架空データのデータベースがなければ作る")
    prepare.set_defaults(run=_prepare)
    for command in (load, built, state):
        command.add_argument("--db", type=Path, default=DEFAULT_DATABASE, help="データベースのファイル")
    for command in (load, state):
        command.add_argument("--json", action="store_true", help="結果をJSONで出力する")
    return parser


def _load(options: argparse.Namespace) -> int:
    order = Order(
        _prefecture(options.prefecture), _municipality(options.municipality), options.received, options.replace
    )
    files = [_incoming(path) for path in _files(options.paths)]
    say = (lambda _: None) if options.json else _say
    receipts = load_files(files, place_of(options.db), order, say)
    if options.json:
        print(json.dumps({"files": [receipt_json(receipt) for receipt in receipts]}, ensure_ascii=False, indent=1))
    return 0 if all(receipt.outcome == "accepted" for receipt in receipts) else 1


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(inner for inner in path.rglob("*") if inner.is_file() and not inner.name.startswith("."))
        elif path.is_file():
            found.append(path)
        else:
            raise WrongUse(f"ファイルがありません：{path}")
    if not found:
        raise WrongUse("読み込むファイルがありません。")
    return found


def _incoming(path: Path) -> Incoming:
    return Incoming(path.name, path.read_bytes())


def _prefecture(text: str | None) -> str | None:
    known = {one.pref_code for one in register().by_code6.values()}
    if text is None:
        return None
    code = text.zfill(2)[:2] if len(text) <= 2 else text[:2]
    if code not in known:
        raise WrongUse(f"都道府県コード「{text}」がありません。01から47まで（見本県は99）の2桁で指定してください。")
    return code


def _municipality(text: str | None) -> str | None:
    if text is None:
        return None
    code = text + check_digit(text) if len(text) == 5 and text.isascii() and text.isdigit() else text
    if code not in register().by_code6:
        raise WrongUse(f"団体コード「{text}」が見つかりません。6桁（検査数字付き）又は5桁で指定してください。")
    return code


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


def _say(receipt: Receipt) -> None:
    title = all_returns()[receipt.return_id].title if receipt.return_id else "種類不明"
    counts = f"{receipt.rows_in_file:,}行中 {receipt.rows_accepted:,}行受け入れ、{receipt.rows_quarantined:,}行保留"
    print(f"{receipt.file}：{OUTCOME_WORDS[receipt.outcome]}（{title}、{counts}）", flush=True)
    for problem in receipt.problems[:20]:
        print(f"  - {problem['message']}")
    if len(receipt.problems) > 20:
        print(f"  （ほか{len(receipt.problems) - 20:,}件は --json で見られます）")


def _build(options: argparse.Namespace) -> int:
    version = rebuild(place_of(options.db))
    print(f"組み立て直しました：{version.name}" if version else "読み込んだ報告がないため、何も作っていません。")
    return 0


def _sample(options: argparse.Namespace) -> int:
    prefecture = _prefecture(options.prefecture) or "99"
    written = write_sample(options.out, prefecture=prefecture, rows=options.rows, seed=options.seed)
    print(f"架空の報告を{len(written)}ファイル書き出しました：{options.out}")
    return 0


def _status(options: argparse.Namespace) -> int:
    rows = status(place_of(options.db))
    if options.json:
        print(json.dumps({"status": [asdict(row) for row in rows]}, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        print("まだ報告を読み込んでいません。python -m etl load で読み込んでください。")
    for row in rows:
        title = all_returns()[row.return_id].title
        counts = (
            f"受領{len(row.received)}月、0件{len(row.zero)}月、一部{len(row.partial)}月、未提出{len(row.missing)}月"
        )
        print(f"{row.area_code} {row.name} {title}：{counts}")
    return 0


def _prepare(options: argparse.Namespace) -> int:
    if not boundaries_are_current():
        write_boundaries()
        print("地図の境界データを作りました。")
    place = place_of(SAMPLE_DATABASE)
    if place.current() is None:
        folder = SAMPLE_DATABASE.parent / "sample"
        write_sample(folder)
        files = [_incoming(path) for path in _files([folder])]
        load_files(files, place, Order(prefecture="99", received=date(2025, 4, 10)))
        print(f"架空の見本県の報告{len(files)}ファイルを読み込みました。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
