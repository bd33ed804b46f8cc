"""Command line of the intake: load, build, sample, status, prepare. `python -m etl COMMAND --help` says more.

Exit codes: 0 all accepted, 1 something set aside or refused, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from etl.boundaries import boundaries_are_current, write_boundaries
from etl.build import PrefectureMismatch
from etl.load import Incoming, Order, load_files, rebuild, register
from etl.receipts import KeptFileMissing, Receipt
from etl.spoken import receipt_json, receipt_lines, status_json, status_lines
from etl.status import status
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, StoreBusy, place_of

# What office machines leave in a folder; nobody sent it.
NOT_SENT = ("thumbs.db", "desktop.ini")


class WrongUse(Exception):  # noqa: N818
    """The command was called in a way that can't work; carries the sentence to print."""


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
    except BrokenPipeError:  # `| head` has read enough; the interpreter must not complain at its end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _fail(sentence: str, code: int) -> int:
    print(f"エラー：{sentence}", file=sys.stderr)
    return code


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
    paths = _files(options.paths)
    receipts = load_files(_incoming(paths), place_of(options.db), order, _keep_quiet if options.json else _say)
    if options.json:
        print(json.dumps({"files": [receipt_json(receipt) for receipt in receipts]}, ensure_ascii=False, indent=1))
    return 0 if all(receipt.outcome == "accepted" for receipt in receipts) else 1


def _say(receipt: Receipt) -> None:
    print("\n".join(receipt_lines(receipt)), flush=True)


def _keep_quiet(receipt: Receipt) -> None:
    """With --json, stdout holds one document and nothing else."""


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(inner for inner in path.rglob("*") if inner.is_file() and _was_sent(inner.name))
        elif path.is_file():
            found.append(path)
        else:
            raise WrongUse(f"ファイルがありません：{path}")
    if not found:
        raise WrongUse("読み込むファイルがありません。")
    return found


def _was_sent(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in NOT_SENT


def _incoming(paths: Iterable[Path]) -> Iterator[Incoming]:
    """The files one at a time, so that a folder of large ones need not fit into memory."""
    for path in paths:
        try:
            yield Incoming(path.name, path.read_bytes())
        except OSError as error:
            raise WrongUse(f"ファイルを開けません：{path}") from error


def _prefecture(text: str | None) -> str | None:
    if text is None:
        return None
    code = text.zfill(2)
    if code not in {one.pref_code for one in register().by_code6.values()}:
        raise WrongUse(f"都道府県コード「{text}」がありません。01から47まで（見本県は99）の2桁で指定してください。")
    return code


def _municipality(text: str | None) -> str | None:
    if text is None:
        return None
    by_code6, by_code5 = register().by_code6, register().by_code5
    # With or without check digit, and as a spreadsheet leaves it: without the zero in front.
    found = {one.area_code for one in (by_code6.get(text.zfill(6)), by_code5.get(text.zfill(5))) if one}
    if len(found) > 1:
        both = "、".join(sorted(found))
        raise WrongUse(f"団体コード「{text}」は2とおりに読めます（{both}）。6桁で指定してください。")
    if not found:
        raise WrongUse(f"団体コード「{text}」が見つかりません。6桁（検査数字付き）又は5桁で指定してください。")
    return found.pop()


def _build(options: argparse.Namespace) -> int:
    version = rebuild(place_of(options.db))
    print(f"組み立て直しました：{version.name}" if version else "読み込んだ報告がないため、何も作っていません。")
    return 0


def _sample(options: argparse.Namespace) -> int:
    from etl.sample import write_sample  # brings a spreadsheet writer that loading does not need

    prefecture = _prefecture(options.prefecture) or "99"
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
        files = _files([folder])
        load_files(_incoming(files), place, Order(prefecture="99", received=date(2025, 4, 10)))
        print(f"架空の見本県の報告{len(files)}ファイルを読み込みました。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
