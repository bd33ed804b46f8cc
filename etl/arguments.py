"""What the command line is given: paths, prefectures and municipalities, read or refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from etl.order import Incoming, register

# What office machines leave in a folder; nobody sent it.
NOT_SENT = ("thumbs.db", "desktop.ini")


class WrongUse(Exception):  # noqa: N818
    """The command was called in a way that can't work; carries the sentence to print."""


def files_of(paths: Sequence[Path]) -> list[Path]:
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


def incoming_of(paths: Iterable[Path]) -> Iterator[Incoming]:
    """The files one at a time, so that a folder of large ones need not fit into memory."""
    for path in paths:
        try:
            yield Incoming(path.name, path.read_bytes())
        except OSError as error:
            raise WrongUse(f"ファイルを開けません：{path}") from error


def prefecture_of(text: str | None) -> str | None:
    if text is None:
        return None
    code = text.zfill(2)
    if code not in {one.pref_code for one in register().by_code6.values()}:
        raise WrongUse(f"都道府県コード「{text}」がありません。01から47まで（見本県は99）の2桁で指定してください。")
    return code


def municipality_of(text: str | None) -> str | None:
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


def write_workbook(path: Path, workbook: bytes) -> None:
    if path.suffix.lower() != ".xlsx":
        raise WrongUse(f"書き出すファイルの名前は .xlsx で終えてください：{path}")
    try:
        path.write_bytes(workbook)
    except OSError as error:
        raise WrongUse(f"ファイルを書き出せません：{path}") from error
