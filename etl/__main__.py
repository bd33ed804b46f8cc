"""Command line of the intake: loads, slips, templates, samples, status. `python -m etl COMMAND --help` says more.

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

from etl.arguments import WrongUse, files_of, incoming_of, municipality_of, prefecture_of, write_workbook
from etl.boundaries import boundaries_are_current, write_boundaries
from etl.build import DeskUnavailable, PrefectureMismatch
from etl.corrections import CorrectionMismatch
from etl.declare import all_returns
from etl.load import NotWithdrawable, Order, load_files, preview_files, rebuild, undo
from etl.receipts import KeptFileMissing, Receipt, whoami
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
    except NotWithdrawable as wrong:
        return _fail(
            f"取り消せる読み込みがありません：{wrong}。受領番号は load --json の receipt で確かめてください。", 2
        )
    except (StoreBusy, CorrectionMismatch, DeskUnavailable) as told:
        return _fail(str(told), 1)
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
    load.set_defaults(run=_load)
    slip = commands.add_parser("slip", help="読み込まずに確かめ、返却票（誤りに印を付けた写し）を書き出す")
    slip.add_argument("path", type=Path, metavar="FILE", help="受け取ったファイル")
    slip.add_argument("--out", required=True, type=Path, metavar="SLIP.xlsx", help="書き出すファイル")
    slip.set_defaults(run=_slip)
    for command in (load, slip):
        command.add_argument("--prefecture", help="都道府県コード（2桁）")
        command.add_argument("--municipality", help="団体コード（6桁又は5桁）")
        command.add_argument("--received", type=date.fromisoformat, default=date.today(), help="受領日（2025-04-10）")
        command.add_argument("--replace", action="store_true", help="同じ市区町村・月の以前の行を置き換える")
    built = commands.add_parser("build", help="集計を組み立て直す")
    built.set_defaults(run=_build)
    back = commands.add_parser("undo", help="1つのファイルの読み込みを取り消す")
    back.add_argument("load_id", metavar="LOAD_ID", help="受領番号（load --json の receipt）")
    back.add_argument("--reason", required=True, help="取り消す理由")
    back.add_argument("--who", default=whoami(), help="取り消す人（既定はこの端末の利用者名）")
    back.set_defaults(run=_undo)
    sample = commands.add_parser("sample", help="架空の報告ファイルを書き出す")
    sample.add_argument("--prefecture", default="99", help="都道府県コード（既定は架空の見本県 99）")
    sample.add_argument("--rows", type=int, help="この行数の相互紹介記録を1ファイルで書き出す")
    sample.add_argument("--seed", type=int, default=20240624)
    sample.add_argument("--out", type=Path, default=Path("data/build/sample"))
    sample.set_defaults(run=_sample)
    blank = commands.add_parser("template", help="報告の入力様式（Excel）を書き出す")
    blank.add_argument("return_id", metavar="RETURN", choices=list(all_returns()), help="、".join(all_returns()))
    blank.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx", help="書き出すファイル")
    blank.set_defaults(run=_template)
    state = commands.add_parser("status", help="提出の状況を示す")
    state.set_defaults(run=_status)
    prepare = commands.add_parser("prepare", help="地図と、架空データのデータベースがなければ作る")
    prepare.set_defaults(run=_prepare)
    for command in (load, slip, built, back, state):
        command.add_argument("--db", type=Path, default=DEFAULT_DATABASE, help="データベースのファイル")
    for command in (load, state):
        command.add_argument("--json", action="store_true", help="結果をJSONで出力する")
    return parser


def _load(options: argparse.Namespace) -> int:
    paths, order = files_of(options.paths), _order(options)
    receipts = load_files(incoming_of(paths), place_of(options.db), order, _keep_quiet if options.json else _say)
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


def _slip(options: argparse.Namespace) -> int:
    from etl.slip import write_slip  # brings a spreadsheet writer that loading does not need

    (incoming,) = incoming_of(files_of([options.path])[:1])
    (receipt,) = preview_files([incoming], place_of(options.db), _order(options), _say)
    write_workbook(options.out, write_slip(incoming, receipt))
    print(f"返却票を書き出しました（何も読み込んでいません）：{options.out}")
    return 0 if receipt.outcome == "accepted" else 1


def _order(options: argparse.Namespace) -> Order:
    return Order(
        prefecture_of(options.prefecture), municipality_of(options.municipality), options.received, options.replace
    )


def _build(options: argparse.Namespace) -> int:
    version = rebuild(place_of(options.db))
    print(f"組み立て直しました：{version.name}" if version else "読み込んだ報告がないため、何も作っていません。")
    return 0


def _undo(options: argparse.Namespace) -> int:
    version = undo(place_of(options.db), options.load_id, options.who, options.reason)
    print(f"取り消しました：{options.load_id}" + ("" if version else "（読み込んだ報告は残っていません）"))
    return 0


def _sample(options: argparse.Namespace) -> int:
    from etl.sample import write_sample  # brings a spreadsheet writer that loading does not need

    prefecture = prefecture_of(options.prefecture) or "99"
    written = write_sample(options.out, prefecture=prefecture, rows=options.rows, seed=options.seed)
    print(f"架空の報告を{len(written)}ファイル書き出しました：{options.out}")
    return 0


def _template(options: argparse.Namespace) -> int:
    from etl.template import write_template  # brings a spreadsheet writer that loading does not need

    declared = all_returns()[options.return_id]
    write_workbook(options.out, write_template(declared))
    print(f"{declared.title}の入力様式を書き出しました：{options.out}")
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
        load_files(incoming_of(files), place, Order(prefecture="99", received=date(2025, 4, 10)))
        print(f"架空の見本県の報告{len(files)}ファイルを読み込みました。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
