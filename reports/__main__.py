"""Command line of the packs: python -m reports pack --fiscal-year 2024 --out FILE.pptx|.xlsx|.pdf|.zip

Exit codes: 0 written, 1 there is nothing to write or it failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from desk.records import desk_url
from etl.store import DEFAULT_DATABASE, place_of
from metrics.answers import Answers
from metrics.periods import months_of_year
from reports.pack import Options, make_pack, titles

ENDINGS = ("pptx", "xlsx", "pdf", "zip")


class WrongUse(Exception):  # noqa: N818
    """The command was called in a way that can't work; carries the sentence to print."""


class NothingThere(Exception):  # noqa: N818
    """There is nothing to make a pack from; carries the sentence to print."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        print(f"書き出しました：{_pack(options)}")
        return 0
    except WrongUse as wrong:
        return _fail(str(wrong), 2)
    except NothingThere as told:
        return _fail(str(told), 1)
    except OSError as error:
        return _fail(f"ファイルを書き出せません：{options.out}（{error.strerror}）", 1)


def _fail(sentence: str, code: int) -> int:
    print(f"エラー：{sentence}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="会議資料を書き出します。")
    commands = parser.add_subparsers(dest="command", required=True)
    pack = commands.add_parser(
        "pack", help="県又は市区町村の会議資料を書き出す", formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{word}：{_listed(is_prefecture)}" for word, is_prefecture in
                         (("県の項目", True), ("市区町村の項目", False))),
    )  # fmt: skip
    whom = pack.add_mutually_exclusive_group()
    whom.add_argument("--municipality", metavar="CODE", help="団体コード（6桁又は5桁）。なければ県の資料")
    whom.add_argument("--all-municipalities", action="store_true", help="全ての市区町村（1つのZIPにまとめる）")
    pack.add_argument("--fiscal-year", type=int, required=True, metavar="YEAR", help="年度（令和6年度は2024）")
    pack.add_argument("--month", type=int, choices=range(1, 13), metavar="1-12", help="その年度の1か月だけ")
    pack.add_argument("--sections", metavar="ID,ID", help="載せる項目。なければ全て")
    pack.add_argument("--formats", metavar="pptx,xlsx,pdf", default="pdf", help="ZIPに入れる形式（既定はpdf）")
    pack.add_argument("--out", type=Path, required=True, metavar="FILE", help=f"書き出すファイル（{_endings()}）")
    pack.add_argument("--db", type=Path, default=DEFAULT_DATABASE, help="データベースのファイル")
    return parser


def _endings() -> str:
    return "、".join(f".{one}" for one in ENDINGS)


def _listed(is_prefecture: bool) -> str:
    return "、".join(f"{one}（{title}）" for one, title in titles(is_prefecture=is_prefecture).items())


def _pack(options: argparse.Namespace) -> Path:
    out: Path = options.out
    ending = out.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        raise WrongUse(f"ファイル名は {_endings()} のどれかで終えてください：{out}")
    if options.all_municipalities != (ending == "zip"):
        raise WrongUse("全ての市区町村は .zip に、1つの資料は .pptx、.xlsx、.pdf に書き出します。")
    place = place_of(options.db)
    version = place.current()
    if version is None:
        raise NothingThere(
            f"データベースがありません：{options.db}。先に python -m etl load で報告を読み込んでください。"
        )
    answers = Answers(version)
    try:
        wanted = _wanted(options, answers, desk_url(place))
        out.parent.mkdir(parents=True, exist_ok=True)
        if ending != "zip":
            return _write(answers, wanted[0], out)
    finally:
        answers.close()
    return _write_all(version, wanted, _formats(options.formats), out)


def _wanted(options: argparse.Namespace, answers: Answers, desk: str) -> list[Options]:
    """The packs to make, all of the same months and sections."""
    months = tuple(months_of_year(options.fiscal_year, options.month))
    reported = set(answers.reported_months())
    if not reported.intersection(months):
        raise NothingThere("この年度・月の報告がありません。")
    is_prefecture = not (options.municipality or options.all_municipalities)
    sections, known = _list(options.sections or ""), titles(is_prefecture=is_prefecture)
    unknown = [one for one in sections if one not in known]
    if unknown:
        raise WrongUse(f"項目「{unknown[0]}」はありません。{_listed(is_prefecture)}から選んでください。")
    areas: list[str | None] = [None]
    if options.all_municipalities:
        areas = list(answers.names())
    elif options.municipality:
        areas = [_area(options.municipality, answers)]
    # Only a workbook holds a sheet for each indicator.
    has_indicators = "xlsx" in (options.out.suffix.lower().removeprefix("."), *_list(options.formats))
    return [Options(months, area, sections, desk=desk, has_indicators=has_indicators) for area in areas]


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _area(text: str, answers: Answers) -> str:
    """With or without check digit, and as a spreadsheet leaves it: without the zero in front."""
    codes = list(answers.names())
    found = [code for code in codes if text.zfill(6) == code] or [code for code in codes if text.zfill(5) == code[:5]]
    if len(found) != 1:
        raise WrongUse(f"団体コード「{text}」の市区町村が、このデータベースにありません。6桁で指定してください。")
    return found[0]


def _formats(text: str) -> list[str]:
    chosen = list(dict.fromkeys(_list(text)))
    unknown = [one for one in chosen if one not in ENDINGS[:3]]
    if unknown or not chosen:
        raise WrongUse(f"形式は {'、'.join(ENDINGS[:3])} から選んでください：{text}")
    return chosen


def _write(answers: Answers, options: Options, out: Path) -> Path:
    """Beside the file and moved there when whole: a broken write leaves what was there before."""
    from reports.formats import write

    work = out.with_name(f".{uuid.uuid4().hex}{out.suffix.lower()}")
    try:
        write(make_pack(answers, options), work)
        os.replace(work, out)
    finally:
        work.unlink(missing_ok=True)
    return out


def _write_all(version: Path, wanted: Sequence[Options], formats: Sequence[str], out: Path) -> Path:
    from reports.archive import ArchiveFailed, write_archive

    def told(made: int, of: int, where: str) -> None:
        if made:
            print(f"{made}／{of}　{where}", flush=True)

    try:
        return write_archive(version, wanted, formats, out, told=told)
    except ArchiveFailed as failed:
        raise NothingThere(f"資料を作れませんでした：{failed}") from failed


if __name__ == "__main__":
    sys.exit(main())
