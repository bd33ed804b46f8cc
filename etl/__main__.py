"""Command line of the intake: load, build, sample, status, prepare. `python -m etl COMMAND --help` says more.

Exit codes: 0 all accepted, 1 something set aside or refused, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.boundaries import boundaries_are_current, write_boundaries
from etl.build import PrefectureMismatch
from etl.load import Order, load_files, rebuild
from etl.options import WrongUse, files_of, municipality_code, prefecture_code, read_each
from etl.receipts import KeptFileMissing, Receipt
from etl.spoken import receipt_json, receipt_lines, status_json, status_lines
from etl.status import status
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, StoreBusy, place_of


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except WrongUse as wrong:
        return _fail(str(wrong), 2)
    except PrefectureMismatch as wrong:
        return _fail(
            f"このデータベースは都道府県コード{wrong}のものです。"
            "ほかの都道府県の報告は、--db で別のデータベースを指定して読み込んでください。",
            2,
        )
    except StoreBusy as busy:
        return _fail(str(busy), 1)
    except KeptFileMissing as missing:
        return _fail(
            f"受領したファイルの保管場所（inbox）に「{missing}」がないため、データベースを組み立てられません。"
            "バックアップから戻してください。",
            1,
        )
    except BrokenPipeError:
        _stop_talking()
        return 0


def _fail(sentence: str, code: int) -> int:
    print(f"エラー：{sentence}", file=sys.stderr)
    return code


def _stop_talking() -> None:
    """`| head` has read enough: what is still printed, by the interpreter at its end too, goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
        prefecture_code(options.prefecture), municipality_code(options.municipality), options.received, options.replace
    )
    paths = files_of(options.paths)
    receipts = load_files(read_each(paths), place_of(options.db), order, _keep_quiet if options.json else _say)
    if options.json:
        print(json.dumps({"files": [receipt_json(receipt) for receipt in receipts]}, ensure_ascii=False, indent=1))
    return 0 if all(receipt.outcome == "accepted" for receipt in receipts) else 1


def _say(receipt: Receipt) -> None:
    try:
        print("\n".join(receipt_lines(receipt)), flush=True)
    except BrokenPipeError:  # nobody listens any more, but the files are still to be loaded
        _stop_talking()


def _keep_quiet(receipt: Receipt) -> None:
    """With --json, stdout holds one document and nothing else."""


def _build(options: argparse.Namespace) -> int:
    version = rebuild(place_of(options.db))
    print(f"組み立て直しました：{version.name}" if version else "読み込んだ報告がないため、何も作っていません。")
    return 0


def _sample(options: argparse.Namespace) -> int:
    from etl.sample import write_sample  # brings a spreadsheet writer that loading does not need

    prefecture = prefecture_code(options.prefecture) or "99"
    written = write_sample(options.out, prefecture=prefecture, rows=options.rows, seed=options.seed)
    print(f"架空の報告を{len(written)}ファイル書き出しました：{options.out}")
    return 0


def _status(options: argparse.Namespace) -> int:
    rows = status(place_of(options.db))
    if options.json:
        print(json.dumps(status_json(rows), ensure_ascii=False, indent=1))
    else:
        print("\n".join(status_lines(rows)), flush=True)
    return 0


def _prepare(_: argparse.Namespace) -> int:
    if not boundaries_are_current():
        write_boundaries()
        print("地図の境界データを作りました。")
    place = place_of(SAMPLE_DATABASE)
    if place.current() is None:
        from etl.sample import write_sample

        folder = SAMPLE_DATABASE.parent / "sample"
        write_sample(folder)
        files = files_of([folder])
        load_files(read_each(files), place, Order(prefecture="99", received=date(2025, 4, 10)))
        print(f"架空の見本県の報告{len(files)}ファイルを読み込みました。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
