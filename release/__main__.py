"""Command line of publishing: publish, attack, withdraw, status. `python -m release COMMAND --help` says more.

Exit codes: 0 done and nothing open, 1 refused or something open, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desk.where import DeskUnavailable
from etl.store import DEFAULT_DATABASE, place_of
from metrics.catalog import load_catalog
from release.draft import NothingToPublish, Options, prepare
from release.ledger import Ledger, LedgerBusy
from release.outsider import Contradictory, deduce
from release.publication import PublicationError
from release.publish import Approval, NotWithdrawable, NotWritten, Refused, publish, withdraw
from release.readable import Unreadable, read_published
from release.rules import load_rules
from release.safety import Progress
from release.spoken import (
    deduced_json,
    deduced_lines,
    draft_json,
    draft_lines,
    elapsed_text,
    entry_json,
    entry_lines,
)
from release.where import ledger_folder


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (NothingToPublish, PublicationError, Unreadable, NotWithdrawable) as wrong:
        return _fail(str(wrong), 2)
    except (Refused, NotWritten, LedgerBusy, Contradictory, DeskUnavailable) as told:
        return _fail(str(told), 1)


def _fail(sentence: str, code: int) -> int:
    print(f"エラー：{sentence}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m release", description="集計を、個人が推測されないようにして公表する"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    new = commands.add_parser("publish", help="公表する（秘匿と安全性の確認をしてから）")
    new.add_argument("--fiscal-year", type=int, nargs="+", default=[], metavar="N", help="公表する年度（西暦）")
    months = new.add_mutually_exclusive_group()
    months.add_argument("--months", type=int, nargs="+", metavar="N", help="月別も公表する年度（既定は設定による）")
    months.add_argument("--no-months", action="store_true", help="月別は公表しない")
    new.add_argument("--indicator", nargs="+", default=[], metavar="ID", help="公表する指標（既定は全ての公表指標）")
    new.add_argument("--approve-as", metavar="NAME", help="承認した人の名前")
    new.add_argument("--dry-run", action="store_true", help="案を作って結果を示すだけで、公表しない")
    new.set_defaults(run=_publish)
    tried = commands.add_parser("attack", help="公表したものだけから、伏せた件数がどこまで推測できるかを示す")
    tried.add_argument("file", type=Path, metavar="FILE", help="public.duckdb、公表のフォルダー、又は公表したCSV")
    tried.set_defaults(run=_attack)
    back = commands.add_parser("withdraw", help="公表を取り下げる")
    back.add_argument("number", type=int, metavar="N", help="公表の番号")
    back.add_argument("--who", required=True, help="取り下げる人")
    back.add_argument("--reason", required=True, help="取り下げる理由")
    back.set_defaults(run=_withdraw)
    state = commands.add_parser("status", help="これまでの公表を示す")
    state.set_defaults(run=_status)
    for command in (new, back, state):
        command.add_argument("--db", type=Path, default=DEFAULT_DATABASE, help="庁内のデータベースのファイル")
    for command in (new, back):
        command.add_argument("--out", type=Path, help="公表用のフォルダー（既定は庁内のデータベースと同じ場所）")
    for command in (new, tried, state):
        command.add_argument("--json", action="store_true", help="結果をJSONで出力する")
    return parser


def _publish(options: argparse.Namespace) -> int:
    if not options.dry_run and not options.approve_as:
        return _fail(
            "公表には --approve-as で承認した人の名前が必要です。案を見るだけなら --dry-run を付けてください。", 2
        )
    months = () if options.no_months else tuple(options.months) if options.months else None
    asked = Options(tuple(options.fiscal_year), months, tuple(options.indicator))
    say = _quiet if options.json else _progress()
    place = place_of(options.db)
    draft = prepare(place, asked, say)
    released = None
    if not options.dry_run:
        if not draft.is_safe:
            print("\n".join(draft_lines(draft)), file=sys.stderr)
        approval = Approval(options.approve_as, draft.digest, datetime.now().replace(microsecond=0))
        released = publish(draft, approval, place, options.out, say)
    if options.json:
        print(json.dumps(draft_json(draft, released), ensure_ascii=False, indent=1))
    else:
        print("\n".join(draft_lines(draft)))
        if released:
            print(f"第{released.number}号として公表しました：{released.folder}")
    return 0 if draft.is_safe else 1


def _attack(options: argparse.Namespace) -> int:
    catalog = load_catalog()
    found = deduce(read_published(options.file, catalog), catalog, load_rules())
    if options.json:
        print(json.dumps(deduced_json(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(deduced_lines(found)))
    return 1 if len(found.open_cells) else 0


def _withdraw(options: argparse.Namespace) -> int:
    left = withdraw(place_of(options.db), options.number, options.who, options.reason, options.out)
    now = f"公表中：{left}" if left else "公表中のものはありません。"
    print(f"第{options.number}号を取り下げました。{now}")
    return 0


def _status(options: argparse.Namespace) -> int:
    entries = Ledger(ledger_folder(place_of(options.db))).entries()
    if options.json:
        print(json.dumps([entry_json(entry) for entry in entries], ensure_ascii=False, indent=1))
    else:
        print("\n".join(entry_lines(entries)))
    return 0


def _progress() -> Progress:
    """Lines on the screen: how far, since when, with what."""
    start = time.monotonic()

    def say(step: str, share: float) -> None:
        if step:
            print(f"{share:4.0%} {elapsed_text(time.monotonic() - start)} {step}", file=sys.stderr, flush=True)

    return say


def _quiet(step: str, share: float) -> None:
    """With --json, stdout holds one document and nothing else."""


if __name__ == "__main__":
    sys.exit(main())
